/* charset.h - which encoding a text has, and GB18030 to UTF-8.
 *
 * Chinese Windows saves CSV as GB18030 (or its subset GBK), everyone else as UTF-8. ICU does the
 * conversion; its headers stay inside charset.c. */
#ifndef TL_FORMAT_CHARSET_H
#define TL_FORMAT_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef enum tl_charset {
    TL_CHARSET_ASCII, /* nothing above 0x7F so far: still open */
    TL_CHARSET_UTF8,
    TL_CHARSET_GB18030,
    TL_CHARSET_UNKNOWN /* neither */
} tl_charset;

/* Judges s[0..n), which may end in the middle of a character. Text with a few broken bytes among
 * much good UTF-8 is UTF-8 (damaged), so that the damage is reported and not read as Chinese. */
tl_charset tl_charset_guess(const char *s, size_t n);

/* A converter from GB18030. One thread at a time. */
typedef struct tl_gb18030 tl_gb18030;
TL_MUST_CHECK tl_status tl_gb18030_new(tl_gb18030 **out, tl_error *err);
void tl_gb18030_free(tl_gb18030 *g);

/* Bytes of UTF-8 that n bytes of GB18030 can become at most. */
size_t tl_gb18030_room(size_t n);

/* Writes the UTF-8 of s[0..n) to out, which has tl_gb18030_room(n) bytes; *len its length. False
 * where s is not GB18030. */
bool tl_gb18030_convert(tl_gb18030 *g, const char *s, size_t n, char *out, size_t *len);

#endif

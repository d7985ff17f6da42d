/* buf.h - a byte buffer with a limit, for building text.
 *
 * Appending cannot be forgotten to be checked: the first failure sticks, later appends do nothing,
 * and tl_buf_status() tells at the end. */
#ifndef TL_BASE_BUF_H
#define TL_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct tl_buf {
    char *data;   /* owned; NUL-terminated once anything was appended */
    size_t len;   /* bytes in use, without the NUL */
    size_t cap;   /* bytes allocated */
    size_t limit; /* most bytes allowed; 0 = no limit */
    bool failed;  /* an append did not fit */
} tl_buf;

/* An empty buffer; tl_buf_clear releases it. */
void tl_buf_init(tl_buf *b, size_t limit);
void tl_buf_clear(tl_buf *b);

/* Empties without releasing; the failure flag is dropped too. */
void tl_buf_reset(tl_buf *b);

void tl_buf_add(tl_buf *b, const char *s, size_t n);
void tl_buf_str(tl_buf *b, const char *s);
void tl_buf_char(tl_buf *b, char c);
void tl_buf_printf(tl_buf *b, const char *fmt, ...) TL_PRINTF(2, 3);

/* Appends v in its shortest round-trip form (see number.h). */
void tl_buf_number(tl_buf *b, double v);

/* The text so far, "" when empty; borrowed until the next append. */
const char *tl_buf_text(const tl_buf *b);

/* TL_OK, or TL_ENOMEM if any append failed. */
TL_MUST_CHECK tl_status tl_buf_status(const tl_buf *b, tl_error *err);

#endif

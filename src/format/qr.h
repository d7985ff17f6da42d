/* qr.h - a text as a QR code (ISO/IEC 18004) of error correction level M, through libqrencode.
 *
 * Level M restores about 15% of the code words: enough for a worn label, and small. */
#ifndef TL_FORMAT_QR_H
#define TL_FORMAT_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
    TL_QR_QUIET = 4,        /* modules that stay white around the code (ISO/IEC 18004, 5.3.8) */
    TL_QR_TEXT_BYTES = 2331 /* most a code holds: version 40, level M, bytes (table 7) */
};

typedef struct tl_qr {
    size_t width;        /* modules a side, without the quiet zone */
    unsigned char *dark; /* owned; width x width, row by row from the top; 1 = dark */
} tl_qr;

/* Makes the smallest code that holds text. TL_EINPUT: no text, not plain UTF-8, or too long. *out
 * is then empty; tl_qr_clear releases it. */
TL_MUST_CHECK tl_status tl_qr_make(tl_qr *out, const char *text, tl_error *err);
void tl_qr_clear(tl_qr *q);

/* Whether the module is dark; both are below width. */
bool tl_qr_dark(const tl_qr *q, size_t column, size_t row);

#endif

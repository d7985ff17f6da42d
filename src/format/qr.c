/* qr.c - the modules are copied out, so that libqrencode's own types stay here. */
#include "format/qr.h"

#include <assert.h>
#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

/* What libqrencode left in errno. */
static tl_status refused(int reason, tl_error *err)
{
    if (reason == ENOMEM)
        return tl_fail_nomem(err);
    return tl_fail(err, TL_EINPUT, "the text does not fit a QR code");
}

tl_status tl_qr_make(tl_qr *out, const char *text, tl_error *err)
{
    *out = (tl_qr){ 0 };
    size_t n = text ? strlen(text) : 0;
    if (n == 0)
        return tl_fail(err, TL_EINPUT, "a QR code needs a text");
    if (n > TL_QR_TEXT_BYTES)
        return tl_fail(err, TL_EINPUT, "a QR code holds at most %d bytes, not %zu",
                       TL_QR_TEXT_BYTES, n);
    if (!tl_text_plain(text, false))
        return tl_fail(err, TL_EINPUT, "a QR code needs UTF-8 text without control characters");
    errno = 0;
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!code)
        return refused(errno, err);
    size_t width = (size_t)code->width;
    unsigned char *dark = tl_new_array(width * width, 1);
    if (!dark) {
        QRcode_free(code);
        return tl_fail_nomem(err);
    }
    for (size_t i = 0; i < width * width; i++)
        dark[i] = code->data[i] & 1; /* the lowest bit is the colour (qrencode.h) */
    *out = (tl_qr){ width, dark };
    QRcode_free(code);
    return TL_OK;
}

void tl_qr_clear(tl_qr *q)
{
    free(q->dark);
    *q = (tl_qr){ 0 };
}

bool tl_qr_dark(const tl_qr *q, size_t column, size_t row)
{
    assert(column < q->width && row < q->width);
    return q->dark[row * q->width + column] != 0;
}

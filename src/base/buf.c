/* buf.c - growing text with a sticky failure. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

void tl_buf_init(tl_buf *b, size_t limit)
{
    *b = (tl_buf){ .limit = limit };
}

void tl_buf_clear(tl_buf *b)
{
    if (!b)
        return;
    free(b->data);
    *b = (tl_buf){ .limit = b->limit };
}

void tl_buf_reset(tl_buf *b)
{
    b->len = 0;
    b->failed = false;
    if (b->data)
        b->data[0] = '\0';
}

/* Room for n more bytes and the NUL; false sets the flag. */
static bool room(tl_buf *b, size_t n)
{
    if (b->failed)
        return false;
    if (n > SIZE_MAX / 2 - b->len || (b->limit && b->len + n > b->limit)) {
        b->failed = true;
        return false;
    }
    if (n < b->cap - b->len)
        return true;
    size_t want = b->cap ? b->cap * 2 : 256;
    if (want < b->len + n + 1)
        want = b->len + n + 1;
    char *p = realloc(b->data, want);
    if (!p) {
        b->failed = true;
        return false;
    }
    b->data = p;
    b->cap = want;
    return true;
}

void tl_buf_add(tl_buf *b, const char *s, size_t n)
{
    if (!room(b, n))
        return;
    if (n)
        memcpy(b->data + b->len, s, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void tl_buf_str(tl_buf *b, const char *s)
{
    tl_buf_add(b, s, strlen(s));
}

void tl_buf_char(tl_buf *b, char c)
{
    tl_buf_add(b, &c, 1);
}

void tl_buf_printf(tl_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0 || !room(b, (size_t)n)) {
        b->failed = true;
        return;
    }
    va_start(ap, fmt);
    vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)n;
}

void tl_buf_number(tl_buf *b, double v)
{
    char s[TL_NUMBER_MAX];
    tl_buf_add(b, s, tl_number_format(v, s));
}

const char *tl_buf_text(const tl_buf *b)
{
    return b->data ? b->data : "";
}

tl_status tl_buf_status(const tl_buf *b, tl_error *err)
{
    return b->failed ? tl_fail(err, TL_ENOMEM, "text does not fit in memory or over its limit")
                     : TL_OK;
}

/* charset.c - judging by counting, converting with ICU. */
#include "format/charset.h"

#include <stdint.h>
#include <stdlib.h>

#include <unicode/ucnv.h>

#include "base/text.h"

struct tl_gb18030 {
    UConverter *from, *to; /* owned */
};

/* True if s[0..n) could be the beginning of one more UTF-8 character. */
static bool cut_short(const char *s, size_t n)
{
    unsigned char lead = (unsigned char)s[0];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    for (size_t i = 1; i < n; i++)
        if (((unsigned char)s[i] & 0xC0U) != 0x80U)
            return false;
    return n < need;
}

/* Every byte pair or quadruple of s fits the code table's shape (GB 18030-2005, section 5). */
static bool shaped_as_gb18030(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;
    for (size_t i = 0; i < n;) {
        if (u[i] < 0x80) {
            i++;
            continue;
        }
        if (u[i] == 0x80 || u[i] == 0xFF)
            return false;
        if (i + 1 >= n)
            return true; /* cut by the window */
        bool pair = u[i + 1] >= 0x40 && u[i + 1] != 0x7F && u[i + 1] != 0xFF;
        bool four = u[i + 1] >= 0x30 && u[i + 1] <= 0x39;
        if (!pair && !four)
            return false;
        i += pair ? 2 : 4;
    }
    return true;
}

tl_charset tl_charset_guess(const char *s, size_t n)
{
    size_t good = 0, bad = 0, len;
    for (size_t i = 0; i < n; i += len) {
        len = 1;
        if ((unsigned char)s[i] < 0x80)
            continue;
        uint32_t c = tl_utf8_next(s + i, n - i, &len);
        if (c == 0xFFFD && len == 1) {
            if (n - i < 4 && cut_short(s + i, n - i))
                break;
            bad++;
        } else {
            good++;
        }
    }
    if (good == 0 && bad == 0)
        return TL_CHARSET_ASCII;
    if (bad == 0 || good / 4 >= bad)
        return TL_CHARSET_UTF8;
    return shaped_as_gb18030(s, n) ? TL_CHARSET_GB18030 : TL_CHARSET_UNKNOWN;
}

tl_status tl_gb18030_new(tl_gb18030 **out, tl_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    tl_gb18030 *g = calloc(1, sizeof *g);
    *out = NULL;
    if (!g)
        return tl_fail_nomem(err);
    g->from = ucnv_open("gb18030", &code);
    g->to = ucnv_open("UTF-8", &code);
    if (U_SUCCESS(code))
        ucnv_setToUCallBack(g->from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    if (U_FAILURE(code)) {
        tl_gb18030_free(g);
        return tl_fail(err, TL_EIO, "no GB18030 converter: %s", u_errorName(code));
    }
    *out = g;
    return TL_OK;
}

void tl_gb18030_free(tl_gb18030 *g)
{
    if (!g)
        return;
    if (g->from)
        ucnv_close(g->from);
    if (g->to)
        ucnv_close(g->to);
    free(g);
}

size_t tl_gb18030_room(size_t n)
{
    return 3 * n + 1; /* two bytes become at most three, four become at most four */
}

bool tl_gb18030_convert(tl_gb18030 *g, const char *s, size_t n, char *out, size_t *len)
{
    UErrorCode code = U_ZERO_ERROR;
    char *to = out;
    const char *from = s;
    ucnv_convertEx(g->to, g->from, &to, out + tl_gb18030_room(n), &from, s + n, NULL, NULL, NULL,
                   NULL, true, true, &code);
    *len = (size_t)(to - out);
    return U_SUCCESS(code);
}

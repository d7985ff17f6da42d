/* text.c - spans and UTF-8. */
#include "base/text.h"

#include <string.h>

tl_span tl_span_of(const char *s)
{
    return (tl_span){ s, s ? strlen(s) : 0 };
}

tl_span tl_span_trim(tl_span s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t')) {
        s.p++;
        s.n--;
    }
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

bool tl_span_equal(tl_span a, tl_span b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool tl_span_is(tl_span s, const char *text)
{
    return tl_span_equal(s, tl_span_of(text));
}

bool tl_span_split(tl_span *rest, char sep, tl_span *piece)
{
    if (!rest->p)
        return false;
    const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    if (!at) {
        *piece = *rest;
        *rest = (tl_span){ NULL, 0 };
        return true;
    }
    *piece = (tl_span){ rest->p, (size_t)(at - rest->p) };
    rest->n -= piece->n + 1;
    rest->p = at + 1;
    return true;
}

bool tl_text_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool tl_text_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

uint32_t tl_utf8_next(const char *s, size_t n, size_t *len)
{
    const unsigned char *u = (const unsigned char *)s;
    *len = 1;
    if (u[0] < 0x80)
        return u[0];
    size_t need = u[0] >= 0xC2 && u[0] < 0xE0   ? 2
                  : u[0] >= 0xE0 && u[0] < 0xF0 ? 3
                  : u[0] >= 0xF0 && u[0] < 0xF5 ? 4
                                                : 0;
    if (need == 0 || need > n)
        return 0xFFFD;
    uint32_t c = u[0] & (0xFFU >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if ((u[i] & 0xC0U) != 0x80)
            return 0xFFFD;
        c = c << 6 | (u[i] & 0x3FU);
    }
    bool overlong = (need == 3 && c < 0x800) || (need == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0xFFFD;
    *len = need;
    return c;
}

size_t tl_utf8_valid(const char *s, size_t n)
{
    size_t i = 0, len;
    while (i < n) {
        if ((unsigned char)s[i] < 0x80) {
            i++;
            continue;
        }
        uint32_t c = tl_utf8_next(s + i, n - i, &len);
        if (c == 0xFFFD && len == 1)
            return i;
        i += len;
    }
    return n;
}

bool tl_text_plain(const char *s, bool lines)
{
    size_t n = strlen(s), len;
    for (size_t i = 0; i < n; i += len) {
        uint32_t c = tl_utf8_next(s + i, n - i, &len);
        bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
        bool line = c == '\t' || c == '\n' || c == '\r';
        if ((control && !(line && lines)) || (c == 0xFFFD && len == 1))
            return false;
    }
    return true;
}

/* East Asian wide ranges that matter to us (Unicode TR 11, simplified). */
static bool wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

size_t tl_text_width(const char *s)
{
    size_t n = strlen(s), width = 0, len;
    for (size_t i = 0; i < n; i += len)
        width += wide(tl_utf8_next(s + i, n - i, &len)) ? 2 : 1;
    return width;
}

/* error.c - one place where error texts are made. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* error.h wraps these for the static analyser */
#undef tl_fail
#undef tl_fail_nomem
#undef tl_context

/* Length of the longest prefix of s, at most n bytes, that does not cut a UTF-8 sequence. */
static size_t whole_utf8(const char *s, size_t n)
{
    size_t i = n;
    while (i > 0 && n - i < 4 && ((unsigned char)s[i - 1] & 0xC0U) == 0x80U)
        i--;
    if (i == 0)
        return n;
    unsigned char lead = (unsigned char)s[i - 1];
    size_t need = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return n - (i - 1) >= need ? n : i - 1;
}

/* Quoted input may be no text, or be cut by a "%.60s" within a character. */
static void well_formed(char *s)
{
    size_t n = strlen(s), bad;
    while ((bad = tl_utf8_valid(s, n)) < n) {
        s[bad] = '?';
        s += bad + 1;
        n -= bad + 1;
    }
}

static void one_line(char *s, size_t cap, int would_be)
{
    if (would_be > 0 && (size_t)would_be >= cap)
        s[whole_utf8(s, strlen(s))] = '\0';
    well_formed(s);
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7F)
            *s = ' ';
}

tl_status tl_fail(tl_error *err, tl_status st, const char *fmt, ...)
{
    if (!err)
        return st;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    err->status = st;
    one_line(err->text, sizeof err->text, n);
    return st;
}

tl_status tl_fail_nomem(tl_error *err)
{
    return tl_fail(err, TL_ENOMEM, "out of memory");
}

tl_status tl_context(tl_error *err, tl_status st, const char *fmt, ...)
{
    if (!err)
        return st;
    char old[sizeof err->text];
    memcpy(old, err->text, sizeof old);
    char prefix[sizeof err->text / 2];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(prefix, sizeof prefix, fmt, ap);
    va_end(ap);
    int n = snprintf(err->text, sizeof err->text, "%s: %s", prefix, old);
    err->status = st;
    one_line(err->text, sizeof err->text, n);
    return st;
}

const char *tl_status_name(tl_status st)
{
    static const char *const names[] = { "ok", "input",     "notfound", "conflict", "forbidden",
                                         "io", "no memory", "numeric",  "cancelled" };
    return (size_t)st < sizeof names / sizeof *names ? names[st] : "unknown";
}

/* disclosure_id.c - reading ids such as 88.186.1/CPP.V.LW4.RB00001.
 *
 * The prefix is digits and points; programme, object, maker and serial are letters and digits
 * between points. One example is known in print, so nothing more is asked of the parts. */
#include "registry/disclosure_id.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

enum { TEXT_MAX = 200, PARTS = 4 };

/* Full-width forms U+FF01..FF5E are ASCII 21..7E moved; U+3000 is the ideographic blank (Unicode
 * chart Halfwidth and Fullwidth Forms). */
static void put_half_width(const char *text, size_t n, char *out, size_t *len)
{
    size_t bytes;
    *len = 0;
    for (size_t i = 0; i < n; i += bytes) {
        uint32_t c = tl_utf8_next(text + i, n - i, &bytes);
        if (c >= 0xFF01 && c <= 0xFF5E) {
            out[(*len)++] = (char)(c - 0xFF01 + 0x21);
        } else if (c == 0x3000) {
            out[(*len)++] = ' ';
        } else {
            memcpy(out + *len, text + i, bytes);
            *len += bytes;
        }
    }
    out[*len] = '\0';
}

static bool alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_part(tl_span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!alphanumeric(s.p[i]))
            return false;
    return s.n > 0;
}

/* Digits and points, a digit at each end and no two points together: 88.186.1. */
static bool is_prefix(tl_span s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && !digit)
            return false;
        if (s.p[i] != '.' && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
        digit = s.p[i] != '.';
    }
    return digit;
}

/* Cuts into prefix and the four parts; false where the text is of another form. */
static bool cut(tl_span text, tl_span out[PARTS + 1])
{
    const char *slash = memchr(text.p, '/', text.n);
    if (!slash)
        return false;
    out[0] = (tl_span){ text.p, (size_t)(slash - text.p) };
    if (!is_prefix(out[0]))
        return false;
    tl_span rest = { slash + 1, text.n - out[0].n - 1 };
    for (int i = 1; i <= PARTS; i++) {
        const char *point = i < PARTS ? memchr(rest.p, '.', rest.n) : rest.p + rest.n;
        if (!point)
            return false;
        out[i] = (tl_span){ rest.p, (size_t)(point - rest.p) };
        if (!is_part(out[i]))
            return false;
        if (i < PARTS)
            rest = (tl_span){ point + 1, rest.n - out[i].n - 1 };
    }
    return true;
}

tl_status tl_disclosure_id_parse(tl_disclosure_id *out, const char *text, tl_arena *arena,
                                 tl_error *err)
{
    char half[TEXT_MAX + 1];
    tl_span parts[PARTS + 1];
    size_t n = text ? strlen(text) : 0, len;
    *out = (tl_disclosure_id){
        .text = "", .prefix = "", .programme = "", .object = "", .maker = "", .serial = ""
    };
    if (n == 0)
        return TL_OK;
    if (n > TEXT_MAX)
        return tl_fail(err, TL_EINPUT, "disclosure id: %zu bytes, at most %d are kept", n,
                       (int)TEXT_MAX);
    if (!tl_text_plain(text, false))
        return tl_fail(err, TL_EINPUT,
                       "disclosure id: '%.60s' holds control characters or is not UTF-8", text);
    put_half_width(text, n, half, &len);
    tl_span trimmed = tl_span_trim((tl_span){ half, len });
    if (!(out->text = tl_arena_copy(arena, trimmed.p, trimmed.n)))
        return tl_fail_nomem(err);
    if (!cut(trimmed, parts))
        return TL_OK;
    const char **const names[] = { &out->prefix, &out->programme, &out->object, &out->maker,
                                   &out->serial };
    for (int i = 0; i <= PARTS; i++)
        if (!(*names[i] = tl_arena_copy(arena, parts[i].p, parts[i].n)))
            return tl_fail_nomem(err);
    out->parsed = true;
    return TL_OK;
}

const char *tl_disclosure_id_format(const tl_disclosure_id *id, tl_arena *arena)
{
    return id->parsed ? tl_arena_printf(arena, "%s/%s.%s.%s.%s", id->prefix, id->programme,
                                        id->object, id->maker, id->serial)
                      : tl_arena_str(arena, id->text);
}

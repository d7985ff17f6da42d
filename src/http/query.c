/* query.c - libmicrohttpd decodes; what comes out is checked as that of a request is. */
#include "http/query.h"

#include <microhttpd.h>
#include <string.h>

#include "base/text.h"

static tl_status decoded(tl_span escaped, bool plus, tl_arena *arena, const char **out,
                         tl_error *err)
{
    char *text = tl_arena_alloc(arena, escaped.n + 1, 1);
    if (!text)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < escaped.n; i++)
        text[i] = plus && escaped.p[i] == '+' ? ' ' : escaped.p[i];
    text[escaped.n] = 0;
    size_t n = MHD_http_unescape(text);
    if (strlen(text) != n || tl_utf8_valid(text, n) != n)
        return tl_fail(err, TL_EINPUT, "'%.*s' is no text once decoded", (int)escaped.n, escaped.p);
    *out = text;
    return TL_OK;
}

tl_status tl_http_query_split(const char *query, size_t most, tl_arena *arena,
                              const tl_http_pair **out, size_t *n, tl_error *err)
{
    tl_span rest = tl_span_of(query), pair;
    tl_http_pair *all = tl_arena_alloc(arena, most + 1, sizeof *all);
    *n = 0;
    *out = all;
    if (!all)
        return tl_fail_nomem(err);
    while (tl_span_split(&rest, '&', &pair)) {
        if (pair.n == 0)
            continue;
        if (*n == most)
            return tl_fail(err, TL_EINPUT, "more than %zu arguments in one address", most);
        const char *equals = memchr(pair.p, '=', pair.n);
        size_t name = equals ? (size_t)(equals - pair.p) : pair.n;
        tl_span value = { equals ? equals + 1 : "", equals ? pair.n - name - 1 : 0 };
        tl_status st = decoded((tl_span){ pair.p, name }, true, arena, &all[*n].name, err);
        if (st == TL_OK)
            st = decoded(value, true, arena, &all[*n].value, err);
        if (st != TL_OK)
            return st;
        (*n)++;
    }
    return TL_OK;
}

tl_status tl_http_path_decode(const char *path, tl_arena *arena, const char **out, tl_error *err)
{
    return decoded(tl_span_of(path), false, arena, out, err);
}

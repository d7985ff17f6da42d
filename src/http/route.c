/* route.c - patterns cut into segments once; a path is held against those of as many segments.
 *
 * Routes are tried in the order of how much they fix, so the first that fits is the one meant. */
#include "http/route.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { SEGMENTS_MAX = 16 };

typedef enum segment_kind { SEGMENT_FIXED, SEGMENT_PLACE, SEGMENT_REST } segment_kind;

struct segment {
    segment_kind kind;
    tl_span text;     /* of a fixed one */
    const char *name; /* owned; of a place */
};

struct route {
    size_t index; /* in the caller's list */
    size_t n;
    struct segment segments[SEGMENTS_MAX];
};

struct tl_http_routes {
    const tl_http_route *given;
    struct route *items; /* owned; what fixes more first */
    size_t n;
};

const char *tl_http_method_name(tl_http_method m)
{
    static const char *const names[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
    return m < TL_HTTP_METHODS ? names[m] : "?";
}

static tl_status cut_segment(struct segment *s, tl_span piece, bool last, const char *pattern,
                             tl_error *err)
{
    *s = (struct segment){ .kind = SEGMENT_FIXED, .text = piece };
    if (piece.n == 0 || piece.p[0] != '{')
        return TL_OK;
    bool closed = piece.p[piece.n - 1] == '}';
    tl_span name = { piece.p + 1, piece.n - (closed ? 2 : 1) };
    s->kind = SEGMENT_PLACE;
    if (name.n > 3 && memcmp(name.p + name.n - 3, "...", 3) == 0) {
        s->kind = SEGMENT_REST;
        name.n -= 3;
    }
    if (!closed || name.n == 0 || (s->kind == SEGMENT_REST && !last))
        return tl_fail(err, TL_EINPUT, "route %s: '" TL_SPAN_FMT "' is no place", pattern,
                       TL_SPAN_ARG(piece));
    s->name = strndup(name.p, name.n);
    return s->name ? TL_OK : tl_fail_nomem(err);
}

static tl_status cut(struct route *r, const char *pattern, tl_error *err)
{
    if (pattern[0] != '/')
        return tl_fail(err, TL_EINPUT, "route %s does not begin with '/'", pattern);
    tl_span rest = tl_span_of(pattern + 1), piece;
    size_t places = 0;
    while (tl_span_split(&rest, '/', &piece)) {
        if (r->n == SEGMENTS_MAX)
            return tl_fail(err, TL_EINPUT, "route %s has more than %d segments", pattern,
                           SEGMENTS_MAX);
        tl_status st = cut_segment(&r->segments[r->n], piece, rest.p == NULL, pattern, err);
        if (st != TL_OK)
            return st;
        places += r->segments[r->n++].kind != SEGMENT_FIXED;
    }
    if (places > TL_HTTP_PARAMS)
        return tl_fail(err, TL_EINPUT, "route %s has more than %d places", pattern, TL_HTTP_PARAMS);
    return TL_OK;
}

/* What fixes more comes first; two that fix the same segments with the same text are equal. */
static int by_fixed(const struct route *a, const struct route *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        const struct segment *s = &a->segments[i], *t = &b->segments[i];
        if (s->kind != t->kind)
            return s->kind < t->kind ? -1 : 1;
        if (s->kind != SEGMENT_FIXED)
            continue;
        size_t least = s->text.n < t->text.n ? s->text.n : t->text.n;
        int order = memcmp(s->text.p, t->text.p, least);
        if (order != 0)
            return order;
        if (s->text.n != t->text.n)
            return s->text.n < t->text.n ? -1 : 1;
    }
    return a->n == b->n ? 0 : a->n < b->n ? -1 : 1;
}

static int by_fixed_then_place(const void *x, const void *y)
{
    const struct route *a = x, *b = y;
    int order = by_fixed(a, b);
    return order ? order : a->index < b->index ? -1 : a->index > b->index;
}

static tl_status find_twins(const tl_http_routes *r, tl_error *err)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = i + 1; k < r->n && by_fixed(&r->items[i], &r->items[k]) == 0; k++) {
            const tl_http_route *a = &r->given[r->items[i].index];
            const tl_http_route *b = &r->given[r->items[k].index];
            if (a->method == b->method)
                return tl_fail(err, TL_ECONFLICT, "routes %s and %s answer the same %s requests",
                               a->pattern, b->pattern, tl_http_method_name(a->method));
        }
    return TL_OK;
}

tl_status tl_http_routes_new(tl_http_routes **out, const tl_http_route *routes, size_t n,
                             tl_error *err)
{
    *out = NULL;
    tl_status st = TL_OK;
    tl_http_routes *r = calloc(1, sizeof *r);
    if (!r || !(r->items = tl_new_array(n, sizeof *r->items))) {
        free(r);
        return tl_fail_nomem(err);
    }
    r->given = routes;
    r->n = n;
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        r->items[i].index = i;
        st = cut(&r->items[i], routes[i].pattern, err);
    }
    if (st == TL_OK && n > 0) {
        qsort(r->items, n, sizeof *r->items, by_fixed_then_place);
        st = find_twins(r, err);
    }
    if (st != TL_OK) {
        tl_http_routes_free(r);
        return st;
    }
    *out = r;
    return TL_OK;
}

void tl_http_routes_free(tl_http_routes *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->items[i].n; k++)
            free((char *)r->items[i].segments[k].name);
    free(r->items);
    free(r);
}

/* Cuts a path; false where it has too many segments for any pattern but one with a rest. */
static size_t cut_path(const char *path, tl_span out[SEGMENTS_MAX])
{
    size_t n = 0;
    const char *p = path + (path[0] == '/');
    while (n < SEGMENTS_MAX) {
        const char *slash = strchr(p, '/');
        out[n++] = (tl_span){ p, slash ? (size_t)(slash - p) : strlen(p) };
        if (!slash)
            break;
        p = slash + 1;
    }
    return n;
}

static bool fits(const struct route *r, const tl_span *path, size_t n)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct segment *s = &r->segments[i];
        if (s->kind == SEGMENT_REST)
            return i < n && path[i].n > 0;
        if (i >= n || (s->kind == SEGMENT_FIXED && !tl_span_equal(s->text, path[i])) ||
            (s->kind == SEGMENT_PLACE && path[i].n == 0))
            return false;
    }
    return r->n == n;
}

static tl_status keep_values(const struct route *r, const tl_span *path, size_t n, tl_arena *arena,
                             tl_http_match *out, tl_error *err)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct segment *s = &r->segments[i];
        if (s->kind == SEGMENT_FIXED)
            continue;
        assert(i < n); /* it fits */
        const char *p = path[i].p;
        size_t bytes = s->kind == SEGMENT_REST ? strlen(p) : path[i].n;
        out->names[out->n] = s->name;
        out->values[out->n] = tl_arena_copy(arena, p, bytes);
        if (!out->values[out->n++])
            return tl_fail_nomem(err);
    }
    return TL_OK;
}

tl_status tl_http_routes_find(const tl_http_routes *r, tl_http_method method, const char *path,
                              tl_arena *arena, tl_http_match *out, tl_error *err)
{
    tl_span pieces[SEGMENTS_MAX] = { 0 };
    *out = (tl_http_match){ 0 };
    size_t n = cut_path(path, pieces);
    for (size_t i = 0; i < r->n; i++) {
        if (!fits(&r->items[i], pieces, n))
            continue;
        const tl_http_route *route = &r->given[r->items[i].index];
        if (route->method == method) {
            out->route = r->items[i].index;
            return keep_values(&r->items[i], pieces, n, arena, out, err);
        }
        out->allowed |= 1U << route->method;
    }
    if (out->allowed)
        return tl_fail(err, TL_ECONFLICT, "%s does not take %s", path, tl_http_method_name(method));
    return tl_fail(err, TL_ENOTFOUND, "there is nothing at %s", path);
}

const char *tl_http_param(const tl_http_match *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->names[i], name) == 0)
            return m->values[i];
    return "";
}

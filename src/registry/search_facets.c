/* search_facets.c - how many of the vehicles found have which maker, size, body, powertrain, class.
 *
 * Facets are words of their own ("#maker=Geely"), so that counting one is meeting its list with the
 * set of what was found; lists of many objects are bits, met 64 at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/memory.h"
#include "registry/search_ask_priv.h"
#include "registry/search_block.h"

struct counting {
    tl_ask *k;
    tl_map *counts; /* owned; "#maker=Geely" -> how many */
    uint64_t *bits; /* owned; the vehicles found in the segment at hand */
};

static tl_status add(struct counting *c, const char *word, size_t n, size_t count)
{
    size_t i;
    bool was_there;
    if (count == 0)
        return TL_OK;
    tl_status st = tl_map_add(c->counts, (tl_span){ word, n }, count, &i, &was_there, c->k->err);
    if (st == TL_OK && was_there)
        tl_map_set(c->counts, i, tl_map_value(c->counts, i) + count);
    return st;
}

/* The vehicles found in a segment, as bits of their own; false where there are none. */
static bool take_vehicles(struct counting *c, const tl_ask_segment *g)
{
    size_t from, to;
    uint64_t any = 0;
    tl_ask_part(g, TL_FOUND_VEHICLE, &from, &to);
    memset(c->bits, 0, (g->count + 63) / 64 * sizeof *c->bits);
    for (size_t i = from / 64; i * 64 < to; i++) {
        uint64_t w = c->k->all[i];
        if (i * 64 < from)
            w &= ~(uint64_t)0 << (from - i * 64);
        if (i * 64 + 64 > to)
            w &= ~(uint64_t)0 >> (i * 64 + 64 - to);
        c->bits[i - g->from / 64] = w;
        any |= w;
    }
    return any != 0;
}

static tl_status count_block(struct counting *c, const tl_ask_segment *g, tl_query *q, bool *more)
{
    size_t n;
    const unsigned char *p = tl_query_get_blob(q, 0, &n);
    tl_block_reader r = { .p = p, .end = p + n };
    bool damaged = false;
    tl_status st = TL_OK;
    while (*more && st == TL_OK && tl_block_next(&r)) {
        *more = r.word[0] <= '#';
        if (r.word[0] == '#')
            st = add(c, r.word, r.word_len,
                     tl_block_meet(c->bits, g->count, r.list, r.list_len, &damaged));
    }
    return st == TL_OK && (r.damaged || damaged) ? tl_ask_damaged(c->k) : st;
}

static tl_status count_segment(struct counting *c, const tl_ask_segment *g)
{
    tl_query *q;
    bool row, more = true;
    tl_status st = tl_store_query(c->k->s, "search_block.from", &q, c->k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, g->number);
    tl_query_blob(q, 2, "#", 1);
    while (more && (st = tl_query_step(q, &row, c->k->err)) == TL_OK && row)
        if ((st = count_block(c, g, q, &more)) != TL_OK)
            break;
    tl_query_reset(q);
    return st;
}

static tl_status count_recent(struct counting *c, const tl_ask_segment *g)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(c->k->s, "search_recent.range", &q, c->k->err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, "#");
    tl_query_text(q, 2, "$");
    while ((st = tl_query_step(q, &row, c->k->err)) == TL_OK && row) {
        const char *word = tl_query_get_text(q, 0);
        int64_t i = tl_query_get_int(q, 1) - c->k->recent_above - 1;
        if (i >= 0 && i < (int64_t)g->count && tl_ask_bit(c->bits, (size_t)i) &&
            (st = add(c, word, strlen(word), 1)) != TL_OK)
            break;
    }
    tl_query_reset(q);
    return st;
}

static const char *const fields[] = { "maker", "size", "body", "powertrain", "class" };
enum { FIELDS = sizeof fields / sizeof *fields };

static int field_place(const char *field)
{
    int i = 0;
    while (i < FIELDS && strcmp(fields[i], field) != 0)
        i++;
    return i;
}

static int by_field(const void *a, const void *b)
{
    const tl_found_facet *x = a, *y = b;
    int i = field_place(x->field), j = field_place(y->field);
    if (i != j)
        return i - j;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->value, y->value);
}

static tl_status list_counts(const struct counting *c, tl_search_answer *out)
{
    tl_arena *arena = c->k->arena;
    size_t n = tl_map_size(c->counts);
    tl_found_facet *facets = tl_arena_alloc(arena, n + 1, sizeof *facets);
    if (!facets)
        return tl_fail_nomem(c->k->err);
    for (size_t i = 0; i < n; i++) {
        char *field = tl_arena_str(arena, tl_map_key(c->counts, i) + 1);
        char *sign = field ? strchr(field, '=') : NULL;
        if (!sign)
            return field ? tl_ask_damaged(c->k) : tl_fail_nomem(c->k->err);
        *sign = '\0';
        facets[i] = (tl_found_facet){ field, sign + 1, (int64_t)tl_map_value(c->counts, i) };
    }
    if (n)
        qsort(facets, n, sizeof *facets, by_field);
    out->facets = facets;
    out->facet_count = n;
    return TL_OK;
}

tl_status tl_ask_facets(tl_ask *k, tl_search_answer *out)
{
    struct counting c = { .k = k };
    tl_status st = tl_map_new(&c.counts, k->err);
    if (st == TL_OK && !(c.bits = tl_new_array(k->bit_count / 64 + 1, sizeof *c.bits)))
        st = tl_fail_nomem(k->err);
    for (size_t i = 0; i < k->segment_count && st == TL_OK; i++) {
        const tl_ask_segment *g = &k->segments[i];
        if (take_vehicles(&c, g))
            st = g->number ? count_segment(&c, g) : count_recent(&c, g);
    }
    if (st == TL_OK)
        st = list_counts(&c, out);
    free(c.bits);
    tl_map_free(c.counts);
    return st;
}

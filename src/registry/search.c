/* search.c - from a question to its answer.
 *
 * Of the objects with every word only as many rows are read in each segment as can be among the
 * best, because places are in the order of an answer. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "factor/index.h"
#include "registry/search_ask_priv.h"

enum { DEFAULT_LIMIT = 10, MOST_LIMIT = 1000, MOST_WORDS = 32, MOST_PICKS = 8 };

/* Below zero if a comes before b. */
static int compare(int64_t weight_a, const char *id_a, const tl_ask_hit *b)
{
    if (weight_a != b->weight)
        return weight_a > b->weight ? -1 : 1;
    return strcmp(id_a, b->found.id);
}

static tl_status copy_hit(tl_ask *k, tl_query *q, tl_ask_hit *to)
{
    tl_found *f = &to->found;
    to->number = tl_query_get_int(q, 0);
    to->weight = tl_query_get_int(q, 2);
    f->kind = (tl_found_kind)tl_query_get_int(q, 1);
    f->id = tl_arena_str(k->arena, tl_query_get_text(q, 3));
    f->title_en = tl_arena_str(k->arena, tl_query_get_text(q, 4));
    f->title_zh = tl_arena_str(k->arena, tl_query_get_text(q, 5));
    f->hint = tl_arena_str(k->arena, tl_query_get_text(q, 6));
    return f->id && f->title_en && f->title_zh && f->hint ? TL_OK : tl_fail_nomem(k->err);
}

/* Puts the row of q among the best, if it belongs there; *kept tells. */
static tl_status keep(tl_ask *k, tl_query *q, bool *kept)
{
    tl_ask_hit hit;
    int64_t weight = tl_query_get_int(q, 2);
    const char *id = tl_query_get_text(q, 3);
    size_t at = k->hit_count;
    while (at > k->exact && compare(weight, id, &k->hits[at - 1]) < 0)
        at--;
    *kept = at < k->limit;
    if (!*kept)
        return TL_OK;
    tl_status st = copy_hit(k, q, &hit);
    if (st != TL_OK)
        return st;
    k->hit_count += k->hit_count < k->limit;
    memmove(k->hits + at + 1, k->hits + at, (k->hit_count - at - 1) * sizeof hit);
    k->hits[at] = hit;
    return TL_OK;
}

/* The number of the object at a place of a segment. */
static tl_status find_number(tl_ask *k, const tl_ask_segment *g, size_t place, int64_t *number)
{
    tl_query *q;
    bool row;
    size_t n = 0, at = place % TL_SEARCH_CHUNK * 4;
    const unsigned char *p = NULL;
    tl_status st = tl_store_query(k->s, "search_order.get", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, g->number);
    tl_query_int(q, 2, (int64_t)(place / TL_SEARCH_CHUNK));
    if ((st = tl_query_step(q, &row, k->err)) == TL_OK && row)
        p = tl_query_get_blob(q, 0, &n);
    if (st == TL_OK && p && at + 4 <= n)
        *number = g->above + (p[at] | (int64_t)p[at + 1] << 8 | (int64_t)p[at + 2] << 16 |
                              (int64_t)p[at + 3] << 24);
    else if (st == TL_OK)
        st = tl_ask_damaged(k);
    tl_query_reset(q);
    return st;
}

/* Reads the object behind a bit. *more becomes false where those behind it in the segment cannot be
 * among the best either. */
static tl_status read_bit(tl_ask *k, const tl_ask_segment *g, size_t i, bool *more)
{
    tl_query *q;
    bool row, kept = true;
    int64_t number = k->recent_above + 1 + (int64_t)i;
    tl_status st = g->number ? find_number(k, g, i, &number) : TL_OK;
    if (st != TL_OK || (st = tl_store_query(k->s, "search_object.get", &q, k->err)) != TL_OK)
        return st;
    tl_query_int(q, 1, number);
    if ((st = tl_query_step(q, &row, k->err)) == TL_OK && row)
        st = keep(k, q, &kept);
    tl_query_reset(q);
    *more = !g->number || kept;
    return st;
}

/* Whether a bit is of the kind; places of a segment that are asked for always are. */
static bool is_kind(const tl_ask *k, const tl_ask_segment *g, size_t bit, tl_found_kind kind)
{
    return g->number || k->recent_kinds[bit - g->from] == (unsigned char)kind;
}

/* Reads the best with a bit in `yes` and, unless it is NULL, none in `no`. */
static tl_status read_segment(tl_ask *k, const tl_ask_segment *g, tl_found_kind kind,
                              const uint64_t *yes, const uint64_t *no)
{
    size_t from, to;
    bool more = true;
    tl_status st = TL_OK;
    tl_ask_part(g, kind, &from, &to);
    for (size_t i = from; st == TL_OK && more && i < to; i++) {
        if (yes[i / 64] == 0)
            i |= 63; /* segments begin at a whole word */
        else if (tl_ask_bit(yes, i) && !(no && tl_ask_bit(no, i)) && is_kind(k, g, i, kind))
            st = read_bit(k, g, i - g->from, &more);
    }
    return st;
}

/* The answer as it grows, kind by kind. */
struct answer {
    tl_found *items; /* owned until the end */
    size_t n, cap;
};

static tl_status read_kind(tl_ask *k, tl_found_kind kind, struct answer *a)
{
    tl_status st = TL_OK;
    k->hit_count = k->exact = 0;
    for (size_t i = 0; i < k->segment_count && st == TL_OK; i++)
        st = read_segment(k, &k->segments[i], kind, k->named, NULL);
    k->exact = k->hit_count;
    for (size_t i = 0; i < k->segment_count && st == TL_OK && k->exact < k->limit; i++)
        st = read_segment(k, &k->segments[i], kind, k->all, k->named);
    if (st == TL_OK)
        st = tl_grow(&a->items, &a->cap, a->n + k->hit_count, sizeof *a->items, k->err);
    for (size_t i = 0; i < k->hit_count && st == TL_OK; i++)
        a->items[a->n++] = k->hits[i].found;
    return st;
}

static int64_t count_kind(const tl_ask *k, tl_found_kind kind)
{
    int64_t n = 0;
    for (size_t s = 0; s < k->segment_count; s++) {
        const tl_ask_segment *g = &k->segments[s];
        size_t i, to;
        tl_ask_part(g, kind, &i, &to);
        for (; i < to && (i % 64 || !g->number); i++)
            n += tl_ask_bit(k->all, i) && is_kind(k, g, i, kind);
        for (; i + 64 <= to; i += 64)
            n += __builtin_popcountll(k->all[i / 64]);
        for (; i < to; i++)
            n += tl_ask_bit(k->all, i);
    }
    return n;
}

static tl_status make_words(tl_ask *k, const char *text)
{
    tl_word_cutter *cutter;
    tl_status st = tl_word_cutter_new(&cutter, k->err);
    if (st != TL_OK)
        return st;
    if (strlen(text) > TL_SEARCH_TEXT_MAX)
        st =
            tl_fail(k->err, TL_EINPUT, "a question of more than %d bytes", (int)TL_SEARCH_TEXT_MAX);
    else
        st = tl_factor_words(cutter, text, TL_WORDS_QUERY, k->arena, &k->words, k->err);
    if (st == TL_OK)
        st = tl_search_name(cutter, text, k->arena, &k->name, k->err);
    tl_word_cutter_free(cutter);
    if (st == TL_OK && k->words.n > MOST_WORDS)
        st = tl_fail(k->err, TL_EINPUT, "more than %d words to search for", (int)MOST_WORDS);
    k->grows = st == TL_OK && k->words.n && tl_search_word_grows(k->words.items[k->words.n - 1]);
    return st;
}

static tl_status check_picks(const tl_search_opts *o, tl_error *err)
{
    static const char *const fields[] = { "maker=", "size=", "body=", "powertrain=", "class=" };
    if (o->pick_count > MOST_PICKS)
        return tl_fail(err, TL_EINPUT, "more than %d facets picked", (int)MOST_PICKS);
    for (size_t i = 0; i < o->pick_count; i++) {
        bool known = false;
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
            known = known || strncmp(o->picks[i], fields[f], strlen(fields[f])) == 0;
        if (!known)
            return tl_fail(err, TL_EINPUT,
                           "'%s' is no facet, expected maker=, size=, body=, powertrain= or "
                           "class= with a value",
                           o->picks[i]);
    }
    return TL_OK;
}

static tl_status answer(tl_ask *k, struct answer *a, tl_search_answer *out)
{
    tl_status st = tl_ask_meet(k);
    if (st == TL_OK && !(k->hits = tl_new_array(k->limit + 1, sizeof *k->hits)))
        st = tl_fail_nomem(k->err);
    for (int kind = 0; kind < TL_FOUND_KINDS && st == TL_OK; kind++)
        if (k->opts->kinds == 0 || k->opts->kinds >> kind & 1) {
            out->counts[kind] = count_kind(k, (tl_found_kind)kind);
            if (out->counts[kind])
                st = read_kind(k, (tl_found_kind)kind, a);
        }
    if (st == TL_OK && k->opts->facets && out->counts[TL_FOUND_VEHICLE])
        st = tl_ask_facets(k, out);
    if (st != TL_OK || a->n == 0)
        return st;
    tl_found *items = tl_arena_alloc(k->arena, a->n, sizeof *items);
    if (!items)
        return tl_fail_nomem(k->err);
    memcpy(items, a->items, a->n * sizeof *items);
    out->items = items;
    out->n = a->n;
    return TL_OK;
}

tl_status tl_search_ask(tl_store *s, const char *text, const tl_search_opts *opts, tl_arena *arena,
                        tl_search_answer *out, tl_error *err)
{
    static const tl_search_opts defaults = { 0 };
    tl_ask k = { .s = s, .arena = arena, .opts = opts ? opts : &defaults, .err = err };
    struct answer a = { 0 };
    size_t limit = k.opts->limit;
    k.limit = limit == 0 ? DEFAULT_LIMIT : limit > MOST_LIMIT ? MOST_LIMIT : limit;
    *out = (tl_search_answer){ 0 };
    tl_status st = check_picks(k.opts, err);
    if (st == TL_OK)
        st = make_words(&k, text);
    if (st == TL_OK && k.words.n)
        st = answer(&k, &a, out);
    free(k.segments);
    free(k.recent_kinds);
    free(k.all);
    free(k.one);
    free(k.named);
    free(k.hits);
    free(a.items);
    return st;
}

tl_status tl_search_find(tl_store *s, const char *text, unsigned kinds, size_t limit,
                         tl_arena *arena, const tl_found **out, size_t *n, tl_error *err)
{
    tl_search_answer a;
    tl_status st =
        tl_search_ask(s, text, &(tl_search_opts){ .kinds = kinds, .limit = limit }, arena, &a, err);
    *out = a.items;
    *n = a.n;
    return st;
}

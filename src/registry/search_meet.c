/* search_meet.c - from the words of a question to the set of objects that have them all.
 *
 * A word becomes a set of bits, one an object: those of its lists in each segment, and those of the
 * recent objects. The sets of all words are met; segments where nothing is left are not asked. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "registry/search_ask_priv.h"
#include "registry/search_block.h"

tl_status tl_ask_damaged(const tl_ask *k)
{
    return tl_fail(k->err, TL_EIO, "the index of the search is damaged");
}

static tl_status add_segment(tl_ask *k, int64_t number, int64_t above, size_t count)
{
    tl_status st =
        tl_grow(&k->segments, &k->segment_cap, k->segment_count + 1, sizeof *k->segments, k->err);
    if (st == TL_OK) {
        k->segments[k->segment_count++] = (tl_ask_segment){
            .number = number, .above = above, .from = k->bit_count, .count = count
        };
        k->bit_count += (count + 63) / 64 * 64;
    }
    return st;
}

/* The places of each kind. */
static tl_status read_parts(tl_ask *k, tl_ask_segment *g)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(k->s, "search_part.list", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, g->number);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        int64_t kind = tl_query_get_int(q, 0);
        size_t first = (size_t)tl_query_get_int(q, 1), count = (size_t)tl_query_get_int(q, 2);
        if (first > g->count || count > g->count - first) {
            st = tl_ask_damaged(k);
            break;
        }
        g->first[kind] = first;
        g->part[kind] = count;
    }
    tl_query_reset(q);
    return st;
}

/* Which of the recent objects are there, and of what kind. */
static tl_status read_recent_kinds(tl_ask *k, size_t count)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(k->s, "search_object.kinds", &q, k->err);
    k->recent_kinds = tl_new_array(count + 1, 1);
    if (!k->recent_kinds)
        return tl_fail_nomem(k->err);
    if (st != TL_OK)
        return st;
    memset(k->recent_kinds, 255, count);
    tl_query_int(q, 1, k->recent_above);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        int64_t i = tl_query_get_int(q, 0) - k->recent_above - 1;
        if (i >= 0 && i < (int64_t)count)
            k->recent_kinds[i] = (unsigned char)tl_query_get_int(q, 1);
    }
    tl_query_reset(q);
    return st;
}

static tl_status list_segments(tl_ask *k)
{
    tl_query *q;
    bool row;
    int64_t last;
    tl_status st = tl_store_query(k->s, "search_segment.list", &q, k->err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        k->recent_above = tl_query_get_int(q, 2);
        st = add_segment(k, tl_query_get_int(q, 0), tl_query_get_int(q, 1),
                         (size_t)tl_query_get_int(q, 3));
        if (st != TL_OK)
            break;
    }
    tl_query_reset(q);
    for (size_t i = 0; i < k->segment_count && st == TL_OK; i++)
        st = read_parts(k, &k->segments[i]);
    if (st != TL_OK || (st = tl_search_number(k->s, "search_object.last", &last, k->err)) != TL_OK)
        return st;
    size_t recent = last > k->recent_above ? (size_t)(last - k->recent_above) : 0;
    if ((st = add_segment(k, 0, k->recent_above, recent)) == TL_OK)
        st = read_recent_kinds(k, recent);
    if (st != TL_OK)
        return st;
    k->all = tl_new_array(k->bit_count / 64, sizeof *k->all);
    k->one = tl_new_array(k->bit_count / 64, sizeof *k->one);
    k->named = tl_new_array(k->bit_count / 64, sizeof *k->named);
    return k->all && k->one && k->named ? TL_OK : tl_fail_nomem(k->err);
}

/* A word as it is looked up. */
struct asked {
    const char *word;
    size_t n;
    bool grows;
};

enum look { BEFORE, FOUND, LAST }; /* of the words asked for: not yet, one of them, the last one */

static enum look look(const struct asked *a, const char *word, size_t n, bool *hit)
{
    int order = memcmp(word, a->word, n < a->n ? n : a->n);
    *hit = order == 0 && (a->grows ? n >= a->n : n == a->n);
    if (order < 0 || (order == 0 && n < a->n))
        return BEFORE;
    if (!*hit)
        return LAST;
    /* "steel*" stands for all the rest */
    return !a->grows || word[n - 1] == '*' ? LAST : FOUND;
}

/* Marks the objects of the block that have the word. */
static tl_status mark_block(tl_ask *k, const tl_ask_segment *g, const struct asked *a, tl_query *q,
                            bool *more)
{
    size_t n;
    const unsigned char *p = tl_query_get_blob(q, 0, &n);
    tl_block_reader r = { .p = p, .end = p + n };
    enum look at = BEFORE;
    bool hit;
    while (at != LAST && tl_block_next(&r)) {
        at = look(a, r.word, r.word_len, &hit);
        if (hit && !tl_block_mark(k->one + g->from / 64, g->count, r.list, r.list_len))
            return tl_ask_damaged(k);
    }
    *more = at != LAST;
    return r.damaged ? tl_ask_damaged(k) : TL_OK;
}

static tl_status mark_segment(tl_ask *k, const tl_ask_segment *g, const struct asked *a)
{
    tl_query *q;
    bool row, more = true;
    tl_status st = tl_store_query(k->s, "search_block.from", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, g->number);
    tl_query_blob(q, 2, a->word, a->n);
    while (more && (st = tl_query_step(q, &row, k->err)) == TL_OK && row)
        if ((st = mark_block(k, g, a, q, &more)) != TL_OK)
            break;
    tl_query_reset(q);
    return st;
}

static tl_status mark_recent(tl_ask *k, const tl_ask_segment *g, const struct asked *a)
{
    static const char after_all[] = "\xF4\x8F\xBF\xBF"; /* U+10FFFF: behind all that begins so */
    tl_query *q;
    bool row;
    tl_status st =
        tl_store_query(k->s, a->grows ? "search_recent.range" : "search_recent.one", &q, k->err);
    if (st != TL_OK || g->count == 0)
        return st;
    tl_query_text(q, 1, a->word);
    if (a->grows) {
        const char *behind = tl_arena_printf(k->arena, "%s%s", a->word, after_all);
        if (!behind)
            return tl_fail_nomem(k->err);
        tl_query_text(q, 2, behind);
    }
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        int64_t i = tl_query_get_int(q, 1) - k->recent_above - 1;
        if (i >= 0 && i < (int64_t)g->count)
            k->one[(g->from + (size_t)i) / 64] |= (uint64_t)1 << (g->from + (size_t)i) % 64;
    }
    tl_query_reset(q);
    return st;
}

static bool any_bit(const tl_ask *k, const tl_ask_segment *g)
{
    for (size_t i = g->from / 64; i < (g->from + g->count + 63) / 64; i++)
        if (k->all[i])
            return true;
    return false;
}

tl_status tl_ask_mark(tl_ask *k, const char *word, bool grows)
{
    const struct asked a = { word, strlen(word), grows };
    tl_status st = TL_OK;
    memset(k->one, 0, k->bit_count / 8);
    for (size_t i = 0; i < k->segment_count && st == TL_OK; i++) {
        const tl_ask_segment *g = &k->segments[i];
        if (any_bit(k, g))
            st = g->number ? mark_segment(k, g, &a) : mark_recent(k, g, &a);
    }
    return st;
}

/* Keeps in k->all what has the word. */
static tl_status meet(tl_ask *k, const char *word, bool grows)
{
    tl_status st = tl_ask_mark(k, word, grows);
    for (size_t i = 0; i < k->bit_count / 64; i++)
        k->all[i] &= k->one[i];
    return st;
}

/* Takes out of k->all what has gone from a segment. */
static tl_status leave_out(tl_ask *k, const tl_ask_segment *g)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(k->s, "search_gone.list", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, g->number);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        size_t place = (size_t)tl_query_get_int(q, 0);
        if (place < g->count)
            k->all[(g->from + place) / 64] &= ~((uint64_t)1 << place % 64);
    }
    tl_query_reset(q);
    return st;
}

/* The objects that are there at all. */
static tl_status begin(tl_ask *k)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < k->segment_count && st == TL_OK; i++) {
        const tl_ask_segment *g = &k->segments[i];
        if (g->number) {
            memset(k->all + g->from / 64, 0xFF, (g->count + 63) / 64 * sizeof *k->all);
            if (g->count % 64)
                k->all[(g->from + g->count) / 64] = ((uint64_t)1 << g->count % 64) - 1;
            st = leave_out(k, g);
        }
        for (size_t at = 0; !g->number && at < g->count; at++)
            if (k->recent_kinds[at] < TL_FOUND_KINDS)
                k->all[(g->from + at) / 64] |= (uint64_t)1 << at % 64;
    }
    return st;
}

static tl_status meet_picks(tl_ask *k)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < k->opts->pick_count && st == TL_OK; i++) {
        const char *word = tl_arena_printf(k->arena, "#%s", k->opts->picks[i]);
        st = word ? meet(k, word, false) : tl_fail_nomem(k->err);
    }
    return st;
}

tl_status tl_ask_meet(tl_ask *k)
{
    tl_status st = list_segments(k);
    if (st == TL_OK)
        st = begin(k);
    if (st == TL_OK)
        st = tl_ask_meet_words(k);
    if (st == TL_OK)
        st = meet_picks(k);
    return st == TL_OK ? tl_ask_meet_names(k) : st;
}

void tl_ask_part(const tl_ask_segment *g, tl_found_kind kind, size_t *from, size_t *to)
{
    *from = g->from + (g->number ? g->first[kind] : 0);
    *to = *from + (g->number ? g->part[kind] : g->count);
}

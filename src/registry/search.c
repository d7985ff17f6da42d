/* search.c - from a question to objects.
 *
 * A word of the question becomes a set of bits, one an object: those of the lists it has in each
 * segment, and those of the recent objects. The sets of all words are met; of what is left only as
 * many rows are read in each segment as can be among the best, because places are in the order of
 * an answer. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "factor/index.h"
#include "factor/places.h"
#include "registry/search_priv.h"

enum {
    DEFAULT_LIMIT = 10,
    MOST_LIMIT = 1000,
    MOST_WORDS = 32,
    MOST_GROWN = 512 /* words of a segment that may begin as the last word does */
};

static const char after_all[] = "\xF4\x8F\xBF\xBF"; /* U+10FFFF: behind every word that begins so */

/* Its objects are the bits from .. from+count-1; number 0 is the recent ones. */
struct segment {
    int64_t number;
    size_t from, count;
};

struct hit {
    int64_t number, weight;
    tl_found found;
};

/* One search. */
struct search {
    tl_store *s;
    tl_arena *arena; /* of the caller */
    tl_words words;
    bool grows; /* the last word may be the beginning of one */
    size_t limit;
    struct segment *segments; /* owned; the recent ones last */
    size_t segment_count, segment_cap, bit_count;
    int64_t recent_above; /* number of bit 0 of the recent ones, less one */
    uint64_t *all, *one;  /* owned; bits with every word so far, and with the word at hand */
    tl_places list;       /* owned; the list at hand */
    struct hit *hits;     /* owned; the best of a kind, `limit` at most */
    size_t hit_count, exact;
    tl_error *err;
};

static tl_status add_segment(struct search *k, int64_t number, size_t count)
{
    tl_status st =
        tl_grow(&k->segments, &k->segment_cap, k->segment_count + 1, sizeof *k->segments, k->err);
    if (st == TL_OK) {
        k->segments[k->segment_count++] = (struct segment){ number, k->bit_count, count };
        k->bit_count += (count + 63) / 64 * 64;
    }
    return st;
}

static tl_status list_segments(struct search *k)
{
    tl_query *q;
    bool row;
    int64_t last;
    tl_status st = tl_store_query(k->s, "search_segment.list", &q, k->err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        k->recent_above = tl_query_get_int(q, 2);
        st = add_segment(k, tl_query_get_int(q, 0), (size_t)tl_query_get_int(q, 3));
        if (st != TL_OK)
            break;
    }
    tl_query_reset(q);
    if (st == TL_OK && (st = tl_search_number(k->s, "search_object.last", &last, k->err)) == TL_OK)
        st = add_segment(k, 0, last > k->recent_above ? (size_t)(last - k->recent_above) : 0);
    if (st != TL_OK)
        return st;
    k->all = tl_new_array(k->bit_count / 64, sizeof *k->all);
    k->one = tl_new_array(k->bit_count / 64, sizeof *k->one);
    return k->all && k->one ? TL_OK : tl_fail_nomem(k->err);
}

static bool get_bit(const uint64_t *bits, size_t i)
{
    return bits[i / 64] >> i % 64 & 1;
}

static void set_bit(uint64_t *bits, size_t i)
{
    bits[i / 64] |= (uint64_t)1 << i % 64;
}

/* The lists that q gives, as bits. */
static tl_status mark_lists(struct search *k, const struct segment *g, tl_query *q)
{
    bool row;
    tl_status st;
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        size_t n;
        const void *packed = tl_query_get_blob(q, 0, &n);
        if ((st = tl_places_unpack(&k->list, packed, n, k->err)) != TL_OK)
            break;
        for (size_t i = 0; i < k->list.n; i++)
            if (k->list.items[i] < g->count)
                set_bit(k->one, g->from + k->list.items[i]);
    }
    tl_query_reset(q);
    return st;
}

static tl_status mark_recent(struct search *k, const struct segment *g, tl_query *q)
{
    bool row;
    tl_status st;
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        int64_t i = tl_query_get_int(q, 0) - k->recent_above - 1;
        if (i >= 0 && i < (int64_t)g->count)
            set_bit(k->one, g->from + (size_t)i);
    }
    tl_query_reset(q);
    return st;
}

/* Marks the objects of a segment that have the word; with `behind`, the words up to it. */
static tl_status mark(struct search *k, const struct segment *g, const char *word,
                      const char *behind)
{
    static const char *const names[2][2] = { { "search_word.one", "search_word.range" },
                                             { "search_recent.one", "search_recent.range" } };
    tl_query *q;
    bool recent = g->number == 0;
    int at = 1;
    tl_status st = tl_store_query(k->s, names[recent][behind != NULL], &q, k->err);
    if (st != TL_OK)
        return st;
    if (!recent)
        tl_query_int(q, at++, g->number);
    tl_query_text(q, at++, word);
    if (behind)
        tl_query_text(q, at++, behind);
    if (behind && !recent)
        tl_query_int(q, at, MOST_GROWN);
    return recent ? mark_recent(k, g, q) : mark_lists(k, g, q);
}

static bool any_bit(const struct search *k, const struct segment *g)
{
    for (size_t i = g->from / 64; i < (g->from + g->count + 63) / 64; i++)
        if (k->all[i])
            return true;
    return false;
}

/* Meets the set of a word with the sets before it; segments where nothing is left are not asked. */
static tl_status meet(struct search *k, size_t at)
{
    const char *word = k->words.items[at], *behind = NULL;
    bool full = false;
    tl_status st = TL_OK;
    if (at + 1 == k->words.n && k->grows) {
        const char *beginning = tl_search_beginning(word, k->arena, &full);
        behind = beginning ? NULL : tl_arena_printf(k->arena, "%s%s", word, after_all);
        word = beginning ? beginning : word;
        if (full || (!beginning && !behind))
            return tl_fail_nomem(k->err);
    }
    memset(k->one, 0, k->bit_count / 8);
    for (size_t i = 0; i < k->segment_count && st == TL_OK; i++)
        if (at == 0 || any_bit(k, &k->segments[i]))
            st = mark(k, &k->segments[i], word, behind);
    for (size_t i = 0; i < k->bit_count / 64; i++)
        k->all[i] = at == 0 ? k->one[i] : k->all[i] & k->one[i];
    return st;
}

/* Below zero if a comes before b. */
static int compare(int64_t weight_a, const char *id_a, const struct hit *b)
{
    if (weight_a != b->weight)
        return weight_a > b->weight ? -1 : 1;
    return strcmp(id_a, b->found.id);
}

static bool is_exact(const struct search *k, int64_t number)
{
    for (size_t i = 0; i < k->exact; i++)
        if (k->hits[i].number == number)
            return true;
    return false;
}

static tl_status copy_hit(struct search *k, tl_query *q, struct hit *to)
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
static tl_status keep(struct search *k, tl_query *q, bool *kept)
{
    struct hit hit;
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

/* Reads the object behind a bit. *more becomes false where those behind it in the segment cannot be
 * among the best either. */
static tl_status read_bit(struct search *k, const struct segment *g, size_t i, int64_t kind,
                          bool *more)
{
    tl_query *q;
    bool row, kept = true, recent = g->number == 0;
    tl_status st =
        tl_store_query(k->s, recent ? "search_object.get" : "search_object.at_place", &q, k->err);
    if (st != TL_OK)
        return st;
    if (recent) {
        tl_query_int(q, 1, k->recent_above + 1 + (int64_t)i);
    } else {
        tl_query_int(q, 1, g->number);
        tl_query_int(q, 2, (int64_t)i);
    }
    if ((st = tl_query_step(q, &row, k->err)) == TL_OK && row && tl_query_get_int(q, 1) == kind &&
        !is_exact(k, tl_query_get_int(q, 0)))
        st = keep(k, q, &kept);
    tl_query_reset(q);
    *more = recent || kept;
    return st;
}

/* The places of a kind in a segment; the recent ones are of all kinds. */
static tl_status find_part(struct search *k, const struct segment *g, int64_t kind, size_t *first,
                           size_t *count)
{
    tl_query *q;
    bool row;
    *first = 0;
    *count = g->number == 0 ? g->count : 0;
    if (g->number == 0)
        return TL_OK;
    tl_status st = tl_store_query(k->s, "search_part.list", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, g->number);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row)
        if (tl_query_get_int(q, 0) == kind) {
            *first = (size_t)tl_query_get_int(q, 1);
            *count = (size_t)tl_query_get_int(q, 2);
        }
    if (*first > g->count || *count > g->count - *first)
        return tl_fail(k->err, TL_EIO, "the index of the search is damaged");
    return st;
}

static tl_status read_segment(struct search *k, const struct segment *g, int64_t kind)
{
    size_t first, count;
    bool more = true;
    tl_status st = find_part(k, g, kind, &first, &count);
    for (size_t i = first; st == TL_OK && more && i < first + count; i++) {
        if (k->all[(g->from + i) / 64] == 0)
            i |= 63; /* segments begin at a whole word */
        else if (get_bit(k->all, g->from + i))
            st = read_bit(k, g, i, kind, &more);
    }
    return st;
}

/* What is called just as was asked has every word, so no list is needed. */
static tl_status read_named(struct search *k, int64_t kind)
{
    tl_query *q;
    bool row;
    k->hit_count = k->exact = 0;
    tl_status st = tl_store_query(k->s, "search_object.named", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, tl_factor_name_hash(&k->words));
    tl_query_int(q, 2, kind);
    tl_query_int(q, 3, (int64_t)k->limit);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row)
        if ((st = copy_hit(k, q, &k->hits[k->hit_count])) != TL_OK)
            break;
        else
            k->hit_count++;
    tl_query_reset(q);
    k->exact = k->hit_count;
    return st;
}

/* The answer as it grows, kind by kind. */
struct answer {
    tl_found *items; /* owned until the end */
    size_t n, cap;
};

static tl_status read_kind(struct search *k, int64_t kind, struct answer *a)
{
    tl_status st = read_named(k, kind);
    for (size_t i = 0; i < k->segment_count && st == TL_OK && k->exact < k->limit; i++)
        if (any_bit(k, &k->segments[i]))
            st = read_segment(k, &k->segments[i], kind);
    if (st == TL_OK)
        st = tl_grow(&a->items, &a->cap, a->n + k->hit_count, sizeof *a->items, k->err);
    for (size_t i = 0; i < k->hit_count && st == TL_OK; i++)
        a->items[a->n++] = k->hits[i].found;
    return st;
}

static tl_status make_words(struct search *k, const char *text)
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
    tl_word_cutter_free(cutter);
    if (st == TL_OK && k->words.n > MOST_WORDS)
        st = tl_fail(k->err, TL_EINPUT, "more than %d words to search for", (int)MOST_WORDS);
    k->grows = st == TL_OK && k->words.n && tl_search_word_grows(k->words.items[k->words.n - 1]);
    return st;
}

static tl_status answer(struct search *k, unsigned kinds, struct answer *a)
{
    tl_status st = list_segments(k);
    for (size_t i = 0; i < k->words.n && st == TL_OK; i++)
        st = meet(k, i);
    if (st == TL_OK && !(k->hits = tl_new_array(k->limit + 1, sizeof *k->hits)))
        st = tl_fail_nomem(k->err);
    for (int kind = 0; kind < TL_SEARCH_KINDS && st == TL_OK; kind++)
        if (kinds == 0 || kinds >> kind & 1)
            st = read_kind(k, kind, a);
    return st;
}

tl_status tl_search_find(tl_store *s, const char *text, unsigned kinds, size_t limit,
                         tl_arena *arena, const tl_found **out, size_t *n, tl_error *err)
{
    struct search k = { .s = s, .arena = arena, .err = err };
    struct answer a = { 0 };
    k.limit = limit == 0 ? DEFAULT_LIMIT : limit > MOST_LIMIT ? MOST_LIMIT : limit;
    *out = NULL;
    *n = 0;
    tl_status st = make_words(&k, text);
    if (st == TL_OK && k.words.n)
        st = answer(&k, kinds, &a);
    if (st == TL_OK && a.n) {
        tl_found *items = tl_arena_alloc(arena, a.n, sizeof *items);
        if (items) {
            memcpy(items, a.items, a.n * sizeof *items);
            *out = items;
            *n = a.n;
        } else {
            st = tl_fail_nomem(err);
        }
    }
    tl_places_clear(&k.list);
    free(k.segments);
    free(k.all);
    free(k.one);
    free(k.hits);
    free(a.items);
    return st;
}

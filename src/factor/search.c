/* search.c - from a question to factors, through the packed lists of places.
 *
 * Within one set the places that have all words are found by intersecting their lists, the rarest
 * first; places are in the order of an answer already. The sets are then merged: from each only the
 * next row is read, so a question costs the lists of its words and the rows shown, however many
 * factors match. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "factor/factor_priv.h"
#include "factor/index.h"
#include "factor/places.h"

enum { DEFAULT_LIMIT = 50, MAX_TERMS = 64 };

/* What one set has to offer. */
struct set {
    int64_t number;
    const char *id;
    int64_t counts[MAX_TERMS]; /* places of each term, 0 = does not occur */
    tl_places hits;            /* owned; exact names first, then the rest, each rising */
    size_t exact, next;        /* how many exact ones, and the next to show */
    tl_factor head;            /* row of hits[next], once read */
    bool ready;
};

/* One search. */
struct search {
    tl_store *s;
    const tl_factor_query *query;
    tl_arena *arena, *scratch; /* of the caller; of this search, owned */
    const char *terms[MAX_TERMS];
    size_t term_count;
    int64_t name_hash;
    bool named;       /* the text has words, so that a name can be equal to it */
    struct set *sets; /* owned */
    size_t set_count, set_cap;
    tl_error *err;
};

static tl_status add_term(struct search *k, const char *term)
{
    if (!term)
        return tl_fail_nomem(k->err);
    if (k->term_count == MAX_TERMS)
        return tl_fail(k->err, TL_EINPUT, "more than %d words to search for", (int)MAX_TERMS);
    k->terms[k->term_count++] = term;
    return TL_OK;
}

/* Words, region and category become terms alike. *nothing: the text is only signs, no word. */
static tl_status make_terms(struct search *k, bool *nothing)
{
    const tl_factor_query *query = k->query;
    tl_words words = { 0 };
    tl_word_cutter *cutter = NULL;
    tl_status st = tl_word_cutter_new(&cutter, k->err);
    if (st == TL_OK && query->text)
        st = tl_factor_words(cutter, query->text, TL_WORDS_QUERY, k->scratch, &words, k->err);
    tl_word_cutter_free(cutter);
    for (size_t i = 0; st == TL_OK && i < words.n; i++)
        st = add_term(k, words.items[i]);
    k->named = words.n > 0;
    k->name_hash = tl_factor_name_hash(&words);
    *nothing = words.n == 0 && query->text && tl_span_trim(tl_span_of(query->text)).n > 0;
    if (st == TL_OK && query->region && *query->region)
        st = add_term(k, tl_arena_printf(k->scratch, "@%s", query->region));
    if (st == TL_OK && query->category && *query->category)
        st = add_term(k, tl_arena_printf(k->scratch, "#%s", query->category));
    return st;
}

static tl_status list_sets(struct search *k)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(
        k->s, k->query->superseded ? "factor_set.all" : "factor_set.current", &q, k->err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        st = tl_grow(&k->sets, &k->set_cap, k->set_count + 1, sizeof *k->sets, k->err);
        if (st != TL_OK)
            break;
        struct set *set = &k->sets[k->set_count++];
        *set = (struct set){ .number = tl_query_get_int(q, 0) };
        if (!(set->id = tl_arena_str(k->scratch, tl_query_get_text(q, 1)))) {
            st = tl_fail_nomem(k->err);
            break;
        }
    }
    tl_query_reset(q);
    return st;
}

/* How often the term occurs in each set; both lists go by set number. */
static tl_status count_term(struct search *k, size_t term)
{
    tl_query *q;
    bool row;
    size_t i = 0;
    tl_status st = tl_store_query(k->s, "factor_word.sets", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, k->terms[term]);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        int64_t number = tl_query_get_int(q, 0);
        while (i < k->set_count && k->sets[i].number < number)
            i++;
        if (i < k->set_count && k->sets[i].number == number)
            k->sets[i].counts[term] = tl_query_get_int(q, 1);
    }
    tl_query_reset(q);
    return st;
}

static tl_status meet_term(struct search *k, struct set *set, size_t term, bool first)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(k->s, "factor_word.places", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, k->terms[term]);
    tl_query_int(q, 2, set->number);
    if ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        size_t n;
        const void *packed = tl_query_get_blob(q, 0, &n);
        st = first ? tl_places_unpack(&set->hits, packed, n, k->err)
                   : tl_places_keep(&set->hits, packed, n, k->err);
    }
    tl_query_reset(q);
    return st;
}

/* The terms with the rarest in this set first. */
static void sort_terms(const struct search *k, const struct set *set, size_t order[MAX_TERMS])
{
    for (size_t t = 0; t < k->term_count; t++) {
        size_t i = t;
        for (; i > 0 && set->counts[order[i - 1]] > set->counts[t]; i--)
            order[i] = order[i - 1];
        order[i] = t;
    }
}

/* The places with every term; the rarest is unpacked, the others only walked along. */
static tl_status meet_terms(struct search *k, struct set *set)
{
    size_t order[MAX_TERMS] = { 0 };
    tl_status st = TL_OK;
    sort_terms(k, set, order);
    if (k->term_count && set->counts[order[0]] == 0)
        return TL_OK;
    for (size_t i = 0; i < k->term_count && st == TL_OK && (i == 0 || set->hits.n); i++)
        st = meet_term(k, set, order[i], i == 0);
    return st;
}

/* Keeps the places whose run has the mark and the year asked for; where no word narrows the set,
 * the runs themselves are the hits. */
static tl_status keep_runs(struct search *k, struct set *set)
{
    tl_query *q;
    bool row;
    size_t kept = 0, i = 0;
    tl_status st = tl_store_query(k->s, "factor_run.list", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, set->number);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        int64_t first = tl_query_get_int(q, 0), end = first + tl_query_get_int(q, 1);
        bool wanted = (tl_query_get_int(q, 2) || !k->query->verified) &&
                      (!k->query->year || tl_query_get_int(q, 3) <= k->query->year);
        for (; k->term_count == 0 && wanted && st == TL_OK && first < end; first++)
            st = tl_places_add(&set->hits, (uint32_t)first, k->err);
        for (; k->term_count && i < set->hits.n && set->hits.items[i] < end; i++)
            if (wanted)
                set->hits.items[kept++] = set->hits.items[i];
        if (st != TL_OK)
            break;
    }
    tl_query_reset(q);
    if (k->term_count)
        set->hits.n = kept;
    return st;
}

static int by_place(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Brings the hits whose whole name was asked for to the front, both parts still rising. */
static tl_status exact_first(struct search *k, struct set *set)
{
    tl_query *q;
    bool row;
    tl_places exact = { 0 };
    if (!k->named || set->hits.n == 0)
        return TL_OK;
    tl_status st = tl_store_query(k->s, "factor_name.places", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, k->name_hash);
    tl_query_int(q, 2, set->number);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        uint32_t place = (uint32_t)tl_query_get_int(q, 0);
        if (bsearch(&place, set->hits.items, set->hits.n, sizeof place, by_place) &&
            (st = tl_places_add(&exact, place, k->err)) != TL_OK)
            break;
    }
    tl_query_reset(q);
    size_t to = set->hits.n, e = exact.n; /* from behind, closing the gaps */
    for (size_t i = set->hits.n; exact.n && i-- > 0;)
        if (e && set->hits.items[i] == exact.items[e - 1])
            e--;
        else
            set->hits.items[--to] = set->hits.items[i];
    if (exact.n)
        memcpy(set->hits.items, exact.items, exact.n * sizeof *exact.items);
    set->exact = exact.n;
    tl_places_clear(&exact);
    return st;
}

/* Reads the next row of the set, if it has one that was not read yet. */
static tl_status read_head(struct search *k, struct set *set)
{
    tl_query *q;
    bool row;
    if (set->ready || set->next == set->hits.n)
        return TL_OK;
    tl_status st = tl_store_query(k->s, "factor.at_place", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, set->number);
    tl_query_int(q, 2, set->hits.items[set->next]);
    st = tl_query_step(q, &row, k->err);
    if (st == TL_OK)
        st = row ? tl_factor_read(q, k->arena, &set->head, k->err)
                 : tl_fail(k->err, TL_EIO, "the word index of the factors is damaged");
    tl_query_reset(q);
    set->ready = st == TL_OK;
    return st;
}

/* Below zero if a's head comes before b's. */
static int compare_heads(const struct set *a, const struct set *b)
{
    const tl_factor *x = &a->head, *y = &b->head;
    bool exact_x = a->next < a->exact, exact_y = b->next < b->exact;
    if (exact_x != exact_y)
        return exact_x ? -1 : 1;
    if (x->verified != y->verified)
        return x->verified ? -1 : 1;
    if (x->year != y->year)
        return x->year > y->year ? -1 : 1;
    int c = strcmp(x->set, y->set);
    if (c == 0)
        c = strcmp(x->key, y->key);
    return c ? c : strcmp(y->set_version, x->set_version); /* among old versions */
}

static tl_status merge(struct search *k, tl_factor *out, size_t limit, size_t *n)
{
    tl_status st = TL_OK;
    for (*n = 0; *n < limit; (*n)++) {
        struct set *best = NULL;
        for (size_t i = 0; i < k->set_count && st == TL_OK; i++) {
            struct set *set = &k->sets[i];
            st = read_head(k, set);
            if (set->ready && (!best || compare_heads(set, best) < 0))
                best = set;
        }
        if (st != TL_OK || !best)
            return st;
        out[*n] = best->head;
        best->ready = false;
        best->next++;
    }
    return st;
}

/* All that leads up to the merge; *found is how many factors match. */
static tl_status collect(struct search *k, size_t *found)
{
    bool nothing = false;
    tl_status st = make_terms(k, &nothing);
    *found = 0;
    if (st != TL_OK || nothing || (st = list_sets(k)) != TL_OK)
        return st;
    for (size_t t = 0; t < k->term_count && st == TL_OK; t++)
        st = count_term(k, t);
    for (size_t i = 0; i < k->set_count && st == TL_OK; i++) {
        struct set *set = &k->sets[i];
        bool narrowed = k->term_count == 0 || k->query->year || k->query->verified;
        if ((st = meet_terms(k, set)) == TL_OK && narrowed)
            st = keep_runs(k, set);
        if (st == TL_OK)
            st = exact_first(k, set);
        *found += set->hits.n;
    }
    return st;
}

tl_status tl_factor_search(tl_store *s, const tl_factor_query *query, tl_arena *arena,
                           const tl_factor **out, size_t *n, tl_error *err)
{
    struct search k = { .s = s, .query = query, .arena = arena, .err = err };
    size_t found = 0, limit = query->limit ? query->limit : DEFAULT_LIMIT;
    *out = NULL;
    *n = 0;
    tl_status st = tl_arena_new(&k.scratch, 0, err);
    if (st != TL_OK || (st = collect(&k, &found)) != TL_OK || found == 0)
        goto done;
    if (limit > found)
        limit = found;
    tl_factor *rows = tl_arena_alloc(arena, limit, sizeof *rows);
    st = rows ? merge(&k, rows, limit, n) : tl_fail_nomem(err);
    if (st == TL_OK)
        *out = rows;
    else
        *n = 0;
done:
    for (size_t i = 0; i < k.set_count; i++)
        tl_places_clear(&k.sets[i].hits);
    free(k.sets);
    tl_arena_free(k.scratch);
    return st;
}

/* search.c - from a question to factors, through the packed lists of places.
 *
 * Within one set the places that have all words are found by intersecting their lists, the rarest
 * first; places are in the order of an answer already. The sets are then merged: from each only the
 * next row is read, so a question costs the lists of its words and the rows shown, however many
 * factors match. */
#include <stdlib.h>
#include <string.h>

#include "factor/factor_priv.h"
#include "factor/index.h"
#include "factor/places.h"
#include "factor/terms.h"

enum { DEFAULT_LIMIT = 50, TIERS = 2 };

/* What one set has to offer. */
struct set {
    int64_t number;
    const char *id;
    int64_t *counts;    /* places of each word, 0 = does not occur; then those outside of names */
    tl_places hits;     /* owned; exact names first, then all in the names, the rest, each rising */
    size_t ends[TIERS]; /* where the exact ones and those in the names end */
    size_t next;        /* the next to show */
    tl_factor head;     /* row of hits[next], once read */
    bool ready;
};

/* One search. */
struct search {
    tl_store *s;
    const tl_factor_query *query;
    tl_arena *arena, *scratch; /* of the caller; of this search, owned */
    tl_factor_terms *terms;
    struct set *sets; /* owned */
    size_t set_count, set_cap;
    tl_error *err;
};

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
        set->id = tl_arena_str(k->scratch, tl_query_get_text(q, 1));
        set->counts = tl_arena_alloc(k->scratch, 2 * k->terms->word_count + 1, sizeof(int64_t));
        if (!set->id || !set->counts) {
            st = tl_fail_nomem(k->err);
            break;
        }
    }
    tl_query_reset(q);
    return st;
}

/* How often the word occurs in each set; both lists go by set number. */
static tl_status count_word(struct search *k, const char *word, size_t place)
{
    tl_query *q;
    bool row;
    size_t i = 0;
    tl_status st =
        word ? tl_store_query(k->s, "factor_word.sets", &q, k->err) : tl_fail_nomem(k->err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, word);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        int64_t number = tl_query_get_int(q, 0);
        while (i < k->set_count && k->sets[i].number < number)
            i++;
        if (i < k->set_count && k->sets[i].number == number)
            k->sets[i].counts[place] = tl_query_get_int(q, 1);
    }
    tl_query_reset(q);
    return st;
}

static const char *outside(struct search *k, const char *word)
{
    return tl_arena_printf(k->scratch, ":%s", word);
}

static tl_status count_words(struct search *k)
{
    tl_status st = TL_OK;
    size_t n = k->terms->word_count;
    for (size_t w = 0; w < n && st == TL_OK; w++) {
        const char *word = k->terms->words[w];
        st = count_word(k, word, w);
        if (st == TL_OK && *word != '@' && *word != '#')
            st = count_word(k, outside(k, word), n + w);
    }
    return st;
}

enum list_use { TAKE, KEEP, DROP };

/* Puts the places of a word into list, or keeps or drops them there. */
static tl_status use_word(struct search *k, const struct set *set, const char *word,
                          enum list_use use, tl_places *list)
{
    tl_query *q;
    bool row;
    tl_status st =
        word ? tl_store_query(k->s, "factor_word.places", &q, k->err) : tl_fail_nomem(k->err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, word);
    tl_query_int(q, 2, set->number);
    if ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        size_t n;
        const void *packed = tl_query_get_blob(q, 0, &n);
        st = use == TAKE   ? tl_places_unpack(list, packed, n, k->err)
             : use == KEEP ? tl_places_keep(list, packed, n, k->err)
                           : tl_places_lose(list, packed, n, k->err);
    }
    tl_query_reset(q);
    return st;
}

/* The most places a phrase can have in the set. */
static int64_t most_of(const struct search *k, const struct set *set, const tl_factor_phrase *p)
{
    int64_t most = INT64_MAX;
    for (size_t i = p->first; i < p->first + p->n; i++)
        if (set->counts[i] < most)
            most = set->counts[i];
    return most == INT64_MAX || !k->terms->word_count ? 0 : most;
}

/* The places that have all words of the phrase: among those of base where it is given, else all. */
static tl_status meet_phrase(struct search *k, const struct set *set, const tl_factor_phrase *p,
                             const tl_places *base, bool in_names, tl_places *list)
{
    const size_t words = k->terms->word_count;
    list->n = 0;
    tl_status st = base ? tl_places_copy(list, base, k->err) : TL_OK;
    for (size_t i = p->first; i < p->first + p->n && st == TL_OK; i++) {
        const char *word = k->terms->words[i];
        st = use_word(k, set, word, base || i > p->first ? KEEP : TAKE, list);
        if (st == TL_OK && in_names && set->counts[words + i])
            st = use_word(k, set, outside(k, word), DROP, list);
    }
    return st;
}

/* The places, of base where it is given, that fill the slot. */
static tl_status fill_slot(struct search *k, const struct set *set, const tl_factor_slot *slot,
                           const tl_places *base, bool in_names, tl_places *list)
{
    tl_status st = TL_OK;
    tl_places one = { 0 };
    list->n = 0;
    for (size_t i = slot->first; i < slot->first + slot->n && st == TL_OK; i++) {
        const tl_factor_phrase *p = &k->terms->phrases[i];
        if (most_of(k, set, p) == 0 || (in_names && p->weak))
            continue;
        st = meet_phrase(k, set, p, base, in_names, list->n ? &one : list);
        if (st == TL_OK && one.n)
            st = tl_places_join(list, &one, k->err);
        one.n = 0;
    }
    tl_places_clear(&one);
    return st;
}

/* Keeps the hits that fill the slot; a plain word is only walked along. */
static tl_status keep_slot(struct search *k, const struct set *set, const tl_factor_slot *slot,
                           bool in_names, tl_places *hits)
{
    tl_places list = { 0 };
    const tl_factor_phrase *p = &k->terms->phrases[slot->first];
    if (slot->n == 1 && p->n == 1)
        return in_names ? use_word(k, set, outside(k, k->terms->words[p->first]), DROP, hits)
                        : use_word(k, set, k->terms->words[p->first], KEEP, hits);
    tl_status st = fill_slot(k, set, slot, hits, in_names, &list);
    tl_places_clear(hits);
    *hits = list;
    return st;
}

/* The slots with the rarest in this set first. */
static void sort_slots(const struct search *k, const struct set *set, size_t order[TL_FACTOR_SLOTS],
                       int64_t most[TL_FACTOR_SLOTS])
{
    for (size_t t = 0; t < k->terms->slot_count; t++) {
        const tl_factor_slot *slot = &k->terms->slots[t];
        size_t i = t;
        most[t] = 0;
        for (size_t p = slot->first; p < slot->first + slot->n; p++)
            most[t] += most_of(k, set, &k->terms->phrases[p]);
        for (; i > 0 && most[order[i - 1]] > most[t]; i--)
            order[i] = order[i - 1];
        order[i] = t;
    }
}

/* The places that fill every slot, the rarest first. */
static tl_status fill_slots(struct search *k, const struct set *set, tl_places *hits)
{
    size_t order[TL_FACTOR_SLOTS] = { 0 };
    int64_t most[TL_FACTOR_SLOTS] = { 0 };
    sort_slots(k, set, order, most);
    if (k->terms->slot_count == 0 || most[order[0]] == 0)
        return TL_OK;
    tl_status st = fill_slot(k, set, &k->terms->slots[order[0]], NULL, false, hits);
    for (size_t i = 1; i < k->terms->slot_count && st == TL_OK && hits->n; i++)
        st = keep_slot(k, set, &k->terms->slots[order[i]], false, hits);
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
        for (; k->terms->slot_count == 0 && wanted && st == TL_OK && first < end; first++)
            st = tl_places_add(&set->hits, (uint32_t)first, k->err);
        for (; k->terms->slot_count && i < set->hits.n && set->hits.items[i] < end; i++)
            if (wanted)
                set->hits.items[kept++] = set->hits.items[i];
        if (st != TL_OK)
            break;
    }
    tl_query_reset(q);
    if (k->terms->slot_count)
        set->hits.n = kept;
    return st;
}

static int by_place(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The hits whose whole name was asked for, rising. */
static tl_status find_exact(struct search *k, const struct set *set, tl_places *exact)
{
    tl_query *q;
    bool row;
    tl_places one = { 0 };
    tl_status st = TL_OK;
    for (size_t i = 0; i < k->terms->name_count && st == TL_OK; i++) {
        if ((st = tl_store_query(k->s, "factor_name.places", &q, k->err)) != TL_OK)
            break;
        tl_query_int(q, 1, k->terms->names[i]);
        tl_query_int(q, 2, set->number);
        one.n = 0;
        while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
            uint32_t place = (uint32_t)tl_query_get_int(q, 0);
            if (bsearch(&place, set->hits.items, set->hits.n, sizeof place, by_place) &&
                (st = tl_places_add(&one, place, k->err)) != TL_OK)
                break;
        }
        tl_query_reset(q);
        if (st == TL_OK)
            st = tl_places_join(exact, &one, k->err);
    }
    tl_places_clear(&one);
    return st;
}

/* True if a word of the slot occurs outside of names, or only sounds like one asked for: else all
 * that fills it does so by name. */
static bool has_lesser(const struct search *k, const struct set *set, const tl_factor_slot *slot)
{
    for (size_t i = slot->first; i < slot->first + slot->n; i++) {
        const tl_factor_phrase *p = &k->terms->phrases[i];
        if (p->weak && most_of(k, set, p))
            return true;
        for (size_t w = p->first; w < p->first + p->n; w++)
            if (set->counts[k->terms->word_count + w])
                return true;
    }
    return false;
}

/* Puts the hits of the first tiers to the front. */
static void line_up(struct set *set, const tl_places *exact, tl_places *names)
{
    tl_places *hits = &set->hits;
    tl_places_drop(hits, exact);
    tl_places_drop(hits, names);
    tl_places_drop(names, exact);
    memmove(hits->items + exact->n + names->n, hits->items, hits->n * sizeof *hits->items);
    if (exact->n)
        memcpy(hits->items, exact->items, exact->n * sizeof *exact->items);
    if (names->n)
        memcpy(hits->items + exact->n, names->items, names->n * sizeof *names->items);
    hits->n += exact->n + names->n;
    set->ends[0] = exact->n;
    set->ends[1] = exact->n + names->n;
}

/* The hits that fill every slot by name; *all where that is each of them, *names is empty then. */
static tl_status find_names(struct search *k, const struct set *set, tl_places *names, bool *all)
{
    tl_status st = TL_OK;
    *all = true;
    for (size_t i = 0; i < k->terms->slot_count && st == TL_OK; i++) {
        const tl_factor_slot *slot = &k->terms->slots[i];
        if (!has_lesser(k, set, slot))
            continue;
        if (*all)
            st = tl_places_copy(names, &set->hits, k->err);
        *all = false;
        if (st == TL_OK)
            st = keep_slot(k, set, slot, true, names);
    }
    return st;
}

/* Exact names first, then what has all words in its names; each part still rising. */
static tl_status sort_tiers(struct search *k, struct set *set)
{
    tl_places exact = { 0 }, names = { 0 };
    bool all = false;
    if (k->terms->name_count == 0 || set->hits.n == 0)
        return TL_OK;
    tl_status st = find_names(k, set, &names, &all);
    if (st == TL_OK)
        st = find_exact(k, set, &exact);
    if (st == TL_OK && (!all || exact.n))
        line_up(set, &exact, &names);
    if (all) {
        set->ends[0] = exact.n;
        set->ends[1] = set->hits.n;
    }
    tl_places_clear(&exact);
    tl_places_clear(&names);
    return st;
}

/* Reads the row of hits[i]. */
static tl_status read_hit(struct search *k, const struct set *set, size_t i, tl_factor *out)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(k->s, "factor.at_place", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, set->number);
    tl_query_int(q, 2, set->hits.items[i]);
    st = tl_query_step(q, &row, k->err);
    if (st == TL_OK)
        st = row ? tl_factor_read(q, k->arena, out, k->err)
                 : tl_fail(k->err, TL_EIO, "the word index of the factors is damaged");
    tl_query_reset(q);
    return st;
}

/* Reads the next row of the set, if it has one that was not read yet. */
static tl_status read_head(struct search *k, struct set *set)
{
    if (set->ready || set->next == set->hits.n)
        return TL_OK;
    tl_status st = read_hit(k, set, set->next, &set->head);
    set->ready = st == TL_OK;
    return st;
}

static int tier(const struct set *set, size_t hit)
{
    int t = 0;
    while (t < TIERS && hit >= set->ends[t])
        t++;
    return t;
}

static tl_factor_place place_of(int tier, const tl_factor *f)
{
    return (tl_factor_place){ tier, f->verified, f->year, f->set, f->key, f->set_version };
}

/* Below zero if x comes before y. */
static int compare_places(const tl_factor_place *x, const tl_factor_place *y)
{
    if (x->tier != y->tier)
        return x->tier < y->tier ? -1 : 1;
    if (x->verified != y->verified)
        return x->verified ? -1 : 1;
    if (x->year != y->year)
        return x->year > y->year ? -1 : 1;
    int c = strcmp(x->set, y->set);
    if (c == 0)
        c = strcmp(x->key, y->key);
    return c ? c : strcmp(y->set_version, x->set_version); /* among old versions */
}

static int compare_heads(const struct set *a, const struct set *b)
{
    tl_factor_place x = place_of(tier(a, a->next), &a->head);
    tl_factor_place y = place_of(tier(b, b->next), &b->head);
    return compare_places(&x, &y);
}

/* Begins behind a place: hits lie in the order of an answer, so few of them are read for that. */
static tl_status skip_to(struct search *k, struct set *set, const tl_factor_place *after)
{
    size_t low = 0, high = set->hits.n;
    tl_factor f;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        tl_status st = read_hit(k, set, middle, &f);
        if (st != TL_OK)
            return st;
        tl_factor_place here = place_of(tier(set, middle), &f);
        if (compare_places(&here, after) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    set->next = low;
    return TL_OK;
}

static tl_status merge(struct search *k, tl_factor *out, size_t limit, size_t *n)
{
    tl_factor_page *page = k->query->page;
    tl_status st = TL_OK;
    for (size_t i = 0; page && page->after && i < k->set_count && st == TL_OK; i++)
        st = skip_to(k, &k->sets[i], page->after);
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
        if (page)
            page->last = place_of(tier(best, best->next), &best->head);
        best->ready = false;
        best->next++;
    }
    for (size_t i = 0; page && i < k->set_count; i++)
        page->more = page->more || k->sets[i].next < k->sets[i].hits.n;
    return st;
}

/* All that leads up to the merge; *found is how many factors match. */
static tl_status collect(struct search *k, size_t *found)
{
    *found = 0;
    if (!(k->terms = tl_arena_alloc(k->scratch, 1, sizeof *k->terms)))
        return tl_fail_nomem(k->err);
    tl_status st = tl_factor_terms_make(k->s, k->query, k->scratch, k->terms, k->err);
    if (st != TL_OK || k->terms->nothing || (st = list_sets(k)) != TL_OK)
        return st;
    st = count_words(k);
    for (size_t i = 0; i < k->set_count && st == TL_OK; i++) {
        struct set *set = &k->sets[i];
        bool narrowed = k->terms->slot_count == 0 || k->query->year || k->query->verified;
        if ((st = fill_slots(k, set, &set->hits)) == TL_OK && narrowed)
            st = keep_runs(k, set);
        if (st == TL_OK)
            st = sort_tiers(k, set);
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

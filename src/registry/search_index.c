/* search_index.c - objects come and go, one at a time. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "registry/search_priv.h"

tl_status tl_search_number(tl_store *s, const char *query, int64_t *out, tl_error *err)
{
    tl_query *q;
    bool row;
    *out = 0;
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *out = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

tl_status tl_search_check(const tl_search_entry *e, tl_error *err)
{
    const tl_found *o = &e->found;
    if ((int)o->kind < 0 || (int)o->kind >= TL_FOUND_KINDS)
        return tl_fail(err, TL_EINPUT, "search: no kind %d", (int)o->kind);
    if (!*o->id)
        return tl_fail(err, TL_EINPUT, "search: an entry has no id");
    if (!*o->title_en && !*o->title_zh)
        return tl_fail(err, TL_EINPUT, "search: '%s' has no name", o->id);
    if (strlen(e->text) > TL_SEARCH_TEXT_MAX || strlen(o->title_en) > TL_SEARCH_TEXT_MAX ||
        strlen(o->title_zh) > TL_SEARCH_TEXT_MAX)
        return tl_fail(err, TL_EINPUT, "search: the text of %s is longer than %d bytes", o->id,
                       (int)TL_SEARCH_TEXT_MAX);
    return TL_OK;
}

tl_status tl_search_add(tl_store *s, const tl_search_entry *e, int64_t *number, tl_error *err)
{
    const tl_found *o = &e->found;
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "search_object.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, o->kind);
    tl_query_text(q, 2, o->id);
    tl_query_text(q, 3, o->title_en);
    tl_query_text(q, 4, o->title_zh);
    tl_query_text(q, 5, o->hint);
    tl_query_int(q, 6, e->weight);
    tl_query_text(q, 7, e->text);
    tl_query_text(q, 8, e->facets);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        *number = tl_query_get_int(q, 0);
        st = tl_query_step(q, &row, err); /* the change is done once its rows are read */
    }
    tl_query_reset(q);
    return st;
}

tl_status tl_search_hand_init(tl_search_hand *h, tl_store *s, bool bulky, tl_error *err)
{
    *h = (tl_search_hand){ .s = s, .bulky = bulky };
    assert(tl_store_in_transaction(s));
    return tl_search_cutter_init(&h->c, err);
}

void tl_search_hand_clear(tl_search_hand *h)
{
    tl_search_cutter_clear(&h->c);
    free(h->places);
    *h = (tl_search_hand){ 0 };
}

/* Adds the words of a recent object to their lists, or takes them out. */
static tl_status note_words(tl_search_hand *h, const tl_search_entry *e, int64_t number,
                            const char *query, tl_error *err)
{
    tl_words words;
    tl_query *q;
    tl_status st = tl_search_words(&h->c, e, &words, err);
    for (size_t i = 0; st == TL_OK && i < words.n; i++) {
        if ((st = tl_store_query(h->s, query, &q, err)) != TL_OK)
            break;
        tl_query_text(q, 1, words.items[i]);
        tl_query_int(q, 2, number);
        st = tl_query_run(q, err);
    }
    return st;
}

/* Finds the segment of a number; h->segment is 0 where it is a recent one. */
static tl_status find_segment(tl_search_hand *h, int64_t number, bool *known, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(h->s, "search_segment.of", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, number);
    int64_t before = h->segment;
    h->segment = 0;
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        h->segment = tl_query_get_int(q, 0);
        h->above = tl_query_get_int(q, 1);
    }
    tl_query_reset(q);
    *known = h->segment == before;
    return st;
}

static size_t read_number(const unsigned char *p)
{
    return p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
}

static tl_status read_chunk(tl_search_hand *h, const unsigned char *p, size_t n, uint32_t *place,
                            tl_error *err)
{
    for (size_t i = 0; i + 4 <= n; i += 4, ++*place) {
        size_t at = read_number(p + i);
        tl_status st = tl_grow(&h->places, &h->place_cap, at, sizeof *h->places, err);
        if (st != TL_OK || at == 0)
            return at ? st : tl_fail(err, TL_EIO, "the index of the search is damaged");
        for (; h->place_count < at; h->place_count++)
            h->places[h->place_count] = UINT32_MAX;
        h->places[at - 1] = *place;
    }
    return TL_OK;
}

/* Reads which number has which place in the segment. */
static tl_status read_places(tl_search_hand *h, tl_error *err)
{
    tl_query *q;
    bool row;
    uint32_t place = 0;
    h->place_count = 0;
    tl_status st = tl_store_query(h->s, "search_order.all", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, h->segment);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        size_t n;
        const void *p = tl_query_get_blob(q, 0, &n);
        if ((st = read_chunk(h, p, n, &place, err)) != TL_OK)
            break;
    }
    tl_query_reset(q);
    if (st != TL_OK)
        h->segment = 0;
    return st;
}

/* Finds one number in its segment; UINT32_MAX where it has no place. */
static tl_status find_place(tl_search_hand *h, size_t number, uint32_t *place, tl_error *err)
{
    tl_query *q;
    bool row;
    uint32_t chunk = 0;
    *place = UINT32_MAX;
    tl_status st = tl_store_query(h->s, "search_order.all", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, h->segment);
    while (*place == UINT32_MAX && (st = tl_query_step(q, &row, err)) == TL_OK && row) {
        size_t n;
        const unsigned char *p = tl_query_get_blob(q, 0, &n);
        for (size_t i = 0; i + 4 <= n && *place == UINT32_MAX; i += 4)
            if (read_number(p + i) == number)
                *place = chunk * TL_SEARCH_CHUNK + (uint32_t)(i / 4);
        chunk++;
    }
    tl_query_reset(q);
    return st;
}

/* The place of a number in h->segment. One who puts many reads all places of a segment at once. */
static tl_status look_up(tl_search_hand *h, int64_t number, bool known, uint32_t *place,
                         tl_error *err)
{
    size_t at = (size_t)(number - h->above);
    *place = UINT32_MAX;
    if (!h->bulky)
        return find_place(h, at, place, err);
    tl_status st = known ? TL_OK : read_places(h, err);
    if (st == TL_OK && at && at <= h->place_count)
        *place = h->places[at - 1];
    return st;
}

/* Marks the place of an object in its segment as gone. */
static tl_status mark_gone(tl_search_hand *h, int64_t number, bool known, tl_error *err)
{
    tl_query *q;
    uint32_t place;
    tl_status st = look_up(h, number, known, &place, err);
    if (st != TL_OK || place == UINT32_MAX ||
        (st = tl_store_query(h->s, "search_gone.insert", &q, err)) != TL_OK)
        return st;
    tl_query_int(q, 1, h->segment);
    tl_query_int(q, 2, place);
    return tl_query_run(q, err);
}

static tl_status forget(tl_search_hand *h, const tl_search_entry *e, int64_t number, tl_error *err)
{
    tl_query *q;
    bool known;
    tl_status st = find_segment(h, number, &known, err);
    if (st == TL_OK)
        st = h->segment ? mark_gone(h, number, known, err)
                        : note_words(h, e, number, "search_recent.delete", err);
    if (st != TL_OK || (st = tl_store_query(h->s, "search_object.delete", &q, err)) != TL_OK)
        return st;
    tl_query_int(q, 1, number);
    return tl_query_run(q, err);
}

tl_status tl_search_hand_drop(tl_search_hand *h, tl_found_kind kind, const char *id, tl_error *err)
{
    tl_query *q;
    tl_search_entry e = { .found = { .kind = kind } };
    int64_t number = 0;
    bool row, full = false;
    tl_arena *a = h->c.scratch;
    tl_arena_reset(a);
    tl_status st = tl_store_query(h->s, "search_object.find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, kind);
    tl_query_text(q, 2, id);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        number = tl_query_get_int(q, 0);
        e.weight = tl_query_get_int(q, 1);
        e.found.id = tl_arena_str(a, tl_query_get_text(q, 2));
        e.found.title_en = tl_arena_str(a, tl_query_get_text(q, 3));
        e.found.title_zh = tl_arena_str(a, tl_query_get_text(q, 4));
        e.text = tl_arena_str(a, tl_query_get_text(q, 5));
        e.facets = tl_arena_str(a, tl_query_get_text(q, 6));
        full = !e.found.id || !e.found.title_en || !e.found.title_zh || !e.text || !e.facets;
    }
    tl_query_reset(q);
    if (st == TL_OK && full)
        st = tl_fail_nomem(err);
    return st == TL_OK && number ? forget(h, &e, number, err) : st;
}

/* Folds what lies above `above` and forgets the lists of the recent. */
static tl_status fold_above(tl_search_hand *h, int64_t above, int64_t number, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_search_fold(h->s, &h->c, above, number, err);
    if (st == TL_OK && (st = tl_store_query(h->s, "search_recent.clear", &q, err)) == TL_OK)
        st = tl_query_run(q, err);
    h->segment = 0;
    return st;
}

static tl_status delete_segment(tl_store *s, int64_t segment, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "search_segment.delete", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, segment);
    return tl_query_run(q, err);
}

/* Where there are `enough` recent objects, folds them, together with the last segment while that is
 * small. */
static tl_status fold_recent(tl_search_hand *h, int64_t number, int64_t enough, tl_error *err)
{
    tl_query *q;
    bool row;
    int64_t segment = 0, above = 0, last = 0;
    tl_status st = tl_store_query(h->s, "search_segment.list", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        segment = tl_query_get_int(q, 0);
        above = tl_query_get_int(q, 1);
        last = tl_query_get_int(q, 2);
    }
    if (st != TL_OK || number - last < enough)
        return st;
    if (segment && number - above <= TL_SEARCH_SMALL) {
        if ((st = delete_segment(h->s, segment, err)) != TL_OK)
            return st;
        last = above;
    }
    return fold_above(h, last, number, err);
}

tl_status tl_search_hand_put(tl_search_hand *h, const tl_search_entry *e, tl_error *err)
{
    int64_t number = 0;
    tl_status st = tl_search_check(e, err);
    if (st != TL_OK || (st = tl_search_hand_drop(h, e->found.kind, e->found.id, err)) != TL_OK ||
        (st = tl_search_add(h->s, e, &number, err)) != TL_OK)
        return st;
    tl_arena_reset(h->c.scratch);
    if (!h->bulky && (st = note_words(h, e, number, "search_recent.insert", err)) != TL_OK)
        return st;
    return number % TL_SEARCH_RECENT != 0
               ? TL_OK
               : fold_recent(h, number, h->bulky ? TL_SEARCH_SEGMENT : TL_SEARCH_RECENT, err);
}

/* A segment most of whose objects have gone is made anew. */
static tl_status mend_segments(tl_search_hand *h, tl_error *err)
{
    tl_query *q;
    bool row = true;
    tl_status st = TL_OK;
    while (st == TL_OK && row) {
        if ((st = tl_store_query(h->s, "search_segment.worn", &q, err)) != TL_OK)
            return st;
        st = tl_query_step(q, &row, err);
        int64_t segment = st == TL_OK && row ? tl_query_get_int(q, 0) : 0;
        int64_t above = segment ? tl_query_get_int(q, 1) : 0;
        int64_t last = segment ? tl_query_get_int(q, 2) : 0;
        tl_query_reset(q);
        if (segment && (st = delete_segment(h->s, segment, err)) == TL_OK)
            st = tl_search_fold(h->s, &h->c, above, last, err);
    }
    h->segment = 0;
    return st;
}

tl_status tl_search_hand_end(tl_search_hand *h, tl_error *err)
{
    int64_t number;
    tl_status st = tl_search_number(h->s, "search_object.last", &number, err);
    if (st == TL_OK && h->bulky)
        st = fold_recent(h, number, 1, err);
    return st == TL_OK ? mend_segments(h, err) : st;
}

tl_status tl_search_put(tl_store *s, const tl_found *object, const char *text, int64_t weight,
                        tl_error *err)
{
    tl_search_hand h;
    tl_search_entry e = { .found = *object, .text = text, .facets = "", .weight = weight };
    e.found.title_en = e.found.title_en ? e.found.title_en : "";
    e.found.title_zh = e.found.title_zh ? e.found.title_zh : "";
    e.found.hint = e.found.hint ? e.found.hint : "";
    tl_status st = tl_search_hand_init(&h, s, false, err);
    if (st == TL_OK)
        st = tl_search_hand_put(&h, &e, err);
    tl_search_hand_clear(&h);
    return st;
}

tl_status tl_search_drop(tl_store *s, tl_found_kind kind, const char *id, tl_error *err)
{
    tl_search_hand h;
    tl_status st = tl_search_hand_init(&h, s, false, err);
    if (st == TL_OK)
        st = tl_search_hand_drop(&h, kind, id, err);
    tl_search_hand_clear(&h);
    return st;
}

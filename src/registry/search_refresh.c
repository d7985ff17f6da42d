/* search_refresh.c - the index follows what has changed, or is made anew. */
#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "registry/search_priv.h"

enum {
    FEW = 20000, /* changes that are taken in one by one, however small the index */
    DROPPED_AT_ONCE = 1000
};

/* One rebuild. */
struct rebuild {
    tl_store *s;
    tl_search_cutter c;
    tl_search_segment *segment;   /* owned */
    int64_t objects, last, above; /* last: number of the newest object; above: of the newest in a
                                     segment */
    tl_progress bar;
};

static tl_status take_object(void *ctx, const tl_search_entry *e, tl_error *err)
{
    struct rebuild *k = ctx;
    tl_words words;
    tl_arena_reset(k->c.scratch);
    tl_status st = tl_search_check(e, err);
    if (st != TL_OK || (st = tl_search_add(k->s, e, &k->last, err)) != TL_OK ||
        (st = tl_search_words(&k->c, e, &words, err)) != TL_OK ||
        (st = tl_search_segment_put(k->segment, k->last, e->found.kind, &words, err)) != TL_OK)
        return st;
    k->objects++;
    if ((st = tl_progress_at(&k->bar, (size_t)k->objects, err)) != TL_OK)
        return st;
    if (tl_search_segment_size(k->segment) < TL_SEARCH_SEGMENT)
        return TL_OK;
    st = tl_search_segment_write(k->segment, k->above, k->last, err);
    k->above = k->last;
    return st;
}

static tl_status clear(tl_store *s, tl_error *err)
{
    static const char *const queries[] = { "search_segment.clear", "search_recent.clear",
                                           "search_object.clear", "search_changed.clear" };
    tl_status st = TL_OK;
    tl_query *q;
    for (size_t i = 0; i < sizeof queries / sizeof *queries && st == TL_OK; i++)
        if ((st = tl_store_query(s, queries[i], &q, err)) == TL_OK)
            st = tl_query_run(q, err);
    return st;
}

tl_status tl_search_rebuild(tl_store *s, const tl_log *progress, int64_t *objects, tl_error *err)
{
    struct rebuild k = { .s = s, .bar = tl_progress_start(progress, "objects", 0) };
    assert(tl_store_in_transaction(s));
    *objects = 0;
    tl_status st = tl_search_cutter_init(&k.c, err);
    if (st == TL_OK && (st = tl_search_segment_new(&k.segment, s, err)) == TL_OK &&
        (st = clear(s, err)) == TL_OK &&
        (st = tl_search_sources(s, NULL, NULL, take_object, &k, err)) == TL_OK)
        st = tl_search_segment_write(k.segment, k.above, k.last, err);
    tl_progress_end(&k.bar);
    if (st == TL_OK)
        *objects = k.objects;
    tl_search_segment_free(k.segment);
    tl_search_cutter_clear(&k.c);
    return st;
}

tl_status tl_search_is_stale(tl_store *s, bool *out, tl_error *err)
{
    int64_t n;
    tl_status st = tl_search_number(s, "search_changed.any", &n, err);
    *out = st == TL_OK && n > 0;
    return st;
}

/* One refresh. */
struct refresh {
    tl_search_hand hand;
    int64_t changes;
    bool put; /* something came of the last change */
};

static tl_status put_object(void *ctx, const tl_search_entry *e, tl_error *err)
{
    struct refresh *k = ctx;
    k->changes++;
    k->put = true;
    return tl_search_hand_put(&k->hand, e, err);
}

/* Drops a record of whatever kind it is. */
static tl_status drop_record(struct refresh *k, const char *id, tl_error *err)
{
    tl_status st = TL_OK;
    for (int kind = TL_FOUND_VEHICLE; kind <= TL_FOUND_PCF && st == TL_OK; kind++)
        st = tl_search_hand_drop(&k->hand, (tl_found_kind)kind, id, err);
    k->changes++;
    return st;
}

/* Some ids of the factors of a set, from the one after `from` on. */
static tl_status list_factors(struct refresh *k, const char *set, const char *from, tl_arena *arena,
                              const char **ids, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row;
    const char *end = tl_arena_printf(arena, "%s0", set); /* '0' follows '/' */
    tl_status st =
        end ? tl_store_query(k->hand.s, "search_object.below", &q, err) : tl_fail_nomem(err);
    *n = 0;
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, TL_FOUND_FACTOR);
    tl_query_text(q, 2, from);
    tl_query_text(q, 3, end);
    tl_query_int(q, 4, DROPPED_AT_ONCE);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if (!(ids[(*n)++] = tl_arena_str(arena, tl_query_get_text(q, 0)))) {
            st = tl_fail_nomem(err);
            break;
        }
    tl_query_reset(q);
    return st;
}

static tl_status drop_set(struct refresh *k, const char *set, tl_error *err)
{
    const char *ids[DROPPED_AT_ONCE];
    size_t n = 1;
    tl_arena *arena;
    tl_status st = tl_arena_new(&arena, 0, err);
    while (st == TL_OK && n) {
        tl_arena_reset(arena);
        const char *from = tl_arena_printf(arena, "%s/", set);
        st = from ? list_factors(k, set, from, arena, ids, &n, err) : tl_fail_nomem(err);
        for (size_t i = 0; i < n && st == TL_OK; i++)
            st = tl_search_hand_drop(&k->hand, TL_FOUND_FACTOR, ids[i], err);
        k->changes += (int64_t)n;
    }
    tl_arena_free(arena);
    return st;
}

static tl_status take_in(struct refresh *k, const char *what, const char *id, tl_error *err)
{
    tl_status st = strcmp(what, "set") == 0 ? drop_set(k, id, err) : TL_OK;
    k->put = false;
    if (st == TL_OK)
        st = tl_search_sources(k->hand.s, what, id, put_object, k, err);
    return st == TL_OK && !k->put && strcmp(what, "record") == 0 ? drop_record(k, id, err) : st;
}

/* The next change of a kind, in the arena; *id is NULL after the last. */
static tl_status next_change(struct refresh *k, const char *what, tl_arena *arena, const char **id,
                             tl_error *err)
{
    tl_query *q;
    bool row;
    *id = NULL;
    tl_status st = tl_store_query(k->hand.s, "search_changed.next", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, what);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row &&
        !(*id = tl_arena_str(arena, tl_query_get_text(q, 1))))
        st = tl_fail_nomem(err);
    tl_query_reset(q);
    if (st != TL_OK || !*id ||
        (st = tl_store_query(k->hand.s, "search_changed.delete", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, what);
    tl_query_text(q, 2, *id);
    return tl_query_run(q, err);
}

static tl_status take_all(struct refresh *k, tl_error *err)
{
    static const char *const kinds[] = { "company", "record", "set" };
    tl_arena *arena;
    tl_query *q;
    tl_status st = tl_store_query(k->hand.s, "search_changed.spread", &q, err);
    if (st != TL_OK || (st = tl_query_run(q, err)) != TL_OK ||
        (st = tl_arena_new(&arena, 0, err)) != TL_OK)
        return st;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && st == TL_OK; i++) {
        const char *id = "";
        while (st == TL_OK && id) {
            tl_arena_reset(arena);
            if ((st = next_change(k, kinds[i], arena, &id, err)) == TL_OK && id)
                st = take_in(k, kinds[i], id, err);
        }
    }
    tl_arena_free(arena);
    return st;
}

/* How many objects the changes touch, about, and whether everything is to be made anew. */
static tl_status weigh(tl_store *s, int64_t *touched, bool *anew, tl_error *err)
{
    tl_query *q;
    bool row;
    int64_t objects = 0;
    *touched = 0;
    *anew = false;
    tl_status st = tl_store_query(s, "search_changed.weight", &q, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        *touched = tl_query_get_int(q, 0);
        *anew = tl_query_get_int(q, 1) != 0;
    }
    tl_query_reset(q);
    if (st == TL_OK)
        st = tl_search_number(s, "search_object.count", &objects, err);
    *anew = *anew || (*touched > objects / 2 && *touched > TL_SEARCH_RECENT) ||
            (*touched > FEW && *touched > objects / 8);
    return st;
}

tl_status tl_search_refresh(tl_store *s, int64_t *changes, tl_error *err)
{
    struct refresh k = { 0 };
    bool stale, anew = false;
    int64_t touched = 0;
    assert(tl_store_in_transaction(s));
    *changes = 0;
    tl_status st = tl_search_is_stale(s, &stale, err);
    if (st != TL_OK || !stale || (st = weigh(s, &touched, &anew, err)) != TL_OK)
        return st;
    if (anew)
        return tl_search_rebuild(s, NULL, changes, err);
    st = tl_search_hand_init(&k.hand, s, touched >= TL_SEARCH_RECENT, err);
    if (st == TL_OK && (st = take_all(&k, err)) == TL_OK)
        st = tl_search_hand_end(&k.hand, err);
    *changes = k.changes;
    tl_search_hand_clear(&k.hand);
    return st;
}

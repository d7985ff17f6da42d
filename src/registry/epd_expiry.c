/* epd_expiry.c - declarations that end, and the cars whose bills name their suppliers. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "registry/epd_priv.h"

/* Whether a name in a bill is the supplier; each spelling is compared once. */
static tl_status is_supplier(tl_map *seen, const char *name, const char *supplier, bool *same,
                             tl_error *err)
{
    uint64_t known;
    if (tl_map_find(seen, tl_span_of(name), &known)) {
        *same = known != 0;
        return TL_OK;
    }
    bool there;
    tl_status st = tl_supplier_same(name, supplier, same, err);
    return st == TL_OK ? tl_map_add(seen, tl_span_of(name), *same, NULL, &there, err) : st;
}

/* Rows come car by car: a car that names the supplier twice adds up. */
static tl_status add_car(tl_epd_car **cars, size_t *n, size_t *cap, tl_query *q, tl_arena *arena,
                         tl_error *err)
{
    const char *id = tl_query_get_text(q, 0);
    double mass = tl_query_get_number(q, 2);
    if (*n > 0 && strcmp((*cars)[*n - 1].id, id) == 0) {
        (*cars)[*n - 1].mass_kg += mass;
        return TL_OK;
    }
    tl_status st = tl_grow(cars, cap, *n + 1, sizeof **cars, err);
    if (st != TL_OK)
        return st;
    const tl_epd_car car = { tl_arena_str(arena, id), mass };
    (*cars)[(*n)++] = car;
    return car.id ? TL_OK : tl_fail_nomem(err);
}

static tl_status walk_bills(tl_query *q, const char *supplier, tl_map *seen, tl_arena *arena,
                            tl_epd_car **cars, size_t *n, tl_error *err)
{
    size_t cap = 0;
    bool row = false;
    tl_status st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        bool same;
        if ((st = is_supplier(seen, tl_query_get_text(q, 1), supplier, &same, err)) != TL_OK ||
            (same && (st = add_car(cars, n, &cap, q, arena, err)) != TL_OK))
            break;
    }
    tl_query_reset(q);
    return st;
}

tl_status tl_epd_cars(tl_store *s, const char *material, const char *supplier, tl_arena *arena,
                      tl_epd_car **out, size_t *n, tl_error *err)
{
    tl_query *q;
    tl_map *seen = NULL;
    tl_epd_car *cars = NULL;
    *out = NULL;
    *n = 0;
    tl_status st = tl_map_new(&seen, err);
    if (st == TL_OK)
        st = tl_store_query(s, "epd_use.cars", &q, err);
    if (st == TL_OK) {
        tl_query_text(q, 1, material);
        st = walk_bills(q, supplier, seen, arena, &cars, n, err);
    }
    if (st == TL_OK && !(*out = tl_arena_alloc(arena, *n, sizeof **out)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < *n; i++)
        (*out)[i] = cars[i];
    tl_map_free(seen);
    free(cars);
    return st;
}

/* Cars of all uses of one declaration, each once, in the order of the uses. */
static tl_status cars_of(tl_store *s, const char *record, const tl_epd_use_row *uses, size_t n,
                         tl_map *ids, tl_arena *arena, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_epd_car *cars;
        size_t n_cars;
        if (strcmp(uses[i].record, record) != 0)
            continue;
        st = tl_epd_cars(s, uses[i].factor.material, uses[i].factor.supplier, arena, &cars, &n_cars,
                         err);
        for (size_t k = 0; st == TL_OK && k < n_cars; k++) {
            bool there;
            st = tl_map_add(ids, tl_span_of(cars[k].id), 0, NULL, &there, err);
        }
    }
    return st;
}

/* Published cars that have it among their pins, whatever their bills say by now; their value in the
 * map is 1. */
static tl_status pinned_in(tl_store *s, const char *record, tl_map *ids, tl_error *err)
{
    tl_query *q;
    bool row = false, there;
    size_t place;
    tl_status st = tl_store_query(s, "epd_use.pinned", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, record);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        st = tl_map_add(ids, tl_span_of(tl_query_get_text(q, 0)), 1, &place, &there, err);
        if (st != TL_OK)
            break;
        tl_map_set(ids, place, 1);
    }
    tl_query_reset(q);
    return st;
}

static tl_status used_by(tl_store *s, tl_epd_expiry *e, const tl_epd_use_row *uses, size_t n,
                         tl_arena *arena, tl_error *err)
{
    tl_map *ids = NULL;
    const char **list = NULL;
    bool *published = NULL;
    tl_status st = tl_map_new(&ids, err);
    if (st == TL_OK)
        st = cars_of(s, e->record, uses, n, ids, arena, err);
    if (st == TL_OK)
        st = pinned_in(s, e->record, ids, err);
    if (st == TL_OK && (!(list = tl_arena_alloc(arena, tl_map_size(ids), sizeof *list)) ||
                        !(published = tl_arena_alloc(arena, tl_map_size(ids), sizeof *published))))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < tl_map_size(ids); i++) {
        published[i] = tl_map_value(ids, i) != 0;
        if (!(list[i] = tl_arena_str(arena, tl_map_key(ids, i))))
            st = tl_fail_nomem(err);
    }
    e->used_by = list;
    e->published = published;
    e->n_used_by = st == TL_OK ? tl_map_size(ids) : 0;
    tl_map_free(ids);
    return st;
}

tl_status tl_epd_expiring(tl_store *s, const char *today, const char *day, tl_arena *arena,
                          const tl_epd_expiry **out, size_t *n, tl_error *err)
{
    char now[TL_DAY_TEXT], until[TL_DAY_TEXT];
    const tl_epd *ending = NULL;
    tl_epd_use_row *uses = NULL;
    size_t n_ending = 0, n_uses = 0;
    *n = 0;
    tl_status st = tl_record_day(today, now, err);
    if (st == TL_OK)
        st = tl_record_day(day, until, err);
    if (st == TL_OK)
        st = tl_epd_ending(s, until, arena, &ending, &n_ending, err);
    if (st == TL_OK)
        st = tl_epd_uses(s, arena, &uses, &n_uses, err);
    tl_epd_expiry *list = st == TL_OK ? tl_arena_alloc(arena, n_ending, sizeof *list) : NULL;
    if (st == TL_OK && !list)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n_ending; i++) {
        tl_record r;
        st = tl_record_get(s, ending[i].record, 0, arena, &r, err);
        if (st != TL_OK || r.state == TL_RECORD_WITHDRAWN)
            continue;
        tl_epd_expiry *e = &list[(*n)++];
        *e = (tl_epd_expiry){ .record = ending[i].record,
                              .valid_until = ending[i].valid_until,
                              .owner = ending[i].owner,
                              .over = strcmp(ending[i].valid_until, now) < 0 };
        st = used_by(s, e, uses, n_uses, arena, err);
    }
    *out = list;
    return st;
}

/* car_list.c - cars by their footprint, out of those that are wanted. */
#include "registry/car_list.h"

#include <math.h>
#include <string.h>

#include "registry/car_filter_priv.h"
#include "registry/car_order_priv.h"

/* Cars are by id, and the sort is stable: equal footprints stay in the order of ids. */
static tl_status sort_by_footprint(const tl_cars *cars, size_t *places, size_t n, tl_arena *arena,
                                   tl_error *err)
{
    tl_car_key *keys = tl_arena_alloc(arena, n + 1, sizeof *keys);
    tl_car_key *scratch = tl_arena_alloc(arena, n + 1, sizeof *scratch);
    if (!keys || !scratch)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        keys[i] = (tl_car_key){ tl_car_key_of(cars->cars[places[i]].g_km), (uint32_t)places[i] };
    tl_car_keys_sort(keys, scratch, n);
    for (size_t i = 0; i < n; i++)
        places[i] = keys[i].car;
    return TL_OK;
}

tl_status tl_car_list_make(const tl_cars *cars, const tl_benchmarks *b, const tl_car_filter *f,
                           double below_g_km, tl_arena *arena, tl_car_list *out, tl_error *err)
{
    tl_car_sieve sieve;
    *out = (tl_car_list){ .currency = "" };
    tl_status st = tl_car_sieve_make(cars, f, &sieve, err);
    if (st != TL_OK)
        return st;
    size_t *places = tl_arena_alloc(arena, cars->n + 1, sizeof *places);
    if (!places)
        return tl_fail_nomem(err);
    out->currency = sieve.currency;
    for (size_t i = 0; i < cars->n; i++) {
        if (!isnan(below_g_km) && !(cars->cars[i].g_km < below_g_km))
            continue;
        const unsigned misses = tl_car_sieve_misses(&sieve, &cars->cars[i], &b->items[i]);
        out->not_priced += misses == TL_MISS_CURRENCY;
        if (misses == 0)
            places[out->n++] = i;
    }
    out->places = places;
    return sort_by_footprint(cars, places, out->n, arena, err);
}

/* Price is held against only where both cars have one in the same currency. */
static bool is_too_dear(const tl_published_car *c, const tl_published_car *than)
{
    const bool comparable = c->price > 0 && than->price > 0 && c->currency == than->currency &&
                            c->currency != TL_CAR_UNKNOWN;
    return comparable && c->price > TL_BETTER_PRICE * than->price;
}

static bool is_better(const tl_published_car *c, const tl_published_car *than, bool any_powertrain)
{
    return c->g_km < than->g_km && c->size == than->size && c->body == than->body &&
           (any_powertrain || c->powertrain == than->powertrain) && !is_too_dear(c, than);
}

/* Of one series; without one, of one maker and name. */
static bool is_same_series(const tl_published_car *a, const tl_published_car *b)
{
    if (a->series != TL_CAR_NO_WORD || b->series != TL_CAR_NO_WORD)
        return a->series == b->series;
    return a->maker == b->maker && strcmp(a->product, b->product) == 0;
}

static bool is_named_already(const tl_cars *cars, const size_t *places, size_t n, size_t candidate)
{
    for (size_t i = 0; i < n; i++)
        if (is_same_series(&cars->cars[places[i]], &cars->cars[candidate]))
            return true;
    return false;
}

tl_status tl_car_better_make(const tl_cars *cars, size_t place, const tl_better_how *how,
                             tl_arena *arena, tl_car_list *out, tl_error *err)
{
    const tl_published_car *than = &cars->cars[place];
    *out = (tl_car_list){ .currency = "" };
    if (than->size == TL_CAR_UNKNOWN || than->body == TL_CAR_UNKNOWN ||
        (than->powertrain == TL_CAR_UNKNOWN && !how->any_powertrain))
        return TL_OK;
    size_t *places = tl_arena_alloc(arena, cars->n + 1, sizeof *places), n = 0;
    if (!places)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < cars->n; i++)
        if (is_better(&cars->cars[i], than, how->any_powertrain))
            places[n++] = i;
    tl_status st = sort_by_footprint(cars, places, n, arena, err);
    for (size_t i = 0; st == TL_OK && i < n && (how->top == 0 || out->n < how->top); i++)
        if (!is_named_already(cars, places, out->n, places[i]))
            places[out->n++] = places[i];
    out->places = places;
    return st;
}

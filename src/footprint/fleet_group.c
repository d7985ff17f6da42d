/* fleet_group.c - categories, means, ranks, classes, makers.
 *
 * Everything is ordered by value and then by text or place, never by hash or address. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "footprint/fleet_priv.h"

/* A car is below a mean only by more than the rounding of a sum of equal numbers. */
#define ROUNDING 1e-12

static int compare_categories(const void *a, const void *b)
{
    const tl_category *x = a, *y = b;
    int c = strcmp(x->size_class, y->size_class);
    if (c == 0)
        c = strcmp(x->body, y->body);
    return c ? c : strcmp(x->powertrain, y->powertrain);
}

static bool has_category(const tl_fleet_car *car)
{
    return !car->refused && car->vehicle->size_class && car->vehicle->body;
}

static tl_category key_of(const tl_fleet_car *car)
{
    return (tl_category){ .size_class = car->vehicle->size_class,
                          .body = car->vehicle->body,
                          .powertrain = car->vehicle->powertrain };
}

/* Distinct categories, sorted. */
static tl_status find_categories(tl_fleet *f, tl_arena *arena, tl_error *err)
{
    tl_category *all = tl_new_array(f->n_cars, sizeof *all);
    size_t n = 0, kept = 0;
    if (!all)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < f->n_cars; i++)
        if (has_category(&f->cars[i]))
            all[n++] = key_of(&f->cars[i]);
    qsort(all, n, sizeof *all, compare_categories);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || compare_categories(&all[kept - 1], &all[i]) != 0)
            all[kept++] = all[i];
    f->categories = tl_arena_alloc(arena, kept, sizeof *f->categories);
    if (f->categories && kept)
        memcpy(f->categories, all, kept * sizeof *all);
    f->n_categories = kept;
    free(all);
    return f->categories ? TL_OK : tl_fail_nomem(err);
}

static void find_means(tl_fleet *f)
{
    for (size_t i = 0; i < f->n_cars; i++) {
        tl_fleet_car *car = &f->cars[i];
        if (!has_category(car))
            continue;
        tl_category key = key_of(car);
        tl_category *c = bsearch(&key, f->categories, f->n_categories, sizeof *f->categories,
                                 compare_categories);
        car->category = (size_t)(c - f->categories);
        c->lowest_g_km = c->n == 0 || car->g_km < c->lowest_g_km ? car->g_km : c->lowest_g_km;
        c->highest_g_km = c->n == 0 || car->g_km > c->highest_g_km ? car->g_km : c->highest_g_km;
        c->mean_g_km += car->g_km;
        c->n++;
    }
    for (size_t i = 0; i < f->n_categories; i++)
        f->categories[i].mean_g_km /= (double)f->categories[i].n;
    for (size_t i = 0; i < f->n_cars; i++) {
        tl_fleet_car *car = &f->cars[i];
        if (car->category == TL_NO_CATEGORY)
            continue;
        double mean = f->categories[car->category].mean_g_km;
        car->to_mean = (car->g_km - mean) / mean;
        car->below = car->g_km < mean * (1 - ROUNDING);
    }
}

static int compare_cars(const void *a, const void *b)
{
    const tl_fleet_car *x = *(tl_fleet_car *const *)a, *y = *(tl_fleet_car *const *)b;
    if (x->category != y->category)
        return x->category < y->category ? -1 : 1;
    if (x->g_km != y->g_km)
        return x->g_km < y->g_km ? -1 : 1;
    return x < y ? -1 : x > y; /* same array: place decides */
}

/* Competition ranking inside each category: 1, 2, 2, 4. */
static tl_status rank_cars(tl_fleet *f, tl_error *err)
{
    tl_fleet_car **order = tl_new_array(f->n_cars, sizeof(tl_fleet_car *));
    size_t n = 0, first = 0;
    if (!order)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < f->n_cars; i++)
        if (f->cars[i].category != TL_NO_CATEGORY)
            order[n++] = &f->cars[i];
    qsort(order, n, sizeof *order, compare_cars);
    for (size_t i = 0; i < n; i++) {
        if (order[i]->category != order[first]->category)
            first = i;
        bool tie = i > first && order[i]->g_km == order[i - 1]->g_km;
        order[i]->rank = tie ? order[i - 1]->rank : i - first + 1;
        order[i]->class_number =
            tl_class_of(&f->classes, order[i]->rank, f->categories[order[i]->category].n);
    }
    free(order);
    return TL_OK;
}

static int compare_makers(const void *a, const void *b)
{
    const tl_maker *x = a, *y = b;
    double ex = isnan(x->eta) ? -1 : x->eta, ey = isnan(y->eta) ? -1 : y->eta;
    if (ex != ey)
        return ex > ey ? -1 : 1;
    if (x->with_category != y->with_category)
        return x->with_category > y->with_category ? -1 : 1;
    return strcmp(x->brand, y->brand);
}

static void count_car(tl_maker *maker, const tl_fleet_car *car)
{
    maker->brand = car->vehicle->brand;
    maker->cars++;
    maker->mean_g_km += car->g_km;
    maker->with_category += car->category != TL_NO_CATEGORY;
    maker->below += car->below;
    maker->classes[car->class_number]++;
}

static tl_status find_makers(tl_fleet *f, tl_arena *arena, tl_error *err)
{
    tl_map *seen;
    tl_status st = tl_map_new(&seen, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; st == TL_OK && i < f->n_cars; i++)
        if (!f->cars[i].refused)
            st = tl_map_add(seen, tl_span_of(f->cars[i].vehicle->brand), 0, NULL, NULL, err);
    f->n_makers = tl_map_size(seen);
    f->makers = tl_arena_alloc(arena, f->n_makers, sizeof *f->makers);
    if (st == TL_OK && !f->makers)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < f->n_cars; i++) {
        size_t at = 0;
        if (f->cars[i].refused)
            continue;
        st = tl_map_add(seen, tl_span_of(f->cars[i].vehicle->brand), 0, &at, NULL, err);
        count_car(&f->makers[at], &f->cars[i]);
    }
    tl_map_free(seen);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < f->n_makers; i++) {
        tl_maker *maker = &f->makers[i];
        maker->mean_g_km /= (double)maker->cars;
        maker->eta = maker->with_category ? (double)maker->below / (double)maker->with_category
                                          : (double)NAN;
    }
    qsort(f->makers, f->n_makers, sizeof *f->makers, compare_makers);
    return TL_OK;
}

tl_status tl_fleet_group(tl_fleet *f, tl_arena *arena, tl_error *err)
{
    tl_status st = find_categories(f, arena, err);
    if (st != TL_OK)
        return st;
    find_means(f);
    st = rank_cars(f, err);
    return st == TL_OK ? find_makers(f, arena, err) : st;
}

/* peer.c - means of categories, and ranks among cars of like mass.
 *
 * Cars are grouped by category; within one they are swept by mass with a window that holds the
 * peers of the car it stands at, while a Fenwick tree over the distinct g/km counts those in the
 * window that are lower: O(n log n) whatever the width (P. M. Fenwick, A new data structure for
 * cumulative frequency tables, Software: Practice and Experience 24 (1994), p. 327). */
#include "registry/peer.h"

#include <stdlib.h>
#include <string.h>

#include "registry/car_order_priv.h"
#include "registry/peer_priv.h"

/* 1500.3 - 1400.3 is not quite 100 in binary: a difference of masses is looked at to the milligram.
 */
#define MASS_ROUNDING_KG 1e-6

struct work {
    const tl_cars *cars;
    const tl_peer_rule *rule;
    tl_benchmark *items;
    tl_peer_category *categories;
    size_t n_categories;
    uint32_t *order;     /* by id */
    tl_car_key *grouped; /* by category, then id */
    tl_car_key *swept, *scratch;
    uint32_t
        *level; /* of a car: place of its g/km among the distinct ones of its category, from 1 */
    uint32_t *tree;
};

static void add_at(uint32_t *tree, uint32_t n, uint32_t at, uint32_t what)
{
    for (; at <= n; at += at & (0U - at))
        tree[at] += what;
}

static uint32_t sum_to(const uint32_t *tree, uint32_t at)
{
    uint32_t sum = 0;
    for (; at > 0; at &= at - 1)
        sum += tree[at];
    return sum;
}

/* Cars of the category with a mass go to w->swept, by g/km; *n_levels distinct values. */
static size_t level_cars(struct work *w, const tl_car_key *group, size_t n, uint32_t *n_levels)
{
    size_t m = 0;
    uint32_t level = 0;
    for (size_t i = 0; i < n; i++) {
        const tl_published_car *c = &w->cars->cars[group[i].car];
        if (!isnan(c->kerb_mass_kg))
            w->swept[m++] = (tl_car_key){ tl_car_key_of(c->g_km), group[i].car };
    }
    tl_car_keys_sort(w->swept, w->scratch, m);
    for (size_t i = 0; i < m; i++) {
        level += i == 0 || w->swept[i].key != w->swept[i - 1].key;
        w->level[w->swept[i].car] = level;
    }
    *n_levels = level;
    return m;
}

static void rank_group(struct work *w, const tl_car_key *group, size_t n)
{
    const tl_published_car *cars = w->cars->cars;
    const double window = w->rule->window_kg + MASS_ROUNDING_KG;
    uint32_t levels;
    size_t low = 0, high = 0;
    const size_t m = level_cars(w, group, n, &levels);
    for (size_t i = 0; i < m; i++)
        w->swept[i].key = tl_car_key_of(cars[w->swept[i].car].kerb_mass_kg);
    tl_car_keys_sort(w->swept, w->scratch, m);
    memset(w->tree, 0, (levels + 1) * sizeof *w->tree);
    for (size_t i = 0; i < m; i++) {
        const double mass = cars[w->swept[i].car].kerb_mass_kg;
        tl_benchmark *b = &w->items[w->swept[i].car];
        for (; high < m && cars[w->swept[high].car].kerb_mass_kg - mass <= window; high++)
            add_at(w->tree, levels, w->level[w->swept[high].car], 1);
        for (; mass - cars[w->swept[low].car].kerb_mass_kg > window; low++)
            add_at(w->tree, levels, w->level[w->swept[low].car], 0U - 1U);
        b->peers = high - low;
        b->rank = 1 + sum_to(w->tree, w->level[w->swept[i].car] - 1);
        b->class_number = tl_class_of(&w->rule->classes, b->rank, b->peers);
    }
}

static void measure_group(struct work *w, const tl_car_key *group, size_t n)
{
    const tl_published_car *cars = w->cars->cars, *first = &cars[group[0].car];
    tl_car_sum sum = { 0 };
    tl_peer_category c = { .size = first->size,
                           .body = first->body,
                           .powertrain = first->powertrain,
                           .n = n,
                           .lowest_g_km = first->g_km,
                           .highest_g_km = first->g_km };
    for (size_t i = 0; i < n; i++) {
        const double g = cars[group[i].car].g_km;
        tl_car_sum_add(&sum, g);
        c.lowest_g_km = g < c.lowest_g_km ? g : c.lowest_g_km;
        c.highest_g_km = g > c.highest_g_km ? g : c.highest_g_km;
    }
    c.mean_g_km = tl_car_sum_value(&sum) / (double)n;
    for (size_t i = 0; i < n; i++) {
        tl_benchmark *b = &w->items[group[i].car];
        b->category = w->n_categories;
        tl_benchmark_to_mean(b, cars[group[i].car].g_km, c.mean_g_km);
    }
    w->categories[w->n_categories++] = c;
}

/* Cars with a category into w->grouped; the number of categories. */
static size_t group_cars(struct work *w, size_t *n)
{
    size_t categories = 0;
    uint32_t segment;
    *n = 0;
    for (size_t i = 0; i < w->cars->n; i++) {
        w->items[i] = (tl_benchmark){ .category = SIZE_MAX,
                                      .mean_g_km = (double)NAN,
                                      .to_mean = (double)NAN };
        if (tl_car_segment(&w->cars->cars[w->order[i]], &segment))
            w->grouped[(*n)++] = (tl_car_key){ segment, w->order[i] };
    }
    tl_car_keys_sort(w->grouped, w->scratch, *n);
    for (size_t i = 0; i < *n; i++)
        categories += i == 0 || w->grouped[i].key != w->grouped[i - 1].key;
    return categories;
}

static tl_status measure_all(struct work *w, tl_arena *arena, tl_error *err)
{
    size_t n;
    const size_t categories = group_cars(w, &n);
    w->categories = tl_arena_alloc(arena, categories + 1, sizeof *w->categories);
    if (!w->categories)
        return tl_fail_nomem(err);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && w->grouped[end].key == w->grouped[first].key; end++)
            ;
        measure_group(w, &w->grouped[first], end - first);
        rank_group(w, &w->grouped[first], end - first);
    }
    return TL_OK;
}

tl_status tl_benchmarks_make(const tl_cars *cars, const tl_peer_rule *rule, tl_arena *arena,
                             tl_benchmarks *out, tl_error *err)
{
    struct work w = { .cars = cars, .rule = rule };
    *out = (tl_benchmarks){ 0 };
    if (!(rule->window_kg >= 0) || rule->classes.n == 0)
        return tl_fail(err, TL_EINPUT, "the rule of peers has no window of mass or no classes");
    tl_status st = tl_cars_order(cars, &w.order, err);
    if (st != TL_OK)
        return st;
    w.items = tl_arena_alloc(arena, cars->n + 1, sizeof *w.items);
    w.grouped = tl_new_array(cars->n, sizeof *w.grouped);
    w.swept = tl_new_array(cars->n, sizeof *w.swept);
    w.scratch = tl_new_array(cars->n, sizeof *w.scratch);
    w.level = tl_new_array(cars->n, sizeof *w.level);
    w.tree = tl_new_array(cars->n + 1, sizeof *w.tree);
    if (w.items && w.grouped && w.swept && w.scratch && w.level && w.tree)
        st = measure_all(&w, arena, err);
    else
        st = tl_fail_nomem(err);
    if (st == TL_OK)
        *out = (tl_benchmarks){ w.items, w.categories, w.n_categories };
    free(w.order);
    free(w.grouped);
    free(w.swept);
    free(w.scratch);
    free(w.level);
    free(w.tree);
    return st;
}

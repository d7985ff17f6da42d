/* car_groups.c - published cars counted and averaged by one field.
 *
 * A field has a slot for each value it may take, in the order of the values; the last is for cars
 * that do not state it. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "registry/car_order_priv.h"
#include "registry/statistics.h"

enum { YEARS = 10000, MONTHS = 12 };

struct slot {
    tl_car_group group;
    tl_car_sum g_km, weighted, units;
};

struct grouping {
    const tl_cars *cars;
    size_t first_year; /* of the slots, where they are months */
    tl_car_field field;
    struct slot *slots;
    size_t n; /* slots; the last is of cars that do not state the field */
};

static const tl_car_words *words_of(const tl_cars *cars, tl_car_field field)
{
    switch (field) {
    case TL_CARS_BY_MAKER:
        return &cars->makers;
    case TL_CARS_BY_POWERTRAIN:
        return &cars->powertrains;
    case TL_CARS_BY_SIZE:
        return &cars->sizes;
    case TL_CARS_BY_BODY:
        return &cars->bodies;
    case TL_CARS_BY_SERIES:
        return &cars->series;
    case TL_CARS_BY_GROUP:
        return &cars->groups.ids;
    case TL_CARS_BY_STYLE:
        return &cars->styles.ids;
    case TL_CARS_ALL:
    case TL_CARS_BY_YEAR:
    case TL_CARS_BY_MONTH:
    case TL_CAR_FIELDS:
        break;
    }
    return NULL;
}

/* The year of "2024-09"; YEARS where none is stated. */
static size_t year_of(const char *launched)
{
    size_t year = 0;
    if (!launched || !*launched)
        return YEARS;
    for (size_t i = 0; i < 4; i++) {
        if (launched[i] < '0' || launched[i] > '9')
            return YEARS;
        year = year * 10 + (size_t)(launched[i] - '0');
    }
    return launched[4] == '\0' || launched[4] == '-' ? year : YEARS;
}

/* The slot of "2024-09" or "2024-09-15"; SIZE_MAX where no month is stated. */
static size_t month_slot(const struct grouping *g, const char *launched)
{
    const size_t year = year_of(launched);
    if (year == YEARS || launched[4] != '-' || launched[5] < '0' || launched[5] > '1' ||
        launched[6] < '0' || launched[6] > '9')
        return SIZE_MAX;
    const size_t month = (size_t)(launched[5] - '0') * 10 + (size_t)(launched[6] - '0');
    if (month < 1 || month > MONTHS || (launched[7] != '\0' && launched[7] != '-'))
        return SIZE_MAX;
    return (year - g->first_year) * MONTHS + month - 1;
}

static size_t slot_of(const struct grouping *g, const tl_published_car *c)
{
    size_t place = 0;
    switch (g->field) {
    case TL_CARS_ALL:
        return 0;
    case TL_CARS_BY_YEAR:
        return year_of(c->launched);
    case TL_CARS_BY_MONTH:
        place = month_slot(g, c->launched);
        break;
    case TL_CARS_BY_MAKER:
        place = c->maker;
        break;
    case TL_CARS_BY_SERIES:
        place = c->series;
        break;
    case TL_CARS_BY_GROUP:
        place = c->group;
        break;
    case TL_CARS_BY_STYLE:
        place = c->style;
        break;
    case TL_CARS_BY_POWERTRAIN:
        place = c->powertrain;
        break;
    case TL_CARS_BY_SIZE:
        place = c->size;
        break;
    case TL_CARS_BY_BODY:
        place = c->body;
        break;
    case TL_CAR_FIELDS:
        break;
    }
    return place < g->n - 1 ? place : g->n - 1;
}

static void count_car(struct slot *s, const tl_published_car *c, const tl_benchmark *b)
{
    tl_car_group *g = &s->group;
    g->lowest_g_km = g->cars == 0 || c->g_km < g->lowest_g_km ? c->g_km : g->lowest_g_km;
    g->highest_g_km = g->cars == 0 || c->g_km > g->highest_g_km ? c->g_km : g->highest_g_km;
    g->cars++;
    g->with_category += b->category != SIZE_MAX;
    g->below += b->below;
    g->classes[b->class_number]++;
    tl_car_sum_add(&s->g_km, c->g_km);
}

static int by_id(const void *a, const void *b)
{
    const tl_car_sales *x = *(const tl_car_sales *const *)a, *y = *(const tl_car_sales *const *)b;
    return strcmp(x->id, y->id);
}

/* The sales by id, owned by the caller. */
static tl_status order_sales(const tl_car_sales *sales, size_t n, const tl_car_sales ***out,
                             tl_error *err)
{
    const tl_car_sales **order = tl_new_array(n, sizeof *order);
    tl_status st = TL_OK;
    *out = order;
    if (!order)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        order[i] = &sales[i];
    qsort(order, n, sizeof *order, by_id);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        if (!(isfinite(order[i]->units) && order[i]->units >= 0))
            st =
                tl_fail(err, TL_EINPUT, "sales of car %s: %g units", order[i]->id, order[i]->units);
        else if (i && strcmp(order[i - 1]->id, order[i]->id) == 0)
            st = tl_fail(err, TL_EINPUT, "sales of car %s are there twice", order[i]->id);
    }
    return st;
}

/* Cars and sales, both by id, side by side. */
static void count_all(struct grouping *g, const uint32_t *order, const tl_benchmarks *b,
                      const tl_car_sales *const *sales, size_t n_sales)
{
    size_t at = 0;
    for (size_t i = 0; i < g->cars->n; i++) {
        const tl_published_car *c = &g->cars->cars[order[i]];
        struct slot *s = &g->slots[slot_of(g, c)];
        count_car(s, c, &b->items[order[i]]);
        while (at < n_sales && strcmp(sales[at]->id, c->id) < 0)
            at++;
        if (at < n_sales && strcmp(sales[at]->id, c->id) == 0) {
            s->group.with_sales++;
            tl_car_sum_add(&s->weighted, c->g_km * sales[at]->units);
            tl_car_sum_add(&s->units, sales[at]->units);
        }
    }
}

static const char *key_of(const struct grouping *g, size_t slot, tl_arena *arena)
{
    const tl_car_words *words = words_of(g->cars, g->field);
    if (slot == g->n - 1)
        return "";
    if (g->field == TL_CARS_BY_MONTH)
        return tl_arena_printf(arena, "%04zu-%02zu", g->first_year + slot / MONTHS,
                               slot % MONTHS + 1);
    return words ? words->items[slot] : tl_arena_printf(arena, "%04zu", slot);
}

static tl_status finish(struct slot *s, const char *key, tl_car_group *out, tl_error *err)
{
    const double units = tl_car_sum_value(&s->units);
    *out = s->group;
    out->key = key;
    out->eta = s->group.with_category ? (double)s->group.below / (double)s->group.with_category
                                      : (double)NAN;
    out->mean_g_km = tl_car_sum_value(&s->g_km) / (double)s->group.cars;
    out->weighted_g_km = units > 0 ? tl_car_sum_value(&s->weighted) / units : (double)NAN;
    return key ? TL_OK : tl_fail_nomem(err);
}

static int compare_groups(const void *a, const void *b)
{
    const tl_car_group *x = a, *y = b;
    if (x->cars != y->cars)
        return x->cars > y->cars ? -1 : 1;
    return strcmp(x->key, y->key);
}

static tl_status collect(struct grouping *g, tl_arena *arena, const tl_car_group **out, size_t *n,
                         tl_error *err)
{
    size_t filled = 0, at = 0;
    tl_status st = TL_OK;
    for (size_t i = 0; i < g->n; i++)
        filled += g->slots[i].group.cars > 0;
    tl_car_group *groups = tl_arena_alloc(arena, filled + 1, sizeof *groups);
    if (!groups)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < g->n && st == TL_OK; i++)
        if (g->slots[i].group.cars)
            st = finish(&g->slots[i], key_of(g, i, arena), &groups[at++], err);
    if (st != TL_OK)
        return st;
    if (g->field != TL_CARS_BY_YEAR && g->field != TL_CARS_BY_MONTH) /* slots are in time order */
        qsort(groups, filled, sizeof *groups, compare_groups);
    *out = groups;
    *n = filled;
    return TL_OK;
}

/* A slot for each month from the first year of launch to the last. */
static size_t count_months(struct grouping *g)
{
    size_t first = YEARS, last = 0;
    for (size_t i = 0; i < g->cars->n; i++) {
        const size_t year = year_of(g->cars->cars[i].launched);
        first = year < first ? year : first;
        last = year < YEARS && year > last ? year : last;
    }
    g->first_year = first;
    return first == YEARS ? 0 : (last - first + 1) * MONTHS;
}

/* How many slots the field takes, the one for not stated included. */
static size_t count_slots(struct grouping *g)
{
    if (g->field == TL_CARS_BY_MONTH)
        return count_months(g) + 1;
    if (g->field == TL_CARS_BY_YEAR)
        return YEARS + 1;
    const tl_car_words *words = words_of(g->cars, g->field);
    return (words ? words->n : 0) + 1;
}

tl_status tl_car_groups_make(const tl_cars *cars, const tl_benchmarks *b, const tl_car_sales *sales,
                             size_t n_sales, tl_car_field field, tl_arena *arena,
                             const tl_car_group **out, size_t *n, tl_error *err)
{
    struct grouping g = { .cars = cars, .field = field };
    const tl_car_sales **by_id_sales = NULL;
    uint32_t *order = NULL;
    *out = NULL;
    *n = 0;
    g.n = count_slots(&g);
    tl_status st = tl_cars_order(cars, &order, err);
    if (st == TL_OK && sales)
        st = order_sales(sales, n_sales, &by_id_sales, err);
    if (st == TL_OK && !(g.slots = tl_new_array(g.n, sizeof *g.slots)))
        st = tl_fail_nomem(err);
    if (st == TL_OK) {
        count_all(&g, order, b, by_id_sales, sales ? n_sales : 0);
        st = collect(&g, arena, out, n, err);
    }
    free(g.slots);
    free(by_id_sales);
    free(order);
    return st;
}

/* best_sellers.c - cars sold, put together by series and ranked. */
#include "registry/best_sellers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "registry/car_order_priv.h"

/* One car of the scope with what is published of it. */
struct model {
    const tl_sold_car *car;
    const tl_published_car *published; /* NULL */
    int class_number;
};

struct gathering {
    const tl_cars *cars;
    const tl_benchmarks *b;
    uint32_t *order;      /* owned; places of the cars by id */
    struct model *models; /* owned; series by series */
    size_t n;
    tl_arena *arena;
};

static const char *kept(tl_query *q, int column, tl_arena *arena, bool *full)
{
    const char *text = tl_arena_str(arena, tl_query_get_text(q, column));
    *full = *full || !text;
    return text;
}

static tl_status read_sold(tl_query *q, tl_arena *arena, tl_sold_car *out, tl_error *err)
{
    static const char *const open[] = { "preliminary", "review", "recalculated" };
    const char *state = tl_query_get_text(q, 2);
    bool full = false;
    *out = (tl_sold_car){ .record = kept(q, 0, arena, &full),
                          .units = (double)tl_query_get_int(q, 1),
                          .product = kept(q, 3, arena, &full),
                          .maker = kept(q, 4, arena, &full),
                          .series = kept(q, 5, arena, &full),
                          .powertrain = kept(q, 6, arena, &full),
                          .price = tl_query_is_null(q, 7) ? (double)NAN : tl_query_get_number(q, 7),
                          .currency = kept(q, 8, arena, &full) };
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        out->open = out->open || strcmp(state, open[i]) == 0;
    return full ? tl_fail_nomem(err) : TL_OK;
}

tl_status tl_sold_cars_read(tl_store *s, const tl_sales_period *p, tl_arena *arena,
                            const tl_sold_car **out, size_t *n, tl_error *err)
{
    tl_query *q;
    tl_sold_car *list = NULL; /* owned while it grows */
    size_t cap = 0;
    bool row = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "car_sale.sold", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, p->region);
    tl_query_text(q, 2, p->from);
    tl_query_text(q, 3, p->until);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = tl_grow(&list, &cap, *n + 1, sizeof *list, err)) != TL_OK ||
            (st = read_sold(q, arena, &list[*n], err)) != TL_OK)
            break;
        else
            ++*n;
    tl_query_reset(q);
    tl_sold_car *whole = st == TL_OK ? tl_arena_alloc(arena, *n + 1, sizeof *whole) : NULL;
    if (whole && *n)
        memcpy(whole, list, *n * sizeof *whole);
    free(list);
    *out = whole;
    return st == TL_OK && !whole ? tl_fail_nomem(err) : st;
}

tl_status tl_best_scope_find(const tl_car_market *market, const char *id, tl_arena *arena,
                             tl_best_scope *out, tl_error *err)
{
    const char *ids = "all, nev";
    *out = (tl_best_scope){ .id = id ? id : "all" };
    if (strcmp(out->id, "all") == 0)
        return TL_OK;
    out->new_energy = strcmp(out->id, "nev") == 0;
    for (size_t i = 0; i < market->n_bands && !out->new_energy; i++) {
        if (strcmp(market->bands[i].id, out->id) == 0)
            out->band = &market->bands[i];
        if (!(ids = tl_arena_printf(arena, "%s, %s", ids, market->bands[i].id)))
            return tl_fail_nomem(err);
    }
    return out->new_energy || out->band
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "'%.60s' is no scope, expected one of %s", out->id, ids);
}

/* Whether a car is in the scope; one that a band cannot place is counted in *out. */
static bool in_scope(const tl_sold_car *c, const tl_best_scope *scope, const tl_car_market *market,
                     tl_best_sellers *out)
{
    bool found = false;
    if (!(c->units > 0))
        return false;
    if (scope->new_energy) {
        for (size_t i = 0; i < market->n_new_energy; i++)
            found = found || strcmp(market->new_energy[i], c->powertrain) == 0;
        return found;
    }
    if (!scope->band)
        return true;
    if (isnan(c->price) || strcmp(c->currency, scope->band->currency) != 0) {
        out->left_out++;
        out->units_left_out += c->units; /* whole numbers: exact in any order */
        return false;
    }
    return c->price >= scope->band->from && c->price < scope->band->below;
}

/* Place among the published cars, SIZE_MAX. */
static size_t find_published(const struct gathering *g, const char *id)
{
    size_t low = 0, high = g->cars->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int c = strcmp(g->cars->cars[g->order[middle]].id, id);
        if (c == 0)
            return g->order[middle];
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

static const char *line_of(const tl_sold_car *c)
{
    return *c->series ? c->series : c->product;
}

/* By maker, then series; a car without series stands apart from a series of its name. */
static int compare_lines(const tl_sold_car *x, const tl_sold_car *y)
{
    int c = strcmp(x->maker, y->maker);
    if (c == 0)
        c = strcmp(line_of(x), line_of(y));
    return c ? c : (*x->series != '\0') - (*y->series != '\0');
}

static int compare_models(const void *a, const void *b)
{
    const struct model *x = a, *y = b;
    const int c = compare_lines(x->car, y->car);
    return c ? c : strcmp(x->car->record, y->car->record);
}

static tl_status gather(struct gathering *g, const tl_sold_car *sold, size_t n_sold,
                        const tl_car_market *market, const tl_best_scope *scope,
                        tl_best_sellers *out, tl_error *err)
{
    if (!(g->models = tl_new_array(n_sold, sizeof *g->models)))
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n_sold; i++) {
        if (!in_scope(&sold[i], scope, market, out))
            continue;
        struct model *m = &g->models[g->n++];
        const size_t at = find_published(g, sold[i].record);
        *m = (struct model){ .car = &sold[i] };
        if (at != SIZE_MAX) {
            m->published = &g->cars->cars[at];
            m->class_number = g->b->items[at].class_number;
        }
        out->units += sold[i].units;
    }
    qsort(g->models, g->n, sizeof *g->models, compare_models);
    return TL_OK;
}

static void add_class(tl_best_seller *s, int class_number)
{
    if (!class_number)
        return;
    s->class_low = s->class_low && s->class_low < class_number ? s->class_low : class_number;
    s->class_high = s->class_high > class_number ? s->class_high : class_number;
}

/* The models from m on that are of one series; how many. */
static size_t sum_series(const struct model *m, size_t n, tl_best_seller *s, tl_arena *arena)
{
    tl_car_sum weighted = { 0 }, units = { 0 };
    size_t i = 0;
    const tl_sold_car *c = m->car;
    *s = (tl_best_seller){ 0 };
    for (; i < n && compare_lines(c, m[i].car) == 0; i++) {
        s->models++;
        s->units += m[i].car->units;
        s->open += m[i].car->open;
        if (!m[i].published)
            continue;
        s->published++;
        tl_car_sum_add(&weighted, m[i].published->g_km * m[i].car->units);
        tl_car_sum_add(&units, m[i].car->units);
        add_class(s, m[i].class_number);
    }
    s->g_km = s->published ? tl_car_sum_value(&weighted) / tl_car_sum_value(&units) : (double)NAN;
    s->name =
        tl_arena_printf(arena, "%s%s%s", c->maker, *c->maker ? TL_SERIES_MARK : "", line_of(c));
    return i;
}

static int compare_sellers(const void *a, const void *b)
{
    const tl_best_seller *x = a, *y = b;
    if (x->units > y->units || x->units < y->units)
        return x->units > y->units ? -1 : 1;
    return strcmp(x->name, y->name);
}

static tl_status rank(struct gathering *g, tl_best_sellers *out, tl_error *err)
{
    tl_best_seller *items = tl_arena_alloc(g->arena, g->n + 1, sizeof *items);
    if (!items)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < g->n; out->n++) {
        i += sum_series(&g->models[i], g->n - i, &items[out->n], g->arena);
        if (!items[out->n].name)
            return tl_fail_nomem(err);
    }
    qsort(items, out->n, sizeof *items, compare_sellers);
    for (size_t i = 0; i < out->n; i++) {
        const bool tie = i && !(items[i].units < items[i - 1].units);
        items[i].rank = tie ? items[i - 1].rank : i + 1;
        items[i].share = items[i].units / out->units;
    }
    out->items = items;
    return TL_OK;
}

tl_status tl_best_sellers_make(const tl_sold_car *sold, size_t n_sold, const tl_cars *cars,
                               const tl_benchmarks *b, const tl_car_market *market,
                               const tl_best_scope *scope, tl_arena *arena, tl_best_sellers *out,
                               tl_error *err)
{
    struct gathering g = { .cars = cars, .b = b, .arena = arena };
    *out = (tl_best_sellers){ 0 };
    tl_status st = tl_cars_order(cars, &g.order, err);
    if (st == TL_OK)
        st = gather(&g, sold, n_sold, market, scope, out, err);
    if (st == TL_OK)
        st = rank(&g, out, err);
    free(g.models);
    free(g.order);
    return st;
}

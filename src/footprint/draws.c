/* draws.c - one draw is one item of parallel work; each writes its own row of the result. */
#include "footprint/draws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/thread.h"

enum { BLOCK = 16 }; /* cars summarised together: their floats of one draw share a cache line */

struct bill {
    tl_vehicle_part *parts;
    size_t n;
};

struct drawing {
    const tl_fleet *fleet;
    const tl_car_model *model;
    const struct bill *bills; /* by car */
    tl_lca_samples *samples;  /* unit scores: score i = activity i */
    float *g_km;              /* [draw][car] */
    uint64_t seed;
    size_t draws;
    tl_spread *out; /* by car */
};

/* Inverse of the triangular distribution function. */
static double triangular(double low, double mode, double high, double u)
{
    double width = high - low, cut = (mode - low) / width;
    return u < cut ? low + sqrt(u * width * (mode - low))
                   : high - sqrt((1 - u) * width * (high - mode));
}

static void draw_parameters(tl_car_rule *rule, tl_random *random)
{
    for (size_t p = 0; p < TL_CAR_PARAMETERS; p++) {
        tl_parameter *x = &rule->parameters[p];
        double u = tl_random_unit(
            random); /* drawn even if unused: one parameter, one place in the stream */
        bool fixed = strcmp(x->basis, "setting") == 0; /* what a user sets is meant so */
        if (!fixed && !isnan(x->value) && x->low <= x->value && x->value <= x->high &&
            x->low < x->high)
            x->value = triangular(x->low, x->value, x->high, u);
    }
}

/* The car under drawn rule and scores, its energy use drawn too. */
static double price(const tl_demand *d, const double *scores, double u)
{
    double kg = 0;
    for (size_t i = 0; i < d->n; i++) {
        const tl_line *l = &d->lines[i];
        kg += (l->low + u * (l->high - l->low)) * tl_line_score(l, scores);
    }
    return kg;
}

static tl_status draw_scores(const struct drawing *w, size_t draw, double *scores, size_t n)
{
    for (size_t a = 0; a < n; a++) {
        scores[a] = tl_lca_samples_values(w->samples, a)[draw];
        if (isnan(scores[a]))
            return TL_ENUMERIC;
    }
    return TL_OK;
}

static tl_status one_draw(void *ctx, size_t draw, unsigned worker, tl_error *err)
{
    const struct drawing *w = ctx;
    tl_demand demand = { 0 }; /* of its own: beside another worker's it would share a cache line */
    size_t n_cars = w->fleet->n_cars, n = tl_lca_samples_count(w->samples);
    (void)worker;
    double *scores = tl_new_array(n, sizeof *scores);
    tl_car_model *m = malloc(sizeof *m);
    uint64_t key = w->seed ^ (draw + 1) * UINT64_C(0x9E3779B97F4A7C15);
    tl_random random = tl_random_seed(key);
    tl_status st = scores && m ? draw_scores(w, draw, scores, n) : tl_fail_nomem(err);
    if (st == TL_ENUMERIC)
        tl_fail(err, st, "draw %zu: a loop of the system has no meaning", draw);
    if (st == TL_OK) {
        *m = *w->model;
        m->scores = scores;
        draw_parameters(&m->rule, &random);
    }
    for (size_t i = 0; st == TL_OK && i < n_cars; i++) {
        const tl_fleet_car *car = &w->fleet->cars[i];
        double u = tl_random_unit(&random);
        float *to = &w->g_km[draw * n_cars + i];
        *to = NAN;
        if (car->refused)
            continue;
        /* a draw that leaves no sound car (battery heavier than the car) is not counted */
        if (tl_car_demand(m, car->vehicle, w->bills[i].parts, w->bills[i].n, &demand, NULL) ==
            TL_OK)
            *to = (float)(price(&demand, scores, u) * 1000 /
                          m->rule.parameters[TL_CAR_LIFETIME_KM].value);
    }
    tl_demand_clear(&demand);
    free(scores);
    free(m);
    return st;
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* Linear interpolation between order statistics (type 7). */
static double quantile(const float *sorted, size_t n, double q)
{
    double at = q * (double)(n - 1);
    size_t i = (size_t)at;
    double next = i + 1 < n ? (double)sorted[i + 1] : (double)sorted[i];
    return (double)sorted[i] + (at - (double)i) * (next - (double)sorted[i]);
}

static tl_spread spread_of(float *values, size_t n)
{
    tl_spread s = { NAN, NAN, NAN, NAN, NAN };
    double sum = 0, squares = 0;
    if (n == 0)
        return s;
    for (size_t i = 0; i < n; i++)
        sum += (double)values[i];
    s.mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += ((double)values[i] - s.mean) * ((double)values[i] - s.mean);
    s.sd = n > 1 ? sqrt(squares / (double)(n - 1)) : 0;
    qsort(values, n, sizeof *values, by_value);
    s.p2_5 = quantile(values, n, 0.025);
    s.median = quantile(values, n, 0.5);
    s.p97_5 = quantile(values, n, 0.975);
    return s;
}

/* Spreads of one block of cars; what was not counted is NAN and stays out. */
static tl_status summarise(void *ctx, size_t block, unsigned worker, tl_error *err)
{
    const struct drawing *w = ctx;
    size_t n_cars = w->fleet->n_cars, first = block * BLOCK, counts[BLOCK] = { 0 };
    size_t cars = n_cars - first < BLOCK ? n_cars - first : BLOCK;
    float *columns = tl_new_array(w->draws * BLOCK, sizeof *columns);
    (void)worker;
    if (!columns)
        return tl_fail_nomem(err);
    for (size_t d = 0; d < w->draws; d++)
        for (size_t i = 0; i < cars; i++) {
            float v = w->g_km[d * n_cars + first + i];
            if (!isnan(v))
                columns[i * w->draws + counts[i]++] = v;
        }
    for (size_t i = 0; i < cars; i++)
        w->out[first + i] = spread_of(columns + i * w->draws, counts[i]);
    free(columns);
    return TL_OK;
}

static tl_status read_bills(const tl_fleet *fleet, tl_store *s, struct bill *bills, tl_arena *arena,
                            tl_error *err)
{
    int64_t cars = 0;
    tl_status st = tl_vehicle_parts_count(s, fleet->who, &cars, err);
    for (size_t i = 0; st == TL_OK && cars > 0 && i < fleet->n_cars; i++)
        st = tl_vehicle_parts(s, fleet->who, fleet->cars[i].vehicle->id, arena, &bills[i].parts,
                              &bills[i].n, err);
    return st;
}

/* Unit scores of all activities, from the same draws. */
static tl_status sample_scores(struct drawing *w, const tl_draw_options *o, size_t draws,
                               tl_error *err)
{
    tl_lca_facts facts;
    tl_lca_system_facts(tl_car_system_lca(w->model->system), &facts);
    size_t *products = tl_new_array(facts.activities, sizeof *products);
    if (!products)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < facts.activities; i++)
        products[i] = i;
    const tl_lca_sample_options options = {
        .n = draws, .seed = o->seed, .threads = o->threads, .keep = true
    };
    tl_status st = tl_lca_sample_products(tl_car_system_solver(w->model->system), products,
                                          facts.activities, 0, &options, &w->samples, err);
    free(products);
    return st;
}

tl_status tl_fleet_spread(const tl_fleet *fleet, tl_store *s, tl_car_model *m,
                          const tl_draw_options *options, tl_arena *arena, tl_spread *out,
                          tl_error *err)
{
    size_t draws = options->n ? options->n : 1000;
    struct bill *bills = tl_arena_alloc(arena, fleet->n_cars, sizeof *bills);
    struct drawing *w = calloc(1, sizeof *w);
    tl_status st = bills && w ? read_bills(fleet, s, bills, arena, err) : tl_fail_nomem(err);
    if (st == TL_OK) {
        *w = (struct drawing){ .fleet = fleet,
                               .model = m,
                               .bills = bills,
                               .seed = options->seed,
                               .draws = draws,
                               .out = out };
        w->g_km = reallocarray(NULL, fleet->n_cars ? fleet->n_cars * draws : 1, sizeof *w->g_km);
        st = w->g_km ? sample_scores(w, options, draws, err) : tl_fail_nomem(err);
    }
    if (st == TL_OK)
        st = tl_parallel(options->threads, draws, one_draw, w, err);
    if (st == TL_OK)
        st = tl_parallel(options->threads, (fleet->n_cars + BLOCK - 1) / BLOCK, summarise, w, err);
    if (w) {
        tl_lca_samples_free(w->samples);
        free(w->g_km);
    }
    free(w);
    return st;
}

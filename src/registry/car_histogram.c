/* car_histogram.c - the cars that pass a filter, in bins of equal width. */
#include <math.h>
#include <string.h>

#include "registry/car_filter_priv.h"

/* A value on an edge belongs to the bin above it, also where the width is no binary number: 200.3 /
 * 0.1 is a little below 2003. */
#define EDGE 1e-9

static double bin_of(double g_km, double width)
{
    return floor(g_km / width + EDGE);
}

struct range {
    double lowest, highest;
    size_t passed, not_priced, marked; /* marked: place of the car, SIZE_MAX */
};

static struct range find_range(const tl_cars *cars, const tl_benchmarks *b,
                               const tl_car_sieve *sieve, const char *marked)
{
    struct range r = { .lowest = INFINITY, .highest = -INFINITY, .marked = SIZE_MAX };
    for (size_t i = 0; i < cars->n; i++) {
        const tl_published_car *c = &cars->cars[i];
        const unsigned misses = tl_car_sieve_misses(sieve, c, &b->items[i]);
        r.not_priced += misses == TL_MISS_CURRENCY;
        if (misses)
            continue;
        r.passed++;
        r.lowest = c->g_km < r.lowest ? c->g_km : r.lowest;
        r.highest = c->g_km > r.highest ? c->g_km : r.highest;
        if (marked && strcmp(c->id, marked) == 0)
            r.marked = i;
    }
    return r;
}

tl_status tl_car_histogram_make(const tl_cars *cars, const tl_benchmarks *b, const tl_car_filter *f,
                                double width, const char *marked, tl_arena *arena,
                                tl_car_histogram *out, tl_error *err)
{
    tl_car_sieve sieve;
    *out = (tl_car_histogram){ .width = width, .marked = SIZE_MAX };
    if (!(isfinite(width) && width > 0))
        return tl_fail(err, TL_EINPUT, "bins of %g g CO2e/km, expected a width above 0", width);
    tl_status st = tl_car_sieve_make(cars, f, &sieve, err);
    if (st != TL_OK)
        return st;
    const struct range r = find_range(cars, b, &sieve, marked);
    out->not_priced = r.not_priced;
    out->currency = sieve.currency;
    if (r.passed == 0)
        return TL_OK;
    const double first = bin_of(r.lowest, width), bins = bin_of(r.highest, width) - first + 1;
    if (!(bins <= TL_CAR_BINS_MAX))
        return tl_fail(err, TL_EINPUT, "bins of %g g CO2e/km make %.0f, more than %d", width, bins,
                       TL_CAR_BINS_MAX);
    size_t *counts = tl_arena_alloc(arena, (size_t)bins, sizeof *counts);
    if (!counts)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < cars->n; i++)
        if (tl_car_sieve_misses(&sieve, &cars->cars[i], &b->items[i]) == 0)
            counts[(size_t)(bin_of(cars->cars[i].g_km, width) - first)]++;
    out->from = first * width;
    out->counts = counts;
    out->n = (size_t)bins;
    if (r.marked != SIZE_MAX)
        out->marked = (size_t)(bin_of(cars->cars[r.marked].g_km, width) - first);
    return TL_OK;
}

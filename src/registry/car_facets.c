/* car_facets.c - filters, and how many cars pass with each value of each field.
 *
 * One pass: a car that fails no test counts everywhere, one that fails a single field's test counts
 * among the values of that field alone. */
#include <math.h>
#include <string.h>

#include "registry/car_filter_priv.h"

static int64_t place_of(const tl_car_words *words, const char *text)
{
    size_t low = 0, high = words->n;
    if (!text || !*text)
        return TL_PLACE_ANY;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int c = strcmp(words->items[middle], text);
        if (c == 0)
            return (int64_t)middle;
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return TL_PLACE_NONE;
}

/* The currency of the bounds of price: the one named, or the only one there is. */
static tl_status find_currency(const tl_cars *cars, const tl_car_filter *f, tl_car_sieve *out,
                               tl_error *err)
{
    const bool named = f->currency && *f->currency;
    out->currency = "";
    out->price_currency = TL_CAR_UNKNOWN;
    out->price = !isnan(f->lowest_price) || !isnan(f->highest_price);
    if (!out->price)
        return TL_OK;
    if (!named && cars->currencies.n > 1)
        return tl_fail(err, TL_EINPUT,
                       cars->currencies.n > 2
                           ? "bounds of price need a currency: prices are in %s, %s and others"
                           : "bounds of price need a currency: prices are in %s, %s",
                       cars->currencies.items[0], cars->currencies.items[1]);
    out->currency = named ? f->currency : cars->currencies.n ? cars->currencies.items[0] : "";
    const int64_t at = place_of(&cars->currencies, out->currency);
    if (at >= 0)
        out->price_currency = (uint8_t)at;
    return TL_OK;
}

tl_status tl_car_sieve_make(const tl_cars *cars, const tl_car_filter *f, tl_car_sieve *out,
                            tl_error *err)
{
    static const tl_car_filter none = { .lowest_g_km = (double)NAN,
                                        .highest_g_km = (double)NAN,
                                        .lowest_price = (double)NAN,
                                        .highest_price = (double)NAN };
    if (!f)
        f = &none;
    if (f->class_number < 0 || f->class_number > TL_CLASSES_MAX)
        return tl_fail(err, TL_EINPUT, "%d is no class", f->class_number);
    if (f->lowest_g_km > f->highest_g_km)
        return tl_fail(err, TL_EINPUT, "lowest g CO2e/km %g is above the highest, %g",
                       f->lowest_g_km, f->highest_g_km);
    if (f->lowest_price > f->highest_price)
        return tl_fail(err, TL_EINPUT, "lowest price %g is above the highest, %g", f->lowest_price,
                       f->highest_price);
    *out = (tl_car_sieve){
        .maker = place_of(&cars->makers, f->maker),
        .size = place_of(&cars->sizes, f->size),
        .body = place_of(&cars->bodies, f->body),
        .powertrain = place_of(&cars->powertrains, f->powertrain),
        .lowest_g_km = isnan(f->lowest_g_km) ? (double)-INFINITY : f->lowest_g_km,
        .highest_g_km = isnan(f->highest_g_km) ? (double)INFINITY : f->highest_g_km,
        .lowest_price = isnan(f->lowest_price) ? (double)-INFINITY : f->lowest_price,
        .highest_price = isnan(f->highest_price) ? (double)INFINITY : f->highest_price,
        .class_number = f->class_number,
    };
    return find_currency(cars, f, out, err);
}

struct counts {
    size_t *makers, *sizes, *bodies, *powertrains;
};

static void count_value(size_t *counts, size_t place, unsigned misses, unsigned own)
{
    if ((misses & ~own) == 0 && place != TL_CAR_UNKNOWN)
        counts[place]++;
}

tl_status tl_car_facets_count(const tl_cars *cars, const tl_benchmarks *b, const tl_car_filter *f,
                              tl_arena *arena, tl_car_facets *out, tl_error *err)
{
    tl_car_sieve sieve;
    struct counts n;
    *out = (tl_car_facets){ 0 };
    tl_status st = tl_car_sieve_make(cars, f, &sieve, err);
    if (st != TL_OK)
        return st;
    n.makers = tl_arena_alloc(arena, cars->makers.n + 1, sizeof *n.makers);
    n.sizes = tl_arena_alloc(arena, cars->sizes.n + 1, sizeof *n.sizes);
    n.bodies = tl_arena_alloc(arena, cars->bodies.n + 1, sizeof *n.bodies);
    n.powertrains = tl_arena_alloc(arena, cars->powertrains.n + 1, sizeof *n.powertrains);
    if (!n.makers || !n.sizes || !n.bodies || !n.powertrains)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < cars->n; i++) {
        const tl_published_car *c = &cars->cars[i];
        const unsigned misses = tl_car_sieve_misses(&sieve, c, &b->items[i]);
        out->passed += misses == 0;
        out->not_priced += misses == TL_MISS_CURRENCY;
        if ((misses & ~(unsigned)TL_MISS_MAKER) == 0)
            n.makers[c->maker]++;
        count_value(n.sizes, c->size, misses, TL_MISS_SIZE);
        count_value(n.bodies, c->body, misses, TL_MISS_BODY);
        count_value(n.powertrains, c->powertrain, misses, TL_MISS_POWERTRAIN);
        if ((misses & ~(unsigned)TL_MISS_CLASS) == 0)
            out->classes[b->items[i].class_number]++;
    }
    out->currency = sieve.currency;
    out->makers = n.makers;
    out->sizes = n.sizes;
    out->bodies = n.bodies;
    out->powertrains = n.powertrains;
    return TL_OK;
}

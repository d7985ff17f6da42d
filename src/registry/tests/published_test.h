/* published_test.h - published cars written as short rows, without a database. */
#ifndef TL_REGISTRY_TESTS_PUBLISHED_TEST_H
#define TL_REGISTRY_TESTS_PUBLISHED_TEST_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "registry/statistics.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))

/* NULL or "" for a size, body or powertrain that is not stated. */
typedef struct published_row {
    const char *id, *maker, *size, *body, *powertrain;
    double g_km, kerb_mass_kg;
    const char *launched;
    double price;
} published_row;

static inline int published_by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The distinct texts of one column, in byte order. */
static inline tl_car_words published_words(const published_row *rows, size_t n, size_t offset,
                                           tl_arena *arena)
{
    const char **items = tl_arena_alloc(arena, n + 1, sizeof *items);
    size_t all = 0, kept = 0;
    assert_non_null(items);
    for (size_t i = 0; i < n; i++) {
        const char *text = *(const char *const *)((const char *)&rows[i] + offset);
        if (text && *text)
            items[all++] = text;
    }
    qsort(items, all, sizeof *items, published_by_text);
    for (size_t i = 0; i < all; i++)
        if (kept == 0 || strcmp(items[kept - 1], items[i]) != 0)
            items[kept++] = items[i];
    return (tl_car_words){ items, kept };
}

static inline uint8_t published_place(const tl_car_words *words, const char *text)
{
    for (size_t i = 0; i < words->n; i++)
        if (text && strcmp(words->items[i], text) == 0)
            return (uint8_t)i;
    return TL_CAR_UNKNOWN;
}

/* The cars in the order of the rows. A row without maker is of "Maker", a price of 0 is none. */
static inline tl_cars published(const published_row *rows, size_t n, tl_arena *arena)
{
    published_row *r = tl_arena_alloc(arena, n + 1, sizeof *r);
    tl_cars c = { .cars = tl_arena_alloc(arena, n + 1, sizeof *c.cars), .n = n };
    assert_non_null(r);
    assert_non_null(c.cars);
    for (size_t i = 0; i < n; i++) {
        r[i] = rows[i];
        r[i].maker = rows[i].maker ? rows[i].maker : "Maker";
    }
    static const char *const currencies[] = { "CNY" };
    c.currencies = (tl_car_words){ currencies, 1 };
    c.makers = published_words(r, n, offsetof(published_row, maker), arena);
    c.sizes = published_words(r, n, offsetof(published_row, size), arena);
    c.bodies = published_words(r, n, offsetof(published_row, body), arena);
    c.powertrains = published_words(r, n, offsetof(published_row, powertrain), arena);
    for (size_t i = 0; i < n; i++)
        c.cars[i] =
            (tl_published_car){ .id = r[i].id,
                                .product = r[i].id,
                                .maker = published_place(&c.makers, r[i].maker),
                                .size = published_place(&c.sizes, r[i].size),
                                .body = published_place(&c.bodies, r[i].body),
                                .powertrain = published_place(&c.powertrains, r[i].powertrain),
                                .g_km = r[i].g_km,
                                .kerb_mass_kg = r[i].kerb_mass_kg,
                                .price = r[i].price > 0 ? r[i].price : (double)NAN,
                                .launched = r[i].launched ? r[i].launched : "",
                                .version = 1,
                                .currency = r[i].price > 0 ? 0 : TL_CAR_UNKNOWN,
                                .series = TL_CAR_NO_WORD,
                                .company = TL_CAR_NO_WORD,
                                .group = TL_CAR_NO_WORD,
                                .style = TL_CAR_NO_WORD };
    return c;
}

/* Fifths, five cars at least, 100 kg to either side. */
static inline tl_peer_rule published_rule(void)
{
    tl_peer_rule rule = { .window_kg = 100,
                          .version = "2026.1",
                          .checksum = "p",
                          .class_version = "2026.1",
                          .class_checksum = "c" };
    for (size_t i = 0; i < 5; i++) {
        rule.classes.classes[i].number = (int)i + 1;
        rule.classes.classes[i].upper_share = 0.2 * (double)(i + 1);
        rule.classes.classes[i].label_en = "class";
        rule.classes.classes[i].label_zh = "级";
    }
    rule.classes.classes[4].upper_share = 1;
    rule.classes.n = rule.classes.smallest_group = 5;
    return rule;
}

static inline tl_benchmarks published_benchmarks(const tl_cars *cars, const tl_peer_rule *rule,
                                                 tl_arena *arena)
{
    tl_benchmarks b;
    tl_error err = { 0 };
    if (tl_benchmarks_make(cars, rule, arena, &b, &err) != TL_OK)
        fail_msg("benchmarks: %s", err.text);
    return b;
}

/* For series, groups and styles, which tests of groups need not tell apart. */
static const char *const published_few[] = { "s0", "s1", "s2", "s3", "s4" };
static const tl_car_words published_some = { published_few, 5 };

/* One of the words, or none. */
static inline uint32_t published_wide(tl_random *r, const tl_car_words *words)
{
    const uint64_t at = tl_random_below(r, words->n + 1);
    return at < words->n ? (uint32_t)at : TL_CAR_NO_WORD;
}

/* n cars of 40 makers over 3 sizes, 3 bodies and 3 powertrains from a seed, some without category
 * or mass. */
static inline tl_cars published_random(size_t n, uint64_t seed, tl_arena *arena)
{
    static const char *const sizes[] = { "compact", "full-size", "midsize", NULL };
    static const char *const bodies[] = { "sedan", "suv", "van" };
    static const char *const powertrains[] = { "bev", "gasoline", "phev" };
    static const char *const days[] = { "2023-04", "2024-05-17", "2024", "" };
    tl_random r = tl_random_seed(seed);
    published_row *rows = tl_arena_alloc(arena, n + 1, sizeof *rows);
    assert_non_null(rows);
    for (size_t i = 0; i < n; i++)
        rows[i] = (published_row){
            .id = tl_arena_printf(arena, "car-%06zu", i),
            .maker = tl_arena_printf(arena, "maker %02d", (int)tl_random_below(&r, 40)),
            .size = sizes[tl_random_below(&r, 20) ? tl_random_below(&r, 3) : 3],
            .body = bodies[tl_random_below(&r, 3)],
            .powertrain = powertrains[tl_random_below(&r, 3)],
            .g_km = 150 + (double)tl_random_below(&r, 1500) / 7,
            .kerb_mass_kg =
                tl_random_below(&r, 30) ? 900 + (double)tl_random_below(&r, 150) * 10 : (double)NAN,
            .launched = days[tl_random_below(&r, 4)],
            .price = (double)tl_random_below(&r, 60) * 10000,
        };
    tl_cars cars = published(rows, n, arena);
    for (size_t i = 0; i < n; i++) {
        cars.cars[i].series = published_wide(&r, &published_some);
        cars.cars[i].group = published_wide(&r, &published_some);
        cars.cars[i].style = published_wide(&r, &published_some);
    }
    cars.series = cars.groups.ids = cars.styles.ids = published_some;
    return cars;
}

/* The same cars, loaded in another order. */
static inline tl_cars published_shuffled(const tl_cars *cars, uint64_t seed, tl_arena *arena)
{
    tl_random r = tl_random_seed(seed);
    tl_cars c = *cars;
    c.cars = tl_arena_alloc(arena, cars->n + 1, sizeof *c.cars);
    assert_non_null(c.cars);
    memcpy(c.cars, cars->cars, cars->n * sizeof *c.cars);
    for (size_t i = c.n; i > 1; i--) {
        const size_t at = (size_t)tl_random_below(&r, i);
        const tl_published_car t = c.cars[i - 1];
        c.cars[i - 1] = c.cars[at];
        c.cars[at] = t;
    }
    return c;
}

static inline size_t published_find(const tl_cars *cars, const char *id)
{
    size_t i = 0;
    while (i < cars->n && strcmp(cars->cars[i].id, id) != 0)
        i++;
    if (i == cars->n)
        fail_msg("no car %s", id);
    return i;
}

static inline int published_setup(void **state)
{
    return tl_arena_new((tl_arena **)state, 0, NULL) == TL_OK ? 0 : -1;
}

static inline int published_teardown(void **state)
{
    tl_arena_free(*state);
    return 0;
}

/* The same double to the last bit, the sign of 0 and the kind of NAN included. */
static inline bool published_same_bits(double a, double b)
{
    uint64_t x, y;
    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return x == y;
}

#endif

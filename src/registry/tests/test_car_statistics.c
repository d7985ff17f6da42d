/* test_car_statistics.c - groups, facets and histograms of published cars. */
#include "registry/statistics.h"
#include "registry/tests/published_test.h"

static const tl_car_filter any_car = { .lowest_g_km = (double)NAN,
                                       .highest_g_km = (double)NAN,
                                       .lowest_price = (double)NAN,
                                       .highest_price = (double)NAN };

static const tl_car_group *groups_of(const tl_cars *cars, tl_car_field field, size_t *n,
                                     tl_arena *arena)
{
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(cars, &rule, arena);
    const tl_car_group *g;
    tl_error err = { 0 };
    if (tl_car_groups_make(cars, &b, NULL, 0, field, arena, &g, n, &err) != TL_OK)
        fail_msg("groups: %s", err.text);
    return g;
}

static const tl_car_group *find_group(const tl_car_group *g, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(g[i].key, key) == 0)
            return &g[i];
    fail_msg("no group '%s'", key);
    return NULL;
}

/* Ten cars of "firm", each in a category of its own (powertrain p0 to p9) with one rival: nine at
 * 180.1 against 220.1, one the other way round. eta 9/10. Then one of the nine is raised to its
 * category's mean: with one rival that is the rival's own value, for there the mean comes to meet
 * it
 * ((220.1 + 220.1) / 2), or with two rivals at 220.1 the same. eta 8/10 (SPEC 3.2, check 1). */
static void test_eta(void **state)
{
    published_row rows[30] = { 0 };
    size_t n;
    for (size_t i = 0; i < 10; i++) {
        const double own = i < 9 ? 180.1 : 220.1;
        const char *powertrain = tl_arena_printf(*state, "p%zu", i);
        rows[3 * i] = (published_row){ .maker = "firm", .g_km = own };
        rows[3 * i + 1] = (published_row){ .maker = "rival", .g_km = 400.2 - own };
        rows[3 * i + 2] = rows[3 * i + 1];
        for (size_t k = 3 * i; k < 3 * i + 3; k++) {
            rows[k].id = tl_arena_printf(*state, "%02zu", k);
            rows[k].size = "compact";
            rows[k].body = "suv";
            rows[k].powertrain = powertrain;
            rows[k].kerb_mass_kg = 1500;
        }
    }
    tl_cars cars = published(rows, TEST_COUNT(rows), *state);
    const tl_car_group *all = groups_of(&cars, TL_CARS_BY_MAKER, &n, *state);
    const tl_car_group *g = find_group(all, n, "firm");
    assert_int_equal(g->cars, 10);
    assert_int_equal(g->with_category, 10);
    assert_int_equal(g->below, 9);
    assert_true(g->eta == 0.9);
    rows[0].g_km = rows[1].g_km;
    cars = published(rows, TEST_COUNT(rows), *state);
    all = groups_of(&cars, TL_CARS_BY_MAKER, &n, *state);
    g = find_group(all, n, "firm");
    assert_int_equal(g->below, 8);
    assert_true(g->eta == 0.8);
}

/* Three heavy cars of "F" at 300 g/km among twelve of their mass at 400 and sixty light ones at
 * 100: the mean is (3 x 300 + 12 x 400 + 60 x 100) / 75 = 156, so none is below it; among the
 * fifteen of their mass they share rank 1, the best fifth. As printed of Fujian Benz: 0.0% below,
 * 100% class 1 (SPEC 3.2, check 5). Those at 100 are "L": the light cars, all below the mean; with
 * sixty equal ones all share rank 1 as well. "H", the twelve, are the other way: class 2 (rank 4 of
 * 15) and above. */
static void test_both_can_be_true(void **state)
{
    published_row rows[75];
    size_t n;
    for (size_t i = 0; i < 75; i++)
        rows[i] = (published_row){ .id = tl_arena_printf(*state, "%02zu", i),
                                   .maker = i < 3    ? "F"
                                            : i < 15 ? "H"
                                                     : "L",
                                   .size = "midsize",
                                   .body = "mpv",
                                   .powertrain = "gasoline",
                                   .g_km = i < 3    ? 300
                                           : i < 15 ? 400
                                                    : 100,
                                   .kerb_mass_kg = i < 15 ? 2400 : 1200 };
    const tl_cars cars = published(rows, 75, *state);
    const tl_car_group *all = groups_of(&cars, TL_CARS_BY_MAKER, &n, *state);
    const tl_car_group *f = find_group(all, n, "F"), *h = find_group(all, n, "H");
    assert_true(f->eta == 0);
    assert_int_equal(f->with_category, 3);
    assert_int_equal(f->classes[1], 3);
    assert_int_equal(f->cars, 3);
    assert_int_equal(h->classes[2], 12);
    assert_true(find_group(all, n, "L")->eta == 1);
}

/* Keys, order and means by hand; the sales of a weigh three times those of b, c has none. */
static const published_row few[] = {
    { "a", "Geely", "compact", "suv", "phev", 200, 1800, "2024-09", 150000 },
    { "b", "Geely", "compact", "suv", "phev", 240, 1800, "2024-04-15", 99000 },
    { "c", "BYD", "compact", "sedan", "bev", 160, 1700, "2023", 120000 },
    { "d", "BYD", NULL, "sedan", "bev", 150, 1700, NULL, 0 },
    { "e", "NIO", "midsize", NULL, "bev", 180, 2100, "2024-05", 300000 },
};

static void test_fields(void **state)
{
    static const struct {
        tl_car_field field;
        const char *keys; /* in order, with counts */
    } cases[] = {
        { TL_CARS_ALL, ":5 " },
        { TL_CARS_BY_MAKER, "BYD:2 Geely:2 NIO:1 " },
        { TL_CARS_BY_POWERTRAIN, "bev:3 phev:2 " },
        { TL_CARS_BY_SIZE, "compact:3 :1 midsize:1 " },
        { TL_CARS_BY_BODY, "sedan:2 suv:2 :1 " },
        { TL_CARS_BY_YEAR, "2023:1 2024:3 :1 " },
        { TL_CARS_BY_MONTH, "2024-04:1 2024-05:1 2024-09:1 :2 " }, /* "2023" states no month */
        { TL_CARS_BY_SERIES, ":2 Geely · 01:2 BYD · Qin:1 " },
        { TL_CARS_BY_GROUP, ":5 " }, /* not looked up */
    };
    static const char *const series[] = { "BYD · Qin", "Geely · 01" };
    tl_cars cars = published(few, TEST_COUNT(few), *state);
    cars.series = (tl_car_words){ series, 2 };
    cars.cars[0].series = cars.cars[1].series = 1;
    cars.cars[2].series = 0;
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        char got[200] = "";
        size_t n, at = 0;
        const tl_car_group *g = groups_of(&cars, cases[i].field, &n, *state);
        for (size_t k = 0; k < n; k++) {
            size_t sum = 0;
            at += (size_t)snprintf(got + at, sizeof got - at, "%s:%zu ", g[k].key, g[k].cars);
            for (size_t c = 0; c <= TL_CLASSES_MAX; c++)
                sum += g[k].classes[c];
            assert_int_equal(sum, g[k].cars); /* counts, so shares add up */
        }
        if (strcmp(got, cases[i].keys) != 0)
            fail_msg("field %d: '%s', want '%s'", (int)cases[i].field, got, cases[i].keys);
    }
}

static void test_numbers(void **state)
{
    static const tl_car_sales sales[] = {
        { "b", 1000 }, { "unpublished", 9999 }, { "a", 3000 }, { "e", 0 }
    };
    const tl_cars cars = published(few, TEST_COUNT(few), *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    const tl_car_group *g;
    size_t n;
    assert_int_equal(tl_car_groups_make(&cars, &b, sales, TEST_COUNT(sales), TL_CARS_BY_MAKER,
                                        *state, &g, &n, NULL),
                     TL_OK);
    const tl_car_group *geely = find_group(g, n, "Geely"), *byd = find_group(g, n, "BYD"),
                       *nio = find_group(g, n, "NIO");
    assert_true(geely->mean_g_km == 220 && geely->lowest_g_km == 200 && geely->highest_g_km == 240);
    assert_true(geely->weighted_g_km == 210); /* (3 x 200 + 240) / 4 */
    assert_int_equal(geely->with_sales, 2);
    assert_int_equal(geely->below, 1);
    assert_true(geely->eta == 0.5);
    assert_int_equal(byd->with_category, 1);
    assert_true(byd->eta == 0 && isnan(byd->weighted_g_km) && byd->with_sales == 0);
    assert_true(isnan(nio->eta));           /* no body, no category */
    assert_int_equal(nio->with_sales, 1);   /* none sold is known */
    assert_true(isnan(nio->weighted_g_km)); /* and weighs nothing */
}

static void test_sales_refused(void **state)
{
    static const struct {
        const char *label, *words;
        tl_car_sales sales[2];
    } cases[] = {
        { "twice", "sales of car a are there twice", { { "a", 1 }, { "a", 2 } } },
        { "negative", "sales of car b: -1", { { "a", 1 }, { "b", -1 } } },
        { "no number", "sales of car a: ", { { "a", NAN }, { "b", 1 } } },
    };
    const tl_cars cars = published(few, TEST_COUNT(few), *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const tl_car_group *g;
        size_t n;
        tl_error err = { 0 };
        tl_status st =
            tl_car_groups_make(&cars, &b, cases[i].sales, 2, TL_CARS_ALL, *state, &g, &n, &err);
        if (st != TL_EINPUT || !strstr(err.text, cases[i].words) || g)
            fail_msg("%s: status %d, '%s'", cases[i].label, (int)st, err.text);
    }
}

static void test_any_order(void **state)
{
    const tl_cars cars = published_random(3000, 17, *state);
    for (tl_car_field field = TL_CARS_ALL; field < TL_CAR_FIELDS; field++) {
        size_t n, m;
        const tl_cars other = published_shuffled(&cars, 4, *state);
        const tl_car_group *want = groups_of(&cars, field, &n, *state),
                           *got = groups_of(&other, field, &m, *state);
        assert_int_equal(n, m);
        for (size_t i = 0; i < n; i++) {
            assert_string_equal(got[i].key, want[i].key);
            if (!published_same_bits(got[i].mean_g_km, want[i].mean_g_km) ||
                !published_same_bits(got[i].eta, want[i].eta) ||
                memcmp(got[i].classes, want[i].classes, sizeof want[i].classes) != 0)
                fail_msg("field %d, %s: other bits in another order", (int)field, want[i].key);
        }
    }
}

/* Thirty thousand equal numbers that are no binary fraction: the mean is the number itself, and no
 * car is below it. */
static void test_mean_of_equals(void **state)
{
    enum { N = 30000 };
    size_t n;
    published_row *rows = tl_arena_alloc(*state, N, sizeof *rows);
    assert_non_null(rows);
    for (size_t i = 0; i < N; i++)
        rows[i] = (published_row){ .id = tl_arena_printf(*state, "%05zu", i),
                                   .size = "compact",
                                   .body = "suv",
                                   .powertrain = "bev",
                                   .g_km = 201.3,
                                   .kerb_mass_kg = 1500 };
    const tl_cars cars = published(rows, N, *state);
    const tl_car_group *g = groups_of(&cars, TL_CARS_ALL, &n, *state);
    assert_true(fabs(g->mean_g_km - 201.3) < 1e-13);
    assert_int_equal(g->below, 0);
    assert_int_equal(g->classes[1], N);
}

/* The definition of a facet: cars that pass the filter without the field's own part. */
static size_t count_with(const tl_cars *cars, const tl_benchmarks *b, const tl_car_filter *f,
                         size_t *passed)
{
    size_t n = 0;
    for (size_t i = 0; i < cars->n; i++) {
        const tl_published_car *c = &cars->cars[i];
        bool pass = true;
        pass = pass && (!f->maker || strcmp(cars->makers.items[c->maker], f->maker) == 0);
        pass = pass && (!f->size || (c->size != TL_CAR_UNKNOWN &&
                                     strcmp(cars->sizes.items[c->size], f->size) == 0));
        pass = pass && (!f->body || (c->body != TL_CAR_UNKNOWN &&
                                     strcmp(cars->bodies.items[c->body], f->body) == 0));
        pass = pass && (!f->powertrain ||
                        (c->powertrain != TL_CAR_UNKNOWN &&
                         strcmp(cars->powertrains.items[c->powertrain], f->powertrain) == 0));
        pass = pass && (!f->class_number || b->items[i].class_number == f->class_number);
        pass = pass && !(c->g_km < f->lowest_g_km) && !(c->g_km > f->highest_g_km);
        if (!isnan(f->lowest_price) || !isnan(f->highest_price))
            pass = pass && !isnan(c->price) && !(c->price < f->lowest_price) &&
                   !(c->price > f->highest_price);
        n += pass;
    }
    if (passed)
        *passed = n;
    return n;
}

static void check_facets(const tl_cars *cars, const tl_benchmarks *b, const tl_car_filter *f,
                         const char *label, tl_arena *arena)
{
    tl_car_facets got;
    tl_car_filter one;
    size_t passed;
    assert_int_equal(tl_car_facets_count(cars, b, f, arena, &got, NULL), TL_OK);
    count_with(cars, b, f, &passed);
    if (got.passed != passed)
        fail_msg("%s: %zu pass, want %zu", label, got.passed, passed);
#define CHECK_FACET(words, field, counts)                                                          \
    for (size_t i = 0; i < (words).n; i++) {                                                       \
        one = *f;                                                                                  \
        one.field = (words).items[i];                                                              \
        if ((counts)[i] != count_with(cars, b, &one, NULL))                                        \
            fail_msg("%s, %s: %zu", label, one.field, (counts)[i]);                                \
    }
    CHECK_FACET(cars->makers, maker, got.makers)
    CHECK_FACET(cars->sizes, size, got.sizes)
    CHECK_FACET(cars->bodies, body, got.bodies)
    CHECK_FACET(cars->powertrains, powertrain, got.powertrains)
    for (int c = 1; c <= TL_CLASSES_MAX; c++) {
        one = *f;
        one.class_number = c;
        if (got.classes[c] != count_with(cars, b, &one, NULL))
            fail_msg("%s, class %d: %zu", label, c, got.classes[c]);
    }
}

static void test_facets(void **state)
{
    const tl_cars cars = published_random(2000, 23, *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    tl_car_filter f[8];
    for (size_t i = 0; i < TEST_COUNT(f); i++)
        f[i] = any_car;
    f[1].powertrain = "bev";
    f[2].powertrain = "bev";
    f[2].size = "compact";
    f[3].class_number = 1;
    f[3].maker = "maker 07";
    f[4].lowest_g_km = 200;
    f[4].highest_g_km = 300;
    f[5].lowest_price = 100000;
    f[5].highest_price = 200000;
    f[5].body = "suv";
    f[6].maker = "nobody";
    f[7].highest_price = 150000;
    f[7].class_number = 5;
    for (size_t i = 0; i < TEST_COUNT(f); i++)
        check_facets(&cars, &b, &f[i], tl_arena_printf(*state, "filter %zu", i), *state);
}

static void test_filters_refused(void **state)
{
    const tl_cars cars = published(few, TEST_COUNT(few), *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    static const struct {
        const char *label, *words;
        double lowest_g_km, highest_g_km, lowest_price, highest_price;
        int class_number;
    } cases[] = {
        { "class 10", "10 is no class", NAN, NAN, NAN, NAN, 10 },
        { "class -1", "-1 is no class", NAN, NAN, NAN, NAN, -1 },
        { "g/km turned round", "300 is above the highest, 200", 300, 200, NAN, NAN, 0 },
        { "price turned round", "lowest price 2 is above", NAN, NAN, 2, 1, 0 },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const tl_car_filter f = { .lowest_g_km = cases[i].lowest_g_km,
                                  .highest_g_km = cases[i].highest_g_km,
                                  .lowest_price = cases[i].lowest_price,
                                  .highest_price = cases[i].highest_price,
                                  .class_number = cases[i].class_number };
        tl_car_facets facets;
        tl_car_histogram h;
        tl_error err = { 0 };
        tl_status st = tl_car_facets_count(&cars, &b, &f, *state, &facets, &err);
        if (st != TL_EINPUT || !strstr(err.text, cases[i].words) ||
            tl_car_histogram_make(&cars, &b, &f, 10, NULL, *state, &h, NULL) != TL_EINPUT)
            fail_msg("%s: status %d, '%s'", cases[i].label, (int)st, err.text);
    }
}

/* Prices of a, b, c in CNY, of e in EUR, d without one: bounds without a currency are refused, and
 * those left out for it are counted. */
static void test_currencies(void **state)
{
    static const char *const currencies[] = { "CNY", "EUR" };
    static const struct {
        const char *label, *currency;
        size_t passed, not_priced;
    } cases[] = {
        { "in CNY", "CNY", 2, 2 }, /* a, c; e and d cannot be held against it */
        { "in EUR", "EUR", 1, 4 },
        { "in a third", "USD", 0, 5 },
    };
    tl_cars cars = published(few, TEST_COUNT(few), *state);
    const tl_peer_rule rule = published_rule();
    tl_car_filter f = any_car;
    tl_car_facets got;
    tl_car_histogram h;
    tl_error err = { 0 };
    cars.currencies = (tl_car_words){ currencies, 2 };
    cars.cars[4].currency = 1;
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    f.lowest_price = 100000;
    if (tl_car_facets_count(&cars, &b, &f, *state, &got, &err) != TL_EINPUT ||
        !strstr(err.text, "prices are in CNY, EUR"))
        fail_msg("no currency: '%s'", err.text);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        f.currency = cases[i].currency;
        assert_int_equal(tl_car_facets_count(&cars, &b, &f, *state, &got, NULL), TL_OK);
        assert_int_equal(tl_car_histogram_make(&cars, &b, &f, 10, NULL, *state, &h, NULL), TL_OK);
        if (got.passed != cases[i].passed || got.not_priced != cases[i].not_priced ||
            h.not_priced != got.not_priced || strcmp(got.currency, cases[i].currency) != 0)
            fail_msg("%s: %zu pass, %zu left out", cases[i].label, got.passed, got.not_priced);
    }
}

/* 150, 160, 180, 200 and 240 g/km in bins of 20: [140, 160) 1, [160, 180) 1, [180, 200) 1,
 * [200, 220) 1, [220, 240) 0, [240, 260) 1. */
static void test_histogram(void **state)
{
    static const size_t want[] = { 1, 1, 1, 1, 0, 1 };
    const tl_cars cars = published(few, TEST_COUNT(few), *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    tl_car_filter f = any_car;
    tl_car_histogram h;
    assert_int_equal(tl_car_histogram_make(&cars, &b, NULL, 20, "b", *state, &h, NULL), TL_OK);
    assert_true(h.from == 140 && h.width == 20 && h.n == 6);
    assert_memory_equal(h.counts, want, sizeof want);
    assert_int_equal(h.marked, 5);
    f.powertrain = "bev"; /* b is none of them: 150, 160, 180 in one bin of 100 */
    assert_int_equal(tl_car_histogram_make(&cars, &b, &f, 100, "b", *state, &h, NULL), TL_OK);
    assert_true(h.from == 100 && h.n == 1 && h.counts[0] == 3 && h.marked == SIZE_MAX);
    f.maker = "nobody";
    assert_int_equal(tl_car_histogram_make(&cars, &b, &f, 100, "b", *state, &h, NULL), TL_OK);
    assert_true(h.n == 0 && h.marked == SIZE_MAX);
}

/* Every tenth from 100.0 to 199.9 in bins of a tenth: one in each, whatever binary makes of it. */
static void test_edges(void **state)
{
    published_row rows[1000];
    const tl_peer_rule rule = published_rule();
    tl_car_histogram h;
    for (size_t i = 0; i < 1000; i++)
        rows[i] = (published_row){ .id = tl_arena_printf(*state, "%03zu", i),
                                   .g_km = (double)(1000 + i) / 10,
                                   .kerb_mass_kg = 1500 };
    const tl_cars cars = published(rows, 1000, *state);
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    assert_int_equal(tl_car_histogram_make(&cars, &b, NULL, 0.1, NULL, *state, &h, NULL), TL_OK);
    assert_int_equal(h.n, 1000);
    for (size_t i = 0; i < h.n; i++)
        if (h.counts[i] != 1)
            fail_msg("bin %zu: %zu cars", i, h.counts[i]);
}

static void test_widths_refused(void **state)
{
    static const double widths[] = { 0, -10, NAN, INFINITY, 1e-6 };
    const tl_cars cars = published(few, TEST_COUNT(few), *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    for (size_t i = 0; i < TEST_COUNT(widths); i++) {
        tl_car_histogram h;
        if (tl_car_histogram_make(&cars, &b, NULL, widths[i], NULL, *state, &h, NULL) != TL_EINPUT)
            fail_msg("width %g was taken", widths[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eta),
        cmocka_unit_test(test_both_can_be_true),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_sales_refused),
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_mean_of_equals),
        cmocka_unit_test(test_facets),
        cmocka_unit_test(test_filters_refused),
        cmocka_unit_test(test_currencies),
        cmocka_unit_test(test_histogram),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_widths_refused),
    };
    return cmocka_run_group_tests(tests, published_setup, published_teardown);
}

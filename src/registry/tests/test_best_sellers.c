/* test_best_sellers.c - best sellers by hand, price bands, and the same bits in any order. */
#include "registry/best_sellers.h"
#include "registry/tests/published_test.h"

/* Five equal cars of a category beside them, so that there are classes; see test_ranks. */
static const published_row rows[] = {
    { "a1", "M", "compact", "suv", "phev", 200, 1800, "2024-09", 0 },
    { "a2", "M", "compact", "suv", "phev", 240, 1800, "2024-09", 0 },
    { "a3", "M", "compact", "suv", "phev", 260, 1800, "2024-09", 0 },
    { "b1", "N", "compact", "suv", "phev", 280, 1800, "2024-09", 0 },
    { "b2", "N", "compact", "suv", "phev", 300, 1800, "2024-09", 0 },
    { "g1", "O", "full-size", "van", "gasoline", 400, 2400, "2024-09", 0 },
};

static const tl_sold_car sold[] = {
    { "a1", "A one", "M", "A", "phev", "CNY", 3000, 99999.99, false },
    { "a2", "A two", "M", "A", "phev", "CNY", 1000, 100000, false },
    { "b1", "B", "N", "B", "phev", "CNY", 4000, 150000, false },
    { "new", "C", "M", "C", "bev", "CNY", 5000, 120000, true },
    { "a9", "A nine", "M", "A", "phev", "EUR", 500, 20000, true },
    { "g1", "G", "O", "", "gasoline", "", 250, (double)NAN, false },
    { "gone", "Gone", "O", "Gone", "gasoline", "CNY", 250, 400000, false },
    { "none", "None", "O", "None", "bev", "CNY", 0, 400000, true },
};

static const tl_price_band bands[] = {
    { "low", "CNY", "low", "低", 0, 100000 },
    { "middle", "CNY", "middle", "中", 100000, 150000 },
    { "high", "CNY", "high", "高", 150000, (double)INFINITY },
};
static const char *const new_energy[] = { "bev", "phev" };
static const tl_car_market market = {
    .bands = bands, .n_bands = 3, .new_energy = new_energy, .n_new_energy = 2
};

static tl_best_sellers best_of(const tl_sold_car *cars_sold, size_t n, const tl_cars *cars,
                               const char *scope_id, tl_arena *arena)
{
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(cars, &rule, arena);
    tl_best_scope scope;
    tl_best_sellers best = { 0 };
    tl_error err = { 0 };
    if (tl_best_scope_find(&market, scope_id, arena, &scope, &err) != TL_OK ||
        tl_best_sellers_make(cars_sold, n, cars, &b, &market, &scope, arena, &best, &err) != TL_OK)
        fail_msg("%s: %s", scope_id, err.text);
    return best;
}

/* "rank name units g_km classes models/published/open;" for each. */
static const char *text_of(const tl_best_sellers *best, tl_arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < best->n; i++) {
        const tl_best_seller *s = &best->items[i];
        text = tl_arena_printf(arena, "%s%zu %s %.0f %.1f %d-%d %zu/%zu/%zu;", text, s->rank,
                               s->name, s->units, isnan(s->g_km) ? -1.0 : s->g_km, s->class_low,
                               s->class_high, s->models, s->published, s->open);
    }
    return text;
}

/* Classes by hand: of five peers, ranks 1 to 5 are classes 1 to 5 (200, 240, 260, 280, 300); g1 has
 * no peers. Series A: 3000 at 200, 1000 at 240 = 840000 / 4000 = 210, with a9 not yet published. */
static void test_ranks(void **state)
{
    static const struct {
        const char *scope, *want;
        double units, left;
    } cases[] = {
        { "all",
          "1 M · C 5000 -1.0 0-0 1/0/1;2 M · A 4500 210.0 1-2 3/2/1;3 N · B 4000 280.0 4-4 1/1/0;"
          "4 O · G 250 400.0 0-0 1/1/0;4 O · Gone 250 -1.0 0-0 1/0/0;",
          14000, 0 },
        { "nev",
          "1 M · C 5000 -1.0 0-0 1/0/1;2 M · A 4500 210.0 1-2 3/2/1;3 N · B 4000 280.0 4-4 1/1/0;",
          13500, 0 },
        { "low", "1 M · A 3000 200.0 1-1 1/1/0;", 3000, 750 },
        { "middle", "1 M · C 5000 -1.0 0-0 1/0/1;2 M · A 1000 240.0 2-2 1/1/0;", 6000, 750 },
        { "high", "1 N · B 4000 280.0 4-4 1/1/0;2 O · Gone 250 -1.0 0-0 1/0/0;", 4250, 750 },
    };
    const tl_cars cars = published(rows, TEST_COUNT(rows), *state);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const tl_best_sellers best = best_of(sold, TEST_COUNT(sold), &cars, cases[i].scope, *state);
        const char *got = text_of(&best, *state);
        double share = 0;
        for (size_t k = 0; k < best.n; k++)
            share += best.items[k].share;
        if (strcmp(got, cases[i].want) != 0 || best.units != cases[i].units ||
            best.units_left_out != cases[i].left || fabs(share - 1) > 1e-12)
            fail_msg("%s: %g units, %g left out, shares %g\n%s", cases[i].scope, best.units,
                     best.units_left_out, share, got);
    }
}

static void test_scopes(void **state)
{
    tl_best_scope scope;
    tl_error err = { 0 };
    assert_int_equal(tl_best_scope_find(&market, NULL, *state, &scope, NULL), TL_OK);
    assert_string_equal(scope.id, "all");
    if (tl_best_scope_find(&market, "cheap", *state, &scope, &err) != TL_EINPUT ||
        !strstr(err.text, "one of all, nev, low, middle, high"))
        fail_msg("'%s'", err.text);
}

/* The same sales and cars in another order: the same bits. */
static void test_any_order(void **state)
{
    enum { N = 600 };
    const tl_cars cars = published_random(N, 31, *state),
                  other = published_shuffled(&cars, 8, *state);
    static tl_sold_car list[N], turned[N];
    tl_random r = tl_random_seed(99);
    for (size_t i = 0; i < N; i++)
        list[i] = (tl_sold_car){ .record = cars.cars[i].id,
                                 .product = cars.cars[i].id,
                                 .maker = cars.makers.items[cars.cars[i].maker],
                                 .series = i % 7 ? "S" : "",
                                 .powertrain = "bev",
                                 .currency = "CNY",
                                 .units = (double)tl_random_below(&r, 100000),
                                 .price = (double)NAN };
    for (size_t i = 0; i < N; i++)
        turned[i] = list[(i * 7 + 3) % N];
    const tl_best_sellers x = best_of(list, N, &cars, "all", *state),
                          y = best_of(turned, N, &other, "all", *state);
    assert_int_equal(x.n, y.n);
    for (size_t i = 0; i < x.n; i++)
        if (strcmp(x.items[i].name, y.items[i].name) != 0 ||
            !published_same_bits(x.items[i].g_km, y.items[i].g_km) ||
            x.items[i].class_low != y.items[i].class_low)
            fail_msg("place %zu: %s and %s", i, x.items[i].name, y.items[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_scopes),
        cmocka_unit_test(test_any_order),
    };
    return cmocka_run_group_tests(tests, published_setup, published_teardown);
}

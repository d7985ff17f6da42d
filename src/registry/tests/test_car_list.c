/* test_car_list.c - cars by footprint under a filter, and those to take in place of one. */
#include "registry/car_list.h"
#include "registry/tests/published_test.h"

static const tl_car_filter any_car = { .lowest_g_km = (double)NAN,
                                       .highest_g_km = (double)NAN,
                                       .lowest_price = (double)NAN,
                                       .highest_price = (double)NAN };

/* "a b c": the ids in their order. */
static const char *ids_of(const tl_cars *cars, const tl_car_list *list, tl_arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < list->n; i++)
        text = tl_arena_printf(arena, "%s%s%s", text, i ? " " : "", cars->cars[list->places[i]].id);
    return text;
}

static const published_row rows[] = {
    { "a", "M", "compact", "suv", "bev", 180, 1500, NULL, 100000 },
    { "b", "M", "compact", "suv", "gasoline", 240, 1500, NULL, 100000 },
    { "c", "N", "compact", "suv", "gasoline", 220, 1500, NULL, 110000 },
    { "d", "N", "compact", "suv", "gasoline", 200, 1500, NULL, 110001 },
    { "e", "N", "compact", "suv", "gasoline", 220, 1500, NULL, 0 },
    { "f", "N", "compact", "sedan", "gasoline", 150, 1500, NULL, 90000 },
    { "g", "N", "midsize", "suv", "gasoline", 150, 1500, NULL, 90000 },
    { "h", "N", "compact", "suv", "gasoline", 240, 1500, NULL, 90000 },
    { "i", "N", NULL, "suv", "gasoline", 260, 1500, NULL, 90000 },
};

static const struct better_case {
    const char *label, *than, *want;
    tl_better_how how;
} better_cases[] = {
    /* d costs 110001, more than 1.1 x 100000; c just 1.1 x; e has no price to hold against it; h is
     * equal, so not better; equal footprints by id */
    { "one category, a tenth dearer at most", "b", "c e", { false, 0 } },
    { "other powertrains too", "b", "a c e", { true, 0 } },
    { "the best only", "b", "a", { true, 1 } },
    { "no price of its own: any will do", "e", "d", { false, 0 } },
    { "the lowest has no better", "a", "", { true, 0 } },
    { "size not known", "i", "", { true, 0 } },
};

static void test_better(void **state)
{
    const tl_cars cars = published(rows, TEST_COUNT(rows), *state);
    for (size_t i = 0; i < TEST_COUNT(better_cases); i++) {
        const struct better_case *c = &better_cases[i];
        tl_car_list got;
        tl_error err = { 0 };
        if (tl_car_better_make(&cars, published_find(&cars, c->than), &c->how, *state, &got,
                               &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        const char *ids = ids_of(&cars, &got, *state);
        if (strcmp(ids, c->want) != 0)
            fail_msg("%s: '%s', want '%s'", c->label, ids, c->want);
    }
}

/* c and e are of one series: only the first of them is named, d of another stands beside it. */
static void test_one_of_each_series(void **state)
{
    tl_cars cars = published(rows, TEST_COUNT(rows), *state);
    const tl_better_how how = { false, 0 };
    tl_car_list got;
    cars.cars[published_find(&cars, "c")].series = 1;
    cars.cars[published_find(&cars, "e")].series = 1;
    assert_int_equal(
        tl_car_better_make(&cars, published_find(&cars, "b"), &how, *state, &got, NULL), TL_OK);
    assert_string_equal(ids_of(&cars, &got, *state), "c");
}

static const struct list_case {
    const char *label, *want;
    double from, below;
    const char *powertrain;
} list_cases[] = {
    { "all, lowest first, equal ones by id", "f g a d c e b h i", NAN, NAN, NULL },
    { "a bar holds its lower edge and not its upper", "d c e", 200, 240, NULL },
    { "one powertrain", "a", NAN, NAN, "bev" },
    { "none", "", NAN, 150, NULL },
};

static void test_list(void **state)
{
    const tl_cars cars = published(rows, TEST_COUNT(rows), *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    for (size_t i = 0; i < TEST_COUNT(list_cases); i++) {
        const struct list_case *c = &list_cases[i];
        tl_car_filter f = any_car;
        tl_car_list got;
        f.lowest_g_km = c->from;
        f.powertrain = c->powertrain;
        assert_int_equal(tl_car_list_make(&cars, &b, &f, c->below, *state, &got, NULL), TL_OK);
        const char *ids = ids_of(&cars, &got, *state);
        if (strcmp(ids, c->want) != 0)
            fail_msg("%s: '%s', want '%s'", c->label, ids, c->want);
    }
}

/* The bars of a histogram and the lists behind them hold the same cars. */
static void test_bars_and_lists_agree(void **state)
{
    const tl_cars cars = published_random(3000, 7, *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    tl_car_histogram h;
    assert_int_equal(tl_car_histogram_make(&cars, &b, &any_car, 20, NULL, *state, &h, NULL), TL_OK);
    for (size_t i = 0; i < h.n; i++) {
        tl_car_filter f = any_car;
        tl_car_list got;
        f.lowest_g_km = h.from + h.width * (double)i;
        const double below = h.from + h.width * (double)(i + 1);
        assert_int_equal(tl_car_list_make(&cars, &b, &f, below, *state, &got, NULL), TL_OK);
        if (got.n != h.counts[i])
            fail_msg("bar %zu: %zu cars, the list has %zu", i, h.counts[i], got.n);
    }
}

static void test_refused(void **state)
{
    const tl_cars cars = published(rows, TEST_COUNT(rows), *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    tl_car_filter f = any_car;
    tl_car_list got;
    f.lowest_g_km = 300;
    f.highest_g_km = 200;
    assert_int_equal(tl_car_list_make(&cars, &b, &f, (double)NAN, *state, &got, NULL), TL_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_better),  cmocka_unit_test(test_one_of_each_series),
        cmocka_unit_test(test_list),    cmocka_unit_test(test_bars_and_lists_agree),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, published_setup, published_teardown);
}

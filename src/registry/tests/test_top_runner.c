/* test_top_runner.c - who is a candidate, who wins, and when nobody does. */
#include "registry/tests/published_test.h"
#include "registry/top_runner.h"

static const tl_award_rule half_year = { "2024-04", "2024-09", 0.1, 5 };

/* Footprints of one segment, launched in the window; want: how many win (SPEC 3.12, checks 1, 2).
 */
static const struct win_case {
    const char *label;
    double step;
    size_t least;
    double g_km[7];
    size_t want;
} win_cases[] = {
    { "3 candidates, no award", 0.1, 5, { 200, 210, 220 }, 0 },
    { "5 candidates", 0.1, 5, { 240, 230, 220, 210, 200 }, 1 },
    { "200.04 and 200.03 both show 200.0", 0.1, 5, { 200.04, 200.03, 220, 230, 240 }, 2 },
    { "finer step, the lower wins", 0.01, 5, { 200.04, 200.03, 220, 230, 240 }, 1 },
    { "200.05 shows 200.1, half is rounded up", 0.1, 5, { 200.05, 200.04, 220, 230, 240 }, 1 },
    { "200.05 and 200.14 both show 200.1", 0.1, 5, { 200.14, 200.05, 220, 230, 240 }, 2 },
    { "half up on many a tenth", 0.1, 5, { 200.35, 200.44, 200.4, 200.45, 240 }, 3 },
    { "all alike", 0.1, 5, { 200, 200, 200, 200, 200 }, 5 },
    { "least 3", 0.1, 3, { 200, 210, 220 }, 1 },
};

static void test_winners(void **state)
{
    for (size_t i = 0; i < TEST_COUNT(win_cases); i++) {
        const struct win_case *c = &win_cases[i];
        published_row rows[7];
        size_t n = 0, awards, left_out;
        const tl_award *a;
        tl_award_rule rule = half_year;
        tl_error err = { 0 };
        rule.step_g_km = c->step;
        rule.least = c->least;
        for (; n < 7 && c->g_km[n] > 0; n++)
            rows[n] = (published_row){ .id = tl_arena_printf(*state, "%zu", n),
                                       .size = "compact",
                                       .body = "suv",
                                       .powertrain = "bev",
                                       .g_km = c->g_km[n],
                                       .kerb_mass_kg = 1500,
                                       .launched = "2024-06-01" };
        const tl_cars cars = published(rows, n, *state);
        if (tl_awards_make(&cars, &rule, *state, &a, &awards, &left_out, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        if (awards != 1 || a->n != n || a->winners != c->want || left_out)
            fail_msg("%s: %zu awards, %zu winners of %zu, want %zu of %zu", c->label, awards,
                     awards ? a->winners : 0, awards ? a->n : 0, c->want, n);
        for (size_t k = 0; k < a->n; k++) {
            if (a->candidates[k].wins != (k < c->want))
                fail_msg("%s: candidate %zu", c->label, k);
            assert_true(k == 0 || a->candidates[k - 1].car->g_km <= a->candidates[k].car->g_km);
        }
    }
}

/* One car launched when? 'i' inside, 'o' outside, '?' not to be known. */
static const struct window_case {
    const char *from, *until, *launched;
    char want;
} window_cases[] = {
    { "2024-04", "2024-09", "2024-04", 'i' },
    { "2024-04", "2024-09", "2024-09", 'i' },
    { "2024-04", "2024-09", "2024-04-01", 'i' },
    { "2024-04", "2024-09", "2024-09-30", 'i' },
    { "2024-04", "2024-09", "2024-03-31", 'o' },
    { "2024-04", "2024-09", "2024-10-01", 'o' },
    { "2024-04", "2024-09", "2024-10", 'o' },
    { "2024-04", "2024-09", "2023", 'o' },
    { "2024-04", "2024-09", "2024", '?' },
    { "2024-04", "2024-09", "", '?' },
    { "2024-04", "2024-09", "soon", '?' },
    { "2024-04-01", "2024-09-15", "2024-09-15", 'i' },
    { "2024-04-01", "2024-09-15", "2024-09-16", 'o' },
    { "2024-04-01", "2024-09-15", "2024-09", '?' },
    { "2024-04-01", "2024-09-15", "2024-08", 'i' },
    { "2024-06-01", "2024-06-01", "2024-06-01", 'i' },
};

static void test_windows(void **state)
{
    for (size_t i = 0; i < TEST_COUNT(window_cases); i++) {
        const struct window_case *c = &window_cases[i];
        const published_row row = { .id = "x",
                                    .size = "compact",
                                    .body = "suv",
                                    .powertrain = "bev",
                                    .g_km = 200,
                                    .kerb_mass_kg = 1500,
                                    .launched = c->launched };
        const tl_award_rule rule = { c->from, c->until, 0.1, 1 };
        const tl_cars cars = published(&row, 1, *state);
        const tl_award *a;
        size_t n, left_out;
        assert_int_equal(tl_awards_make(&cars, &rule, *state, &a, &n, &left_out, NULL), TL_OK);
        if (n != (c->want == 'i') || left_out != (c->want == '?'))
            fail_msg("%s in %s to %s: %zu candidates, %zu left out, want '%c'", c->launched,
                     c->from, c->until, n, left_out, c->want);
    }
}

/* Segments in the order size, body, powertrain; ties in the order of ids; the others counted. */
static void test_segments(void **state)
{
    static const published_row rows[] = {
        { "z", "M", "midsize", "suv", "bev", 200, 1500, "2024-05", 0 },
        { "c", "M", "compact", "suv", "phev", 210, 1500, "2024-05", 0 },
        { "b", "M", "compact", "suv", "bev", 200, (double)NAN, "2024-05", 0 },
        { "a", "M", "compact", "suv", "bev", 200, 1500, "2024-05", 0 },
        { "d", "M", "compact", "sedan", "phev", 100, 1500, "2024-05", 0 },
        { "e", "M", "compact", NULL, "phev", 100, 1500, "2024-05", 0 },
        { "f", "M", "compact", "sedan", "phev", 100, 1500, NULL, 0 },
        { "g", "M", "compact", NULL, "phev", 100, 1500, "2025-05", 0 }, /* outside anyway */
    };
    static const char want[] = "d|ab|c|z|";
    char got[40] = "";
    size_t n, left_out, at = 0;
    const tl_award *a;
    const tl_cars cars = published(rows, TEST_COUNT(rows), *state);
    assert_int_equal(tl_awards_make(&cars, &half_year, *state, &a, &n, &left_out, NULL), TL_OK);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < a[i].n; k++)
            got[at++] = a[i].candidates[k].car->id[0];
        got[at++] = '|';
        assert_int_equal(a[i].winners, 0);
    }
    assert_string_equal(got, want);
    assert_int_equal(left_out, 2);
}

static void test_any_order(void **state)
{
    const tl_award_rule rule = { "2023", "2024-06", 1, 5 };
    const tl_cars cars = published_random(2000, 31, *state),
                  other = published_shuffled(&cars, 2, *state);
    const tl_award *a, *b;
    size_t n, m, out_a, out_b;
    assert_int_equal(tl_awards_make(&cars, &rule, *state, &a, &n, &out_a, NULL), TL_OK);
    assert_int_equal(tl_awards_make(&other, &rule, *state, &b, &m, &out_b, NULL), TL_OK);
    assert_true(n == m && n > 0 && out_a == out_b);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(a[i].n, b[i].n);
        assert_int_equal(a[i].winners, b[i].winners);
        for (size_t k = 0; k < a[i].n; k++)
            assert_string_equal(a[i].candidates[k].car->id, b[i].candidates[k].car->id);
    }
}

static void test_refusals(void **state)
{
    static const struct {
        const char *label;
        tl_award_rule rule;
        const char *words;
    } cases[] = {
        { "no window", { NULL, "2024-09", 0.1, 5 }, "launch window - to 2024-09" },
        { "words", { "spring", "2024-09", 0.1, 5 }, "expected days or months" },
        { "turned round", { "2024-09", "2024-04", 0.1, 5 }, "ends before it begins" },
        { "no such month", { "2024-04", "2024-13", 0.1, 5 }, "expected days or months" },
        { "step 0", { "2024-04", "2024-09", 0, 5 }, "step 0" },
        { "step no number", { "2024-04", "2024-09", NAN, 5 }, "step" },
        { "least 0", { "2024-04", "2024-09", 0.1, 0 }, "least 0" },
    };
    const tl_cars cars = published(NULL, 0, *state);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const tl_award *a;
        size_t n, left_out;
        tl_error err = { 0 };
        tl_status st = tl_awards_make(&cars, &cases[i].rule, *state, &a, &n, &left_out, &err);
        if (st != TL_EINPUT || !strstr(err.text, cases[i].words))
            fail_msg("%s: status %d, '%s'", cases[i].label, (int)st, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_winners),  cmocka_unit_test(test_windows),
        cmocka_unit_test(test_segments), cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, published_setup, published_teardown);
}

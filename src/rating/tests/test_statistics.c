/* test_statistics.c - histograms, group statistics and the check view. */
#include "rating/statistics.h"
#include "rating/tests/view_test.h"

static tl_scorecard bare(const char *id, tl_total total)
{
    return (tl_scorecard){ .company = { .id = id, .name_en = id },
                           .level = TL_LEVEL_TOTAL,
                           .score = { .total = total } };
}

/* The dozen in bins of 10 points: 73.1 in [70, 80), 65.2 and 62.9 in [60, 70), 59.5 in [50, 60),
 * 49.4 and 46.0 in [40, 50), 39.3 twice and 35.6 in [30, 40), 16.3 in [10, 20), 4.7 and 2.0 below
 * 10. */
static void test_histogram(void **state)
{
    view_fixture *f = *state;
    static const size_t want[] = { 2, 1, 0, 3, 2, 1, 2, 1, 0, 0 };
    tl_edition e = view_dozen_edition(f);
    tl_histogram h;
    assert_int_equal(
        tl_histogram_make(&f->x, view_league(f, &e), e.n, 10 * TL_POINT, f->arena, &h, NULL),
        TL_OK);
    assert_int_equal(h.n, VIEW_COUNT(want));
    assert_int_equal(h.width, 10 * TL_POINT);
    for (size_t i = 0; i < h.n; i++)
        if (h.counts[i] != want[i])
            fail_msg("bin %zu: %zu companies, want %zu", i, h.counts[i], want[i]);
}

/* An edge belongs to the bin above it, one ten-millionth less to the bin below; full points to the
 * last. */
static void test_edges(void **state)
{
    view_fixture *f = *state;
    const tl_total edge = VIEW_TOTAL(300), full = VIEW_TOTAL(1000);
    tl_scorecard cards[] = { bare("a", 0), bare("b", edge - 1), bare("c", edge), bare("d", full),
                             bare("e", full - 1) };
    tl_league_row rows[VIEW_COUNT(cards)] = { 0 };
    tl_histogram h;
    for (size_t i = 0; i < VIEW_COUNT(cards); i++)
        rows[i].card = &cards[i];
    assert_int_equal(tl_histogram_make(&f->x, rows, 5, 500, f->arena, &h, NULL), TL_OK);
    assert_int_equal(h.n, 200);
    assert_int_equal(h.counts[0], 1);
    assert_int_equal(h.counts[59], 1);
    assert_int_equal(h.counts[60], 1);
    assert_int_equal(h.counts[199], 2);
    assert_int_equal(tl_histogram_make(&f->x, rows, 5, 100 * TL_POINT, f->arena, &h, NULL), TL_OK);
    assert_int_equal(h.counts[0], 5);
}

static void test_histogram_refusals(void **state)
{
    view_fixture *f = *state;
    tl_scorecard good = bare("good", 0), high = bare("high", VIEW_TOTAL(1000) + 1),
                 low = bare("low", -1);
    const struct {
        const char *label, *words;
        tl_scorecard *card;
        tl_points width;
    } cases[] = {
        { "does not divide", "does not divide the full 100", &good, 7 * TL_POINT },
        { "zero", "does not divide", &good, 0 },
        { "negative", "does not divide", &good, -TL_POINT },
        { "wider than all", "does not divide", &good, 200 * TL_POINT },
        { "too many bins", "makes 100000 bins", &good, 1 },
        { "above full points", "high: ", &high, TL_POINT },
        { "below 0", "low: ", &low, TL_POINT },
    };
    for (size_t i = 0; i < VIEW_COUNT(cases); i++) {
        tl_league_row row = { .card = cases[i].card };
        tl_histogram h;
        tl_error err = { 0 };
        tl_status st = tl_histogram_make(&f->x, &row, 1, cases[i].width, f->arena, &h, &err);
        if (st != TL_EINPUT || !strstr(err.text, cases[i].words) || h.counts)
            fail_msg("%s: status %d, '%s'", cases[i].label, (int)st, err.text);
    }
}

static const tl_group_statistics *statistics(view_fixture *f, const tl_edition *e,
                                             tl_league_field field, size_t *n)
{
    const tl_group_statistics *g;
    tl_error err = { 0 };
    if (tl_statistics_make(&f->x, view_league(f, e), e->n, field, f->arena, &g, n, &err) != TL_OK)
        fail_msg("%s", err.text);
    return g;
}

/* By region, means and medians by hand:
 *   european         73.1 65.2 62.9 59.5 46.0: sum 306.7, mean 61.34, median 62.9
 *   chinese          16.3 4.7 2.0: sum 23.0, mean 7.6666..., median 4.7
 *   american         39.3 35.6: mean 37.45 = median
 *   japanese-korean  49.4 39.3: mean 44.35 = median */
static const struct region_case {
    const char *key;
    size_t n;
    double mean, median;
    int lowest, highest;
    size_t bands[4];
} regions[] = {
    { "european", 5, 61.34, 62.9, 460, 731, { 1, 3, 1, 0 } },
    { "chinese", 3, 23.0 / 3, 4.7, 20, 163, { 0, 0, 0, 3 } },
    { "american", 2, 37.45, 37.45, 356, 393, { 0, 0, 2, 0 } },
    { "japanese-korean", 2, 44.35, 44.35, 393, 494, { 0, 0, 2, 0 } },
};

static void test_regions(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    size_t n;
    const tl_group_statistics *g = statistics(f, &e, TL_BY_REGION_GROUP, &n);
    assert_int_equal(n, VIEW_COUNT(regions));
    for (size_t i = 0; i < n; i++) {
        const struct region_case *want = &regions[i];
        if (strcmp(g[i].key, want->key) != 0 || g[i].n != want->n ||
            g[i].lowest != VIEW_TOTAL(want->lowest) || g[i].highest != VIEW_TOTAL(want->highest) ||
            memcmp(g[i].bands, want->bands, sizeof want->bands) != 0)
            fail_msg("group %zu: %s of %zu, want %s of %zu", i, g[i].key, g[i].n, want->key,
                     want->n);
        view_near(want->key, g[i].mean_total, want->mean, 1e-12);
        view_near(want->key, g[i].median_total, want->median, 1e-12);
    }
}

/* Fields with one value, two, and one that is known of nobody. */
static void test_fields(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    static const struct {
        const char *label, *first;
        tl_league_field field;
        size_t groups, n_first;
    } cases[] = {
        { "nothing", "", TL_BY_NOTHING, 1, 12 },
        { "listed", "yes", TL_BY_LISTED, 2, 11 },
        { "country", "CN", TL_BY_COUNTRY, 6, 3 },
        { "product", "", TL_BY_PRODUCT_TYPE, 1, 12 },
    };
    for (size_t i = 0; i < VIEW_COUNT(cases); i++) {
        size_t n;
        const tl_group_statistics *g = statistics(f, &e, cases[i].field, &n);
        if (n != cases[i].groups || strcmp(g[0].key, cases[i].first) != 0 ||
            g[0].n != cases[i].n_first)
            fail_msg("%s: %zu groups, first '%s' of %zu", cases[i].label, n, g[0].key, g[0].n);
    }
    size_t n = 0;
    const tl_group_statistics *g = statistics(f, &e, TL_BY_COUNTRY, &n);
    static const char *const order[] = { "CN", "DE", "JP", "SE", "US", "NL" }; /* 3 2 2 2 2 1 */
    for (size_t i = 0; i < n; i++)
        assert_string_equal(g[i].key, order[i]);
    e.n = 0;
    statistics(f, &e, TL_BY_NOTHING, &n);
    assert_int_equal(n, 0);
}

/* Themes of the dozen above zero, and at full points; PCF: Mercedes-Benz, Volvo, BMW, Polestar and
 * Rivian have 6 of 6, Tesla 3.5, six nothing: mean (5 x 6 + 3.5) / (12 x 6) = 33.5 / 72. */
static void test_themes(void **state)
{
    view_fixture *f = *state;
    static const struct {
        const char *label;
        size_t theme, above, full;
    } cases[] = {
        { "S1&2 disclosure", 1, 10, 1 }, { "S1&2 targets", 2, 8, 1 },
        { "S1&2 action", 3, 11, 0 },     { "steel and aluminium", VIEW_STEEL, 8, 2 },
        { "PCF", VIEW_PRODUCT, 6, 5 },
    };
    size_t n;
    tl_edition e = view_dozen_edition(f);
    const tl_group_statistics *g = statistics(f, &e, TL_BY_NOTHING, &n);
    for (size_t i = 0; i < VIEW_COUNT(cases); i++) {
        const tl_theme_statistics *t = &g[0].themes[cases[i].theme];
        if (t->known != e.n || t->above_zero != cases[i].above || t->full != cases[i].full)
            fail_msg("%s: %zu above zero and %zu full of %zu, want %zu and %zu", cases[i].label,
                     t->above_zero, t->full, t->known, cases[i].above, cases[i].full);
    }
    assert_int_equal(g[0].all_themes, 5);
    view_near("PCF", g[0].themes[VIEW_PRODUCT].mean_rate, 33.5 / 72, 1e-15);
}

/* Of three companies one was not asked, one disclosed nothing and one has a real 0: the mean is
 * that of the zero alone; a theme nobody is known under has none. */
static void test_empties(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_edition(f, view_dozen, 3);
    tl_points *sheets[3];
    for (size_t i = 0; i < 3; i++) {
        sheets[i] = (tl_points *)(uintptr_t)e.cards[i].sheet;
        sheets[i][0] = i == 0 ? TL_SLOT_NOT_ASKED : i == 1 ? TL_SLOT_NOT_DISCLOSED : 0;
        sheets[i][1] = TL_SLOT_NOT_APPLICABLE;
        sheets[i][2] = i == 0 ? TL_SLOT_NOT_ASKED : 6500; /* half of 13 */
        tl_score_of(&f->x, TL_LEVEL_THEME, sheets[i], 3000, &e.cards[i].score);
    }
    size_t n;
    const tl_theme_statistics *t = statistics(f, &e, TL_BY_NOTHING, &n)[0].themes;
    assert_int_equal(t[0].known, 1);
    assert_int_equal(t[0].above_zero, 0);
    view_near("a real 0", t[0].mean_rate, 0, 0);
    assert_int_equal(t[1].known, 0);
    view_near("nobody known", t[1].mean_rate, (double)NAN, 0);
    assert_int_equal(t[2].known, 2);
    view_near("two halves", t[2].mean_rate, 0.5, 0);
}

static void test_checks(void **state)
{
    (void)state;
    static const struct {
        const char *label, *en, *zh;
        tl_points points, max;
        tl_check want;
    } cases[] = {
        { "full", "yes", "是", 3000, 3000, TL_CHECK_YES },
        { "some", "partly", "部分", 500, 3000, TL_CHECK_PARTLY },
        { "none", "no", "否", 0, 3000, TL_CHECK_NO },
        { "not asked", "not known", "未知", TL_SLOT_NOT_ASKED, 3000, TL_CHECK_UNKNOWN },
        { "not disclosed", "not known", "未知", TL_SLOT_NOT_DISCLOSED, 3000, TL_CHECK_UNKNOWN },
        { "not applicable", "not known", "未知", TL_SLOT_NOT_APPLICABLE, 3000, TL_CHECK_UNKNOWN },
    };
    for (size_t i = 0; i < VIEW_COUNT(cases); i++) {
        tl_check got = tl_check_of(cases[i].points, cases[i].max);
        if (got != cases[i].want || strcmp(tl_check_name(got, false), cases[i].en) != 0 ||
            strcmp(tl_check_name(got, true), cases[i].zh) != 0)
            fail_msg("%s: %s, want %s", cases[i].label, tl_check_name(got, false), cases[i].en);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_histogram, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_edges, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_histogram_refusals, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_regions, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_fields, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_themes, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_empties, view_setup, view_teardown),
        cmocka_unit_test(test_checks),
    };
    return cmocka_run_group_tests_name("statistics", tests, NULL, NULL);
}

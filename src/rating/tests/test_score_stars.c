/* test_score_stars.c - stars by score and share of mandatory items. */
#include "rating/score.h"

#include "rating/tests/index_test.h"

/* Source: the nine cases of SPEC 3.2, check 3, from table 12 of the guidelines. */
static const struct star_case {
    tl_points score;
    tl_weight share;
    int want;
} star_cases[] = {
    { 92000, 8500, 5 }, { 92000, 7990, 4 },  { 92000, 5900, 3 }, { 85000, 6000, 4 },
    { 85000, 5990, 3 }, { 79990, 10000, 3 }, { 60000, 0, 2 },    { 59990, 10000, 1 },
    { 90000, 8000, 5 }, { 173000, 0, 3 },    { 0, 0, 1 },        { 70000, 0, 3 },
};

static void test_stars(void **state)
{
    index_fixture *f = *state;
    index_load_stars(f);
    for (size_t i = 0; i < TEST_COUNT(star_cases); i++) {
        const struct star_case *c = &star_cases[i];
        int got = tl_score_stars(&f->x, c->score, c->share);
        if (got != c->want)
            fail_msg("score %d share %d: got %d, want %d", c->score, c->share, got, c->want);
    }
    index_load_small(f);
    assert_int_equal(tl_score_stars(&f->x, 20000, 10000), 0);
}

/* Source of the first four: companies of the published table (SERES 133 with 4 stars,
 * FAW-Volkswagen 87 with 3; the others are the edges). */
static void test_shares(void **state)
{
    static const struct {
        const char *label;
        tl_points score;
        int stars;
        tl_weight low, high; /* high 0 = contradiction */
    } rows[] = {
        { "133 with 4 stars", 133000, 4, 6000, 8000 },
        { "133 with 5 stars", 133000, 5, 8000, 10001 },
        { "87 with 3 stars", 87000, 3, 0, 6000 },
        { "87 with 4 stars", 87000, 4, 6000, 10001 },
        { "87 with 5 stars", 87000, 5, 0, 0 },
        { "87 with 2 stars", 87000, 2, 0, 0 },
        { "72 with 3 stars", 72000, 3, 0, 10001 },
        { "59 with 1 star", 59000, 1, 0, 10001 },
        { "59 with 2 stars", 59000, 2, 0, 0 },
        { "no such stars", 59000, 7, 0, 0 },
    };
    index_fixture *f = *state;
    index_load_stars(f);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_weight low = 0, high = 0;
        tl_status st =
            tl_score_star_shares(&f->x, rows[i].score, rows[i].stars, &low, &high, &f->err);
        expect(rows[i].label, st, rows[i].high ? TL_OK : TL_ECONFLICT, &f->err, NULL);
        if (low != rows[i].low || high != rows[i].high)
            fail_msg("%s: got %d to %d, want %d to %d", rows[i].label, low, high, rows[i].low,
                     rows[i].high);
    }
    assert_non_null(strstr(f->err.text, "gives 7 stars for a score of 59 under small@1"));
}

/* The range holds exactly the shares that give these stars. */
static void test_shares_invert(void **state)
{
    index_fixture *f = *state;
    index_load_stars(f);
    for (tl_points score = 0; score <= 110000; score += 5000)
        for (int stars = 1; stars <= 5; stars++) {
            tl_weight low = 1, high = 0;
            tl_status st = tl_score_star_shares(&f->x, score, stars, &low, &high, NULL);
            for (tl_weight share = 0; share <= TL_WEIGHT_ONE; share += 10) {
                bool inside = st == TL_OK && low <= share && share < high;
                if (inside != (tl_score_stars(&f->x, score, share) == stars))
                    fail_msg("score %d, %d stars, share %d", score, stars, share);
            }
        }
}

static void test_sheet(void **state)
{
    static const struct {
        const char *label;
        tl_points sheet[6], score;
        tl_weight share;
        int stars;
    } rows[] = {
        { "all", { 25000, 25000, 25000, 25000, 20000, 30000 }, 150000, 10000, 5 },
        { "three of four", { 25000, 25000, 25000, 24000, 0, 0 }, 99000, 7500, 4 },
        { "two of four and all bonus", { 25000, 25000, 0, 0, 20000, 30000 }, 100000, 5000, 3 },
        { "bonus alone", { -1, -2, -3, 0, 20000, 30000 }, 50000, 0, 1 },
        { "nothing asked", { -1, -1, -1, -1, -1, -1 }, 0, 0, 1 },
    };
    index_fixture *f = *state;
    index_load_stars(f);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_points score;
        tl_weight share;
        tl_score s;
        tl_score_star_sheet(&f->x, rows[i].sheet, &score, &share);
        tl_score_of(&f->x, TL_LEVEL_INDICATOR, rows[i].sheet, 0, &s);
        if (score != rows[i].score || share != rows[i].share ||
            tl_score_stars(&f->x, score, share) != rows[i].stars ||
            s.total != (tl_total)score * TL_WEIGHT_ONE)
            fail_msg("%s: %d points, share %d", rows[i].label, score, share);
    }
}

/* Bonus lifts a total above the full points; without items nobody knows how far. */
static void test_total(void **state)
{
    index_fixture *f = *state;
    const index_change no_items = { "items.csv", NULL, NULL };
    const tl_points bonus[] = { 150000 }, more[] = { 151000 }, half[] = { 87500 };
    index_load_stars(f);
    expect("all bonus", tl_score_check(&f->x, TL_LEVEL_TOTAL, bonus, &f->err), TL_OK, &f->err,
           NULL);
    expect("more", tl_score_check(&f->x, TL_LEVEL_TOTAL, more, &f->err), TL_EINPUT, &f->err,
           "total of small: 151 points, expected at most 150");
    expect("half a point", tl_score_check(&f->x, TL_LEVEL_TOTAL, half, &f->err), TL_EINPUT, &f->err,
           "expected a multiple of 1");
    assert_int_equal(index_load(f, star_index, TEST_COUNT(star_index), &no_items), TL_OK);
    expect("no items", tl_score_check(&f->x, TL_LEVEL_TOTAL, more, &f->err), TL_OK, &f->err, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_stars, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_shares, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_shares_invert, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_sheet, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_total, index_setup, index_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

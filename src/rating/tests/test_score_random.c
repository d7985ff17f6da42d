/* test_score_random.c - what holds for every sheet, tried on random ones. The seed is printed; set
 * TL_SEED for another. */
#include "rating/score.h"

#include "base/number.h"
#include "base/random.h"
#include "rating/tests/index_test.h"

enum { SHEETS = 20000, SLOTS = 8 };

static uint64_t seed(void)
{
    const char *text = getenv("TL_SEED");
    int64_t n = 20261122;
    if (text && tl_int_parse(text, 0, INT64_MAX, &n, NULL) != TL_OK)
        fail_msg("TL_SEED is no whole number");
    print_message("seed %lld\n", (long long)n);
    return (uint64_t)n;
}

/* Any sheet that passes the check; one slot in four is empty. */
static void fill(const tl_index *x, tl_random *r, tl_points *sheet)
{
    for (size_t s = 0; s < x->n_slots; s++) {
        const tl_index_item *item = &x->items[x->slot_items[s]];
        uint64_t steps = (uint64_t)(item->max / item->step) + 1;
        sheet[s] = tl_random_below(r, 4) == 0 ? -1 - (tl_points)tl_random_below(r, 3)
                                              : (tl_points)tl_random_below(r, steps) * item->step;
    }
    assert_int_equal(tl_score_check(x, TL_LEVEL_INDICATOR, sheet, NULL), TL_OK);
}

static tl_total total_of(const tl_index *x, const tl_points *sheet, tl_weight w)
{
    tl_score score;
    tl_score_of(x, TL_LEVEL_INDICATOR, sheet, w, &score);
    return score.total;
}

/* More points anywhere never bring a lower total. */
static void test_monotone(void **state)
{
    index_fixture *f = *state;
    tl_random r = tl_random_seed(seed());
    index_load_small(f);
    for (int i = 0; i < SHEETS; i++) {
        tl_points sheet[SLOTS];
        fill(&f->x, &r, sheet);
        size_t s = tl_random_below(&r, SLOTS);
        tl_weight w = (tl_weight)tl_random_below(&r, TL_WEIGHT_ONE + 1);
        tl_total before = total_of(&f->x, sheet, w);
        const tl_index_item *item = &f->x.items[f->x.slot_items[s]];
        sheet[s] = sheet[s] < 0 ? 0 : sheet[s] + item->step;
        if (sheet[s] <= item->max && total_of(&f->x, sheet, w) < before)
            fail_msg("sheet %d: slot %zu brings the total down", i, s);
    }
}

/* The themes of a sheet are themes that can be, agree with it, and give its total. */
static void test_levels(void **state)
{
    index_fixture *f = *state;
    tl_random r = tl_random_seed(seed());
    index_load_small(f);
    for (int i = 0; i < SHEETS; i++) {
        tl_points sheet[SLOTS];
        tl_score low, high;
        fill(&f->x, &r, sheet);
        tl_weight w = (tl_weight)tl_random_below(&r, TL_WEIGHT_ONE + 1);
        tl_score_of(&f->x, TL_LEVEL_INDICATOR, sheet, w, &low);
        if (tl_score_check(&f->x, TL_LEVEL_THEME, low.theme, &f->err) != TL_OK)
            fail_msg("sheet %d: %s", i, f->err.text);
        tl_score_of(&f->x, TL_LEVEL_THEME, low.theme, w, &high);
        if (low.total != high.total || low.counted != high.counted ||
            memcmp(low.group, high.group, sizeof low.group) != 0 ||
            low.positive_themes != high.positive_themes)
            fail_msg("sheet %d: %lld by indicators, %lld by themes", i, (long long)low.total,
                     (long long)high.total);
        if (tl_score_agree(&f->x, sheet, low.theme, NULL, &f->err) != TL_OK)
            fail_msg("sheet %d: %s", i, f->err.text);
        size_t t = tl_random_below(&r, f->x.n_themes);
        low.theme[t] = low.theme[t] > 0 ? low.theme[t] - 500 : 500;
        assert_int_equal(tl_score_agree(&f->x, sheet, low.theme, NULL, NULL), TL_ECONFLICT);
    }
}

/* It does not matter which of two parallel indicators has which points. */
static void test_parallel(void **state)
{
    index_fixture *f = *state;
    tl_random r = tl_random_seed(seed());
    index_load_small(f);
    int a = f->x.items[tl_index_find_item(&f->x, "2.2.2")].slot;
    int b = f->x.items[tl_index_find_item(&f->x, "2.2.2p")].slot;
    for (int i = 0; i < SHEETS; i++) {
        tl_points sheet[SLOTS];
        tl_score before, after;
        fill(&f->x, &r, sheet);
        tl_score_of(&f->x, TL_LEVEL_INDICATOR, sheet, 3000, &before);
        tl_points held = sheet[a];
        sheet[a] = sheet[b];
        sheet[b] = held;
        tl_score_of(&f->x, TL_LEVEL_INDICATOR, sheet, 3000, &after);
        if (before.total != after.total || before.counted != after.counted ||
            before.answered != after.answered || before.asked != after.asked ||
            memcmp(before.theme, after.theme, sizeof before.theme) != 0)
            fail_msg("sheet %d: %d and %d", i, sheet[b], sheet[a]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_monotone, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_levels, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_parallel, index_setup, index_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

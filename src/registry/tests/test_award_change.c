/* test_award_change.c - which kept awards today's versions would give to others, and why. */
#include "registry/award.h"
#include "registry/tests/published_test.h"

/* Cars "a", "b", ... of one segment: g/km then and now; 0: no candidate. A version changes with
 * its value, or alone where `again` names the car. */
static const struct change_case {
    const char *label;
    size_t least;
    double then[6], now[6];
    const char *again;
    const char *won, *wins; /* ids */
    bool would;
    const char *causes; /* id and why: c corrected, g gone, a added */
} change_cases[] = {
    { "nothing happened", 3, { 200, 210, 220 }, { 200, 210, 220 }, "", "a", "a", false, "" },
    { "a new version of the same value",
      3,
      { 200, 210, 220 },
      { 200, 210, 220 },
      "a",
      "a",
      "a",
      false,
      "" },
    { "the winner grows better", 3, { 200, 210, 220 }, { 190, 210, 220 }, "", "a", "a", false, "" },
    { "another overtakes", 3, { 200, 210, 220 }, { 200, 190, 220 }, "", "a", "b", true, "bc" },
    { "the winner falls back", 3, { 200, 210, 220 }, { 215, 210, 220 }, "", "a", "b", true, "ac" },
    { "both, each alone would do",
      3,
      { 200, 210, 220 },
      { 215, 190, 220 },
      "",
      "a",
      "b",
      true,
      "acbc" },
    { "a correction that decides nothing is not named",
      3,
      { 200, 210, 220 },
      { 200, 190, 219 },
      "",
      "a",
      "b",
      true,
      "bc" },
    { "within the step: joint",
      3,
      { 200.04, 210, 220 },
      { 200.04, 200.03, 220 },
      "",
      "a",
      "ab",
      true,
      "bc" },
    { "the winner is withdrawn", 2, { 200, 210, 220 }, { 0, 210, 220 }, "", "a", "b", true, "ag" },
    { "too few are left", 3, { 200, 210, 220 }, { 200, 210, 0 }, "", "a", "", true, "cg" },
    { "now there are enough", 3, { 200, 210 }, { 200, 210, 220 }, "", "", "a", true, "ca" },
    { "a newcomer is lower",
      3,
      { 200, 210, 220 },
      { 200, 210, 220, 190 },
      "",
      "a",
      "d",
      true,
      "da" },
    { "a newcomer is not", 3, { 200, 210, 220 }, { 200, 210, 220, 230 }, "", "a", "a", false, "" },
    { "two newcomers together make enough",
      4,
      { 200, 210 },
      { 200, 210, 220, 230 },
      "",
      "",
      "a",
      true,
      "cada" },
    { "three newcomers, each is needed",
      5,
      { 200, 210 },
      { 195, 210, 220, 230, 240 },
      "",
      "",
      "a",
      true,
      "cadaea" },
    { "three of whom two would do: no single one, so all that changed",
      4,
      { 200, 210 },
      { 195, 210, 220, 230, 240 },
      "",
      "",
      "a",
      true,
      "accadaea" },
    { "nobody is left", 3, { 200, 210, 220 }, { 0 }, "", "a", "", true, "agbgcg" },
};

static const char letters[] = "abcdef";

static size_t rows_of(const double g_km[6], const double then[6], const char *again,
                      published_row rows[6], int64_t versions[6], tl_arena *arena)
{
    size_t n = 0;
    for (size_t i = 0; i < 6; i++) {
        if (!(g_km[i] > 0))
            continue;
        versions[n] = then && (g_km[i] != then[i] || strchr(again, letters[i])) ? 2 : 1;
        rows[n++] = (published_row){ .id = tl_arena_printf(arena, "%c", letters[i]),
                                     .size = "compact",
                                     .body = "suv",
                                     .powertrain = "bev",
                                     .g_km = g_km[i],
                                     .kerb_mass_kg = 1500,
                                     .launched = "2024-06" };
    }
    return n;
}

static tl_cars cars_of(const double g_km[6], const double then[6], const char *again,
                       tl_arena *arena)
{
    published_row rows[6];
    int64_t versions[6];
    const size_t n = rows_of(g_km, then, again, rows, versions, arena);
    tl_cars cars = published(rows, n, arena);
    for (size_t i = 0; i < n; i++)
        cars.cars[i].version = versions[i];
    return cars;
}

/* The award as it would have been kept over these cars; ranks and winners play no part here. */
static tl_kept_award kept_of(const tl_cars *cars, size_t least, tl_arena *arena)
{
    tl_award_row *rows = tl_arena_alloc(arena, cars->n + 1, sizeof *rows);
    assert_non_null(rows);
    for (size_t i = 0; i < cars->n; i++)
        rows[i] = (tl_award_row){ .size = "compact",
                                  .body = "suv",
                                  .powertrain = "bev",
                                  .record = cars->cars[i].id,
                                  .version = cars->cars[i].version,
                                  .product = cars->cars[i].product,
                                  .launched = "2024-06",
                                  .g_km = cars->cars[i].g_km };
    return (tl_kept_award){ .round = { .id = "h1", .rule = { "2024-04", "2024-09", 0.1, least } },
                            .rows = rows,
                            .n = cars->n };
}

static const char *ids(const char *const *list, size_t n, tl_arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++)
        text = tl_arena_printf(arena, "%s%s", text, list[i]);
    return text;
}

static const char *causes_of(const tl_award_change *c, tl_arena *arena)
{
    static const char why[] = {
        [TL_AWARD_CORRECTED] = 'c', [TL_AWARD_GONE] = 'g', [TL_AWARD_ADDED] = 'a'
    };
    const char *text = "";
    for (size_t i = 0; i < c->n_causes; i++)
        text =
            tl_arena_printf(arena, "%s%s%c", text, c->causes[i].record, why[c->causes[i].reason]);
    return text;
}

static void test_changes(void **state)
{
    tl_arena *arena = *state;
    for (size_t i = 0; i < TEST_COUNT(change_cases); i++) {
        const struct change_case *c = &change_cases[i];
        const tl_award_change *list;
        size_t n;
        tl_error err = { 0 };
        const tl_cars then = cars_of(c->then, NULL, "", arena),
                      now = cars_of(c->now, c->then, c->again, arena);
        const tl_kept_award a = kept_of(&then, c->least, arena);
        if (tl_award_compare(&a, &now, arena, &list, &n, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        if (n != 1)
            fail_msg("%s: %zu segments", c->label, n);
        const char *won = ids(list->winners_then, list->n_then, arena),
                   *wins = ids(list->winners_now, list->n_now, arena),
                   *causes = causes_of(list, arena);
        if (strcmp(won, c->won) != 0 || strcmp(wins, c->wins) != 0 ||
            list->would_change != c->would)
            fail_msg("%s: then %s, now %s, would change %d", c->label, won, wins,
                     list->would_change);
        if (strcmp(causes, c->causes) != 0)
            fail_msg("%s: causes %s, want %s", c->label, causes, c->causes);
    }
}

/* What the page says of one correction: 220 -> 190 under version 2. */
static void test_cause(void **state)
{
    static const double before[6] = { 200, 210, 220 }, after[6] = { 200, 210, 190 };
    const tl_award_change *list;
    size_t n;
    const tl_cars then = cars_of(before, NULL, "", *state),
                  now = cars_of(after, before, "", *state);
    const tl_kept_award a = kept_of(&then, 3, *state);
    assert_int_equal(tl_award_compare(&a, &now, *state, &list, &n, NULL), TL_OK);
    assert_int_equal(list->n_causes, 1);
    assert_string_equal(list->causes->record, "c");
    assert_int_equal(list->causes->version_then, 1);
    assert_int_equal(list->causes->version_now, 2);
    assert_true(list->causes->g_km_then == 220 && list->causes->g_km_now == 190);
    assert_string_equal(list->size, "compact");
}

/* A car that moved to another segment is gone in one and added in the other. */
static void test_moved(void **state)
{
    static const double before[6] = { 200, 210, 220 };
    const tl_award_change *list;
    size_t n;
    const tl_cars then = cars_of(before, NULL, "", *state);
    const tl_kept_award a = kept_of(&then, 1, *state);
    const published_row rows[] = {
        { "a", "M", "midsize", "suv", "bev", 200, 1500, "2024-06", 0 },
        { "b", "M", "compact", "suv", "bev", 210, 1500, "2024-06", 0 },
        { "c", "M", "compact", "suv", "bev", 220, 1500, "2024-06", 0 },
    };
    tl_cars now = published(rows, 3, *state);
    now.cars[0].version = 2;
    assert_int_equal(tl_award_compare(&a, &now, *state, &list, &n, NULL), TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(causes_of(&list[0], *state), "ag");
    assert_string_equal(causes_of(&list[1], *state), "aa");
    assert_string_equal(list[1].size, "midsize");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_changes),
                                        cmocka_unit_test(test_cause),
                                        cmocka_unit_test(test_moved) };
    return cmocka_run_group_tests(tests, published_setup, published_teardown);
}

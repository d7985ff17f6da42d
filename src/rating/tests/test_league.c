/* test_league.c - order, ties, change against the edition before, bands, filters. */
#include "rating/tests/view_test.h"

/* Ranks among the dozen. Rivian 9+6 + 0.6 x (8+3+1.5+0) + 1.4 x (5.5+3.5+3+0) = 15 + 7.5 + 16.8 =
 * 39.3; Subaru 8 + 0.6 x (9+8+6.5+3) + 1.4 x (3+3.5+4.5+0) = 8 + 15.9 + 15.4 = 39.3: a tie.
 * Mercedes-Benz 9.5+6 + 0.6 x (10+12+9+2) + 1.4 x (6+13+7.5+0.5) = 15.5 + 19.8 + 37.8 = 73.1. */
static const struct rank_case {
    const char *id;
    size_t rank;
    bool tied;
    int total; /* tenths */
    const char *band;
} dozen[] = {
    { "mercedes-benz", 1, false, 731, "top" }, { "volvo", 2, false, 652, "high" },
    { "bmw", 3, false, 629, "high" },          { "polestar", 4, false, 595, "high" },
    { "toyota", 5, false, 494, "middle" },     { "stellantis", 6, false, 460, "middle" },
    { "rivian", 7, true, 393, "middle" },      { "subaru", 7, true, 393, "middle" },
    { "tesla", 9, false, 356, "middle" },      { "byd", 10, false, 163, "low" },
    { "jac", 11, false, 47, "low" },           { "hozon", 12, false, 20, "low" },
};

static void test_dozen(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    const tl_league_row *rows = view_league(f, &e);
    for (size_t i = 0; i < VIEW_COUNT(dozen); i++) {
        const struct rank_case *want = &dozen[i];
        const tl_league_row *r = &rows[i];
        if (strcmp(r->card->company.id, want->id) != 0 || r->rank != want->rank ||
            r->tied != want->tied || strcmp(r->band->code, want->band) != 0 || r->rank_before != 0)
            fail_msg("place %zu: %s rank %zu tied %d %s before %zu, want %s %zu %d %s", i,
                     r->card->company.id, r->rank, r->tied, r->band->code, r->rank_before, want->id,
                     want->rank, want->tied, want->band);
        /* all but Stellantis and Tesla come to whole tenths; so do these: 46.0 and 35.6 */
        if (r->card->score.total != VIEW_TOTAL(want->total))
            fail_msg("%s: total %lld, want %d tenths", want->id, (long long)r->card->score.total,
                     want->total);
    }
}

/* A card that has nothing but a total. */
static tl_scorecard bare(const char *id, const char *name, int tenths)
{
    return (tl_scorecard){ .company = { .id = id, .name_en = name },
                           .level = TL_LEVEL_TOTAL,
                           .score = { .total = VIEW_TOTAL(tenths) } };
}

/* Equal totals: by English name in bytes ("Z" before "a"), then id; one rank for all of them. */
static void test_ties(void **state)
{
    view_fixture *f = *state;
    tl_scorecard cards[] = { bare("a", "zeta", 500), bare("b", "Zeta", 500), bare("c", "Al", 500),
                             bare("d", "Al", 500),   bare("e", "Al", 501),   bare("f", "Al", 499) };
    const char *const order[] = { "e", "c", "d", "b", "a", "f" };
    const size_t ranks[] = { 1, 2, 2, 2, 2, 6 };
    tl_edition e = { .index = &f->x, .cards = cards, .n = VIEW_COUNT(cards) };
    const tl_league_row *rows = view_league(f, &e);
    for (size_t i = 0; i < e.n; i++)
        if (strcmp(rows[i].card->company.id, order[i]) != 0 || rows[i].rank != ranks[i] ||
            rows[i].tied != (ranks[i] == 2))
            fail_msg("place %zu: %s rank %zu tied %d, want %s %zu", i, rows[i].card->company.id,
                     rows[i].rank, rows[i].tied, order[i], ranks[i]);
}

/* One ten-millionth of a point is enough to be apart. */
static void test_near_tie(void **state)
{
    view_fixture *f = *state;
    tl_scorecard cards[] = { bare("a", "A", 393), bare("b", "B", 393) };
    cards[1].score.total++;
    tl_edition e = { .index = &f->x, .cards = cards, .n = 2 };
    const tl_league_row *rows = view_league(f, &e);
    assert_string_equal(rows[0].card->company.id, "b");
    assert_int_equal(rows[1].rank, 2);
    assert_false(rows[1].tied);
}

/* Before: a 60, b 40, d 40, z 10. b and d shared rank 2; c was not there; z has gone. */
static void test_before(void **state)
{
    view_fixture *f = *state;
    tl_scorecard now[] = { bare("a", "A", 300), bare("b", "B", 500), bare("c", "C", 400),
                           bare("d", "D", 200) };
    tl_scorecard then[] = { bare("a", "A", 600), bare("b", "B", 400), bare("d", "D", 400),
                            bare("z", "Z", 100) };
    tl_edition e = { .index = &f->x, .cards = now, .n = 4 };
    tl_edition before = { .index = &f->x, .cards = then, .n = 4 };
    const struct {
        const char *id;
        size_t rank, rank_before;
        int total_before;
    } want[] = { { "b", 1, 2, 400 }, { "c", 2, 0, 0 }, { "a", 3, 1, 600 }, { "d", 4, 2, 400 } };
    const tl_league_row *rows;
    size_t n;
    assert_int_equal(tl_league_make(&e, &before, f->arena, &rows, &n, NULL), TL_OK);
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].card->company.id, want[i].id) != 0 || rows[i].rank != want[i].rank ||
            rows[i].rank_before != want[i].rank_before ||
            rows[i].total_before != VIEW_TOTAL(want[i].total_before))
            fail_msg("place %zu: %s %zu before %zu, want %s %zu before %zu", i,
                     rows[i].card->company.id, rows[i].rank, rows[i].rank_before, want[i].id,
                     want[i].rank, want[i].rank_before);
}

static void test_nobody(void **state)
{
    view_fixture *f = *state;
    tl_scorecard one[] = { bare("a", "A", 300) };
    tl_edition none = { .index = &f->x }, some = { .index = &f->x, .cards = one, .n = 1 };
    const tl_league_row *rows;
    size_t n = 7;
    assert_int_equal(tl_league_make(&none, &some, f->arena, &rows, &n, NULL), TL_OK);
    assert_int_equal(n, 0);
    assert_int_equal(tl_league_make(&some, &none, f->arena, &rows, &n, NULL), TL_OK);
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].rank_before, 0);
}

static const struct filter_case {
    const char *label;
    tl_league_filter filter;
    size_t want; /* of the dozen */
} filters[] = {
    { "none", { 0 }, 12 },
    { "region", { .region_group = "european" }, 5 },
    { "country", { .country = "SE" }, 2 },
    { "listed", { .listed = "no" }, 1 },
    { "band", { .band = "high" }, 3 },
    { "industry", { .industry = "automobile" }, 12 },
    { "another industry", { .industry = "steel" }, 0 },
    { "product not known", { .product_type = "" }, 12 },
    { "two at once", { .region_group = "european", .band = "high" }, 3 },
    { "two that exclude each other", { .country = "JP", .listed = "no" }, 0 },
    { "part of a word", { .region_group = "euro" }, 0 },
};

static void test_filters(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    const tl_league_row *rows = view_league(f, &e);
    for (size_t k = 0; k < VIEW_COUNT(filters); k++) {
        size_t shown = 0;
        for (size_t i = 0; i < e.n; i++)
            shown += tl_league_shows(&filters[k].filter, &rows[i]);
        if (shown != filters[k].want)
            fail_msg("%s: %zu companies, want %zu", filters[k].label, shown, filters[k].want);
    }
    tl_league_row bandless = rows[0];
    bandless.band = NULL;
    assert_false(tl_league_shows(&(tl_league_filter){ .band = "high" }, &bandless));
    assert_true(tl_league_shows(NULL, &bandless));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_dozen, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_ties, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_near_tie, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_before, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_nobody, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_filters, view_setup, view_teardown),
    };
    return cmocka_run_group_tests_name("league", tests, NULL, NULL);
}

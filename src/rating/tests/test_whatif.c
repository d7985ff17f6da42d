/* test_whatif.c - totals and ranks under other weights, against hand calculations and against plain
 * counting at every share. */
#include "rating/tests/view_test.h"

static const tl_whatif_row *whatif(view_fixture *f, const tl_league_row *league, size_t n,
                                   const tl_weight w[3])
{
    const tl_whatif_row *rows;
    tl_error err = { 0 };
    if (tl_whatif_make(league, n, &f->x, w[0], w[1], w[2], f->arena, &rows, &err) != TL_OK)
        fail_msg("%s", err.text);
    return rows;
}

static const tl_whatif_row *row_of(const tl_whatif_row *rows, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].row->card->company.id, id) == 0)
            return &rows[i];
    fail_msg("no %s", id);
    return NULL;
}

/* Rivian and Subaru alone. With the share w: Rivian 15 + 2w x 12.5 + 2(1-w) x 12 = 39 + w, Subaru
 * 8 + 2w x 26.5 + 2(1-w) x 11 = 30 + 31w. They meet at w = 0.3, where both have 39.3; below it
 * Rivian is first, above it Subaru. At 0.5: 39.5 and 45.5. */
static const struct crossing_case {
    const char *label;
    tl_weight w[3];
    int total[2]; /* tenths: Rivian, Subaru */
    size_t rank[2], best[2], worst[2];
    tl_weight best_at[2], worst_at[2];
} crossings[] = {
    { "0.2 to 0.4",
      { 5000, 2000, 4000 },
      { 395, 455 },
      { 2, 1 },
      { 1, 1 },
      { 2, 2 },
      { 2000, 3000 },
      { 3001, 2000 } },
    { "at the tie only",
      { 3000, 3000, 3000 },
      { 393, 393 },
      { 1, 1 },
      { 1, 1 },
      { 1, 1 },
      { 3000, 3000 },
      { 3000, 3000 } },
    { "above it",
      { 3000, 3001, 10000 },
      { 393, 393 },
      { 1, 1 },
      { 2, 1 },
      { 2, 1 },
      { 3001, 3001 },
      { 3001, 3001 } },
    { "all, from 0",
      { 0, 0, 10000 },
      { 390, 300 },
      { 1, 2 },
      { 1, 1 },
      { 2, 2 },
      { 0, 3000 },
      { 3001, 0 } },
    { "all, from 1",
      { 10000, 0, 10000 },
      { 400, 610 },
      { 2, 1 },
      { 1, 1 },
      { 2, 2 },
      { 0, 3000 },
      { 3001, 0 } },
};

static void test_crossing(void **state)
{
    view_fixture *f = *state;
    const view_company two[] = { view_dozen[6], view_dozen[8] };
    tl_edition e = view_edition(f, two, 2);
    const tl_league_row *league = view_league(f, &e);
    for (size_t k = 0; k < VIEW_COUNT(crossings); k++) {
        const tl_whatif_row *rows = whatif(f, league, 2, crossings[k].w);
        for (size_t i = 0; i < 2; i++) {
            const tl_whatif_row *r = row_of(rows, 2, two[i].id);
            if (r->total != VIEW_TOTAL(crossings[k].total[i]) || r->rank != crossings[k].rank[i] ||
                r->best != crossings[k].best[i] || r->worst != crossings[k].worst[i] ||
                r->best_at != crossings[k].best_at[i] || r->worst_at != crossings[k].worst_at[i])
                fail_msg("%s, %s: %lld, rank %zu, best %zu at %d, worst %zu at %d",
                         crossings[k].label, two[i].id, (long long)r->total, r->rank, r->best,
                         (int)r->best_at, r->worst, (int)r->worst_at);
        }
        assert_true(rows[0].rank <= rows[1].rank);
    }
}

/* The published table under its own share is the league table, and moves nothing in it. */
static void test_own_share(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    const tl_league_row *league = view_league(f, &e);
    const tl_whatif_row *rows = whatif(f, league, e.n, (tl_weight[]){ 3000, 2000, 4000 });
    for (size_t i = 0; i < e.n; i++) {
        if (rows[i].row != &league[i] || rows[i].rank != league[i].rank ||
            rows[i].total != league[i].card->score.total)
            fail_msg("place %zu: %s, rank %zu", i, rows[i].row->card->company.id, rows[i].rank);
        if (rows[i].best > rows[i].rank || rows[i].worst < rows[i].rank)
            fail_msg("%s: rank %zu outside %zu to %zu", rows[i].row->card->company.id, rows[i].rank,
                     rows[i].best, rows[i].worst);
    }
    /* Mercedes-Benz leads under every share: 15.5 + 66w + 54(1-w) = 69.5 + 12w; Volvo, next, has
     * 15.5 + 56w + 47(1-w). */
    assert_int_equal(rows[0].best, 1);
    assert_int_equal(rows[0].worst, 1);
}

/* Best and worst by counting, at every share, those strictly above. */
static void count_ranks(const tl_edition *e, const tl_whatif_row *r, const tl_weight w[3],
                        tl_whatif_row *want)
{
    const tl_index *x = e->index;
    want->best = SIZE_MAX;
    want->worst = 0;
    for (tl_weight at = w[1]; at <= w[2]; at++) {
        const tl_total own = tl_score_total(x, r->row->card->score.group, at);
        size_t rank = 1;
        for (size_t i = 0; i < e->n; i++)
            rank += tl_score_total(x, e->cards[i].score.group, at) > own;
        if (rank < want->best) {
            want->best = rank;
            want->best_at = at;
        }
        if (rank > want->worst) {
            want->worst = rank;
            want->worst_at = at;
        }
    }
}

/* Random sheets of few different values, so that there are many ties and many lines that meet. */
static void test_against_counting(void **state)
{
    view_fixture *f = *state;
    const uint64_t seed = 20241122;
    tl_random r = tl_random_seed(seed);
    for (size_t round = 0; round < 30; round++) {
        view_company rows[25];
        char ids[25][8];
        const size_t n = 1 + tl_random_below(&r, VIEW_COUNT(rows));
        tl_weight low = (tl_weight)tl_random_below(&r, 9900);
        const tl_weight w[] = { (tl_weight)tl_random_below(&r, 10001), low,
                                low + (tl_weight)tl_random_below(&r, 101) };
        for (size_t i = 0; i < n; i++) {
            snprintf(ids[i], sizeof ids[i], "c%02zu", i);
            rows[i] = (view_company){ .id = ids[i], .name_en = ids[i] };
            for (size_t t = 0; t < VIEW_THEMES; t++) /* nothing is said of those across others */
                rows[i].points[t] = f->x.themes[t].in_total ? (double)tl_random_below(&r, 3) / 2
                                                            : (double)TL_SLOT_NOT_ASKED / TL_POINT;
        }
        tl_edition e = view_edition(f, rows, n);
        const tl_whatif_row *got = whatif(f, view_league(f, &e), n, w);
        for (size_t i = 0; i < n; i++) {
            tl_whatif_row want;
            count_ranks(&e, &got[i], w, &want);
            if (got[i].best != want.best || got[i].worst != want.worst ||
                got[i].best_at != want.best_at || got[i].worst_at != want.worst_at)
                fail_msg("seed %llu round %zu: %zu at %d to %zu at %d, want %zu at %d to %zu at %d",
                         (unsigned long long)seed, round, got[i].best, (int)got[i].best_at,
                         got[i].worst, (int)got[i].worst_at, want.best, (int)want.best_at,
                         want.worst, (int)want.worst_at);
            if (i > 0 && got[i].total > got[i - 1].total)
                fail_msg("seed %llu round %zu: out of order", (unsigned long long)seed, round);
        }
    }
}

static void test_refusals(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    tl_scorecard bare = { .company = { .id = "bare", .name_en = "Bare" }, .level = TL_LEVEL_TOTAL };
    tl_index plain = f->x;
    plain.weighted = false;
    const tl_league_row *league = view_league(f, &e), lonely = { .card = &bare, .rank = 1 };
    const struct {
        const char *label, *words;
        const tl_league_row *league;
        size_t n;
        const tl_index *x;
        tl_weight w[3];
    } cases[] = {
        { "no weights", "no weights", league, e.n, &plain, { 3000, 2000, 4000 } },
        { "low above high", "above the highest", league, e.n, &f->x, { 3000, 4001, 4000 } },
        { "share below 0", "not -1", league, e.n, &f->x, { -1, 2000, 4000 } },
        { "low below 0", "not -5", league, e.n, &f->x, { 3000, -5, 4000 } },
        { "high above 1", "not 10001", league, e.n, &f->x, { 3000, 2000, 10001 } },
        { "total only", "bare", &lonely, 1, &f->x, { 3000, 2000, 4000 } },
    };
    for (size_t i = 0; i < VIEW_COUNT(cases); i++) {
        const tl_whatif_row *rows;
        tl_error err = { 0 };
        tl_status st = tl_whatif_make(cases[i].league, cases[i].n, cases[i].x, cases[i].w[0],
                                      cases[i].w[1], cases[i].w[2], f->arena, &rows, &err);
        if (st != TL_EINPUT || !strstr(err.text, cases[i].words) || rows)
            fail_msg("%s: status %d, '%s'", cases[i].label, (int)st, err.text);
    }
    const tl_whatif_row *rows = NULL;
    assert_int_equal(tl_whatif_make(NULL, 0, &f->x, 3000, 0, 10000, f->arena, &rows, NULL), TL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_crossing, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_own_share, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_against_counting, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_refusals, view_setup, view_teardown),
    };
    return cmocka_run_group_tests_name("whatif", tests, NULL, NULL);
}

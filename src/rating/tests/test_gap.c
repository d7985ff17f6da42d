/* test_gap.c - what is missing, what it would bring, who has it; with both levels in one edition.
 */
#include "rating/gap.h"
#include "rating/tests/crosswalk_test.h"

static const tl_gap_row *gaps(view_fixture *f, const tl_edition *e, const char *company, size_t *n)
{
    const tl_gap_row *rows;
    tl_error err = { 0 };
    if (tl_gap_make(NULL, e, view_league(f, e), e->n, company, f->arena, &rows, n, &err) != TL_OK)
        fail_msg("%s: %s", company, err.text);
    return rows;
}

static const tl_gap_row *row_of(const tl_gap_row *rows, size_t n, const char *slot)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].slot, slot) == 0)
            return &rows[i];
    fail_msg("no row %s", slot);
    return NULL;
}

/* Rivian (39.3) among the dozen, at w = 0.3: a point of scope 1&2 brings 0.6, of scope 3 1.4, of
 * governance and product 1. Missing: scope 3 targets 15 - 3.5 = 11.5 x 1.4 = 16.1; suppliers 11 x
 * 1.4 = 15.4; scope 3 action 7 x 1.4 = 9.8; scope 1&2 action 11.5 x 0.6 = 6.9; targets 10 x 0.6 =
 * 6; affiliates 6 x 0.6 = 3.6; disclosure 2 x 0.6 = 1.2; governance 1; scope 3 disclosure 0.5 x 1.4
 * = 0.7; product footprint is full. 39.3 + 16.1 = 55.4 passes Toyota (49.4) and Stellantis (46.0):
 * rank 5; so do 15.4 (54.7) and 9.8 (49.1 passes Stellantis alone: rank 6); 6.9 gives 46.2: rank 6;
 * 6 gives 45.3: rank 7, as all others. */
static const struct gap_case {
    const char *slot;
    int has, max, gain; /* tenths */
    size_t rank_after, n_with_more;
    const char *best_peer;
} rivian[] = {
    { "scope3-targets", 35, 150, 161, 5, 6, "mercedes-benz" },
    { "suppliers", 0, 110, 154, 5, 3, "toyota" },
    { "scope3-action", 30, 100, 98, 6, 7, "bmw" },
    { "scope12-action", 15, 130, 69, 6, 10, "mercedes-benz" },
    { "scope12-targets", 30, 130, 60, 7, 7, "toyota" },
    { "affiliates", 0, 60, 36, 7, 7, "subaru" },
    { "scope12-disclosure", 80, 100, 12, 7, 4, "mercedes-benz" },
    { "governance", 90, 100, 10, 7, 4, "polestar" },
    { "scope3-disclosure", 55, 60, 7, 7, 2, "mercedes-benz" },
};

static void test_themes(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    size_t n;
    const tl_gap_row *rows = gaps(f, &e, "rivian", &n);
    if (n != VIEW_COUNT(rivian))
        fail_msg("%zu rows, want %zu", n, VIEW_COUNT(rivian));
    for (size_t i = 0; i < n; i++) {
        const struct gap_case *want = &rivian[i];
        const tl_gap_row *r = &rows[i];
        if (strcmp(r->slot, want->slot) != 0 || r->has != want->has * 100 ||
            r->max != want->max * 100 || r->gain != VIEW_TOTAL(want->gain) ||
            r->rank_after != want->rank_after || r->n_with_more != want->n_with_more ||
            strcmp(r->peers[0].card->company.id, want->best_peer) != 0)
            fail_msg("row %zu: %s has %d of %d, gain %lld, rank %zu, %zu with more, first %s; want "
                     "%s, %d, %zu, %zu, %s",
                     i, r->slot, (int)r->has, (int)r->max, (long long)r->gain, r->rank_after,
                     r->n_with_more, r->peers[0].card->company.id, want->slot, want->gain,
                     want->rank_after, want->n_with_more, want->best_peer);
    }
}

/* Under scope 1&2 action ten have more than Rivian's 1.5; five are listed: Mercedes-Benz 9,
 * Stellantis 8, Volvo 7, then of 6.5 Subaru (rank 7) before BYD (rank 10). */
static void test_peers(void **state)
{
    view_fixture *f = *state;
    static const struct {
        const char *id;
        int points; /* tenths */
    } want[] = { { "mercedes-benz", 90 },
                 { "stellantis", 80 },
                 { "volvo", 70 },
                 { "subaru", 65 },
                 { "byd", 65 } };
    tl_edition e = view_dozen_edition(f);
    size_t n;
    const tl_gap_row *rows = gaps(f, &e, "rivian", &n), *r = row_of(rows, n, "scope12-action");
    assert_int_equal(r->n_peers, TL_GAP_PEERS_MAX);
    for (size_t i = 0; i < VIEW_COUNT(want); i++)
        if (strcmp(r->peers[i].card->company.id, want[i].id) != 0 ||
            r->peers[i].points != want[i].points * 100 || r->peers[i].evidence)
            fail_msg("peer %zu: %s with %d, want %s", i, r->peers[i].card->company.id,
                     (int)r->peers[i].points, want[i].id);
}

/* The gain is what the total of the company comes to with the theme filled, and rank_after is its
 * rank when the table is made anew. */
static void test_against_making_anew(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    for (size_t c = 0; c < e.n; c++) {
        size_t n;
        const char *id = e.cards[c].company.id;
        const tl_gap_row *rows = gaps(f, &e, id, &n);
        const tl_scorecard own = e.cards[c];
        for (size_t i = 0; i < n; i++) {
            tl_points sheet[VIEW_THEMES];
            memcpy(sheet, own.sheet, sizeof sheet);
            sheet[tl_index_find_theme(&f->x, rows[i].slot)] = rows[i].max;
            tl_score_of(&f->x, TL_LEVEL_THEME, sheet, 3000, &e.cards[c].score);
            const tl_league_row *league = view_league(f, &e);
            size_t k = 0;
            while (league[k].card != &e.cards[c])
                k++;
            if (e.cards[c].score.total - own.score.total != rows[i].gain ||
                league[k].rank != rows[i].rank_after)
                fail_msg("%s, %s: gain %lld rank %zu, made anew %lld and %zu", id, rows[i].slot,
                         (long long)rows[i].gain, rows[i].rank_after,
                         (long long)(e.cards[c].score.total - own.score.total), league[k].rank);
        }
        e.cards[c] = own;
    }
}

/* Points of the small sheets, in halves, or an empty. */
static void fill(tl_points *sheet, const int *halves, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sheet[i] = halves[i] < 0 ? halves[i] : halves[i] * 500;
}

static const struct small_card {
    const char *id;
    tl_sheet_level level;
    int halves[6];
} small_cards[] = {
    { "a", TL_LEVEL_INDICATOR, { 4, 0, -2, 1, 2, 2 } },
    { "b", TL_LEVEL_INDICATOR, { 8, 4, 1, 4, -3, -3 } },
    { "c", TL_LEVEL_INDICATOR, { 0, 2, 2, 0, 4, 0 } },
    { "d", TL_LEVEL_THEME, { 8, 6, 3, 3 } },
    { "e", TL_LEVEL_THEME, { 1, -2, -1, -1 } },
    { "f", TL_LEVEL_TOTAL, { 20 } },
};
enum { SMALL_CARDS = VIEW_COUNT(small_cards) };

static tl_edition small_edition(view_fixture *f)
{
    tl_edition e = { .index = &f->x, .period = "2024", .n = SMALL_CARDS };
    f->x = view_index(f->arena, &source_definition);
    e.cards = tl_arena_alloc(f->arena, e.n, sizeof *e.cards);
    assert_non_null(e.cards);
    for (size_t i = 0; i < e.n; i++) {
        tl_points *sheet = tl_arena_alloc(f->arena, 6, sizeof *sheet);
        assert_non_null(sheet);
        fill(sheet, small_cards[i].halves, tl_sheet_slots(&f->x, small_cards[i].level));
        e.cards[i] = view_card(&f->x, small_cards[i].id, small_cards[i].level, sheet, 5000);
    }
    return e;
}

/* Company a by indicator, w = 0.5, so every point counts once: 1.1 has 2 of 4 (gain 2), 2.1 0 of 2
 * (2), 2.2 not disclosed of 1 (1), 3.1 and its parallel 1 of 2, the better (1), 3.2 full. Totals: a
 * 2+0+1+1 = 4, b 4+2+0.5+2 = 8.5, c 1+1+2 = 4, d 4+3+1.5 = 8.5, e 0.5, f 10. More under 1.1: b
 * alone (d and e are known by the theme of it, which holds 1.1 only: d 4, e 0.5). */
static void test_indicators(void **state)
{
    view_fixture *f = *state;
    tl_edition e = small_edition(f);
    static const struct {
        const char *slot, *peers; /* one letter each, in order */
        tl_points has;
        int gain; /* tenths */
        size_t rank_after;
    } want[] = {
        { "1.1", "bd", 2000, 20, 4 },                  /* 6.0: f 10, b, d 8.5 are above */
        { "2.1", "bc", 0, 20, 4 },                     /* d and e only known together with 2.2 */
        { "2.2", "cb", TL_SLOT_NOT_DISCLOSED, 10, 4 }, /* 5.0 */
        { "3.1", "bcd", 1000, 10, 4 },                 /* b 2, c 2 by the parallel, d 1.5 */
    };
    size_t n;
    const tl_gap_row *rows = gaps(f, &e, "a", &n);
    assert_int_equal(n, VIEW_COUNT(want));
    for (size_t i = 0; i < n; i++) {
        char peers[TL_GAP_PEERS_MAX + 1] = "";
        for (size_t k = 0; k < rows[i].n_peers; k++)
            peers[k] = rows[i].peers[k].card->company.id[0];
        if (strcmp(rows[i].slot, want[i].slot) != 0 || strcmp(peers, want[i].peers) != 0 ||
            rows[i].has != want[i].has || rows[i].gain != VIEW_TOTAL(want[i].gain) ||
            rows[i].rank_after != want[i].rank_after)
            fail_msg("row %zu: %s has %d gain %lld rank %zu peers %s, want %s %d %d %zu %s", i,
                     rows[i].slot, (int)rows[i].has, (long long)rows[i].gain, rows[i].rank_after,
                     peers, want[i].slot, (int)want[i].has, want[i].gain, want[i].rank_after,
                     want[i].peers);
    }
    /* b: 3.2 is not applicable, 3.1 full, so 2.2 alone is missing */
    rows = gaps(f, &e, "b", &n);
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].slot, "2.2");
    assert_int_equal(rows[0].gain, VIEW_TOTAL(5));
}

/* Company e by theme: peers known by indicator are compared by their sums. t2 was not disclosed, t3
 * not asked: both count 0 in the total, so all of them is missing. */
static void test_mixed(void **state)
{
    view_fixture *f = *state;
    tl_edition e = small_edition(f);
    size_t n;
    const tl_gap_row *rows = gaps(f, &e, "e", &n);
    assert_int_equal(n, 3);
    const tl_gap_row *t2 = row_of(rows, n, "t2"), *t3 = row_of(rows, n, "t3");
    /* 0.5 + 3.5 = 4.0 draws level with a and c: b, d and f remain above */
    assert_int_equal(row_of(rows, n, "t1")->gain, VIEW_TOTAL(35));
    assert_int_equal(row_of(rows, n, "t1")->rank_after, 4);
    assert_int_equal(t2->has, TL_SLOT_NOT_DISCLOSED);
    assert_int_equal(t2->gain, VIEW_TOTAL(30));
    assert_int_equal(t2->n_with_more, 3); /* d 3, b 2.5, c 2; a has 0 */
    assert_string_equal(t2->peers[1].card->company.id, "b");
    assert_int_equal(t2->peers[1].points, 2500);
    assert_int_equal(t3->has, TL_SLOT_NOT_ASKED);
    assert_int_equal(t3->n_with_more, 4); /* a, b, c 2, d 1.5 */
    assert_string_equal(t3->peers[0].card->company.id, "b");
    assert_string_equal(t3->peers[3].card->company.id, "d");
}

static void test_refusals(void **state)
{
    view_fixture *f = *state;
    tl_edition e = small_edition(f);
    static const struct {
        const char *company, *words;
        tl_status want;
    } cases[] = { { "nobody", "nobody has no published result under source 1 in 2024",
                    TL_ENOTFOUND },
                  { "f", "f: only the total", TL_EINPUT } };
    for (size_t i = 0; i < VIEW_COUNT(cases); i++) {
        const tl_gap_row *rows;
        size_t n;
        tl_error err = { 0 };
        tl_status st = tl_gap_make(NULL, &e, view_league(f, &e), e.n, cases[i].company, f->arena,
                                   &rows, &n, &err);
        if (st != cases[i].want || !strstr(err.text, cases[i].words) || n != 0)
            fail_msg("%s: status %d, '%s'", cases[i].company, (int)st, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_themes, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_peers, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_against_making_anew, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_indicators, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_mixed, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_refusals, view_setup, view_teardown),
    };
    return cmocka_run_group_tests_name("gap", tests, NULL, NULL);
}

/* test_view_memory.c - every view with too little memory: it says so, leaves nothing half made, and
 * with enough memory it gives what it always gives. */
#include "rating/gap.h"
#include "rating/statistics.h"
#include "rating/tests/crosswalk_test.h"

typedef struct memory_case {
    view_fixture *f;
    tl_edition e;
    const tl_league_row *league;
    walk small;
} memory_case;

/* Each makes its view in `arena`; *made counts what came of it, 0 after a failure. */
static tl_status make_league(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    const tl_league_row *rows;
    return tl_league_make(&c->e, &c->e, arena, &rows, made, err);
}

static tl_status make_whatif(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    const tl_whatif_row *rows = NULL;
    tl_status st = tl_whatif_make(c->league, c->e.n, &c->f->x, 3000, 2990, 3010, arena, &rows, err);
    *made = rows ? c->e.n : 0;
    return st;
}

static tl_status make_histogram(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    tl_histogram h;
    tl_status st = tl_histogram_make(&c->f->x, c->league, c->e.n, 500, arena, &h, err);
    *made = h.n;
    return st;
}

static tl_status make_statistics(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    const tl_group_statistics *groups;
    return tl_statistics_make(&c->f->x, c->league, c->e.n, TL_BY_COUNTRY, arena, &groups, made,
                              err);
}

static tl_status make_gap(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    const tl_gap_row *rows;
    return tl_gap_make(NULL, &c->e, c->league, c->e.n, "rivian", arena, &rows, made, err);
}

static tl_status make_pairs(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    const tl_crosswalk_pair *pairs;
    return tl_crosswalk_parse(&c->small.from, &c->small.to, "x.csv", small_crosswalk,
                              strlen(small_crosswalk), arena, &pairs, made, err);
}

static tl_status make_crosswalk(const memory_case *c, tl_sheet_level level, tl_arena *arena,
                                size_t *made, tl_error *err)
{
    static const tl_points sheet[SOURCE_SLOTS] = { 0 };
    tl_crosswalk out;
    tl_scorecard card = view_card(&c->small.from, "c", level, sheet, 3000);
    tl_status st = tl_crosswalk_make(&c->small.from, &c->small.to, c->small.pairs, c->small.n,
                                     &card, 3000, arena, &out, err);
    *made = st == TL_OK ? out.n_rows : 0;
    return st;
}

static tl_status make_exact(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    return make_crosswalk(c, TL_LEVEL_INDICATOR, arena, made, err);
}

static tl_status make_bounds(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    return make_crosswalk(c, TL_LEVEL_THEME, arena, made, err);
}

static const struct {
    const char *label;
    tl_status (*make)(const memory_case *c, tl_arena *arena, size_t *made, tl_error *err);
    size_t want;
} views[] = {
    { "league", make_league, 12 },
    { "what-if", make_whatif, 12 },
    { "histogram", make_histogram, 200 },
    { "statistics", make_statistics, 6 },
    { "gap", make_gap, 9 },
    { "pairs", make_pairs, 8 },
    { "crosswalk", make_exact, 8 },
    { "crosswalk from themes", make_bounds, 8 },
};

/* The limit grows by the least that an allocation takes, so that each of them is the one to fail.
 */
static void test_limits(void **state)
{
    view_fixture *f = *state;
    memory_case c = { .f = f, .e = view_dozen_edition(f), .small = small_walk(f) };
    c.league = view_league(f, &c.e);
    for (size_t i = 0; i < VIEW_COUNT(views); i++) {
        tl_status st = TL_ENOMEM;
        size_t failures = 0;
        for (size_t limit = 16; st != TL_OK && limit < (size_t)1 << 20; limit += 16) {
            tl_arena *arena;
            tl_error err = { 0 };
            size_t made = 99;
            assert_int_equal(tl_arena_new(&arena, limit, NULL), TL_OK);
            st = views[i].make(&c, arena, &made, &err);
            if (st != TL_OK && (st != TL_ENOMEM || made != 0 || !*err.text))
                fail_msg("%s with %zu bytes: status %d, %zu made, '%s'", views[i].label, limit,
                         (int)st, made, err.text);
            if (st == TL_OK && made != views[i].want)
                fail_msg("%s with %zu bytes: %zu made, want %zu", views[i].label, limit, made,
                         views[i].want);
            failures += st != TL_OK;
            tl_arena_free(arena);
        }
        if (st != TL_OK || failures == 0)
            fail_msg("%s: status %d after %zu failures", views[i].label, (int)st, failures);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_limits, view_setup, view_teardown),
    };
    return cmocka_run_group_tests_name("view_memory", tests, NULL, NULL);
}

/* test_scorecard.c - editions: one card a company, the one before, and how the query is answered.
 */
#include "rating/tests/rating_test.h"

#include <sqlite3.h>

#include "base/text.h"
#include "rating/scorecard.h"

/* A result by theme of a company in a period. */
static void put_result(rating_fixture *f, const tl_index *x, const char *company,
                       const char *period, tl_points governance)
{
    const said list[] = { { "governance", governance, NULL, NULL, false } };
    tl_assessment a = an_assessment(f, company, TL_LEVEL_THEME, list, 1);
    tl_index own = f->x;
    bool same;
    a.key.index_version = x->version;
    a.key.period = period;
    f->x = *x;
    if (take_result(f, &a, &same) != TL_OK)
        fail_msg("%s %s: %s", company, period, f->db.err.text);
    f->x = own;
}

static void test_read(void **state)
{
    rating_fixture *f = *state;
    const said answers[] = { { "1.1.1", 2000, "R", "", false }, { "2.1.1", 4000, "R", "", false } };
    tl_edition e;
    assert_int_equal(tl_edition_read(f->db.s, &f->x, NULL, f->db.arena, &e, &f->db.err),
                     TL_ENOTFOUND);
    put_result(f, &f->x, "vw", "2024", 1000);
    put_result(f, &f->x, "bmw", "2024", 2000);
    tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, answers, 2);
    expect("contradiction of own", save_draft(f, &a, "ann"), TL_OK, &f->db.err, NULL);
    assert_int_equal(tl_edition_read(f->db.s, &f->x, NULL, f->db.arena, &e, &f->db.err), TL_OK);
    assert_int_equal(e.n, 2); /* a draft is not in it */
    assert_string_equal(e.cards[0].company.id, "bmw");
    assert_string_equal(e.cards[0].company.name_zh, "宝马");
    assert_string_equal(e.cards[0].company.source, "");
    assert_int_equal(e.cards[0].level, TL_LEVEL_THEME);
    assert_string_equal(e.cards[0].industry, "automobile");
    assert_null(e.cards[0].inferred);
    assert_int_equal(e.cards[0].sheet[tl_index_find_theme(&f->x, "own")], TL_SLOT_NOT_ASKED);
    assert_int_equal(e.cards[0].score.total, 2 * TL_TOTAL_POINT);
    publish(f, &a.key);
    assert_int_equal(tl_edition_read(f->db.s, &f->x, "2024", f->db.arena, &e, &f->db.err), TL_OK);
    assert_int_equal(e.n, 2);
    assert_int_equal(e.cards[0].level, TL_LEVEL_INDICATOR);
    assert_int_equal(e.cards[0].score.total, 44 * TL_TOTAL_POINT / 10); /* 2 + 0.6 x 4 */
    assert_ptr_equal(tl_edition_find(&e, "vw"), &e.cards[1]);
    assert_null(tl_edition_find(&e, "byd"));
    assert_int_equal(tl_edition_read(f->db.s, &f->x, "2023", f->db.arena, &e, &f->db.err),
                     TL_ENOTFOUND);
}

/* The order of editions: by period, then by version of the index. */
static void test_before(void **state)
{
    rating_fixture *f = *state;
    tl_index ten, found_index;
    tl_edition e, was;
    bool found;
    put_index(f, "small", "10", small_index, TEST_COUNT(small_index), &ten);
    f->x.version = "1";
    put_result(f, &f->x, "vw", "2022", 1000);
    put_result(f, &ten, "bmw", "2023", 1500);
    put_result(f, &f->x, "vw", "2024", 2000);
    put_result(f, &ten, "vw", "2024", 2500);
    static const char *const want[][2] = { { "2024", "1" }, { "2023", "10" }, { "2022", "1" } };
    assert_int_equal(tl_edition_read(f->db.s, &ten, NULL, f->db.arena, &e, &f->db.err), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(want); i++) {
        if (tl_edition_before(f->db.s, &e, f->db.arena, &found_index, &was, &found, &f->db.err) !=
            TL_OK)
            fail_msg("%s", f->db.err.text);
        if (!found || strcmp(was.period, want[i][0]) != 0 ||
            strcmp(was.index->version, want[i][1]) != 0)
            fail_msg("step %zu: %s@%s", i, found ? was.period : "none",
                     found ? was.index->version : "");
        ten = found_index;
        e = was;
        e.index = &ten;
    }
    assert_int_equal(
        tl_edition_before(f->db.s, &e, f->db.arena, &found_index, &was, &found, &f->db.err), TL_OK);
    assert_false(found);
}

/* Text of a query as the program embeds it. */
static const char *query_text(const char *name)
{
    for (size_t i = 0; i < tl_sql_schema_sqlite.query_count; i++)
        if (strcmp(tl_sql_schema_sqlite.queries[i].name, name) == 0)
            return tl_sql_schema_sqlite.queries[i].text;
    fail_msg("no query %s", name);
    return "";
}

/* No table is read from end to end, and the rows of an edition come in order from the index. */
static void test_plan(void **state)
{
    static const char *const names[] = { "edition.read",         "edition.list",
                                         "assessment.published", "assessment.newest",
                                         "answer.list",          "evidence.list",
                                         "company.named",        "assessment.list_of" };
    rating_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(names); i++) {
        const char *sql =
            tl_arena_printf(f->db.arena, "EXPLAIN QUERY PLAN %s", query_text(names[i]));
        sqlite3_stmt *q;
        assert_int_equal(sqlite3_prepare_v2(f->db.s->db, sql, -1, &q, NULL), SQLITE_OK);
        while (sqlite3_step(q) == SQLITE_ROW) {
            const char *step = (const char *)sqlite3_column_text(q, 3);
            if (tl_text_starts(step, "SCAN") && !strstr(step, "SUBQUERY") &&
                !strstr(step, "CONSTANT"))
                fail_msg("%s: %s", names[i], step);
            if (i == 0 && strstr(step, "TEMP B-TREE"))
                fail_msg("%s: %s", names[i], step);
        }
        sqlite3_finalize(q);
    }
}

/* The plans of SQLite, whatever the other tests stand on. */
static int plan_setup(void **state)
{
    return rating_open(state, "sqlite::memory:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_read, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_before, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_plan, plan_setup, rating_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

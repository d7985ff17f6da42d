/* test_assessment_results.c - results published elsewhere: the shipped ones, what is refused, and a
 * full disk in the middle. */
#include "rating/tests/rating_test.h"

#include <signal.h>
#include <sys/resource.h>

#include "rating/scorecard.h"

static const char *source_root(void)
{
    const char *root = getenv("TL_SOURCE");
    return root ? root : ".";
}

typedef tl_status (*loader)(tl_store *s, const tl_dataset *set, tl_arena *arena, int64_t *rows,
                            tl_error *err);

/* Installs data/<folder> and loads its rows. */
static int64_t install(company_fixture *f, const char *folder, loader load)
{
    const char *path = tl_arena_printf(f->arena, "%s/data/%s", source_root(), folder);
    tl_dataset set;
    bool already;
    int64_t rows = 0;
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    if (tl_dataset_install(f->s, path, "test", f->arena, &set, &already, &f->err) != TL_OK ||
        (load && load(f->s, &set, f->arena, &rows, &f->err) != TL_OK))
        fail_msg("%s: %s", folder, f->err.text);
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
    return rows;
}

/* All 51 totals of the publication come out of the points, to the 0.1 that is printed; and its text
 * (section 3.3): 11 above 50, one above 70, 12 from 30 to 50, 28 below 30. */
static void check_cati(company_fixture *f)
{
    tl_index x;
    tl_edition e;
    size_t above_70 = 0, above_50 = 0, above_30 = 0, all_themes = 0;
    assert_int_equal(tl_index_open(f->s, "cati-auto", f->arena, &x, &f->err), TL_OK);
    if (tl_edition_read(f->s, &x, NULL, f->arena, &e, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(e.n, 51);
    assert_string_equal(e.period, "2024");
    assert_string_equal(e.cut_off, "2024-07-30");
    for (size_t i = 0; i < e.n; i++) {
        const tl_scorecard *c = &e.cards[i];
        char got[TL_POINTS_TEXT], want[TL_POINTS_TEXT];
        tl_total_format(c->score.total, 1, got);
        tl_total_format((tl_total)c->stated_total * TL_WEIGHT_ONE, 1, want);
        if (c->stated_total < 0 || strcmp(got, want) != 0)
            fail_msg("%s: got %s, printed %s", c->company.id, got, want);
        above_70 += c->score.total > 70 * TL_TOTAL_POINT;
        above_50 += c->score.total > 50 * TL_TOTAL_POINT;
        above_30 += c->score.total >= 30 * TL_TOTAL_POINT;
        all_themes += c->score.all_themes_positive;
    }
    assert_int_equal(above_70, 1);
    assert_int_equal(above_50, 11);
    assert_int_equal(above_30, 23);
    assert_int_equal(all_themes, 12);
    const tl_scorecard *best = tl_edition_find(&e, "mercedes-benz");
    assert_non_null(best);
    assert_int_equal(best->stated_rank, 1);
    assert_true(best->inferred && best->inferred[tl_index_find_theme(&x, "affiliates")]);
    assert_null(tl_edition_find(&e, "nobody"));
}

/* 11, 14, 2, 1 and 22 companies with 5 to 1 stars (CPP Quarterly Report 2/2024, table 2). */
static void check_stars(company_fixture *f)
{
    static const size_t want[] = { 0, 22, 1, 2, 14, 11 };
    size_t got[6] = { 0 };
    tl_index x;
    tl_edition e;
    assert_int_equal(tl_index_open(f->s, "cpp-stars", f->arena, &x, &f->err), TL_OK);
    if (tl_edition_read(f->s, &x, "2024", f->arena, &e, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(e.n, 50);
    for (size_t i = 0; i < e.n; i++)
        got[e.cards[i].stated_stars]++;
    for (size_t i = 0; i < 6; i++)
        if (got[i] != want[i])
            fail_msg("%zu stars: %zu companies, want %zu", i, got[i], want[i]);
}

static void test_shipped(void **state)
{
    company_fixture *f = *state;
    tl_dataset set;
    int64_t rows, sheets;
    install(f, "indices/cati-auto", NULL);
    install(f, "indices/cpp-stars", NULL);
    assert_int_equal(install(f, "automakers", tl_company_load), 74);
    assert_int_equal(install(f, "results/cati-auto-2024", tl_assessment_load_results), 51);
    assert_int_equal(install(f, "results/cpp-stars-2024", tl_assessment_load_results), 50);
    check_cati(f);
    check_stars(f);
    int64_t entries = audit_entries(f);
    assert_int_equal(tl_dataset_get(f->s, "cati-auto-2024-results", NULL, f->arena, &set, &f->err),
                     TL_OK);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    if (tl_assessment_load_results(f->s, &set, f->arena, &rows, &f->err) != TL_OK)
        fail_msg("again: %s", f->err.text);
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
    assert_int_equal(audit_entries(f), entries);
    assert_int_equal(tl_assessment_verify(f->s, &sheets, &f->err), TL_OK);
    assert_int_equal(sheets, 101);
}

#define EDITION                                                                                    \
    "name,value\nindex,small\nindex_version,1\nperiod,2024\nlevel,theme\ncut_off,\n"               \
    "published_on,2024-10-01\npublisher,IPE\nsource,report\n"
#define RESULTS "company,industry,stated_total,stated_rank,stated_stars,source,note\n"
#define POINTS "company,slot,points,mark,note\n"
#define BMW "bmw,automobile,5.4,1,,table 1,\n"
#define BMW_POINTS "bmw,governance,3,,\nbmw,own,4,inferred,\n" /* 3 + 0.6 x 4 */

static const struct set_case {
    const char *label, *edition, *results, *points, *want;
} set_cases[] = {
    { "sound", EDITION, RESULTS BMW, POINTS BMW_POINTS, NULL },
    { "an empty", EDITION, RESULTS BMW, POINTS BMW_POINTS "bmw,chain,not_disclosed,,\n", NULL },
    { "rows of companies mixed", EDITION, RESULTS BMW "byd,automobile,,,,,\n",
      POINTS "bmw,governance,3,,\nbyd,own,1,,\nbmw,own,4,,\n", NULL },
    { "other total", EDITION, RESULTS "bmw,automobile,5.5,1,,,\n", POINTS BMW_POINTS,
      "come to 5.4, 5.5 was printed" },
    { "unknown company", EDITION, RESULTS "opel,automobile,,,,,\n", POINTS "opel,own,1,,\n",
      "results.csv:2: company 'opel'" },
    { "company twice", EDITION, RESULTS BMW BMW, POINTS BMW_POINTS,
      "results.csv:3: column 'company'" },
    { "points of nobody", EDITION, RESULTS BMW, POINTS BMW_POINTS "byd,own,1,,\n",
      "points.csv:4: column 'company'" },
    { "no points", EDITION, RESULTS BMW, POINTS, "results.csv:2" },
    { "unknown theme", EDITION, RESULTS BMW, POINTS "bmw,action,1,,\n",
      "points.csv:2: column 'slot'" },
    { "bad points", EDITION, RESULTS BMW, POINTS "bmw,own,many,,\n",
      "points.csv:2: column 'points'" },
    { "too many points", EDITION, RESULTS BMW, POINTS "bmw,own,8,,\n", "own" },
    { "bad mark", EDITION, RESULTS BMW, POINTS "bmw,own,4,guess,\n", "column 'mark'" },
    { "bad rank", EDITION, RESULTS "bmw,automobile,,first,,,\n", POINTS BMW_POINTS,
      "column 'stated_rank'" },
    { "bad total", EDITION, RESULTS "bmw,automobile,-1,,,,\n", POINTS BMW_POINTS,
      "column 'stated_total'" },
    { "industry without weight", EDITION, RESULTS "bmw,space,,,,,\n", POINTS BMW_POINTS,
      "industry" },
    { "stars without a star rating", EDITION, RESULTS "bmw,automobile,,,5,,\n", POINTS BMW_POINTS,
      "stars" },
    { "no such index",
      "name,value\nindex,big\nindex_version,1\nperiod,2024\nlevel,theme\ncut_off,\n"
      "published_on,2024-10-01\npublisher,IPE\nsource,report\n",
      RESULTS BMW, POINTS BMW_POINTS, "big" },
    { "level of indicators",
      "name,value\nindex,small\nindex_version,1\nperiod,2024\nlevel,indicator\ncut_off,\n"
      "published_on,2024-10-01\npublisher,IPE\nsource,report\n",
      RESULTS BMW, POINTS BMW_POINTS, "level" },
    { "name twice", EDITION "level,total\n", RESULTS BMW, POINTS BMW_POINTS, "there twice" },
    { "unknown name", EDITION "colour,red\n", RESULTS BMW, POINTS BMW_POINTS, "'colour'" },
    { "nothing said", "name,value\n", RESULTS BMW, POINTS BMW_POINTS, "'index' is missing" },
    { "missing column", EDITION, "company\nbmw\n", POINTS BMW_POINTS, "industry" },
};

static void test_sets(void **state)
{
    rating_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(set_cases); i++) {
        const struct set_case *c = &set_cases[i];
        const set_file files[] = { { "edition.csv", c->edition },
                                   { "results.csv", c->results },
                                   { "points.csv", c->points } };
        int64_t rows = 0;
        tl_error err = { 0 };
        tl_dataset set;
        assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
        put_set(&f->db, "results", "1", "index-results", files, 3, &set);
        tl_status st = tl_assessment_load_results(f->db.s, &set, f->db.arena, &rows, &err);
        if ((st == TL_OK) != !c->want || (c->want && !strstr(err.text, c->want)))
            fail_msg("%s: got '%s', want '%s'", c->label, err.text, c->want ? c->want : "loaded");
        tl_store_rollback(f->db.s);
    }
}

static void test_take_over(void **state)
{
    rating_fixture *f = *state;
    said list[] = { { "governance", 3000, NULL, NULL, false }, { "own", 4000, NULL, NULL, true } };
    tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_THEME, list, 2), b;
    bool same;
    a.stated_total = 5400;
    b = a;
    b.origin = "";
    expect("no origin", take_result(f, &b, &same), TL_EINPUT, &f->db.err, "origin");
    b = a;
    b.published_on = "";
    expect("no day", take_result(f, &b, &same), TL_EINPUT, &f->db.err, "published_on");
    expect("first", take_result(f, &a, &same), TL_OK, &f->db.err, NULL);
    assert_false(same);
    int64_t entries = audit_entries(&f->db);
    expect("again", take_result(f, &a, &same), TL_OK, &f->db.err, NULL);
    assert_true(same);
    assert_int_equal(audit_entries(&f->db), entries);
    list[0].points = 2000;
    b = an_assessment(f, "bmw", TL_LEVEL_THEME, list, 2);
    expect("other without reason", take_result(f, &b, &same), TL_EINPUT, &f->db.err, "reason");
    b.reason = "erratum of the publisher";
    expect("other", take_result(f, &b, &same), TL_OK, &f->db.err, NULL);
    assert_false(same);
    assert_int_equal(get_version(f, &a.key, 0).version, 2);
    assert_int_equal(get_version(f, &a.key, 1).state, TL_STATE_SUPERSEDED);
    assert_int_equal(get_version(f, &a.key, 1).stated_total, 5400);
    assert_int_equal(verify_all(f), 2);
}

static void set_file_limit(rlim_t bytes)
{
    struct rlimit r;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &r), 0);
    r.rlim_cur = bytes == RLIM_INFINITY ? r.rlim_max : bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &r), 0);
}

/* Where the disk fills up: by a limit on files, or by pages before the commit. */
static const struct full_case {
    const char *label, *pragma;
    rlim_t limit;
} full_cases[] = {
    { "log full at commit", "PRAGMA cache_size = -32768", 1 },
    { "no more pages", "PRAGMA max_page_count = 1", RLIM_INFINITY },
};

static void test_full_disk(void **state)
{
    scratch *folder = *state;
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < TEST_COUNT(full_cases); i++) {
        const struct full_case *c = &full_cases[i];
        void *opened = NULL;
        bool same;
        char address[600];
        unlink(scratch_path(folder, "full.db"));
        snprintf(address, sizeof address, "sqlite:%s", folder->path);
        assert_int_equal(rating_open(&opened, address), 0);
        rating_fixture *f = opened;
        char *note = tl_arena_alloc(f->db.arena, 4000, 1);
        memset(note, 'n', 3999);
        said list[] = { { "governance", 3000, NULL, NULL, false },
                        { "own", 4000, NULL, NULL, true } };
        tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_THEME, list, 2);
        for (size_t k = 0; k < 2; k++)
            ((tl_answer *)(uintptr_t)a.answers)[k].note = note;
        int64_t entries = audit_entries(&f->db);
        assert_int_equal(tl_store_exec(f->db.s, c->pragma, NULL), TL_OK);
        set_file_limit(c->limit);
        tl_status st = take_result(f, &a, &same);
        set_file_limit(RLIM_INFINITY);
        expect(c->label, st, TL_EIO, &f->db.err, NULL);
        assert_false(tl_store_in_transaction(f->db.s));
        assert_int_equal(audit_entries(&f->db), entries);
        assert_int_equal(verify_all(f), 0);
        assert_int_equal(tl_store_exec(f->db.s, "PRAGMA max_page_count = 1000000", NULL), TL_OK);
        expect(c->label, take_result(f, &a, &same), TL_OK, &f->db.err, NULL);
        assert_false(same);
        assert_int_equal(verify_all(f), 1);
        rating_teardown(&opened);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shipped, company_setup, company_teardown),
        cmocka_unit_test_setup_teardown(test_sets, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_take_over, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_full_disk, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

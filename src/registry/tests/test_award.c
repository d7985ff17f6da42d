/* test_award.c - an award is kept once, whole and for ever; who wins; what is refused. */
#include "registry/award.h"

#include "base/file.h"
#include "registry/record_chain.h"
#include "registry/tests/record_test.h"

#define RULE_SUM "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const double usual[] = { 200.04, 200.03, 210, 220, 230 };

static const char *car_id(record_fixture *f, size_t i)
{
    return tl_arena_printf(f->arena, "car-%zu", i);
}

static void publish(record_fixture *f, const double *g_km, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tl_record r = record_car(car_id(f, i), g_km[i]);
        r.disclosure_id = "";
        record_publish(f, &r, "2024-01-31");
    }
}

/* Decides over what is published and keeps it. */
static tl_status keep_on(record_fixture *f, const char *id, double step, size_t least,
                         const char *day)
{
    const tl_award_rule rule = { "2023-04", "2023-09", step, least };
    tl_cars cars;
    tl_award_decision d = { .id = id,
                            .day = day,
                            .rule = rule,
                            .rule_version = "2026.1",
                            .rule_checksum = RULE_SUM,
                            .as_declared = true,
                            .cars = &cars };
    f->err = (tl_error){ 0 };
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    tl_status st = tl_cars_read(&cars, f->s, f->arena, &f->err);
    if (st == TL_OK)
        st = tl_awards_make(&cars, &rule, f->arena, &d.awards, &d.n, &d.left_out, &f->err);
    if (st == TL_OK)
        st = tl_award_keep(f->s, &d, "anna", &f->err);
    if (st == TL_OK)
        return tl_store_commit(f->s, &f->err);
    tl_store_rollback(f->s);
    return st;
}

static tl_status keep(record_fixture *f, const char *id)
{
    return keep_on(f, id, 0.1, 5, "2024-02-01");
}

/* SPEC 3.12, checks 1 and 2, out of the database again. want: one letter a row, w wins. */
static const struct win_case {
    const char *label;
    double step;
    size_t least;
    double g_km[6];
    const char *want;
    int64_t ranks[6];
} win_cases[] = {
    { "3 candidates, no award", 0.1, 5, { 200, 210, 220 }, "---", { 1, 2, 3 } },
    { "200.04 and 200.03 both show 200.0",
      0.1,
      5,
      { 200.03, 200.04, 210, 220, 230 },
      "ww---",
      { 1, 1, 3, 4, 5 } },
    { "finer step", 0.01, 5, { 200.03, 200.04, 210, 210, 230 }, "w----", { 1, 2, 3, 3, 5 } },
    { "least 3", 0.1, 3, { 200, 210, 220 }, "w--", { 1, 2, 3 } },
};

static void test_winners(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(win_cases); i++) {
        const struct win_case *c = &win_cases[i];
        void *fixture = NULL;
        tl_kept_award a;
        assert_int_equal(record_setup(&fixture), 0);
        record_fixture *f = fixture;
        publish(f, c->g_km, strlen(c->want));
        record_expect(c->label, keep_on(f, "h1", c->step, c->least, "2024-02-01"), TL_OK, &f->err,
                      NULL);
        assert_int_equal(tl_award_get(f->s, "h1", f->arena, &a, NULL), TL_OK);
        if (a.n != strlen(c->want))
            fail_msg("%s: %zu candidates", c->label, a.n);
        for (size_t k = 0; k < a.n; k++)
            if (a.rows[k].wins != (c->want[k] == 'w') || a.rows[k].rank != c->ranks[k])
                fail_msg("%s: row %zu wins %d, rank %lld", c->label, k, a.rows[k].wins,
                         (long long)a.rows[k].rank);
        record_teardown(&fixture);
    }
}

/* Everything that went in comes out, and each seal is that of the version. */
static void test_round_trip(void **state)
{
    record_fixture *f = *state;
    tl_kept_award a;
    tl_record r;
    const tl_award_round *rounds;
    size_t n;
    publish(f, usual, 5);
    record_expect("keep", keep(f, "h1"), TL_OK, &f->err, NULL);
    assert_int_equal(tl_award_get(f->s, "h1", f->arena, &a, NULL), TL_OK);
    assert_string_equal(a.round.day, "2024-02-01");
    assert_string_equal(a.round.rule.from, "2023-04");
    assert_string_equal(a.round.rule.until, "2023-09");
    assert_string_equal(a.round.rule_version, "2026.1");
    assert_string_equal(a.round.rule_checksum, RULE_SUM);
    assert_string_equal(a.round.author, "anna");
    assert_true(a.round.as_declared && a.round.cars == 5 && a.round.left_out == 0 &&
                a.round.candidates == 5 && a.round.rule.least == 5);
    for (size_t i = 0; i < a.n; i++) {
        assert_int_equal(tl_record_get(f->s, a.rows[i].record, 1, f->arena, &r, NULL), TL_OK);
        assert_string_equal(a.rows[i].seal, r.hash);
        assert_true(a.rows[i].g_km == r.value && a.rows[i].version == 1);
        assert_string_equal(a.rows[i].product, r.product);
        assert_string_equal(a.rows[i].launched, r.launched);
    }
    record_expect("second", keep_on(f, "a-later-one", 0.01, 3, "2024-03-01"), TL_OK, &f->err, NULL);
    assert_int_equal(tl_award_list(f->s, f->arena, &rounds, &n, NULL), TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(rounds[0].id, "h1");
    assert_string_equal(rounds[1].id, "a-later-one");
    assert_int_equal(tl_award_get(f->s, "none", f->arena, &a, &f->err), TL_ENOTFOUND);
}

static void test_refusals(void **state)
{
    record_fixture *f = *state;
    record_expect("nobody", keep(f, "h1"), TL_EINPUT, &f->err, "no published car");
    publish(f, usual, 5);
    record_expect("id", keep(f, "H 1"), TL_EINPUT, &f->err, "award");
    record_expect("too early", keep_on(f, "h1", 0.1, 5, "2024-01-30"), TL_EINPUT, &f->err,
                  "before candidate 'car-1' was published, on 2024-01-31");
    record_expect("to come", keep_on(f, "h1", 0.1, 5, "2999-01-01"), TL_EINPUT, &f->err,
                  "still to come");
    record_expect("no day", keep_on(f, "h1", 0.1, 5, "2024-02-30"), TL_EINPUT, &f->err, "day");
    record_expect("keep", keep(f, "h1"), TL_OK, &f->err, NULL);
    record_expect("twice", keep(f, "h1"), TL_ECONFLICT, &f->err, "kept on 2024-02-01");
}

/* What somebody with the file in hand cannot do. */
static const struct frozen_case {
    const char *sql, *words;
} frozen_cases[] = {
    { "UPDATE award_round SET least = 1", "never changes" },
    { "DELETE FROM award_round", "never deleted" },
    { "UPDATE award_candidate SET wins = 0", "never changes" },
    { "DELETE FROM award_candidate", "never deleted" },
    { "INSERT OR REPLACE INTO award_round SELECT * FROM award_round", "kept once" },
    { "INSERT OR REPLACE INTO award_candidate SELECT * FROM award_candidate", "do not change" },
    { "INSERT INTO award_candidate SELECT award, 9, size_class, body, powertrain, record, 1, "
      "product, maker, launched, g_km, seal, 9, 0 FROM award_candidate WHERE place = 1",
      "do not change" },
    { "INSERT INTO award_candidate SELECT 'h2', place, size_class, body, powertrain, record, "
      "version, product, maker, launched, g_km, "
      "'" RULE_SUM "', rank, wins FROM award_candidate WHERE place = 1",
      "carries the seal" },
    { "INSERT INTO award_candidate SELECT 'h2', 1, size_class, body, powertrain, record, "
      "version, product, maker, launched, g_km, seal, 2, 1 FROM award_candidate WHERE place = 1",
      "CHECK" },
    { "INSERT INTO award_candidate SELECT 'h2', 1, size_class, body, powertrain, record, "
      "version, product, maker, launched, -1, seal, 2, 0 FROM award_candidate WHERE place = 1",
      "CHECK" },
    { "INSERT INTO award_candidate SELECT 'h2', place, size_class, body, powertrain, record, "
      "version, product, maker, launched, g_km, seal, rank, wins FROM award_candidate",
      "FOREIGN KEY" }, /* candidates of no round do not outlive the transaction */
    { "INSERT INTO award_round SELECT 'h2', day, launched_from, launched_until, step_g_km, least, "
      "rule_version, rule_checksum, as_declared, cars, left_out, candidates, author, checksum FROM "
      "award_round",
      "after all of its candidates" },
    { "INSERT INTO award_round VALUES ('H', '2024-01-01', 'a', 'b', 0.1, 5, 'v', '', 1, 0, 0, 0, "
      "'x', '')",
      "CHECK" },
};

static void test_frozen(void **state)
{
    record_fixture *f = *state;
    publish(f, usual, 5);
    record_expect("keep", keep(f, "h1"), TL_OK, &f->err, NULL);
    for (size_t i = 0; i < RECORD_COUNT(frozen_cases); i++)
        record_raw(f, frozen_cases[i].sql, TL_ECONFLICT, frozen_cases[i].words);
}

/* Somebody who also drops the triggers is found. */
static const struct tamper_case {
    const char *label, *sql, *words;
} tamper_cases[] = {
    { "value", "UPDATE award_candidate SET g_km = 190 WHERE record = 'car-4'",
      "not what was kept" },
    { "winner", "UPDATE award_candidate SET wins = 0", "not what was kept" },
    { "rule", "UPDATE award_round SET least = 9", "not what was kept" },
    { "a candidate taken away", "DELETE FROM award_candidate WHERE record = 'car-4'",
      "not what was kept" },
};

static void test_verify(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(tamper_cases); i++) {
        const struct tamper_case *c = &tamper_cases[i];
        void *fixture = NULL;
        int64_t n;
        assert_int_equal(record_setup(&fixture), 0);
        record_fixture *f = fixture;
        publish(f, usual, 5);
        record_expect("keep", keep(f, "h1"), TL_OK, &f->err, NULL);
        record_expect("sound", tl_award_verify(f->s, &n, &f->err), TL_OK, &f->err, NULL);
        assert_int_equal(n, 1);
        record_raw(f, "DROP TRIGGER award_round_no_update", TL_OK, NULL);
        record_raw(f, "DROP TRIGGER award_candidate_no_update", TL_OK, NULL);
        record_raw(f, "DROP TRIGGER award_candidate_no_delete", TL_OK, NULL);
        record_raw(f, c->sql, TL_OK, NULL);
        record_expect(c->label, tl_award_verify(f->s, &n, &f->err), TL_ECONFLICT, &f->err,
                      c->words);
        record_teardown(&fixture);
    }
}

/* A correction afterwards: the award is byte for byte what it was. */
static void test_stays(void **state)
{
    record_fixture *f = *state;
    tl_kept_award a;
    tl_buf before, after;
    tl_buf_init(&before, 0);
    tl_buf_init(&after, 0);
    publish(f, usual, 5);
    record_expect("keep", keep(f, "h1"), TL_OK, &f->err, NULL);
    assert_int_equal(tl_award_get(f->s, "h1", f->arena, &a, NULL), TL_OK);
    assert_int_equal(tl_award_export(&a, &before, NULL), TL_OK);
    tl_record r = record_car("car-4", 150);
    r.disclosure_id = "";
    r.reason = "battery measured anew";
    record_publish(f, &r, "2024-06-01");
    record_expect("withdraw",
                  record_take(f, "car-0", TL_RECORD_WITHDRAW, "2024-06-02", "no such car"), TL_OK,
                  &f->err, NULL);
    assert_int_equal(tl_award_get(f->s, "h1", f->arena, &a, NULL), TL_OK);
    assert_int_equal(tl_award_export(&a, &after, NULL), TL_OK);
    assert_string_equal(tl_buf_text(&before), tl_buf_text(&after));
    assert_non_null(strstr(tl_buf_text(&after), "{\"format\":\"tanlian-award 1\",\"id\":\"h1\","));
    tl_buf_clear(&before);
    tl_buf_clear(&after);
}

/* The file that tests/registry/check_award.py holds tools/check-award against: two segments, one of
 * them without an award. */
static void test_export(void **state)
{
    record_fixture *f = *state;
    tl_kept_award a;
    tl_file_view view;
    tl_buf b;
    char path[600];
    const char *root = getenv("TL_SOURCE");
    publish(f, usual, 5);
    tl_record r = record_car("a-van", 250.5);
    r.disclosure_id = "";
    r.body = "van";
    r.product = "\"Van\" \\ 客车";
    record_publish(f, &r, "2024-01-31");
    record_expect("keep", keep(f, "h1-2023"), TL_OK, &f->err, NULL);
    assert_int_equal(tl_award_get(f->s, "h1-2023", f->arena, &a, NULL), TL_OK);
    tl_buf_init(&b, 0);
    assert_int_equal(tl_award_export(&a, &b, NULL), TL_OK);
    snprintf(path, sizeof path, "%s/tests/registry/award.json", root ? root : ".");
    if (getenv("TL_UPDATE"))
        assert_int_equal(tl_file_write(path, b.data, b.len, NULL), TL_OK);
    record_expect("golden", tl_file_open(&view, path, 0, &f->err), TL_OK, &f->err, NULL);
    if (view.size != b.len || memcmp(view.data, b.data, b.len) != 0)
        fail_msg("got  %s\nwant %.*s", tl_buf_text(&b), (int)view.size, view.data);
    tl_file_close(&view);
    tl_buf_clear(&b);
}

static void test_audited(void **state)
{
    record_fixture *f = *state;
    publish(f, usual, 5);
    record_expect("keep", keep(f, "h1"), TL_OK, &f->err, NULL);
    record_raw(f,
               "CREATE TEMP TABLE one AS SELECT 1 / (SELECT count(*) FROM audit WHERE action = "
               "'award.keep' AND object = 'award/h1' AND detail LIKE '%\"winners\":2%') AS x",
               TL_OK, NULL);
    record_raw(f, "CREATE TEMP TABLE two (x INTEGER NOT NULL); INSERT INTO two SELECT x FROM one",
               TL_OK, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_winners),
        cmocka_unit_test_setup_teardown(test_round_trip, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_refusals, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_frozen, record_setup, record_teardown),
        cmocka_unit_test(test_verify),
        cmocka_unit_test_setup_teardown(test_stays, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_export, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_audited, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

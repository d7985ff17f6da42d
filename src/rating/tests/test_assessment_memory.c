/* test_assessment_memory.c - the n-th allocation fails, for every n: an error, the database as
 * before, nothing leaked (the sanitized build looks).
 *
 * Those of ICU and OpenSSL are not failed. */
#include "rating/tests/rating_test.h"

#include "rating/scorecard.h"
#include "store/tests/failing_memory.h"

/* What the jobs work on. */
struct bench {
    rating_fixture *f;
    tl_assessment a;
    int64_t evidence;
};

static tl_status in_transaction(struct bench *b, tl_status (*work)(struct bench *, tl_error *),
                                tl_error *err)
{
    tl_status st = tl_store_begin(b->f->db.s, err);
    if (st == TL_OK)
        st = work(b, err);
    if (st == TL_OK)
        st = tl_store_commit(b->f->db.s, err);
    if (st != TL_OK)
        tl_store_rollback(b->f->db.s);
    return st;
}

static tl_status take_over(struct bench *b, tl_error *err)
{
    bool same;
    return tl_assessment_take_over(b->f->db.s, &b->f->x, &b->a, "loader", &same, err);
}

static tl_status withdraw(struct bench *b, tl_error *err)
{
    return tl_assessment_withdraw(b->f->db.s, &b->f->x, &b->a.key, b->evidence, "wrong", "eva",
                                  err);
}

static tl_status take_over_job(struct bench *b, tl_error *err)
{
    return in_transaction(b, take_over, err);
}

static tl_status withdraw_job(struct bench *b, tl_error *err)
{
    return in_transaction(b, withdraw, err);
}

static tl_status read_job(struct bench *b, tl_error *err)
{
    tl_arena *arena = NULL;
    tl_edition e;
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK)
        st = tl_edition_read(b->f->db.s, &b->f->x, NULL, arena, &e, err);
    if (st == TL_OK && (e.n != 1 || e.cards[0].score.total != 44 * TL_TOTAL_POINT / 10))
        st = tl_fail(err, TL_ENUMERIC, "another edition than without the failure");
    tl_arena_free(arena);
    return st;
}

static const struct job_case {
    const char *label;
    tl_status (*work)(struct bench *b, tl_error *err);
    int64_t entries, sheets; /* more than before, once it is done */
} job_cases[] = {
    { "take over", take_over_job, 1, 1 },
    { "read an edition", read_job, 0, 0 },
    { "withdraw", withdraw_job, 1, 1 },
};

static int64_t sheets(rating_fixture *f)
{
    int64_t n;
    assert_int_equal(tl_assessment_verify(f->db.s, &n, &f->db.err), TL_OK);
    return n;
}

/* Fails one allocation after the other until the job is done. A job may do its work although one
 * failed, as SQLite can do without some. */
static void fail_each(const struct job_case *c, struct bench *b)
{
    rating_fixture *f = b->f;
    int64_t entries = audit_entries(&f->db), before = sheets(f);
    size_t failed = 0;
    for (size_t at = 1;; at++) {
        tl_error err = { 0 };
        failing = (struct failing){ .counting = true, .fail_at = at };
        tl_status st = c->work(b, &err);
        failing.counting = false;
        if (tl_store_in_transaction(f->db.s))
            fail_msg("%s: allocation %zu leaves a transaction open", c->label, at);
        if (st == TL_OK)
            break;
        failed++;
        if (st != TL_ENOMEM)
            fail_msg("%s: allocation %zu: %s (%s)", c->label, at, tl_status_name(st), err.text);
        if (audit_entries(&f->db) != entries || sheets(f) != before)
            fail_msg("%s: allocation %zu changed the database", c->label, at);
    }
    print_message("%s: %zu allocations failed it\n", c->label, failed);
    assert_true(failed > 5);
    assert_int_equal(audit_entries(&f->db), entries + c->entries);
    assert_int_equal(sheets(f), before + c->sheets);
}

static void test_each(void **state)
{
    static const said list[] = { { "1.1.1", 2000, "R", "", false },
                                 { "2.1.1", 4000, "CDP", "", true } };
    struct bench b = { .f = *state };
    b.a = an_assessment(b.f, "bmw", TL_LEVEL_INDICATOR, list, 2);
    b.a.origin = "a report";
    for (size_t i = 0; i < TEST_COUNT(job_cases); i++) {
        if (i == 2)
            b.evidence = get_version(b.f, &b.a.key, 0).answers[0].evidence[0].id;
        fail_each(&job_cases[i], &b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each, rating_setup, rating_teardown),
    };
    if (hook_sqlite() != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

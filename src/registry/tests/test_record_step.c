/* test_record_step.c - the steps of a version: which are allowed, what stays public meanwhile, what
 * the log holds, and two people at once. */
#include "registry/tests/record_test.h"

#include <pthread.h>

#include "registry/record_priv.h"
#include "store/audit.h"
#include "store/tests/scratch.h"

static const char id[] = "lynk-01";

static void put(record_fixture *f, double value, const char *reason)
{
    tl_record r = record_car(id, value);
    bool same;
    r.reason = reason;
    record_expect("put", record_put(f, &r, &same), TL_OK, &f->err, NULL);
}

static void step(record_fixture *f, tl_record_step s)
{
    record_expect(tl_record_step_name(s), record_take(f, id, s, "2026-11-30", "why"), TL_OK,
                  &f->err, NULL);
}

/* Brings the record into a state, from nothing. */
static void bring(record_fixture *f, tl_record_state state)
{
    put(f, 201, "");
    if (state >= TL_RECORD_REVIEW)
        step(f, TL_RECORD_ASK);
    if (state == TL_RECORD_RECALCULATED) {
        put(f, 202, "mass corrected");
        step(f, TL_RECORD_RECALCULATE);
    }
    if (state >= TL_RECORD_PUBLISHED)
        step(f, TL_RECORD_PUBLISH);
    if (state == TL_RECORD_SUPERSEDED) {
        put(f, 202, "mass corrected");
        step(f, TL_RECORD_ASK);
        step(f, TL_RECORD_PUBLISH);
    }
    if (state == TL_RECORD_EXPIRED)
        step(f, TL_RECORD_EXPIRE);
    if (state == TL_RECORD_WITHDRAWN)
        step(f, TL_RECORD_WITHDRAW);
}

/* Each step from each state: what it leads to, or why not. A record of which version 1 is
 * superseded has a published version 2. */
static void test_steps(void **state)
{
    static const tl_record_state refused = TL_RECORD_PRELIMINARY; /* no step leads there */
    static const tl_record_state want[7][5] = {
        [TL_RECORD_PRELIMINARY] = { TL_RECORD_REVIEW, 0, 0, 0, 0 },
        [TL_RECORD_REVIEW] = { 0, 0, TL_RECORD_PUBLISHED, 0, 0 },
        [TL_RECORD_RECALCULATED] = { 0, 0, TL_RECORD_PUBLISHED, 0, 0 },
        [TL_RECORD_PUBLISHED] = { 0, 0, 0, TL_RECORD_EXPIRED, TL_RECORD_WITHDRAWN },
        [TL_RECORD_SUPERSEDED] = { 0, 0, 0, TL_RECORD_EXPIRED, TL_RECORD_WITHDRAWN },
        [TL_RECORD_EXPIRED] = { 0, 0, 0, 0, 0 },
        [TL_RECORD_WITHDRAWN] = { 0, 0, 0, 0, 0 },
    };
    (void)state;
    for (int from = 0; from < 7; from++)
        for (int s = 0; s < 5; s++) {
            void *own = NULL;
            tl_record r;
            assert_int_equal(record_setup(&own), 0);
            record_fixture *f = own;
            bring(f, (tl_record_state)from);
            tl_status got = record_take(f, id, (tl_record_step)s, "2026-12-01", "why");
            record_expect("get", tl_record_get(f->s, id, -1, f->arena, &r, NULL), TL_OK, &f->err,
                          NULL);
            tl_record_state wanted = want[from][s];
            if (wanted == refused ? got != TL_ECONFLICT : got != TL_OK || r.state != wanted)
                fail_msg("%s from %s: %s (%s), now %s", tl_record_step_name((tl_record_step)s),
                         tl_record_state_name((tl_record_state)from), tl_status_name(got),
                         f->err.text, tl_record_state_name(r.state));
            record_teardown(&own);
        }
}

/* A correction in review must be recalculated; without one there is nothing to recalculate. */
static void test_review(void **state)
{
    record_fixture *f = *state;
    tl_record r;
    bool same;
    put(f, 201, "");
    step(f, TL_RECORD_ASK);
    record_expect("nothing new", record_take(f, id, TL_RECORD_RECALCULATE, "", NULL), TL_ECONFLICT,
                  &f->err, "nothing to recalculate");
    r = record_car(id, 195);
    record_expect("no reason", record_put(f, &r, &same), TL_EINPUT, &f->err, "reason");
    put(f, 195, "own steel data");
    record_expect("changed", record_take(f, id, TL_RECORD_PUBLISH, "", NULL), TL_ECONFLICT, &f->err,
                  "recalculated before");
    step(f, TL_RECORD_RECALCULATE);
    step(f, TL_RECORD_PUBLISH);
    record_expect("get", tl_record_get(f->s, id, 0, f->arena, &r, &f->err), TL_OK, &f->err, NULL);
    if (r.value != 195 || r.version != 1 || r.state != TL_RECORD_PUBLISHED)
        fail_msg("value %g, version %lld", r.value, (long long)r.version);
    assert_string_equal(r.published_on, "2026-11-30");
    assert_int_equal(strlen(r.hash), 64);
}

static bool log_has(record_fixture *f, const char *action, const char *words)
{
    tl_query *q;
    bool row, found = false;
    assert_int_equal(tl_store_query(f->s, "audit.list", &q, NULL), TL_OK);
    while (tl_query_step(q, &row, NULL) == TL_OK && row)
        if (strcmp(tl_query_get_text(q, 3), action) == 0 && tl_query_get_text(q, 5) &&
            strstr(tl_query_get_text(q, 5), words))
            found = true;
    return found;
}

static void expect_public(record_fixture *f, const char *label, double value, int64_t version)
{
    tl_record r;
    record_expect(label, tl_record_get(f->s, id, 0, f->arena, &r, &f->err), TL_OK, &f->err, NULL);
    if (r.value != value || r.version != version)
        fail_msg("%s: public value %g of version %lld, want %g of %lld", label, r.value,
                 (long long)r.version, value, (long long)version);
}

/* The public value does not move until the correction is published; the log holds old, new and
 * reason; who asks for version 1 sees which version replaced it. */
static void test_correction(void **state)
{
    record_fixture *f = *state;
    tl_record r;
    int64_t entries;
    bring(f, TL_RECORD_PUBLISHED);
    r = record_car(id, 190);
    bool same;
    record_expect("no reason", record_put(f, &r, &same), TL_EINPUT, &f->err, "reason");
    put(f, 190, "kerb mass was wrong");
    expect_public(f, "put", 201, 1);
    step(f, TL_RECORD_ASK);
    expect_public(f, "asked", 201, 1);
    put(f, 188, "and the battery too");
    step(f, TL_RECORD_RECALCULATE);
    expect_public(f, "recalculated", 201, 1);
    step(f, TL_RECORD_PUBLISH);
    expect_public(f, "published", 188, 2);
    record_expect("old", tl_record_get(f->s, id, 1, f->arena, &r, &f->err), TL_OK, &f->err, NULL);
    if (r.value != 201 || r.state != TL_RECORD_SUPERSEDED || r.replaced_by != 2)
        fail_msg("version 1: %g, %s, replaced by %lld", r.value, tl_record_state_name(r.state),
                 (long long)r.replaced_by);
    assert_string_equal(r.ended_on, "2026-11-30");
    if (!log_has(f, "record.put", "\"value_before\":201,\"value\":190,") ||
        !log_has(f, "record.put", "\"reason\":\"kerb mass was wrong\"") ||
        !log_has(f, "record.put", "\"value_before\":190,\"value\":188,"))
        fail_msg("the log does not hold old, new and reason");
    record_expect("chain", tl_audit_verify(f->s, &entries, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(entries, 8); /* three of version 1, five of version 2 */
}

/* An end does not wait for an open correction, and the correction may follow it. */
static void test_end(void **state)
{
    record_fixture *f = *state;
    tl_record r;
    bring(f, TL_RECORD_PUBLISHED);
    put(f, 190, "better data");
    record_expect("no reason", record_take(f, id, TL_RECORD_WITHDRAW, "", NULL), TL_EINPUT, &f->err,
                  "reason");
    step(f, TL_RECORD_WITHDRAW);
    record_expect("get", tl_record_get(f->s, id, 0, f->arena, &r, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(r.state, TL_RECORD_WITHDRAWN);
    assert_string_equal(r.ended_because, "why");
    assert_int_equal(r.replaced_by, 0);
    step(f, TL_RECORD_ASK);
    step(f, TL_RECORD_PUBLISH);
    expect_public(f, "after", 190, 2);
    record_expect("old", tl_record_get(f->s, id, 1, f->arena, &r, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(r.state, TL_RECORD_WITHDRAWN);
    assert_int_equal(r.replaced_by, 2);
}

static void test_refused(void **state)
{
    record_fixture *f = *state;
    put(f, 201, "");
    record_expect("unknown", record_take(f, "nobody", TL_RECORD_ASK, "", NULL), TL_ENOTFOUND,
                  &f->err, "nobody");
    record_expect("day", record_take(f, id, TL_RECORD_ASK, "2026-02-30", NULL), TL_EINPUT, &f->err,
                  "2026-02-30");
    record_expect("reason", record_take(f, id, TL_RECORD_ASK, "", "a\x01"), TL_EINPUT, &f->err,
                  "reason");
    step(f, TL_RECORD_ASK);
}

/* One of two who publish, each with a connection of his own. */
struct publisher {
    const char *path;
    pthread_barrier_t *start;
    tl_status st;
    tl_error err;
};

static void *publish(void *arg)
{
    struct publisher *p = arg;
    tl_store *s;
    p->st = tl_store_open(&s, p->path, NULL, &p->err);
    pthread_barrier_wait(p->start);
    if (p->st != TL_OK)
        return NULL;
    p->st = tl_store_begin(s, &p->err);
    if (p->st == TL_OK)
        p->st = tl_record_take(s, id, TL_RECORD_PUBLISH, "2026-11-30", NULL, "anna", &p->err);
    if (p->st == TL_OK)
        p->st = tl_store_commit(s, &p->err);
    tl_store_close(s);
    return NULL;
}

/* Of two who publish at the same moment one gets the record, the other reads why not. */
static void test_two(void **state)
{
    scratch *place = *state;
    char path[512];
    record_fixture f = { 0 };
    pthread_t threads[2];
    pthread_barrier_t start;
    snprintf(path, sizeof path, "%s", scratch_path(place, "two.db"));
    for (int round = 0; round < 10; round++) {
        struct publisher two[2];
        for (int i = 0; i < 2; i++)
            two[i] = (struct publisher){ .path = path, .start = &start };
        unlink(path);
        expect("open", tl_store_open(&f.s, path, NULL, &f.err), TL_OK, &f.err, NULL);
        bring(&f, TL_RECORD_REVIEW);
        tl_store_close(f.s);
        assert_int_equal(pthread_barrier_init(&start, NULL, 2), 0);
        for (int i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, publish, &two[i]), 0);
        for (int i = 0; i < 2; i++)
            pthread_join(threads[i], NULL);
        pthread_barrier_destroy(&start);
        const struct publisher *lost = two[0].st == TL_OK ? &two[1] : &two[0];
        if ((two[0].st == TL_OK) == (two[1].st == TL_OK))
            fail_msg("round %d: %s (%s) and %s (%s)", round, tl_status_name(two[0].st),
                     two[0].err.text, tl_status_name(two[1].st), two[1].err.text);
        expect("refusal", lost->st, TL_ECONFLICT, &lost->err, "version 1 is published");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),
        cmocka_unit_test_setup_teardown(test_review, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_correction, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_end, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_refused, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_two, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

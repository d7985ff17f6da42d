/* test_assessment_reply.c - replies with evidence, also to what is published, and decisions. */
#include "rating/tests/rating_test.h"

static tl_status end(rating_fixture *f, tl_status st)
{
    if (st == TL_OK)
        return tl_store_commit(f->db.s, &f->db.err);
    tl_store_rollback(f->db.s);
    return st;
}

static tl_status reply(rating_fixture *f, const tl_assessment_key *key, const char *slot,
                       const char *document, const char *quote)
{
    const tl_reply r = { .at = "2024-08-05",
                         .by = "BMW",
                         .slot = slot,
                         .text = "See our report.",
                         .evidence = { .document = document,
                                       .page = "7",
                                       .quote = quote,
                                       .language = "",
                                       .url = "",
                                       .dated = "2024-03-01",
                                       .retrieved = "",
                                       .sha256 = "" } };
    f->db.err = (tl_error){ 0 };
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    return end(f, tl_assessment_reply(f->db.s, key, &r, "ben", &f->db.err));
}

static tl_status decide(rating_fixture *f, const tl_assessment_key *key, tl_decision d)
{
    f->db.err = (tl_error){ 0 };
    d.day = "2024-08-06";
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    return end(f, tl_assessment_decide(f->db.s, &f->x, key, &d, "ann", &f->db.err));
}

static void step(rating_fixture *f, const tl_assessment_key *key, tl_assessment_step s,
                 const char *day, const char *who)
{
    if (take_step(f, key, s, day, "", who) != TL_OK)
        fail_msg("step %d: %s", (int)s, f->db.err.text);
}

/* Two answers that are with the company. */
static tl_assessment asked(rating_fixture *f)
{
    static const said list[] = { { "1.1.1", 1000, "Report", "2024-01-01", false },
                                 { "2.1.1", 1000, "Report", "2024-01-01", false } };
    tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, list, TEST_COUNT(list));
    if (save_draft(f, &a, "ann") != TL_OK)
        fail_msg("%s", f->db.err.text);
    step(f, &a.key, TL_STEP_SUBMIT, "2024-08-01", "ann");
    step(f, &a.key, TL_STEP_APPROVE, "2024-08-02", "ben");
    return a;
}

static const tl_answer *answer_of(const tl_assessment *a, const char *slot)
{
    for (size_t i = 0; i < a->n_answers; i++)
        if (strcmp(a->answers[i].slot, slot) == 0)
            return &a->answers[i];
    fail_msg("no answer %s", slot);
    return NULL;
}

static void test_evidence(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = asked(f);
    expect("quote without document", reply(f, &a.key, "1.1.1", "", "words"), TL_EINPUT, &f->db.err,
           "document");
    expect("with evidence", reply(f, &a.key, "1.1.1", "Own report", "words"), TL_OK, &f->db.err,
           NULL);
    tl_assessment now = get_version(f, &a.key, -1);
    assert_int_equal(now.n_replies, 1);
    assert_string_equal(now.replies[0].evidence.document, "Own report");
    assert_string_equal(now.replies[0].evidence.page, "7");
    assert_false(now.replies[0].decided);
}

static void test_decide_refused(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = asked(f);
    assert_int_equal(reply(f, &a.key, "1.1.1", "Own report", "words"), TL_OK);
    assert_int_equal(reply(f, &a.key, "", "Own report", ""), TL_OK);
    tl_assessment now = get_version(f, &a.key, -1);
    int64_t one = now.replies[0].id, whole = now.replies[1].id;
    const struct {
        const char *label;
        tl_decision d;
        tl_status want;
        const char *words;
    } cases[] = {
        { "no such reply", { .reply = 999, .reason = "r" }, TL_ENOTFOUND, "999" },
        { "no reason", { .reply = one, .reason = " " }, TL_EINPUT, "reason" },
        { "the whole", { .reply = whole, .accepted = true, .reason = "r" }, TL_EINPUT, "whole" },
        { "too many points",
          { .reply = one, .accepted = true, .points = 900000, .reason = "r" },
          TL_EINPUT,
          "1.1.1" },
        { "rejected", { .reply = one, .reason = "an older report" }, TL_OK, NULL },
        { "twice", { .reply = one, .reason = "r" }, TL_ECONFLICT, "already" },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++)
        expect(cases[i].label, decide(f, &a.key, cases[i].d), cases[i].want, &f->db.err,
               cases[i].words);
    now = get_version(f, &a.key, -1);
    assert_int_equal(now.state, TL_STATE_COMPANY); /* nothing changed but the decision */
    assert_true(now.replies[0].decided && !now.replies[0].accepted);
    assert_string_equal(now.replies[0].reason, "an older report");
    assert_string_equal(now.replies[0].decided_by, "ann");
    assert_string_equal(now.replies[0].decided_at, "2024-08-06");
    static const char *const harms[] = {
        "UPDATE assessment_decision SET reason = 'x'",
        "DELETE FROM assessment_decision",
        "UPDATE assessment_reply_evidence SET quote = 'x'",
        "DELETE FROM assessment_reply_evidence",
        "INSERT INTO assessment_decision VALUES (999,'2024-08-05',1,'r','ann')",
        "INSERT INTO assessment_decision VALUES (2,'May',1,'r','ann')",
        "INSERT INTO assessment_decision VALUES (2,'2024-08-05',2,'r','ann')",
    };
    for (size_t i = 0; i < TEST_COUNT(harms); i++)
        if (tl_store_exec(f->db.s, harms[i], &f->db.err) != TL_ECONFLICT)
            fail_msg("%s: passed", harms[i]);
}

/* While the company is asked, the version itself changes and goes round again. */
static void test_accept_asked(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = asked(f);
    assert_int_equal(reply(f, &a.key, "1.1.1", "Own report", "words"), TL_OK);
    int64_t id = get_version(f, &a.key, -1).replies[0].id;
    const tl_decision yes = { .reply = id, .accepted = true, .points = 2000, .reason = "agreed" };
    expect("accept", decide(f, &a.key, yes), TL_OK, &f->db.err, NULL);
    tl_assessment now = get_version(f, &a.key, -1);
    assert_int_equal(now.version, 1);
    assert_int_equal(now.state, TL_STATE_DRAFT);
    const tl_answer *answer = answer_of(&now, "1.1.1");
    assert_int_equal(answer->counted, 2000);
    assert_int_equal(answer->n_evidence, 2);
    assert_string_equal(answer->evidence[1].document, "Own report");
    assert_int_equal(answer_of(&now, "2.1.1")->counted, 1000);
    step(f, &a.key, TL_STEP_SUBMIT, "2024-08-07", "ann");
    expect("the decider approves", take_step(f, &a.key, TL_STEP_APPROVE, "", "", "ann"),
           TL_EFORBIDDEN, &f->db.err, "second person");
    step(f, &a.key, TL_STEP_APPROVE, "2024-08-08", "ben");
}

/* Of what is published nothing changes: accepted replies make one correction. */
static void test_accept_published(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = asked(f);
    step(f, &a.key, TL_STEP_FINALISE, "2024-09-30", "ben");
    step(f, &a.key, TL_STEP_PUBLISH, "2024-10-01", "ben");
    expect("dispute one", reply(f, &a.key, "1.1.1", "Own report", "words"), TL_OK, &f->db.err,
           NULL);
    expect("dispute two", reply(f, &a.key, "2.1.1", "Own report", ""), TL_OK, &f->db.err, NULL);
    tl_assessment now = get_version(f, &a.key, -1);
    const tl_decision yes = {
        .reply = now.replies[0].id, .accepted = true, .points = 2000, .reason = "page 7 says it"
    };
    const tl_decision no = { .reply = now.replies[1].id, .reason = "after the cut-off" };
    expect("accept", decide(f, &a.key, yes), TL_OK, &f->db.err, NULL);
    expect("reject", decide(f, &a.key, no), TL_OK, &f->db.err, NULL);
    expect("dispute while it is corrected", reply(f, &a.key, "", "Own report", ""), TL_OK,
           &f->db.err, NULL);
    now = get_version(f, &a.key, -1);
    assert_int_equal(now.version, 2);
    assert_int_equal(now.state, TL_STATE_DRAFT);
    assert_string_equal(now.reason, "page 7 says it");
    assert_int_equal(answer_of(&now, "1.1.1")->counted, 2000);
    assert_int_equal(answer_of(&now, "2.1.1")->counted, 1000);
    tl_assessment before = get_version(f, &a.key, 0);
    assert_int_equal(before.version, 1);
    assert_int_equal(answer_of(&before, "1.1.1")->counted, 1000);
    assert_int_equal(before.n_replies, 3);
    assert_true(before.replies[0].accepted && before.replies[1].decided &&
                !before.replies[1].accepted && !before.replies[2].decided);
    assert_int_equal(verify_all(f), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_evidence, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_decide_refused, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_accept_asked, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_accept_published, rating_setup, rating_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

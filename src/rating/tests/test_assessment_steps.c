/* test_assessment_steps.c - who may take which step, what corrections and withdrawals leave, and
 * two levels that must agree. */
#include "rating/tests/rating_test.h"

#include "rating/workday.h"

/* Monday to Friday counted on a calendar of 2024: 2 August 2024 is a Friday. */
static const struct day_case {
    const char *label, *day;
    int n;
    const char *want; /* NULL: refused */
} day_cases[] = {
    { "Friday and one day", "2024-08-02", 1, "2024-08-05" },
    { "Friday and five", "2024-08-02", 5, "2024-08-09" },
    { "Friday and twenty", "2024-08-02", 20, "2024-08-30" },
    { "Saturday and twenty", "2024-08-03", 20, "2024-08-30" },
    { "Sunday and one", "2024-08-04", 1, "2024-08-05" },
    { "Monday and twenty", "2024-08-05", 20, "2024-09-02" },
    { "over a leap day", "2024-02-28", 2, "2024-03-01" },
    { "over the year", "2024-12-31", 1, "2025-01-01" },
    { "before 1970", "1969-12-31", 1, "1970-01-01" }, /* a Wednesday and a Thursday */
    { "no day", "2024-02-30", 1, NULL },
    { "no text", "", 1, NULL },
    { "too late", "2199-12-31", 1, NULL },
    { "last year", "2200-01-05", 1, NULL },
};

static void test_workdays(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(day_cases); i++) {
        const struct day_case *c = &day_cases[i];
        char got[TL_DAY_TEXT] = "";
        tl_status st = tl_workday_after(c->day, c->n, got, NULL);
        if (st != (c->want ? TL_OK : TL_EINPUT) || (c->want && strcmp(got, c->want) != 0))
            fail_msg("%s: got '%s', want '%s'", c->label, got, c->want ? c->want : "refused");
    }
}

/* One way through all states, with what must not be possible on it. ann writes, cem assesses. */
static const struct walk_case {
    const char *label;
    tl_assessment_step step;
    const char *day, *text, *who;
    tl_status want;
    const char *words; /* of the refusal */
    tl_assessment_state after;
} walk[] = {
    { "approve a draft", TL_STEP_APPROVE, "", "", "ben", TL_ECONFLICT, "is draft", TL_STATE_DRAFT },
    { "publish a draft", TL_STEP_PUBLISH, "", "", "ben", TL_ECONFLICT, "is draft", TL_STATE_DRAFT },
    { "no person", TL_STEP_SUBMIT, "", "", "", TL_EINPUT, "who", TL_STATE_DRAFT },
    { "no day", TL_STEP_SUBMIT, "May", "", "ann", TL_EINPUT, "day", TL_STATE_DRAFT },
    { "submit", TL_STEP_SUBMIT, "2024-08-01", "", "ann", TL_OK, "", TL_STATE_REVIEW },
    { "submit again", TL_STEP_SUBMIT, "", "", "ann", TL_ECONFLICT, "is review", TL_STATE_REVIEW },
    { "return without words", TL_STEP_RETURN, "", "", "ben", TL_EINPUT, "text", TL_STATE_REVIEW },
    { "return", TL_STEP_RETURN, "", "page 3?", "ben", TL_OK, "", TL_STATE_DRAFT },
    { "submit anew", TL_STEP_SUBMIT, "", "", "ann", TL_OK, "", TL_STATE_REVIEW },
    { "author approves", TL_STEP_APPROVE, "", "", "ann", TL_EFORBIDDEN, "ann wrote it",
      TL_STATE_REVIEW },
    { "author in capitals", TL_STEP_APPROVE, "", "", "ANN ", TL_EFORBIDDEN, "wrote it",
      TL_STATE_REVIEW },
    { "earlier author approves", TL_STEP_APPROVE, "", "", "dan", TL_EFORBIDDEN, "wrote it",
      TL_STATE_REVIEW },
    { "assessor approves", TL_STEP_APPROVE, "", "", "cem", TL_EFORBIDDEN, "cem assessed 1.1.1",
      TL_STATE_REVIEW },
    { "approve", TL_STEP_APPROVE, "2024-08-02", "", "ben", TL_OK, "", TL_STATE_COMPANY },
    { "return after approval", TL_STEP_RETURN, "", "no", "ben", TL_ECONFLICT, "is with the company",
      TL_STATE_COMPANY },
    { "on the last day", TL_STEP_FINALISE, "2024-08-30", "", "ben", TL_ECONFLICT,
      "until 2024-08-30", TL_STATE_COMPANY },
    { "the day after", TL_STEP_FINALISE, "2024-08-31", "", "ben", TL_OK, "", TL_STATE_FINAL },
    { "publish", TL_STEP_PUBLISH, "2024-10-01", "", "eva", TL_OK, "", TL_STATE_PUBLISHED },
    { "publish again", TL_STEP_PUBLISH, "", "", "eva", TL_ECONFLICT, "is published",
      TL_STATE_PUBLISHED },
};

static tl_assessment two_answers(rating_fixture *f, tl_points first)
{
    const said list[] = { { "1.1.1", first, "Report", "", false },
                          { "2.1.1", 4000, "CDP", "", false } };
    return an_assessment(f, "bmw", TL_LEVEL_INDICATOR, list, 2);
}

static void test_walk(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = two_answers(f, 1000);
    assert_int_equal(save_draft(f, &a, "dan"), TL_OK);
    a = two_answers(f, 2000);
    ((tl_answer *)(uintptr_t)a.answers)[0].assessor = "cem";
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(walk); i++) {
        const struct walk_case *w = &walk[i];
        int64_t entries = audit_entries(&f->db);
        tl_status st = take_step(f, &a.key, w->step, w->day, w->text, w->who);
        expect(w->label, st, w->want, &f->db.err, w->words);
        tl_assessment now = get_version(f, &a.key, -1);
        if (now.state != w->after || audit_entries(&f->db) != entries + (st == TL_OK))
            fail_msg("%s: is %s, %lld entries more", w->label, tl_state_name(now.state),
                     (long long)(audit_entries(&f->db) - entries));
    }
    tl_assessment done = get_version(f, &a.key, 0);
    assert_string_equal(done.author, "dan");
    assert_string_equal(done.approver, "ben");
    assert_string_equal(done.reply_until, "2024-08-30");
    assert_string_equal(done.published_on, "2024-10-01");
    /* 2 + 0.6 x 4 = 4.4 */
    assert_string_equal(total_of(f, &done), "4.4");
    expect("save a published one", save_draft(f, &a, "ann"), TL_ECONFLICT, &f->db.err,
           "is published");
    verify_all(f);
}

static tl_status reply(rating_fixture *f, const tl_assessment_key *key, const char *slot,
                       const char *text)
{
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    const tl_reply r = { .at = "2024-08-05", .by = "BMW", .slot = slot, .text = text };
    tl_status st = tl_assessment_reply(f->db.s, key, &r, "ben", &f->db.err);
    if (st == TL_OK)
        st = tl_store_commit(f->db.s, &f->db.err);
    else
        tl_store_rollback(f->db.s);
    return st;
}

static void test_reply(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = two_answers(f, 2000);
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    expect("to a draft", reply(f, &a.key, "", "We object."), TL_ECONFLICT, &f->db.err, "is draft");
    assert_int_equal(take_step(f, &a.key, TL_STEP_SUBMIT, "2024-08-01", "", "ann"), TL_OK);
    assert_int_equal(take_step(f, &a.key, TL_STEP_APPROVE, "2024-08-02", "", "ben"), TL_OK);
    expect("unknown slot", reply(f, &a.key, "9", "Hm."), TL_EINPUT, &f->db.err, "'9'");
    expect("no words", reply(f, &a.key, "", ""), TL_EINPUT, &f->db.err, "text");
    expect("slot not answered", reply(f, &a.key, "2.3", "See page 4."), TL_OK, &f->db.err, NULL);
    expect("the whole", reply(f, &a.key, "", "Thank you."), TL_OK, &f->db.err, NULL);
    static const char *const harms[] = {
        "UPDATE assessment_reply SET text = 'We agree.'",
        "DELETE FROM assessment_reply",
        "INSERT INTO assessment_reply VALUES (9,1,1,'May','BMW','','text')",
        "INSERT INTO assessment_reply VALUES (9,1,1,'2024-08-05','','','text')",
        "INSERT INTO assessment_reply VALUES (9,1,1,'2024-08-05','BMW','','')",
    };
    for (size_t i = 0; i < TEST_COUNT(harms); i++)
        if (tl_store_exec(f->db.s, harms[i], &f->db.err) != TL_ECONFLICT)
            fail_msg("%s: passed", harms[i]);
    expect("a reply ends the wait", take_step(f, &a.key, TL_STEP_FINALISE, "2024-08-05", "", "ben"),
           TL_OK, &f->db.err, NULL);
    tl_assessment now = get_version(f, &a.key, -1);
    assert_int_equal(now.n_replies, 2);
    assert_string_equal(now.replies[0].slot, "2.3");
    assert_string_equal(now.replies[1].text, "Thank you.");
    assert_string_equal(now.replies[1].by, "BMW");
}

static tl_status correct(rating_fixture *f, const tl_assessment_key *key, const char *reason)
{
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    tl_status st = tl_assessment_correct(f->db.s, key, reason, "ann", &f->db.err);
    if (st == TL_OK)
        st = tl_store_commit(f->db.s, &f->db.err);
    else
        tl_store_rollback(f->db.s);
    return st;
}

static tl_status withdraw(rating_fixture *f, const tl_assessment_key *key, int64_t id,
                          const char *reason)
{
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    tl_status st = tl_assessment_withdraw(f->db.s, &f->x, key, id, reason, "eva", &f->db.err);
    if (st == TL_OK)
        st = tl_store_commit(f->db.s, &f->db.err);
    else
        tl_store_rollback(f->db.s);
    return st;
}

static void test_correct(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = two_answers(f, 2000);
    const tl_assessment *versions;
    size_t n;
    expect("nothing there", correct(f, &a.key, "why"), TL_ENOTFOUND, &f->db.err, "no assessment");
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    expect("a draft", correct(f, &a.key, "why"), TL_ECONFLICT, &f->db.err, "is draft");
    publish(f, &a.key);
    expect("no reason", correct(f, &a.key, ""), TL_EINPUT, &f->db.err, "reason");
    expect("correct", correct(f, &a.key, "page was misread"), TL_OK, &f->db.err, NULL);
    expect("twice", correct(f, &a.key, "again"), TL_ECONFLICT, &f->db.err, "version 2 is draft");
    a = two_answers(f, 1000);
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    tl_assessment draft = get_version(f, &a.key, -1);
    assert_string_equal(total_of(f, &draft), "3.4");
    tl_assessment old = get_version(f, &a.key, 0);
    assert_int_equal(old.version, 1); /* what people see has not changed */
    publish(f, &a.key);
    assert_int_equal(tl_assessment_versions(f->db.s, &a.key, f->db.arena, &versions, &n, NULL),
                     TL_OK);
    assert_int_equal(n, 2);
    assert_int_equal(versions[0].state, TL_STATE_SUPERSEDED);
    assert_int_equal(versions[1].state, TL_STATE_PUBLISHED);
    assert_string_equal(versions[1].reason, "page was misread");
    old = get_version(f, &a.key, 1);
    assert_string_equal(total_of(f, &old), "4.4");
    assert_int_equal(verify_all(f), 2);
}

static void test_withdraw(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = two_answers(f, 2000);
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    tl_assessment now = get_version(f, &a.key, -1);
    int64_t first = now.answers[0].evidence[0].id;
    expect("no reason", withdraw(f, &a.key, first, " "), TL_EINPUT, &f->db.err, "reason");
    expect("unknown", withdraw(f, &a.key, 999, "r"), TL_ENOTFOUND, &f->db.err, "999");
    expect("of a draft", withdraw(f, &a.key, first, "a fake"), TL_OK, &f->db.err, NULL);
    expect("twice", withdraw(f, &a.key, first, "a fake"), TL_ECONFLICT, &f->db.err, "already");
    now = get_version(f, &a.key, -1);
    assert_int_equal(now.version, 1);
    assert_int_equal(now.answers[0].counted, 0);
    a = two_answers(f, 1500); /* the same evidence stays withdrawn */
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    now = get_version(f, &a.key, -1);
    assert_true(now.answers[0].evidence[0].withdrawn);
    assert_int_equal(now.answers[0].counted, 0);
    assert_int_equal(verify_all(f), 1);
}

/* While the company is asked, evidence can go as well; the answers stay. */
static void test_withdraw_open(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = two_answers(f, 2000);
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    assert_int_equal(take_step(f, &a.key, TL_STEP_SUBMIT, "2024-08-01", "", "ann"), TL_OK);
    assert_int_equal(take_step(f, &a.key, TL_STEP_APPROVE, "2024-08-02", "", "ben"), TL_OK);
    tl_assessment now = get_version(f, &a.key, -1);
    tl_assessment_key other = a.key;
    other.company = "byd";
    expect("of another company", withdraw(f, &other, now.answers[0].evidence[0].id, "r"),
           TL_ENOTFOUND, &f->db.err, "no assessment");
    expect("while asked", withdraw(f, &a.key, now.answers[0].evidence[0].id, "not theirs"), TL_OK,
           &f->db.err, NULL);
    expect("save while asked", save_draft(f, &a, "ann"), TL_ECONFLICT, &f->db.err,
           "is with the company");
    now = get_version(f, &a.key, -1);
    assert_int_equal(now.version, 1);
    assert_int_equal(now.state, TL_STATE_COMPANY);
    assert_string_equal(total_of(f, &now), "2.4");
    verify_all(f);
}

/* Of what is published, with a correction being written meanwhile. */
static void test_withdraw_published(void **state)
{
    rating_fixture *f = *state;
    tl_assessment a = two_answers(f, 2000);
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    publish(f, &a.key);
    assert_int_equal(correct(f, &a.key, "better page"), TL_OK);
    tl_assessment was = get_version(f, &a.key, 0);
    int64_t id = was.answers[1].evidence[0].id, entries = audit_entries(&f->db);
    expect("withdraw", withdraw(f, &a.key, id, "CDP took it back"), TL_OK, &f->db.err, NULL);
    assert_int_equal(audit_entries(&f->db), entries + 1);
    tl_assessment now = get_version(f, &a.key, 0);
    assert_int_equal(now.version, 2);
    assert_string_equal(now.reason, "CDP took it back");
    assert_string_equal(now.author, "eva");
    assert_string_equal(total_of(f, &now), "2.0");
    assert_true(now.answers[1].evidence[0].withdrawn);
    was = get_version(f, &a.key, 1);
    assert_int_equal(was.state, TL_STATE_SUPERSEDED);
    assert_string_equal(total_of(f, &was), "4.4"); /* as it was published */
    tl_assessment draft = get_version(f, &a.key, -1);
    assert_int_equal(draft.version, 3);
    assert_int_equal(draft.state, TL_STATE_DRAFT);
    assert_string_equal(draft.reason, "better page");
    assert_string_equal(total_of(f, &draft), "2.0");
    expect("of a superseded one", withdraw(f, &a.key, id, "r"), TL_ECONFLICT, &f->db.err,
           "superseded");
    assert_int_equal(verify_all(f), 3);
    publish(f, &a.key);
    assert_int_equal(get_version(f, &a.key, 0).version, 3);
    assert_int_equal(verify_all(f), 3);
}

/* By indicators against what is published by theme: governance 3, own 4, chain 2 (inferred). Total
 * 3 + 0.6 x 4 + 1.4 x 2 = 8.2. */
static const struct agree_case {
    const char *label;
    tl_points governance, own, chain;
    const char *document; /* of the governance answers */
    const char *want;     /* words of the refusal on saving, NULL: taken */
    bool submits;
} agree_cases[] = {
    { "agrees", 1000, 4000, 2000, "R", NULL, true },
    { "governance differs", 500, 4000, 2000, "R", "theme governance", false },
    { "governance above", 2000, 4000, 2000, "R", "theme governance", false },
    { "own differs", 1000, 3000, 2000, "R", "theme own", false },
    { "inferred differs, so does the total", 1000, 4000, 1000, "R", "total", false },
    { "waits for evidence", 1000, 4000, 2000, NULL, NULL, false },
    { "not answered yet", TL_SLOT_NOT_ASKED, 4000, 2000, "R", NULL, false },
    { "not answered, but above already", TL_SLOT_NOT_ASKED, 4500, 2000, "R", "own", false },
};

static void test_agree(void **state)
{
    rating_fixture *f = *state;
    const said themes[] = { { "governance", 3000, NULL, NULL, false },
                            { "own", 4000, NULL, NULL, false },
                            { "chain", 2000, NULL, NULL, true },
                            { "footprint", 0, NULL, NULL, false } };
    tl_assessment t = an_assessment(f, "bmw", TL_LEVEL_THEME, themes, 4);
    bool same;
    t.stated_total = 8200;
    expect("themes", take_result(f, &t, &same), TL_OK, &f->db.err, NULL);
    for (size_t i = 0; i < TEST_COUNT(agree_cases); i++) {
        const struct agree_case *c = &agree_cases[i];
        const said list[] = { { "1.1.1", 2000, "R", "", false },
                              { "1.1.2", c->governance, c->document, "", false },
                              { "2.1.1", c->own / 1000 * 1000, "R", "", false },
                              { "2.1.2", c->own % 1000, "R", "", false },
                              { "2.2.1", 0, NULL, "", false },
                              { "2.2.2p", c->chain, "R", "", false },
                              { "2.3", 0, NULL, "", false } };
        tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, list, TEST_COUNT(list));
        tl_status st = save_draft(f, &a, "ann");
        expect(c->label, st, c->want ? TL_ECONFLICT : TL_OK, &f->db.err, c->want);
        if (c->want)
            continue;
        st = take_step(f, &a.key, TL_STEP_SUBMIT, "", "", "ann");
        expect(c->label, st, c->submits ? TL_OK : TL_ECONFLICT, &f->db.err,
               c->submits ? NULL : "theme governance");
        if (c->submits)
            assert_int_equal(take_step(f, &a.key, TL_STEP_RETURN, "", "again", "ben"), TL_OK);
    }
    verify_all(f);
}

/* The other way round: indicators are published first, and a publication contradicts them. */
static void test_agree_taken(void **state)
{
    rating_fixture *f = *state;
    const said answers[] = { { "1.1.1", 2000, "R", "", false }, { "2.1.1", 4000, "R", "", false } };
    said themes[] = { { "governance", 2500, NULL, NULL, false },
                      { "own", 4000, NULL, NULL, false },
                      { "chain", 0, NULL, NULL, false },
                      { "footprint", 0, NULL, NULL, false } };
    const said total = { "total", 4500, NULL, NULL, false };
    tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, answers, 2);
    bool same;
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    publish(f, &a.key);
    tl_assessment t = an_assessment(f, "bmw", TL_LEVEL_THEME, themes, 4);
    expect("contradicts", take_result(f, &t, &same), TL_ECONFLICT, &f->db.err, "theme governance");
    themes[0].points = 2000;
    t = an_assessment(f, "bmw", TL_LEVEL_THEME, themes, 4);
    expect("agrees", take_result(f, &t, &same), TL_OK, &f->db.err, NULL);
    tl_assessment w = an_assessment(f, "bmw", TL_LEVEL_TOTAL, &total, 1);
    expect("another total", take_result(f, &w, &same), TL_ECONFLICT, &f->db.err, "4.4");
    const said right = { "total", 4400, NULL, NULL, false };
    w = an_assessment(f, "bmw", TL_LEVEL_TOTAL, &right, 1);
    expect("the same total", take_result(f, &w, &same), TL_OK, &f->db.err, NULL);
    assert_int_equal(verify_all(f), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_workdays),
        cmocka_unit_test_setup_teardown(test_walk, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_reply, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_correct, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_withdraw, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_withdraw_open, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_withdraw_published, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_agree, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_agree_taken, rating_setup, rating_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

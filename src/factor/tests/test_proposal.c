/* test_proposal.c - proposals: who may decide what, and what the schema refuses. */
#include <math.h>

#include "factor/proposal.h"
#include "factor/tests/factor_test.h"

static tl_factor_proposal good(void)
{
    return (tl_factor_proposal){ .name_en = "pellet",
                                 .name_zh = "",
                                 .category = "metal",
                                 .value = 1.1,
                                 .unit = "tCO2e/t",
                                 .region = "CN",
                                 .year = 2024,
                                 .boundary = "",
                                 .source = "a report" };
}

static void test_refused(void **state)
{
    factor_fixture *f = *state;
    tl_factor_proposal p[7];
    int64_t id;
    for (size_t i = 0; i < TEST_COUNT(p); i++)
        p[i] = good();
    p[0].name_en = "";
    p[1].source = "";
    p[2].value = NAN;
    p[3].region = "China";
    p[4].unit = "kg/t";
    p[5].year = 24;
    p[6].source = "two\nlines";
    for (size_t i = 0; i < TEST_COUNT(p); i++)
        if (tl_factor_propose(f->s, &p[i], "anna", &id, &f->err) != TL_EINPUT)
            fail_msg("proposal %zu was taken", i);
}

/* Decisions on proposal 1 of anna's, one after the other. */
static const struct decision {
    const char *label, *who, *reason;
    int64_t id;
    tl_status want;
} decisions[] = {
    { "her own", "anna", "fine", 1, TL_EFORBIDDEN },
    { "no reason", "bo", "", 1, TL_EINPUT },
    { "no such proposal", "bo", "fine", 9, TL_ENOTFOUND },
    { "another person", "bo", "fine", 1, TL_OK },
    { "twice", "cy", "fine", 1, TL_ECONFLICT },
};

static void test_decide(void **state)
{
    factor_fixture *f = *state;
    const tl_factor_proposal p = good(), *all;
    int64_t id = 0;
    size_t n;
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(tl_factor_propose(f->s, &p, "anna", &id, &f->err), TL_OK);
    assert_int_equal(id, 1);
    for (size_t i = 0; i < TEST_COUNT(decisions); i++) {
        const struct decision *c = &decisions[i];
        tl_status got = tl_factor_decide(f->s, c->id, true, c->reason, c->who, f->arena, &f->err);
        if (got != c->want)
            fail_msg("%s: %s, want %s", c->label, tl_status_name(got), tl_status_name(c->want));
    }
    assert_int_equal(tl_factor_proposals(f->s, f->arena, &all, &n, NULL), TL_OK);
    assert_int_equal(n, 1);
    assert_string_equal(all[0].state, "accepted");
    assert_string_equal(all[0].decided_by, "bo");
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
}

/* What the code never writes, the schema refuses all the same. */
static void test_constraints(void **state)
{
    static const struct {
        const char *label, *state, *by, *reason;
    } cases[] = {
        { "decided by the proposer", "accepted", "anna", "fine" },
        { "an unknown state", "perhaps", "bo", "fine" },
        { "accepted by nobody", "accepted", "", "fine" },
        { "rejected without a reason", "rejected", "bo", "" },
    };
    factor_fixture *f = *state;
    const tl_factor_proposal p = good();
    int64_t id = 0;
    tl_query *q;
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(tl_factor_propose(f->s, &p, "anna", &id, &f->err), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        assert_int_equal(tl_store_query(f->s, "factor_proposal.decide", &q, &f->err), TL_OK);
        tl_query_int(q, 1, id);
        tl_query_text(q, 2, cases[i].state);
        tl_query_text(q, 3, cases[i].by);
        tl_query_text(q, 4, cases[i].reason);
        if (tl_query_run(q, &f->err) != TL_ECONFLICT)
            fail_msg("%s was kept", cases[i].label);
    }
    tl_store_rollback(f->s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_refused, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_decide, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_constraints, factor_setup, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

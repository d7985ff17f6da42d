/* loan_test.c - a signed facility looked at again: the test of a day, since the signing or since an
 * earlier day; tests that are kept. */
#include "account/user.h"
#include "operation/loan.h"
#include "operation/loan_sheet.h"
#include "report/registry_loan_test.h"

/* A test as it is shown; in the arena, since the report borrows from it. */
struct test {
    tl_loan_read of_day, before;
    tl_loan_result since_signing;
};

static tl_status read_test(tl_call *c, const char *since, struct test **out, tl_error *err)
{
    struct test *t = *out = tl_arena_alloc(c->arena, 1, sizeof *t);
    if (!t)
        return tl_fail_nomem(err);
    tl_loan_read *l = &t->of_day;
    tl_status st = tl_loan_read_at(c, tl_call_day(c), l, err);
    if (st == TL_OK && !*l->facility.signed_on)
        st = tl_fail(err, TL_EINPUT, "facility '%s' is a draft: a test follows the signing",
                     l->facility.id);
    if (st != TL_OK || !since)
        return st;
    if (strcmp(since, tl_call_day(c)) > 0)
        return tl_fail(err, TL_EINPUT, "%ssince: %s is after the day of the test, %s",
                       c->dash ? c->dash : "", since, tl_call_day(c));
    t->since_signing = l->result;
    if ((st = tl_loan_read_at(c, since, &t->before, err)) != TL_OK)
        return tl_context(err, st, "since");
    tl_loan_since(&l->facility, l->cars, t->before.cars, l->sheet.n);
    return tl_loan_compute(&l->facility, l->cars, l->sheet.n, &l->result, err);
}

static tl_status show(tl_call *c, const struct test *t, const char *since, tl_error *err)
{
    const tl_loan_look_back back = { since ? since : "", t->since_signing.margin_e4 };
    return tl_call_report(
        c, tl_report_loan_test(&t->of_day.sheet, tl_call_day(c), since ? &back : NULL), err);
}

tl_status tl_run_loan_test(tl_call *c, tl_error *err)
{
    struct test *t = NULL;
    const char *since = tl_call_text(c, "since");
    tl_status st = read_test(c, since, &t, err);
    return st == TL_OK ? show(c, t, since, err) : st;
}

tl_status tl_run_loan_keep_test(tl_call *c, tl_error *err)
{
    struct test *t = NULL;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    if ((st = read_test(c, NULL, &t, err)) == TL_OK)
        st = tl_loan_keep_test(c->store, &t->of_day.facility, t->of_day.cars, t->of_day.sheet.n,
                               &t->of_day.result, tl_call_day(c), tl_call_who(c), err);
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK ? show(c, t, NULL, err) : st;
}

/* What people are called; at the command line there is no account. */
static tl_status name_of(tl_call *c, const char *who, const char **out, tl_error *err)
{
    tl_user u;
    tl_error why = { 0 };
    tl_status st = tl_user_get(c->store, who, c->arena, &u, &why);
    *out = st == TL_OK ? u.name : who;
    return st == TL_OK || st == TL_ENOTFOUND ? TL_OK : tl_fail(err, st, "%s", why.text);
}

tl_status tl_run_loan_tests(tl_call *c, tl_error *err)
{
    tl_facility f;
    tl_loan_due_test due;
    const tl_loan_kept_test *tests = NULL;
    const char *const *names = NULL;
    size_t n = 0;
    const char *id = tl_call_text(c, "facility");
    tl_status st = tl_facility_seen(c->store, c->viewer, id, c->arena, err);
    if (st == TL_OK)
        st = tl_facility_get(c->store, id, c->arena, &f, NULL, NULL, err);
    if (st == TL_OK)
        st = tl_loan_due(c, &f, &due, err);
    if (st == TL_OK)
        st = tl_loan_kept_tests(c->store, id, c->arena, &tests, &n, err);
    const char **list = st == TL_OK ? tl_arena_alloc(c->arena, n + 1, sizeof *list) : NULL;
    if (st == TL_OK && !list)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = name_of(c, tests[i].who, &list[i], err);
    names = list;
    if (st != TL_OK)
        return st;
    return tl_call_report(
        c, tl_report_loan_tests(id, tests, names, n, tl_arena_str(c->arena, due.next), c->arena),
        err);
}

/* test_session.c - sessions begin, run out, are renewed and ended. */
#include "account/tests/account_test.h"
#include "store/audit.h"

#define EDITOR TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR)
#define APPROVER TL_ROLE_BIT(TL_ROLE_COMPANY_APPROVER)
#define VERIFIER TL_ROLE_BIT(TL_ROLE_VERIFIER)

static void start(account_fixture *f, const char *user, const char *tenant,
                  char token[TL_SECRET_TEXT])
{
    const tl_session_opts opts = { .source = "192.0.2.7",
                                   .agent = "Fire\x01"
                                            "fox" };
    account_begin(f);
    expect("start",
           account_end(f, tl_session_start(f->s, user, tenant, &opts, NOW, token, &f->err)), TL_OK,
           &f->err, NULL);
}

static tl_status use(account_fixture *f, const char *token, int64_t now, tl_session *out)
{
    return tl_session_use(f->s, token, now, f->arena, out, &f->err);
}

/* Used again and again: last seen at the moments given, then asked at the last one. 0 ends. */
static const struct life_case {
    const char *label;
    int64_t seen_s[12], asked_s;
    tl_status want;
} life_cases[] = {
    { "at once", { 0 }, 0, TL_OK },
    { "just before the idle time", { 0 }, 1799, TL_OK },
    { "idle", { 0 }, 1800, TL_EFORBIDDEN },
    { "used in between", { 1000 }, 2799, TL_OK },
    { "used in between, then idle", { 1000 }, 2800, TL_EFORBIDDEN },
    { "busy until the end", { 1700, 3400, 5100, 6800 }, 7199, TL_OK },
    { "busy, and over", { 1700, 3400, 5100, 6800 }, 7200, TL_EFORBIDDEN },
    { "seen too late to count", { 1900 }, 1901, TL_EFORBIDDEN },
};

static void test_life(void **state)
{
    account_fixture *f = *state;
    const tl_session_opts opts = { .absolute_s = 7200 };
    for (size_t i = 0; i < TEST_COUNT(life_cases); i++) {
        const struct life_case *c = &life_cases[i];
        char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
        tl_session session;
        account_begin(f);
        expect(c->label,
               account_end(f, tl_session_start(f->s, f->ann, "mill", &opts, NOW, token, &f->err)),
               TL_OK, &f->err, NULL);
        for (const int64_t *at = c->seen_s; *at; at++) {
            assert_int_equal(tl_session_keep(f->s, token, NOW + *at, renewed, &f->err), TL_OK);
            assert_string_equal(renewed, "");
        }
        expect(c->label, use(f, token, NOW + c->asked_s, &session), c->want, &f->err, NULL);
    }
}

static void test_what_it_says(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    tl_session x;
    start(f, f->ann, "mill", token);
    expect("use", use(f, token, NOW + 59, &x), TL_OK, &f->err, NULL);
    assert_string_equal(x.user, f->ann);
    assert_string_equal(x.email, "Ann@Example.com");
    assert_string_equal(x.tenant, "mill");
    assert_string_equal(x.language, "zh");
    assert_null(x.company);
    assert_int_equal(x.kind, TL_TENANT_COMPANY);
    assert_false(x.due);
    expect("due", use(f, token, NOW + 60, &x), TL_OK, &f->err, NULL);
    assert_true(x.due);
    assert_int_equal(tl_session_keep(f->s, token, NOW + 60, renewed, &f->err), TL_OK);
    expect("kept", use(f, token, NOW + 61, &x), TL_OK, &f->err, NULL);
    assert_false(x.due);
    const tl_viewer v = tl_session_viewer(&x);
    assert_true(tl_viewer_may(&v, TL_RIGHT_RECORD_EDIT));
    assert_false(tl_viewer_may(&v, TL_RIGHT_RECORD_PUBLISH));
    assert_false(v.all_tenants);
    assert_true(tl_viewer_of_tenant(&v, "mill"));
    assert_false(tl_viewer_of_tenant(&v, "check"));

    assert_true(tl_session_csrf_right(token, x.csrf));
    assert_string_not_equal(x.csrf, token);
    assert_false(tl_session_csrf_right(token, token));
    assert_false(tl_session_csrf_right(token, ""));
    assert_false(tl_session_csrf_right(token, NULL));
    assert_false(tl_session_csrf_right("", x.csrf));
    start(f, f->ann, "mill", renewed);
    assert_false(tl_session_csrf_right(renewed, x.csrf)); /* bound to its session */
}

static const struct token_case {
    const char *label, *token;
} token_cases[] = {
    { "none", NULL },
    { "empty", "" },
    { "unknown", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
    { "short", "AAAA" },
    { "odd characters", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'=" },
    { "long", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
};

static void test_bad_tokens(void **state)
{
    account_fixture *f = *state;
    char renewed[TL_SECRET_TEXT];
    tl_session x;
    for (size_t i = 0; i < TEST_COUNT(token_cases); i++) {
        const struct token_case *c = &token_cases[i];
        expect(c->label, use(f, c->token, NOW, &x), TL_EFORBIDDEN, &f->err, "not logged in");
        expect(c->label, tl_session_keep(f->s, c->token, NOW, renewed, &f->err), TL_OK, &f->err,
               NULL);
        expect(c->label, tl_session_end(f->s, c->token, &f->err), TL_OK, &f->err, NULL);
        account_begin(f);
        expect(c->label,
               account_end(f, tl_session_switch(f->s, c->token, "mill", NOW, renewed, &f->err)),
               TL_EFORBIDDEN, &f->err, NULL);
    }
}

static void set_roles(account_fixture *f, const char *tenant, uint32_t roles)
{
    account_begin(f);
    expect(tenant,
           account_end(f, tl_user_set_roles(f->s, &f->root, f->ann, tenant, roles, NOW, &f->err)),
           TL_OK, &f->err, NULL);
}

/* New rights hold at once; the token changes when the session is next kept, and the old one is
 * void. */
static void test_roles_change(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT], again[TL_SECRET_TEXT];
    tl_session x, y;
    start(f, f->ann, "mill", token);
    set_roles(f, "mill", APPROVER);
    expect("at once", use(f, token, NOW + 1, &x), TL_OK, &f->err, NULL);
    assert_int_equal(x.roles, APPROVER);
    assert_true(x.due);
    assert_int_equal(tl_session_keep(f->s, token, NOW + 1, renewed, &f->err), TL_OK);
    assert_true(tl_secret_shaped(renewed));
    expect("old token", use(f, token, NOW + 1, &y), TL_EFORBIDDEN, &f->err, NULL);
    expect("new token", use(f, renewed, NOW + 1, &y), TL_OK, &f->err, NULL);
    assert_string_equal(x.id, y.id); /* the same session */
    assert_int_equal(y.ends_at, x.ends_at);
    assert_false(y.due);
    assert_int_equal(tl_session_keep(f->s, renewed, NOW + 2, again, &f->err), TL_OK);
    assert_string_equal(again, "");
    set_roles(f, "mill", 0);
    expect("left", use(f, renewed, NOW + 2, &y), TL_EFORBIDDEN, &f->err, NULL);
}

static void test_switch(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    tl_session x;
    set_roles(f, "check", VERIFIER);
    start(f, f->ann, "mill", token);
    account_begin(f);
    expect("not hers",
           account_end(f, tl_session_switch(f->s, token, "house", NOW, renewed, &f->err)),
           TL_EFORBIDDEN, &f->err, "house");
    assert_string_equal(renewed, "");
    account_begin(f);
    expect("hers", account_end(f, tl_session_switch(f->s, token, "check", NOW, renewed, &f->err)),
           TL_OK, &f->err, NULL);
    expect("old token", use(f, token, NOW, &x), TL_EFORBIDDEN, &f->err, NULL);
    expect("new token", use(f, renewed, NOW, &x), TL_OK, &f->err, NULL);
    assert_string_equal(x.tenant, "check");
    assert_int_equal(x.roles, VERIFIER);
    set_roles(f, "mill", 0); /* leaving the other one does not end it */
    expect("still there", use(f, renewed, NOW, &x), TL_OK, &f->err, NULL);
}

static void test_list(void **state)
{
    account_fixture *f = *state;
    char a[TL_SECRET_TEXT], b[TL_SECRET_TEXT], of_bob[TL_SECRET_TEXT];
    const tl_session_row *rows;
    tl_session x, bobs;
    int64_t ended;
    size_t n;
    start(f, f->ann, "mill", a);
    start(f, f->ann, "mill", b);
    start(f, f->bob, "check", of_bob);
    expect("a", use(f, a, NOW, &x), TL_OK, &f->err, NULL);
    expect("bob's", use(f, of_bob, NOW, &bobs), TL_OK, &f->err, NULL);
    assert_int_equal(tl_session_list(f->s, f->ann, NOW, f->arena, &rows, &n, &f->err), TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].agent, "Fire?fox");
    assert_string_equal(rows[0].source, "192.0.2.7");
    account_begin(f);
    expect("another's", account_end(f, tl_session_revoke(f->s, f->ann, f->ann, bobs.id, &f->err)),
           TL_ENOTFOUND, &f->err, NULL);
    account_begin(f);
    expect("others",
           account_end(f, tl_session_revoke_others(f->s, "root", f->ann, x.id, &ended, &f->err)),
           TL_OK, &f->err, NULL);
    assert_int_equal(ended, 1);
    expect("b is gone", use(f, b, NOW, &x), TL_EFORBIDDEN, &f->err, NULL);
    expect("a is left", use(f, a, NOW, &x), TL_OK, &f->err, NULL);
    account_begin(f);
    expect("own", account_end(f, tl_session_revoke(f->s, f->ann, f->ann, x.id, &f->err)), TL_OK,
           &f->err, NULL);
    expect("a is gone", use(f, a, NOW, &x), TL_EFORBIDDEN, &f->err, NULL);
    expect("logout", tl_session_end(f->s, of_bob, &f->err), TL_OK, &f->err, NULL);
    expect("bob's is gone", use(f, of_bob, NOW, &x), TL_EFORBIDDEN, &f->err, NULL);
}

/* A session knows when its password was given; so long it counts, and giving it again makes a new
 * token. */
static void test_prove(void **state)
{
    account_fixture *f = *state;
    const tl_session_opts elsewhere = { .by_provider = true, .proved_at = NOW - 500 },
                          unknown = { .by_provider = true };
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    tl_session x, y;
    const struct {
        const char *label;
        const tl_session_opts *opts;
        int64_t counts_s;
    } cases[] = {
        { "here", NULL, 600 },
        { "at the provider, a while ago", &elsewhere, 100 },
        { "at the provider, not said when", &unknown, 0 },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        account_begin(f);
        expect(cases[i].label,
               account_end(
                   f, tl_session_start(f->s, f->ann, "mill", cases[i].opts, NOW, token, &f->err)),
               TL_OK, &f->err, NULL);
        expect(cases[i].label, use(f, token, NOW, &x), TL_OK, &f->err, NULL);
        assert_true(!cases[i].counts_s || tl_session_proved(&x, NOW + cases[i].counts_s - 1));
        assert_false(tl_session_proved(&x, NOW + cases[i].counts_s));
    }
    account_begin(f);
    expect(
        "prove",
        account_end(f, tl_session_prove(f->s, f->ann, token, NOW + 50, NOW + 60, renewed, &f->err)),
        TL_OK, &f->err, NULL);
    expect("old token", use(f, token, NOW + 60, &y), TL_EFORBIDDEN, &f->err, NULL);
    expect("new token", use(f, renewed, NOW + 60, &y), TL_OK, &f->err, NULL);
    assert_string_equal(x.id, y.id);
    assert_int_equal(y.proved_at, NOW + 50);
    account_begin(f);
    expect("ended",
           account_end(f, tl_session_prove(f->s, f->ann, renewed, NOW, NOW + DAY, token, &f->err)),
           TL_EFORBIDDEN, &f->err, "not logged in");
}

/* Of three at once the oldest ends when a fourth begins; ended ones do not count, nor other
 * people's. */
static void test_most(void **state)
{
    account_fixture *f = *state;
    const tl_session_opts three = { .most = 3 };
    char tokens[5][TL_SECRET_TEXT], of_bob[TL_SECRET_TEXT];
    tl_session x;
    start(f, f->bob, "check", of_bob);
    for (int i = 0; i < 5; i++) {
        account_begin(f);
        expect("start",
               account_end(
                   f, tl_session_start(f->s, f->ann, "mill", &three, NOW + i, tokens[i], &f->err)),
               TL_OK, &f->err, NULL);
        if (i == 2)
            expect("logout", tl_session_end(f->s, tokens[1], &f->err), TL_OK, &f->err, NULL);
    }
    const tl_status want[5] = { TL_EFORBIDDEN, TL_EFORBIDDEN, TL_OK, TL_OK, TL_OK };
    for (int i = 0; i < 5; i++)
        expect("which are left", use(f, tokens[i], NOW + 5, &x), want[i], &f->err, NULL);
    expect("bob's", use(f, of_bob, NOW + 5, &x), TL_OK, &f->err, NULL);
    const int64_t later = NOW + TL_SESSION_IDLE_S + 4; /* the last one lives, two are over */
    for (int i = 0; i < 2; i++) {
        account_begin(f);
        expect("start later",
               account_end(f, tl_session_start(f->s, f->ann, "mill", &three, later - 1, tokens[i],
                                               &f->err)),
               TL_OK, &f->err, NULL);
    }
    expect("what has ended takes no place", use(f, tokens[4], later - 1, &x), TL_OK, &f->err, NULL);
}

static void test_disabled(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT];
    tl_session x;
    start(f, f->ann, "mill", token);
    account_begin(f);
    expect("disable", account_end(f, tl_user_set_disabled(f->s, &f->root, f->ann, true, &f->err)),
           TL_OK, &f->err, NULL);
    expect("use", use(f, token, NOW, &x), TL_EFORBIDDEN, &f->err, NULL);
    account_begin(f);
    expect("start",
           account_end(f, tl_session_start(f->s, f->ann, "mill", NULL, NOW, token, &f->err)),
           TL_EFORBIDDEN, &f->err, "disabled");
    assert_string_equal(token, "");
    account_begin(f);
    expect("enable", account_end(f, tl_user_set_disabled(f->s, &f->root, f->ann, false, &f->err)),
           TL_OK, &f->err, NULL);
    start(f, f->ann, "mill", token);
    account_begin(f);
    expect("elsewhere",
           account_end(f, tl_session_start(f->s, f->ann, "check", NULL, NOW, token, &f->err)),
           TL_EFORBIDDEN, &f->err, "check");
}

/* A session can be looked up where nothing can be written. */
static void test_read_only(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT];
    const tl_store_opts read_only = { .read_only = true };
    tl_store *reader;
    tl_session x;
    start(f, f->ann, "mill", token);
    expect("open", tl_store_open(&reader, f->path, &read_only, &f->err), TL_OK, &f->err, NULL);
    expect("use", tl_session_use(reader, token, NOW + 100, f->arena, &x, &f->err), TL_OK, &f->err,
           NULL);
    assert_true(x.due);
    tl_store_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACCOUNT_TEST(test_life),       ACCOUNT_TEST(test_what_it_says),
        ACCOUNT_TEST(test_bad_tokens), ACCOUNT_TEST(test_roles_change),
        ACCOUNT_TEST(test_switch),     ACCOUNT_TEST(test_list),
        ACCOUNT_TEST(test_most),       ACCOUNT_TEST(test_prove),
        ACCOUNT_TEST(test_disabled),   ACCOUNT_TEST(test_read_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

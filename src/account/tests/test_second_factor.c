/* test_second_factor.c - begun, confirmed, asked for at logins, used once, turned off. */
#include "account/second_factor.h"
#include "account/tests/account_test.h"
#include "store/audit.h"
#include "store/store_priv.h"

static int64_t count(account_fixture *f, const char *sql)
{
    int64_t n = -1;
    assert_int_equal(tl_store_scalar(f->s, sql, &n, &f->err), TL_OK);
    return n;
}

static const char *code_at(const char *secret, int64_t moment)
{
    static char code[TL_TOTP_DIGITS];
    assert_int_equal(tl_totp_code(secret, moment / TL_TOTP_STEP_S, code, NULL), TL_OK);
    return code;
}

static tl_status begin(account_fixture *f, const char *user, char secret[TL_TOTP_SECRET])
{
    account_begin(f);
    return account_end(f, tl_second_begin(f->s, user, NOW, secret, &f->err));
}

static tl_status confirm(account_fixture *f, const char *token, const char *code, int64_t now,
                         char renewed[TL_SECRET_TEXT], tl_second_codes *codes, int64_t *wait_s)
{
    tl_session x = { 0 };
    if (tl_session_use(f->s, token, now, f->arena, &x, NULL) != TL_OK)
        x.id = "none";
    const tl_second_first first = {
        .user = f->ann, .session = x.id, .token = token, .code = code, .source = "192.0.2.7"
    };
    return tl_second_confirm(f->s, &first, now, renewed, codes, wait_s, &f->err);
}

/* Ann has it from NOW on. */
static void turn_on(account_fixture *f, char secret[TL_TOTP_SECRET], tl_second_codes *codes)
{
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    int64_t wait_s;
    expect("login", account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token), TL_OK, &f->err,
           NULL);
    expect("begin", begin(f, f->ann, secret), TL_OK, &f->err, NULL);
    expect("confirm", confirm(f, token, code_at(secret, NOW), NOW, renewed, codes, &wait_s), TL_OK,
           &f->err, NULL);
}

static tl_status log_in(account_fixture *f, const char *code, int64_t now, tl_login_told *told)
{
    char token[TL_SECRET_TEXT];
    const tl_login login = { .email = "ann@example.com",
                             .password = GOOD_PASSWORD,
                             .code = code,
                             .session = { .source = "192.0.2.7" },
                             .limits = quick };
    tl_status st = tl_login_password(f->s, &login, now, token, told, &f->err);
    assert_int_equal(st == TL_OK, tl_secret_shaped(token));
    return st;
}

static void test_begin(void **state)
{
    account_fixture *f = *state;
    char first[TL_TOTP_SECRET], secret[TL_TOTP_SECRET], token[TL_SECRET_TEXT];
    char other[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    tl_second_codes codes;
    tl_second_factor x;
    tl_session session;
    int64_t wait_s;
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token), TL_OK);
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, other), TL_OK);
    expect("nothing begun", confirm(f, token, "123456", NOW, renewed, &codes, &wait_s),
           TL_ECONFLICT, &f->err, "no second factor was begun");
    expect("no password", begin(f, f->bob, secret), TL_ECONFLICT, &f->err, "no password");
    assert_int_equal(begin(f, f->ann, first), TL_OK);
    assert_int_equal(begin(f, f->ann, secret), TL_OK);
    assert_int_equal(tl_second_get(f->s, f->ann, &x, &f->err), TL_OK);
    assert_false(x.on);
    expect("that of the older secret",
           confirm(f, token, code_at(first, NOW), NOW, renewed, &codes, &wait_s), TL_EFORBIDDEN,
           &f->err, "the code is not right");
    expect("right", confirm(f, token, code_at(secret, NOW), NOW, renewed, &codes, &wait_s), TL_OK,
           &f->err, NULL);
    expect("the old token", tl_session_use(f->s, token, NOW, f->arena, &session, &f->err),
           TL_EFORBIDDEN, &f->err, NULL);
    expect("another session", tl_session_use(f->s, other, NOW, f->arena, &session, &f->err),
           TL_EFORBIDDEN, &f->err, NULL);
    expect("the new token", tl_session_use(f->s, renewed, NOW, f->arena, &session, &f->err), TL_OK,
           &f->err, NULL);
    assert_false(session.lacks_factor);
    assert_int_equal(tl_second_get(f->s, f->ann, &x, &f->err), TL_OK);
    assert_true(x.on);
    assert_int_equal(x.since, NOW);
    assert_int_equal(x.recovery_left, TL_SECOND_CODES);
    expect("again", begin(f, f->ann, first), TL_ECONFLICT, &f->err, "already");
    assert_string_equal(first, "");
}

/* Tries at the first code begin the waits of a login. */
static void test_guess_first(void **state)
{
    account_fixture *f = *state;
    char secret[TL_TOTP_SECRET], token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    tl_second_codes codes;
    int64_t wait_s;
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token), TL_OK);
    assert_int_equal(begin(f, f->ann, secret), TL_OK);
    for (int i = 1; i <= TL_LOGIN_FREE; i++) {
        expect("wrong", confirm(f, token, "12345", NOW, renewed, &codes, &wait_s), TL_EFORBIDDEN,
               &f->err, "the code is not right");
        assert_int_equal(wait_s, i < TL_LOGIN_FREE ? 0 : TL_LOGIN_WAIT_S);
    }
    expect("waits", confirm(f, token, code_at(secret, NOW), NOW + 1, renewed, &codes, &wait_s),
           TL_EFORBIDDEN, &f->err, "try again in 29 s");
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'second_factor.failure'"),
                     TL_LOGIN_FREE);
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'login.lock'"), 1);
    int64_t later = NOW + TL_LOGIN_WAIT_S;
    expect("after it", confirm(f, token, code_at(secret, later), later, renewed, &codes, &wait_s),
           TL_OK, &f->err, NULL);
    assert_int_equal(count(f, "SELECT count(*) FROM login_attempt WHERE failures > 0 AND subject "
                              "LIKE 'account/%'"),
                     0);
}

static void test_login(void **state)
{
    account_fixture *f = *state;
    char secret[TL_TOTP_SECRET], bare[TL_SECOND_CODE];
    tl_second_codes codes;
    tl_login_told told;
    turn_on(f, secret, &codes);
    int64_t now = NOW + 300;
    expect("none", log_in(f, NULL, now, &told), TL_EFORBIDDEN, &f->err, "a code of your second");
    assert_true(told.wants_code);
    expect("wrong", log_in(f, "000", now, &told), TL_EFORBIDDEN, &f->err, "password is wrong");
    assert_false(told.wants_code);
    expect("right", log_in(f, code_at(secret, now), now, &told), TL_OK, &f->err, NULL);
    expect("again", log_in(f, code_at(secret, now), now + 1, &told), TL_EFORBIDDEN, &f->err,
           "password is wrong");
    expect("the one before it", log_in(f, code_at(secret, now - 30), now + 1, &told), TL_EFORBIDDEN,
           &f->err, "password is wrong");
    expect("the next one", log_in(f, code_at(secret, now + 30), now + 1, &told), TL_OK, &f->err,
           NULL);
    expect("recovery", log_in(f, codes.items[3], now + 2, &told), TL_OK, &f->err, NULL);
    expect("once", log_in(f, codes.items[3], now + 2, &told), TL_EFORBIDDEN, &f->err, NULL);
    size_t n = 0;
    for (const char *p = codes.items[9]; *p; p++)
        if (*p != '-')
            bare[n++] = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
    bare[n] = '\0';
    expect("as people write it", log_in(f, bare, now + 2, &told), TL_OK, &f->err, NULL);
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'second_factor.recovery'"),
                     2);
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'login.failure'"), 4);
    assert_int_equal(
        count(f, "SELECT count(*) FROM audit WHERE detail LIKE '%\"factor\":\"app\"%'"), 2);
    assert_int_equal(
        count(f, "SELECT count(*) FROM audit WHERE detail LIKE '%\"factor\":\"recovery\"%'"), 2);
}

/* Turned on between the look and the use: who needed no code then needs one now. */
static void test_meanwhile(void **state)
{
    account_fixture *f = *state;
    char secret[TL_TOTP_SECRET];
    tl_second_codes codes;
    tl_second_given given;
    bool right = true;
    assert_int_equal(tl_second_look(f->s, f->ann, NULL, NOW, &given, &f->err), TL_OK);
    assert_false(given.on);
    turn_on(f, secret, &codes);
    account_begin(f);
    assert_int_equal(tl_second_use(f->s, f->ann, &given, &right, &f->err), TL_OK);
    assert_false(right);
    tl_store_rollback(f->s);
}

/* A try without a code is counted for the account, and not for the address. */
static void test_counts(void **state)
{
    account_fixture *f = *state;
    char secret[TL_TOTP_SECRET];
    tl_second_codes codes;
    tl_login_told told;
    turn_on(f, secret, &codes);
    for (int i = 1; i <= TL_LOGIN_FREE; i++) {
        expect("none", log_in(f, "", NOW + 300, &told), TL_EFORBIDDEN, &f->err, "a code of");
        assert_true(told.wants_code);
        assert_int_equal(told.wait_s, i < TL_LOGIN_FREE ? 0 : TL_LOGIN_WAIT_S);
    }
    expect("waits", log_in(f, code_at(secret, NOW + 300), NOW + 301, &told), TL_EFORBIDDEN, &f->err,
           "try again in 29 s");
    assert_int_equal(count(f, "SELECT sum(failures) FROM login_attempt WHERE subject LIKE "
                              "'source/%'"),
                     0);
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action LIKE 'login.f%'"), 0);
}

static void test_off(void **state)
{
    account_fixture *f = *state;
    char secret[TL_TOTP_SECRET];
    tl_second_codes codes, fresh;
    tl_login_told told;
    tl_user u;
    bool was = false;
    expect("none to renew", tl_second_renew_codes(f->s, f->ann, &fresh, &f->err), TL_ECONFLICT,
           &f->err, "no second factor");
    turn_on(f, secret, &codes);
    assert_int_equal(tl_second_renew_codes(f->s, f->ann, &fresh, &f->err), TL_OK);
    expect("an old one", log_in(f, codes.items[0], NOW, &told), TL_EFORBIDDEN, &f->err, NULL);
    expect("a new one", log_in(f, fresh.items[0], NOW, &told), TL_OK, &f->err, NULL);
    assert_int_equal(tl_user_get(f->s, f->ann, f->arena, &u, &f->err), TL_OK);
    assert_true(u.has_factor);
    for (int i = 0; i < 2; i++) {
        account_begin(f);
        assert_int_equal(account_end(f, tl_second_off(f->s, "root", f->ann, &was, &f->err)), TL_OK);
        assert_int_equal(was, i == 0);
    }
    assert_int_equal(count(f, "SELECT count(*) FROM account_factor"), 0);
    assert_int_equal(count(f, "SELECT count(*) FROM account_recovery"), 0);
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'second_factor.off'"), 1);
    expect("the password alone", log_in(f, NULL, NOW, &told), TL_OK, &f->err, NULL);
}

static void test_sweep(void **state)
{
    account_fixture *f = *state;
    char secret[TL_TOTP_SECRET];
    assert_int_equal(begin(f, f->ann, secret), TL_OK);
    assert_int_equal(tl_account_sweep(f->s, NOW + TL_SECOND_PENDING_S - 1, &f->err), TL_OK);
    assert_int_equal(count(f, "SELECT count(*) FROM account_factor"), 1);
    assert_int_equal(tl_account_sweep(f->s, NOW + TL_SECOND_PENDING_S, &f->err), TL_OK);
    assert_int_equal(count(f, "SELECT count(*) FROM account_factor"), 0);
}

/* What a session may that lacks a factor where one is required; by a provider none is lacking. */
static void test_confined(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT];
    const tl_session_opts opts = { .by_provider = true, .proved_at = NOW };
    tl_session x;
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token), TL_OK);
    assert_int_equal(tl_session_use(f->s, token, NOW, f->arena, &x, &f->err), TL_OK);
    assert_true(x.lacks_factor);
    tl_viewer v = tl_session_confined(&x);
    assert_string_equal(v.user, f->ann);
    assert_true(v.rights == tl_viewer_visitor().rights && !v.tenant && !v.company && !v.roles &&
                !v.all_tenants);
    account_begin(f);
    assert_int_equal(
        account_end(f, tl_session_start(f->s, f->ann, "mill", &opts, NOW, token, &f->err)), TL_OK);
    assert_int_equal(tl_session_use(f->s, token, NOW, f->arena, &x, &f->err), TL_OK);
    assert_false(x.lacks_factor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACCOUNT_TEST(test_begin),    ACCOUNT_TEST(test_guess_first), ACCOUNT_TEST(test_login),
        ACCOUNT_TEST(test_counts),   ACCOUNT_TEST(test_off),         ACCOUNT_TEST(test_sweep),
        ACCOUNT_TEST(test_confined), ACCOUNT_TEST(test_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_login.c - logging in, guessing, changing the password; and that no secret is ever in the
 * files of the database. */
#include "account/tests/account_test.h"

#include "account/api_key.h"
#include "account/attempt.h"
#include "base/file.h"
#include "store/audit.h"
#include "store/store_priv.h"

static int64_t count(account_fixture *f, const char *sql)
{
    int64_t n = -1;
    assert_int_equal(tl_store_scalar(f->s, sql, &n, &f->err), TL_OK);
    return n;
}

static const struct login_case {
    const char *label, *email, *password;
    tl_status want;
} login_cases[] = {
    { "right", "ann@example.com", GOOD_PASSWORD, TL_OK },
    { "as written elsewhere", "ＡNN@example.COM ", GOOD_PASSWORD, TL_OK },
    { "wrong password", "ann@example.com", "three lonely heron", TL_EFORBIDDEN },
    { "no password", "ann@example.com", NULL, TL_EFORBIDDEN },
    { "endless password", "ann@example.com", "", TL_EFORBIDDEN }, /* filled in below */
    { "nobody", "eve@example.com", GOOD_PASSWORD, TL_EFORBIDDEN },
    { "no address at all", "eve", GOOD_PASSWORD, TL_EFORBIDDEN },
    { "none", NULL, GOOD_PASSWORD, TL_EFORBIDDEN },
    { "no password set", "bob@example.com", "", TL_EFORBIDDEN },
    { "no UTF-8", "\xff@x", GOOD_PASSWORD, TL_EFORBIDDEN },
};

static void test_login(void **state)
{
    account_fixture *f = *state;
    static char endless[100000];
    memset(endless, 'a', sizeof endless - 1);
    for (size_t i = 0; i < TEST_COUNT(login_cases); i++) {
        const struct login_case *c = &login_cases[i];
        char token[TL_SECRET_TEXT];
        const char *password = strcmp(c->label, "endless password") ? c->password : endless;
        tl_status got = account_log_in(f, c->email, password, NOW, token);
        expect(c->label, got, c->want, &f->err, c->want == TL_OK ? NULL : "password is wrong");
        if (tl_secret_shaped(token) != (c->want == TL_OK))
            fail_msg("%s: token '%s'", c->label, token);
        assert_false(tl_store_in_transaction(f->s));
    }
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'login.success'"), 2);
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'login.failure'"), 8);
}

static void test_disabled(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT];
    account_begin(f);
    assert_int_equal(account_end(f, tl_user_set_disabled(f->s, &f->root, f->ann, true, &f->err)),
                     TL_OK);
    expect("disabled", account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token),
           TL_EFORBIDDEN, &f->err, "password is wrong");
    account_begin(f);
    assert_int_equal(account_end(f, tl_user_set_disabled(f->s, &f->root, f->ann, false, &f->err)),
                     TL_OK);
    account_begin(f);
    assert_int_equal(
        account_end(f, tl_user_set_roles(f->s, &f->root, f->ann, "mill", 0, NOW, &f->err)), TL_OK);
    expect("no place", account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token),
           TL_EFORBIDDEN, &f->err, "password is wrong");
}

/* 30 s x 2^(n-5), at most an hour. */
static const struct wait_case {
    int64_t failures, want_s;
} wait_cases[] = { { 0, 0 },     { 4, 0 },     { 5, 30 },    { 6, 60 },
                   { 7, 120 },   { 8, 240 },   { 9, 480 },   { 10, 960 },
                   { 11, 1920 }, { 12, 3600 }, { 13, 3600 }, { 1000000000, 3600 } };

static void test_wait(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(wait_cases); i++) {
        int64_t got = tl_attempt_wait_s(wait_cases[i].failures, TL_LOGIN_FREE);
        if (got != wait_cases[i].want_s)
            fail_msg("%" PRId64 " failures: wait %" PRId64 ", want %" PRId64,
                     wait_cases[i].failures, got, wait_cases[i].want_s);
    }
}

static tl_status try_from(account_fixture *f, const char *email, const char *password,
                          const char *source, int64_t now, int64_t *wait_s)
{
    char token[TL_SECRET_TEXT];
    const tl_login login = {
        .email = email, .password = password, .session = { .source = source }, .limits = quick
    };
    tl_login_told told;
    tl_status st = tl_login_password(f->s, &login, now, token, &told, &f->err);
    *wait_s = told.wait_s;
    return st;
}

/* The fifth failure begins a wait in which even the right password is refused; after it the right
 * one is taken and all is forgotten. The same for an address nobody has. */
static void test_lock(void **state)
{
    account_fixture *f = *state;
    static const char *const emails[] = { "ann@example.com", "nobody@example.com" };
    for (int who = 0; who < 2; who++) {
        int64_t wait_s, moment = NOW;
        char source[32];
        for (int i = 1; i <= 5; i++) {
            snprintf(source, sizeof source, "192.0.2.%d", who * 20 + i); /* each from elsewhere */
            expect("wrong", try_from(f, emails[who], "wrong", source, moment, &wait_s),
                   TL_EFORBIDDEN, &f->err, "password is wrong");
            assert_int_equal(wait_s, i == 5 ? 30 : 0);
        }
        expect("in the wait", try_from(f, emails[who], GOOD_PASSWORD, "a", moment + 29, &wait_s),
               TL_EFORBIDDEN, &f->err, "try again in 1 s");
        assert_int_equal(wait_s, 1);
        expect("after it, wrong", try_from(f, emails[who], "wrong", "a", moment + 30, &wait_s),
               TL_EFORBIDDEN, &f->err, "password is wrong");
        assert_int_equal(wait_s, 60);
        expect("after it, right",
               try_from(f, emails[who], GOOD_PASSWORD, "a", moment + 90, &wait_s),
               who == 0 ? TL_OK : TL_EFORBIDDEN, &f->err, NULL);
    }
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'login.lock'"), 5);
    assert_int_equal(count(f, "SELECT count(*) FROM login_attempt WHERE subject LIKE 'account/%'"),
                     1); /* ann's is forgotten */
    int64_t wait_s;
    expect("forgotten after a day",
           try_from(f, "nobody@example.com", "wrong", "b", NOW + 90 + DAY, &wait_s), TL_EFORBIDDEN,
           &f->err, NULL);
    assert_int_equal(count(f, "SELECT failures FROM login_attempt WHERE subject LIKE 'account/%'"),
                     1);
}

/* One address that tries many accounts; a right login in between does not wipe its count. */
static void test_source(void **state)
{
    account_fixture *f = *state;
    int64_t wait_s;
    for (int i = 1; i <= 20; i++) {
        char email[40];
        snprintf(email, sizeof email, "user%d@example.com", i);
        if (i == 11)
            expect("right", try_from(f, "ann@example.com", GOOD_PASSWORD, "x", NOW, &wait_s), TL_OK,
                   &f->err, NULL);
        expect(email, try_from(f, email, "wrong", "x", NOW, &wait_s), TL_EFORBIDDEN, &f->err,
               "password is wrong");
    }
    expect("refused", try_from(f, "ann@example.com", GOOD_PASSWORD, "x", NOW, &wait_s),
           TL_EFORBIDDEN, &f->err, "too many");
    assert_int_equal(wait_s, 30);
    expect("from elsewhere", try_from(f, "ann@example.com", GOOD_PASSWORD, "y", NOW, &wait_s),
           TL_OK, &f->err, NULL);
    /* another process shares the count */
    tl_store *other, *mine = f->s;
    expect("open", tl_store_open(&other, f->path, NULL, &f->err), TL_OK, &f->err, NULL);
    f->s = other;
    expect("refused there", try_from(f, "ann@example.com", GOOD_PASSWORD, "x", NOW, &wait_s),
           TL_EFORBIDDEN, &f->err, "too many");
    f->s = mine;
    tl_store_close(other);
}

/* An office of which everybody logs in at the same moment: the tries are counted before they are
 * known to be right, and a wait that began that way ends with them. */
static void test_at_once(void **state)
{
    account_fixture *f = *state;
    const tl_attempt a = tl_attempt_of("somebody", "office");
    int64_t wait_s, begins_s;
    for (int i = 1; i <= TL_LOGIN_FREE_SOURCE; i++) {
        char who[20];
        snprintf(who, sizeof who, "somebody%d", i);
        const tl_attempt each = tl_attempt_of(who, "office");
        expect("begin", tl_attempt_begin(f->s, &each, NOW, &wait_s, &begins_s, &f->err), TL_OK,
               &f->err, NULL);
    }
    assert_int_equal(begins_s, 30);
    expect("one too many", tl_attempt_begin(f->s, &a, NOW, &wait_s, &begins_s, &f->err),
           TL_EFORBIDDEN, &f->err, "too many");
    account_begin(f);
    expect("one was right", account_end(f, tl_attempt_forgive(f->s, &a, &f->err)), TL_OK, &f->err,
           NULL);
    expect("then", tl_attempt_begin(f->s, &a, NOW, &wait_s, &begins_s, &f->err), TL_OK, &f->err,
           NULL);
}

static void test_rehash(void **state)
{
    account_fixture *f = *state;
    const char *kept =
        "SELECT count(*) FROM account WHERE password LIKE '$argon2id$v=19$m=16,t=2%'";
    char token[TL_SECRET_TEXT];
    tl_login_told told;
    const tl_login dearer = { .email = "ann@example.com",
                              .password = GOOD_PASSWORD,
                              .limits = { .passes = 2, .memory_bytes = 16384 } };
    assert_int_equal(count(f, kept), 0);
    expect("login", tl_login_password(f->s, &dearer, NOW, token, &told, &f->err), TL_OK, &f->err,
           NULL);
    assert_int_equal(count(f, kept), 1);
    expect("cheaper again", account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token), TL_OK,
           &f->err, NULL);
    assert_int_equal(count(f, kept), 1); /* and stays */
}

static void test_change(void **state)
{
    account_fixture *f = *state;
    char a[TL_SECRET_TEXT], b[TL_SECRET_TEXT];
    tl_session x;
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, a), TL_OK);
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, b), TL_OK);
    assert_string_not_equal(a, b);
    expect("too short",
           tl_login_change_password(f->s, f->ann, GOOD_PASSWORD, "short", &quick, NOW, &f->err),
           TL_EINPUT, &f->err, "5 characters");
    expect(
        "old one wrong",
        tl_login_change_password(f->s, f->ann, "wrong", "four lonely herons", &quick, NOW, &f->err),
        TL_EFORBIDDEN, &f->err, "wrong");
    expect("still in", tl_session_use(f->s, a, NOW, f->arena, &x, &f->err), TL_OK, &f->err, NULL);
    expect("change",
           tl_login_change_password(f->s, f->ann, GOOD_PASSWORD, "four lonely herons", &quick, NOW,
                                    &f->err),
           TL_OK, &f->err, NULL);
    expect("a ended", tl_session_use(f->s, a, NOW, f->arena, &x, &f->err), TL_EFORBIDDEN, &f->err,
           NULL);
    expect("b ended", tl_session_use(f->s, b, NOW, f->arena, &x, &f->err), TL_EFORBIDDEN, &f->err,
           NULL);
    expect("old", account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, a), TL_EFORBIDDEN,
           &f->err, NULL);
    expect("new", account_log_in(f, "ann@example.com", "four lonely herons", NOW, a), TL_OK,
           &f->err, NULL);
    for (int i = 0; i < 5; i++) /* the old password cannot be guessed here either */
        (void)!tl_login_change_password(f->s, f->ann, "wrong", "five lonely herons", &quick, NOW,
                                        &f->err);
    expect("locked",
           tl_login_change_password(f->s, f->ann, "four lonely herons", "five lonely herons",
                                    &quick, NOW, &f->err),
           TL_EFORBIDDEN, &f->err, "too many");
}

static void must_not_hold(account_fixture *f, const char *ending, const char *what,
                          const char *secret)
{
    char path[600];
    tl_file_view view;
    snprintf(path, sizeof path, "%s%s", f->path, ending);
    if (!tl_file_exists(path))
        return;
    assert_int_equal(tl_file_open(&view, path, 0, &f->err), TL_OK);
    if (memmem(view.data, view.size, secret, strlen(secret)))
        fail_msg("%s: holds the %s", path, what);
    tl_file_close(&view);
}

/* A session, a CSRF token, an API key, an invitation, a reset, a password: look for the bytes of
 * each in the database and its log. The e-mail is there, so looking does find what there is. */
static void test_nothing_kept(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT], key[TL_API_KEY_TEXT];
    const char *invitation, *reset;
    tl_session x;
    const tl_invitation i = { .email = "new@example.com",
                              .name = "New",
                              .language = "en",
                              .tenant = "mill",
                              .roles = TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR) };
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token), TL_OK);
    assert_int_equal(tl_session_use(f->s, token, NOW, f->arena, &x, &f->err), TL_OK);
    const tl_api_key k = { .user = f->ann, .tenant = "mill", .name = "sync" };
    account_begin(f);
    assert_int_equal(tl_api_key_add(f->s, &f->root, &k, 0, NOW, key, &f->err), TL_OK);
    assert_int_equal(
        tl_invitation_link(f->s, &f->root, &i, "", NOW, f->arena, &invitation, &f->err), TL_OK);
    assert_int_equal(
        tl_reset_link(f->s, "ann@example.com", "", "root", NOW, f->arena, &reset, &f->err), TL_OK);
    assert_int_equal(tl_user_set_roles(f->s, &f->root, f->ann, "mill",
                                       TL_ROLE_BIT(TL_ROLE_COMPANY_APPROVER), NOW, &f->err),
                     TL_OK);
    assert_int_equal(account_end(f, TL_OK), TL_OK);
    assert_int_equal(tl_session_keep(f->s, token, NOW, renewed, &f->err), TL_OK);
    assert_true(tl_secret_shaped(renewed));
    const char *const secrets[][2] = { { "session token", token },
                                       { "renewed token", renewed },
                                       { "CSRF token", x.csrf },
                                       { "secret of the API key", key + 3 + 16 + 1 },
                                       { "invitation", account_token(invitation) },
                                       { "reset", account_token(reset) },
                                       { "password", GOOD_PASSWORD } };
    for (int round = 0; round < 2; round++) {
        for (size_t n = 0; n < TEST_COUNT(secrets); n++) {
            must_not_hold(f, "", secrets[n][0], secrets[n][1]);
            must_not_hold(f, "-wal", secrets[n][0], secrets[n][1]);
        }
        tl_store_close(f->s); /* the log goes into the file */
        f->s = NULL;
    }
    tl_file_view view;
    assert_int_equal(tl_file_open(&view, f->path, 0, &f->err), TL_OK);
    if (getenv("TANLIAN_TEST_DB")) { /* the file only stands for a database on a server */
        tl_file_close(&view);
        return;
    }
    assert_non_null(memmem(view.data, view.size, "new@example.com", 15));
    assert_non_null(memmem(view.data, view.size, "$argon2id$", 10));
    tl_file_close(&view);
}

static tl_status prove(account_fixture *f, const char *token, const char *password, int64_t now,
                       char renewed[TL_SECRET_TEXT], int64_t *wait_s)
{
    const tl_login_proof proof = {
        .user = f->ann, .token = token, .password = password, .source = "192.0.2.1"
    };
    tl_login_told told;
    tl_status st = tl_login_prove(f->s, &proof, now, renewed, &told, &f->err);
    *wait_s = told.wait_s;
    return st;
}

/* The password of a session once more: guessing counts as at a login, with the logins. */
static void test_prove(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT], renewed[TL_SECRET_TEXT];
    tl_session x;
    int64_t wait_s;
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token), TL_OK);
    for (int i = 1; i <= TL_LOGIN_FREE; i++) {
        expect("wrong", prove(f, token, "not that one", NOW + 700, renewed, &wait_s), TL_EFORBIDDEN,
               &f->err, "password is wrong");
        assert_string_equal(renewed, "");
        assert_int_equal(wait_s, i < TL_LOGIN_FREE ? 0 : TL_LOGIN_WAIT_S);
    }
    expect("locked", prove(f, token, GOOD_PASSWORD, NOW + 701, renewed, &wait_s), TL_EFORBIDDEN,
           &f->err, "try again in 29 s");
    assert_true(wait_s > 0);
    expect("at the login too",
           account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW + 701, renewed), TL_EFORBIDDEN,
           &f->err, NULL);
    expect("still a session", tl_session_use(f->s, token, NOW + 701, f->arena, &x, &f->err), TL_OK,
           &f->err, NULL);
    assert_false(tl_session_proved(&x, NOW + 701));
    int64_t later = NOW + 701 + TL_LOGIN_WAIT_S;
    expect("right", prove(f, token, GOOD_PASSWORD, later, renewed, &wait_s), TL_OK, &f->err, NULL);
    expect("old token", tl_session_use(f->s, token, later, f->arena, &x, &f->err), TL_EFORBIDDEN,
           &f->err, NULL);
    expect("new token", tl_session_use(f->s, renewed, later, f->arena, &x, &f->err), TL_OK, &f->err,
           NULL);
    assert_true(tl_session_proved(&x, later));
    assert_int_equal(count(f, "SELECT count(*) FROM audit WHERE action = 'session.prove'"), 1);
}

static void test_sweep(void **state)
{
    account_fixture *f = *state;
    char token[TL_SECRET_TEXT];
    int64_t entries;
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, token), TL_OK);
    assert_int_equal(account_log_in(f, "eve@example.com", "wrong", NOW, token), TL_EFORBIDDEN);
    expect("sweep", tl_account_sweep(f->s, NOW + 10, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(count(f, "SELECT count(*) FROM account_session"), 1);
    assert_true(count(f, "SELECT count(*) FROM login_attempt") > 0);
    expect("sweep", tl_account_sweep(f->s, NOW + DAY, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(count(f, "SELECT count(*) FROM account_session"), 0);
    assert_int_equal(count(f, "SELECT count(*) FROM login_attempt"), 0);
    expect("chain", tl_audit_verify(f->s, &entries, &f->err), TL_OK, &f->err, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACCOUNT_TEST(test_login),   ACCOUNT_TEST(test_disabled), cmocka_unit_test(test_wait),
        ACCOUNT_TEST(test_lock),    ACCOUNT_TEST(test_source),   ACCOUNT_TEST(test_rehash),
        ACCOUNT_TEST(test_at_once), ACCOUNT_TEST(test_change),   ACCOUNT_TEST(test_nothing_kept),
        ACCOUNT_TEST(test_sweep),   ACCOUNT_TEST(test_prove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

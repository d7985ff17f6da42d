/* test_token.c - invitations, resets and the first link; two processes take one invitation. */
#include "account/tests/account_test.h"

#include <sys/wait.h>

#include "account/account_priv.h"
#include "store/audit.h"

#define EDITOR TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR)

static tl_invitation invited(const char *email)
{
    return (tl_invitation){
        .email = email, .name = "Mei Lin", .language = "zh", .tenant = "mill", .roles = EDITOR
    };
}

static const char *invite(account_fixture *f, const tl_invitation *i)
{
    const char *link;
    account_begin(f);
    expect("invite",
           account_end(f, tl_invitation_link(f->s, &f->root, i, "https://tl.example/", NOW,
                                             f->arena, &link, &f->err)),
           TL_OK, &f->err, NULL);
    assert_memory_equal(link, "https://tl.example/invitation#", 30);
    return account_token(link);
}

static tl_status accept(account_fixture *f, const char *token, const char *password, int64_t now)
{
    char id[TL_ACCOUNT_ID];
    tl_status st = tl_invitation_accept(f->s, token, password, &quick, now, id, &f->err);
    assert_int_equal(strlen(id), st == TL_OK ? 24 : 0);
    return st;
}

static const struct accept_case {
    const char *label, *password;
    int64_t after_s;
    tl_status want;
    const char *words;
} accept_cases[] = {
    { "good", GOOD_PASSWORD, 0, TL_OK, NULL },
    { "last moment", GOOD_PASSWORD, 7 * DAY - 1, TL_OK, NULL },
    { "too late", GOOD_PASSWORD, 7 * DAY, TL_ENOTFOUND, "does not work" },
    { "password not taken", "short", 0, TL_EINPUT, "characters" },
    { "own name", "mei lin mei lin", 0, TL_EINPUT, "own e-mail" },
};

static void test_accept(void **state)
{
    account_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(accept_cases); i++) {
        const struct accept_case *c = &accept_cases[i];
        char email[40], session[TL_SECRET_TEXT];
        snprintf(email, sizeof email, "p%zu@example.com", i);
        const tl_invitation in = invited(email);
        const char *token = invite(f, &in);
        expect(c->label, accept(f, token, c->password, NOW + c->after_s), c->want, &f->err,
               c->words);
        expect(c->label, account_log_in(f, email, GOOD_PASSWORD, NOW, session),
               c->want == TL_OK ? TL_OK : TL_EFORBIDDEN, &f->err, NULL);
        if (c->want == TL_OK)
            expect("once only", accept(f, token, GOOD_PASSWORD, NOW), TL_ENOTFOUND, &f->err, NULL);
        else if (c->want == TL_EINPUT)
            expect("still works", accept(f, token, GOOD_PASSWORD, NOW), TL_OK, &f->err, NULL);
    }
    expect("no token", accept(f, "x", GOOD_PASSWORD, NOW), TL_ENOTFOUND, &f->err, NULL);
    expect("none", accept(f, NULL, GOOD_PASSWORD, NOW), TL_ENOTFOUND, &f->err, NULL);
}

static void test_replaced(void **state)
{
    account_fixture *f = *state;
    const tl_invitation in = invited("mei@example.com");
    const tl_invitation *list, *other;
    tl_invitation got;
    bool has_account;
    size_t n, m;
    const char *first = invite(f, &in), *second = invite(f, &in);
    expect("old", tl_invitation_get(f->s, first, NOW, f->arena, &got, &has_account, &f->err),
           TL_ENOTFOUND, &f->err, "newer");
    expect("new", tl_invitation_get(f->s, second, NOW, f->arena, &got, &has_account, &f->err),
           TL_OK, &f->err, NULL);
    assert_string_equal(got.email, "mei@example.com");
    assert_int_equal(got.roles, EDITOR);
    assert_false(has_account);
    assert_int_equal(tl_invitation_list(f->s, NULL, NOW, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(tl_invitation_list(f->s, "check", NOW, f->arena, &other, &m, &f->err), TL_OK);
    assert_int_equal(n, 1);
    assert_int_equal(m, 0);
}

/* Who invites an address that has an account must not get at that account. */
static void test_existing(void **state)
{
    account_fixture *f = *state;
    tl_invitation in = invited("ANN@example.com"), got;
    bool has_account;
    char session[TL_SECRET_TEXT];
    const tl_member *places;
    size_t n;
    in.tenant = "check";
    in.roles = TL_ROLE_BIT(TL_ROLE_VERIFIER);
    const char *token = invite(f, &in);
    assert_int_equal(tl_invitation_get(f->s, token, NOW, f->arena, &got, &has_account, &f->err),
                     TL_OK);
    assert_true(has_account);
    expect("accept", accept(f, token, "another good password", NOW), TL_ECONFLICT, &f->err,
           "account");
    expect("her password", account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, session), TL_OK,
           &f->err, NULL);
    expect("bob joins", tl_invitation_join(f->s, token, f->bob, NOW, &f->err), TL_EFORBIDDEN,
           &f->err, "another address");
    expect("she joins", tl_invitation_join(f->s, token, f->ann, NOW, &f->err), TL_OK, &f->err,
           NULL);
    expect("twice", tl_invitation_join(f->s, token, f->ann, NOW, &f->err), TL_ENOTFOUND, &f->err,
           NULL);
    assert_int_equal(tl_user_places(f->s, f->ann, f->arena, &places, &n, &f->err), TL_OK);
    assert_int_equal(n, 2);
}

static void test_invite_checks(void **state)
{
    account_fixture *f = *state;
    const tl_viewer boss = tl_account_viewer("b", "check", NULL, TL_ROLE_BIT(TL_ROLE_ADMINISTRATOR),
                                             TL_TENANT_VERIFIER);
    const struct {
        const char *label;
        const tl_viewer *by;
        tl_invitation i;
        const char *base;
        tl_status want;
    } cases[] = {
        { "into another's", &boss, invited("x@example.com"), "", TL_EFORBIDDEN },
        { "no address", &f->root, invited("x"), "", TL_EINPUT },
        { "no name", &f->root, { "x@y", "", "zh", "mill", EDITOR, 0, 0 }, "", TL_EINPUT },
        { "no language", &f->root, { "x@y", "X", NULL, "mill", EDITOR, 0, 0 }, "", TL_EINPUT },
        { "no organisation",
          &f->root,
          { "x@y", "X", "zh", "moll", EDITOR, 0, 0 },
          "",
          TL_ENOTFOUND },
        { "no role", &f->root, { "x@y", "X", "zh", "mill", 0, 0, 0 }, "", TL_EINPUT },
        { "role it cannot give",
          &f->root,
          { "x@y", "X", "zh", "mill", TL_ROLE_BIT(TL_ROLE_PUBLISHER), 0, 0 },
          "",
          TL_EINPUT },
        { "base is no address", &f->root, invited("x@y"), "javascript:x", TL_EINPUT },
        { "base with a fragment", &f->root, invited("x@y"), "https://h/#a", TL_EINPUT },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const char *link;
        account_begin(f);
        expect(cases[i].label,
               account_end(f, tl_invitation_link(f->s, cases[i].by, &cases[i].i, cases[i].base, NOW,
                                                 f->arena, &link, &f->err)),
               cases[i].want, &f->err, NULL);
        assert_string_equal(link, "");
    }
}

static tl_status reset_link(account_fixture *f, const char *email, int64_t now, const char **token)
{
    const char *link;
    account_begin(f);
    tl_status st = account_end(
        f, tl_reset_link(f->s, email, "https://tl.example", "root", now, f->arena, &link, &f->err));
    *token = st == TL_OK ? account_token(link) : NULL;
    return st;
}

static void test_reset(void **state)
{
    account_fixture *f = *state;
    const char *a, *b;
    char session[TL_SECRET_TEXT], after[TL_SECRET_TEXT], user[TL_ACCOUNT_ID];
    bool recent;
    tl_session x;
    assert_int_equal(account_log_in(f, "ann@example.com", GOOD_PASSWORD, NOW, session), TL_OK);
    expect("nobody", reset_link(f, "no@example.com", NOW, &a), TL_ENOTFOUND, &f->err, NULL);
    expect("first", reset_link(f, "ann@example.com", NOW, &a), TL_OK, &f->err, NULL);
    expect("second", reset_link(f, "Ann@Example.com", NOW, &b), TL_OK, &f->err, NULL);
    assert_int_equal(tl_reset_recent(f->s, "ANN@example.com", NOW - 1, &recent, &f->err), TL_OK);
    assert_true(recent);
    assert_int_equal(tl_reset_recent(f->s, "ann@example.com", NOW, &recent, &f->err), TL_OK);
    assert_false(recent);
    expect("the first is void",
           tl_reset_accept(f->s, a, "four lonely herons", &quick, NOW, user, &f->err), TL_ENOTFOUND,
           &f->err, NULL);
    expect("not taken", tl_reset_accept(f->s, b, "ann@example.com", &quick, NOW, user, &f->err),
           TL_EINPUT, &f->err, NULL);
    expect("too late",
           tl_reset_accept(f->s, b, "four lonely herons", &quick, NOW + 3600, user, &f->err),
           TL_ENOTFOUND, &f->err, NULL);
    for (int i = 0; i < 5; i++)
        (void)!account_log_in(f, "ann@example.com", "wrong", NOW, after);
    expect("in time",
           tl_reset_accept(f->s, b, "four lonely herons", &quick, NOW + 3599, user, &f->err), TL_OK,
           &f->err, NULL);
    assert_string_equal(user, f->ann);
    expect("once", tl_reset_accept(f->s, b, "five lonely herons", &quick, NOW, user, &f->err),
           TL_ENOTFOUND, &f->err, NULL);
    expect("session ended", tl_session_use(f->s, session, NOW, f->arena, &x, &f->err),
           TL_EFORBIDDEN, &f->err, NULL);
    expect("failures forgotten",
           account_log_in(f, "ann@example.com", "four lonely herons", NOW, after), TL_OK, &f->err,
           NULL);
}

static void test_reset_disabled(void **state)
{
    account_fixture *f = *state;
    const char *token, *none;
    char user[TL_ACCOUNT_ID];
    assert_int_equal(reset_link(f, "ann@example.com", NOW, &token), TL_OK);
    account_begin(f);
    assert_int_equal(account_end(f, tl_user_set_disabled(f->s, &f->root, f->ann, true, &f->err)),
                     TL_OK);
    expect("used", tl_reset_accept(f->s, token, "four lonely herons", &quick, NOW, user, &f->err),
           TL_ENOTFOUND, &f->err, NULL);
    expect("asked for", reset_link(f, "ann@example.com", NOW, &none), TL_ENOTFOUND, &f->err,
           "disabled");
}

static tl_status first(account_fixture *f, tl_store *s, const char *email, const char **link)
{
    const tl_tenant house = { .id = "house", .name_en = "House", .name_zh = "本部" };
    tl_invitation in = invited(email);
    assert_int_equal(tl_store_begin(s, &f->err), TL_OK);
    tl_status st = tl_account_first_link(s, &in, &house, "", NOW, f->arena, link, &f->err);
    if (st == TL_OK)
        return tl_store_commit(s, &f->err);
    tl_store_rollback(s);
    return st;
}

static void test_first(void **state)
{
    account_fixture *f = *state;
    const char *link, *again;
    char id[TL_ACCOUNT_ID];
    const tl_member *places;
    tl_store *s;
    size_t n;
    expect("somebody is here", first(f, f->s, "root@example.com", &link), TL_ECONFLICT, &f->err,
           "already");
    expect("open", tl_store_open(&s, ":memory:", NULL, &f->err), TL_OK, &f->err, NULL);
    expect("first", first(f, s, "wrong@example.com", &link), TL_OK, &f->err, NULL);
    expect("lost, again", first(f, s, "root@example.com", &again), TL_OK, &f->err, NULL);
    expect("the lost one",
           tl_invitation_accept(s, account_token(link), GOOD_PASSWORD, &quick, NOW, id, &f->err),
           TL_ENOTFOUND, &f->err, NULL);
    expect("accept",
           tl_invitation_accept(s, account_token(again), GOOD_PASSWORD, &quick, NOW, id, &f->err),
           TL_OK, &f->err, NULL);
    assert_int_equal(tl_user_places(s, id, f->arena, &places, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    assert_string_equal(places[0].tenant, "house");
    assert_int_equal(places[0].roles, TL_ROLE_BIT(TL_ROLE_ADMINISTRATOR));
    expect("never again", first(f, s, "root@example.com", &link), TL_ECONFLICT, &f->err, "already");
    tl_store_close(s);
}

/* In a process of its own: waits for the start, tries, and answers with the status. */
static pid_t racer(const char *path, const char *token, const char *password, int start)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child)
        return child;
    tl_store *s;
    char id[TL_ACCOUNT_ID], go;
    if (tl_store_open(&s, path, NULL, NULL) != TL_OK || read(start, &go, 1) != 1)
        _exit(99);
    _exit((int)tl_invitation_accept(s, token, password, &quick, NOW, id, NULL));
}

static void test_race(void **state)
{
    account_fixture *f = *state;
    for (int round = 0; round < 10; round++) {
        char email[40], session[TL_SECRET_TEXT], token[TL_SECRET_TEXT];
        int ends[2], status[2];
        snprintf(email, sizeof email, "race%d@example.com", round);
        const tl_invitation in = invited(email);
        memcpy(token, invite(f, &in), sizeof token);
        tl_store_close(f->s); /* a connection does not live in two processes */
        assert_int_equal(pipe(ends), 0);
        pid_t a = racer(f->path, token, "first good password", ends[0]);
        pid_t b = racer(f->path, token, "second good password", ends[0]);
        assert_int_equal(write(ends[1], "go", 2), 2);
        assert_int_equal(waitpid(a, &status[0], 0), a);
        assert_int_equal(waitpid(b, &status[1], 0), b);
        close(ends[0]);
        close(ends[1]);
        int first_st = WEXITSTATUS(status[0]), second_st = WEXITSTATUS(status[1]);
        if (!(first_st == TL_OK && second_st == TL_ENOTFOUND) &&
            !(first_st == TL_ENOTFOUND && second_st == TL_OK))
            fail_msg("round %d: %d and %d", round, first_st, second_st);
        assert_int_equal(tl_store_open(&f->s, f->path, NULL, &f->err), TL_OK);
        expect("the winner's password",
               account_log_in(f, email,
                              first_st == TL_OK ? "first good password" : "second good password",
                              NOW, session),
               TL_OK, &f->err, NULL);
    }
    int64_t entries;
    expect("chain", tl_audit_verify(f->s, &entries, &f->err), TL_OK, &f->err, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACCOUNT_TEST(test_accept),   ACCOUNT_TEST(test_replaced),
        ACCOUNT_TEST(test_existing), ACCOUNT_TEST(test_invite_checks),
        ACCOUNT_TEST(test_reset),    ACCOUNT_TEST(test_reset_disabled),
        ACCOUNT_TEST(test_first),    ACCOUNT_TEST(test_race),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

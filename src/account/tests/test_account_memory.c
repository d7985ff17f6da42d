/* test_account_memory.c - the n-th allocation fails, for every n: an error, nobody comes in,
 * nothing half done, nothing leaked (the sanitized build looks). Those of ICU, libsodium and cjose
 * are not failed; they come from their own libraries. */
#include "account/tests/account_test.h"
#include "store/tests/failing_memory.h"

#include "account/api_key.h"
#include "account/id_token.h"
#include "account/second_factor.h"
#include "store/audit.h"

static char session[TL_SECRET_TEXT]; /* the test's one thread; made before the jobs run */

static tl_status login_job(account_fixture *f, tl_error *err)
{
    char token[TL_SECRET_TEXT];
    tl_login_told told;
    const tl_login login = { .email = "ann@example.com",
                             .password = GOOD_PASSWORD,
                             .limits = quick };
    tl_status st = tl_login_password(f->s, &login, NOW, token, &told, err);
    if ((st == TL_OK) != tl_secret_shaped(token))
        fail_msg("a token in spite of '%s'", err->text);
    failing.counting = false; /* the tries that failed were counted, as they must be */
    tl_error none = { 0 };
    assert_int_equal(tl_account_sweep(f->s, NOW + 2 * DAY, &none), TL_OK);
    return st;
}

static tl_status use_job(account_fixture *f, tl_error *err)
{
    tl_session x;
    tl_arena *arena = NULL;
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK)
        st = tl_session_use(f->s, session, NOW, arena, &x, err);
    tl_arena_free(arena);
    return st;
}

static tl_status invite_job(account_fixture *f, tl_error *err)
{
    static int number; /* another address each time: a job may do its work all the same */
    char email[40];
    snprintf(email, sizeof email, "mem%d@example.com", number++);
    const tl_invitation i = {
        email, "Mem", "zh", "mill", TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR), 0, 0
    };
    const char *link;
    char id[TL_ACCOUNT_ID], token[TL_SECRET_TEXT] = "";
    tl_arena *arena = NULL;
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK && (st = tl_store_begin(f->s, err)) == TL_OK) {
        st = tl_invitation_link(f->s, &f->root, &i, "", NOW, arena, &link, err);
        if (st == TL_OK)
            memcpy(token, account_token(link), sizeof token);
        if (st == TL_OK)
            st = tl_store_commit(f->s, err);
        else
            tl_store_rollback(f->s);
    }
    if (st == TL_OK)
        st = tl_invitation_accept(f->s, token, GOOD_PASSWORD, &quick, NOW, id, err);
    tl_arena_free(arena);
    return st;
}

static tl_status key_job(account_fixture *f, tl_error *err)
{
    const tl_api_key k = { .user = f->ann, .tenant = "mill", .name = "sync" };
    char text[TL_API_KEY_TEXT] = "";
    const tl_api_key *rows;
    tl_arena *arena = NULL;
    tl_viewer v;
    bool due;
    size_t n;
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK && (st = tl_store_begin(f->s, err)) == TL_OK) {
        st = tl_api_key_add(f->s, &f->root, &k, 0, NOW, text, err);
        if (st == TL_OK)
            st = tl_api_key_viewer(f->s, text, NOW, arena, &v, &due, err);
        if (st == TL_OK)
            st = tl_api_key_list(f->s, NULL, NULL, arena, &rows, &n, err);
        tl_store_rollback(f->s);
    }
    tl_arena_free(arena);
    return st;
}

static tl_status factor_job(account_fixture *f, tl_error *err)
{
    char secret[TL_TOTP_SECRET];
    const char *uri;
    tl_second_factor x;
    tl_arena *arena = NULL;
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK && (st = tl_store_begin(f->s, err)) == TL_OK) {
        st = tl_second_begin(f->s, f->ann, NOW, secret, err);
        if (st == TL_OK)
            st = tl_totp_uri(secret, "ann@example.com", arena, &uri, err);
        if (st == TL_OK)
            st = tl_second_get(f->s, f->ann, &x, err);
        tl_store_rollback(f->s);
    }
    tl_arena_free(arena);
    return st;
}

static const char keys_text[] = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a\","
                                "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                                "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}";

static tl_status jwks_job(account_fixture *f, tl_error *err)
{
    tl_jwks *keys;
    (void)f;
    tl_status st = tl_jwks_read(&keys, keys_text, strlen(keys_text), err);
    tl_jwks_free(keys);
    return st;
}

static const struct job_case {
    const char *label;
    tl_status (*work)(account_fixture *f, tl_error *err);
    size_t least; /* allocations that fail it */
} job_cases[] = {
    { "login", login_job, 5 }, { "session", use_job, 1 },  { "invitation", invite_job, 10 },
    { "API key", key_job, 5 }, { "key set", jwks_job, 2 }, { "second factor", factor_job, 2 },
};

static int64_t people(account_fixture *f)
{
    const tl_member *list;
    size_t n;
    assert_int_equal(tl_user_list(f->s, NULL, f->arena, &list, &n, &f->err), TL_OK);
    return (int64_t)n;
}

/* A job may do its work although an allocation failed, as SQLite can do without some. */
static void fail_each(const struct job_case *c, account_fixture *f)
{
    size_t failed = 0;
    int64_t before = people(f);
    for (size_t at = 1;; at++) {
        tl_error err = { 0 };
        failing = (struct failing){ .counting = true, .fail_at = at };
        tl_status st = c->work(f, &err);
        bool reached = failing.count >= at;
        failing.counting = false;
        assert_false(tl_store_in_transaction(f->s));
        if (st == TL_OK && !reached)
            break;
        if (st == TL_OK) {
            before = people(f);
            continue;
        }
        failed++;
        /* cjose cannot say that memory ran out: a key it could not take is one left out */
        if (st != TL_ENOMEM && !(c->work == jwks_job && st == TL_EINPUT))
            fail_msg("%s: allocation %zu: %s (%s)", c->label, at, tl_status_name(st), err.text);
        if (people(f) != before)
            fail_msg("%s: allocation %zu left somebody", c->label, at);
    }
    print_message("%s: %zu allocations failed it\n", c->label, failed);
    assert_true(failed >= c->least);
}

static void test_each(void **state)
{
    account_fixture *f = *state;
    int64_t entries;
    const tl_session_opts opts = { .absolute_s = 10 * DAY, .idle_s = 10 * DAY };
    account_begin(f);
    assert_int_equal(tl_session_start(f->s, f->ann, "mill", &opts, NOW, session, &f->err), TL_OK);
    assert_int_equal(account_end(f, TL_OK), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(job_cases); i++)
        fail_each(&job_cases[i], f);
    expect("chain", tl_audit_verify(f->s, &entries, &f->err), TL_OK, &f->err, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ACCOUNT_TEST(test_each) };
    if (hook_sqlite() != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

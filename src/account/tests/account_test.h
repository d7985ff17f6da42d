/* account_test.h - a database with three organisations and a few people, for the tests of account.
 */
#ifndef TL_ACCOUNT_TESTS_ACCOUNT_TEST_H
#define TL_ACCOUNT_TESTS_ACCOUNT_TEST_H

#include <inttypes.h>

#include "account/login.h"
#include "account/password.h"
#include "account/role.h"
#include "account/session.h"
#include "account/tenant.h"
#include "account/token.h"
#include "account/user.h"
#include "store/store.h"
#include "store/tests/scratch.h"

#define NOW INT64_C(1800000000) /* a day in 2027; tests add seconds */
#define DAY INT64_C(86400)
#define GOOD_PASSWORD "three lonely herons"

/* The least Argon2 can do: what is tested is not its strength. */
static const tl_password_limits quick = { 1, 8192, NULL };

typedef struct account_fixture {
    scratch place;
    char path[512];
    tl_store *s;
    tl_arena *arena;
    tl_error err;
    tl_viewer root;
    char admin[TL_ACCOUNT_ID], ann[TL_ACCOUNT_ID], bob[TL_ACCOUNT_ID];
} account_fixture;

static inline void account_begin(account_fixture *f)
{
    expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
}

/* Commits what went well, rolls back the rest, and gives st back. */
static inline tl_status account_end(account_fixture *f, tl_status st)
{
    if (st == TL_OK)
        return tl_store_commit(f->s, &f->err);
    tl_store_rollback(f->s);
    return st;
}

static inline void account_tenant(account_fixture *f, const char *id, tl_tenant_kind kind)
{
    const tl_tenant t = { .id = id, .kind = kind, .name_en = id, .name_zh = "" };
    account_begin(f);
    expect(id, account_end(f, tl_tenant_add(f->s, &f->root, &t, NOW, &f->err)), TL_OK, &f->err,
           NULL);
}

static inline void account_user(account_fixture *f, const char *email, const char *tenant,
                                uint32_t roles, char id[TL_ACCOUNT_ID])
{
    const tl_user u = { .email = email, .name = "Some One", .language = "zh" };
    account_begin(f);
    expect(email, account_end(f, tl_user_add(f->s, &f->root, &u, tenant, roles, NOW, id, &f->err)),
           TL_OK, &f->err, NULL);
}

/* The token at the end of a link. */
static inline const char *account_token(const char *link)
{
    const char *mark = strchr(link, '#');
    assert_non_null(mark);
    assert_int_equal(strlen(mark + 1), TL_SECRET_TEXT - 1);
    return mark + 1;
}

/* Gives a person a password by way of a reset. */
static inline void account_password(account_fixture *f, const char *email, const char *password)
{
    const char *link;
    char user[TL_ACCOUNT_ID];
    account_begin(f);
    expect("reset link",
           account_end(f, tl_reset_link(f->s, email, "", "root", NOW, f->arena, &link, &f->err)),
           TL_OK, &f->err, NULL);
    expect("reset",
           tl_reset_accept(f->s, account_token(link), password, &quick, NOW, user, &f->err), TL_OK,
           &f->err, NULL);
}

static inline tl_status account_log_in(account_fixture *f, const char *email, const char *password,
                                       int64_t now, char token[TL_SECRET_TEXT])
{
    tl_login_told told;
    const tl_login login = { .email = email,
                             .password = password,
                             .session = { .source = "192.0.2.7", .agent = "test" },
                             .limits = quick };
    return tl_login_password(f->s, &login, now, token, &told, &f->err);
}

/* ann@example.com edits for "mill", bob verifies for "check", the administrator runs it all; ann
 * has the good password. */
static inline int account_setup(void **state)
{
    account_fixture *f = calloc(1, sizeof *f);
    void *place = NULL;
    if (!f || scratch_setup(&place) != 0) {
        free(f);
        return -1;
    }
    f->place = *(scratch *)place;
    free(place);
    snprintf(f->path, sizeof f->path, "%s", scratch_path(&f->place, "account.db"));
    f->root = tl_viewer_operator("root");
    if (tl_store_open(&f->s, f->path, NULL, &f->err) != TL_OK ||
        tl_arena_new(&f->arena, 0, &f->err) != TL_OK) {
        tl_store_close(f->s);
        free(f);
        return -1;
    }
    account_tenant(f, "house", TL_TENANT_OPERATOR);
    account_tenant(f, "mill", TL_TENANT_COMPANY);
    account_tenant(f, "check", TL_TENANT_VERIFIER);
    account_user(f, "admin@example.org", "house", TL_ROLE_BIT(TL_ROLE_ADMINISTRATOR), f->admin);
    account_user(f, "Ann@Example.com", "mill", TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR), f->ann);
    account_user(f, "bob@example.com", "check", TL_ROLE_BIT(TL_ROLE_VERIFIER), f->bob);
    account_password(f, "ann@example.com", GOOD_PASSWORD);
    *state = f;
    return 0;
}

static inline int account_teardown(void **state)
{
    account_fixture *f = *state;
    if (!f)
        return -1;
    tl_store_close(f->s);
    tl_arena_free(f->arena);
    nftw(f->place.folder, scratch_remove, 8, FTW_DEPTH | FTW_PHYS);
    free(f);
    return 0;
}

#define ACCOUNT_TEST(test) cmocka_unit_test_setup_teardown(test, account_setup, account_teardown)

#endif

/* test_user.c - organisations, people and their roles: who may change what. */
#include "account/account_priv.h"
#include "account/tests/account_test.h"
#include "store/audit.h"

#define BIT(role) TL_ROLE_BIT(TL_ROLE_##role)

static const struct tenant_case {
    const char *label;
    tl_tenant t;
    tl_status want;
    const char *words;
} tenant_cases[] = {
    { "good", { "bank-1", TL_TENANT_BANK, "Bank", "银行", NULL, 0 }, TL_OK, NULL },
    { "one name is enough", { "b2", TL_TENANT_BANK, NULL, "银行", NULL, 0 }, TL_OK, NULL },
    { "id taken", { "mill", TL_TENANT_COMPANY, "M", "", NULL, 0 }, TL_ECONFLICT, "already" },
    { "second operator", { "h2", TL_TENANT_OPERATOR, "H", "", NULL, 0 }, TL_ECONFLICT, "runs" },
    { "no name", { "x", TL_TENANT_BANK, "", "", NULL, 0 }, TL_EINPUT, "no name" },
    { "id in capitals", { "Mill", TL_TENANT_BANK, "M", "", NULL, 0 }, TL_EINPUT, "'Mill'" },
    { "id of two lines", { "a\nb", TL_TENANT_BANK, "M", "", NULL, 0 }, TL_EINPUT, "id" },
    { "id none", { NULL, TL_TENANT_BANK, "M", "", NULL, 0 }, TL_EINPUT, "id" },
    { "double hyphen", { "a--b", TL_TENANT_BANK, "M", "", NULL, 0 }, TL_EINPUT, "id" },
    { "no such kind", { "x", TL_TENANT_KINDS, "M", "", NULL, 0 }, TL_EINPUT, "kind" },
    { "company unknown", { "x", TL_TENANT_COMPANY, "M", "", "none", 0 }, TL_ENOTFOUND, "none" },
    { "name of two lines", { "x", TL_TENANT_BANK, "M\nN", "", NULL, 0 }, TL_EINPUT, "name_en" },
};

static void test_tenant(void **state)
{
    account_fixture *f = *state;
    const tl_tenant *all;
    size_t n;
    for (size_t i = 0; i < TEST_COUNT(tenant_cases); i++) {
        const struct tenant_case *c = &tenant_cases[i];
        account_begin(f);
        expect(c->label, account_end(f, tl_tenant_add(f->s, &f->root, &c->t, NOW, &f->err)),
               c->want, &f->err, c->words);
    }
    assert_int_equal(tl_tenant_list(f->s, f->arena, &all, &n, &f->err), TL_OK);
    assert_int_equal(n, 5);
    assert_string_equal(all[0].id, "b2");
    assert_string_equal(all[1].name_zh, "银行");
    assert_int_equal(all[1].kind, TL_TENANT_BANK);
    tl_tenant t;
    expect("get", tl_tenant_get(f->s, "nobody", f->arena, &t, &f->err), TL_ENOTFOUND, &f->err,
           "nobody");
}

static const struct user_case {
    const char *label, *email, *name, *language, *tenant;
    uint32_t roles;
    tl_status want;
    const char *words;
} user_cases[] = {
    { "good", "eve@example.com", "Eve", "en", "mill", BIT(COMPANY_EDITOR), TL_OK, NULL },
    { "same in full width and capitals", "ＥＶＥ@EXAMPLE.com", "Eve", "en", "mill",
      BIT(COMPANY_EDITOR), TL_ECONFLICT, "account already" },
    { "Chinese", "王@例子.中国", "王小明", "zh", "mill", BIT(COMPANY_EDITOR), TL_OK, NULL },
    { "no @", "eve", "Eve", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "'eve'" },
    { "two @", "a@b@c", "Eve", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "a@b@c" },
    { "nothing before", "@b", "Eve", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "@b" },
    { "nothing behind", "b@", "Eve", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "b@" },
    { "two addresses", "a@b.c,d", "Eve", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "a@b.c,d" },
    { "a line end", "a@b.c\nBcc: x", "E", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "mail" },
    { "none", NULL, "Eve", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "mail" },
    { "no name", "n@b.c", "", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "name" },
    { "blank name", "n@b.c", " ", "en", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "name" },
    { "language", "n@b.c", "N", "fr", "mill", BIT(COMPANY_EDITOR), TL_EINPUT, "language" },
    { "no role", "n@b.c", "N", "en", "mill", 0, TL_EINPUT, "no role" },
    { "role of another kind", "n@b.c", "N", "en", "mill", BIT(PUBLISHER), TL_EINPUT, "publisher" },
    { "role beyond", "n@b.c", "N", "en", "mill", UINT32_C(1) << 30, TL_EINPUT, "no role" },
    { "no such organisation", "n@b.c", "N", "en", "moll", BIT(VISITOR), TL_ENOTFOUND, "moll" },
};

static void test_add(void **state)
{
    account_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(user_cases); i++) {
        const struct user_case *c = &user_cases[i];
        const tl_user u = { .email = c->email, .name = c->name, .language = c->language };
        char id[TL_ACCOUNT_ID];
        account_begin(f);
        tl_status st = tl_user_add(f->s, &f->root, &u, c->tenant, c->roles, NOW, id, &f->err);
        expect(c->label, account_end(f, st), c->want, &f->err, c->words);
    }
    tl_user u;
    expect("find", tl_user_find(f->s, " EVE@example.COM ", f->arena, &u, &f->err), TL_OK, &f->err,
           NULL);
    assert_string_equal(u.email, "eve@example.com");
    assert_false(u.has_password || u.disabled);
    expect("none", tl_user_find(f->s, "no@example.com", f->arena, &u, &f->err), TL_ENOTFOUND,
           &f->err, "no@example.com");
    expect("no id", tl_user_get(f->s, "no", f->arena, &u, &f->err), TL_ENOTFOUND, &f->err, "'no'");
}

/* Who may give ann (of mill) roles where. */
static const struct may_case {
    const char *label, *tenant;
    uint32_t roles; /* of who tries */
    tl_tenant_kind kind;
    const char *in;
    tl_status want;
} may_cases[] = {
    { "own administrator", "mill", BIT(ADMINISTRATOR), TL_TENANT_COMPANY, "mill", TL_OK },
    { "operator's administrator", "house", BIT(ADMINISTRATOR), TL_TENANT_OPERATOR, "mill", TL_OK },
    { "another's administrator", "check", BIT(ADMINISTRATOR), TL_TENANT_VERIFIER, "mill",
      TL_EFORBIDDEN },
    { "own editor", "mill", BIT(COMPANY_EDITOR) | BIT(COMPANY_APPROVER), TL_TENANT_COMPANY, "mill",
      TL_EFORBIDDEN },
    { "operator's publisher, who sees all", "house", BIT(PUBLISHER), TL_TENANT_OPERATOR, "mill",
      TL_EFORBIDDEN },
    { "regulator's administrator and reader", "gov", BIT(ADMINISTRATOR) | BIT(REGULATOR_READER),
      TL_TENANT_REGULATOR, "mill", TL_EFORBIDDEN },
    { "administrator into another's", "mill", BIT(ADMINISTRATOR), TL_TENANT_COMPANY, "check",
      TL_EFORBIDDEN },
};

static void test_may(void **state)
{
    account_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(may_cases); i++) {
        const struct may_case *c = &may_cases[i];
        const tl_viewer by = tl_account_viewer("someone", c->tenant, NULL, c->roles, c->kind);
        const tl_user u = { .email = "new@example.com", .name = "New", .language = "en" };
        const tl_status anywhere = /* what only the operator's may */
            c->kind == TL_TENANT_OPERATOR ? c->want : TL_EFORBIDDEN;
        char id[TL_ACCOUNT_ID];
        account_begin(f);
        expect(c->label,
               tl_user_set_roles(f->s, &by, f->ann, c->in, BIT(ADMINISTRATOR), NOW, &f->err),
               c->want, &f->err, NULL);
        tl_store_rollback(f->s);
        account_begin(f);
        expect(c->label, tl_user_add(f->s, &by, &u, c->in, BIT(ADMINISTRATOR), NOW, id, &f->err),
               anywhere, &f->err, NULL);
        tl_store_rollback(f->s);
        account_begin(f);
        expect(c->label, tl_user_set_disabled(f->s, &by, f->ann, true, &f->err), anywhere, &f->err,
               NULL);
        tl_store_rollback(f->s);
    }
}

/* A company's administrator puts nobody into the company who did not agree: logging in, they might
 * act for it without noticing. */
static void test_consent(void **state)
{
    account_fixture *f = *state;
    const tl_viewer boss =
        tl_account_viewer("boss", "mill", NULL, BIT(ADMINISTRATOR), TL_TENANT_COMPANY);
    account_begin(f);
    expect("bob of another",
           tl_user_set_roles(f->s, &boss, f->bob, "mill", BIT(COMPANY_EDITOR), NOW, &f->err),
           TL_EFORBIDDEN, &f->err, "invite");
    expect("ann of hers",
           tl_user_set_roles(f->s, &boss, f->ann, "mill", BIT(COMPANY_APPROVER), NOW, &f->err),
           TL_OK, &f->err, NULL);
    expect("out", tl_user_set_roles(f->s, &boss, f->ann, "mill", 0, NOW, &f->err), TL_OK, &f->err,
           NULL);
    expect("and in again",
           tl_user_set_roles(f->s, &boss, f->ann, "mill", BIT(COMPANY_EDITOR), NOW, &f->err),
           TL_EFORBIDDEN, &f->err, "invite");
    expect("by the operator",
           tl_user_set_roles(f->s, &f->root, f->ann, "mill", BIT(COMPANY_EDITOR), NOW, &f->err),
           TL_OK, &f->err, NULL);
    tl_store_rollback(f->s);
}

static void set_roles(account_fixture *f, const char *tenant, uint32_t roles)
{
    account_begin(f);
    expect(tenant,
           account_end(f, tl_user_set_roles(f->s, &f->root, f->ann, tenant, roles, NOW, &f->err)),
           TL_OK, &f->err, NULL);
}

static void test_places(void **state)
{
    account_fixture *f = *state;
    const tl_member *m;
    size_t n;
    int64_t seq, again;
    char hash[TL_SHA256_HEX];
    set_roles(f, "check", BIT(VERIFIER) | BIT(ADMINISTRATOR));
    assert_int_equal(tl_user_places(f->s, f->ann, f->arena, &m, &n, &f->err), TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(m[0].tenant, "check");
    assert_int_equal(m[0].roles, BIT(VERIFIER) | BIT(ADMINISTRATOR));
    assert_string_equal(m[1].tenant, "mill");
    assert_int_equal(tl_audit_head(f->s, &seq, hash, &f->err), TL_OK);
    set_roles(f, "check", BIT(VERIFIER) | BIT(ADMINISTRATOR)); /* nothing new: no entry */
    assert_int_equal(tl_audit_head(f->s, &again, hash, &f->err), TL_OK);
    assert_int_equal(seq, again);
    assert_int_equal(tl_user_list(f->s, "check", f->arena, &m, &n, &f->err), TL_OK);
    assert_int_equal(n, 2);
    set_roles(f, "check", 0);
    set_roles(f, "mill", 0);
    assert_int_equal(tl_user_places(f->s, f->ann, f->arena, &m, &n, &f->err), TL_OK);
    assert_int_equal(n, 0);
    assert_int_equal(tl_user_list(f->s, NULL, f->arena, &m, &n, &f->err), TL_OK);
    assert_int_equal(n, 3); /* admin, ann without a place, bob */
    assert_null(m[1].tenant);
    assert_string_equal(m[1].user.email, "Ann@Example.com");
    account_begin(f);
    expect("nobody", tl_user_set_roles(f->s, &f->root, "no", "mill", 1, NOW, &f->err), TL_ENOTFOUND,
           &f->err, "'no'");
    tl_store_rollback(f->s);
    expect("chain", tl_audit_verify(f->s, &seq, &f->err), TL_OK, &f->err, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ACCOUNT_TEST(test_tenant),  ACCOUNT_TEST(test_add),    ACCOUNT_TEST(test_may),
        ACCOUNT_TEST(test_consent), ACCOUNT_TEST(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

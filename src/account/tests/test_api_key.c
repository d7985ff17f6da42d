/* test_api_key.c - keys for programs: their text, their rights, their end. */
#include "account/account_priv.h"
#include "account/api_key.h"
#include "account/tests/account_test.h"

#define SECRET "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_"
#define BIT(right) TL_RIGHT_BIT(TL_RIGHT_##right)

static const struct parse_case {
    const char *label, *text;
    bool want;
} parse_cases[] = {
    { "good", "tl_0123456789abcdef_" SECRET, true },
    { "none", NULL, false },
    { "empty", "", false },
    { "other prefix", "tk_0123456789abcdef_" SECRET, false },
    { "id in capitals", "tl_0123456789ABCDEF_" SECRET, false },
    { "id too short", "tl_0123456789abcde_" SECRET "A", false },
    { "no line between", "tl_0123456789abcdef-" SECRET, false },
    { "secret too short", "tl_0123456789abcdef_AAAA", false },
    { "one more", "tl_0123456789abcdef_" SECRET "A", false },
    { "odd character", "tl_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/", false },
};

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(parse_cases); i++) {
        const struct parse_case *c = &parse_cases[i];
        char id[TL_KEY_ID], secret[TL_SECRET_TEXT];
        if (tl_api_key_parse(c->text, id, secret) != c->want)
            fail_msg("%s: want %d", c->label, c->want);
        assert_string_equal(id, c->want ? "0123456789abcdef" : "");
        assert_string_equal(secret, c->want ? SECRET : "");
    }
}

static tl_status add(account_fixture *f, const tl_viewer *by, const tl_api_key *k, int64_t days,
                     char text[TL_API_KEY_TEXT])
{
    account_begin(f);
    return account_end(f, tl_api_key_add(f->s, by, k, days, NOW, text, &f->err));
}

static tl_status ask(account_fixture *f, const char *text, int64_t now, tl_viewer *v, bool *due)
{
    return tl_api_key_viewer(f->s, text, now, f->arena, v, due, &f->err);
}

/* Keys of ann, editor of the mill. */
static const struct rights_case {
    const char *label;
    uint64_t rights;
    bool read_only;
    tl_status want;
    uint64_t has; /* of record-read, record-edit, key, people, record-publish */
} rights_cases[] = {
    { "all she has", 0, false, TL_OK, BIT(RECORD_READ) | BIT(RECORD_EDIT) },
    { "all, to read", 0, true, TL_OK, BIT(RECORD_READ) },
    { "one", BIT(RECORD_EDIT), false, TL_OK, BIT(RECORD_EDIT) },
    { "one she has not", BIT(RECORD_PUBLISH), false, TL_EINPUT, 0 },
    { "one beside hers", BIT(RECORD_EDIT) | BIT(RECORD_PUBLISH), false, TL_EINPUT, 0 },
    { "over keys, which she has", BIT(KEY), false, TL_EINPUT, 0 },
    { "beyond the last", UINT64_C(1) << 60, false, TL_EINPUT, 0 },
    { "to read, with nothing to read", BIT(RECORD_EDIT), true, TL_EINPUT, 0 },
};

static void test_rights(void **state)
{
    account_fixture *f = *state;
    const uint64_t looked =
        BIT(RECORD_READ) | BIT(RECORD_EDIT) | BIT(KEY) | BIT(PEOPLE) | BIT(RECORD_PUBLISH);
    for (size_t i = 0; i < TEST_COUNT(rights_cases); i++) {
        const struct rights_case *c = &rights_cases[i];
        const tl_api_key k = { .user = f->ann,
                               .tenant = "mill",
                               .name = "sync",
                               .rights = c->rights,
                               .read_only = c->read_only };
        char text[TL_API_KEY_TEXT];
        tl_viewer v;
        bool due;
        expect(c->label, add(f, &f->root, &k, 0, text), c->want, &f->err, NULL);
        if (c->want != TL_OK) {
            assert_string_equal(text, "");
            continue;
        }
        expect(c->label, ask(f, text, NOW, &v, &due), TL_OK, &f->err, NULL);
        if ((v.rights & looked) != c->has)
            fail_msg("%s: rights %" PRIx64 ", want %" PRIx64, c->label, v.rights & looked, c->has);
        assert_string_equal(v.user, f->ann);
        assert_string_equal(v.tenant, "mill");
        assert_true(due);
    }
}

static void set_roles(account_fixture *f, uint32_t roles)
{
    account_begin(f);
    assert_int_equal(
        account_end(f, tl_user_set_roles(f->s, &f->root, f->ann, "mill", roles, NOW, &f->err)),
        TL_OK);
}

static void set_disabled(account_fixture *f, bool disabled)
{
    account_begin(f);
    assert_int_equal(
        account_end(f, tl_user_set_disabled(f->s, &f->root, f->ann, disabled, &f->err)), TL_OK);
}

/* A key never has more than its person has now. */
static void test_follows_person(void **state)
{
    account_fixture *f = *state;
    const tl_api_key k = { .user = f->ann, .tenant = "mill", .name = "sync" };
    char text[TL_API_KEY_TEXT];
    tl_viewer v;
    bool due;
    assert_int_equal(add(f, &f->root, &k, 0, text), TL_OK);
    set_roles(f, TL_ROLE_BIT(TL_ROLE_COMPANY_APPROVER));
    expect("approver", ask(f, text, NOW, &v, &due), TL_OK, &f->err, NULL);
    assert_false(tl_viewer_may(&v, TL_RIGHT_RECORD_EDIT)); /* lost */
    assert_false(tl_viewer_may(&v, TL_RIGHT_RECORD_STEP)); /* never asked for */
    assert_true(tl_viewer_may(&v, TL_RIGHT_RECORD_READ));
    set_disabled(f, true);
    expect("disabled", ask(f, text, NOW, &v, &due), TL_EFORBIDDEN, &f->err, NULL);
    assert_int_equal(v.rights, BIT(PUBLIC_READ));
    set_disabled(f, false);
    expect("enabled", ask(f, text, NOW, &v, &due), TL_OK, &f->err, NULL);
    set_roles(f, 0);
    expect("left", ask(f, text, NOW, &v, &due), TL_EFORBIDDEN, &f->err, NULL);
    set_roles(f, TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR));
    expect("came back: the key does not", ask(f, text, NOW, &v, &due), TL_EFORBIDDEN, &f->err,
           NULL);
}

static void test_use(void **state)
{
    account_fixture *f = *state;
    const tl_api_key k = { .user = f->ann, .tenant = "mill", .name = "sync" };
    char text[TL_API_KEY_TEXT], other[TL_API_KEY_TEXT];
    const tl_api_key *rows;
    tl_viewer v;
    bool due;
    size_t n;
    assert_int_equal(add(f, &f->root, &k, 10, text), TL_OK);
    assert_int_equal(tl_api_key_keep(f->s, text, NOW + 5, &f->err), TL_OK);
    expect("a minute", ask(f, text, NOW + 64, &v, &due), TL_OK, &f->err, NULL);
    assert_false(due);
    expect("and more", ask(f, text, NOW + 65, &v, &due), TL_OK, &f->err, NULL);
    assert_true(due);
    assert_int_equal(tl_api_key_list(f->s, "mill", NULL, f->arena, &rows, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].used_at, NOW + 5);
    assert_string_equal(rows[0].email, "Ann@Example.com");
    assert_int_equal(tl_api_key_list(f->s, "check", NULL, f->arena, &rows, &n, &f->err), TL_OK);
    assert_int_equal(n, 0);
    expect("last moment", ask(f, text, NOW + 10 * DAY - 1, &v, &due), TL_OK, &f->err, NULL);
    expect("expired", ask(f, text, NOW + 10 * DAY, &v, &due), TL_EFORBIDDEN, &f->err, NULL);
    assert_int_equal(add(f, &f->root, &k, 10, other), TL_OK);
    memcpy(other, text, 3 + 16); /* the id of one, the secret of the other */
    expect("mixed", ask(f, other, NOW, &v, &due), TL_EFORBIDDEN, &f->err, NULL);
    expect("no key", ask(f, "tl_x", NOW, &v, &due), TL_EFORBIDDEN, &f->err, NULL);
    assert_int_equal(tl_api_key_keep(f->s, "tl_x", NOW, &f->err), TL_OK);
    assert_int_equal(add(f, &f->root, &k, 367, text), TL_EINPUT);
    assert_int_equal(add(f, &f->root, &k, -1, text), TL_EINPUT);
    const tl_api_key nameless = { .user = f->ann, .tenant = "mill", .name = "" };
    expect("no name", add(f, &f->root, &nameless, 0, text), TL_EINPUT, &f->err, "name");
    const tl_api_key away = { .user = f->ann, .tenant = "check", .name = "x" };
    expect("elsewhere", add(f, &f->root, &away, 0, text), TL_EFORBIDDEN, &f->err, "check");
}

/* Who may make and revoke a key of ann's. */
static void test_who(void **state)
{
    account_fixture *f = *state;
    const uint32_t editor = TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR);
    const uint32_t boss = TL_ROLE_BIT(TL_ROLE_ADMINISTRATOR);
    const struct {
        const char *label;
        tl_viewer by;
        tl_status make, revoke;
    } cases[] = {
        { "herself", tl_account_viewer(f->ann, "mill", NULL, editor, TL_TENANT_COMPANY), TL_OK,
          TL_OK },
        { "herself as visitor",
          tl_account_viewer(f->ann, "mill", NULL, TL_ROLE_BIT(TL_ROLE_VISITOR), TL_TENANT_COMPANY),
          TL_EFORBIDDEN, TL_ENOTFOUND },
        { "a colleague", tl_account_viewer("c", "mill", NULL, editor, TL_TENANT_COMPANY),
          TL_EFORBIDDEN, TL_ENOTFOUND },
        { "her administrator", tl_account_viewer("b", "mill", NULL, boss, TL_TENANT_COMPANY),
          TL_EFORBIDDEN, TL_OK },
        { "another's administrator",
          tl_account_viewer("b", "check", NULL, boss, TL_TENANT_VERIFIER), TL_EFORBIDDEN,
          TL_ENOTFOUND },
        { "the operator's", tl_account_viewer(f->admin, "house", NULL, boss, TL_TENANT_OPERATOR),
          TL_OK, TL_OK },
        { "nobody", tl_viewer_visitor(), TL_EFORBIDDEN, TL_ENOTFOUND },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const tl_api_key k = { .user = f->ann, .tenant = "mill", .name = "sync" };
        char text[TL_API_KEY_TEXT], id[TL_KEY_ID], secret[TL_SECRET_TEXT];
        tl_viewer v;
        bool due;
        expect(cases[i].label, add(f, &cases[i].by, &k, 0, text), cases[i].make, &f->err, NULL);
        assert_int_equal(add(f, &f->root, &k, 0, text), TL_OK);
        assert_true(tl_api_key_parse(text, id, secret));
        for (int twice = 0; twice < 2; twice++) {
            account_begin(f);
            expect(cases[i].label,
                   account_end(f, tl_api_key_revoke(f->s, &cases[i].by, id, NOW, &f->err)),
                   cases[i].revoke, &f->err, NULL);
        }
        expect(cases[i].label, ask(f, text, NOW, &v, &due),
               cases[i].revoke == TL_OK ? TL_EFORBIDDEN : TL_OK, &f->err, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse), ACCOUNT_TEST(test_rights), ACCOUNT_TEST(test_follows_person),
        ACCOUNT_TEST(test_use),       ACCOUNT_TEST(test_who),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

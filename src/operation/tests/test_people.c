/* test_people.c - who may ask what about whom; secrets shown once. */
#include "account/account_priv.h"
#include "account/api_key.h"
#include "account/tests/account_test.h"
#include "base/file.h"
#include "operation/operations.h"

/* Who asks. */
enum who { VISITOR, EDITOR, ADMIN, OPERATOR, LOCAL };

typedef struct people_fixture {
    account_fixture *f;
    char boss[TL_ACCOUNT_ID]; /* administrator of the mill */
    tl_viewer viewers[LOCAL + 1];
} people_fixture;

static int setup(void **state)
{
    people_fixture *p = calloc(1, sizeof *p);
    void *inner = NULL;
    if (!p || account_setup(&inner) != 0) {
        free(p);
        return -1;
    }
    p->f = inner;
    const uint32_t admin = TL_ROLE_BIT(TL_ROLE_ADMINISTRATOR);
    account_user(p->f, "boss@mill.example", "mill", admin, p->boss);
    p->viewers[VISITOR] = tl_viewer_visitor();
    p->viewers[EDITOR] = tl_account_viewer(p->f->ann, "mill", NULL,
                                           TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR), TL_TENANT_COMPANY);
    p->viewers[ADMIN] = tl_account_viewer(p->boss, "mill", NULL, admin, TL_TENANT_COMPANY);
    p->viewers[OPERATOR] = tl_account_viewer(p->f->admin, "house", NULL, admin, TL_TENANT_OPERATOR);
    p->viewers[LOCAL] = tl_viewer_operator("root");
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    people_fixture *p = *state;
    void *inner = p->f;
    int code = account_teardown(&inner);
    free(p);
    return code;
}

static const struct people_case {
    const char *label;
    enum who who;
    const char *operation;
    tl_given given[6];
    tl_status want;
    const char *has, *has_not; /* in the report, or in the message; NULL: not looked at */
} cases[] = {
    /* lists */
    { "a visitor lists people", VISITOR, "user list", { { 0 } }, TL_EFORBIDDEN, NULL, NULL },
    { "an editor lists people", EDITOR, "user list", { { 0 } }, TL_EFORBIDDEN, NULL, NULL },
    { "an administrator, own", ADMIN, "user list", { { 0 } }, TL_OK, "Ann@Example.com", "bob@" },
    { "an administrator, another",
      ADMIN,
      "user list",
      { { "tenant", "check" } },
      TL_EFORBIDDEN,
      "own organisation",
      NULL },
    { "an administrator, none such: the same answer",
      ADMIN,
      "user list",
      { { "tenant", "nowhere" } },
      TL_EFORBIDDEN,
      "own organisation",
      NULL },
    { "the operator, all", OPERATOR, "user list", { { 0 } }, TL_OK, "bob@example.com", NULL },
    { "the operator, one", OPERATOR, "user list", { { "tenant", "mill" } }, TL_OK, "boss@", "bob" },
    { "the operator, none such",
      OPERATOR,
      "user list",
      { { "tenant", "nowhere" } },
      TL_ENOTFOUND,
      "nowhere",
      NULL },
    { "organisations, own", ADMIN, "tenant list", { { 0 } }, TL_OK, "mill", "check" },
    { "organisations, an editor", EDITOR, "tenant list", { { 0 } }, TL_EFORBIDDEN, NULL, NULL },
    { "organisations, all", OPERATOR, "tenant list", { { 0 } }, TL_OK, "check", NULL },
    { "a company adds an organisation",
      ADMIN,
      "tenant add",
      { { "tenant", "new" }, { "kind", "bank" }, { "name-en", "New" } },
      TL_EFORBIDDEN,
      "tenant",
      NULL },
    { "the operator adds one",
      OPERATOR,
      "tenant add",
      { { "tenant", "new" }, { "kind", "bank" }, { "name-en", "New" } },
      TL_OK,
      "\"new\"",
      NULL },
    /* people of another organisation are like nobody */
    { "roles of a stranger",
      ADMIN,
      "user roles",
      { { "user", "bob@example.com" }, { "role", "company-editor" } },
      TL_ENOTFOUND,
      "no account of 'bob@example.com'",
      NULL },
    { "roles of nobody",
      ADMIN,
      "user roles",
      { { "user", "nobody@example.com" }, { "role", "company-editor" } },
      TL_ENOTFOUND,
      "no account of 'nobody@example.com'",
      NULL },
    { "roles elsewhere",
      ADMIN,
      "user roles",
      { { "user", "ann@example.com" }, { "tenant", "check" }, { "role", "verifier" } },
      TL_EFORBIDDEN,
      NULL,
      NULL },
    { "roles of one's own",
      ADMIN,
      "user roles",
      { { "user", "ann@example.com" }, { "role", "company-approver" } },
      TL_OK,
      "company-approver",
      NULL },
    { "an unknown role",
      ADMIN,
      "user roles",
      { { "user", "ann@example.com" }, { "role", "boss" } },
      TL_EINPUT,
      "role",
      NULL },
    { "logging a stranger out",
      ADMIN,
      "user logout",
      { { "user", "bob@example.com" } },
      TL_ENOTFOUND,
      "no account",
      NULL },
    { "logging one's own out",
      ADMIN,
      "user logout",
      { { "user", "ann@example.com" } },
      TL_OK,
      "Ann@",
      NULL },
    { "a company disables",
      ADMIN,
      "user disable",
      { { "user", "ann@example.com" } },
      TL_EFORBIDDEN,
      NULL,
      NULL },
    { "the operator disables",
      OPERATOR,
      "user disable",
      { { "user", "ann@example.com" } },
      TL_OK,
      "disabled",
      NULL },
    { "the operator enables",
      OPERATOR,
      "user enable",
      { { "user", "ann@example.com" } },
      TL_OK,
      "active",
      NULL },
    { "adding without asking the owner",
      ADMIN,
      "user add",
      { { "user", "x@mill.example" }, { "name", "X" }, { "role", "visitor" } },
      TL_EFORBIDDEN,
      NULL,
      NULL },
    /* links */
    { "inviting into one's own",
      ADMIN,
      "user invite",
      { { "user", "x@mill.example" }, { "name", "X" }, { "role", "visitor" } },
      TL_OK,
      "/invitation#",
      NULL },
    { "inviting elsewhere",
      ADMIN,
      "user invite",
      { { "user", "x@mill.example" },
        { "name", "X" },
        { "role", "visitor" },
        { "tenant", "check" } },
      TL_EFORBIDDEN,
      NULL,
      "invitation#" },
    { "inviting, an editor",
      EDITOR,
      "user invite",
      { { "user", "x@mill.example" }, { "name", "X" }, { "role", "visitor" } },
      TL_EFORBIDDEN,
      NULL,
      NULL },
    { "a reset, by a company",
      ADMIN,
      "user reset",
      { { "user", "ann@example.com" } },
      TL_EFORBIDDEN,
      NULL,
      NULL },
    { "a reset, at the machine",
      LOCAL,
      "user reset",
      { { "user", "ann@example.com" } },
      TL_OK,
      "/reset#",
      NULL },
    /* keys */
    { "a key of one's own",
      EDITOR,
      "key add",
      { { "name", "sync" }, { "right", "record-read" }, { "read-only", "true" } },
      TL_OK,
      "\"key\": \"tl_",
      NULL },
    { "a key of a colleague",
      EDITOR,
      "key add",
      { { "user", "boss@mill.example" }, { "name", "sync" } },
      TL_EFORBIDDEN,
      "made by the person",
      NULL },
    { "a key of a stranger",
      ADMIN,
      "key add",
      { { "user", "bob@example.com" }, { "name", "sync" } },
      TL_ENOTFOUND,
      "no account",
      NULL },
    { "a key elsewhere",
      EDITOR,
      "key add",
      { { "tenant", "check" }, { "name", "sync" } },
      TL_EFORBIDDEN,
      NULL,
      NULL },
    { "a key of nobody", LOCAL, "key add", { { "name", "sync" } }, TL_EINPUT, NULL, NULL },
    { "a visitor's key", VISITOR, "key add", { { "name", "sync" } }, TL_EFORBIDDEN, NULL, NULL },
    { "keys elsewhere", EDITOR, "key list", { { "tenant", "check" } }, TL_EFORBIDDEN, NULL, NULL },
    { "keys elsewhere, an administrator",
      ADMIN,
      "key list",
      { { "tenant", "check" } },
      TL_EFORBIDDEN,
      NULL,
      NULL },
    { "a key that is none's",
      ADMIN,
      "key revoke",
      { { "key", "0123456789abcdef" } },
      TL_ENOTFOUND,
      NULL,
      NULL },
};

static tl_status call(people_fixture *p, enum who who, const char *name, const tl_given *given,
                      tl_buf *told)
{
    account_fixture *f = p->f;
    tl_call c = { .operation = tl_operation_find(name),
                  .store = f->s,
                  .viewer = &p->viewers[who],
                  .today = "2027-01-15",
                  .now = NOW,
                  .arena = f->arena,
                  .given = given };
    assert_non_null(c.operation);
    while (c.n_given < 6 && given && given[c.n_given].name)
        c.n_given++;
    tl_buf_reset(told);
    f->err = (tl_error){ 0 };
    tl_status st = tl_call_run(&c, &f->err);
    assert_false(tl_store_in_transaction(f->s));
    if (st == TL_OK) {
        assert_non_null(c.report);
        assert_int_equal(tl_report_as_json(c.report, told, NULL), TL_OK);
    } else {
        assert_null(c.report);
        tl_buf_str(told, f->err.text);
    }
    return st;
}

static void test_who_may(void **state)
{
    people_fixture *p = *state;
    tl_buf told;
    tl_buf_init(&told, 0);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const struct people_case *k = &cases[i];
        tl_status got = call(p, k->who, k->operation, k->given, &told);
        expect(k->label, got, k->want, &p->f->err, NULL);
        if (k->has && !strstr(tl_buf_text(&told), k->has))
            fail_msg("%s: no '%s' in %s", k->label, k->has, tl_buf_text(&told));
        if (k->has_not && strstr(tl_buf_text(&told), k->has_not))
            fail_msg("%s: '%s' in %s", k->label, k->has_not, tl_buf_text(&told));
    }
    tl_buf_clear(&told);
}

/* Sessions of somebody who works for two are not one administrator's to end, nor are the places
 * elsewhere theirs to see. */
static void test_two_places(void **state)
{
    people_fixture *p = *state;
    tl_buf told;
    tl_buf_init(&told, 0);
    const tl_given both[6] = { { "user", "ann@example.com" },
                               { "tenant", "check" },
                               { "role", "verifier" } };
    const tl_given ann[6] = { { "user", p->f->ann } };
    const tl_given approver[6] = { { "user", p->f->ann }, { "role", "company-approver" } };
    expect("second place", call(p, OPERATOR, "user roles", both, &told), TL_OK, &p->f->err, NULL);
    assert_non_null(strstr(tl_buf_text(&told), "check"));
    expect("log out", call(p, ADMIN, "user logout", ann, &told), TL_EFORBIDDEN, &p->f->err, NULL);
    assert_null(strstr(tl_buf_text(&told), "check"));
    expect("roles", call(p, ADMIN, "user roles", approver, &told), TL_OK, &p->f->err, NULL);
    assert_non_null(strstr(tl_buf_text(&told), "mill"));
    assert_null(strstr(tl_buf_text(&told), "check"));
    expect("operator", call(p, OPERATOR, "user logout", ann, &told), TL_OK, &p->f->err, NULL);
    tl_buf_clear(&told);
}

/* The key opens the door, and appears in no list, and nowhere in the database. */
static void test_shown_once(void **state)
{
    people_fixture *p = *state;
    account_fixture *f = p->f;
    char key[TL_API_KEY_TEXT];
    tl_buf told;
    tl_viewer v;
    bool due;
    tl_buf_init(&told, 0);
    const tl_given given[6] = { { "name", "sync" } };
    expect("add", call(p, EDITOR, "key add", given, &told), TL_OK, &f->err, NULL);
    const char *at = strstr(tl_buf_text(&told), "tl_");
    assert_non_null(at);
    snprintf(key, sizeof key, "%.*s", TL_API_KEY_TEXT - 1, at);
    expect("opens", tl_api_key_viewer(f->s, key, NOW, f->arena, &v, &due, &f->err), TL_OK, &f->err,
           NULL);
    for (enum who who = EDITOR; who <= LOCAL; who++) {
        expect("list", call(p, who, "key list", NULL, &told), TL_OK, &f->err, NULL);
        if (!strstr(tl_buf_text(&told), "sync"))
            fail_msg("viewer %d does not see the key in %s", (int)who, tl_buf_text(&told));
        assert_null(strstr(tl_buf_text(&told), key + 20));
    }
    const tl_given revoke[6] = { { "key", tl_arena_copy(f->arena, key + 3, 16) } };
    expect("revoke", call(p, ADMIN, "key revoke", revoke, &told), TL_OK, &f->err, NULL);
    assert_non_null(strstr(tl_buf_text(&told), "revoked"));
    tl_store_close(f->s);
    f->s = NULL;
    tl_file_view file;
    assert_int_equal(tl_file_open(&file, f->path, 0, NULL), TL_OK);
    assert_null(memmem(file.data, file.size, key + 20, 43));
    if (file.size > 0) /* on a server there is no file to look through */
        assert_non_null(memmem(file.data, file.size, "key.add", 7));
    tl_file_close(&file);
    tl_buf_clear(&told);
}

/* Links and keys are in the answer alone: no operation that makes one is kept as a job. */
static void test_rows(void **state)
{
    (void)state;
    static const char *const secret[] = { "user invite", "user first", "user reset", "key add" };
    for (size_t i = 0; i < TEST_COUNT(secret); i++) {
        const tl_operation *o = tl_operation_find(secret[i]);
        assert_non_null(o);
        assert_int_equal(o->flags & TL_OPERATION_LONG, 0);
        if (!(o->flags & TL_OPERATION_LOCAL))
            assert_int_equal(o->method, TL_HTTP_POST);
    }
    assert_true(tl_operation_find("user reset")->flags & TL_OPERATION_LOCAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_who_may, setup, teardown),
        cmocka_unit_test_setup_teardown(test_two_places, setup, teardown),
        cmocka_unit_test_setup_teardown(test_shown_once, setup, teardown),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

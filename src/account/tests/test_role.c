/* test_role.c - every role against every right, in every kind of organisation. */
#include "account/role.h"
#include "store/tests/scratch.h"

/* The table written out a second time, by hand, with a letter for each role in its order: Visitor,
 * Company editor, comPany approver, checKer (verifier), Analyst, Reviewer, pubLisher, reGulator,
 * Bank officer, aDministrator. A small letter: only in the organisation that runs the installation.
 */
static const char letters[TL_ROLES + 1] = "VCPKARLGBD";
static const struct right_case {
    const char *name, *roles;
} right_cases[TL_RIGHTS] = {
    { "public-read", "VCPKARLGBD" },
    { "record-read", "CPKLG" },
    { "record-edit", "C" },
    { "record-step", "PKL" },
    { "record-publish", "L" },
    { "epd-edit", "C" },
    { "epd-verify", "K" },
    { "epd-register", "L" },
    { "assessment-read", "ARLG" },
    { "assessment-write", "A" },
    { "assessment-review", "R" },
    { "assessment-publish", "L" },
    { "assessment-reply", "P" },
    { "inventory-read", "CPKG" },
    { "inventory-edit", "C" },
    { "inventory-approve", "P" },
    { "inventory-verify", "K" },
    { "company-edit", "Ad" },
    { "loan-read", "BG" },
    { "loan-edit", "B" },
    { "job-read", "CPKARLGBD" },
    { "job-run", "CPKARLBD" },
    { "key", "CPKARLGBD" },
    { "people", "D" },
    { "tenant", "d" },
    { "dataset-install", "d" },
    { "audit-read", "Gd" },
    { "factor-propose", "CPKARLBD" },
};

/* Which roles an organisation can give, in the same letters. */
static const char *const kind_roles[TL_TENANT_KINDS] = {
    [TL_TENANT_OPERATOR] = "VARLGD", [TL_TENANT_COMPANY] = "VCPD",  [TL_TENANT_VERIFIER] = "VKD",
    [TL_TENANT_BANK] = "VBD",        [TL_TENANT_REGULATOR] = "VGD",
};

static void check_cell(int kind, int role, int right)
{
    char big = letters[role], small = (char)(big - 'A' + 'a');
    bool given = strchr(kind_roles[kind], big) != NULL;
    bool want = given && (strchr(right_cases[right].roles, big) ||
                          (kind == TL_TENANT_OPERATOR && strchr(right_cases[right].roles, small)));
    uint64_t rights = tl_role_rights(TL_ROLE_BIT(role), (tl_tenant_kind)kind);
    bool got = (rights & TL_RIGHT_BIT(right)) != 0;
    if (got != want)
        fail_msg("%s of %s: right %s: got %d, want %d", tl_role_words((tl_role)role).code,
                 tl_tenant_kind_words((tl_tenant_kind)kind).code, right_cases[right].name, got,
                 want);
}

static void test_table(void **state)
{
    (void)state;
    for (int right = 0; right < TL_RIGHTS; right++) {
        assert_string_equal(tl_right_name((tl_right)right), right_cases[right].name);
        for (int kind = 0; kind < TL_TENANT_KINDS; kind++)
            for (int role = 0; role < TL_ROLES; role++)
                check_cell(kind, role, right);
    }
    assert_int_equal(tl_role_rights(TL_ROLES_ALL, TL_TENANT_KINDS), 0);
    assert_int_equal(tl_role_rights(UINT32_C(1) << 20, TL_TENANT_OPERATOR), 0);
}

/* Rights add up, and one person can be editor and approver: that it is not the same item is asked
 * elsewhere. */
static void test_union(void **state)
{
    (void)state;
    for (uint32_t a = 0; a <= TL_ROLES_ALL; a++)
        for (int kind = 0; kind < TL_TENANT_KINDS; kind++) {
            uint64_t sum = 0;
            for (int role = 0; role < TL_ROLES; role++)
                if (a & TL_ROLE_BIT(role))
                    sum |= tl_role_rights(TL_ROLE_BIT(role), (tl_tenant_kind)kind);
            if (tl_role_rights(a, (tl_tenant_kind)kind) != sum)
                fail_msg("roles %x of kind %d are more or less than their sum", (unsigned)a, kind);
        }
}

/* No right that changes something is in a key for reading, and none over people in any key. */
static void test_masks(void **state)
{
    static const char *const read[] = { "public-read",    "record-read", "assessment-read",
                                        "inventory-read", "loan-read",   "job-read",
                                        "audit-read" };
    uint64_t want = 0;
    tl_right r;
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(read); i++) {
        assert_int_equal(tl_right_parse(read[i], &r, NULL), TL_OK);
        want |= TL_RIGHT_BIT(r);
    }
    assert_true(tl_role_read_rights() == want);
    assert_true(tl_role_personal_rights() ==
                (TL_RIGHT_BIT(TL_RIGHT_KEY) | TL_RIGHT_BIT(TL_RIGHT_PEOPLE) |
                 TL_RIGHT_BIT(TL_RIGHT_TENANT)));
}

static void test_words(void **state)
{
    tl_error err = { 0 };
    tl_role role;
    tl_tenant_kind kind;
    tl_right right;
    (void)state;
    for (int i = 0; i < TL_ROLES; i++) {
        tl_role_word w = tl_role_words((tl_role)i);
        assert_true(*w.code && *w.en && *w.zh);
        assert_int_equal(tl_role_parse(w.code, &role, NULL), TL_OK);
        assert_int_equal(role, i);
    }
    for (int i = 0; i < TL_TENANT_KINDS; i++) {
        assert_int_equal(
            tl_tenant_kind_parse(tl_tenant_kind_words((tl_tenant_kind)i).code, &kind, NULL), TL_OK);
        assert_int_equal(kind, i);
    }
    expect("role", tl_role_parse("boss", &role, &err), TL_EINPUT, &err, "company-approver");
    expect("kind", tl_tenant_kind_parse("shop", &kind, &err), TL_EINPUT, &err, "regulator");
    expect("right", tl_right_parse("all", &right, &err), TL_EINPUT, &err, "audit-read");
    expect("none", tl_role_parse(NULL, &role, &err), TL_EINPUT, &err, "''");
}

static const struct second_case {
    const char *label, *author, *second;
    tl_status want;
} second_cases[] = {
    { "two people", "a", "b", TL_OK },
    { "the author", "a", "a", TL_EFORBIDDEN },
    { "author not known", NULL, "b", TL_EFORBIDDEN },
    { "author without a name", "", "b", TL_EFORBIDDEN },
    { "second not known", "a", NULL, TL_EFORBIDDEN },
    { "letter case counts: ids are exact", "a", "A", TL_OK },
};

static void test_second_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(second_cases); i++) {
        const struct second_case *c = &second_cases[i];
        tl_error err = { 0 };
        expect(c->label, tl_role_second_person(c->author, c->second, "answer 3", &err), c->want,
               &err, c->want == TL_OK ? NULL : "answer 3");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),         cmocka_unit_test(test_union),
        cmocka_unit_test(test_masks),         cmocka_unit_test(test_words),
        cmocka_unit_test(test_second_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

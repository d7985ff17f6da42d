/* test_viewer.c - what a viewer may and sees. */
#include "store/tests/scratch.h"

#include "store/viewer.h"

static const struct see_case {
    const char *label;
    tl_viewer v;
    const char *tenant, *company;
    bool of_tenant, of_company;
} see_cases[] = {
    { "own", { .tenant = "byd", .company = "byd-auto" }, "byd", "byd-auto", true, true },
    { "another's", { .tenant = "byd", .company = "byd-auto" }, "geely", "geely", false, false },
    { "of nobody", { .tenant = "byd", .company = "byd-auto" }, NULL, NULL, false, false },
    { "no organisation, of nobody", { .user = "a" }, NULL, NULL, false, false },
    { "no company", { .tenant = "bank" }, "bank", "byd", true, false },
    { "all", { .all_tenants = true }, "geely", "geely", true, true },
    { "all, of nobody", { .all_tenants = true }, NULL, NULL, true, true },
};

static void test_see(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(see_cases); i++) {
        const struct see_case *c = &see_cases[i];
        bool tenant = tl_viewer_of_tenant(&c->v, c->tenant);
        bool company = tl_viewer_of_company(&c->v, c->company);
        if (tenant != c->of_tenant || company != c->of_company)
            fail_msg("%s: got %d %d, want %d %d", c->label, tenant, company, c->of_tenant,
                     c->of_company);
    }
}

static void test_may(void **state)
{
    (void)state;
    const tl_viewer visitor = tl_viewer_visitor(), all = tl_viewer_operator("root");
    for (int r = 0; r < TL_RIGHTS; r++) {
        tl_error err = { 0 };
        const char *name = tl_right_name((tl_right)r);
        assert_non_null(name);
        for (int other = 0; other < r; other++)
            assert_string_not_equal(name, tl_right_name((tl_right)other));
        tl_status want = r == TL_RIGHT_PUBLIC_READ ? TL_OK : TL_EFORBIDDEN;
        expect(name, tl_viewer_require(&visitor, (tl_right)r, &err), want, &err,
               want == TL_OK ? NULL : name);
        expect(name, tl_viewer_require(&all, (tl_right)r, &err), TL_OK, &err, NULL);
    }
    assert_false(tl_viewer_may(&all, TL_RIGHTS));
    assert_null(tl_right_name(TL_RIGHTS));
    assert_string_equal(tl_viewer_name(&visitor), "visitor");
    assert_string_equal(tl_viewer_name(&all), "root");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_see), cmocka_unit_test(test_may) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

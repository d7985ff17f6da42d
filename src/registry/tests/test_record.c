/* test_record.c - what can be a record, writing and reading it, remarks, and the rules of its
 * tables. */
#include "registry/tests/record_test.h"

#include "store/audit.h"

static const char id[] = "lynk-01";

static void test_put_get(void **state)
{
    record_fixture *f = *state;
    tl_record r = record_car(id, 201), got;
    bool same = true;
    record_expect("put", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    assert_false(same);
    record_expect("again", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    assert_true(same);
    record_expect("public", tl_record_get(f->s, id, 0, f->arena, &got, &f->err), TL_ENOTFOUND,
                  &f->err, "nothing published");
    record_expect("get", tl_record_get(f->s, id, -1, f->arena, &got, &f->err), TL_OK, &f->err,
                  NULL);
    assert_string_equal(got.product, "Lynk & Co 01");
    assert_string_equal(got.company, "");
    assert_int_equal(got.state, TL_RECORD_PRELIMINARY);
    assert_int_equal(got.n_parts, 3);
    assert_string_equal(got.parts[2].key, "steel");
    assert_string_equal(got.parts[2].unit, "g CO2e/km");
    if (got.value != 201 || !isnan(got.uncertainty) || got.kerb_mass_kg != 1870)
        fail_msg("value %g, uncertainty %g, mass %g", got.value, got.uncertainty, got.kerb_mass_kg);
    assert_string_equal(got.author, "anna");
    assert_string_equal(got.hash, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_put_get, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

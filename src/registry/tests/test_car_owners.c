/* test_car_owners.c - groups and country styles of cars, by the register of companies that ships.
 */
#include "registry/tests/sales_test.h"

#include "registry/car_owners.h"

static const struct owner_case {
    const char *label, *id, *maker, *company, *group, *style;
} cases[] = {
    { "a company of its own", "c1", "Toyota Motor", "", "toyota", "japanese" },
    { "a make under its group", "c2", "Denza", "", "byd", "domestic" },
    { "by an alias", "c3", "BYD Auto", "", "byd", "domestic" },
    { "a joint venture stands for itself", "c4", "FAW-Volkswagen", "", "faw-volkswagen", NULL },
    { "left open by the reports", "c5", "Zhengzhou Nissan", "", "zhengzhou-nissan", NULL },
    { "no country", "c6", "JIDU", "", "jidu", NULL },
    { "a country without a style", "c7", "Stellantis", "", "stellantis", NULL },
    { "not in the register", "c8", "Nobody", "", NULL, NULL },
    { "the company a record names comes first", "c9", "Nobody", "bmw", "bmw", "german" },
    { "parent without country of the child", "d1", "Volvo Asia Pacific", "", "volvo-cars", NULL },
};

static const char *word(const tl_car_names *names, uint32_t place)
{
    return place < names->ids.n ? names->ids.items[place] : NULL;
}

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void test_owners(void **state)
{
    record_fixture *f = *state;
    tl_cars cars;
    sales_install(f, "automakers");
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        tl_record r = record_car(cases[i].id, 200);
        r.maker = cases[i].maker;
        r.company = cases[i].company;
        record_publish(f, &r, "2024-10-01");
    }
    assert_int_equal(tl_cars_read(&cars, f->s, f->arena, NULL), TL_OK);
    record_expect("no set", tl_cars_find_owners(&cars, f->s, f->arena, &f->err), TL_ENOTFOUND,
                  &f->err, "car-market");
    sales_install(f, "car-market");
    record_expect("owners", tl_cars_find_owners(&cars, f->s, f->arena, &f->err), TL_OK, &f->err,
                  NULL);
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        const struct owner_case *c = &cases[i];
        size_t at = 0;
        while (strcmp(cars.cars[at].id, c->id) != 0)
            at++;
        const char *group = word(&cars.groups, cars.cars[at].group),
                   *style = word(&cars.styles, cars.cars[at].style);
        if (!same(group, c->group) || !same(style, c->style))
            fail_msg("%s: group %s, style %s", c->label, group ? group : "none",
                     style ? style : "none");
    }
    for (size_t i = 0; i < cars.groups.ids.n; i++)
        if (strcmp(cars.groups.ids.items[i], "byd") == 0)
            assert_string_equal(cars.groups.zh[i], "比亚迪");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_owners, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

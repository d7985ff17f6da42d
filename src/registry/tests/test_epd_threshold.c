/* test_epd_threshold.c - the bundled limits against the products they are known for. */
#include "registry/tests/epd_test.h"

#define RS20 "ResponsibleSteel V2.0"
#define RS21 "ResponsibleSteel V2.1"
#define FMC "First Movers Coalition"
#define ASI "ASI Performance Standard V3"

/* Limits by hand: V2.0 at 50% scrap (2.8 + 0.35) / 2 = 1.575, 1.125, 0.675, 0.225; V2.1 (2.8 + 0.5)
 * / 2 = 1.65. NAN: not applicable. */
static const struct limit_case {
    const char *label, *material;
    double t_per_t, scrap_share;
    const char *scheme, *level;
    double limit;
    bool met;
} limit_cases[] = {
    { "steel 1.50 t, half scrap", "steel", 1.5, 0.5, RS20, "level 1", 1.575, true },
    { "steel 1.50 t, half scrap", "steel", 1.5, 0.5, RS20, "level 2", 1.125, false },
    { "steel 1.50 t, half scrap", "steel", 1.5, 0.5, RS20, "level 3", 0.675, false },
    { "steel 1.50 t, half scrap", "steel", 1.5, 0.5, RS20, "level 4", 0.225, false },
    { "the later edition", "steel", 1.6, 0.5, RS20, "level 1", 1.575, false },
    { "the later edition", "steel", 1.6, 0.5, RS21, "level 1", 1.65, true },
    { "exactly the limit", "steel", 1.575, 0.5, RS20, "level 1", 1.575, true },
    { "a hair above", "steel", 1.575001, 0.5, RS20, "level 1", 1.575, false },
    { "no scrap", "steel", 2.8, 0, RS20, "level 1", 2.8, true },
    { "scrap alone", "steel", 0.06, 1, RS20, "level 4", 0.05, false },
    { "scrap alone", "steel", 0.05, 1, RS20, "level 4", 0.05, true },
    { "below means below", "steel", 0.05, 1, FMC, "near-zero", 0.05, false },
    { "steel meets no aluminium limit", "steel", 1.5, 0.5, ASI, "smelter", NAN, false },
    { "Yunnan hydropower ingot", "primary-aluminium", 4.82981, 0, ASI, "smelter", 11, true },
    { "Yunnan hydropower ingot", "primary-aluminium", 4.82981, 0, FMC, "low-carbon", 3, false },
    { "Yunnan hydropower ingot", "primary-aluminium", 4.82981, 0, RS20, "level 1", NAN, false },
    { "no value meets nothing", "steel", NAN, 1, RS20, "level 1", 0.35, false },
    { "exactly 11 t", "primary-aluminium", 11, 0, ASI, "smelter", 11, false },
    { "scrap does not count", "primary-aluminium", 2.9, 0.4, FMC, "low-carbon", 3, true },
};

static const tl_threshold *panel(car_fixture *f, const char *material, double t_per_t,
                                 double scrap_share, size_t *n)
{
    const tl_threshold *list = NULL;
    epd_expect(material, f,
               tl_epd_thresholds(f->s, material, t_per_t, scrap_share, f->arena, &list, n, &f->err),
               TL_OK, NULL);
    return list;
}

static void test_limits(void **state)
{
    car_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(limit_cases); i++) {
        const struct limit_case *c = &limit_cases[i];
        size_t n, found = 0;
        const tl_threshold *list = panel(f, c->material, c->t_per_t, c->scrap_share, &n);
        for (size_t k = 0; k < n; k++) {
            if (strcmp(list[k].scheme, c->scheme) != 0 || strcmp(list[k].level, c->level) != 0)
                continue;
            found++;
            if (isnan(c->limit) ? !isnan(list[k].limit) : !(fabs(list[k].limit - c->limit) < 1e-12))
                fail_msg("%s: %s %s: limit %.15g, want %g", c->label, c->scheme, c->level,
                         list[k].limit, c->limit);
            if (list[k].met != c->met)
                fail_msg("%s: %s %s: met %d", c->label, c->scheme, c->level, list[k].met);
        }
        if (found != 1)
            fail_msg("%s: %zu rows of %s %s", c->label, found, c->scheme, c->level);
    }
}

/* Alumina of 1,203.3 kg is no aluminium: no limit speaks of it, however low its value. */
static void test_other_product(void **state)
{
    car_fixture *f = *state;
    size_t n;
    const tl_threshold *list = panel(f, "alumina", 1.2033, 0, &n);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++)
        if (!isnan(list[i].limit) || list[i].met)
            fail_msg("alumina: %s %s: limit %g, met %d", list[i].scheme, list[i].level,
                     list[i].limit, list[i].met);
}

static void test_sources(void **state)
{
    car_fixture *f = *state;
    size_t n;
    const tl_threshold *list = panel(f, "steel", 1, 0, &n);
    for (size_t i = 0; i < n; i++)
        if (!*list[i].source || strlen(list[i].from_date) < 4)
            fail_msg("%s %s: no source or no date", list[i].scheme, list[i].level);
}

static void test_inputs(void **state)
{
    car_fixture *f = *state;
    const struct {
        const char *label;
        double t_per_t, scrap_share;
        const char *words;
    } cases[] = { { "infinite", INFINITY, 0.5, "value" },
                  { "no share", 1, NAN, "scrap share" },
                  { "in percent", 1, 50, "scrap share" },
                  { "negative", 1, -0.1, "scrap share" } };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const tl_threshold *list;
        size_t n;
        epd_expect(cases[i].label, f,
                   tl_epd_thresholds(f->s, "steel", cases[i].t_per_t, cases[i].scrap_share,
                                     f->arena, &list, &n, &f->err),
                   TL_EINPUT, cases[i].words);
    }
}

#define HEAD "scheme,level,material,from_date,comparison,limit_0_scrap,limit_100_scrap,source\n"

static void test_broken_sets(void **state)
{
    car_fixture *f = *state;
    company_fixture db = { .s = f->s, .arena = f->arena };
    const struct {
        const char *label, *text, *words;
    } cases[] = {
        { "no source", HEAD "S,1,steel,2024,below,2,1,\n", "source" },
        { "no date", HEAD "S,1,steel,,below,2,1,x\n", "date" },
        { "comparison", HEAD "S,1,steel,2024,<,2,1,x\n", "at-most or below" },
        { "no limit", HEAD "S,1,steel,2024,below,,1,x\n", "limit_0_scrap" },
        { "limit is a word", HEAD "S,1,steel,2024,below,2,one,x\n", "limit_100_scrap" },
        { "limit of 0", HEAD "S,1,steel,2024,below,0,1,x\n", "above 0" },
        { "no column", "scheme,level,material,from_date,limit_0_scrap,limit_100_scrap,source\n",
          "comparison" },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const set_file file = { "thresholds.csv", cases[i].text };
        const tl_threshold *list;
        char version[16];
        tl_dataset set;
        size_t n;
        snprintf(version, sizeof version, "9999.%zu", i);
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        put_set(&db, "metal-thresholds", version, "rule", &file, 1, &set);
        epd_expect(cases[i].label, f,
                   tl_epd_thresholds(f->s, "steel", 1, 0, f->arena, &list, &n, &f->err), TL_EINPUT,
                   cases[i].words);
        tl_store_rollback(f->s);
    }
}

static int threshold_setup(void **state)
{
    if (car_setup(state) != 0)
        return -1;
    car_fixture *f = *state;
    const char *folder = tl_arena_printf(f->arena, "%s/data/metal-thresholds", car_root());
    return folder && car_install(f->s, folder, f->arena, &f->err) == TL_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),      cmocka_unit_test(test_other_product),
        cmocka_unit_test(test_sources),     cmocka_unit_test(test_inputs),
        cmocka_unit_test(test_broken_sets),
    };
    return cmocka_run_group_tests(tests, threshold_setup, car_teardown);
}

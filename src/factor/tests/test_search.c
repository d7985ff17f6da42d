/* test_search.c - what is found, in what order, and what stays hidden. */
#include "factor/tests/factor_test.h"

static const char metals[] =
    "al-cn,\"electrolytic aluminium, China\",电解铝,metal,16,tCO2e/t,CN,2020,,average,,s,,yes\n"
    "al-yn,\"electrolytic aluminium, "
    "Yunnan\",云南电解铝,metal,4.8,tCO2e/t,CN-YN,2023,,hydropower,,s,,yes\n"
    "al-glo,primary aluminium,原铝,metal,15.1,tCO2e/t,GLO,2022,,average,,s,,yes\n"
    "al-rumour,primary aluminium,原铝,metal,1,tCO2e/t,GLO,2024,,rumour,,s,,no\n"
    "bf-cn,\"crude steel, BF-BOF, "
    "China\",粗钢（高炉-转炉长流程）,metal,1.84,tCO2/t,CN,2018,,BF-BOF,,s,,yes\n"
    "eaf-cn,\"crude steel, EAF, China\",粗钢（电炉短流程）,metal,0.52,tCO2/t,CN,2018,,EAF,,s,,yes\n"
    "steel-new,steel,钢,metal,2.21,kgCO2e/kg,FR,,,primary,,s,,yes\n"
    "r134a,HFC-134a (R134a) release,四氟乙烷（R134a）制冷剂逸散,gas "
    "release,1530,kgCO2e/kg,GLO,2021,,AR6,,s,,yes\n"
    "zinc,zinc alloy,锌合金,metal,3,kgCO2e/kg,CN-GRID-EAST,2023,,,,s,,no\n";

static const struct search_case {
    const char *label;
    tl_factor_query query;
    const char *want;
} search_cases[] = {
    { "Chinese word", { .text = "电解铝" }, "al-cn al-yn" }, /* the exact name first */
    { "one character", { .text = "铝" }, "al-yn al-glo al-cn al-rumour" },
    { "one character as a name", { .text = "钢" }, "steel-new bf-cn eaf-cn" },
    { "English word", { .text = "aluminium" }, "al-yn al-glo al-cn al-rumour" },
    { "American spelling", { .text = "Aluminum" }, "al-yn al-glo al-cn al-rumour" },
    { "steel", { .text = "steel" }, "steel-new bf-cn eaf-cn" },
    { "case and width", { .text = "ＳＴＥＥＬ" }, "steel-new bf-cn eaf-cn" },
    { "refrigerant", { .text = "R134a" }, "r134a" },
    { "mixed", { .text = "R134a制冷剂" }, "r134a" },
    { "both languages", { .text = "粗钢 EAF" }, "eaf-cn" },
    { "route", { .text = "bf-bof" }, "bf-cn" },
    { "whole name, other signs", { .text = "crude steel: EAF China" }, "eaf-cn" },
    { "all words needed", { .text = "aluminium steel" }, "" },
    { "no part of a word", { .text = "alumin" }, "" },
    { "only signs", { .text = "，。!" }, "" },
    { "exact name, unverified after verified", { .text = "原铝" }, "al-glo al-rumour" },
    { "region with its parts", { .text = "铝", .region = "CN" }, "al-yn al-cn" },
    { "one province", { .text = "铝", .region = "CN-YN" }, "al-yn" },
    { "no half of a code", { .text = "铝", .region = "C" }, "" },
    { "grid area", { .region = "CN-GRID" }, "zinc" },
    { "category", { .category = "gas release" }, "r134a" },
    { "category and word",
      { .text = "steel", .category = "metal", .region = "CN" },
      "bf-cn eaf-cn" },
    { "year", { .text = "铝", .year = 2022 }, "al-glo al-cn" },
    { "year before all", { .text = "铝", .year = 1990 }, "" },
    { "year not stated", { .text = "钢", .year = 1990 }, "steel-new" },
    { "verified only", { .text = "铝", .verified = true }, "al-yn al-glo al-cn" },
    { "verified only, none", { .text = "zinc", .verified = true }, "" },
    { "limit", { .text = "铝", .limit = 2 }, "al-yn al-glo" },
    { "all", { .limit = 4 }, "al-yn al-glo r134a al-cn" },
    { "all of a year", { .year = 2018, .verified = true }, "bf-cn eaf-cn steel-new" },
    { "blank", { .text = "  ", .limit = 1 }, "al-yn" },
};

static void test_search(void **state)
{
    factor_fixture *f = *state;
    tl_buf got;
    tl_buf_init(&got, 0);
    factor_load_ok(f, "metals", "1", metals);
    for (size_t i = 0; i < TEST_COUNT(search_cases); i++) {
        const struct search_case *c = &search_cases[i];
        factor_keys(f, &c->query, &got);
        if (strcmp(tl_buf_text(&got), c->want) != 0)
            fail_msg("%s: '%s', want '%s'", c->label, tl_buf_text(&got), c->want);
    }
    tl_buf_clear(&got);
}

/* Several sets come merged in one order: mark, year, set, key. */
static void test_sets(void **state)
{
    factor_fixture *f = *state;
    tl_buf got;
    tl_buf_init(&got, 0);
    factor_load_ok(
        f, "b", "1",
        "x,coke,焦炭,,1,tCO2/t,CN,2020,,,,s,,yes\ny,coke,焦炭,,1,tCO2/t,CN,2020,,,,s,,no\n");
    factor_load_ok(
        f, "a", "1",
        "z,coke,焦炭,,1,tCO2/t,CN,2020,,,,s,,yes\nw,coke,焦炭,,1,tCO2/t,CN,2021,,,,s,,yes\n"
        "v,coke oven,焦炉,,1,tCO2/t,CN,2025,,,,s,,yes\n");
    factor_keys(f, &(tl_factor_query){ .text = "coke" }, &got);
    assert_string_equal(tl_buf_text(&got), "w z x y v");
    tl_buf_clear(&got);
}

static void test_superseded(void **state)
{
    factor_fixture *f = *state;
    static const struct {
        const char *reference;
        tl_status want;
        double value;
    } cases[] = {
        { "m/steel", TL_OK, 2.0 },        { "m@1/steel", TL_OK, 2.1 },
        { "m/steel@1", TL_OK, 2.1 },      { "m@2/steel", TL_OK, 2.0 },
        { "m/copper", TL_ENOTFOUND, 0 },  { "m@1/copper", TL_OK, 3 },
        { "m@3/steel", TL_ENOTFOUND, 0 }, { "n/steel", TL_ENOTFOUND, 0 },
        { "steel", TL_EINPUT, 0 },        { "m@1/steel@1", TL_EINPUT, 0 },
        { "m/", TL_EINPUT, 0 },           { "/steel", TL_EINPUT, 0 },
        { "m@/steel", TL_EINPUT, 0 },     { "m/steel@", TL_EINPUT, 0 },
        { "m/steel/x", TL_EINPUT, 0 },    { "", TL_EINPUT, 0 },
    };
    tl_buf got;
    tl_buf_init(&got, 0);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    factor_put_set(f, "m", "2", NULL);
    factor_put_set(f, "m", "1", "2");
    assert_int_equal(factor_load(f, "m", "1",
                                 "steel,steel,钢,,2.1,tCO2/t,CN,2020,,,,s,,yes\n"
                                 "copper,copper,铜,,3,tCO2/t,CN,2020,,,,s,,yes\n",
                                 NULL),
                     TL_OK);
    assert_int_equal(factor_load(f, "m", "2", "steel,steel,钢,,2,tCO2/t,CN,2020,,,,s,,yes\n", NULL),
                     TL_OK);
    assert_int_equal(tl_store_commit(f->s, &f->err), TL_OK);

    factor_keys(f, &(tl_factor_query){ 0 }, &got);
    assert_string_equal(tl_buf_text(&got), "steel");
    factor_keys(f, &(tl_factor_query){ .superseded = true }, &got);
    assert_string_equal(tl_buf_text(&got), "copper steel steel");
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_factor factor = { 0 };
        tl_status st = tl_factor_get(f->s, cases[i].reference, f->arena, &factor, &f->err);
        if (st != cases[i].want || (st == TL_OK && factor.value != cases[i].value))
            fail_msg("'%s': %s %g (%s)", cases[i].reference, tl_status_name(st), factor.value,
                     f->err.text);
    }
    tl_buf_clear(&got);
}

/* All fields come back as they were given. */
static void test_fields(void **state)
{
    factor_fixture *f = *state;
    tl_factor g;
    factor_load_ok(
        f, "m", "1",
        "k-1,n e,中文,metal,0.125,kgCO2e/kWh,CN-YN,2023,cradle to gate,EAF,\"1,2,3,4,5\","
        "\"a, b\",note,no\n");
    assert_int_equal(tl_factor_get(f->s, "m/k-1", f->arena, &g, &f->err), TL_OK);
    const char *got[] = { g.set,      g.set_version, g.key,    g.name_en,  g.name_zh,
                          g.category, g.unit,        g.region, g.boundary, g.technology,
                          g.quality,  g.source,      g.note };
    const char *want[] = {
        "m",   "1",         "k-1",  "n e", "中文", "metal", "kgCO2e/kWh", "CN-YN", "cradle to gate",
        "EAF", "1,2,3,4,5", "a, b", "note"
    };
    for (size_t i = 0; i < TEST_COUNT(want); i++)
        assert_string_equal(got[i], want[i]);
    assert_true(g.value == 0.125 && g.year == 2023 && !g.verified);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_search, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_sets, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_superseded, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_fields, factor_setup, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_company.c - the register: what is refused, what a change leaves behind, who is found. */
#include "company/tests/company_test.h"

static char long_text[500];

static const struct check_case {
    const char *label;
    tl_company c;
    const char *want; /* words of the refusal, NULL: taken */
} check_cases[] = {
    { "all there",
      { "bmw", "BMW", "宝马", "DE", "european", "yes", "gasoline+nev", "automobile", "", "top-15",
        "report", "" },
      NULL },
    { "one name is enough", { .id = "a", .name_zh = "甲", .source = "s" }, NULL },
    { "no name", { .id = "a", .source = "s" }, "name_en" },
    { "no source", { .id = "a", .name_en = "A" }, "source" },
    { "no id", { .name_en = "A", .source = "s" }, "id" },
    { "capital in id", { .id = "Bmw", .name_en = "A", .source = "s" }, "id" },
    { "double dash", { .id = "a--b", .name_en = "A", .source = "s" }, "id" },
    { "dash at the end", { .id = "a-", .name_en = "A", .source = "s" }, "id" },
    { "slash in id", { .id = "../a", .name_en = "A", .source = "s" }, "id" },
    { "unknown country", { .id = "a", .name_en = "A", .country = "XX", .source = "s" }, "country" },
    { "province is no country",
      { .id = "a", .name_en = "A", .country = "CN-YN", .source = "s" },
      "country" },
    { "group",
      { .id = "a", .name_en = "A", .region_group = "asian", .source = "s" },
      "region_group" },
    { "listed", { .id = "a", .name_en = "A", .listed = "Y", .source = "s" }, "listed" },
    { "product type",
      { .id = "a", .name_en = "A", .product_type = "NEV", .source = "s" },
      "product" },
    { "own parent", { .id = "a", .name_en = "A", .parent = "a", .source = "s" }, "itself" },
    { "newline in a name", { .id = "a", .name_en = "A\nB", .source = "s" }, "control" },
    { "no UTF-8", { .id = "a", .name_en = "A\xff", .source = "s" }, "UTF-8" },
    { "long note", { .id = "a", .name_en = "A", .source = "s", .note = long_text }, "note" },
};

static void test_check(void **state)
{
    (void)state;
    memset(long_text, 'x', sizeof long_text - 1);
    for (size_t i = 0; i < TEST_COUNT(check_cases); i++) {
        const struct check_case *c = &check_cases[i];
        tl_error err = { 0 };
        tl_status st = tl_company_check(&c->c, &err);
        if (st != (c->want ? TL_EINPUT : TL_OK) || (c->want && !strstr(err.text, c->want)))
            fail_msg("%s: got '%s', want '%s'", c->label, err.text, c->want ? c->want : "taken");
    }
}

static void test_put(void **state)
{
    company_fixture *f = *state;
    tl_company c = a_company("volvo", "Volvo Cars", "沃尔沃"), got;
    const tl_company *list;
    size_t n;
    assert_int_equal(put_company(f, &c), TL_COMPANY_NEW);
    assert_int_equal(put_company(f, &c), TL_COMPANY_SAME);
    assert_int_equal(audit_entries(f), 1);
    c.country = "SE";
    assert_int_equal(put_company(f, &c), TL_COMPANY_CHANGED);
    assert_int_equal(audit_entries(f), 2);
    assert_int_equal(tl_company_get(f->s, "volvo", f->arena, &got, NULL), TL_OK);
    assert_string_equal(got.country, "SE");
    assert_string_equal(got.name_zh, "沃尔沃");
    assert_string_equal(got.parent, "");
    tl_company other = a_company("geely", "Geely", "吉利");
    put_company(f, &other);
    assert_int_equal(tl_company_list(f->s, f->arena, &list, &n, NULL), TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].id, "geely");
    assert_int_equal(tl_company_get(f->s, "opel", f->arena, &got, &f->err), TL_ENOTFOUND);
}

static const struct refuse_case {
    const char *label, *id, *name_en, *name_zh, *parent;
    tl_status want;
    const char *words;
} refuse_cases[] = {
    { "unknown parent", "c", "C", "", "nobody", TL_ENOTFOUND, "nobody" },
    { "own grandparent", "a", "A", "", "b", TL_ECONFLICT, "belongs to" },
    { "name of another", "c", "ａ", "", "", TL_ECONFLICT, "'a'" },
    { "Chinese name of another", "c", "C", "乙", "", TL_ECONFLICT, "'b'" },
    { "alias of another", "c", "Alpha Motors", "", "", TL_ECONFLICT, "'a'" },
    { "id is a name", "alpha", "C", "", "", TL_ECONFLICT, "'a'" },
    { "name is an id", "c", "B", "", "", TL_ECONFLICT, "'b'" },
};

static void test_refused(void **state)
{
    company_fixture *f = *state;
    tl_company a = a_company("a", "A", ""), b = a_company("b", "Bee", "乙");
    tl_company_change change;
    put_company(f, &a);
    b.parent = "a";
    put_company(f, &b);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(tl_company_put_alias(f->s, "a", "ALPHA motors", "s", "ann", NULL), TL_OK);
    assert_int_equal(tl_company_put_alias(f->s, "a", "Alpha", "s", "ann", NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(refuse_cases); i++) {
        const struct refuse_case *r = &refuse_cases[i];
        tl_company c = a_company(r->id, r->name_en, r->name_zh);
        tl_error err = { 0 };
        c.parent = r->parent;
        tl_status st = tl_company_put(f->s, &c, "ann", &change, &err);
        if (st != r->want || !strstr(err.text, r->words))
            fail_msg("%s: %s (%s), want %s '%s'", r->label, tl_status_name(st), err.text,
                     tl_status_name(r->want), r->words);
    }
    tl_store_rollback(f->s);
}

static const struct find_case {
    const char *label, *text, *want; /* want: an id, or words of the refusal */
    bool found;
} find_cases[] = {
    { "id", "mercedes-benz", "mercedes-benz", true },
    { "name", "mercedes-BENZ Group", "mercedes-benz", true },
    { "Chinese name", " 梅赛德斯-奔驰 ", "mercedes-benz", true },
    { "alias, full width", "Ｄａｉｍｌｅｒ", "mercedes-benz", true },
    { "one letter off", "Daimlr", "near: mercedes-benz", false },
    { "part of a name", "Benz", "near: mercedes-benz", false },
    { "part of a Chinese name", "奔驰", "near: mercedes-benz", false },
    { "far from all", "Zhidou Electric", "no company 'Zhidou Electric'", false },
    { "empty", "", "no company ''", false },
};

static void test_find(void **state)
{
    company_fixture *f = *state;
    tl_company a = a_company("mercedes-benz", "Mercedes-Benz Group", "梅赛德斯-奔驰");
    tl_company b = a_company("byd", "BYD", "比亚迪"), got;
    const char *const *aliases;
    size_t n;
    put_company(f, &a);
    put_company(f, &b);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    for (int twice = 0; twice < 2; twice++)
        assert_int_equal(tl_company_put_alias(f->s, a.id, "Daimler", "s", "ann", NULL), TL_OK);
    assert_int_equal(tl_company_put_alias(f->s, b.id, "daimler", "s", "ann", &f->err),
                     TL_ECONFLICT);
    assert_int_equal(tl_company_put_alias(f->s, "x", "Xx", "s", "ann", &f->err), TL_ENOTFOUND);
    assert_int_equal(tl_company_put_alias(f->s, b.id, "", "s", "ann", &f->err), TL_EINPUT);
    assert_int_equal(tl_company_put_alias(f->s, b.id, "B", "", "ann", &f->err), TL_EINPUT);
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
    assert_int_equal(audit_entries(f), 3);
    for (size_t i = 0; i < TEST_COUNT(find_cases); i++) {
        const struct find_case *c = &find_cases[i];
        tl_error err = { 0 };
        tl_status st = tl_company_find(f->s, c->text, f->arena, &got, &err);
        if (st != (c->found ? TL_OK : TL_ENOTFOUND) ||
            !strstr(c->found ? got.id : err.text, c->want))
            fail_msg("%s: got '%s', want '%s'", c->label, st == TL_OK ? got.id : err.text, c->want);
    }
    assert_int_equal(tl_company_aliases(f->s, a.id, f->arena, &aliases, &n, NULL), TL_OK);
    assert_int_equal(n, 1);
    assert_string_equal(aliases[0], "Daimler");
}

static const struct fact_case {
    const char *label;
    tl_company_fact f;
    tl_status want;
    const char *words;
} fact_cases[] = {
    { "a number", { "byd", "nev-share", "2023", "100", "%", "s", "" }, TL_OK, "" },
    { "the same", { "byd", "nev-share", "2023", "100", "%", "s", "" }, TL_OK, "" },
    { "an empty", { "byd", "nev-share", "2022", "not_disclosed", "", "s", "" }, TL_OK, "" },
    { "a word", { "byd", "gasoline-phase-out-pledge", "2023", "yes", "", "s", "" }, TL_OK, "" },
    { "per cent in the value",
      { "byd", "nev-share", "2023", "19%", "", "s", "" },
      TL_EINPUT,
      "value" },
    { "decimal comma", { "byd", "nev-share", "2023", "1,5", "%", "s", "" }, TL_EINPUT, "value" },
    { "unit of a word", { "byd", "x", "2023", "yes", "%", "s", "" }, TL_EINPUT, "unit" },
    { "no value", { "byd", "x", "2023", "", "", "s", "" }, TL_EINPUT, "value" },
    { "no period", { "byd", "x", "spring", "1", "", "s", "" }, TL_EINPUT, "period" },
    { "no source", { "byd", "x", "2023", "1", "", "", "" }, TL_EINPUT, "source" },
    { "no name", { "byd", "NEV share", "2023", "1", "", "s", "" }, TL_EINPUT, "fact" },
    { "no company", { "dyb", "x", "2023", "1", "", "s", "" }, TL_ENOTFOUND, "dyb" },
};

static void test_facts(void **state)
{
    company_fixture *f = *state;
    tl_company b = a_company("byd", "BYD", "");
    const tl_company_fact *facts;
    size_t n;
    put_company(f, &b);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(fact_cases); i++) {
        const struct fact_case *c = &fact_cases[i];
        tl_error err = { 0 };
        tl_status st = tl_company_put_fact(f->s, &c->f, "ann", &err);
        if (st != c->want || !strstr(err.text, c->words))
            fail_msg("%s: %s '%s', want %s '%s'", c->label, tl_status_name(st), err.text,
                     tl_status_name(c->want), c->words);
    }
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
    assert_int_equal(audit_entries(f), 4); /* the company and three facts */
    assert_int_equal(tl_company_facts(f->s, "byd", f->arena, &facts, &n, NULL), TL_OK);
    assert_int_equal(n, 3);
    assert_string_equal(facts[0].fact, "gasoline-phase-out-pledge");
    assert_string_equal(facts[1].value, "not_disclosed");
    assert_string_equal(facts[2].unit, "%");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check),
        cmocka_unit_test_setup_teardown(test_put, company_setup, company_teardown),
        cmocka_unit_test_setup_teardown(test_refused, company_setup, company_teardown),
        cmocka_unit_test_setup_teardown(test_find, company_setup, company_teardown),
        cmocka_unit_test_setup_teardown(test_facts, company_setup, company_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

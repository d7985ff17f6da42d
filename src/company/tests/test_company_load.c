/* test_company_load.c - a set of companies, and the constraints of its tables broken one by one. */
#include "company/tests/company_test.h"

#include "store/store_priv.h"

#define HEADER                                                                                     \
    "id,name_en,name_zh,country,region_group,listed,product_type,industry,parent,inclusion,"       \
    "source,note\n"
#define AUDI "audi,Audi,奥迪,DE,european,no,gasoline+nev,automobile,vw,,s,\n"
#define VW "vw,Volkswagen,大众,DE,european,yes,gasoline+nev,automobile,,,s,\n"

static const struct load_case {
    const char *label, *companies, *aliases, *facts;
    const char *want; /* words of the refusal, NULL: loaded */
} load_cases[] = {
    { "parent below its child", HEADER AUDI VW, "company,alias,source\nvw,VAG,s\n",
      "company,fact,period,value,unit,source,note\nvw,nev-share,2023,8,%,s,\n", NULL },
    { "companies alone", HEADER VW, NULL, NULL, NULL },
    { "no rows", HEADER, NULL, NULL, NULL },
    { "id twice", HEADER VW VW, NULL, NULL, "companies.csv:3: column 'id'" },
    { "unknown parent", HEADER AUDI, NULL, NULL, "companies.csv:2: company 'audi': parent" },
    { "a circle", HEADER "a,A,,,,,,,b,,s,\nb,B,,,,,,,a,,s,\n", NULL, NULL, "companies.csv" },
    { "bad field", HEADER "a,A,,Germany,,,,,,,s,\n", NULL, NULL, "companies.csv:2" },
    { "missing column", "id,name_en\na,A\n", NULL, NULL, "name_zh" },
    { "alias of nobody", HEADER VW, "company,alias,source\nbmw,B,s\n", NULL, "aliases.csv:2" },
    { "bad fact", HEADER VW, NULL, "company,fact,period,value,unit,source,note\nvw,n,2023,8%,,s,\n",
      "facts.csv:2: value" },
};

static void test_load(void **state)
{
    company_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(load_cases); i++) {
        const struct load_case *c = &load_cases[i];
        const set_file files[] = { { "companies.csv", c->companies },
                                   { c->aliases ? "aliases.csv" : "a.txt",
                                     c->aliases ? c->aliases : "" },
                                   { c->facts ? "facts.csv" : "b.txt", c->facts ? c->facts : "" } };
        tl_dataset set;
        int64_t rows = 0;
        tl_error err = { 0 };
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        put_set(f, "makers", "1", "companies", files, 3, &set);
        tl_status st = tl_company_load(f->s, &set, f->arena, &rows, &err);
        if ((st == TL_OK) != !c->want || (c->want && !strstr(err.text, c->want)))
            fail_msg("%s: got '%s', want '%s'", c->label, err.text, c->want ? c->want : "loaded");
        tl_store_rollback(f->s);
    }
}

/* Statements that must not pass, whoever writes them. */
static const struct broken_case {
    const char *label, *sql;
} broken_cases[] = {
    { "no name", "INSERT INTO company VALUES ('x','','','','','','','','','',NULL,'','s','')" },
    { "capital in the id",
      "INSERT INTO company VALUES ('X','X','','x','','','','','','',NULL,'','s','')" },
    { "dash at the end",
      "INSERT INTO company VALUES ('x-','X','','x','','','','','','',NULL,'','s','')" },
    { "no source", "INSERT INTO company VALUES ('x','X','','x','','','','','','',NULL,'','','')" },
    { "country",
      "INSERT INTO company VALUES ('x','X','','x','','China','','','','',NULL,'','s','')" },
    { "region group",
      "INSERT INTO company VALUES ('x','X','','x','','','asian','','','',NULL,'','s','')" },
    { "listed",
      "INSERT INTO company VALUES ('x','X','','x','','','','maybe','','',NULL,'','s','')" },
    { "product type",
      "INSERT INTO company VALUES ('x','X','','x','','','','','N E','',NULL,'','s','')" },
    { "industry", "INSERT INTO company VALUES ('x','X','','x','','','','','','A',NULL,'','s','')" },
    { "name without its folded form",
      "INSERT INTO company VALUES ('x','X','','','','','','','','',NULL,'','s','')" },
    { "name twice",
      "INSERT INTO company VALUES ('x','VW','','vw','','','','','','',NULL,'','s','')" },
    { "Chinese name twice",
      "INSERT INTO company VALUES ('x','','大众','','大众','','','','','',NULL,'','s','')" },
    { "unknown parent",
      "INSERT INTO company VALUES ('x','X','','x','','','','','','','nobody','','s','')" },
    { "own parent", "UPDATE company SET parent = 'vw' WHERE id = 'vw'" },
    { "another id", "UPDATE company SET id = 'vag' WHERE id = 'vw'" },
    { "deleted", "DELETE FROM company WHERE id = 'vw'" },
    { "alias twice", "INSERT INTO company_alias VALUES ('vag','vw','Vag','s')" },
    { "alias of nobody", "INSERT INTO company_alias VALUES ('b','bmw','B','s')" },
    { "empty alias", "INSERT INTO company_alias VALUES ('','vw','','s')" },
    { "alias without source", "INSERT INTO company_alias VALUES ('v','vw','V','')" },
    { "fact of nobody", "INSERT INTO company_fact VALUES ('bmw','n','2023','1','','s','')" },
    { "fact with blanks", "INSERT INTO company_fact VALUES ('vw','a b','2023','1','','s','')" },
    { "fact without value", "INSERT INTO company_fact VALUES ('vw','n','2023','','','s','')" },
    { "fact without source", "INSERT INTO company_fact VALUES ('vw','n','2023','1','','','')" },
    { "fact of no period", "INSERT INTO company_fact VALUES ('vw','n','','1','','s','')" },
};

static void test_constraints(void **state)
{
    company_fixture *f = *state;
    tl_company c = a_company("vw", "VW", "大众");
    put_company(f, &c);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(tl_company_put_alias(f->s, "vw", "VAG", "s", "ann", NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(broken_cases); i++)
        if (tl_store_exec(f->s, broken_cases[i].sql, &f->err) != TL_ECONFLICT)
            fail_msg("%s: passed or failed otherwise (%s)", broken_cases[i].label, f->err.text);
    tl_store_rollback(f->s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_load, company_setup, company_teardown),
        cmocka_unit_test_setup_teardown(test_constraints, company_setup, company_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

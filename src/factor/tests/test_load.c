/* test_load.c - what is refused, with its place, and every constraint of the schema broken once. */
#include <math.h>

#include "factor/tests/factor_test.h"

static const struct load_case {
    const char *label, *rows;
    tl_status want;
    const char *words; /* in the message, or the count of rows */
} load_cases[] = {
    { "good", "a,A,甲,metal,1.5,kgCO2e/kg,CN,2023,,,,src,,yes\n", TL_OK, "" },
    { "only Chinese", "a,,甲,,1,tCO2/t,GLO,,,,,src,,no\n", TL_OK, "" },
    { "negative value", "a,A,,,-1,kgCO2e/kg,CN,,,,,src,,yes\n", TL_OK, "" },
    { "normal cubic metre", "a,A,,,1,kgCO2/Nm3,CN,,,,,src,,yes\n", TL_OK, "" },
    { "quality", "a,A,,,1,kgCO2e/kg,CN,,,,\"1,2,3,4,5\",src,,yes\n", TL_OK, "" },
    { "no source", "a,A,,,1,kgCO2e/kg,CN,,,,,,,yes\n", TL_EINPUT,
      "factors.csv:2: column 'source': is empty" },
    { "blank source", "a,A,,,1,kgCO2e/kg,CN,,,,, ,,yes\n", TL_EINPUT, "column 'source'" },
    { "second row", "a,A,,,1,kgCO2e/kg,CN,,,,,s,,yes\nb,B,,,x,kgCO2e/kg,CN,,,,,s,,yes\n", TL_EINPUT,
      "factors.csv:3: column 'value'" },
    { "unknown unit", "a,A,,,1,kgCO2e/furlong,CN,,,,,src,,yes\n", TL_EINPUT,
      "factors.csv:2: column 'unit'" },
    { "no denominator", "a,A,,,1,kgCO2e,CN,,,,,src,,yes\n", TL_EINPUT, "no unit of a factor" },
    { "no gas", "a,A,,,1,kg/kg,CN,,,,,src,,yes\n", TL_EINPUT, "no mass of CO2 or CO2e" },
    { "another gas", "a,A,,,1,kgCH4/t,CN,,,,,src,,yes\n", TL_EINPUT, "no mass of CO2 or CO2e" },
    { "no value", "a,A,,,,kgCO2e/kg,CN,,,,,src,,yes\n", TL_EINPUT, "column 'value'" },
    { "infinite", "a,A,,,1e999,kgCO2e/kg,CN,,,,,src,,yes\n", TL_EINPUT, "column 'value'" },
    { "capital key", "A,A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n", TL_EINPUT, "column 'key'" },
    { "no key", ",A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n", TL_EINPUT, "column 'key'" },
    { "key ends in -", "a-,A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n", TL_EINPUT, "column 'key'" },
    { "twice", "a,A,,,1,kgCO2e/kg,CN,,,,,s,,yes\na,B,,,1,kgCO2e/kg,CN,,,,,s,,yes\n", TL_EINPUT,
      "factors.csv:3: column 'key': 'a' occurs twice" },
    { "no name", "a,,,,1,kgCO2e/kg,CN,,,,,src,,yes\n", TL_EINPUT, "needs a name" },
    { "no region", "a,A,,,1,kgCO2e/kg,,,,,,src,,yes\n", TL_EINPUT, "column 'region'" },
    { "region in words", "a,A,,,1,kgCO2e/kg,China,,,,,src,,yes\n", TL_EINPUT, "column 'region'" },
    { "half a year", "a,A,,,1,kgCO2e/kg,CN,2023.5,,,,src,,yes\n", TL_EINPUT, "column 'data_year'" },
    { "year 23", "a,A,,,1,kgCO2e/kg,CN,23,,,,src,,yes\n", TL_EINPUT, "column 'data_year'" },
    { "huge year", "a,A,,,1,kgCO2e/kg,CN,1e30,,,,src,,yes\n", TL_EINPUT, "column 'data_year'" },
    { "four scores", "a,A,,,1,kgCO2e/kg,CN,,,,\"1,2,3,4\",src,,yes\n", TL_EINPUT,
      "column 'quality'" },
    { "score 6", "a,A,,,1,kgCO2e/kg,CN,,,,\"1,2,3,4,6\",src,,yes\n", TL_EINPUT,
      "column 'quality'" },
    { "perhaps", "a,A,,,1,kgCO2e/kg,CN,,,,,src,,perhaps\n", TL_EINPUT, "expected yes or no" },
    { "no mark", "a,A,,,1,kgCO2e/kg,CN,,,,,src,,\n", TL_EINPUT, "expected yes or no" },
};

static void test_rows(void **state)
{
    factor_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(load_cases); i++) {
        const struct load_case *c = &load_cases[i];
        int64_t n = 0;
        f->err.text[0] = '\0';
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        factor_put_set(f, "test", "1", NULL);
        tl_status got = factor_load(f, "test", "1", c->rows, &n);
        if (got != c->want || n != (got == TL_OK) || !strstr(f->err.text, c->words))
            fail_msg("%s: %s, %lld rows, '%s', want %s '%s'", c->label, tl_status_name(got),
                     (long long)n, f->err.text, tl_status_name(c->want), c->words);
        tl_store_rollback(f->s);
    }
}

static void test_columns(void **state)
{
    factor_fixture *f = *state;
    static const struct {
        const char *label, *text, *words;
    } cases[] = {
        { "no unit", "key,name_en,value,region,source,verified\n", "'unit'" },
        { "no name", "key,value,unit,region,source,verified\n", "'name_en'" },
        { "empty", "", "" },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        const tl_factor_text text = { "factors.csv", cases[i].text, strlen(cases[i].text) };
        int64_t n;
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        factor_put_set(f, "test", "1", NULL);
        const tl_factor_batch batch = { "test", "1", &text, 1, NULL };
        tl_status got = tl_factor_load_batch(f->s, &batch, &n, &f->err);
        if (got != TL_EINPUT || !strstr(f->err.text, cases[i].words))
            fail_msg("%s: %s '%s'", cases[i].label, tl_status_name(got), f->err.text);
        tl_store_rollback(f->s);
    }
}

static void test_once(void **state)
{
    factor_fixture *f = *state;
    const char *rows = "a,A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n";
    factor_load_ok(f, "test", "1", rows);
    assert_int_equal(factor_load(f, "test", "1", rows, NULL), TL_ECONFLICT);
}

/* Each case is a good row with one value replaced; "" text where the column takes text. */
static const struct constraint_case {
    const char *label;
    int parameter;
    const char *text; /* NULL: the number */
    double number;
} constraint_cases[] = {
    { "no such set", 2, NULL, 99 },
    { "key in capitals", 3, "A B", 0 },
    { "empty key", 3, "", 0 },
    { "value too large", 7, NULL, 1e301 },
    { "unit empty", 8, "", 0 },
    { "unit without denominator", 8, "kgCO2e", 0 },
    { "region in words", 9, "China", 0 },
    { "region too short", 9, "C", 0 },
    { "year 12", 10, NULL, 12 },
    { "quality in words", 13, "good", 0 },
    { "no source", 14, "", 0 },
    { "verified twice", 16, NULL, 2 },
    { "key twice", 3, "there", 0 },
};

static tl_query *good_row(factor_fixture *f)
{
    static const struct {
        int parameter;
        const char *text;
        int64_t number;
    } values[] = {
        { 1, NULL, 1000 }, { 2, NULL, 1 },        { 3, "k", 0 },  { 4, "n", 0 },   { 5, "", 0 },
        { 6, "", 0 },      { 8, "kgCO2e/kg", 0 }, { 9, "CN", 0 }, { 10, NULL, 0 }, { 11, "", 0 },
        { 12, "", 0 },     { 13, "", 0 },         { 14, "s", 0 }, { 15, "", 0 },   { 16, NULL, 1 },
    };
    tl_query *q;
    assert_int_equal(tl_store_query(f->s, "factor.insert", &q, &f->err), TL_OK);
    tl_query_number(q, 7, 1);
    for (size_t i = 0; i < TEST_COUNT(values); i++)
        if (values[i].text)
            tl_query_text(q, values[i].parameter, values[i].text);
        else
            tl_query_int(q, values[i].parameter, values[i].number);
    return q;
}

static void test_constraints(void **state)
{
    factor_fixture *f = *state;
    factor_load_ok(f, "test", "1", "there,A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n");
    for (size_t i = 0; i < TEST_COUNT(constraint_cases); i++) {
        const struct constraint_case *c = &constraint_cases[i];
        tl_query *q = good_row(f);
        if (c->text)
            tl_query_text(q, c->parameter, c->text);
        else if (c->parameter == 7)
            tl_query_number(q, c->parameter, c->number);
        else
            tl_query_int(q, c->parameter, (int64_t)c->number);
        tl_status got = tl_query_run(q, &f->err);
        if (got != TL_ECONFLICT)
            fail_msg("%s: %s", c->label, tl_status_name(got));
    }
    tl_query *q = good_row(f); /* the row itself is good */
    if (tl_query_run(q, &f->err) != TL_OK)
        fail_msg("the good row: %s", f->err.text);
    q = good_row(f);
    tl_query_number(q, 7, INFINITY);
    assert_int_equal(tl_query_run(q, &f->err), TL_ENUMERIC);
}

/* The tables of the index, each constraint once; values are whole numbers but for the word. */
static void test_index_constraints(void **state)
{
    factor_fixture *f = *state;
    static const struct {
        const char *label, *query;
        int64_t values[5];
    } cases[] = {
        { "place of no set", "factor_place.insert", { 9, 5, 1 } },
        { "place below zero", "factor_place.insert", { 1, -1, 1 } },
        { "place of no factor", "factor_place.insert", { 1, 5, 99 } },
        { "place twice", "factor_place.insert", { 1, 0, 1 } },
        { "empty run", "factor_run.insert", { 1, 5, 0, 1, 0 } },
        { "run below zero", "factor_run.insert", { 1, -1, 1, 1, 0 } },
        { "run with a mark of 2", "factor_run.insert", { 1, 5, 1, 2, 0 } },
        { "run before year 0", "factor_run.insert", { 1, 5, 1, 1, -1 } },
        { "run of no set", "factor_run.insert", { 9, 5, 1, 1, 0 } },
        { "name of no set", "factor_name.insert", { 5, 9, 0 } },
        { "name below zero", "factor_name.insert", { 5, 1, -1 } },
    };
    factor_load_ok(f, "test", "1", "there,A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n");
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_query *q;
        int n = strcmp(cases[i].query, "factor_run.insert") == 0 ? 5 : 3;
        assert_int_equal(tl_store_query(f->s, cases[i].query, &q, &f->err), TL_OK);
        for (int k = 0; k < n; k++)
            tl_query_int(q, k + 1, cases[i].values[k]);
        tl_status got = tl_query_run(q, &f->err);
        if (got != TL_ECONFLICT)
            fail_msg("%s: %s", cases[i].label, tl_status_name(got));
    }
}

static void test_word_constraints(void **state)
{
    factor_fixture *f = *state;
    static const struct {
        const char *label, *word;
        int64_t set, count;
        const char *places;
    } cases[] = {
        { "empty word", "", 1, 1, "\x01" },  { "word of no set", "w", 9, 1, "\x01" },
        { "no places", "w", 1, 0, "" },      { "fewer bytes than places", "w", 1, 2, "\x01" },
        { "word twice", "a", 1, 1, "\x01" },
    };
    factor_load_ok(f, "test", "1", "there,A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n");
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_query *q;
        assert_int_equal(tl_store_query(f->s, "factor_word.insert", &q, &f->err), TL_OK);
        tl_query_text(q, 1, cases[i].word);
        tl_query_int(q, 2, cases[i].set);
        tl_query_int(q, 3, cases[i].count);
        tl_query_blob(q, 4, cases[i].places, strlen(cases[i].places));
        tl_status got = tl_query_run(q, &f->err);
        if (got != TL_ECONFLICT)
            fail_msg("%s: %s", cases[i].label, tl_status_name(got));
    }
}

/* A set must stand in the table of data sets; the foreign key is looked at by the commit. */
static void test_unknown_set(void **state)
{
    factor_fixture *f = *state;
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(factor_load(f, "nowhere", "1", "a,A,,,1,kgCO2e/kg,CN,,,,,src,,yes\n", NULL),
                     TL_OK);
    assert_int_equal(tl_store_commit(f->s, &f->err), TL_ECONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_columns, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_once, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_constraints, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_index_constraints, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_word_constraints, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_unknown_set, factor_setup, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

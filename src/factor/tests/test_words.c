/* test_words.c - finding by pinyin and synonym, and what comes first. */
#include "factor/reading.h"
#include "factor/tests/factor_test.h"

static const char rows[] =
    "casting,iron casting,铁铸件,metal,1,kgCO2e/kg,CN,2020,,,,src,,yes\n"
    "foundry,casting sand,型砂,mineral,1,kgCO2e/kg,CN,2024,,iron foundry,,src,,yes\n"
    "sticker,label,贴纸,paper,1,kgCO2e/kg,CN,2024,,,,src,,yes\n"
    "zh-only,,铁粉,metal,1,kgCO2e/kg,CN,2021,,,,src,,yes\n"
    "en-only,iron powder,,metal,1,kgCO2e/kg,CN,2019,,,,src,,yes\n"
    "smelt,electrolytic aluminium,电解铝,metal,1,kgCO2e/kg,CN,2022,,,,src,,yes\n"
    "green,green aluminium,绿色铝,metal,1,kgCO2e/kg,CN,2022,,,,src,,yes\n";

static void put_synonym(factor_fixture *f, int row, const char *phrase, const char *text)
{
    tl_query *q;
    tl_factor_reader *r = NULL;
    assert_int_equal(tl_store_query(f->s, "factor_synonym.insert", &q, &f->err), TL_OK);
    tl_query_text(q, 1, "words");
    tl_query_text(q, 2, "1");
    tl_query_int(q, 3, row);
    tl_query_text(q, 4, phrase);
    assert_int_equal(tl_query_run(q, &f->err), TL_OK);
    assert_int_equal(tl_factor_reader_new(&r, &f->err), TL_OK);
    assert_int_equal(tl_factor_reader_write_as(r, f->s, text, phrase, &f->err), TL_OK);
    tl_factor_reader_free(r);
}

static void put_all(factor_fixture *f)
{
    factor_load_ok(f, "test", "1", rows);
    factor_put_set(f, "words", "1", NULL);
    put_synonym(f, 1, "铁", "铁");
    put_synonym(f, 1, "iron", "iron");
    put_synonym(f, 2, "电解 解铝", "电解铝");
    put_synonym(f, 2, "electrolytic aluminium", "electrolytic aluminium");
}

/* Names first, newer first; then what has the word in its technology; then what only sounds so. */
static const struct find_case {
    const char *label, *text, *keys;
} find_cases[] = {
    { "by character", "铁", "zh-only casting en-only foundry" },
    { "by word", "iron", "zh-only casting en-only foundry" },
    { "by sound", "tie", "zh-only casting en-only foundry sticker" },
    { "by sound of two", "tiefen", "zh-only" },
    { "by sound of three", "dianjielv", "smelt" },
    { "u for umlaut", "dianjielu", "smelt" },
    { "two words that mean one", "electrolytic aluminium", "smelt" },
    { "syllables of no synonym", "lvselv", "green" },
    { "a synonym and a word", "iron casting", "casting foundry" },
    { "no syllables", "tiexx", "" },
};

static void test_find(void **state)
{
    factor_fixture *f = *state;
    tl_buf got;
    tl_buf_init(&got, 0);
    put_all(f);
    for (size_t i = 0; i < TEST_COUNT(find_cases); i++) {
        const struct find_case *c = &find_cases[i];
        factor_keys(f, &(tl_factor_query){ .text = c->text }, &got);
        if (strcmp(tl_buf_text(&got), c->keys) != 0)
            fail_msg("%s: '%s', want '%s'", c->label, tl_buf_text(&got), c->keys);
    }
    tl_buf_clear(&got);
}

static void test_constraints(void **state)
{
    static const struct {
        const char *label, *query, *a, *b;
    } cases[] = {
        { "pinyin in capitals", "factor_reading.insert", "TIE", "铁" },
        { "empty pinyin", "factor_reading.insert", "", "铁" },
        { "empty phrase", "factor_reading.insert", "tie", "" },
    };
    factor_fixture *f = *state;
    tl_query *q;
    int64_t kept = -1;
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        assert_int_equal(tl_store_query(f->s, cases[i].query, &q, &f->err), TL_OK);
        tl_query_text(q, 1, cases[i].a);
        tl_query_text(q, 2, cases[i].b);
        tl_status st = tl_query_run(q, &f->err); /* OR IGNORE: nothing is kept, or it fails */
        kept = st == TL_OK ? tl_query_changed(q) : 0;
        if (kept != 0)
            fail_msg("%s was kept", cases[i].label);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_find, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_constraints, factor_setup, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

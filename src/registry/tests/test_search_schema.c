/* test_search_schema.c - what the tables of the search refuse. */
#include "factor/tests/factor_test.h"
#include "registry/search_priv.h"

/* Every constraint of the tables, broken once. */
static const struct constraint_case {
    const char *label, *query;
    int64_t numbers[5]; /* for the parameters that are whole numbers, in their order */
    const char *texts[6];
} constraint_cases[] = {
    { "kind", "search_object.insert", { 5, 0 }, { "i", "t", "", "", "", "" } },
    { "no id", "search_object.insert", { 0, 0 }, { "", "t", "", "", "", "" } },
    { "no title", "search_object.insert", { 0, 0 }, { "i", "", "", "", "", "" } },
    { "object twice", "search_object.insert", { 2, 0 }, { "there", "t", "", "", "", "" } },
    { "segment above below zero", "search_segment.insert", { -1, 5, 1 }, { NULL } },
    { "segment without places", "search_segment.insert", { 90, 95, 0 }, { NULL } },
    { "more places than numbers", "search_segment.insert", { 90, 95, 6 }, { NULL } },
    { "segment twice", "search_segment.insert", { 0, 5, 1 }, { NULL } },
    { "gone from no segment", "search_gone.insert", { 9, 0 }, { NULL } },
    { "gone below zero", "search_gone.insert", { 1, -1 }, { NULL } },
    { "gone twice", "search_gone.insert", { 1, 0 }, { NULL } },
    { "part of no segment", "search_part.insert", { 9, 1, 0, 1 }, { NULL } },
    { "part of no kind", "search_part.insert", { 1, 5, 0, 1 }, { NULL } },
    { "part below zero", "search_part.insert", { 1, 1, -1, 1 }, { NULL } },
    { "empty part", "search_part.insert", { 1, 1, 0, 0 }, { NULL } },
    { "part twice", "search_part.insert", { 1, 2, 0, 1 }, { NULL } },
    { "empty word", "search_recent.insert", { 1 }, { "" } },
    { "change of nothing known", "search_changed.insert", { 0 }, { "car", "x" } },
    { "change of no id", "search_changed.insert", { 0 }, { "record", "" } },
    { "all of an id", "search_changed.insert", { 0 }, { "all", "x" } },
    { "change twice", "search_changed.insert", { 0 }, { "set", "there" } },
};

/* Which parameters of a query are text; the others are whole numbers. */
static bool is_text(const char *query, int parameter)
{
    if (strcmp(query, "search_object.insert") == 0)
        return parameter != 1 && parameter != 6;
    if (strcmp(query, "search_changed.insert") == 0)
        return true;
    return strcmp(query, "search_recent.insert") == 0 && parameter == 1;
}

static int parameters(const char *query)
{
    static const struct {
        const char *query;
        int n;
    } counts[] = { { "search_object.insert", 8 },  { "search_part.insert", 4 },
                   { "search_recent.insert", 2 },  { "search_gone.insert", 2 },
                   { "search_changed.insert", 2 }, { "search_segment.insert", 3 } };
    for (size_t i = 0; i < TEST_COUNT(counts); i++)
        if (strcmp(query, counts[i].query) == 0)
            return counts[i].n;
    fail_msg("%s", query);
    return 0;
}

/* Blobs: a block, or a row of the order, of segment 1 or none. */
static void break_blobs(factor_fixture *f)
{
    static const struct {
        const char *label, *query, *second, *third;
        int64_t segment, chunk;
    } cases[] = { { "block of no segment", "search_block.insert", "w", "x", 9, 0 },
                  { "block without a word", "search_block.insert", "", "x", 1, 0 },
                  { "empty block", "search_block.insert", "w", "", 1, 0 },
                  { "block twice", "search_block.insert", "here", "x", 1, 0 },
                  { "order of no segment", "search_order.insert", NULL, "1234", 9, 0 },
                  { "order of half a number", "search_order.insert", NULL, "123", 1, 1 },
                  { "empty order", "search_order.insert", NULL, "", 1, 1 },
                  { "order below zero", "search_order.insert", NULL, "1234", 1, -1 },
                  { "order twice", "search_order.insert", NULL, "1234", 1, 0 } };
    tl_query *q;
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        assert_int_equal(tl_store_query(f->s, cases[i].query, &q, &f->err), TL_OK);
        tl_query_int(q, 1, cases[i].segment);
        if (cases[i].second)
            tl_query_blob(q, 2, cases[i].second, strlen(cases[i].second));
        else
            tl_query_int(q, 2, cases[i].chunk);
        tl_query_blob(q, 3, cases[i].third, strlen(cases[i].third));
        tl_status got = tl_query_run(q, &f->err);
        if (got != TL_ECONFLICT)
            fail_msg("%s: %s", cases[i].label, tl_status_name(got));
    }
}

static void set_up_broken(factor_fixture *f)
{
    tl_search_cutter c;
    tl_query *q;
    const tl_found there = { TL_FOUND_PCF, "there", "there", "", "" };
    assert_int_equal(tl_search_put(f->s, &there, "", 0, &f->err), TL_OK);
    assert_int_equal(tl_store_query(f->s, "search_changed.insert", &q, &f->err), TL_OK);
    tl_query_text(q, 1, "set");
    tl_query_text(q, 2, "there");
    assert_int_equal(tl_query_run(q, &f->err), TL_OK);
    assert_int_equal(tl_search_cutter_init(&c, &f->err), TL_OK);
    assert_int_equal(tl_search_fold(f->s, &c, 0, 1, &f->err), TL_OK);
    tl_search_cutter_clear(&c);
    assert_int_equal(tl_store_query(f->s, "search_gone.insert", &q, &f->err), TL_OK);
    tl_query_int(q, 1, 1);
    tl_query_int(q, 2, 0);
    assert_int_equal(tl_query_run(q, &f->err), TL_OK);
    assert_int_equal(tl_store_query(f->s, "search_block.insert", &q, &f->err), TL_OK);
    tl_query_int(q, 1, 1);
    tl_query_blob(q, 2, "here", 4);
    tl_query_blob(q, 3, "x", 1);
    assert_int_equal(tl_query_run(q, &f->err), TL_OK);
}

static void test_constraints(void **state)
{
    factor_fixture *f = *state;
    tl_query *q;
    set_up_broken(f);
    for (size_t i = 0; i < TEST_COUNT(constraint_cases); i++) {
        const struct constraint_case *k = &constraint_cases[i];
        size_t number = 0, text = 0;
        assert_int_equal(tl_store_query(f->s, k->query, &q, &f->err), TL_OK);
        for (int p = 1; p <= parameters(k->query); p++)
            if (is_text(k->query, p))
                tl_query_text(q, p, k->texts[text++]);
            else
                tl_query_int(q, p, k->numbers[number++]);
        tl_status got = tl_query_run(q, &f->err);
        if (got != TL_ECONFLICT)
            fail_msg("%s: %s", k->label, tl_status_name(got));
    }
    break_blobs(f);
}

/* Every test works in one transaction. */
static int begin(void **state)
{
    factor_fixture *f = factor_setup(state) == 0 ? *state : NULL;
    return f && tl_store_begin(f->s, &f->err) == TL_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_constraints, begin, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_registry_search.c - hits of several kinds as a terminal and a program see them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/registry_search.h"

static const tl_found hits[] = {
    { TL_FOUND_VEHICLE, "cpp-xingyue", "", "星越L", "201 g CO2e/km, 吉利" },
    { TL_FOUND_VEHICLE, "cpp-ex5", "EX5", "", "120 g CO2e/km, Geely" },
    { TL_FOUND_COMPANY, "geely-auto", "Geely Auto", "吉利汽车", "CN, automobile" },
};

static tl_found_facet facets[27] = {
    { "maker", "吉利", 1 },     { "maker", "Geely", 1 },         { "size", "A", 2 },
    { "powertrain", "bev", 2 }, { "powertrain", "gasoline", 1 }, { "class", "2", 1 },
};

/* n of the hits, of `cars` cars and as many companies as there are. */
static tl_search_answer answer(size_t n, int64_t cars, size_t facet_count)
{
    tl_search_answer a = { hits, n, { 0 }, facets, facet_count };
    a.counts[TL_FOUND_VEHICLE] = cars;
    a.counts[TL_FOUND_COMPANY] = n > 2;
    return a;
}

static const struct text_case {
    const char *label;
    size_t n, facets;
    int64_t cars;
    bool zh;
    const char *has, *lacks;
} text_cases[] = {
    { "id", 3, 0, 2, false, "cpp-xingyue", "Nothing" },
    { "kind in English", 3, 0, 2, false, "vehicle", "车型" },
    { "kind in Chinese", 3, 0, 2, true, "车型", "emission" },
    { "hint", 3, 0, 2, false, "201 g CO2e/km, 吉利", "all are counted" },
    { "hint of a company, Chinese", 3, 0, 2, true, "中国，汽车", "automobile" },
    { "a language that is missing", 3, 0, 2, true, "(en) EX5", "Nothing" },
    { "more than is shown", 3, 0, 1234, false, "all are counted", "Nothing" },
    { "how many", 3, 0, 1234, false, "vehicle: 1234", "Nothing" },
    { "all are shown", 3, 0, 2, false, "Geely Auto", "all are counted" },
    { "none", 0, 0, 0, false, "Nothing has all these words", "all are counted" },
    { "none, Chinese", 0, 0, 0, true, "没有同时包含这些词", "Nothing" },
    { "facets", 3, 6, 2, false, "battery electric", "most cars" },
    { "facets, Chinese", 3, 6, 2, true, "动力类型", "powertrain" },
    { "no facets", 3, 0, 2, false, "vehicle", "by facet" },
    { "many values", 3, 27, 2, false, "most cars", "by facet (" },
};

static void test_text(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_buf out;
    tl_error err = { 0 };
    tl_buf_init(&out, 0);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof text_cases / sizeof *text_cases; i++) {
        const struct text_case *c = &text_cases[i];
        tl_buf_reset(&out);
        const tl_search_answer a = answer(c->n, c->cars, c->facets);
        tl_report *r = tl_report_search("jili", &a, arena);
        assert_non_null(r);
        assert_int_equal(tl_report_as_text(r, c->zh, &out, &err), TL_OK);
        if (!strstr(tl_buf_text(&out), c->has) || strstr(tl_buf_text(&out), c->lacks))
            fail_msg("%s: has no '%s', or '%s': %s", c->label, c->has, c->lacks, tl_buf_text(&out));
    }
    tl_buf_clear(&out);
    tl_arena_free(arena);
}

static void test_json(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_buf out;
    tl_error err = { 0 };
    static const char *const wanted[] = { "\"text\": \"jili\"",
                                          "\"vehicles\": 1234",
                                          "\"companies\": 1",
                                          "\"kind\": \"company\"",
                                          "\"id\": \"geely-auto\"",
                                          "\"name_zh\": \"吉利汽车\"",
                                          "\"hint\": \"CN, automobile\"",
                                          "\"field\": \"powertrain\"",
                                          "\"value\": \"bev\"",
                                          "\"count\": 2" };
    tl_buf_init(&out, 0);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    const tl_search_answer a = answer(3, 1234, 6);
    tl_report *r = tl_report_search("jili", &a, arena);
    assert_non_null(r);
    assert_int_equal(tl_report_as_json(r, &out, &err), TL_OK);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(tl_buf_text(&out), wanted[i]))
            fail_msg("no '%s' in %s", wanted[i], tl_buf_text(&out));
    tl_buf_clear(&out);
    tl_arena_free(arena);
}

int main(void)
{
    for (size_t i = 6; i < sizeof facets / sizeof *facets; i++)
        facets[i] = (tl_found_facet){ "class", "1", 1 };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

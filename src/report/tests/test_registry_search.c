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

static const struct text_case {
    const char *label;
    size_t n, limit;
    bool zh;
    const char *has, *lacks;
} text_cases[] = {
    { "id", 3, 0, false, "cpp-xingyue", "Nothing" },
    { "kind in English", 3, 0, false, "vehicle", "车型" },
    { "kind in Chinese", 3, 0, true, "车型", "emission" },
    { "hint", 3, 0, false, "201 g CO2e/km, 吉利", "there may be more" },
    { "a language that is missing", 3, 0, true, "(en) EX5", "Nothing" },
    { "as many as were asked for", 3, 2, false, "there may be more", "Nothing" },
    { "fewer than asked for", 3, 3, false, "Geely Auto", "there may be more" },
    { "none", 0, 10, false, "Nothing has all these words", "there may be more" },
    { "none, Chinese", 0, 10, true, "没有同时包含这些词", "Nothing" },
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
        tl_report *r = tl_report_search("jili", hits, c->n, c->limit, arena);
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
    static const char *const wanted[] = {
        "\"text\": \"jili\"",          "\"vehicles\": 2",        "\"companies\": 1",
        "\"kind\": \"company\"",       "\"id\": \"geely-auto\"", "\"name_zh\": \"吉利汽车\"",
        "\"hint\": \"CN, automobile\""
    };
    tl_buf_init(&out, 0);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    tl_report *r = tl_report_search("jili", hits, 3, 0, arena);
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_record_json.c - what a file of one record must say, and how a slip in it is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants those first */
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "intake/record_json.h"

#define START "{\"id\":\"coil-1\",\"kind\":\"pcf\",\"product\":\"Coil\",\"maker\":\"Mill\","
#define VALUE "\"value\":1.5,\"unit\":\"kg CO2e/kg\""

static const struct json_case {
    const char *label, *text, *says; /* says NULL: taken */
} cases[] = {
    { "least that is needed", START VALUE "}", NULL },
    { "with parts",
      START VALUE ",\"parts\":[{\"kind\":\"stage\",\"key\":\"a3\",\"value\":1,\"unit\":\"kg "
                  "CO2e/kg\"}]}",
      NULL },
    { "no object", "[]", "expected an object" },
    { "value missing", START "\"unit\":\"kg CO2e/kg\"}", "no member 'value'" },
    { "value a text", START "\"value\":\"1.5\",\"unit\":\"kg CO2e/kg\"}", "$.value" },
    { "unknown member", START VALUE ",\"colour\":\"red\"}", "$.colour" },
    { "unknown kind", "{\"id\":\"x\",\"kind\":\"car\",\"product\":\"P\",\"maker\":\"M\"," VALUE "}",
      "expected vehicle, pcf or epd" },
    { "part without unit",
      START VALUE ",\"parts\":[{\"kind\":\"stage\",\"key\":\"a3\",\"value\":1}]}", "$.parts[0]" },
    { "year out of range", START VALUE ",\"year\":12}", "$.year" },
    { "cut off", START, "r.json:" },
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct json_case *c = &cases[i];
        tl_arena *arena;
        tl_record r;
        tl_error err = { 0 };
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        tl_status st = tl_record_json_parse("r.json", c->text, strlen(c->text), arena, &r, &err);
        if ((st == TL_OK) != (c->says == NULL) || (c->says && !strstr(err.text, c->says)))
            fail_msg("%s: got %d '%s', want '%s'", c->label, (int)st, err.text,
                     c->says ? c->says : "taken");
        tl_arena_free(arena);
    }
}

/* What is not said is "" or NAN, never 0. */
static void test_nothing_said(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_record r;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(
        tl_record_json_parse("r.json", cases[0].text, strlen(cases[0].text), arena, &r, NULL),
        TL_OK);
    assert_string_equal(r.company, "");
    assert_true(isnan(r.uncertainty) && isnan(r.primary_share) && isnan(r.price));
    assert_true(r.value >= 1.5 && r.value <= 1.5 && r.n_parts == 0);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_nothing_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

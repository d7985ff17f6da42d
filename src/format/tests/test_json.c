/* test_json.c - the bytes the writer gives. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/json.h"

static void write_sample(tl_buf *b, bool pretty)
{
    tl_json j = tl_json_start(b, pretty);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "name", "碳链");
    tl_json_number(&j, "score", 0.1);
    tl_json_number(&j, "none", NAN);
    tl_json_int(&j, "n", INT64_MIN);
    tl_json_array(&j, "list");
    tl_json_bool(&j, NULL, true);
    tl_json_null(&j, NULL);
    tl_json_object(&j, NULL);
    tl_json_end(&j);
    tl_json_array(&j, NULL);
    tl_json_end(&j);
    tl_json_end(&j);
    tl_json_text(&j, "no text", NULL);
    tl_json_end(&j);
}

static void test_shape(void **state)
{
    (void)state;
    tl_buf b;
    tl_buf_init(&b, 0);
    write_sample(&b, false);
    assert_string_equal(b.data,
                        "{\"name\":\"碳链\",\"score\":0.1,\"none\":null,\"n\":-9223372036854775808,"
                        "\"list\":[true,null,{},[]],\"no text\":null}");
    tl_buf_reset(&b);
    write_sample(&b, true);
    assert_string_equal(b.data,
                        "{\n  \"name\": \"碳链\",\n  \"score\": 0.1,\n  \"none\": null,\n"
                        "  \"n\": -9223372036854775808,\n  \"list\": [\n    true,\n    null,\n"
                        "    {},\n    []\n  ],\n  \"no text\": null\n}");
    tl_buf_clear(&b);
}

static const struct text_case {
    const char *label, *in, *want;
} text_cases[] = {
    { "plain", "steel", "\"steel\"" },
    { "quote and backslash", "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" },
    { "short escapes", "\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"" },
    { "control", "\x01\x1F\x7F", "\"\\u0001\\u001f\\u007f\"" },
    { "four bytes", "𠀀", "\"𠀀\"" },
    { "U+FFFD itself", "\xEF\xBF\xBD", "\"\xEF\xBF\xBD\"" },
    { "stray byte",
      "a\xFF"
      "b",
      "\"a\xEF\xBF\xBD"
      "b\"" },
    { "cut character", "\xE7\x94", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "surrogate", "\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "empty", "", "\"\"" },
};

static void test_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof text_cases / sizeof *text_cases; i++) {
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_json j = tl_json_start(&b, false);
        tl_json_text(&j, NULL, text_cases[i].in);
        if (strcmp(b.data, text_cases[i].want) != 0)
            fail_msg("%s: got %s want %s", text_cases[i].label, b.data, text_cases[i].want);
        tl_buf_clear(&b);
    }
}

static const struct exact_case {
    const char *label, *in, *want;
} exact_cases[] = {
    { "as it stands", "73.10", "73.10" },
    { "whole", "-12", "-12" },
    { "zero", "0.0", "0.0" },
    { "exponent", "1.5e-7", "1.5e-7" },
    { "more digits than a double", "0.1234567890123456789012", "0.1234567890123456789012" },
    { "zero in front", "07", "\"07\"" },
    { "no digit before the point", ".5", "\".5\"" },
    { "no digit behind the point", "5.", "\"5.\"" },
    { "plus", "+5", "\"+5\"" },
    { "sign alone", "-", "\"-\"" },
    { "exponent alone", "1e+", "\"1e+\"" },
    { "blank", "1 ", "\"1 \"" },
    { "word", "NaN", "\"NaN\"" },
    { "empty", "", "\"\"" },
    { "more behind it", "1,\"x\":2", "\"1,\\\"x\\\":2\"" },
};

static void test_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof exact_cases / sizeof *exact_cases; i++) {
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_json j = tl_json_start(&b, false);
        tl_json_exact(&j, NULL, exact_cases[i].in);
        if (strcmp(b.data, exact_cases[i].want) != 0)
            fail_msg("%s: got %s want %s", exact_cases[i].label, b.data, exact_cases[i].want);
        tl_buf_clear(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

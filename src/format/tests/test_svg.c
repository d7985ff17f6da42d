/* test_svg.c - the writer's bytes, and that nothing put in makes them ill-formed (read by Expat).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <expat.h>

#include "base/random.h"
#include "format/svg.h"

static const struct text_case {
    const char *label, *text, *want;
} text_cases[] = {
    { "plain", "steel", "steel" },
    { "chinese", "电解铝", "电解铝" },
    { "markup", "<a href=\"x\">&amp;", "&lt;a href=&quot;x&quot;&gt;&amp;amp;" },
    { "end of a CDATA section", "]]>", "]]&gt;" },
    { "control characters", "a\x01\x1b[31m\x7f\n\tb", "a  [31m   b" },
    { "control character in two bytes",
      "a\xC2\x9B"
      "b",
      "a b" },
    { "no UTF-8", "a\xFF\xC3(", "a\xEF\xBF\xBD\xEF\xBF\xBD(" },
    { "surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
    { "no character", "\xEF\xBF\xBE", "\xEF\xBF\xBD" },
    { "beyond the first plane", "\xF0\x9F\x9A\x97", "\xF0\x9F\x9A\x97" },
    { "empty", "", "" },
};

static void test_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof text_cases / sizeof *text_cases; i++) {
        const struct text_case *c = &text_cases[i];
        tl_buf got, want;
        tl_buf_init(&got, 0);
        tl_buf_init(&want, 0);
        tl_svg s = tl_svg_start(&got);
        tl_svg_open(&s, "t");
        tl_svg_attr(&s, "a", c->text);
        tl_svg_text(&s, c->text);
        tl_svg_close(&s);
        tl_buf_printf(&want, "<t a=\"%s\">%s</t>\n", c->want, c->want);
        if (strcmp(tl_buf_text(&got), tl_buf_text(&want)) != 0)
            fail_msg("%s: got %s want %s", c->label, tl_buf_text(&got), tl_buf_text(&want));
        tl_buf_clear(&got);
        tl_buf_clear(&want);
    }
}

static const struct number_case {
    const char *label;
    double v;
    const char *want;
} number_cases[] = {
    { "whole", 12, "12" },
    { "half", 0.5, "0.5" },
    { "rounded up", 1.005, "1.01" }, /* its shortest form ends in 5 */
    { "zeros in front", 100, "100" },
    { "minus zero", -0.0, "0" },
    { "nearly minus zero", -0.004, "0" },
    { "negative", -3.25, "-3.25" },
};

static void test_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof number_cases / sizeof *number_cases; i++) {
        const struct number_case *c = &number_cases[i];
        tl_buf got, want;
        tl_buf_init(&got, 0);
        tl_buf_init(&want, 0);
        tl_svg s = tl_svg_start(&got);
        tl_svg_open(&s, "r");
        tl_svg_number(&s, "x", c->v);
        tl_svg_close(&s);
        tl_buf_printf(&want, "<r x=\"%s\"/>\n", c->want);
        if (strcmp(tl_buf_text(&got), tl_buf_text(&want)) != 0)
            fail_msg("%s: got %s want %s", c->label, tl_buf_text(&got), tl_buf_text(&want));
        tl_buf_clear(&got);
        tl_buf_clear(&want);
    }
}

static void test_nested(void **state)
{
    (void)state;
    tl_buf out, inner;
    tl_buf_init(&out, 0);
    tl_buf_init(&inner, 0);
    tl_svg in = tl_svg_start(&inner), s = tl_svg_start(&out);
    tl_svg_leaf(&in, "b", "1");
    tl_svg_open(&s, "a");
    tl_svg_insert(&s, &inner);
    tl_svg_open(&s, "c");
    tl_svg_close(&s);
    tl_svg_close(&s);
    assert_string_equal(tl_buf_text(&out), "<a><b>1</b>\n<c/>\n</a>\n");
    tl_buf_clear(&out);
    tl_buf_clear(&inner);
}

/* Any bytes at all: Expat, which is strict about XML 1.0 and UTF-8, must take the result. */
static void test_any_bytes(void **state)
{
    (void)state;
    const uint64_t seed = 20261122;
    tl_random r = tl_random_seed(seed);
    for (int round = 0; round < 300; round++) {
        char text[200];
        size_t n = (size_t)tl_random_below(&r, sizeof text);
        for (size_t i = 0; i < n; i++)
            text[i] = (char)(1 + tl_random_below(&r, 255));
        text[n] = '\0';
        tl_buf out;
        tl_buf_init(&out, 0);
        tl_svg s = tl_svg_start(&out);
        tl_svg_open(&s, "t");
        tl_svg_attr(&s, "a", text);
        tl_svg_text(&s, text);
        tl_svg_close(&s);
        XML_Parser p = XML_ParserCreate("UTF-8");
        assert_non_null(p);
        if (XML_Parse(p, out.data, (int)out.len, 1) != XML_STATUS_OK)
            fail_msg("seed %llu, round %d: %s", (unsigned long long)seed, round,
                     XML_ErrorString(XML_GetErrorCode(p)));
        XML_ParserFree(p);
        tl_buf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

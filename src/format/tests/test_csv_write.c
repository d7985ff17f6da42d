/* test_csv_write.c - what is written, and that the reader reads it back. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/csv.h"
#include "format/csv_write.h"

static const struct cell_case {
    const char *label, *text;
    tl_csv_write_opts opts;
    const char *want; /* the file after its header "a,b" and an empty first cell */
} cell_cases[] = {
    { "plain", "steel", { 0 }, "steel" },
    { "chinese", "电解铝", { 0 }, "电解铝" },
    { "comma", "a,b", { 0 }, "\"a,b\"" },
    { "comma among semicolons", "a,b", { .separator = ';' }, "a,b" },
    { "quotes", "\"x\"", { 0 }, "\"\"\"x\"\"\"" },
    { "line", "a\nb", { 0 }, "\"a\nb\"" },
    { "blank at the end", "a ", { 0 }, "\"a \"" },
    { "formula as it is", "=1+2", { 0 }, "=1+2" },
    { "formula guarded", "=1+2", { .guard = true }, "'=1+2" },
    { "formula guarded and quoted", "@SUM(a,b)", { .guard = true }, "\"'@SUM(a,b)\"" },
    { "no formula", "a=1", { .guard = true }, "a=1" },
    { "null", NULL, { 0 }, "" },
};

static void test_cells(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cell_cases / sizeof *cell_cases; i++) {
        const struct cell_case *c = &cell_cases[i];
        tl_buf b;
        tl_csv *csv;
        tl_csv_opts read = { .separator = c->opts.separator };
        bool more;
        tl_buf_init(&b, 0);
        tl_csv_writer w = tl_csv_write_start(&b, &c->opts);
        tl_csv_write_text(&w, "a");
        tl_csv_write_text(&w, "b");
        tl_csv_write_end(&w);
        size_t header = b.len;
        tl_csv_write_text(&w, "");
        tl_csv_write_text(&w, c->text);
        tl_csv_write_end(&w);
        size_t n = strlen(c->want);
        if (b.len != header + n + 2 || memcmp(b.data + header + 1, c->want, n) != 0)
            fail_msg("%s: got %s", c->label, b.data);
        assert_int_equal(tl_csv_open_memory(&csv, "t", b.data, b.len, &read, NULL), TL_OK);
        assert_int_equal(tl_csv_next(csv, &more, NULL), TL_OK);
        if (!c->opts.guard && !tl_span_is(tl_csv_cell(csv, 1), c->text ? c->text : ""))
            fail_msg("%s: does not read back", c->label);
        tl_csv_close(csv);
        tl_buf_clear(&b);
    }
}

static void test_record(void **state)
{
    (void)state;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_csv_writer w = tl_csv_write_start(&b, &(tl_csv_write_opts){ .mark = true, .crlf = true });
    tl_csv_write_number(&w, -0.1);
    tl_csv_write_number(&w, NAN);
    tl_csv_write_int(&w, -7);
    tl_csv_write_end(&w);
    assert_string_equal(b.data, "\xEF\xBB\xBF-0.1,,-7\r\n");
    tl_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_sheet.c - a small table read whole, up to a number of rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/sheet.h"

static void test_rows(void **state)
{
    static const struct {
        const char *label, *text;
        size_t max_rows, rows;
        const char *words; /* NULL = read */
    } cases[] = {
        { "below", "a,b\n1,2\n", 2, 1, NULL },
        { "at the limit", "a,b\n1,2\n3,4\n", 2, 2, NULL },
        { "above", "a,b\n1,2\n3,4\n5,6\n", 2, 0, "t.csv:4: more than 2 rows" },
        { "blank lines are no rows", "a,b\n1,2\n\n\n3,4\n\n", 2, 2, NULL },
        { "a row of three lines", "a,b\n1,\"x\ny\nz\"\n3,4\n", 2, 2, NULL },
        { "none allowed", "a,b\n", 0, 0, NULL },
        { "one where none is allowed", "a,b\n1,2\n", 0, 0, "t.csv:2: more than 0 rows" },
        { "the first too many ends it", "a,b\n1,2\n3,4\nbroken\n", 1, 0,
          "t.csv:3: more than 1 rows" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tl_arena *arena;
        tl_sheet s = { 0 };
        tl_error err = { 0 };
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        tl_status st = tl_sheet_read_rows(&s, "t.csv", cases[i].text, strlen(cases[i].text),
                                          cases[i].max_rows, arena, &err);
        if ((st == TL_OK) != !cases[i].words || s.rows != cases[i].rows ||
            (cases[i].words && !strstr(err.text, cases[i].words)))
            fail_msg("%s: got %zu rows (%s), want %zu", cases[i].label, s.rows, err.text,
                     cases[i].rows);
        tl_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

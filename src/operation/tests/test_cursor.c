/* test_cursor.c - cursors there and back, foreign and broken ones refused, pages over a list that
 * changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "operation/page.h"

static int set_up(void **state)
{
    return tl_arena_new((tl_arena **)state, 0, NULL) == TL_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    tl_arena_free(*state);
    return 0;
}

static void test_there_and_back(void **state)
{
    static const char *const fields[] = { "2024", "", "长城 \"a\"\n", "id" };
    const char *back[4];
    const char *text = tl_cursor_write(7, fields, 4, *state);
    assert_non_null(text);
    assert_int_equal(strspn(text, "0123456789abcdef"), strlen(text));
    assert_int_equal(tl_cursor_read(text, 7, *state, back, 4, NULL), TL_OK);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(back[i], fields[i]);
}

static void test_refused(void **state)
{
    static const char *const fields[] = { "car-1" };
    const char *back[2], *good = tl_cursor_write(7, fields, 1, *state);
    char cut[200], changed[200], longer[3000];
    snprintf(cut, sizeof cut, "%.*s", (int)strlen(good) - 2, good);
    snprintf(changed, sizeof changed, "%s", good);
    changed[strlen(changed) - 3] = changed[strlen(changed) - 3] == '1' ? '2' : '1';
    memset(longer, '0', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    const struct {
        const char *label, *text;
        uint64_t list;
        size_t n;
    } rows[] = {
        { "another list", good, 8, 1 }, { "more fields", good, 7, 2 }, { "cut", cut, 7, 1 },
        { "changed", changed, 7, 1 },   { "empty", "", 7, 1 },         { "no hex", "zz", 7, 1 },
        { "odd", "abc", 7, 1 },         { "a number", "25", 7, 1 },    { "long", longer, 7, 1 },
        { "capitals", "ABCD", 7, 1 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tl_error err = { 0 };
        if (tl_cursor_read(rows[i].text, rows[i].list, *state, back, rows[i].n, &err) !=
                TL_EINPUT ||
            !strstr(err.text, "not one of this list"))
            fail_msg("%s: %s", rows[i].label, err.text);
    }
}

/* The order of filters, the limit and the cursor itself make no other list; a filter does. */
static void test_lists(void **state)
{
    (void)state;
    const tl_given a[] = { { "kind", "pcf" }, { "maker", "b" }, { "limit", "5" } };
    const tl_given b[] = { { "maker", "b" }, { "cursor", "x" }, { "kind", "pcf" } };
    const tl_given c[] = { { "maker", "pcf" }, { "kind", "b" } };
    assert_true(tl_page_list("x", a, 3) == tl_page_list("x", b, 3));
    assert_true(tl_page_list("x", a, 3) != tl_page_list("y", a, 3));
    assert_true(tl_page_list("x", a, 3) != tl_page_list("x", c, 2));
    assert_true(tl_page_list("x", a, 2) != tl_page_list("x", a, 1));
}

static tl_status nothing(tl_call *c, tl_error *err)
{
    (void)c, (void)err;
    return TL_OK;
}

/* A page of two over a list that loses what was seen last and gains rows on both sides. */
static void test_pick(void **state)
{
    static const tl_argument arguments[] = { TL_PAGE_ARGUMENTS };
    static const tl_operation row = {
        .name = "list", .arguments = arguments, .n = 2, .run = nothing
    };
    static const char *const before[] = { "b", "d", "f", "h" };
    static const char *const after[] = { "a", "b", "e", "f", "h" };
    tl_given given[] = { { "limit", "2" }, { "cursor", NULL } };
    tl_call c = { .operation = &row, .arena = *state, .given = given, .n_given = 1 };
    tl_page page;
    size_t from, until;
    assert_int_equal(tl_page_read(&c, 1, 0, &page, NULL), TL_OK);
    assert_int_equal(tl_page_pick(&c, &page, before, 4, &from, &until, NULL), TL_OK);
    assert_true(from == 0 && until == 2 && c.next);
    given[1].value = c.next;
    c.n_given = 2;
    c.next = NULL;
    assert_int_equal(tl_page_read(&c, 1, 0, &page, NULL), TL_OK);
    assert_int_equal(tl_page_pick(&c, &page, after, 5, &from, &until, NULL), TL_OK);
    assert_true(from == 2 && until == 4 && c.next);
    given[1].value = c.next;
    c.next = NULL;
    assert_int_equal(tl_page_read(&c, 1, 0, &page, NULL), TL_OK);
    assert_int_equal(tl_page_pick(&c, &page, after, 5, &from, &until, NULL), TL_OK);
    assert_true(from == 4 && until == 5 && !c.next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_pick),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

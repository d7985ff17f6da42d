/* test_call.c - arguments held against a row, and the rows themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "operation/operation.h"

static tl_status leave(tl_call *c, tl_error *err)
{
    (void)c;
    (void)err;
    return TL_OK;
}

static const tl_argument arguments[] = {
    { .name = "record", .word = true },
    { .name = "others", .word = true, .many = true, .optional = true },
    { .name = "by", .kind = TL_ARGUMENT_CHOICE, .choices = "maker|size|body" },
    { .name = "top", .kind = TL_ARGUMENT_INT, .least = 0, .most = 10 },
    { .name = "width", .kind = TL_ARGUMENT_NUMBER },
    { .name = "day", .kind = TL_ARGUMENT_DAY },
    { .name = "all", .kind = TL_ARGUMENT_FLAG },
    { .name = "reason", .required = true, .help = { "why", "原因" } },
};
static const tl_operation row = { .name = "test",
                                  .right = TL_RIGHT_RECORD_EDIT,
                                  .arguments = arguments,
                                  .n = sizeof arguments / sizeof *arguments,
                                  .run = leave };

static const struct check_case {
    const char *label;
    tl_given given[4];
    const char *want; /* NULL: fine */
} check_cases[] = {
    { "least", { { "record", "a" }, { "reason", "r" } }, NULL },
    { "many",
      { { "record", "a" }, { "reason", "r" }, { "others", "b" }, { "others", "c" } },
      NULL },
    { "missing word", { { "reason", "r" } }, "record is missing" },
    { "missing option", { { "record", "a" } }, "--reason is missing: why" },
    { "unknown", { { "record", "a" }, { "reason", "r" }, { "x", "1" } }, "'test' takes no --x" },
    { "twice",
      { { "record", "a" }, { "record", "b" }, { "reason", "r" } },
      "record is given 2 times" },
    { "choice",
      { { "record", "a" }, { "reason", "r" }, { "by", "mass" } },
      "--by is 'mass', expected maker, size or body" },
    { "part of a choice",
      { { "record", "a" }, { "reason", "r" }, { "by", "maker|size" } },
      "--by" },
    { "too large",
      { { "record", "a" }, { "reason", "r" }, { "top", "11" } },
      "--top is 11, expected 0 to 10" },
    { "no whole number", { { "record", "a" }, { "reason", "r" }, { "top", "1.5" } }, "--top: " },
    { "no number", { { "record", "a" }, { "reason", "r" }, { "width", "wide" } }, "--width: " },
    { "no day",
      { { "record", "a" }, { "reason", "r" }, { "day", "2026-02-30" } },
      "--day is '2026-02-30', expected a calendar date" },
    { "flag",
      { { "record", "a" }, { "reason", "r" }, { "all", "yes" } },
      "expected true or false" },
};

static void test_check(void **state)
{
    (void)state;
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof check_cases / sizeof *check_cases; i++) {
        const struct check_case *k = &check_cases[i];
        tl_error err = { 0 };
        tl_viewer local = tl_viewer_operator("x");
        tl_call c = {
            .operation = &row, .arena = arena, .given = k->given, .dash = "--", .viewer = &local
        };
        while (c.n_given < 4 && k->given[c.n_given].name)
            c.n_given++;
        tl_status got = tl_call_run(&c, &err);
        if ((got == TL_OK) != (k->want == NULL) || (k->want && !strstr(err.text, k->want)))
            fail_msg("%s: %d %s", k->label, (int)got, err.text);
    }
    tl_arena_free(arena);
}

static void test_right(void **state)
{
    (void)state;
    tl_viewer nobody = tl_viewer_visitor();
    const tl_given given[] = { { "record", "a" }, { "reason", "r" } };
    tl_call c = { .operation = &row, .viewer = &nobody, .given = given, .n_given = 2 };
    tl_error err = { 0 };
    assert_int_equal(tl_call_run(&c, &err), TL_EFORBIDDEN);
}

/* Every place of a path is an argument, every name is used once, words come before options. */
static void check_row(const tl_operation *o)
{
    int words = 1;
    for (const char *p = o->name; *p; p++)
        words += *p == ' ';
    if (words > 3)
        fail_msg("%s: the command line looks for names of up to three words", o->name);
    for (size_t i = 0; i < o->n; i++) {
        const tl_argument *a = &o->arguments[i];
        if (!a->help.en || !a->help.zh)
            fail_msg("%s: %s has no help in both languages", o->name, a->name);
        if ((a->kind == TL_ARGUMENT_CHOICE) != (a->choices != NULL))
            fail_msg("%s: %s: choices", o->name, a->name);
        for (size_t k = 0; k < i; k++)
            if (strcmp(a->name, o->arguments[k].name) == 0)
                fail_msg("%s: %s stands there twice", o->name, a->name);
    }
    if (!o->path != ((o->flags & TL_OPERATION_LOCAL) != 0))
        fail_msg("%s has no path, or one that is not used", o->name);
    if (o->path && (o->method == TL_HTTP_GET) == ((o->flags & TL_OPERATION_WRITES) != 0))
        fail_msg("%s: GET and writing do not go together", o->name);
    for (const char *p = o->path; p && (p = strchr(p, '{')) != NULL; p++) {
        bool found = false;
        for (size_t i = 0; i < o->n; i++) {
            size_t n = strlen(o->arguments[i].name);
            found = found || (strncmp(p + 1, o->arguments[i].name, n) == 0 && p[1 + n] == '}');
        }
        if (!found)
            fail_msg("%s: %s is no argument", o->name, p);
    }
}

static void test_rows(void **state)
{
    (void)state;
    size_t lists, rows = 0;
    const tl_operations *const *all = tl_operations_all(&lists);
    static tl_http_route routes[512];
    for (size_t i = 0; i < lists; i++)
        for (size_t k = 0; k < all[i]->n; k++) {
            const tl_operation *o = &all[i]->items[k];
            if (strncmp(o->name, all[i]->name, strlen(all[i]->name)) != 0)
                fail_msg("%s is not of %s", o->name, all[i]->name);
            if (tl_operation_find(o->name) != o)
                fail_msg("%s: two of that name", o->name);
            check_row(o);
            if (o->path)
                routes[rows++] = (tl_http_route){ o->method, o->path, o };
        }
    tl_http_routes *r;
    tl_error err = { 0 };
    if (tl_http_routes_new(&r, routes, rows, &err) != TL_OK)
        fail_msg("%s", err.text);
    tl_http_routes_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_right),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

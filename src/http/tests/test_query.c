/* test_query.c - the query of an address as names and values (WHATWG URL, 5.1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "http/query.h"

static const struct query_case {
    const char *query, *want; /* name=value; ...; NULL: refused */
} cases[] = {
    { "", "" },
    { "a=1", "a=1;" },
    { "a=1&b=2&a=3", "a=1;b=2;a=3;" },
    { "&&a=1&", "a=1;" },
    { "a", "a=;" },
    { "a=", "a=;" },
    { "a=b=c", "a=b=c;" },
    { "q=crude+steel", "q=crude steel;" },
    { "q=crude%20steel%2B", "q=crude steel+;" },
    { "q=%E9%92%A2", "q=钢;" },
    { "%61=1", "a=1;" },
    { "q=%00", NULL },
    { "q=%ff", NULL },
    { "%c0%80=1", NULL },
    { "a=1&b=2&c=3&d=4&e=5", NULL }, /* four at most here */
};

static void test_split(void **state)
{
    (void)state;
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tl_http_pair *pairs;
        size_t n = 0;
        tl_buf got;
        tl_status st = tl_http_query_split(cases[i].query, 4, arena, &pairs, &n, NULL);
        if (!cases[i].want) {
            if (st != TL_EINPUT)
                fail_msg("%s: status %d, expected a refusal", cases[i].query, (int)st);
            continue;
        }
        tl_buf_init(&got, 0);
        for (size_t k = 0; k < n; k++)
            tl_buf_printf(&got, "%s=%s;", pairs[k].name, pairs[k].value);
        if (st != TL_OK || strcmp(tl_buf_text(&got), cases[i].want) != 0)
            fail_msg("%s: status %d, '%s', expected '%s'", cases[i].query, (int)st,
                     tl_buf_text(&got), cases[i].want);
        tl_buf_clear(&got);
    }
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_split) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

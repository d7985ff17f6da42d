/* test_fold.c - what counts as the same name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "format/fold.h"

static const struct fold_case {
    const char *label, *text, *want; /* want NULL: refused */
} cases[] = {
    { "letter case", "BMW Group", "bmw group" },
    { "blanks at the ends", "  BYD\t", "byd" },
    { "run of blanks", "Great  \t Wall", "great wall" },
    { "full width", "ＢＹＤ　１", "byd 1" },
    { "sharp s", "Straße", "strasse" },
    { "Chinese stays", "比亚迪", "比亚迪" },
    { "ligature", "ﬁat", "fiat" },
    { "the longest folding", "ﷺ", "صلى الله عليه وسلم" },
    { "nothing", "", "" },
    { "blanks alone", " 　 ", "" },
    { "no UTF-8", "\xff", NULL },
    { "cut sequence", "\xe6\xaf", NULL },
};

static void test_fold(void **state)
{
    (void)state;
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct fold_case *c = &cases[i];
        const char *got = NULL, *again = NULL;
        tl_error err = { 0 };
        tl_status st = tl_fold(c->text, arena, &got, &err);
        if (st != (c->want ? TL_OK : TL_EINPUT) || (c->want && strcmp(got, c->want) != 0))
            fail_msg("%s: got '%s' (%s), want '%s'", c->label, got ? got : "-", err.text,
                     c->want ? c->want : "refused");
        if (got && (tl_fold(got, arena, &again, &err) != TL_OK || strcmp(got, again) != 0))
            fail_msg("%s: folded twice gives '%s'", c->label, again ? again : "-");
    }
    char longest[TL_FOLD_MAX + 2];
    const char *got;
    memset(longest, 'A', sizeof longest);
    longest[TL_FOLD_MAX] = '\0';
    assert_int_equal(tl_fold(longest, arena, &got, NULL), TL_OK);
    longest[TL_FOLD_MAX] = 'A';
    longest[TL_FOLD_MAX + 1] = '\0';
    assert_int_equal(tl_fold(longest, arena, &got, NULL), TL_EINPUT);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_fold) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_outbox.c - letters: kept, told once, claimed by one, tried again, given up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "job/outbox.h"

enum { NOW = 1000000 };

struct fixture {
    tl_store *s;
    tl_arena *arena;
    tl_error err;
};

static int set_up(void **state)
{
    static struct fixture f;
    if (tl_store_open(&f.s, ":memory:", NULL, &f.err) != TL_OK ||
        tl_arena_new(&f.arena, 0, &f.err) != TL_OK)
        return -1;
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    tl_store_close(f->s);
    tl_arena_free(f->arena);
    return 0;
}

static void ok(struct fixture *f, tl_status st)
{
    if (st != TL_OK)
        fail_msg("%s", f->err.text);
}

static int64_t put(struct fixture *f, const char *about, const char *holder)
{
    const tl_outbox_letter l = { .kind = "invitation",
                                 .about = about,
                                 .to = "li@mill.example",
                                 .name = "李伟",
                                 .language = "zh",
                                 .tenant = "mill",
                                 .fields = "{\"until\":\"2027-01-01\"}",
                                 .holder = holder };
    int64_t number = -1;
    ok(f, tl_outbox_put(f->s, &l, NOW, &number, &f->err));
    return number;
}

static bool claim(struct fixture *f, const char *holder, int64_t now, tl_outbox_letter *l)
{
    bool got = false;
    ok(f, tl_outbox_claim(f->s, holder, now, f->arena, l, &got, &f->err));
    return got;
}

static void test_a_life(void **state)
{
    struct fixture *f = *state;
    tl_outbox_letter l, other;
    const tl_outbox_letter *list;
    size_t n;
    assert_true(put(f, NULL, NULL) > 0);
    assert_false(claim(f, "a", NOW - 1, &l)); /* not due */
    assert_true(claim(f, "a", NOW, &l));
    assert_string_equal(l.to, "li@mill.example");
    assert_string_equal(l.name, "李伟");
    assert_string_equal(l.fields, "{\"until\":\"2027-01-01\"}");
    assert_int_equal(l.tries, 1);
    assert_false(claim(f, "b", NOW, &other)); /* claimed */
    ok(f, tl_outbox_sent(f->s, &l, NOW + 1, &f->err));
    assert_false(claim(f, "b", NOW + 999999, &other));
    ok(f, tl_outbox_list(f->s, "mill", 10, f->arena, &list, &n, &f->err));
    assert_int_equal(n, 1);
    assert_int_equal(list[0].state, TL_OUTBOX_SENT);
    ok(f, tl_outbox_list(f->s, "other", 10, f->arena, &list, &n, &f->err));
    assert_int_equal(n, 0);
}

static void test_told_once(void **state)
{
    struct fixture *f = *state;
    assert_true(put(f, "epd/a/2027-01-01/ann", NULL) > 0);
    assert_int_equal(put(f, "epd/a/2027-01-01/ann", NULL), 0);
    assert_true(put(f, "epd/a/2028-01-01/ann", NULL) > 0);
    assert_true(put(f, NULL, NULL) > 0);
    assert_true(put(f, NULL, NULL) > 0);
}

/* Waits after each failure, in seconds: doubled up to an hour; the tenth is the last. */
static void test_again_and_given_up(void **state)
{
    static const int64_t waits[] = { 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600 };
    struct fixture *f = *state;
    tl_outbox_letter l;
    int64_t now = NOW, waiting, failed;
    put(f, NULL, NULL);
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        assert_true(claim(f, "a", now, &l));
        ok(f, tl_outbox_failed(f->s, &l, "no answer", false, now, &f->err));
        assert_false(claim(f, "a", now + waits[i] - 1, &l));
        now += waits[i];
    }
    assert_true(claim(f, "a", now, &l));
    ok(f, tl_outbox_failed(f->s, &l, "no answer", false, now, &f->err));
    assert_false(claim(f, "a", now + 999999, &l));
    ok(f, tl_outbox_counts(f->s, &waiting, &failed, &f->err));
    assert_int_equal(waiting, 0);
    assert_int_equal(failed, 1);
}

static void test_no_use(void **state)
{
    struct fixture *f = *state;
    tl_outbox_letter l;
    const tl_outbox_letter *list;
    size_t n;
    put(f, NULL, NULL);
    assert_true(claim(f, "a", NOW, &l));
    ok(f, tl_outbox_failed(f->s, &l, "no such address", true, NOW, &f->err));
    ok(f, tl_outbox_list(f->s, "", 10, f->arena, &list, &n, &f->err));
    assert_int_equal(list[0].state, TL_OUTBOX_FAILED);
    assert_string_equal(list[0].error, "no such address");
    put(f, NULL, NULL);
    assert_true(claim(f, "a", NOW, &l));
    ok(f, tl_outbox_drop(f->s, &l, &f->err));
    ok(f, tl_outbox_list(f->s, "", 10, f->arena, &list, &n, &f->err));
    assert_int_equal(n, 1);
}

/* A dead process: what it claimed is tried by the next, what it held is given up. */
static void test_holder(void **state)
{
    struct fixture *f = *state;
    tl_outbox_letter l;
    const tl_outbox_letter *list;
    size_t n;
    put(f, NULL, "a");
    assert_false(claim(f, "b", NOW, &l));
    assert_true(claim(f, "a", NOW, &l));
    put(f, NULL, NULL);
    assert_true(claim(f, "b", NOW, &l));
    assert_true(claim(f, "c", NOW + TL_OUTBOX_CLAIM_S, &l));
    assert_int_equal(l.tries, 2);
    ok(f, tl_outbox_sweep(f->s, NOW + TL_OUTBOX_CLAIM_S + TL_OUTBOX_ORPHAN_S, &f->err));
    ok(f, tl_outbox_list(f->s, "", 10, f->arena, &list, &n, &f->err));
    assert_int_equal(list[1].state, TL_OUTBOX_WAITING);
    ok(f, tl_outbox_sweep(f->s, NOW + TL_OUTBOX_CLAIM_S + TL_OUTBOX_ORPHAN_S + 1, &f->err));
    ok(f, tl_outbox_list(f->s, "", 10, f->arena, &list, &n, &f->err));
    assert_int_equal(list[1].state, TL_OUTBOX_FAILED);
    assert_int_equal(list[0].state, TL_OUTBOX_WAITING);
    ok(f, tl_outbox_sweep(f->s, NOW + 2 * TL_OUTBOX_KEPT_S, &f->err));
    ok(f, tl_outbox_list(f->s, "", 10, f->arena, &list, &n, &f->err));
    assert_int_equal(n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_life, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_told_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_again_and_given_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_use, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_holder, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

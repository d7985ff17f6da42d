/* test_throttle.c - a bucket that fills with time. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/throttle.h"

/* Two a second, four at once: by hand. */
static const struct take_case {
    const char *label;
    double at_s, cost;
    bool want;
    double wait_s;
} take_cases[] = {
    { "full at first", 10, 4, true, 0 },
    { "empty now", 10, 1, false, 0.5 },
    { "half a second later", 10.5, 1, true, 0 },
    { "and empty again", 10.5, 2, false, 1 },
    { "two seconds: full, not more", 100, 5, false, 0.5 },
    { "all of it", 100, 4, true, 0 },
};

static void test_take(void **state)
{
    (void)state;
    double wait;
    tl_throttle *t = tl_throttle_new(2, 4);
    for (size_t i = 0; i < sizeof take_cases / sizeof *take_cases; i++) {
        const struct take_case *c = &take_cases[i];
        bool got = tl_throttle_take(t, "10.0.0.1", c->cost, c->at_s, &wait);
        if (got != c->want || fabs(wait - c->wait_s) > 1e-9)
            fail_msg("%s: %d, wait %g", c->label, got, wait);
    }
    assert_true(tl_throttle_take(t, "10.0.0.2", 4, 100, &wait)); /* another one's bucket */
    tl_throttle_free(t);
    t = tl_throttle_new(0, 0);
    for (int i = 0; i < 1000; i++)
        assert_true(tl_throttle_take(t, "10.0.0.1", 1, 1, &wait));
    tl_throttle_free(t);
}

/* Two addresses a row: whether they share a bucket. */
static const struct pair_case {
    const char *label, *one, *other;
    bool same;
} pair_cases[] = {
    { "one network", "2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true },
    { "written otherwise", "2001:db8:1:2::1", "2001:0DB8:1:2:0:0:0:1", true },
    { "another network", "2001:db8:1:2::1", "2001:db8:1:3::1", false },
    { "mapped from IPv4", "::ffff:10.0.0.1", "::ffff:10.0.0.2", false },
    { "IPv4", "10.0.0.1", "10.0.0.2", false },
    { "no address", "local", "unknown", false },
};

static void test_networks(void **state)
{
    (void)state;
    double wait;
    for (size_t i = 0; i < sizeof pair_cases / sizeof *pair_cases; i++) {
        const struct pair_case *c = &pair_cases[i];
        tl_throttle *t = tl_throttle_new(1, 4);
        assert_true(tl_throttle_take(t, c->one, 4, 100, &wait));
        if (tl_throttle_take(t, c->other, 4, 100, &wait) == c->same)
            fail_msg("%s: want %s bucket", c->label, c->same ? "one" : "another");
        tl_throttle_free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_take),
                                        cmocka_unit_test(test_networks) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

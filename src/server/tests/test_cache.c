/* test_cache.c - what is kept, what leaves, what a write forgets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/thread.h"
#include "server/cache.h"

static void keep(tl_cache *c, const char *key, const char *body)
{
    const tl_cached a = { "text/plain", "\"e\"", "", "", false, body, strlen(body) };
    tl_cache_keep(c, key, tl_cache_generation(c), &a);
}

static void assert_kept(tl_cache *c, const char *key, const char *body)
{
    tl_cached *a = tl_cache_find(c, key);
    if (!body) {
        assert_null(a);
        return;
    }
    assert_non_null(a);
    assert_int_equal(a->bytes, strlen(body));
    assert_string_equal(a->body, body);
    assert_string_equal(a->type, "text/plain");
    tl_cache_release(c, a);
}

static void test_generations(void **state)
{
    (void)state;
    tl_cache *c = tl_cache_new(100000);
    keep(c, "a", "one");
    assert_kept(c, "a", "one");
    keep(c, "a", "two");
    assert_kept(c, "a", "two");
    uint64_t before = tl_cache_generation(c);
    tl_cached *held = tl_cache_find(c, "a");
    tl_cache_changed(c);
    assert_kept(c, "a", NULL);
    assert_string_equal(held->body, "two"); /* who holds it may still read it */
    tl_cache_release(c, held);
    const tl_cached late = { "text/plain", "", "", "", false, "old", 3 };
    tl_cache_keep(c, "a", before, &late); /* worked out from what was there before the write */
    assert_kept(c, "a", NULL);
    tl_cache_free(c);
}

/* A question counts once, however often it is looked for. */
static void test_counts(void **state)
{
    (void)state;
    uint64_t found, missed;
    size_t bytes;
    tl_cache *c = tl_cache_new(20000);
    assert_null(tl_cache_find(c, "a"));
    assert_null(tl_cache_find_later(c, "a"));
    tl_cache_counts(c, &found, &missed, &bytes);
    assert_true(found == 0 && missed == 1);
    keep(c, "a", "one");
    assert_null(tl_cache_find(c, "b"));
    keep(c, "b", "two"); /* somebody else was quicker */
    tl_cached *held = tl_cache_find_later(c, "b");
    assert_non_null(held);
    tl_cache_release(c, held);
    tl_cache_counts(c, &found, &missed, &bytes);
    assert_true(found == 1 && missed == 1);
    held = tl_cache_find(c, "a");
    tl_cache_release(c, held);
    tl_cache_counts(c, &found, &missed, &bytes);
    assert_true(found == 2 && missed == 1);
    tl_cache_free(c);
}

static void test_least_used_leaves(void **state)
{
    (void)state;
    char body[1001], key[16];
    memset(body, 'x', 1000);
    body[1000] = 0;
    tl_cache *c = tl_cache_new(20000);
    for (int i = 0; i < 30; i++) {
        snprintf(key, sizeof key, "%d", i);
        keep(c, key, body);
        assert_kept(c, "0", body); /* used again and again */
    }
    assert_kept(c, "1", NULL);
    assert_kept(c, "29", body);
    uint64_t found, missed;
    size_t bytes;
    tl_cache_counts(c, &found, &missed, &bytes);
    assert_true(bytes <= 20000 && bytes > 10000);
    char large[3001];
    memset(large, 'y', 3000);
    large[3000] = 0;
    keep(c, "large", large); /* more than an eighth */
    assert_kept(c, "large", NULL);
    tl_cache_free(c);
}

static tl_status hammer(void *ctx, size_t item, unsigned worker, tl_error *err)
{
    (void)worker;
    (void)err;
    tl_cache *c = ctx;
    char key[16];
    snprintf(key, sizeof key, "%zu", item % 40);
    tl_cached *a = tl_cache_find(c, key);
    if (a && strcmp(a->body, key) != 0)
        return tl_fail(err, TL_ECONFLICT, "%s is %s", key, a->body);
    tl_cache_release(c, a);
    keep(c, key, key);
    if (item % 97 == 0)
        tl_cache_changed(c);
    return TL_OK;
}

static void test_threads(void **state)
{
    (void)state;
    tl_error err = { 0 };
    tl_cache *c = tl_cache_new(5000);
    if (tl_parallel(4, 20000, hammer, c, &err) != TL_OK)
        fail_msg("%s", err.text);
    tl_cache_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_generations),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_least_used_leaves),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

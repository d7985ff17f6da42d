/* test_places.c - packed lists: there and back, intersection, damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "factor/places.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))

static const struct pack_case {
    const char *label;
    uint32_t items[4];
    size_t n, bytes;
} pack_cases[] = {
    { "none", { 0 }, 0, 0 },
    { "zero", { 0 }, 1, 1 },               /* step 1 */
    { "neighbours", { 0, 1, 2 }, 3, 3 },   /* steps of 1 */
    { "one byte at most", { 126 }, 1, 1 }, /* step 127 */
    { "two bytes", { 127 }, 1, 2 },        /* step 128 */
    { "the last of all", { UINT32_MAX - 1 }, 1, 5 },
    { "mixed", { 5, 200, 70000, 70001 }, 4, 1 + 2 + 3 + 1 },
};

static void test_pack(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(pack_cases); i++) {
        const struct pack_case *c = &pack_cases[i];
        tl_places list = { 0 };
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_places_pack(&b, c->items, c->n);
        if (b.len != c->bytes)
            fail_msg("%s: %zu bytes, want %zu", c->label, b.len, c->bytes);
        assert_int_equal(tl_places_unpack(&list, tl_buf_text(&b), b.len, NULL), TL_OK);
        if (list.n != c->n)
            fail_msg("%s: %zu places, want %zu", c->label, list.n, c->n);
        for (size_t k = 0; k < c->n; k++)
            if (list.items[k] != c->items[k])
                fail_msg("%s: place %zu is %u, want %u", c->label, k, list.items[k], c->items[k]);
        tl_buf_clear(&b);
        tl_places_clear(&list);
    }
}

/* Meet, drop and join of a and b; in[i] has bit 1 for a and 2 for b. Ends with a joined. */
static void check_sets(const unsigned char in[1000], tl_places *a, const tl_places *b)
{
    tl_places met = { 0 }, left = { 0 };
    size_t n_met = 0, n_left = 0, n_join = 0;
    assert_int_equal(tl_places_join(&met, a, NULL), TL_OK);
    assert_int_equal(tl_places_join(&left, a, NULL), TL_OK);
    tl_places_meet(&met, b);
    tl_places_drop(&left, b);
    assert_int_equal(tl_places_join(a, b, NULL), TL_OK);
    for (uint32_t i = 0; i < 1000; i++) {
        if (in[i] == 3)
            assert_int_equal(met.items[n_met++], i);
        if (in[i] == 1)
            assert_int_equal(left.items[n_left++], i);
        if (in[i])
            assert_int_equal(a->items[n_join++], i);
    }
    assert_int_equal(met.n, n_met);
    assert_int_equal(left.n, n_left);
    assert_int_equal(a->n, n_join);
    tl_places_clear(&met);
    tl_places_clear(&left);
}

/* Random subsets of 0..999 against membership by array. */
static void test_keep(void **state)
{
    (void)state;
    const uint64_t seed = 20251122;
    tl_random r = tl_random_seed(seed);
    for (int round = 0; round < 200; round++) {
        unsigned char in[1000] = { 0 };
        double share_a = tl_random_unit(&r), share_b = tl_random_unit(&r);
        tl_places a = { 0 }, b = { 0 }, got = { 0 };
        tl_buf pa, pb;
        size_t both = 0;
        tl_buf_init(&pa, 0);
        tl_buf_init(&pb, 0);
        for (uint32_t i = 0; i < 1000; i++) {
            if (tl_random_unit(&r) < share_a) {
                in[i] |= 1;
                assert_int_equal(tl_places_add(&a, i, NULL), TL_OK);
            }
            if (tl_random_unit(&r) < share_b) {
                in[i] |= 2;
                assert_int_equal(tl_places_add(&b, i, NULL), TL_OK);
            }
            both += in[i] == 3;
        }
        tl_places_pack(&pa, a.items, a.n);
        tl_places_pack(&pb, b.items, b.n);
        assert_int_equal(tl_places_unpack(&got, tl_buf_text(&pa), pa.len, NULL), TL_OK);
        assert_int_equal(tl_places_keep(&got, tl_buf_text(&pb), pb.len, NULL), TL_OK);
        if (got.n != both)
            fail_msg("seed %llu round %d: %zu places, want %zu", (unsigned long long)seed, round,
                     got.n, both);
        for (size_t i = 0; i < got.n; i++)
            assert_int_equal(in[got.items[i]], 3);
        check_sets(in, &a, &b);
        tl_places_clear(&a);
        tl_places_clear(&b);
        tl_places_clear(&got);
        tl_buf_clear(&pa);
        tl_buf_clear(&pb);
    }
}

static const struct damage_case {
    const char *label, *bytes;
    size_t n;
} damage_cases[] = {
    { "cut off", "\x05\x85", 2 },
    { "a step of none", "\x05\x00", 2 },
    { "beyond all places", "\xFF\xFF\xFF\xFF\x7F", 5 },
    { "six bytes", "\x81\x80\x80\x80\x80\x01", 6 },
};

static void test_damage(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(damage_cases); i++) {
        const struct damage_case *c = &damage_cases[i];
        tl_places list = { 0 };
        tl_error err = { 0 };
        if (tl_places_unpack(&list, c->bytes, c->n, &err) != TL_EIO)
            fail_msg("%s: unpacked", c->label);
        list.n = 0;
        assert_int_equal(tl_places_add(&list, UINT32_MAX - 1, NULL), TL_OK);
        if (tl_places_keep(&list, c->bytes, c->n, &err) != TL_EIO)
            fail_msg("%s: kept", c->label);
        tl_places_clear(&list);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pack),
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_base.c - the ground floor: numbers, arenas, buffers, maps, hashes, streams, threads. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/random.h"
#include "base/text.h"
#include "base/thread.h"
#include "base/uuid.h"

static void test_number_scan(void **state)
{
    (void)state;
    static const struct {
        const char *label, *text;
        char decimal;
        tl_number_fault want;
        double value;
    } rows[] = {
        { "integer", "42", '.', TL_NUMBER_OK, 42 },
        { "signs", "-0.5", '.', TL_NUMBER_OK, -0.5 },
        { "plus", "+7", '.', TL_NUMBER_OK, 7 },
        { "decimal comma", "186,700", ',', TL_NUMBER_OK, 186.7 },
        { "exponent", "1.5e-7", '.', TL_NUMBER_OK, 1.5e-7 },
        { "many digits", "0.1000000000000000055511151231257827", '.', TL_NUMBER_OK, 0.1 },
        { "halfway case", "9007199254740993", '.', TL_NUMBER_OK, 9007199254740992.0 },
        { "17 digits", "0.30000000000000004", '.', TL_NUMBER_OK, 0.30000000000000004 },
        { "17 digits, small", "1.2345678901234567e-11", '.', TL_NUMBER_OK, 1.2345678901234567e-11 },
        { "halfway rounds to even", "4503599627370497.5", '.', TL_NUMBER_OK, 4503599627370498 },
        { "just above halfway", "4503599627370496.501", '.', TL_NUMBER_OK, 4503599627370497 },
        { "19 digits, large power", "9007199254740993001e8", '.', TL_NUMBER_OK,
          9007199254740993001e8 },
        { "eight digits and a letter", "1234567x", '.', TL_NUMBER_SYNTAX, 0 },
        { "eight digits and a colon", "12345678:", '.', TL_NUMBER_SYNTAX, 0 },
        { "smallest subnormal", "5e-324", '.', TL_NUMBER_OK, 5e-324 },
        { "underflow to zero", "1e-400", '.', TL_NUMBER_OK, 0 },
        { "long zero", "0.0000000000000000000000000000", '.', TL_NUMBER_OK, 0 },
        { "leading zeros", "0000000000000000000000012.5", '.', TL_NUMBER_OK, 12.5 },
        { "overflow", "1e400", '.', TL_NUMBER_RANGE, 0 },
        { "empty", "", '.', TL_NUMBER_EMPTY, 0 },
        { "blank", " 1", '.', TL_NUMBER_SYNTAX, 0 },
        { "text", "abc", '.', TL_NUMBER_SYNTAX, 0 },
        { "hex", "0x10", '.', TL_NUMBER_SYNTAX, 0 },
        { "inf", "inf", '.', TL_NUMBER_SYNTAX, 0 },
        { "nan", "nan", '.', TL_NUMBER_SYNTAX, 0 },
        { "two points", "1.2.3", '.', TL_NUMBER_SYNTAX, 0 },
        { "bare exponent", "1e", '.', TL_NUMBER_SYNTAX, 0 },
        { "point where comma is due", "1.5", ',', TL_NUMBER_SYNTAX, 0 },
        { "only sign", "-", '.', TL_NUMBER_SYNTAX, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double v = -1;
        tl_number_fault got =
            tl_number_scan(rows[i].text, strlen(rows[i].text), rows[i].decimal, &v);
        if (got != rows[i].want || (got == TL_NUMBER_OK && v != rows[i].value))
            fail_msg("%s: fault %d value %.17g", rows[i].label, (int)got, v);
    }
}

static void test_number_format(void **state)
{
    (void)state;
    static const struct {
        double v;
        const char *want;
    } rows[] = {
        { 0, "0" },
        { -0.0, "0" },
        { 1, "1" },
        { 0.1, "0.1" },
        { 1.0 / 3, "0.3333333333333333" },
        { 5e-324, "5e-324" },
        { 1e22, "1e+22" },
        { 1.5e-7, "1.5e-7" },
        { 186.7, "186.7" },
        { 1e15, "1e+15" },
        { -2.5, "-2.5" },
        { 0.30000000000000004, "0.30000000000000004" },
        { INFINITY, "null" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char s[TL_NUMBER_MAX];
        tl_number_format(rows[i].v, s);
        const char *want = rows[i].want;
        char no_plus[TL_NUMBER_MAX];
        size_t w = 0;
        for (const char *p = want; *p; p++)
            if (*p != '+')
                no_plus[w++] = *p;
        no_plus[w] = '\0';
        assert_string_equal(s, no_plus);
    }
    tl_random r = tl_random_seed(7);
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = tl_random_next(&r);
        double v, back = 0;
        memcpy(&v, &bits, sizeof v);
        if (!isfinite(v))
            continue;
        char s[TL_NUMBER_MAX];
        size_t n = tl_number_format(v, s);
        assert_int_equal(tl_number_scan(s, n, '.', &back), TL_NUMBER_OK);
        assert_true(back == v);
    }
}

/* Against the C library, which rounds correctly: many digits, and values that lie just at or beside
 * the middle of two doubles. */
static void test_number_rounding(void **state)
{
    (void)state;
    tl_random r = tl_random_seed(11);
    for (int i = 0; i < 200000; i++) {
        uint64_t digits = tl_random_next(&r) >> tl_random_below(&r, 60);
        int power = (int)tl_random_below(&r, 60) - 30;
        if (i % 2) {
            uint64_t odd = (tl_random_next(&r) >> 11 | UINT64_C(1) << 52) * 2 + 1;
            digits = odd * (UINT64_C(1) << tl_random_below(&r, 10)) + tl_random_below(&r, 3) - 1;
            power = (int)tl_random_below(&r, 8) - 2;
        }
        char s[48];
        double got = 0, want = 0;
        int n = snprintf(s, sizeof s, "%llue%d", (unsigned long long)digits, power);
        /* NOLINTNEXTLINE(cert-err34-c): the C library is the reference here */
        assert_int_equal(sscanf(s, "%lf", &want), 1);
        if (tl_number_scan(s, (size_t)n, '.', &got) != TL_NUMBER_OK || got != want)
            fail_msg("%s: got %.17g want %.17g", s, got, want);
    }
}

static void test_number_fixed(void **state)
{
    (void)state;
    static const struct {
        double v;
        int decimals;
        const char *want;
    } rows[] = {
        { 0.15, 1, "0.2" },
        { 0.25, 1, "0.3" },
        { 2.45, 1, "2.5" },
        { -2.45, 1, "-2.5" },
        { 9.99, 1, "10.0" },
        { 0.04, 1, "0.0" },
        { -0.04, 1, "0.0" },
        { 1868.53, 1, "1868.5" },
        { 0.5, 0, "1" },
        { 1e-9, 3, "0.000" },
        { 123456, 2, "123456.00" },
        { 0.0194, 4, "0.0194" },
        { 999.95, 1, "1000.0" },
        { 1e20, 0, "100000000000000000000" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char s[TL_NUMBER_MAX + 320];
        tl_number_format_fixed(rows[i].v, rows[i].decimals, s);
        assert_string_equal(s, rows[i].want);
    }
}

static void test_int_parse(void **state)
{
    (void)state;
    int64_t v = 0;
    assert_int_equal(tl_int_parse("12", 0, 100, &v, NULL), TL_OK);
    assert_int_equal(v, 12);
    assert_int_equal(tl_int_parse("-3", -5, 5, &v, NULL), TL_OK);
    assert_int_equal(v, -3);
    assert_int_equal(tl_int_parse("1.0", 0, 100, &v, NULL), TL_EINPUT);
    assert_int_equal(tl_int_parse("", 0, 100, &v, NULL), TL_EINPUT);
    assert_int_equal(tl_int_parse("101", 0, 100, &v, NULL), TL_EINPUT);
    assert_int_equal(tl_int_parse("99999999999999999999", 0, INT64_MAX, &v, NULL), TL_EINPUT);
}

static void test_error(void **state)
{
    (void)state;
    tl_error e = { 0 };
    assert_int_equal(tl_fail(&e, TL_EINPUT, "a\nb %d", 3), TL_EINPUT);
    assert_string_equal(e.text, "a b 3");
    assert_int_equal(tl_context(&e, TL_EINPUT, "file %s", "x.csv"), TL_EINPUT);
    assert_string_equal(e.text, "file x.csv: a b 3");
    char big[3000];
    for (size_t i = 0; i + 3 < sizeof big; i += 3)
        memcpy(big + i, "\xE9\x92\xA2", 3);
    big[2997] = '\0';
    tl_fail(&e, TL_EINPUT, "%s", big);
    assert_int_equal(tl_utf8_valid(e.text, strlen(e.text)), strlen(e.text));
    tl_fail(&e, TL_EINPUT, "'%.7s' and \xff", "钢铝铜"); /* cut within the third */
    assert_string_equal(e.text, "'钢铝?' and ?");
    assert_int_equal(tl_fail(NULL, TL_EIO, "nobody listens"), TL_EIO);
}

static void test_arena(void **state)
{
    (void)state;
    tl_arena *a;
    assert_int_equal(tl_arena_new(&a, 100000, NULL), TL_OK);
    volatile size_t huge = SIZE_MAX / 2; /* volatile: hides the overflow from the compiler */
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++) {
            char *p = tl_arena_printf(a, "item %d", i);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        }
        assert_null(tl_arena_alloc(a, huge, 4));
        assert_null(tl_arena_alloc(a, 200000, 1));
        tl_arena_reset(a);
        assert_int_equal(tl_arena_used_bytes(a), 0);
    }
    tl_arena_free(a);
}

static void test_arena_grow(void **state)
{
    (void)state;
    tl_arena *a;
    int *list = NULL;
    size_t cap = 0;
    assert_int_equal(tl_arena_new(&a, 100000, NULL), TL_OK);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(tl_arena_grow(a, &list, &cap, (size_t)i + 1, sizeof *list, NULL), TL_OK);
        assert_int_equal(list[i], 0);
        list[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list[i], i);
    const int *before = list;
    const size_t was = cap;
    assert_int_equal(tl_arena_grow(a, &list, &cap, 1, sizeof *list, NULL), TL_OK); /* there is */
    assert_ptr_equal(list, before);
    static const size_t too_many[] = { 100000, SIZE_MAX / 2, SIZE_MAX };
    for (size_t i = 0; i < sizeof too_many / sizeof *too_many; i++) {
        tl_error e = { 0 };
        assert_int_equal(tl_arena_grow(a, &list, &cap, too_many[i], sizeof *list, &e), TL_ENOMEM);
        assert_ptr_equal(list, before);
        assert_int_equal(cap, was);
    }
    assert_int_equal(tl_arena_grow(a, &list, &cap, was + 5000, sizeof *list, NULL), TL_OK);
    assert_int_equal(cap, was + 5000); /* more than twice: just what is needed */
    assert_int_equal(list[999], 999);
    tl_arena_free(a);
}

static void test_buf(void **state)
{
    (void)state;
    tl_buf b;
    tl_buf_init(&b, 10);
    tl_buf_str(&b, "12345");
    tl_buf_printf(&b, "%d", 678);
    assert_string_equal(tl_buf_text(&b), "12345678");
    assert_int_equal(tl_buf_status(&b, NULL), TL_OK);
    tl_buf_str(&b, "too much");
    assert_int_equal(tl_buf_status(&b, NULL), TL_ENOMEM);
    assert_string_equal(tl_buf_text(&b), "12345678");
    tl_buf_clear(&b);
}

static void test_map(void **state)
{
    (void)state;
    tl_map *m;
    bool was = false;
    size_t at = 0;
    uint64_t v = 0;
    assert_int_equal(tl_map_new(&m, NULL), TL_OK);
    for (unsigned i = 0; i < 5000; i++) {
        char key[16];
        snprintf(key, sizeof key, "k%u", i);
        assert_int_equal(tl_map_add(m, tl_span_of(key), i, &at, &was, NULL), TL_OK);
        assert_false(was);
        assert_int_equal(at, i);
    }
    assert_int_equal(tl_map_add(m, tl_span_of("k17"), 99, &at, &was, NULL), TL_OK);
    assert_true(was);
    assert_int_equal(at, 17);
    assert_true(tl_map_find(m, tl_span_of("k4999"), &v));
    assert_int_equal(v, 4999);
    assert_false(tl_map_find(m, tl_span_of("k5000"), &v));
    assert_int_equal(tl_map_size(m), 5000);
    assert_string_equal(tl_map_key(m, 3), "k3");
    assert_int_equal(tl_map_add(m, tl_span_of(""), 1, &at, &was, NULL), TL_OK);
    assert_true(tl_map_find(m, (tl_span){ NULL, 0 }, &v));
    tl_map_free(m);
}

/* FIPS 180-4 example: SHA-256("abc"). */
static void test_sha256(void **state)
{
    (void)state;
    char hex[TL_SHA256_HEX], other[TL_SHA256_HEX];
    assert_int_equal(tl_sha256_of("abc", 3, hex, NULL), TL_OK);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    tl_sha256 *h;
    assert_int_equal(tl_sha256_new(&h, NULL), TL_OK);
    tl_sha256_add_field(h, "ab");
    tl_sha256_add_field(h, "c");
    assert_int_equal(tl_sha256_final(h, hex, NULL), TL_OK);
    tl_sha256_add_field(h, "a");
    tl_sha256_add_field(h, "bc");
    assert_int_equal(tl_sha256_final(h, other, NULL), TL_OK);
    assert_string_not_equal(hex, other);
    tl_sha256_free(h);
}

/* FIPS 180-4 example: SHA-1("abc"). */
static void test_sha1(void **state)
{
    (void)state;
    static const unsigned char want[TL_SHA1_BYTES] = { 0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81,
                                                       0x6a, 0xba, 0x3e, 0x25, 0x71, 0x78, 0x50,
                                                       0xc2, 0x6c, 0x9c, 0xd0, 0xd8, 0x9d };
    unsigned char got[TL_SHA1_BYTES];
    assert_int_equal(tl_sha1_of("abc", 3, got, NULL), TL_OK);
    assert_memory_equal(got, want, sizeof want);
}

/* First outputs of splitmix64 from state 1234567 (reference implementation's published test
 * vector). */
static void test_random(void **state)
{
    (void)state;
    uint64_t s = 1234567;
    assert_true(tl_splitmix_next(&s) == UINT64_C(6457827717110365317));
    assert_true(tl_splitmix_next(&s) == UINT64_C(3203168211198807973));
    tl_random a = tl_random_seed(1), b = tl_random_seed(1);
    double sum = 0;
    for (int i = 0; i < 10000; i++) {
        assert_true(tl_random_next(&a) == tl_random_next(&b));
        sum += tl_random_unit(&a);
        tl_random_next(&b);
        assert_true(tl_random_below(&a, 7) < 7);
        tl_random_next(&b);
    }
    assert_true(fabs(sum / 10000 - 0.5) < 0.02);
}

static void test_text(void **state)
{
    (void)state;
    tl_span rest = tl_span_of("a;;b"), piece;
    assert_true(tl_span_split(&rest, ';', &piece) && tl_span_is(piece, "a"));
    assert_true(tl_span_split(&rest, ';', &piece) && piece.n == 0);
    assert_true(tl_span_split(&rest, ';', &piece) && tl_span_is(piece, "b"));
    assert_false(tl_span_split(&rest, ';', &piece));
    assert_int_equal(tl_text_width("钢 a"), 4);
    assert_int_equal(tl_utf8_valid("a\xC3\x28", 3), 1);
    assert_int_equal(tl_utf8_valid("\xED\xA0\x80", 3), 0); /* a surrogate */
    assert_int_equal(tl_utf8_valid("\xC0\x80", 2), 0);     /* overlong */
    assert_int_equal(tl_utf8_valid("电解铝", 9), 9);
}

/* Seconds by `date -u -d ... +%s`. */
static void test_time_format(void **state)
{
    static const struct {
        int64_t unix_s;
        const char *want;
    } cases[] = {
        { 0, "1970-01-01T00:00:00Z" },         { 951782399, "2000-02-28T23:59:59Z" },
        { 951782400, "2000-02-29T00:00:00Z" }, { INT64_C(253402300799), "9999-12-31T23:59:59Z" },
        { INT64_C(253402300800), "" },         { -1, "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[TL_TIME_ISO];
        tl_time_format(cases[i].unix_s, got);
        assert_string_equal(got, cases[i].want);
    }
}

static void test_date(void **state)
{
    (void)state;
    assert_true(tl_date_valid("2024-02-29"));
    assert_false(tl_date_valid("2023-02-29"));
    assert_false(tl_date_valid("2024-13-01"));
    assert_false(tl_date_valid("2024-1-01"));
    assert_false(tl_date_valid("2024-01-011"));
}

static tl_status square(void *ctx, size_t item, unsigned worker, tl_error *err)
{
    (void)worker;
    if (item == 777 || item == 900)
        return tl_fail(err, TL_ENUMERIC, "item %zu", item);
    ((size_t *)ctx)[item] = item * item;
    return TL_OK;
}

static void test_parallel(void **state)
{
    (void)state;
    static size_t out[700];
    tl_error e = { 0 };
    assert_int_equal(tl_parallel(4, 700, square, out, &e), TL_OK);
    for (size_t i = 0; i < 700; i++)
        assert_int_equal(out[i], i * i);
    static size_t more[1000];
    assert_int_equal(tl_parallel(1, 1000, square, more, &e), TL_ENUMERIC);
    assert_string_equal(e.text, "item 777");
}

static void test_file(void **state)
{
    (void)state;
    char path[] = "/tmp/tanlian-base-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    tl_file_view v;
    tl_error e = { 0 };
    assert_int_equal(tl_file_write(path, "hello", 5, &e), TL_OK);
    assert_int_equal(tl_file_open(&v, path, 0, &e), TL_OK);
    assert_int_equal(v.size, 5);
    assert_memory_equal(v.data, "hello", 5);
    tl_file_close(&v);
    assert_int_equal(tl_file_open(&v, path, 4, &e), TL_EINPUT);
    assert_int_equal(tl_file_open(&v, "/tmp", 0, &e), TL_EINPUT);
    assert_int_equal(tl_file_open(&v, "/nowhere/x", 0, &e), TL_ENOTFOUND);
    remove(path);
}

/* http://www.isthe.com/chongo/src/fnv/test_fnv.c: the 64-bit vectors of FNV-1a. */
static void test_fnv1a(void **state)
{
    (void)state;
    assert_true(tl_fnv1a("", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(tl_fnv1a("a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(tl_fnv1a("foobar", 6) == UINT64_C(0x85944171f73967e8));
}

/* RFC 9562, appendix A.4: www.example.com in the namespace of names of hosts. */
static void test_uuid(void **state)
{
    (void)state;
    static const struct {
        const char *label, *space, *name, *want; /* NULL: refused */
    } rows[] = {
        { "of the RFC", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com",
          "2ed6657d-e927-568b-95e1-2665a8aea6a2" },
        { "capitals", "6BA7B810-9dad-11d1-80b4-00c04fd430c8", "a", NULL },
        { "short", "6ba7b810-9dad-11d1-80b4-00c04fd430c", "a", NULL },
        { "no dash", "6ba7b810-9dad-11d1-80b4x00c04fd430c8", "a", NULL },
        { "empty", "", "a", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[TL_UUID_TEXT] = "";
        tl_error err = { 0 };
        tl_status st = tl_uuid5(rows[i].space, rows[i].name, got, &err);
        if ((st == TL_OK) != (rows[i].want != NULL) ||
            (rows[i].want && strcmp(got, rows[i].want) != 0))
            fail_msg("%s: got %d, %s", rows[i].label, (int)st, got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time_format),   cmocka_unit_test(test_number_scan),
        cmocka_unit_test(test_number_format), cmocka_unit_test(test_number_rounding),
        cmocka_unit_test(test_number_fixed),  cmocka_unit_test(test_int_parse),
        cmocka_unit_test(test_error),         cmocka_unit_test(test_arena),
        cmocka_unit_test(test_arena_grow),    cmocka_unit_test(test_buf),
        cmocka_unit_test(test_map),           cmocka_unit_test(test_sha256),
        cmocka_unit_test(test_sha1),          cmocka_unit_test(test_random),
        cmocka_unit_test(test_text),          cmocka_unit_test(test_date),
        cmocka_unit_test(test_parallel),      cmocka_unit_test(test_file),
        cmocka_unit_test(test_uuid),          cmocka_unit_test(test_fnv1a),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

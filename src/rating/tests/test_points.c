/* test_points.c - points, weights and totals to text and back. */
#include "rating/points.h"

#include "store/tests/scratch.h"

static void test_points_parse(void **state)
{
    (void)state;
    static const struct {
        const char *label, *text;
        tl_points want; /* -1 = refused */
    } rows[] = {
        { "whole", "2", 2000 },
        { "half", "0.5", 500 },
        { "thousandth", "0.001", 1 },
        { "trailing zeros", "2.500", 2500 },
        { "nought", "0", 0 },
        { "nought with decimals", "0.000", 0 },
        { "largest", "100000", TL_POINTS_MAX },
        { "above it", "100000.001", -1 },
        { "far above", "99999999999999999999999999", -1 },
        { "four decimals", "0.0001", -1 },
        { "four decimals of nought", "1.0000", -1 },
        { "empty", "", -1 },
        { "point alone", ".", -1 },
        { "no whole part", ".5", -1 },
        { "no decimals", "5.", -1 },
        { "two points", "1.2.3", -1 },
        { "negative", "-1", -1 },
        { "plus", "+1", -1 },
        { "exponent", "1e2", -1 },
        { "blank", " 1", -1 },
        { "comma", "0,5", -1 },
        { "full width", "２", -1 },
        { "word", "not_asked", -1 },
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_error err = { 0 };
        tl_points got = -1;
        tl_status st = tl_points_parse(rows[i].text, &got, &err);
        if (got != rows[i].want || (st == TL_OK) != (rows[i].want >= 0))
            fail_msg("%s: got %d, want %d (%s)", rows[i].label, got, rows[i].want, err.text);
        if (st != TL_OK)
            assert_non_null(strstr(err.text, "expected points from 0 to 100000"));
    }
}

static void test_points_format(void **state)
{
    (void)state;
    static const struct {
        tl_points p;
        const char *want;
    } rows[] = {
        { 0, "0" },
        { 2500, "2.5" },
        { 2000, "2" },
        { 1, "0.001" },
        { 10, "0.01" },
        { 100000, "100" },
        { 1230, "1.23" },
        { TL_POINTS_MAX, "100000" },
        { INT32_MAX, "2147483.647" },
        { TL_SLOT_NOT_ASKED, "not_asked" },
        { TL_SLOT_NOT_DISCLOSED, "not_disclosed" },
        { TL_SLOT_NOT_APPLICABLE, "not_applicable" },
        { -4, "?" },
        { INT32_MIN, "?" },
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        char got[TL_POINTS_TEXT];
        size_t n = tl_points_format(rows[i].p, got);
        if (strcmp(got, rows[i].want) != 0 || n != strlen(got))
            fail_msg("%d: got %s (%zu), want %s", rows[i].p, got, n, rows[i].want);
    }
}

/* Every value with at most three decimals comes back as it was. */
static void test_points_round_trip(void **state)
{
    (void)state;
    for (tl_points p = 0; p <= 200000; p += 7) {
        char text[TL_POINTS_TEXT];
        tl_points back = -1;
        tl_points_format(p, text);
        if (tl_points_parse(text, &back, NULL) != TL_OK || back != p)
            fail_msg("%d came back from '%s' as %d", p, text, back);
    }
}

static void test_weight_parse(void **state)
{
    (void)state;
    static const struct {
        const char *label, *text;
        tl_weight want; /* -1 = refused */
    } rows[] = {
        { "share", "0.3", 3000 },
        { "percent", "30%", 3000 },
        { "nought", "0", 0 },
        { "one", "1", 10000 },
        { "hundred percent", "100%", 10000 },
        { "smallest", "0.0001", 1 },
        { "smallest percent", "0.01%", 1 },
        { "a third", "33.33%", 3333 },
        { "one and zeros", "1.0000", 10000 },
        { "above one", "1.0001", -1 },
        { "30 without %", "30", -1 },
        { "above 100%", "100.01%", -1 },
        { "five decimals", "0.30001", -1 },
        { "three decimals of %", "0.001%", -1 },
        { "empty", "", -1 },
        { "% alone", "%", -1 },
        { "negative", "-0.1", -1 },
        { "two %", "3%%", -1 },
        { "blank before %", "30 %", -1 },
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_error err = { 0 };
        tl_weight got = -1;
        tl_status st = tl_weight_parse(rows[i].text, &got, &err);
        if (got != rows[i].want || (st == TL_OK) != (rows[i].want >= 0))
            fail_msg("%s: got %d, want %d (%s)", rows[i].label, got, rows[i].want, err.text);
    }
}

/* Half up, once, at the end: 73.05 is exactly half-way and no double. */
static void test_total_format(void **state)
{
    (void)state;
    static const struct {
        tl_total t;
        int decimals;
        const char *want;
    } rows[] = {
        { 730500000, 1, "73.1" },
        { 730499999, 1, "73.0" },
        { 730500000, 2, "73.05" },
        { 731000000, 1, "73.1" },
        { 0, 1, "0.0" },
        { 0, 0, "0" },
        { 499999, 1, "0.0" },
        { 500000, 1, "0.1" },
        { 4999999, 0, "0" },
        { 5000000, 0, "1" },
        { 999500000, 1, "100.0" },
        { 1000000000, 1, "100.0" },
        { 1234567, 4, "0.1235" },
        { 1234567, 9, "0.1235" },
        { 1234567, -1, "0" },
        { -730500000, 1, "-73.1" },
        { -730499999, 1, "-73.0" },
        { -400000, 1, "0.0" },
        { INT64_MAX, 4, "922337203685.4776" },
        { INT64_MIN, 0, "-922337203685" },
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        char got[TL_POINTS_TEXT];
        size_t n = tl_total_format(rows[i].t, rows[i].decimals, got);
        if (strcmp(got, rows[i].want) != 0 || n != strlen(got))
            fail_msg("%lld to %d: got %s, want %s", (long long)rows[i].t, rows[i].decimals, got,
                     rows[i].want);
    }
    assert_true(tl_total_number(731000000) > 73.0999 && tl_total_number(731000000) < 73.1001);
}

static void test_rate_format(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        int64_t points, full;
        int decimals;
        const char *want;
    } rows[] = {
        { "12 of 13", 12000, 13000, 0, "92" },   /* 92.307..% */
        { "9 of 13", 9000, 13000, 1, "69.2" },   /* 69.230..% */
        { "4.5 of 16", 4500, 16000, 0, "28" },   /* 28.125% */
        { "1 of 8 is half-way", 1, 8, 0, "13" }, /* 12.5% */
        { "just below", 12499999, 100000000, 0, "12" },
        { "full", 6000, 6000, 1, "100.0" },
        { "above full", 173, 100, 0, "173" },
        { "nothing", 0, 10, 2, "0.00" },
        { "carry", 9999, 10000, 1, "100.0" }, /* 99.99% */
        { "of nothing", 5, 0, 1, "-" },
        { "an empty", TL_SLOT_NOT_ASKED, 10, 1, "-" },
        { "a third", 1, 3, 4, "33.3333" },
        { "large", 90000000000000000, 90000000000000000, 1, "100.0" },
        { "too large", 1, INT64_MAX, 1, "-" },
    };
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        char got[TL_POINTS_TEXT];
        size_t n = tl_rate_format(rows[i].points, rows[i].full, rows[i].decimals, got);
        if (strcmp(got, rows[i].want) != 0 || n != strlen(got))
            fail_msg("%s: got %s, want %s", rows[i].label, got, rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points_parse),      cmocka_unit_test(test_points_format),
        cmocka_unit_test(test_points_round_trip), cmocka_unit_test(test_weight_parse),
        cmocka_unit_test(test_total_format),      cmocka_unit_test(test_rate_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

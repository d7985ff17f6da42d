/* test_place.c - regions and periods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "quantity/period.h"
#include "quantity/region.h"

static const struct {
    const char *label, *text, *code; /* NULL: not found */
} lookups[] = {
    { "code", "CN-YN", "CN-YN" },
    { "grid code", "CN-GRID-SOUTH", "CN-GRID-SOUTH" },
    { "world", "GLO", "GLO" },
    { "alpha-3", "DEU", "DE" },
    { "English", "Yunnan", "CN-YN" },
    { "English, letter case aside", "united states", "US" },
    { "Chinese", "云南", "CN-YN" },
    { "with 省", "云南省", "CN-YN" },
    { "with 市", "北京市", "CN-BJ" },
    { "with the long ending", "新疆维吾尔自治区", "CN-XJ" },
    { "with 自治区", "内蒙古自治区", "CN-NM" },
    { "country in Chinese", "德国", "DE" },
    { "China", "中国", "CN" },
    { "whole country", "全国", "CN" },
    { "grid area, short", "南方", "CN-GRID-SOUTH" },
    { "grid area", "华北区域电网", "CN-GRID-NORTH" },
    { "grid area, 区域", "西南区域", "CN-GRID-SOUTHWEST" },
    { "Taiwan, short", "台湾", "TW" },
    { "Taiwan, long", "中国台湾", "TW" },
    { "Taiwan, English", "Taiwan", "TW" },
    { "Hong Kong", "香港特别行政区", "HK" },
    { "alias", "UK", "GB" },
    { "blanks around", "  FR ", "FR" },
    { "Mongolia is not Inner Mongolia", "蒙古", "MN" },
    { "Shanxi and Shaanxi", "Shaanxi", "CN-SN" },
    { "unknown", "Atlantis", NULL },
    { "empty", "", NULL },
    { "ending alone", "电网", NULL },
    { "beginning of a name", "Yun", NULL },
    { "lower-case code", "cn-yn", NULL },
};

static void test_lookup(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lookups / sizeof *lookups; i++) {
        const tl_region *r = NULL;
        tl_error err = { 0 };
        tl_status st = tl_region_lookup(lookups[i].text, &r, &err);
        const char *got = st == TL_OK ? r->code : NULL;
        if (!tl_text_equal(got, lookups[i].code))
            fail_msg("%s: got %s, want %s (%s)", lookups[i].label, got ? got : "nothing",
                     lookups[i].code ? lookups[i].code : "nothing", err.text);
    }
}

static const struct {
    const char *inner, *outer;
    int steps;
} chains[] = {
    { "CN-YN", "CN-YN", 0 },
    { "CN-YN", "CN-GRID-SOUTH", 1 },
    { "CN-YN", "CN", 2 },
    { "CN-YN", "GLO", 3 },
    { "CN-YN", "CN-GRID-NORTH", -1 },
    { "CN", "CN-YN", -1 },
    { "DE", "EU", 1 },
    { "DE", "GLO", 2 },
    { "GB", "EU", -1 },
    { "TW", "CN", -1 },
    { "TW", "GLO", 1 },
    { "GLO", "GLO", 0 },
};

static void test_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        const tl_region *a = tl_region_find(chains[i].inner), *b = tl_region_find(chains[i].outer);
        assert_non_null(a);
        assert_non_null(b);
        if (tl_region_steps(a, b) != chains[i].steps)
            fail_msg("%s in %s: %d", a->code, b->code, tl_region_steps(a, b));
    }
}

/* Every row can be found by each of its names and leads to the world; all 31 provinces are there.
 */
static void test_table(void **state)
{
    (void)state;
    size_t provinces = 0, grids = 0;
    const tl_region *world = tl_region_find("GLO");
    for (size_t i = 0; i < tl_region_size(); i++) {
        const tl_region *r = tl_region_at(i), *found = NULL;
        const char *names[] = { r->code, r->en, r->zh, *r->alpha3 ? r->alpha3 : r->code };
        for (size_t k = 0; k < 4; k++)
            if (tl_region_lookup(names[k], &found, NULL) != TL_OK || found != r)
                fail_msg("%s: '%s' leads to %s", r->code, names[k],
                         found ? found->code : "nothing");
        if (tl_region_steps(r, world) < 0)
            fail_msg("%s does not lie in the world", r->code);
        provinces += r->kind == TL_REGION_PROVINCE;
        grids += r->kind == TL_REGION_GRID;
    }
    assert_int_equal(provinces, 31);
    assert_int_equal(grids, 7);
    assert_null(tl_region_at(tl_region_size()));
    assert_null(tl_region_find("XX"));
}

static const struct {
    const char *label, *text, *written; /* NULL: refused */
    int32_t days;
} periods[] = {
    { "year", "2023", "2023", 365 },
    { "leap year", "2024", "2024", 366 },
    { "century without a leap day", "1900", "1900", 365 },
    { "century with one", "2000", "2000", 366 },
    { "month", "2023-04", "2023-04", 30 },
    { "February", "2024-02", "2024-02", 29 },
    { "day", "2023-04-15", "2023-04-15", 1 },
    { "fiscal year", "2023-07/2024-06", "2023-07/2024-06", 366 },
    { "years", "2021/2023", "2021/2023", 1095 },
    { "a year by its months", "2023-01/2023-12", "2023", 365 },
    { "a year by its days", "2023-01-01/2023-12-31", "2023", 365 },
    { "days", "2023-12-30/2024-01-02", "2023-12-30/2024-01-02", 4 },
    { "mixed", "2023/2024-03", "2023-01/2024-03", 456 },
    { "first year", "1800", "1800", 365 },
    { "last year", "2200", "2200", 365 },
    { "empty", "", NULL, 0 },
    { "words", "last year", NULL, 0 },
    { "month 13", "2023-13", NULL, 0 },
    { "month 0", "2023-00", NULL, 0 },
    { "30 February", "2023-02-30", NULL, 0 },
    { "29 February of a plain year", "2023-02-29", NULL, 0 },
    { "two digits", "23", NULL, 0 },
    { "too early", "1799", NULL, 0 },
    { "too late", "2201", NULL, 0 },
    { "ends before it begins", "2024/2023", NULL, 0 },
    { "ends within its first part", "2023/2023-03", NULL, 0 },
    { "open end", "2023/", NULL, 0 },
    { "open beginning", "/2023", NULL, 0 },
    { "three parts", "2021/2022/2023", NULL, 0 },
    { "slashes in a date", "2023/04/15", NULL, 0 },
    { "blank", " 2023", NULL, 0 },
};

static void test_period(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        tl_period p = { 0 };
        tl_error err = { 0 };
        char text[TL_PERIOD_TEXT] = "";
        tl_status st = tl_period_parse(periods[i].text, &p, &err);
        if ((st == TL_OK) != (periods[i].written != NULL))
            fail_msg("%s: status %d (%s)", periods[i].label, (int)st, err.text);
        if (st != TL_OK)
            continue;
        tl_period_format(p, text);
        if (strcmp(text, periods[i].written) != 0 || tl_period_days(p) != periods[i].days)
            fail_msg("%s: '%s', %d days", periods[i].label, text, (int)tl_period_days(p));
    }
    /* 1970-01-01 is day 0; 2026-11-22 is 56 years, 14 leap days and 325 days later: 20779 */
    tl_period p;
    assert_int_equal(tl_period_parse("1970-01-01", &p, NULL), TL_OK);
    assert_int_equal(p.begin, 0);
    assert_int_equal(tl_period_parse("2026-11-22", &p, NULL), TL_OK);
    assert_int_equal(p.begin, 56 * 365 + 14 + 325);
}

static void test_overlap(void **state)
{
    (void)state;
    tl_period y2023 = tl_period_year(2023), y2024 = tl_period_year(2024), fiscal, april;
    assert_int_equal(tl_period_parse("2023-07/2024-06", &fiscal, NULL), TL_OK);
    assert_int_equal(tl_period_parse("2023-04", &april, NULL), TL_OK);
    assert_int_equal(tl_period_overlap_days(y2023, fiscal), 184); /* July to December */
    assert_int_equal(tl_period_overlap_days(fiscal, y2024), 182); /* January to June, leap */
    assert_int_equal(tl_period_overlap_days(y2023, y2024), 0);
    assert_int_equal(tl_period_overlap_days(april, fiscal), 0);
    assert_true(tl_period_contains(y2023, april));
    assert_true(tl_period_contains(y2023, y2023));
    assert_false(tl_period_contains(april, y2023));
    assert_false(tl_period_contains(y2023, fiscal));
}

/* Every day of four centuries, written and read again. */
static void test_every_day(void **state)
{
    (void)state;
    tl_period all;
    assert_int_equal(tl_period_parse("1800/2200", &all, NULL), TL_OK);
    for (int32_t day = all.begin; day < all.end; day++) {
        tl_period p = { day, day + 1 }, back;
        char text[TL_PERIOD_TEXT];
        tl_period_format(p, text);
        if (tl_period_parse(text, &back, NULL) != TL_OK || back.begin != day || back.end != day + 1)
            fail_msg("day %d is '%s'", (int)day, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lookup),  cmocka_unit_test(test_steps),
        cmocka_unit_test(test_table),   cmocka_unit_test(test_period),
        cmocka_unit_test(test_overlap), cmocka_unit_test(test_every_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

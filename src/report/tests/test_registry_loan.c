/* test_registry_loan.c - the term sheet says what was computed, in both languages. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/json_read.h"
#include "report/registry_loan.h"

static const tl_facility facility = {
    .id = "wuhan-rental-1",
    .borrower = "Wuhan car rental",
    .currency = "CNY",
    .grid_date = "2025-01-01",
    .limit = 2000000000,
    .basis = TL_LOAN_BY_CLASS,
    .weight = TL_LOAN_BY_PRICE,
    .steps = { { 1, 0, -20 }, { 2, 0, -10 }, { 3, 0, 0 }, { 4, 0, 10 }, { 5, 0, 20 } },
    .n_steps = 5,
    .signed_on = "2025-02-01",
};

/* 6 of class 1 at 150,000, the last corrected to class 2 since; 4 of class 3 at 200,000. */
static void ten_cars(tl_loan_car cars[10])
{
    for (int i = 0; i < 10; i++)
        cars[i] = i < 6
                      ? (tl_loan_car){ "small-ev", 15000000, 1, 90.5, 1, 0, 1, 90.5, 1, 0, "" }
                      : (tl_loan_car){ "sedan", 20000000, 2, 180.0, 3, 0, 2, 180.0, 3, 0, "Sedan" };
    cars[5].record = "city-ev";
    cars[5].newest = 2;
    cars[5].newest_g_km = 120.0;
    cars[5].newest_class = 2;
}

typedef struct page {
    tl_arena *arena;
    tl_buf en, zh, json;
} page;

static void make_page(page *p, const tl_facility *f, tl_loan_car *cars, size_t n)
{
    tl_loan_result result;
    tl_error err = { 0 };
    assert_int_equal(tl_arena_new(&p->arena, 0, NULL), TL_OK);
    if (tl_loan_compute(f, cars, n, &result, &err) != TL_OK)
        fail_msg("%s", err.text);
    const tl_loan_sheet sheet = { f, cars, n, &result, p->arena };
    const tl_report *r = tl_report_loan(&sheet);
    assert_non_null(r);
    tl_buf_init(&p->en, 0);
    tl_buf_init(&p->zh, 0);
    tl_buf_init(&p->json, 0);
    assert_int_equal(tl_report_as_text(r, false, &p->en, NULL), TL_OK);
    assert_int_equal(tl_report_as_text(r, true, &p->zh, NULL), TL_OK);
    assert_int_equal(tl_report_as_json(r, &p->json, NULL), TL_OK);
}

static void clear_page(page *p)
{
    tl_buf_clear(&p->en);
    tl_buf_clear(&p->zh);
    tl_buf_clear(&p->json);
    tl_arena_free(p->arena);
}

static void says(const char *label, const tl_buf *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strstr(tl_buf_text(text), words[i])) {
            fputs(tl_buf_text(text), stderr);
            fail_msg("%s: does not say '%s'", label, words[i]);
        }
}

/* The hand calculation is in src/registry/tests/test_loan.c. */
static void test_text(void **state)
{
    (void)state;
    static const char *const en[] = {
        "-10.59",
        "-12.00",
        "-10.5882",
        "-9.71",
        "20000000.00",
        "1700000.00",
        "weighted by price",
        "version 2 took the place of version 1; it would be -10 basis points now, charged are -20",
    };
    static const char *const zh[] = { "-10.59", "-12.00", "按价格加权", "第 2 版已取代第 1 版",
                                      "计息仍为 -20 基点" };
    tl_loan_car cars[10];
    page p;
    ten_cars(cars);
    make_page(&p, &facility, cars, 10);
    says("English", &p.en, en, sizeof en / sizeof *en);
    says("Chinese", &p.zh, zh, sizeof zh / sizeof *zh);
    clear_page(&p);
}

static double number(const tl_json_doc *doc, const char *name)
{
    double v = NAN;
    tl_error err = { 0 };
    if (tl_json_as_number(tl_json_get(tl_json_root(doc), name), &v, &err) != TL_OK)
        fail_msg("%s", err.text);
    return v;
}

static void test_json(void **state)
{
    (void)state;
    tl_loan_car cars[10];
    tl_json_doc *doc;
    bool notice;
    page p;
    ten_cars(cars);
    make_page(&p, &facility, cars, 10);
    assert_int_equal(tl_json_read(&doc, "page", p.json.data, p.json.len, NULL, NULL), TL_OK);
    assert_true(number(doc, "by_price") == -10.59);
    assert_true(number(doc, "by_count") == -12.0);
    assert_true(number(doc, "margin_exact") == -10.5882);
    assert_true(number(doc, "margin_now") == -9.71);
    tl_json_value list = tl_json_get(tl_json_root(doc), "cars");
    assert_int_equal(tl_json_count(list), 10);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(
            tl_json_as_bool(tl_json_get(tl_json_item(list, i), "notice"), &notice, NULL), TL_OK);
        assert_int_equal(notice, i == 5);
    }
    assert_int_equal(tl_json_count(tl_json_get(tl_json_root(doc), "notice_list")), 1);
    tl_json_doc_free(doc);
    clear_page(&p);
}

/* A draft by g/km: no notices, what is missing is said. */
static void test_missing(void **state)
{
    (void)state;
    static const char *const en[] = { "not signed: a draft", "missing: worst step", "above",
                                      "weighted by count" };
    static const char *const zh[] = { "未签署（草案）", "缺失，按最差档", "以上" };
    tl_facility f = facility;
    tl_loan_car one[] = { { "unknown", 100, 0, NAN, 0, 0, 0, NAN, 0, 0, "" } };
    page p;
    f.signed_on = "";
    f.basis = TL_LOAN_BY_G_KM;
    f.weight = TL_LOAN_BY_COUNT;
    f.steps[0] = (tl_loan_step){ 0, 150.0, -5 };
    f.steps[1] = (tl_loan_step){ 0, INFINITY, 5 };
    f.n_steps = 2;
    make_page(&p, &f, one, 1);
    says("English", &p.en, en, sizeof en / sizeof *en);
    says("Chinese", &p.zh, zh, sizeof zh / sizeof *zh);
    assert_null(strstr(tl_buf_text(&p.en), "took the place"));
    clear_page(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

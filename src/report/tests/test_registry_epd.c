/* test_registry_epd.c - the views of the programme, as text and as JSON. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/registry_epd.h"
#include "report/registry_epd_effect.h"
#include "report/registry_record.h"

static const tl_record_part parts[] = { { "indicator", "acidification", 4.25, "kg/t" },
                                        { "stage", "materials", 1, "kgCO2e/t" } };
static const tl_record record = { .id = "epd-one",
                                  .version = 2,
                                  .state = TL_RECORD_PUBLISHED,
                                  .product = "hot-rolled coil",
                                  .maker = "Tangsteel",
                                  .value = 1500.5,
                                  .unit = "kgCO2e/t",
                                  .boundary = "cradle to gate",
                                  .method = "",
                                  .valid_from = "2026-05-01",
                                  .valid_until = "2031-05-01",
                                  .reason = "new furnace",
                                  .hash = "abc",
                                  .parts = parts,
                                  .n_parts = 2 };
static const tl_epd epd = { "epd-one", "steel", "CISA",       "N1", "tangsteel",
                            "Vera",    "cqc",   "2031-05-01", 1 };

/* Fails unless the view says all the words, in the order given, in both languages and in JSON. */
static void expect_view(const char *label, const tl_report *r, const char *const *en,
                        const char *const *zh, const char *const *json)
{
    const char *const *const wanted[] = { en, zh, json };
    if (!r) {
        fail_msg("%s: out of memory", label);
        return;
    }
    for (int way = 0; way < 3; way++) {
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_status st =
            way == 2 ? tl_report_as_json(r, &b, NULL) : tl_report_as_text(r, way, &b, NULL);
        assert_int_equal(st, TL_OK);
        const char *at = tl_buf_text(&b);
        for (const char *const *word = wanted[way]; *word; word++) {
            const char *found = strstr(at, *word);
            if (found)
                at = found;
            else
                fail_msg("%s: '%s' is not in (or not there in) %s", label, *word, tl_buf_text(&b));
        }
        tl_buf_clear(&b);
    }
}

static void test_list(void **state)
{
    tl_arena *a = *state;
    const tl_epd_shown list[] = { { &epd, &record } };
    tl_report *r;
    assert_int_equal(tl_report_epd_list(&r, list, 1, a, NULL), TL_OK);
    expect_view("list", r,
                (const char *const[]){ "Environmental product declarations", "hot-rolled coil",
                                       "1500.50", "2031-05-01", "registered", NULL },
                (const char *const[]){ "环境产品声明", "注册号", "产品种类规则", "已注册", NULL },
                (const char *const[]){
                    "\"report\": \"epd-list\"", "\"registration\": \"N1\"", "\"value\": 1500.5",
                    "\"state\": \"published\"", "\"open_questions\": 1", "\"verifier\": \"Vera\"",
                    "\"indicator:acidification [kg/t]\": 4.25", "\"stage:materials\": 1", NULL });
}

static void test_card(void **state)
{
    tl_arena *a = *state;
    const tl_pcr pcr = { "steel", "Steel products", "钢铁产品", "1", "", "s" };
    const tl_epd_question questions[] = {
        { 1, "2026-04-01", "Vera", "why?", "2026-04-02", "mei", "so", "2026-04-03", "Vera" },
        { 2, "2026-04-01", "Vera", "which?", "2026-04-02", "mei", "this", "", "" },
        { 3, "2026-04-01", "Vera", "when?", "", "", "", "", "" },
    };
    const tl_epd_card c = { { &epd, &record }, &pcr, NULL, questions, 3, TL_EPD_SIDE_NONE, a };
    expect_view("card", tl_report_epd(&c),
                (const char *const[]){ "hot-rolled coil", "registered", "1500.5", "Steel products",
                                       "tangsteel", "acidification", "4.25", "closed", "why?",
                                       "answered", "which?", "open", "when?", NULL },
                (const char *const[]){ "已注册", "钢铁产品", "核查问答", "已关闭", "已答复",
                                       "待答复", NULL },
                (const char *const[]){
                    "\"state\": \"published\"", "\"version\": 2", "\"value\": 1500.5",
                    "\"pcr\": \"steel\"", "\"hash\": \"abc\"", "\"indicator\": \"acidification\"",
                    "\"question\": 1", "\"state\": \"closed\"", "\"state\": \"open\"", NULL });
}

static void test_panel(void **state)
{
    tl_arena *a = *state;
    const tl_threshold rows[] = {
        { "ResponsibleSteel V2.0", "level 1", "a source", "steel", "2022-09-14", 1.575, 2.8, 0.35,
          true },
        { "ResponsibleSteel V2.0", "level 2", "a source", "steel", "2022-09-14", 1.125, 2.0, 0.25,
          false },
        { "ASI", "smelter", "a source", "primary-aluminium", "2024-10", NAN, NAN, NAN, false },
    };
    const tl_epd_panel p = { "hot-rolled coil", "steel", 1.5, 0.5, rows, 3, a };
    expect_view("panel", tl_report_epd_thresholds(&p),
                (const char *const[]){ "0.5", "level 1", "1.575", "yes", "level 2", "1.125", "no",
                                       "ASI", "not applicable", "not a certificate", NULL },
                (const char *const[]){ "废钢", "是", "否", "不适用", "不代表认证", NULL },
                (const char *const[]){ "\"t_co2e_per_t\": 1.5", "\"scrap_share\": 0.5",
                                       "\"limit\": 1.575", "\"met\": \"yes\"", "\"met\": \"no\"",
                                       "\"limit\": null", "\"met\": null", NULL });
}

/* One car that is published, one that is not and has no footprint, one that the first passed. */
static const tl_epd_shift shifts[] = {
    { .car = "car-one",
      .mass_kg = 300,
      .computed_before = 200.25,
      .computed_after = 195,
      .version = 1,
      .maker = "Alpha",
      .g_km_before = 200.25,
      .g_km_after = 195,
      .mean_before = 198,
      .mean_after = 197,
      .below_before = false,
      .below_after = true,
      .class_before = 4,
      .class_after = 2 },
    { .car = "car-two",
      .mass_kg = 5,
      .computed_before = NAN,
      .computed_after = NAN,
      .maker = "",
      .g_km_before = NAN,
      .g_km_after = NAN,
      .mean_before = NAN,
      .mean_after = NAN },
    { .car = "car-three",
      .computed_before = NAN,
      .computed_after = NAN,
      .version = 2,
      .maker = "Beta",
      .g_km_before = 197.5,
      .g_km_after = 197.5,
      .mean_before = 198,
      .mean_after = 197,
      .below_before = true,
      .class_before = 3 },
};

static tl_epd_preview a_preview(void)
{
    static const tl_supplier_factor factors[] = {
        { "steel", "Tangsteel", 0.9, "epd-one@2", NULL, NULL },
        { "steel", "唐钢", 0.9, "epd-one@2", NULL, NULL }
    };
    static const tl_epd_maker makers[] = { { "Alpha", 4, 1, 2 } };
    static const tl_epd_loan loans[] = {
        { .id = "draft",
          .signed_on = "",
          .weight = TL_LOAN_BY_PRICE,
          .cars = 1,
          .by_count_after_e4 = -150000,
          .by_price_before_e4 = -100000,
          .by_price_after_e4 = -125000 },
        { .id = "signed",
          .signed_on = "2026-06-01",
          .weight = TL_LOAN_BY_COUNT,
          .cars = 2,
          .charged_e4 = 70000 },
        { .id = "odd", .signed_on = "", .refused = "no class 9" }
    };
    return (tl_epd_preview){ .declaration = "epd-one@2",
                             .factors = factors,
                             .n_factors = 2,
                             .cars = shifts,
                             .n_cars = 3,
                             .makers = makers,
                             .n_makers = 1,
                             .loans = loans,
                             .n_loans = 3,
                             .hash = "feed" };
}

static void test_effects(void **state)
{
    tl_arena *a = *state;
    const tl_epd_doubt doubts[] = { { "HBIS", "hbis", 2, TL_EPD_DOUBT_GROUP } };
    const tl_epd_owner owner = { .company = "tangsteel", .doubts = doubts, .n_doubts = 1 };
    const tl_epd_preview p = a_preview();
    const tl_epd_effect_view v = { &p, "steel", &owner, false, a };
    const tl_epd_effect_view saved = { &p, "steel", NULL, true, a };
    expect_view(
        "effects", tl_report_epd_effects(&v),
        (const char *const[]){ "epd-one@2",
                               "Tangsteel; 唐钢",
                               "feed",
                               "car-one",
                               "300.0",
                               "200.3",
                               "195.0",
                               "-5.3",
                               "Alpha",
                               "200.3",
                               "195.0",
                               "no",
                               "yes",
                               "4",
                               "2",
                               "car-two",
                               "no footprint",
                               "not published",
                               "car-three",
                               "others moved",
                               "Beta",
                               "none",
                               "Makers",
                               "Alpha",
                               "25.0",
                               "50.0",
                               "Loans",
                               "draft",
                               "-10.0000",
                               "-12.5000",
                               "2026-06-01",
                               "7.0000",
                               "no class 9",
                               "HBIS",
                               "another company",
                               "A preview",
                               "Nothing is saved",
                               NULL },
        (const char *const[]){ "之前", "之后", "变化", "无碳足迹结果", "未公布", "受他车影响",
                               "企业", "贷款", "同一集团", "仅为预览", "尚未保存", NULL },
        (const char *const[]){
            "\"effects\": \"feed\"", "\"before_g_km\": 200.25", "\"change_g_km\": -5.25",
            "\"mean_after_g_km\": 197", "\"class_after\": 2", "\"before_g_km\": null",
            "\"eta_after_percent\": 50", "\"margin_after\": -12.5", "\"why\": \"group\"", NULL });
    expect_view(
        "saved", tl_report_epd_effects(&saved), (const char *const[]){ "This use is saved", NULL },
        (const char *const[]){ "已保存", NULL }, (const char *const[]){ "epd-one@2", NULL });
}

static void test_update(void **state)
{
    tl_arena *a = *state;
    const tl_record fresh = { .id = "epd-one", .value = 930.31, .unit = "kgCO2e/t" };
    const tl_epd_move moves[] = { { "value", "kgCO2e/t", 1500.5, 930.31, -0.38, true },
                                  { "ozone", "kg/t", 0, 1e-12, INFINITY, true },
                                  { "acidification", "kg/t", 4.25, 4, -0.0588, false } };
    const tl_threshold limits[] = {
        { "RS", "level 1", "s", "steel", "2024-01-01", 1.33, 2.8, 0.35, true },
        { "RS", "level 2", "s", "steel", "2024-01-01", 0.95, 2.0, 0.25, true },
        { "RS", "level 3", "s", "steel", "2024-01-01", 0.57, 1.2, 0.15, false }
    };
    const tl_epd_preview p = a_preview();
    const tl_epd_update_view demanded = { &record, &fresh, moves, 3, &p, limits, 3, true, a };
    const tl_epd_update_view small = { &record, &fresh, &moves[2], 1, &p, NULL, 0, false, a };
    expect_view("demanded", tl_report_epd_update(&demanded),
                (const char *const[]){ "epd-one", "2", "demanded", "RS level 2", "1500.5", "930.31",
                                       "-38.0", "1e-12", "was 0", "-5.9", "level 3", "0.570",
                                       "car-one", "registered and used again", "draft of the next",
                                       NULL },
                (const char *const[]){ "需要更新", "原为 0", "低碳", "草稿", NULL },
                (const char *const[]){ "\"update\": \"demanded\"", "\"new\": 930.31",
                                       "\"demands\": true", "\"demands\": false", NULL });
    expect_view("not demanded", tl_report_epd_update(&small),
                (const char *const[]){ "not demanded", "Nothing is saved", NULL },
                (const char *const[]){ "无需更新", "尚未保存", NULL },
                (const char *const[]){ "\"update\": \"not-demanded\"", NULL });
}

static void test_expiring(void **state)
{
    tl_arena *a = *state;
    const char *const cars[] = { "car-one", "car-two" };
    static const bool published[] = { true, false };
    const tl_epd_expiry list[] = { { "epd-one", "2031-05-01", "tangsteel", false, cars, published,
                                     2 },
                                   { "epd-two", "2031-04-01", "hbis", true, NULL, NULL, 0 } };
    expect_view("expiring", tl_report_epd_expiring(list, 2, "2031-04-30", "2031-05-01", a),
                (const char *const[]){ "2031-04-30", "epd-one", "tangsteel", "car-one", "epd-one",
                                       "car-two", "epd-two", "no car", "keep their value", NULL },
                (const char *const[]){ "有效期至", "无车型使用", "保持不变", NULL },
                (const char *const[]){ "\"over\": false", "\"car\": \"car-two\"", "\"over\": true",
                                       "\"car\": null", NULL });
}

/* A car that stands on declarations: what has become of each, and that its value stays. */
static void test_marks(void **state)
{
    tl_arena *a = *state;
    static const struct mark_case {
        const char *label;
        tl_epd_mark mark;
        const char *code, *en, *zh; /* zh NULL: nothing to warn of */
    } cases[] = {
        { "in force",
          { .state = TL_RECORD_PUBLISHED, .sealed = true },
          "\"mark\": \"in force\"",
          "in force",
          NULL },
        { "updated",
          { .state = TL_RECORD_SUPERSEDED, .sealed = true, .replaced_by = 2 },
          "\"mark\": \"updated\"",
          "updated",
          NULL },
        { "expired",
          { .state = TL_RECORD_PUBLISHED, .sealed = true, .over = true },
          "\"mark\": \"expired\"",
          "epd-one@1: expired, 2031-05-01. It keeps its value.",
          "已过期" },
        { "withdrawn",
          { .state = TL_RECORD_WITHDRAWN, .sealed = true, .ended_on = "2027-03-01" },
          "\"mark\": \"withdrawn\"",
          "epd-one@1: withdrawn, 2027-03-01. It keeps its value.",
          "已撤回" },
        { "another seal",
          { .state = TL_RECORD_PUBLISHED },
          "not the version that was sealed",
          "not the version that was sealed",
          "与存证版本不符" },
    };
    tl_record car = record;
    car.kind = TL_RECORD_VEHICLE;
    car.company = car.disclosure_id = car.size_class = car.body = car.powertrain = "";
    car.launched = car.grade = car.verifier = car.published_on = car.input_hash = "";
    car.evidence = "declared by suppliers";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tl_epd_mark m = cases[i].mark;
        const tl_record_card c = { .record = &car, .marks = &m, .n_marks = 1 };
        m.record = "epd-one";
        m.version = 1;
        m.product = m.owner = "x";
        m.valid_until = "2031-05-01";
        m.ended_because = "";
        if (!m.ended_on)
            m.ended_on = "";
        expect_view(cases[i].label, tl_report_record(&c, a),
                    (const char *const[]){ "declared by suppliers", "Declarations it stands on",
                                           cases[i].en, NULL },
                    (const char *const[]){ "所依据的环境产品声明", cases[i].zh ? cases[i].zh : "",
                                           cases[i].zh ? "数值保持不变" : "", NULL },
                    (const char *const[]){ cases[i].code, NULL });
    }
}

static int setup(void **state)
{
    return tl_arena_new((tl_arena **)state, 0, NULL) == TL_OK ? 0 : -1;
}

static int teardown(void **state)
{
    tl_arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),     cmocka_unit_test(test_card),
        cmocka_unit_test(test_panel),    cmocka_unit_test(test_effects),
        cmocka_unit_test(test_update),   cmocka_unit_test(test_marks),
        cmocka_unit_test(test_expiring),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

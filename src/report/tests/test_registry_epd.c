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
    expect_view("list", tl_report_epd_list(list, 1, a),
                (const char *const[]){ "Environmental product declarations", "hot-rolled coil",
                                       "1500.50", "2031-05-01", "registered", NULL },
                (const char *const[]){ "环境产品声明", "注册号", "产品种类规则", "已注册", NULL },
                (const char *const[]){ "\"report\": \"epd-list\"", "\"registration\": \"N1\"",
                                       "\"value\": 1500.5", "\"state\": \"published\"",
                                       "\"open_questions\": 1", "\"verifier\": \"Vera\"", NULL });
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
    const tl_epd_card c = { { &epd, &record }, &pcr, NULL, questions, 3, a };
    expect_view("card", tl_report_epd(&c),
                (const char *const[]){ "hot-rolled coil", "registered", "1500.5", "Steel products",
                                       "tangsteel", "acidification", "4.2500", "closed", "why?",
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
        { "ResponsibleSteel V2.0", "level 1", "a source", "steel", "2022-09-14", 1.575, true },
        { "ResponsibleSteel V2.0", "level 2", "a source", "steel", "2022-09-14", 1.125, false },
        { "ASI", "smelter", "a source", "primary-aluminium", "2024-10", NAN, false },
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

static void test_effects(void **state)
{
    tl_arena *a = *state;
    const tl_epd_effect rows[] = { { "car-one", 200.25, 195, 300 }, { "car-two", NAN, NAN, 5 } };
    const tl_epd_effect_view v = { "epd-one", "steel", "Tangsteel", false, rows, 2, a };
    const tl_epd_effect_view saved = { "epd-one", "steel", "Tangsteel", true, rows, 2, a };
    expect_view("effects", tl_report_epd_effects(&v),
                (const char *const[]){ "car-one", "300.0", "200.3", "195.0", "-5.3", "car-two",
                                       "no footprint", "Nothing is saved", NULL },
                (const char *const[]){ "之前", "之后", "变化", "无碳足迹结果", "尚未保存", NULL },
                (const char *const[]){ "\"before_g_km\": 200.25", "\"after_g_km\": 195",
                                       "\"change_g_km\": -5.25", "\"before_g_km\": null", NULL });
    expect_view("saved", tl_report_epd_effects(&saved),
                (const char *const[]){ "This use is saved", NULL },
                (const char *const[]){ "已保存", NULL }, (const char *const[]){ "epd-one", NULL });
}

static void test_expiring(void **state)
{
    tl_arena *a = *state;
    const char *const cars[] = { "car-one", "car-two" };
    const tl_epd_expiry list[] = { { "epd-one", "2031-05-01", false, cars, 2 },
                                   { "epd-two", "2031-04-01", true, NULL, 0 } };
    expect_view("expiring", tl_report_epd_expiring(list, 2, "2031-04-30", "2031-05-01", a),
                (const char *const[]){ "2031-04-30", "epd-one", "car-one", "epd-one", "car-two",
                                       "epd-two", "no car", "keep their value", NULL },
                (const char *const[]){ "有效期至", "无车型使用", "保持不变", NULL },
                (const char *const[]){ "\"over\": false", "\"car\": \"car-two\"", "\"over\": true",
                                       "\"car\": null", NULL });
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
        cmocka_unit_test(test_expiring),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

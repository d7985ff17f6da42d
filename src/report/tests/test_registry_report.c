/* test_registry_report.c - the reports and charts of published cars: what they say, in both
 * languages, and that words fit the data. */
#include "report/registry_chart.h"
#include "report/registry_sales.h"

#include "base/file.h"
#include "format/sheet.h"
#include "registry/tests/published_test.h"
#include "report/registry_parts.h"

typedef struct report_fixture {
    tl_arena *arena;
    tl_cars cars;
    tl_peer_rule rule;
    tl_benchmarks b;
    tl_registry_view v;
} report_fixture;

static int setup(void **state)
{
    report_fixture *f = calloc(1, sizeof *f);
    *state = f;
    return f && tl_arena_new(&f->arena, 0, NULL) == TL_OK ? 0 : -1;
}

static int teardown(void **state)
{
    report_fixture *f = *state;
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

static const tl_registry_view *view_of(report_fixture *f, const published_row *rows, size_t n)
{
    f->cars = published(rows, n, f->arena);
    f->rule = published_rule();
    f->b = published_benchmarks(&f->cars, &f->rule, f->arena);
    f->v = (tl_registry_view){ .cars = &f->cars,
                               .benchmarks = &f->b,
                               .rule = &f->rule,
                               .day = "2024-09-30",
                               .arena = f->arena };
    return &f->v;
}

static const char *text_of(const tl_report *r, bool zh, tl_arena *arena)
{
    tl_buf out;
    tl_error err = { 0 };
    assert_non_null(r);
    tl_buf_init(&out, 0);
    if (tl_report_as_text(r, zh, &out, &err) != TL_OK)
        fail_msg("%s", err.text);
    const char *text = tl_arena_str(arena, tl_buf_text(&out));
    tl_buf_clear(&out);
    return text;
}

static const char *json_of(const tl_report *r, tl_arena *arena)
{
    tl_buf out;
    tl_error err = { 0 };
    assert_non_null(r);
    tl_buf_init(&out, 0);
    if (tl_report_as_json(r, &out, &err) != TL_OK)
        fail_msg("%s", err.text);
    const char *text = tl_arena_str(arena, tl_buf_text(&out));
    tl_buf_clear(&out);
    return text;
}

static void expect(const char *label, const char *text, const char *words, bool there)
{
    if ((strstr(text, words) != NULL) != there)
        fail_msg("%s: %s '%s' in:\n%s", label, there ? "no" : "there is", words, text);
}

/* Three heavy cars of F above the mean of their category and all in class 1, as in
 * test_car_statistics.c. */
static const tl_registry_view *heavy_cars(report_fixture *f)
{
    published_row rows[75];
    for (size_t i = 0; i < 75; i++)
        rows[i] = (published_row){ .id = tl_arena_printf(f->arena, "%02zu", i),
                                   .maker = i < 3    ? "F"
                                            : i < 15 ? "H"
                                                     : "L",
                                   .size = "midsize",
                                   .body = "mpv",
                                   .powertrain = "gasoline",
                                   .g_km = i < 3    ? 300
                                           : i < 15 ? 400
                                                    : 100,
                                   .kerb_mass_kg = i < 15 ? 2400 : 1200,
                                   .launched = "2024-05" };
    return view_of(f, rows, 75);
}

static const tl_report *groups_report(const tl_registry_view *v, tl_car_field field)
{
    const tl_car_group *g;
    size_t n;
    assert_int_equal(
        tl_car_groups_make(v->cars, v->benchmarks, NULL, 0, field, v->arena, &g, &n, NULL), TL_OK);
    return tl_report_car_groups(v, field, g, n);
}

static void test_groups(void **state)
{
    report_fixture *f = *state;
    const tl_report *r = groups_report(heavy_cars(f), TL_CARS_BY_MAKER);
    const char *json = json_of(r, f->arena), *zh = text_of(r, true, f->arena);
    expect("eta of F", json, "\"group\": \"F\",\n      \"cars\": 3,", true);
    expect("eta of F", json, "\"below\": 0,\n      \"eta\": 0,", true);
    expect("class 1 of F", json, "\"class_1_share\": 100", true);
    expect("why both", zh, "比较对象不同", true);
    expect("shares add up", zh, "四舍五入：", false);
    expect("rule", zh, "peer-rule@2026.1", true);
}

/* Three cars in three classes: 33 + 33 + 33 = 99 (SPEC 3.2, check 6). */
static void test_shares_off(void **state)
{
    report_fixture *f = *state;
    published_row rows[5];
    for (size_t i = 0; i < 5; i++)
        rows[i] = (published_row){ .id = tl_arena_printf(f->arena, "%zu", i),
                                   .maker = i < 3 ? "odd" : "even",
                                   .size = "compact",
                                   .body = "suv",
                                   .powertrain = "bev",
                                   .g_km = 100 + 10 * (double)i,
                                   .kerb_mass_kg = 1500 };
    const tl_report *r = groups_report(view_of(f, rows, 5), TL_CARS_BY_MAKER);
    expect("99", text_of(r, false, f->arena), "in 1 of 2 groups those shown do not add up", true);
    expect("99", text_of(r, true, f->arena), "1 组（共 2 组）", true);
}

/* Sales-weighted means with their months; a series with the range of its classes; names of groups.
 */
static void test_groups_with_sales(void **state)
{
    report_fixture *f = *state;
    static const char *const series[] = { "F · one", "H · two" }, *const ids[] = { "f" },
                             *const en[] = { "Group F" }, *const zh[] = { "集团F" };
    static const tl_car_sales sales[] = { { "00", 100 }, { "03", 300 }, { "70", 0 } };
    static const tl_sales_period period = { "2024-07", "2024-09", "CN", 3, 1 };
    const tl_car_group *g;
    size_t n;
    heavy_cars(f);
    f->cars.series = (tl_car_words){ series, 2 };
    f->cars.groups = (tl_car_names){ { ids, 1 }, en, zh };
    for (size_t i = 0; i < 15; i++) {
        f->cars.cars[i].series = i >= 10;
        f->cars.cars[i].group = 0;
    }
    f->v.sales = &period;
    assert_int_equal(
        tl_car_groups_make(&f->cars, &f->b, sales, 3, TL_CARS_BY_SERIES, f->arena, &g, &n, NULL),
        TL_OK);
    const tl_report *r = tl_report_car_groups(&f->v, TL_CARS_BY_SERIES, g, n);
    const char *text = text_of(r, false, f->arena), *json = json_of(r, f->arena);
    expect("months", text, "sales-weighted 2024-07 to 2024-09", true);
    expect("months", text_of(r, true, f->arena), "按 2024-07 至 2024-09 销量加权", true);
    expect("weighted", json, "\"weighted_g_km\": 375", true);   /* (300 + 3 x 400) / 4 */
    expect("range", json, "\"class_range_en\": \"1-2\"", true); /* 3 in class 1, 7 in class 2 */
    expect("one class", json, "\"class_range_en\": \"2\"", true);
    expect("gap", text, "Of the 3 months, 1 have no sales", true);
    f->v.sales = NULL;
    assert_int_equal(
        tl_car_groups_make(&f->cars, &f->b, NULL, 0, TL_CARS_BY_GROUP, f->arena, &g, &n, NULL),
        TL_OK);
    r = tl_report_car_groups(&f->v, TL_CARS_BY_GROUP, g, n);
    text = text_of(r, true, f->arena);
    expect("group", text, "集团F", true);
    expect("no group", text, "未收入企业名录", true);
    expect("joint ventures", text, "合资企业有两家股东", true);
    expect("no sales, no column", text, "销量加权  ", false);
}

static void test_best_sellers(void **state)
{
    report_fixture *f = *state;
    static const tl_best_seller items[] = {
        { 1, "F · one", 300, 0.75, 210.25, 1, 3, 3, 3, 0 },
        { 2, "H · two", 60, 0.15, (double)NAN, 0, 0, 1, 0, 1 },
        { 3, "H · three", 30, 0.075, 250, 4, 4, 2, 1, 1 },
        { 4, "L · four", 10, 0.025, 100, 0, 0, 1, 1, 0 },
    };
    static const tl_price_band band = { "low", "CNY", "low prices", "低价", 0, 1 };
    static const tl_sales_period period = { "2024-09", "2024-09", "CN", 1, 0 };
    static const tl_car_market market = { .version = "1", .checksum = "c" };
    const tl_best_scope scope = { "low", &band, false };
    const tl_best_sellers best = { items, 4, 400, 2, 70 };
    const tl_best_view b = { &f->v, &market, &scope, &best, 3 };
    tl_buf out;
    heavy_cars(f);
    f->v.sales = &period;
    const tl_report *r = tl_report_best_sellers(&b);
    const char *en = text_of(r, false, f->arena), *zh = text_of(r, true, f->arena),
               *json = json_of(r, f->arena);
    expect("title", en, "Best sellers, 2024-09: low prices", true);
    expect("title", zh, "2024-09畅销车系：低价", true);
    expect("range", json, "\"classes_en\": \"1-3\"", true);
    expect("in calculation", json, "\"classes_en\": \"/\",\n", true);
    expect("partly", json, "\"classes_en\": \"4 /\"", true);
    expect("no footprint", json, "\"g_km\": null", true);
    expect("left out", json, "\"units_left_out\": 70", true);
    expect("top", json, "L · four", false);
    expect("what / is", zh, "碳足迹核算中", true);
    tl_buf_init(&out, 0);
    assert_int_equal(tl_chart_best_sellers(&b, true, &out, NULL), TL_OK);
    expect("chart", tl_buf_text(&out), "F · one销量最高，占低价的 75.0%", true);
    const tl_best_sellers none = { .n = 0 };
    const tl_best_view empty = { &f->v, &market, &scope, &none, 3 };
    assert_int_equal(tl_chart_best_sellers(&empty, true, &out, NULL), TL_ENOTFOUND);
    expect("nothing", text_of(tl_report_best_sellers(&empty), false, f->arena),
           "sold in the scope: 0", true);
    tl_buf_clear(&out);
}

static void test_benchmarks(void **state)
{
    report_fixture *f = *state;
    const tl_registry_view *v = heavy_cars(f);
    const tl_report *r = tl_report_car_benchmarks(v, 0);
    const char *en = text_of(r, false, f->arena), *json = json_of(r, f->arena);
    expect("above the mean", en, "not below average", true);
    expect("class 1", json, "\"class\": 1", true);
    expect("distance", en, "92.3", true); /* (300 - 156) / 156 */
    expect("peers", en, "with 2300 to 2500 kg kerb mass", true);
    expect("why both", en, "Because the peers differ", true);
    expect("agrees", text_of(tl_report_car_benchmarks(v, 20), false, f->arena),
           "Because the peers differ", false);
    const published_row lone = { .id = "x", .size = "compact", .g_km = 200, .kerb_mass_kg = NAN };
    const char *zh = text_of(tl_report_car_benchmarks(view_of(f, &lone, 1), 0), true, f->arena);
    expect("no category", zh, "类别不全", true);
    expect("no mass", zh, "整备质量未知", true);
    expect("no class", zh, "不分级", true);
}

static void test_awards(void **state)
{
    report_fixture *f = *state;
    const tl_registry_view *v = heavy_cars(f);
    const tl_award_rule rule = { "2024-04", "2024-09", 0.1, 5 };
    const tl_award *a;
    size_t n, left_out;
    assert_int_equal(tl_awards_make(v->cars, &rule, f->arena, &a, &n, &left_out, NULL), TL_OK);
    const tl_report *r = tl_report_car_awards(v, &rule, a, n, left_out);
    expect("joint", text_of(r, false, f->arena), "joint winners", true);
    expect("step", json_of(r, f->arena), "\"step_g_km\": 0.1", true);
    expect("zh", text_of(r, true, f->arena), "并列获选", true);
}

static void test_facets_and_histogram(void **state)
{
    report_fixture *f = *state;
    const tl_registry_view *v = heavy_cars(f);
    tl_car_facets facets;
    tl_car_histogram h;
    assert_int_equal(tl_car_facets_count(v->cars, v->benchmarks, NULL, f->arena, &facets, NULL),
                     TL_OK);
    const char *zh = text_of(tl_report_car_facets(v, &facets), true, f->arena);
    expect("facet", zh, "汽油车", true);
    expect("facet", zh, "中型车", true);
    assert_int_equal(
        tl_car_histogram_make(v->cars, v->benchmarks, NULL, 100, "00", f->arena, &h, NULL), TL_OK);
    expect("bin", json_of(tl_report_car_histogram(v, &h), f->arena),
           "\"from\": 300,\n      \"to\": 400,\n      \"cars\": 3,\n      \"marked\": true", true);
}

static void test_charts(void **state)
{
    report_fixture *f = *state;
    const tl_registry_view *v = heavy_cars(f);
    const tl_car_group *g;
    tl_car_histogram h;
    size_t n;
    tl_buf out;
    tl_error err = { 0 };
    tl_buf_init(&out, 0);
    assert_int_equal(tl_car_groups_make(v->cars, v->benchmarks, NULL, 0, TL_CARS_BY_MAKER, f->arena,
                                        &g, &n, NULL),
                     TL_OK);
    assert_int_equal(tl_chart_car_classes(v, TL_CARS_BY_MAKER, g, n, 0, "F", false, &out, &err),
                     TL_OK);
    expect("classes", tl_buf_text(&out), "the largest share of class 1, 100%", true);
    tl_buf_reset(&out);
    assert_int_equal(
        tl_car_histogram_make(v->cars, v->benchmarks, NULL, 20, "00", f->arena, &h, NULL), TL_OK);
    assert_int_equal(tl_chart_car_histogram(v, &h, 0, true, &out, &err), TL_OK);
    expect("histogram", tl_buf_text(&out), "75 款车型中 12 款处于更高区间", true);
    tl_buf_reset(&out);
    assert_int_equal(tl_chart_car_histogram(v, &h, SIZE_MAX, false, &out, &err), TL_OK);
    expect("histogram", tl_buf_text(&out), "Most cars, 60 of 75, lie from 100 to 120", true);
    h.n = 0;
    assert_int_equal(tl_chart_car_histogram(v, &h, SIZE_MAX, false, &out, &err), TL_ENOTFOUND);
    h.n = 401;
    assert_int_equal(tl_chart_car_histogram(v, &h, SIZE_MAX, false, &out, &err), TL_EINPUT);
    assert_int_equal(tl_chart_car_classes(v, TL_CARS_BY_MAKER, g, 0, 0, NULL, false, &out, &err),
                     TL_ENOTFOUND);
    tl_buf_clear(&out);
}

static tl_label category_word(const char *kind, const char *id)
{
    return strcmp(kind, "size") == 0         ? tl_word_size_class(id)
           : strcmp(kind, "body") == 0       ? tl_word_body(id)
           : strcmp(kind, "powertrain") == 0 ? tl_word_powertrain(id)
                                             : tl_word_fuel(id);
}

/* kind NULL: there is a column of that name. */
static void expect_words(report_fixture *f, const char *file_name, const char *kind,
                         const char *const names[4])
{
    const char *root = getenv("TL_SOURCE");
    size_t c[4];
    tl_file_view file;
    tl_sheet s;
    const char *path = tl_path_join(f->arena, root ? root : ".",
                                    tl_arena_printf(f->arena, "data/car-rule/%s", file_name));
    assert_int_equal(tl_file_open(&file, path, 0, NULL), TL_OK);
    assert_int_equal(tl_sheet_read(&s, path, file.data, file.size, f->arena, NULL), TL_OK);
    assert_int_equal(tl_sheet_columns(&s, names, 4, c, NULL), TL_OK);
    assert_true(s.rows > 0);
    for (size_t i = 0; i < s.rows; i++) {
        const char *id = tl_sheet_text(&s, i, c[1]);
        const tl_label l = category_word(kind ? kind : tl_sheet_text(&s, i, c[0]), id);
        if (strcmp(l.en, tl_sheet_text(&s, i, c[2])) != 0 ||
            strcmp(l.zh, tl_sheet_text(&s, i, c[3])) != 0)
            fail_msg("%s %s: '%s' '%s'", file_name, id, l.en, l.zh);
    }
    tl_file_close(&file);
}

/* The words are those of the car rule. */
static void test_words(void **state)
{
    static const char *const categories[] = { "kind", "id", "label_en", "label_zh" };
    static const char *const fuels[] = { "unit", "fuel", "label_en", "label_zh" };
    expect_words(*state, "categories.csv", NULL, categories);
    expect_words(*state, "fuels.csv", "fuel", fuels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),       cmocka_unit_test(test_shares_off),
        cmocka_unit_test(test_benchmarks),   cmocka_unit_test(test_awards),
        cmocka_unit_test(test_charts),       cmocka_unit_test(test_facets_and_histogram),
        cmocka_unit_test(test_words),        cmocka_unit_test(test_groups_with_sales),
        cmocka_unit_test(test_best_sellers),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

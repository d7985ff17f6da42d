/* registry_loan_test.c - the margin of a facility on a later day, explained; tests that were kept.
 */
#include "report/registry_loan_test.h"

#include <math.h>
#include <string.h>

#include "report/registry_loan_priv.h"

const char *tl_loan_margin_text(tl_arena *arena, int64_t e4)
{
    char text[TL_LOAN_TEXT];
    tl_margin_format(e4, text);
    return tl_arena_str(arena, text);
}

#define G_KM(k, en, zh)                                                                            \
    {                                                                                              \
        .key = (k), .name = { (en), (zh) }, .kind = TL_COLUMN_NUMBER, .unit = "g CO2e/km",         \
        .decimals = 1                                                                              \
    }

static const tl_column car_columns[] = {
    { .key = "number", .name = { "no.", "序号" }, .kind = TL_COLUMN_INT },
    { .key = "record", .name = { "footprint", "碳足迹编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "model", .name = { "model", "车型" }, .kind = TL_COLUMN_TEXT },
    { .key = "version", .name = { "signed", "签署版本" }, .kind = TL_COLUMN_INT },
    G_KM("g_km", "footprint", "碳足迹"),
    { .key = "class", .name = { "class", "等级" }, .kind = TL_COLUMN_INT },
    { .key = "basis_points", .name = { "basis points", "基点" }, .kind = TL_COLUMN_INT },
    { .key = "day_version", .name = { "on the day", "当日版本" }, .kind = TL_COLUMN_INT },
    G_KM("day_g_km", "footprint", "碳足迹"),
    { .key = "day_class", .name = { "class", "等级" }, .kind = TL_COLUMN_INT },
    { .key = "day_basis_points", .name = { "basis points", "基点" }, .kind = TL_COLUMN_INT },
    { .key = "effect", .name = { "adds", "影响（基点）" }, .kind = TL_COLUMN_EXACT },
    { .key = "change", .name = { "why", "原因" }, .kind = TL_COLUMN_WORD },
};

enum { VERSION = 3, COLUMNS = sizeof car_columns / sizeof *car_columns };

static void put_int(tl_report *r, int64_t v)
{
    if (v > 0)
        tl_report_int(r, v);
    else
        tl_report_empty(r, (tl_label){ "none", "无" });
}

static void put_change(tl_report *r, tl_loan_change change)
{
    static const struct {
        const char *code;
        tl_label words;
    } changes[] = {
        [TL_LOAN_SAME] = { "same", { "as before", "未变化" } },
        [TL_LOAN_CORRECTED] = { "corrected", { "the footprint was corrected", "碳足迹已更正" } },
        [TL_LOAN_MOVED] = { "moved",
                            { "the class moved: its peers changed", "等级变动：同类车型有变化" } },
        [TL_LOAN_APPEARED] = { "appeared", { "published since", "其后公布" } },
        [TL_LOAN_ENDED] = { "ended", { "expired or withdrawn", "已过期或撤回" } },
    };
    tl_report_word(r, changes[change].code, changes[change].words);
}

static void put_car(tl_report *r, const tl_loan_sheet *v, size_t i)
{
    const tl_loan_car *car = &v->cars[i];
    int64_t effect = 0;
    tl_report_int(r, (int64_t)i + 1);
    tl_report_text(r, car->record);
    tl_loan_put_model(r, car);
    put_int(r, car->version);
    tl_report_number(r, car->g_km);
    put_int(r, car->class_number);
    tl_report_int(r, car->basis_points);
    put_int(r, car->newest);
    tl_report_number(r, car->newest_g_km);
    put_int(r, car->newest_class);
    tl_report_int(r, car->newest_basis_points);
    if (tl_loan_effect(v->facility, v->cars, v->n, i, &effect, NULL) == TL_OK)
        tl_report_text(r, tl_loan_margin_text(v->arena, effect));
    else
        tl_report_empty(r, (tl_label){ "too large", "过大" });
    put_change(r, tl_loan_change_of(car));
}

void tl_loan_put_head(tl_report *r, const tl_loan_sheet *v, int64_t signed_e4)
{
    const tl_facility *f = v->facility;
    tl_report_fact(r, "facility", (tl_label){ "facility", "授信编号" }, f->id);
    tl_report_fact(r, "borrower", (tl_label){ "borrower", "借款人" }, f->borrower);
    tl_report_fact(r, "signed_on", (tl_label){ "signed on", "签署日期" }, f->signed_on);
    tl_report_fact_word(r, "weight", (tl_label){ "mean the contract names", "合同约定的加权方式" },
                        tl_loan_weight_name(f->weight),
                        f->weight == TL_LOAN_BY_PRICE
                            ? (tl_label){ "weighted by price", "按价格加权" }
                            : (tl_label){ "weighted by count", "按辆数加权" });
    tl_report_fact_exact(
        r, "margin",
        (tl_label){ "change of the margin as signed, basis points", "签署利差（基点）" },
        tl_loan_margin_text(v->arena, signed_e4));
}

static void put_days(tl_report *r, const tl_loan_sheet *v, const char *day,
                     const tl_loan_look_back *back)
{
    const tl_loan_result *x = v->result;
    if (back) {
        tl_report_fact(r, "since", (tl_label){ "compared with", "对比日期" }, back->since);
        tl_report_fact_exact(r, "margin_since",
                             (tl_label){ "with the footprints of that day, not charged",
                                         "按对比日碳足迹（仅供参考）" },
                             tl_loan_margin_text(v->arena, x->margin_e4));
    }
    tl_report_fact(r, "day", (tl_label){ "day of the test", "检验日期" }, day);
    tl_report_fact_exact(
        r, "margin_on_day",
        (tl_label){ "with the footprints of the day, not charged", "按当日碳足迹（仅供参考）" },
        tl_loan_margin_text(v->arena, x->margin_now_e4));
    tl_report_fact_exact(r, "difference", (tl_label){ "difference", "差额（基点）" },
                         tl_loan_margin_text(v->arena, x->margin_now_e4 - x->margin_e4));
}

/* Where the test looks back to a day, what stands on the left is of that day. */
static const tl_column *columns_of(const tl_loan_sheet *v, const tl_loan_look_back *back)
{
    if (!back)
        return car_columns;
    tl_column *columns = tl_arena_alloc(v->arena, COLUMNS, sizeof *columns);
    if (!columns)
        return NULL;
    memcpy(columns, car_columns, sizeof car_columns);
    columns[VERSION].name = (tl_label){ "version then", "对比日版本" };
    return columns;
}

tl_report *tl_report_loan_test(const tl_loan_sheet *v, const char *day,
                               const tl_loan_look_back *back)
{
    const tl_column *columns = columns_of(v, back);
    tl_report *r = tl_report_new(
        v->arena, "loan-test",
        (tl_label){ tl_arena_printf(v->arena, "Test of the loan %s", v->facility->id),
                    tl_arena_printf(v->arena, "贷款 %s 的定期检验", v->facility->id) });
    if (!r || !columns)
        return NULL;
    tl_loan_put_head(r, v, back ? back->signed_e4 : v->result->margin_e4);
    put_days(r, v, day, back);
    tl_report_table(r, "cars", (tl_label){ "Cars", "车辆" }, columns, COLUMNS);
    for (size_t i = 0; i < v->n; i++)
        put_car(r, v, i);
    tl_report_note(
        r, (tl_label){ "What a car adds: its weight times the change of its step. Rounded "
                       "one by one, so that their sum may differ from the difference in "
                       "the last places.",
                       "影响 = 权重 × 档位基点之差；逐项舍入，合计末位可能与差额略有出入。" });
    tl_report_note(r, (tl_label){ "The price stays as signed; a further facility reprices.",
                                  "计息价格仍以签署时为准；如需重新定价，应另签授信。" });
    return r;
}

tl_report *tl_report_loan_tests(const char *facility, const tl_loan_kept_test *tests,
                                const char *const *names, size_t n, const char *next,
                                tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "day", .name = { "day of the test", "检验日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "margin", .name = { "as signed", "签署利差" }, .kind = TL_COLUMN_EXACT },
        { .key = "margin_on_day", .name = { "on the day", "当日利差" }, .kind = TL_COLUMN_EXACT },
        { .key = "who", .name = { "kept by", "检验人" }, .kind = TL_COLUMN_TEXT },
        { .key = "at", .name = { "kept at", "留存时间" }, .kind = TL_COLUMN_TEXT },
        { .key = "report_sha256",
          .name = { "SHA-256 of the report", "报告 SHA-256" },
          .kind = TL_COLUMN_TEXT },
    };
    tl_report *r =
        tl_report_new(arena, "loan-tests", (tl_label){ "Tests that were kept", "已留存的检验" });
    if (!r)
        return NULL;
    tl_report_fact(r, "facility", (tl_label){ "facility", "授信编号" }, facility);
    if (next && *next)
        tl_report_fact(r, "next_test", (tl_label){ "next test", "下次检验" }, next);
    tl_report_table(r, "tests", (tl_label){ "Tests, basis points", "检验（基点）" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, tests[i].day);
        tl_report_text(r, tl_loan_margin_text(arena, tests[i].margin_e4));
        tl_report_text(r, tl_loan_margin_text(arena, tests[i].on_day_e4));
        tl_report_text(r, names[i]);
        tl_report_text(r, tests[i].at);
        tl_report_text(r, tests[i].sha256);
    }
    tl_report_note(
        r, (tl_label){ "The hash is that of the report of the day in JSON: run again, it must be "
                       "the same.",
                       "哈希取自当日 JSON 报告；重新运行应得到相同结果。" });
    return r;
}

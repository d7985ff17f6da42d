/* registry_loan.c - the term sheet of a loan by footprint. */
#include "report/registry_loan.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/registry_loan_priv.h"

static const tl_column car_columns[] = {
    { .key = "number", .name = { "no.", "序号" }, .kind = TL_COLUMN_INT },
    { .key = "record", .name = { "footprint", "碳足迹编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "model", .name = { "model", "车型" }, .kind = TL_COLUMN_TEXT },
    { .key = "price", .name = { "price", "价格" }, .kind = TL_COLUMN_EXACT }, /* PRICE: unit */
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
    { .key = "g_km",
      .name = { "footprint", "碳足迹" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "g CO2e/km",
      .decimals = 1 },
    { .key = "class", .name = { "class", "等级" }, .kind = TL_COLUMN_INT },
    { .key = "basis_points", .name = { "basis points", "基点" }, .kind = TL_COLUMN_INT },
    { .key = "newest_version", .name = { "version now", "现行版本" }, .kind = TL_COLUMN_INT },
    { .key = "newest_g_km",
      .name = { "footprint now", "现行碳足迹" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "g CO2e/km",
      .decimals = 1 },
    { .key = "newest_class", .name = { "class now", "现行等级" }, .kind = TL_COLUMN_INT },
    { .key = "newest_basis_points",
      .name = { "basis points now", "现行基点" },
      .kind = TL_COLUMN_INT },
    { .key = "notice", .name = { "notice", "通知" }, .kind = TL_COLUMN_BOOL },
};

enum { COLUMNS = sizeof car_columns / sizeof *car_columns, PRICE = 3 };

static const tl_column class_columns[] = {
    { .key = "class", .name = { "class", "等级" }, .kind = TL_COLUMN_INT },
    { .key = "basis_points", .name = { "basis points", "基点" }, .kind = TL_COLUMN_INT },
};
static const tl_column g_km_columns[] = {
    { .key = "up_to_g_km",
      .name = { "up to and including", "不超过" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "g CO2e/km",
      .decimals = 1 },
    { .key = "basis_points", .name = { "basis points", "基点" }, .kind = TL_COLUMN_INT },
};
static const tl_column notice_columns[] = {
    { .key = "number", .name = { "no.", "序号" }, .kind = TL_COLUMN_INT },
    { .key = "notice", .name = { "notice", "通知" }, .kind = TL_COLUMN_LABEL },
};

static const tl_label no_footprint = { "missing: worst step", "缺失，按最差档" };
static const tl_label no_class = { "none", "无" };
static const tl_label no_limit = { "above", "以上" };

static const char *money(const tl_loan_sheet *v, tl_money amount)
{
    char text[TL_LOAN_TEXT];
    tl_money_format(amount, text);
    return tl_arena_str(v->arena, text);
}

static void put_margin(tl_report *r, const tl_loan_sheet *v, const char *key, tl_label name,
                       int64_t e4)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed((double)e4 / 1e4, 2, text);
    tl_report_fact_exact(r, key, name, tl_arena_str(v->arena, text));
}

static void put_terms(tl_report *r, const tl_loan_sheet *v)
{
    const tl_facility *f = v->facility;
    const bool by_class = f->basis == TL_LOAN_BY_CLASS, by_price = f->weight == TL_LOAN_BY_PRICE;
    tl_report_fact(r, "facility", (tl_label){ "facility", "授信编号" }, f->id);
    tl_report_fact(r, "borrower", (tl_label){ "borrower", "借款人" }, f->borrower);
    tl_report_fact(r, "currency", (tl_label){ "currency", "币种" }, f->currency);
    tl_report_fact_exact(r, "limit", (tl_label){ "limit", "授信额度" }, money(v, f->limit));
    tl_report_fact_exact(r, "drawn", (tl_label){ "drawn", "已提款" }, money(v, v->result->drawn));
    if (f->signed_on && *f->signed_on)
        tl_report_fact(r, "signed_on", (tl_label){ "signed on", "签署日期" }, f->signed_on);
    else
        tl_report_fact_word(r, "signed_on", (tl_label){ "signed on", "签署日期" }, "",
                            (tl_label){ "not signed: a draft", "未签署（草案）" });
    tl_report_fact(r, "grid_date", (tl_label){ "grid of", "定价表日期" }, f->grid_date);
    tl_report_fact_word(r, "basis", (tl_label){ "grid goes by", "定价依据" },
                        tl_loan_basis_name(f->basis),
                        by_class ? (tl_label){ "class of the car", "车型等级" }
                                 : (tl_label){ "g CO2e/km of the car", "车型碳足迹 g CO2e/km" });
    tl_report_fact_word(r, "weight", (tl_label){ "mean the contract names", "合同约定的加权方式" },
                        tl_loan_weight_name(f->weight),
                        by_price ? (tl_label){ "weighted by price", "按价格加权" }
                                 : (tl_label){ "weighted by count", "按辆数加权" });
}

static void put_result(tl_report *r, const tl_loan_sheet *v)
{
    char text[TL_LOAN_TEXT];
    const tl_loan_result *x = v->result;
    put_margin(r, v, "by_price",
               (tl_label){ "weighted by price, basis points", "按价格加权（基点）" },
               x->by_price_e4);
    put_margin(r, v, "by_count",
               (tl_label){ "weighted by count, basis points", "按辆数加权（基点）" },
               x->by_count_e4);
    put_margin(r, v, "margin",
               (tl_label){ "change of the margin, basis points", "利差调整（基点）" },
               x->margin_e4);
    tl_margin_format(x->margin_e4, text);
    tl_report_fact_exact(r, "margin_exact",
                         (tl_label){ "the same as charged", "利差调整（计息值）" },
                         tl_arena_str(v->arena, text));
    put_margin(r, v, "margin_now",
               (tl_label){ "with today's footprints, not charged", "按现行碳足迹（仅供参考）" },
               x->margin_now_e4);
    tl_report_fact_int(r, "notices", (tl_label){ "notices", "通知" }, (int64_t)x->notices);
}

static void put_footprint(tl_report *r, int64_t version, double g_km, int class_number,
                          int basis_points)
{
    if (version > 0)
        tl_report_int(r, version);
    else
        tl_report_empty(r, no_footprint);
    tl_report_number(r, g_km);
    if (class_number > 0)
        tl_report_int(r, class_number);
    else
        tl_report_empty(r, no_class);
    tl_report_int(r, basis_points);
}

void tl_loan_put_model(tl_report *r, const tl_loan_car *car)
{
    if (car->product && *car->product)
        tl_report_text(r, car->product);
    else
        tl_report_empty(r, (tl_label){ "not published", "未公布" });
}

static void put_cars(tl_report *r, const tl_loan_sheet *v)
{
    tl_column *columns = tl_arena_alloc(v->arena, COLUMNS, sizeof *columns);
    if (!columns)
        return; /* the texts of the cells fail as well, and the report with them */
    memcpy(columns, car_columns, sizeof car_columns);
    columns[PRICE].unit = v->facility->currency;
    tl_report_table(r, "cars", (tl_label){ "Cars", "车辆" }, columns, COLUMNS);
    for (size_t i = 0; i < v->n; i++) {
        const tl_loan_car *car = &v->cars[i];
        tl_report_int(r, (int64_t)i + 1);
        tl_report_text(r, car->record);
        tl_loan_put_model(r, car);
        tl_report_text(r, money(v, car->price));
        put_footprint(r, car->version, car->g_km, car->class_number, car->basis_points);
        put_footprint(r, car->newest, car->newest_g_km, car->newest_class,
                      car->newest_basis_points);
        tl_report_bool(r, car->newest != car->version);
    }
}

static void put_grid(tl_report *r, const tl_facility *f)
{
    const bool by_class = f->basis == TL_LOAN_BY_CLASS;
    tl_report_table(r, "grid", (tl_label){ "Price grid", "定价表" },
                    by_class ? class_columns : g_km_columns, 2);
    for (size_t i = 0; i < f->n_steps; i++) {
        if (by_class)
            tl_report_int(r, f->steps[i].class_number);
        else if (isfinite(f->steps[i].up_to_g_km))
            tl_report_number(r, f->steps[i].up_to_g_km);
        else
            tl_report_empty(r, no_limit);
        tl_report_int(r, f->steps[i].basis_points);
    }
}

/* The formula with the numbers in it: cars and prices of each step, and the two fractions. */
static void put_computation(tl_report *r, const tl_loan_sheet *v)
{
    static const tl_column columns[] = {
        { .key = "basis_points", .name = { "basis points", "基点" }, .kind = TL_COLUMN_INT },
        { .key = "cars", .name = { "cars", "辆数" }, .kind = TL_COLUMN_INT },
        { .key = "prices", .name = { "sum of prices", "价格合计" }, .kind = TL_COLUMN_EXACT },
        { .key = "by_count",
          .name = { "cars x basis points", "辆数×基点" },
          .kind = TL_COLUMN_INT },
        { .key = "by_price",
          .name = { "prices x basis points", "价格×基点" },
          .kind = TL_COLUMN_EXACT },
    };
    const tl_facility *f = v->facility;
    if (v->n == 0)
        return;
    tl_report_table(r, "computation", (tl_label){ "How the margin comes about", "利差计算" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < f->n_steps; i++) {
        const int points = f->steps[i].basis_points;
        bool before = false;
        int64_t cars = 0;
        tl_money prices = 0; /* sums were computed before: they are within 64 bits */
        for (size_t k = 0; k < i; k++)
            before = before || f->steps[k].basis_points == points;
        for (size_t k = 0; k < v->n; k++)
            if (v->cars[k].basis_points == points) {
                cars++;
                prices += v->cars[k].price;
            }
        if (before || cars == 0)
            continue; /* steps of the same change are one line */
        tl_report_int(r, points);
        tl_report_int(r, cars);
        tl_report_text(r, money(v, prices));
        tl_report_int(r, cars * points);
        tl_report_text(r, money(v, prices * points));
    }
}

/* "version 2 took the place of version 1: 10 basis points instead of -20, not charged" */
static tl_label notice_of(const tl_loan_car *car, tl_arena *arena)
{
    const long long was = (long long)car->version, is = (long long)car->newest;
    const char *what_en, *what_zh;
    if (is == 0) {
        what_en = tl_arena_printf(arena, "version %lld is in force no more", was);
        what_zh = tl_arena_printf(arena, "第 %lld 版已失效", was);
    } else if (was == 0) {
        what_en = tl_arena_printf(arena, "version %lld was published; none was before", is);
        what_zh = tl_arena_printf(arena, "第 %lld 版已发布，此前没有", is);
    } else {
        what_en = tl_arena_printf(arena, "version %lld took the place of version %lld", is, was);
        what_zh = tl_arena_printf(arena, "第 %lld 版已取代第 %lld 版", is, was);
    }
    if (!what_en || !what_zh)
        return (tl_label){ NULL, NULL };
    return (tl_label){
        tl_arena_printf(arena, "%s: %s; it would be %d basis points now, charged are %d",
                        car->record, what_en, car->newest_basis_points, car->basis_points),
        tl_arena_printf(arena, "%s：%s；按现行为 %d 基点，计息仍为 %d 基点", car->record, what_zh,
                        car->newest_basis_points, car->basis_points)
    };
}

static void put_notices(tl_report *r, const tl_loan_sheet *v)
{
    if (v->result->notices == 0)
        return;
    tl_report_table(r, "notice_list", (tl_label){ "Notices", "通知" }, notice_columns, 2);
    for (size_t i = 0; i < v->n; i++)
        if (v->cars[i].newest != v->cars[i].version) {
            tl_report_int(r, (int64_t)i + 1);
            tl_report_label(r, notice_of(&v->cars[i], v->arena));
        }
}

static void put_notes(tl_report *r)
{
    static const tl_label notes[] = {
        { "By price: sum of price x basis points, divided by the sum of prices. By count: sum of "
          "basis points, divided by the number of cars. Rounded once, half away from zero, to four "
          "decimals as charged; shown with two.",
          "按价格：Σ(价格×基点)÷Σ价格；按辆数：Σ基点÷辆数。计息值只舍入一次，四舍五入至四位小数，"
          "此处显示两位。" },
        { "A car without a footprint in force, or without what the grid goes by, meets the step "
          "with the most basis points.",
          "没有有效碳足迹，或缺少定价依据的车辆，按基点最高的一档计。" },
        { "Versions, g/km and classes are those of the day of signing. A later correction makes a "
          "notice and never changes the price backwards.",
          "版本、碳足迹与等级以签署日为准；其后的更正只产生通知，不追溯调整价格。" },
        { "tools/check-loan recomputes the report in JSON with nothing but the Python standard "
          "library.",
          "tools/check-loan 仅用 Python 标准库即可由 JSON 报告重新计算。" },
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        tl_report_note(r, notes[i]);
}

tl_report *tl_report_loan(const tl_loan_sheet *sheet)
{
    const tl_facility *f = sheet->facility;
    tl_report *r = tl_report_new(
        sheet->arena, "loan",
        (tl_label){ tl_arena_printf(sheet->arena, "Loan by footprint: %s", f->borrower),
                    tl_arena_printf(sheet->arena, "碳足迹挂钩贷款：%s", f->borrower) });
    if (!r)
        return NULL;
    put_terms(r, sheet);
    put_result(r, sheet);
    put_cars(r, sheet);
    put_grid(r, f);
    put_computation(r, sheet);
    put_notices(r, sheet);
    put_notes(r);
    return r;
}

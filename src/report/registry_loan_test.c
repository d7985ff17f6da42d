/* registry_loan_test.c - the margin of a facility on a later day and under stress, explained. */
#include "report/registry_loan_test.h"

#include <math.h>
#include <string.h>

static const char *margin_text(tl_arena *arena, int64_t e4)
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
        [TL_LOAN_SAME] = { "same", { "as signed", "与签署时相同" } },
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
    put_int(r, car->version);
    tl_report_number(r, car->g_km);
    put_int(r, car->class_number);
    tl_report_int(r, car->basis_points);
    put_int(r, car->newest);
    tl_report_number(r, car->newest_g_km);
    put_int(r, car->newest_class);
    tl_report_int(r, car->newest_basis_points);
    if (tl_loan_effect(v->facility, v->cars, v->n, i, &effect, NULL) == TL_OK)
        tl_report_text(r, margin_text(v->arena, effect));
    else
        tl_report_empty(r, (tl_label){ "too large", "过大" });
    put_change(r, tl_loan_change_of(car));
}

static void put_head(tl_report *r, const tl_loan_sheet *v)
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
        margin_text(v->arena, v->result->margin_e4));
}

tl_report *tl_report_loan_test(const tl_loan_sheet *v, const char *day)
{
    const tl_loan_result *x = v->result;
    tl_report *r = tl_report_new(
        v->arena, "loan-test",
        (tl_label){ tl_arena_printf(v->arena, "Test of the loan %s", v->facility->id),
                    tl_arena_printf(v->arena, "贷款 %s 的定期检验", v->facility->id) });
    if (!r)
        return NULL;
    put_head(r, v);
    tl_report_fact(r, "day", (tl_label){ "day of the test", "检验日期" }, day);
    tl_report_fact_exact(
        r, "margin_on_day",
        (tl_label){ "with the footprints of the day, not charged", "按当日碳足迹（仅供参考）" },
        margin_text(v->arena, x->margin_now_e4));
    tl_report_fact_exact(r, "difference", (tl_label){ "difference", "差额（基点）" },
                         margin_text(v->arena, x->margin_now_e4 - x->margin_e4));
    tl_report_table(r, "cars", (tl_label){ "Cars", "车辆" }, car_columns,
                    sizeof car_columns / sizeof *car_columns);
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

enum { NAME_COLUMN, BY_PRICE, BY_COUNT, MARGIN, DIFFERENCE, COLUMNS };

static const tl_column scenario_columns[COLUMNS] = {
    { .key = "scenario", .name = { "if", "情景" }, .kind = TL_COLUMN_LABEL },
    { .key = "by_price", .name = { "by price", "按价格" }, .kind = TL_COLUMN_EXACT },
    { .key = "by_count", .name = { "by count", "按辆数" }, .kind = TL_COLUMN_EXACT },
    { .key = "margin",
      .name = { "margin, basis points", "利差（基点）" },
      .kind = TL_COLUMN_EXACT },
    { .key = "difference", .name = { "difference", "差额" }, .kind = TL_COLUMN_EXACT },
};

struct stress {
    tl_report *r;
    const tl_loan_sheet *v;
};

static void put_result(const struct stress *s, tl_label name, const tl_loan_result *x)
{
    tl_arena *arena = s->v->arena;
    tl_report_label(s->r, name);
    tl_report_text(s->r, margin_text(arena, x->by_price_e4));
    tl_report_text(s->r, margin_text(arena, x->by_count_e4));
    tl_report_text(s->r, margin_text(arena, x->margin_e4));
    tl_report_text(s->r, margin_text(arena, x->margin_e4 - s->v->result->margin_e4));
}

static tl_status put_scenario(const struct stress *s, tl_label name, const tl_loan_what_if *w,
                              tl_error *err)
{
    tl_loan_result x;
    tl_status st = tl_loan_stress(s->v->facility, s->v->cars, s->v->n, w, &x, err);
    if (st == TL_OK)
        put_result(s, name, &x);
    return st;
}

static const struct scenario {
    tl_label name;
    tl_loan_what_if what_if;
} of_classes[] = {
    { { "as signed", "与签署时相同" }, { 0 } },
    { { "every car one class worse", "全部车辆降一级" }, { .worse = 1 } },
    { { "every car two classes worse", "全部车辆降两级" }, { .worse = 2 } },
    { { "no car has a footprint", "全部车辆无碳足迹" }, { .missing = true } },
}, of_g_km[] = {
    { { "as signed", "与签署时相同" }, { 0 } },
    { { "every car 5 % higher", "全部车辆高 5%" }, { .more = 0.05 } },
    { { "every car 10 % higher", "全部车辆高 10%" }, { .more = 0.10 } },
    { { "no car has a footprint", "全部车辆无碳足迹" }, { .missing = true } },
};

static tl_status put_scenarios(const struct stress *s, const tl_loan_what_if *own, tl_error *err)
{
    const bool by_class = s->v->facility->basis == TL_LOAN_BY_CLASS;
    const struct scenario *list = by_class ? of_classes : of_g_km;
    tl_status st = TL_OK;
    tl_report_table(s->r, "scenarios", (tl_label){ "If all footprints were others", "整体情景" },
                    scenario_columns, COLUMNS);
    for (size_t i = 0; st == TL_OK && i < sizeof of_classes / sizeof *of_classes; i++)
        st = put_scenario(s, list[i].name, &list[i].what_if, err);
    if (st == TL_OK && own)
        st = put_scenario(s, (tl_label){ "as asked for", "指定情景" }, own, err);
    return st;
}

/* A class worse, or a tenth more g/km; a car without either stays as it is. */
static struct tl_loan_setting worse(const tl_facility *f, const tl_loan_car *car)
{
    const int last = (int)f->n_steps;
    const int number = car->class_number + (car->class_number > 0 && car->class_number < last);
    return (struct tl_loan_setting){ car->record,
                                     f->basis == TL_LOAN_BY_CLASS ? number : car->class_number,
                                     car->g_km * 1.1 };
}

static bool met_before(const tl_loan_car *cars, size_t i)
{
    for (size_t k = i; k-- > 0;)
        if (strcmp(cars[k].record, cars[i].record) == 0)
            return true;
    return false;
}

static tl_status put_models(const struct stress *s, tl_error *err)
{
    const tl_loan_sheet *v = s->v;
    tl_column *columns = tl_arena_alloc(v->arena, COLUMNS, sizeof *columns);
    tl_status st = TL_OK;
    if (!columns)
        return tl_fail_nomem(err);
    memcpy(columns, scenario_columns, sizeof scenario_columns);
    columns[NAME_COLUMN] = (tl_column){ .key = "record",
                                        .name = { "if this alone", "仅此车型" },
                                        .kind = TL_COLUMN_LABEL };
    tl_report_table(s->r, "models",
                    v->facility->basis == TL_LOAN_BY_CLASS
                        ? (tl_label){ "One model a class worse", "单一车型降一级" }
                        : (tl_label){ "One model 10 % higher", "单一车型高 10%" },
                    columns, COLUMNS);
    for (size_t i = 0; st == TL_OK && i < v->n; i++) {
        if (v->cars[i].version == 0 || met_before(v->cars, i))
            continue;
        const struct tl_loan_setting one = worse(v->facility, &v->cars[i]);
        const tl_loan_what_if w = { .settings = &one, .n = 1 };
        st = put_scenario(s, (tl_label){ one.record, one.record }, &w, err);
    }
    return st;
}

tl_report *tl_report_loan_stress(const tl_loan_sheet *v, const tl_loan_what_if *own, tl_error *err)
{
    tl_report *r = tl_report_new(
        v->arena, "loan-stress",
        (tl_label){ tl_arena_printf(v->arena, "The loan %s under stress", v->facility->id),
                    tl_arena_printf(v->arena, "贷款 %s 的压力测试", v->facility->id) });
    const struct stress s = { r, v };
    if (!r)
        return NULL;
    put_head(r, v);
    if (put_scenarios(&s, own, err) != TL_OK || put_models(&s, err) != TL_OK)
        return NULL;
    tl_report_note(
        r, (tl_label){ "Nothing of this is charged. The last class of the grid is the end; "
                       "a car without a footprint meets the worst step already.",
                       "以上均不计息。等级以定价表最后一级为限；无碳足迹的车辆本已按最差档计。" });
    return r;
}

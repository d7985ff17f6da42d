/* registry_loan_stress.c - the margin of a facility under stress, scenario by scenario. */
#include <math.h>
#include <string.h>

#include "report/registry_loan_priv.h"
#include "report/registry_loan_test.h"

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
    tl_report_text(s->r, tl_loan_margin_text(arena, x->by_price_e4));
    tl_report_text(s->r, tl_loan_margin_text(arena, x->by_count_e4));
    tl_report_text(s->r, tl_loan_margin_text(arena, x->margin_e4));
    tl_report_text(s->r, tl_loan_margin_text(arena, x->margin_e4 - s->v->result->margin_e4));
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

/* "A1 (70kW), alpha-a1": the record tells apart what is called alike. */
static tl_label name_of(const struct stress *s, const tl_loan_car *car)
{
    const bool named = car->product && *car->product;
    const char *text =
        named ? tl_arena_printf(s->v->arena, "%s, %s", car->product, car->record) : car->record;
    return (tl_label){ text, text };
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
        st = put_scenario(s, name_of(s, &v->cars[i]), &w, err);
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
    tl_loan_put_head(r, v, v->result->margin_e4);
    if (put_scenarios(&s, own, err) != TL_OK || put_models(&s, err) != TL_OK)
        return NULL;
    tl_report_note(
        r, (tl_label){ "Nothing of this is charged. The last class of the grid is the end; "
                       "a car without a footprint meets the worst step already.",
                       "以上均不计息。等级以定价表最后一级为限；无碳足迹的车辆本已按最差档计。" });
    return r;
}

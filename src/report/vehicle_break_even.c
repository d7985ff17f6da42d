/* vehicle_break_even.c - two cars in one person's use: the verdict, its range, both lines, and the
 * assumptions that move it. */
#include <math.h>

#include "report/vehicle_parts.h"

enum { YEARS_SHOWN = 60 };

static double years_of(const tl_shown_break_even *x, double km)
{
    return km / (double)x->km_year;
}

tl_label tl_break_even_verdict(const tl_shown_break_even *x, tl_arena *arena)
{
    const tl_break_even *at = &x->study->at;
    const char *a = tl_vehicle_name(x->a->vehicle, arena);
    const char *b = tl_vehicle_name(x->b->vehicle, arena);
    if (at->kind == TL_BREAK_EVEN_SAME)
        return (tl_label){ "Both emit the same at any distance", "两车在任何里程下排放相同" };
    if (at->kind != TL_BREAK_EVEN_CROSS) {
        const char *lower = at->kind == TL_BREAK_EVEN_A_LOWER ? a : b;
        return (tl_label){ tl_arena_printf(arena, "%s emits less from the first km on", lower),
                           tl_arena_printf(arena, "%s 自第一公里起排放更低", lower) };
    }
    const char *last = at->a_is_last ? a : b;
    double years = years_of(x, at->km);
    const char *number = tl_decimal(years, 1, arena);
    if (years > x->years)
        return (tl_label){
            tl_arena_printf(arena, "%s would break even only after %s years, beyond the use", last,
                            number),
            tl_arena_printf(arena, "%s 需 %s 年才能持平，超出使用年限", last, number)
        };
    return (tl_label){ tl_arena_printf(arena, "%s emits less after %s years", last, number),
                       tl_arena_printf(arena, "%s 在 %s 年后排放更低", last, number) };
}

static const char *outcome(const tl_shown_break_even *x)
{
    const tl_break_even *at = &x->study->at;
    if (at->kind == TL_BREAK_EVEN_SAME)
        return "same";
    if (at->kind != TL_BREAK_EVEN_CROSS)
        return at->kind == TL_BREAK_EVEN_A_LOWER ? "first-lower" : "second-lower";
    return years_of(x, at->km) > x->years ? "after-the-use" : "breaks-even";
}

static tl_label range_word(const tl_shown_break_even *x)
{
    if (x->study->always)
        return (tl_label){ "under every assumption tried", "在所试全部假设下成立" };
    return (tl_label){ "not under every assumption tried: see the table",
                       "并非在所试全部假设下成立：见下表" };
}

static void put_facts(tl_report *r, const tl_shown_break_even *x, tl_arena *arena)
{
    const tl_break_even_study *s = x->study;
    tl_report_fact(r, "first", (tl_label){ "first car", "第一款" }, x->a->vehicle->id);
    tl_report_fact(r, "second", (tl_label){ "second car", "第二款" }, x->b->vehicle->id);
    tl_report_fact_int(r, "km_year", (tl_label){ "km a year", "年行驶里程，km" }, x->km_year);
    tl_report_fact_decimal(r, "years", (tl_label){ "years of use", "使用年限" }, x->years, 1,
                           arena);
    tl_report_fact_decimal(r, "lifetime_km", (tl_label){ "mileage, km", "总里程，km" },
                           x->a->footprint->lifetime_km, 0, arena);
    if (x->region)
        tl_report_fact(r, "region", (tl_label){ "grid for charging", "充电电网" }, x->region);
    else
        tl_report_fact_word(r, "region", (tl_label){ "grid for charging", "充电电网" },
                            "as-electricity",
                            (tl_label){ "as-electricity", "与整车生产所用电网相同" });
    tl_report_fact_word(r, "outcome", (tl_label){ "outcome", "结论" }, outcome(x),
                        tl_break_even_verdict(x, arena));
    tl_report_fact_decimal(r, "break_even_km", (tl_label){ "break-even, km", "持平里程，km" },
                           s->at.km, 0, arena);
    tl_report_fact_decimal(r, "break_even_years", (tl_label){ "break-even, years", "持平年数" },
                           years_of(x, s->at.km), 1, arena);
    tl_report_fact_decimal(r, "break_even_years_low", (tl_label){ "earliest, years", "最早，年" },
                           years_of(x, s->low_km), 1, arena);
    tl_report_fact_decimal(r, "break_even_years_high", (tl_label){ "latest, years", "最晚，年" },
                           years_of(x, s->high_km), 1, arena);
    tl_report_fact_word(r, "holds", (tl_label){ "the outcome holds", "结论稳健性" },
                        s->always ? "always" : "not-always", range_word(x));
    tl_report_vehicle_pins(r, x->a->model, NULL, arena);
}

static const tl_column *two_cars(const char *key, tl_label name, int decimals,
                                 const tl_shown_break_even *x, tl_arena *arena)
{
    tl_column *c = tl_arena_alloc(arena, 4, sizeof *c);
    if (!c)
        return NULL;
    c[0] = (tl_column){ .key = key, .name = name, .kind = TL_COLUMN_WORD };
    c[1] = (tl_column){ .key = "first",
                        .name = tl_vehicle_label(x->a->vehicle, arena),
                        .kind = TL_COLUMN_NUMBER,
                        .decimals = decimals };
    c[2] = c[3] = c[1];
    c[2].key = "second";
    c[2].name = tl_vehicle_label(x->b->vehicle, arena);
    c[3].key = "difference";
    c[3].name = (tl_label){ "difference", "差值" };
    return c;
}

static void put_row(tl_report *r, const char *code, tl_label word, double a, double b)
{
    tl_report_word(r, code, word);
    tl_report_number(r, a);
    tl_report_number(r, b);
    tl_report_number(r, b - a);
}

static void put_lines(tl_report *r, const tl_shown_break_even *x, const tl_column *columns)
{
    const tl_car_rule *rule = &x->a->model->rule;
    const tl_car_course *a = &x->study->a, *b = &x->study->b;
    const tl_footprint *f = x->a->footprint, *g = x->b->footprint;
    tl_report_table(r, "lines",
                    (tl_label){ "Once, in kg CO2e, and by distance, in g CO2e/km",
                                "一次性排放（kg CO2e）与行驶排放（g CO2e/km）" },
                    columns, 4);
    put_row(r, "once", (tl_label){ "to make the car, kg", "整车制造，kg" }, a->once_kg, b->once_kg);
    for (size_t k = TL_STAGE_FUEL_PRODUCTION; k < TL_STAGES; k++)
        put_row(r, rule->stages[k].id, tl_word_stage(rule, (tl_stage)k),
                tl_footprint_g_km(f, f->stage_kg[k]), tl_footprint_g_km(g, g->stage_kg[k]));
    put_row(r, "per_km", (tl_label){ "by distance, g/km", "行驶合计，g/km" }, 1000 * a->kg_per_km,
            1000 * b->kg_per_km);
}

static void put_years(tl_report *r, const tl_shown_break_even *x, const tl_column *columns,
                      tl_arena *arena)
{
    const tl_car_course *a = &x->study->a, *b = &x->study->b;
    tl_report_table(r, "by_year",
                    (tl_label){ "Emitted by the end of the year, t CO2e", "至年末累计，t CO2e" },
                    columns, 4);
    for (int64_t year = 0; (double)year <= x->years && year <= YEARS_SHOWN; year++) {
        double km = (double)(year * x->km_year);
        const char *number = tl_arena_printf(arena, "%lld", (long long)year);
        put_row(r, number, (tl_label){ number, number }, (a->once_kg + km * a->kg_per_km) / 1000,
                (b->once_kg + km * b->kg_per_km) / 1000);
    }
}

/* The years, or why there are none. */
static void put_end(tl_report *r, const tl_shown_break_even *x, const tl_break_even *at)
{
    static const tl_label words[] = {
        [TL_BREAK_EVEN_A_LOWER] = { "first always lower", "第一款始终更低" },
        [TL_BREAK_EVEN_B_LOWER] = { "second always lower", "第二款始终更低" },
        [TL_BREAK_EVEN_SAME] = { "the same", "相同" },
    };
    if (at->kind == TL_BREAK_EVEN_CROSS)
        tl_report_number(r, years_of(x, at->km));
    else
        tl_report_empty(r, words[at->kind]);
}

static void put_case(tl_report *r, const tl_shown_break_even *x, const char *code, tl_label word,
                     const tl_break_even *low, const tl_break_even *high)
{
    tl_report_word(r, code, word);
    put_end(r, x, low);
    put_end(r, x, high);
}

static void put_cases(tl_report *r, const tl_shown_break_even *x, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "assumption", .name = { "assumption", "假设" }, .kind = TL_COLUMN_WORD },
        { .key = "years_at_low",
          .name = { "years at low", "下限时，年" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 1 },
        { .key = "years_at_high",
          .name = { "years at high", "上限时，年" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 1 },
        { .key = "value", .name = { "value", "取值" }, .kind = TL_COLUMN_EXACT },
        { .key = "low", .name = { "low", "下限" }, .kind = TL_COLUMN_EXACT },
        { .key = "high", .name = { "high", "上限" }, .kind = TL_COLUMN_EXACT },
        { .key = "basis", .name = { "basis", "依据" }, .kind = TL_COLUMN_WORD },
    };
    const tl_break_even_study *s = x->study;
    tl_report_table(r, "assumptions",
                    (tl_label){ "Break-even under other assumptions, one at a time",
                                "逐项改变假设时的持平年数" },
                    columns, 7);
    put_case(r, x, "energy-use",
             (tl_label){ "energy use: low is first car thrifty, second thirsty",
                         "能耗：下限为第一款低耗、第二款高耗" },
             &s->a_thrifty, &s->b_thrifty);
    for (size_t i = 0; i < 3; i++)
        tl_report_text(r, NULL);
    tl_report_word(r, "source", tl_word_basis("source"));
    for (size_t i = 0; i < s->n_cases; i++) {
        const tl_parameter *p = s->cases[i].parameter;
        put_case(r, x, p->name, (tl_label){ p->label_en, p->label_zh }, &s->cases[i].at_low,
                 &s->cases[i].at_high);
        tl_report_text(r, tl_decimal_exact(p->value, arena));
        tl_report_text(r, tl_decimal_exact(p->low, arena));
        tl_report_text(r, tl_decimal_exact(p->high, arena));
        tl_report_word(r, p->basis, tl_word_basis(p->basis));
    }
}

static void put_notes(tl_report *r, const tl_shown_break_even *x, tl_arena *arena)
{
    tl_report_note(r,
                   (tl_label){ "Break-even km = (making of A - making of B) / (B per km - A per "
                               "km); making = materials and vehicle production, per km = fuel "
                               "production, driving and maintenance over the mileage.",
                               "持平里程 =（甲制造 - 乙制造）/（乙每公里 - 甲每公里）；制造 = "
                               "材料与整车生产，每公里 = 燃料生产、使用与维修保养除以总里程。" });
    tl_report_note(
        r, (tl_label){ "Maintenance is spread evenly over the mileage; end of life is not counted.",
                       "维修保养按里程均摊；未计报废阶段。" });
    tl_report_note(r, (tl_label){ "The grid and the fuel stay as they are today for all years.",
                                  "各年电网与燃料均按现状计算。" });
    if (!x->km_stated)
        tl_report_note(r, (tl_label){ "The km a year are our own declaration; give your own.",
                                      "年行驶里程为自行设定，可自行给出。" });
    tl_report_vehicle_notes(r, x->a->model, arena);
}

tl_report *tl_report_vehicle_break_even(const tl_shown_break_even *x, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "vehicle-break-even", tl_break_even_verdict(x, arena));
    const tl_column *lines = two_cars("part", (tl_label){ "part", "部分" }, 1, x, arena);
    const tl_column *years = two_cars("year", (tl_label){ "year", "年" }, 2, x, arena);
    if (!r || !lines || !years)
        return NULL;
    put_facts(r, x, arena);
    put_years(r, x, years, arena);
    put_lines(r, x, lines);
    put_cases(r, x, arena);
    tl_report_vehicle_pin_table(r, x->a->model, NULL);
    put_notes(r, x, arena);
    return r;
}

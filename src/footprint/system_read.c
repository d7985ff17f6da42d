/* system_read.c - data/car-system into the engine's builder, every number with its evidence. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "dataset/table.h"
#include "factor/factor.h"
#include "footprint/mix.h"
#include "footprint/system_priv.h"

#define SET_ID "car-system"

static tl_status open_table(struct tl_system_reading *r, const tl_dataset *set, const char *file,
                            const char *const *names, size_t n, tl_table *t, tl_error *err)
{
    const tl_table_reader from = { r->store, set, r->arena };
    return tl_table_read(t, &from, file, names, n, err);
}

static tl_status note(tl_car_system *y, const tl_car_evidence *e, tl_error *err)
{
    tl_status st =
        tl_grow(&y->evidence, &y->evidence_cap, y->evidence_count + 1, sizeof *y->evidence, err);
    if (st == TL_OK)
        y->evidence[y->evidence_count++] = *e;
    return st;
}

/* The activity a cell names. */
static tl_status cell_activity(const struct tl_system_reading *r, const tl_table *t, size_t row,
                               size_t i, size_t *out, tl_error *err)
{
    const char *id = tl_table_text(t, row, i);
    *out = tl_lca_builder_activity(r->system->builder, id);
    if (*out == TL_LCA_NONE)
        return tl_sheet_fail(&t->sheet, row, t->at[i], err, "'%s' is no activity of activities.csv",
                             id);
    return TL_OK;
}

/* value in unit `from`, expressed in `to`; a difference in dimension is an error naming both. */
static tl_status convert(const struct tl_system_reading *r, double value, const char *from,
                         const char *to, double *out, tl_error *err)
{
    tl_unit a, b;
    tl_status st = tl_unit_parse(r->units, from, &a, err);
    if (st == TL_OK)
        st = tl_unit_parse(r->units, to, &b, err);
    return st == TL_OK ? tl_unit_convert(r->units, value, &a, &b, out, err) : st;
}

static tl_status read_activities(struct tl_system_reading *r, const tl_dataset *set, tl_error *err)
{
    static const char *const names[] = { "id", "name_en", "name_zh", "unit", "region" };
    tl_table t;
    tl_status st = open_table(r, set, "activities.csv", names, 5, &t, err);
    if (st != TL_OK)
        return st;
    r->system->names_zh = tl_arena_alloc(r->arena, t.sheet.rows, sizeof *r->system->names_zh);
    r->system->units = tl_arena_alloc(r->arena, t.sheet.rows, sizeof *r->system->units);
    if (!r->system->names_zh || !r->system->units)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        const tl_lca_name name = { tl_table_text(&t, i, 0), tl_table_text(&t, i, 1),
                                   tl_table_text(&t, i, 3), tl_table_text(&t, i, 4) };
        size_t index;
        st = tl_lca_add_activity(r->system->builder, &name, &index, err);
        if (st != TL_OK)
            return tl_context(err, st, SET_ID "/activities.csv:%zu", t.sheet.lines[i]);
        r->system->names_zh[index] = tl_table_text(&t, i, 2);
        r->system->units[index] = name.unit;
    }
    return st;
}

/* Range of an amount: distribution 5 (triangular, the amount being the mode) or 4 (uniform), as
 * stats_arrays numbers them; empty means that the source states none. */
static tl_status read_uncertainty(const tl_table *t, size_t row, size_t first,
                                  tl_lca_uncertainty *out, tl_error *err)
{
    double kind;
    *out = (tl_lca_uncertainty){ .loc = NAN };
    tl_status st = tl_sheet_number_opt(&t->sheet, row, t->at[first], &kind, err);
    if (st != TL_OK || isnan(kind))
        return st;
    if (kind != TL_LCA_UNIFORM && kind != TL_LCA_TRIANGULAR)
        return tl_sheet_fail(&t->sheet, row, t->at[first], err, "%g, expected 4 or 5", kind);
    out->distribution = (int)kind;
    st = tl_sheet_number(&t->sheet, row, t->at[first + 1], &out->minimum, err);
    if (st == TL_OK)
        st = tl_sheet_number(&t->sheet, row, t->at[first + 2], &out->maximum, err);
    return st;
}

/* Amount and range of an exchange in the unit of its input. */
static tl_status to_input_unit(const struct tl_system_reading *r, const char *from, const char *to,
                               double *amount, tl_lca_uncertainty *u, tl_error *err)
{
    tl_status st = convert(r, *amount, from, to, amount, err);
    if (st == TL_OK && u->distribution)
        st = convert(r, u->minimum, from, to, &u->minimum, err);
    if (st == TL_OK && u->distribution)
        st = convert(r, u->maximum, from, to, &u->maximum, err);
    return st;
}

static tl_status read_exchange(struct tl_system_reading *r, const tl_table *t, size_t i,
                               tl_error *err)
{
    size_t input;
    tl_lca_uncertainty u;
    tl_car_evidence e = { .what = tl_table_text(t, i, 1),
                          .unit = tl_table_text(t, i, 3),
                          .factor = "",
                          .basis = tl_table_text(t, i, 4),
                          .source = tl_table_text(t, i, 5),
                          .note = tl_table_text(t, i, 6) };
    if (!*e.source)
        return tl_sheet_fail(&t->sheet, i, t->at[5], err, "empty: a number needs its source");
    tl_status st = cell_activity(r, t, i, 0, &e.activity, err);
    if (st == TL_OK)
        st = cell_activity(r, t, i, 1, &input, err);
    if (st == TL_OK)
        st = tl_sheet_number(&t->sheet, i, t->at[2], &e.amount, err);
    if (st == TL_OK)
        st = read_uncertainty(t, i, 7, &u, err);
    if (st != TL_OK)
        return st;
    const char *to = r->system->units[input];
    if ((st = to_input_unit(r, e.unit, to, &e.amount, &u, err)) != TL_OK)
        return tl_context(err, st, "%s:%zu: column 'unit'", t->sheet.name, t->sheet.lines[i]);
    e.unit = to;
    st = tl_lca_add_input(r->system->builder, e.activity, input, e.amount, &u, err);
    return st == TL_OK ? note(r->system, &e, err) : st;
}

static tl_status read_exchanges(struct tl_system_reading *r, const tl_dataset *set, tl_error *err)
{
    static const char *const names[] = {
        "activity", "input", "amount",       "unit",    "basis",
        "source",   "note",  "distribution", "minimum", "maximum"
    };
    tl_table t;
    tl_status st =
        open_table(r, set, "exchanges.csv", names, sizeof names / sizeof *names, &t, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++)
        st = read_exchange(r, &t, i, err);
    return st;
}

/* Columns of choices.csv. */
enum { PARAMETER, OPTION, MARKET, SUPPLIER, SHARE, DEFAULT, EN, ZH, CHOICE_NOTE, CHOICE_COLUMNS };

/* Option chosen for a parameter: the setting, else the row marked as default. */
static const char *chosen_option(const struct tl_system_reading *r, const tl_table *t,
                                 const char *parameter)
{
    const char *set = tl_setting_find(r->settings, r->setting_count, parameter);
    if (set)
        return set;
    for (size_t i = 0; i < t->sheet.rows; i++)
        if (strcmp(tl_table_text(t, i, PARAMETER), parameter) == 0 &&
            strcmp(tl_table_text(t, i, DEFAULT), "yes") == 0)
            return tl_table_text(t, i, OPTION);
    return "";
}

/* A setting must be one of the options; the message lists the first of them. */
static tl_status check_option(const tl_table *t, const char *parameter, const char *option,
                              tl_error *err)
{
    tl_buf list;
    bool found = false;
    size_t shown = 0;
    tl_buf_init(&list, 0);
    for (size_t i = 0; i < t->sheet.rows && !found; i++) {
        if (strcmp(tl_table_text(t, i, PARAMETER), parameter) != 0)
            continue;
        found = strcmp(tl_table_text(t, i, OPTION), option) == 0;
        if (shown++ < 40)
            tl_buf_printf(&list, "%s%s", shown > 1 ? ", " : "", tl_table_text(t, i, OPTION));
    }
    tl_status st = found ? TL_OK
                         : tl_fail(err, TL_EINPUT, "setting %s: no option '%s', expected one of %s",
                                   parameter, option, tl_buf_text(&list));
    tl_buf_clear(&list);
    return st;
}

/* The options chosen for a parameter, each of which there is. */
static tl_status chosen_mix(const struct tl_system_reading *r, const tl_table *t,
                            const char *parameter, tl_mix *out, tl_error *err)
{
    tl_status st = tl_mix_parse(out, parameter, chosen_option(r, t, parameter), r->arena, err);
    for (size_t i = 0; st == TL_OK && i < out->n; i++)
        st = check_option(t, parameter, out->options[i], err);
    return st;
}

static tl_status add_choice(struct tl_system_reading *r, const tl_choice *choice, tl_error *err)
{
    tl_car_system *y = r->system;
    tl_status st =
        tl_grow(&y->choices, &y->choice_cap, y->choice_count + 1, sizeof *y->choices, err);
    if (st == TL_OK)
        y->choices[y->choice_count++] = *choice;
    return st;
}

static tl_status read_choices(struct tl_system_reading *r, const tl_dataset *set, tl_error *err)
{
    static const char *const names[CHOICE_COLUMNS] = { "parameter", "option",   "market",
                                                       "supplier",  "share",    "default",
                                                       "label_en",  "label_zh", "note" };
    tl_table t;
    tl_status st = open_table(r, set, "choices.csv", names, CHOICE_COLUMNS, &t, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        const char *parameter = tl_table_text(&t, i, PARAMETER);
        const char *option = tl_table_text(&t, i, OPTION);
        tl_mix mix;
        size_t market, supplier;
        double share = 0;
        st = chosen_mix(r, &t, parameter, &mix, err);
        if (st != TL_OK)
            return st;
        const double part = tl_mix_share(&mix, option);
        tl_choice choice = { parameter,
                             option,
                             tl_table_text(&t, i, EN),
                             tl_table_text(&t, i, ZH),
                             tl_table_text(&t, i, CHOICE_NOTE),
                             part > 0 };
        st = add_choice(r, &choice, err);
        if (st == TL_OK)
            st = cell_activity(r, &t, i, MARKET, &market, err);
        if (st == TL_OK)
            st = cell_activity(r, &t, i, SUPPLIER, &supplier, err);
        if (st == TL_OK)
            st = tl_sheet_number(&t.sheet, i, t.at[SHARE], &share, err);
        share *= part;
        if (st == TL_OK && choice.chosen)
            st = tl_lca_add_input(r->system->builder, market, supplier, share, NULL, err);
        if (st == TL_OK && choice.chosen) {
            const tl_car_evidence e = { market,    tl_table_text(&t, i, SUPPLIER),
                                        share,     "",
                                        "",        "choice",
                                        parameter, choice.note };
            st = note(r->system, &e, err);
        }
    }
    return st;
}

/* The factor of a row: kg of its gas per unit of the activity, with the factor's own source. */
static tl_status take_factor(struct tl_system_reading *r, tl_car_evidence *e, const char *per,
                             tl_error *err)
{
    tl_factor f;
    tl_dataset set;
    bool co2e = strcmp(e->what, "CO2e") == 0;
    tl_status st = tl_factor_get(r->store, e->factor, r->arena, &f, err);
    if (st != TL_OK)
        return st;
    if (!f.verified)
        return tl_fail(err, TL_EINPUT, "factor %s is unverified and may not be a default",
                       e->factor);
    const char *to = tl_arena_printf(r->arena, "%s/%s", co2e ? "kgCO2e" : "kgCO2", per);
    if (!to)
        return tl_fail_nomem(err);
    if ((st = convert(r, f.value, f.unit, to, &e->amount, err)) != TL_OK)
        return tl_context(err, st, "factor %s", e->factor);
    e->source = f.source;
    e->unit = "kg";
    if (!*e->note)
        e->note = f.note;
    st = tl_dataset_get(r->store, f.set, f.set_version, r->arena, &set, err);
    return st == TL_OK ? tl_pins_add(r->pins, &set, err) : st;
}

/* The flow called `name`, created on first use. */
static tl_status find_flow(struct tl_system_reading *r, const char *name, size_t *flow,
                           tl_error *err)
{
    *flow = tl_lca_builder_flow(r->system->builder, name);
    if (*flow != TL_LCA_NONE)
        return TL_OK;
    const tl_lca_name n = { .id = name, .name = name, .unit = "kg" };
    return tl_lca_add_flow(r->system->builder, &n, flow, err);
}

static tl_status read_emissions(struct tl_system_reading *r, const tl_dataset *set, tl_error *err)
{
    enum { ACTIVITY, FLOW, AMOUNT, UNIT, FACTOR, BASIS, SOURCE, NOTE, COLUMNS };
    static const char *const names[COLUMNS] = { "activity", "flow",  "amount", "unit",
                                                "factor",   "basis", "source", "note" };
    tl_table t;
    tl_status st = open_table(r, set, "emissions.csv", names, COLUMNS, &t, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        size_t flow;
        tl_car_evidence e = { .what = tl_table_text(&t, i, FLOW),
                              .unit = tl_table_text(&t, i, UNIT),
                              .factor = tl_table_text(&t, i, FACTOR),
                              .basis = tl_table_text(&t, i, BASIS),
                              .source = tl_table_text(&t, i, SOURCE),
                              .note = tl_table_text(&t, i, NOTE) };
        st = cell_activity(r, &t, i, ACTIVITY, &e.activity, err);
        if (st != TL_OK)
            return st;
        if (*e.factor) {
            st = take_factor(r, &e, r->system->units[e.activity], err);
            if (st != TL_OK)
                return tl_context(err, st, "%s:%zu", t.sheet.name, t.sheet.lines[i]);
        } else if (!*e.source) {
            return tl_sheet_fail(&t.sheet, i, t.at[SOURCE], err,
                                 "empty: a number needs its source");
        } else {
            st = tl_sheet_number(&t.sheet, i, t.at[AMOUNT], &e.amount, err);
            if (st == TL_OK && (st = convert(r, e.amount, e.unit, "kg", &e.amount, err)) != TL_OK)
                st = tl_context(err, st, "%s:%zu: column 'unit'", t.sheet.name, t.sheet.lines[i]);
        }
        if (st == TL_OK)
            st = find_flow(r, e.what, &flow, err);
        if (st == TL_OK)
            st = tl_lca_add_emission(r->system->builder, e.activity, flow, e.amount, NULL, err);
        if (st == TL_OK)
            st = note(r->system, &e, err);
    }
    return st;
}

tl_status tl_system_read(struct tl_system_reading *r, tl_error *err)
{
    tl_dataset set;
    tl_status st = tl_dataset_get(r->store, SET_ID, NULL, r->arena, &set, err);
    if (st == TL_OK)
        st = tl_pins_add(r->pins, &set, err);
    if (st == TL_OK)
        st = read_activities(r, &set, err);
    if (st == TL_OK)
        st = read_exchanges(r, &set, err);
    if (st == TL_OK)
        st = read_choices(r, &set, err);
    if (st == TL_OK)
        st = read_emissions(r, &set, err);
    return st == TL_OK ? tl_system_characterise(r, err) : st;
}

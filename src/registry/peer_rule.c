/* peer_rule.c - the declared numbers of data/peer-rule: window of mass, step and least of awards.
 */
#include <math.h>
#include <string.h>

#include "dataset/table.h"
#include "registry/peer.h"
#include "registry/top_runner.h"

#define SET_ID "peer-rule"
#define FILE_NAME "rule.csv"

enum { WINDOW, STEP, LEAST, NUMBERS };

static const struct {
    const char *name;
    double most;
    bool whole; /* a whole number from 1 on */
} known[NUMBERS] = {
    [WINDOW] = { "kerb_mass_window_kg", 1e5, false },
    [STEP] = { "award_step_g_km", 1e3, false },
    [LEAST] = { "award_least", 1e6, true },
};

static tl_status read_row(const tl_table *t, size_t row, double values[NUMBERS], tl_error *err)
{
    const char *name = tl_table_text(t, row, 0), *text = tl_table_text(t, row, 1);
    size_t k = 0;
    double v = INFINITY;
    while (k < NUMBERS && strcmp(known[k].name, name) != 0)
        k++;
    if (k == NUMBERS)
        return tl_sheet_fail(&t->sheet, row, t->at[0], err, "unknown name '%.60s'", name);
    if (!isnan(values[k]))
        return tl_sheet_fail(&t->sheet, row, t->at[0], err, "'%s' stands twice", name);
    if (k != WINDOW || strcmp(text, "whole category") != 0) {
        tl_status st = tl_sheet_number(&t->sheet, row, t->at[1], &v, err);
        if (st != TL_OK)
            return st;
        if (!(v > 0 && v <= known[k].most) || (known[k].whole && v != floor(v)))
            return tl_sheet_fail(&t->sheet, row, t->at[1], err,
                                 known[k].whole ? "%g, expected a whole number from 1 to %g"
                                                : "%g, expected a number up to %g",
                                 v, known[k].most);
    }
    values[k] = v;
    return TL_OK;
}

static tl_status read_rule(tl_store *s, tl_arena *arena, tl_dataset *set, double values[NUMBERS],
                           tl_error *err)
{
    static const char *const names[] = { "name", "value" };
    const tl_table_reader from = { s, set, arena };
    tl_table t = { 0 };
    for (size_t k = 0; k < NUMBERS; k++)
        values[k] = (double)NAN;
    tl_status st = tl_dataset_get(s, SET_ID, NULL, arena, set, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, FILE_NAME, names, 2, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++)
        st = read_row(&t, i, values, err);
    for (size_t k = 0; st == TL_OK && k < NUMBERS; k++)
        if (isnan(values[k]))
            st = tl_fail(err, TL_EINPUT, SET_ID "/" FILE_NAME ": no row '%s'", known[k].name);
    return st;
}

tl_status tl_peer_rule_load(tl_peer_rule *out, tl_store *s, tl_arena *arena, tl_error *err)
{
    double values[NUMBERS];
    tl_dataset set = { 0 };
    tl_pins pins = { 0 };
    *out = (tl_peer_rule){ 0 };
    tl_status st = read_rule(s, arena, &set, values, err);
    if (st == TL_OK)
        st = tl_class_rule_load(&out->classes, s, &pins, arena, err);
    if (st != TL_OK)
        return st;
    out->window_kg = values[WINDOW];
    out->version = set.version;
    out->checksum = set.checksum;
    out->class_version = pins.items[0].version;
    out->class_checksum = pins.items[0].checksum;
    return TL_OK;
}

tl_status tl_award_rule_load(tl_award_rule *out, tl_store *s, tl_arena *arena, tl_error *err)
{
    double values[NUMBERS];
    tl_dataset set = { 0 };
    *out = (tl_award_rule){ 0 };
    tl_status st = read_rule(s, arena, &set, values, err);
    if (st != TL_OK)
        return st;
    out->step_g_km = values[STEP];
    out->least = (size_t)values[LEAST];
    return TL_OK;
}

/* model.c - joins rule and system. */
#include "footprint/model.h"

#include <string.h>

#include "dataset/table.h"

/* Index of the activity that a row of the rule names; "" gives TL_LCA_NONE. */
static tl_status lookup(const tl_car_model *m, const char *what, const char *id, size_t *out,
                        tl_error *err)
{
    *out = TL_LCA_NONE;
    if (!*id)
        return TL_OK;
    *out = tl_car_system_activity(m->system, id);
    if (*out == TL_LCA_NONE)
        return tl_fail(err, TL_EINPUT, "car-rule: %s: '%s' is no activity of car-system", what, id);
    return TL_OK;
}

static tl_status look_up_all(tl_car_model *m, tl_arena *arena, tl_error *err)
{
    const tl_car_rule *r = &m->rule;
    tl_status st = lookup(m, "charging", "electricity-charging", &m->charging, err);
    if (st == TL_OK)
        st = lookup(m, "production", "vehicle-production", &m->vehicle_production, err);
    for (size_t i = 0; st == TL_OK && i < r->material_count; i++) {
        st = lookup(m, r->materials[i].id, r->materials[i].activity, &m->activity[i], err);
        if (st == TL_OK)
            st = lookup(m, r->materials[i].id, r->materials[i].recycled_activity, &m->recycled[i],
                        err);
    }
    m->supply = tl_arena_alloc(arena, r->fuel_count, sizeof *m->supply);
    m->burning = tl_arena_alloc(arena, r->fuel_count, sizeof *m->burning);
    if (!m->supply || !m->burning)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < r->fuel_count; i++) {
        st = lookup(m, r->fuels[i].id, r->fuels[i].supply_activity, &m->supply[i], err);
        if (st == TL_OK)
            st = lookup(m, r->fuels[i].id, r->fuels[i].burning_activity, &m->burning[i], err);
    }
    return st;
}

static tl_status read_processes(tl_car_model *m, tl_store *store, tl_arena *arena, tl_error *err)
{
    static const char *const names[] = { "material", "process", "activity" };
    tl_table t;
    tl_dataset set;
    const tl_table_reader from = { store, &set, arena };
    tl_status st = tl_dataset_get(store, "car-rule", NULL, arena, &set, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "processes.csv", names, 3, err);
    if (st != TL_OK)
        return st;
    tl_process *list = tl_arena_alloc(arena, t.sheet.rows, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        list[i].material = tl_car_rule_material(&m->rule, tl_table_text(&t, i, 0));
        list[i].id = tl_table_text(&t, i, 1);
        if (list[i].material == m->rule.material_count)
            return tl_sheet_fail(&t.sheet, i, t.at[0], err, "'%s' is no material",
                                 tl_table_text(&t, i, 0));
        st = lookup(m, list[i].id, tl_table_text(&t, i, 2), &list[i].activity, err);
    }
    m->processes = list;
    m->process_count = t.sheet.rows;
    return st;
}

static tl_status check_settings(const tl_car_model *m, tl_error *err)
{
    for (size_t i = 0; i < m->setting_count; i++) {
        const char *key = m->settings[i].key;
        if (!tl_car_rule_has(&m->rule, key) && !tl_car_system_has(m->system, key))
            return tl_fail(err, TL_EINPUT,
                           "no parameter '%s'; 'tanlian vehicle parameters' lists them", key);
    }
    return TL_OK;
}

tl_status tl_car_model_open(tl_car_model *out, tl_store *s, const tl_setting *settings, size_t n,
                            tl_arena *arena, tl_error *err)
{
    *out = (tl_car_model){ .settings = settings, .setting_count = n };
    tl_status st = tl_car_rule_load(&out->rule, s, settings, n, &out->pins, arena, err);
    if (st == TL_OK)
        st = tl_car_system_open(&out->system, s, settings, n, &out->pins, arena, err);
    if (st == TL_OK)
        st = look_up_all(out, arena, err);
    if (st == TL_OK)
        st = read_processes(out, s, arena, err);
    if (st == TL_OK)
        st = check_settings(out, err);
    if (st == TL_OK)
        out->scores = tl_car_system_scores(out->system);
    else
        tl_car_model_close(out);
    return st;
}

void tl_car_model_close(tl_car_model *m)
{
    if (!m)
        return;
    tl_car_system_close(m->system);
    m->system = NULL;
}

size_t tl_car_model_process(const tl_car_model *m, size_t material, const char *process)
{
    for (size_t i = 0; i < m->process_count; i++)
        if (m->processes[i].material == material && strcmp(m->processes[i].id, process) == 0)
            return m->processes[i].activity;
    return TL_LCA_NONE;
}

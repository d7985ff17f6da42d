/* vehicle_map.c - reads data/vehicle-maps. */
#include "intake/vehicle_map.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "dataset/table.h"

#define SET_ID "vehicle-maps"

static const char *const field_names[TL_VEHICLE_FIELDS] = { "id",
                                                            "brand",
                                                            "group",
                                                            "model",
                                                            "description",
                                                            "trim",
                                                            "year",
                                                            "powertrain",
                                                            "fuel",
                                                            "body",
                                                            "size_class",
                                                            "chemistry",
                                                            "kerb_mass",
                                                            "fuel_low",
                                                            "fuel_high",
                                                            "electricity_low",
                                                            "electricity_high",
                                                            "range_low",
                                                            "range_high",
                                                            "range_wltp",
                                                            "range_cltc",
                                                            "range_epa",
                                                            "range_nedc",
                                                            "battery_net",
                                                            "battery_gross",
                                                            "co2_low",
                                                            "co2_high",
                                                            "price" };

static size_t find_field(const char *name)
{
    size_t i = 0;
    while (i < TL_VEHICLE_FIELDS && strcmp(field_names[i], name) != 0)
        i++;
    return i;
}

/* "no map 'x'; there are: ademe, open-ev" */
static tl_status no_map(const tl_table *t, const char *id, tl_error *err)
{
    tl_buf list;
    tl_buf_init(&list, 0);
    for (size_t i = 0; i < t->sheet.rows; i++)
        if (i == 0 || strcmp(tl_table_text(t, i, 0), tl_table_text(t, i - 1, 0)) != 0)
            tl_buf_printf(&list, "%s%s", i ? ", " : "", tl_table_text(t, i, 0));
    tl_status st =
        tl_fail(err, TL_ENOTFOUND, "no map '%.40s'; there are: %s", id, tl_buf_text(&list));
    tl_buf_clear(&list);
    return st;
}

static tl_status read_columns(tl_vehicle_map *out, const tl_table *t, const char *id, tl_error *err)
{
    bool any = false;
    for (size_t i = 0; i < t->sheet.rows; i++) {
        size_t field = find_field(tl_table_text(t, i, 1));
        if (field == TL_VEHICLE_FIELDS)
            return tl_sheet_fail(&t->sheet, i, t->at[1], err, "'%s' is no field",
                                 tl_table_text(t, i, 1));
        if (strcmp(tl_table_text(t, i, 0), id) != 0)
            continue;
        out->columns[field] = tl_table_text(t, i, 2);
        out->units[field] = tl_table_text(t, i, 3);
        any = true;
    }
    return any ? TL_OK : no_map(t, id, err);
}

static tl_status read_values(tl_vehicle_map *out, const tl_table *t, const char *id,
                             tl_arena *arena, tl_error *err)
{
    tl_vehicle_word *list = tl_arena_alloc(arena, t->sheet.rows, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < t->sheet.rows; i++) {
        size_t field = find_field(tl_table_text(t, i, 1));
        if (field == TL_VEHICLE_FIELDS)
            return tl_sheet_fail(&t->sheet, i, t->at[1], err, "'%s' is no field",
                                 tl_table_text(t, i, 1));
        if (strcmp(tl_table_text(t, i, 0), id) == 0)
            list[out->value_count++] =
                (tl_vehicle_word){ (tl_vehicle_field)field, tl_table_text(t, i, 2),
                                   tl_table_text(t, i, 3) };
    }
    out->values = list;
    return TL_OK;
}

static tl_status read_traits(tl_vehicle_map *out, const tl_table *t, const char *id, tl_error *err)
{
    size_t i = 0;
    while (i < t->sheet.rows && strcmp(tl_table_text(t, i, 0), id) != 0)
        i++;
    if (i == t->sheet.rows)
        return no_map(t, id, err);
    const char *powertrain = tl_table_text(t, i, 2), *currency = tl_table_text(t, i, 4);
    out->decimal = *tl_table_text(t, i, 1);
    out->powertrain = *powertrain ? powertrain : NULL;
    out->electricity_at_mains = strcmp(tl_table_text(t, i, 3), "yes") == 0;
    out->currency = *currency ? currency : NULL;
    return TL_OK;
}

tl_status tl_vehicle_map_load(tl_vehicle_map *out, tl_store *s, const char *id, tl_arena *arena,
                              tl_error *err)
{
    static const char *const traits[] = { "map", "decimal", "powertrain", "electricity_at_mains",
                                          "currency" };
    static const char *const columns[] = { "map", "field", "column", "unit" };
    static const char *const values[] = { "map", "field", "from", "to" };
    tl_table t;
    tl_dataset set;
    const tl_table_reader from = { s, &set, arena };
    *out = (tl_vehicle_map){ 0 };
    tl_status st = tl_dataset_get(s, SET_ID, NULL, arena, &set, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "maps.csv", traits, 5, err);
    if (st == TL_OK)
        st = read_traits(out, &t, id, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "columns.csv", columns, 4, err);
    if (st == TL_OK)
        st = read_columns(out, &t, id, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "values.csv", values, 4, err);
    if (st == TL_OK)
        st = read_values(out, &t, id, arena, err);
    out->set_version = set.version;
    out->id = tl_arena_str(arena, id);
    return st == TL_OK && !out->id ? tl_fail_nomem(err) : st;
}

const char *tl_vehicle_map_value(const tl_vehicle_map *m, tl_vehicle_field field, const char *p,
                                 size_t n)
{
    for (size_t i = 0; i < m->value_count; i++)
        if (m->values[i].field == field && tl_span_is((tl_span){ p, n }, m->values[i].from))
            return m->values[i].to;
    return NULL;
}

/* vehicle_map.c - reads data/vehicle-maps. */
#include "intake/vehicle_map.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "dataset/dataset.h"
#include "format/sheet.h"

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

static tl_status open_sheet(tl_store *s, const tl_dataset *set, const char *file,
                            const char *const *names, size_t n, tl_sheet *sheet, size_t *columns,
                            tl_arena *arena, tl_error *err)
{
    const char *data, *name = tl_arena_printf(arena, SET_ID "/%s", file);
    size_t size;
    tl_status st =
        name ? tl_dataset_read(s, set, file, arena, &data, &size, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_sheet_read(sheet, name, data, size, arena, err);
    return st == TL_OK ? tl_sheet_columns(sheet, names, n, columns, err) : st;
}

/* "no map 'x'; there are: ademe, open-ev" */
static tl_status no_map(const tl_sheet *s, size_t column, const char *id, tl_error *err)
{
    tl_buf list;
    tl_buf_init(&list, 0);
    for (size_t i = 0; i < s->rows; i++)
        if (i == 0 || strcmp(tl_sheet_text(s, i, column), tl_sheet_text(s, i - 1, column)) != 0)
            tl_buf_printf(&list, "%s%s", i ? ", " : "", tl_sheet_text(s, i, column));
    tl_status st =
        tl_fail(err, TL_ENOTFOUND, "no map '%.40s'; there are: %s", id, tl_buf_text(&list));
    tl_buf_clear(&list);
    return st;
}

static tl_status read_columns(tl_vehicle_map *out, const tl_sheet *s, const size_t *c,
                              const char *id, tl_error *err)
{
    bool any = false;
    for (size_t i = 0; i < s->rows; i++) {
        size_t field = find_field(tl_sheet_text(s, i, c[1]));
        if (field == TL_VEHICLE_FIELDS)
            return tl_sheet_fail(s, i, c[1], err, "'%s' is no field", tl_sheet_text(s, i, c[1]));
        if (strcmp(tl_sheet_text(s, i, c[0]), id) != 0)
            continue;
        out->columns[field] = tl_sheet_text(s, i, c[2]);
        out->units[field] = tl_sheet_text(s, i, c[3]);
        any = true;
    }
    return any ? TL_OK : no_map(s, c[0], id, err);
}

static tl_status read_values(tl_vehicle_map *out, const tl_sheet *s, const size_t *c,
                             const char *id, tl_arena *arena, tl_error *err)
{
    tl_vehicle_word *list = tl_arena_alloc(arena, s->rows, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < s->rows; i++) {
        size_t field = find_field(tl_sheet_text(s, i, c[1]));
        if (field == TL_VEHICLE_FIELDS)
            return tl_sheet_fail(s, i, c[1], err, "'%s' is no field", tl_sheet_text(s, i, c[1]));
        if (strcmp(tl_sheet_text(s, i, c[0]), id) == 0)
            list[out->value_count++] =
                (tl_vehicle_word){ (tl_vehicle_field)field, tl_sheet_text(s, i, c[2]),
                                   tl_sheet_text(s, i, c[3]) };
    }
    out->values = list;
    return TL_OK;
}

static tl_status read_traits(tl_vehicle_map *out, const tl_sheet *s, const size_t *c,
                             const char *id, tl_error *err)
{
    size_t i = 0;
    while (i < s->rows && strcmp(tl_sheet_text(s, i, c[0]), id) != 0)
        i++;
    if (i == s->rows)
        return no_map(s, c[0], id, err);
    const char *powertrain = tl_sheet_text(s, i, c[2]), *currency = tl_sheet_text(s, i, c[4]);
    out->decimal = *tl_sheet_text(s, i, c[1]);
    out->powertrain = *powertrain ? powertrain : NULL;
    out->electricity_at_mains = strcmp(tl_sheet_text(s, i, c[3]), "yes") == 0;
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
    size_t c[5];
    tl_sheet sheet;
    tl_dataset set;
    *out = (tl_vehicle_map){ 0 };
    tl_status st = tl_dataset_get(s, SET_ID, NULL, arena, &set, err);
    if (st == TL_OK)
        st = open_sheet(s, &set, "maps.csv", traits, 5, &sheet, c, arena, err);
    if (st == TL_OK)
        st = read_traits(out, &sheet, c, id, err);
    if (st == TL_OK)
        st = open_sheet(s, &set, "columns.csv", columns, 4, &sheet, c, arena, err);
    if (st == TL_OK)
        st = read_columns(out, &sheet, c, id, err);
    if (st == TL_OK)
        st = open_sheet(s, &set, "values.csv", values, 4, &sheet, c, arena, err);
    if (st == TL_OK)
        st = read_values(out, &sheet, c, id, arena, err);
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

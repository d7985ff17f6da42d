/* car_market.c - the files of the set car-market. */
#include "registry/car_market.h"

#include <math.h>
#include <string.h>

#include "dataset/table.h"

#define SET_ID "car-market"

static tl_status read_band(const tl_table *t, size_t row, const tl_price_band *before,
                           tl_price_band *out, tl_error *err)
{
    *out = (tl_price_band){ .id = tl_table_text(t, row, 0),
                            .currency = tl_table_text(t, row, 1),
                            .en = tl_table_text(t, row, 4),
                            .zh = tl_table_text(t, row, 5) };
    tl_status st = tl_sheet_number(&t->sheet, row, t->at[2], &out->from, err);
    if (st == TL_OK)
        st = tl_sheet_number_opt(&t->sheet, row, t->at[3], &out->below, err);
    if (st != TL_OK)
        return st;
    if (isnan(out->below))
        out->below = INFINITY;
    for (size_t i = 0; i < row; i++)
        if (strcmp(before[i].id, out->id) == 0)
            return tl_sheet_fail(&t->sheet, row, t->at[0], err, "'%.60s' stands twice", out->id);
    if (!*out->id || strcmp(out->id, "all") == 0 || strcmp(out->id, "nev") == 0)
        return tl_sheet_fail(&t->sheet, row, t->at[0], err, "'%.60s' is no id of a band", out->id);
    if (strlen(out->currency) != 3)
        return tl_sheet_fail(&t->sheet, row, t->at[1], err, "'%.20s', expected a currency",
                             out->currency);
    if (!(out->from >= 0 && out->below > out->from))
        return tl_sheet_fail(&t->sheet, row, t->at[3], err, "%g, expected more than %g", out->below,
                             out->from);
    return TL_OK;
}

static tl_status read_bands(tl_car_market *out, const tl_table_reader *from, tl_error *err)
{
    static const char *const names[] = {
        "id", "currency", "from", "below", "label_en", "label_zh"
    };
    tl_table t = { 0 };
    tl_status st = tl_table_read(&t, from, "price-bands.csv", names, 6, err);
    if (st != TL_OK)
        return st;
    tl_price_band *bands = tl_arena_alloc(from->arena, t.sheet.rows + 1, sizeof *bands);
    if (!bands)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < t.sheet.rows && st == TL_OK; i++)
        st = read_band(&t, i, bands, &bands[i], err);
    out->bands = bands;
    out->n_bands = t.sheet.rows;
    return st;
}

static tl_status read_styles(tl_car_market *out, const tl_table_reader *from, tl_error *err)
{
    static const char *const names[] = { "country", "style", "label_en", "label_zh" };
    tl_table t = { 0 };
    tl_status st = tl_table_read(&t, from, "styles.csv", names, 4, err);
    if (st != TL_OK)
        return st;
    tl_car_style *styles = tl_arena_alloc(from->arena, t.sheet.rows + 1, sizeof *styles);
    if (!styles)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < t.sheet.rows; i++) {
        styles[i] = (tl_car_style){ tl_table_text(&t, i, 0), tl_table_text(&t, i, 1),
                                    tl_table_text(&t, i, 2), tl_table_text(&t, i, 3) };
        if (!*styles[i].country || !*styles[i].style)
            return tl_sheet_fail(&t.sheet, i, t.at[1], err, "a style needs a country and an id");
    }
    out->styles = styles;
    out->n_styles = t.sheet.rows;
    return TL_OK;
}

/* One column of a file. */
static tl_status read_list(const tl_table_reader *from, const char *file, const char *column,
                           const char *const **out, size_t *n, tl_error *err)
{
    tl_table t = { 0 };
    tl_status st = tl_table_read(&t, from, file, &column, 1, err);
    if (st != TL_OK)
        return st;
    const char **list = tl_arena_alloc(from->arena, t.sheet.rows + 1, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < t.sheet.rows; i++)
        list[i] = tl_table_text(&t, i, 0);
    *out = list;
    *n = t.sheet.rows;
    return TL_OK;
}

tl_status tl_car_market_load(tl_car_market *out, tl_store *s, tl_arena *arena, tl_error *err)
{
    tl_dataset set = { 0 };
    const tl_table_reader from = { s, &set, arena };
    *out = (tl_car_market){ 0 };
    tl_status st = tl_dataset_get(s, SET_ID, NULL, arena, &set, err);
    if (st != TL_OK || (st = read_bands(out, &from, err)) != TL_OK ||
        (st = read_styles(out, &from, err)) != TL_OK ||
        (st = read_list(&from, "new-energy.csv", "powertrain", &out->new_energy, &out->n_new_energy,
                        err)) != TL_OK)
        return st;
    out->version = set.version;
    out->checksum = set.checksum;
    return read_list(&from, "joint-ventures.csv", "company", &out->joint, &out->n_joint, err);
}

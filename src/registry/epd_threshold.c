/* epd_threshold.c - which limits for low-carbon metal a value meets. */
#include <math.h>
#include <string.h>

#include "dataset/table.h"
#include "registry/epd_priv.h"

enum { SCHEME, LEVEL, MATERIAL, FROM_DATE, COMPARISON, AT_0, AT_100, SOURCE, COLUMNS };

/* What the panel is asked about. */
struct product {
    const char *material;
    double t_per_t, scrap_share;
};

/* 2.8 + 0.5 x (0.35 - 2.8) is a hair off 1.575: figures so near count as equal. */
static const double rounding = 1e-12;

/* The limit at a scrap share: a straight line between 0% and 100% scrap (the
 * scheme's own two figures are the ends; data/metal-thresholds says where the line is our reading).
 */
static tl_status limit_at(const tl_table *t, size_t row, double scrap_share, tl_threshold *out,
                          tl_error *err)
{
    double at_0, at_100;
    tl_status st = tl_sheet_number(&t->sheet, row, t->at[AT_0], &at_0, err);
    if (st == TL_OK)
        st = tl_sheet_number_opt(&t->sheet, row, t->at[AT_100], &at_100, err);
    if (st != TL_OK)
        return st;
    if (!(at_0 > 0) || at_100 <= 0)
        return tl_sheet_fail(&t->sheet, row, t->at[AT_0], err, "a limit is above 0");
    out->at_0 = at_0;
    out->at_100 = isnan(at_100) ? at_0 : at_100;
    out->limit = at_0 + scrap_share * (out->at_100 - at_0);
    return TL_OK;
}

static tl_status read_row(const tl_table *t, size_t row, const struct product *p, tl_threshold *out,
                          tl_error *err)
{
    tl_threshold line = { .limit = NAN };
    const char *comparison = tl_table_text(t, row, COMPARISON);
    bool at_most = strcmp(comparison, "at-most") == 0;
    *out = (tl_threshold){ .scheme = tl_table_text(t, row, SCHEME),
                           .level = tl_table_text(t, row, LEVEL),
                           .source = tl_table_text(t, row, SOURCE),
                           .material = tl_table_text(t, row, MATERIAL),
                           .from_date = tl_table_text(t, row, FROM_DATE),
                           .limit = NAN,
                           .at_0 = NAN,
                           .at_100 = NAN };
    if (!*out->source || !*out->from_date)
        return tl_sheet_fail(&t->sheet, row, t->at[SOURCE], err, "a limit has source and date");
    if (!at_most && strcmp(comparison, "below") != 0)
        return tl_sheet_fail(&t->sheet, row, t->at[COMPARISON], err,
                             "'%.40s', expected at-most or below", comparison);
    tl_status st = limit_at(t, row, p->scrap_share, &line, err);
    if (st != TL_OK || strcmp(out->material, p->material) != 0)
        return st;
    out->limit = line.limit;
    out->at_0 = line.at_0;
    out->at_100 = line.at_100;
    out->met = at_most ? p->t_per_t <= line.limit * (1 + rounding)
                       : p->t_per_t < line.limit * (1 - rounding);
    return TL_OK;
}

tl_status tl_epd_thresholds(tl_store *s, const char *material, double t_per_t, double scrap_share,
                            tl_arena *arena, const tl_threshold **out, size_t *n, tl_error *err)
{
    static const char *const names[COLUMNS] = { "scheme",          "level",      "material",
                                                "from_date",       "comparison", "limit_0_scrap",
                                                "limit_100_scrap", "source" };
    const struct product p = { material, t_per_t, scrap_share };
    tl_table t;
    tl_dataset set;
    const tl_table_reader from = { s, &set, arena };
    *n = 0;
    if (isinf(t_per_t))
        return tl_fail(err, TL_EINPUT, "the value is no finite number");
    if (!(scrap_share >= 0 && scrap_share <= 1))
        return tl_fail(err, TL_EINPUT, "scrap share: %g, expected 0 to 1", scrap_share);
    tl_status st = tl_dataset_get(s, "metal-thresholds", NULL, arena, &set, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "thresholds.csv", names, COLUMNS, err);
    if (st != TL_OK)
        return st;
    tl_threshold *list = tl_arena_alloc(arena, t.sheet.rows, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++)
        st = read_row(&t, i, &p, &list[i], err);
    *out = list;
    *n = st == TL_OK ? t.sheet.rows : 0;
    return st;
}

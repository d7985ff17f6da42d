/* vehicle_look.c - cars found, one as its source has it, what can be set, intensities. */
#include <math.h>

#include "dataset/table.h"
#include "footprint/intensity.h"
#include "operation/page.h"
#include "operation/vehicle.h"

enum { WORDS_MAX = 32, DEFAULT_LIMIT = 20 };

/* The words as one text. */
static const char *search_text(const tl_call *c)
{
    const char *words[WORDS_MAX], *text = "";
    size_t n = tl_call_list(c, "words", words, WORDS_MAX);
    for (size_t i = 0; text && i < n && i < WORDS_MAX; i++)
        text = tl_arena_printf(c->arena, "%s%s%s", text, i ? " " : "", words[i]);
    return text;
}

/* One car more than the page tells whether there are more. */
static tl_status search(tl_call *c, const char *text, tl_vehicle **list, size_t *n, tl_error *err)
{
    tl_page page;
    tl_vehicle seen;
    tl_status st = tl_page_read(c, 1, DEFAULT_LIMIT, &page, err);
    const char *after = page.goes_on ? page.after[0] : NULL;
    if (st == TL_OK && after) /* else nothing would stand behind it */
        st = tl_vehicle_get(c->store, c->viewer, after, c->arena, &seen, err);
    if (st == TL_OK)
        st = tl_vehicle_search(c->store, c->viewer, text, after, page.limit + 1, c->arena, list, n,
                               err);
    if (st == TL_OK && *n == 0 && *text && !after)
        return tl_fail(err, TL_ENOTFOUND, "no car matches '%.80s'", text);
    if (st != TL_OK || *n <= page.limit)
        return st;
    *n = page.limit;
    return tl_page_more(c, &(*list)[*n - 1].id, 1, err);
}

tl_status tl_run_vehicle_search(tl_call *c, tl_error *err)
{
    tl_vehicle *list = NULL;
    size_t n = 0;
    const char *text = search_text(c);
    tl_status st = text ? search(c, text, &list, &n, err) : tl_fail_nomem(err);
    if (st == TL_OK && c->json) {
        tl_json j = tl_vehicle_document(c, true);
        tl_vehicle_list_json(&j, list, n);
        st = tl_vehicle_document_end(c, err);
    }
    return st == TL_OK ? tl_call_report(c, tl_report_vehicle_list(list, n, c->arena), err) : st;
}

tl_status tl_run_vehicle_show(tl_call *c, tl_error *err)
{
    tl_vehicle v;
    tl_vehicle_part *parts;
    size_t n;
    tl_status st = tl_vehicle_open(c, tl_call_text(c, "vehicle"), &v, &parts, &n, err);
    if (st == TL_OK && c->json) {
        tl_json j = tl_vehicle_document(c, true);
        tl_vehicle_show_json(&j, &v, parts, n);
        st = tl_vehicle_document_end(c, err);
    }
    return st == TL_OK ? tl_call_report(c, tl_report_vehicle_show(&v, parts, n, c->arena), err)
                       : st;
}

tl_status tl_run_vehicle_parameters(tl_call *c, tl_error *err)
{
    tl_settings settings;
    tl_car_model *m = tl_arena_alloc(c->arena, 1, sizeof *m);
    tl_status st = m ? tl_vehicle_settings(c, &settings, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_car_model_open(m, c->store, settings.items, settings.n, c->arena, err);
    if (st != TL_OK)
        return st;
    if (c->json) {
        tl_json j = tl_vehicle_document(c, true);
        tl_vehicle_parameters_json(&j, m);
        st = tl_vehicle_document_end(c, err);
    }
    if (st == TL_OK)
        st = tl_call_report(c, tl_report_vehicle_parameters(m, c->arena), err);
    tl_car_model_close(m);
    return st;
}

static tl_status compute(tl_intensity_row *row, tl_error *err)
{
    return tl_material_intensity(row->footprint_t, row->share_percent / 100, row->mass_kg,
                                 &row->t_co2e_per_kg, err);
}

/* All rows of the installed set maker-lca. */
static tl_status published(const tl_call *c, tl_intensity_row **out, size_t *n, tl_error *err)
{
    static const char *const names[] = { "car", "material", "footprint_t", "share_percent",
                                         "mass_kg" };
    tl_table t = { 0 };
    tl_dataset set;
    const tl_table_reader from = { c->store, &set, c->arena };
    tl_status st = tl_dataset_get(c->store, "maker-lca", NULL, c->arena, &set, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "materials.csv", names, 5, err);
    if (st != TL_OK)
        return st;
    tl_intensity_row *rows = tl_arena_alloc(c->arena, t.sheet.rows + 1, sizeof *rows);
    if (!rows)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        double *const numbers[] = { &rows[i].footprint_t, &rows[i].share_percent,
                                    &rows[i].mass_kg };
        rows[i].car = tl_table_text(&t, i, 0);
        rows[i].material = tl_table_text(&t, i, 1);
        for (size_t k = 0; st == TL_OK && k < 3; k++)
            st = tl_sheet_number(&t.sheet, i, t.at[2 + k], numbers[k], err);
        if (st == TL_OK)
            st = compute(&rows[i], err);
    }
    *out = rows;
    *n = t.sheet.rows;
    return st;
}

tl_status tl_run_vehicle_intensity(tl_call *c, tl_error *err)
{
    tl_intensity_row own = {
        .car = "-", .material = "-", .footprint_t = NAN, .share_percent = NAN, .mass_kg = NAN
    };
    tl_intensity_row *rows = &own;
    size_t n = 1;
    tl_call_number(c, "footprint", &own.footprint_t);
    tl_call_number(c, "share", &own.share_percent);
    tl_call_number(c, "mass", &own.mass_kg);
    bool given = !isnan(own.footprint_t) || !isnan(own.share_percent) || !isnan(own.mass_kg);
    tl_status st = given ? compute(&own, err) : published(c, &rows, &n, err);
    if (st == TL_OK && c->json) {
        tl_json j = tl_vehicle_document(c, true);
        tl_vehicle_intensity_json(&j, rows, n);
        st = tl_vehicle_document_end(c, err);
    }
    return st == TL_OK ? tl_call_report(c, tl_report_vehicle_intensity(rows, n, c->arena), err)
                       : st;
}

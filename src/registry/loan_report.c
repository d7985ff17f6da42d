/* loan_report.c - a loan as one JSON document that holds all it was computed from.
 *
 * Amounts and margins are decimal numbers with every digit, g/km the shortest that reads back as
 * the same double, so that tools/check-loan gets the very numbers used here. */
#include "format/json.h"
#include "registry/loan.h"

static void put_money(tl_json *j, const char *name, tl_money v)
{
    char text[TL_LOAN_TEXT];
    tl_money_format(v, text);
    tl_json_exact(j, name, text);
}

static void put_margin(tl_json *j, const char *name, int64_t e4)
{
    char text[TL_LOAN_TEXT];
    tl_margin_format(e4, text);
    tl_json_exact(j, name, text);
}

static void put_facility(tl_json *j, const tl_facility *f)
{
    tl_json_object(j, "facility");
    tl_json_text(j, "id", f->id);
    tl_json_text(j, "borrower", f->borrower);
    tl_json_text(j, "currency", f->currency);
    put_money(j, "limit", f->limit);
    tl_json_text(j, "basis", tl_loan_basis_name(f->basis));
    tl_json_text(j, "weight", tl_loan_weight_name(f->weight));
    tl_json_text(j, "signed_on", f->signed_on && *f->signed_on ? f->signed_on : NULL);
    tl_json_text(j, "grid_date", f->grid_date);
    tl_json_array(j, "grid");
    for (size_t i = 0; i < f->n_steps; i++) {
        tl_json_object(j, NULL);
        if (f->basis == TL_LOAN_BY_CLASS)
            tl_json_int(j, "class", f->steps[i].class_number);
        else /* the last, without a limit, is null */
            tl_json_number(j, "up_to_g_km", f->steps[i].up_to_g_km);
        tl_json_int(j, "basis_points", f->steps[i].basis_points);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_end(j);
}

/* What a car is priced by; version 0, "none published", and class 0 are null. */
static void put_footprint(tl_json *j, const char *name, int64_t version, double g_km,
                          int class_number, int basis_points)
{
    tl_json_object(j, name);
    if (version > 0)
        tl_json_int(j, "version", version);
    else
        tl_json_null(j, "version");
    tl_json_number(j, "g_km", g_km);
    if (class_number > 0)
        tl_json_int(j, "class", class_number);
    else
        tl_json_null(j, "class");
    tl_json_int(j, "basis_points", basis_points);
    tl_json_end(j);
}

static void put_car(tl_json *j, const tl_loan_car *car)
{
    tl_json_object(j, NULL);
    tl_json_text(j, "record", car->record);
    put_money(j, "price", car->price);
    put_footprint(j, "pinned", car->version, car->g_km, car->class_number, car->basis_points);
    put_footprint(j, "newest", car->newest, car->newest_g_km, car->newest_class,
                  car->newest_basis_points);
    tl_json_bool(j, "notice", car->newest != car->version);
    tl_json_end(j);
}

tl_status tl_loan_report(const tl_facility *f, const tl_loan_car *cars, size_t n,
                         const tl_loan_result *r, tl_buf *out, tl_error *err)
{
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "report", "loan");
    tl_json_int(&j, "format", 1);
    put_facility(&j, f);
    tl_json_array(&j, "cars");
    for (size_t i = 0; i < n; i++)
        put_car(&j, &cars[i]);
    tl_json_end(&j);
    tl_json_object(&j, "result");
    put_money(&j, "drawn", r->drawn);
    put_margin(&j, "by_count", r->by_count_e4);
    put_margin(&j, "by_price", r->by_price_e4);
    put_margin(&j, "margin", r->margin_e4);
    put_margin(&j, "margin_now", r->margin_now_e4);
    tl_json_int(&j, "notices", (int64_t)r->notices);
    tl_json_end(&j);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
    return tl_buf_status(out, err);
}

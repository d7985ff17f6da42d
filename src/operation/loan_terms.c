/* loan_terms.c - a facility made, filled and signed. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "intake/loan_import.h"
#include "operation/loan.h"

/* "1=-20" for a class, "150=-10" or "above=20" for g/km. */
static tl_status read_step(const tl_call *c, const char *text, tl_loan_basis basis,
                           tl_loan_step *out, tl_error *err)
{
    const char *equals = strchr(text, '=');
    int64_t bp = 0, class_number = 0;
    if (!equals)
        return tl_fail(err, TL_EINPUT, "is '%s', expected CLASS=BASISPOINTS or G/KM=..", text);
    const char *left = tl_arena_copy(c->arena, text, (size_t)(equals - text));
    if (!left)
        return tl_fail_nomem(err);
    *out = (tl_loan_step){ .up_to_g_km = INFINITY };
    tl_status st = tl_int_parse(equals + 1, -10000, 10000, &bp, err);
    if (st == TL_OK && basis == TL_LOAN_BY_CLASS)
        st = tl_int_parse(left, 1, 9, &class_number, err);
    else if (st == TL_OK && strcmp(left, "above") != 0)
        st = tl_number_parse(left, &out->up_to_g_km, err);
    out->class_number = (int)class_number;
    out->basis_points = (int)bp;
    return st == TL_OK ? st : tl_context(err, st, "%s", text);
}

static tl_status read_facility(const tl_call *c, tl_facility *f, tl_error *err)
{
    const char *steps[TL_LOAN_STEPS_MAX];
    const size_t n = tl_call_list(c, "step", steps, TL_LOAN_STEPS_MAX);
    const char *g_km = tl_loan_basis_name(TL_LOAN_BY_G_KM);
    const char *price = tl_loan_weight_name(TL_LOAN_BY_PRICE);
    *f = (tl_facility){ .id = tl_call_text(c, "facility"),
                        .borrower = tl_call_text(c, "borrower"),
                        .currency = tl_call_text(c, "currency"),
                        .grid_date = tl_call_text(c, "grid-date"),
                        .signed_on = "",
                        .tenant = c->viewer->tenant };
    f->basis = strcmp(tl_call_text(c, "basis"), g_km) == 0 ? TL_LOAN_BY_G_KM : TL_LOAN_BY_CLASS;
    f->weight = strcmp(tl_call_text(c, "weight"), price) == 0 ? TL_LOAN_BY_PRICE : TL_LOAN_BY_COUNT;
    tl_status st = tl_money_parse(tl_span_of(tl_call_text(c, "limit")), &f->limit, err);
    if (st != TL_OK)
        return tl_call_context(c, "limit", st, err);
    if (n > TL_LOAN_STEPS_MAX)
        return tl_fail(err, TL_EINPUT, "%zu steps, a grid has at most %d", n,
                       (int)TL_LOAN_STEPS_MAX);
    while (st == TL_OK && f->n_steps < n) {
        st = read_step(c, steps[f->n_steps], f->basis, &f->steps[f->n_steps], err);
        f->n_steps++;
    }
    return tl_call_context(c, "step", st, err);
}

/* Commits or undoes, and shows the term sheet. */
static tl_status end(tl_call *c, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK ? tl_run_loan_show(c, err) : st;
}

/* The id is free, or that of a facility of one's own. */
static tl_status may_take(tl_call *c, const char *id, tl_error *err)
{
    static const tl_viewer all = { .all_tenants = true };
    tl_error why = { 0 };
    tl_status st = tl_facility_seen(c->store, c->viewer, id, c->arena, &why);
    if (st == TL_ENOTFOUND && tl_facility_seen(c->store, &all, id, c->arena, NULL) == TL_OK)
        return tl_fail(err, TL_ECONFLICT, "the id '%s' is taken", id);
    return st == TL_OK || st == TL_ENOTFOUND ? TL_OK : tl_fail(err, st, "%s", why.text);
}

tl_status tl_run_loan_make(tl_call *c, tl_error *err)
{
    tl_facility f;
    tl_status st = read_facility(c, &f, err);
    if (st == TL_OK)
        st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    if ((st = may_take(c, f.id, err)) == TL_OK)
        st = tl_facility_put(c->store, &f, tl_call_who(c), err);
    return end(c, st, err);
}

tl_status tl_run_loan_sign(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "facility");
    tl_status st = tl_facility_seen(c->store, c->viewer, id, c->arena, err);
    if (st == TL_OK)
        st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    return end(c, tl_facility_sign(c->store, id, tl_call_day(c), tl_call_who(c), err), err);
}

tl_status tl_run_loan_cars(tl_call *c, tl_error *err)
{
    tl_loan_verdict v = { 0 };
    const tl_loan_import how = { tl_call_text(c, "facility"), tl_call_text(c, "file"),
                                 tl_call_who(c), c->log };
    tl_status st = tl_facility_seen(c->store, c->viewer, how.facility, c->arena, err);
    if (st == TL_OK)
        st = tl_loan_import_file(c->store, &how, c->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_report *r =
        tl_report_new(c->arena, "loan-cars", (tl_label){ "List of cars", "车辆清单导入结果" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "file", (tl_label){ "file", "文件" }, how.path);
    tl_report_fact_int(r, "rows", (tl_label){ "rows", "行数" }, v.rows);
    tl_report_fact_int(r, "drawn", (tl_label){ "drawn", "提款" }, v.drawn);
    tl_report_fact_int(r, "unchanged", (tl_label){ "there already", "已有" }, v.same);
    tl_report_fact_int(r, "refused", (tl_label){ "rows refused", "拒绝行数" }, v.refused);
    return tl_call_verdict(c, r, &(tl_refused_source){ how.path, tl_loan_columns, TL_LOAN_COLUMNS },
                           v.refusals, v.refusal_count, err);
}

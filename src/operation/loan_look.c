/* loan_look.c - facilities looked at: the term sheet, what others recompute it from. */
#include "operation/loan.h"
#include "operation/loan_sheet.h"
#include "report/registry_loan_test.h"
#include "report/report_paper.h"

tl_status tl_loan_read_at(const tl_call *c, const char *day, tl_loan_read *out, tl_error *err)
{
    tl_loan_car *cars = NULL;
    size_t n = 0;
    const char *id = tl_call_text(c, "facility");
    tl_status st = tl_facility_seen(c->store, c->viewer, id, c->arena, err);
    if (st == TL_OK)
        st = tl_facility_at(c->store, id, day, c->arena, &out->facility, &cars, &n, err);
    if (st == TL_OK)
        st = tl_loan_compute(&out->facility, cars, n, &out->result, err);
    out->cars = cars;
    out->sheet = (tl_loan_sheet){ &out->facility, cars, n, &out->result, c->arena };
    return st;
}

/* A facility without cars has terms and no margin. */
tl_status tl_run_loan_show(tl_call *c, tl_error *err)
{
    tl_facility f;
    tl_loan_car *cars = NULL;
    tl_loan_result r = { 0 };
    size_t n = 0;
    const char *id = tl_call_text(c, "facility");
    tl_status st = tl_facility_seen(c->store, c->viewer, id, c->arena, err);
    if (st == TL_OK)
        st = tl_facility_get(c->store, id, c->arena, &f, &cars, &n, err);
    if (st == TL_OK && n)
        st = tl_loan_compute(&f, cars, n, &r, err);
    const tl_loan_sheet sheet = { &f, cars, n, &r, c->arena };
    return st == TL_OK ? tl_call_report(c, tl_report_loan(&sheet), err) : st;
}

/* The term sheet on paper, as of today. */
tl_status tl_run_loan_sheet(tl_call *c, tl_error *err)
{
    if (!c->format)
        return tl_fail(err, TL_EINPUT, "--out FILE.pdf is needed: where the term sheet goes");
    tl_status st = tl_run_loan_show(c, err);
    if (st != TL_OK)
        return st;
    const char *id = tl_call_text(c, "facility");
    if (!(c->document_name = tl_arena_printf(c->arena, "loan-%s.pdf", id)))
        return tl_fail_nomem(err);
    c->document_type = "application/pdf";
    return tl_report_as_paper(c->report, c->zh, c->today, &c->document, err);
}

/* The JSON from which anybody recomputes the margin. */
tl_status tl_run_loan_report(tl_call *c, tl_error *err)
{
    tl_loan_read l;
    const char *day = tl_call_text(c, "day");
    tl_status st = tl_loan_read_at(c, day ? day : "", &l, err);
    if (st != TL_OK)
        return st;
    if (!(c->document_name = tl_arena_printf(c->arena, "loan-%s.json", l.facility.id)))
        return tl_fail_nomem(err);
    c->document_type = "application/json";
    return tl_loan_report(&l.facility, l.sheet.cars, l.sheet.n, &l.result, &c->document, err);
}

tl_status tl_run_loan_pack(tl_call *c, tl_error *err)
{
    tl_loan_read l;
    if (!c->format)
        return tl_fail(err, TL_EINPUT, "--out FILE.zip is needed: where the evidence goes");
    tl_status st = tl_loan_read_at(c, "", &l, err);
    if (st != TL_OK)
        return st;
    if (!(c->document_name = tl_arena_printf(c->arena, "loan-%s.zip", l.facility.id)))
        return tl_fail_nomem(err);
    c->document_type = "application/zip";
    return tl_loan_pack(c->store, &l.sheet, &c->document, err);
}

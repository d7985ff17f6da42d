/* epd_effect.c - what a declaration moves, shown, and saved as a use. */
#include <math.h>

#include "footprint/vehicle.h"
#include "operation/epd.h"
#include "operation/epd_preview.h"
#include "registry/epd_view.h"
#include "report/registry_epd_effect.h"

tl_status tl_epd_bill_seen(const tl_call *c, const char *car, bool *out, tl_error *err)
{
    tl_vehicle_part *parts;
    size_t n = 0;
    tl_status st = tl_vehicle_parts(c->store, c->viewer, car, c->arena, &parts, &n, err);
    *out = n > 0;
    return st;
}

/* Of cars whose bill is another's what is published stays, and the others go. */
static tl_status hide_bills(const tl_call *c, tl_epd_preview *p, bool *hidden, tl_error *err)
{
    size_t n = 0;
    tl_status st = TL_OK;
    tl_epd_shift *cars = tl_arena_alloc(c->arena, p->n_cars + 1, sizeof *cars);
    if (!cars)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < p->n_cars; i++) {
        bool seen = true;
        cars[n] = p->cars[i];
        if (cars[n].mass_kg > 0)
            st = tl_epd_bill_seen(c, cars[n].car, &seen, err);
        if (!seen)
            cars[n].mass_kg = cars[n].computed_before = cars[n].computed_after = NAN;
        *hidden = *hidden || !seen;
        n += seen || cars[n].version > 0;
    }
    p->cars = cars;
    p->n_cars = n;
    return st;
}

tl_status tl_epd_hide(const tl_call *c, tl_epd_preview *p, tl_epd_owner *owner, tl_epd_hidden *out,
                      tl_error *err)
{
    const tl_viewer *v = c->viewer;
    *out = (tl_epd_hidden){ .loans = !v->all_tenants || !tl_viewer_may(v, TL_RIGHT_LOAN_READ) };
    if (out->loans)
        p->n_loans = 0;
    if (v->all_tenants && tl_viewer_may(v, TL_RIGHT_RECORD_READ))
        return TL_OK;
    if (owner && owner->n_doubts > 0) {
        owner->n_doubts = 0;
        out->bills = true;
    }
    return hide_bills(c, p, &out->bills, err);
}

void tl_epd_note_hidden(tl_report *r, tl_epd_hidden hidden)
{
    if (r && hidden.loans)
        tl_report_note(r, (tl_label){ "Loans are shown to those who may read them.",
                                      "贷款仅向有权查阅者显示。" });
    if (r && hidden.bills)
        tl_report_note(r, (tl_label){ "Bills of materials are their makers': of the cars of others "
                                      "only what is published is shown.",
                                      "物料清单归车企所有：其他企业的车型仅显示已公布的内容。" });
}

/* What a use would move; in the arena, since the report borrows its hash. */
struct effects {
    const char *record, *material, *supplier;
    tl_epd_preview preview;
    tl_epd_owner owner;
    tl_epd_hidden hidden;
};

static tl_status preview(tl_call *c, struct effects **out, tl_error *err)
{
    tl_epd_view seen;
    struct effects *e = *out = tl_arena_alloc(c->arena, 1, sizeof *e);
    if (!e)
        return tl_fail_nomem(err);
    *e = (struct effects){ .record = tl_call_text(c, "record"),
                           .material = tl_call_text(c, "material"),
                           .supplier = tl_call_text(c, "supplier") };
    tl_status st = tl_epd_of_owner(c->store, c->viewer, e->record, c->arena, &seen, err);
    if (st == TL_OK && !e->supplier)
        st = tl_epd_owner_of(c->store, e->record, e->material, c->arena, &e->owner, err);
    return st == TL_OK ? tl_epd_preview_make(c->store, e->record, e->material, e->supplier,
                                             c->arena, &e->preview, err)
                       : st;
}

static tl_status show(tl_call *c, struct effects *e, bool saved, tl_error *err)
{
    tl_status st = tl_epd_hide(c, &e->preview, &e->owner, &e->hidden, err);
    if (st != TL_OK)
        return st;
    const tl_epd_effect_view v = { &e->preview, e->material, e->supplier ? NULL : &e->owner, saved,
                                   c->arena };
    tl_report *r = tl_report_epd_effects(&v);
    tl_epd_note_hidden(r, e->hidden);
    return tl_call_report(c, r, err);
}

tl_status tl_run_epd_effects(tl_call *c, tl_error *err)
{
    struct effects *e;
    tl_status st = preview(c, &e, err);
    return st == TL_OK ? show(c, e, false, err) : st;
}

/* What is shown is what was saved: worked out in the same transaction, before the use. */
tl_status tl_run_epd_use(tl_call *c, tl_error *err)
{
    struct effects *e;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    if ((st = preview(c, &e, err)) == TL_OK)
        st = tl_epd_use_shown(c->store, e->record, e->material, e->supplier,
                              tl_call_text(c, "expect"), tl_call_who(c), err);
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK ? show(c, e, true, err) : st;
}

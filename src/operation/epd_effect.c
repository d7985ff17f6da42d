/* epd_effect.c - what a declaration moves, shown, and saved as a use. */
#include "operation/epd.h"
#include "operation/epd_preview.h"
#include "registry/epd_view.h"
#include "report/registry_epd_effect.h"

bool tl_epd_hide_loans(const tl_call *c, tl_epd_preview *p)
{
    if (c->viewer->all_tenants && tl_viewer_may(c->viewer, TL_RIGHT_LOAN_READ))
        return false;
    p->loans = NULL;
    p->n_loans = 0;
    return true;
}

void tl_epd_note_loans(tl_report *r, bool hidden)
{
    if (r && hidden)
        tl_report_note(r, (tl_label){ "Loans are shown to those who may read them.",
                                      "贷款仅向有权查阅者显示。" });
}

/* What a use would move; in the arena, since the report borrows its hash. */
struct effects {
    const char *record, *material, *supplier;
    tl_epd_preview preview;
    tl_epd_owner owner;
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
    bool hidden = tl_epd_hide_loans(c, &e->preview);
    const tl_epd_effect_view v = { &e->preview, e->material, e->supplier ? NULL : &e->owner, saved,
                                   c->arena };
    tl_report *r = tl_report_epd_effects(&v);
    tl_epd_note_loans(r, hidden);
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

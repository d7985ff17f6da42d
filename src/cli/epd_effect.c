/* epd_effect.c - the forms that show what a declaration moves, and save it. */
#include <math.h>
#include <string.h>

#include "cli/epd.h"
#include "intake/record_json.h"
#include "quantity/unit.h"
#include "report/registry_epd.h"
#include "report/registry_epd_effect.h"

/* Commits or undoes. */
static tl_status end(tl_epd_call *c, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        return tl_store_commit(c->store, err);
    tl_store_rollback(c->store);
    return st;
}

static tl_status preview(tl_epd_call *c, tl_epd_preview *p, tl_epd_owner *owner, tl_error *err)
{
    tl_status st = tl_epd_need("material", c->material, err);
    if (st == TL_OK && !c->supplier)
        st = tl_epd_owner_of(c->store, c->argv[0], c->material, c->cli->arena, owner, err);
    return st == TL_OK ? tl_epd_preview_make(c->store, c->argv[0], c->material, c->supplier,
                                             c->cli->arena, p, err)
                       : st;
}

static tl_status show(tl_epd_call *c, const tl_epd_preview *p, const tl_epd_owner *owner,
                      bool saved, tl_error *err)
{
    const tl_epd_effect_view v = { p, c->material, c->supplier ? NULL : owner, saved,
                                   c->cli->arena };
    return tl_cli_show(c->cli, tl_report_epd_effects(&v), c->out, err);
}

tl_status tl_epd_form_effects(tl_epd_call *c, tl_error *err)
{
    tl_epd_preview p;
    tl_epd_owner owner = { 0 };
    tl_status st = preview(c, &p, &owner, err);
    return st == TL_OK ? show(c, &p, &owner, false, err) : st;
}

/* What is shown is what was saved: worked out in the same transaction, before the use. */
tl_status tl_epd_form_use(tl_epd_call *c, tl_error *err)
{
    tl_epd_preview p;
    tl_epd_owner owner = { 0 };
    tl_status st = preview(c, &p, &owner, err);
    if (st == TL_OK)
        st = tl_epd_use_shown(c->store, c->argv[0], c->material, c->supplier, c->expect, c->who,
                              err);
    st = end(c, st, err);
    return st == TL_OK ? show(c, &p, &owner, true, err) : st;
}

static tl_status tonnes(const tl_record *r, double *out, tl_error *err)
{
    tl_units *units = NULL;
    tl_unit from, to;
    tl_status st = tl_units_new(&units, err);
    if (st == TL_OK)
        st = tl_unit_parse(units, r->unit, &from, err);
    if (st == TL_OK)
        st = tl_unit_parse(units, "tCO2e/t", &to, err);
    if (st == TL_OK)
        st = tl_unit_convert(units, r->value, &from, &to, out, err);
    tl_units_free(units);
    return st;
}

/* Limits are asked for with the kind of product and the share of scrap: a record states neither. */
static tl_status limits(tl_epd_call *c, const tl_record *fresh, tl_epd_update_view *v,
                        tl_error *err)
{
    double t_per_t = NAN;
    if (!c->product && isnan(c->scrap))
        return TL_OK;
    tl_status st = tl_epd_need("product", c->product, err);
    if (st == TL_OK && isnan(c->scrap))
        st = tl_fail(err, TL_EINPUT, "--scrap is missing");
    if (st == TL_OK)
        st = tonnes(fresh, &t_per_t, err);
    return st == TL_OK ? tl_epd_thresholds(c->store, c->product, t_per_t, c->scrap, c->cli->arena,
                                           &v->limits, &v->n_limits, err)
                       : st;
}

/* Reads the figures and works out all that the view shows. */
static tl_status compare(tl_epd_call *c, tl_record *registered, tl_record *fresh, tl_epd_preview *p,
                         tl_epd_update_view *v, tl_error *err)
{
    tl_epd e;
    const tl_epd_question *questions;
    size_t n;
    tl_arena *arena = c->cli->arena;
    *v = (tl_epd_update_view){
        .registered = registered, .fresh = fresh, .preview = p, .arena = arena
    };
    tl_status st = tl_record_json_read(c->argv[1], arena, fresh, err);
    if (st == TL_OK && strcmp(fresh->id, c->argv[0]) != 0)
        st =
            tl_fail(err, TL_EINPUT, "%s: id is %s, expected %s", c->argv[1], fresh->id, c->argv[0]);
    if (st == TL_OK)
        st = tl_epd_get(c->store, c->argv[0], arena, &e, &questions, &n, err);
    if (st == TL_OK && !*e.registration)
        st = tl_fail(err, TL_ECONFLICT, "%s is not registered yet: there is nothing to update",
                     c->argv[0]);
    if (st == TL_OK)
        st = tl_record_get(c->store, c->argv[0], 0, arena, registered, err);
    if (st == TL_OK)
        st = tl_epd_update_moves(registered, fresh, arena, &v->moves, &v->n_moves, err);
    if (st == TL_OK)
        st = tl_epd_preview_update(c->store, fresh, arena, p, err);
    return st == TL_OK ? limits(c, fresh, v, err) : st;
}

tl_status tl_epd_form_check_update(tl_epd_call *c, tl_error *err)
{
    tl_record registered, fresh;
    tl_epd_preview p;
    tl_epd_update_view v;
    tl_status st = compare(c, &registered, &fresh, &p, &v, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_epd_update(&v), c->out, err) : st;
}

tl_status tl_epd_form_update(tl_epd_call *c, tl_error *err)
{
    tl_record registered, fresh;
    tl_epd_preview p;
    tl_epd_update_view v;
    bool same;
    tl_status st = compare(c, &registered, &fresh, &p, &v, err);
    if (st == TL_OK && c->reason)
        fresh.reason = c->reason;
    if (st == TL_OK)
        st = tl_record_put(c->store, &fresh, c->who, &same, err);
    st = end(c, st, err);
    v.written = true;
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_epd_update(&v), c->out, err) : st;
}

/* epd_update.c - new figures of a registered declaration: compared, and written as a draft. */
#include <math.h>
#include <string.h>

#include "intake/record_json.h"
#include "operation/epd.h"
#include "operation/epd_preview.h"
#include "quantity/unit.h"
#include "registry/epd_view.h"
#include "report/registry_epd_effect.h"

/* Figures against those registered; in the arena, since the report borrows from them. */
struct update {
    tl_record registered, fresh;
    tl_epd_preview preview;
    tl_epd_update_view view;
    tl_epd_hidden hidden;
};

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

static tl_status missing(const tl_call *c, const char *name, tl_error *err)
{
    return tl_fail(err, TL_EINPUT, "%s%s is missing", c->dash ? c->dash : "", name);
}

/* Limits are asked for with the kind of product and the share of scrap: a record states neither. */
static tl_status limits(tl_call *c, struct update *u, tl_error *err)
{
    double t_per_t = NAN, scrap = NAN;
    const char *product = tl_call_text(c, "product");
    tl_call_number(c, "scrap", &scrap);
    if (!product && isnan(scrap))
        return TL_OK;
    if (!product || isnan(scrap))
        return missing(c, product ? "scrap" : "product", err);
    tl_status st = tonnes(&u->fresh, &t_per_t, err);
    return st == TL_OK ? tl_epd_thresholds(c->store, product, t_per_t, scrap, c->arena,
                                           &u->view.limits, &u->view.n_limits, err)
                       : st;
}

static tl_status read_figures(tl_call *c, const char *record, tl_record *out, tl_error *err)
{
    const char *file = tl_call_text(c, "file");
    tl_status st = tl_record_json_read(file, c->arena, out, err);
    if (st == TL_OK && strcmp(out->id, record) != 0)
        return tl_fail(err, TL_EINPUT, "%s: id is %s, expected %s", file, out->id, record);
    return st;
}

/* Reads the figures and works out all that the view shows. */
static tl_status compare(tl_call *c, struct update **out, tl_error *err)
{
    tl_epd_view e;
    struct update *u = *out = tl_arena_alloc(c->arena, 1, sizeof *u);
    if (!u)
        return tl_fail_nomem(err);
    tl_epd_update_view *v = &u->view;
    const char *record = tl_call_text(c, "record");
    *v = (tl_epd_update_view){
        .registered = &u->registered, .fresh = &u->fresh, .preview = &u->preview, .arena = c->arena
    };
    tl_status st = read_figures(c, record, &u->fresh, err);
    if (st == TL_OK)
        st = tl_epd_of_owner(c->store, c->viewer, record, c->arena, &e, err);
    if (st == TL_OK && !*e.epd.registration)
        st = tl_fail(err, TL_ECONFLICT, "%s is not registered yet: there is nothing to update",
                     record);
    if (st == TL_OK)
        st = tl_record_get(c->store, record, 0, c->arena, &u->registered, err);
    if (st == TL_OK)
        st = tl_epd_update_moves(&u->registered, &u->fresh, c->arena, &v->moves, &v->n_moves, err);
    if (st == TL_OK)
        st = tl_epd_preview_update(c->store, &u->fresh, c->arena, &u->preview, err);
    if (st != TL_OK)
        return st;
    st = tl_epd_hide(c, &u->preview, NULL, &u->hidden, err);
    return st == TL_OK ? limits(c, u, err) : st;
}

static tl_status show(tl_call *c, const struct update *u, tl_error *err)
{
    tl_report *r = tl_report_epd_update(&u->view);
    tl_epd_note_hidden(r, u->hidden);
    return tl_call_report(c, r, err);
}

tl_status tl_run_epd_check_update(tl_call *c, tl_error *err)
{
    struct update *u = NULL;
    tl_status st = compare(c, &u, err);
    return st == TL_OK ? show(c, u, err) : st;
}

tl_status tl_run_epd_update(tl_call *c, tl_error *err)
{
    struct update *u = NULL;
    bool same;
    const char *reason = tl_call_text(c, "reason");
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    if ((st = compare(c, &u, err)) == TL_OK && reason)
        u->fresh.reason = reason;
    if (st == TL_OK)
        st = tl_record_put(c->store, &u->fresh, tl_call_who(c), &same, err);
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    if (st != TL_OK)
        return st;
    u->view.written = true;
    return show(c, u, err);
}

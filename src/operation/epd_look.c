/* epd_look.c - declarations looked at: the list, one, the calendar of ends, the limits.
 *
 * Each is public as far as what it shows was registered (registry/epd_view.h). */
#include <math.h>
#include <string.h>

#include "operation/epd.h"
#include "operation/epd_preview.h"
#include "operation/page.h"
#include "registry/epd_view.h"
#include "report/registry_epd.h"

/* Unregistered declarations are asked for by name: a visitor is told why there are none. */
static tl_status may_ask_for(const tl_call *c, const char *state, tl_error *err)
{
    static const tl_right any[] = { TL_RIGHT_EPD_EDIT, TL_RIGHT_EPD_VERIFY, TL_RIGHT_EPD_REGISTER };
    if (!state || (strcmp(state, "draft") != 0 && strcmp(state, "with-verifier") != 0))
        return TL_OK;
    for (size_t i = 0; i < sizeof any / sizeof *any; i++)
        if (tl_viewer_may(c->viewer, any[i]))
            return TL_OK;
    return tl_viewer_require(c->viewer, TL_RIGHT_RECORD_READ, err);
}

tl_status tl_run_epd_list(tl_call *c, tl_error *err)
{
    const tl_epd_filter f = { .owner = tl_call_text(c, "owner"),
                              .pcr = tl_call_text(c, "pcr"),
                              .state = tl_call_text(c, "state"),
                              .until = tl_call_text(c, "until"),
                              .viewer = c->viewer };
    tl_epd_found *all = NULL;
    tl_page page;
    size_t n = 0, from = 0, until = 0;
    tl_status st = may_ask_for(c, f.state, err);
    if (st == TL_OK)
        st = tl_page_read(c, 1, 0, &page, err);
    if (st == TL_OK)
        st = tl_epd_find(c->store, &f, c->arena, &all, &n, err);
    if (st != TL_OK)
        return st;
    tl_epd_shown *shown = tl_arena_alloc(c->arena, n + 1, sizeof *shown);
    const char **keys = tl_arena_alloc(c->arena, n + 1, sizeof *keys);
    if (!shown || !keys)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        shown[i] = (tl_epd_shown){ &all[i].epd, &all[i].record };
        keys[i] = all[i].epd.record;
    }
    tl_report *r = NULL;
    st = tl_page_pick(c, &page, keys, n, &from, &until, err);
    for (size_t i = from; st == TL_OK && i < until; i++)
        st = tl_epd_found_parts(c->store, &all[i], c->arena, err);
    if (st == TL_OK)
        st = tl_report_epd_list(&r, shown + from, until - from, c->arena, err);
    return st == TL_OK ? tl_call_report(c, r, err) : st;
}

/* The rules by name, NULL where they are gone. */
static tl_status find_pcr(const tl_call *c, const char *id, const tl_pcr **out, tl_error *err)
{
    const tl_pcr *all;
    size_t n = 0;
    tl_status st = tl_pcr_list(c->store, c->arena, &all, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (strcmp(all[i].id, id) == 0)
            *out = &all[i];
    return st;
}

tl_status tl_run_epd_show(tl_call *c, tl_error *err)
{
    tl_epd_view e;
    tl_company owner;
    tl_epd_card card = { .shown = { &e.epd, &e.record }, .owner = &owner, .arena = c->arena };
    tl_status st = tl_epd_see(c->store, c->viewer, tl_call_text(c, "record"), TL_EPD_NEWEST,
                              c->arena, &e, err);
    if (st == TL_OK)
        st = find_pcr(c, e.epd.pcr, &card.pcr, err);
    if (st == TL_OK)
        st = tl_company_get(c->store, e.epd.owner, c->arena, &owner, err);
    card.side = st == TL_OK ? tl_epd_side_of(c->viewer, &e.epd) : TL_EPD_SIDE_NONE;
    card.questions = e.questions;
    card.n_questions = e.n;
    return st == TL_OK ? tl_call_report(c, tl_report_epd(&card), err) : st;
}

tl_status tl_run_epd_rules(tl_call *c, tl_error *err)
{
    const tl_pcr *all = NULL;
    size_t n = 0;
    tl_status st = tl_pcr_list(c->store, c->arena, &all, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_epd_rules(all, n, c->today, c->arena), err)
                       : st;
}

/* Bills of materials are the makers': others see the cars that say it themselves. */
static tl_status leave_seen(tl_call *c, tl_epd_expiry *e, tl_error *err)
{
    size_t n = 0;
    tl_status st = TL_OK;
    const char **cars = tl_arena_alloc(c->arena, e->n_used_by + 1, sizeof *cars);
    if (!cars)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < e->n_used_by; i++) {
        bool seen = e->published[i];
        if (!seen)
            st = tl_epd_bill_seen(c, e->used_by[i], &seen, err);
        if (seen)
            cars[n++] = e->used_by[i];
    }
    e->used_by = cars;
    e->n_used_by = n;
    return st;
}

tl_status tl_run_epd_expiring(tl_call *c, tl_error *err)
{
    const char *until = tl_call_text(c, "until");
    const tl_epd_expiry *all = NULL;
    size_t n = 0;
    tl_status st = tl_epd_expiring(c->store, tl_call_day(c), until, c->arena, &all, &n, err);
    tl_epd_expiry *list = st == TL_OK ? tl_arena_alloc(c->arena, n + 1, sizeof *list) : NULL;
    if (st == TL_OK && !list)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        list[i] = all[i];
        st = leave_seen(c, &list[i], err);
    }
    return st == TL_OK
               ? tl_call_report(c, tl_report_epd_expiring(list, n, tl_call_day(c), until, c->arena),
                                err)
               : st;
}

tl_status tl_run_epd_thresholds(tl_call *c, tl_error *err)
{
    const char *product = tl_call_text(c, "text");
    tl_epd_panel p = { .product = product ? product : "",
                       .material = tl_call_text(c, "material"),
                       .t_per_t = NAN,
                       .arena = c->arena };
    tl_call_number(c, "value", &p.t_per_t);
    tl_call_number(c, "scrap", &p.scrap_share);
    tl_status st = tl_epd_thresholds(c->store, p.material, p.t_per_t, p.scrap_share, p.arena,
                                     &p.rows, &p.n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_epd_thresholds(&p), err) : st;
}

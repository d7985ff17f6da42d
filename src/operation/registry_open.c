/* registry_open.c - published cars, benchmarks, and whose record it is. */
#include "operation/registry_open.h"

#include <string.h>

#include "registry/epd_view.h"

tl_status tl_registry_open(tl_registry_opened *out, tl_store *s, const char *day, tl_arena *arena,
                           tl_error *err)
{
    tl_status st = tl_cars_read(&out->cars, s, arena, err);
    if (st == TL_OK)
        st = tl_peer_rule_load(&out->rule, s, arena, err);
    if (st == TL_OK)
        st = tl_benchmarks_make(&out->cars, &out->rule, arena, &out->benchmarks, err);
    out->view = (tl_registry_view){ .cars = &out->cars,
                                    .benchmarks = &out->benchmarks,
                                    .rule = &out->rule,
                                    .day = day,
                                    .arena = arena };
    return st;
}

tl_status tl_registry_keep(tl_registry_opened *out, tl_store *s, const char *day, const char *who,
                           tl_arena *arena, tl_error *err)
{
    int64_t changed;
    tl_status st = tl_registry_open(out, s, day, arena, err);
    return st == TL_OK ? tl_benchmarks_keep(s, &out->cars, &out->benchmarks, &out->rule, day, who,
                                            &changed, err)
                       : st;
}

tl_status tl_registry_find_car(const tl_registry_opened *o, const char *id, size_t *place,
                               tl_error *err)
{
    for (*place = 0; *place < o->cars.n; ++*place)
        if (strcmp(o->cars.cars[*place].id, id) == 0)
            return TL_OK;
    return tl_fail(err, TL_ENOTFOUND, "no published car %s", id);
}

tl_status tl_registry_benchmark(tl_store *s, const tl_peer_rule *rule, const tl_record *car,
                                tl_arena *arena, tl_benchmark *out, tl_error *err)
{
    bool found = false;
    size_t place = 0;
    tl_registry_opened o;
    tl_status st = tl_benchmark_kept(s, rule, car, out, &found, err);
    if (st != TL_OK || found)
        return st;
    if ((st = tl_registry_open(&o, s, "", arena, err)) == TL_OK)
        st = tl_registry_find_car(&o, car->id, &place, err);
    if (st == TL_OK)
        *out = o.benchmarks.items[place];
    return st;
}

bool tl_registry_own(const tl_call *c, const char *company)
{
    return tl_viewer_of_company(c->viewer, company && *company ? company : NULL);
}

/* The verifier of a declaration is named in it. */
static tl_status verifies_epd(const tl_call *c, const tl_record *r, bool *out, tl_error *err)
{
    tl_epd e;
    const tl_epd_question *questions;
    size_t n;
    tl_error why = { 0 };
    if (r->kind != TL_RECORD_EPD || !tl_viewer_may(c->viewer, TL_RIGHT_EPD_VERIFY))
        return TL_OK;
    tl_status st = tl_epd_get(c->store, r->id, c->arena, &e, &questions, &n, &why);
    if (st == TL_OK)
        *out = tl_epd_inside(c->viewer, &e);
    return st == TL_OK || st == TL_ENOTFOUND ? TL_OK : tl_fail(err, st, "%s", why.text);
}

tl_status tl_registry_inside(const tl_call *c, const tl_record *r, bool *out, tl_error *err)
{
    *out = tl_registry_own(c, r->company);
    tl_status st =
        *out ? TL_OK : tl_named_is(c->store, c->viewer, TL_NAMED_RECORD, r->id, out, err);
    return st == TL_OK && !*out ? verifies_epd(c, r, out, err) : st;
}

tl_status tl_registry_round(const tl_call *c, const char *batch, tl_error *err)
{
    bool named = false;
    if (tl_registry_own(c, NULL))
        return TL_OK;
    tl_status st = tl_named_is(c->store, c->viewer, TL_NAMED_BATCH, batch, &named, err);
    return st != TL_OK || named ? st
                                : tl_fail(err, TL_ENOTFOUND, "batch '%.64s': no such batch", batch);
}

tl_status tl_registry_whole(const tl_call *c, tl_error *err)
{
    return tl_registry_own(c, NULL)
               ? TL_OK
               : tl_fail(err, TL_EFORBIDDEN,
                         "'%s' touches records of many companies: it is for who runs the register",
                         c->operation->name);
}

tl_status tl_registry_company(const tl_call *c, const char **company, tl_error *err)
{
    *company = tl_registry_own(c, NULL) ? NULL : c->viewer->company;
    return *company && **company ? TL_OK : tl_registry_whole(c, err);
}

const char *tl_registry_text(const tl_call *c, const char *name)
{
    const char *text = tl_call_text(c, name);
    return text ? text : "";
}

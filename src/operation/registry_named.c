/* registry_named.c - naming the verifier of a footprint or a round, and who was named for what. */
#include "report/registry_named.h"

#include "account/tenant.h"
#include "base/text.h"
#include "operation/registry.h"
#include "operation/registry_open.h"

static tl_status list(tl_call *c, const tl_named_filter *f, tl_error *err)
{
    const tl_named *all = NULL;
    size_t n = 0;
    tl_status st = tl_named_list(c->store, c->viewer, f, c->arena, &all, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_named(all, n, c->arena), err) : st;
}

tl_status tl_run_registry_verifications(tl_call *c, tl_error *err)
{
    return list(c,
                &(tl_named_filter){ .record = tl_call_text(c, "record"),
                                    .batch = tl_call_text(c, "batch") },
                err);
}

/* A body of the viewer's own company may not be named by it. */
tl_status tl_run_registry_bodies(tl_call *c, tl_error *err)
{
    const tl_tenant *all = NULL;
    size_t n = 0, kept = 0;
    tl_status st = tl_tenant_list(c->store, c->arena, &all, &n, err);
    tl_tenant *bodies = st == TL_OK ? tl_arena_alloc(c->arena, n + 1, sizeof *bodies) : NULL;
    if (st == TL_OK && !bodies)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        const bool own = c->viewer->company && tl_text_equal(all[i].company, c->viewer->company);
        if (all[i].kind == TL_TENANT_VERIFIER && !own)
            bodies[kept++] = all[i];
    }
    return st == TL_OK ? tl_call_report(c, tl_report_bodies(bodies, kept, c->arena), err) : st;
}

static tl_status name(tl_call *c, tl_named_kind kind, const char *id, tl_error *err)
{
    const tl_naming n = { kind,
                          id,
                          tl_call_text(c, "verifier"),
                          tl_call_day(c),
                          tl_call_who(c),
                          tl_call_flag(c, "end") };
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_named_put(c->store, &n, err)) == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK ? list(c, &(tl_named_filter){ 0 }, err) : st;
}

/* Named by the company whose footprint it is, or who runs the register. A verifier names nobody. */
tl_status tl_run_registry_verifier(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "record");
    tl_record r;
    tl_error why = { 0 };
    tl_status st = tl_record_get(c->store, id, -1, c->arena, &r, &why);
    if (st != TL_OK && st != TL_ENOTFOUND)
        return tl_fail(err, st, "%s", why.text);
    if (st != TL_OK || !tl_registry_own(c, r.company))
        return tl_fail(err, TL_ENOTFOUND, "record '%.100s': nothing published", id);
    return name(c, TL_NAMED_RECORD, id, err);
}

tl_status tl_run_registry_batch_verifier(tl_call *c, tl_error *err)
{
    tl_status st = tl_registry_whole(c, err);
    return st == TL_OK ? name(c, TL_NAMED_BATCH, tl_call_text(c, "batch"), err) : st;
}

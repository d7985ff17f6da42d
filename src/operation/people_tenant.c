/* people_tenant.c - organisations: list, add. */
#include "account/tenant.h"
#include "operation/people.h"
#include "report/account.h"

static tl_status show(tl_call *c, tl_error *err)
{
    const tl_tenant *all;
    size_t n = 0;
    tl_tenant own;
    tl_status st;
    if (tl_viewer_may(c->viewer, TL_RIGHT_TENANT)) {
        st = tl_tenant_list(c->store, c->arena, &all, &n, err);
    } else {
        all = &own;
        st = tl_user_require(c->viewer, c->viewer->tenant, err);
        if (st == TL_OK)
            st = tl_tenant_get(c->store, c->viewer->tenant, c->arena, &own, err);
        n = 1;
    }
    return st == TL_OK ? tl_call_report(c, tl_report_tenants(all, n, c->arena), err) : st;
}

tl_status tl_run_tenant_list(tl_call *c, tl_error *err)
{
    return show(c, err);
}

tl_status tl_run_tenant_add(tl_call *c, tl_error *err)
{
    tl_tenant t = { .id = tl_call_text(c, "tenant"),
                    .name_en = tl_call_text(c, "name-en"),
                    .name_zh = tl_call_text(c, "name-zh"),
                    .company = tl_call_text(c, "company") };
    tl_status st = tl_tenant_kind_parse(tl_call_text(c, "kind"), &t.kind, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_people_end(c, tl_tenant_add(c->store, c->viewer, &t, c->now, err), err);
    return st == TL_OK ? show(c, err) : st;
}

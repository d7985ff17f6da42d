/* people_user.c - people and their places: list, add, roles, disable, enable, log out. */
#include "account/second_factor.h"
#include "account/session.h"
#include "account/tenant.h"
#include "account/token.h"
#include "base/text.h"
#include "format/fold.h"
#include "operation/page.h"
#include "operation/people.h"
#include "report/account.h"

/* Leaves the members of the page: they are ordered by address, then organisation. Invitations come
 * with the first one. */
static tl_status pick(tl_call *c, tl_people_view *v, tl_error *err)
{
    tl_page page;
    size_t from = 0, until = 0;
    tl_status st = tl_page_read(c, 1, 0, &page, err);
    const char **keys = tl_arena_alloc(c->arena, v->n + 1, sizeof *keys);
    if (st == TL_OK && !keys)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < v->n; i++) {
        const char *tenant = v->members[i].tenant, *folded;
        st = tl_fold(v->members[i].user.email, c->arena, &folded, err);
        if (st == TL_OK &&
            !(keys[i] = tl_arena_printf(c->arena, "%s\x01%s", folded, tenant ? tenant : "")))
            st = tl_fail_nomem(err);
    }
    if (st == TL_OK)
        st = tl_page_pick(c, &page, keys, v->n, &from, &until, err);
    v->members += from;
    v->n = until - from;
    if (st == TL_OK && page.goes_on)
        v->n_invitations = 0;
    return st;
}

tl_status tl_run_user_list(tl_call *c, tl_error *err)
{
    tl_people_view v = { .arena = c->arena };
    const char *tenant;
    tl_tenant t;
    tl_status st = tl_people_scope(c, &tenant, err);
    if (st == TL_OK && tenant)
        st = tl_tenant_get(c->store, tenant, c->arena, &t, err);
    if (st == TL_OK)
        st = tl_user_list(c->store, tenant, c->arena, &v.members, &v.n, err);
    if (st == TL_OK)
        st = tl_invitation_list(c->store, tenant, c->now, c->arena, &v.invitations,
                                &v.n_invitations, err);
    if (st == TL_OK)
        st = pick(c, &v, err);
    return st == TL_OK ? tl_call_report(c, tl_report_people(&v), err) : st;
}

tl_status tl_run_user_rights(tl_call *c, tl_error *err)
{
    return tl_call_report(c, tl_report_roles(c->arena), err);
}

/* The person a call was about, with the places that the viewer may know of. */
static tl_status show(tl_call *c, const char *id, tl_error *err)
{
    tl_people_view v = { .arena = c->arena };
    tl_member alone = { 0 };
    const tl_member *places;
    size_t n;
    tl_status st = tl_user_get(c->store, id, c->arena, &alone.user, err);
    if (st == TL_OK)
        st = tl_user_places(c->store, id, c->arena, &places, &n, err);
    if (st != TL_OK)
        return st;
    tl_member *seen = tl_arena_alloc(c->arena, n + 1, sizeof *seen);
    if (!seen)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (tl_user_require(c->viewer, places[i].tenant, NULL) == TL_OK)
            seen[v.n++] = places[i];
    if (v.n == 0)
        seen[v.n++] = alone;
    v.members = seen;
    return tl_call_report(c, tl_report_people(&v), err);
}

tl_status tl_run_user_add(tl_call *c, tl_error *err)
{
    const tl_user u = { .email = tl_call_text(c, "user"),
                        .name = tl_call_text(c, "name"),
                        .language = tl_people_language(c) };
    char id[TL_ACCOUNT_ID];
    const char *tenant;
    uint32_t roles;
    tl_status st = tl_people_roles(c, &roles, err);
    if (st == TL_OK)
        st = tl_people_tenant(c, &tenant, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_user_add(c->store, c->viewer, &u, tenant, roles, c->now, id, err);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? show(c, id, err) : st;
}

tl_status tl_run_user_roles(tl_call *c, tl_error *err)
{
    const char *tenant;
    uint32_t roles;
    tl_user u;
    tl_status st = tl_people_roles(c, &roles, err);
    if (st == TL_OK)
        st = tl_people_tenant(c, &tenant, err);
    if (st == TL_OK)
        st = tl_user_require(c->viewer, tenant, err);
    if (st == TL_OK)
        st = tl_people_find(c, &u, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_user_set_roles(c->store, c->viewer, u.id, tenant, roles, c->now, err);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? show(c, u.id, err) : st;
}

static tl_status set_disabled(tl_call *c, bool disabled, tl_error *err)
{
    tl_user u;
    tl_status st = tl_people_find(c, &u, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_user_set_disabled(c->store, c->viewer, u.id, disabled, err);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? show(c, u.id, err) : st;
}

tl_status tl_run_user_disable(tl_call *c, tl_error *err)
{
    return set_disabled(c, true, err);
}

tl_status tl_run_user_enable(tl_call *c, tl_error *err)
{
    return set_disabled(c, false, err);
}

/* Sessions of a person who works for others too are theirs to end, or the operator's. */
static tl_status require_all_places(const tl_call *c, const char *id, tl_error *err)
{
    const tl_member *places;
    size_t n;
    tl_status st = tl_user_places(c->store, id, c->arena, &places, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = tl_user_require(c->viewer, places[i].tenant, NULL);
    return st == TL_EFORBIDDEN ? tl_fail(err, st,
                                         "the person belongs to other organisations too; "
                                         "take the roles in your own away instead")
                               : st;
}

tl_status tl_run_user_logout(tl_call *c, tl_error *err)
{
    tl_user u;
    int64_t ended = 0;
    tl_status st = tl_people_find(c, &u, err);
    if (st == TL_OK)
        st = require_all_places(c, u.id, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_session_revoke_others(c->store, tl_call_who(c), u.id, NULL, &ended, err);
    st = tl_people_end(c, st, err);
    if (st == TL_OK && c->log)
        tl_log_write(c->log, TL_LOG_INFO, c->zh ? "已结束 %lld 个会话" : "%lld sessions ended",
                     (long long)ended);
    return st == TL_OK ? show(c, u.id, err) : st;
}

tl_status tl_run_user_factor(tl_call *c, tl_error *err)
{
    tl_user u;
    bool was = false;
    if (!tl_call_flag(c, "off"))
        return tl_fail(err, TL_EINPUT, "%soff is missing: a person turns it on, not somebody else",
                       c->dash ? c->dash : "");
    tl_status st = tl_people_find(c, &u, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_second_off(c->store, tl_call_who(c), u.id, &was, err);
    if (st == TL_OK && !was)
        st = tl_fail(err, TL_ENOTFOUND, "'%s' has no second factor", u.email);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? show(c, u.id, err) : st;
}

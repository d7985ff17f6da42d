/* people_find.c - whom a call is about, and whether the caller may know. */
#include <string.h>

#include "account/role.h"
#include "base/text.h"
#include "operation/people.h"

enum { GIVEN_MAX = 64 };

tl_status tl_people_scope(const tl_call *c, const char **tenant, tl_error *err)
{
    bool all = tl_viewer_may(c->viewer, TL_RIGHT_TENANT);
    *tenant = tl_call_text(c, "tenant");
    if (!*tenant && !all)
        *tenant = c->viewer->tenant;
    return all ? TL_OK : tl_user_require(c->viewer, *tenant, err);
}

tl_status tl_people_tenant(const tl_call *c, const char **tenant, tl_error *err)
{
    *tenant = tl_call_text(c, "tenant");
    if (!*tenant)
        *tenant = c->viewer->tenant;
    return *tenant ? TL_OK
                   : tl_fail(err, TL_EINPUT, "%stenant is missing: which organisation",
                             c->dash ? c->dash : "");
}

static bool is_id(const char *text)
{
    return strlen(text) == TL_ACCOUNT_ID - 1 && strspn(text, "0123456789abcdef") == strlen(text);
}

static tl_status unknown(const char *name, tl_error *err)
{
    return tl_fail(err, TL_ENOTFOUND, "no account of '%s'", name);
}

tl_status tl_people_find(const tl_call *c, tl_user *out, tl_error *err)
{
    const char *name = tl_call_text(c, "user");
    const tl_member *places = NULL;
    size_t n = 0;
    tl_status st = is_id(name) ? tl_user_get(c->store, name, c->arena, out, err)
                               : tl_user_find(c->store, name, c->arena, out, err);
    if (st == TL_ENOTFOUND)
        return unknown(name, err);
    if (st != TL_OK || tl_viewer_may(c->viewer, TL_RIGHT_TENANT))
        return st;
    st = tl_user_places(c->store, out->id, c->arena, &places, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (c->viewer->tenant && tl_text_equal(places[i].tenant, c->viewer->tenant))
            return TL_OK;
    return st == TL_OK ? unknown(name, err) : st;
}

tl_status tl_people_name(const tl_call *c, const char *id, const char **out, tl_error *err)
{
    tl_user u;
    *out = NULL;
    if (!is_id(id))
        return TL_OK;
    tl_status st = tl_user_get(c->store, id, c->arena, &u, err);
    if (st == TL_OK)
        *out = u.name;
    return st == TL_ENOTFOUND ? TL_OK : st;
}

const char *tl_people_language(const tl_call *c)
{
    const char *language = tl_call_text(c, "language");
    return language ? language : c->zh ? "zh" : "en";
}

tl_status tl_people_roles(const tl_call *c, uint32_t *out, tl_error *err)
{
    const char *codes[GIVEN_MAX];
    size_t n = tl_call_list(c, "role", codes, GIVEN_MAX);
    *out = 0;
    for (size_t i = 0; i < n && i < GIVEN_MAX; i++) {
        tl_role role;
        tl_status st = tl_role_parse(codes[i], &role, err);
        if (st != TL_OK)
            return tl_call_context(c, "role", st, err);
        *out |= TL_ROLE_BIT(role);
    }
    return n <= GIVEN_MAX ? TL_OK
                          : tl_fail(err, TL_EINPUT, "more than %d roles given", (int)GIVEN_MAX);
}

tl_status tl_people_end(tl_call *c, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        return tl_store_commit(c->store, err);
    tl_store_rollback(c->store);
    return st;
}

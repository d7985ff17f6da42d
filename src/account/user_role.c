/* user_role.c - a person's roles in an organisation. */
#include <assert.h>

#include "account/account_priv.h"

tl_status tl_account_check_roles(tl_store *s, const char *tenant, uint32_t roles, tl_error *err)
{
    tl_tenant_kind kind;
    tl_status st = tl_account_kind(s, tenant, &kind, err);
    if (st != TL_OK)
        return st;
    if (!roles)
        return tl_fail(err, TL_EINPUT, "no role given");
    for (int i = 0; i < 32; i++) {
        uint32_t bit = UINT32_C(1) << i;
        if ((roles & bit) && !(tl_role_allowed(kind) & bit))
            return tl_fail(err, TL_EINPUT,
                           "organisation '%s' is of the kind '%s', which has no role '%s'", tenant,
                           tl_tenant_kind_words(kind).code, tl_role_words((tl_role)i).code);
    }
    return TL_OK;
}

tl_status tl_account_roles_of(tl_store *s, const char *user, const char *tenant, uint32_t *roles,
                              tl_error *err)
{
    tl_query *q;
    bool row;
    *roles = 0;
    tl_status st = tl_store_query(s, "account_role.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, user);
    tl_query_text(q, 2, tenant);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && !row)
        st = tl_fail(err, TL_ENOTFOUND, "no account '%.40s'", user);
    else if (st == TL_OK)
        *roles = (uint32_t)tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

static tl_status audit(tl_store *s, const char *who, const char *user, const char *tenant,
                       const uint32_t roles[2], int64_t keys_revoked, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "tenant", tenant);
    tl_account_put_roles(&j, "old", roles[0]);
    tl_account_put_roles(&j, "new", roles[1]);
    if (keys_revoked)
        tl_json_int(&j, "keys_revoked", keys_revoked);
    tl_json_end(&j);
    return tl_account_audit(s, who, "user.roles", "user", user, &b, err);
}

/* The keys go first; the sessions go with the row (foreign key). */
static tl_status leave(tl_store *s, const char *user, const char *tenant, int64_t now,
                       int64_t *keys_revoked, tl_error *err)
{
    const char *const place[] = { user, tenant, NULL };
    tl_status st = tl_account_run(s, "account_key.revoke_place", place, now, keys_revoked, err);
    return st == TL_OK ? tl_account_run(s, "account_role.delete", place, -1, NULL, err) : st;
}

tl_status tl_account_put_roles_of(tl_store *s, const char *user, const char *tenant, uint32_t roles,
                                  const char *who, int64_t now, tl_error *err)
{
    uint32_t old_new[2] = { 0, roles };
    int64_t keys_revoked = 0;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_account_roles_of(s, user, tenant, &old_new[0], err);
    if (st != TL_OK || old_new[0] == roles)
        return st;
    if (roles)
        st = tl_account_run(s, "account_role.put", (const char *[]){ user, tenant, NULL }, roles,
                            NULL, err);
    else
        st = leave(s, user, tenant, now, &keys_revoked, err);
    return st == TL_OK ? audit(s, who, user, tenant, old_new, keys_revoked, err) : st;
}

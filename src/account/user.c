/* user.c - people: added, found, given roles, disabled. */
#include "account/user.h"

#include <assert.h>
#include <string.h>

#include "account/account_priv.h"
#include "base/text.h"

static tl_status audit_add(tl_store *s, const tl_user *u, const char *who, const char *id,
                           tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "language", u->language);
    tl_json_end(&j); /* neither e-mail nor name: the chain is never cleared */
    return tl_account_audit(s, who, "user.add", "user", id, &b, err);
}

static tl_status insert(tl_store *s, const tl_user *u, const char *folded, const char *id,
                        int64_t now, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "account.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, u->email);
    tl_query_text(q, 3, folded);
    tl_query_text(q, 4, u->name);
    tl_query_text(q, 5, u->language);
    tl_query_int(q, 6, now);
    st = tl_query_run(q, err);
    if (st == TL_OK && tl_query_changed(q) == 0)
        st = tl_fail(err, TL_ECONFLICT, "'%s' has an account already", u->email);
    return st;
}

tl_status tl_account_insert(tl_store *s, const tl_user *fields, const char *who, int64_t now,
                            char id[TL_ACCOUNT_ID], tl_error *err)
{
    tl_arena *scratch = NULL;
    const char *folded;
    assert(tl_store_in_transaction(s));
    id[0] = '\0';
    tl_status st = tl_account_name("name", fields->name, TL_PERSON_NAME_MAX, err);
    if (st != TL_OK)
        return st;
    if (!tl_text_equal(fields->language, "zh") && !tl_text_equal(fields->language, "en"))
        return tl_fail(err, TL_EINPUT, "language: expected zh or en");
    if ((st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err)) != TL_OK)
        return st;
    if ((st = tl_account_email(fields->email, scratch, &folded, err)) == TL_OK &&
        (st = tl_secret_id(id, TL_ACCOUNT_ID - 1, err)) == TL_OK &&
        (st = insert(s, fields, folded, id, now, err)) == TL_OK)
        st = audit_add(s, fields, who, id, err);
    tl_arena_free(scratch);
    return st;
}

tl_status tl_user_add(tl_store *s, const tl_viewer *by, const tl_user *u, const char *tenant,
                      uint32_t roles, int64_t now, char id[TL_ACCOUNT_ID], tl_error *err)
{
    id[0] = '\0';
    tl_status st = tl_viewer_require(by, TL_RIGHT_TENANT, err);
    if (st == TL_OK)
        st = tl_account_check_roles(s, tenant, roles, err);
    if (st == TL_OK)
        st = tl_account_insert(s, u, tl_viewer_name(by), now, id, err);
    return st == TL_OK ? tl_account_put_roles_of(s, id, tenant, roles, tl_viewer_name(by), now, err)
                       : st;
}

tl_status tl_user_set_roles(tl_store *s, const tl_viewer *by, const char *id, const char *tenant,
                            uint32_t roles, int64_t now, tl_error *err)
{
    assert(tl_store_in_transaction(s));
    uint32_t there = 0;
    tl_status st = tl_user_require(by, tenant, err);
    if (st == TL_OK && roles)
        st = tl_account_check_roles(s, tenant, roles, err);
    if (st == TL_OK)
        st = tl_account_roles_of(s, id, tenant, &there, err);
    if (st == TL_OK && roles && !there && !tl_viewer_may(by, TL_RIGHT_TENANT))
        st = tl_fail(err, TL_EFORBIDDEN, "the person does not belong to '%s'; invite them", tenant);
    return st == TL_OK ? tl_account_put_roles_of(s, id, tenant, roles, tl_viewer_name(by), now, err)
                       : st;
}

static tl_status audit_state(tl_store *s, const tl_viewer *by, const char *id, bool disabled,
                             tl_error *err)
{
    return tl_account_audit(s, tl_viewer_name(by), disabled ? "user.disable" : "user.enable",
                            "user", id, NULL, err);
}

tl_status tl_user_set_disabled(tl_store *s, const tl_viewer *by, const char *id, bool disabled,
                               tl_error *err)
{
    int64_t changed = 0;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_viewer_require(by, TL_RIGHT_TENANT, err);
    if (st != TL_OK)
        return st;
    st = tl_account_run(s, "account.state",
                        (const char *[]){ id, disabled ? "disabled" : "active", NULL }, -1,
                        &changed, err);
    if (st == TL_OK && changed == 0)
        return tl_fail(err, TL_ENOTFOUND, "no account '%.40s'", id);
    if (st == TL_OK && disabled)
        st = tl_account_run(s, "account_session.end_all", (const char *[]){ id, NULL }, -1, NULL,
                            err);
    if (st == TL_OK && disabled)
        st = tl_account_run(s, "password_reset.clear", (const char *[]){ id, NULL }, -1, NULL, err);
    return st == TL_OK ? audit_state(s, by, id, disabled, err) : st;
}

tl_status tl_account_put_password(tl_store *s, const char *user, const char *hash, const char *who,
                                  int64_t now, tl_error *err)
{
    int64_t changed = 0;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_account_run(s, "account.password", (const char *[]){ user, hash, NULL }, now,
                                  &changed, err);
    if (st == TL_OK && changed == 0)
        return tl_fail(err, TL_ENOTFOUND, "no account '%.40s'", user);
    if (st == TL_OK)
        st = tl_account_run(s, "account_session.end_all", (const char *[]){ user, NULL }, -1, NULL,
                            err);
    if (st == TL_OK)
        st = tl_account_run(s, "password_reset.clear", (const char *[]){ user, NULL }, -1, NULL,
                            err);
    return st == TL_OK ? tl_account_audit(s, who, "user.password", "user", user, NULL, err) : st;
}

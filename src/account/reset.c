/* reset.c - a new password by mail, and the first administrator of an installation. */
#include <assert.h>

#include "account/account_priv.h"
#include "account/attempt.h"
#include "account/token.h"

static tl_status is_void(tl_error *err)
{
    return tl_fail(err, TL_ENOTFOUND, "this link does not work: used, expired, or replaced");
}

static tl_status insert(tl_store *s, const char *hash, const char *user, int64_t now, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "password_reset.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, hash);
    tl_query_text(q, 2, user);
    tl_query_int(q, 3, now);
    tl_query_int(q, 4, now + TL_RESET_S);
    return tl_query_run(q, err);
}

tl_status tl_reset_link(tl_store *s, const char *email, const char *base, const char *who,
                        int64_t now, tl_arena *arena, const char **link, tl_error *err)
{
    char token[TL_SECRET_TEXT], hash[TL_SECRET_HASH];
    tl_user u = { 0 };
    assert(tl_store_in_transaction(s));
    *link = "";
    tl_status st = tl_user_find(s, email, arena, &u, err);
    if (st != TL_OK)
        return st;
    if (u.disabled)
        return tl_fail(err, TL_ENOTFOUND, "the account of '%s' is disabled", email);
    /* the newest link is the one that works */
    st = tl_account_run(s, "password_reset.clear", (const char *[]){ u.id, NULL }, -1, NULL, err);
    if (st != TL_OK || (st = tl_secret_new(token, err)) != TL_OK)
        return st;
    tl_secret_hash(token, hash);
    if ((st = insert(s, hash, u.id, now, err)) == TL_OK &&
        (st = tl_account_audit(s, who, "user.reset", "user", u.id, NULL, err)) == TL_OK)
        st = tl_account_link(base, "/reset", token, arena, link, err);
    tl_secret_wipe(token, sizeof token);
    return st;
}

tl_status tl_reset_recent(tl_store *s, const char *email, int64_t since, bool *out, tl_error *err)
{
    tl_query *q;
    tl_arena *scratch = NULL;
    const char *folded;
    bool row = false;
    *out = false;
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st == TL_OK)
        st = tl_account_email(email, scratch, &folded, err);
    if (st == TL_OK)
        st = tl_store_query(s, "password_reset.recent", &q, err);
    if (st == TL_OK) {
        tl_query_text(q, 1, folded);
        tl_query_int(q, 2, since);
        st = tl_query_step(q, &row, err);
        tl_query_reset(q);
    }
    *out = st == TL_OK && row;
    tl_arena_free(scratch);
    return st;
}

static tl_status find(tl_store *s, const char *hash, int64_t now, tl_arena *arena, tl_user *out,
                      tl_error *err)
{
    tl_query *q;
    bool row, full = false;
    tl_status st = tl_store_query(s, "password_reset.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, hash);
    tl_query_int(q, 2, now);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *out = (tl_user){ .id = tl_account_column(q, 0, arena, &full),
                          .email = tl_account_column(q, 1, arena, &full),
                          .name = tl_account_column(q, 2, arena, &full) };
    tl_query_reset(q);
    if (st == TL_OK && !row)
        return is_void(err);
    return st == TL_OK && full ? tl_fail_nomem(err) : st;
}

static tl_status take(tl_store *s, const char *hash, const tl_user *u, const tl_attempt *a,
                      const char *kept, int64_t now, tl_error *err)
{
    int64_t changed = 0;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = tl_account_run(s, "password_reset.take", (const char *[]){ hash, NULL }, now, &changed,
                        err);
    if (st == TL_OK && changed == 0)
        st = is_void(err);
    if (st == TL_OK)
        st = tl_account_put_password(s, u->id, kept, u->id, now, err);
    if (st == TL_OK)
        st = tl_attempt_forgive(s, a, err);
    return tl_account_end(s, st, err);
}

static tl_status check_password(tl_store *s, const char *password, const tl_user *u,
                                const tl_password_limits *limits, tl_arena *arena, tl_error *err)
{
    tl_password_owner owner = { .email = u->email, .name = u->name };
    tl_status st = tl_account_organisations(s, u->id, NULL, arena, &owner.organisations, err);
    return st == TL_OK ? tl_password_check(password, &owner, limits, err) : st;
}

tl_status tl_reset_accept(tl_store *s, const char *token, const char *password,
                          const tl_password_limits *limits, int64_t now, char user[TL_ACCOUNT_ID],
                          tl_error *err)
{
    char hash[TL_SECRET_HASH], kept[TL_PASSWORD_HASH];
    tl_arena *scratch = NULL;
    const char *folded = "";
    tl_user u = { 0 };
    assert(!tl_store_in_transaction(s));
    user[0] = '\0';
    if (!tl_secret_shaped(token))
        return is_void(err);
    tl_secret_hash(token, hash);
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st != TL_OK)
        return st;
    if ((st = find(s, hash, now, scratch, &u, err)) == TL_OK &&
        (st = tl_account_email(u.email, scratch, &folded, err)) == TL_OK &&
        (st = check_password(s, password, &u, limits, scratch, err)) == TL_OK &&
        (st = tl_password_hash(password, limits, kept, err)) == TL_OK) {
        const tl_attempt a = tl_attempt_of(folded, NULL);
        st = take(s, hash, &u, &a, kept, now, err);
        if (st == TL_OK)
            snprintf(user, TL_ACCOUNT_ID, "%s", u.id);
    }
    tl_arena_free(scratch);
    return st;
}

static tl_status count_accounts(tl_store *s, int64_t *n, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "account.count", &q, err);
    if (st == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK)
        *n = tl_query_get_int(q, 0);
    if (st == TL_OK)
        tl_query_reset(q);
    return st;
}

/* The organisation that runs the installation; made where there is none. */
static tl_status operator_of(tl_store *s, const tl_viewer *by, const tl_tenant *wanted, int64_t now,
                             tl_arena *arena, const char **id, tl_error *err)
{
    const tl_tenant *all = NULL;
    size_t n = 0;
    tl_tenant made = *wanted;
    tl_status st = tl_tenant_list(s, arena, &all, &n, err);
    *id = wanted->id;
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (all[i].kind == TL_TENANT_OPERATOR) {
            *id = all[i].id;
            return TL_OK;
        }
    made.kind = TL_TENANT_OPERATOR;
    return st == TL_OK ? tl_tenant_add(s, by, &made, now, err) : st;
}

tl_status tl_account_first_link(tl_store *s, const tl_invitation *i, const tl_tenant *runs_it,
                                const char *base, int64_t now, tl_arena *arena, const char **link,
                                tl_error *err)
{
    const tl_viewer by = tl_viewer_operator("first start");
    tl_invitation invitation = *i;
    int64_t accounts = 0;
    assert(tl_store_in_transaction(s));
    *link = "";
    tl_status st = count_accounts(s, &accounts, err);
    if (st == TL_OK && accounts > 0)
        return tl_fail(err, TL_ECONFLICT,
                       "somebody has an account already; an administrator invites further people");
    if (st == TL_OK) /* the newest link is the one that works, whoever it went to */
        st = tl_account_run(s, "invitation.withdraw_made", (const char *[]){ by.user, NULL }, -1,
                            NULL, err);
    if (st == TL_OK)
        st = operator_of(s, &by, runs_it, now, arena, &invitation.tenant, err);
    invitation.roles = TL_ROLE_BIT(TL_ROLE_ADMINISTRATOR);
    return st == TL_OK ? tl_invitation_link(s, &by, &invitation, base, now, arena, link, err) : st;
}

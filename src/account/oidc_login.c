/* oidc_login.c - from who somebody is at a provider to an account here. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "account/account_priv.h"
#include "account/oidc.h"

static tl_status nobody(tl_error *err)
{
    return tl_fail(
        err, TL_EFORBIDDEN,
        "nobody here is linked to this login, and no invitation is open for its address");
}

static tl_status too_weak(const tl_id_claims *c, tl_error *err)
{
    return tl_fail(err, TL_EFORBIDDEN,
                   "the login at the provider was weaker than it has to be (%s); acr is '%.100s'",
                   c->weak, c->acr ? c->acr : "");
}

/* The account linked to issuer and subject; id[0] 0 where there is none. */
static tl_status find_linked(tl_store *s, const tl_id_claims *c, char id[TL_ACCOUNT_ID],
                             tl_error *err)
{
    tl_query *q;
    bool row;
    id[0] = '\0';
    tl_status st = tl_store_query(s, "oidc_identity.find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, c->issuer);
    tl_query_text(q, 2, c->subject);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        const char *account = tl_query_get_text(q, 0);
        if (account && strlen(account) == TL_ACCOUNT_ID - 1)
            memcpy(id, account, TL_ACCOUNT_ID);
        else
            st = tl_fail_nomem(err);
    }
    tl_query_reset(q);
    return st;
}

/* Hashes of the invitations open for the verified address, in the arena. */
static tl_status open_invitations(tl_store *s, const char *email, int64_t now, tl_arena *arena,
                                  const char *hashes[16], size_t *n, tl_error *err)
{
    tl_query *q;
    const char *folded;
    bool row = true, full = false;
    *n = 0;
    tl_status st = tl_account_email(email, arena, &folded, err);
    if (st != TL_OK)
        return st == TL_EINPUT ? TL_OK : st; /* an address we cannot read invites nobody */
    if ((st = tl_store_query(s, "invitation.of_email", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, folded);
    tl_query_int(q, 2, now);
    while (*n < 16 && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        hashes[(*n)++] = tl_account_column(q, 0, arena, &full);
    tl_query_reset(q);
    return st == TL_OK && full ? tl_fail_nomem(err) : st;
}

/* The name the provider has, or the address where it has none that can be kept. */
static const char *name_of(const tl_id_claims *c)
{
    return tl_account_name("name", c->name, TL_PERSON_NAME_MAX, NULL) == TL_OK ? c->name : c->email;
}

/* Makes the account of an invited person. tl_account_insert refuses an address that has one. */
static tl_status come_in(tl_store *s, const tl_id_claims *c, int64_t now, tl_arena *arena,
                         char id[TL_ACCOUNT_ID], tl_error *err)
{
    const char *hashes[16];
    size_t n = 0;
    bool taken = false;
    const tl_user fields = { .email = c->email, .name = name_of(c), .language = c->language };
    tl_status st =
        c->email_verified ? open_invitations(s, c->email, now, arena, hashes, &n, err) : TL_OK;
    if (st != TL_OK)
        return st;
    if (n == 0)
        return nobody(err);
    if ((st = tl_account_insert(s, &fields, "invitation", now, id, err)) == TL_ECONFLICT)
        return tl_fail(err, TL_EFORBIDDEN,
                       "this address has an account; its owner logs in and links the provider");
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = tl_account_take_invitation(s, hashes[i], id, now, &taken, err);
    return st == TL_OK ? tl_oidc_link(s, id, c, now, err) : st;
}

static tl_status first_place(tl_store *s, const char *user, tl_arena *arena, const char **tenant,
                             tl_error *err)
{
    const tl_member *places = NULL;
    size_t n = 0;
    tl_status st = tl_user_places(s, user, arena, &places, &n, err);
    *tenant = n ? places[0].tenant : NULL;
    return st == TL_OK && n == 0 ? nobody(err) : st;
}

/* Enough of a hash of issuer and subject to see that it is the same one again. */
static tl_status name_unknown(const tl_id_claims *c, char out[17], tl_error *err)
{
    char hash[TL_SECRET_HASH];
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b, "%s %s", c->issuer, c->subject);
    tl_status st = tl_buf_status(&b, err);
    if (st == TL_OK) {
        tl_secret_hash(tl_buf_text(&b), hash);
        memcpy(out, hash, 16);
        out[16] = '\0';
    }
    tl_buf_clear(&b);
    return st;
}

/* user NULL: somebody who is linked to no account. */
static tl_status audit(tl_store *s, const char *action, const char *user, const tl_id_claims *c,
                       const char *source, tl_error *err)
{
    char some[17] = "";
    tl_buf b;
    tl_status st = user ? TL_OK : name_unknown(c, some, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "issuer", c->issuer);
    if (source && tl_text_plain(source, false))
        tl_json_text(&j, "source", source);
    if (c->weak)
        tl_json_text(&j, "weak", c->weak);
    tl_json_end(&j);
    return tl_account_audit(s, user ? user : "unknown", action, user ? "user" : "login",
                            user ? user : some, &b, err);
}

tl_status tl_oidc_strong(tl_store *s, const tl_id_claims *claims, const char *user,
                         const char *source, tl_error *err)
{
    char there[TL_ACCOUNT_ID] = "";
    assert(!tl_store_in_transaction(s));
    if (!claims->weak)
        return TL_OK;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    if (!user && (st = find_linked(s, claims, there, err)) == TL_OK && *there)
        user = there;
    if (st == TL_OK)
        st = audit(s, "login.failure", user, claims, source, err);
    st = tl_account_end(s, st, err);
    return st == TL_OK ? too_weak(claims, err) : st;
}

static tl_status enter(tl_store *s, const tl_id_claims *c, const char *tenant,
                       const tl_session_opts *opts, int64_t now, tl_arena *arena,
                       char token[TL_SECRET_TEXT], tl_error *err)
{
    char id[TL_ACCOUNT_ID];
    tl_status st = find_linked(s, c, id, err);
    if (st == TL_OK && !*id)
        st = come_in(s, c, now, arena, id, err);
    if (st == TL_OK && !tenant)
        st = first_place(s, id, arena, &tenant, err);
    tl_session_opts own = opts ? *opts : (tl_session_opts){ 0 };
    own.by_provider = true; /* which may know the person from days ago */
    own.proved_at = c->signed_in_at < now ? c->signed_in_at : now;
    if (st == TL_OK)
        st = tl_session_start(s, id, tenant, &own, now, token, err);
    return st == TL_OK ? audit(s, "login.success", id, c, opts ? opts->source : NULL, err) : st;
}

tl_status tl_oidc_login(tl_store *s, const tl_id_claims *claims, const char *tenant,
                        const tl_session_opts *opts, int64_t now, char token[TL_SECRET_TEXT],
                        tl_error *err)
{
    tl_arena *scratch = NULL;
    assert(!tl_store_in_transaction(s));
    token[0] = '\0';
    if (claims->weak)
        return too_weak(claims, err);
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st == TL_OK && (st = tl_store_begin(s, err)) == TL_OK)
        st = tl_account_end(s, enter(s, claims, tenant, opts, now, scratch, token, err), err);
    if (st != TL_OK)
        tl_secret_wipe(token, TL_SECRET_TEXT);
    tl_arena_free(scratch);
    return st;
}

static tl_status prove(tl_store *s, const tl_id_claims *c, const char *user, const char *token,
                       int64_t now, char renewed[TL_SECRET_TEXT], tl_error *err)
{
    char id[TL_ACCOUNT_ID];
    int64_t at = c->signed_in_at < now ? c->signed_in_at : now;
    tl_status st = find_linked(s, c, id, err);
    if (st == TL_OK && strcmp(id, user) != 0)
        return tl_fail(err, TL_EFORBIDDEN, "somebody else signed in at the provider");
    if (st == TL_OK && now - at >= TL_SESSION_PROVED_S)
        return tl_fail(
            err, TL_EFORBIDDEN,
            "the provider does not say (auth_time) that it asked for the password again");
    return st == TL_OK ? tl_session_prove(s, user, token, at, now, renewed, err) : st;
}

tl_status tl_oidc_prove(tl_store *s, const tl_id_claims *claims, const char *user,
                        const char *token, int64_t now, char renewed[TL_SECRET_TEXT], tl_error *err)
{
    assert(!tl_store_in_transaction(s));
    renewed[0] = '\0';
    if (claims->weak)
        return too_weak(claims, err);
    tl_status st = tl_store_begin(s, err);
    if (st == TL_OK)
        st = tl_account_end(s, prove(s, claims, user, token, now, renewed, err), err);
    if (st != TL_OK)
        tl_secret_wipe(renewed, TL_SECRET_TEXT);
    return st;
}

tl_status tl_oidc_link(tl_store *s, const char *user, const tl_id_claims *claims, int64_t now,
                       tl_error *err)
{
    char there[TL_ACCOUNT_ID];
    tl_query *q;
    assert(tl_store_in_transaction(s));
    if (claims->weak)
        return too_weak(claims, err);
    tl_status st = find_linked(s, claims, there, err);
    if (st != TL_OK)
        return st;
    if (*there)
        return strcmp(there, user) == 0
                   ? TL_OK
                   : tl_fail(err, TL_ECONFLICT, "this login is linked to another account");
    if ((st = tl_store_query(s, "oidc_identity.insert", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, claims->issuer);
    tl_query_text(q, 2, claims->subject);
    tl_query_text(q, 3, user);
    tl_query_int(q, 4, now);
    st = tl_query_run(q, err);
    return st == TL_OK ? audit(s, "user.link", user, claims, NULL, err) : st;
}

tl_status tl_oidc_linked(tl_store *s, const char *user, const char *issuer, bool *out,
                         tl_error *err)
{
    tl_query *q;
    *out = false;
    tl_status st = tl_store_query(s, "oidc_identity.has", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, user);
    tl_query_text(q, 2, issuer);
    st = tl_query_step(q, out, err);
    tl_query_reset(q);
    return st;
}

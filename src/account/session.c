/* session.c - sessions: begun, used, renewed. */
#include "account/session.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "account/account_priv.h"

static const char csrf_purpose[] = "tanlian csrf 1";

enum { AGENT_MAX = 200, SOURCE_MAX = 64 };

static tl_status not_logged_in(tl_error *err)
{
    return tl_fail(err, TL_EFORBIDDEN, "not logged in, or the session has ended");
}

static tl_status insert(tl_store *s, const char *user, const char *tenant,
                        const tl_session_opts *opts, int64_t now, const char *const ids[2],
                        tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_query *q;
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st != TL_OK)
        return st;
    const char *source = tl_account_cut(opts->source, SOURCE_MAX, scratch);
    const char *agent = tl_account_cut(opts->agent, AGENT_MAX, scratch);
    st =
        source && agent ? tl_store_query(s, "account_session.insert", &q, err) : tl_fail_nomem(err);
    if (st == TL_OK) {
        tl_query_text(q, 1, ids[0]);
        tl_query_text(q, 2, ids[1]);
        tl_query_text(q, 3, user);
        tl_query_text(q, 4, tenant);
        tl_query_int(q, 5, now);
        tl_query_int(q, 6, now + (opts->absolute_s ? opts->absolute_s : TL_SESSION_ABSOLUTE_S));
        tl_query_int(q, 7, opts->idle_s ? opts->idle_s : TL_SESSION_IDLE_S);
        tl_query_text(q, 8, source);
        tl_query_text(q, 9, agent);
        tl_query_int(q, 10, opts->by_provider ? opts->proved_at : now);
        tl_query_int(q, 11, opts->by_provider);
        st = tl_query_run(q, err);
    }
    if (st == TL_OK && tl_query_changed(q) == 0)
        st = tl_fail(err, TL_EFORBIDDEN, "the account is disabled or has no place in '%.80s'",
                     tenant ? tenant : "");
    tl_arena_free(scratch);
    return st;
}

/* Makes room for one more: the oldest ones beyond `most` end. */
static tl_status make_room(tl_store *s, const char *user, unsigned most, int64_t now, tl_error *err)
{
    tl_query *q;
    tl_buf b;
    tl_status st = tl_store_query(s, "account_session.trim", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, user);
    tl_query_int(q, 2, now);
    tl_query_int(q, 3, (int64_t)most - 1);
    if ((st = tl_query_run(q, err)) != TL_OK || tl_query_changed(q) == 0)
        return st;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b, "{\"ended\":%" PRId64 ",\"most\":%u}", tl_query_changed(q), most);
    return tl_account_audit(s, user, "session.revoke", "user", user, &b, err);
}

tl_status tl_session_start(tl_store *s, const char *user, const char *tenant,
                           const tl_session_opts *opts, int64_t now, char token[TL_SECRET_TEXT],
                           tl_error *err)
{
    static const tl_session_opts none = { 0 };
    char hash[TL_SECRET_HASH], id[TL_ACCOUNT_ID];
    assert(tl_store_in_transaction(s));
    tl_status st = tl_secret_new(token, err);
    if (st != TL_OK || (st = tl_secret_id(id, TL_ACCOUNT_ID - 1, err)) != TL_OK)
        return st;
    tl_secret_hash(token, hash);
    opts = opts ? opts : &none;
    st = make_room(s, user, opts->most ? opts->most : TL_SESSION_MOST, now, err);
    if (st == TL_OK)
        st = insert(s, user, tenant, opts, now, (const char *const[2]){ hash, id }, err);
    if (st != TL_OK)
        token[0] = '\0';
    return st;
}

/* The columns of account_session.use. */
enum {
    C_ID,
    C_USER,
    C_EMAIL,
    C_NAME,
    C_LANGUAGE,
    C_TENANT,
    C_TENANT_EN,
    C_TENANT_ZH,
    C_COMPANY,
    C_KIND,
    C_ROLES,
    C_ROLES_THEN,
    C_MADE,
    C_SEEN,
    C_ENDS,
    C_PROVED,
    C_LACKS
};

static tl_status take(tl_query *q, int64_t now, tl_arena *arena, tl_session *out, tl_error *err)
{
    bool full = false;
    uint32_t roles = (uint32_t)tl_query_get_int(q, C_ROLES);
    *out = (tl_session){ .id = tl_account_column(q, C_ID, arena, &full),
                         .user = tl_account_column(q, C_USER, arena, &full),
                         .email = tl_account_column(q, C_EMAIL, arena, &full),
                         .name = tl_account_column(q, C_NAME, arena, &full),
                         .language = tl_account_column(q, C_LANGUAGE, arena, &full),
                         .tenant = tl_account_column(q, C_TENANT, arena, &full),
                         .tenant_en = tl_account_column(q, C_TENANT_EN, arena, &full),
                         .tenant_zh = tl_account_column(q, C_TENANT_ZH, arena, &full),
                         .company = tl_account_column(q, C_COMPANY, arena, &full),
                         .roles = roles,
                         .made_at = tl_query_get_int(q, C_MADE),
                         .seen_at = tl_query_get_int(q, C_SEEN),
                         .ends_at = tl_query_get_int(q, C_ENDS),
                         .proved_at = tl_query_get_int(q, C_PROVED),
                         .lacks_factor = tl_query_get_int(q, C_LACKS) != 0 };
    if (full)
        return tl_fail_nomem(err);
    out->due = now - out->seen_at >= TL_SESSION_SEEN_S ||
               roles != (uint32_t)tl_query_get_int(q, C_ROLES_THEN);
    tl_status st = tl_tenant_kind_parse(tl_query_get_text(q, C_KIND), &out->kind, err);
    if (st == TL_OK)
        out->rights = tl_role_rights(roles, out->kind);
    return st;
}

tl_status tl_session_use(tl_store *s, const char *token, int64_t now, tl_arena *arena,
                         tl_session *out, tl_error *err)
{
    char hash[TL_SECRET_HASH];
    tl_query *q;
    bool row;
    *out = (tl_session){ 0 };
    if (!tl_secret_shaped(token))
        return not_logged_in(err);
    tl_secret_hash(token, hash);
    tl_status st = tl_store_query(s, "account_session.use", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, hash);
    tl_query_int(q, 2, now);
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    st = row ? take(q, now, arena, out, err) : not_logged_in(err);
    tl_query_reset(q);
    if (st == TL_OK)
        tl_secret_derive(token, csrf_purpose, "", out->csrf);
    return st;
}

bool tl_session_csrf_right(const char *token, const char *csrf)
{
    char want[TL_SECRET_TEXT];
    if (!tl_secret_shaped(token) || !csrf)
        return false;
    tl_secret_derive(token, csrf_purpose, "", want);
    return tl_secret_equal(want, csrf);
}

/* Moves the session to a new token, with the roles of today in an organisation (NULL: its own). */
static tl_status renew(tl_store *s, const char *hash, const char *tenant, int64_t now,
                       char renewed[TL_SECRET_TEXT], int64_t *changed, tl_error *err)
{
    char next[TL_SECRET_HASH];
    tl_query *q;
    tl_status st = tl_secret_new(renewed, err);
    if (st != TL_OK || (st = tl_store_query(s, "account_session.renew", &q, err)) != TL_OK)
        return st;
    tl_secret_hash(renewed, next);
    tl_query_text(q, 1, hash);
    tl_query_text(q, 2, next);
    tl_query_text(q, 3, tenant);
    tl_query_int(q, 4, now);
    st = tl_query_run(q, err);
    *changed = st == TL_OK ? tl_query_changed(q) : 0;
    if (*changed == 0)
        renewed[0] = '\0';
    return st;
}

static tl_status keep(tl_store *s, const char *hash, int64_t now, char renewed[TL_SECRET_TEXT],
                      tl_error *err)
{
    tl_query *q;
    bool row, other_roles = false;
    int64_t changed;
    tl_status st =
        tl_account_run(s, "account_session.seen", (const char *[]){ hash, NULL }, now, NULL, err);
    if (st != TL_OK || (st = tl_store_query(s, "account_session.roles", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, hash);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        other_roles = tl_query_get_int(q, 0) != tl_query_get_int(q, 1);
    tl_query_reset(q);
    return st == TL_OK && other_roles ? renew(s, hash, NULL, now, renewed, &changed, err) : st;
}

tl_status tl_session_keep(tl_store *s, const char *token, int64_t now, char renewed[TL_SECRET_TEXT],
                          tl_error *err)
{
    char hash[TL_SECRET_HASH];
    renewed[0] = '\0';
    if (!tl_secret_shaped(token))
        return TL_OK;
    tl_secret_hash(token, hash);
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = tl_account_end(s, keep(s, hash, now, renewed, err), err);
    if (st != TL_OK)
        renewed[0] = '\0'; /* the old one still holds */
    return st;
}

tl_status tl_session_switch(tl_store *s, const char *token, const char *tenant, int64_t now,
                            char renewed[TL_SECRET_TEXT], tl_error *err)
{
    char hash[TL_SECRET_HASH];
    int64_t changed = 0;
    renewed[0] = '\0';
    assert(tl_store_in_transaction(s));
    if (!tl_secret_shaped(token) || !tenant)
        return not_logged_in(err);
    tl_secret_hash(token, hash);
    tl_status st = renew(s, hash, tenant, now, renewed, &changed, err);
    return st == TL_OK && changed == 0
               ? tl_fail(err, TL_EFORBIDDEN, "no place in '%.80s', or the session has ended",
                         tenant)
               : st;
}

bool tl_session_proved(const tl_session *session, int64_t now)
{
    return now - session->proved_at < TL_SESSION_PROVED_S;
}

tl_status tl_session_renew(tl_store *s, const char *token, int64_t now,
                           char renewed[TL_SECRET_TEXT], tl_error *err)
{
    char hash[TL_SECRET_HASH];
    int64_t changed = 0;
    renewed[0] = '\0';
    assert(tl_store_in_transaction(s));
    if (!tl_secret_shaped(token))
        return not_logged_in(err);
    tl_secret_hash(token, hash);
    tl_status st = renew(s, hash, NULL, now, renewed, &changed, err);
    return st == TL_OK && changed == 0 ? not_logged_in(err) : st;
}

tl_status tl_session_prove(tl_store *s, const char *who, const char *token, int64_t proved_at,
                           int64_t now, char renewed[TL_SECRET_TEXT], tl_error *err)
{
    char hash[TL_SECRET_HASH];
    tl_status st = tl_session_renew(s, token, now, renewed, err);
    if (st != TL_OK)
        return st;
    tl_secret_hash(renewed, hash);
    st = tl_account_run(s, "account_session.prove", (const char *[]){ hash, NULL }, proved_at, NULL,
                        err);
    return st == TL_OK ? tl_account_audit(s, who, "session.prove", "user", who, NULL, err) : st;
}

tl_viewer tl_session_confined(const tl_session *session)
{
    tl_viewer v = tl_viewer_visitor();
    v.user = session->user;
    return v;
}

tl_viewer tl_session_viewer(const tl_session *session)
{
    return tl_account_viewer(session->user, session->tenant, session->company, session->roles,
                             session->kind);
}

/* session_routes.c - login and logout, the sessions of a person, passwords, invitations. */
#include <string.h>

#include "account/login.h"
#include "account/token.h"
#include "account/user.h"
#include "base/clock.h"
#include "format/json.h"
#include "format/json_read.h"
#include "server/identity.h"

/* The texts of a body of JSON, by name; those not there are NULL, others than these refused. */
static tl_status read_body(tl_request *q, const char *const *names, const char **values, size_t n,
                           tl_error *err)
{
    tl_json_doc *doc;
    void *iterator = NULL;
    tl_json_value member;
    tl_span body = q->http->body;
    for (size_t i = 0; i < n; i++)
        values[i] = NULL;
    tl_status st = tl_json_read(&doc, "body", body.p, body.n, NULL, err);
    if (st != TL_OK)
        return st;
    st = tl_json_as_object(tl_json_root(doc), err);
    while (st == TL_OK && tl_json_member_next(tl_json_root(doc), &iterator, &member)) {
        size_t i = 0;
        while (i < n && strcmp(names[i], member.name) != 0)
            i++;
        const char *text;
        if (i == n)
            st = tl_json_fail(member, err, "is not known here");
        else if (!tl_json_missing(member) && (st = tl_json_as_text(member, &text, err)) == TL_OK &&
                 !(values[i] = tl_arena_str(q->http->arena, text)))
            st = tl_fail_nomem(err);
    }
    tl_json_doc_free(doc);
    return st;
}

static tl_status need(const char *const *names, const char *const *values, size_t n, tl_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!values[i] || !*values[i])
            return tl_fail(err, TL_EINPUT, "body: $.%s is missing", names[i]);
    return TL_OK;
}

static void end(tl_request *q, tl_status st, const tl_error *err)
{
    if (st != TL_OK)
        tl_server_problem(q, err);
    tl_http_reply_header(q->reply, "Cache-Control", "private, no-store");
}

static void write_rights(tl_json *j, uint64_t rights)
{
    tl_json_array(j, "rights");
    for (tl_right r = 0; r < TL_RIGHTS; r++)
        if (rights & TL_RIGHT_BIT(r))
            tl_json_text(j, NULL, tl_right_name(r));
    tl_json_end(j);
}

static void write_session(tl_request *q, const tl_session *s)
{
    tl_json j = tl_json_start(&q->reply->body, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "user", q->viewer.user);
    if (s && s->user) {
        tl_json_text(&j, "email", s->email);
        tl_json_text(&j, "name", s->name);
        tl_json_text(&j, "language", s->language);
        tl_json_text(&j, "tenant_en", s->tenant_en);
        tl_json_text(&j, "tenant_zh", s->tenant_zh);
        tl_json_text(&j, "csrf", s->csrf);
        tl_json_int(&j, "ends_at", s->ends_at);
    }
    tl_json_text(&j, "tenant", q->viewer.tenant);
    tl_json_text(&j, "company", q->viewer.company);
    write_rights(&j, q->viewer.rights);
    tl_json_end(&j);
    tl_buf_char(&q->reply->body, '\n');
    q->reply->type = "application/json";
}

static void show(tl_request *q)
{
    write_session(q, q->session);
    end(q, TL_OK, NULL);
}

static tl_session_opts session_opts(const tl_request *q)
{
    return (tl_session_opts){ .source = q->http->address,
                              .agent = tl_http_header(q->http, "User-Agent") };
}

/* The session just begun, as the answer. */
static tl_status answer_session(tl_request *q, tl_store *s, const char *token, tl_error *err)
{
    tl_session session;
    tl_status st = tl_session_use(s, token, tl_time_unix(), q->http->arena, &session, err);
    if (st != TL_OK)
        return st;
    q->viewer = tl_session_viewer(&session);
    q->http->who = q->viewer.user;
    tl_identity_cookie(q, token);
    write_session(q, &session);
    return TL_OK;
}

static void log_in(tl_request *q)
{
    static const char *const names[] = { "email", "password", "tenant" };
    const char *values[3];
    char token[TL_SECRET_TEXT];
    int64_t wait_s = 0;
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = read_body(q, names, values, 3, &err);
    if (st == TL_OK)
        st = need(names, values, 2, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, true, &s, &err);
    if (st == TL_OK) {
        const tl_login login = { .email = values[0],
                                 .password = values[1],
                                 .tenant = values[2],
                                 .session = session_opts(q) };
        st = tl_login_password(s, &login, tl_time_unix(), token, &wait_s, &err);
    }
    if (st == TL_OK && q->session && q->session->user) /* the one it came with is not needed now */
        st = tl_session_end(s, tl_identity_token(q->http), &err);
    if (st == TL_OK)
        st = answer_session(q, s, token, &err);
    end(q, st, &err);
    if (st == TL_EFORBIDDEN && wait_s > 0)
        tl_http_reply_header(q->reply, "Retry-After",
                             tl_arena_printf(q->http->arena, "%lld", (long long)wait_s));
}

static void log_out(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    const char *token = tl_identity_token(q->http);
    tl_status st = token ? tl_worker_store(q->worker, true, &s, &err) : TL_OK;
    if (st == TL_OK && token)
        st = tl_session_end(s, token, &err);
    tl_identity_cookie(q, "");
    q->reply->status = 204;
    end(q, st, &err);
}

/* Of a person with a session; keys cannot do this. */
static tl_status need_session(tl_request *q, tl_store **s, bool write, tl_error *err)
{
    if (!q->session || !q->session->user)
        return tl_fail(err, TL_EFORBIDDEN, "only who has logged in may do this");
    return tl_worker_store(q->worker, write, s, err);
}

static tl_status commit(tl_store *s, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

static void switch_tenant(tl_request *q)
{
    static const char *const names[] = { "tenant" };
    const char *tenant;
    char renewed[TL_SECRET_TEXT];
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = need_session(q, &s, true, &err);
    if (st == TL_OK)
        st = read_body(q, names, &tenant, 1, &err);
    if (st == TL_OK)
        st = need(names, &tenant, 1, &err);
    if (st == TL_OK && (st = tl_store_begin(s, &err)) == TL_OK)
        st = commit(
            s,
            tl_session_switch(s, tl_identity_token(q->http), tenant, tl_time_unix(), renewed, &err),
            &err);
    if (st == TL_OK)
        st = answer_session(q, s, renewed, &err);
    end(q, st, &err);
}

static void list_sessions(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    const tl_session_row *rows;
    size_t n = 0;
    tl_status st = need_session(q, &s, false, &err);
    if (st == TL_OK)
        st = tl_session_list(s, q->viewer.user, tl_time_unix(), q->http->arena, &rows, &n, &err);
    if (st == TL_OK) {
        tl_json j = tl_json_start(&q->reply->body, false);
        tl_json_object(&j, NULL);
        tl_json_array(&j, "sessions");
        for (size_t i = 0; i < n; i++) {
            tl_json_object(&j, NULL);
            tl_json_text(&j, "id", rows[i].id);
            tl_json_bool(&j, "this", strcmp(rows[i].id, q->session->id) == 0);
            tl_json_text(&j, "tenant", rows[i].tenant);
            tl_json_text(&j, "source", rows[i].source);
            tl_json_text(&j, "agent", rows[i].agent);
            tl_json_int(&j, "made_at", rows[i].made_at);
            tl_json_int(&j, "seen_at", rows[i].seen_at);
            tl_json_int(&j, "ends_at", rows[i].ends_at);
            tl_json_end(&j);
        }
        tl_json_end(&j);
        tl_json_end(&j);
        q->reply->type = "application/json";
    }
    end(q, st, &err);
}

static void revoke_session(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = need_session(q, &s, true, &err);
    if (st == TL_OK && (st = tl_store_begin(s, &err)) == TL_OK)
        st = commit(s,
                    tl_session_revoke(s, q->viewer.user, q->viewer.user,
                                      tl_http_param(&q->match, "id"), &err),
                    &err);
    q->reply->status = 204;
    end(q, st, &err);
}

static void change_password(tl_request *q)
{
    static const char *const names[] = { "old", "new" };
    const char *values[2];
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = need_session(q, &s, true, &err);
    if (st == TL_OK)
        st = read_body(q, names, values, 2, &err);
    if (st == TL_OK)
        st = need(names, values, 2, &err);
    if (st == TL_OK)
        st = tl_login_change_password(s, q->viewer.user, values[0], values[1], NULL, tl_time_unix(),
                                      &err);
    if (st == TL_OK)
        tl_identity_cookie(q, ""); /* all sessions have ended, this one too */
    q->reply->status = 204;
    end(q, st, &err);
}

/* What an invitation is for; the token comes in the body, since targets are logged by proxies. */
static void look_at_invitation(tl_request *q)
{
    static const char *const names[] = { "token" };
    const char *token;
    tl_error err = { 0 };
    tl_store *s;
    tl_invitation i;
    bool has_account = false;
    tl_status st = read_body(q, names, &token, 1, &err);
    if (st == TL_OK)
        st = need(names, &token, 1, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, false, &s, &err);
    if (st == TL_OK)
        st = tl_invitation_get(s, token, tl_time_unix(), q->http->arena, &i, &has_account, &err);
    if (st == TL_OK) {
        tl_json j = tl_json_start(&q->reply->body, false);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "email", i.email);
        tl_json_text(&j, "name", i.name);
        tl_json_text(&j, "language", i.language);
        tl_json_text(&j, "tenant", i.tenant);
        tl_json_bool(&j, "has_account", has_account);
        tl_json_int(&j, "ends_at", i.ends_at);
        tl_json_end(&j);
        q->reply->type = "application/json";
    }
    end(q, st, &err);
}

static tl_status begin_session(tl_request *q, tl_store *s, const char *user, const char *tenant,
                               char token[TL_SECRET_TEXT], tl_error *err)
{
    const tl_session_opts opts = session_opts(q);
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    return commit(s, tl_session_start(s, user, tenant, &opts, tl_time_unix(), token, err), err);
}

static void accept_invitation(tl_request *q)
{
    static const char *const names[] = { "token", "password" };
    const char *values[2];
    char user[TL_ACCOUNT_ID], token[TL_SECRET_TEXT];
    tl_error err = { 0 };
    tl_store *s;
    tl_invitation i;
    bool has_account;
    tl_status st = read_body(q, names, values, 2, &err);
    if (st == TL_OK)
        st = need(names, values, 2, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, true, &s, &err);
    if (st == TL_OK)
        st =
            tl_invitation_get(s, values[0], tl_time_unix(), q->http->arena, &i, &has_account, &err);
    if (st == TL_OK)
        st = tl_invitation_accept(s, values[0], values[1], NULL, tl_time_unix(), user, &err);
    if (st == TL_OK)
        st = begin_session(q, s, user, i.tenant, token, &err);
    if (st == TL_OK)
        st = answer_session(q, s, token, &err);
    end(q, st, &err);
}

static void join_by_invitation(tl_request *q)
{
    static const char *const names[] = { "token" };
    const char *token;
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = need_session(q, &s, true, &err);
    if (st == TL_OK)
        st = read_body(q, names, &token, 1, &err);
    if (st == TL_OK)
        st = need(names, &token, 1, &err);
    if (st == TL_OK)
        st = tl_invitation_join(s, token, q->viewer.user, tl_time_unix(), &err);
    q->reply->status = 204;
    end(q, st, &err);
}

static void accept_reset(tl_request *q)
{
    static const char *const names[] = { "token", "password" };
    const char *values[2];
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = read_body(q, names, values, 2, &err);
    if (st == TL_OK)
        st = need(names, values, 2, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, true, &s, &err);
    if (st == TL_OK)
        st = tl_reset_accept(s, values[0], values[1], NULL, tl_time_unix(), &err);
    q->reply->status = 204;
    end(q, st, &err);
}

static const tl_server_route rows[] = {
    { TL_HTTP_GET, "/api/v1/session", show, false },
    { TL_HTTP_POST, "/api/v1/session", log_in, false },
    { TL_HTTP_DELETE, "/api/v1/session", log_out, false },
    { TL_HTTP_POST, "/api/v1/session/tenant", switch_tenant, false },
    { TL_HTTP_GET, "/api/v1/sessions", list_sessions, false },
    { TL_HTTP_DELETE, "/api/v1/sessions/{id}", revoke_session, false },
    { TL_HTTP_POST, "/api/v1/session/password", change_password, false },
    { TL_HTTP_POST, "/api/v1/invitation", look_at_invitation, false },
    { TL_HTTP_POST, "/api/v1/invitation/acceptance", accept_invitation, false },
    { TL_HTTP_POST, "/api/v1/invitation/membership", join_by_invitation, false },
    { TL_HTTP_POST, "/api/v1/reset/acceptance", accept_reset, false },
};
const tl_server_routes tl_server_sessions = { rows, sizeof rows / sizeof *rows };

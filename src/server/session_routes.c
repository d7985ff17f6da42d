/* session_routes.c - login and logout, the sessions of a person, passwords. */
#include <string.h>

#include "account/login.h"
#include "account/user.h"
#include "base/clock.h"
#include "format/json.h"
#include "server/identity.h"
#include "server/person.h"

static void show(tl_request *q)
{
    tl_person_write(q, q->session);
    tl_person_end(q, TL_OK, NULL);
}

/* Ends a login or a proof. Where the password was right and a code is wanted beside it, the problem
 * says so by its type: the page asks for one then. */
static void end_try(tl_request *q, tl_status st, int status, const tl_login_told *told,
                    const tl_error *err)
{
    bool wants = st == TL_EFORBIDDEN && told->wants_code;
    if (wants)
        tl_server_problem_as(q, status, "second-factor", "give a code of your second factor",
                             err->text);
    tl_person_end(q, wants ? TL_OK : st, err);
    tl_person_wait(q, st, told->wait_s);
}

static void log_in(tl_request *q)
{
    static const char *const names[] = { "email", "password", "tenant", "code" };
    const char *values[4];
    char token[TL_SECRET_TEXT];
    tl_login_told told = { 0 };
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = tl_person_body(q, names, values, 4, &err);
    if (st == TL_OK)
        st = tl_person_need(names, values, 2, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, true, &s, &err);
    if (st == TL_OK) {
        const tl_login login = { .email = values[0],
                                 .password = values[1],
                                 .tenant = values[2],
                                 .code = values[3],
                                 .session = tl_person_session_opts(q) };
        st = tl_login_password(s, &login, tl_time_unix(), token, &told, &err);
    }
    if (st == TL_OK && q->session && q->session->user) /* the one it came with is not needed now */
        st = tl_session_end(s, tl_identity_token(q->http), &err);
    if (st == TL_OK)
        st = tl_person_answer(q, s, token, &err);
    end_try(q, st, 401, &told, &err);
}

/* The password once more, for what a session alone is not enough for. The session has a new token
 * from then on. */
static void prove(tl_request *q)
{
    static const char *const names[] = { "password", "code" };
    const char *values[2];
    char renewed[TL_SECRET_TEXT];
    tl_login_told told = { 0 };
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = tl_person_session(q, &s, true, &err);
    if (st == TL_OK)
        st = tl_person_body(q, names, values, 2, &err);
    if (st == TL_OK)
        st = tl_person_need(names, values, 1, &err);
    if (st == TL_OK) {
        const tl_login_proof proof = { .user = q->viewer.user,
                                       .token = tl_identity_token(q->http),
                                       .password = values[0],
                                       .code = values[1],
                                       .source = q->http->address };
        st = tl_login_prove(s, &proof, tl_time_unix(), renewed, &told, &err);
    }
    if (st == TL_OK)
        st = tl_person_answer(q, s, renewed, &err);
    end_try(q, st, 403, &told, &err);
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
    tl_person_end(q, st, &err);
    /* whatever the page or the browser kept for this person goes, too (ASVS 14.3.1) */
    if (st == TL_OK)
        tl_http_reply_header(q->reply, "Clear-Site-Data", "\"cache\", \"storage\"");
}

static void switch_tenant(tl_request *q)
{
    static const char *const names[] = { "tenant" };
    const char *tenant;
    char renewed[TL_SECRET_TEXT];
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = tl_person_session(q, &s, true, &err);
    if (st == TL_OK)
        st = tl_person_body(q, names, &tenant, 1, &err);
    if (st == TL_OK)
        st = tl_person_need(names, &tenant, 1, &err);
    if (st == TL_OK && (st = tl_store_begin(s, &err)) == TL_OK)
        st = tl_person_commit(
            s,
            tl_session_switch(s, tl_identity_token(q->http), tenant, tl_time_unix(), renewed, &err),
            &err);
    if (st == TL_OK)
        st = tl_person_answer(q, s, renewed, &err);
    tl_person_end(q, st, &err);
}

static void list_sessions(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    const tl_session_row *rows;
    size_t n = 0;
    tl_status st = tl_person_session(q, &s, false, &err);
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
    tl_person_end(q, st, &err);
}

static void revoke_session(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    const char *id = tl_http_param(&q->match, "id");
    tl_status st = tl_person_session(q, &s, true, &err);
    if (st == TL_OK && strcmp(id, q->session->id) != 0 && !tl_server_proved(q))
        return;
    if (st == TL_OK && (st = tl_store_begin(s, &err)) == TL_OK)
        st = tl_person_commit(s, tl_session_revoke(s, q->viewer.user, q->viewer.user, id, &err),
                              &err);
    q->reply->status = 204;
    tl_person_end(q, st, &err);
}

/* All of one's sessions but the one that asks. */
static void revoke_others(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    int64_t ended = 0;
    tl_status st = tl_person_session(q, &s, true, &err);
    if (st == TL_OK && !tl_server_proved(q))
        return;
    if (st == TL_OK && (st = tl_store_begin(s, &err)) == TL_OK)
        st = tl_person_commit(s,
                              tl_session_revoke_others(s, q->viewer.user, q->viewer.user,
                                                       q->session->id, &ended, &err),
                              &err);
    q->reply->status = 204;
    tl_person_end(q, st, &err);
}

static void change_password(tl_request *q)
{
    static const char *const names[] = { "old", "new" };
    const char *values[2];
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = tl_person_session(q, &s, true, &err);
    if (st == TL_OK)
        st = tl_person_body(q, names, values, 2, &err);
    if (st == TL_OK)
        st = tl_person_need(names, values, 2, &err);
    const tl_password_limits limits = tl_person_password_limits(q);
    if (st == TL_OK)
        st = tl_login_change_password(s, q->viewer.user, values[0], values[1], &limits,
                                      tl_time_unix(), &err);
    if (st == TL_OK)
        tl_person_tell(q, s, q->viewer.user, TL_LETTER_PASSWORD_CHANGED);
    if (st == TL_OK)
        tl_identity_cookie(q, ""); /* all sessions have ended, this one too */
    q->reply->status = 204;
    tl_person_end(q, st, &err);
}

static const tl_server_route rows[] = {
    { TL_HTTP_GET, "/api/v1/session", show, false, false },
    { TL_HTTP_POST, "/api/v1/session", log_in, false, false },
    { TL_HTTP_DELETE, "/api/v1/session", log_out, false, false },
    { TL_HTTP_POST, "/api/v1/session/tenant", switch_tenant, false, false },
    { TL_HTTP_GET, "/api/v1/sessions", list_sessions, false, false },
    { TL_HTTP_DELETE, "/api/v1/sessions", revoke_others, false, false },
    { TL_HTTP_DELETE, "/api/v1/sessions/{id}", revoke_session, false, false },
    { TL_HTTP_POST, "/api/v1/session/password", change_password, false, false },
    { TL_HTTP_POST, "/api/v1/session/proof", prove, false, false },
};
const tl_server_routes tl_server_sessions = { rows, sizeof rows / sizeof *rows };

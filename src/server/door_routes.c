/* door_routes.c - links: what an invitation is for, taking it, asking for a reset and taking that.
 */
#include <string.h>

#include "account/tenant.h"
#include "account/token.h"
#include "base/clock.h"
#include "exchange/letter.h"
#include "server/person.h"
#include "server/post.h"
#include "server/throttle.h"

/* Of one source address; an office behind one may have some who forgot. */
enum { RESETS_AN_HOUR = 20 };

static void write_invitation(tl_request *q, const tl_invitation *i, const tl_tenant *t,
                             bool has_account)
{
    tl_json j = tl_json_start(&q->reply->body, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "email", i->email);
    tl_json_text(&j, "name", i->name);
    tl_json_text(&j, "language", i->language);
    tl_json_text(&j, "tenant", i->tenant);
    tl_json_text(&j, "tenant_en", t->name_en);
    tl_json_text(&j, "tenant_zh", t->name_zh);
    tl_person_roles(&j, i->roles);
    tl_json_bool(&j, "has_account", has_account);
    tl_json_int(&j, "ends_at", i->ends_at);
    tl_json_end(&j);
    q->reply->type = "application/json";
}

/* What an invitation is for; the token comes in the body, since targets are logged by proxies. */
static void look_at_invitation(tl_request *q)
{
    static const char *const names[] = { "token" };
    const char *token;
    tl_error err = { 0 };
    tl_store *s;
    tl_invitation i;
    tl_tenant t;
    bool has_account = false;
    tl_status st = tl_person_body(q, names, &token, 1, &err);
    if (st == TL_OK)
        st = tl_person_need(names, &token, 1, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, false, &s, &err);
    if (st == TL_OK)
        st = tl_invitation_get(s, token, tl_time_unix(), q->http->arena, &i, &has_account, &err);
    if (st == TL_OK)
        st = tl_tenant_get(s, i.tenant, q->http->arena, &t, &err);
    if (st == TL_OK)
        write_invitation(q, &i, &t, has_account);
    tl_person_end(q, st, &err);
}

static tl_status begin_session(tl_request *q, tl_store *s, const char *user, const char *tenant,
                               char token[TL_SECRET_TEXT], tl_error *err)
{
    const tl_session_opts opts = tl_person_session_opts(q);
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    return tl_person_commit(s, tl_session_start(s, user, tenant, &opts, tl_time_unix(), token, err),
                            err);
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
    tl_status st = tl_person_body(q, names, values, 2, &err);
    if (st == TL_OK)
        st = tl_person_need(names, values, 2, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, true, &s, &err);
    if (st == TL_OK)
        st =
            tl_invitation_get(s, values[0], tl_time_unix(), q->http->arena, &i, &has_account, &err);
    const tl_password_limits limits = tl_person_password_limits(q);
    if (st == TL_OK)
        st = tl_invitation_accept(s, values[0], values[1], &limits, tl_time_unix(), user, &err);
    if (st == TL_OK)
        st = begin_session(q, s, user, i.tenant, token, &err);
    if (st == TL_OK)
        st = tl_person_answer(q, s, token, &err);
    tl_person_end(q, st, &err);
}

static void join_by_invitation(tl_request *q)
{
    static const char *const names[] = { "token" };
    const char *token;
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = tl_person_session(q, &s, true, &err);
    if (st == TL_OK)
        st = tl_person_body(q, names, &token, 1, &err);
    if (st == TL_OK)
        st = tl_person_need(names, &token, 1, &err);
    if (st == TL_OK)
        st = tl_invitation_join(s, token, q->viewer.user, tl_time_unix(), &err);
    q->reply->status = 204;
    tl_person_end(q, st, &err);
}

static bool within_resets(tl_request *q)
{
    double wait_s;
    if (tl_throttle_take(q->server->resets, q->http->address, 1, tl_clock_s(), &wait_s))
        return true;
    tl_http_problem(q->reply, q->http, 429, "too-many", tl_http_status_text(429),
                    "too many resets were asked for from this address");
    tl_http_reply_header(q->reply, "Retry-After",
                         tl_arena_printf(q->http->arena, "%d", (int)wait_s + 1));
    return false;
}

/* Asks for a link to set a new password. Whether there is such an account is looked up by the post
 * alone, after this has answered: so answer and time are the same for every address. */
static void ask_reset(tl_request *q)
{
    static const char *const names[] = { "email" };
    const char *email;
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = tl_person_body(q, names, &email, 1, &err);
    if (st == TL_OK)
        st = tl_person_need(names, &email, 1, &err);
    if (st == TL_OK && !q->server->post)
        st = tl_fail(&err, TL_ECONFLICT,
                     "this service sends no mail: ask your administrator for a link");
    if (st == TL_OK && !within_resets(q)) {
        tl_person_end(q, TL_OK, NULL);
        return;
    }
    if (st == TL_OK)
        st = tl_worker_store(q->worker, true, &s, &err);
    if (st == TL_OK && tl_mail_address_check(email, NULL) == TL_OK) {
        const tl_outbox_letter l = { .kind = tl_letter_code(TL_LETTER_RESET),
                                     .to = email,
                                     .language = q->zh ? "zh" : "en" };
        tl_post_letter(q->server->post, s, &l);
    }
    if (st == TL_OK) {
        q->reply->status = 202;
        q->reply->type = "application/json";
        tl_buf_str(&q->reply->body, "{\"asked\":true}\n");
    }
    tl_person_end(q, st, &err);
}

static void accept_reset(tl_request *q)
{
    static const char *const names[] = { "token", "password" };
    const char *values[2];
    char user[TL_ACCOUNT_ID];
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = tl_person_body(q, names, values, 2, &err);
    if (st == TL_OK)
        st = tl_person_need(names, values, 2, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, true, &s, &err);
    const tl_password_limits limits = tl_person_password_limits(q);
    if (st == TL_OK)
        st = tl_reset_accept(s, values[0], values[1], &limits, tl_time_unix(), user, &err);
    if (st == TL_OK)
        tl_person_tell(q, s, user, TL_LETTER_PASSWORD_CHANGED);
    q->reply->status = 204;
    tl_person_end(q, st, &err);
}

static const tl_server_route rows[] = {
    { TL_HTTP_POST, "/api/v1/invitation", look_at_invitation, false, false },
    { TL_HTTP_POST, "/api/v1/invitation/acceptance", accept_invitation, false, false },
    { TL_HTTP_POST, "/api/v1/invitation/membership", join_by_invitation, false, false },
    { TL_HTTP_POST, "/api/v1/reset", ask_reset, false, false },
    { TL_HTTP_POST, "/api/v1/reset/acceptance", accept_reset, false, false },
};
const tl_server_routes tl_server_doors = { rows, sizeof rows / sizeof *rows };

tl_throttle *tl_server_reset_throttle(void)
{
    return tl_throttle_new(RESETS_AN_HOUR / 3600.0, RESETS_AN_HOUR);
}

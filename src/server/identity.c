/* identity.c - keys, cookies, CSRF. */
#include "server/identity.h"

#include <string.h>
#include <strings.h>

#include "account/api_key.h"
#include "base/clock.h"
#include "server/settings.h"

/* The prefix binds a cookie to this host and to TLS (RFC 6265bis, 4.1.3.2). */
static const char *cookie_name(const tl_http_request *rq)
{
    return rq->secure ? "__Host-tanlian" : "tanlian";
}

const char *tl_identity_token(const tl_http_request *rq)
{
    return tl_http_cookie(rq, cookie_name(rq));
}

static const char *key_of(const tl_http_request *rq)
{
    const char *said = tl_http_header(rq, "Authorization");
    return said && strncasecmp(said, "Bearer ", 7) == 0 ? said + 7 : NULL;
}

bool tl_identity_claimed(const tl_http_request *rq)
{
    return tl_http_header(rq, "Authorization") || tl_identity_token(rq);
}

/* Sets or replaces a cookie: what was said last of a name holds. */
static void put_cookie(tl_request *q, const char *name, const char *value, const char *life)
{
    size_t n = strlen(name);
    const char *text =
        tl_arena_printf(q->http->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value,
                        q->http->secure ? "; Secure" : "", *value ? life : "; Max-Age=0");
    for (size_t i = 0; i < q->reply->n; i++)
        if (text && strcmp(q->reply->names[i], "Set-Cookie") == 0 &&
            strncmp(q->reply->values[i], name, n) == 0 && q->reply->values[i][n] == '=') {
            q->reply->values[i] = text;
            return;
        }
    tl_http_reply_header(q->reply, "Set-Cookie", text);
}

void tl_identity_cookie(tl_request *q, const char *token)
{
    put_cookie(q, cookie_name(q->http), token, "");
}

static const char *login_name(const tl_http_request *rq)
{
    return rq->secure ? "__Host-tanlian-login" : "tanlian-login";
}

void tl_identity_login_cookie(tl_request *q, const char *value)
{
    if (value)
        put_cookie(q, login_name(q->http), value, "; Max-Age=600");
}

const char *tl_identity_login_begun(const tl_http_request *rq)
{
    return tl_http_cookie(rq, login_name(rq));
}

static tl_status by_key(tl_request *q, const char *key, tl_error *err)
{
    tl_store *s;
    bool due = false;
    int64_t now = tl_time_unix();
    tl_status st = tl_worker_store(q->worker, false, &s, err);
    if (st == TL_OK)
        st = tl_api_key_viewer(s, key, now, q->http->arena, &q->viewer, &due, err);
    if (st == TL_OK && due && tl_worker_store(q->worker, true, &s, NULL) == TL_OK &&
        tl_api_key_keep(s, key, now, NULL) != TL_OK)
        return TL_OK; /* noted at its next use */
    return st;
}

/* "https://host:port" against the Host the client asked for. */
bool tl_identity_same_origin(const tl_http_request *rq)
{
    const char *origin = tl_http_header(rq, "Origin"), *host = tl_http_header(rq, "Host");
    if (!origin)
        return true;
    const char *slashes = strstr(origin, "://");
    return slashes && host && strcasecmp(slashes + 3, host) == 0;
}

static tl_status check_csrf(const tl_request *q, const char *token, tl_error *err)
{
    const tl_http_request *rq = q->http;
    if (rq->method == TL_HTTP_GET)
        return TL_OK;
    if (!tl_session_csrf_right(token, tl_http_header(rq, "X-CSRF-Token")))
        return tl_fail(err, TL_EFORBIDDEN, "X-CSRF-Token is missing or not that of this session");
    return TL_OK;
}

tl_viewer tl_identity_viewer(const tl_request *q, const tl_session *session, bool *needs)
{
    bool lacks = session->lacks_factor && tl_settings_factor_required(&q->server->opts);
    if (needs)
        *needs = lacks;
    return lacks ? tl_session_confined(session) : tl_session_viewer(session);
}

static void keep(tl_request *q, const char *token, int64_t now)
{
    tl_store *s;
    char renewed[TL_SECRET_TEXT] = "";
    if (tl_worker_store(q->worker, true, &s, NULL) == TL_OK &&
        tl_session_keep(s, token, now, renewed, NULL) == TL_OK && renewed[0])
        tl_identity_cookie(q, renewed);
}

static tl_status by_session(tl_request *q, const char *token, tl_session *session, tl_error *err)
{
    tl_store *s;
    int64_t now = tl_time_unix();
    tl_error why = { 0 };
    tl_status st = tl_worker_store(q->worker, false, &s, err);
    if (st != TL_OK)
        return st;
    st = tl_session_use(s, token, now, q->http->arena, session, &why);
    if (st == TL_EFORBIDDEN) {
        *session = (tl_session){ 0 };
        tl_identity_cookie(q, "");
        return TL_OK;
    }
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    q->viewer = tl_identity_viewer(q, session, NULL);
    if ((st = check_csrf(q, token, err)) != TL_OK)
        return st;
    if (session->due)
        keep(q, token, now);
    return TL_OK;
}

tl_status tl_identify(tl_request *q, tl_session *session, tl_error *err)
{
    tl_session own;
    tl_session *to = session ? session : &own;
    const char *key = key_of(q->http), *token = tl_identity_token(q->http);
    *to = (tl_session){ 0 };
    q->viewer = tl_viewer_visitor();
    tl_status st = key ? by_key(q, key, err) : token ? by_session(q, token, to, err) : TL_OK;
    q->http->who = q->viewer.user;
    return st;
}

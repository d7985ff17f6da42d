/* oidc_routes.c - to an identity provider and back.
 *
 * The page asks where to go (POST, so that another site cannot begin a login), the browser goes
 * there and comes back with a code. What was begun is known by a cookie: state, what for, and the
 * page to show afterwards, which is one of our own or the first. Whatever goes wrong on the way
 * back leads to the page for signing in with a word for it; the reason is in the log. */
#include <ctype.h>
#include <string.h>

#include "account/oidc.h"
#include "base/clock.h"
#include "server/identity.h"
#include "server/person.h"
#include "server/settings.h"

enum { NEXT_MAX = 800 };

/* What a cookie says: "<state>.<user to link, or nothing>.<next>"; "!<user>" is to sign in once
 * more. */
struct begun {
    const char *state, *user, *next;
    bool again;
};

/* A path of a page: nothing a browser could take for another host, or for two lines. */
static bool own_path(const char *path)
{
    if (!tl_text_starts(path, "/zh/") && !tl_text_starts(path, "/en/"))
        return false;
    if (strlen(path) > NEXT_MAX)
        return false;
    for (const char *c = path; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("/-_.~%?=&+:@,!*()", *c))
            return false;
    return true;
}

static tl_status remote_of(tl_request *q, tl_oidc_remote **out, tl_error *err)
{
    tl_worker *w = q->worker;
    const tl_server *s = q->server;
    tl_status st = TL_OK;
    if (!s->opts.oidc.issuer)
        return tl_fail(err, TL_ENOTFOUND, "this service has no identity provider");
    if (!w->oidc)
        st = tl_oidc_remote_new(&w->oidc, &s->opts.oidc, err);
    *out = w->oidc;
    return st;
}

static void put_begun(tl_request *q, const char *state, const char *user, const char *next)
{
    tl_identity_login_cookie(q, tl_arena_printf(q->http->arena, "%s.%s.%s", state, user, next));
}

/* POST /api/v1/login/provider {"next": "/en/league", "link": "yes"}: {"url": where to go}; "again"
 * in place of "link": who is signed in proves to be there. */
static void begin(tl_request *q)
{
    static const char *const names[] = { "next", "link", "again" };
    const char *values[3], *url, *user = "";
    char state[TL_SECRET_TEXT];
    tl_error err = { 0 };
    tl_store *s;
    tl_oidc_remote *r = NULL;
    tl_status st = tl_person_body(q, names, values, 3, &err);
    if (st == TL_OK)
        st = remote_of(q, &r, &err);
    if (st == TL_OK)
        st = values[1] || values[2] ? tl_person_session(q, &s, true, &err)
                                    : tl_worker_store(q->worker, true, &s, &err);
    if (st == TL_OK && values[1] && !values[2] && !tl_server_proved(q))
        return; /* a further way in is for its owner to add */
    if (st == TL_OK && (values[1] || values[2]))
        user = tl_arena_printf(q->http->arena, "%s%s", values[2] ? "!" : "", q->viewer.user);
    if (st == TL_OK)
        st = tl_oidc_remote_begin(r, s, values[2] != NULL, tl_time_unix(), q->http->arena, &url,
                                  state, &err);
    if (st == TL_OK) {
        put_begun(q, state, user,
                  values[0] && own_path(values[0]) ? values[0]
                  : q->zh                          ? "/zh/"
                                                   : "/en/");
        tl_json j = tl_json_start(&q->reply->body, false);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "url", url);
        tl_json_end(&j);
        q->reply->type = "application/json";
    }
    tl_person_end(q, st, &err);
}

static struct begun read_begun(tl_request *q)
{
    struct begun b = { .user = "", .next = q->zh ? "/zh/" : "/en/" };
    const char *cookie = tl_identity_login_begun(q->http);
    const char *first = cookie ? strchr(cookie, '.') : NULL;
    const char *second = first ? strchr(first + 1, '.') : NULL;
    if (!second)
        return b;
    b.state = tl_arena_copy(q->http->arena, cookie, (size_t)(first - cookie));
    b.user = tl_arena_copy(q->http->arena, first + 1, (size_t)(second - first - 1));
    b.next = own_path(second + 1) ? second + 1 : b.next;
    b.user = b.user ? b.user : "";
    b.again = *b.user == '!';
    b.user += b.again;
    return b;
}

static void send_to(tl_request *q, const char *where)
{
    q->reply->status = 303;
    tl_http_reply_header(q->reply, "Location", where ? where : "/");
    tl_http_reply_header(q->reply, "Cache-Control", "no-store");
    tl_http_reply_header(q->reply, "Referrer-Policy",
                         "no-referrer"); /* the code is in the address */
}

/* Back to the page for signing in, in the language of the page that was asked for. */
static void send_failed(tl_request *q, const struct begun *b, const char *word, const char *why)
{
    tl_log_write(q->server->opts.log, TL_LOG_WARN, "%s: login by provider: %s", q->http->id, why);
    const char *page = *b->user ? "account" : "sign-in";
    send_to(q, tl_arena_printf(q->http->arena, "/%.2s/%s?failed=%s", b->next + 1, page, word));
}

/* Who began it and is signed in still; NULL: nobody. The cookie alone is no proof. */
static const char *who_began(const tl_request *q, const struct begun *b)
{
    const char *user = *b->user && q->session ? q->session->user : NULL;
    return user && strcmp(user, b->user) == 0 ? user : NULL;
}

/* Links the provider to who is signed in, and who began it. */
static tl_status link(tl_request *q, tl_store *s, const struct begun *b, const tl_id_claims *claims,
                      tl_error *err)
{
    if (!who_began(q, b))
        return tl_fail(err, TL_EFORBIDDEN, "who began to link is not signed in any more");
    tl_status st = tl_store_begin(s, err);
    return st == TL_OK
               ? tl_person_commit(s, tl_oidc_link(s, b->user, claims, tl_time_unix(), err), err)
               : st;
}

static tl_status enter(tl_request *q, tl_store *s, const tl_id_claims *claims, tl_error *err)
{
    char token[TL_SECRET_TEXT];
    const tl_session_opts opts = tl_person_session_opts(q);
    tl_status st = tl_oidc_login(s, claims, NULL, &opts, tl_time_unix(), token, err);
    if (st == TL_OK && q->session && q->session->user) /* the one it came with is not needed now */
        st = tl_session_end(s, tl_identity_token(q->http), err);
    if (st == TL_OK)
        tl_identity_cookie(q, tl_arena_str(q->http->arena, token));
    tl_secret_wipe(token, sizeof token);
    return st;
}

/* Who began it has signed in there once more. */
static tl_status prove(tl_request *q, tl_store *s, const struct begun *b,
                       const tl_id_claims *claims, tl_error *err)
{
    char renewed[TL_SECRET_TEXT];
    if (!who_began(q, b))
        return tl_fail(err, TL_EFORBIDDEN, "who is to sign in again is not signed in any more");
    tl_status st =
        tl_oidc_prove(s, claims, b->user, tl_identity_token(q->http), tl_time_unix(), renewed, err);
    if (st == TL_OK)
        tl_identity_cookie(q, tl_arena_str(q->http->arena, renewed));
    tl_secret_wipe(renewed, sizeof renewed);
    return st;
}

static const char *word_of(tl_status st, bool known)
{
    switch (st) {
    case TL_ECONFLICT:
        return "taken";
    case TL_EIO:
    case TL_EINPUT:
        return "provider";
    default:
        return known ? "stranger" : "late";
    }
}

/* GET /api/v1/login/back: the browser comes back. */
static void come_back(tl_request *q)
{
    const tl_http_request *rq = q->http;
    const struct begun b = read_begun(q);
    tl_error err = { 0 };
    tl_store *s;
    tl_oidc_remote *r = NULL;
    tl_id_claims claims = { 0 };
    const tl_oidc_back back = { .state = tl_http_query(rq, "state"),
                                .cookie = b.state,
                                .code = tl_http_query(rq, "code"),
                                .error = tl_http_query(rq, "error"),
                                .iss = tl_http_query(rq, "iss") };
    bool known = false;
    tl_identity_login_cookie(q, "");
    tl_status st = remote_of(q, &r, &err);
    if (st == TL_OK)
        st = tl_worker_store(q->worker, true, &s, &err);
    if (st == TL_OK)
        st = tl_oidc_remote_back(r, s, &back, tl_time_unix(), rq->arena, &claims, &err);
    known = st == TL_OK;
    if (st == TL_OK)
        st = tl_oidc_strong(s, &claims, who_began(q, &b), tl_person_session_opts(q).source, &err);
    if (st == TL_OK)
        st = b.again   ? prove(q, s, &b, &claims, &err)
             : *b.user ? link(q, s, &b, &claims, &err)
                       : enter(q, s, &claims, &err);
    if (st == TL_OK)
        send_to(q, b.next);
    else
        send_failed(q, &b,
                    claims.weak  ? "weak"
                    : b.again    ? "again"
                    : back.error ? "refused"
                                 : word_of(st, known),
                    err.text);
}

static const tl_server_route rows[] = {
    { TL_HTTP_POST, "/api/v1/login/provider", begin, false, false },
    { TL_HTTP_GET, TL_SETTINGS_BACK, come_back, false, false },
};
const tl_server_routes tl_server_oidc = { rows, sizeof rows / sizeof *rows };

/* server.c - routes of operations and of the server itself; how a request comes to its handler. */
#include "server/server.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "account/leaked.h"
#include "account/secret.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/thread.h"
#include "server/identity.h"
#include "server/job_call.h"
#include "server/post.h"
#include "server/server_priv.h"
#include "server/settings.h"
#include "server/throttle.h"

enum { ARGUMENTS_BYTES = 1 << 20, STUCK_MS = 300 };

static const tl_server_routes *const own_lists[] = { &tl_server_system,        &tl_server_sessions,
                                                     &tl_server_doors,         &tl_server_account,
                                                     &tl_server_second_factor, &tl_server_oidc,
                                                     &tl_server_jobs,          &tl_server_page };
enum { OWN_LISTS = sizeof own_lists / sizeof *own_lists };

#define API "/api/v1"

/* How many routes there can be. */
static size_t count_routes(void)
{
    size_t lists, n = 0;
    const tl_operations *const *all = tl_operations_all(&lists);
    for (size_t i = 0; i < lists; i++)
        n += all[i]->n;
    for (size_t i = 0; i < OWN_LISTS; i++)
        n += own_lists[i]->n;
    return n;
}

/* Takes the path, which is NULL where there was no memory for it. */
static tl_status add_row(tl_server *s, tl_http_method method, char *path, tl_target target,
                         tl_error *err)
{
    if (!path)
        return tl_fail_nomem(err);
    s->targets[s->n] = target;
    s->route_rows[s->n] = (tl_http_route){ method, path, &s->targets[s->n] };
    s->n++;
    return TL_OK;
}

static tl_status add_operation(tl_server *s, const tl_operation *o, tl_error *err)
{
    if (!o->path)
        return TL_OK;
    size_t n = strlen(o->path) + sizeof API;
    char *path = malloc(n);
    if (path)
        snprintf(path, n, "%s%s", API, o->path);
    return add_row(s, o->method, path, (tl_target){ .operation = o }, err);
}

static tl_status make_routes(tl_server *s, tl_error *err)
{
    size_t lists, most = count_routes();
    const tl_operations *const *all = tl_operations_all(&lists);
    tl_status st = TL_OK;
    s->targets = tl_new_array(most, sizeof *s->targets);
    s->route_rows = tl_new_array(most, sizeof *s->route_rows);
    if (!s->targets || !s->route_rows)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < lists; i++)
        for (size_t k = 0; k < all[i]->n && st == TL_OK; k++)
            st = add_operation(s, &all[i]->items[k], err);
    for (size_t i = 0; i < OWN_LISTS; i++)
        for (size_t k = 0; k < own_lists[i]->n && st == TL_OK; k++) {
            const tl_server_route *own = &own_lists[i]->items[k];
            st = add_row(s, own->method, strdup(own->path), (tl_target){ .own = own }, err);
        }
    return st == TL_OK ? tl_http_routes_new(&s->routes, s->route_rows, s->n, err) : st;
}

static void refuse(tl_request *q, tl_status st, const tl_error *err)
{
    tl_buf allowed;
    if (st != TL_ECONFLICT) {
        tl_http_problem_of(q->reply, q->http, err);
        return;
    }
    tl_http_problem(q->reply, q->http, 405, "method", tl_http_status_text(405), err->text);
    tl_buf_init(&allowed, 0);
    for (tl_http_method m = 0; m < TL_HTTP_METHODS; m++)
        if (q->match.allowed & 1U << m)
            tl_buf_printf(&allowed, "%s%s", allowed.len ? ", " : "", tl_http_method_name(m));
    tl_http_reply_header(q->reply, "Allow", tl_arena_str(q->http->arena, tl_buf_text(&allowed)));
    tl_buf_clear(&allowed);
}

static bool add_to_key(void *ctx, const char *name, const char *value)
{
    /* with its length: a value may hold any character */
    tl_buf_printf(ctx, "\n%zu=%s=%zu=%s", strlen(name), name, strlen(value), value);
    return true;
}

/* Under what a public answer is kept; NULL where it is not to be. */
static const char *key_of(tl_request *q)
{
    const tl_operation *o = q->target->operation;
    if (!o || q->http->method != TL_HTTP_GET || o->right != TL_RIGHT_PUBLIC_READ ||
        tl_identity_claimed(q->http))
        return NULL;
    tl_buf b;
    const char *accept = tl_http_header(q->http, "Accept");
    tl_buf_init(&b, 8192);
    tl_buf_printf(&b, "%s\n%s\n%s", q->http->path, q->zh ? "zh" : "en", accept ? accept : "");
    tl_http_query_each(q->http, add_to_key, &b);
    const char *key =
        tl_buf_status(&b, NULL) == TL_OK ? tl_arena_str(q->http->arena, tl_buf_text(&b)) : NULL;
    tl_buf_clear(&b);
    return key;
}

static void set_plan(const tl_request *q, tl_http_plan *plan)
{
    const tl_operation *o = q->target->operation;
    plan->route = q->match.route;
    plan->quick = q->cached || (q->target->own && q->target->own->quick);
    plan->body_bytes = ARGUMENTS_BYTES;
    for (size_t i = 0; o && i < o->n; i++)
        if (o->arguments[i].kind == TL_ARGUMENT_FILE) {
            plan->body_bytes =
                q->server->opts.upload_bytes ? q->server->opts.upload_bytes : (size_t)256 << 20;
            plan->to_file = true;
        }
    if (q->http->method == TL_HTTP_GET)
        plan->body_bytes = 0;
}

/* Logins and the like cost a tenth of a second and 64 MiB each. */
static double cost_of(const tl_request *q)
{
    bool costly = q->http->method != TL_HTTP_GET && q->target && !q->target->operation;
    return q->http->method == TL_HTTP_GET ? 1 : costly ? 10 : 2;
}

static bool within_limits(tl_request *q)
{
    double wait_s;
    if (tl_throttle_take(q->server->throttle, q->http->address, cost_of(q), tl_clock_s(), &wait_s))
        return true;
    tl_http_problem(q->reply, q->http, 429, "too-many", tl_http_status_text(429),
                    "too many requests from this address");
    tl_http_reply_header(q->reply, "Retry-After",
                         tl_arena_printf(q->http->arena, "%d", (int)wait_s + 1));
    return false;
}

static bool begin(void *ctx, tl_http_request *rq, tl_http_plan *plan, tl_http_reply *rp)
{
    tl_server *s = ctx;
    tl_error err = { 0 };
    tl_request *q = tl_arena_alloc(rq->arena, 1, sizeof *q);
    if (!q) {
        tl_fail_nomem(&err);
        tl_http_problem_of(rp, rq, &err);
        return false;
    }
    q->server = s;
    q->http = rq;
    q->reply = rp;
    q->viewer = tl_viewer_visitor();
    q->zh = rq->zh;
    rq->data = q;
    tl_status st = tl_http_routes_find(s->routes, rq->method, rq->path, rq->arena, &q->match, &err);
    if (st != TL_OK) {
        if (within_limits(q))
            refuse(q, st, &err);
        return false;
    }
    q->target = s->route_rows[q->match.route].data;
    if (!within_limits(q))
        return false;
    q->generation = tl_cache_generation(s->cache);
    q->key = key_of(q);
    q->cached = q->key ? tl_cache_find(s->cache, q->key) : NULL;
    set_plan(q, plan);
    return true;
}

static void serve_cached(tl_request *q)
{
    const tl_cached *a = q->cached;
    q->reply->type = a->type;
    q->reply->etag = a->etag;
    q->reply->fixed = (tl_span){ a->body, a->bytes };
    if (*a->disposition)
        tl_http_reply_header(q->reply, "Content-Disposition", a->disposition);
    if (*a->link)
        tl_http_reply_header(q->reply, "Link", a->link);
    q->frozen = a->frozen;
}

/* How long others may keep an answer without asking again: what is frozen, a year (RFC 8246). */
static const char *cache_control(const tl_request *q)
{
    if (q->frozen)
        return q->key ? "public, max-age=31536000, immutable"
                      : "private, max-age=31536000, immutable";
    return q->key ? "public, max-age=0, must-revalidate" : "private, no-store";
}

/* False with the reply filled where what the request brings opens nothing. */
static bool know_viewer(tl_request *q)
{
    tl_error err = { 0 };
    if (q->http->method != TL_HTTP_GET && !tl_identity_same_origin(q->http)) {
        tl_fail(&err, TL_EFORBIDDEN, "the request comes from another site");
        tl_http_problem_of(q->reply, q->http, &err);
        return false;
    }
    if (!tl_identity_claimed(q->http) || (q->target->own && q->target->own->own_key))
        return true;
    q->session = tl_arena_alloc(q->http->arena, 1, sizeof *q->session);
    tl_status st = q->session ? tl_identify(q, q->session, &err) : tl_fail_nomem(&err);
    if (st != TL_OK)
        tl_server_problem(q, &err);
    return st == TL_OK;
}

/* The cookies of a reply; there are two names at most. */
struct cookies {
    const char *values[2];
    size_t n;
};

static struct cookies cookies_of(const tl_http_reply *rp)
{
    struct cookies c = { .n = 0 };
    for (size_t i = 0; i < rp->n && c.n < 2; i++)
        if (strcmp(rp->names[i], "Set-Cookie") == 0)
            c.values[c.n++] = rp->values[i];
    return c;
}

static void put_cookies(tl_request *q, const struct cookies *c)
{
    for (size_t i = 0; i < c->n; i++)
        tl_http_reply_header(q->reply, "Set-Cookie", c->values[i]);
}

void tl_server_problem_as(tl_request *q, int status, const char *type, const char *title,
                          const char *detail)
{
    const struct cookies cookies = cookies_of(q->reply);
    tl_http_problem(q->reply, q->http, status, type, title, detail);
    put_cookies(q, &cookies);
}

bool tl_server_proved(tl_request *q)
{
    const tl_session *session = q->session;
    if (!session || !session->user || tl_session_proved(session, tl_time_unix()))
        return true; /* what a key may is bound when it is made */
    tl_server_problem_as(q, 403, "reauthenticate", "give your password again",
                         "this needs your password again: POST /api/v1/session/proof");
    return false;
}

void tl_server_problem(tl_request *q, const tl_error *err)
{
    bool unknown = err->status == TL_EFORBIDDEN && !q->viewer.user;
    const struct cookies cookies = cookies_of(q->reply); /* told with a problem, too */
    if (err->status == TL_EIO || err->status == TL_ENOMEM)
        tl_log_write(q->server->opts.log, TL_LOG_ERROR, "%s: %s", q->http->id, err->text);
    if (unknown) {
        tl_http_problem(q->reply, q->http, 401, "unauthorized", "log in, or bring a key",
                        err->text);
        tl_http_reply_header(q->reply, "WWW-Authenticate", "Bearer");
    } else {
        tl_http_problem_of(q->reply, q->http, err);
    }
    put_cookies(q, &cookies);
}

/* Drawings of public data may stand as pictures in pages of other sites: the embed code of a chart.
 * A request that brings a session or a key has no cache key, so its drawing never does. */
static bool is_public_drawing(const tl_request *q)
{
    return q->key && q->reply->type && strcmp(q->reply->type, "image/svg+xml") == 0;
}

static void run(tl_request *q)
{
    /* it has waited for a thread: somebody who asked the same may have been answered meanwhile, and
     * hundreds who ask at once must not each have it worked out */
    if (!q->cached && q->key)
        q->cached = tl_cache_find_later(q->server->cache, q->key);
    if (q->cached)
        serve_cached(q);
    else if (!know_viewer(q))
        return;
    else if (q->target->operation && (q->target->operation->flags & TL_OPERATION_LONG))
        tl_order_operation(q);
    else if (q->target->operation)
        tl_serve_operation(q);
    else
        q->target->own->run(q);
    if (q->target->operation) {
        if (is_public_drawing(q))
            tl_http_reply_header(q->reply, "Cross-Origin-Resource-Policy", "cross-origin");
        tl_http_reply_header(q->reply, "Vary", "Accept, Accept-Language, Cookie, Authorization");
        tl_http_reply_header(q->reply, "Cache-Control", cache_control(q));
    }
}

/* Only half of the threads wait for a writer that does not get on, further ones for a moment: the
 * others read. */
static bool begin_write(tl_server *s)
{
    unsigned threads = s->opts.http.workers ? s->opts.http.workers : 2U * tl_processors();
    unsigned most = threads > 3 ? threads / 2 : 1;
    struct timespec until;
    int timed_out = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += STUCK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&s->write_lock);
    while (s->writing >= most && !timed_out)
        timed_out = pthread_cond_timedwait(&s->write_free, &s->write_lock, &until);
    bool free = s->writing < most;
    s->writing += free;
    pthread_mutex_unlock(&s->write_lock);
    return free;
}

static void end_write(tl_server *s)
{
    pthread_mutex_lock(&s->write_lock);
    s->writing--;
    pthread_cond_signal(&s->write_free);
    pthread_mutex_unlock(&s->write_lock);
}

static void serve(void *ctx, tl_http_request *rq, tl_http_reply *rp)
{
    (void)ctx;
    tl_request *q = rq->data;
    q->worker = rq->worker;
    /* who stops a job frees the others */
    if (rq->method == TL_HTTP_GET || rq->method == TL_HTTP_DELETE) {
        run(q);
    } else if (begin_write(q->server)) {
        run(q);
        end_write(q->server);
    } else {
        tl_http_problem(rp, rq, 503, "busy", tl_http_status_text(503),
                        "a long change holds the database, and others wait for it already");
        tl_http_reply_header(rp, "Retry-After", "2");
    }
}

static void done(void *ctx, tl_http_request *rq)
{
    tl_server *s = ctx;
    tl_request *q = rq->data;
    if (q && q->cached)
        tl_cache_release(s->cache, q->cached);
}

static tl_status check_database(const tl_server_opts *o, tl_error *err)
{
    tl_store *s;
    const tl_store_opts opts = { .must_exist = true }; /* to write: migrations are applied here */
    tl_status st = tl_store_open(&s, o->database, &opts, err);
    tl_store_close(s);
    return st;
}

/* What the settings name beside the database is looked at before anything is served. */
static tl_status read_settings(tl_server *s, tl_error *err)
{
    tl_oidc_remote *r = NULL;
    tl_file_view file;
    tl_server_opts *o = &s->opts;
    tl_status st = TL_OK;
    if (o->oidc.issuer) {
        size_t n = strlen(o->base) + sizeof TL_SETTINGS_BACK;
        if (!(s->back = malloc(n)))
            return tl_fail_nomem(err);
        snprintf(s->back, n, "%s%s", o->base, TL_SETTINGS_BACK);
        o->oidc.redirect_uri = s->back;
        st = tl_oidc_remote_new(&r, &o->oidc, err);
        tl_oidc_remote_free(r);
    }
    if (st == TL_OK && o->leaked_passwords)
        st = tl_leaked_check(o->leaked_passwords, err);
    if (st != TL_OK || !o->metrics_token_file ||
        (st = tl_file_open(&file, o->metrics_token_file, 1 << 16, err)) != TL_OK)
        return st;
    const char *end = memchr(file.data, '\n', file.size);
    size_t n = end ? (size_t)(end - (const char *)file.data) : file.size;
    if (n < 20 || n > 500 || memchr(file.data, 0, n))
        st = tl_fail(err, TL_EINPUT, "%s: expected a token of 20 to 500 bytes in the first line",
                     o->metrics_token_file);
    else if (!(s->metrics_token = strndup((const char *)file.data, n)))
        st = tl_fail_nomem(err);
    tl_file_close(&file);
    return st;
}

static void release(tl_server *s)
{
    tl_runner_stop(s->runner);
    tl_watch_stop(s->watch);
    tl_post_stop(s->post);
    tl_throttle_free(s->resets);
    free(s->back);
    free(s->metrics_token);
    tl_http_routes_free(s->routes);
    for (size_t i = 0; i < s->n; i++)
        free((char *)s->route_rows[i].pattern);
    free(s->route_rows);
    free(s->targets);
    tl_cache_free(s->cache);
    tl_throttle_free(s->throttle);
    pthread_mutex_destroy(&s->write_lock);
    pthread_cond_destroy(&s->write_free);
    free(s);
}

tl_status tl_server_start(tl_server **out, const tl_server_opts *opts, tl_error *err)
{
    *out = NULL;
    tl_status st = tl_settings_check(opts, err);
    if (st == TL_OK)
        st = check_database(opts, err);
    if (st != TL_OK)
        return st;
    tl_server *s = calloc(1, sizeof *s);
    if (!s)
        return tl_fail_nomem(err);
    s->opts = *opts;
    pthread_mutex_init(&s->write_lock, NULL);
    pthread_cond_init(&s->write_free, NULL);
    s->cache = tl_cache_new(opts->cache_bytes ? opts->cache_bytes : (size_t)64 << 20);
    /* at once as in ten seconds; a login must fit */
    double burst = opts->per_second > 2 ? opts->per_second * 10 : 20;
    s->throttle = tl_throttle_new(opts->per_second, burst);
    s->resets = tl_server_reset_throttle();
    st = s->cache && s->throttle && s->resets ? make_routes(s, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = read_settings(s, err);
    if (st == TL_OK)
        st = tl_post_start(&s->post, s, err);
    if (st == TL_OK)
        st = tl_watch_start(&s->watch, s, err);
    if (st == TL_OK)
        st = tl_runner_start(&s->runner, s, opts->job_workers ? opts->job_workers : 1, err);
    const tl_http_app app = { .ctx = s,
                              .begin = begin,
                              .serve = serve,
                              .done = done,
                              .worker_open = tl_worker_open,
                              .worker_close = tl_worker_close,
                              .log = opts->access,
                              .log_ctx = opts->access_ctx };
    s->opts.http.routes = s->n;
    s->opts.http.route_names = s->route_rows;
    if (st == TL_OK)
        st = tl_http_start(&s->http, &s->opts.http, &app, err);
    if (st != TL_OK) {
        release(s);
        return st;
    }
    *out = s;
    return TL_OK;
}

void tl_server_stop(tl_server *s, unsigned seconds)
{
    if (!s)
        return;
    tl_http_stop(s->http, seconds);
    release(s);
}

uint16_t tl_server_port(const tl_server *s)
{
    return tl_http_port(s->http);
}

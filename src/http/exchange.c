/* exchange.c - the life of one request: target, headers, body, serving, reply, end.
 *
 * libmicrohttpd calls tl_exchange_target when it has the first line, tl_exchange_handle when it has
 * the headers, for each piece of the body, when all is there, and again when a suspended
 * connection was resumed; tl_exchange_completed at the end, whatever happened. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "http/http_priv.h"

tl_http_connection *tl_exchange_connection(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* The raw target is seen here only: an escaped NUL would end the decoded path early. */
void *tl_exchange_target(void *cls, const char *target, struct MHD_Connection *connection)
{
    struct tl_http_server *s = cls;
    tl_http_exchange *x = calloc(1, sizeof *x);
    tl_error err = { 0 };
    if (!x || tl_arena_new(&x->request.arena, 0, &err) != TL_OK) {
        free(x);
        return NULL;
    }
    x->server = s;
    x->connection = connection;
    x->fd = -1;
    x->reply.status = 200;
    x->request.exchange = x;
    x->plan.route = SIZE_MAX;
    x->bad_target = strstr(target, "%00") != NULL;
    unsigned long long serial = atomic_fetch_add(&s->serial, 1) + 1;
    x->request.id = tl_arena_printf(x->request.arena, "r%llu", serial);
    x->whole_s = tl_clock_s();
    tl_http_connection_until(tl_exchange_connection(connection), s->header_s);
    tl_http_connection_ask(tl_exchange_connection(connection));
    return x;
}

/* The peer's address, or what a proxy that is believed says of it: the last one it added. Proxies
 * add to the end of the header, or a header of their own behind those of the client. */
static const char *address_of(tl_http_exchange *x)
{
    const char *said =
        x->server->proxied ? tl_http_header_last(&x->request, "X-Forwarded-For") : NULL;
    if (said) {
        const char *comma = strrchr(said, ',');
        tl_span last = tl_span_trim(tl_span_of(comma ? comma + 1 : said));
        return tl_arena_copy(x->request.arena, last.p, last.n < 64 ? last.n : 64);
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return tl_http_address_text(info ? info->client_addr : NULL, x->request.arena);
}

static bool read_method(tl_http_request *rq, const char *method)
{
    rq->head = strcmp(method, "HEAD") == 0;
    if (rq->head)
        method = "GET";
    for (tl_http_method m = 0; m < TL_HTTP_METHODS; m++)
        if (strcmp(method, tl_http_method_name(m)) == 0) {
            rq->method = m;
            return true;
        }
    return false;
}

/* False with a reply where no handler should see the request. */
static bool sound_request(tl_http_exchange *x, const char *path, const char *method)
{
    tl_http_request *rq = &x->request;
    bool sound = !x->bad_target && path[0] == '/' && tl_text_plain(path, false);
    rq->path = tl_arena_str(rq->arena, sound ? path : "/");
    rq->address = address_of(x);
    const char *proto = x->server->proxied ? tl_http_header_last(rq, "X-Forwarded-Proto") : NULL;
    rq->secure = x->server->secure || (proto && strcmp(proto, "https") == 0);
    if (!rq->path || !rq->address || !rq->id) {
        tl_error nomem = { .status = TL_ENOMEM };
        tl_http_problem_of(&x->reply, rq, &nomem);
        return false;
    }
    rq->zh = tl_http_wants_chinese(rq);
    const char *fault = tl_exchange_fault(x, sound);
    if (fault) {
        tl_http_problem(&x->reply, rq, 400, "encoding", tl_http_status_text(400), fault);
        x->reply.close = true; /* where it ends is not known */
        return false;
    }
    if (!read_method(rq, method)) {
        tl_http_problem(&x->reply, rq, 405, "method", tl_http_status_text(405), NULL);
        return false;
    }
    return true;
}

static bool announced_too_large(tl_http_exchange *x)
{
    const char *said = tl_http_header(&x->request, "Content-Length");
    if (!said || strlen(said) > 18)
        return said != NULL;
    unsigned long long bytes = strtoull(said, NULL, 10);
    return bytes > x->plan.body_bytes;
}

static void too_large(tl_http_exchange *x)
{
    const char *detail =
        tl_arena_printf(x->request.arena, "at most %zu bytes are taken here", x->plan.body_bytes);
    tl_http_problem(&x->reply, &x->request, 413, "too-large", tl_http_status_text(413), detail);
    x->reply.close = true;
}

static bool has_body(const tl_http_exchange *x)
{
    const char *length = tl_http_header(&x->request, "Content-Length");
    return (length && strcmp(length, "0") != 0) ||
           tl_http_header(&x->request, "Transfer-Encoding") != NULL;
}

/* The headers are there. True: go on with the body. */
static bool begin(tl_http_exchange *x, const char *path, const char *method)
{
    struct tl_http_server *s = x->server;
    x->state = TL_EXCHANGE_BODY;
    atomic_fetch_add(&s->unanswered, 1);
    tl_http_connection_until(tl_exchange_connection(x->connection), s->request_s);
    if (!sound_request(x, path, method) ||
        !s->app.begin(s->app.ctx, &x->request, &x->plan, &x->reply))
        return false;
    if (announced_too_large(x)) {
        too_large(x);
        return false;
    }
    return true;
}

void tl_exchange_serve(tl_http_exchange *x)
{
    struct tl_http_server *s = x->server;
    tl_error err = { 0 };
    if (x->lost) {
        tl_http_problem(&x->reply, &x->request, 503, "no-room", tl_http_status_text(503),
                        "the body could not be kept: no room for temporary files");
        return;
    }
    if (tl_http_worker_get(s, &x->request.worker, &err) != TL_OK) {
        tl_http_problem(&x->reply, &x->request, 503, "unavailable", tl_http_status_text(503),
                        "the database cannot be reached");
        return;
    }
    s->app.serve(s->app.ctx, &x->request, &x->reply);
    if (tl_buf_status(&x->reply.body, NULL) != TL_OK) {
        tl_error nomem = { .status = TL_ENOMEM };
        tl_http_problem_of(&x->reply, &x->request, &nomem);
    }
}

/* The request is whole. */
static enum MHD_Result whole(tl_http_exchange *x)
{
    struct tl_http_server *s = x->server;
    x->whole_s = tl_clock_s();
    tl_http_connection_until(tl_exchange_connection(x->connection), 0);
    if (x->too_large) {
        too_large(x);
        return tl_exchange_send(x);
    }
    tl_exchange_body_ends(x);
    if (x->plan.quick) {
        tl_exchange_serve(x);
        return tl_exchange_send(x);
    }
    x->state = TL_EXCHANGE_WAITS;
    MHD_suspend_connection(x->connection); /* before a worker can see it and resume it */
    if (!tl_http_pool_put(s->pool, x)) {
        tl_http_problem(&x->reply, &x->request, 503, "busy", tl_http_status_text(503),
                        "too many requests wait already");
        tl_http_reply_header(&x->reply, "Retry-After", "1");
        x->state = TL_EXCHANGE_ANSWERED;
        tl_http_events_resume(s->events, x->connection);
    }
    return MHD_YES;
}

enum MHD_Result tl_exchange_handle(void *cls, struct MHD_Connection *connection, const char *path,
                                   const char *method, const char *version, const char *data,
                                   size_t *bytes, void **state)
{
    (void)cls;
    (void)connection;
    (void)version;
    tl_http_exchange *x = *state;
    if (!x)
        return MHD_NO; /* no memory at its beginning */
    if (x->state == TL_EXCHANGE_HEADERS) {
        if (begin(x, path, method))
            return MHD_YES;
        if (has_body(x))
            return tl_exchange_send(x); /* now, and the connection ends: the body is not read */
        x->state = TL_EXCHANGE_ANSWERED;
        return MHD_YES;
    }
    if (x->state == TL_EXCHANGE_ANSWERED)
        return tl_exchange_send(x);
    if (*bytes > 0) {
        tl_exchange_take(x, data, *bytes);
        *bytes = 0;
        return MHD_YES;
    }
    return whole(x);
}

void tl_exchange_completed(void *cls, struct MHD_Connection *connection, void **state,
                           enum MHD_RequestTerminationCode how)
{
    (void)how;
    struct tl_http_server *s = cls;
    tl_http_exchange *x = *state;
    *state = NULL;
    tl_http_connection_until(tl_exchange_connection(connection), s->idle_s + s->header_s);
    if (!x)
        return;
    if (x->state == TL_EXCHANGE_HEADERS) { /* libmicrohttpd has refused it, or nothing more came */
        x->reply.status = 400;
        x->request.path = "";
        x->request.address = address_of(x);
    } else {
        atomic_fetch_sub(&s->unanswered, 1);
    }
    double seconds = tl_clock_s() - x->whole_s;
    tl_http_metrics_add(s->metrics, x->plan.route, x->reply.status, seconds, x->sent_bytes);
    if (s->app.log)
        tl_exchange_log(x, seconds);
    if (s->app.done)
        s->app.done(s->app.ctx, &x->request);
    tl_http_reply_reset(&x->reply);
    tl_exchange_body_clear(x);
    tl_arena_free(x->request.arena);
    free(x);
}

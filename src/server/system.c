/* system.c - health, metrics, and the description of the API. */
#include <string.h>
#include <strings.h>

#include "account/secret.h"
#include "format/json.h"
#include "server/post.h"
#include "server/server_priv.h"

/* Alive and able to read: what a load balancer asks. */
static void health(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    tl_status st = tl_worker_store(q->worker, false, &s, &err);
    tl_json j = tl_json_start(&q->reply->body, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "status", st == TL_OK ? "ok" : "the database cannot be reached");
    tl_json_text(&j, "version", q->server->opts.version);
    tl_json_end(&j);
    tl_buf_char(&q->reply->body, '\n');
    q->reply->status = st == TL_OK ? 200 : 503;
    q->reply->type = "application/json";
    tl_http_reply_header(q->reply, "Cache-Control", "no-store");
}

/* Who watches the service: brings the token of the settings, or asks on this machine. Behind a
 * proxy every request comes from this machine, so there the header tells. */
static bool may_watch(const tl_request *q)
{
    const tl_http_request *rq = q->http;
    const char *said = tl_http_header(rq, "Authorization");
    if (q->server->metrics_token)
        return said && strncasecmp(said, "Bearer ", 7) == 0 &&
               tl_secret_equal(said + 7, q->server->metrics_token);
    return (strncmp(rq->address, "127.", 4) == 0 || strcmp(rq->address, "::1") == 0) &&
           !tl_http_header(rq, "X-Forwarded-For") && !tl_http_header(rq, "Forwarded");
}

static void write_post(const tl_request *q, tl_buf *b)
{
    uint64_t sent, troubles;
    tl_post_counts(q->server->post, &sent, &troubles);
    tl_buf_printf(b,
                  "# HELP tanlian_letters_total letters tried to be sent since the start\n"
                  "# TYPE tanlian_letters_total counter\n"
                  "tanlian_letters_total{result=\"sent\"} %llu\n"
                  "tanlian_letters_total{result=\"trouble\"} %llu\n",
                  (unsigned long long)sent, (unsigned long long)troubles);
}

static void metrics(tl_request *q)
{
    uint64_t found, missed;
    size_t bytes;
    tl_buf *b = &q->reply->body;
    if (!may_watch(q)) {
        const tl_error err = { .status = TL_EFORBIDDEN,
                               .text = "metrics are for who runs the service" };
        tl_server_problem(q, &err);
        return;
    }
    tl_http_server_metrics(q->server->http, b);
    tl_cache_counts(q->server->cache, &found, &missed, &bytes);
    tl_buf_printf(b,
                  "# HELP tanlian_cache_requests_total public answers looked for in the cache\n"
                  "# TYPE tanlian_cache_requests_total counter\n"
                  "tanlian_cache_requests_total{result=\"found\"} %llu\n"
                  "tanlian_cache_requests_total{result=\"missed\"} %llu\n"
                  "# HELP tanlian_cache_bytes bytes of answers kept\n"
                  "# TYPE tanlian_cache_bytes gauge\ntanlian_cache_bytes %zu\n",
                  (unsigned long long)found, (unsigned long long)missed, bytes);
    if (q->server->post)
        write_post(q, b);
    q->reply->type = "text/plain; version=0.0.4; charset=utf-8";
    tl_http_reply_header(q->reply, "Cache-Control", "no-store");
}

static void description(tl_request *q)
{
    tl_server_openapi(q->server->opts.version, &q->reply->body);
    q->reply->type = "application/yaml";
}

static const tl_server_route rows[] = {
    { TL_HTTP_GET, "/api/v1/health", health, false, false },
    { TL_HTTP_GET, "/metrics", metrics, true, true },
    { TL_HTTP_GET, "/api/v1/openapi.yaml", description, true, false },
};
const tl_server_routes tl_server_system = { rows, sizeof rows / sizeof *rows };

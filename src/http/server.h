/* server.h - an HTTP/1.1 server over libmicrohttpd: epoll threads that only read and write, worker
 * threads that compute.
 *
 * A request is read whole by an event thread. A quick one (a stored value, a file of the page) is
 * answered there; any other waits, its connection suspended, for a worker. So a slow client holds
 * no thread, a slow query no other client, and a full queue is answered at once with 503. */
#ifndef TL_HTTP_SERVER_H
#define TL_HTTP_SERVER_H

#include <stdint.h>

#include "http/metrics.h"
#include "http/reply.h"
#include "http/request.h"

typedef struct tl_http_server tl_http_server;

/* How a request is treated; filled by begin(). */
typedef struct tl_http_plan {
    bool quick;   /* served by the event thread: at most about a millisecond */
    bool to_file; /* the body is wanted as a file, however small; it lies in a folder of its own */
    size_t body_bytes; /* larger: 413 */
    size_t route;      /* for the metrics, below tl_http_opts.routes */
} tl_http_plan;

/* What runs behind the server. serve and begin may be called by many threads at once. */
typedef struct tl_http_app {
    void *ctx;
    /* Before the body is read. False: the reply is filled already. */
    bool (*begin)(void *ctx, tl_http_request *rq, tl_http_plan *plan, tl_http_reply *rp);
    void (*serve)(void *ctx, tl_http_request *rq, tl_http_reply *rp);
    /* What each thread has for itself, such as a connection to the database; made when the thread
     * serves its first request. */
    tl_status (*worker_open)(void *ctx, void **worker, tl_error *err);
    void (*worker_close)(void *ctx, void *worker);
    /* The reply is sent, or the client has gone: what begin() and serve() hold for it is let go.
     * May be NULL. */
    void (*done)(void *ctx, tl_http_request *rq);
    /* One line of the access log, JSON without a line end; NULL = none. Any thread. */
    void (*log)(void *log_ctx, const char *line);
    void *log_ctx;
} tl_http_app;

/* All zero = defaults. */
typedef struct tl_http_opts {
    const char *address; /* "127.0.0.1:8080", "[::1]:0"; NULL: 127.0.0.1 and a free port */
    unsigned event_threads, workers; /* 0: one a processor, two a processor */
    unsigned connections;            /* 0: 2048 */
    unsigned per_address;            /* connections from one address; 0: 512 */
    unsigned queue;                  /* requests that wait for a worker; 0: 1024 */
    unsigned idle_s;                 /* of a kept connection; 0: 60 */
    unsigned header_s;               /* until all headers are there; 0: 20 */
    unsigned request_s;              /* until the body is there; 0: 300 */
    size_t memory_bytes;             /* of a body kept in memory; 0: 1 MiB */
    const char *temp_dir;            /* for larger ones; NULL: /tmp */
    const char *certificate, *key;   /* PEM files; both: TLS */
    bool proxied;                    /* X-Forwarded-For and -Proto of a proxy are believed */
    size_t routes;                   /* of the metrics */
    const tl_http_route *route_names;
} tl_http_opts;

/* Starts to listen. TL_EINPUT for an address that is none or a certificate that cannot be read,
 * TL_ECONFLICT where the port is taken. */
TL_MUST_CHECK tl_status tl_http_start(tl_http_server **out, const tl_http_opts *opts,
                                      const tl_http_app *app, tl_error *err);

/* Takes no new connection, lets what was begun end (at most `seconds`), then closes all. */
void tl_http_stop(tl_http_server *s, unsigned seconds);

uint16_t tl_http_port(const tl_http_server *s);

/* Metrics in the text format of Prometheus. */
void tl_http_server_metrics(const tl_http_server *s, tl_buf *out);

#endif

/* http_priv.h - what the files of this folder share: the server, its connections, an exchange. */
#ifndef TL_HTTP_HTTP_PRIV_H
#define TL_HTTP_HTTP_PRIV_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/server.h"

/* The status in log and metrics of a request whose client had gone; the number that nginx has for
 * it. Nobody is sent it. */
enum { TL_HTTP_GONE = 499 };

/* Where an exchange stands. Only the thread that has it in hand changes it: the event thread until
 * it is queued, the worker until the connection is resumed, then the event thread again. */
typedef enum tl_exchange_state {
    TL_EXCHANGE_HEADERS, /* the headers are not all there */
    TL_EXCHANGE_BODY,
    TL_EXCHANGE_WAITS,   /* for a worker, the connection suspended */
    TL_EXCHANGE_ANSWERED /* the reply is filled */
} tl_exchange_state;

/* One request and its reply. */
typedef struct tl_http_exchange {
    struct tl_http_server *server;
    struct MHD_Connection *connection;
    tl_exchange_state state;
    tl_http_request request;
    tl_http_reply reply;
    tl_http_plan plan;
    tl_buf body;          /* owned; the body as far as it is in memory */
    int fd;               /* of the temporary file of a larger body, -1 */
    char *dir, *file;     /* owned; its folder and path */
    bool bad_target;      /* the raw target cannot be decoded */
    bool too_large, lost; /* the body passes its limit; could not be kept */
    uint64_t sent_bytes;
    double whole_s;                /* when the request was there */
    struct tl_http_exchange *next; /* in the queue */
} tl_http_exchange;

/* Requests that wait for a worker, and the workers. Locked inside. */
typedef struct tl_http_pool tl_http_pool;
TL_MUST_CHECK tl_status tl_http_pool_new(tl_http_pool **out, struct tl_http_server *s,
                                         unsigned workers, unsigned queue, tl_error *err);
/* False where the queue is full or at its end. */
bool tl_http_pool_put(tl_http_pool *p, tl_http_exchange *x);
/* Serves what waits and ends the threads; what is put from now on is refused. */
void tl_http_pool_end(tl_http_pool *p);
void tl_http_pool_free(tl_http_pool *p);
size_t tl_http_pool_waiting(tl_http_pool *p);

/* The open connections: where they come from, and until when they may be busy. Locked inside. */
typedef struct tl_http_connections tl_http_connections;
typedef struct tl_http_connection tl_http_connection;
TL_MUST_CHECK tl_status tl_http_connections_new(tl_http_connections **out, unsigned per_address,
                                                tl_error *err);
void tl_http_connections_free(tl_http_connections *c);
/* NULL where as many as may be come from its address already, and when out of memory. */
struct sockaddr;
tl_http_connection *tl_http_connection_new(tl_http_connections *c, int fd,
                                           const struct sockaddr *from);
/* From now `seconds` are left; 0: as long as it takes. NULL is fine. */
void tl_http_connection_until(tl_http_connection *one, unsigned seconds);
void tl_http_connection_free(tl_http_connections *c, tl_http_connection *one);
/* Notes that a request has begun on the connection, and tells whether one has; NULL is fine. */
void tl_http_connection_ask(tl_http_connection *one);
bool tl_http_connection_asked(const tl_http_connection *one);

/* The event threads. */
typedef struct tl_http_events tl_http_events;
TL_MUST_CHECK tl_status tl_http_events_new(tl_http_events **out, size_t most, tl_error *err);
/* A thread for the daemon, which is the thread's from now on, even on failure. */
TL_MUST_CHECK tl_status tl_http_events_add(tl_http_events *e, struct MHD_Daemon *daemon,
                                           tl_error *err);
/* Starts the threads, after the last was added. */
TL_MUST_CHECK tl_status tl_http_events_run(tl_http_events *e, tl_error *err);
/* Hands a suspended connection, and all that hangs on it, back to its event thread. Any thread. */
void tl_http_events_resume(tl_http_events *e, struct MHD_Connection *connection);
/* No new connections from now on. */
void tl_http_events_quiet(tl_http_events *e);
/* Ends the threads and closes all connections; none may be suspended. */
void tl_http_events_free(tl_http_events *e);

struct tl_http_server {
    tl_http_app app;
    tl_http_events *events;
    tl_http_pool *pool;
    tl_http_connections *open;
    tl_http_metrics *metrics;
    char *temp_dir, *certificate, *key; /* owned; the latter two PEM text */
    size_t memory_bytes;
    unsigned idle_s, header_s, request_s;
    bool proxied, secure;
    int listener;
    uint16_t port;
    pthread_key_t worker_key; /* what a thread has for itself */
    pthread_key_t failed_key; /* how many handshakes failed in a thread and are not logged yet */
    pthread_mutex_t lock;     /* guards workers and streams; taken before the lock of a stream */
    struct tl_http_worker *workers;
    tl_http_stream *streams; /* being sent */
    atomic_uint_fast64_t serial;
    atomic_uint connections;
    atomic_uint unanswered; /* requests whose headers are there and whose answer is not sent */
    atomic_bool stopping;
};

/* The callbacks of libmicrohttpd; cls is the server. */
void *tl_exchange_target(void *cls, const char *target, struct MHD_Connection *connection);
enum MHD_Result tl_exchange_handle(void *cls, struct MHD_Connection *connection, const char *path,
                                   const char *method, const char *version, const char *data,
                                   size_t *bytes, void **state);
void tl_exchange_completed(void *cls, struct MHD_Connection *connection, void **state,
                           enum MHD_RequestTerminationCode how);

/* What is wrong with target and headers, for the client; NULL: nothing (shape.c). */
const char *tl_exchange_fault(tl_http_exchange *x, bool sound_target);

/* Serves in the calling thread and fills the reply. */
void tl_exchange_serve(tl_http_exchange *x);

/* What is known of a connection, NULL if nothing is. */
tl_http_connection *tl_exchange_connection(struct MHD_Connection *connection);

/* Hands the filled reply to libmicrohttpd. */
enum MHD_Result tl_exchange_send(tl_http_exchange *x);

/* Keeps a piece of the body; sets too_large or lost. */
void tl_exchange_take(tl_http_exchange *x, const char *data, size_t n);
/* Makes what was kept the body of the request. */
void tl_exchange_body_ends(tl_http_exchange *x);
void tl_exchange_body_clear(tl_http_exchange *x);

/* One line of the access log. */
void tl_exchange_log(const tl_http_exchange *x, double seconds);

/* A line for a connection on which TLS was not agreed. */
void tl_http_log_handshake(struct tl_http_server *s, struct MHD_Connection *connection);

/* "127.0.0.1", "::1", "local" for a socket without address; NULL when out of memory. */
const char *tl_http_address_text(const struct sockaddr *address, tl_arena *arena);

/* What the calling thread has for itself, made at its first request. */
TL_MUST_CHECK tl_status tl_http_worker_get(struct tl_http_server *s, void **worker, tl_error *err);

/* A stream as the body of a response; its connection is suspended while nothing is there. */
struct MHD_Response *tl_http_stream_response(tl_http_stream *s, tl_http_exchange *x);
/* Ends all that are being sent, so that no connection stays suspended. */
void tl_http_streams_end(struct tl_http_server *server);

#endif

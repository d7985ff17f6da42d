/* server.c - start and stop: the listening socket, the daemon, what each thread has for itself. */
#include "http/server.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/thread.h"
#include "http/http_priv.h"

/* What one thread has for itself. */
struct tl_http_worker {
    void *own;
    struct tl_http_worker *next;
};

tl_status tl_http_worker_get(struct tl_http_server *s, void **worker, tl_error *err)
{
    struct tl_http_worker *w = pthread_getspecific(s->worker_key);
    if (w) {
        *worker = w->own;
        return TL_OK;
    }
    w = calloc(1, sizeof *w);
    if (!w)
        return tl_fail_nomem(err);
    tl_status st = s->app.worker_open(s->app.ctx, &w->own, err);
    if (st == TL_OK && pthread_setspecific(s->worker_key, w) != 0) {
        s->app.worker_close(s->app.ctx, w->own);
        st = tl_fail_nomem(err);
    }
    if (st != TL_OK) {
        free(w);
        return st;
    }
    pthread_mutex_lock(&s->lock);
    w->next = s->workers;
    s->workers = w;
    pthread_mutex_unlock(&s->lock);
    *worker = w->own;
    return TL_OK;
}

/* "127.0.0.1:8080", "[::1]:80", ":8080" into host and port. */
static tl_status split_address(const char *address, char host[256], char port[16], tl_error *err)
{
    const char *colon = strrchr(address, ':');
    size_t n = colon ? (size_t)(colon - address) : 0;
    const char *from = address;
    if (n >= 2 && from[0] == '[' && from[n - 1] == ']') {
        from++;
        n -= 2;
    }
    if (!colon || n >= 256 || strlen(colon + 1) >= 16 || !colon[1])
        return tl_fail(err, TL_EINPUT, "address '%s', expected HOST:PORT", address);
    memcpy(host, from, n);
    host[n] = 0;
    snprintf(port, 16, "%s", colon + 1);
    return TL_OK;
}

static tl_status listen_on(struct tl_http_server *s, const struct addrinfo *ai, const char *address,
                           tl_error *err)
{
    int on = 1;
    s->listener = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->listener < 0)
        return tl_fail(err, TL_EIO, "%s: %s", address, strerror(errno));
    setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s->listener, ai->ai_addr, ai->ai_addrlen) != 0 || listen(s->listener, 1024) != 0)
        return tl_fail(err, errno == EADDRINUSE ? TL_ECONFLICT : TL_EIO, "%s: %s", address,
                       strerror(errno));
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } bound = { 0 };
    socklen_t n = sizeof bound;
    if (getsockname(s->listener, &bound.any, &n) != 0)
        return tl_fail(err, TL_EIO, "%s: %s", address, strerror(errno));
    s->port = ntohs(bound.any.sa_family == AF_INET6 ? bound.v6.sin6_port : bound.v4.sin_port);
    return TL_OK;
}

static tl_status open_listener(struct tl_http_server *s, const char *address, tl_error *err)
{
    char host[256], port[16];
    tl_status st = split_address(address, host, port, err);
    if (st != TL_OK)
        return st;
    struct addrinfo hints = { .ai_family = AF_UNSPEC,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    struct addrinfo *found = NULL;
    int rc = getaddrinfo(host[0] ? host : NULL, port, &hints, &found);
    if (rc != 0)
        return tl_fail(err, TL_EINPUT, "address '%s': %s", address, gai_strerror(rc));
    st = listen_on(s, found, address, err);
    freeaddrinfo(found);
    return st;
}

static tl_status read_pem(const char *path, char **out, tl_error *err)
{
    tl_file_view v;
    tl_status st = tl_file_open(&v, path, 1 << 20, err);
    if (st != TL_OK)
        return tl_context(err, TL_EINPUT, "certificate");
    *out = strndup(v.data, v.size);
    tl_file_close(&v);
    return *out ? TL_OK : tl_fail_nomem(err);
}

/* Takes one of the failed handshakes that the calling thread has heard of (hear); false: none. */
static bool take_failed(struct tl_http_server *s)
{
    uintptr_t failed = (uintptr_t)pthread_getspecific(s->failed_key);
    return failed > 0 && pthread_setspecific(s->failed_key, (void *)(failed - 1)) == 0;
}

static void connection_changed(void *cls, struct MHD_Connection *connection, void **context,
                               enum MHD_ConnectionNotificationCode code)
{
    struct tl_http_server *s = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        const union MHD_ConnectionInfo *from =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        *context = tl_http_connection_new(s->open, (int)info->connect_fd, from->client_addr);
        if (!*context) /* one too many */
            shutdown((int)info->connect_fd, SHUT_RDWR);
        tl_http_connection_until(*context, s->header_s);
        atomic_fetch_add(&s->connections, 1);
    } else {
        /* a scanner, an old client, one that does not trust us: the same thread closes it next */
        if (s->app.log && !tl_http_connection_asked(*context) && take_failed(s))
            tl_http_log_handshake(s, connection);
        tl_http_connection_free(s->open, *context);
        *context = NULL;
        atomic_fetch_sub(&s->connections, 1);
    }
}

/* What libmicrohttpd says of its own accord, of which only one thing is nowhere else: that TLS was
 * not agreed on. It does not say with whom. */
static void hear(void *cls, const char *format, va_list ap)
{
    struct tl_http_server *s = cls;
    (void)ap;
    if (!s->secure || !strstr(format, "handshake"))
        return;
    uintptr_t failed = (uintptr_t)pthread_getspecific(s->failed_key);
    (void)!pthread_setspecific(s->failed_key, (void *)(failed + 1));
}

/* TLS 1.3 and 1.2 with ephemeral keys and authenticated ciphers (BSI TR-02102-2, 3.3; Mozilla's
 * "intermediate"), in the words of GnuTLS. */
static const char tls_priorities[] =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-DHE-RSA:-CIPHER-ALL:+AES-256-GCM:"
    "+CHACHA20-POLY1305:+AES-128-GCM:-MAC-ALL:+AEAD:%SERVER_PRECEDENCE";

/* What one event thread runs. */
static struct MHD_Daemon *make_daemon(struct tl_http_server *s, unsigned connections)
{
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem tls[] = { { MHD_OPTION_HTTPS_MEM_CERT, 0, s->certificate },
                                    { MHD_OPTION_HTTPS_MEM_KEY, 0, s->key },
                                    { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)tls_priorities },
                                    { MHD_OPTION_END, 0, NULL } };
    struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };
    if (s->secure)
        flags |= MHD_USE_TLS;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, tl_exchange_handle, s, MHD_OPTION_EXTERNAL_LOGGER, hear, s,
        MHD_OPTION_LISTEN_SOCKET, s->listener, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT, s->idle_s,
        MHD_OPTION_URI_LOG_CALLBACK, tl_exchange_target, s, MHD_OPTION_NOTIFY_COMPLETED,
        tl_exchange_completed, s, MHD_OPTION_NOTIFY_CONNECTION, connection_changed, s,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, s->secure ? tls : none, MHD_OPTION_END);
}

static tl_status start_events(struct tl_http_server *s, const tl_http_opts *o, tl_error *err)
{
    unsigned threads = o->event_threads ? o->event_threads : tl_processors();
    unsigned connections = o->connections ? o->connections : 2048;
    tl_status st = tl_http_events_new(&s->events, threads, err);
    for (unsigned i = 0; i < threads && st == TL_OK; i++) {
        unsigned share = connections / threads + (i < connections % threads);
        struct MHD_Daemon *daemon = make_daemon(s, share ? share : 1);
        if (daemon)
            st = tl_http_events_add(s->events, daemon, err);
        else
            st = tl_fail(err, TL_EINPUT, "the server could not be started%s",
                         s->secure ? ": certificate and key do not fit, or are no PEM" : "");
    }
    return st == TL_OK ? tl_http_events_run(s->events, err) : st;
}

static tl_status keep_options(struct tl_http_server *s, const tl_http_opts *o, tl_error *err)
{
    s->memory_bytes = o->memory_bytes ? o->memory_bytes : (size_t)1 << 20;
    s->idle_s = o->idle_s ? o->idle_s : 60;
    s->header_s = o->header_s ? o->header_s : 20;
    s->request_s = o->request_s ? o->request_s : 300;
    s->proxied = o->proxied;
    s->temp_dir = strdup(o->temp_dir ? o->temp_dir : "/tmp");
    s->metrics = tl_http_metrics_new(o->route_names, o->routes);
    if (!s->temp_dir || !s->metrics)
        return tl_fail_nomem(err);
    if ((o->certificate != NULL) != (o->key != NULL))
        return tl_fail(err, TL_EINPUT, "TLS needs a certificate and its key");
    s->secure = o->certificate != NULL;
    tl_status st = s->secure ? read_pem(o->certificate, &s->certificate, err) : TL_OK;
    return st == TL_OK && s->secure ? read_pem(o->key, &s->key, err) : st;
}

static void release(struct tl_http_server *s)
{
    struct tl_http_worker *w = s->workers;
    while (w) {
        struct tl_http_worker *next = w->next;
        s->app.worker_close(s->app.ctx, w->own);
        free(w);
        w = next;
    }
    if (s->listener >= 0)
        close(s->listener);
    tl_http_connections_free(s->open);
    tl_http_metrics_free(s->metrics);
    pthread_key_delete(s->worker_key);
    pthread_key_delete(s->failed_key);
    pthread_mutex_destroy(&s->lock);
    free(s->temp_dir);
    free(s->certificate);
    free(s->key);
    free(s);
}

/* The pool first: it serves what waits, so that no connection is suspended when its thread ends. */
static void end(struct tl_http_server *s)
{
    atomic_store(&s->stopping, true);
    tl_http_streams_end(s);
    tl_http_pool_end(s->pool);
    tl_http_events_free(s->events);
    tl_http_pool_free(s->pool);
    release(s);
}

tl_status tl_http_start(tl_http_server **out, const tl_http_opts *opts, const tl_http_app *app,
                        tl_error *err)
{
    static const tl_http_opts defaults = { 0 };
    const tl_http_opts *o = opts ? opts : &defaults;
    *out = NULL;
    struct tl_http_server *s = calloc(1, sizeof *s);
    if (!s || pthread_key_create(&s->worker_key, NULL) != 0) {
        free(s);
        return tl_fail_nomem(err);
    }
    if (pthread_key_create(&s->failed_key, NULL) != 0) {
        pthread_key_delete(s->worker_key);
        free(s);
        return tl_fail_nomem(err);
    }
    s->app = *app;
    s->listener = -1;
    pthread_mutex_init(&s->lock, NULL);
    unsigned workers = o->workers ? o->workers : 2 * tl_processors();
    tl_status st = keep_options(s, o, err);
    if (st == TL_OK)
        st = open_listener(s, o->address ? o->address : "127.0.0.1:0", err);
    if (st == TL_OK)
        st = tl_http_connections_new(&s->open, o->per_address ? o->per_address : 512, err);
    if (st == TL_OK)
        st = tl_http_pool_new(&s->pool, s, workers, o->queue ? o->queue : 1024, err);
    *out = s; /* before the first thread that may answer: a handler may ask for it */
    if (st == TL_OK)
        st = start_events(s, o, err);
    if (st != TL_OK) {
        *out = NULL;
        end(s);
    }
    return st;
}

void tl_http_stop(tl_http_server *s, unsigned seconds)
{
    if (!s)
        return;
    atomic_store(&s->stopping, true); /* a stream that begins from now on ends at once */
    tl_http_streams_end(s);
    tl_http_events_quiet(s->events);
    double until = tl_clock_s() + seconds;
    struct timespec moment = { .tv_nsec = 20000000 };
    while (tl_clock_s() < until && atomic_load(&s->unanswered) > 0)
        nanosleep(&moment, NULL);
    end(s);
}

uint16_t tl_http_port(const tl_http_server *s)
{
    return s->port;
}

void tl_http_server_metrics(const tl_http_server *s, tl_buf *out)
{
    tl_buf_printf(out,
                  "# HELP tanlian_http_connections connections open now\n"
                  "# TYPE tanlian_http_connections gauge\ntanlian_http_connections %u\n"
                  "# HELP tanlian_http_waiting requests that wait for a worker\n"
                  "# TYPE tanlian_http_waiting gauge\ntanlian_http_waiting %zu\n",
                  atomic_load(&((tl_http_server *)s)->connections), tl_http_pool_waiting(s->pool));
    tl_http_metrics_write(s->metrics, out);
}

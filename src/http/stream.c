/* stream.c - a bounded buffer between a producer and a connection that is suspended while it is
 * empty.
 *
 * Two references: the producer's and the response's. The connection is resumed under the lock, so
 * that it cannot be suspended and resumed in the wrong order. */
#include "http/stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "http/http_priv.h"

struct tl_http_stream {
    pthread_mutex_t lock; /* guards all below */
    unsigned hands;
    tl_buf waiting;
    size_t sent, limit; /* sent: bytes of waiting that are on their way */
    bool ended, gone, asleep;
    struct MHD_Connection *connection; /* borrowed while the response lives */
    struct tl_http_server *server;     /* the same; its lock guards the two below */
    tl_http_stream *before, *next;
};

tl_status tl_http_stream_new(tl_http_stream **out, size_t limit_bytes, tl_error *err)
{
    tl_http_stream *s = *out = calloc(1, sizeof *s);
    if (!s)
        return tl_fail_nomem(err);
    pthread_mutex_init(&s->lock, NULL);
    tl_buf_init(&s->waiting, 0);
    s->limit = limit_bytes;
    s->hands = 1;
    return TL_OK;
}

tl_http_stream *tl_http_stream_hold(tl_http_stream *s)
{
    pthread_mutex_lock(&s->lock);
    s->hands++;
    pthread_mutex_unlock(&s->lock);
    return s;
}

void tl_http_stream_release(tl_http_stream *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    bool last = --s->hands == 0;
    pthread_mutex_unlock(&s->lock);
    if (!last)
        return;
    pthread_mutex_destroy(&s->lock);
    tl_buf_clear(&s->waiting);
    free(s);
}

static void wake(tl_http_stream *s)
{
    if (s->asleep && s->connection) {
        s->asleep = false;
        tl_http_events_resume(s->server->events, s->connection);
    }
}

tl_status tl_http_stream_write(tl_http_stream *s, const void *data, size_t n, tl_error *err)
{
    tl_status st = TL_OK;
    pthread_mutex_lock(&s->lock);
    if (s->gone || s->ended)
        st = tl_fail(err, TL_EIO, "the client has gone");
    else if (s->waiting.len - s->sent + n > s->limit)
        st = tl_fail(err, TL_ECONFLICT, "the client reads too slowly");
    if (st == TL_OK) {
        tl_buf_add(&s->waiting, data, n);
        st = tl_buf_status(&s->waiting, err);
        wake(s);
    }
    pthread_mutex_unlock(&s->lock);
    return st;
}

void tl_http_stream_end(tl_http_stream *s)
{
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    wake(s);
    pthread_mutex_unlock(&s->lock);
}

bool tl_http_stream_gone(tl_http_stream *s)
{
    pthread_mutex_lock(&s->lock);
    bool gone = s->gone;
    pthread_mutex_unlock(&s->lock);
    return gone;
}

static ssize_t read_some(void *cls, uint64_t position, char *to, size_t most)
{
    (void)position;
    tl_http_stream *s = cls;
    ssize_t got = 0;
    pthread_mutex_lock(&s->lock);
    size_t left = s->waiting.len - s->sent;
    if (left > 0) {
        size_t n = left < most ? left : most;
        memcpy(to, s->waiting.data + s->sent, n);
        s->sent += n;
        if (s->sent == s->waiting.len) {
            tl_buf_reset(&s->waiting);
            s->sent = 0;
        }
        got = (ssize_t)n;
    } else if (s->ended) {
        got = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        s->asleep = true;
        MHD_suspend_connection(s->connection);
    }
    pthread_mutex_unlock(&s->lock);
    return got;
}

static void leave_server(tl_http_stream *s)
{
    pthread_mutex_lock(&s->server->lock);
    if (s->before)
        s->before->next = s->next;
    else
        s->server->streams = s->next;
    if (s->next)
        s->next->before = s->before;
    pthread_mutex_unlock(&s->server->lock);
}

static void response_ends(void *cls)
{
    tl_http_stream *s = cls;
    leave_server(s);
    pthread_mutex_lock(&s->lock);
    s->gone = true;
    s->asleep = false;
    s->connection = NULL;
    pthread_mutex_unlock(&s->lock);
    tl_http_stream_release(s);
}

static void enter_server(tl_http_stream *s, struct tl_http_server *server)
{
    pthread_mutex_lock(&server->lock);
    s->server = server;
    s->before = NULL;
    s->next = server->streams;
    if (s->next)
        s->next->before = s;
    server->streams = s;
    pthread_mutex_unlock(&server->lock);
    if (atomic_load(&server->stopping)) /* read after it is in the list that stop() walks */
        tl_http_stream_end(s);
}

struct MHD_Response *tl_http_stream_response(tl_http_stream *s, tl_http_exchange *x)
{
    enum { BLOCK = 16384 };
    pthread_mutex_lock(&s->lock);
    s->connection = x->connection;
    s->hands++;
    pthread_mutex_unlock(&s->lock);
    struct MHD_Response *r =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_some, s, response_ends);
    if (r)
        enter_server(s, x->server);
    else
        tl_http_stream_release(s);
    return r;
}

void tl_http_streams_end(struct tl_http_server *server)
{
    pthread_mutex_lock(&server->lock);
    for (tl_http_stream *s = server->streams; s; s = s->next)
        tl_http_stream_end(s);
    pthread_mutex_unlock(&server->lock);
}

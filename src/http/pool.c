/* pool.c - worker threads and the bounded queue before them. */
#include <poll.h>
#include <stdlib.h>

#include "base/clock.h"
#include "http/http_priv.h"

struct tl_http_pool {
    struct tl_http_server *server;
    pthread_mutex_t lock; /* guards first, last, waiting, ends */
    pthread_cond_t more;
    tl_http_exchange *first, *last;
    size_t waiting, most;
    bool ends;
    pthread_t *threads; /* owned */
    unsigned n;
};

static tl_http_exchange *take(tl_http_pool *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->first && !p->ends)
        pthread_cond_wait(&p->more, &p->lock);
    tl_http_exchange *x = p->first;
    if (x) {
        p->first = x->next;
        if (!p->first)
            p->last = NULL;
        p->waiting--;
    }
    pthread_mutex_unlock(&p->lock);
    return x;
}

/* Who has waited so long and has gone gets no answer. A client that only ends its own half of the
 * connection after it has asked looks the same, so it is given up in a crowd alone; and what
 * changes something is done, whoever waits for it. */
#define CROWD_S 0.1

static bool is_gone(const tl_http_exchange *x)
{
    if (x->request.method != TL_HTTP_GET || tl_clock_s() - x->whole_s < CROWD_S)
        return false;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct pollfd one = { .fd = info ? (int)info->connect_fd : -1, .events = POLLRDHUP };
    return info && poll(&one, 1, 0) == 1 && (one.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

/* For the log and the metrics alone: nobody is there to read it. */
static void give_up(tl_http_exchange *x)
{
    x->reply.status = TL_HTTP_GONE;
    x->reply.close = true;
}

static void *work(void *arg)
{
    tl_http_pool *p = arg;
    tl_http_exchange *x;
    while ((x = take(p)) != NULL) {
        if (is_gone(x))
            give_up(x);
        else
            tl_exchange_serve(x);
        x->state = TL_EXCHANGE_ANSWERED;
        tl_http_events_resume(p->server->events, x->connection);
    }
    return NULL;
}

tl_status tl_http_pool_new(tl_http_pool **out, struct tl_http_server *s, unsigned workers,
                           unsigned queue, tl_error *err)
{
    *out = NULL;
    tl_http_pool *p = calloc(1, sizeof *p);
    if (!p || !(p->threads = tl_new_array(workers, sizeof *p->threads))) {
        free(p);
        return tl_fail_nomem(err);
    }
    p->server = s;
    p->most = queue;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->more, NULL);
    while (p->n < workers && pthread_create(&p->threads[p->n], NULL, work, p) == 0)
        p->n++;
    if (p->n == 0) {
        tl_http_pool_free(p);
        return tl_fail(err, TL_EIO, "no worker thread could be started");
    }
    *out = p;
    return TL_OK;
}

bool tl_http_pool_put(tl_http_pool *p, tl_http_exchange *x)
{
    pthread_mutex_lock(&p->lock);
    bool room = p->waiting < p->most && !p->ends;
    if (room) {
        x->next = NULL;
        if (p->last)
            p->last->next = x;
        else
            p->first = x;
        p->last = x;
        p->waiting++;
        pthread_cond_signal(&p->more);
    }
    pthread_mutex_unlock(&p->lock);
    return room;
}

size_t tl_http_pool_waiting(tl_http_pool *p)
{
    pthread_mutex_lock(&p->lock);
    size_t n = p->waiting;
    pthread_mutex_unlock(&p->lock);
    return n;
}

void tl_http_pool_end(tl_http_pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->ends = true;
    pthread_cond_broadcast(&p->more);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n; i++)
        pthread_join(p->threads[i], NULL);
    p->n = 0;
}

void tl_http_pool_free(tl_http_pool *p)
{
    if (!p)
        return;
    tl_http_pool_end(p);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->more);
    free(p->threads);
    free(p);
}

/* deadline.c - one thread that shuts the sockets of connections whose time has run out.
 *
 * The idle limit of libmicrohttpd begins anew with every byte, so a client that sends one now and
 * then would hold a connection for ever. */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "http/http_priv.h"

struct tl_http_deadline {
    int fd;
    bool asked;            /* of the event thread of the connection */
    atomic_llong until_ms; /* 0: none */
    struct tl_http_deadline *before, *next;
};

struct tl_http_deadlines {
    pthread_mutex_t lock; /* guards first and ends */
    pthread_cond_t wake;
    tl_http_deadline *first;
    bool ends;
    pthread_t thread;
};

static long long now_ms(void)
{
    return (long long)(tl_clock_s() * 1000);
}

static void shut_overdue(tl_http_deadlines *d)
{
    long long now = now_ms();
    for (tl_http_deadline *one = d->first; one; one = one->next) {
        long long until = atomic_load(&one->until_ms);
        if (until > 0 && until < now) {
            shutdown(one->fd, SHUT_RDWR); /* the server sees its end and releases it */
            atomic_store(&one->until_ms, 0);
        }
    }
}

static void *watch(void *arg)
{
    tl_http_deadlines *d = arg;
    pthread_mutex_lock(&d->lock);
    while (!d->ends) {
        struct timespec at;
        clock_gettime(CLOCK_REALTIME, &at);
        at.tv_sec += 1;
        pthread_cond_timedwait(&d->wake, &d->lock, &at);
        shut_overdue(d);
    }
    pthread_mutex_unlock(&d->lock);
    return NULL;
}

tl_status tl_http_deadlines_new(tl_http_deadlines **out, tl_error *err)
{
    *out = NULL;
    tl_http_deadlines *d = calloc(1, sizeof *d);
    if (!d)
        return tl_fail_nomem(err);
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->wake, NULL);
    if (pthread_create(&d->thread, NULL, watch, d) != 0) {
        pthread_mutex_destroy(&d->lock);
        pthread_cond_destroy(&d->wake);
        free(d);
        return tl_fail(err, TL_EIO, "the thread that watches connections could not be started");
    }
    *out = d;
    return TL_OK;
}

void tl_http_deadlines_free(tl_http_deadlines *d)
{
    if (!d)
        return;
    pthread_mutex_lock(&d->lock);
    d->ends = true;
    pthread_cond_signal(&d->wake);
    pthread_mutex_unlock(&d->lock);
    pthread_join(d->thread, NULL);
    while (d->first) {
        tl_http_deadline *one = d->first;
        d->first = one->next;
        free(one);
    }
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->wake);
    free(d);
}

tl_http_deadline *tl_http_deadline_new(tl_http_deadlines *d, int fd)
{
    tl_http_deadline *one = calloc(1, sizeof *one);
    if (!one)
        return NULL;
    one->fd = fd;
    pthread_mutex_lock(&d->lock);
    one->next = d->first;
    if (d->first)
        d->first->before = one;
    d->first = one;
    pthread_mutex_unlock(&d->lock);
    return one;
}

void tl_http_deadline_set(tl_http_deadline *one, unsigned seconds)
{
    if (one)
        atomic_store(&one->until_ms, seconds ? now_ms() + 1000LL * seconds : 0);
}

void tl_http_deadline_ask(tl_http_deadline *one)
{
    if (one)
        one->asked = true;
}

bool tl_http_deadline_asked(const tl_http_deadline *one)
{
    return one && one->asked;
}

void tl_http_deadline_free(tl_http_deadlines *d, tl_http_deadline *one)
{
    if (!one)
        return;
    pthread_mutex_lock(&d->lock);
    if (one->before)
        one->before->next = one->next;
    else
        d->first = one->next;
    if (one->next)
        one->next->before = one->before;
    pthread_mutex_unlock(&d->lock);
    free(one);
}

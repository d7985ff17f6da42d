/* connection.c - what the server knows of each open connection: where it comes from and until when
 * it may be busy; and one thread that shuts the sockets of those whose time has run out.
 *
 * The idle limit of libmicrohttpd begins anew with every byte, so a client that sends one now and
 * then would hold a connection for ever. Its limit by address counts for one event thread alone. */
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/hash.h"
#include "http/http_priv.h"

enum { BUCKETS = 256, ADDRESS = 16 };

struct tl_http_connection {
    int fd;
    bool asked;                    /* of the event thread of the connection */
    atomic_llong until_ms;         /* 0: none */
    unsigned char source[ADDRESS]; /* where it comes from */
    tl_http_connection *before, *next;
};

struct tl_http_connections {
    pthread_mutex_t lock; /* guards sources and ends */
    pthread_cond_t wake;
    tl_http_connection *sources[BUCKETS]; /* by the hash of their address */
    unsigned per_address;
    bool ends;
    pthread_t thread;
};

static long long now_ms(void)
{
    return (long long)(tl_clock_s() * 1000);
}

static void shut_overdue(tl_http_connections *c)
{
    long long now = now_ms();
    for (size_t i = 0; i < BUCKETS; i++)
        for (tl_http_connection *one = c->sources[i]; one; one = one->next) {
            long long until = atomic_load(&one->until_ms);
            if (until > 0 && until < now) {
                shutdown(one->fd, SHUT_RDWR); /* the server sees its end and releases it */
                atomic_store(&one->until_ms, 0);
            }
        }
}

static void *watch(void *arg)
{
    tl_http_connections *c = arg;
    pthread_mutex_lock(&c->lock);
    while (!c->ends) {
        struct timespec at;
        clock_gettime(CLOCK_REALTIME, &at);
        at.tv_sec += 1;
        pthread_cond_timedwait(&c->wake, &c->lock, &at);
        shut_overdue(c);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

tl_status tl_http_connections_new(tl_http_connections **out, unsigned per_address, tl_error *err)
{
    *out = NULL;
    tl_http_connections *c = calloc(1, sizeof *c);
    if (!c)
        return tl_fail_nomem(err);
    c->per_address = per_address;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->wake, NULL);
    if (pthread_create(&c->thread, NULL, watch, c) != 0) {
        pthread_mutex_destroy(&c->lock);
        pthread_cond_destroy(&c->wake);
        free(c);
        return tl_fail(err, TL_EIO, "the thread that watches connections could not be started");
    }
    *out = c;
    return TL_OK;
}

void tl_http_connections_free(tl_http_connections *c)
{
    if (!c)
        return;
    pthread_mutex_lock(&c->lock);
    c->ends = true;
    pthread_cond_signal(&c->wake);
    pthread_mutex_unlock(&c->lock);
    pthread_join(c->thread, NULL);
    for (size_t i = 0; i < BUCKETS; i++)
        while (c->sources[i]) {
            tl_http_connection *one = c->sources[i];
            c->sources[i] = one->next;
            free(one);
        }
    pthread_mutex_destroy(&c->lock);
    pthread_cond_destroy(&c->wake);
    free(c);
}

/* Its address as IPv6 has it, IPv4 at its end (RFC 4291, 2.5.5.2). */
static void read_source(const struct sockaddr *from, unsigned char source[ADDRESS])
{
    memset(source, 0, ADDRESS);
    if (from && from->sa_family == AF_INET6) {
        memcpy(source, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, ADDRESS);
    } else if (from && from->sa_family == AF_INET) {
        source[10] = source[11] = 0xff;
        memcpy(source + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
    }
}

static tl_http_connection **bucket_of(tl_http_connections *c, const tl_http_connection *one)
{
    return &c->sources[tl_fnv1a(one->source, ADDRESS) % BUCKETS];
}

/* False: as many as may be are there from its address already. */
static bool enter(tl_http_connections *c, tl_http_connection *one)
{
    tl_http_connection **first = bucket_of(c, one);
    unsigned same = 0;
    pthread_mutex_lock(&c->lock);
    for (const tl_http_connection *other = *first; other; other = other->next)
        same += memcmp(other->source, one->source, ADDRESS) == 0;
    if (same < c->per_address) {
        one->next = *first;
        if (*first)
            (*first)->before = one;
        *first = one;
    }
    pthread_mutex_unlock(&c->lock);
    return same < c->per_address;
}

tl_http_connection *tl_http_connection_new(tl_http_connections *c, int fd,
                                           const struct sockaddr *from)
{
    tl_http_connection *one = calloc(1, sizeof *one);
    if (!one)
        return NULL;
    one->fd = fd;
    read_source(from, one->source);
    if (enter(c, one))
        return one;
    free(one);
    return NULL;
}

void tl_http_connection_until(tl_http_connection *one, unsigned seconds)
{
    if (one)
        atomic_store(&one->until_ms, seconds ? now_ms() + 1000LL * seconds : 0);
}

void tl_http_connection_ask(tl_http_connection *one)
{
    if (one)
        one->asked = true;
}

bool tl_http_connection_asked(const tl_http_connection *one)
{
    return one && one->asked;
}

void tl_http_connection_free(tl_http_connections *c, tl_http_connection *one)
{
    if (!one)
        return;
    pthread_mutex_lock(&c->lock);
    *(one->before ? &one->before->next : bucket_of(c, one)) = one->next;
    if (one->next)
        one->next->before = one->before;
    pthread_mutex_unlock(&c->lock);
    free(one);
}

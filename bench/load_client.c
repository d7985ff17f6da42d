/* load_client.c - non-blocking connections in one epoll loop; each asks again when it is answered.
 */
#include "load_client.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

enum { HEAD_ROOM = 4096, SAMPLES_MOST = 4000000, TARGET_ROOM = 600 };

struct connection {
    int fd;
    char head[HEAD_ROOM];
    size_t n_head, left; /* bytes of the body to come */
    bool in_body;
    double asked_s;
};

struct run {
    const char *const *targets;
    size_t n, next;
    float *samples; /* ms */
    size_t n_samples;
    tl_load *out;
};

static bool ask(struct run *r, struct connection *c)
{
    char text[TARGET_ROOM];
    int n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                     r->targets[r->next++ % r->n]);
    c->n_head = 0;
    c->in_body = false;
    c->asked_s = tl_clock_s();
    return n > 0 && (size_t)n < sizeof text && send(c->fd, text, (size_t)n, MSG_NOSIGNAL) == n;
}

static void answered(struct run *r, struct connection *c)
{
    if (strncmp(c->head, "HTTP/1.1 200", 12) != 0)
        r->out->errors++;
    r->out->answers++;
    if (r->n_samples < SAMPLES_MOST)
        r->samples[r->n_samples++] = (float)((tl_clock_s() - c->asked_s) * 1000);
}

/* Takes what came; false where the connection is of no use any more. */
static bool take(struct run *r, struct connection *c, const char *p, size_t n)
{
    if (!c->in_body) {
        size_t room = sizeof c->head - 1 - c->n_head, part = n < room ? n : room;
        memcpy(c->head + c->n_head, p, part);
        c->n_head += part;
        c->head[c->n_head] = '\0';
        const char *end = strstr(c->head, "\r\n\r\n"), *length = strstr(c->head, "Content-Length:");
        if (!end)
            return c->n_head < sizeof c->head - 1;
        c->in_body = true;
        c->left = length && length < end ? strtoul(length + 15, NULL, 10) : 0;
        size_t body = c->n_head - (size_t)(end + 4 - c->head) + (n - part);
        c->left = body < c->left ? c->left - body : 0;
    } else {
        c->left = n < c->left ? c->left - n : 0;
    }
    if (c->left > 0)
        return true;
    answered(r, c);
    return ask(r, c);
}

static int dial(uint16_t port)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons(port),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void sum_up(struct run *r, double seconds)
{
    tl_load *o = r->out;
    size_t n = r->n_samples;
    o->per_second = (double)o->answers / seconds;
    if (n == 0)
        return;
    qsort(r->samples, n, sizeof *r->samples, by_size);
    o->p50_ms = (double)r->samples[n / 2];
    o->p99_ms = (double)r->samples[n - 1 - n / 100];
    o->most_ms = (double)r->samples[n - 1];
}

static void loop(struct run *r, int epoll, double until_s)
{
    static char block[1 << 16];
    struct epoll_event events[64];
    while (tl_clock_s() < until_s) {
        int n = epoll_wait(epoll, events, 64, 100);
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            ssize_t got = recv(c->fd, block, sizeof block, MSG_DONTWAIT);
            if (got > 0 && take(r, c, block, (size_t)got))
                continue;
            r->out->errors++;
            epoll_ctl(epoll, EPOLL_CTL_DEL, c->fd, NULL);
        }
    }
}

int tl_load_run(uint16_t port, const char *const *targets, size_t n, unsigned connections,
                double seconds, tl_load *out)
{
    struct run r = { .targets = targets, .n = n, .out = out };
    struct connection *all = calloc(connections, sizeof *all);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    unsigned opened = 0;
    *out = (tl_load){ 0 };
    r.samples = malloc(SAMPLES_MOST * sizeof *r.samples);
    double began = tl_clock_s();
    for (; all && r.samples && epoll >= 0 && opened < connections; opened++) {
        struct connection *c = &all[opened];
        struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
        if ((c->fd = dial(port)) < 0)
            break;
        if (!ask(&r, c) || epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e) != 0)
            out->errors++;
    }
    if (opened > 0)
        loop(&r, epoll, began + seconds);
    sum_up(&r, tl_clock_s() - began);
    for (unsigned i = 0; i < opened; i++)
        close(all[i].fd);
    close(epoll);
    free(all);
    free(r.samples);
    return opened == connections;
}

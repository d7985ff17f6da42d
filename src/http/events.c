/* events.c - event threads, each with a daemon of libmicrohttpd of its own.
 *
 * The library has such threads too, but they may sleep over requests that are there. Its loop asks
 * epoll for at most 128 events, and where it was given 128 it asks once more, with the time to wait
 * of the first call, before it looks at any: when all who are connected to one thread have asked at
 * once and are 128, or 256, nobody is left to wake it (MHD_epoll in daemon.c, seen in 0.9.75). So
 * the wait is ours, on the descriptor of its epoll, and the library is only called not to wait. It
 * has no way then to wake a thread for a resumed connection: that is ours, too. */
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "http/http_priv.h"

typedef enum phase { TAKES, QUIET, ENDS } phase;

struct loop {
    struct MHD_Daemon *daemon;
    pthread_t thread;
    atomic_int phase;
    int wake; /* an eventfd: a connection is resumed, or the phase is another */
    bool runs;
};

struct tl_http_events {
    size_t n, most;
    struct loop loops[];
};

/* How long nothing is due but what epoll tells; -1: for ever. */
static int patience_ms(struct MHD_Daemon *daemon)
{
    MHD_UNSIGNED_LONG_LONG ms;
    if (MHD_get_timeout(daemon, &ms) != MHD_YES)
        return -1;
    return ms < INT_MAX ? (int)ms : INT_MAX;
}

/* Until the daemon has something to do or somebody wakes the thread. What is told after the wait is
 * still there at the next. */
static void wait_for_work(struct loop *l, int epoll)
{
    struct pollfd ready[2] = { { .fd = epoll, .events = POLLIN },
                               { .fd = l->wake, .events = POLLIN } };
    int ms = patience_ms(l->daemon);
    if (ms == 0)
        return;
    poll(ready, 2, ms);
    eventfd_t told;
    if (ready[1].revents)
        (void)!eventfd_read(l->wake, &told);
}

static void *run(void *arg)
{
    struct loop *l = arg;
    const int epoll = MHD_get_daemon_info(l->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    phase now = TAKES;
    sigset_t pipes;
    sigemptyset(&pipes);
    sigaddset(&pipes, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipes, NULL); /* a client that has gone is no signal */
    while (now != ENDS) {
        wait_for_work(l, epoll);
        phase wanted = (phase)atomic_load(&l->phase);
        if (now == TAKES && wanted != TAKES)
            MHD_quiesce_daemon(l->daemon);
        now = wanted;
        MHD_run_wait(l->daemon, 0); /* at the end, too: what was answered last is sent */
    }
    return NULL;
}

tl_status tl_http_events_new(tl_http_events **out, size_t most, tl_error *err)
{
    *out = calloc(1, sizeof **out + most * sizeof(struct loop));
    if (!*out)
        return tl_fail_nomem(err);
    (*out)->most = most;
    return TL_OK;
}

/* The daemon leaves the listening socket, which is the server's, open. */
static void stop_daemon(struct MHD_Daemon *daemon)
{
    MHD_quiesce_daemon(daemon);
    MHD_stop_daemon(daemon);
}

tl_status tl_http_events_add(tl_http_events *e, struct MHD_Daemon *daemon, tl_error *err)
{
    int wake = e->n < e->most ? eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) : -1;
    if (wake < 0) {
        stop_daemon(daemon);
        return tl_fail(err, TL_EIO, "an event thread could not be made");
    }
    e->loops[e->n].daemon = daemon;
    e->loops[e->n++].wake = wake;
    return TL_OK;
}

tl_status tl_http_events_run(tl_http_events *e, tl_error *err)
{
    for (size_t i = 0; i < e->n; i++) {
        struct loop *l = &e->loops[i];
        l->runs = pthread_create(&l->thread, NULL, run, l) == 0;
        if (!l->runs)
            return tl_fail(err, TL_EIO, "an event thread could not be started");
    }
    return TL_OK;
}

static void wake(struct loop *l)
{
    (void)!eventfd_write(l->wake, 1);
}

void tl_http_events_resume(tl_http_events *e, struct MHD_Connection *connection)
{
    const struct MHD_Daemon *daemon =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_DAEMON)->daemon;
    struct loop *l = e->loops;
    while (l->daemon != daemon)
        l++;
    MHD_resume_connection(connection);
    wake(l);
}

static void enter_phase(tl_http_events *e, phase wanted)
{
    for (size_t i = 0; i < e->n; i++) {
        atomic_store(&e->loops[i].phase, wanted);
        wake(&e->loops[i]);
    }
}

void tl_http_events_quiet(tl_http_events *e)
{
    enter_phase(e, QUIET);
}

void tl_http_events_free(tl_http_events *e)
{
    if (!e)
        return;
    enter_phase(e, ENDS);
    for (size_t i = 0; i < e->n; i++) {
        if (e->loops[i].runs)
            pthread_join(e->loops[i].thread, NULL);
        stop_daemon(e->loops[i].daemon);
        close(e->loops[i].wake);
    }
    free(e);
}

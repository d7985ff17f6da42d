/* test_server.c - a server on a free port of this machine, asked by plain sockets. */
#include <arpa/inet.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "http/server.h"

struct app {
    atomic_int opened, closed, logged;
    atomic_bool hold; /* what is asked for /held waits */
    atomic_int held;  /* requests that have begun to wait so */
    tl_http_stream *stream;
};

static bool begin(void *ctx, tl_http_request *rq, tl_http_plan *plan, tl_http_reply *rp)
{
    (void)ctx;
    plan->body_bytes = 100000;
    plan->quick = strcmp(rq->path, "/quick") == 0 || strcmp(rq->path, "/brake") == 0;
    if (strcmp(rq->path, "/nothing") == 0) {
        tl_http_problem(rp, rq, 404, "not-found", "nothing here", NULL);
        return false;
    }
    return true;
}

static void serve(void *ctx, tl_http_request *rq, tl_http_reply *rp)
{
    struct app *a = ctx;
    struct timespec moment = { .tv_nsec = 5000000 };
    tl_error err;
    rp->type = "text/plain";
    if (strcmp(rq->path, "/stream") == 0) {
        assert_int_equal(tl_http_stream_new(&rp->stream, 1000, &err), TL_OK);
        a->stream = tl_http_stream_hold(rp->stream);
        return;
    }
    const bool held = strcmp(rq->path, "/held") == 0 || strcmp(rq->path, "/brake") == 0;
    atomic_fetch_add(&a->held, held);
    while (held && atomic_load(&a->hold))
        nanosleep(&moment, NULL);
    rp->etag = "\"v1\"";
    const char *name = tl_http_query(rq, "name");
    tl_buf_printf(&rp->body, "%s %s %s %zu %s %s", tl_http_method_name(rq->method), rq->path,
                  name ? name : "-", rq->body_bytes, rq->file ? "file" : "memory",
                  rq->worker ? "own" : "none");
    struct stat st;
    if (rq->file && (stat(rq->file, &st) != 0 || (size_t)st.st_size != rq->body_bytes))
        tl_buf_str(&rp->body, " damaged");
}

static tl_status worker_open(void *ctx, void **worker, tl_error *err)
{
    (void)err;
    struct app *a = ctx;
    *worker = a;
    atomic_fetch_add(&a->opened, 1);
    return TL_OK;
}

static void worker_close(void *ctx, void *worker)
{
    (void)worker;
    atomic_fetch_add(&((struct app *)ctx)->closed, 1);
}

static void log_line(void *ctx, const char *line)
{
    assert_non_null(strstr(line, "\"status\":"));
    assert_null(strstr(line, "name=")); /* no query in the log */
    atomic_fetch_add(&((struct app *)ctx)->logged, 1);
}

static tl_http_server *start(struct app *a, const tl_http_opts *opts)
{
    tl_http_app app = { .ctx = a,
                        .begin = begin,
                        .serve = serve,
                        .worker_open = worker_open,
                        .worker_close = worker_close,
                        .log = log_line,
                        .log_ctx = a };
    tl_http_server *s;
    tl_error err = { 0 };
    if (tl_http_start(&s, opts, &app, &err) != TL_OK)
        fail_msg("%s", err.text);
    return s;
}

/* Until a worker has one of /held in hand. */
static void wait_held(struct app *a)
{
    struct timespec moment = { .tv_nsec = 5000000 };
    for (int tries = 0; tries < 4000 && atomic_load(&a->held) == 0; tries++)
        nanosleep(&moment, NULL);
    assert_int_equal(atomic_load(&a->held), 1);
}

/* Until so many requests wait for a worker. */
static void wait_waiting(const tl_http_server *s, const char *metric)
{
    struct timespec moment = { .tv_nsec = 5000000 };
    bool there = false;
    for (int tries = 0; tries < 4000 && !there; tries++) {
        tl_buf metrics;
        nanosleep(&moment, NULL);
        tl_buf_init(&metrics, 0);
        tl_http_server_metrics(s, &metrics);
        there = strstr(tl_buf_text(&metrics), metric) != NULL;
        tl_buf_clear(&metrics);
    }
    assert_true(there);
}

static int dial(const tl_http_server *s)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons(tl_http_port(s)),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void say(int fd, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* refused already */
        text += sent;
        n -= (size_t)sent;
    }
}

static size_t hear(int fd, char *to, size_t room)
{
    size_t n = 0;
    ssize_t got;
    while (n + 1 < room && (got = recv(fd, to + n, room - 1 - n, 0)) > 0)
        n += (size_t)got;
    to[n] = 0;
    return n;
}

/* One request on a connection of its own; what came back, whole. */
static void ask(const tl_http_server *s, const char *request, char *to, size_t room)
{
    int fd = dial(s);
    say(fd, request, strlen(request));
    hear(fd, to, room);
    close(fd);
}

#define HEAD "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"

static const struct ask_case {
    const char *label, *request, *want, *not ;
} ask_cases[] = {
    { "event thread", "GET /quick " HEAD "\r\n", "GET /quick - 0 memory own", NULL },
    { "worker", "GET /slow?name=%E5%90%89%E5%88%A9+x " HEAD "\r\n", "GET /slow 吉利 x 0", NULL },
    { "body", "POST /post " HEAD "Content-Length: 5\r\n\r\nsteel", "POST /post - 5 memory", NULL },
    { "chunked body", "POST /post " HEAD "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      "POST /post - 3 memory", NULL },
    { "head", "HEAD /quick " HEAD "\r\n", "200 OK", "GET /quick" },
    { "not modified", "GET /quick " HEAD "If-None-Match: W/\"v1\"\r\n\r\n", "304", "GET /quick" },
    { "modified", "GET /quick " HEAD "If-None-Match: \"v0\"\r\n\r\n", "200 OK", NULL },
    { "refused at once", "GET /nothing " HEAD "\r\n", "/problems/not-found", NULL },
    { "too large, announced", "POST /post " HEAD "Content-Length: 100001\r\n\r\n", " 413 ", NULL },
    { "length beyond numbers", "POST /post " HEAD "Content-Length: 99999999999999999999\r\n\r\n",
      " 4", " 200 " },
    { "escaped NUL", "GET /qu%00ick " HEAD "\r\n", " 400 ", NULL },
    { "escaped line end", "GET /qu%0aick " HEAD "\r\n", " 400 ", NULL },
    { "no UTF-8 in the query", "GET /slow?name=%ff " HEAD "\r\n", " 400 ", NULL },
    { "unknown method", "BREW /quick " HEAD "\r\n", " 405 ", NULL },
    { "sniffing off", "GET /quick " HEAD "\r\n", "X-Content-Type-Options: nosniff", NULL },
    { "no frames", "GET /quick " HEAD "\r\n", "frame-ancestors 'none'", "Strict-Transport" },
    { "two hosts", "GET /quick " HEAD "Host: y\r\n\r\n", "more than one Host", " 200 " },
    { "two lengths", "POST /post " HEAD "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "more than one Content-Length", " 200 " },
    { "length and chunks",
      "POST /post " HEAD "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "together with Transfer-Encoding", " 200 " },
    { "other coding", "POST /post " HEAD "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      "other than chunked", " 200 " },
    { "folded into a name", "POST /post " HEAD "Content-Le: 2\r\n ngth\r\n\r\nab", "several lines",
      " 200 " },
    { "blank behind a name", "POST /post " HEAD "Content-Length : 2\r\n\r\nab", " 400 ", " 200 " },
    { "bare CR", "GET /quick " HEAD "X-A: b\rX-B: c\r\n\r\n", " 400 ", " 200 " },
};

static void test_ask(void **state)
{
    (void)state;
    struct app a = { 0 };
    tl_http_server *s = start(&a, NULL);
    char got[4096];
    for (size_t i = 0; i < sizeof ask_cases / sizeof *ask_cases; i++) {
        const struct ask_case *c = &ask_cases[i];
        ask(s, c->request, got, sizeof got);
        if (!strstr(got, c->want) || (c->not &&strstr(got, c->not )))
            fail_msg("%s: got %s", c->label, got);
    }
    tl_http_stop(s, 5);
    assert_int_equal(atomic_load(&a.opened), atomic_load(&a.closed));
    assert_true(atomic_load(&a.logged) >= (int)(sizeof ask_cases / sizeof *ask_cases) - 2);
}

/* Beyond the memory limit a body goes to a file, which is gone afterwards; beyond the route's
 * limit it is refused also where no length was announced. */
static void test_large_bodies(void **state)
{
    (void)state;
    char dir[] = "/tmp/tanlian-http-XXXXXX", got[4096];
    assert_non_null(mkdtemp(dir));
    struct app a = { 0 };
    tl_http_opts o = { .memory_bytes = 1000, .temp_dir = dir };
    tl_http_server *s = start(&a, &o);
    char *text = calloc(1, 300000);
    int n = snprintf(text, 300, "POST /post " HEAD "Content-Length: 50000\r\n\r\n");
    memset(text + n, 'x', 50000);
    ask(s, text, got, sizeof got);
    assert_non_null(strstr(got, "POST /post - 50000 file own"));
    n = snprintf(text, 300, "POST /post " HEAD "Transfer-Encoding: chunked\r\n\r\n%x\r\n", 200000);
    memset(text + n, 'x', 200000);
    memcpy(text + n + 200000, "\r\n0\r\n\r\n", 8);
    ask(s, text, got, sizeof got);
    assert_non_null(strstr(got, " 413 "));
    free(text);
    tl_http_stop(s, 5);
    assert_int_equal(rmdir(dir), 0); /* empty */
}

/* What the server said within the time a recv waits. */
static void hear_some(int fd, const char *wanted)
{
    char got[8192];
    size_t n = 0;
    ssize_t r = 1;
    got[0] = 0;
    while (!strstr(got, wanted) && r > 0 && n + 1 < sizeof got) {
        r = recv(fd, got + n, sizeof got - 1 - n, 0);
        n += r > 0 ? (size_t)r : 0;
        got[n] = 0;
    }
    if (!strstr(got, wanted))
        fail_msg("'%s' did not come: %s", wanted, got);
}

static void test_stream(void **state)
{
    (void)state;
    struct app a = { 0 };
    tl_http_server *s = start(&a, NULL);
    tl_error err = { 0 };
    int fd = dial(s);
    say(fd, "GET /stream " HEAD "\r\n", strlen("GET /stream " HEAD "\r\n"));
    hear_some(fd, "200 OK"); /* the stream exists now */
    for (int i = 0; i < 50; i++) {
        char line[32];
        int n = snprintf(line, sizeof line, "data: %d\n\n", i);
        assert_int_equal(tl_http_stream_write(a.stream, line, (size_t)n, &err), TL_OK);
        line[n - 2] = 0;
        hear_some(fd, line); /* it slept and woke each time */
    }
    tl_http_stream_end(a.stream);
    hear_some(fd, "0\r\n\r\n"); /* the last chunk */
    close(fd);
    tl_http_stream_release(a.stream);

    fd = dial(s);
    say(fd, "GET /stream " HEAD "\r\n", strlen("GET /stream " HEAD "\r\n"));
    hear_some(fd, "200 OK");
    char block[1001] = { 0 };
    assert_int_equal(tl_http_stream_write(a.stream, block, sizeof block, &err), TL_ECONFLICT);
    tl_http_stop(s, 1); /* with a stream asleep */
    assert_true(tl_http_stream_gone(a.stream));
    assert_int_equal(tl_http_stream_write(a.stream, "x", 1, &err), TL_EIO);
    tl_http_stream_release(a.stream);
    close(fd);
}

/* One worker held, one request waiting: the third is told at once, the first two are answered. */
static void test_full_queue(void **state)
{
    (void)state;
    struct app a = { .hold = true };
    tl_http_opts o = { .workers = 1, .queue = 1, .event_threads = 1 };
    tl_http_server *s = start(&a, &o);
    int fd[3];
    char got[4096];
    const char *request = "GET /held " HEAD "\r\n";
    for (int i = 0; i < 3; i++) {
        fd[i] = dial(s);
        say(fd[i], request, strlen(request));
        if (i == 0)
            wait_held(&a);
        if (i == 1)
            wait_waiting(s, "tanlian_http_waiting 1");
    }
    hear(fd[2], got, sizeof got);
    assert_non_null(strstr(got, " 503 "));
    assert_non_null(strstr(got, "Retry-After: 1"));
    atomic_store(&a.hold, false);
    for (int i = 0; i < 2; i++) {
        hear(fd[i], got, sizeof got);
        assert_non_null(strstr(got, "GET /held"));
    }
    for (int i = 0; i < 3; i++)
        close(fd[i]);
    tl_http_stop(s, 5);
}

static void set_patience(int fd, int seconds)
{
    const struct timeval wait = { .tv_sec = seconds };
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait), 0);
}

/* Clients of one event thread that ask while it is held by another, so that it finds all of them at
 * once: libmicrohttpd fetches 128 events at a time, and all are to be answered however many there
 * are. */
static void test_all_at_once(void **state)
{
    (void)state;
    enum { MOST = 257 };
    static const int sizes[] = { 127, 128, 129, 256, MOST };
    const char *request = "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n";
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct app a = { .hold = true };
        tl_http_opts o = { .workers = 1, .event_threads = 1 };
        tl_http_server *s = start(&a, &o);
        int fd[MOST], brake = dial(s);
        for (int round = 0; round < 2; round++) {
            if (round == 1) { /* all are connected */
                say(brake, "GET /brake " HEAD "\r\n", strlen("GET /brake " HEAD "\r\n"));
                wait_held(&a);
            }
            for (int i = 0; i < sizes[k]; i++) {
                if (round == 0)
                    set_patience(fd[i] = dial(s), 30);
                say(fd[i], request, strlen(request));
            }
            atomic_store(&a.hold, round == 0);
            for (int i = 0; i < sizes[k]; i++)
                hear_some(fd[i], "GET /quick");
        }
        for (int i = 0; i < sizes[k]; i++)
            close(fd[i]);
        close(brake);
        tl_http_stop(s, 5);
    }
}

static void test_too_many_of_one_address(void **state)
{
    (void)state;
    struct app a = { 0 };
    tl_http_opts o = { .per_address = 2, .event_threads = 2 };
    tl_http_server *s = start(&a, &o);
    const char *request = "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n";
    char byte;
    int fd[3];
    for (int i = 0; i < 3; i++) {
        set_patience(fd[i] = dial(s), 30);
        say(fd[i], request, strlen(request));
        if (i < 2)
            hear_some(fd[i], "GET /quick");
    }
    assert_true(recv(fd[2], &byte, 1, 0) <= 0 && errno != EAGAIN); /* closed */
    for (int i = 0; i < 3; i++)
        close(fd[i]);
    struct timespec moment = { .tv_nsec = 5000000 };
    bool answered = false;
    for (int tries = 0; tries < 4000 && !answered; tries++) { /* once their end is seen */
        nanosleep(&moment, NULL);
        fd[0] = dial(s);
        say(fd[0], request, strlen(request));
        answered = recv(fd[0], &byte, 1, 0) == 1;
        close(fd[0]);
    }
    assert_true(answered);
    tl_http_stop(s, 5);
}

/* A client that sends a byte now and then loses its connection at the deadline, not later. */
static void test_slow_headers(void **state)
{
    (void)state;
    struct app a = { 0 };
    tl_http_opts o = { .header_s = 1 };
    tl_http_server *s = start(&a, &o);
    int fd = dial(s);
    double began = tl_clock_s();
    char byte;
    struct timespec moment = { .tv_nsec = 100000000 };
    ssize_t open = -1;
    say(fd, "GET /quick HTTP/1.1\r\n", 21);
    while (tl_clock_s() - began < 20 && open != 0) {
        say(fd, "X: y\r\n", 6);
        nanosleep(&moment, NULL);
        open = recv(fd, &byte, 1, MSG_DONTWAIT);
        if (open < 0 && errno != EAGAIN)
            open = 0;
    }
    assert_int_equal(open, 0);
    close(fd);
    tl_http_stop(s, 1);
}

static void test_stop_answers_what_was_begun(void **state)
{
    (void)state;
    struct app a = { .hold = true };
    tl_http_opts o = { .workers = 1 };
    tl_http_server *s = start(&a, &o);
    int fd = dial(s);
    char got[4096];
    const char *request = "GET /held HTTP/1.1\r\nHost: x\r\n\r\n";
    say(fd, request, strlen(request));
    wait_held(&a);
    atomic_store(&a.hold, false);
    tl_http_stop(s, 5);
    hear(fd, got, sizeof got);
    assert_non_null(strstr(got, "GET /held"));
    close(fd);
}

static const struct start_case {
    const char *label;
    tl_http_opts opts;
    tl_status want;
} start_cases[] = {
    { "no port", { .address = "127.0.0.1" }, TL_EINPUT },
    { "port that is none", { .address = "127.0.0.1:http" }, TL_EINPUT },
    { "host that is none", { .address = "999.1.1.1:0" }, TL_EINPUT },
    { "certificate without key", { .certificate = "/dev/null" }, TL_EINPUT },
    { "no certificate there", { .certificate = "/nonexistent", .key = "/nonexistent" }, TL_EINPUT },
};

static void test_start(void **state)
{
    (void)state;
    struct app a = { 0 };
    tl_http_app app = { .ctx = &a,
                        .begin = begin,
                        .serve = serve,
                        .worker_open = worker_open,
                        .worker_close = worker_close };
    for (size_t i = 0; i < sizeof start_cases / sizeof *start_cases; i++) {
        tl_http_server *s;
        tl_error err = { 0 };
        tl_status got = tl_http_start(&s, &start_cases[i].opts, &app, &err);
        if (got != start_cases[i].want || s)
            fail_msg("%s: %d %s", start_cases[i].label, (int)got, err.text);
    }
    tl_http_server *one = start(&a, NULL), *two;
    char address[32];
    snprintf(address, sizeof address, "127.0.0.1:%u", tl_http_port(one));
    tl_http_opts same = { .address = address };
    tl_error err = { 0 };
    assert_int_equal(tl_http_start(&two, &same, &app, &err), TL_ECONFLICT);
    tl_http_stop(one, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ask),
        cmocka_unit_test(test_large_bodies),
        cmocka_unit_test(test_stream),
        cmocka_unit_test(test_full_queue),
        cmocka_unit_test(test_slow_headers),
        cmocka_unit_test(test_stop_answers_what_was_begun),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_all_at_once),
        cmocka_unit_test(test_too_many_of_one_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* runner.c - job threads: claim, run the operation, keep what it leaves. */
#include "server/runner.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "account/login.h"
#include "base/clock.h"
#include "base/file.h"
#include "server/job_call.h"
#include "server/server_priv.h"

enum { WORKERS_MAX = 64, SILENT_S = 120, KEPT_S = 30 * 24 * 3600 };
/* The ticker does not wait for a writer as others do: it feeds those who watch. */
enum { TICKER_WAIT_MS = 200, CALM_S = 30 };

/* What one job thread is at. */
struct slot {
    tl_runner *runner;
    pthread_t thread;
    char worker[64];
    pthread_mutex_t lock; /* guards id, what, done, total, stop */
    char id[TL_JOB_ID];   /* "" between jobs */
    char what[80];
    size_t done, total;
    bool stop; /* the job is to end at its next report */
};

struct watcher {
    char id[TL_JOB_ID];
    tl_http_stream *stream;
    char last[512]; /* what was sent last */
    double sent_s;
    struct watcher *next;
};

struct tl_runner {
    tl_server *server;
    pthread_mutex_t lock; /* guards ends, orders, watchers */
    pthread_cond_t more, tick;
    bool ends;
    uint64_t orders;
    struct watcher *watchers;
    struct slot slots[WORKERS_MAX];
    unsigned n;
    pthread_t ticker;
    bool ticking;
};

static int64_t now_s(void)
{
    return (int64_t)time(NULL);
}

static bool told(void *ctx, const char *what, size_t done, size_t total)
{
    struct slot *s = ctx;
    pthread_mutex_lock(&s->lock);
    snprintf(s->what, sizeof s->what, "%s", what);
    s->done = done;
    s->total = total;
    bool goes_on = !s->stop;
    pthread_mutex_unlock(&s->lock);
    return goes_on;
}

static void at_job(struct slot *s, const char *id)
{
    pthread_mutex_lock(&s->lock);
    snprintf(s->id, sizeof s->id, "%s", id);
    s->what[0] = 0;
    s->done = s->total = 0;
    s->stop = false;
    pthread_mutex_unlock(&s->lock);
}

static void end_job(struct slot *s, tl_store *store, const tl_job *job, tl_status st,
                    const tl_buf *result, const tl_error *why)
{
    tl_error err = { 0 };
    const tl_job_outcome o = { .state = st == TL_OK           ? TL_JOB_DONE
                                        : st == TL_ECANCELLED ? TL_JOB_CANCELLED
                                                              : TL_JOB_FAILED,
                               .type = st == TL_OK ? "application/json" : NULL,
                               .result = tl_buf_text(result),
                               .bytes = result->len,
                               .error = why };
    if (tl_job_end(store, job->id, s->worker, now_s(), &o, &err) != TL_OK)
        tl_log_write(s->runner->server->opts.log, TL_LOG_ERROR, "job %s: %s", job->id, err.text);
}

/* Takes one job and does it; false where none waits. */
static bool do_one(struct slot *s, tl_store *store)
{
    bool got = false;
    tl_job job;
    tl_error err = { 0 };
    tl_arena *arena;
    tl_buf result;
    if (tl_arena_new(&arena, 0, &err) != TL_OK)
        return false;
    tl_status st = tl_job_claim(store, s->worker, now_s(), arena, &job, &got, &err);
    if (st != TL_OK)
        tl_log_write(s->runner->server->opts.log, TL_LOG_ERROR, "jobs: %s", err.text);
    if (st == TL_OK && got) {
        const tl_log_watch watch = { told, s };
        const tl_log log = { .level = TL_LOG_ERROR, .watch = &watch };
        at_job(s, job.id);
        tl_buf_init(&result, 0);
        st = tl_job_call(s->runner->server, store, &job, &log, arena, &result, &err);
        tl_cache_changed(s->runner->server->cache);
        end_job(s, store, &job, st, &result, &err);
        tl_buf_clear(&result);
        at_job(s, "");
    }
    tl_arena_free(arena);
    return got && st != TL_EIO;
}

/* Waits for an order, but looks every two seconds: other processes order too. */
static bool wait_for_order(tl_runner *r, uint64_t *seen)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 2;
    pthread_mutex_lock(&r->lock);
    if (!r->ends && r->orders == *seen)
        pthread_cond_timedwait(&r->more, &r->lock, &until);
    *seen = r->orders;
    bool goes_on = !r->ends;
    pthread_mutex_unlock(&r->lock);
    return goes_on;
}

static bool has_ended(tl_runner *r)
{
    pthread_mutex_lock(&r->lock);
    bool ends = r->ends;
    pthread_mutex_unlock(&r->lock);
    return ends;
}

static void *run_jobs(void *arg)
{
    struct slot *s = arg;
    tl_store *store = NULL;
    uint64_t seen = 0;
    do {
        const tl_store_opts opts = { .must_exist = true };
        if (!store && tl_store_open(&store, s->runner->server->opts.database, &opts, NULL) != TL_OK)
            store = NULL; /* asked again in two seconds */
        while (store && !has_ended(s->runner) && do_one(s, store))
            ;
    } while (wait_for_order(s->runner, &seen));
    tl_store_close(store);
    return NULL;
}

void tl_runner_progress(tl_runner *r, tl_job *job)
{
    for (unsigned i = 0; i < r->n; i++) {
        struct slot *s = &r->slots[i];
        pthread_mutex_lock(&s->lock);
        if (strcmp(s->id, job->id) == 0 && s->total > 0) {
            job->done = (int64_t)s->done;
            job->total = (int64_t)s->total;
        }
        pthread_mutex_unlock(&s->lock);
    }
}

bool tl_runner_cancel(tl_runner *r, const char *id)
{
    bool found = false;
    for (unsigned i = 0; i < r->n; i++) {
        struct slot *s = &r->slots[i];
        pthread_mutex_lock(&s->lock);
        if (strcmp(s->id, id) == 0)
            found = s->stop = true;
        pthread_mutex_unlock(&s->lock);
    }
    return found;
}

/* A sign of life for each job that runs here, and what another process was asked: to stop it. False
 * where a writer holds the database: then a later one does. */
static bool give_signs(tl_runner *r, tl_store *store)
{
    bool all = true;
    for (unsigned i = 0; i < r->n; i++) {
        struct slot *s = &r->slots[i];
        struct slot copy;
        bool stop = false;
        tl_error err = { 0 };
        pthread_mutex_lock(&s->lock);
        memcpy(copy.id, s->id, sizeof copy.id);
        memcpy(copy.what, s->what, sizeof copy.what);
        copy.done = s->done;
        copy.total = s->total;
        pthread_mutex_unlock(&s->lock);
        if (!copy.id[0])
            continue;
        tl_status st = tl_job_seen(store, copy.id, s->worker, now_s(), copy.what,
                                   (int64_t)copy.done, (int64_t)copy.total, &stop, &err);
        if (st == TL_OK && stop)
            tl_runner_cancel(r, copy.id);
        all = all && (st == TL_OK || st == TL_ECONFLICT); /* it has ended meanwhile */
    }
    return all;
}

/* Those who were silent because a long writer held the database are not dead: they need time for
 * a sign after it. */
static void revive(tl_runner *r, tl_store *store, double calm_since_s)
{
    int64_t revived;
    if (tl_clock_s() - calm_since_s < CALM_S)
        return;
    if (tl_job_revive(store, now_s() - SILENT_S, now_s(), &revived, NULL) == TL_OK && revived > 0)
        tl_runner_wake(r);
}

static void send_event(struct watcher *w, const tl_job *job)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, "event: job\ndata: ");
    tl_job_as_json(job, &b);
    tl_buf_str(&b, "\n\n");
    double now = tl_clock_s();
    if (strncmp(w->last, tl_buf_text(&b), sizeof w->last - 1) != 0) {
        if (tl_http_stream_write(w->stream, b.data, b.len, NULL) == TL_OK) {
            snprintf(w->last, sizeof w->last, "%s", tl_buf_text(&b));
            w->sent_s = now;
        }
    } else if (now - w->sent_s > 15 &&
               tl_http_stream_write(w->stream, ": \n\n", 4, NULL) == TL_OK) {
        w->sent_s = now; /* a comment: proxies close what is silent */
    }
    tl_buf_clear(&b);
}

/* False where it is over. */
static bool feed(tl_runner *r, struct watcher *w, tl_store *store, tl_arena *arena)
{
    tl_job job;
    tl_arena_reset(arena);
    if (tl_http_stream_gone(w->stream))
        return false;
    tl_status st = tl_job_get(store, w->id, arena, &job, NULL);
    if (st == TL_ENOTFOUND)
        return false;
    if (st != TL_OK)
        return true; /* the database is away: later */
    tl_runner_progress(r, &job);
    send_event(w, &job);
    return job.ended_at == 0;
}

static void feed_all(tl_runner *r, tl_store *store, tl_arena *arena, bool over)
{
    pthread_mutex_lock(&r->lock);
    struct watcher **at = &r->watchers;
    while (*at) {
        struct watcher *w = *at;
        if (!over && store && feed(r, w, store, arena)) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        tl_http_stream_end(w->stream);
        tl_http_stream_release(w->stream);
        free(w);
    }
    pthread_mutex_unlock(&r->lock);
}

/* *calm_since_s: since when nobody held up what the ticker writes. */
static void now_and_then(tl_runner *r, tl_store *store, unsigned beat, double *calm_since_s)
{
    if (beat % 20 == 0) { /* every five seconds */
        bool calm = give_signs(r, store) && tl_store_begin(store, NULL) == TL_OK;
        if (tl_store_in_transaction(store))
            tl_store_rollback(store);
        if (!calm)
            *calm_since_s = tl_clock_s();
    }
    if (beat % 120 == 0)
        revive(r, store, *calm_since_s);
    if (beat % 14400 == 0 && (tl_job_forget(store, now_s() - KEPT_S, NULL) != TL_OK ||
                              tl_account_sweep(store, now_s(), NULL) != TL_OK))
        return; /* in an hour again */
}

static void *tick(void *arg)
{
    tl_runner *r = arg;
    tl_store *store = NULL;
    tl_arena *arena = NULL;
    bool over = tl_arena_new(&arena, 0, NULL) != TL_OK;
    double calm_since_s = 0; /* at the start those who died with the process before are revived */
    for (unsigned beat = 0; !over; beat++) {
        const tl_store_opts opts = { .must_exist = true, .wait_ms = TICKER_WAIT_MS };
        if (!store && tl_store_open(&store, r->server->opts.database, &opts, NULL) != TL_OK)
            store = NULL;
        if (store)
            now_and_then(r, store, beat, &calm_since_s);
        feed_all(r, store, arena, false);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 250000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_mutex_lock(&r->lock);
        if (!r->ends)
            pthread_cond_timedwait(&r->tick, &r->lock, &until);
        over = r->ends;
        pthread_mutex_unlock(&r->lock);
    }
    feed_all(r, store, arena, true);
    tl_store_close(store);
    tl_arena_free(arena);
    return NULL;
}

void tl_runner_wake(tl_runner *r)
{
    pthread_mutex_lock(&r->lock);
    r->orders++;
    pthread_cond_broadcast(&r->more);
    pthread_mutex_unlock(&r->lock);
}

void tl_runner_watch(tl_runner *r, const char *id, tl_http_stream *held)
{
    struct watcher *w = calloc(1, sizeof *w);
    if (!w) {
        tl_http_stream_end(held);
        tl_http_stream_release(held);
        return;
    }
    snprintf(w->id, sizeof w->id, "%s", id);
    w->stream = held;
    pthread_mutex_lock(&r->lock);
    w->next = r->watchers;
    r->watchers = w;
    pthread_cond_signal(&r->tick);
    pthread_mutex_unlock(&r->lock);
}

static void start_slot(tl_runner *r)
{
    struct slot *s = &r->slots[r->n];
    s->runner = r;
    snprintf(s->worker, sizeof s->worker, "%ld-%u-%lld", (long)getpid(), r->n, (long long)now_s());
    pthread_mutex_init(&s->lock, NULL);
    if (pthread_create(&s->thread, NULL, run_jobs, s) == 0)
        r->n++;
    else
        pthread_mutex_destroy(&s->lock);
}

tl_status tl_runner_start(tl_runner **out, tl_server *s, unsigned workers, tl_error *err)
{
    tl_runner *r = *out = calloc(1, sizeof *r);
    if (!r)
        return tl_fail_nomem(err);
    r->server = s;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->more, NULL);
    pthread_cond_init(&r->tick, NULL);
    for (unsigned i = 0; i < workers && i < WORKERS_MAX; i++)
        start_slot(r);
    r->ticking = pthread_create(&r->ticker, NULL, tick, r) == 0;
    if (r->n > 0 && r->ticking)
        return TL_OK;
    tl_runner_stop(r);
    *out = NULL;
    return tl_fail(err, TL_EIO, "the threads for jobs could not be started");
}

void tl_runner_stop(tl_runner *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->ends = true;
    pthread_cond_broadcast(&r->more);
    pthread_cond_broadcast(&r->tick);
    pthread_mutex_unlock(&r->lock);
    for (unsigned i = 0; i < r->n; i++) {
        pthread_join(r->slots[i].thread, NULL);
        pthread_mutex_destroy(&r->slots[i].lock);
    }
    if (r->ticking)
        pthread_join(r->ticker, NULL);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->more);
    pthread_cond_destroy(&r->tick);
    free(r);
}

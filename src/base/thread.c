/* thread.c - items handed out by one atomic counter. */
#include "base/thread.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { MAX_THREADS = 256 };

struct team {
    tl_work work;
    void *ctx;
    size_t n;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock; /* guards failed_item, failed */
    size_t failed_item;
    tl_error failed;
};

struct member {
    struct team *team;
    unsigned worker;
};

static void note_failure(struct team *t, size_t item, const tl_error *e)
{
    pthread_mutex_lock(&t->lock);
    if (t->failed.status == TL_OK || item < t->failed_item) {
        t->failed = *e;
        t->failed_item = item;
    }
    pthread_mutex_unlock(&t->lock);
    atomic_store(&t->stop, true);
}

static void *member_run(void *arg)
{
    const struct member *m = arg;
    struct team *t = m->team;
    size_t i;
    while (!atomic_load(&t->stop) && (i = atomic_fetch_add(&t->next, 1)) < t->n) {
        tl_error e = { 0 };
        tl_status st = t->work(t->ctx, i, m->worker, &e);
        if (st != TL_OK) {
            e.status = st;
            note_failure(t, i, &e);
        }
    }
    return NULL;
}

unsigned tl_processors(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n > 0 ? (unsigned)n : 1;
}

tl_status tl_parallel(unsigned threads, size_t n, tl_work work, void *ctx, tl_error *err)
{
    struct team t = { .work = work, .ctx = ctx, .n = n, .lock = PTHREAD_MUTEX_INITIALIZER };
    struct member members[MAX_THREADS];
    pthread_t ids[MAX_THREADS];
    if (threads == 0)
        threads = tl_processors();
    if (threads > MAX_THREADS)
        threads = MAX_THREADS;
    if (threads > n)
        threads = n ? (unsigned)n : 1;
    unsigned started = 1;
    for (; started < threads; started++) {
        members[started] = (struct member){ &t, started };
        if (pthread_create(&ids[started], NULL, member_run, &members[started]) != 0)
            break; /* fewer hands, same result */
    }
    members[0] = (struct member){ &t, 0 };
    member_run(&members[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(ids[i], NULL);
    pthread_mutex_destroy(&t.lock);
    if (t.failed.status != TL_OK && err)
        *err = t.failed;
    return t.failed.status;
}

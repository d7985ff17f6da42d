/* watch.c - notices what other processes (a command line, another server) write, so that kept
 * answers are not shown beyond it: every 50 ms it asks the store for its number of changes. The
 * server's own writes count at once. */
#include <pthread.h>
#include <stdlib.h>

#include "server/post.h"
#include "server/server_priv.h"

struct tl_watch {
    tl_server *server;
    pthread_t thread;
    pthread_mutex_t lock; /* guards ends */
    pthread_cond_t wake;
    bool ends;
};

static bool wait_a_moment(struct tl_watch *w)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 50000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_mutex_lock(&w->lock);
    if (!w->ends)
        pthread_cond_timedwait(&w->wake, &w->lock, &until);
    bool goes_on = !w->ends;
    pthread_mutex_unlock(&w->lock);
    return goes_on;
}

static void *watch(void *arg)
{
    struct tl_watch *w = arg;
    tl_store *s = NULL;
    int64_t seen = 0, now;
    tl_error err = { 0 };
    bool away = false; /* said already */
    const tl_store_opts opts = { .read_only = true, .must_exist = true };
    while (wait_a_moment(w)) {
        if (!s && tl_store_open(&s, w->server->opts.database, &opts, &err) != TL_OK)
            s = NULL;
        if (s && tl_store_changes(s, &now, &err) != TL_OK) {
            if (!away)
                tl_log_write(w->server->opts.log, TL_LOG_WARN, "the database: %s", err.text);
            away = true;
            tl_store_close(s); /* it went away: asked anew */
            s = NULL;
        }
        if (s)
            away = false;
        if (s && now != seen) {
            tl_cache_changed(w->server->cache);
            tl_post_look(w->server->post);
            seen = now;
        }
    }
    tl_store_close(s);
    return NULL;
}

tl_status tl_watch_start(struct tl_watch **out, tl_server *s, tl_error *err)
{
    struct tl_watch *w = *out = calloc(1, sizeof *w);
    if (!w)
        return tl_fail_nomem(err);
    w->server = s;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    if (pthread_create(&w->thread, NULL, watch, w) == 0)
        return TL_OK;
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->wake);
    free(w);
    *out = NULL;
    return tl_fail(err, TL_EIO, "the thread that watches the database could not be started");
}

void tl_watch_stop(struct tl_watch *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->ends = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->wake);
    free(w);
}

/* post.c - claims letters, sends them, notes what came of it. */
#include "server/post.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "account/secret.h"
#include "base/clock.h"
#include "server/post_priv.h"

enum {
    HELD_MOST = 1000, /* links of letters that wait */
    LOOK_LEAST_S = 5, /* between looks for corrections, however often the database changes */
    ENDINGS_S = 6 * 3600,
    SWEEP_S = 600,
    HOLDER_DIGITS = 24
};

struct held {
    int64_t number;
    char *link; /* owned */
};

struct tl_post {
    tl_server *server;
    tl_mailer *mailer;
    tl_call_mail mail;
    char holder[HOLDER_DIGITS + 1]; /* names this process among those that send */
    pthread_t thread;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t more;
    bool ends, woken, look;
    struct held held[HELD_MOST];
    size_t n_held;
    uint64_t sent, troubles;
};

static void forget_at(tl_post *p, size_t i)
{
    tl_secret_wipe(p->held[i].link, strlen(p->held[i].link));
    free(p->held[i].link);
    p->held[i] = p->held[--p->n_held];
}

/* A copy of the link held for a letter, in the arena; NULL: none. */
static const char *link_of(tl_post *p, int64_t number, tl_arena *arena)
{
    const char *link = NULL;
    pthread_mutex_lock(&p->lock);
    for (size_t i = 0; i < p->n_held; i++)
        if (p->held[i].number == number)
            link = tl_arena_str(arena, p->held[i].link);
    pthread_mutex_unlock(&p->lock);
    return link;
}

static void forget(tl_post *p, int64_t number)
{
    pthread_mutex_lock(&p->lock);
    for (size_t i = p->n_held; i-- > 0;)
        if (p->held[i].number == number)
            forget_at(p, i);
    pthread_mutex_unlock(&p->lock);
}

/* Beyond so many the oldest goes: its letter then says that its link is lost. */
static void hold(void *ctx, int64_t number, const char *link)
{
    tl_post *p = ctx;
    char *copy = strdup(link);
    pthread_mutex_lock(&p->lock);
    if (copy && p->n_held == HELD_MOST)
        forget_at(p, 0);
    if (copy)
        p->held[p->n_held++] = (struct held){ number, copy };
    p->woken = true;
    pthread_cond_signal(&p->more);
    pthread_mutex_unlock(&p->lock);
}

static void complain(tl_post *p, const char *what, const tl_error *err)
{
    tl_log_write(p->server->opts.log, TL_LOG_WARN, "%s: %s", what, err->text);
}

/* Notes how it went; what cannot be noted is sent again after the claim has run out. */
static void note(tl_post *p, tl_store *s, const tl_outbox_letter *l, tl_status st, bool nobody,
                 const tl_error *why)
{
    tl_error err = { 0 };
    bool for_good = st == TL_EINPUT;
    pthread_mutex_lock(&p->lock);
    p->sent += st == TL_OK && !nobody;
    p->troubles += st != TL_OK;
    pthread_mutex_unlock(&p->lock);
    if (st != TL_OK)
        tl_log_write(p->server->opts.log, TL_LOG_WARN, "letter %lld (%s), try %lld: %s",
                     (long long)l->number, l->kind, (long long)l->tries, why->text);
    tl_status noted = nobody ? tl_outbox_drop(s, l, &err)
                      : st == TL_OK
                          ? tl_outbox_sent(s, l, tl_time_unix(), &err)
                          : tl_outbox_failed(s, l, why->text, for_good, tl_time_unix(), &err);
    if (noted != TL_OK)
        complain(p, "letters", &err);
    if (st == TL_OK || for_good || l->tries >= TL_OUTBOX_TRIES)
        forget(p, l->number);
}

/* False where none is due. */
static bool send_one(tl_post *p, tl_store *s, tl_arena *arena)
{
    tl_outbox_letter l;
    tl_mail mail;
    bool got = false, nobody = false;
    tl_error err = { 0 };
    int64_t now = tl_time_unix();
    tl_arena_reset(arena);
    tl_status st = tl_outbox_claim(s, p->holder, now, arena, &l, &got, &err);
    if (st != TL_OK)
        complain(p, "letters", &err);
    if (st != TL_OK || !got)
        return false;
    st = tl_post_write(s, &l, p->mail.base, *l.holder ? link_of(p, l.number, arena) : NULL, now,
                       arena, &mail, &nobody, &err);
    if (st == TL_OK && !nobody)
        st = tl_mail_send(p->mailer, &mail, &err);
    note(p, s, &l, st, nobody, &err);
    return true;
}

/* What is due by the clock or by changes; moments of the last time are in at. */
struct rounds {
    double looked, endings, swept; /* tl_clock_s, 0: never */
};

static void make_rounds(tl_post *p, tl_store *s, struct rounds *at, tl_arena *arena)
{
    tl_error err = { 0 };
    double now = tl_clock_s();
    pthread_mutex_lock(&p->lock);
    bool look = p->look && (at->looked == 0 || now - at->looked >= LOOK_LEAST_S);
    p->look = p->look && !look;
    pthread_mutex_unlock(&p->lock);
    tl_arena_reset(arena);
    if (look) {
        at->looked = now;
        if (tl_post_corrections(s, tl_time_unix(), arena, &err) != TL_OK)
            complain(p, "letters about corrections", &err);
    }
    if (at->endings == 0 || now - at->endings >= ENDINGS_S) {
        at->endings = now;
        if (tl_post_endings(s, tl_time_unix(), arena, &err) != TL_OK)
            complain(p, "letters about declarations", &err);
    }
    if (at->swept == 0 || now - at->swept >= SWEEP_S) {
        at->swept = now;
        if (tl_outbox_sweep(s, tl_time_unix(), &err) != TL_OK)
            complain(p, "letters", &err);
    }
}

static bool has_ended(tl_post *p)
{
    pthread_mutex_lock(&p->lock);
    bool ends = p->ends;
    pthread_mutex_unlock(&p->lock);
    return ends;
}

/* Until something is handed in, but two seconds at most: other processes write letters too. */
static bool wait_for_letter(tl_post *p)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 2;
    pthread_mutex_lock(&p->lock);
    if (!p->ends && !p->woken)
        pthread_cond_timedwait(&p->more, &p->lock, &until);
    p->woken = false;
    bool goes_on = !p->ends;
    pthread_mutex_unlock(&p->lock);
    return goes_on;
}

static void *run(void *arg)
{
    tl_post *p = arg;
    tl_store *s = NULL;
    tl_arena *arena = NULL;
    struct rounds at = { 0 };
    const tl_store_opts opts = { .must_exist = true };
    if (tl_arena_new(&arena, 0, NULL) != TL_OK)
        return NULL;
    do {
        if (!s && tl_store_open(&s, p->server->opts.database, &opts, NULL) != TL_OK)
            s = NULL; /* asked again in two seconds */
        if (s)
            make_rounds(p, s, &at, arena);
        while (s && !has_ended(p) && send_one(p, s, arena))
            ;
    } while (wait_for_letter(p));
    tl_store_close(s);
    tl_arena_free(arena);
    return NULL;
}

tl_status tl_post_start(tl_post **out, tl_server *s, tl_error *err)
{
    *out = NULL;
    if (!s->opts.mail.where)
        return TL_OK;
    tl_post *p = calloc(1, sizeof *p);
    if (!p)
        return tl_fail_nomem(err);
    p->server = s;
    p->look = true;
    p->mail = (tl_call_mail){ .ctx = p, .base = s->opts.base, .holder = p->holder, .hold = hold };
    tl_status st = tl_secret_id(p->holder, HOLDER_DIGITS, err);
    if (st == TL_OK)
        st = tl_mailer_new(&p->mailer, &s->opts.mail, err);
    if (st != TL_OK) {
        free(p);
        return st;
    }
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->more, NULL);
    if (pthread_create(&p->thread, NULL, run, p) == 0) {
        *out = p;
        return TL_OK;
    }
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->more);
    tl_mailer_free(p->mailer);
    free(p);
    return tl_fail(err, TL_EIO, "the thread for letters could not be started");
}

void tl_post_stop(tl_post *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->ends = true;
    pthread_cond_signal(&p->more);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    while (p->n_held > 0)
        forget_at(p, 0);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->more);
    tl_mailer_free(p->mailer);
    free(p);
}

void tl_post_wake(tl_post *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->woken = true;
    pthread_cond_signal(&p->more);
    pthread_mutex_unlock(&p->lock);
}

void tl_post_look(tl_post *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->look = true; /* at its next round, within two seconds */
    pthread_mutex_unlock(&p->lock);
}

void tl_post_letter(tl_post *p, tl_store *s, const tl_outbox_letter *l)
{
    tl_error err = { 0 };
    int64_t number;
    if (!p)
        return;
    if (tl_outbox_put(s, l, tl_time_unix(), &number, &err) != TL_OK)
        complain(p, "a letter could not be kept", &err);
    tl_post_wake(p);
}

const tl_call_mail *tl_post_mail(tl_post *p)
{
    return p ? &p->mail : NULL;
}

void tl_post_counts(tl_post *p, uint64_t *sent, uint64_t *troubles)
{
    *sent = *troubles = 0;
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    *sent = p->sent;
    *troubles = p->troubles;
    pthread_mutex_unlock(&p->lock);
}

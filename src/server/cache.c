/* cache.c - a hash table of chains with one list by use; one lock, held for a few instructions. */
#include "server/cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { BUCKETS = 4096 };

struct entry {
    tl_cached answer; /* first: a held answer is its entry */
    char *key;        /* owned, together with all texts of the answer: one block */
    uint64_t hash, generation;
    size_t size;
    unsigned hands; /* 1 for the table */
    struct entry *chain, *newer, *older;
};

struct tl_cache {
    pthread_mutex_t lock; /* guards all but generation */
    atomic_uint_fast64_t generation;
    struct entry *buckets[BUCKETS];
    struct entry *newest, *oldest;
    size_t bytes, limit;
    uint64_t found, missed;
};

tl_cache *tl_cache_new(size_t limit_bytes)
{
    tl_cache *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    pthread_mutex_init(&c->lock, NULL);
    c->limit = limit_bytes;
    return c;
}

static void let_go(struct entry *e)
{
    if (--e->hands == 0) {
        free(e->key);
        free(e);
    }
}

static void unlink_entry(tl_cache *c, struct entry *e)
{
    struct entry **at = &c->buckets[e->hash % BUCKETS];
    while (*at != e)
        at = &(*at)->chain;
    *at = e->chain;
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
    c->bytes -= e->size;
    let_go(e);
}

static void link_entry(tl_cache *c, struct entry *e)
{
    e->chain = c->buckets[e->hash % BUCKETS];
    c->buckets[e->hash % BUCKETS] = e;
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
    c->bytes += e->size;
}

static void use(tl_cache *c, struct entry *e)
{
    if (!e->newer)
        return; /* the newest already */
    e->newer->older = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
    e->newer = NULL;
    e->older = c->newest;
    c->newest->newer = e;
    c->newest = e;
}

void tl_cache_free(tl_cache *c)
{
    if (!c)
        return;
    while (c->oldest)
        unlink_entry(c, c->oldest);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

uint64_t tl_cache_generation(const tl_cache *c)
{
    return atomic_load(&((tl_cache *)c)->generation);
}

void tl_cache_changed(tl_cache *c)
{
    atomic_fetch_add(&c->generation, 1);
}

static struct entry *look_up(tl_cache *c, const char *key, uint64_t hash)
{
    struct entry *e = c->buckets[hash % BUCKETS];
    while (e && (e->hash != hash || strcmp(e->key, key) != 0))
        e = e->chain;
    return e;
}

static tl_cached *find(tl_cache *c, const char *key, bool later)
{
    uint64_t hash = tl_fnv1a(key, strlen(key)), generation = tl_cache_generation(c);
    pthread_mutex_lock(&c->lock);
    struct entry *e = look_up(c, key, hash);
    if (e && e->generation != generation) {
        unlink_entry(c, e);
        e = NULL;
    }
    if (e) {
        e->hands++;
        use(c, e);
    }
    c->found += e != NULL;
    if (!later)
        c->missed += !e;
    else if (e)
        c->missed--;
    pthread_mutex_unlock(&c->lock);
    return e ? &e->answer : NULL;
}

tl_cached *tl_cache_find(tl_cache *c, const char *key)
{
    return find(c, key, false);
}

tl_cached *tl_cache_find_later(tl_cache *c, const char *key)
{
    return find(c, key, true);
}

void tl_cache_release(tl_cache *c, tl_cached *held)
{
    if (!held)
        return;
    pthread_mutex_lock(&c->lock);
    let_go((struct entry *)(void *)held);
    pthread_mutex_unlock(&c->lock);
}

static char *put_text(char **at, const char *text, size_t n)
{
    char *here = *at;
    memcpy(here, text, n);
    here[n] = 0;
    *at += n + 1;
    return here;
}

static struct entry *copy_of(const char *key, const tl_cached *a)
{
    size_t k = strlen(key), t = strlen(a->type), g = strlen(a->etag), d = strlen(a->disposition),
           l = strlen(a->link);
    size_t size = k + t + g + d + l + a->bytes + 6;
    struct entry *e = calloc(1, sizeof *e);
    char *block = malloc(size), *at = block;
    if (!e || !block) {
        free(e);
        free(block);
        return NULL;
    }
    e->key = put_text(&at, key, k);
    e->answer = (tl_cached){ .type = put_text(&at, a->type, t),
                             .etag = put_text(&at, a->etag, g),
                             .disposition = put_text(&at, a->disposition, d),
                             .link = put_text(&at, a->link, l),
                             .frozen = a->frozen,
                             .body = put_text(&at, a->body, a->bytes),
                             .bytes = a->bytes };
    e->hash = tl_fnv1a(key, k);
    e->size = size + sizeof *e;
    e->hands = 1;
    return e;
}

void tl_cache_keep(tl_cache *c, const char *key, uint64_t generation, const tl_cached *answer)
{
    if (answer->bytes > c->limit / 8)
        return;
    struct entry *e = copy_of(key, answer);
    if (!e)
        return;
    e->generation = generation;
    pthread_mutex_lock(&c->lock);
    struct entry *old = look_up(c, key, e->hash);
    if (old)
        unlink_entry(c, old);
    if (generation == tl_cache_generation(c))
        link_entry(c, e);
    else
        let_go(e);
    for (struct entry *last = c->oldest, *next; last && c->bytes > c->limit; last = next) {
        next = last->newer;
        unlink_entry(c, last);
    }
    pthread_mutex_unlock(&c->lock);
}

void tl_cache_counts(const tl_cache *cc, uint64_t *found, uint64_t *missed, size_t *bytes)
{
    tl_cache *c = (tl_cache *)cc;
    pthread_mutex_lock(&c->lock);
    *found = c->found;
    *missed = c->missed;
    *bytes = c->bytes;
    pthread_mutex_unlock(&c->lock);
}

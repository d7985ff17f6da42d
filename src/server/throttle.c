/* throttle.c - token buckets in a table of their own hash. */
#include "server/throttle.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { BUCKETS = 8192, LOCKS = 64 };

struct bucket {
    double tokens, at_s; /* as they were then; at_s 0: never used, full */
};

struct tl_throttle {
    double per_second, burst;
    struct bucket buckets[BUCKETS];
    pthread_mutex_t locks[LOCKS]; /* each guards every LOCKS-th bucket */
};

tl_throttle *tl_throttle_new(double per_second, double burst)
{
    tl_throttle *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->per_second = per_second;
    t->burst = burst;
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_init(&t->locks[i], NULL);
    return t;
}

void tl_throttle_free(tl_throttle *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&t->locks[i]);
    free(t);
}

/* Whoever has one IPv6 address has the 2^64 of its network (RFC 6177): they share a bucket. */
static size_t place_of(const char *address)
{
    struct in6_addr v6;
    if (inet_pton(AF_INET6, address, &v6) == 1 && !IN6_IS_ADDR_V4MAPPED(&v6))
        return (size_t)(tl_fnv1a(&v6, 8) % BUCKETS);
    return (size_t)(tl_fnv1a(address, strlen(address)) % BUCKETS);
}

bool tl_throttle_take(tl_throttle *t, const char *address, double cost, double now_s,
                      double *wait_s)
{
    *wait_s = 0;
    if (t->per_second <= 0)
        return true;
    size_t i = place_of(address);
    struct bucket *b = &t->buckets[i];
    pthread_mutex_lock(&t->locks[i % LOCKS]);
    double have = b->at_s > 0 ? b->tokens + (now_s - b->at_s) * t->per_second : t->burst;
    if (have > t->burst)
        have = t->burst;
    bool enough = have >= cost;
    b->tokens = enough ? have - cost : have;
    b->at_s = now_s;
    pthread_mutex_unlock(&t->locks[i % LOCKS]);
    if (!enough)
        *wait_s = (cost - have) / t->per_second;
    return enough;
}

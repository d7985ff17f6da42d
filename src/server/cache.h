/* cache.h - answers to public questions, kept until anything in the database changes.
 *
 * An answer is kept under what was asked (target, form, language) together with the generation of
 * the data: a number that every write moves on. Least recently used ones leave first. Any thread.
 */
#ifndef TL_SERVER_CACHE_H
#define TL_SERVER_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

typedef struct tl_cache tl_cache;

/* An answer, immutable; held by whoever got it until released. */
typedef struct tl_cached {
    const char *type, *etag, *disposition, *link; /* the last two: "" for none */
    bool frozen; /* the same bytes for ever: may be kept elsewhere without asking again */
    const char *body;
    size_t bytes;
} tl_cached;

/* NULL when out of memory. */
tl_cache *tl_cache_new(size_t limit_bytes);
void tl_cache_free(tl_cache *c);

/* The generation now; an answer worked out from what was read before a later one is not kept. */
uint64_t tl_cache_generation(const tl_cache *c);
void tl_cache_changed(tl_cache *c);

/* The answer of this generation, held; NULL where there is none. */
tl_cached *tl_cache_find(tl_cache *c, const char *key);
/* A further look of a question that was looked for before in vain, and counted: where it is there
 * by now it counts as found instead. */
tl_cached *tl_cache_find_later(tl_cache *c, const char *key);
void tl_cache_release(tl_cache *c, tl_cached *held);

/* Keeps a copy, unless the generation has moved on, it is larger than an eighth of the cache, or
 * memory is out. */
void tl_cache_keep(tl_cache *c, const char *key, uint64_t generation, const tl_cached *answer);

/* Answers found, not found, bytes held. */
void tl_cache_counts(const tl_cache *c, uint64_t *found, uint64_t *missed, size_t *bytes);

#endif

/* map.h - text key to a number, for looking up ids.
 *
 * Entries keep the order of insertion and are only ever walked in that order, so nothing depends on
 * hashing. One thread at a time. */
#ifndef TL_BASE_MAP_H
#define TL_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

typedef struct tl_map tl_map;

TL_MUST_CHECK tl_status tl_map_new(tl_map **out, tl_error *err);
void tl_map_free(tl_map *m);

/* Adds key -> value, copying the key. If the key is there already, nothing changes and *was_there
 * is true. *index (may be NULL) gets the entry's place, 0 for the first added. */
TL_MUST_CHECK tl_status tl_map_add(tl_map *m, tl_span key, uint64_t value, size_t *index,
                                   bool *was_there, tl_error *err);

/* True and *value if found. */
bool tl_map_find(const tl_map *m, tl_span key, uint64_t *value);

size_t tl_map_size(const tl_map *m);
const char *tl_map_key(const tl_map *m, size_t i); /* NUL-terminated, borrowed until free */
uint64_t tl_map_value(const tl_map *m, size_t i);
void tl_map_set(tl_map *m, size_t i, uint64_t value);

#endif

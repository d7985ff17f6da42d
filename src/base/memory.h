/* memory.h - checked allocation and arenas.
 *
 * Allocation mirrors malloc: NULL when there is none, and the caller answers with tl_fail_nomem().
 * Three lifetimes are enough: process, request or job (an arena), and explicit objects. */
#ifndef TL_BASE_MEMORY_H
#define TL_BASE_MEMORY_H

#include <stddef.h>

#include "base/error.h"

/* n zeroed objects of size bytes, owned by the caller, free() releases. NULL on overflow, n*size ==
 * 0 gives a valid pointer. */
void *tl_new_array(size_t n, size_t size) __attribute__((alloc_size(1, 2), malloc));

/* Makes room for `need` elements in the array *items of capacity *cap (grows by half again or
 * more). *items may move; its old content is kept. TL_ENOMEM leaves both unchanged. items is `T
 * **`. */
TL_MUST_CHECK tl_status tl_grow(void *items, size_t *cap, size_t need, size_t size, tl_error *err);

/* An arena: many small allocations, freed together. It holds no files, locks or foreign handles.
 * One thread at a time. */
typedef struct tl_arena tl_arena;

/* Creates an arena that refuses to hold more than limit_bytes (0 = no limit). Owned by the caller.
 */
TL_MUST_CHECK tl_status tl_arena_new(tl_arena **out, size_t limit_bytes, tl_error *err);
void tl_arena_free(tl_arena *a);

/* Forgets everything allocated so far and keeps the memory for reuse. */
void tl_arena_reset(tl_arena *a);

/* Zeroed, aligned for any type; borrowed until reset or free. NULL when the limit or memory is hit.
 */
void *tl_arena_alloc(tl_arena *a, size_t n, size_t size) __attribute__((alloc_size(2, 3)));

/* tl_grow for an array in the arena: room for `need` elements in *items, which moves when it grows;
 * doubling wastes at most as much again. The new places are zeroed. TL_ENOMEM leaves both
 * unchanged. items is `T **`. */
TL_MUST_CHECK tl_status tl_arena_grow(tl_arena *a, void *items, size_t *cap, size_t need,
                                      size_t size, tl_error *err);

/* Copy of n bytes with a NUL behind; NULL as above. */
char *tl_arena_copy(tl_arena *a, const char *s, size_t n);

/* Copy of a NUL-terminated string; NULL gives NULL. */
char *tl_arena_str(tl_arena *a, const char *s);

/* Formatted text in the arena; NULL as above. */
char *tl_arena_printf(tl_arena *a, const char *fmt, ...) TL_PRINTF(2, 3);

size_t tl_arena_used_bytes(const tl_arena *a);

#endif

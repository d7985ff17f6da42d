/* places.h - rising lists of places, packed as bytes: where in a set a word occurs.
 *
 * Packed: each place as the difference to the one before (the first: to -1), seven bits a byte, low
 * bits first, the high bit set on all but the last byte of a number. Half the places of a million
 * rows take half a megabyte. */
#ifndef TL_FACTOR_PLACES_H
#define TL_FACTOR_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

/* A list in memory, rising, none twice. Zero it before use; tl_places_clear releases it. */
typedef struct tl_places {
    uint32_t *items; /* owned */
    size_t n, cap;
} tl_places;

void tl_places_clear(tl_places *list);
TL_MUST_CHECK tl_status tl_places_add(tl_places *list, uint32_t place, tl_error *err);

/* Appends the packed form of items[0..n), which rise. */
void tl_places_pack(tl_buf *out, const uint32_t *items, size_t n);

/* Puts the packed list into *list in place of what it held. TL_EIO if it is damaged. */
TL_MUST_CHECK tl_status tl_places_unpack(tl_places *list, const void *packed, size_t n,
                                         tl_error *err);

/* Keeps in *list what the packed list has too. TL_EIO if it is damaged. */
TL_MUST_CHECK tl_status tl_places_keep(tl_places *list, const void *packed, size_t n,
                                       tl_error *err);

/* Keeps in *list what the packed list has not. TL_EIO if it is damaged. */
TL_MUST_CHECK tl_status tl_places_lose(tl_places *list, const void *packed, size_t n,
                                       tl_error *err);

/* Makes *list the same as other. */
TL_MUST_CHECK tl_status tl_places_copy(tl_places *list, const tl_places *other, tl_error *err);

/* Keeps in *list what other has too; or what it has not; or adds what only other has. */
void tl_places_meet(tl_places *list, const tl_places *other);
void tl_places_drop(tl_places *list, const tl_places *other);
TL_MUST_CHECK tl_status tl_places_join(tl_places *list, const tl_places *other, tl_error *err);

#endif

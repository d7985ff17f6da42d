/* pins.h - which data sets a result stands on: id, version, checksum. */
#ifndef TL_FOOTPRINT_PINS_H
#define TL_FOOTPRINT_PINS_H

#include "base/hash.h"
#include "dataset/dataset.h"

enum { TL_PINS_MAX = 24 };

typedef struct tl_pin {
    const char *id, *version, *checksum; /* borrowed from the arena they were read into */
} tl_pin;

typedef struct tl_pins {
    tl_pin items[TL_PINS_MAX];
    size_t n;
} tl_pins;

/* Notes a set once; pins are kept sorted by id. TL_ECONFLICT for the same set in two versions. */
TL_MUST_CHECK tl_status tl_pins_add(tl_pins *pins, const tl_dataset *set, tl_error *err);

/* Adds all pins, in order, to a running hash. */
void tl_pins_hash(const tl_pins *pins, tl_sha256 *hash);

#endif

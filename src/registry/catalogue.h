/* catalogue.h - the list of published product footprints and declarations, by category. */
#ifndef TL_REGISTRY_CATALOGUE_H
#define TL_REGISTRY_CATALOGUE_H

#include "registry/record.h"

/* A published version that is in force. Text in the arena. */
typedef struct tl_catalogue_row {
    const char *id, *product, *maker;
    tl_record_kind kind;
    const char *category; /* of an EPD its product category rules, of a PCF its series; "" */
    double value;
    const char *unit, *boundary;
    int64_t year; /* of the data, 0 = not stated */
    const char *verifier, *published_on;
} tl_catalogue_row;

/* All published PCF and EPD, the latest first, then by id. *out is in the arena. */
TL_MUST_CHECK tl_status tl_catalogue_read(tl_store *s, tl_arena *arena,
                                          const tl_catalogue_row **out, size_t *n, tl_error *err);

#endif

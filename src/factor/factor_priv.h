/* factor_priv.h - what the files of this folder share. */
#ifndef TL_FACTOR_FACTOR_PRIV_H
#define TL_FACTOR_FACTOR_PRIV_H

#include "factor/factor.h"
#include "quantity/unit.h"

/* Reads the factor in the current row of a query with the columns of "factor.find"; text goes into
 * the arena. */
TL_MUST_CHECK tl_status tl_factor_read(tl_query *q, tl_arena *arena, tl_factor *out, tl_error *err);

/* The number under which the rows of a set stand, or 0 where it is not loaded. */
TL_MUST_CHECK tl_status tl_factor_set_number(tl_store *s, const char *id, const char *version,
                                             int64_t *number, tl_error *err);

typedef struct tl_factor_text {
    const char *name; /* for messages: "materials/factors.csv" */
    const char *data;
    size_t n;
} tl_factor_text;

/* A set in memory. */
typedef struct tl_factor_batch {
    const char *id, *version;
    const tl_factor_text *texts;
    size_t count;
    const tl_units *units; /* NULL: read for this load alone, which takes some milliseconds */
} tl_factor_batch;

/* tl_factor_load without the files. */
TL_MUST_CHECK tl_status tl_factor_load_batch(tl_store *s, const tl_factor_batch *batch,
                                             int64_t *rows, tl_error *err);

#endif

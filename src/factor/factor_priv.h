/* factor_priv.h - what the files of this folder share. */
#ifndef TL_FACTOR_FACTOR_PRIV_H
#define TL_FACTOR_FACTOR_PRIV_H

#include "base/text.h"
#include "factor/factor.h"
#include "format/csv.h"
#include "quantity/unit.h"

/* Reads the factor in the current row of a query with the columns of "factor.find"; text goes into
 * the arena. */
TL_MUST_CHECK tl_status tl_factor_read(tl_query *q, tl_arena *arena, tl_factor *out, tl_error *err);

/* The number under which the rows of a set stand, or 0 where it is not loaded. */
TL_MUST_CHECK tl_status tl_factor_set_number(tl_store *s, const char *id, const char *version,
                                             int64_t *number, tl_error *err);

bool tl_factor_stage_find(tl_span name, tl_factor_stage *out);

/* True where it states nothing, so that nothing is kept of it. */
bool tl_factor_detail_empty(const tl_factor_detail *d);
TL_MUST_CHECK tl_status tl_factor_detail_write(tl_store *s, int64_t factor,
                                               const tl_factor_detail *d, tl_error *err);

/* Reads the columns of factor_detail, the first of which is `column`; *out is NULL for no row. */
TL_MUST_CHECK tl_status tl_factor_detail_read(tl_query *q, int column, tl_arena *arena,
                                              const tl_factor_detail **out, tl_error *err);

/* The columns of a set's file for it; load_detail.c. */
typedef struct tl_factor_detail_columns {
    int gsd, percent95, stage, share[TL_FACTOR_GASES]; /* -1: the file has none */
} tl_factor_detail_columns;

void tl_factor_detail_find(const tl_csv *csv, tl_factor_detail_columns *out);

/* Reads the cells of the present row; an empty one states nothing. TL_EINPUT names the cell. */
TL_MUST_CHECK tl_status tl_factor_detail_cells(const tl_csv *csv,
                                               const tl_factor_detail_columns *at,
                                               tl_factor_detail *out, tl_error *err);

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

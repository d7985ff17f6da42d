/* exchange_rows.h - the rows of technosphere.csv and biosphere.csv, read by several threads.
 *
 * Private to this folder. */
#ifndef TL_INTAKE_EXCHANGE_ROWS_H
#define TL_INTAKE_EXCHANGE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "format/csv.h"
#include "tanlian/lca.h"

enum { TL_EXCHANGE_FILES = 2 }; /* technosphere, biosphere */

typedef struct tl_exchange_row {
    uint32_t row;         /* index of the supplying activity, or of the flow in its list's flows */
    uint32_t column;      /* index of the using or emitting activity */
    uint32_t uncertainty; /* index + 1 into the list's uncertainties, 0 = none */
    size_t line;          /* of the file, less the lines before the list */
    double amount;
} tl_exchange_row;

/* Some rows of a file, in order. */
typedef struct tl_exchange_list {
    tl_exchange_row *rows;
    size_t n, cap;
    tl_lca_uncertainty *uncertainties;
    size_t uncertainties_n, uncertainties_cap;
    tl_map *flows; /* flow ids in order of appearance; NULL for technosphere */
} tl_exchange_list;

/* Takes one list, borrowed for the call. Lists come in the order of the files and their rows, one
 * at a time though from changing threads. */
typedef tl_status (*tl_exchange_put)(void *ctx, size_t file, const tl_exchange_list *list,
                                     size_t lines_before, tl_error *err);

typedef struct tl_exchange_job {
    tl_csv *const *files;     /* TL_EXCHANGE_FILES of them */
    const tl_map *activities; /* id -> index in the low 32 bits of the value */
    unsigned threads;         /* 1: in order; 0: one per processor */
    tl_exchange_put put;
    void *ctx;
} tl_exchange_job;

/* Reads both files. With several threads, *again may come back true: the files are not plain enough
 * to be cut into parts, or something is wrong in them; then forget what was put and call again with
 * one thread, which tells what and where. */
TL_MUST_CHECK tl_status tl_exchange_read(const tl_exchange_job *job, bool *again, tl_error *err);

#endif

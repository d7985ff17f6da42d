/* copy.h - all that a database holds, into another one: from a file to a server, and back. */
#ifndef TL_STORE_COPY_H
#define TL_STORE_COPY_H

#include <stdint.h>

#include "base/hash.h"
#include "base/log.h"
#include "store/store.h"

typedef struct tl_store_copied {
    int64_t tables, rows;
    int64_t entries; /* of the audit chain */
    char head[TL_SHA256_HEX];
} tl_store_copied;

/* Copies every row of `from` into `to`, which has the same schema and must be empty (TL_ECONFLICT
 * otherwise), in one transaction; one of the two is a SQLite file (TL_EINPUT otherwise). Before it
 * commits it compares the number of rows of each table, checks the audit chain on both sides and
 * compares their heads: TL_ECONFLICT with nothing kept where they differ. The search index is left
 * out and marked to be made anew. progress may be NULL. */
TL_MUST_CHECK tl_status tl_store_copy(tl_store *from, tl_store *to, const tl_log *progress,
                                      tl_store_copied *out, tl_error *err);

#endif

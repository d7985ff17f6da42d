/* vehicle_import.h - a file of cars into the database, with a verdict on every row.
 *
 * The good rows go in, the bad ones are refused one by one with row, column and reason, all in one
 * transaction with its audit entry: a crash leaves all of it or nothing. A file that was imported
 * before changes nothing. A file of which no row can be taken changes nothing either.
 *
 * Cars belong to the organisation that brings them in; those of who sees all organisations are
 * public data. Two organisations with the same rows have each their own cars, with ids that differ,
 * so that neither learns of the other's. */
#ifndef TL_INTAKE_VEHICLE_IMPORT_H
#define TL_INTAKE_VEHICLE_IMPORT_H

#include "base/log.h"
#include "base/memory.h"
#include "intake/refusal.h"
#include "store/store.h"
#include "store/viewer.h"

/* What became of a file. Lists live in the arena. */
typedef struct tl_vehicle_verdict {
    bool already; /* this very file was imported before; the counts are of then */
    int64_t rows, accepted, repeated, refused;
    const tl_row_refusal *refusals;
    size_t refusal_count; /* as refused; those of then if already */
} tl_vehicle_verdict;

/* Imports path by the map `map` ("ademe", "open-ev"). TL_EINPUT for a file that cannot be read as a
 * whole (no table, a column missing, cut off in the middle of a record) or has no good row; the
 * database is then as before. TL_EFORBIDDEN for a viewer of no organisation. progress may be NULL.
 */
TL_MUST_CHECK tl_status tl_vehicle_import(tl_store *s, const char *path, const char *map,
                                          const tl_viewer *by, const tl_log *progress,
                                          tl_arena *arena, tl_vehicle_verdict *out, tl_error *err);

/* The same over n bytes of a file called name, for data sets that are installed. */
TL_MUST_CHECK tl_status tl_vehicle_import_memory(tl_store *s, const char *name, const char *data,
                                                 size_t n, const char *map, const tl_viewer *by,
                                                 const tl_log *progress, tl_arena *arena,
                                                 tl_vehicle_verdict *out, tl_error *err);

#endif

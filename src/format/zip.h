/* zip.h - several files in one compressed file, written and read.
 *
 * The same files give the same bytes: no time, no owner. Reading is of hostile input: names are
 * relative paths without a way up, each once, and sizes have limits whatever the directory says. */
#ifndef TL_FORMAT_ZIP_H
#define TL_FORMAT_ZIP_H

#include <stddef.h>

#include "base/buf.h"

typedef struct tl_zip_entry {
    const char *name; /* "materials/factors.csv" */
    const char *data;
    size_t n;
} tl_zip_entry;

/* Appends an archive of the entries in their order. TL_EINPUT for a name that tl_zip_read would
 * refuse or that is there twice. */
TL_MUST_CHECK tl_status tl_zip_write(const tl_zip_entry *entries, size_t n, tl_buf *out,
                                     tl_error *err);

/* All zero = defaults. */
typedef struct tl_zip_limits {
    size_t max_entries; /* 0: 10,000 */
    size_t max_bytes;   /* of all entries together, unpacked; 0: 1 GiB */
} tl_zip_limits;

/* Given each entry in the order of the file; data is borrowed for the call. A failure ends the
 * reading. */
typedef tl_status (*tl_zip_taker)(void *ctx, const tl_zip_entry *entry, tl_error *err);

/* TL_EINPUT for what is no sound zip, for a name that is none, and beyond the limits. Entries that
 * are folders are passed over. */
TL_MUST_CHECK tl_status tl_zip_read(const char *path, const tl_zip_limits *limits,
                                    tl_zip_taker take, void *ctx, tl_error *err);

#endif

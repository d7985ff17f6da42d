/* zip_write.h - a zip archive of a few files in memory (PKWARE APPNOTE 6.3, sections 4.3 to 4.5).
 *
 * Files are stored, not packed, and all carry the first day a zip can name, 1980-01-01: the same
 * files give the same bytes. Names are UTF-8. */
#ifndef TL_FORMAT_ZIP_WRITE_H
#define TL_FORMAT_ZIP_WRITE_H

#include "base/buf.h"

typedef struct tl_zip_file {
    const char *name; /* "records/a.json": no drive, no "..", not beginning with '/' */
    const char *data; /* borrowed */
    size_t n;
} tl_zip_file;

/* Appends the archive. TL_EINPUT for a name that is none, more than 65,535 files or 4 GiB. */
TL_MUST_CHECK tl_status tl_zip_write(const tl_zip_file *files, size_t n, tl_buf *out,
                                     tl_error *err);

#endif

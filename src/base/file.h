/* file.h - whole files in and out. */
#ifndef TL_BASE_FILE_H
#define TL_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"

/* A file seen as memory, read-only. data is never NULL after a successful open, also when size is
 * 0. */
typedef struct tl_file_view {
    const char *data;
    size_t size;
    bool mapped; /* private */
} tl_file_view;

/* Maps path for reading; a FIFO or other unseekable input is read whole. A missing file is
 * TL_ENOTFOUND, a folder or over max_bytes (0 = any) TL_EINPUT, the rest TL_EIO; the text names
 * path. */
TL_MUST_CHECK tl_status tl_file_open(tl_file_view *out, const char *path, size_t max_bytes,
                                     tl_error *err);
void tl_file_close(tl_file_view *v);

/* Writes a file so that readers see the old or the new one, never a part (temporary name, fsync,
 * rename). */
TL_MUST_CHECK tl_status tl_file_write(const char *path, const void *data, size_t n, tl_error *err);

/* The same for what holds a secret: only the owner can read it, at no moment anybody else. */
TL_MUST_CHECK tl_status tl_file_write_private(const char *path, const void *data, size_t n,
                                              tl_error *err);

bool tl_file_exists(const char *path);

/* True for a plain file, links followed; false for folders, devices and what is not there. */
bool tl_file_is_plain(const char *path);

/* True where everybody on this machine may read it; false also for what is not there. */
bool tl_file_open_to_all(const char *path);

/* "dir/name" in the arena; NULL when out of memory. */
char *tl_path_join(tl_arena *a, const char *dir, const char *name);

/* Last component of path, borrowed from it. */
const char *tl_path_base(const char *path);

#endif

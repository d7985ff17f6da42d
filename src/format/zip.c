/* zip.c - minizip behind two functions. */
#include "format/zip.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <minizip/unzip.h>
#include <minizip/zip.h>

#include "base/buf.h"
#include "base/map.h"

enum { BLOCK = 64 * 1024, NAME_MAX_BYTES = 255, ENTRIES = 10000, LEVEL = 9, PATH_BYTES = 4096 };

/* The first moment a zip can tell: every entry has it, so that the same files give the same bytes.
 */
static const zip_fileinfo no_time = { .tmz_date = { .tm_mday = 1, .tm_year = 1980 } };

/* A relative path of plain parts. */
static bool name_valid(const char *name)
{
    tl_span rest = tl_span_of(name), part;
    if (!*name || strlen(name) > NAME_MAX_BYTES || strpbrk(name, "\\:") ||
        !tl_text_plain(name, false))
        return false;
    while (tl_span_split(&rest, '/', &part))
        if (part.n == 0 || tl_span_is(part, ".") || tl_span_is(part, ".."))
            return false;
    return name[strlen(name) - 1] != '/';
}

static tl_status write_entry(zipFile zip, const tl_zip_entry *e, const char *path, tl_error *err)
{
    if (!name_valid(e->name))
        return tl_fail(err, TL_EINPUT, "%s: '%.80s' is no name within a zip", path, e->name);
    int rc = zipOpenNewFileInZip64(zip, e->name, &no_time, NULL, 0, NULL, 0, NULL, Z_DEFLATED,
                                   LEVEL, e->n >= 0xFFFFFFFFU);
    for (size_t at = 0; rc == ZIP_OK && at < e->n;) {
        size_t n = e->n - at < BLOCK ? e->n - at : BLOCK;
        rc = zipWriteInFileInZip(zip, e->data + at, (unsigned)n);
        at += n;
    }
    int end = zipCloseFileInZip(zip);
    return rc == ZIP_OK && end == ZIP_OK ? TL_OK
                                         : tl_fail(err, TL_EIO, "%s: cannot be written", path);
}

tl_status tl_zip_write(const char *path, const tl_zip_entry *entries, size_t n, tl_error *err)
{
    char part[PATH_BYTES];
    tl_status st = TL_OK;
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part)
        return tl_fail(err, TL_EINPUT, "the path of the file is too long");
    zipFile zip = zipOpen64(part, APPEND_STATUS_CREATE);
    if (!zip)
        return tl_fail(err, TL_EIO, "%s: cannot be written", path);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = write_entry(zip, &entries[i], path, err);
    if (zipClose(zip, NULL) != ZIP_OK && st == TL_OK)
        st = tl_fail(err, TL_EIO, "%s: cannot be written", path);
    if (st == TL_OK && rename(part, path) != 0)
        st = tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
    if (st != TL_OK)
        remove(part);
    return st;
}

/* One reading. */
struct reading {
    unzFile zip;
    const char *path;
    tl_zip_limits limits;
    tl_map *names; /* owned */
    tl_buf data;   /* owned; of one entry */
    char *block;   /* owned */
    size_t total;
    tl_error *err;
};

static tl_status broken(struct reading *r)
{
    return tl_fail(r->err, TL_EINPUT, "%s: is no sound zip file", r->path);
}

static tl_status unpack(struct reading *r)
{
    int n = 0;
    tl_buf_reset(&r->data);
    if (unzOpenCurrentFile(r->zip) != UNZ_OK)
        return broken(r);
    while (r->total <= r->limits.max_bytes &&
           (n = unzReadCurrentFile(r->zip, r->block, BLOCK)) > 0) {
        tl_buf_add(&r->data, r->block, (size_t)n);
        r->total += (size_t)n;
    }
    int end = unzCloseCurrentFile(r->zip); /* checks the sum where all was read */
    if (r->total > r->limits.max_bytes)
        return tl_fail(r->err, TL_EINPUT, "%s: holds more than %zu bytes", r->path,
                       r->limits.max_bytes);
    return n < 0 || end != UNZ_OK ? broken(r) : tl_buf_status(&r->data, r->err);
}

static tl_status read_entry(struct reading *r, tl_zip_taker take, void *ctx)
{
    char name[NAME_MAX_BYTES + 2] = "";
    bool was_there;
    if (unzGetCurrentFileInfo64(r->zip, NULL, name, sizeof name - 1, NULL, 0, NULL, 0) != UNZ_OK)
        return broken(r);
    size_t n = strlen(name);
    if (n > 0 && name[n - 1] == '/') /* a folder */
        return TL_OK;
    if (!name_valid(name))
        return tl_fail(r->err, TL_EINPUT, "%s: holds a file whose name leads elsewhere", r->path);
    tl_status st = tl_map_add(r->names, tl_span_of(name), 0, NULL, &was_there, r->err);
    if (st == TL_OK && was_there)
        return tl_fail(r->err, TL_EINPUT, "%s: holds %s twice", r->path, name);
    if (st != TL_OK || (st = unpack(r)) != TL_OK)
        return st;
    const tl_zip_entry entry = { name, tl_buf_text(&r->data), r->data.len };
    return take(ctx, &entry, r->err);
}

static tl_status read_all(struct reading *r, tl_zip_taker take, void *ctx)
{
    tl_status st = TL_OK;
    int rc = unzGoToFirstFile(r->zip);
    for (size_t n = 0; rc == UNZ_OK && st == TL_OK; n++) {
        if (n == r->limits.max_entries)
            return tl_fail(r->err, TL_EINPUT, "%s: holds more than %zu files", r->path, n);
        if ((st = read_entry(r, take, ctx)) == TL_OK)
            rc = unzGoToNextFile(r->zip);
    }
    return st == TL_OK && rc != UNZ_END_OF_LIST_OF_FILE ? broken(r) : st;
}

tl_status tl_zip_read(const char *path, const tl_zip_limits *limits, tl_zip_taker take, void *ctx,
                      tl_error *err)
{
    struct reading r = { .path = path, .err = err };
    if (limits)
        r.limits = *limits;
    if (!r.limits.max_entries)
        r.limits.max_entries = ENTRIES;
    if (!r.limits.max_bytes)
        r.limits.max_bytes = (size_t)1 << 30;
    tl_status st = tl_map_new(&r.names, err);
    tl_buf_init(&r.data, 0);
    r.block = malloc(BLOCK);
    if (st == TL_OK && !r.block)
        st = tl_fail_nomem(err);
    if (st == TL_OK && !(r.zip = unzOpen64(path)))
        st = broken(&r);
    if (st == TL_OK)
        st = read_all(&r, take, ctx);
    if (r.zip)
        unzClose(r.zip);
    free(r.block);
    tl_buf_clear(&r.data);
    tl_map_free(r.names);
    return st;
}

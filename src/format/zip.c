/* zip.c - libzip behind two functions. */
#include <zip.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "format/zip.h"

enum { BLOCK = 64 * 1024, NAME_MAX_BYTES = 255, ENTRIES = 10000, LEVEL = 9 };

/* The first moment a zip can tell (1980-01-01 in the form of MS-DOS): every entry has it, so that
 * the same files give the same bytes. */
enum { FIRST_DATE = 1 << 5 | 1 };

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

static tl_status add_entry(zip_t *zip, const tl_zip_entry *e, tl_error *err)
{
    if (!name_valid(e->name))
        return tl_fail(err, TL_EINPUT, "'%.80s' is no name within a zip", e->name);
    zip_source_t *data = zip_source_buffer(zip, e->data ? e->data : "", e->n, 0);
    if (!data)
        return tl_fail_nomem(err);
    zip_int64_t at = zip_file_add(zip, e->name, data, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(data);
        return tl_fail(err, TL_EINPUT, "'%s' cannot be put into a zip: %s", e->name,
                       zip_strerror(zip));
    }
    if (zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_DEFLATE, LEVEL) != 0 ||
        zip_file_set_dostime(zip, (zip_uint64_t)at, 0, FIRST_DATE, 0) != 0)
        return tl_fail_nomem(err);
    return TL_OK;
}

/* The bytes of a source that an archive was written to. */
static tl_status copy_out(zip_source_t *source, tl_buf *out, tl_error *err)
{
    char block[4096];
    zip_int64_t n = -1;
    if (zip_source_open(source) == 0) {
        while ((n = zip_source_read(source, block, sizeof block)) > 0)
            tl_buf_add(out, block, (size_t)n);
        zip_source_close(source);
    }
    return n < 0 ? tl_fail_nomem(err) : tl_buf_status(out, err);
}

tl_status tl_zip_write(const tl_zip_entry *entries, size_t n, tl_buf *out, tl_error *err)
{
    tl_status st = TL_OK;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_TRUNCATE, NULL) : NULL;
    if (!zip) {
        zip_source_free(source);
        return tl_fail_nomem(err);
    }
    zip_source_keep(source); /* beyond the archive, which would let it go */
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = add_entry(zip, &entries[i], err);
    if (st != TL_OK)
        zip_discard(zip);
    else if (zip_close(zip) != 0) {
        st = tl_fail(err, TL_ENOMEM, "the zip cannot be made: %s", zip_strerror(zip));
        zip_discard(zip);
    }
    if (st == TL_OK)
        st = copy_out(source, out, err);
    zip_source_free(source);
    return st;
}

/* One reading. */
struct reading {
    zip_t *zip;
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

static tl_status unpack(struct reading *r, zip_uint64_t at)
{
    zip_int64_t n = 0;
    tl_buf_reset(&r->data);
    zip_file_t *file = zip_fopen_index(r->zip, at, 0);
    if (!file)
        return broken(r);
    while (r->total <= r->limits.max_bytes && (n = zip_fread(file, r->block, BLOCK)) > 0) {
        tl_buf_add(&r->data, r->block, (size_t)n);
        r->total += (size_t)n;
    }
    int end = zip_fclose(file); /* checks the sum where all was read */
    if (r->total > r->limits.max_bytes)
        return tl_fail(r->err, TL_EINPUT, "%s: holds more than %zu bytes", r->path,
                       r->limits.max_bytes);
    return n < 0 || end != 0 ? broken(r) : tl_buf_status(&r->data, r->err);
}

static tl_status read_entry(struct reading *r, zip_uint64_t at, tl_zip_taker take, void *ctx)
{
    bool was_there;
    const char *name = zip_get_name(r->zip, at, ZIP_FL_ENC_GUESS);
    if (!name)
        return broken(r);
    size_t n = strlen(name);
    if (n > 0 && name[n - 1] == '/') /* a folder */
        return TL_OK;
    if (!name_valid(name))
        return tl_fail(r->err, TL_EINPUT, "%s: holds a file whose name leads elsewhere", r->path);
    tl_status st = tl_map_add(r->names, tl_span_of(name), 0, NULL, &was_there, r->err);
    if (st == TL_OK && was_there)
        return tl_fail(r->err, TL_EINPUT, "%s: holds %s twice", r->path, name);
    if (st != TL_OK || (st = unpack(r, at)) != TL_OK)
        return st;
    const tl_zip_entry entry = { name, tl_buf_text(&r->data), r->data.len };
    return take(ctx, &entry, r->err);
}

static tl_status read_all(struct reading *r, tl_zip_taker take, void *ctx)
{
    tl_status st = TL_OK;
    zip_int64_t n = zip_get_num_entries(r->zip, 0);
    if (n < 0)
        return broken(r);
    if ((zip_uint64_t)n > r->limits.max_entries)
        return tl_fail(r->err, TL_EINPUT, "%s: holds more than %zu files", r->path,
                       r->limits.max_entries);
    for (zip_uint64_t i = 0; i < (zip_uint64_t)n && st == TL_OK; i++)
        st = read_entry(r, i, take, ctx);
    return st;
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
    if (st == TL_OK && !(r.zip = zip_open(path, ZIP_RDONLY, NULL)))
        st = broken(&r);
    if (st == TL_OK)
        st = read_all(&r, take, ctx);
    if (r.zip)
        zip_discard(r.zip);
    free(r.block);
    tl_buf_clear(&r.data);
    tl_map_free(r.names);
    return st;
}

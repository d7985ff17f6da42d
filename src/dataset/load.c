/* load.c - the folder of a set: its files against its manifest. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "dataset/dataset_priv.h"
#include "format/csv.h"

static bool is_csv(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".csv") == 0;
}

static tl_status check_rows(const char *name, const tl_file_view *view, int64_t expected,
                            tl_error *err)
{
    tl_csv *csv = NULL;
    bool more = true;
    int64_t rows = 0;
    tl_status st = tl_csv_open_memory(&csv, name, view->data, view->size, NULL, err);
    while (st == TL_OK && (st = tl_csv_next(csv, &more, err)) == TL_OK && more)
        rows++;
    tl_csv_close(csv);
    if (st == TL_OK && rows != expected)
        st = tl_fail(err, TL_EINPUT, "%s: %" PRId64 " rows found, the manifest says %" PRId64, name,
                     rows, expected);
    return st;
}

tl_status tl_dataset_file_check(const char *folder, const tl_dataset_file *file, tl_arena *arena,
                                tl_file_view *view, tl_error *err)
{
    char hex[TL_SHA256_HEX];
    const char *path = tl_path_join(arena, folder, file->path);
    *view = (tl_file_view){ 0 };
    if (!path)
        return tl_fail_nomem(err);
    tl_status st = tl_file_open(view, path, TL_DATASET_FILE_MAX_BYTES, err);
    if (st == TL_ENOTFOUND)
        return tl_fail(err, TL_EINPUT, "%s: the manifest names this file, it is not there", path);
    if (st != TL_OK || (st = tl_sha256_of(view->data, view->size, hex, err)) != TL_OK)
        return st;
    if (strcmp(hex, file->sha256) != 0)
        return tl_fail(err, TL_EINPUT, "%s: SHA-256 found %s, the manifest says %s", path, hex,
                       file->sha256);
    return is_csv(file->path) ? check_rows(path, view, file->rows, err) : TL_OK;
}

tl_status tl_dataset_load(tl_dataset *out, const char *folder, tl_arena *arena, tl_error *err)
{
    tl_status st = tl_dataset_manifest(out, folder, arena, err);
    for (size_t i = 0; i < out->file_count && st == TL_OK; i++) {
        tl_file_view view;
        st = tl_dataset_file_check(folder, &out->files[i], arena, &view, err);
        tl_file_close(&view);
    }
    return st;
}

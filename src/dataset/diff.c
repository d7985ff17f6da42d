/* diff.c - two editions of a set, file by file. */
#include "dataset/diff.h"

#include <string.h>

#include "dataset/dataset_priv.h"
#include "dataset/diff_priv.h"

const char *tl_change_name(tl_change change)
{
    static const char *const names[] = { "same", "added", "removed", "changed" };
    return names[change];
}

static const tl_dataset_file *find_file(const tl_dataset *set, const char *path)
{
    for (size_t i = 0; i < set->file_count; i++)
        if (strcmp(set->files[i].path, path) == 0)
            return &set->files[i];
    return NULL;
}

static tl_status read_folder(const char *folder, const tl_dataset_file *file, tl_arena *arena,
                             const char **data, size_t *n, tl_error *err)
{
    tl_file_view view;
    tl_status st = tl_dataset_file_check(folder, file, arena, &view, err);
    if (st == TL_OK) {
        *n = view.size;
        if (!(*data = tl_arena_copy(arena, view.data, view.size)))
            st = tl_fail_nomem(err);
    }
    tl_file_close(&view);
    return st;
}

static tl_status read_table(const tl_diff_side *side, const tl_dataset_file *file, tl_arena *arena,
                            tl_sheet *out, tl_error *err)
{
    const char *data = NULL;
    size_t n = 0;
    const char *name =
        tl_arena_printf(arena, "%s@%s/%s", side->set->id, side->set->version, file->path);
    if (!name)
        return tl_fail_nomem(err);
    tl_status st = side->store
                       ? tl_dataset_read(side->store, side->set, file->path, arena, &data, &n, err)
                       : read_folder(side->folder, file, arena, &data, &n, err);
    return st == TL_OK ? tl_sheet_read(out, name, data, n, arena, err) : st;
}

static tl_status compare(const tl_diff_side *from, const tl_diff_side *to,
                         const tl_dataset_file *now, tl_arena *arena, tl_diff_file *out,
                         tl_error *err)
{
    const tl_dataset_file *old = find_file(from->set, now->path);
    size_t n = strlen(now->path);
    tl_sheet a, b;
    tl_status st;
    out->path = now->path;
    out->change = !old                                    ? TL_CHANGE_ADDED
                  : strcmp(old->sha256, now->sha256) == 0 ? TL_CHANGE_NONE
                                                          : TL_CHANGE_CHANGED;
    if (out->change != TL_CHANGE_CHANGED || n < 5 || strcmp(now->path + n - 4, ".csv") != 0)
        return TL_OK;
    if ((st = read_table(from, old, arena, &a, err)) != TL_OK ||
        (st = read_table(to, now, arena, &b, err)) != TL_OK)
        return st;
    return tl_diff_tables(&a, &b, arena, out, err);
}

tl_status tl_dataset_diff(const tl_diff_side *from, const tl_diff_side *to, tl_arena *arena,
                          const tl_diff_file **out, size_t *n, tl_error *err)
{
    tl_diff_file *files =
        tl_arena_alloc(arena, from->set->file_count + to->set->file_count, sizeof *files);
    *out = files;
    *n = 0;
    if (!files)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < to->set->file_count; i++) {
        tl_status st = compare(from, to, &to->set->files[i], arena, &files[*n], err);
        if (st != TL_OK)
            return st;
        ++*n;
    }
    for (size_t i = 0; i < from->set->file_count; i++)
        if (!find_file(to->set, from->set->files[i].path))
            files[(*n)++] =
                (tl_diff_file){ .path = from->set->files[i].path, .change = TL_CHANGE_REMOVED };
    return TL_OK;
}

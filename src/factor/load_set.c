/* load_set.c - which files of an installed set hold factors. */
#include <string.h>

#include "base/text.h"
#include "factor/factor_priv.h"

static bool is_factor_file(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && strcmp(dot, ".csv") == 0 &&
           (strcmp(path, "factors.csv") == 0 || tl_text_starts(path, "factors-"));
}

tl_status tl_factor_load(tl_store *s, const tl_dataset *set, tl_arena *arena, int64_t *rows,
                         tl_error *err)
{
    size_t n = 0;
    tl_status st = TL_OK;
    *rows = 0;
    if (strcmp(set->kind, "factors") != 0)
        return tl_fail(err, TL_EINPUT, "set %s is of kind %s, expected factors", set->id,
                       set->kind);
    tl_factor_text *texts = tl_arena_alloc(arena, set->file_count + 1, sizeof *texts);
    if (!texts)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < set->file_count && st == TL_OK; i++) {
        const char *path = set->files[i].path;
        if (!is_factor_file(path))
            continue;
        texts[n].name = tl_arena_printf(arena, "%s/%s", set->id, path);
        st = texts[n].name ? tl_dataset_read(s, set, path, arena, &texts[n].data, &texts[n].n, err)
                           : tl_fail_nomem(err);
        n++;
    }
    if (st == TL_OK && n == 0)
        st = tl_fail(err, TL_EINPUT, "set %s has no file factors.csv or factors-*.csv", set->id);
    const tl_factor_batch batch = { set->id, set->version, texts, n, NULL };
    return st == TL_OK ? tl_factor_load_batch(s, &batch, rows, err) : st;
}

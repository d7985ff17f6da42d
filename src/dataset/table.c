/* table.c - bytes of an installed file to rows. */
#include "dataset/table.h"

#include <assert.h>

tl_status tl_table_read(tl_table *out, const tl_table_reader *r, const char *file,
                        const char *const *names, size_t n, tl_error *err)
{
    const char *data, *name = tl_arena_printf(r->arena, "%s/%s", r->set->id, file);
    size_t size;
    assert(n <= TL_TABLE_COLUMNS);
    *out = (tl_table){ 0 };
    if (!name)
        return tl_fail_nomem(err);
    tl_status st = tl_dataset_read(r->store, r->set, file, r->arena, &data, &size, err);
    if (st == TL_OK)
        st = tl_sheet_read(&out->sheet, name, data, size, r->arena, err);
    return st == TL_OK ? tl_sheet_columns(&out->sheet, names, n, out->at, err) : st;
}

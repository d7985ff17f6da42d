/* part_columns.c - the columns are found first, then the cells of a row are put. */
#include "report/part_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "registry/record_table.h"

enum { SHOWN_DECIMALS = 2 };

struct tl_part_columns {
    tl_map *map;    /* owned; column -> its place */
    double *values; /* owned; of one row, a slot a column */
    tl_buf name;    /* of a column */
};

/* The place of a part's column; a new one where it is met for the first time. */
static tl_status place_of(tl_part_columns *p, const tl_record_part *part, size_t *place,
                          tl_error *err)
{
    bool was;
    tl_buf_reset(&p->name);
    tl_status st = tl_record_part_column(part, &p->name, err);
    return st == TL_OK ? tl_map_add(p->map, (tl_span){ p->name.data, p->name.len },
                                    tl_map_size(p->map), place, &was, err)
                       : st;
}

static tl_status find(tl_part_columns *p, const tl_record *x, tl_error *err)
{
    size_t place;
    for (size_t k = 0; k < x->n_parts; k++) {
        tl_status st = place_of(p, &x->parts[k], &place, err);
        if (st != TL_OK)
            return tl_context(err, st, "record '%.100s'", x->id);
    }
    return TL_OK;
}

tl_status tl_part_columns_new(tl_part_columns **out, tl_part_columns_at at, const void *ctx,
                              size_t n, tl_error *err)
{
    tl_part_columns *p = *out = tl_new_array(1, sizeof *p);
    if (!p)
        return tl_fail_nomem(err);
    tl_buf_init(&p->name, 0);
    tl_status st = tl_map_new(&p->map, err);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = find(p, at(ctx, i), err);
    if (st == TL_OK && !(p->values = tl_new_array(tl_map_size(p->map), sizeof *p->values)))
        st = tl_fail_nomem(err);
    if (st == TL_OK)
        return TL_OK;
    tl_part_columns_free(p);
    *out = NULL;
    return st;
}

void tl_part_columns_free(tl_part_columns *p)
{
    if (!p)
        return;
    tl_buf_clear(&p->name);
    tl_map_free(p->map);
    free(p->values);
    free(p);
}

tl_status tl_part_columns_after(const tl_part_columns *p, const tl_column *before, size_t n_before,
                                tl_arena *arena, tl_column **out, size_t *n, tl_error *err)
{
    const size_t parts = tl_map_size(p->map);
    tl_column *columns = tl_arena_alloc(arena, n_before + parts, sizeof *columns);
    if (!columns)
        return tl_fail_nomem(err);
    memcpy(columns, before, n_before * sizeof *before);
    for (size_t i = 0; i < parts; i++) {
        const char *key = tl_arena_str(arena, tl_map_key(p->map, i));
        if (!key)
            return tl_fail_nomem(err);
        columns[n_before + i] = (tl_column){ .key = key,
                                             .name = { key, key },
                                             .kind = TL_COLUMN_NUMBER,
                                             .decimals = SHOWN_DECIMALS,
                                             .files_only = true };
    }
    *out = columns;
    *n = n_before + parts;
    return TL_OK;
}

tl_status tl_part_columns_put(tl_part_columns *p, tl_report *r, const tl_record *x, tl_error *err)
{
    const size_t parts = tl_map_size(p->map);
    size_t place;
    for (size_t i = 0; i < parts; i++)
        p->values[i] = NAN;
    for (size_t k = 0; k < x->n_parts; k++) {
        tl_status st = place_of(p, &x->parts[k], &place, err);
        if (st != TL_OK)
            return st;
        p->values[place] = x->parts[k].value;
    }
    for (size_t i = 0; i < parts; i++)
        tl_report_number(r, p->values[i]);
    return TL_OK;
}

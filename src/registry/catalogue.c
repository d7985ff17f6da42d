/* catalogue.c - reading the catalogue of product footprints. */
#include "registry/catalogue.h"

#include <stdlib.h>
#include <string.h>

static const char *text(tl_query *q, int column, tl_arena *arena, bool *full)
{
    const char *t = tl_query_get_text(q, column);
    const char *kept = t ? tl_arena_str(arena, t) : "";
    *full = *full || !kept;
    return kept;
}

static tl_status read_row(tl_query *q, tl_arena *arena, tl_catalogue_row *out, tl_error *err)
{
    bool full = false;
    const char *kind = text(q, 1, arena, &full);
    *out = (tl_catalogue_row){
        .id = text(q, 0, arena, &full),
        .kind = kind && strcmp(kind, "epd") == 0 ? TL_RECORD_EPD : TL_RECORD_PCF,
        .product = text(q, 2, arena, &full),
        .maker = text(q, 3, arena, &full),
        .category = text(q, 4, arena, &full),
        .value = tl_query_get_number(q, 5),
        .unit = text(q, 6, arena, &full),
        .boundary = text(q, 7, arena, &full),
        .year = tl_query_get_int(q, 8),
        .verifier = text(q, 9, arena, &full),
        .published_on = text(q, 10, arena, &full),
    };
    return full ? tl_fail_nomem(err) : TL_OK;
}

tl_status tl_catalogue_read(tl_store *s, tl_arena *arena, const tl_catalogue_row **out, size_t *n,
                            tl_error *err)
{
    tl_query *q;
    bool row;
    tl_catalogue_row *rows = NULL, *kept = NULL;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "record_version.catalogue", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = tl_grow(&rows, &cap, *n + 1, sizeof *rows, err)) != TL_OK ||
            (st = read_row(q, arena, &rows[(*n)++], err)) != TL_OK)
            break;
    tl_query_reset(q);
    if (st == TL_OK && !(kept = tl_arena_alloc(arena, *n + 1, sizeof *kept)))
        st = tl_fail_nomem(err);
    if (st == TL_OK && *n)
        memcpy(kept, rows, *n * sizeof *kept);
    *out = kept;
    free(rows);
    return st;
}

/* topics.c - counting what is installed. */
#include "factor/topics.h"

#include <stdlib.h>
#include <string.h>

tl_status tl_factor_counts(tl_store *s, tl_arena *arena, const tl_factor_count **out, size_t *n,
                           tl_error *err)
{
    tl_query *q;
    bool row;
    tl_factor_count *rows = NULL, *kept;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "factor.count", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_grow(&rows, &cap, *n + 1, sizeof *rows, err)) != TL_OK)
            break;
        tl_factor_count *c = &rows[(*n)++];
        *c = (tl_factor_count){ tl_arena_str(arena, tl_query_get_text(q, 0)),
                                tl_arena_str(arena, tl_query_get_text(q, 1)),
                                tl_arena_str(arena, tl_query_get_text(q, 2)),
                                tl_query_get_int(q, 3), tl_query_get_int(q, 4) };
        if (!c->category || !c->set || !c->version) {
            st = tl_fail_nomem(err);
            break;
        }
    }
    tl_query_reset(q);
    if (st == TL_OK && (kept = tl_arena_alloc(arena, *n + 1, sizeof *kept)) != NULL) {
        if (*n)
            memcpy(kept, rows, *n * sizeof *kept);
        *out = kept;
    } else if (st == TL_OK) {
        st = tl_fail_nomem(err);
    }
    free(rows);
    return st;
}

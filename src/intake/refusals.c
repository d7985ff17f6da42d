/* refusals.c - rows and reasons in a list. */
#include "intake/refusals.h"

#include <stdlib.h>
#include <string.h>

tl_status tl_refusals_add(tl_refusals *r, size_t row, const char *reason, tl_error *err)
{
    const char *kept = tl_arena_str(r->arena, reason);
    if (!kept)
        return tl_fail_nomem(err);
    tl_status st = tl_grow(&r->items, &r->cap, r->n + 1, sizeof *r->items, err);
    if (st == TL_OK)
        r->items[r->n++] = (tl_row_refusal){ row, kept };
    return st;
}

static int by_row(const void *a, const void *b)
{
    size_t x = ((const tl_row_refusal *)a)->row, y = ((const tl_row_refusal *)b)->row;
    return (x > y) - (x < y);
}

tl_status tl_refusals_sorted(tl_refusals *r, const tl_row_refusal **out, tl_error *err)
{
    tl_row_refusal *list = tl_arena_alloc(r->arena, r->n + 1, sizeof *list);
    *out = list;
    if (!list)
        return tl_fail_nomem(err);
    if (r->n) {
        memcpy(list, r->items, r->n * sizeof *list);
        qsort(list, r->n, sizeof *list, by_row);
    }
    return TL_OK;
}

void tl_refusals_clear(tl_refusals *r)
{
    free(r->items);
    *r = (tl_refusals){ 0 };
}

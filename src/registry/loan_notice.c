/* loan_notice.c - which facilities a correction concerns. */
#include "registry/loan_notice.h"

static const char *column(tl_query *q, int i, tl_arena *arena, bool *full)
{
    const char *text = tl_query_get_text(q, i), *copy = tl_arena_str(arena, text ? text : "");
    *full = *full || !copy;
    return copy;
}

static void read_row(tl_query *q, tl_arena *arena, void *item, bool *full)
{
    *(tl_loan_notice *)item = (tl_loan_notice){ .facility = column(q, 0, arena, full),
                                                .tenant = column(q, 1, arena, full),
                                                .record = column(q, 2, arena, full),
                                                .version = tl_query_get_int(q, 3),
                                                .before = tl_query_get_number(q, 4),
                                                .after = tl_query_get_number(q, 5),
                                                .product = column(q, 6, arena, full),
                                                .reason = column(q, 7, arena, full),
                                                .published_on = column(q, 8, arena, full) };
}

tl_status tl_loan_notices(tl_store *s, const char *since, tl_arena *arena,
                          const tl_loan_notice **out, size_t *n, tl_error *err)
{
    tl_query *q;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "facility_car.corrected", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, since);
    return tl_query_all(q, read_row, sizeof **out, arena, out, n, err);
}

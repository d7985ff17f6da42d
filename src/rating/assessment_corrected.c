/* assessment_corrected.c - published results that were replaced, and how many rest on a definition.
 */
#include "rating/assessment_priv.h"

tl_status tl_assessment_corrected(tl_store *s, const char *from, size_t most, tl_arena *arena,
                                  const tl_assessment **out, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_assessment *all = tl_arena_alloc(arena, most ? most : 1, sizeof *all);
    tl_status st = all ? tl_store_query(s, "assessment.corrected", &q, err) : tl_fail_nomem(err);
    *n = 0;
    *out = all;
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, from);
    tl_query_int(q, 2, (int64_t)most);
    while (*n < most && (st = tl_query_step(q, &row, err)) == TL_OK && row) {
        tl_stored_version v;
        if ((st = tl_version_read(q, arena, &v, err)) != TL_OK)
            break;
        all[(*n)++] = v.a;
    }
    tl_query_reset(q);
    return st;
}

tl_status tl_assessment_uses(tl_store *s, const char *index, const char *version, int64_t *out,
                             tl_error *err)
{
    tl_query *q;
    bool row;
    *out = 0;
    tl_status st = tl_store_query(s, "assessment.uses", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, index);
    tl_query_text(q, 2, version);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *out = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

/* supplier_factor.c - names are compared folded, and only where the material is the one asked for:
 * folding costs more than the rest of a line. */
#include "footprint/supplier_factor.h"

#include <math.h>
#include <string.h>

#include "format/fold.h"

tl_status tl_supplier_same(const char *a, const char *b, bool *same, tl_error *err)
{
    tl_arena *scratch = NULL;
    const char *x = NULL, *y = NULL;
    *same = strcmp(a, b) == 0;
    if (*same)
        return TL_OK;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = tl_fold(a, scratch, &x, err);
    if (st == TL_OK)
        st = tl_fold(b, scratch, &y, err);
    if (st == TL_OK)
        *same = strcmp(x, y) == 0;
    tl_arena_free(scratch);
    return st;
}

tl_status tl_supplier_factor_find(const tl_supplier_factor *list, size_t n, const char *material,
                                  const char *supplier, const tl_supplier_factor **out,
                                  tl_error *err)
{
    *out = NULL;
    for (size_t i = 0; *supplier && i < n; i++) {
        bool same = false;
        tl_status st = tl_supplier_same(list[i].material, material, &same, err);
        if (st == TL_OK && same)
            st = tl_supplier_same(list[i].supplier, supplier, &same, err);
        if (st != TL_OK)
            return st;
        if (same && !isfinite(list[i].kg_co2e_per_kg))
            return tl_fail(err, TL_ENUMERIC, "%s: the value for %s is no finite number",
                           list[i].pin, material);
        if (same) {
            *out = &list[i];
            return TL_OK;
        }
    }
    return TL_OK;
}

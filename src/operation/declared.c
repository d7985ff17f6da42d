/* declared.c - footprint knows nothing of the register, so the value is handed down from here. */
#include "operation/declared.h"

#include "registry/epd.h"

tl_status tl_declared_car_model(tl_car_model *out, tl_store *s, const tl_setting *settings,
                                size_t n, tl_arena *arena, tl_error *err)
{
    tl_status st = tl_car_model_open(out, s, settings, n, arena, err);
    if (st != TL_OK)
        return st;
    st = tl_epd_factors(s, arena, &out->supplier_factors, &out->supplier_factor_count, err);
    if (st != TL_OK)
        tl_car_model_close(out);
    return st;
}

/* intensity.c - one division, checked. */
#include "footprint/intensity.h"

#include <math.h>

tl_status tl_material_intensity(double footprint_t, double share, double mass_kg, double *out,
                                tl_error *err)
{
    if (!isfinite(footprint_t) || footprint_t < 0)
        return tl_fail(err, TL_EINPUT, "footprint %g t: expected a number of tonnes", footprint_t);
    if (!isfinite(share) || share < 0 || share > 1)
        return tl_fail(err, TL_EINPUT, "share %g: expected 0 to 1", share);
    if (!isfinite(mass_kg) || mass_kg <= 0)
        return tl_fail(err, TL_EINPUT, "mass %g kg: expected a mass above 0", mass_kg);
    double v = footprint_t * share / mass_kg;
    if (!isfinite(v))
        return tl_fail(err, TL_EINPUT, "%g t on %g kg: too large for a number", footprint_t,
                       mass_kg);
    *out = v;
    return TL_OK;
}

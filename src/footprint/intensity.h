/* intensity.h - emission intensity of a material from what a maker publishes of a whole car.
 *
 * intensity = cradle-to-gate footprint of the car x share of the material / mass of the material,
 * as IPE does for Polestar (report of October 2024, table 3-5-3). */
#ifndef TL_FOOTPRINT_INTENSITY_H
#define TL_FOOTPRINT_INTENSITY_H

#include "base/error.h"

/* footprint_t in t CO2e a car, share 0..1, mass_kg of the material; *out in t CO2e per kg.
 * TL_EINPUT for anything that is not finite, negative, a share above 1 or a mass of 0. */
TL_MUST_CHECK tl_status tl_material_intensity(double footprint_t, double share, double mass_kg,
                                              double *out, tl_error *err);

#endif

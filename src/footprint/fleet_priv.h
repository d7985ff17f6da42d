/* fleet_priv.h - the step between computing and showing a fleet. */
#ifndef TL_FOOTPRINT_FLEET_PRIV_H
#define TL_FOOTPRINT_FLEET_PRIV_H

#include "footprint/fleet.h"

/* Finds categories, means, ranks, classes and makers of the cars in f. */
TL_MUST_CHECK tl_status tl_fleet_group(tl_fleet *f, tl_arena *arena, tl_error *err);

#endif

/* peer_priv.h - a car beside the mean of its category, whether just computed or kept. */
#ifndef TL_REGISTRY_PEER_PRIV_H
#define TL_REGISTRY_PEER_PRIV_H

#include <math.h>

#include "registry/peer.h"

/* A car is below a mean only by more than the rounding of a sum of equal numbers. */
#define TL_MEAN_ROUNDING 1e-12

/* Fills in mean, distance and side. */
static inline void tl_benchmark_to_mean(tl_benchmark *b, double g_km, double mean_g_km)
{
    const double distance = g_km - mean_g_km;
    b->mean_g_km = mean_g_km;
    b->below = distance < -TL_MEAN_ROUNDING * fabs(mean_g_km);
    if (mean_g_km > 0)
        b->to_mean = distance / mean_g_km;
}

#endif

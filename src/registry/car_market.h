/* car_market.h - price bands, new energy powertrains and country styles: the set car-market. */
#ifndef TL_REGISTRY_CAR_MARKET_H
#define TL_REGISTRY_CAR_MARKET_H

#include "base/memory.h"
#include "store/store.h"

typedef struct tl_price_band {
    const char *id, *currency, *en, *zh;
    double from, below; /* from is in the band, below is not; INFINITY = no upper end */
} tl_price_band;

typedef struct tl_car_style {
    const char *country, *style, *en, *zh; /* country: ISO 3166-1 alpha-2 */
} tl_car_style;

/* In the order of the files. */
typedef struct tl_car_market {
    const tl_price_band *bands;
    const char *const *new_energy; /* powertrains */
    const tl_car_style *styles;
    const char *const *joint; /* companies of owners in two countries: without style */
    size_t n_bands, n_new_energy, n_styles, n_joint;
    const char *version, *checksum;
} tl_car_market;

/* TL_ENOTFOUND where the set is not installed, TL_EINPUT for a band whose end is not above its
 * beginning, that has no currency, or whose id stands twice. */
TL_MUST_CHECK tl_status tl_car_market_load(tl_car_market *out, tl_store *s, tl_arena *arena,
                                           tl_error *err);

#endif

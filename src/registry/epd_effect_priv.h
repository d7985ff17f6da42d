/* epd_effect_priv.h - factors in the place of those that are saved, and the cars they move. */
#ifndef TL_REGISTRY_EPD_EFFECT_PRIV_H
#define TL_REGISTRY_EPD_EFFECT_PRIV_H

#include "base/map.h"
#include "registry/epd_preview.h"
#include "registry/epd_priv.h"

/* What of a declaration is to be used: one factor for the supplier, or one a name of the owner
 * where supplier is NULL. */
TL_MUST_CHECK tl_status tl_epd_factors_meant(tl_store *s, const char *record, const char *material,
                                             const char *supplier, tl_arena *arena,
                                             tl_supplier_factor **out, size_t *n, int64_t *version,
                                             tl_error *err);

/* g/km of every car whose bill one of the factors speaks of, before and after; by id of the car. */
TL_MUST_CHECK tl_status tl_epd_effects_of(tl_store *s, const tl_supplier_factor *factors, size_t n,
                                          tl_arena *arena, tl_epd_effect **out, size_t *n_out,
                                          tl_error *err);

/* epd_use.c: kg CO2e per kg of a declared value. */
TL_MUST_CHECK tl_status tl_epd_per_kg(const tl_record *r, double *out, tl_error *err);

/* epd_preview_loan.c: fills the loans; cars that move are found by id in places (value: place in
 * p->cars). */
TL_MUST_CHECK tl_status tl_epd_preview_loans(tl_store *s, const tl_map *places, tl_arena *arena,
                                             tl_epd_preview *p, tl_error *err);

/* epd_preview_hash.c */
TL_MUST_CHECK tl_status tl_epd_preview_seal(tl_epd_preview *p, tl_error *err);

#endif

/* batch_priv.h - what the files of batch.h share. */
#ifndef TL_REGISTRY_BATCH_PRIV_H
#define TL_REGISTRY_BATCH_PRIV_H

#include "registry/batch.h"
#include "registry/record_priv.h"

/* The batch without its counts of records. */
TL_MUST_CHECK tl_status tl_batch_find(tl_store *s, const char *id, tl_arena *arena, tl_batch *out,
                                      bool *found, tl_error *err);

/* batch_car.c */

/* What all cars of one fleet have in common. In the arena. */
typedef struct tl_batch_model {
    const tl_car_model *m;
    const char *pins;   /* JSON in canonical form */
    const char *method; /* with the settings that differ from the defaults */
    const char *region; /* of the electricity, "" where it is not chosen */
} tl_batch_model;

TL_MUST_CHECK tl_status tl_batch_model_make(const tl_car_model *m, tl_arena *arena,
                                            tl_batch_model *out, tl_error *err);

/* The record of a computed car, without company; texts borrowed from car and model, parts in the
 * arena. spread may be NULL. */
TL_MUST_CHECK tl_status tl_batch_car_record(const tl_batch_model *b, const tl_fleet_car *car,
                                            const tl_spread *spread, tl_arena *arena,
                                            tl_record *out, tl_error *err);

/* batch_declared.c */

/* The pins of a model and of n declared factors, as JSON in canonical form. */
TL_MUST_CHECK tl_status tl_batch_pins(const tl_car_model *m,
                                      const tl_supplier_factor *const *declared, size_t n,
                                      tl_arena *arena, const char **out, tl_error *err);

/* Adds to a record which declarations the lines of the car's bill were counted with: as pins, and
 * in words as evidence. Without any the record stays as it is. TL_EINPUT where that cannot be kept.
 */
TL_MUST_CHECK tl_status tl_batch_car_declared(const tl_batch_model *b, const tl_vehicle_part *parts,
                                              size_t n_parts, tl_arena *arena, tl_record *r,
                                              tl_error *err);

#endif

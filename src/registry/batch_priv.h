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

#endif

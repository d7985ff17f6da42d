/* batch.h - many records through the steps together: a publication round.
 *
 * A batch is interrupted at any moment without harm: each step works in transactions of some
 * hundred records, and doing it again goes on where it stopped. */
#ifndef TL_REGISTRY_BATCH_H
#define TL_REGISTRY_BATCH_H

#include "base/log.h"
#include "footprint/fleet.h"
#include "registry/record.h"

typedef struct tl_batch {
    const char *id, *title, *created_on;                           /* id: "2026-q4" */
    int64_t records, preliminary, review, recalculated, published; /* newest versions */
    int64_t refused; /* cars without a footprint, with reasons in batch_refusal */
} tl_batch;

/* Puts every computed car of the fleet into the batch as a preliminary record (the value, stages,
 * materials, grade, pins and input hash of the fleet), and its refusals beside it, together
 * with cars that cannot be a record. Preliminary records are written anew. Cars whose published
 * record has the same value and pins stay as they are, and so do those in review or recalculated:
 * what people corrected there is not undone. Opens the batch where it is not there. Outside a
 * transaction: it makes its own. Texts of *out live in the arena. */
TL_MUST_CHECK tl_status tl_batch_add_fleet(tl_store *s, const char *id, const char *title,
                                           const tl_fleet *fleet, const tl_car_model *m,
                                           const char *who, const tl_log *progress, tl_arena *arena,
                                           tl_batch *out, tl_error *err);

/* One step for every record of the batch that can take it; *done counts them. TL_EINPUT for a
 * withdrawal, which needs a reason for each. Outside a transaction: it makes its own; one audit
 * entry a transaction names how many and the seal of the last. */
TL_MUST_CHECK tl_status tl_batch_take(tl_store *s, const char *id, tl_record_step step,
                                      const char *day, const char *who, const tl_log *progress,
                                      int64_t *done, tl_error *err);

TL_MUST_CHECK tl_status tl_batch_get(tl_store *s, const char *id, tl_arena *arena, tl_batch *out,
                                     tl_error *err);
TL_MUST_CHECK tl_status tl_batch_list(tl_store *s, tl_arena *arena, const tl_batch **out, size_t *n,
                                      tl_error *err);

/* Counts the records of one company alone; what of its cars was not computed is not told. */
TL_MUST_CHECK tl_status tl_batch_narrow(tl_store *s, const char *company, tl_batch *b,
                                        tl_error *err);

/* Ids of its records in byte order. */
TL_MUST_CHECK tl_status tl_batch_records(tl_store *s, const char *id, tl_arena *arena,
                                         const char *const **out, size_t *n, tl_error *err);

#endif

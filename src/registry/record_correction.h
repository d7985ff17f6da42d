/* record_correction.h - published footprints that were corrected or withdrawn: nothing of it is
 * hidden, so whoever quoted an old number can find out. */
#ifndef TL_REGISTRY_RECORD_CORRECTION_H
#define TL_REGISTRY_RECORD_CORRECTION_H

#include "registry/record.h"

typedef struct tl_record_correction {
    const char *record, *product, *maker;
    tl_record_kind kind;
    int64_t version; /* the new one, or the one withdrawn */
    bool withdrawn;
    double before, after; /* NAN: withdrawn */
    const char *unit_before, *unit;
    const char *day, *day_before; /* of the correction; when the old number was published */
    const char *reason;
} tl_record_correction;

/* Newest first, those since the ISO day `from` ("" = all), `most` of them. In the arena. */
TL_MUST_CHECK tl_status tl_record_corrections(tl_store *s, const char *from, size_t most,
                                              tl_arena *arena, const tl_record_correction **out,
                                              size_t *n, tl_error *err);

/* Batches a record came in, by id: the audit chain names them where many were changed at once. */
TL_MUST_CHECK tl_status tl_record_batches(tl_store *s, const char *record, tl_arena *arena,
                                          const char *const **out, size_t *n, tl_error *err);

/* How many published records were computed with this version of a data set. */
TL_MUST_CHECK tl_status tl_record_uses(tl_store *s, const char *set, const char *version,
                                       int64_t *out, tl_error *err);

#endif

/* origin.h - how a published number came about: versions, seals, what it rests on, who changed
 * what.
 *
 * What is public of it is told to anybody: when something was published, corrected or installed,
 * and whether it still is what was sealed. Who did it, and the steps before, are for those who may
 * read the audit chain. */
#ifndef TL_OPERATION_ORIGIN_H
#define TL_OPERATION_ORIGIN_H

#include "operation/operation.h"

/* A report of an origin as it is put together. Tables in the order of the calls. */
typedef struct tl_origin {
    tl_call *c;
    tl_report *r;
    bool sound;           /* all that was looked at agrees */
    const char **objects; /* of the audit chain, in the arena */
    size_t n_objects, cap;
} tl_origin;

/* Entries of this object belong to it. */
TL_MUST_CHECK tl_status tl_origin_object(tl_origin *o, const char *object, tl_error *err);

/* The table of what it rests on, and a row of it: is it installed with this very checksum? */
void tl_origin_pins(tl_origin *o);
TL_MUST_CHECK tl_status tl_origin_pin(tl_origin *o, const char *id, const char *version,
                                      const char *checksum, tl_error *err);

/* The table of what was done, newest first. */
TL_MUST_CHECK tl_status tl_origin_changes(tl_origin *o, tl_error *err);

/* Of a record; of a rating. */
TL_MUST_CHECK tl_status tl_origin_record(tl_origin *o, const char *id, tl_error *err);
TL_MUST_CHECK tl_status tl_origin_rating(tl_origin *o, const char *company, tl_error *err);

#endif

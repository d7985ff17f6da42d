/* record.h - published footprints: cars, materials and parts, EPDs; each with versions and steps.
 *
 * A record is one product's footprint for ever; its versions 1, 2, 3... say what was published
 * when. Nothing published is overwritten: a correction is version n+1 with a reason, and who asks
 * for version n sees it together with the number of the version that replaced it.
 *
 *   preliminary -> review -> recalculated -> published -> superseded | expired | withdrawn
 *
 * `recalculated` comes after a review that brought a correction; a review without one leads
 * straight to published. Every function works inside the caller's transaction and writes its audit
 * entry; after a failure the caller rolls back. `who` is the person acting. */
#ifndef TL_REGISTRY_RECORD_H
#define TL_REGISTRY_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/memory.h"
#include "store/store.h"

typedef enum tl_record_kind { TL_RECORD_VEHICLE, TL_RECORD_PCF, TL_RECORD_EPD } tl_record_kind;
typedef enum tl_record_state {
    TL_RECORD_PRELIMINARY,
    TL_RECORD_REVIEW,
    TL_RECORD_RECALCULATED,
    TL_RECORD_PUBLISHED,
    TL_RECORD_SUPERSEDED,
    TL_RECORD_EXPIRED,
    TL_RECORD_WITHDRAWN
} tl_record_state;

const char *tl_record_kind_name(tl_record_kind kind);    /* "vehicle", "pcf", "epd" */
const char *tl_record_state_name(tl_record_state state); /* "preliminary", ... */

/* A share of the value: kind "stage" or "material", or another "indicator" of an EPD. */
typedef struct tl_record_part {
    const char *kind, *key; /* key: id of a stage or material of the car rule, or of an indicator */
    double value;
    const char *unit; /* as the value's, where kind is stage or material */
} tl_record_part;

/* Text is "" where nothing is said, numbers NAN. */
typedef struct tl_record {
    const char *id; /* "ademe-35145f246eae", "epd-..."; lower-case letters, digits, '-' */
    int64_t version;
    tl_record_kind kind;
    tl_record_state state;
    const char *product;       /* name as published */
    const char *maker;         /* as printed: brand of a car, mill of an EPD */
    const char *company;       /* id in the register of companies, or "" */
    const char *disclosure_id; /* see disclosure_id.h */
    /* cars */
    const char *series, *size_class, *body, *powertrain, *launched; /* ISO day or month */
    double kerb_mass_kg, price;
    const char *currency;
    /* the footprint */
    double value;     /* in `unit` */
    const char *unit; /* "g CO2e/km" (functional unit), "kg CO2e/kg" (declared unit), ... */
    const char *boundary, *method, *region, *grade, *verifier, *evidence;
    int64_t year;                         /* of the data, 0 = not stated */
    double uncertainty;                   /* relative, half width of 95%; NAN = missing, never 0 */
    double primary_share;                 /* 0..1 */
    const char *valid_from, *valid_until; /* ISO days */
    const char *pins;                     /* JSON: data sets with version and checksum */
    const char *input_hash;               /* of everything the value was computed from */
    const tl_record_part *parts;
    size_t n_parts;
    /* the version */
    const char *reason; /* why it exists, from version 2 on */
    const char *author, *published_on;
    int64_t replaced_by;                  /* version that took its place, 0 = none */
    const char *ended_on, *ended_because; /* day and reason of the end; "" while it is in force */
    const char *hash; /* seal of a published version, see record_chain.h; "" before */
} tl_record;

/* TL_EINPUT names the field. */
TL_MUST_CHECK tl_status tl_record_check(const tl_record *r, tl_error *err);

/* Writes r as the preliminary version of its id: version 1, or n+1 of a published record, or
 * rewrites the one that is preliminary, in review or recalculated; a reason is needed from version
 * 2 on and from the review on. *same is true where that very content is there already. Used: all
 * but version, state, author, published_on, replaced_by, ended_on, ended_because, hash. NULL texts
 * are "". */
TL_MUST_CHECK tl_status tl_record_put(tl_store *s, const tl_record *r, const char *who, bool *same,
                                      tl_error *err);

typedef enum tl_record_step {
    TL_RECORD_ASK,         /* preliminary -> review */
    TL_RECORD_RECALCULATE, /* review -> recalculated: after tl_record_put brought a new value */
    TL_RECORD_PUBLISH,     /* review or recalculated -> published; the version before: superseded */
    TL_RECORD_EXPIRE,      /* published -> expired */
    TL_RECORD_WITHDRAW     /* published -> withdrawn; needs a reason */
} tl_record_step;

/* One step on `day` (ISO; "" = today UTC): of the newest version; expiry and withdrawal of the one
 * that is published, also while a correction of it is open. What was changed in review must be
 * recalculated before it can be published. TL_ECONFLICT where the state does not allow it: of two
 * people publishing at once one is refused, by name of the state found. reason may be NULL but for
 * a withdrawal. */
TL_MUST_CHECK tl_status tl_record_take(tl_store *s, const char *id, tl_record_step step,
                                       const char *day, const char *reason, const char *who,
                                       tl_error *err);

/* Version n; 0 = the published one (or the one last published), -1 = the newest. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_record_get(tl_store *s, const char *id, int64_t version, tl_arena *arena,
                                      tl_record *out, tl_error *err);

/* All versions, oldest first, without parts. */
TL_MUST_CHECK tl_status tl_record_versions(tl_store *s, const char *id, tl_arena *arena,
                                           const tl_record **out, size_t *n, tl_error *err);

/* A remark of the company on a preliminary result; kept and shown, changes no value. */
typedef struct tl_record_feedback {
    const char *at, *by, *text;
    double proposed; /* value the company thinks right, NAN = none */
    const char *evidence;
} tl_record_feedback;
TL_MUST_CHECK tl_status tl_record_say(tl_store *s, const char *id, const tl_record_feedback *f,
                                      const char *who, tl_error *err);
TL_MUST_CHECK tl_status tl_record_feedback_list(tl_store *s, const char *id, tl_arena *arena,
                                                const tl_record_feedback **out, size_t *n,
                                                tl_error *err);

#endif

/* epd.h - the programme of environmental product declarations for steel and aluminium (SPEC 3.10).
 *
 *   draft -> with the verifier -> registered -> updated | expired | withdrawn
 *
 * A declaration is a record of kind TL_RECORD_EPD (its value the global warming potential per
 * declared unit, its other indicators parts); this adds the product category rules it follows, the
 * dialogue with the verifier, the registration number, and what happens when time or data move. The
 * verifier belongs neither to the owner nor to a parent or subsidiary of it. Inside the caller's
 * transaction, audited. */
#ifndef TL_REGISTRY_EPD_H
#define TL_REGISTRY_EPD_H

#include "footprint/fleet.h"
#include "registry/record.h"
#include "store/viewer.h"

typedef struct tl_pcr {
    const char *id, *title_en, *title_zh, *version, *valid_until, *source;
} tl_pcr;

typedef struct tl_epd {
    const char *record;                         /* id of the record */
    const char *pcr, *programme, *registration; /* registration "" before */
    const char *owner;                          /* company id */
    const char *verifier, *verifier_company;    /* person; company id */
    const char *valid_until;
    size_t open_questions;
} tl_epd;

typedef struct tl_epd_question {
    int64_t id;
    const char *asked_on, *asked_by, *text;
    const char *answered_on, *answered_by, *answer; /* "" while open */
    const char *closed_on, *closed_by;
} tl_epd_question;

TL_MUST_CHECK tl_status tl_pcr_put(tl_store *s, const tl_pcr *p, const char *who, tl_error *err);
TL_MUST_CHECK tl_status tl_pcr_list(tl_store *s, tl_arena *arena, const tl_pcr **out, size_t *n,
                                    tl_error *err);

/* Opens a declaration over a preliminary record of kind epd; used of e: record, pcr, programme,
 * owner. TL_ENOTFOUND for an unknown PCR, company or record. */
TL_MUST_CHECK tl_status tl_epd_open(tl_store *s, const tl_epd *e, const char *who, tl_error *err);

/* Its refusals that are not about the record: programme, rules and owner of e. */
TL_MUST_CHECK tl_status tl_epd_opening_check(tl_store *s, const tl_epd *e, tl_arena *arena,
                                             tl_error *err);

/* Names the verifier and hands over; TL_EFORBIDDEN where verifier and owner are the same company or
 * related by parents, or the verifier wrote the record or hands it over. A registered declaration
 * is handed over again with its next version: that is the update. TL_ECONFLICT under a PCR that is
 * no longer valid. Every `day` here is an ISO day, "" = today UTC. */
TL_MUST_CHECK tl_status tl_epd_submit(tl_store *s, const char *record, const char *verifier,
                                      const char *verifier_company, const char *day,
                                      const char *who, tl_error *err);

/* The verifier asks, anybody else answers once, the verifier closes what is answered. TL_EFORBIDDEN
 * for the wrong person, TL_ECONFLICT at the wrong time. */
TL_MUST_CHECK tl_status tl_epd_ask(tl_store *s, const char *record, const char *text,
                                   const char *day, const char *who, int64_t *question,
                                   tl_error *err);
TL_MUST_CHECK tl_status tl_epd_answer(tl_store *s, int64_t question, const char *text,
                                      const char *day, const char *who, tl_error *err);
TL_MUST_CHECK tl_status tl_epd_close(tl_store *s, int64_t question, const char *day,
                                     const char *who, tl_error *err); /* the verifier only */

/* Registers (publishes) it under a number, valid for years (5 by default); TL_ECONFLICT while a
 * question is open; the verifier only. */
TL_MUST_CHECK tl_status tl_epd_register(tl_store *s, const char *record, const char *registration,
                                        int years, const char *day, const char *who, tl_error *err);

TL_MUST_CHECK tl_status tl_epd_get(tl_store *s, const char *record, tl_arena *arena, tl_epd *out,
                                   const tl_epd_question **questions, size_t *n, tl_error *err);
TL_MUST_CHECK tl_status tl_epd_list(tl_store *s, tl_arena *arena, const tl_epd **out, size_t *n,
                                    tl_error *err);

/* Whether new values demand an update: any indicator (the value included, as "value") that moves by
 * more than 10% of what is registered; one that was 0 and no longer is moves by INFINITY. *key
 * names the one that moves most, *change its relative change; borrowed from registered. TL_EINPUT
 * where a declared indicator is missing in the new values (missing is not 0) or has another
 * dimension. An indicator that was not declared is not compared. */
TL_MUST_CHECK tl_status tl_epd_update_demanded(const tl_record *registered, const tl_record *fresh,
                                               bool *demanded, const char **key, double *change,
                                               tl_error *err);

/* Every indicator that was compared, the value first, then in the order of the declaration. */
typedef struct tl_epd_move {
    const char *key, *unit; /* of the registered version; borrowed from it */
    double before, after;   /* in that unit */
    double change;          /* relative; INFINITY where it was 0 and no longer is */
    bool demands;           /* by more than 10% */
} tl_epd_move;
TL_MUST_CHECK tl_status tl_epd_update_moves(const tl_record *registered, const tl_record *fresh,
                                            tl_arena *arena, const tl_epd_move **out, size_t *n,
                                            tl_error *err);

/* What the list of declarations is asked for; NULL: not asked. */
typedef struct tl_epd_filter {
    const char *owner; /* a company by id, name or alias */
    const char *pcr;   /* id */
    const char
        *state; /* "draft", "with-verifier", "registered", "updated", "expired", "withdrawn" */
    const char *until;       /* ISO day: validity ends on it or before */
    const tl_viewer *viewer; /* who asks (epd_view.h); NULL: the domain itself, which sees all */
} tl_epd_filter;

/* Declarations by id with the version of the record that is asked about: the newest, or, where the
 * state is one of a registered version or the viewer not inside, the one registered last.
 * Indicators are not read: tl_epd_found_parts, for those that are shown. TL_ENOTFOUND for an
 * unknown company, TL_EINPUT for a state or day that is none. */
typedef struct tl_epd_found {
    tl_epd epd;
    int64_t number; /* of the version */
    tl_record record;
} tl_epd_found;
TL_MUST_CHECK tl_status tl_epd_find(tl_store *s, const tl_epd_filter *f, tl_arena *arena,
                                    tl_epd_found **out, size_t *n, tl_error *err);
TL_MUST_CHECK tl_status tl_epd_found_parts(tl_store *s, tl_epd_found *found, tl_arena *arena,
                                           tl_error *err);

/* The declarations that the pins of a footprint name, as they stand on `today`. The footprint keeps
 * its value whatever becomes of them. */
typedef struct tl_epd_mark {
    const char *record, *product, *owner, *valid_until;
    int64_t version;
    bool sealed;           /* the pin has the seal of that version */
    tl_record_state state; /* of that version */
    int64_t replaced_by;   /* 0 = none */
    const char *ended_on, *ended_because;
    bool over; /* valid_until lies before today, or the version expired */
} tl_epd_mark;
TL_MUST_CHECK tl_status tl_epd_marks(tl_store *s, const char *pins, const char *today,
                                     tl_arena *arena, const tl_epd_mark **out, size_t *n,
                                     tl_error *err);

/* Declarations whose validity ends on or before `day`, with the cars that use them: those whose
 * bill names the supplier, and those published with the declaration among their pins. */
typedef struct tl_epd_expiry {
    const char *record, *valid_until, *owner;
    bool over; /* before `today` */
    const char *const *used_by;
    const bool
        *published; /* of used_by: by its pins, which are public; the others by their bills */
    size_t n_used_by;
} tl_epd_expiry;
TL_MUST_CHECK tl_status tl_epd_expiring(tl_store *s, const char *today, const char *day,
                                        tl_arena *arena, const tl_epd_expiry **out, size_t *n,
                                        tl_error *err);

/* The value of a registered declaration as the factor of a supplier's material in cars: shown
 * first, saved only when asked. Cars are those whose bill of materials names the supplier for the
 * material, by id; supplier NULL stands for every name of the owner in the register of companies.
 * What else moves, and what was shown, is in epd_preview.h. */
typedef struct tl_epd_effect {
    const char *car; /* vehicle id */
    double before_g_km, after_g_km;
    double mass_kg; /* of the material from the supplier */
} tl_epd_effect;
TL_MUST_CHECK tl_status tl_epd_effects(tl_store *s, const char *record, const char *material,
                                       const char *supplier, tl_arena *arena,
                                       const tl_epd_effect **out, size_t *n, tl_error *err);
TL_MUST_CHECK tl_status tl_epd_use(tl_store *s, const char *record, const char *material,
                                   const char *supplier, const char *who, tl_error *err);

/* What saved uses give to a car model (tl_car_model.supplier_factors), by material and supplier:
 * the last of each. A declaration that expired still counts, one that was withdrawn does not; a new
 * version counts once it is used. In the arena. */
TL_MUST_CHECK tl_status tl_epd_factors(tl_store *s, tl_arena *arena, const tl_supplier_factor **out,
                                       size_t *n, tl_error *err);

/* The threshold panel: dated limits by scrap share (data set metal-thresholds), straight line
 * between 0% and 100% scrap. Every row of the set stands in it, in its order; material is "steel",
 * "primary-aluminium" or another product, to which no row applies. A value of NAN is none: nothing
 * is met. TL_EINPUT for another value or a share that is none. */
typedef struct tl_threshold {
    const char *scheme, *level, *source;
    const char *material, *from_date; /* what the limit speaks of, and since when */
    double limit;        /* t CO2e per t at this scrap share, NAN = not applicable to the product */
    double at_0, at_100; /* the ends of the line, wherever the row applies; no scrap asked: equal */
    bool met;
} tl_threshold;
TL_MUST_CHECK tl_status tl_epd_thresholds(tl_store *s, const char *material, double t_per_t,
                                          double scrap_share, tl_arena *arena,
                                          const tl_threshold **out, size_t *n, tl_error *err);

#endif

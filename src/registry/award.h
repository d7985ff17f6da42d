/* award.h - Top Runner awards as they were decided: kept with rule, window and every candidate.
 *
 * What is kept never changes. A footprint corrected afterwards changes no award; tl_award_compare
 * tells which segments the published versions of today would give to others, and because of which
 * version (SPEC 3.12, check 3). The export is one sealed line of JSON that tools/check-award, a
 * script of the Python standard library alone, recomputes. */
#ifndef TL_REGISTRY_AWARD_H
#define TL_REGISTRY_AWARD_H

#include "base/buf.h"
#include "base/hash.h"
#include "registry/top_runner.h"

typedef struct tl_award_round {
    const char *id, *day;                     /* day of the decision, ISO */
    tl_award_rule rule;                       /* window, step, least number */
    const char *rule_version, *rule_checksum; /* of data/peer-rule */
    bool as_declared;                         /* step and least are those of that version */
    int64_t cars, left_out; /* published cars looked at; of those not placed (top_runner.h) */
    int64_t candidates;
    const char *author;
    const char *checksum; /* of the export */
} tl_award_round;

/* A candidate as it stood on the day. */
typedef struct tl_award_row {
    const char *size, *body, *powertrain; /* codes of the segment */
    const char *record;
    int64_t version;
    const char *product, *maker, *launched;
    double g_km;
    const char *seal;
    int64_t rank; /* in the segment; values equal within the step share the better one */
    bool wins;
} tl_award_row;

/* A round with its candidates by segment, g/km, id. */
typedef struct tl_kept_award {
    tl_award_round round;
    const tl_award_row *rows;
    size_t n;
} tl_kept_award;

/* What is to be kept: the published cars and what tl_awards_make said of them under this rule. */
typedef struct tl_award_decision {
    const char *id, *day; /* "" = today UTC */
    tl_award_rule rule;
    const char *rule_version, *rule_checksum;
    bool as_declared;
    const tl_cars *cars;
    const tl_award *awards;
    size_t n, left_out;
} tl_award_decision;

/* Keeps the round inside the caller's transaction, with an audit entry. TL_EINPUT for an id or day
 * that is none, a day to come, a day before a candidate was published, and a round without
 * candidates; TL_ECONFLICT for an id that is kept already. After a failure the caller rolls back.
 */
TL_MUST_CHECK tl_status tl_award_keep(tl_store *s, const tl_award_decision *d, const char *who,
                                      tl_error *err);

/* All in the arena. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_award_get(tl_store *s, const char *id, tl_arena *arena,
                                     tl_kept_award *out, tl_error *err);

/* All rounds by day, then id, without candidates. */
TL_MUST_CHECK tl_status tl_award_list(tl_store *s, tl_arena *arena, const tl_award_round **out,
                                      size_t *n, tl_error *err);

/* The one JSON text of a kept award, checksum included (docs/top-runner.md). */
TL_MUST_CHECK tl_status tl_award_export(const tl_kept_award *a, tl_buf *out, tl_error *err);

/* Recomputes checksum, ranks and winners of every kept award; TL_ECONFLICT names the first that
 * differs. *n counts the sound ones. */
TL_MUST_CHECK tl_status tl_award_verify(tl_store *s, int64_t *n, tl_error *err);

/* Why the winners of a segment would be others today: one record each. */
typedef enum tl_award_reason {
    TL_AWARD_CORRECTED, /* another version is published */
    TL_AWARD_GONE,      /* none is published any more, or not in this segment and window */
    TL_AWARD_ADDED      /* was no candidate then */
} tl_award_reason;

typedef struct tl_award_cause {
    const char *record, *product;
    tl_award_reason reason;
    int64_t version_then, version_now; /* 0 = none */
    double g_km_then, g_km_now;        /* NAN = none */
} tl_award_cause;

/* A segment then and now, under the rule that was kept. */
typedef struct tl_award_change {
    const char *size, *body, *powertrain;
    size_t candidates_then, candidates_now;
    const char *const *winners_then, *const *winners_now; /* ids in byte order */
    size_t n_then, n_now;
    bool would_change;
    const tl_award_cause *causes; /* where it would change: at least one, by id */
    size_t n_causes;
} tl_award_change;

/* Every segment that had or has a candidate, in the order size, body, powertrain. A record is a
 * cause where it alone, as it is today, would give other winners than were kept, or where today's
 * winners would be others without its change; where no single one does, all that changed are. */
TL_MUST_CHECK tl_status tl_award_compare(const tl_kept_award *a, const tl_cars *cars,
                                         tl_arena *arena, const tl_award_change **out, size_t *n,
                                         tl_error *err);

#endif

/* loan.h - a loan whose margin follows the footprints of the cars it pays for (SPEC 3.11).
 *
 * Money is whole hundredths of the currency, margins are ten-thousandths of a basis point where
 * they are means: exact integers, shown rounded. The versions of footprints and classes are pinned
 * when the facility is signed; a later correction makes a notice and never reprices backwards. A
 * missing footprint is the worst class. */
#ifndef TL_REGISTRY_LOAN_H
#define TL_REGISTRY_LOAN_H

#include <stdbool.h>

#include "base/buf.h"
#include "registry/record.h"

enum { TL_LOAN_STEPS_MAX = 20 };

typedef int64_t tl_money; /* hundredths */

typedef enum tl_loan_basis { TL_LOAN_BY_CLASS, TL_LOAN_BY_G_KM } tl_loan_basis;
typedef enum tl_loan_weight { TL_LOAN_BY_COUNT, TL_LOAN_BY_PRICE } tl_loan_weight;

/* The price grid, dated: classes, or g/km up to and including a limit. */
typedef struct tl_loan_step {
    int class_number;  /* TL_LOAN_BY_CLASS */
    double up_to_g_km; /* TL_LOAN_BY_G_KM, rising; the last is INFINITY */
    int basis_points;  /* change of the margin, -10000..10000 */
} tl_loan_step;

typedef struct tl_facility {
    const char *id, *borrower, *currency, *grid_date;
    tl_money limit;
    tl_loan_basis basis;
    tl_loan_weight weight; /* which of the two means the contract names */
    tl_loan_step steps[TL_LOAN_STEPS_MAX];
    size_t n_steps;
    const char *signed_on; /* "" while a draft */
} tl_facility;

typedef struct tl_loan_car {
    const char *record; /* id */
    tl_money price;
    int64_t version;  /* pinned; 0 = no published footprint when signed */
    double g_km;      /* of that version, NAN */
    int class_number; /* of that day, 0 = none */
    int basis_points; /* by the grid */
    int64_t newest;   /* version published now; other than version: a notice */
    double newest_g_km;
    int newest_class, newest_basis_points;
} tl_loan_car;

typedef struct tl_loan_result {
    tl_money drawn;
    int64_t by_count_e4, by_price_e4; /* basis points x 10,000, rounded half away from zero */
    int64_t margin_e4;                /* the one the contract names */
    int64_t margin_now_e4; /* what the newest versions would give: shown, never charged */
    size_t notices;        /* cars whose footprint was replaced since */
} tl_loan_result;

/* Pure arithmetic over cars and grid. TL_EINPUT: no cars, a price not above 0, a class the grid
 * does not have, sums beyond 64 bits. */
TL_MUST_CHECK tl_status tl_loan_compute(const tl_facility *f, tl_loan_car *cars, size_t n,
                                        tl_loan_result *out, tl_error *err);

/* Checks a facility; TL_EINPUT names the field. */
TL_MUST_CHECK tl_status tl_facility_check(const tl_facility *f, tl_error *err);

/* Keeps a facility (a draft may be rewritten, a signed one not), adds cars with price, signs: pins
 * versions, g/km and classes. A draw above the limit is TL_EFORBIDDEN with both amounts. Inside the
 * caller's transaction, audited. */
TL_MUST_CHECK tl_status tl_facility_put(tl_store *s, const tl_facility *f, const char *who,
                                        tl_error *err);
TL_MUST_CHECK tl_status tl_facility_draw(tl_store *s, const char *id, const char *record,
                                         tl_money price, const char *who, tl_error *err);
TL_MUST_CHECK tl_status tl_facility_sign(tl_store *s, const char *id, const char *day,
                                         const char *who, tl_error *err);
TL_MUST_CHECK tl_status tl_facility_get(tl_store *s, const char *id, tl_arena *arena,
                                        tl_facility *out, tl_loan_car **cars, size_t *n,
                                        tl_error *err);
TL_MUST_CHECK tl_status tl_facility_list(tl_store *s, tl_arena *arena, const tl_facility **out,
                                         size_t *n, tl_error *err);

/* The report as JSON: everything it was computed from and the result, so that tools/check-loan, a
 * script of the Python standard library alone, recomputes it. */
TL_MUST_CHECK tl_status tl_loan_report(const tl_facility *f, const tl_loan_car *cars, size_t n,
                                       const tl_loan_result *r, tl_buf *out, tl_error *err);

#endif

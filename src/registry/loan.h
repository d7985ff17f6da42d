/* loan.h - a loan whose margin follows the footprints of the cars it pays for.
 *
 * Money is whole hundredths of the currency, margins are ten-thousandths of a basis point where
 * they are means: exact integers, shown rounded. The versions of footprints and classes are pinned
 * when the facility is signed; a later correction makes a notice and never reprices backwards. A
 * missing footprint is the worst class. */
#ifndef TL_REGISTRY_LOAN_H
#define TL_REGISTRY_LOAN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "registry/record.h"
#include "store/viewer.h"

enum { TL_LOAN_STEPS_MAX = 20, TL_LOAN_TEXT = 24, TL_LOAN_NAME_MAX = 200, TL_LOAN_DAY = 11 };

typedef int64_t tl_money; /* hundredths */

/* "150000" or "150000.5" or "150000.50": digits, at most two behind the point, no sign, no blanks.
 * TL_EINPUT quotes the text; *out is then unchanged. */
TL_MUST_CHECK tl_status tl_money_parse(tl_span text, tl_money *out, tl_error *err);

/* "150000.00", and "-10.5882" for ten-thousandths of a basis point: all digits, so that nothing is
 * rounded. */
void tl_money_format(tl_money v, char out[TL_LOAN_TEXT]);
void tl_margin_format(int64_t e4, char out[TL_LOAN_TEXT]);

typedef enum tl_loan_basis { TL_LOAN_BY_CLASS, TL_LOAN_BY_G_KM } tl_loan_basis;
typedef enum tl_loan_weight { TL_LOAN_BY_COUNT, TL_LOAN_BY_PRICE } tl_loan_weight;

const char *tl_loan_basis_name(tl_loan_basis basis);    /* "class", "g-km" */
const char *tl_loan_weight_name(tl_loan_weight weight); /* "count", "price" */

/* The price grid, dated: classes, or g/km up to and including a limit. */
typedef struct tl_loan_step {
    int class_number;  /* TL_LOAN_BY_CLASS: 1, 2, 3, ... without a gap */
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
    const char *tenant;    /* id of the organisation that keeps it, NULL: none */
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
    const char *product; /* what the car is called now; "" = no footprint in force */
} tl_loan_car;

typedef struct tl_loan_result {
    tl_money drawn;
    int64_t by_count_e4, by_price_e4; /* basis points x 10,000, rounded half away from zero */
    int64_t margin_e4;                /* the one the contract names */
    int64_t margin_now_e4; /* what the newest versions would give: shown, never charged */
    size_t notices;        /* cars whose footprint was replaced since */
} tl_loan_result;

/* Pure arithmetic over cars and grid; fills in basis_points and newest_basis_points of the cars.
 * Missing, and so worst (the step with the most basis points), is a car of version 0, without a
 * class, or without g/km where the grid goes by g/km. TL_EINPUT: no cars, a price not above 0, a
 * pinned class the grid does not have (a newest one counts as missing: what is signed stays
 * computable), sums beyond 64 bits. Whether the drawn is within the limit is not asked here. */
TL_MUST_CHECK tl_status tl_loan_compute(const tl_facility *f, tl_loan_car *cars, size_t n,
                                        tl_loan_result *out, tl_error *err);

/* Why a car meets another step than when it was signed, or not. */
typedef enum tl_loan_change {
    TL_LOAN_SAME,      /* version, class and g/km as pinned */
    TL_LOAN_CORRECTED, /* another version */
    TL_LOAN_MOVED,     /* the same version in another class: its peers changed */
    TL_LOAN_APPEARED,  /* none was in force when signed */
    TL_LOAN_ENDED      /* expired or withdrawn */
} tl_loan_change;
tl_loan_change tl_loan_change_of(const tl_loan_car *car);

/* What one car adds to the difference between margin_now and the margin, in ten-thousandths of a
 * basis point, rounded half away from zero: what all cars add, added up, differs from the
 * difference of the margins by rounding alone. Computed cars only. */
TL_MUST_CHECK tl_status tl_loan_effect(const tl_facility *f, const tl_loan_car *cars, size_t n,
                                       size_t car, int64_t *e4, tl_error *err);

/* A test of what may come: cars as pinned, then changed. All-zero changes nothing. */
typedef struct tl_loan_what_if {
    int worse;                     /* classes; the last of the grid is the end */
    double more;                   /* g/km times 1 + more */
    bool missing;                  /* no footprint at all */
    const struct tl_loan_setting { /* after the others, for every car of a record */
        const char *record;
        int class_number; /* 0 = none */
        double g_km;      /* NAN = none */
    } * settings;
    size_t n;
} tl_loan_what_if;

/* The result of the cars so changed; they themselves stay as they are. TL_EINPUT names a record
 * that no car has, a class the grid lacks, g/km not above 0. */
TL_MUST_CHECK tl_status tl_loan_stress(const tl_facility *f, const tl_loan_car *cars, size_t n,
                                       const tl_loan_what_if *what_if, tl_loan_result *out,
                                       tl_error *err);

/* Checks a facility; TL_EINPUT names the field. */
TL_MUST_CHECK tl_status tl_facility_check(const tl_facility *f, tl_error *err);

/* The functions below work inside the caller's transaction, write an audit entry, and leave a
 * rollback to the caller after a failure. A facility is found by its id or TL_ENOTFOUND; a signed
 * one is changed by none of them (TL_ECONFLICT). */

/* Keeps a facility with its grid as a draft, or rewrites the draft of that id; its cars stay.
 * TL_EFORBIDDEN where they have drawn more than the new limit. f->signed_on is not used, f->tenant
 * for a new one alone. */
TL_MUST_CHECK tl_status tl_facility_put(tl_store *s, const tl_facility *f, const char *who,
                                        tl_error *err);

/* Adds one car. Several cars may be of one model, and the record need not exist yet: without a
 * published footprint at signing the car is of the worst class. A record of something else than a
 * car is TL_EINPUT, a draw above the limit TL_EFORBIDDEN with both amounts. */
TL_MUST_CHECK tl_status tl_facility_draw(tl_store *s, const char *id, const char *record,
                                         tl_money price, const char *who, tl_error *err);

/* Takes back the last car drawn with this record and price; TL_ENOTFOUND where there is none. */
TL_MUST_CHECK tl_status tl_facility_undraw(tl_store *s, const char *id, const char *record,
                                           tl_money price, const char *who, tl_error *err);

/* Signs on `day` (ISO; "" = today UTC), not before the date of the grid: pins for every car the
 * version published that day, its g/km and the class of that day. TL_EINPUT without cars, or where
 * the margin cannot be computed. */
TL_MUST_CHECK tl_status tl_facility_sign(tl_store *s, const char *id, const char *day,
                                         const char *who, tl_error *err);

/* The facility and its cars in the order drawn, with what is pinned and what is published now; of a
 * draft both are what is published now. Basis points are left to tl_loan_compute. Of the register
 * only records on the list are read. cars may be NULL together with n. All in the arena. */
TL_MUST_CHECK tl_status tl_facility_get(tl_store *s, const char *id, tl_arena *arena,
                                        tl_facility *out, tl_loan_car **cars, size_t *n,
                                        tl_error *err);

/* The same with what was in force on `day` ("" = now) in place of what is published now: the test
 * of a facility on that day. TL_EINPUT for a day to come or before the signing. */
TL_MUST_CHECK tl_status tl_facility_at(tl_store *s, const char *id, const char *day,
                                       tl_arena *arena, tl_facility *out, tl_loan_car **cars,
                                       size_t *n, tl_error *err);

/* TL_ENOTFOUND where the viewer may not see it either: another organisation keeps it. Rights are
 * asked by the caller. */
TL_MUST_CHECK tl_status tl_facility_seen(tl_store *s, const tl_viewer *v, const char *id,
                                         tl_arena *arena, tl_error *err);

/* All facilities of this database by id, without cars; whose they are is for the caller to see. */
TL_MUST_CHECK tl_status tl_facility_list(tl_store *s, tl_arena *arena, const tl_facility **out,
                                         size_t *n, tl_error *err);

/* A facility is tested every half year from its signing: the first of these days after `after`
 * (ISO;
 * "" = the signing), the last of the month where it has no such day. */
TL_MUST_CHECK tl_status tl_loan_next_test(const char *signed_on, const char *after,
                                          char out[TL_LOAN_DAY], tl_error *err);

/* Keeps a test of a signed facility, as tl_facility_at and tl_loan_compute give it for `day`: an
 * entry in the audit chain, with the hash of its report. Inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_loan_keep_test(tl_store *s, const tl_facility *f,
                                          const tl_loan_car *cars, size_t n,
                                          const tl_loan_result *r, const char *day, const char *who,
                                          tl_error *err);

typedef struct tl_loan_kept_test {
    const char *at, *who, *day; /* when and by whom it was kept; the day that was looked at */
    const char *sha256;         /* of the report */
    int64_t margin_e4, on_day_e4;
} tl_loan_kept_test;

/* The tests of a facility, the newest first. In the arena. */
TL_MUST_CHECK tl_status tl_loan_kept_tests(tl_store *s, const char *id, tl_arena *arena,
                                           const tl_loan_kept_test **out, size_t *n, tl_error *err);

/* Cars as they stood on an earlier day beside what is newest of `now`: what is computed over them
 * says what changed between the two days. Both of f as tl_facility_at gave them, the same n; a
 * class that the grid does not have is none, as it is among the newest. */
void tl_loan_since(const tl_facility *f, tl_loan_car *now, const tl_loan_car *then, size_t n);

/* The report as JSON: everything it was computed from and the result, so that tools/check-loan, a
 * script of the Python standard library alone, recomputes it. */
TL_MUST_CHECK tl_status tl_loan_report(const tl_facility *f, const tl_loan_car *cars, size_t n,
                                       const tl_loan_result *r, tl_buf *out, tl_error *err);

#endif

/* loan_priv.h - what the files of the loans share. */
#ifndef TL_REGISTRY_LOAN_PRIV_H
#define TL_REGISTRY_LOAN_PRIV_H

#include "registry/loan.h"

/* Of what is read of the register for one car. */
#define TL_LOAN_SCRATCH_BYTES ((size_t)16 << 20)

/* What a car is priced by: the published version, its g/km and class; 0, NAN, 0 where none is. */
typedef struct tl_loan_footprint {
    int64_t version;
    double g_km;
    int class_number;
    const char *product; /* in scratch; "" where none is */
} tl_loan_footprint;

/* What is published now, and what was on a day. scratch is reset. */
TL_MUST_CHECK tl_status tl_loan_footprint_now(tl_store *s, const char *record, tl_arena *scratch,
                                              tl_loan_footprint *out, tl_error *err);
TL_MUST_CHECK tl_status tl_loan_footprint_on(tl_store *s, const char *record, const char *day,
                                             tl_arena *scratch, tl_loan_footprint *out,
                                             tl_error *err);

/* The record is a car or not there yet; TL_EINPUT for anything else. scratch is reset. */
TL_MUST_CHECK tl_status tl_loan_check_record(tl_store *s, const char *record, tl_arena *scratch,
                                             tl_error *err);

/* sum / weight in ten-thousandths, half away from zero; weight above 0. False beyond 64 bits. */
bool tl_loan_mean_e4(int64_t sum, int64_t weight, int64_t *out);

/* A facility with its grid and what is drawn; TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_facility_head(tl_store *s, const char *id, tl_arena *arena,
                                         tl_facility *out, tl_money *drawn, tl_error *err);

/* Its cars in the order drawn, places 1, 2, ... perhaps with gaps; only what is kept of them: of a
 * draft no footprint. */
typedef struct tl_kept_car {
    int64_t place;
    tl_loan_car car;
} tl_kept_car;
TL_MUST_CHECK tl_status tl_facility_cars(tl_store *s, const char *id, tl_arena *arena,
                                         tl_kept_car **out, size_t *n, tl_error *err);

/* Seals what was done to a facility. The buffer holds the JSON detail and is cleared. */
TL_MUST_CHECK tl_status tl_facility_audit(tl_store *s, const char *who, const char *action,
                                          const char *id, tl_buf *detail, tl_error *err);

#endif

/* registry_loan_test.h - a facility looked at again: the test of a day, stress, the evidence pack.
 */
#ifndef TL_REPORT_REGISTRY_LOAN_TEST_H
#define TL_REPORT_REGISTRY_LOAN_TEST_H

#include "report/registry_loan.h"
#include "store/store.h"

/* A test that looks back to an earlier day, not to the signing. */
typedef struct tl_loan_look_back {
    const char *since;
    int64_t signed_e4; /* the margin that is charged */
} tl_loan_look_back;

/* The sheet of tl_facility_at on `day` (shown; ISO): margin charged and margin of the day, and for
 * every car what changed, why, and what it adds to the difference. back: the sheet went through
 * tl_loan_since; NULL: it did not. */
tl_report *tl_report_loan_test(const tl_loan_sheet *sheet, const char *day,
                               const tl_loan_look_back *back);

/* Tests that were kept, with the names of who kept them; next: the day of the next, "" = none. */
tl_report *tl_report_loan_tests(const char *facility, const tl_loan_kept_test *tests,
                                const char *const *names, size_t n, const char *next,
                                tl_arena *arena);

/* One row a scenario, and one a model a class (or a tenth of its g/km) worse alone. own: further
 * changes that were asked for, NULL: none. NULL when out of memory or, with *err filled, where a
 * scenario cannot be computed. */
tl_report *tl_report_loan_stress(const tl_loan_sheet *sheet, const tl_loan_what_if *own,
                                 tl_error *err);

/* One zip archive: README, term sheet in both languages, the report in JSON, and the export of
 * every record that is pinned or published for a car. tools/check-loan and tools/check-record take
 * it as it is. */
TL_MUST_CHECK tl_status tl_loan_pack(tl_store *s, const tl_loan_sheet *sheet, tl_buf *out,
                                     tl_error *err);

#endif

/* registry_loan.h - the term sheet of a loan by footprint, as a report in both languages.
 *
 * Terms and grid, every car with what was pinned and what is published now, both weighted margins,
 * and a notice for each footprint replaced since the signing. It shows the borrower's list and
 * nothing else of the register. */
#ifndef TL_REPORT_REGISTRY_LOAN_H
#define TL_REPORT_REGISTRY_LOAN_H

#include "registry/loan.h"
#include "report/report.h"

/* The cars and the result as tl_loan_compute left them. All borrowed. */
typedef struct tl_loan_sheet {
    const tl_facility *facility;
    const tl_loan_car *cars;
    size_t n;
    const tl_loan_result *result;
    tl_arena *arena;
} tl_loan_sheet;

/* NULL when out of memory; other failures surface where the report is written. */
tl_report *tl_report_loan(const tl_loan_sheet *sheet);

#endif

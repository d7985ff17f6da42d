/* loan_sheet.h - a facility with its cars, computed. */
#ifndef TL_OPERATION_LOAN_SHEET_H
#define TL_OPERATION_LOAN_SHEET_H

#include "operation/operation.h"
#include "report/registry_loan.h"

typedef struct tl_loan_read {
    tl_facility facility;
    tl_loan_result result;
    tl_loan_car *cars;   /* those of the sheet */
    tl_loan_sheet sheet; /* points at all: *out stays where it is */
} tl_loan_read;

/* The facility of the call as of `day` ("" = now); cars are needed. loan_look.c */
TL_MUST_CHECK tl_status tl_loan_read_at(const tl_call *c, const char *day, tl_loan_read *out,
                                        tl_error *err);

/* When a signed facility was tested last ("" = never) and is to be tested next ("" for a draft).
 * loan_list.c */
typedef struct tl_loan_due_test {
    const char *last; /* day that was looked at */
    char next[TL_LOAN_DAY];
    bool due; /* today or before */
} tl_loan_due_test;
TL_MUST_CHECK tl_status tl_loan_due(const tl_call *c, const tl_facility *f, tl_loan_due_test *out,
                                    tl_error *err);

#endif

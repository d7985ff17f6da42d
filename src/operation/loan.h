/* loan.h - the operations of the loans by footprint; their rows are in loan.c. */
#ifndef TL_OPERATION_LOAN_H
#define TL_OPERATION_LOAN_H

#include "operation/operation.h"

tl_status tl_run_loan_make(tl_call *c, tl_error *err); /* loan_terms.c */
tl_status tl_run_loan_cars(tl_call *c, tl_error *err);
tl_status tl_run_loan_sign(tl_call *c, tl_error *err);
tl_status tl_run_loan_list(tl_call *c, tl_error *err); /* loan_list.c */
tl_status tl_run_loan_show(tl_call *c, tl_error *err); /* loan_look.c */
tl_status tl_run_loan_sheet(tl_call *c, tl_error *err);
tl_status tl_run_loan_report(tl_call *c, tl_error *err);
tl_status tl_run_loan_pack(tl_call *c, tl_error *err);
tl_status tl_run_loan_test(tl_call *c, tl_error *err); /* loan_test.c */
tl_status tl_run_loan_keep_test(tl_call *c, tl_error *err);
tl_status tl_run_loan_tests(tl_call *c, tl_error *err);
tl_status tl_run_loan_stress(tl_call *c, tl_error *err); /* loan_stress.c */

#endif

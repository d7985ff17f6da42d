/* registry_loan_priv.h - what the reports about loans share. */
#ifndef TL_REPORT_REGISTRY_LOAN_PRIV_H
#define TL_REPORT_REGISTRY_LOAN_PRIV_H

#include "report/registry_loan.h"

/* Ten-thousandths of a basis point as decimal text, in the arena. registry_loan_test.c */
const char *tl_loan_margin_text(tl_arena *arena, int64_t e4);

/* Whose loan it is, and the margin that is charged. */
void tl_loan_put_head(tl_report *r, const tl_loan_sheet *v, int64_t signed_e4);

/* The cell of what a car is called. registry_loan.c */
void tl_loan_put_model(tl_report *r, const tl_loan_car *car);

#endif

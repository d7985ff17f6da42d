/* loan.h - one call of `tanlian loan`, shared by the files of its forms. */
#ifndef TL_CLI_LOAN_H
#define TL_CLI_LOAN_H

#include "cli/show.h"
#include "registry/loan.h"

typedef struct tl_loan_call {
    tl_cli *cli;
    tl_store *store;
    int argc;
    char **argv;
    const char *out, *day, *refused, *who;
    const char *borrower, *currency, *limit, *basis, *weight, *grid_date;
    tl_option_list steps, sets;
    int64_t worse;
    double more_percent;
    int code; /* of a call that went well */
} tl_loan_call;

TL_MUST_CHECK tl_status tl_loan_open(tl_loan_call *c, bool write, tl_error *err);

tl_status tl_loan_test(tl_loan_call *c, tl_error *err);        /* loan_test.c */
tl_status tl_loan_stress_view(tl_loan_call *c, tl_error *err); /* loan_test.c */
tl_status tl_loan_pack_out(tl_loan_call *c, tl_error *err);    /* loan_test.c */

#endif

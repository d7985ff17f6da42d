/* factor.h - the functions of the rows of factor.c. */
#ifndef TL_OPERATION_FACTOR_H
#define TL_OPERATION_FACTOR_H

#include "operation/operation.h"

enum { TL_FACTORS_SHOWN = 100000, TL_FACTORS_COMPARED = 1000 };

TL_MUST_CHECK tl_status tl_run_factor_search(tl_call *c, tl_error *err);    /* factor_look.c */
TL_MUST_CHECK tl_status tl_run_factor_show(tl_call *c, tl_error *err);      /* factor_look.c */
TL_MUST_CHECK tl_status tl_run_factor_compare(tl_call *c, tl_error *err);   /* factor_look.c */
TL_MUST_CHECK tl_status tl_run_factor_propose(tl_call *c, tl_error *err);   /* factor_propose.c */
TL_MUST_CHECK tl_status tl_run_factor_proposals(tl_call *c, tl_error *err); /* factor_propose.c */
TL_MUST_CHECK tl_status tl_run_factor_decide(tl_call *c, tl_error *err);    /* factor_propose.c */

#endif

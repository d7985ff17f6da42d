/* rate.h - the operations of the rating; their rows are in rate.c. */
#ifndef TL_OPERATION_RATE_H
#define TL_OPERATION_RATE_H

#include "operation/operation.h"
#include "rating/assessment.h"

tl_status tl_run_rate_rank(tl_call *c, tl_error *err); /* rate_league.c */
tl_status tl_run_rate_whatif(tl_call *c, tl_error *err);
tl_status tl_run_rate_stats(tl_call *c, tl_error *err);
tl_status tl_run_rate_score(tl_call *c, tl_error *err); /* rate_company.c */
tl_status tl_run_rate_history(tl_call *c, tl_error *err);
tl_status tl_run_rate_gap(tl_call *c, tl_error *err);
tl_status tl_run_rate_compare(tl_call *c, tl_error *err);
tl_status tl_run_rate_crosswalk(tl_call *c, tl_error *err);
tl_status tl_run_rate_rescore(tl_call *c, tl_error *err); /* rate_rescore.c */
tl_status tl_run_rate_index(tl_call *c, tl_error *err);   /* rate_index.c */
tl_status tl_run_rate_list(tl_call *c, tl_error *err);    /* rate_list.c */
tl_status tl_run_rate_import(tl_call *c, tl_error *err);  /* rate_import.c */
tl_status tl_run_rate_submit(tl_call *c, tl_error *err);  /* rate_work.c */
tl_status tl_run_rate_return(tl_call *c, tl_error *err);
tl_status tl_run_rate_approve(tl_call *c, tl_error *err);
tl_status tl_run_rate_finalise(tl_call *c, tl_error *err);
tl_status tl_run_rate_publish(tl_call *c, tl_error *err);
tl_status tl_run_rate_reply(tl_call *c, tl_error *err);
tl_status tl_run_rate_decide(tl_call *c, tl_error *err);
tl_status tl_run_rate_correct(tl_call *c, tl_error *err);
tl_status tl_run_rate_withdraw(tl_call *c, tl_error *err);

/* What the newest version of an assessment is now, as the result of the call. */
TL_MUST_CHECK tl_status tl_rating_state(tl_call *c, const tl_assessment_key *key, tl_error *err);

#endif

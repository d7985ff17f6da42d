/* job_call.h - an operation as an order, and an order as an operation. */
#ifndef TL_SERVER_JOB_CALL_H
#define TL_SERVER_JOB_CALL_H

#include "job/job.h"
#include "server/server_priv.h"

/* Orders the operation of the request and answers with 202 and where its job is. */
void tl_order_operation(tl_request *q);

/* Whether the viewer may know what came of a job of the viewer's organisation, or of any: who
 * ordered it does, and who may read all that this person may, since it tells nothing else. */
TL_MUST_CHECK tl_status tl_job_call_seen(const tl_viewer *v, const tl_job *job, tl_arena *arena,
                                         bool *out, tl_error *err);

/* Does what was ordered; its report as JSON in *result. */
TL_MUST_CHECK tl_status tl_job_call(tl_server *s, tl_store *store, const tl_job *job,
                                    const tl_log *log, tl_arena *arena, tl_buf *result,
                                    tl_error *err);

/* The job of the path, which belongs to the viewer's organisation: others' are not there.
 * job_routes.c */
TL_MUST_CHECK tl_status tl_job_of_path(tl_request *q, tl_store **s, tl_job *job, tl_error *err);

/* The same where what came of the job is asked for: TL_EFORBIDDEN to who may not know it. */
TL_MUST_CHECK tl_status tl_job_outcome_of_path(tl_request *q, tl_store **s, tl_job *job,
                                               tl_error *err);

/* Answers with the rows an import refused, as a workbook. job_refused.c */
void tl_job_refused(tl_request *q);

#endif

/* runner.h - the threads that do the jobs, and those who watch them. */
#ifndef TL_SERVER_RUNNER_H
#define TL_SERVER_RUNNER_H

#include "http/stream.h"
#include "job/job.h"

typedef struct tl_runner tl_runner;
typedef struct tl_server tl_server;

/* Starts `workers` job threads and one that gives signs of life and feeds those who watch. */
TL_MUST_CHECK tl_status tl_runner_start(tl_runner **out, tl_server *s, unsigned workers,
                                        tl_error *err);

/* Lets the jobs end that run (at most `seconds`, then their processes' end makes others do them
 * again) and takes no further one. NULL is fine. */
void tl_runner_stop(tl_runner *r);

/* There is something to do. */
void tl_runner_wake(tl_runner *r);

/* Asks a job that runs here to stop at its next report, without the database, which the job itself
 * may hold. False where it does not run here. */
bool tl_runner_cancel(tl_runner *r, const char *id);

/* Puts what this process knows better than the database into a job that runs here: its progress. */
void tl_runner_progress(tl_runner *r, tl_job *job);

/* Sends the state of a job into the stream whenever it changes, as server-sent events, until it
 * has ended. Takes the hold of the stream it is given. */
void tl_runner_watch(tl_runner *r, const char *id, tl_http_stream *held);

/* A job as JSON, one object. */
void tl_job_as_json(const tl_job *job, tl_buf *out);

#endif

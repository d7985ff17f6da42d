/* job.h - orders for work of more than a moment: a queue in the database.
 *
 * An order holds what to run, with what, and for whom; workers of any process take them in their
 * order. A worker shows that it lives; one that has been silent is taken for dead and its job is
 * done again, three times at most. So a job is done at least once: an operation that was committed
 * just before its worker died runs again, and has to say that there is nothing left to do. Moments
 * are seconds since 1970 (UTC), given by the caller. */
#ifndef TL_JOB_JOB_H
#define TL_JOB_JOB_H

#include "base/buf.h"
#include "base/memory.h"
#include "store/store.h"

typedef enum tl_job_state {
    TL_JOB_QUEUED,
    TL_JOB_RUNNING,
    TL_JOB_DONE,
    TL_JOB_FAILED,
    TL_JOB_CANCELLED
} tl_job_state;

const char *tl_job_state_name(tl_job_state state);

enum { TL_JOB_ID = 33 }; /* 32 hex digits, not to be guessed, and the NUL */

typedef struct tl_job {
    const char *id, *operation;
    const char *arguments, *viewer; /* JSON objects */
    const char *owner, *tenant;     /* "" where nobody is known */
    tl_job_state state;
    int64_t attempts;
    bool stopping;    /* asked to stop, still running */
    const char *what; /* what is counted */
    int64_t done, total;
    int64_t queued_at, started_at, ended_at; /* 0: not yet */
    const char *error_kind, *error;
} tl_job;

/* What is ordered. input may be NULL: no file. */
typedef struct tl_job_order {
    const char *operation, *arguments, *viewer, *owner, *tenant;
    const void *input;
    size_t input_bytes;
} tl_job_order;

/* Keeps an order in a transaction of its own; once TL_OK it survives a crash. */
TL_MUST_CHECK tl_status tl_job_put(tl_store *s, const tl_job_order *o, int64_t now,
                                   char id[TL_JOB_ID], tl_error *err);

/* TL_ENOTFOUND. Everything in the arena. */
TL_MUST_CHECK tl_status tl_job_get(tl_store *s, const char *id, tl_arena *arena, tl_job *out,
                                   tl_error *err);

/* The newest `limit` of a tenant ("" = all), newest first; of those ordered before the job `before`
 * where it is not NULL. */
TL_MUST_CHECK tl_status tl_job_list(tl_store *s, const char *tenant, const char *before,
                                    size_t limit, tl_arena *arena, const tl_job **out, size_t *n,
                                    tl_error *err);

/* Takes the next order for a worker, whose name no other one has; *got false where none waits. */
TL_MUST_CHECK tl_status tl_job_claim(tl_store *s, const char *worker, int64_t now, tl_arena *arena,
                                     tl_job *out, bool *got, tl_error *err);

/* A sign of life with how far it is; *stop: the job is to end. TL_ECONFLICT where it is not this
 * worker's any more. */
TL_MUST_CHECK tl_status tl_job_seen(tl_store *s, const char *id, const char *worker, int64_t now,
                                    const char *what, int64_t done, int64_t total, bool *stop,
                                    tl_error *err);

/* How a job ended. */
typedef struct tl_job_outcome {
    tl_job_state state; /* DONE, FAILED or CANCELLED */
    const char *type;   /* media type of the result, NULL: none */
    const void *result;
    size_t bytes;
    const tl_error *error; /* of FAILED */
} tl_job_outcome;
TL_MUST_CHECK tl_status tl_job_end(tl_store *s, const char *id, const char *worker, int64_t now,
                                   const tl_job_outcome *o, tl_error *err);

/* A waiting job ends at once, a running one is asked to; TL_ECONFLICT for one that has ended. */
TL_MUST_CHECK tl_status tl_job_cancel(tl_store *s, const char *id, int64_t now, tl_error *err);

/* The file sent with the order ("input") or what was left ("result"); TL_ENOTFOUND. *type in the
 * arena. */
TL_MUST_CHECK tl_status tl_job_file(tl_store *s, const char *id, const char *part, tl_arena *arena,
                                    const char **type, tl_buf *out, tl_error *err);

/* Jobs whose worker gave no sign since `silent_since` are queued again, or given up. */
TL_MUST_CHECK tl_status tl_job_revive(tl_store *s, int64_t silent_since, int64_t now,
                                      int64_t *revived, tl_error *err);

/* How many wait. */
TL_MUST_CHECK tl_status tl_job_waiting(tl_store *s, int64_t *n, tl_error *err);

/* Takes away what ended before a moment. */
TL_MUST_CHECK tl_status tl_job_forget(tl_store *s, int64_t before, tl_error *err);

#endif

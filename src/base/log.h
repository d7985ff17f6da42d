/* log.h - talk to the person at the terminal; always stderr, never stdout. */
#ifndef TL_BASE_LOG_H
#define TL_BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef enum tl_log_level { TL_LOG_ERROR, TL_LOG_WARN, TL_LOG_INFO, TL_LOG_DEBUG } tl_log_level;

/* Somebody else who wants to know how far work is, and may end it: called from the thread that does
 * it, as often as for every row. True: go on. */
typedef struct tl_log_watch {
    bool (*at)(void *ctx, const char *what, size_t done, size_t total);
    void *ctx;
} tl_log_watch;

/* Where and how much to talk. Passed down by the caller; NULL means silence. Immutable after setup.
 */
typedef struct tl_log {
    tl_log_level level;        /* the most detailed level that is still written */
    bool terminal;             /* stderr is a terminal: progress bars are drawn */
    const tl_log_watch *watch; /* told of progress too; NULL: nobody */
} tl_log;

/* Level INFO (ERROR if quiet), terminal as found. */
tl_log tl_log_stderr(bool quiet);

void tl_log_write(const tl_log *log, tl_log_level level, const char *fmt, ...) TL_PRINTF(3, 4);

/* A progress bar on one terminal line; draws at most ten times a second, nothing without a
 * terminal. */
typedef struct tl_progress {
    const tl_log *log;
    const char *what; /* borrowed */
    size_t total;
    double started_s, drawn_s;
} tl_progress;

tl_progress tl_progress_start(const tl_log *log, const char *what, size_t total);

/* TL_ECANCELLED where the watch wants no more of it: undo what is not whole, and return it. */
TL_MUST_CHECK tl_status tl_progress_at(tl_progress *p, size_t done, tl_error *err);
void tl_progress_end(tl_progress *p);

#endif

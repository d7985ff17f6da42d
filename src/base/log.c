/* log.c - log lines and the progress bar. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

tl_log tl_log_stderr(bool quiet)
{
    return (tl_log){ .level = quiet ? TL_LOG_ERROR : TL_LOG_INFO,
                     .terminal = !quiet && isatty(2) == 1 };
}

void tl_log_write(const tl_log *log, tl_log_level level, const char *fmt, ...)
{
    static const char *const word[] = { "error: ", "warning: ", "", "debug: " };
    if (!log || level > log->level)
        return;
    va_list ap;
    va_start(ap, fmt);
    flockfile(stderr);
    fputs(log->terminal ? "\r\033[K" : "", stderr);
    fputs(word[level], stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    funlockfile(stderr);
    va_end(ap);
}

tl_progress tl_progress_start(const tl_log *log, const char *what, size_t total)
{
    return (tl_progress){ .log = log, .what = what, .total = total, .started_s = tl_clock_s() };
}

static void draw(const tl_progress *p, size_t done, double now)
{
    enum { WIDTH = 30 };
    double share = p->total ? (double)done / (double)p->total : 1.0;
    int full = (int)(share * WIDTH);
    double left = done ? (now - p->started_s) * (1.0 - share) / share : 0.0;
    fprintf(stderr, "\r\033[K%s [", p->what);
    for (int i = 0; i < WIDTH; i++)
        fputs(i < full ? "█" : "·", stderr);
    fprintf(stderr, "] %3.0f%%  %zu/%zu  %.0f s left", share * 100, done, p->total, left);
    fflush(stderr);
}

tl_status tl_progress_at(tl_progress *p, size_t done, tl_error *err)
{
    const tl_log_watch *watch = p->log ? p->log->watch : NULL;
    if (watch && !watch->at(watch->ctx, p->what, done, p->total))
        return tl_fail(err, TL_ECANCELLED, "stopped");
    if (!p->log || !p->log->terminal)
        return TL_OK;
    double now = tl_clock_s();
    if (now - p->drawn_s >= 0.1 || done >= p->total) {
        p->drawn_s = now;
        draw(p, done, now);
    }
    return TL_OK;
}

void tl_progress_end(tl_progress *p)
{
    if (p->log && p->log->terminal)
        fputs("\r\033[K", stderr);
}

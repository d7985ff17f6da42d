/* error.h - filling in tl_error. The types are public: include/tanlian/error.h. */
#ifndef TL_BASE_ERROR_H
#define TL_BASE_ERROR_H

#include "tanlian/error.h"

#define TL_PRINTF(fmt_index, first) __attribute__((format(printf, fmt_index, first)))

/* Writes st and the formatted text into err (NULL is fine) and returns st, so that a caller can
 * `return tl_fail(err, TL_EINPUT, "%s:%zu: ...", ...)`. Control characters become spaces, bytes
 * that are no UTF-8 question marks: a message quotes hostile input and must stay one harmless line.
 */
tl_status tl_fail(tl_error *err, tl_status st, const char *fmt, ...) TL_PRINTF(3, 4);

/* "out of memory" with status TL_ENOMEM. */
tl_status tl_fail_nomem(tl_error *err);

/* Puts "prefix: " before the text already in err and returns its status. For callers that know more
 * of the place than the callee did. */
tl_status tl_context(tl_error *err, tl_status st, const char *fmt, ...) TL_PRINTF(3, 4);

#ifdef __clang_analyzer__
/* The static analyser sees one source file at a time: here it learns that these return what they
 * were given, so that a failed call is not followed as if it had succeeded. */
static inline tl_status tl_known_status(tl_status returned, tl_status known)
{
    (void)returned;
    return known;
}
#define tl_fail(err, st, ...) tl_known_status(tl_fail((err), (st), __VA_ARGS__), (st))
#define tl_fail_nomem(err) tl_known_status(tl_fail_nomem(err), TL_ENOMEM)
#define tl_context(err, st, ...) tl_known_status(tl_context((err), (st), __VA_ARGS__), (st))
#endif

/* Stable lower-case word for a status: "input", "notfound", ... Never NULL. */
const char *tl_status_name(tl_status st);

#endif

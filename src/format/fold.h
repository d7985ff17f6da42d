/* fold.h - text as it is compared: names that differ only in letter case, width or blanks at the
 * ends are one name. */
#ifndef TL_FORMAT_FOLD_H
#define TL_FORMAT_FOLD_H

#include "base/error.h"
#include "base/memory.h"

enum { TL_FOLD_MAX = 4096 }; /* bytes of a text that can be folded */

/* The text in Unicode's NFKC_Casefold form, without blanks at its ends and with one blank for a run
 * of them, in the arena. TL_EINPUT for what is no UTF-8 or longer than TL_FOLD_MAX. Folding what
 * was folded changes nothing. Safe for any number of threads, each with its arena. */
TL_MUST_CHECK tl_status tl_fold(const char *text, tl_arena *arena, const char **out, tl_error *err);

#endif

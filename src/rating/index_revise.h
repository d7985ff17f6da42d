/* index_revise.h - a definition with other numbers: the way from "what if this were worth more" to
 * a data set that can be installed. */
#ifndef TL_RATING_INDEX_REVISE_H
#define TL_RATING_INDEX_REVISE_H

#include "rating/index.h"

enum { TL_INDEX_CHANGES_MAX = 400 };

/* Changes the texts of a definition: "5.1.1=3" gives an indicator other full points (of those that
 * stand beside it as well, and of what it is part of), "industry:automobile=40%" an industry
 * another share of scope 1 and 2. texts[i].data becomes one of the arena where it is changed.
 * TL_EINPUT names a change that is none. What the numbers must keep is checked where the texts are
 * read (tl_index_parse). */
TL_MUST_CHECK tl_status tl_index_revise(tl_index_text *texts, size_t n, const char *const *changes,
                                        size_t n_changes, tl_arena *arena, tl_error *err);

#endif

/* score_priv.h - what the files of score.h share. */
#ifndef TL_RATING_SCORE_PRIV_H
#define TL_RATING_SCORE_PRIV_H

#include "rating/score.h"

/* What counts in each slot: of an indicator and those beside it the better, kept in the slot of the
 * first; the others become "not applicable". */
void tl_score_counted(const tl_index *x, const tl_points *sheet, tl_points *counted);

/* The points of a theme from what counts in each slot, or an empty where all are: not disclosed if
 * any is, else not asked if any is, else not applicable. */
tl_points tl_score_theme(const tl_index_theme *theme, const tl_points *counted);

/* Which of two says more: points by their number, then "not disclosed" (it was asked), "not asked",
 * and last "not applicable". Of an indicator and its parallel one it is what counts. */
tl_points tl_score_better(tl_points a, tl_points b);

#endif

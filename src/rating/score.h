/* score.h - from a sheet of points to groups, themes and the total.
 *
 * A sheet is an array of tl_points: one slot an indicator (level "indicator") or one slot a theme
 * (level "theme", for results of which only the columns of a table are published) or a single slot
 * (level "total", where only the result itself is known). An empty slot brings no points; it is
 * counted apart.
 *
 * total = unweighted groups + 2w x scope 1&2 + 2(1-w) x scope 3, w the scope 1&2 share of the
 * industry. Source: worked out from the published totals (SPEC 3.1); the definition marks it so. */
#ifndef TL_RATING_SCORE_H
#define TL_RATING_SCORE_H

#include "rating/index.h"

typedef enum tl_sheet_level { TL_LEVEL_INDICATOR, TL_LEVEL_THEME, TL_LEVEL_TOTAL } tl_sheet_level;

/* "indicator", "theme", "total". */
const char *tl_level_name(tl_sheet_level level);

/* Slots of a sheet of that level. */
size_t tl_sheet_slots(const tl_index *x, tl_sheet_level level);

typedef struct tl_score {
    tl_points group[TL_INDEX_GROUPS_MAX]; /* TL_SLOT_NOT_ASKED where only the total is known */
    tl_points theme[TL_INDEX_THEMES_MAX]; /* or an empty of points.h where nothing is known */
    tl_total total;
    tl_weight scope12;      /* the share used; 0 where the index has no weighting */
    tl_points counted;      /* points before weighting; at level "total" the total itself */
    size_t answered, asked; /* slots with points or "not disclosed"; slots that could have them,
                               parallel indicators not counted */
    size_t positive_themes; /* printed themes above zero */
    bool all_themes_positive;
} tl_score;

/* Scores a sheet, which was checked before (tl_score_check). Of an indicator and its parallel one
 * the better counts. At theme level the total comes from the themes marked in_total. */
void tl_score_of(const tl_index *x, tl_sheet_level level, const tl_points *sheet, tl_weight scope12,
                 tl_score *out);

/* The total of known groups under another share; only scope 1&2 and scope 3 move. */
tl_total tl_score_total(const tl_index *x, const tl_points *groups, tl_weight scope12);

/* Points of one dimension or sub-dimension (place in items), or an empty where all below it is
 * empty (see theme in tl_score); of an indicator what it counts. A sheet at indicator level. */
tl_points tl_score_item(const tl_index *x, const tl_points *sheet, int item);

/* Checks a sheet: between 0 and the maximum, multiples of the step, or an empty; at theme level
 * also that themes which share indicators can be true together: two by two (steel and aluminium
 * within scope 3 action) and each against the themes that make up the total. No sheet that answers
 * could give is refused; one that contradicts itself only by three such themes passes. TL_EINPUT
 * names the indicator or theme. */
TL_MUST_CHECK tl_status tl_score_check(const tl_index *x, tl_sheet_level level,
                                       const tl_points *sheet, tl_error *err);

/* The band of a total, NULL where the index has none. */
const tl_index_band *tl_score_band(const tl_index *x, tl_total total);

/* Compares what two levels say of one company: every theme known (not inferred) at theme level must
 * equal the sum of the answers. TL_ECONFLICT names the first theme that differs, and both values.
 * inferred: one flag a theme, may be NULL. */
TL_MUST_CHECK tl_status tl_score_agree(const tl_index *x, const tl_points *indicators,
                                       const tl_points *themes, const bool *inferred,
                                       tl_error *err);

/* Stars by score and share of mandatory items met: the highest row of which both are reached.
 * share in ten-thousandths. 0 where the index has no stars. */
int tl_score_stars(const tl_index *x, tl_points score, tl_weight share);

/* Which shares of mandatory items give exactly these stars for this score: low <= share < high
 * (high 10001 where 1 is included). TL_ECONFLICT where none does: score and stars contradict. */
TL_MUST_CHECK tl_status tl_score_star_shares(const tl_index *x, tl_points score, int stars,
                                             tl_weight *low, tl_weight *high, tl_error *err);

/* A star rating from a sheet: the score and the share of mandatory items met, an item being met at
 * full points. */
void tl_score_star_sheet(const tl_index *x, const tl_points *sheet, tl_points *score,
                         tl_weight *share);

#endif

/* crosswalk.h - one result read again under another index, and what does not carry over.
 *
 * The relation of each pair comes from crosswalk-<target id>.csv of the source index:
 *   same     same meaning, same maximum: points carry over
 *   scaled   same meaning, other maximum: the share of the maximum carries over
 *   differs  side by side in the source's table, but asking for something else: does not carry
 *   none     no counterpart (from or to empty)
 * What does not carry over may be anything from 0 to full points, so the answer is a range. So may
 * what the source did not ask. What was not disclosed to, or is not applicable in, an indicator
 * that asks for the same brings no points in the target either. Of parallel indicators the better
 * counts, on both sides.
 *
 * With theme points only, the points of a theme are laid on its indicators in the least and the
 * most favourable way (a linear programme with one constraint: by what a point brings in the
 * target). The bounds use the themes that make up the total, and those that hold a single
 * indicator. They always enclose what the indicators would give, but are not always the tightest
 * that could be had. */
#ifndef TL_RATING_CROSSWALK_H
#define TL_RATING_CROSSWALK_H

#include "rating/scorecard.h"

typedef enum tl_relation { TL_SAME, TL_SCALED, TL_DIFFERS, TL_NONE } tl_relation;
const char *tl_relation_name(tl_relation relation); /* "same", ... */

typedef struct tl_crosswalk_pair {
    int from, to; /* places in items of the two indices, -1 = none */
    tl_relation relation;
    const char *note_en, *note_zh;
} tl_crosswalk_pair;

/* Reads the pairs from an installed source index. Every indicator of both indices must be there
 * exactly once (parallel ones too), `same` needs equal maxima, `none` exactly one side; TL_EINPUT
 * names file, row and column. TL_ENOTFOUND where the source has no crosswalk to the target. */
TL_MUST_CHECK tl_status tl_crosswalk_open(tl_store *s, const tl_index *from, const tl_index *to,
                                          tl_arena *arena, const tl_crosswalk_pair **out, size_t *n,
                                          tl_error *err);

/* One indicator of the target. Thousandths of a point as numbers: shares do not come out whole. */
typedef struct tl_crosswalk_row {
    const tl_crosswalk_pair *pair; /* the target is pair->to, or -1: it is lost */
    double low, high;              /* under the target, 0 where there is none; at theme level
                                      NAN: see sums */
    tl_points from_points;         /* or an empty; TL_SLOT_NOT_ASKED at theme level */
} tl_crosswalk_row;

typedef struct tl_crosswalk {
    const tl_crosswalk_row *rows; /* in the order of the pairs */
    size_t n_rows;
    double low, high; /* total under the target, points */
    double lost;      /* points, weighted as in the source, of pairs without target: at most, as
                         theme points may lie there or not */
    size_t count[4];  /* pairs of each relation */
    tl_weight scope12;
} tl_crosswalk;

/* Reads a card of index `from` under `to`, at the share scope12 of the target. TL_EINPUT where only
 * its total is known; TL_ECONFLICT where its themes contradict each other. */
TL_MUST_CHECK tl_status tl_crosswalk_make(const tl_index *from, const tl_index *to,
                                          const tl_crosswalk_pair *pairs, size_t n,
                                          const tl_scorecard *card, tl_weight scope12,
                                          tl_arena *arena, tl_crosswalk *out, tl_error *err);

#endif

/* rescore.h - the results of one edition read under another version of its index: who would stand
 * where, had the other definition been used. Published results do not move. */
#ifndef TL_RATING_RESCORE_H
#define TL_RATING_RESCORE_H

#include "rating/league.h"

typedef struct tl_rescore {
    tl_edition edition;          /* the same companies, under the other definition */
    const tl_league_row *league; /* rank_before and total_before are those of the edition given */
    size_t n;
    size_t left_out; /* companies known by their total only: nothing can be read anew */
    size_t gone;     /* answers with points for which the other definition has no place */
} tl_rescore;

/* An answer keeps its share of the full points: half of 2 points becomes half of 3, to the
 * thousandth of a point. Slots meet by their code; one that only the other definition has is not
 * asked. The weight is that of the company's industry in the other definition, or as it was where
 * that has none. All in the arena; *e must outlive *out. TL_EINPUT where the definitions are of
 * different kinds. */
TL_MUST_CHECK tl_status tl_rescore_make(const tl_edition *e, const tl_index *to, tl_arena *arena,
                                        tl_rescore *out, tl_error *err);

#endif

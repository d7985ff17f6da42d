/* gap.h - what a company lacks, what each missing piece would bring, and who has it already. */
#ifndef TL_RATING_GAP_H
#define TL_RATING_GAP_H

#include "rating/league.h"

enum { TL_GAP_PEERS_MAX = 5 };

typedef struct tl_gap_peer {
    const tl_scorecard *card;
    tl_points points;
    const tl_evidence
        *evidence; /* of that answer, the first that counts; NULL where none is held */
} tl_gap_peer;

typedef struct tl_gap_row {
    const char *slot; /* code of the indicator or theme */
    const char *name_en, *name_zh;
    tl_points has, max;
    tl_total gain;            /* what full points here would add to the total, weighted */
    size_t rank_after;        /* rank with this gap alone closed, the others unchanged */
    const tl_gap_peer *peers; /* those with more here, most points first, then best rank */
    size_t n_peers, n_with_more;
} tl_gap_row;

/* The gaps of one company, largest gain first, then code. What has full points or is not applicable
 * is no gap; an empty brings no points, as in the total, so where `has` is "not asked" the gain is
 * at most that.
 *
 * At indicator level there is one row an indicator with those parallel to it, under the code of the
 * indicator (the better counts); at theme level one a theme that counts in the total. Companies are
 * compared by what both are known by: under a theme also with the sums of those known by indicator,
 * under an indicator with those known by theme only where a theme holds that indicator and nothing
 * else. A company known by its total is nobody's peer.
 *
 * `league` is the whole table of e. The store is asked for the evidence of peers known at indicator
 * level, under an indicator; s may be NULL, then no evidence is given. TL_ENOTFOUND where the
 * company is not in the edition; TL_EINPUT where only its total is known. */
TL_MUST_CHECK tl_status tl_gap_make(tl_store *s, const tl_edition *e, const tl_league_row *league,
                                    size_t n_league, const char *company, tl_arena *arena,
                                    const tl_gap_row **out, size_t *n, tl_error *err);

#endif

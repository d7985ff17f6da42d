/* league.h - the league table: order, ranks, change; and what other weights would make of it. */
#ifndef TL_RATING_LEAGUE_H
#define TL_RATING_LEAGUE_H

#include "rating/scorecard.h"

typedef struct tl_league_row {
    const tl_scorecard *card;
    const tl_index_band *band;
    size_t rank; /* 1 = best; equal totals share the better rank */
    bool tied;
    size_t rank_before; /* in the edition before, 0 = not in it */
    tl_total total_before;
} tl_league_row;

/* By total, highest first; companies of equal total by English name, then id. before may be NULL.
 * Ranks are over all of e. */
TL_MUST_CHECK tl_status tl_league_make(const tl_edition *e, const tl_edition *before,
                                       tl_arena *arena, const tl_league_row **out, size_t *n,
                                       tl_error *err);

/* Rows whose fields equal those given; NULL = any. Ranks stay those of the whole table. */
typedef struct tl_league_filter {
    const char *country, *region_group, *listed, *product_type, *industry, *band;
} tl_league_filter;
bool tl_league_shows(const tl_league_filter *f, const tl_league_row *row);

/* What a company would come to under another scope 1&2 share. Published scores do not move. */
typedef struct tl_whatif_row {
    const tl_league_row *row;
    tl_total total;              /* at `scope12` */
    size_t rank;                 /* at `scope12` */
    size_t best, worst;          /* ranks over low..high */
    tl_weight best_at, worst_at; /* the first share, from low up, where they are reached */
} tl_whatif_row;

/* All companies under one share `scope12`, and their best and worst rank over every share from low
 * to high in steps of one ten-thousandth. In the order of the ranks at scope12, equals as in the
 * league table. TL_EINPUT where the index is not weighted, a card is known by total only, a share
 * is not 0 to 1, or low > high. 10,000 companies over every share take some tenths of a second. */
TL_MUST_CHECK tl_status tl_whatif_make(const tl_league_row *league, size_t n, const tl_index *x,
                                       tl_weight scope12, tl_weight low, tl_weight high,
                                       tl_arena *arena, const tl_whatif_row **out, tl_error *err);

#endif

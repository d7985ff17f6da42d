/* crosswalk_priv.h - what the files of the crosswalk share. */
#ifndef TL_RATING_CROSSWALK_PRIV_H
#define TL_RATING_CROSSWALK_PRIV_H

#include "rating/crosswalk.h"

/* Reads and checks the n bytes of a crosswalk file called name, by the rules of tl_crosswalk_open.
 */
TL_MUST_CHECK tl_status tl_crosswalk_parse(const tl_index *from, const tl_index *to,
                                           const char *name, const char *data, size_t n,
                                           tl_arena *arena, const tl_crosswalk_pair **out,
                                           size_t *n_out, tl_error *err);

/* What one point in an indicator of this group is worth in the total of x; group -1: 1. */
double tl_crosswalk_worth(const tl_index *x, int group, tl_weight scope12);

/* Points carry over. */
bool tl_crosswalk_carries(const tl_crosswalk_pair *p);

/* Points of the target for one point of the source; a pair that carries. */
double tl_crosswalk_share(const tl_index *from, const tl_index *to, const tl_crosswalk_pair *p);

/* Fills low, high and lost of *out from a card known by theme; its rows and scope12 are there.
 * TL_ECONFLICT where what is known of two themes cannot both be true. */
TL_MUST_CHECK tl_status tl_crosswalk_themes(const tl_index *from, const tl_index *to,
                                            const tl_scorecard *card, tl_arena *arena,
                                            tl_crosswalk *out, tl_error *err);

#endif

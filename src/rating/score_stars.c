/* score_stars.c - stars from a score and the share of mandatory items met. */
#include "rating/score_priv.h"

/* "None asked" is a share of 0. */
static tl_weight share_from(const tl_index_star *star)
{
    return star->share_from > 0 ? star->share_from : 0;
}

int tl_score_stars(const tl_index *x, tl_points score, tl_weight share)
{
    for (size_t i = 0; i < x->n_stars; i++)
        if (score >= x->stars[i].score_from && share >= share_from(&x->stars[i]))
            return x->stars[i].stars;
    return 0;
}

tl_status tl_score_star_shares(const tl_index *x, tl_points score, int stars, tl_weight *low,
                               tl_weight *high, tl_error *err)
{
    tl_weight below = TL_WEIGHT_ONE + 1; /* from here on the score gives more stars */
    char text[TL_POINTS_TEXT];
    for (size_t i = 0; i < x->n_stars; i++) {
        const tl_index_star *star = &x->stars[i];
        if (score < star->score_from)
            continue;
        if (star->stars == stars && share_from(star) < below) {
            *low = share_from(star);
            *high = below;
            return TL_OK;
        }
        if (share_from(star) < below)
            below = share_from(star);
    }
    tl_points_format(score, text);
    return tl_fail(err, TL_ECONFLICT,
                   "no share of mandatory items gives %d stars for a score of %s under %s@%s",
                   stars, text, x->id, x->version);
}

/* An empty mandatory item is not met, whatever the reason: the rule knows no exception. The share
 * is cut, not rounded: 12 of 15 is 8000, and 7999 never reaches 80%. */
void tl_score_star_sheet(const tl_index *x, const tl_points *sheet, tl_points *score,
                         tl_weight *share)
{
    tl_points counted[TL_INDEX_ITEMS_MAX];
    size_t mandatory = 0, met = 0;
    tl_score_counted(x, sheet, counted);
    *score = 0;
    for (size_t s = 0; s < x->n_slots; s++) {
        const tl_index_item *item = &x->items[x->slot_items[s]];
        if (item->parallel_of >= 0)
            continue;
        *score += counted[s] > 0 ? counted[s] : 0;
        mandatory += item->requirement == TL_MANDATORY;
        met += item->requirement == TL_MANDATORY && counted[s] == item->max;
    }
    *share = mandatory ? (tl_weight)(met * TL_WEIGHT_ONE / mandatory) : 0;
}

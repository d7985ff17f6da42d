/* crosswalk.c - the points of one index under another.
 *
 * An indicator of the target is a range: a point where its answer carries over, anything from 0 to
 * its maximum where it does not. Of parallel indicators the better counts, and the better of two
 * ranges is the range from the better of their lower ends to the better of their upper ends. */
#include "rating/crosswalk.h"

#include <math.h>

#include "rating/crosswalk_priv.h"
#include "rating/parallel_priv.h"
#include "rating/score_priv.h"

double tl_crosswalk_worth(const tl_index *x, int group, tl_weight scope12)
{
    tl_points one[TL_INDEX_GROUPS_MAX] = { 0 };
    if (group < 0)
        return 1;
    one[group] = TL_POINT;
    return tl_total_number(tl_score_total(x, one, scope12));
}

bool tl_crosswalk_carries(const tl_crosswalk_pair *p)
{
    return p->relation == TL_SAME || p->relation == TL_SCALED;
}

double tl_crosswalk_share(const tl_index *from, const tl_index *to, const tl_crosswalk_pair *p)
{
    const tl_points max = from->items[p->from].max;
    return max > 0 ? (double)to->items[p->to].max / (double)max : 0;
}

/* What was not disclosed, or is not applicable, to an indicator that asks for the same is so in the
 * target too, and brings no points there. What was not asked is simply unknown. */
static void range_of(const tl_index *from, const tl_index *to, const tl_points *sheet,
                     tl_crosswalk_row *row)
{
    const tl_crosswalk_pair *p = row->pair;
    if (p->from >= 0)
        row->from_points = sheet[from->items[p->from].slot];
    if (p->to < 0)
        return;
    if (!tl_crosswalk_carries(p) || row->from_points == TL_SLOT_NOT_ASKED) {
        row->high = to->items[p->to].max;
        return;
    }
    const double points = row->from_points > 0 ? row->from_points : 0;
    row->low = row->high = points * tl_crosswalk_share(from, to, p);
}

/* Total of the ranges, in points, in the order of the target's indicators. */
static tl_status add_target(const tl_index *to, tl_arena *arena, tl_crosswalk *out, tl_error *err)
{
    double *low = tl_arena_alloc(arena, to->n_slots, sizeof *low);
    double *high = tl_arena_alloc(arena, to->n_slots, sizeof *high);
    if (!low || !high)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < out->n_rows; i++) {
        const tl_crosswalk_row *row = &out->rows[i];
        if (row->pair->to < 0)
            continue;
        const int slot = to->items[tl_parallel_main(to, row->pair->to)].slot;
        low[slot] = fmax(low[slot], row->low);
        high[slot] = fmax(high[slot], row->high);
    }
    for (size_t k = 0; k < to->n_slots; k++) { /* those of parallel ones stayed 0 */
        const double worth =
            tl_crosswalk_worth(to, to->items[to->slot_items[k]].group, out->scope12) / TL_POINT;
        out->low += low[k] * worth;
        out->high += high[k] * worth;
    }
    return TL_OK;
}

/* What the counted points of an indicator are more than the best of those that have a place in the
 * target, weighted as in the source. */
static tl_status add_lost(const tl_index *from, const tl_scorecard *card, tl_arena *arena,
                          tl_crosswalk *out, tl_error *err)
{
    tl_points *best = tl_arena_alloc(arena, from->n_slots, sizeof *best);
    tl_points *kept = tl_arena_alloc(arena, from->n_slots, sizeof *kept);
    if (!best || !kept)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < out->n_rows; i++) {
        const tl_crosswalk_row *row = &out->rows[i];
        if (row->pair->from < 0)
            continue;
        const int slot = from->items[tl_parallel_main(from, row->pair->from)].slot;
        best[slot] = tl_score_better(best[slot], row->from_points);
        if (row->pair->to >= 0)
            kept[slot] = tl_score_better(kept[slot], row->from_points);
    }
    for (size_t k = 0; k < from->n_slots; k++)
        out->lost +=
            (double)(best[k] - kept[k]) / TL_POINT *
            tl_crosswalk_worth(from, from->items[from->slot_items[k]].group, card->score.scope12);
    return TL_OK;
}

tl_status tl_crosswalk_make(const tl_index *from, const tl_index *to,
                            const tl_crosswalk_pair *pairs, size_t n, const tl_scorecard *card,
                            tl_weight scope12, tl_arena *arena, tl_crosswalk *out, tl_error *err)
{
    *out = (tl_crosswalk){ .scope12 = scope12 };
    if (card->level == TL_LEVEL_TOTAL)
        return tl_fail(err, TL_EINPUT, "%s: only the total is known, so nothing can be read again",
                       card->company.id);
    tl_crosswalk_row *rows = tl_arena_alloc(arena, n, sizeof *rows);
    if (!rows)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (tl_crosswalk_row){ .pair = &pairs[i], .from_points = TL_SLOT_NOT_ASKED };
        if (card->level == TL_LEVEL_INDICATOR)
            range_of(from, to, card->sheet, &rows[i]);
        else
            rows[i].low = rows[i].high = (double)NAN;
        out->count[pairs[i].relation]++;
    }
    out->rows = rows;
    out->n_rows = n;
    if (card->level == TL_LEVEL_THEME)
        return tl_crosswalk_themes(from, to, card, arena, out, err);
    tl_status st = add_target(to, arena, out, err);
    return st == TL_OK ? add_lost(from, card, arena, out, err) : st;
}

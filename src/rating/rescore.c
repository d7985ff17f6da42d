/* rescore.c - old answers under a changed definition. */
#include "rating/rescore.h"

#include <string.h>

/* Full points of a slot. */
static tl_points full_of(const tl_index *x, tl_sheet_level level, size_t slot)
{
    return level == TL_LEVEL_INDICATOR ? x->items[x->slot_items[slot]].max : x->themes[slot].max;
}

/* The same share of other full points, rounded half up; empties stay. */
static tl_points share_of(tl_points p, tl_points from, tl_points to)
{
    if (p < 0 || from == to)
        return p;
    return from > 0 ? (tl_points)(((int64_t)p * to * 2 + from) / (2 * (int64_t)from)) : 0;
}

static tl_status read_sheet(const tl_index *from, const tl_index *to, const tl_scorecard *card,
                            tl_arena *arena, tl_points **out, size_t *gone, tl_error *err)
{
    const size_t slots = tl_sheet_slots(to, card->level);
    tl_points *sheet = tl_arena_alloc(arena, slots ? slots : 1, sizeof *sheet);
    if (!sheet)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < slots; i++)
        sheet[i] = TL_SLOT_NOT_ASKED;
    for (size_t i = 0; i < tl_sheet_slots(from, card->level); i++) {
        int at = tl_slot_find(to, card->level, tl_slot_code(from, card->level, i));
        if (at >= 0)
            sheet[at] = share_of(card->sheet[i], full_of(from, card->level, i),
                                 full_of(to, card->level, (size_t)at));
        else
            *gone += card->sheet[i] > 0;
    }
    *out = sheet;
    return TL_OK;
}

static tl_weight weight_of(const tl_index *to, const tl_scorecard *card)
{
    const tl_index_industry *i = tl_index_find_industry(to, card->industry);
    return !to->weighted ? 0 : i ? i->scope12 : card->score.scope12;
}

tl_status tl_rescore_make(const tl_edition *e, const tl_index *to, tl_arena *arena, tl_rescore *out,
                          tl_error *err)
{
    *out = (tl_rescore){ .edition = *e };
    if (e->index->kind != to->kind)
        return tl_fail(err, TL_EINPUT, "%s@%s and %s@%s are indices of different kinds",
                       e->index->id, e->index->version, to->id, to->version);
    tl_scorecard *cards = tl_arena_alloc(arena, e->n ? e->n : 1, sizeof *cards);
    if (!cards)
        return tl_fail_nomem(err);
    out->edition.index = to;
    out->edition.cards = cards;
    out->edition.n = 0;
    for (size_t i = 0; i < e->n; i++) {
        tl_scorecard *card = &cards[out->edition.n];
        tl_points *sheet = NULL;
        if (e->cards[i].level == TL_LEVEL_TOTAL) {
            out->left_out++;
            continue;
        }
        *card = e->cards[i];
        tl_status st = read_sheet(e->index, to, &e->cards[i], arena, &sheet, &out->gone, err);
        if (st != TL_OK)
            return st;
        card->sheet = sheet;
        card->inferred = NULL; /* by slot of the other definition */
        card->stated_total = TL_SLOT_NOT_ASKED;
        card->stated_rank = card->stated_stars = 0;
        tl_score_of(to, card->level, sheet, weight_of(to, &e->cards[i]), &card->score);
        out->edition.n++;
    }
    return tl_league_make(&out->edition, e, arena, &out->league, &out->n, err);
}

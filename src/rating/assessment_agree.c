/* assessment_agree.c - one company, one period, two levels: they must say the same. */
#include <string.h>

#include "rating/assessment_priv.h"
#include "rating/score_priv.h"

/* Known, or its parallel is. */
static bool settled(const tl_index *x, const tl_points *sheet, int slot)
{
    const tl_index_item *item = &x->items[x->slot_items[slot]];
    if (sheet[slot] != TL_SLOT_NOT_ASKED)
        return true;
    if (item->parallel_of >= 0)
        return sheet[x->items[item->parallel_of].slot] != TL_SLOT_NOT_ASKED;
    for (size_t s = 0; s < x->n_slots; s++)
        if (x->items[x->slot_items[s]].parallel_of == x->slot_items[slot] &&
            sheet[s] != TL_SLOT_NOT_ASKED)
            return true;
    return false;
}

/* Themes that do not bind: those inferred, and in a draft those not answered in full while the
 * answers so far do not exceed them. */
static void loose_themes(const tl_index *x, const tl_level_sheet *indicators,
                         const tl_level_sheet *themes, bool draft, bool *loose)
{
    tl_points counted[TL_INDEX_ITEMS_MAX];
    tl_score_counted(x, indicators->points, counted);
    for (size_t t = 0; t < x->n_themes; t++) {
        const tl_index_theme *theme = &x->themes[t];
        bool all = true;
        for (size_t i = 0; i < theme->n_slots; i++)
            all = all && settled(x, indicators->points, theme->slots[i]);
        tl_points sum = tl_score_theme(theme, counted);
        bool waits = draft && !all && sum <= themes->points[t];
        loose[t] = (themes->inferred && themes->inferred[t]) || waits;
    }
}

/* What was printed binds, where something was; else what the sheet comes to. */
static void printed(const tl_index *x, const tl_level_sheet *l, bool stated,
                    char out[TL_POINTS_TEXT])
{
    tl_total total = 0;
    if (stated && l->stated_total >= 0)
        total = (tl_total)l->stated_total * TL_WEIGHT_ONE;
    else
        tl_sheet_total(x, l->level, l->points, l->scope12, &total);
    tl_total_format(total, 1, out);
}

static tl_status same_total(const tl_index *x, const tl_level_sheet *fine,
                            const tl_level_sheet *coarse, tl_error *err)
{
    char worked_out[TL_POINTS_TEXT], stated[TL_POINTS_TEXT];
    printed(x, fine, false, worked_out);
    printed(x, coarse, true, stated);
    return strcmp(worked_out, stated) == 0
               ? TL_OK
               : tl_fail(err, TL_ECONFLICT,
                         "the %ss come to a total of %s, the result known by %s is %s",
                         tl_level_name(fine->level), worked_out, tl_level_name(coarse->level),
                         stated);
}

/* Whether the total of the coarser result says something that the finer one must meet. */
static bool total_binds(const tl_index *x, const tl_level_sheet *coarse)
{
    if (x->kind != TL_INDEX_POINTS)
        return false;
    if (coarse->stated_total >= 0)
        return true;
    for (size_t t = 0; coarse->level == TL_LEVEL_THEME && t < x->n_themes; t++)
        if (x->themes[t].in_total &&
            (coarse->points[t] < 0 || (coarse->inferred && coarse->inferred[t])))
            return false;
    return coarse->level == TL_LEVEL_THEME || coarse->points[0] >= 0;
}

/* True while a sheet has slots nobody has answered. */
static bool is_open(const tl_index *x, const tl_level_sheet *l)
{
    bool open = false;
    for (size_t i = 0; i < tl_sheet_slots(x, l->level); i++)
        open = open || (l->level == TL_LEVEL_INDICATOR ? !settled(x, l->points, (int)i)
                                                       : l->points[i] == TL_SLOT_NOT_ASKED);
    return open;
}

static tl_status compare(const tl_index *x, const tl_level_sheet *fine,
                         const tl_level_sheet *coarse, const tl_level_sheet *draft, tl_error *err)
{
    bool loose[TL_INDEX_THEMES_MAX];
    tl_status st = TL_OK;
    if (fine->level == TL_LEVEL_INDICATOR && coarse->level == TL_LEVEL_THEME) {
        loose_themes(x, fine, coarse, draft == fine, loose);
        st = tl_score_agree(x, fine->points, coarse->points, loose, err);
    }
    bool total = total_binds(x, coarse) && !(draft && is_open(x, draft));
    return st == TL_OK && total ? same_total(x, fine, coarse, err) : st;
}

/* Compares with the published result of another level, if there is one. */
static tl_status agree_with(tl_store *s, const tl_index *x, const tl_assessment_key *other,
                            const tl_level_sheet *mine, bool draft, tl_arena *arena, tl_error *err)
{
    tl_stored_version v;
    tl_points *points;
    bool *inferred, found;
    tl_status st = tl_version_find(s, other, 0, arena, &v, &found, err);
    if (st != TL_OK || !found)
        return st;
    st = tl_version_sheet(s, &v, tl_sheet_slots(x, other->level), arena, &points, &inferred, err);
    if (st != TL_OK)
        return st;
    const tl_level_sheet theirs = { other->level, points, inferred, v.a.scope12, v.a.stated_total };
    bool mine_is_finer = mine->level < other->level;
    st = compare(x, mine_is_finer ? mine : &theirs, mine_is_finer ? &theirs : mine,
                 draft ? mine : NULL, err);
    return st == TL_OK ? st
                       : tl_context(err, st, "%s, %s@%s, %s: not what is published by %s",
                                    other->company, other->index, other->index_version,
                                    other->period, tl_level_name(other->level));
}

tl_status tl_assessment_agree(tl_store *s, const tl_index *x, const tl_assessment_key *key,
                              const tl_level_sheet *mine, bool draft, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_status st = tl_arena_new(&scratch, 0, err);
    for (int level = TL_LEVEL_INDICATOR; st == TL_OK && level <= TL_LEVEL_TOTAL; level++) {
        tl_assessment_key other = *key;
        other.level = (tl_sheet_level)level;
        if (other.level != key->level)
            st = agree_with(s, x, &other, mine, draft, scratch, err);
    }
    tl_arena_free(scratch);
    return st;
}

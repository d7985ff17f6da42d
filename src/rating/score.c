/* score.c - a sheet of points to groups, themes and the total, all in whole numbers. */
#include "rating/score.h"

#include <string.h>

#include "rating/score_priv.h"

static const char *const level_names[] = { "indicator", "theme", "total" };

const char *tl_level_name(tl_sheet_level level)
{
    return (unsigned)level <= TL_LEVEL_TOTAL ? level_names[level] : "?";
}

size_t tl_sheet_slots(const tl_index *x, tl_sheet_level level)
{
    return level == TL_LEVEL_INDICATOR ? x->n_slots : level == TL_LEVEL_THEME ? x->n_themes : 1;
}

tl_points tl_score_better(tl_points a, tl_points b)
{
    static const int said[] = { 2, 3, 1 }; /* of -1, -2, -3 */
    if (a >= 0 || b >= 0)
        return a > b ? a : b;
    return said[-1 - a] >= said[-1 - b] ? a : b;
}

/* Points of several slots together: their sum, or, where all are empty, what says most. */
static tl_points join(tl_points sum, tl_points next)
{
    return sum >= 0 && next >= 0 ? sum + next : tl_score_better(sum, next);
}

void tl_score_counted(const tl_index *x, const tl_points *sheet, tl_points *counted)
{
    for (size_t s = 0; s < x->n_slots; s++)
        counted[s] = sheet[s];
    for (size_t s = 0; s < x->n_slots; s++) {
        int beside = x->items[x->slot_items[s]].parallel_of;
        if (beside < 0)
            continue;
        tl_points *to = &counted[x->items[beside].slot];
        *to = tl_score_better(*to, sheet[s]);
        counted[s] = TL_SLOT_NOT_APPLICABLE;
    }
}

tl_points tl_score_theme(const tl_index_theme *theme, const tl_points *counted)
{
    tl_points p = TL_SLOT_NOT_APPLICABLE;
    for (size_t i = 0; i < theme->n_slots; i++)
        p = join(p, counted[theme->slots[i]]);
    return p;
}

tl_total tl_score_total(const tl_index *x, const tl_points *groups, tl_weight scope12)
{
    const tl_total factor[] = { [TL_UNWEIGHTED] = TL_WEIGHT_ONE,
                                [TL_SCOPE12] = x->weighted ? 2 * scope12 : TL_WEIGHT_ONE,
                                [TL_SCOPE3] =
                                    x->weighted ? 2 * (TL_WEIGHT_ONE - scope12) : TL_WEIGHT_ONE };
    tl_total total = 0;
    for (size_t g = 0; g < x->n_groups; g++)
        total += groups[g] > 0 ? factor[x->groups[g].weight] * groups[g] : 0;
    return total;
}

/* Adds what slot or theme `p` brings to its group (-1 = the index has none). */
static void add_points(tl_score *out, int group, tl_points p)
{
    if (p <= 0)
        return;
    out->counted += p;
    if (group >= 0)
        out->group[group] += p;
}

static void tally(tl_score *out, tl_points p)
{
    out->asked += p != TL_SLOT_NOT_APPLICABLE;
    out->answered += p >= 0 || p == TL_SLOT_NOT_DISCLOSED;
}

static void score_indicators(const tl_index *x, const tl_points *sheet, tl_score *out)
{
    tl_points counted[TL_INDEX_ITEMS_MAX];
    tl_score_counted(x, sheet, counted);
    for (size_t s = 0; s < x->n_slots; s++) {
        const tl_index_item *item = &x->items[x->slot_items[s]];
        if (item->parallel_of >= 0)
            continue;
        add_points(out, item->group, counted[s]);
        tally(out, counted[s]);
    }
    for (size_t i = 0; i < x->n_themes; i++)
        out->theme[i] = tl_score_theme(&x->themes[i], counted);
}

static void score_themes(const tl_index *x, const tl_points *sheet, tl_score *out)
{
    for (size_t i = 0; i < x->n_themes; i++) {
        out->theme[i] = sheet[i];
        tally(out, sheet[i]);
        if (x->themes[i].in_total)
            add_points(out, x->themes[i].group, sheet[i]);
    }
}

static void score_total(const tl_index *x, const tl_points *sheet, tl_score *out)
{
    for (size_t g = 0; g < x->n_groups; g++)
        out->group[g] = TL_SLOT_NOT_ASKED;
    for (size_t i = 0; i < x->n_themes; i++)
        out->theme[i] = TL_SLOT_NOT_ASKED;
    out->counted = sheet[0] > 0 ? sheet[0] : 0;
    tally(out, sheet[0]);
}

void tl_score_of(const tl_index *x, tl_sheet_level level, const tl_points *sheet, tl_weight scope12,
                 tl_score *out)
{
    static void (*const levels[])(const tl_index *, const tl_points *,
                                  tl_score *) = { score_indicators, score_themes, score_total };
    size_t printed = 0;
    memset(out, 0, sizeof *out);
    out->scope12 = x->weighted ? scope12 : 0;
    levels[level](x, sheet, out);
    out->total = level == TL_LEVEL_TOTAL || !x->weighted ? (tl_total)out->counted * TL_WEIGHT_ONE
                                                         : tl_score_total(x, out->group, scope12);
    for (size_t i = 0; i < x->n_themes; i++) {
        printed += x->themes[i].printed;
        out->positive_themes += x->themes[i].printed && out->theme[i] > 0;
    }
    out->all_themes_positive = printed > 0 && out->positive_themes == printed;
}

tl_points tl_score_item(const tl_index *x, const tl_points *sheet, int item)
{
    tl_points counted[TL_INDEX_ITEMS_MAX], p = TL_SLOT_NOT_APPLICABLE;
    if (x->items[item].parallel_of >= 0)
        return sheet[x->items[item].slot];
    tl_score_counted(x, sheet, counted);
    for (size_t s = 0; s < x->n_slots; s++) {
        int at = x->slot_items[s];
        while (at >= 0 && at != item)
            at = x->items[at].parent;
        if (at == item)
            p = join(p, counted[s]);
    }
    return p;
}

const tl_index_band *tl_score_band(const tl_index *x, tl_total total)
{
    for (size_t i = 0; i < x->n_bands; i++)
        if (total > x->bands[i].from || (total == x->bands[i].from && !x->bands[i].above))
            return &x->bands[i];
    return NULL;
}

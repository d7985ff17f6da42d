/* score_check.c - can this sheet be, and do two sheets of one company say the same? */
#include <string.h>

#include "rating/score_priv.h"

/* What a slot may hold. */
typedef struct bounds {
    const char *what, *code;
    tl_points max, step;
} bounds;

static tl_status refuse_slot(const bounds *b, tl_points p, tl_error *err)
{
    char text[TL_POINTS_TEXT], limit[TL_POINTS_TEXT];
    if (p < 0)
        return tl_fail(err, TL_EINPUT, "%s %s: negative points", b->what, b->code);
    tl_points_format(p, text);
    tl_points_format(p > b->max ? b->max : b->step, limit);
    return tl_fail(err, TL_EINPUT,
                   p > b->max ? "%s %s: %s points, expected at most %s"
                              : "%s %s: %s points, expected a multiple of %s",
                   b->what, b->code, text, limit);
}

static tl_status check_slot(const bounds *b, tl_points p, tl_error *err)
{
    bool sound = p < 0 ? p >= TL_SLOT_NOT_APPLICABLE : p <= b->max && p % b->step == 0;
    return sound ? TL_OK : refuse_slot(b, p, err);
}

static tl_status check_indicators(const tl_index *x, const tl_points *sheet, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t s = 0; st == TL_OK && s < x->n_slots; s++) {
        const tl_index_item *item = &x->items[x->slot_items[s]];
        const bounds b = { "indicator", item->code, item->max, item->step };
        st = check_slot(&b, sheet[s], err);
    }
    return st;
}

static tl_points common_step(tl_points a, tl_points b)
{
    while (b) {
        tl_points rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* A sum of multiples of several steps is a multiple of their greatest common divisor. */
static tl_points theme_step(const tl_index *x, const tl_index_theme *theme)
{
    tl_points step = x->items[x->slot_items[theme->slots[0]]].step;
    for (size_t i = 1; i < theme->n_slots; i++)
        step = common_step(step, x->items[x->slot_items[theme->slots[i]]].step);
    return step;
}

/* Points that two themes share at most; both list their slots in rising order. */
static tl_points shared_max(const tl_index *x, const tl_index_theme *a, const tl_index_theme *b)
{
    tl_points max = 0;
    size_t i = 0, k = 0;
    while (i < a->n_slots && k < b->n_slots) {
        const tl_index_item *item = &x->items[x->slot_items[a->slots[i]]];
        if (a->slots[i] == b->slots[k]) {
            max += item->parallel_of < 0 ? item->max : 0;
            i++;
            k++;
        } else if (a->slots[i] < b->slots[k]) {
            i++;
        } else {
            k++;
        }
    }
    return max;
}

static tl_status contradict(const tl_index_theme *theme, tl_points p, const char *bound,
                            int64_t limit, const char *why, tl_error *err)
{
    char points[TL_POINTS_TEXT], other[TL_POINTS_TEXT];
    tl_points_format(p, points);
    tl_points_format((tl_points)limit, other);
    return tl_fail(err, TL_EINPUT, "theme %s: %s points, but by %s it has at %s %s", theme->code,
                   points, why, bound, other);
}

/* Two themes that share indicators worth m: of its points a has at least a - (max a - m) there, and
 * b at most b. So a - b <= max a - m. Where a lies within b, m = max a: a has no more than b; and b
 * no more beyond a than b is worth beyond a (a and b changed over). */
static tl_status check_pair(const tl_index *x, const tl_points *sheet, size_t i, size_t k,
                            tl_error *err)
{
    const tl_index_theme *a = &x->themes[i], *b = &x->themes[k];
    tl_points m = shared_max(x, a, b), beyond = a->max - m;
    if (m == 0 || sheet[i] - sheet[k] <= beyond)
        return TL_OK;
    return contradict(a, sheet[i], "most", sheet[k] + beyond, b->code, err);
}

/* The themes of the total part the indicators among them, so each theme t of them allows theme a
 * between t - (max t - m) and t points out of the m they share; unknown ones allow 0 to m. */
static tl_status check_parts(const tl_index *x, const tl_points *sheet, size_t i, tl_error *err)
{
    int64_t low = 0, high = 0;
    bool any = false;
    for (size_t k = 0; k < x->n_themes; k++) {
        const tl_index_theme *t = &x->themes[k];
        tl_points m = t->in_total ? shared_max(x, &x->themes[i], t) : 0;
        if (m == 0)
            continue;
        any = true;
        if (sheet[k] < 0) {
            high += m;
            continue;
        }
        tl_points least = sheet[k] - (t->max - m);
        low += least > 0 ? least : 0;
        high += sheet[k] < m ? sheet[k] : m;
    }
    const char *why = "the themes that make up the total";
    if (any && sheet[i] > high)
        return contradict(&x->themes[i], sheet[i], "most", high, why, err);
    if (any && sheet[i] < low)
        return contradict(&x->themes[i], sheet[i], "least", low, why, err);
    return TL_OK;
}

static tl_status check_themes(const tl_index *x, const tl_points *sheet, tl_error *err)
{
    tl_status st = TL_OK;
    bool counted = false;
    for (size_t i = 0; st == TL_OK && i < x->n_themes; i++) {
        const tl_index_theme *theme = &x->themes[i];
        const bounds b = { "theme", theme->code, theme->max, theme_step(x, theme) };
        counted = counted || theme->in_total;
        st = check_slot(&b, sheet[i], err);
    }
    if (st == TL_OK && !counted)
        st = tl_fail(err, TL_EINPUT, "%s@%s has no themes that make up its total", x->id,
                     x->version);
    for (size_t i = 0; st == TL_OK && i < x->n_themes; i++) {
        for (size_t k = 0; st == TL_OK && sheet[i] >= 0 && k < x->n_themes; k++)
            if (k != i && sheet[k] >= 0)
                st = check_pair(x, sheet, i, k, err);
        if (st == TL_OK && sheet[i] >= 0)
            st = check_parts(x, sheet, i, err);
    }
    return st;
}

/* A weighted total is no multiple of the step. Bonus items may lift a star rating above its full
 * points; without items nobody knows how far. */
static tl_status check_total(const tl_index *x, const tl_points *sheet, tl_error *err)
{
    bool stars = x->kind == TL_INDEX_STARS;
    bounds b = { "total of", x->id, x->full, x->weighted ? 1 : x->step };
    if (stars && x->n_items == 0)
        b.max = TL_POINTS_MAX;
    for (size_t i = 0; i < x->n_items; i++) {
        const tl_index_item *item = &x->items[i];
        b.step = common_step(b.step, item->step);
        if (item->requirement == TL_BONUS && item->parallel_of < 0)
            b.max += item->max;
    }
    return check_slot(&b, sheet[0], err);
}

tl_status tl_score_check(const tl_index *x, tl_sheet_level level, const tl_points *sheet,
                         tl_error *err)
{
    static tl_status (*const levels[])(const tl_index *, const tl_points *,
                                       tl_error *) = { check_indicators, check_themes,
                                                       check_total };
    return levels[level](x, sheet, err);
}

tl_status tl_score_agree(const tl_index *x, const tl_points *indicators, const tl_points *themes,
                         const bool *inferred, tl_error *err)
{
    tl_points counted[TL_INDEX_ITEMS_MAX];
    tl_score_counted(x, indicators, counted);
    for (size_t i = 0; i < x->n_themes; i++) {
        tl_points sum = tl_score_theme(&x->themes[i], counted);
        char given[TL_POINTS_TEXT], answers[TL_POINTS_TEXT];
        if (themes[i] < 0 || (inferred && inferred[i]) || themes[i] == (sum > 0 ? sum : 0))
            continue;
        tl_points_format(themes[i], given);
        tl_points_format(sum > 0 ? sum : 0, answers);
        return tl_fail(err, TL_ECONFLICT,
                       "theme %s: %s points as a theme, but its answers come to %s",
                       x->themes[i].code, given, answers);
    }
    return TL_OK;
}

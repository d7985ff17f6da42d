/* crosswalk_themes.c - bounds of a total under another index, from theme points.
 *
 * Known is the sum P of the indicators of each theme, not how it lies on them. Each point laid on
 * indicator i brings v_i points of the target's total, up to the maximum of i. The least and the
 * most that P can bring is a linear programme with one constraint (a fractional knapsack): filling
 * the indicators in the order of v_i is optimal (Dantzig, Discrete-variable extremum problems,
 * Operations Research 5 (1957) 266-288, section on the knapsack problem).
 *
 * The themes that make up the total hold every indicator once, so they can be bounded one by one.
 * Of the other themes those that hold a single indicator are used too, since they fix it (steel and
 * aluminium is 5.3.2 alone). Themes of several indicators that cut across are not used, nor are
 * steps; and where parallel indicators of the target come from different indicators of the source,
 * the upper bound adds them up. The bounds therefore hold, but are not always the tightest. */
#include <math.h>
#include <stdlib.h>

#include "rating/crosswalk_priv.h"
#include "rating/parallel_priv.h"

/* One indicator of the source with those beside it; by slot of the indicator. */
struct piece {
    double value[3]; /* of a point laid here: LEAST, MOST in the target, LOST from the source */
    bool linked;     /* value[LEAST] was set */
    bool fixed;      /* known by itself */
    tl_points points;
};
enum { LEAST, MOST, LOST };

/* One indicator of the target with those beside it. */
struct place {
    int owner; /* slot of the source indicator that may count in the lower bound, or -1 */
    bool open; /* one of them takes nothing over: up to full points whatever the source says */
};

struct themes_work {
    const tl_index *from, *to;
    const tl_scorecard *card;
    struct piece *pieces;
    struct place *places;
    double (*portions)[2]; /* value, maximum: room for one theme */
};

static int main_slot(const tl_index *x, int item)
{
    return x->items[tl_parallel_main(x, item)].slot;
}

/* The better of two unknowns is at least either of them, so the lower bound lets one source
 * indicator alone count in each place: the first. */
static void open_places(struct themes_work *w, const tl_crosswalk *out)
{
    for (size_t k = 0; k < w->to->n_slots; k++)
        w->places[k].owner = -1;
    for (size_t i = 0; i < out->n_rows; i++) {
        const tl_crosswalk_pair *p = out->rows[i].pair;
        if (p->to < 0)
            continue;
        struct place *place = &w->places[main_slot(w->to, p->to)];
        if (!tl_crosswalk_carries(p))
            place->open = true;
        else if (place->owner < 0)
            place->owner = main_slot(w->from, p->from);
    }
}

/* True if an earlier row leads from the same piece to the same place: only the better counts, and
 * parallel indicators have one maximum, so both bring the same. */
static bool led_there(const struct themes_work *w, const tl_crosswalk *out, size_t row)
{
    const tl_crosswalk_pair *p = out->rows[row].pair;
    for (size_t i = 0; i < row; i++) {
        const tl_crosswalk_pair *q = out->rows[i].pair;
        if (tl_crosswalk_carries(q) && main_slot(w->from, q->from) == main_slot(w->from, p->from) &&
            main_slot(w->to, q->to) == main_slot(w->to, p->to))
            return true;
    }
    return false;
}

/* A point of a piece may have been earned by any one of its parallel indicators, or by all. */
static void value_pieces(struct themes_work *w, const tl_crosswalk *out)
{
    for (size_t i = 0; i < out->n_rows; i++) {
        const tl_crosswalk_pair *p = out->rows[i].pair;
        if (p->from < 0)
            continue;
        const int slot = main_slot(w->from, p->from);
        struct piece *piece = &w->pieces[slot];
        double least = 0;
        if (tl_crosswalk_carries(p)) {
            const struct place *place = &w->places[main_slot(w->to, p->to)];
            const double value = tl_crosswalk_share(w->from, w->to, p) *
                                 tl_crosswalk_worth(w->to, w->to->items[p->to].group, out->scope12);
            least = place->owner == slot ? value : 0;
            if (!place->open && !led_there(w, out, i))
                piece->value[MOST] += value;
        }
        piece->value[LEAST] = piece->linked ? fmin(piece->value[LEAST], least) : least;
        piece->linked = true;
        if (p->to < 0)
            piece->value[LOST] =
                tl_crosswalk_worth(w->from, w->from->items[p->from].group, w->card->score.scope12);
    }
}

/* Themes of a single indicator say what it has. */
static void fix_pieces(struct themes_work *w)
{
    for (size_t k = 0; k < w->from->n_slots; k++) {
        const int item = w->from->slot_items[k];
        if (w->from->items[item].parallel_of >= 0)
            continue;
        const int theme = tl_parallel_theme(w->from, item);
        const tl_points p = theme < 0 ? TL_SLOT_NOT_ASKED : w->card->score.theme[theme];
        w->pieces[k].fixed = p != TL_SLOT_NOT_ASKED;
        w->pieces[k].points = p > 0 ? p : 0;
    }
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    if (x[0] != y[0])
        return x[0] < y[0] ? -1 : 1;
    return (x[1] > y[1]) - (x[1] < y[1]);
}

/* Lays points on the portions, the one of least value first, or of most. */
static double lay(double (*portions)[2], size_t n, double points, bool most)
{
    double sum = 0;
    if (n > 0)
        qsort(portions, n, sizeof *portions, by_value);
    for (size_t i = 0; i < n && points > 0; i++) {
        const double *portion = portions[most ? n - 1 - i : i];
        const double part = fmin(points, portion[1]);
        sum += part * portion[0];
        points -= part;
    }
    return sum / TL_POINT;
}

/* Least or most that the points of a theme bring by value `which`; `rest` of them, negative where
 * nothing is known, lie on what is not fixed. */
static double bound_theme(struct themes_work *w, const tl_index_theme *theme, int which,
                          double rest)
{
    double fixed = 0, room = 0;
    size_t n = 0;
    for (size_t i = 0; i < theme->n_slots; i++) {
        const int slot = theme->slots[i], item = w->from->slot_items[slot];
        const struct piece *piece = &w->pieces[slot];
        if (w->from->items[item].parallel_of >= 0)
            continue;
        if (piece->fixed) {
            fixed += piece->value[which] * piece->points / TL_POINT;
            continue;
        }
        w->portions[n][0] = piece->value[which];
        w->portions[n++][1] = w->from->items[item].max;
        room += w->from->items[item].max;
    }
    if (rest < 0)
        rest = which == LEAST ? 0 : room;
    return fixed + lay(w->portions, n, rest, which != LEAST);
}

/* Points of the theme that lie on what is not fixed; negative where the theme is not known. */
static tl_status rest_of(const struct themes_work *w, const tl_index_theme *theme, tl_points known,
                         tl_points *rest, tl_error *err)
{
    tl_points room = 0;
    *rest = known > 0 ? known : 0;
    for (size_t i = 0; i < theme->n_slots; i++) {
        const int slot = theme->slots[i], item = w->from->slot_items[slot];
        if (w->from->items[item].parallel_of >= 0)
            continue;
        if (w->pieces[slot].fixed)
            *rest -= w->pieces[slot].points;
        else
            room += w->from->items[item].max;
    }
    if (known == TL_SLOT_NOT_ASKED)
        *rest = -1;
    else if (*rest < 0 || *rest > room)
        return tl_fail(err, TL_ECONFLICT,
                       "%s: the points of theme '%s' do not agree with those of the themes in it",
                       w->card->company.id, theme->code);
    return TL_OK;
}

static tl_status bound(struct themes_work *w, tl_crosswalk *out, tl_error *err)
{
    for (size_t t = 0; t < w->from->n_themes; t++) {
        const tl_index_theme *theme = &w->from->themes[t];
        tl_points rest;
        if (!theme->in_total)
            continue;
        const tl_points known = w->card->score.theme[t];
        tl_status st = rest_of(w, theme, known, &rest, err);
        if (st != TL_OK)
            return st;
        out->low += bound_theme(w, theme, LEAST, rest);
        out->high += bound_theme(w, theme, MOST, rest);
        if (rest >= 0) /* what was not asked brought no points that could be lost */
            out->lost += bound_theme(w, theme, LOST, rest);
    }
    for (size_t k = 0; k < w->to->n_slots; k++) {
        const tl_index_item *item = &w->to->items[w->to->slot_items[k]];
        if (w->places[k].open && item->parallel_of < 0)
            out->high +=
                tl_crosswalk_worth(w->to, item->group, out->scope12) * item->max / TL_POINT;
    }
    out->high = fmin(out->high, (double)w->to->full / TL_POINT);
    out->low = fmin(out->low, out->high); /* equal ones were added in another order */
    return TL_OK;
}

tl_status tl_crosswalk_themes(const tl_index *from, const tl_index *to, const tl_scorecard *card,
                              tl_arena *arena, tl_crosswalk *out, tl_error *err)
{
    struct themes_work w = { .from = from, .to = to, .card = card };
    w.pieces = tl_arena_alloc(arena, from->n_slots, sizeof *w.pieces);
    w.places = tl_arena_alloc(arena, to->n_slots, sizeof *w.places);
    w.portions = tl_arena_alloc(arena, from->n_slots, sizeof *w.portions);
    if (!w.pieces || !w.places || !w.portions)
        return tl_fail_nomem(err);
    open_places(&w, out);
    value_pieces(&w, out);
    fix_pieces(&w);
    return bound(&w, out, err);
}

/* whatif.c - totals and ranks under other weights, exact at every share.
 *
 * Under a share w the total of a company is a straight line, intercept + slope x w, in whole
 * numbers. The shares are walked from low to high with the companies kept in order: two lines cross
 * once at most, so over the whole walk the insertion sort moves each pair of companies at most
 * once. The cost is n x shares for the ranks and n^2 / 2 moves at the worst, with memory of n only;
 * sorting anew at every share would cost n x shares x log n, comparing all pairs n^2 divisions and
 * n x shares of memory or as many passes. 10,000 companies over all 10,001 shares took 0.33 s on
 * one core (bench/rating_bench.c), 51 companies about a millisecond. */
#include <stdlib.h>
#include <string.h>

#include "rating/league.h"

/* One company while the share moves. */
struct line {
    tl_total total, slope; /* at the present share; change with each ten-thousandth */
    tl_whatif_row *row;
};

/* The total is linear in the share: two shares give the line. tl_score_total is the one place that
 * knows the formula. */
static tl_total total_at(const tl_index *x, const tl_whatif_row *row, tl_weight scope12)
{
    return tl_score_total(x, row->row->card->score.group, scope12);
}

static int by_rank(const void *a, const void *b)
{
    const tl_whatif_row *x = a, *y = b;
    if (x->total != y->total)
        return x->total > y->total ? -1 : 1;
    const tl_company *c = &x->row->card->company, *d = &y->row->card->company;
    int names = strcmp(c->name_en, d->name_en);
    return names ? names : strcmp(c->id, d->id);
}

/* Highest first. Few move from one share to the next, so insertion is near to linear. */
static void restore_order(struct line *lines, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (lines[i].total <= lines[i - 1].total)
            continue;
        struct line moved = lines[i];
        size_t k = i;
        for (; k > 0 && lines[k - 1].total < moved.total; k--)
            lines[k] = lines[k - 1];
        lines[k] = moved;
    }
}

/* Ranks at share w: 1 and the number of companies strictly above. */
static void note_ranks(const struct line *lines, size_t n, tl_weight w)
{
    size_t rank = 1;
    for (size_t i = 0; i < n; i++) {
        tl_whatif_row *row = lines[i].row;
        if (i > 0 && lines[i].total != lines[i - 1].total)
            rank = i + 1;
        if (rank < row->best) {
            row->best = rank;
            row->best_at = w;
        }
        if (rank > row->worst) {
            row->worst = rank;
            row->worst_at = w;
        }
    }
}

static int by_line(const void *a, const void *b)
{
    tl_total x = ((const struct line *)a)->total, y = ((const struct line *)b)->total;
    return (x < y) - (x > y);
}

/* Fills best and worst of every row. n > 0. */
static void walk(struct line *lines, size_t n, const tl_index *x, tl_weight low, tl_weight high)
{
    for (size_t i = 0; i < n; i++) {
        tl_whatif_row *row = lines[i].row;
        row->best = SIZE_MAX;
        row->worst = 0;
        lines[i].total = total_at(x, row, low);
        lines[i].slope = total_at(x, row, 1) - total_at(x, row, 0);
    }
    qsort(lines, n, sizeof *lines, by_line);
    for (tl_weight w = low;; w++) {
        restore_order(lines, n);
        note_ranks(lines, n, w);
        if (w == high)
            break;
        for (size_t i = 0; i < n; i++)
            lines[i].total += lines[i].slope;
    }
}

static tl_status check(const tl_league_row *league, size_t n, const tl_index *x,
                       const tl_weight shares[3], tl_error *err)
{
    if (!x->weighted)
        return tl_fail(err, TL_EINPUT, "index %s %s has no weights to vary", x->id, x->version);
    for (size_t i = 0; i < 3; i++)
        if (shares[i] < 0 || shares[i] > TL_WEIGHT_ONE)
            return tl_fail(err, TL_EINPUT,
                           "a share of scope 1 and 2 is 0 to %d ten-thousandths, not %d",
                           TL_WEIGHT_ONE, (int)shares[i]);
    if (shares[1] > shares[2])
        return tl_fail(err, TL_EINPUT,
                       "the lowest share, %d ten-thousandths, is above the highest, %d",
                       (int)shares[1], (int)shares[2]);
    for (size_t i = 0; i < n; i++)
        if (league[i].card->level == TL_LEVEL_TOTAL)
            return tl_fail(err, TL_EINPUT,
                           "%s: only the total is known, it cannot be weighted again",
                           league[i].card->company.id);
    return TL_OK;
}

tl_status tl_whatif_make(const tl_league_row *league, size_t n, const tl_index *x,
                         tl_weight scope12, tl_weight low, tl_weight high, tl_arena *arena,
                         const tl_whatif_row **out, tl_error *err)
{
    *out = NULL;
    tl_status st = check(league, n, x, (const tl_weight[]){ scope12, low, high }, err);
    if (st != TL_OK)
        return st;
    tl_whatif_row *rows = tl_arena_alloc(arena, n, sizeof *rows);
    struct line *lines = tl_arena_alloc(arena, n, sizeof *lines);
    if (!rows || !lines)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        rows[i].row = &league[i];
        rows[i].total = total_at(x, &rows[i], scope12);
    }
    *out = rows;
    if (n == 0)
        return TL_OK;
    qsort(rows, n, sizeof *rows, by_rank);
    for (size_t i = 0; i < n; i++) {
        rows[i].rank = i > 0 && rows[i].total == rows[i - 1].total ? rows[i - 1].rank : i + 1;
        lines[i].row = &rows[i];
    }
    walk(lines, n, x, low, high);
    return TL_OK;
}

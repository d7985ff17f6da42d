/* league.c - the league table of an edition.
 *
 * Totals are whole numbers, so companies are equal exactly when their totals are; the order of
 * equals (English name in bytes, then id) depends on nothing but the companies themselves. */
#include "rating/league.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int by_total(const void *a, const void *b)
{
    const tl_scorecard *x = ((const tl_league_row *)a)->card;
    const tl_scorecard *y = ((const tl_league_row *)b)->card;
    if (x->score.total != y->score.total)
        return x->score.total > y->score.total ? -1 : 1;
    int names = strcmp(x->company.name_en, y->company.name_en);
    return names ? names : strcmp(x->company.id, y->company.id);
}

/* Ranks of rows in order: as many as are strictly better, and one. */
static void number_rows(tl_league_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool tied = i > 0 && rows[i].card->score.total == rows[i - 1].card->score.total;
        rows[i].rank = tied ? rows[i - 1].rank : i + 1;
        rows[i].tied = tied;
        if (tied)
            rows[i - 1].tied = true;
    }
}

/* The rows of an edition in order, with ranks and bands; NULL when out of memory. */
static tl_league_row *make_rows(const tl_edition *e, tl_arena *arena)
{
    tl_league_row *rows = tl_arena_alloc(arena, e->n, sizeof *rows);
    if (!rows)
        return NULL;
    for (size_t i = 0; i < e->n; i++)
        rows[i] = (tl_league_row){ .card = &e->cards[i],
                                   .band = tl_score_band(e->index, e->cards[i].score.total) };
    if (e->n > 0)
        qsort(rows, e->n, sizeof *rows, by_total);
    number_rows(rows, e->n);
    return rows;
}

/* Place in cards (by company id) of the first that is not below id, from `from` on. Editions are in
 * the order of ids, so that both are walked once. */
static size_t walk_to(const tl_edition *e, size_t from, const char *id)
{
    while (from < e->n && strcmp(e->cards[from].company.id, id) < 0)
        from++;
    return from;
}

static tl_status add_before(const tl_edition *e, const tl_edition *before, tl_league_row *rows,
                            tl_arena *arena, tl_error *err)
{
    const tl_league_row *old = make_rows(before, arena);
    size_t *old_rank = tl_arena_alloc(arena, before->n, sizeof *old_rank);
    tl_league_row **row_of = tl_arena_alloc(arena, e->n, sizeof(tl_league_row *));
    if (!old || !old_rank || !row_of)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < before->n; i++)
        old_rank[old[i].card - before->cards] = old[i].rank;
    for (size_t i = 0; i < e->n; i++)
        row_of[rows[i].card - e->cards] = &rows[i];
    for (size_t i = 0, k = 0; i < e->n; i++) {
        const char *id = e->cards[i].company.id;
        k = walk_to(before, k, id);
        if (k == before->n || strcmp(before->cards[k].company.id, id) != 0)
            continue;
        row_of[i]->rank_before = old_rank[k];
        row_of[i]->total_before = before->cards[k].score.total;
    }
    return TL_OK;
}

tl_status tl_league_make(const tl_edition *e, const tl_edition *before, tl_arena *arena,
                         const tl_league_row **out, size_t *n, tl_error *err)
{
    *out = NULL;
    *n = 0;
    tl_league_row *rows = make_rows(e, arena);
    if (!rows)
        return tl_fail_nomem(err);
    if (before) {
        tl_status st = add_before(e, before, rows, arena, err);
        if (st != TL_OK)
            return st;
    }
    *out = rows;
    *n = e->n;
    return TL_OK;
}

static bool fits(const char *wanted, const char *text)
{
    return !wanted || tl_text_equal(wanted, text);
}

bool tl_league_shows(const tl_league_filter *f, const tl_league_row *row)
{
    const tl_company *c = &row->card->company;
    return !f || (fits(f->country, c->country) && fits(f->region_group, c->region_group) &&
                  fits(f->listed, c->listed) && fits(f->product_type, c->product_type) &&
                  fits(f->industry, row->card->industry) &&
                  fits(f->band, row->band ? row->band->code : NULL));
}

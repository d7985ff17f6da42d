/* gap.c - the missing points of one company, and who has them.
 *
 * What a gap would bring comes from tl_score_total of the missing points alone: the total is
 * linear, so no second formula is needed. */
#include "rating/gap.h"

#include <stdlib.h>
#include <string.h>

#include "rating/parallel_priv.h"
#include "rating/score_priv.h"

/* One thing that is asked: an indicator with its parallel ones, or a theme. */
struct question {
    const char *code, *name_en, *name_zh;
    int *slots; /* of the indicator and its parallel ones; none at theme level */
    size_t n_slots;
    int theme; /* the theme; of an indicator the theme that holds nothing else, or -1 */
    int group; /* or -1 */
    tl_points max;
};

struct gap_work {
    tl_store *s; /* or NULL */
    const tl_edition *e;
    const tl_league_row *league;
    size_t n_league;
    const tl_scorecard *own;
    const tl_assessment **held; /* by place in cards: read once, when first needed */
    tl_arena *arena;
};

/* What a company has under the question; an empty where it cannot be told from what is published.
 */
static tl_points points_of(const struct question *q, const tl_scorecard *c)
{
    if (c->level == TL_LEVEL_INDICATOR && q->n_slots > 0) {
        tl_points best = c->sheet[q->slots[0]];
        for (size_t i = 1; i < q->n_slots; i++)
            best = tl_score_better(best, c->sheet[q->slots[i]]);
        return best;
    }
    return c->level == TL_LEVEL_TOTAL || q->theme < 0 ? TL_SLOT_NOT_ASKED
                                                      : c->score.theme[q->theme];
}

/* The slots of the indicator at place item, its own first. */
static tl_status find_slots(const tl_index *x, int item, tl_arena *arena, struct question *q,
                            tl_error *err)
{
    size_t n = 0;
    for (size_t k = 0; k < x->n_slots; k++)
        n += tl_parallel_main(x, x->slot_items[k]) == item;
    q->slots = tl_arena_alloc(arena, n, sizeof *q->slots);
    if (!q->slots)
        return tl_fail_nomem(err);
    q->slots[q->n_slots++] = x->items[item].slot;
    for (size_t k = 0; k < x->n_slots; k++)
        if (x->slot_items[k] != item && tl_parallel_main(x, x->slot_items[k]) == item)
            q->slots[q->n_slots++] = (int)k;
    return TL_OK;
}

static tl_status ask_indicators(const tl_index *x, tl_arena *arena, struct question *q, size_t *n,
                                tl_error *err)
{
    *n = 0;
    for (size_t k = 0; k < x->n_slots; k++) {
        const int place = x->slot_items[k];
        const tl_index_item *item = &x->items[place];
        if (item->parallel_of >= 0)
            continue;
        q[*n] = (struct question){ .code = item->code,
                                   .name_en = item->name_en,
                                   .name_zh = item->name_zh,
                                   .theme = tl_parallel_theme(x, place),
                                   .group = item->group,
                                   .max = item->max };
        tl_status st = find_slots(x, place, arena, &q[*n], err);
        if (st != TL_OK)
            return st;
        ++*n;
    }
    return TL_OK;
}

static void ask_themes(const tl_index *x, struct question *q, size_t *n)
{
    *n = 0;
    for (size_t t = 0; t < x->n_themes; t++) {
        const tl_index_theme *theme = &x->themes[t];
        if (theme->in_total)
            q[(*n)++] = (struct question){ .code = theme->code,
                                           .name_en = theme->name_en,
                                           .name_zh = theme->name_zh,
                                           .theme = (int)t,
                                           .group = theme->group,
                                           .max = theme->max };
    }
}

/* Full points, or not applicable (in the indicator and in all beside it): nothing is missing. */
static bool has_no_gap(const struct question *q, tl_points has)
{
    return has == TL_SLOT_NOT_APPLICABLE || (has > 0 ? has : 0) >= q->max;
}

/* The missing points, weighted as they would be in the total. */
static tl_total gain_of(const tl_index *x, const struct question *q, tl_points missing, tl_weight w)
{
    tl_points groups[TL_INDEX_GROUPS_MAX] = { 0 };
    if (q->group < 0)
        return (tl_total)missing * TL_WEIGHT_ONE;
    groups[q->group] = missing;
    return tl_score_total(x, groups, w);
}

/* Rank of a total among the table, which is in order: one and the number strictly above. The
 * company itself is never above a total that is more than its own. */
static size_t rank_of(const struct gap_work *w, tl_total total)
{
    size_t low = 0, high = w->n_league;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->league[middle].card->score.total > total)
            low = middle + 1;
        else
            high = middle;
    }
    return low + 1;
}

/* The table is walked by rank, so among equal points the better rank stays in front. */
static tl_status find_peers(const struct gap_work *w, const struct question *q, tl_gap_row *row,
                            tl_error *err)
{
    tl_gap_peer *peers = tl_arena_alloc(w->arena, TL_GAP_PEERS_MAX, sizeof *peers);
    const tl_points own = row->has > 0 ? row->has : 0;
    if (!peers)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < w->n_league; i++) {
        const tl_scorecard *c = w->league[i].card;
        tl_points points = points_of(q, c);
        if (points <= own)
            continue;
        row->n_with_more++;
        size_t k = row->n_peers;
        if (k == TL_GAP_PEERS_MAX && points <= peers[--k].points)
            continue;
        for (; k > 0 && peers[k - 1].points < points; k--)
            peers[k] = peers[k - 1];
        peers[k] = (tl_gap_peer){ .card = c, .points = points };
        row->n_peers += row->n_peers < TL_GAP_PEERS_MAX;
    }
    row->peers = peers;
    return TL_OK;
}

static tl_status held_by(struct gap_work *w, const tl_scorecard *c, const tl_assessment **out,
                         tl_error *err)
{
    const tl_assessment **place = &w->held[c - w->e->cards];
    if (!*place) {
        const tl_assessment_key key = { .company = c->company.id,
                                        .index = w->e->index->id,
                                        .index_version = w->e->index->version,
                                        .period = w->e->period,
                                        .level = c->level };
        tl_assessment *a = tl_arena_alloc(w->arena, 1, sizeof *a);
        if (!a)
            return tl_fail_nomem(err);
        tl_status st = tl_assessment_get(w->s, &key, c->version, w->arena, a, err);
        if (st != TL_OK)
            return st;
        *place = a;
    }
    *out = *place;
    return TL_OK;
}

/* The first evidence that counts, of the answer that brought these points. */
static const tl_evidence *evidence_in(const tl_assessment *a, const tl_index *x,
                                      const struct question *q, tl_points points)
{
    for (size_t i = 0; i < a->n_answers; i++) {
        const tl_answer *answer = &a->answers[i];
        bool asked = false;
        for (size_t k = 0; k < q->n_slots && !asked; k++)
            asked = strcmp(answer->slot, x->items[x->slot_items[q->slots[k]]].code) == 0;
        if (!asked || answer->counted != points)
            continue;
        for (size_t k = 0; k < answer->n_evidence; k++)
            if (!answer->evidence[k].late && !answer->evidence[k].withdrawn)
                return &answer->evidence[k];
    }
    return NULL;
}

static tl_status add_evidence(struct gap_work *w, const struct question *q, tl_gap_row *row,
                              tl_error *err)
{
    tl_gap_peer *peers = (tl_gap_peer *)(uintptr_t)row->peers; /* made by find_peers */
    for (size_t i = 0; w->s && q->n_slots > 0 && i < row->n_peers; i++) {
        const tl_assessment *a = NULL;
        if (peers[i].card->level != TL_LEVEL_INDICATOR)
            continue;
        tl_status st = held_by(w, peers[i].card, &a, err);
        if (st != TL_OK)
            return st;
        peers[i].evidence = evidence_in(a, w->e->index, q, peers[i].points);
    }
    return TL_OK;
}

static tl_status make_row(struct gap_work *w, const struct question *q, tl_points has,
                          tl_gap_row *row, tl_error *err)
{
    const tl_score *score = &w->own->score;
    *row = (tl_gap_row){
        .slot = q->code, .name_en = q->name_en, .name_zh = q->name_zh, .has = has, .max = q->max
    };
    row->gain = gain_of(w->e->index, q, q->max - (has > 0 ? has : 0), score->scope12);
    row->rank_after = rank_of(w, score->total + row->gain);
    tl_status st = find_peers(w, q, row, err);
    return st == TL_OK ? add_evidence(w, q, row, err) : st;
}

static int by_gain(const void *a, const void *b)
{
    const tl_gap_row *x = a, *y = b;
    if (x->gain != y->gain)
        return x->gain > y->gain ? -1 : 1;
    return strcmp(x->slot, y->slot);
}

static tl_status find_own(struct gap_work *w, const char *company, tl_error *err)
{
    const tl_edition *e = w->e;
    for (size_t i = 0; i < w->n_league && !w->own; i++)
        if (strcmp(w->league[i].card->company.id, company) == 0)
            w->own = w->league[i].card;
    if (!w->own)
        return tl_fail(err, TL_ENOTFOUND, "%s has no published result under %s %s in %s", company,
                       e->index->id, e->index->version, e->period);
    if (w->own->level == TL_LEVEL_TOTAL)
        return tl_fail(err, TL_EINPUT, "%s: only the total is known, so no gap can be named",
                       company);
    return TL_OK;
}

static tl_status make_rows(struct gap_work *w, const tl_gap_row **out, size_t *n, tl_error *err)
{
    const tl_index *x = w->e->index;
    const size_t room = x->n_slots + x->n_themes;
    struct question *asked = tl_arena_alloc(w->arena, room, sizeof *asked);
    tl_gap_row *rows = tl_arena_alloc(w->arena, room, sizeof *rows);
    size_t n_asked = 0, n_rows = 0;
    tl_status st = TL_OK;
    w->held = tl_arena_alloc(w->arena, w->e->n, sizeof(tl_assessment *));
    if (!asked || !rows || !w->held)
        return tl_fail_nomem(err);
    if (w->own->level == TL_LEVEL_THEME)
        ask_themes(x, asked, &n_asked);
    else
        st = ask_indicators(x, w->arena, asked, &n_asked, err);
    for (size_t i = 0; i < n_asked && st == TL_OK; i++) {
        tl_points has = points_of(&asked[i], w->own);
        if (!has_no_gap(&asked[i], has))
            st = make_row(w, &asked[i], has, &rows[n_rows++], err);
    }
    if (st != TL_OK)
        return st;
    if (n_rows > 0)
        qsort(rows, n_rows, sizeof *rows, by_gain);
    *out = rows;
    *n = n_rows;
    return TL_OK;
}

tl_status tl_gap_make(tl_store *s, const tl_edition *e, const tl_league_row *league,
                      size_t n_league, const char *company, tl_arena *arena, const tl_gap_row **out,
                      size_t *n, tl_error *err)
{
    struct gap_work w = { .s = s, .e = e, .league = league, .n_league = n_league, .arena = arena };
    *out = NULL;
    *n = 0;
    tl_status st = find_own(&w, company, err);
    return st == TL_OK ? make_rows(&w, out, n, err) : st;
}

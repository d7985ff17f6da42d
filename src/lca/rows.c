/* rows.c - the two block triangular forms, made by counting sorts so that every row comes out in
 * ascending order without sorting. */
#include "lca/rows.h"

#include <stdlib.h>

#include "base/memory.h"
#include "lca/sequence.h"

void lca_rows_clear(struct lca_rows *r)
{
    free(r->at);
    free(r->place);
    free(r->blocks);
    free(r->start);
    free(r->loop);
    free(r->index);
    free(r->value);
    *r = (struct lca_rows){ 0 };
}

static tl_status allocate(struct lca_rows *r, size_t n, size_t n_blocks, size_t entries,
                          tl_error *err)
{
    *r = (struct lca_rows){ .n = n, .n_blocks = n_blocks };
    r->at = tl_new_array(n, sizeof *r->at);
    r->place = tl_new_array(n, sizeof *r->place);
    r->blocks = tl_new_array(n_blocks + 1, sizeof *r->blocks);
    r->start = tl_new_array(n + 1, sizeof *r->start);
    r->loop = tl_new_array(n, sizeof *r->loop);
    r->index = tl_new_array(entries, sizeof *r->index);
    r->value = tl_new_array(entries, sizeof *r->value);
    if (!r->at || !r->place || !r->blocks || !r->start || !r->loop || !r->index || !r->value) {
        lca_rows_clear(r);
        return tl_fail_nomem(err);
    }
    return TL_OK;
}

/* r->start holds counts one place up; turns them into places to fill. */
static void counts_to_starts(struct lca_rows *r)
{
    for (size_t p = 0; p < r->n; p++)
        r->start[p + 1] += r->start[p];
}

/* Filling moved every start to its end; moves them back, and finds where loops begin. */
static void finish_rows(struct lca_rows *r)
{
    for (size_t p = r->n; p > 0; p--)
        r->start[p] = r->start[p - 1];
    r->start[0] = 0;
    for (size_t b = 0; b < r->n_blocks; b++)
        for (size_t p = r->blocks[b]; p < r->blocks[b + 1]; p++) {
            size_t e = r->start[p];
            while (e < r->start[p + 1] && r->index[e] < r->blocks[b])
                e++;
            r->loop[p] = e;
        }
}

/* Walks consumers in order, so that each supplier's row fills in order. */
static void fill_levels(struct lca_rows *r, const struct lca_table *t, const double *production)
{
    for (uint32_t p = 0; p < r->n; p++)
        for (uint64_t e = t->start[r->at[p]]; e < t->start[r->at[p] + 1]; e++) {
            if (!lca_is_entry(t, e))
                continue;
            size_t to = r->start[r->place[t->row[e]]]++;
            r->index[to] = p;
            r->value[to] = t->amount[e] / production[t->row[e]];
        }
    finish_rows(r);
}

/* The transpose of levels, positions turned round. */
static void fill_scores(struct lca_rows *r, const struct lca_rows *levels)
{
    uint32_t last = (uint32_t)(r->n - 1);
    for (size_t p = 0; p < r->n; p++) {
        r->at[p] = levels->at[last - p];
        r->place[r->at[p]] = (uint32_t)p;
    }
    for (size_t b = 0; b <= r->n_blocks; b++)
        r->blocks[b] = (uint32_t)r->n - levels->blocks[r->n_blocks - b];
    for (size_t e = 0; e < levels->start[levels->n]; e++)
        r->start[last - levels->index[e] + 1]++;
    counts_to_starts(r);
    for (uint32_t p = 0; p < r->n; p++)
        for (size_t e = levels->start[last - p]; e < levels->start[last - p + 1]; e++) {
            size_t to = r->start[last - levels->index[e]]++;
            r->index[to] = p;
            r->value[to] = levels->value[e];
        }
    finish_rows(r);
}

tl_status lca_rows_init(struct lca_rows *levels, struct lca_rows *scores, const tl_lca_system *s,
                        tl_error *err)
{
    const struct lca_table *t = &s->table[LCA_INPUTS];
    struct lca_order order = { 0 };
    *levels = *scores = (struct lca_rows){ 0 };
    size_t n = s->facts.activities, entries = s->facts.inputs;
    double *production = tl_new_array(n, sizeof *production);
    if (!production)
        return tl_fail_nomem(err);
    for (size_t j = 0; j < n; j++)
        production[j] = lca_production(s, j);
    tl_status st = lca_order_init(&order, s, err);
    if (st == TL_OK)
        st = lca_sequence_blocks(&order, s, err);
    if (st == TL_OK)
        st = allocate(levels, n, order.n_blocks, entries, err);
    if (st == TL_OK)
        st = allocate(scores, n, order.n_blocks, entries, err);
    if (st == TL_OK) {
        for (size_t p = 0; p < n; p++) {
            levels->at[p] = order.at[p];
            levels->place[p] = order.place[p];
        }
        for (size_t b = 0; b <= order.n_blocks; b++)
            levels->blocks[b] = order.blocks[b];
        for (size_t e = 0; e < entries; e++)
            if (lca_is_entry(t, e))
                levels->start[order.place[t->row[e]] + 1]++;
        counts_to_starts(levels);
        fill_levels(levels, t, production);
        fill_scores(scores, levels);
    } else {
        lca_rows_clear(levels);
    }
    lca_order_clear(&order);
    free(production);
    return st;
}

/* order.c - Tarjan's algorithm without recursion.
 *
 * R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972) 146-160.
 * The search follows inputs from a consumer to its suppliers, so a component is complete only after
 * all components that supply it: components come out suppliers first and are turned round. Inside
 * a component the reverse of the order of leaving is kept: there all but the edges that close a
 * cycle run from earlier to later, which is what Gauss-Seidel sweeps like. */
#include "lca/order.h"

#include <stdlib.h>

#include "base/memory.h"

enum { UNSEEN = 0 };

struct search {
    const struct lca_table *inputs;
    uint64_t *next;     /* next entry to follow, per activity */
    uint32_t *number;   /* order of entering, from 1; UNSEEN before */
    uint32_t *low;      /* smallest number reachable */
    uint32_t *path;     /* activities being searched, from the root */
    uint32_t *open;     /* Tarjan's stack: entered, component not yet known */
    uint32_t *block_of; /* UINT32_MAX while open or unseen */
    uint32_t *left;     /* activities in order of leaving */
    uint32_t n_path, n_open, n_left, n_numbers, n_blocks;
};

static void enter(struct search *s, uint32_t j)
{
    s->number[j] = s->low[j] = ++s->n_numbers;
    s->next[j] = s->inputs->start[j];
    s->path[s->n_path++] = j;
    s->open[s->n_open++] = j;
}

static void leave(struct search *s)
{
    uint32_t j = s->path[--s->n_path];
    s->left[s->n_left++] = j;
    if (s->low[j] == s->number[j]) { /* j is the root of a component */
        uint32_t member;
        do {
            member = s->open[--s->n_open];
            s->block_of[member] = s->n_blocks;
        } while (member != j);
        s->n_blocks++;
    }
    if (s->n_path > 0) {
        uint32_t consumer = s->path[s->n_path - 1];
        if (s->low[j] < s->low[consumer])
            s->low[consumer] = s->low[j];
    }
}

static void search_from(struct search *s, uint32_t root)
{
    enter(s, root);
    while (s->n_path > 0) {
        uint32_t j = s->path[s->n_path - 1];
        if (s->next[j] == s->inputs->start[j + 1]) {
            leave(s);
            continue;
        }
        uint64_t e = s->next[j]++;
        uint32_t i = s->inputs->row[e];
        if (!lca_is_entry(s->inputs, e))
            continue;
        if (s->number[i] == UNSEEN)
            enter(s, i);
        else if (s->block_of[i] == UINT32_MAX && s->number[i] < s->low[j])
            s->low[j] = s->number[i];
    }
}

/* Counting sort of the activities by block, both turned round. */
static void write_order(struct lca_order *o, const struct search *s)
{
    uint32_t last = s->n_blocks - 1;
    for (size_t j = 0; j < o->n; j++)
        o->blocks[last - s->block_of[j] + 1]++;
    for (size_t b = 0; b < o->n_blocks; b++)
        o->blocks[b + 1] += o->blocks[b];
    uint32_t *fill = s->number; /* its work is done */
    for (size_t b = 0; b < o->n_blocks; b++)
        fill[b] = o->blocks[b];
    for (size_t k = o->n; k-- > 0;) {
        uint32_t j = s->left[k], p = fill[last - s->block_of[j]]++;
        o->at[p] = j;
        o->place[j] = p;
    }
}

void lca_order_clear(struct lca_order *o)
{
    free(o->at);
    free(o->place);
    free(o->blocks);
    *o = (struct lca_order){ 0 };
}

tl_status lca_order_init(struct lca_order *o, const tl_lca_system *s, tl_error *err)
{
    size_t n = s->facts.activities;
    uint32_t *scratch = tl_new_array(n * 6, sizeof *scratch);
    uint64_t *next = tl_new_array(n, sizeof *next);
    *o = (struct lca_order){ .n = n };
    o->at = tl_new_array(n, sizeof *o->at);
    o->place = tl_new_array(n, sizeof *o->place);
    tl_status st = TL_OK;
    if (!scratch || !next || !o->at || !o->place) {
        st = tl_fail_nomem(err);
        goto done;
    }
    struct search search = { &s->table[LCA_INPUTS],
                             next,
                             scratch,
                             scratch + n,
                             scratch + 2 * n,
                             scratch + 3 * n,
                             scratch + 4 * n,
                             scratch + 5 * n,
                             0,
                             0,
                             0,
                             0,
                             0 };
    for (size_t j = 0; j < n; j++)
        search.block_of[j] = UINT32_MAX;
    for (uint32_t j = 0; j < n; j++)
        if (search.number[j] == UNSEEN)
            search_from(&search, j);
    o->n_blocks = search.n_blocks;
    o->blocks = tl_new_array(o->n_blocks + 1, sizeof *o->blocks);
    if (!o->blocks) {
        st = tl_fail_nomem(err);
        goto done;
    }
    write_order(o, &search);
done:
    free(scratch);
    free(next);
    if (st != TL_OK)
        lca_order_clear(o);
    return st;
}

/* sequence.c - putting the activities of a loop in a good order.
 *
 * A sweep is exact for all inputs whose consumer comes first; what goes against the order is what
 * has to be swept again. So the order should leave little weight against it. The weight of an input
 * is its share in the strongest circle of the loop, l_i T_ij r_j with l and r the dominant vectors
 * of |T|, which does not depend on units. The order is the greedy one of P. Eades, X. Lin, W. F.
 * Smyth, "A fast and effective heuristic for the feedback arc set problem", Inf. Process. Lett. 47
 * (1993) 319-323, with weights: next comes the activity that gives most more to those left than it
 * takes. */
#include "lca/sequence.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

enum { SMALL = 32, SWEEPS = 6 };

/* The entries inside one block by consumer, and where they are by supplier. */
struct block {
    size_t n, entries;
    uint32_t *activity;                /* borrowed; in the order so far */
    size_t *by_consumer, *by_supplier; /* owned; n + 1 */
    uint32_t *supplier, *consumer;     /* owned; consumer: in order of supplier */
    uint32_t *entry;                   /* owned; in order of supplier: place in order of consumer */
    double *weight;                    /* owned; in order of consumer */
    double *right, *left;              /* owned */
    double *gain;                      /* owned; what it gives less what it takes of those left */
    uint32_t *heap, *spot;             /* owned; largest gain on top; place in heap + 1, 0 = gone */
    size_t n_heap;
};

static void block_clear(struct block *b)
{
    free(b->by_consumer);
    free(b->by_supplier);
    free(b->supplier);
    free(b->consumer);
    free(b->entry);
    free(b->weight);
    free(b->right);
    free(b->left);
    free(b->gain);
    free(b->heap);
    free(b->spot);
}

static tl_status allocate(struct block *b, tl_error *err)
{
    b->by_consumer = tl_new_array(b->n + 1, sizeof *b->by_consumer);
    b->by_supplier = tl_new_array(b->n + 1, sizeof *b->by_supplier);
    b->supplier = tl_new_array(b->entries, sizeof *b->supplier);
    b->consumer = tl_new_array(b->entries, sizeof *b->consumer);
    b->entry = tl_new_array(b->entries, sizeof *b->entry);
    b->weight = tl_new_array(b->entries, sizeof *b->weight);
    b->right = tl_new_array(b->n, sizeof *b->right);
    b->left = tl_new_array(b->n, sizeof *b->left);
    b->gain = tl_new_array(b->n, sizeof *b->gain);
    b->heap = tl_new_array(b->n, sizeof *b->heap);
    b->spot = tl_new_array(b->n, sizeof *b->spot);
    return b->by_consumer && b->by_supplier && b->supplier && b->consumer && b->entry &&
                   b->weight && b->right && b->left && b->gain && b->heap && b->spot
               ? TL_OK
               : tl_fail_nomem(err);
}

/* Entries of block [first, last) of o; counts only while b->supplier is NULL. */
static void take_entries(struct block *b, const struct lca_order *o, const tl_lca_system *s,
                         size_t first)
{
    const struct lca_table *t = &s->table[LCA_INPUTS];
    size_t e = 0;
    for (size_t j = 0; j < b->n; j++) {
        uint32_t a = b->activity[j];
        for (uint64_t k = t->start[a]; k < t->start[a + 1]; k++) {
            size_t i = o->place[t->row[k]] - first; /* wraps for earlier places: then too large */
            if (i >= b->n || t->amount[k] == 0)
                continue;
            if (b->supplier) {
                b->supplier[e] = (uint32_t)i;
                b->weight[e] = fabs(t->amount[k] / lca_production(s, t->row[k]));
                b->by_supplier[i + 1]++;
            }
            e++;
        }
        if (b->supplier)
            b->by_consumer[j + 1] = e;
    }
    b->entries = e;
}

static void index_by_supplier(struct block *b)
{
    for (size_t i = 0; i < b->n; i++)
        b->by_supplier[i + 1] += b->by_supplier[i];
    for (size_t j = 0; j < b->n; j++)
        for (size_t e = b->by_consumer[j]; e < b->by_consumer[j + 1]; e++) {
            size_t at = b->by_supplier[b->supplier[e]]++;
            b->consumer[at] = (uint32_t)j;
            b->entry[at] = (uint32_t)e;
        }
    for (size_t i = b->n; i > 0; i--)
        b->by_supplier[i] = b->by_supplier[i - 1];
    b->by_supplier[0] = 0;
}

static void normalise(double *v, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, v[i]);
    if (!(largest > 0) || !isfinite(largest))
        return;
    for (size_t i = 0; i < n; i++)
        v[i] /= largest;
}

/* Right and left dominant vectors, roughly: a few sweeps each in the order so far. */
static void dominant_vectors(struct block *b)
{
    for (size_t i = 0; i < b->n; i++)
        b->right[i] = b->left[i] = 1;
    for (int k = 0; k < SWEEPS; k++) {
        for (size_t i = 0; i < b->n; i++) {
            double sum = 0;
            for (size_t e = b->by_supplier[i]; e < b->by_supplier[i + 1]; e++)
                sum += b->weight[b->entry[e]] * b->right[b->consumer[e]];
            b->right[i] = sum;
        }
        for (size_t j = b->n; j-- > 0;) {
            double sum = 0;
            for (size_t e = b->by_consumer[j]; e < b->by_consumer[j + 1]; e++)
                sum += b->weight[e] * b->left[b->supplier[e]];
            b->left[j] = sum;
        }
        normalise(b->right, b->n);
        normalise(b->left, b->n);
    }
    for (size_t j = 0; j < b->n; j++)
        for (size_t e = b->by_consumer[j]; e < b->by_consumer[j + 1]; e++)
            b->weight[e] *= b->left[b->supplier[e]] * b->right[j];
}

/* ---- heap of the activities left --------------------------------------------------------- */

static bool ahead(const struct block *b, uint32_t x, uint32_t y)
{
    return b->gain[x] != b->gain[y] ? b->gain[x] > b->gain[y] : x < y;
}

static void settle(struct block *b, size_t at, uint32_t x)
{
    while (at > 0 && ahead(b, x, b->heap[(at - 1) / 2])) {
        b->heap[at] = b->heap[(at - 1) / 2];
        b->spot[b->heap[at]] = (uint32_t)at + 1;
        at = (at - 1) / 2;
    }
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < b->n_heap && ahead(b, b->heap[child + 1], b->heap[child]))
            child++;
        if (child >= b->n_heap || !ahead(b, b->heap[child], x))
            break;
        b->heap[at] = b->heap[child];
        b->spot[b->heap[at]] = (uint32_t)at + 1;
        at = child;
    }
    b->heap[at] = x;
    b->spot[x] = (uint32_t)at + 1;
}

static uint32_t take_top(struct block *b)
{
    uint32_t top = b->heap[0], last = b->heap[--b->n_heap];
    b->spot[top] = 0;
    if (b->n_heap > 0)
        settle(b, 0, last);
    return top;
}

static void change_gain(struct block *b, uint32_t x, double by)
{
    if (b->spot[x] == 0 || by == 0)
        return;
    b->gain[x] += by;
    settle(b, b->spot[x] - 1, x);
}

/* Writes the local numbers in their new order to next. */
static void greedy(struct block *b, uint32_t *next)
{
    for (size_t j = 0; j < b->n; j++)
        for (size_t e = b->by_consumer[j]; e < b->by_consumer[j + 1]; e++) {
            b->gain[j] += b->weight[e];
            b->gain[b->supplier[e]] -= b->weight[e];
        }
    for (size_t j = 0; j < b->n; j++) {
        b->heap[b->n_heap] = (uint32_t)j;
        settle(b, b->n_heap++, (uint32_t)j);
    }
    for (size_t k = 0; k < b->n; k++) {
        uint32_t x = take_top(b);
        next[k] = x;
        for (size_t e = b->by_consumer[x]; e < b->by_consumer[x + 1]; e++)
            change_gain(b, b->supplier[e], b->weight[e]); /* one consumer less to wait for */
        for (size_t e = b->by_supplier[x]; e < b->by_supplier[x + 1]; e++)
            change_gain(b, b->consumer[e], -b->weight[b->entry[e]]);
    }
}

static tl_status sequence_block(struct lca_order *o, const tl_lca_system *s, size_t block,
                                tl_error *err)
{
    size_t first = o->blocks[block];
    struct block b = { .n = o->blocks[block + 1] - first, .activity = o->at + first };
    take_entries(&b, o, s, first);
    uint32_t *next = tl_new_array(b.n, sizeof *next);
    tl_status st = next ? allocate(&b, err) : tl_fail_nomem(err);
    if (st == TL_OK) {
        take_entries(&b, o, s, first);
        index_by_supplier(&b);
        dominant_vectors(&b);
        greedy(&b, next);
        for (size_t k = 0; k < b.n; k++)
            next[k] = b.activity[next[k]];
        for (size_t k = 0; k < b.n; k++) {
            o->at[first + k] = next[k];
            o->place[next[k]] = (uint32_t)(first + k);
        }
    }
    block_clear(&b);
    free(next);
    return st;
}

tl_status lca_sequence_blocks(struct lca_order *o, const tl_lca_system *s, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t b = 0; b < o->n_blocks && st == TL_OK; b++)
        if (o->blocks[b + 1] - o->blocks[b] > SMALL)
            st = sequence_block(o, s, b, err);
    return st;
}

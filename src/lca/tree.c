/* tree.c - the upstream tree: who needs what from whom, along each path.
 *
 * The score of an amount of a product along a path is amount x unit score, so no path has to be
 * walked to its end. Of all nodes that might be shown the one with the largest score is taken next;
 * so a limit on their number leaves out the smallest. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "lca/solver.h"

static const double default_cutoff = 0.01;
enum { DEFAULT_DEPTH = 10, DEFAULT_NODES = 1000 };

/* A node, shown or waiting; links are indices, TL_LCA_NONE = none. */
struct branch {
    tl_lca_node node;
    size_t parent, first_child, last_child, next; /* among shown */
    size_t order;                                 /* of arrival, to break ties */
};

struct growth {
    const tl_lca_solver *v;
    const struct lca_scores *c;
    tl_lca_tree_options options;
    double total;
    struct branch *shown;   /* owned */
    struct branch *waiting; /* owned; binary heap, largest score on top */
    size_t n_shown, n_waiting, cap_waiting, arrivals;
    double *amount; /* owned; by activity: scratch for adding up repeated inputs; 0 between uses */
    uint32_t *inputs; /* owned; suppliers of the activity at hand */
};

static bool before(const struct branch *a, const struct branch *b)
{
    double x = fabs(a->node.score), y = fabs(b->node.score);
    return x != y ? x > y : a->order < b->order;
}

static void swap(struct branch *a, struct branch *b)
{
    struct branch t = *a;
    *a = *b;
    *b = t;
}

static tl_status push(struct growth *g, const struct branch *b, tl_error *err)
{
    tl_status st = tl_grow(&g->waiting, &g->cap_waiting, g->n_waiting + 1, sizeof *g->waiting, err);
    if (st != TL_OK)
        return st;
    size_t i = g->n_waiting++;
    g->waiting[i] = *b;
    g->waiting[i].order = g->arrivals++;
    for (; i > 0 && before(&g->waiting[i], &g->waiting[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&g->waiting[i], &g->waiting[(i - 1) / 2]);
    return TL_OK;
}

static struct branch pop(struct growth *g)
{
    struct branch top = g->waiting[0];
    g->waiting[0] = g->waiting[--g->n_waiting];
    for (size_t i = 0;;) {
        size_t best = i;
        for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < g->n_waiting; k++)
            if (before(&g->waiting[k], &g->waiting[best]))
                best = k;
        if (best == i)
            return top;
        swap(&g->waiting[i], &g->waiting[best]);
        i = best;
    }
}

static struct branch make_branch(const struct growth *g, size_t activity, size_t parent,
                                 unsigned depth, double amount)
{
    double score = amount * g->c->unit[activity];
    double own = amount / g->v->production[activity] * g->c->own[activity];
    return (struct branch){
        .node = { activity, parent, depth, amount, score, g->total != 0 ? score / g->total : 0, own,
                  score - own },
        .parent = parent,
        .first_child = TL_LCA_NONE,
        .last_child = TL_LCA_NONE,
        .next = TL_LCA_NONE,
    };
}

/* Queues the suppliers of shown node k that are worth showing. */
static tl_status branch_out(struct growth *g, size_t k, tl_error *err)
{
    const struct lca_table *t = &g->v->system->table[LCA_INPUTS];
    const tl_lca_node node = g->shown[k].node;
    double level = node.amount / g->v->production[node.activity];
    size_t n = 0;
    tl_status st = TL_OK;
    if (node.depth >= g->options.max_depth)
        return TL_OK;
    for (uint64_t e = t->start[node.activity]; e < t->start[node.activity + 1]; e++) {
        if (g->amount[t->row[e]] == 0)
            g->inputs[n++] = t->row[e];
        g->amount[t->row[e]] += t->amount[e];
    }
    for (size_t i = 0; i < n; i++) {
        double amount = g->amount[g->inputs[i]] * level;
        g->amount[g->inputs[i]] = 0;
        if (amount == 0 || st != TL_OK)
            continue;
        struct branch b = make_branch(g, g->inputs[i], k, node.depth + 1, amount);
        if (fabs(b.node.share) >= g->options.cutoff)
            st = push(g, &b, err);
    }
    return st;
}

static void show(struct growth *g, const struct branch *b)
{
    size_t k = g->n_shown++;
    g->shown[k] = *b;
    if (b->parent == TL_LCA_NONE)
        return;
    struct branch *parent = &g->shown[b->parent];
    parent->node.hidden -= b->node.score;
    if (parent->first_child == TL_LCA_NONE)
        parent->first_child = k;
    else
        g->shown[parent->last_child].next = k;
    parent->last_child = k;
}

/* From order of size to reading order. place[k] is where shown node k went. */
static void write_nodes(const struct growth *g, tl_lca_node *out, size_t *place)
{
    size_t n = 0;
    for (size_t root = 0; root < g->n_shown; root++) {
        if (g->shown[root].parent != TL_LCA_NONE)
            continue;
        size_t k = root;
        for (;;) {
            place[k] = n;
            out[n] = g->shown[k].node;
            if (g->shown[k].parent != TL_LCA_NONE)
                out[n].parent = place[g->shown[k].parent];
            n++;
            if (g->shown[k].first_child != TL_LCA_NONE) {
                k = g->shown[k].first_child;
                continue;
            }
            while (k != root && g->shown[k].next == TL_LCA_NONE)
                k = g->shown[k].parent;
            if (k == root)
                break;
            k = g->shown[k].next;
        }
    }
}

static tl_status grow_tree(struct growth *g, const tl_lca_solution *x, bool *truncated,
                           tl_error *err)
{
    for (size_t i = 0; i < x->n_demand; i++) {
        struct branch b =
            make_branch(g, x->demand[i].activity, TL_LCA_NONE, 0, x->demand[i].amount);
        tl_status st = push(g, &b, err);
        if (st != TL_OK)
            return st;
    }
    while (g->n_waiting > 0 && g->n_shown < g->options.max_nodes) {
        struct branch b = pop(g);
        show(g, &b);
        tl_status st = branch_out(g, g->n_shown - 1, err);
        if (st != TL_OK)
            return st;
    }
    if (truncated)
        *truncated = g->n_waiting > 0;
    return TL_OK;
}

static tl_status allocate(struct growth *g, tl_error *err)
{
    size_t n = g->v->system->facts.activities;
    g->shown = tl_new_array(g->options.max_nodes, sizeof *g->shown);
    g->amount = tl_new_array(n, sizeof *g->amount);
    g->inputs = tl_new_array(n, sizeof *g->inputs);
    return g->shown && g->amount && g->inputs ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_lca_upstream_tree(tl_lca_solver *v, const tl_lca_solution *x, size_t category,
                               const tl_lca_tree_options *options, tl_lca_node **out, size_t *n,
                               bool *truncated, tl_error *err)
{
    struct growth g = { .v = v };
    tl_lca_score score;
    size_t *place = NULL;
    *out = NULL;
    *n = 0;
    if (options)
        g.options = *options;
    g.options.cutoff = g.options.cutoff == 0 ? default_cutoff : g.options.cutoff;
    g.options.max_depth = g.options.max_depth ? g.options.max_depth : DEFAULT_DEPTH;
    g.options.max_nodes = g.options.max_nodes ? g.options.max_nodes : DEFAULT_NODES;
    if (!(g.options.cutoff > 0))
        return tl_fail(err, TL_EINPUT, "upstream tree: the cut-off share must be above 0");
    tl_status st = tl_lca_solution_score(v, x, category, &score, err);
    if (st == TL_OK)
        st = lca_category_scores(v, category, &g.c, err);
    g.total = score.score;
    if (st == TL_OK)
        st = allocate(&g, err);
    if (st == TL_OK)
        st = grow_tree(&g, x, truncated, err);
    if (st == TL_OK) {
        *out = tl_new_array(g.n_shown, sizeof **out);
        place = tl_new_array(g.n_shown, sizeof *place);
        if (*out && place) {
            write_nodes(&g, *out, place);
            *n = g.n_shown;
        } else {
            free(*out);
            *out = NULL;
            st = tl_fail_nomem(err);
        }
    }
    free(place);
    free(g.shown);
    free(g.waiting);
    free(g.amount);
    free(g.inputs);
    return st;
}

/* contribution.c - a score taken apart: by activity, by flow, by direct supplier. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "lca/solver.h"

/* Amount and score of everything of one kind; the last place is for TL_LCA_NONE. */
struct totals {
    double *amount, *score; /* owned */
    size_t n;
};

static tl_status totals_init(struct totals *t, size_t n, tl_error *err)
{
    *t = (struct totals){ tl_new_array(n + 1, sizeof *t->amount),
                          tl_new_array(n + 1, sizeof *t->score), n };
    return t->amount && t->score ? TL_OK : tl_fail_nomem(err);
}

static void by_activity(const struct lca_scores *c, const tl_lca_solution *x, struct totals *t)
{
    for (size_t j = 0; j < t->n; j++) {
        t->amount[j] = x->level[j];
        t->score[j] = x->level[j] == 0 ? 0 : x->level[j] * c->own[j];
    }
}

static tl_status by_flow(const tl_lca_solution *x, size_t category, struct totals *t, tl_error *err)
{
    const tl_lca_system *s = x->system;
    const struct lca_table *b = &s->table[LCA_EMISSIONS];
    double *factor;
    tl_status st = lca_factor_vector(s, category, &factor, err);
    if (st != TL_OK)
        return st;
    for (size_t j = 0; j < s->facts.activities; j++)
        for (uint64_t e = b->start[j]; x->level[j] != 0 && e < b->start[j + 1]; e++) {
            t->amount[b->row[e]] += b->amount[e] * x->level[j];
            t->score[b->row[e]] += b->amount[e] * x->level[j] * factor[b->row[e]];
        }
    free(factor);
    return TL_OK;
}

/* One unit of product d has the score (own + sum of input x unit score of its supplier) /
 * production, which is what the score equation of d says. */
static void by_supplier(const tl_lca_solver *v, const struct lca_scores *c,
                        const tl_lca_solution *x, struct totals *t)
{
    const struct lca_table *a = &x->system->table[LCA_INPUTS];
    for (size_t k = 0; k < x->n_demand; k++) {
        size_t d = x->demand[k].activity;
        double level = x->demand[k].amount / v->production[d];
        t->amount[t->n] += level;
        t->score[t->n] += level * c->own[d];
        for (uint64_t e = a->start[d]; e < a->start[d + 1]; e++) {
            double amount = level * a->amount[e];
            t->amount[a->row[e]] += amount;
            t->score[a->row[e]] += amount == 0 ? 0 : amount * c->unit[a->row[e]];
        }
    }
}

static int larger_first(const void *a, const void *b)
{
    const tl_lca_part *p = a, *q = b;
    double x = fabs(p->score), y = fabs(q->score);
    if (x != y)
        return x > y ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

static tl_status list_parts(const struct totals *t, double total, tl_lca_part **out, size_t *n,
                            tl_error *err)
{
    size_t count = 0;
    for (size_t i = 0; i <= t->n; i++)
        count += t->score[i] != 0;
    *out = tl_new_array(count, sizeof **out);
    if (!*out)
        return tl_fail_nomem(err);
    for (size_t i = 0; i <= t->n; i++)
        if (t->score[i] != 0)
            (*out)[(*n)++] = (tl_lca_part){ i == t->n ? TL_LCA_NONE : i, t->amount[i], t->score[i],
                                            total != 0 ? t->score[i] / total : 0 };
    qsort(*out, *n, sizeof **out, larger_first);
    return TL_OK;
}

tl_status tl_lca_contributions(tl_lca_solver *v, const tl_lca_solution *x, size_t category,
                               tl_lca_grouping grouping, tl_lca_part **out, size_t *n,
                               tl_error *err)
{
    const struct lca_scores *c;
    tl_lca_score score;
    struct totals t = { 0 };
    *out = NULL;
    *n = 0;
    tl_status st = tl_lca_solution_score(v, x, category, &score, err);
    if (st == TL_OK)
        st = lca_category_scores(v, category, &c, err);
    if (st == TL_OK)
        st = totals_init(
            &t, grouping == TL_LCA_BY_FLOW ? x->system->facts.flows : x->system->facts.activities,
            err);
    if (st != TL_OK)
        goto done;
    if (grouping == TL_LCA_BY_ACTIVITY)
        by_activity(c, x, &t);
    else if (grouping == TL_LCA_BY_FLOW)
        st = by_flow(x, category, &t, err);
    else if (grouping == TL_LCA_BY_SUPPLIER)
        by_supplier(v, c, x, &t);
    else
        st = tl_fail(err, TL_EINPUT, "contributions: no such grouping");
    if (st == TL_OK)
        st = list_parts(&t, score.score, out, n, err);
done:
    free(t.amount);
    free(t.score);
    return st;
}

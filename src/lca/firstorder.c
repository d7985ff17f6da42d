/* firstorder.c - how uncertain a score is, to first order, and through which inputs.
 *
 * h = c B A^-1 f. With unit scores lambda and levels x: d h / d a_ij = lambda_i x_j for an input,
 * c_k x_j for an emission, -lambda_j x_j for production (Heijungs & Suh 2002, ch. 6; R. Heijungs,
 * "Sensitivity coefficients for matrix-based LCA", Int. J. LCA 15 (2010) 511-520). Variances of
 * independent inputs add up. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "lca/solver.h"

/* Standard deviation of an amount; of a lognormal to first order in its sigma. */
static double deviation(const struct lca_uncertainty *u, double amount)
{
    double a = u->minimum, b = u->maximum, c = u->loc;
    switch (u->distribution) {
    case TL_LCA_LOGNORMAL:
        return fabs(amount) * u->scale;
    case TL_LCA_NORMAL:
        return u->scale;
    case TL_LCA_UNIFORM:
        return (b - a) / sqrt(12);
    default: /* triangular */
        return sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18);
    }
}

/* The n_top largest so far, as a heap with the smallest on top. */
struct ranking {
    tl_lca_influence *top; /* owned */
    size_t n, most;
};

/* True if a comes before b: larger share first, ties by place. */
static bool ahead(const tl_lca_influence *a, const tl_lca_influence *b)
{
    if (a->variance_share != b->variance_share)
        return a->variance_share > b->variance_share;
    if (a->activity != b->activity)
        return a->activity < b->activity;
    return a->kind != b->kind ? a->kind < b->kind : a->row < b->row;
}

static void sink(struct ranking *r, size_t i)
{
    for (;;) {
        size_t last = i;
        for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < r->n; k++)
            if (ahead(&r->top[last], &r->top[k]))
                last = k;
        if (last == i)
            return;
        tl_lca_influence t = r->top[i];
        r->top[i] = r->top[last];
        r->top[last] = t;
        i = last;
    }
}

static void rank(struct ranking *r, const tl_lca_influence *f)
{
    if (r->n < r->most) {
        r->top[r->n++] = *f;
        if (r->n == r->most)
            for (size_t i = r->n / 2 + 1; i-- > 0;)
                sink(r, i);
    } else if (r->most > 0 && ahead(f, &r->top[0])) {
        r->top[0] = *f;
        sink(r, 0);
    }
}

static int by_share(const void *a, const void *b)
{
    return ahead(a, b) ? -1 : ahead(b, a);
}

struct survey {
    const tl_lca_system *s;
    const struct lca_scores *c;
    const double *factor, *level;
    double score;
    struct lca_sum variance;
    size_t uncertain;
    struct ranking ranking;
};

/* All uncertain entries of one table. */
static void survey_table(struct survey *v, enum lca_table_kind kind)
{
    static const tl_lca_exchange_kind kinds[] = { [LCA_INPUTS] = TL_LCA_INPUT,
                                                  [LCA_EMISSIONS] = TL_LCA_EMISSION,
                                                  [LCA_PRODUCTIONS] = TL_LCA_PRODUCTION };
    const struct lca_table *t = &v->s->table[kind];
    for (size_t j = 0; j < v->s->facts.activities; j++)
        for (uint64_t e = t->start[j]; v->level[j] != 0 && e < t->start[j + 1]; e++) {
            if (t->uncertainty[e] == 0)
                continue;
            uint32_t i = t->row[e];
            double price = kind == LCA_EMISSIONS ? v->factor[i]
                           : kind == LCA_INPUTS  ? v->c->unit[i]
                                                 : -v->c->unit[i];
            double slope = price * v->level[j];
            double sd =
                fabs(slope) * deviation(&v->s->uncertainty[t->uncertainty[e] - 1], t->amount[e]);
            if (!(sd > 0))
                continue;
            v->uncertain++;
            lca_sum_add(&v->variance, sd * sd);
            tl_lca_influence f = { kinds[kind],
                                   j,
                                   i,
                                   t->amount[e],
                                   v->score != 0 ? slope * t->amount[e] / v->score : 0,
                                   sd * sd };
            rank(&v->ranking, &f);
        }
}

tl_status tl_lca_first_order_sd(tl_lca_solver *v, const tl_lca_solution *x, size_t category,
                                size_t n_top, tl_lca_first_order *out, tl_error *err)
{
    struct survey survey = { .s = v->system, .level = x->level };
    tl_lca_score score;
    double *factor = NULL;
    *out = (tl_lca_first_order){ 0 };
    tl_status st = tl_lca_solution_score(v, x, category, &score, err);
    if (st == TL_OK)
        st = lca_category_scores(v, category, &survey.c, err);
    if (st == TL_OK)
        st = lca_factor_vector(v->system, category, &factor, err);
    if (st != TL_OK)
        goto done;
    size_t most = n_top < v->system->facts.uncertain ? n_top : v->system->facts.uncertain;
    survey.ranking = (struct ranking){ tl_new_array(most, sizeof *survey.ranking.top), 0, most };
    if (!survey.ranking.top) {
        st = tl_fail_nomem(err);
        goto done;
    }
    survey.factor = factor;
    survey.score = score.score;
    for (int t = 0; t < LCA_FACTORS; t++)
        survey_table(&survey, (enum lca_table_kind)t);
    double variance = lca_sum_total(&survey.variance);
    struct ranking *r = &survey.ranking;
    for (size_t i = 0; i < r->n; i++)
        r->top[i].variance_share /= variance;
    qsort(r->top, r->n, sizeof *r->top, by_share);
    double sd = sqrt(variance);
    *out = (tl_lca_first_order){
        score.score,      sd,     score.score != 0 ? sd / fabs(score.score) : 0,
        survey.uncertain, r->top, r->n
    };
done:
    free(factor);
    return st;
}

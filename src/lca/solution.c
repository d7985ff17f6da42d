/* solution.c - the levels of a demand, and its score with the bound of its error. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lca/solver.h"

static const double worst_error = 1e-6; /* of the sum of absolute contributions */
static const double unit_roundoff = 1.1102230246251565e-16;

void tl_lca_solution_free(tl_lca_solution *x)
{
    if (!x)
        return;
    free(x->level);
    free(x->slack);
    free(x->demand);
    free(x);
}

const double *tl_lca_solution_levels(const tl_lca_solution *x)
{
    return x->level;
}

static tl_status check_demand(const tl_lca_system *s, const tl_lca_demand *demand, size_t n,
                              tl_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (demand[i].activity >= s->facts.activities)
            return tl_fail(err, TL_EINPUT, "demand: there is no activity number %zu",
                           demand[i].activity);
        if (!isfinite(demand[i].amount))
            return tl_fail(err, TL_EINPUT, "demand of '%s': the amount is not a finite number",
                           lca_id(s, LCA_ACTIVITY, demand[i].activity));
    }
    return TL_OK;
}

/* Copies the demand: one entry an activity, in order of activity, none of 0. */
static tl_status keep_demand(tl_lca_solver *v, tl_lca_solution *x, const tl_lca_demand *demand,
                             size_t n, tl_error *err)
{
    size_t most = v->system->facts.activities;
    x->demand = tl_new_array(n < most ? n : most, sizeof *x->demand);
    if (!x->demand)
        return tl_fail_nomem(err);
    memset(v->y, 0, most * sizeof *v->y);
    for (size_t i = 0; i < n; i++)
        v->y[demand[i].activity] += demand[i].amount;
    for (size_t j = 0; j < most; j++)
        if (v->y[j] != 0)
            x->demand[x->n_demand++] = (tl_lca_demand){ j, v->y[j] };
    return TL_OK;
}

static void right_side(const tl_lca_solver *v, const tl_lca_solution *x, double *y)
{
    memset(y, 0, v->levels.n * sizeof *y);
    for (size_t i = 0; i < x->n_demand; i++) {
        size_t j = x->demand[i].activity;
        y[v->levels.place[j]] = x->demand[i].amount / v->production[j];
    }
}

/* Residual of each equation plus what rounding may hide in it: (terms + 2) roundings of the sum of
 * absolute terms (N. J. Higham, Accuracy and Stability of Numerical Algorithms, sec. 3.1). */
static void measure(const tl_lca_solver *v, tl_lca_solution *x)
{
    const struct lca_rows *r = &v->levels;
    for (size_t i = 0; i < x->n_demand; i++)
        x->slack[x->demand[i].activity] =
            x->demand[i].amount / v->production[x->demand[i].activity];
    for (size_t p = 0; p < r->n; p++) {
        double sum = x->slack[r->at[p]] - v->y[p], size = fabs(x->slack[r->at[p]]) + fabs(v->y[p]);
        for (size_t e = r->start[p]; e < r->start[p + 1]; e++) {
            double term = r->value[e] * v->y[r->index[e]];
            sum += term;
            size += fabs(term);
        }
        if (size > 0)
            x->residual = fmax(x->residual, fabs(sum) / size);
        double roundings = (double)(r->start[p + 1] - r->start[p]) + 2;
        x->slack[r->at[p]] = fabs(sum) + roundings * unit_roundoff * size;
    }
}

static tl_status fill_solution(tl_lca_solver *v, tl_lca_solution *x, const tl_lca_demand *demand,
                               size_t n, tl_error *err)
{
    size_t activities = v->system->facts.activities;
    struct lca_pass pass = { 0 };
    x->level = tl_new_array(activities, sizeof *x->level);
    x->slack = tl_new_array(activities, sizeof *x->slack);
    if (!x->level || !x->slack)
        return tl_fail_nomem(err);
    tl_status st = keep_demand(v, x, demand, n, err);
    if (st != TL_OK)
        return st;
    right_side(v, x, v->y);
    if ((st = lca_solve_levels(v, v->y, &pass, err)) != TL_OK)
        return st;
    for (size_t p = 0; p < activities; p++) {
        if (!isfinite(v->y[p]))
            return tl_fail(err, TL_ENUMERIC, "activity '%s': its level is too large for a number",
                           lca_id(v->system, LCA_ACTIVITY, v->levels.at[p]));
        x->level[v->levels.at[p]] = v->y[p];
    }
    measure(v, x);
    x->method = pass.method;
    x->sweeps = pass.sweeps;
    return TL_OK;
}

tl_status tl_lca_solve(tl_lca_solver *v, const tl_lca_demand *demand, size_t n,
                       tl_lca_solution **out, tl_error *err)
{
    *out = NULL;
    tl_status st = check_demand(v->system, demand, n, err);
    if (st != TL_OK)
        return st;
    tl_lca_solution *x = calloc(1, sizeof *x);
    if (!x)
        return tl_fail_nomem(err);
    x->system = v->system;
    if ((st = fill_solution(v, x, demand, n, err)) != TL_OK) {
        tl_lca_solution_free(x);
        return st;
    }
    *out = x;
    return TL_OK;
}

tl_status tl_lca_inventory(const tl_lca_solution *x, double **out, tl_error *err)
{
    const tl_lca_system *s = x->system;
    const struct lca_table *b = &s->table[LCA_EMISSIONS];
    *out = tl_new_array(s->facts.flows, sizeof **out);
    if (!*out)
        return tl_fail_nomem(err);
    for (size_t j = 0; j < s->facts.activities; j++)
        for (uint64_t e = b->start[j]; x->level[j] != 0 && e < b->start[j + 1]; e++)
            (*out)[b->row[e]] += b->amount[e] * x->level[j];
    return TL_OK;
}

tl_status tl_lca_solution_score(tl_lca_solver *v, const tl_lca_solution *x, size_t category,
                                tl_lca_score *out, tl_error *err)
{
    const struct lca_scores *c;
    *out = (tl_lca_score){ 0 };
    tl_status st = lca_category_scores(v, category, &c, err);
    if (st != TL_OK)
        return st;
    struct lca_sum sum = { 0 };
    double bound = 0, worst = 0;
    size_t worst_at = 0;
    for (size_t j = 0; j < v->system->facts.activities; j++) {
        if (x->level[j] == 0 && x->slack[j] == 0)
            continue;
        double part = fabs(c->level[j]) * x->slack[j];
        lca_sum_add(&sum, c->own[j] * x->level[j]);
        bound += part;
        if (!(part <= worst)) {
            worst = part;
            worst_at = j;
        }
    }
    bound += 4 * unit_roundoff * sum.absolute;
    double score = lca_sum_total(&sum);
    if (!isfinite(score) || !(bound <= worst_error * sum.absolute))
        return tl_fail(err, TL_ENUMERIC,
                       "the score %g is not known better than to %g: a loop around activity '%s' "
                       "is close to singular",
                       score, bound, lca_id(v->system, LCA_ACTIVITY, worst_at));
    *out = (tl_lca_score){ score, bound, x->residual, x->method, x->sweeps };
    return TL_OK;
}

/* solver.c - the plan, and the unit scores of a category. */
#include "lca/solver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const double default_tolerance = 1e-13;

const char *tl_lca_method_name(tl_lca_method m)
{
    static const char *const names[] = { "auto", "direct", "sweeps", "bicgstab", "one-pass" };
    return (unsigned)m < sizeof names / sizeof *names ? names[m] : "unknown";
}

void lca_sum_add(struct lca_sum *s, double term)
{
    double sum = s->sum + term;
    s->rest += fabs(s->sum) >= fabs(term) ? (s->sum - sum) + term : (term - sum) + s->sum;
    s->sum = sum;
    s->absolute += fabs(term);
}

double lca_sum_total(const struct lca_sum *s)
{
    return s->sum + s->rest;
}

void tl_lca_solver_free(tl_lca_solver *v)
{
    if (!v)
        return;
    for (size_t k = 0; k < v->n_loops; k++)
        lca_factor_free(v->loops[k].factor);
    for (size_t c = 0; v->category && c < v->system->facts.categories; c++) {
        free(v->category[c].own);
        free(v->category[c].level);
        free(v->category[c].unit);
    }
    free(v->category);
    free(v->loops);
    free(v->production);
    free(v->y);
    free(v->local);
    lca_loop_work_clear(&v->work);
    lca_rows_clear(&v->levels);
    lca_rows_clear(&v->scores);
    free(v);
}

static void count_loops(tl_lca_solver *v)
{
    const struct lca_rows *r = &v->levels;
    for (size_t b = 0; b < r->n_blocks; b++) {
        size_t n = r->blocks[b + 1] - r->blocks[b];
        if (n < 2)
            continue;
        v->facts.loops++;
        v->facts.activities_in_loops += n;
        if (n > v->facts.largest_loop)
            v->facts.largest_loop = n;
        for (size_t p = r->blocks[b]; p < r->blocks[b + 1]; p++)
            v->facts.inputs_in_loops += r->start[p + 1] - r->loop[p];
    }
}

/* Rows hold amount / production: too small a production makes that infinite. */
static tl_status check_values(const tl_lca_solver *v, tl_error *err)
{
    const struct lca_rows *r = &v->levels;
    for (size_t p = 0; p < r->n; p++)
        for (size_t e = r->start[p]; e < r->start[p + 1]; e++)
            if (!isfinite(r->value[e]))
                return tl_fail(err, TL_ENUMERIC,
                               "activity '%s': its production is too small for what activity '%s' "
                               "takes from it",
                               lca_id(v->system, LCA_ACTIVITY, r->at[p]),
                               lca_id(v->system, LCA_ACTIVITY, r->at[r->index[e]]));
    return TL_OK;
}

static tl_status make_plan(tl_lca_solver *v, tl_error *err)
{
    const tl_lca_system *s = v->system;
    size_t n = s->facts.activities;
    tl_status st = lca_rows_init(&v->levels, &v->scores, s, err);
    if (st != TL_OK || (st = check_values(v, err)) != TL_OK)
        return st;
    count_loops(v);
    v->production = tl_new_array(n, sizeof *v->production);
    v->y = tl_new_array(n, sizeof *v->y);
    v->local = tl_new_array(v->facts.largest_loop, sizeof *v->local);
    v->loops = tl_new_array(v->facts.loops, sizeof *v->loops);
    v->category = tl_new_array(s->facts.categories, sizeof *v->category);
    if (!v->production || !v->y || !v->local || !v->loops || !v->category)
        return tl_fail_nomem(err);
    for (size_t j = 0; j < n; j++)
        v->production[j] = lca_production(s, j);
    for (size_t b = 0; b < v->levels.n_blocks; b++)
        if (v->levels.blocks[b + 1] - v->levels.blocks[b] > 1)
            v->loops[v->n_loops++] = (struct lca_loop){ .block = (uint32_t)b };
    return lca_loop_work_init(&v->work, v->facts.largest_loop, err);
}

tl_status tl_lca_solver_new(tl_lca_solver **out, const tl_lca_system *s,
                            const tl_lca_solver_options *options, tl_error *err)
{
    *out = NULL;
    tl_lca_solver_options o = options ? *options : (tl_lca_solver_options){ 0 };
    if (o.tolerance == 0)
        o.tolerance = default_tolerance;
    if ((unsigned)o.method > TL_LCA_METHOD_BICGSTAB || !(o.tolerance > 0 && o.tolerance < 0.1))
        return tl_fail(err, TL_EINPUT, "solver: no such method, or a tolerance outside 0 to 0.1");
    tl_lca_solver *v = calloc(1, sizeof *v);
    if (!v)
        return tl_fail_nomem(err);
    v->system = s;
    v->options = o;
    tl_status st = make_plan(v, err);
    if (st != TL_OK) {
        tl_lca_solver_free(v);
        return st;
    }
    *out = v;
    return TL_OK;
}

void tl_lca_solver_facts(const tl_lca_solver *v, tl_lca_plan_facts *out)
{
    *out = v->facts;
}

tl_status lca_factor_vector(const tl_lca_system *s, size_t category, double **out, tl_error *err)
{
    const struct lca_table *f = &s->table[LCA_FACTORS];
    *out = tl_new_array(s->facts.flows, sizeof **out);
    if (!*out)
        return tl_fail_nomem(err);
    for (uint64_t e = f->start[category]; e < f->start[category + 1]; e++)
        (*out)[f->row[e]] += f->amount[e];
    return TL_OK;
}

/* own[j] = sum of factor x emission of one level of j. */
static tl_status own_scores(const tl_lca_system *s, size_t category, double *own, tl_error *err)
{
    const struct lca_table *b = &s->table[LCA_EMISSIONS];
    double *factor;
    tl_status st = lca_factor_vector(s, category, &factor, err);
    if (st != TL_OK)
        return st;
    for (size_t j = 0; j < s->facts.activities; j++) {
        double sum = 0;
        for (uint64_t e = b->start[j]; e < b->start[j + 1]; e++)
            sum += b->amount[e] * factor[b->row[e]];
        own[j] = sum;
    }
    free(factor);
    return TL_OK;
}

static tl_status solve_category(tl_lca_solver *v, size_t category, struct lca_scores *c,
                                tl_error *err)
{
    size_t n = v->system->facts.activities;
    struct lca_pass pass = { 0 };
    tl_status st = own_scores(v->system, category, c->own, err);
    if (st != TL_OK)
        return st;
    for (size_t p = 0; p < n; p++)
        v->y[p] = c->own[v->scores.at[p]];
    if ((st = lca_solve_scores(v, v->y, &pass, err)) != TL_OK)
        return st;
    c->culprit = pass.culprit;
    c->undefined = 0;
    for (size_t p = 0; p < n; p++) {
        size_t j = v->scores.at[p];
        c->level[j] = isfinite(v->y[p]) ? v->y[p] : NAN;
        c->unit[j] = c->level[j] / v->production[j];
        c->undefined += isnan(c->level[j]) ? 1 : 0;
    }
    return TL_OK;
}

tl_status lca_category_scores(tl_lca_solver *v, size_t category, const struct lca_scores **out,
                              tl_error *err)
{
    *out = NULL;
    if (category >= v->system->facts.categories)
        return tl_fail(err, TL_EINPUT, "there is no category number %zu", category);
    struct lca_scores *c = &v->category[category];
    if (!c->unit) {
        size_t n = v->system->facts.activities;
        struct lca_scores made = { .own = tl_new_array(n, sizeof *made.own),
                                   .level = tl_new_array(n, sizeof *made.level),
                                   .unit = tl_new_array(n, sizeof *made.unit) };
        tl_status st = made.own && made.level && made.unit ? solve_category(v, category, &made, err)
                                                           : tl_fail_nomem(err);
        if (st != TL_OK) {
            free(made.own);
            free(made.level);
            free(made.unit);
            return st;
        }
        *c = made;
    }
    *out = c;
    return TL_OK;
}

tl_status tl_lca_unit_scores(tl_lca_solver *v, size_t category, const double **out,
                             size_t *undefined, tl_error *err)
{
    const struct lca_scores *c;
    *out = NULL;
    tl_status st = lca_category_scores(v, category, &c, err);
    if (st != TL_OK)
        return st;
    if (undefined)
        *undefined = c->undefined;
    else if (c->undefined && c->culprit < v->n_loops)
        return lca_refuse_loop(v, &v->loops[c->culprit], err);
    else if (c->undefined)
        return tl_fail(err, TL_ENUMERIC, "%zu unit scores are too large for a number",
                       c->undefined);
    *out = c->unit;
    return TL_OK;
}

/* pass.c - one pass through all blocks, and the judgement of loops when they are first met. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "lca/solver.h"

/* Work below which factors are made without asking, and above which never. */
static const double cheap_flops = 1e7, most_flops = 1e10;

/* What goes into a loop, beside what goes round in it, when its gain is 1 within rounding. */
static const double singular_share = 1e-14;

enum { SMALL_LOOP = 1000, PATIENCE = 24, NAMED = 5 };

static struct lca_loop_options loop_options(const tl_lca_solver *v)
{
    bool sweeps_only = v->options.method == TL_LCA_METHOD_SWEEPS;
    return (struct lca_loop_options){ .tolerance = v->options.tolerance,
                                      .patience = PATIENCE,
                                      .most_sweeps = sweeps_only ? 100000 : 2 * PATIENCE + 1,
                                      .bicgstab = !sweeps_only };
}

static bool has_negative(const struct lca_rows *r, size_t b)
{
    for (size_t p = r->blocks[b]; p < r->blocks[b + 1]; p++)
        for (size_t e = r->loop[p]; e < r->start[p + 1]; e++)
            if (r->value[e] < 0)
                return true;
    return false;
}

static tl_status factorise(tl_lca_solver *v, struct lca_loop *loop, double flops, tl_error *err)
{
    return lca_factor_new(&loop->factor, &v->levels, loop->block, flops, &loop->verdict, err);
}

/* The right side for judging: every activity as much as it has in the loop's own proportions, found
 * by a few sweeps, so that the judgement does not depend on units. */
static void proportional_right_side(tl_lca_solver *v, size_t b)
{
    size_t n = v->levels.blocks[b + 1] - v->levels.blocks[b];
    struct lca_loop_options few = { .tolerance = 0, .most_sweeps = 4 };
    struct lca_loop_report report = { 0 };
    for (size_t i = 0; i < n; i++) {
        v->work.rhs[i] = 1;
        v->local[i] = 0;
    }
    lca_loop_solve(&v->levels, b, &v->work, v->local, &few, &report);
    memcpy(v->work.rhs, v->work.scale, n * sizeof *v->work.rhs);
}

/* The verdict on a loop whose u = w + T u, w > 0, only BiCGSTAB could solve. */
static enum lca_verdict judge_solution(tl_lca_solver *v, size_t b, bool negative)
{
    size_t n = v->levels.blocks[b + 1] - v->levels.blocks[b];
    for (size_t i = 0; i < n; i++)
        if (v->work.rhs[i] <= singular_share * fabs(v->local[i]))
            return LCA_SINGULAR;
    if (negative)
        return lca_loop_runs_away(&v->levels, b, &v->work) ? LCA_RUNAWAY : LCA_SOUND;
    for (size_t i = 0; i < n; i++)
        if (!(v->local[i] > 0))
            return LCA_RUNAWAY;
    return LCA_SOUND;
}

/* Solves u = w + T u for a w > 0. If sweeps converge the gain is below 1: for T without negative
 * entries by P. Stein and R. L. Rosenberg, J. London Math. Soc. 23 (1948) 111-118, else because
 * then det(I - T) is positive. If not, u > 0 is the proof (A. Berman, R. J. Plemmons, Nonnegative
 * Matrices in the Mathematical Sciences, ch. 6: I - T is a non-singular M-matrix). */
static void judge_by_solving(tl_lca_solver *v, struct lca_loop *loop)
{
    const struct lca_rows *r = &v->levels;
    size_t b = loop->block;
    struct lca_loop_options o = loop_options(v);
    struct lca_loop_report report = { 0 };
    bool negative = has_negative(r, b);
    proportional_right_side(v, b);
    enum lca_outcome outcome = lca_loop_solve(r, b, &v->work, v->local, &o, &report);
    if (outcome == LCA_CONVERGED)
        loop->verdict = report.bicgstab ? judge_solution(v, b, negative) : LCA_SOUND;
    else if (outcome == LCA_DIVERGED && !negative)
        loop->verdict = LCA_RUNAWAY;
}

static tl_status judge(tl_lca_solver *v, struct lca_loop *loop, tl_error *err)
{
    size_t n = v->levels.blocks[loop->block + 1] - v->levels.blocks[loop->block];
    tl_lca_method method = v->options.method;
    tl_status st = TL_OK;
    if (method == TL_LCA_METHOD_DIRECT)
        return factorise(v, loop, most_flops, err);
    if (method == TL_LCA_METHOD_AUTO && n <= SMALL_LOOP) {
        st = factorise(v, loop, cheap_flops, err);
        if (st != TL_OK || loop->verdict != LCA_TOO_LARGE)
            return st;
        loop->verdict = LCA_UNJUDGED;
    }
    judge_by_solving(v, loop);
    if (loop->verdict == LCA_UNJUDGED && method == TL_LCA_METHOD_AUTO)
        st = factorise(v, loop, most_flops, err);
    if (loop->verdict == LCA_UNJUDGED || loop->verdict == LCA_TOO_LARGE) {
        loop->verdict = LCA_RUNAWAY;
        loop->unconverged = true;
    }
    return st;
}

/* Local positions of the activities that matter most, most first. */
static size_t pick(const double *part, size_t n, size_t *chosen)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = count < NAMED ? count++ : NAMED;
        while (k > 0 && part[i] > part[chosen[k - 1]]) {
            if (k < NAMED)
                chosen[k] = chosen[k - 1];
            k--;
        }
        if (k < NAMED)
            chosen[k] = i;
    }
    return count;
}

tl_status lca_refuse_loop(tl_lca_solver *v, const struct lca_loop *loop, tl_error *err)
{
    const char *what = loop->verdict == LCA_TOO_LARGE  ? "is too large to factorise"
                       : loop->verdict == LCA_SINGULAR ? "is singular (its gain is 1)"
                       : loop->unconverged             ? "could not be solved by any method"
                                           : "runs away: it needs more of its own product than it "
                                             "makes (gain of 1 or more)";
    size_t first = v->levels.blocks[loop->block], n = v->levels.blocks[loop->block + 1] - first;
    size_t chosen[NAMED];
    const double *part;
    tl_buf names;
    lca_loop_participation(&v->levels, &v->scores, loop->block, &v->work, &part);
    size_t count = pick(part, n, chosen);
    tl_buf_init(&names, 700);
    for (size_t k = 0; k < count; k++)
        tl_buf_printf(&names, "%s'%.100s'", k ? ", " : "",
                      lca_id(v->system, LCA_ACTIVITY, v->levels.at[first + chosen[k]]));
    tl_status st = tl_fail(err, TL_ENUMERIC, "the loop of %zu activities around %s: it %s", n,
                           tl_buf_text(&names), what);
    tl_buf_clear(&names);
    return st;
}

/* Which way a pass goes, and what it fills in. */
struct direction {
    const struct lca_rows *rows;
    bool transposed;
    struct lca_pass *pass;
};

/* y of the loop := right side and all terms from outside it. Tells what is in it. */
static void outside_terms(const struct lca_rows *r, size_t b, double *y, bool *zero,
                          bool *undefined)
{
    *zero = true;
    *undefined = false;
    for (size_t p = r->blocks[b]; p < r->blocks[b + 1]; p++) {
        double sum = y[p];
        for (size_t e = r->start[p]; e < r->loop[p]; e++)
            sum += r->value[e] * y[r->index[e]];
        y[p] = sum;
        if (sum != 0)
            *zero = false;
        if (isnan(sum))
            *undefined = true;
    }
}

/* Solves with the loop's factors and corrects until the corrections are rounding. */
static tl_status solve_by_factor(tl_lca_solver *v, const struct direction *d, size_t b,
                                 struct lca_loop *loop, double *y, tl_error *err)
{
    const struct lca_rows *r = d->rows;
    size_t first = r->blocks[b], n = r->blocks[b + 1] - first;
    double *z = v->work.residual, before = INFINITY;
    memset(y, 0, n * sizeof *y);
    for (int round = 0; round < 4; round++) {
        double size = 0;
        for (size_t i = 0; i < n; i++) {
            double sum = v->work.rhs[i] - y[i], terms = fabs(y[i]);
            for (size_t e = r->loop[first + i]; e < r->start[first + i + 1]; e++)
                sum += r->value[e] * y[r->index[e] - first];
            z[d->transposed ? n - 1 - i : i] = sum;
            v->work.scale[i] = terms;
        }
        tl_status st = lca_factor_solve(loop->factor, d->transposed, z, err);
        if (st != TL_OK)
            return st;
        for (size_t i = 0; i < n; i++) {
            double correction = z[d->transposed ? n - 1 - i : i];
            y[i] += correction;
            size = fmax(size, fabs(correction) / (v->work.scale[i] + fabs(y[i]) + 1e-300));
        }
        if (size <= 1e-15 || size > before / 2)
            break;
        before = size;
    }
    return TL_OK;
}

static tl_status solve_loop(tl_lca_solver *v, const struct direction *d, size_t b,
                            struct lca_loop *loop, double *y, tl_error *err)
{
    size_t n = d->rows->blocks[b + 1] - d->rows->blocks[b];
    memcpy(v->work.rhs, y, n * sizeof *y);
    if (loop->factor) {
        if (d->pass->method == TL_LCA_METHOD_ONE_PASS)
            d->pass->method = TL_LCA_METHOD_DIRECT;
        return solve_by_factor(v, d, b, loop, y, err);
    }
    struct lca_loop_options o = loop_options(v);
    struct lca_loop_report report = { 0 };
    enum lca_outcome outcome = lca_loop_solve(d->rows, b, &v->work, y, &o, &report);
    d->pass->sweeps += report.sweeps;
    if (d->pass->method != TL_LCA_METHOD_BICGSTAB)
        d->pass->method = report.bicgstab ? TL_LCA_METHOD_BICGSTAB : TL_LCA_METHOD_SWEEPS;
    if (outcome == LCA_CONVERGED)
        return TL_OK;
    if (v->options.method == TL_LCA_METHOD_AUTO) { /* last fallback, for this and all later calls */
        tl_status st = factorise(v, loop, most_flops, err);
        if (st != TL_OK)
            return st;
        if (loop->factor)
            return solve_by_factor(v, d, b, loop, y, err);
    }
    loop->verdict = LCA_RUNAWAY;
    loop->unconverged = true;
    return TL_OK;
}

/* A loop met on the way. In the score direction a bad one makes NAN, in the other an error. */
static tl_status meet_loop(tl_lca_solver *v, const struct direction *d, size_t b, size_t k,
                           double *y, tl_error *err)
{
    const struct lca_rows *r = d->rows;
    struct lca_loop *loop = &v->loops[k];
    double *part = y + r->blocks[b];
    bool zero, undefined;
    tl_status st = TL_OK;
    outside_terms(r, b, y, &zero, &undefined);
    if (zero && !d->transposed)
        return TL_OK;
    if (loop->verdict == LCA_UNJUDGED)
        st = judge(v, loop, err);
    if (st == TL_OK && loop->verdict == LCA_SOUND && !undefined && !zero)
        st = solve_loop(v, d, b, loop, part, err);
    if (st != TL_OK)
        return st;
    if (loop->verdict != LCA_SOUND) {
        d->pass->culprit = (uint32_t)k;
        if (!d->transposed)
            return lca_refuse_loop(v, loop, err);
        undefined = true;
    }
    if (undefined)
        for (size_t i = 0; i < r->blocks[b + 1] - r->blocks[b]; i++)
            part[i] = NAN;
    return TL_OK;
}

static tl_status pass_through(tl_lca_solver *v, const struct direction *d, double *y, tl_error *err)
{
    const struct lca_rows *r = d->rows;
    size_t met = 0;
    *d->pass = (struct lca_pass){ .method = TL_LCA_METHOD_ONE_PASS, .culprit = UINT32_MAX };
    for (size_t b = 0; b < r->n_blocks; b++) {
        size_t p = r->blocks[b];
        if (r->blocks[b + 1] - p == 1) {
            double sum = y[p];
            for (size_t e = r->start[p]; e < r->start[p + 1]; e++)
                sum += r->value[e] * y[r->index[e]];
            y[p] = sum;
            continue;
        }
        size_t k = d->transposed ? v->n_loops - 1 - met : met;
        met++;
        tl_status st = meet_loop(v, d, b, k, y, err);
        if (st != TL_OK)
            return st;
    }
    return TL_OK;
}

tl_status lca_solve_levels(tl_lca_solver *v, double *y, struct lca_pass *pass, tl_error *err)
{
    const struct direction d = { &v->levels, false, pass };
    return pass_through(v, &d, y, err);
}

tl_status lca_solve_scores(tl_lca_solver *v, double *y, struct lca_pass *pass, tl_error *err)
{
    const struct direction d = { &v->scores, true, pass };
    return pass_through(v, &d, y, err);
}

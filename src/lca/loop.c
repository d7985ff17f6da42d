/* loop.c - sweeps and BiCGSTAB inside one loop; see loop.h.
 *
 * H. A. van der Vorst, "Bi-CGSTAB", SIAM J. Sci. Stat. Comput. 13 (1992) 631-644. */
#include "lca/loop.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { VECTORS = 9, MOST_REFINEMENTS = 12, MOST_STEPS = 400, POWER_STEPS = 100, STALE = 8 };
static const double overflow_soon = 1e250, reduction = 1e-8, trusted = 0.01, rounding = 4.5e-16;

tl_status lca_loop_work_init(struct lca_loop_work *w, size_t most, tl_error *err)
{
    double *m = tl_new_array(most * VECTORS, sizeof *m);
    *w = (struct lca_loop_work){ 0 };
    if (!m)
        return tl_fail_nomem(err);
    *w = (struct lca_loop_work){ m,
                                 m,
                                 m + most,
                                 m + 2 * most,
                                 m + 3 * most,
                                 m + 4 * most,
                                 m + 5 * most,
                                 m + 6 * most,
                                 m + 7 * most,
                                 m + 8 * most };
    return TL_OK;
}

void lca_loop_work_clear(struct lca_loop_work *w)
{
    free(w->memory);
    *w = (struct lca_loop_work){ 0 };
}

/* One sweep over block b. scale gets the sum of absolute terms of each row. Returns the largest
 * change beside it; infinity once y is, or soon will be, infinite. */
static double sweep(const struct lca_rows *r, size_t b, const double *rhs, double *scale, double *y)
{
    const size_t first = r->blocks[b], n = r->blocks[b + 1] - first;
    double worst = 0, total = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = rhs[i], size = fabs(rhs[i]);
        for (size_t e = r->loop[first + i]; e < r->start[first + i + 1]; e++) {
            double term = r->value[e] * y[r->index[e] - first];
            sum += term;
            size += fabs(term);
        }
        double change = fabs(sum - y[i]);
        if (!(change <= worst * size))
            worst = size > 0 ? change / size : change > 0 ? INFINITY : worst;
        scale[i] = size;
        y[i] = sum;
        total += size;
    }
    return total < overflow_soon ? worst : INFINITY;
}

/* out := p - (I - L)^-1 U p */
static void apply(const struct lca_rows *r, size_t b, const double *p, double *out)
{
    const size_t first = r->blocks[b], n = r->blocks[b + 1] - first;
    memcpy(out, p, n * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t e = r->loop[first + i]; e < r->start[first + i + 1]; e++)
            sum += r->value[e] * out[r->index[e] - first];
        out[i] = sum;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = p[i] - out[i];
}

/* Inner product of relative sizes. */
static double dot(size_t n, const double *scale, const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] / scale[i] * (b[i] / scale[i]);
    return sum;
}

/* From w->residual (consumed) to w->correction. Returns what is left of the residual, as a share.
 * Stops early where the method breaks down: the caller starts it again from the better y. */
static double bicgstab(const struct lca_rows *r, size_t b, struct lca_loop_work *w,
                       unsigned *sweeps)
{
    const size_t n = r->blocks[b + 1] - r->blocks[b], bytes = n * sizeof(double);
    double *res = w->residual, *p = w->direction, *v = w->image, *d = w->correction;
    memcpy(w->shadow, res, bytes);
    memcpy(p, res, bytes);
    memset(d, 0, bytes);
    double rho = dot(n, w->scale, w->shadow, res), first = rho, left = 1;
    for (int step = 0; step < MOST_STEPS && rho != 0; step++) {
        apply(r, b, p, v);
        double slope = dot(n, w->scale, w->shadow, v), alpha = rho / slope;
        if (!isfinite(alpha))
            break;
        for (size_t i = 0; i < n; i++)
            w->half[i] = res[i] - alpha * v[i];
        apply(r, b, w->half, w->half_image);
        *sweeps += 2;
        double tt = dot(n, w->scale, w->half_image, w->half_image);
        double omega = tt > 0 ? dot(n, w->scale, w->half_image, w->half) / tt : 0;
        if (!isfinite(omega))
            break;
        for (size_t i = 0; i < n; i++) {
            d[i] += alpha * p[i] + omega * w->half[i];
            res[i] = w->half[i] - omega * w->half_image[i];
        }
        double size = dot(n, w->scale, res, res), next = dot(n, w->scale, w->shadow, res);
        left = sqrt(size / first);
        double beta = next / rho * (alpha / omega);
        if (!(left > reduction) || omega == 0 || !isfinite(beta) || fabs(next) < 1e-30 * size)
            break;
        for (size_t i = 0; i < n; i++)
            p[i] = res[i] + beta * (p[i] - omega * v[i]);
        rho = next;
    }
    return left;
}

/* Corrections until they are small: the size of a correction is that of the error before it,
 * whatever the condition of the loop, which no residual tells. */
static enum lca_outcome refine(const struct lca_rows *r, size_t b, struct lca_loop_work *w,
                               double *y, const struct lca_loop_options *o,
                               struct lca_loop_report *report)
{
    const size_t n = r->blocks[b + 1] - r->blocks[b];
    double before = INFINITY;
    report->bicgstab = true;
    for (int round = 0; round < MOST_REFINEMENTS; round++) {
        memcpy(w->correction, y, n * sizeof *y);
        double change = sweep(r, b, w->rhs, w->scale, y);
        report->sweeps++;
        if (!isfinite(change))
            return LCA_DIVERGED;
        for (size_t i = 0; i < n; i++) {
            w->residual[i] = y[i] - w->correction[i];
            y[i] = w->correction[i];
            if (w->scale[i] == 0)
                w->scale[i] = 1; /* no term, nothing to weigh */
        }
        double left = bicgstab(r, b, w, &report->sweeps), size = 0;
        for (size_t i = 0; i < n; i++) {
            y[i] += w->correction[i];
            size = fmax(size, fabs(w->correction[i]) / w->scale[i]);
        }
        if (!isfinite(size))
            return LCA_DIVERGED;
        if (change <= rounding || (left < trusted && size <= o->tolerance))
            return LCA_CONVERGED;
        if (left > 0.9 && round > 1)
            return LCA_STALLED;
        if (left < trusted && before < 1e-7 && size > before / 4)
            return LCA_CONVERGED; /* rounding's floor; the error bound of the score will tell */
        before = size;
    }
    return LCA_STALLED;
}

bool lca_will_converge(double change, double rate, double tolerance, unsigned k, unsigned most)
{
    for (; k < most && change * rate > tolerance * (1 - rate); k++)
        change *= rate;
    return rate < 1 && change * rate <= tolerance * (1 - rate);
}

enum lca_outcome lca_loop_solve(const struct lca_rows *r, size_t b, struct lca_loop_work *w,
                                double *y, const struct lca_loop_options *o,
                                struct lca_loop_report *report)
{
    double before = INFINITY, last_rate = 1, rate_before = 1;
    for (unsigned k = 1; k <= o->most_sweeps; k++) {
        double change = sweep(r, b, w->rhs, w->scale, y);
        report->sweeps++;
        if (!isfinite(change))
            return LCA_DIVERGED;
        double this_rate = change / before;
        double rate = fmax(this_rate, fmax(last_rate, rate_before));
        before = change; /* complex eigenvalues make the rate swing: trust the worst of three */
        rate_before = last_rate;
        last_rate = this_rate;
        if (change == 0 || (k > 3 && rate < 1 && change * rate <= o->tolerance * (1 - rate)))
            return LCA_CONVERGED;
        bool hopeless = k >= STALE && rate > 0.98;
        if ((k < o->patience && !hopeless) || !o->bicgstab)
            continue;
        /* as many again would do it: cheaper than to change horses */
        if (!lca_will_converge(change, rate, o->tolerance, k, 2 * o->patience))
            return refine(r, b, w, y, o, report);
    }
    return LCA_STALLED;
}

bool lca_loop_runs_away(const struct lca_rows *r, size_t b, struct lca_loop_work *w)
{
    const size_t n = r->blocks[b + 1] - r->blocks[b];
    double *v = w->direction, *next = w->image, theta = 0, off = INFINITY;
    for (size_t i = 0; i < n; i++)
        v[i] = w->scale[i] = w->scale[i] > 0 ? w->scale[i] : 1;
    for (int step = 0; step < POWER_STEPS; step++) {
        apply(r, b, v, next);
        for (size_t i = 0; i < n; i++)
            next[i] = v[i] - next[i]; /* the sweep itself */
        double vv = dot(n, w->scale, v, v), nn = dot(n, w->scale, next, next);
        if (!(vv > 0 && nn > 0) || !isfinite(nn))
            return false;
        theta = dot(n, w->scale, v, next) / vv;
        off = sqrt(fmax(0, 1 - theta * theta * vv / nn)); /* sine of the angle between them */
        double norm = 1 / sqrt(nn);
        for (size_t i = 0; i < n; i++)
            v[i] = next[i] * norm;
    }
    return theta >= 1 && off < 0.05;
}

/* v := eigenvector of (I + |T|) by power iteration, largest element 1. */
static void power(const struct lca_rows *r, size_t b, double *v, double *next)
{
    const size_t first = r->blocks[b], n = r->blocks[b + 1] - first;
    for (size_t i = 0; i < n; i++)
        v[i] = 1;
    for (int step = 0; step < POWER_STEPS; step++) {
        double largest = 0;
        for (size_t i = 0; i < n; i++) {
            double sum = v[i];
            for (size_t e = r->loop[first + i]; e < r->start[first + i + 1]; e++)
                sum += fabs(r->value[e]) * v[r->index[e] - first];
            next[i] = sum;
            largest = fmax(largest, sum);
        }
        for (size_t i = 0; i < n; i++)
            v[i] = next[i] / largest;
    }
}

void lca_loop_participation(const struct lca_rows *levels, const struct lca_rows *scores, size_t b,
                            struct lca_loop_work *w, const double **part)
{
    const size_t n = levels->blocks[b + 1] - levels->blocks[b];
    power(levels, b, w->direction, w->image);
    power(scores, levels->n_blocks - 1 - b, w->half, w->image);
    for (size_t i = 0; i < n; i++)
        w->direction[i] *= w->half[n - 1 - i];
    *part = w->direction;
}

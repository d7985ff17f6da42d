/* lone.c - one lane of a loop taken out of the vectors: sweeps, BiCGSTAB, factors, and the question
 * whether its gain is below 1 at all. */
#include "lca/lone.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

enum { PATIENCE = 24 };
static const double most_flops = 1e9;

struct lca_lone {
    struct lca_rows rows; /* one block; arrays owned */
    uint32_t *source;     /* owned; entry of the sampled rows, or of the certain ones + n_sampled */
    const struct lca_step *step; /* whose pattern this is */
    uint32_t first_sampled, first_fixed, n_sampled;
    struct lca_loop_work work;
    double *y; /* owned */
    bool negative;
};

void lca_lone_free(struct lca_lone *l)
{
    if (!l)
        return;
    lca_rows_clear(&l->rows);
    lca_loop_work_clear(&l->work);
    free(l->source);
    free(l->y);
    free(l);
}

/* Inner entries, sampled and certain, of the nodes of s. */
static size_t count_entries(const struct lca_scheme *m, const struct lca_step *s)
{
    const struct lca_lane_rows *r = &m->inner;
    return (size_t)(r->start[s->last] - r->start[s->first]) +
           (r->fixed_start[s->last] - r->fixed_start[s->first]);
}

tl_status lca_lone_new(struct lca_lone **out, const struct lca_scheme *m, tl_error *err)
{
    *out = NULL;
    size_t n = m->largest_loop, entries = 0;
    for (size_t i = 0; i < m->n_steps; i++)
        if (m->steps[i].loop && count_entries(m, &m->steps[i]) > entries)
            entries = count_entries(m, &m->steps[i]);
    struct lca_lone *l = calloc(1, sizeof *l);
    if (!l)
        return tl_fail_nomem(err);
    l->rows.n_blocks = 1;
    l->rows.blocks = tl_new_array(2, sizeof *l->rows.blocks);
    l->rows.start = tl_new_array(n + 1, sizeof *l->rows.start);
    l->rows.loop = tl_new_array(n, sizeof *l->rows.loop);
    l->rows.index = tl_new_array(entries, sizeof *l->rows.index);
    l->rows.value = tl_new_array(entries, sizeof *l->rows.value);
    l->source = tl_new_array(entries, sizeof *l->source);
    l->y = tl_new_array(n, sizeof *l->y);
    if (!l->rows.blocks || !l->rows.start || !l->rows.loop || !l->rows.index || !l->rows.value ||
        !l->source || !l->y || lca_loop_work_init(&l->work, n, err) != TL_OK) {
        lca_lone_free(l);
        return tl_fail_nomem(err);
    }
    *out = l;
    return TL_OK;
}

/* Puts an entry into the row that began at `begin`, in ascending order. */
static size_t insert(struct lca_lone *l, size_t begin, size_t end, uint32_t index, uint32_t source)
{
    size_t e = end;
    for (; e > begin && l->rows.index[e - 1] > index; e--) {
        l->rows.index[e] = l->rows.index[e - 1];
        l->source[e] = l->source[e - 1];
    }
    l->rows.index[e] = index;
    l->source[e] = source;
    return end + 1;
}

static void make_pattern(struct lca_lone *l, const struct lca_lane_rows *r,
                         const struct lca_step *s)
{
    size_t e = 0, n = s->last - s->first;
    l->step = s;
    l->first_sampled = r->start[s->first];
    l->first_fixed = r->fixed_start[s->first];
    l->n_sampled = r->start[s->last] - l->first_sampled;
    l->rows.n = n;
    l->rows.blocks[0] = 0;
    l->rows.blocks[1] = (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        size_t k = s->first + i, begin = e;
        l->rows.start[i] = l->rows.loop[i] = e;
        for (uint32_t a = r->start[k]; a < r->start[k + 1]; a++)
            e = insert(l, begin, e, r->index[a] - s->first, a - l->first_sampled);
        for (uint32_t a = r->fixed_start[k]; a < r->fixed_start[k + 1]; a++)
            e = insert(l, begin, e, r->fixed_index[a] - s->first,
                       l->n_sampled + (a - l->first_fixed));
    }
    l->rows.start[n] = e;
}

static void take_values(struct lca_lone *l, const struct lca_lane_job *job, unsigned lane)
{
    l->negative = false;
    for (size_t i = 0; i < l->rows.n; i++) {
        double d = job->divisor[(size_t)job->divisor_of[job->first + i] * LCA_LANES + lane];
        for (size_t e = l->rows.start[i]; e < l->rows.start[i + 1]; e++) {
            uint32_t a = l->source[e];
            double x = a < l->n_sampled
                           ? (double)job->coefficient[(size_t)a * LCA_LANES + lane]
                           : job->rows->fixed_value[l->first_fixed + (a - l->n_sampled)];
            l->rows.value[e] = x * d;
            if (x * d < 0)
                l->negative = true;
        }
    }
}

/* Right side of the lane; true if it has no negative and something positive. */
static bool take_right_side(struct lca_lone *l, const struct lca_lane_job *job, unsigned lane)
{
    bool positive = false, negative = false;
    for (size_t i = 0; i < l->rows.n; i++) {
        double d = job->divisor[(size_t)job->divisor_of[job->first + i] * LCA_LANES + lane];
        l->work.rhs[i] = job->side[i * LCA_LANES + lane] * d;
        positive |= l->work.rhs[i] > 0;
        negative |= l->work.rhs[i] < 0;
    }
    return positive && !negative;
}

static bool all_positive(const double *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(y[i] > 0))
            return false;
    return true;
}

/* The gain of a loop that needed BiCGSTAB, by the sign of a solution for a positive right side. */
static enum lca_verdict judge(struct lca_lone *l, const struct lca_loop_options *o, bool right_kind)
{
    struct lca_loop_report report = { 0 };
    if (l->negative)
        return lca_loop_runs_away(&l->rows, 0, &l->work) ? LCA_RUNAWAY : LCA_SOUND;
    if (!right_kind) {
        for (size_t i = 0; i < l->rows.n; i++)
            l->work.rhs[i] = l->y[i] = 1;
        if (lca_loop_solve(&l->rows, 0, &l->work, l->y, o, &report) != LCA_CONVERGED)
            return LCA_RUNAWAY;
    }
    return all_positive(l->y, l->rows.n) ? LCA_SOUND : LCA_RUNAWAY;
}

static tl_status solve_by_factor(struct lca_lone *l, enum lca_verdict *verdict, tl_error *err)
{
    lca_factor *f;
    tl_status st = lca_factor_new(&f, &l->rows, 0, most_flops, verdict, err);
    for (size_t i = 0; i < l->rows.n; i++)
        l->y[i] = l->work.rhs[i];
    if (st == TL_OK && *verdict == LCA_SOUND)
        st = lca_factor_solve(f, false, l->y, err);
    if (*verdict == LCA_TOO_LARGE)
        *verdict = LCA_UNJUDGED;
    lca_factor_free(f);
    return st;
}

tl_status lca_lone_solve(struct lca_lone *l, const struct lca_step *s,
                         const struct lca_lane_job *job, unsigned lane, double tolerance,
                         enum lca_verdict *verdict, tl_error *err)
{
    const struct lca_loop_options o = { tolerance, PATIENCE, 2 * PATIENCE + 1, true };
    struct lca_loop_report report = { 0 };
    tl_status st = TL_OK;
    if (l->step != s)
        make_pattern(l, job->rows, s);
    size_t n = l->rows.n;
    double *v = job->v + (size_t)s->first * LCA_LANES + lane;
    take_values(l, job, lane);
    bool right_kind = take_right_side(l, job, lane);
    if (n <= LCA_DENSE_MOST) {
        st = solve_by_factor(l, verdict, err);
    } else {
        for (size_t i = 0; i < n; i++)
            l->y[i] = isfinite(v[i * LCA_LANES]) ? v[i * LCA_LANES] : 1;
        enum lca_outcome outcome = lca_loop_solve(&l->rows, 0, &l->work, l->y, &o, &report);
        *verdict = LCA_SOUND;
        if (outcome == LCA_DIVERGED && !l->negative)
            *verdict = LCA_RUNAWAY;
        else if (outcome != LCA_CONVERGED)
            st = solve_by_factor(l, verdict, err);
    }
    for (size_t i = 0; i < n; i++)
        v[i * LCA_LANES] = l->y[i];
    if (st == TL_OK && *verdict == LCA_SOUND && report.bicgstab)
        *verdict = judge(l, &o, right_kind);
    return st;
}

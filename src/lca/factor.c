/* factor.c - LU of one loop; see factor.h for what the pivots prove. */
#include "lca/factor.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <suitesparse/klu.h>

#include "base/memory.h"

/* A pivot this small beside the 1 it was eliminated from is rounding, not information. */
static const double singular_pivot = 1e-14;

struct lca_factor {
    size_t n;
    double *dense;    /* owned; L below, U on and above the diagonal, row by row; NULL with KLU */
    uint32_t *source; /* owned; row k of the factors is this row of the loop; dense only */
    klu_common common;
    klu_symbolic *symbolic; /* of the transposed matrix, whose columns are our rows */
    klu_numeric *numeric;
};

void lca_factor_free(lca_factor *f)
{
    if (!f)
        return;
    free(f->dense);
    free(f->source);
    if (f->numeric)
        klu_free_numeric(&f->numeric, &f->common);
    if (f->symbolic)
        klu_free_symbolic(&f->symbolic, &f->common);
    free(f);
}

static bool has_negative(const struct lca_rows *r, size_t b)
{
    for (size_t p = r->blocks[b]; p < r->blocks[b + 1]; p++)
        for (size_t e = r->loop[p]; e < r->start[p + 1]; e++)
            if (r->value[e] < 0)
                return true;
    return false;
}

/* ---- dense ------------------------------------------------------------------------------- */

/* The row of k.. whose entry in column k is the largest beside its row's largest. */
static size_t best_row(const double *a, size_t n, size_t k)
{
    size_t best = k;
    double best_ratio = -1;
    for (size_t i = k; i < n; i++) {
        double largest = 0;
        for (size_t j = k; j < n; j++)
            largest = fmax(largest, fabs(a[i * n + j]));
        double ratio = largest > 0 ? fabs(a[i * n + k]) / largest : 0;
        if (ratio > best_ratio) {
            best_ratio = ratio;
            best = i;
        }
    }
    return best;
}

static void swap_rows(lca_factor *f, size_t i, size_t k)
{
    for (size_t j = 0; j < f->n; j++) {
        double t = f->dense[i * f->n + j];
        f->dense[i * f->n + j] = f->dense[k * f->n + j];
        f->dense[k * f->n + j] = t;
    }
    uint32_t t = f->source[i];
    f->source[i] = f->source[k];
    f->source[k] = t;
}

/* Eliminates below pivot k; Doolittle. */
static void eliminate(double *a, size_t n, size_t k)
{
    for (size_t i = k + 1; i < n; i++) {
        double l = a[i * n + k] /= a[k * n + k];
        if (l != 0)
            for (size_t j = k + 1; j < n; j++)
                a[i * n + j] -= l * a[k * n + j];
    }
}

static enum lca_verdict factorise_dense(lca_factor *f, bool exchange)
{
    size_t n = f->n;
    double *a = f->dense;
    bool negative = false;
    for (size_t k = 0; k < n; k++) {
        size_t best = exchange ? best_row(a, n, k) : k;
        if (best != k) {
            swap_rows(f, best, k);
            negative = !negative;
        }
        double pivot = a[k * n + k], scale = 1;
        if (exchange) { /* beside the row's other entries: pivots have no natural size then */
            scale = 0;
            for (size_t j = k; j < n; j++)
                scale = fmax(scale, fabs(a[k * n + j]));
        }
        if (!isfinite(pivot) || pivot == 0 || fabs(pivot) <= singular_pivot * scale)
            return LCA_SINGULAR;
        if (pivot < 0) {
            if (!exchange)
                return LCA_RUNAWAY;
            negative = !negative;
        }
        eliminate(a, n, k);
    }
    return negative ? LCA_RUNAWAY : LCA_SOUND;
}

static tl_status new_dense(lca_factor *f, const struct lca_rows *r, size_t b, bool exchange,
                           enum lca_verdict *verdict, tl_error *err)
{
    size_t first = r->blocks[b];
    f->dense = tl_new_array(f->n * f->n, sizeof *f->dense);
    f->source = tl_new_array(f->n, sizeof *f->source);
    if (!f->dense || !f->source)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < f->n; i++) {
        f->source[i] = (uint32_t)i;
        f->dense[i * f->n + i] = 1;
        for (size_t e = r->loop[first + i]; e < r->start[first + i + 1]; e++)
            f->dense[i * f->n + (r->index[e] - first)] -= r->value[e];
    }
    *verdict = factorise_dense(f, exchange);
    return TL_OK;
}

static void solve_dense(const lca_factor *f, double *y)
{
    size_t n = f->n;
    double z[LCA_DENSE_MOST];
    for (size_t i = 0; i < n; i++) {
        double sum = y[f->source[i]];
        for (size_t j = 0; j < i; j++)
            sum -= f->dense[i * n + j] * z[j];
        z[i] = sum;
    }
    for (size_t i = n; i-- > 0;) {
        double sum = z[i];
        for (size_t j = i + 1; j < n; j++)
            sum -= f->dense[i * n + j] * y[j];
        y[i] = sum / f->dense[i * n + i];
    }
}

static void solve_dense_transposed(const lca_factor *f, double *y)
{
    size_t n = f->n;
    double z[LCA_DENSE_MOST];
    for (size_t i = 0; i < n; i++) {
        double sum = y[i];
        for (size_t j = 0; j < i; j++)
            sum -= f->dense[j * n + i] * z[j];
        z[i] = sum / f->dense[i * n + i];
    }
    for (size_t i = n; i-- > 0;)
        for (size_t j = i + 1; j < n; j++)
            z[i] -= f->dense[j * n + i] * z[j];
    for (size_t i = 0; i < n; i++)
        y[f->source[i]] = z[i];
}

/* ---- KLU --------------------------------------------------------------------------------- */

struct columns {
    int *start, *row;
    double *value;
};

/* Rows of I - T as the columns of a matrix for KLU, repeated entries added up. Rows ascend, so the
 * 1 of the diagonal goes in where it belongs. */
static void fill_columns(struct columns *c, const struct lca_rows *r, size_t b)
{
    size_t first = r->blocks[b], n = r->blocks[b + 1] - first;
    int k = 0;
    for (size_t i = 0; i < n; i++) {
        int begin = k;
        bool diagonal = false;
        c->start[i] = k;
        for (size_t e = r->loop[first + i]; e < r->start[first + i + 1]; e++) {
            int j = (int)(r->index[e] - first);
            if (!diagonal && j > (int)i) {
                diagonal = true;
                c->row[k] = (int)i;
                c->value[k++] = 1;
            }
            if (k > begin && c->row[k - 1] == j) {
                c->value[k - 1] -= r->value[e];
            } else {
                c->row[k] = j;
                c->value[k++] = -r->value[e];
            }
        }
        if (!diagonal) {
            c->row[k] = (int)i;
            c->value[k++] = 1;
        }
    }
    c->start[n] = k;
}

/* True if taking i to p[i] takes an odd number of exchanges. */
static bool is_odd(const int *p, int n, unsigned char *seen)
{
    bool odd = false;
    memset(seen, 0, (size_t)n);
    for (int i = 0; i < n; i++)
        for (int j = i; !seen[j];) {
            seen[j] = 1;
            j = p[j];
            if (j != i)
                odd = !odd;
        }
    return odd;
}

/* The pivots' own words; with exchange, the sign of the determinant. */
static tl_status judge_klu(const lca_factor *f, bool exchange, enum lca_verdict *verdict,
                           tl_error *err)
{
    const double *pivot = f->numeric->Udiag;
    bool negative = false;
    *verdict = LCA_SOUND;
    for (size_t k = 0; k < f->n; k++) {
        if (!isfinite(pivot[k]) || fabs(pivot[k]) <= (exchange ? 0 : singular_pivot))
            *verdict = LCA_SINGULAR;
        else if (pivot[k] < 0)
            negative = !negative;
        if (pivot[k] < 0 && !exchange) {
            *verdict = LCA_RUNAWAY;
            return TL_OK;
        }
    }
    if (*verdict != LCA_SOUND || !exchange)
        return TL_OK;
    unsigned char *seen = tl_new_array(f->n, 1);
    if (!seen)
        return tl_fail_nomem(err);
    if (is_odd(f->numeric->Pnum, (int)f->n, seen))
        negative = !negative;
    if (is_odd(f->symbolic->Q, (int)f->n, seen))
        negative = !negative;
    free(seen);
    if (negative)
        *verdict = LCA_RUNAWAY;
    return TL_OK;
}

static tl_status factorise_klu(lca_factor *f, struct columns *c, double flops, bool exchange,
                               enum lca_verdict *verdict, tl_error *err)
{
    klu_defaults(&f->common);
    f->common.btf = 0; /* one component already; and the diagonal must stay on the diagonal */
    f->common.tol = exchange ? 0.1 : 0;
    f->common.scale = exchange ? 2 : 0;
    f->symbolic = klu_analyze((int)f->n, c->start, c->row, &f->common);
    if (!f->symbolic)
        return tl_fail_nomem(err);
    if (!(f->symbolic->est_flops <= flops)) {
        *verdict = LCA_TOO_LARGE;
        return TL_OK;
    }
    f->numeric = klu_factor(c->start, c->row, c->value, f->symbolic, &f->common);
    if (!f->numeric) {
        *verdict = LCA_SINGULAR;
        return f->common.status == KLU_OUT_OF_MEMORY || f->common.status == KLU_TOO_LARGE
                   ? tl_fail_nomem(err)
                   : TL_OK;
    }
    return judge_klu(f, exchange, verdict, err);
}

static tl_status new_klu(lca_factor *f, const struct lca_rows *r, size_t b, double flops,
                         bool exchange, enum lca_verdict *verdict, tl_error *err)
{
    size_t entries = f->n;
    for (size_t p = r->blocks[b]; p < r->blocks[b + 1]; p++)
        entries += r->start[p + 1] - r->loop[p];
    if (entries > INT32_MAX / 2) {
        *verdict = LCA_TOO_LARGE;
        return TL_OK;
    }
    struct columns c = { tl_new_array(f->n + 1, sizeof *c.start),
                         tl_new_array(entries, sizeof *c.row),
                         tl_new_array(entries, sizeof *c.value) };
    tl_status st = TL_OK;
    if (!c.start || !c.row || !c.value) {
        st = tl_fail_nomem(err);
    } else {
        fill_columns(&c, r, b);
        st = factorise_klu(f, &c, flops, exchange, verdict, err);
    }
    free(c.start);
    free(c.row);
    free(c.value);
    return st;
}

tl_status lca_factor_new(lca_factor **out, const struct lca_rows *levels, size_t b, double flops,
                         enum lca_verdict *verdict, tl_error *err)
{
    *out = NULL;
    *verdict = LCA_UNJUDGED;
    lca_factor *f = calloc(1, sizeof *f);
    if (!f)
        return tl_fail_nomem(err);
    f->n = levels->blocks[b + 1] - levels->blocks[b];
    bool exchange = has_negative(levels, b);
    tl_status st = f->n <= LCA_DENSE_MOST ? new_dense(f, levels, b, exchange, verdict, err)
                                          : new_klu(f, levels, b, flops, exchange, verdict, err);
    if (st != TL_OK || *verdict != LCA_SOUND) {
        lca_factor_free(f);
        return st;
    }
    *out = f;
    return TL_OK;
}

tl_status lca_factor_solve(lca_factor *f, bool transposed, double *y, tl_error *err)
{
    if (f->dense) {
        if (transposed)
            solve_dense_transposed(f, y);
        else
            solve_dense(f, y);
        return TL_OK;
    }
    /* KLU holds the transpose of the level equations */
    int n = (int)f->n;
    int ok = transposed ? klu_solve(f->symbolic, f->numeric, n, 1, y, &f->common)
                        : klu_tsolve(f->symbolic, f->numeric, n, 1, y, &f->common);
    return ok ? TL_OK : tl_fail(err, TL_ENUMERIC, "the factors of a loop cannot be used");
}

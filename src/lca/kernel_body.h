/* kernel_body.h - the sampling kernels for one vector width; included once by each kernel_*.c,
 * which defines VB (bytes of a vector) and KERNEL (the name of its table) first.
 *
 * GCC's vector types, no fused multiply-add, no libm: every width does the same operations.
 * Polynomials are minimax fits (Remez exchange) of the functions named beside them. */

/* NOLINTBEGIN(bugprone-implicit-widening-of-multiplication-result): parts of a vector, 0 to 7 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "lca/draw.h"

#ifndef VB /* the narrowest, which runs anywhere */
#define VB 16
#define KERNEL lca_kernel_128
#define KERNEL_NAME "128"
#endif

/* Values of entry e of a group lie in lanes 4 e .. 4 e + 3, one for each pair. */
#define ENTRIES (VB / 16)
#define DOUBLES (VB / 8)
#define PARTS (LCA_LANES / DOUBLES)

typedef float vf __attribute__((vector_size(VB)));
typedef int32_t vi __attribute__((vector_size(VB)));
typedef uint32_t vw __attribute__((vector_size(VB)));
typedef uint64_t vu __attribute__((vector_size(VB)));
typedef double vd __attribute__((vector_size(VB)));
typedef int64_t vl __attribute__((vector_size(VB)));
typedef float vh __attribute__((vector_size(VB / 2))); /* as many floats as a vd has doubles */

#define INLINE static inline __attribute__((always_inline))

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

INLINE vf all(float x)
{
    return x - (vf){ 0 };
}

INLINE vf choose(vi mask, vf yes, vf no)
{
    return (vf)(((vi)yes & mask) | ((vi)no & ~mask));
}

INLINE vf root(vf x)
{
#if VB == 64 && defined(__x86_64__)
    return (vf)_mm512_sqrt_ps((__m512)x);
#elif VB == 32 && defined(__x86_64__)
    return (vf)_mm256_sqrt_ps((__m256)x);
#elif defined(__x86_64__)
    return (vf)_mm_sqrt_ps((__m128)x);
#else
    for (int i = 0; i < VB / 4; i++)
        x[i] = __builtin_sqrtf(x[i]);
    return x;
#endif
}

/* One number for each entry, to the lanes of the entry. */
INLINE vf by_entry(const float *p)
{
#if VB == 64
    return (vf){ p[0], p[0], p[0], p[0], p[1], p[1], p[1], p[1],
                 p[2], p[2], p[2], p[2], p[3], p[3], p[3], p[3] };
#elif VB == 32
    return (vf){ p[0], p[0], p[0], p[0], p[1], p[1], p[1], p[1] };
#else
    return (vf){ p[0], p[0], p[0], p[0] };
#endif
}

/* Bits of each pair and entry: splitmix64's finaliser (public-domain description by S. Vigna,
 * https://prng.di.unimi.it). half says which half of the lanes. */
INLINE vu bits(const uint64_t base[LCA_PAIRS], const uint64_t *key, int half)
{
#if VB == 64
    const uint64_t *k = key + 2 * half;
    vu x = { base[0] + k[0], base[1] + k[0], base[2] + k[0], base[3] + k[0],
             base[0] + k[1], base[1] + k[1], base[2] + k[1], base[3] + k[1] };
#elif VB == 32
    const uint64_t *k = key + half;
    vu x = { base[0] + k[0], base[1] + k[0], base[2] + k[0], base[3] + k[0] };
#else
    vu x = { base[2 * half] + key[0], base[2 * half + 1] + key[0] };
#endif
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

struct words {
    vw low, high;
};

INLINE struct words random_words(const uint64_t base[LCA_PAIRS], const uint64_t *key)
{
    vw x = (vw)bits(base, key, 0), y = (vw)bits(base, key, 1);
#if VB == 64
    return (struct words){
        __builtin_shufflevector(x, y, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
        __builtin_shufflevector(x, y, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)
    };
#elif VB == 32
    return (struct words){ __builtin_shufflevector(x, y, 0, 2, 4, 6, 8, 10, 12, 14),
                           __builtin_shufflevector(x, y, 1, 3, 5, 7, 9, 11, 13, 15) };
#else
    return (struct words){ __builtin_shufflevector(x, y, 0, 2, 4, 6),
                           __builtin_shufflevector(x, y, 1, 3, 5, 7) };
#endif
}

/* Uniform in (0, 1], 31 bits; never 0. */
INLINE vf unit(vw w)
{
    return __builtin_convertvector((vi)(w >> 1), vf) * 0x1p-31f + 0x1p-32f;
}

/* log2 of x > 0: x = 2^e m with m in [sqrt 1/2, sqrt 2). */
INLINE vf log2_of(vf x)
{
    vi e = ((vi)x - 0x3F3504F3) >> 23;
    vf f = (vf)((vi)x - (vi)((vw)e << 23)) - 1.0f;
    vf p = all(0.17065849740947273f);
    p = p * f - 0.27268660769047115f;
    p = p * f + 0.29725045188965515f;
    p = p * f - 0.3589632019139245f;
    p = p * f + 0.4804662480303853f;
    p = p * f - 0.7213758279996046f;
    p = p * f + 1.4426996966834111f; /* log2(1 + f) / f, error 3e-7 */
    return __builtin_convertvector(e, vf) + p * f;
}

/* 2^t for |t| < 126. Here |t| <= 6.7 (the largest normal drawn) x 10 (the largest sigma that is
 * accepted) x log2 e = 97. */
INLINE vf exp2_of(vf t)
{
    vf shifted = t + 12582912.0f; /* 1.5 x 2^23: the low bits now hold t rounded */
    vf f = t - (shifted - 12582912.0f);
    vf p = all(0.001340723764438464f);
    p = p * f + 0.009671860972489565f;
    p = p * f + 0.05550308446019819f;
    p = p * f + 0.24022234929355515f;
    p = p * f + 0.6931472148362205f; /* (2^f - 1) / f, error 9e-8 */
    p = p * f + 1.0f;
    return (vf)((vw)p + ((vw)shifted << 23));
}

struct pairs {
    vf first, second; /* lanes 0..3 and 4..7 of each entry */
};

/* Square root of -2 ln u: the length of a pair of normals. */
INLINE vf radius_of(vw low)
{
    return root(log2_of(unit(low)) * -1.3862943611198906f);
}

/* Box and Muller, Ann. Math. Stat. 29 (1958) 610-611. The angle's two top bits choose the quarter,
 * the others the place t in it, from -1/2 to 1/2 of pi/2. */
INLINE struct pairs normals(vf radius, vw high)
{
    vf t = __builtin_convertvector((vi)(high & 0x3FFFFFFF) - 0x20000000, vf) * 0x1p-30f;
    vf s = t * t;
    vf sine = all(-0.0046021770003883255f);
    sine = sine * s + 0.07968022806869533f;
    sine = sine * s - 0.6459634786418561f;
    sine = (sine * s + 1.5707963219668086f) * t; /* sin(pi/2 t), error 5e-9 */
    vf cosine = all(-0.020427227933585337f);
    cosine = cosine * s + 0.2536067273268905f;
    cosine = cosine * s - 1.2336979857786738f;
    cosine = cosine * s + 1.0f; /* cos(pi/2 t), error 3e-8 */
    /* cppcheck-suppress shiftTooManyBitsSigned ; gcc and clang shift the sign in, as meant */
    vi swap = (vi)(high << 1) >> 31;
    vw minus = { 0 };
    minus += 0x80000000U;
    vf x = choose(swap, sine, cosine), y = choose(swap, cosine, sine);
    x = (vf)((vw)x ^ ((high ^ high << 1) & minus));
    y = (vf)((vw)y ^ (high & minus));
    return (struct pairs){ x * radius, y * radius };
}

INLINE vf triangular(vf u, vf a, vf b, vf c)
{
    vf width = b - a, split = (c - a) / width;
    vf low = a + width * root(u * split);
    vf high = b - width * root((1.0f - u) * (1.0f - split));
    return choose(u < split, low, high);
}

/* Writes the values of ENTRIES draws from the e-th of g to their slots. */
INLINE void put(struct pairs p, const struct lca_draw4 *g, int e, float *coefficient)
{
    UNROLL
    for (int k = 0; k < ENTRIES; k++) {
        float *to = coefficient + (size_t)g->slot[e + k] * LCA_LANES;
        memcpy(to, (const char *)&p.first + k * 16, 16);
        memcpy(to + 4, (const char *)&p.second + k * 16, 16);
    }
}

enum { RUN = 4, RUN_VECTORS = RUN * 4 / ENTRIES };

/* Lognormal and normal draws of up to RUN groups, in three short loops: one long chain of
 * operations an entry would leave the processor waiting for results. */
INLINE void draw_normals(const struct lca_draw4 *g, int n, const uint64_t base[LCA_PAIRS],
                         float *coefficient, enum lca_draw_kind kind)
{
    struct words w[RUN_VECTORS];
    struct pairs z[RUN_VECTORS];
    vf radius[RUN_VECTORS];
    const int vectors = n * 4 / ENTRIES;
    for (int i = 0; i < vectors; i++)
        w[i] = random_words(base, g[i * ENTRIES / 4].key + i * ENTRIES % 4);
    for (int i = 0; i < vectors; i++)
        radius[i] = radius_of(w[i].low);
    for (int i = 0; i < vectors; i++)
        z[i] = normals(radius[i], w[i].high);
    for (int i = 0; i < vectors; i++) {
        const struct lca_draw4 *at = g + i * ENTRIES / 4;
        int e = i * ENTRIES % 4;
        vf a = by_entry(at->a + e), b = by_entry(at->b + e);
        struct pairs p = { b * z[i].first, b * z[i].second };
        if (kind == LCA_DRAW_NORMAL)
            p = (struct pairs){ a + p.first, a + p.second };
        else
            p = (struct pairs){ a * exp2_of(p.first), a * exp2_of(p.second) };
        put(p, at, e, coefficient);
    }
}

INLINE void draw_others(const struct lca_draw4 *g, const uint64_t base[LCA_PAIRS],
                        float *coefficient, enum lca_draw_kind kind)
{
    for (int e = 0; e < 4; e += ENTRIES) {
        struct words w = random_words(base, g->key + e);
        vf a = by_entry(g->a + e), b = by_entry(g->b + e), c = by_entry(g->c + e);
        vf u = unit(w.low), v = unit(w.high), width = b - a;
        struct pairs p = { a + width * u, a + width * v };
        if (kind == LCA_DRAW_TRIANGULAR)
            p = (struct pairs){ triangular(u, a, b, c), triangular(v, a, b, c) };
        put(p, g, e, coefficient);
    }
}

INLINE void draw_groups(const struct lca_draw4 *g, uint32_t n, const uint64_t base[LCA_PAIRS],
                        float *coefficient, enum lca_draw_kind kind)
{
    uint32_t i = 0;
    if (kind == LCA_DRAW_UNIFORM || kind == LCA_DRAW_TRIANGULAR) {
        for (; i < n; i++)
            draw_others(g + i, base, coefficient, kind);
        return;
    }
    for (; i + RUN <= n; i += RUN)
        draw_normals(g + i, RUN, base, coefficient, kind);
    for (; i < n; i++)
        draw_normals(g + i, 1, base, coefficient, kind);
}

static void draw(const struct lca_tile *tile, const struct lca_draw4 *groups,
                 const uint64_t base[LCA_PAIRS], float *coefficient)
{
    const struct lca_draw4 *g = groups + tile->first_group;
    draw_groups(g, tile->groups[LCA_DRAW_LOGNORMAL], base, coefficient, LCA_DRAW_LOGNORMAL);
    g += tile->groups[LCA_DRAW_LOGNORMAL];
    draw_groups(g, tile->groups[LCA_DRAW_NORMAL], base, coefficient, LCA_DRAW_NORMAL);
    g += tile->groups[LCA_DRAW_NORMAL];
    draw_groups(g, tile->groups[LCA_DRAW_UNIFORM], base, coefficient, LCA_DRAW_UNIFORM);
    g += tile->groups[LCA_DRAW_UNIFORM];
    draw_groups(g, tile->groups[LCA_DRAW_TRIANGULAR], base, coefficient, LCA_DRAW_TRIANGULAR);
}

/* ---- rows -------------------------------------------------------------------------------- */

struct lanes {
    vd part[PARTS];
};

/* Part by part: a copy of the whole would go through memory. */
INLINE struct lanes load(const double *p)
{
    struct lanes x;
    UNROLL
    for (int k = 0; k < PARTS; k++)
        memcpy(&x.part[k], p + k * DOUBLES, sizeof x.part[k]);
    return x;
}

INLINE void store(double *p, struct lanes x)
{
    UNROLL
    for (int k = 0; k < PARTS; k++)
        memcpy(p + k * DOUBLES, &x.part[k], sizeof x.part[k]);
}

/* As many floats as a vector has doubles. __builtin_convertvector does it in halves (gcc 12). */
INLINE vd widened(const float *p)
{
#if VB == 64 && defined(__x86_64__)
    return (vd)_mm512_cvtps_pd(_mm256_loadu_ps(p));
#elif VB == 32 && defined(__x86_64__)
    return (vd)_mm256_cvtps_pd(_mm_loadu_ps(p));
#else
    vh narrow;
    memcpy(&narrow, p, sizeof narrow);
    return __builtin_convertvector(narrow, vd);
#endif
}

/* sum += entries of row i */
INLINE void add_row(const struct lca_lane_job *job, size_t i, struct lanes *sum)
{
    const struct lca_lane_rows *r = job->rows;
    const float *c = job->coefficient + (size_t)(r->start[i] - job->first_entry) * LCA_LANES;
    for (uint32_t e = r->start[i]; e < r->start[i + 1]; e++, c += LCA_LANES) {
        const double *v = job->v + (size_t)r->index[e] * LCA_LANES;
        UNROLL
        for (int k = 0; k < PARTS; k++) {
            vd other;
            memcpy(&other, v + k * DOUBLES, sizeof other);
            sum->part[k] += widened(c + k * DOUBLES) * other;
        }
    }
    for (uint32_t e = r->fixed_start[i]; e < r->fixed_start[i + 1]; e++) {
        const double *v = job->v + (size_t)r->fixed_index[e] * LCA_LANES;
        UNROLL
        for (int k = 0; k < PARTS; k++) {
            vd other;
            memcpy(&other, v + k * DOUBLES, sizeof other);
            sum->part[k] += other * r->fixed_value[e];
        }
    }
}

INLINE struct lanes constant_of(double x)
{
    struct lanes s;
    UNROLL
    for (int k = 0; k < PARTS; k++)
        s.part[k] = x - (vd){ 0 };
    return s;
}

static void solve(const struct lca_lane_job *job)
{
    for (size_t i = job->first; i < job->last; i++) {
        struct lanes sum = constant_of(job->constant[i]);
        struct lanes d = load(job->divisor + (size_t)job->divisor_of[i] * LCA_LANES);
        add_row(job, i, &sum);
        UNROLL
        for (int k = 0; k < PARTS; k++)
            sum.part[k] *= d.part[k];
        store(job->v + i * LCA_LANES, sum);
    }
}

static void gather(const struct lca_lane_job *job)
{
    for (size_t i = job->first; i < job->last; i++) {
        struct lanes sum = constant_of(job->constant[i]);
        add_row(job, i, &sum);
        store(job->side + (i - job->first) * LCA_LANES, sum);
    }
}

static void sweep(const struct lca_lane_job *job, double change[LCA_LANES])
{
    struct lanes total = constant_of(0);
    vl active[PARTS], positive = { 0 };
    memcpy(active, job->active, sizeof active);
    positive += INT64_MAX;
    for (size_t i = job->first; i < job->last; i++) {
        struct lanes sum = load(job->side + (i - job->first) * LCA_LANES);
        struct lanes d = load(job->divisor + (size_t)job->divisor_of[i] * LCA_LANES);
        struct lanes old = load(job->v + i * LCA_LANES);
        double weight = job->weight[i];
        add_row(job, i, &sum);
        UNROLL
        for (int k = 0; k < PARTS; k++) {
            vd next = sum.part[k] * d.part[k];
            total.part[k] += (vd)((vl)(next - old.part[k]) & positive) * weight;
            sum.part[k] = (vd)(((vl)next & active[k]) | ((vl)old.part[k] & ~active[k]));
        }
        store(job->v + i * LCA_LANES, sum);
    }
    store(change, total);
}

static void stretch(double *v, const double *before, size_t n, const double factor[LCA_LANES])
{
    struct lanes f = load(factor);
    for (size_t i = 0; i < n; i++) {
        struct lanes x = load(v + i * LCA_LANES), old = load(before + i * LCA_LANES);
        UNROLL
        for (int k = 0; k < PARTS; k++)
            x.part[k] += (x.part[k] - old.part[k]) * f.part[k];
        store(v + i * LCA_LANES, x);
    }
}

const struct lca_kernel KERNEL = { KERNEL_NAME, draw, solve, gather, sweep, stretch };

/* NOLINTEND(bugprone-implicit-widening-of-multiplication-result) */

/* draw.h - what the vector kernels of sampling read and write. For this folder only.
 *
 * Samples are worked on in batches of 8, one per lane: lane l of batch b is sample 8 b + l. Lanes l
 * and l + 4 form a pair and share the two normals of one Box-Muller draw. The 64 random bits of a
 * pair come from the finaliser of splitmix64 applied to (hash of seed and pair) + (hash of
 * exchange), so a draw depends on nothing else. Arithmetic of draws is in float: a sampled amount
 * carries 24 bits. Each operation is the same IEEE operation in all kernels, so all give the same
 * bytes. */
#ifndef TL_LCA_DRAW_H
#define TL_LCA_DRAW_H

#include <stddef.h>
#include <stdint.h>

enum { LCA_LANES = 8, LCA_PAIRS = 4 };

enum lca_draw_kind {
    LCA_DRAW_LOGNORMAL,
    LCA_DRAW_NORMAL,
    LCA_DRAW_UNIFORM,
    LCA_DRAW_TRIANGULAR,
    LCA_DRAW_KINDS
};

/* Four draws of one kind. Lognormal: a x 2^(b z). Normal: a + b z. Uniform: from a to b.
 * Triangular: from a to b, mode c. A draw that only fills up the four goes to a slot that is not
 * read. */
struct lca_draw4 {
    uint64_t key[4];
    uint32_t slot[4];
    float a[4], b[4], c[4];
};

/* The draws of a tile: so many groups of each kind, one after the other. */
struct lca_tile {
    uint32_t first_node, last_node; /* rows whose entries these are */
    uint32_t first_entry;           /* slot 0 is this entry */
    uint32_t first_group;
    uint32_t groups[LCA_DRAW_KINDS];
};

/* Rows whose sampled entries have LCA_LANES coefficients each, and certain ones a single value. */
struct lca_lane_rows {
    uint32_t *start, *index;             /* owned; sampled */
    uint32_t *fixed_start, *fixed_index; /* owned; certain */
    double *fixed_value;                 /* owned */
};

/* Arguments of one call for rows [first, last). Vectors of lanes lie one after the other. */
struct lca_lane_job {
    const struct lca_lane_rows *rows;
    size_t first, last;
    uint32_t first_entry; /* coefficient 0 belongs to this entry */
    const float *coefficient;
    double *v;             /* all nodes; and a vector of ones behind the last */
    const double *divisor; /* 1 / production beside the given one; vector 0 is all ones */
    const uint32_t *divisor_of;
    const double *constant; /* by node, the same for all lanes */
    double *side;           /* right sides, by row - first */
    const double *weight;   /* by node */
    const int64_t *active;  /* by lane: -1 or 0 */
};

struct lca_kernel {
    const char *name;
    /* Fills coefficient[slot * 8 + lane] for the groups of tile. base: by pair. */
    void (*draw)(const struct lca_tile *tile, const struct lca_draw4 *groups,
                 const uint64_t base[LCA_PAIRS], float *coefficient);
    /* v := (constant + sum) / production */
    void (*solve)(const struct lca_lane_job *job);
    /* side := constant + sum */
    void (*gather)(const struct lca_lane_job *job);
    /* v := (side + sum) / production in order, where active; change := sum of weight x |change| */
    void (*sweep)(const struct lca_lane_job *job, double change[LCA_LANES]);
    /* v += factor x (v - before), n vectors */
    void (*stretch)(double *v, const double *before, size_t n, const double factor[LCA_LANES]);
};

/* The widest kernel that this processor runs; or the one of that name, NULL if it cannot. */
const struct lca_kernel *lca_kernel_best(void);
const struct lca_kernel *lca_kernel_named(const char *name);

/* 128 bits: compiled for whatever the build aims at; the others only on x86-64. */
extern const struct lca_kernel lca_kernel_128;
#if defined(__x86_64__)
extern const struct lca_kernel lca_kernel_256, lca_kernel_512;
#endif

#endif

/* generate_lca.h - systems of database size, made up from a seed.
 *
 * The first fifth of the activities are consumers, the next three tenths form one loop, the rest
 * are suppliers without loops. Each activity takes about 11 inputs from later ones (in the loop
 * mostly from the loop) and emits 4 flows of which more than half are characterised. Units are
 * spread over 12 powers of ten. Product 0 reaches most of the system. */
#ifndef TL_BENCH_GENERATE_LCA_H
#define TL_BENCH_GENERATE_LCA_H

#include <stddef.h>
#include <stdint.h>

#include "tanlian/lca.h"

typedef struct bench_shape {
    size_t n;
    uint64_t seed;
    double burden; /* share of an activity's score that comes with its inputs, at most; below 1 */
    double sigma;  /* largest sigma of a lognormal; 0 = all certain */
} bench_shape;

typedef struct bench_entry {
    uint32_t column, row;
    double amount, sigma;
} bench_entry;

/* Entries in order of column. */
typedef struct bench_system {
    bench_shape shape;
    bench_entry *inputs, *emissions;
    size_t n_inputs, n_emissions, flows;
} bench_system;

/* Exits with a message when out of memory. */
bench_system bench_generate(const bench_shape *shape);
void bench_clear(bench_system *g);

/* The same through the builder. */
tl_lca_system *bench_build(const bench_system *g);

/* The same as an inventory folder, which is made. */
void bench_write_folder(const bench_system *g, const char *path);

/* Exits with the message unless st is TL_OK. */
void bench_check(tl_status st, const tl_error *err);

#endif

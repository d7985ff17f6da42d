/* make.h - small systems for the tests, written as tables. */
#ifndef TL_LCA_TESTS_MAKE_H
#define TL_LCA_TESTS_MAKE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "tanlian/lca.h"

enum { MOST_ENTRIES = 16 };

struct amount {
    size_t column, row;
    double amount;
    tl_lca_uncertainty u;
};

/* A system in a table: n activities a0, a1, ... and flows f0, f1, ... with the given factors in one
 * category. Lists end at the first entry with amount 0 and all else 0. */
struct small {
    size_t n;
    struct amount inputs[MOST_ENTRIES], emissions[MOST_ENTRIES];
    double factors[4];
};

static inline void ok(tl_status st, const tl_error *err)
{
    if (st != TL_OK)
        fail_msg("status %d: %s", (int)st, err->text);
}

static inline tl_lca_builder *make_builder(size_t n, size_t flows, const double *factors)
{
    tl_lca_builder *b;
    tl_error err = { 0 };
    char id[32];
    ok(tl_lca_builder_new(&b, &err), &err);
    for (size_t i = 0; i < n; i++) {
        snprintf(id, sizeof id, "a%zu", i);
        ok(tl_lca_add_activity(b, &(tl_lca_name){ .id = id, .unit = "kg" }, NULL, &err), &err);
    }
    ok(tl_lca_add_category(b, &(tl_lca_name){ .id = "gwp", .unit = "kg CO2e" }, NULL, &err), &err);
    for (size_t k = 0; k < flows; k++) {
        snprintf(id, sizeof id, "f%zu", k);
        ok(tl_lca_add_flow(b, &(tl_lca_name){ .id = id }, NULL, &err), &err);
        ok(tl_lca_add_factor(b, 0, k, factors[k], &err), &err);
    }
    return b;
}

static inline bool is_end(const struct amount *a)
{
    return a->amount == 0 && a->column == 0 && a->row == 0 && a->u.distribution == 0;
}

static inline tl_lca_builder *small_builder(const struct small *d)
{
    size_t flows = 0;
    tl_error err = { 0 };
    while (flows < 4 && d->factors[flows] != 0)
        flows++;
    tl_lca_builder *b = make_builder(d->n, flows, d->factors);
    for (const struct amount *a = d->inputs; a < d->inputs + MOST_ENTRIES && !is_end(a); a++)
        ok(tl_lca_add_input(b, a->column, a->row, a->amount, &a->u, &err), &err);
    for (const struct amount *a = d->emissions; a < d->emissions + MOST_ENTRIES && !is_end(a); a++)
        ok(tl_lca_add_emission(b, a->column, a->row, a->amount, &a->u, &err), &err);
    return b;
}

static inline tl_lca_system *finish(tl_lca_builder *b)
{
    tl_lca_system *s;
    tl_error err = { 0 };
    ok(tl_lca_builder_finish(b, &s, &err), &err);
    tl_lca_builder_free(b);
    return s;
}

static inline tl_lca_solver *solver_of(const tl_lca_system *s, tl_lca_method method)
{
    tl_lca_solver *v;
    tl_error err = { 0 };
    ok(tl_lca_solver_new(&v, s, &(tl_lca_solver_options){ .method = method }, &err), &err);
    return v;
}

static inline bool near(double got, double want, double relative)
{
    return fabs(got - want) <= relative * fmax(fabs(want), 1e-300);
}

/* Seed of random tests: TL_SEED, or the given one. */
static inline uint64_t test_seed(uint64_t usual)
{
    const char *s = getenv("TL_SEED");
    return s ? strtoull(s, NULL, 10) : usual;
}

#endif

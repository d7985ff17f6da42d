/* uncertain.h - sampling in one call, and a system that is uncertain in every way, for the tests.
 */
#ifndef TL_LCA_TESTS_UNCERTAIN_H
#define TL_LCA_TESTS_UNCERTAIN_H

#include "lca/tests/make.h"

static inline tl_lca_samples *sample(const tl_lca_system *s, tl_lca_demand demand,
                                     const tl_lca_sample_options *o)
{
    tl_error err = { 0 };
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    tl_lca_samples *m;
    ok(tl_lca_sample(v, &demand, 1, 0, o, &m, &err), &err);
    tl_lca_solver_free(v);
    return m;
}

/* A system with a loop of n in the middle, everything uncertain in all four ways. */
static inline tl_lca_system *mixed_system(size_t n, uint64_t seed)
{
    static const double factors[] = { 1, 28, 265 };
    tl_random r = tl_random_seed(seed);
    tl_error err = { 0 };
    tl_lca_builder *b = make_builder(n, 3, factors);
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < 5; k++) {
            size_t i = j < n / 4 ? j + 1 + tl_random_below(&r, n - j - 1)
                                 : n / 4 + tl_random_below(&r, n - n / 4);
            double a = 0.25 * tl_random_unit(&r) * pow(10, (double)(j % 7) - (double)(i % 7));
            if (i == j)
                continue;
            const tl_lca_uncertainty kinds[] = { { 0 },
                                                 { 2, NAN, 0.3, 0, 0 },
                                                 { 3, NAN, a / 5, 0, 0 },
                                                 { 4, 0, 0, a / 2, 2 * a },
                                                 { 5, NAN, 0, a / 2, 2 * a } };
            ok(tl_lca_add_input(b, j, i, a, &kinds[tl_random_below(&r, 5)], &err), &err);
        }
        double e = tl_random_unit(&r) * pow(10, (double)(j % 7));
        ok(tl_lca_add_emission(b, j, tl_random_below(&r, 3), e,
                               &(tl_lca_uncertainty){ 2, NAN, 0.2, 0, 0 }, &err),
           &err);
        if (j % 10 == 0)
            ok(tl_lca_add_input(b, j, j, 1.5, &(tl_lca_uncertainty){ 2, NAN, 0.1, 0, 0 }, &err),
               &err);
    }
    return finish(b);
}

#endif

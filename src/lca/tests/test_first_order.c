/* test_first_order.c - first-order uncertainty against sampling, and the error of samples against
 * the tolerance asked for. */
#include "lca/tests/uncertain.h"

/* First order against sampling, small sigmas: a chain a0 -> a1 -> a2 with emission, all lognormal:
 * ln h = sum of logs, so both must give sqrt(0.1^2 + 0.2^2 + 0.05^2) = 0.2291288. */
static void test_first_order(void **state)
{
    (void)state;
    static const struct small chain = { 3,
                                        { { 0, 1, 2, { 2, NAN, 0.1, 0, 0 } },
                                          { 1, 2, 5, { 2, NAN, 0.2, 0, 0 } } },
                                        { { 2, 0, 3, { 2, NAN, 0.05, 0, 0 } } },
                                        { 1 } };
    tl_error err = { 0 };
    tl_lca_system *s = finish(small_builder(&chain));
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    tl_lca_solution *x;
    tl_lca_first_order f;
    ok(tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err), &err);
    ok(tl_lca_first_order_sd(v, x, 0, 2, &f, &err), &err);
    assert_true(near(f.log_sd, 0.2291287847, 1e-9) && near(f.score, 30, 1e-12));
    assert_int_equal(f.uncertain, 3);
    assert_int_equal(f.n_top, 2);
    assert_true(f.top[0].activity == 1 && f.top[0].row == 2 && f.top[0].kind == TL_LCA_INPUT);
    assert_true(near(f.top[0].variance_share, 0.04 / 0.0525, 1e-12));
    assert_true(near(f.top[0].elasticity, 1, 1e-12));
    assert_true(f.top[1].activity == 0 && near(f.top[1].variance_share, 0.01 / 0.0525, 1e-12));
    tl_lca_free(f.top);
    tl_lca_solution_free(x);
    tl_lca_samples *m = sample(s, (tl_lca_demand){ 0, 1 },
                               &(tl_lca_sample_options){ .n = 20000, .seed = 2, .keep = true });
    double sum = 0, squares = 0;
    for (size_t i = 0; i < 20000; i++) {
        double l = log(tl_lca_samples_values(m, 0)[i] / 30);
        sum += l;
        squares += l * l;
    }
    double sd = sqrt(squares / 20000 - sum / 20000 * (sum / 20000));
    if (fabs(sd - 0.2291288) > 0.006)
        fail_msg("log sd of samples %.6g, first order 0.229129", sd);
    tl_lca_samples_free(m);
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

/* On a random loop system the two agree within 10%: the score is not linear, sigmas are 0.3. */
static void test_first_order_loop(void **state)
{
    (void)state;
    tl_error err = { 0 };
    tl_lca_system *s = mixed_system(400, 8);
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    tl_lca_solution *x;
    tl_lca_first_order f;
    ok(tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err), &err);
    ok(tl_lca_first_order_sd(v, x, 0, 10, &f, &err), &err);
    tl_lca_samples *m =
        sample(s, (tl_lca_demand){ 0, 1 }, &(tl_lca_sample_options){ .n = 4000, .seed = 2 });
    const tl_lca_statistics *t = tl_lca_samples_statistics(m, 0);
    if (fabs(f.sd / t->sd - 1) > 0.15)
        fail_msg("sd first order %.6g, sampled %.6g", f.sd, t->sd);
    double share = 0;
    for (size_t i = 0; i < f.n_top; i++)
        share += f.top[i].variance_share;
    assert_true(share > 0 && share <= 1 + 1e-12);
    tl_lca_free(f.top);
    tl_lca_samples_free(m);
    tl_lca_solution_free(x);
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

/* The error of each sample stays below the tolerance asked for: beside the same samples to 1e-13.
 */
static void test_tolerance(void **state)
{
    (void)state;
    enum { N = 200 };
    static const double tolerances[] = { 1e-5, 1e-8, 1e-10 };
    for (uint64_t seed = 1; seed <= 4; seed++) {
        tl_lca_system *s = mixed_system(700, seed);
        tl_lca_sample_options o = { .n = N, .seed = seed, .keep = true, .tolerance = 1e-13 };
        tl_lca_samples *exact = sample(s, (tl_lca_demand){ 0, 1 }, &o);
        for (size_t t = 0; t < sizeof tolerances / sizeof *tolerances; t++) {
            o.tolerance = tolerances[t];
            tl_lca_samples *m = sample(s, (tl_lca_demand){ 0, 1 }, &o);
            for (size_t i = 0; i < N; i++) {
                double got = tl_lca_samples_values(m, 0)[i];
                double want = tl_lca_samples_values(exact, 0)[i];
                if (isnan(got) ? !isnan(want) : !near(got, want, o.tolerance))
                    fail_msg("system %llu, tolerance %g, sample %zu: %.15g, not %.15g",
                             (unsigned long long)seed, o.tolerance, i, got, want);
            }
            tl_lca_samples_free(m);
        }
        tl_lca_samples_free(exact);
        tl_lca_system_free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_order),
        cmocka_unit_test(test_first_order_loop),
        cmocka_unit_test(test_tolerance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

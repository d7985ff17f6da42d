/* test_solve.c - levels, scores and unit scores of systems whose answers are known by hand, and
 * agreement of all methods on random ones. */
#include "lca/tests/make.h"

static const tl_lca_method methods[] = { TL_LCA_METHOD_AUTO, TL_LCA_METHOD_DIRECT,
                                         TL_LCA_METHOD_SWEEPS, TL_LCA_METHOD_BICGSTAB };

/* One unit of a0 is demanded. In comments: the arithmetic by hand. */
static const struct known {
    const char *label;
    struct small system;
    double levels[5], score;
} known[] = {
    /* x1 = 0.5, h = 2 x 0.5 */
    { "chain of two",
      { 2, { { 0, 1, 0.5, { 0 } } }, { { 1, 0, 2, { 0 } } }, { 1 } },
      { 1, 0.5 },
      1 },
    /* x0 = 1 + 0.2 x1, x1 = 0.5 x0: x0 = 1/0.9; h = x0 + 2 x1 */
    { "loop of two",
      { 2,
        { { 0, 1, 0.5, { 0 } }, { 1, 0, 0.2, { 0 } } },
        { { 0, 0, 1, { 0 } }, { 1, 0, 2, { 0 } } },
        { 1 } },
      { 1 / 0.9, 0.5 / 0.9 },
      2 / 0.9 },
    /* a0 makes 0.25 of a1's product on the side: x1 = -0.25, h = 4 - 0.25 x 8 */
    { "co-product by substitution",
      { 2, { { 0, 1, -0.25, { 0 } } }, { { 0, 0, 4, { 0 } }, { 1, 0, 8, { 0 } } }, { 1 } },
      { 1, -0.25 },
      2 },
    /* x1 = 0.999 x0, x0 = 1 + x1: x0 = 1000, x1 = 999; h = x0 + 3 x1 */
    { "loop of gain 0.999",
      { 2,
        { { 0, 1, 0.999, { 0 } }, { 1, 0, 1, { 0 } } },
        { { 0, 0, 1, { 0 } }, { 1, 0, 3, { 0 } } },
        { 1 } },
      { 1000, 999 },
      3997 },
    /* an activity that makes 1 and eats 0.999 of it states a production of 0.001: x0 = 1000 */
    { "one activity, net production 0.001",
      { 1, { { 0, 0, 1, { 0 } }, { 0, 0, -0.999, { 0 } } }, { { 0, 0, 2, { 0 } } }, { 1 } },
      { 1000 },
      2000 },
    /* production 4: x0 = 0.25, x1 = 0.25 x 2 / 5 = 0.1; h = 0.25 x 8 + 0.1 x 30 */
    { "production other than 1",
      { 2,
        { { 0, 0, 4, { 0 } }, { 0, 1, 2, { 0 } }, { 1, 1, 5, { 0 } } },
        { { 0, 0, 8, { 0 } }, { 1, 0, 30, { 0 } } },
        { 1 } },
      { 0.25, 0.1 },
      5 },
    /* a0 -> a1, a2 -> a3: x3 = 2 x 3 + 4 x 5 = 26 */
    { "diamond",
      { 4,
        { { 0, 1, 2, { 0 } }, { 0, 2, 4, { 0 } }, { 1, 3, 3, { 0 } }, { 2, 3, 5, { 0 } } },
        { { 3, 0, 1, { 0 } } },
        { 1 } },
      { 1, 2, 4, 26 },
      26 },
    /* 0.1 + 0.2 + 0.3 = 0.6; emissions 1 + 2; factor 2 */
    { "repeated entries add up",
      { 2,
        { { 0, 1, 0.1, { 0 } }, { 0, 1, 0.2, { 0 } }, { 0, 1, 0.3, { 0 } } },
        { { 1, 0, 1, { 0 } }, { 1, 0, 2, { 0 } } },
        { 2 } },
      { 1, 0.6 },
      3.6 },
    /* waste treatment a1 takes 1 of waste (production -1); a0 puts out 0.5 of it (input -0.5) */
    { "waste treatment",
      { 2,
        { { 0, 1, -0.5, { 0 } }, { 1, 1, -1, { 0 } } },
        { { 0, 0, 1, { 0 } }, { 1, 0, 6, { 0 } } },
        { 1 } },
      { 1, 0.5 },
      4 },
    /* negative feedback: x1 = 0.9 x0, x0 = 1 - 2 x1: x0 = 1/2.8; sweeps alone would diverge */
    { "loop with gain -1.8",
      { 2,
        { { 0, 1, 0.9, { 0 } }, { 1, 0, -2, { 0 } } },
        { { 0, 0, 1, { 0 } }, { 1, 0, 1, { 0 } } },
        { 1 } },
      { 1 / 2.8, 0.9 / 2.8 },
      1.9 / 2.8 },
    /* three in a circle, units of 1e-6 and 1e6: x0 = 1 + 0.5 x0 */
    { "loop with far-apart units",
      { 3,
        { { 0, 1, 1e6, { 0 } }, { 1, 2, 1e-12, { 0 } }, { 2, 0, 0.5e6, { 0 } } },
        { { 2, 0, 1e6, { 0 } } },
        { 1 } },
      { 2, 2e6, 2e-6 },
      2 },
    /* a1 and a2 form a loop behind a0: x1 = 1 + 0.5 x2, x2 = 0.5 x1 -> 4/3, 2/3; a3 after it */
    { "loop between two singles",
      { 4,
        { { 0, 1, 1, { 0 } }, { 1, 2, 0.5, { 0 } }, { 2, 1, 0.5, { 0 } }, { 2, 3, 3, { 0 } } },
        { { 3, 0, 1, { 0 } } },
        { 1 } },
      { 1, 4.0 / 3, 2.0 / 3, 2 },
      2 },
};

static void check_known(const struct known *k, const tl_lca_system *s, tl_lca_method method)
{
    /* sweeps alone see a change of 1e-3 of the error at gain 0.999 */
    double relative = method == TL_LCA_METHOD_SWEEPS ? 1e-11 : 1e-12;
    tl_error err = { 0 };
    tl_lca_solver *v = solver_of(s, method);
    tl_lca_solution *x;
    tl_lca_score score;
    const double *unit;
    const char *how = tl_lca_method_name(method);
    ok(tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err), &err);
    for (size_t j = 0; j < k->system.n; j++)
        if (!near(tl_lca_solution_levels(x)[j], k->levels[j], relative))
            fail_msg("%s, %s: level %zu got %.17g want %.17g", k->label, how, j,
                     tl_lca_solution_levels(x)[j], k->levels[j]);
    ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
    if (!near(score.score, k->score, relative) || !(score.error_bound <= 1e-11 * fabs(k->score)))
        fail_msg("%s, %s: score %.17g want %.17g, bound %g", k->label, how, score.score, k->score,
                 score.error_bound);
    if (fabs(score.score - k->score) > score.error_bound + 1e-15 * fabs(k->score))
        fail_msg("%s, %s: error %g above its bound %g", k->label, how, score.score - k->score,
                 score.error_bound);
    ok(tl_lca_unit_scores(v, 0, &unit, NULL, &err), &err);
    if (!near(unit[0], k->score, relative))
        fail_msg("%s, %s: unit score %.17g want %.17g", k->label, how, unit[0], k->score);
    tl_lca_solution_free(x);
    tl_lca_solver_free(v);
}

static void test_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        tl_lca_system *s = finish(small_builder(&known[i].system));
        for (size_t m = 0; m < sizeof methods / sizeof *methods; m++)
            if (methods[m] != TL_LCA_METHOD_SWEEPS || known[i].levels[0] != 1 / 2.8)
                check_known(&known[i], s, methods[m]);
        tl_lca_system_free(s);
    }
}

static void test_demand(void **state)
{
    (void)state;
    tl_error err = { 0 };
    tl_lca_system *s = finish(small_builder(&known[1].system));
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    tl_lca_solution *x;
    tl_lca_score score;
    ok(tl_lca_solve(v, NULL, 0, &x, &err), &err);
    ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
    assert_true(score.score == 0 && tl_lca_solution_levels(x)[1] == 0);
    tl_lca_solution_free(x);
    ok(tl_lca_solve(v, &(tl_lca_demand){ 1, 0 }, 1, &x, &err), &err);
    ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
    assert_true(score.score == 0);
    tl_lca_solution_free(x);
    /* twice 0.5 of a0 and 3 - 3 of a1 is one a0 */
    const tl_lca_demand split[] = { { 0, 0.5 }, { 1, 3 }, { 0, 0.5 }, { 1, -3 } };
    ok(tl_lca_solve(v, split, 4, &x, &err), &err);
    ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
    assert_true(near(score.score, 2 / 0.9, 1e-12));
    tl_lca_solution_free(x);
    assert_int_equal(tl_lca_solve(v, &(tl_lca_demand){ 2, 1 }, 1, &x, &err), TL_EINPUT);
    assert_int_equal(tl_lca_solve(v, &(tl_lca_demand){ 0, NAN }, 1, &x, &err), TL_EINPUT);
    assert_non_null(strstr(err.text, "'a0'"));
    assert_null(x);
    assert_int_equal(tl_lca_solution_score(v, x, 9, &score, &err), TL_EINPUT);
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

/* Loops without meaning: TL_ENUMERIC, and the message names an activity of the loop. */
static const struct bad_loop {
    const char *label;
    struct small system;
    const char *want;
} bad_loops[] = {
    { "gain exactly 1",
      { 2, { { 0, 1, 2, { 0 } }, { 1, 0, 0.5, { 0 } } }, { { 0, 0, 1, { 0 } } }, { 1 } },
      "'a1'" },
    { "gain 1.2",
      { 2, { { 0, 1, 2, { 0 } }, { 1, 0, 0.6, { 0 } } }, { { 0, 0, 1, { 0 } } }, { 1 } },
      "'a0'" },
    { "gain 1e6, behind a single",
      { 3,
        { { 0, 1, 1, { 0 } }, { 1, 2, 1e3, { 0 } }, { 2, 1, 1e3, { 0 } } },
        { { 2, 0, 1, { 0 } } },
        { 1 } },
      "'a2'" },
    { "gain 2 through two negative inputs",
      { 2, { { 0, 1, -2, { 0 } }, { 1, 0, -1, { 0 } } }, { { 0, 0, 1, { 0 } } }, { 1 } },
      "'a1'" },
};

static void test_bad_loops(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_loops / sizeof *bad_loops; i++) {
        const struct bad_loop *c = &bad_loops[i];
        tl_lca_system *s = finish(small_builder(&c->system));
        for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
            tl_lca_solver *v = solver_of(s, methods[m]);
            tl_lca_solution *x;
            const double *unit;
            size_t undefined = 0;
            tl_error err = { 0 };
            tl_status st = tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err);
            if (st != TL_ENUMERIC || !strstr(err.text, c->want) || x)
                fail_msg("%s, %s: status %d (%s)", c->label, tl_lca_method_name(methods[m]),
                         (int)st, err.text);
            assert_int_equal(tl_lca_unit_scores(v, 0, &unit, NULL, &err), TL_ENUMERIC);
            ok(tl_lca_unit_scores(v, 0, &unit, &undefined, &err), &err);
            assert_int_equal(undefined, c->system.n);
            tl_lca_solver_free(v);
        }
        tl_lca_system_free(s);
    }
}

/* A runaway loop elsewhere does no harm: a0 uses a1; a2 and a3 run away, a4 uses them. */
static void test_bad_loop_elsewhere(void **state)
{
    (void)state;
    static const struct small d = { 5,
                                    { { 0, 1, 2, { 0 } },
                                      { 2, 3, 2, { 0 } },
                                      { 3, 2, 2, { 0 } },
                                      { 3, 1, 1, { 0 } },
                                      { 4, 2, 1, { 0 } } },
                                    { { 1, 0, 3, { 0 } } },
                                    { 1 } };
    tl_error err = { 0 };
    tl_lca_system *s = finish(small_builder(&d));
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    tl_lca_solution *x;
    tl_lca_score score;
    const double *unit;
    size_t undefined = 0;
    ok(tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err), &err);
    ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
    assert_true(near(score.score, 6, 1e-12));
    tl_lca_solution_free(x);
    ok(tl_lca_unit_scores(v, 0, &unit, &undefined, &err), &err);
    assert_int_equal(undefined, 3);
    assert_true(unit[0] == 6 && unit[1] == 3 && isnan(unit[2]) && isnan(unit[3]) && isnan(unit[4]));
    assert_int_equal(tl_lca_solve(v, &(tl_lca_demand){ 4, 1 }, 1, &x, &err), TL_ENUMERIC);
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

/* ---- random systems ---------------------------------------------------------------------- */

struct shape {
    const char *label;
    size_t n, inputs;
    double gain;      /* sum of inputs beside production, at most */
    double negatives; /* share of negative inputs */
    bool units;       /* units of activities spread over 12 powers of ten */
};

/* A random system of the given shape, all activities open to loops. */
static tl_lca_system *random_system(const struct shape *h, tl_random *r)
{
    static const double factors[] = { 1, 28, 265 };
    tl_error err = { 0 };
    tl_lca_builder *b = make_builder(h->n, 3, factors);
    double *unit = calloc(h->n, sizeof *unit);
    assert_non_null(unit);
    for (size_t j = 0; j < h->n; j++)
        unit[j] = h->units ? pow(10, 12 * tl_random_unit(r) - 6) : 1;
    for (size_t j = 0; j < h->n; j++) {
        double production = 0.5 + tl_random_unit(r);
        ok(tl_lca_add_input(b, j, j, production, NULL, &err), &err);
        for (size_t k = 0; k < h->inputs && h->n > 1; k++) {
            size_t i = (j + 1 + tl_random_below(r, h->n - 1)) % h->n;
            double a = h->gain / (double)h->inputs * (0.5 + 0.5 * tl_random_unit(r)) * 0.5 *
                       unit[j] / unit[i];
            if (tl_random_unit(r) < h->negatives)
                a = -a;
            ok(tl_lca_add_input(b, j, i, a, NULL, &err), &err);
        }
        ok(tl_lca_add_emission(b, j, tl_random_below(r, 3), unit[j] * tl_random_unit(r), NULL,
                               &err),
           &err);
    }
    free(unit);
    return finish(b);
}

/* Every row of A x = f, from the entries themselves through the public names only: the solver's own
 * residual, its bound, and agreement with the reference. */
static void compare_methods(const struct shape *h, const tl_lca_system *s, uint64_t seed)
{
    tl_lca_solver *reference = solver_of(s, TL_LCA_METHOD_DIRECT);
    tl_error err = { 0 };
    const double *want, *got;
    ok(tl_lca_unit_scores(reference, 0, &want, NULL, &err), &err);
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        tl_lca_solver *v = solver_of(s, methods[m]);
        tl_lca_solution *x;
        tl_lca_score score;
        const char *how = tl_lca_method_name(methods[m]);
        ok(tl_lca_unit_scores(v, 0, &got, NULL, &err), &err);
        for (size_t j = 0; j < h->n; j++)
            if (!near(got[j], want[j], 1e-11) &&
                !(h->negatives > 0 && fabs(got[j] - want[j]) < 2e-12))
                fail_msg("%s, seed %llu, %s: unit score %zu got %.17g want %.17g", h->label,
                         (unsigned long long)seed, how, j, got[j], want[j]);
        for (size_t j = 0; j < h->n; j += h->n / 3 + 1) {
            ok(tl_lca_solve(v, &(tl_lca_demand){ j, 1 }, 1, &x, &err), &err);
            ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
            if (!near(score.score, want[j], 1e-11) || score.residual > 1e-11)
                fail_msg("%s, seed %llu, %s: score %zu got %.17g want %.17g, residual %g", h->label,
                         (unsigned long long)seed, how, j, score.score, want[j], score.residual);
            tl_lca_solution_free(x);
        }
        tl_lca_solver_free(v);
    }
    tl_lca_solver_free(reference);
}

static void test_random(void **state)
{
    (void)state;
    static const struct shape shapes[] = {
        { "one", 1, 0, 0.5, 0, false },
        { "tiny", 3, 2, 0.9, 0, false },
        { "dense factors", 20, 3, 0.9, 0, true },
        { "dense, some negative", 20, 3, 0.9, 0.2, true },
        { "sparse factors", 120, 3, 0.9, 0, true },
        { "sparse, some negative", 120, 3, 0.9, 0.2, false },
        { "hardly connected", 200, 1, 0.9, 0, true },
        { "sweeps", 600, 8, 0.9, 0.05, true },
    };
    uint64_t seed = test_seed(20240501);
    print_message("random systems: TL_SEED=%llu\n", (unsigned long long)seed);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (int round = 0; round < (shapes[i].n > 300 ? 3 : 40); round++) {
            tl_random r = tl_random_seed(seed + (uint64_t)round);
            tl_lca_system *s = random_system(&shapes[i], &r);
            compare_methods(&shapes[i], s, seed + (uint64_t)round);
            tl_lca_system_free(s);
        }
}

/* 20,000 activities, all in one loop block: residual below 1e-10, and the direct score agrees with
 * the transposed one, which shares no sweep with it. */
static void test_large(void **state)
{
    (void)state;
    static const struct shape h = { "large", 20000, 11, 0.95, 0.02, true };
    uint64_t seed = test_seed(7);
    print_message("large system: TL_SEED=%llu\n", (unsigned long long)seed);
    tl_random r = tl_random_seed(seed);
    tl_error err = { 0 };
    tl_lca_system *s = random_system(&h, &r);
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    tl_lca_solution *x;
    tl_lca_score score;
    const double *unit;
    tl_lca_plan_facts facts;
    tl_lca_solver_facts(v, &facts);
    assert_true(facts.largest_loop > 19000);
    ok(tl_lca_unit_scores(v, 0, &unit, NULL, &err), &err);
    for (size_t j = 0; j < h.n; j += 4999) {
        ok(tl_lca_solve(v, &(tl_lca_demand){ j, 2 }, 1, &x, &err), &err);
        ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
        if (score.residual > 1e-10 || !near(score.score, 2 * unit[j], 1e-11))
            fail_msg("product %zu: residual %g, score %.17g against %.17g", j, score.residual,
                     score.score, 2 * unit[j]);
        tl_lca_solution_free(x);
    }
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

/* A ring of 2000 with gain 0.999 in wild units: each sweep carries one way round at most; exact:
 * one level of a0 needs 1 / (1 - gain) of itself, and every emission is 1 per own unit. */
static void test_ring(void **state)
{
    (void)state;
    enum { N = 2000 };
    static const double gains[] = { 0.5, 0.999, 0.99999 };
    for (size_t g = 0; g < sizeof gains / sizeof *gains; g++) {
        tl_random r = tl_random_seed(test_seed(5));
        tl_error err = { 0 };
        const double one = 1;
        tl_lca_builder *b = make_builder(N, 1, &one);
        double unit[N], scale = gains[g];
        for (size_t j = 0; j < N; j++)
            unit[j] = exp2(floor(40 * tl_random_unit(&r)) - 20);
        for (size_t j = 0; j < N; j++) {
            size_t i = (j + 1) % N;
            ok(tl_lca_add_input(b, j, i, (j == 0 ? scale : 1) * unit[j] / unit[i], NULL, &err),
               &err);
        }
        ok(tl_lca_add_emission(b, 0, 0, unit[0], NULL, &err), &err);
        tl_lca_system *s = finish(b);
        for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
            tl_lca_solver *v = solver_of(s, methods[m]);
            tl_lca_solution *x;
            tl_lca_score score;
            double want = unit[0] / (1 - gains[g]), tolerance = 1e-15 / (1 - gains[g]) + 1e-13;
            if (methods[m] == TL_LCA_METHOD_SWEEPS && gains[g] > 0.99) {
                tl_lca_solver_free(v);
                continue; /* 30,000 sweeps and more */
            }
            ok(tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err), &err);
            ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
            if (!near(score.score, want, tolerance))
                fail_msg("gain %g, %s: got %.17g want %.17g", gains[g],
                         tl_lca_method_name(methods[m]), score.score, want);
            tl_lca_solution_free(x);
            tl_lca_solver_free(v);
        }
        tl_lca_system_free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),     cmocka_unit_test(test_demand),
        cmocka_unit_test(test_bad_loops), cmocka_unit_test(test_bad_loop_elsewhere),
        cmocka_unit_test(test_random),    cmocka_unit_test(test_large),
        cmocka_unit_test(test_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_sample.c - draws, moments, the same bytes whatever the threads, batches and vector widths,
 * runaway samples, and sampling against first order. */
#include "lca/tests/uncertain.h"

#include "lca/sample.h"

/* One uncertain amount, one unit demanded of a0. Expected moments by hand; with n samples the mean
 * is allowed 5 standard errors. */
static const struct moments {
    const char *label;
    struct small system;
    double mean, sd, p2_5, median, p97_5;
} moments[] = {
    /* lognormal: exp(mu + sigma^2 / 2), sd = mean sqrt(exp(sigma^2) - 1); mu = ln 2, sigma = 0.5;
     * quantiles 2 exp(-+1.959964 x 0.5) */
    { "lognormal emission",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, 2, { 2, NAN, 0.5, 0, 0 } } }, { 1 } },
      2.2662969061336526,
      1.2078024,
      0.7506,
      2,
      5.3289 },
    /* the same through an input of a1 */
    { "lognormal input",
      { 2, { { 0, 1, 2, { 2, NAN, 0.5, 0, 0 } } }, { { 1, 0, 1, { 0 } } }, { 1 } },
      2.2662969061336526,
      1.2078024,
      0.7506,
      2,
      5.3289 },
    /* the sign of the amount stays: a credit */
    { "negative lognormal",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, -2, { 2, NAN, 0.5, 0, 0 } } }, { 1 } },
      -2.2662969061336526,
      1.2078024,
      -5.3289,
      -2,
      -0.7506 },
    /* location other than the amount rules */
    { "lognormal with its own location",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, 9, { 2, 0, 0.1, 0, 0 } } }, { 1 } },
      1.0050125,
      0.10075,
      0.82199,
      1,
      1.21655 },
    /* quantiles 10 -+ 1.959964 x 2 */
    { "normal",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, 10, { 3, 10, 2, 0, 0 } } }, { 1 } },
      10,
      2,
      6.0801,
      10,
      13.9199 },
    /* (b - a) / sqrt 12 */
    { "uniform",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, 4, { 4, 0, 0, 2, 8 } } }, { 1 } },
      5,
      1.7320508,
      2.15,
      5,
      7.85 },
    { "uniform through a negative factor",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, 4, { 4, 0, 0, 2, 8 } } }, { -1 } },
      -5,
      1.7320508,
      -7.85,
      -5,
      -2.15 },
    /* mean (a + b + c) / 3, variance (a2 + b2 + c2 - ab - ac - bc) / 18 with 1, 7, 2: 31 / 18;
     * F = (x-1)^2 / 6 below 2: 2.5% at 1 + sqrt(0.15); above, 1 - (7-x)^2 / 30: 7 - sqrt(15),
     * 7 - sqrt(0.75) */
    { "triangular",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, 2, { 5, 2, 0, 1, 7 } } }, { 1 } },
      10.0 / 3,
      1.3123346,
      1.38730,
      3.12702,
      6.13397 },
    { "triangular through a negative factor",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, 2, { 5, 2, 0, 1, 7 } } }, { -1 } },
      -10.0 / 3,
      1.3123346,
      -6.13397,
      -3.12702,
      -1.38730 },
    /* h = 3 / production, uniform 1..2: mean 3 ln 2, E h2 = 9 / 2 */
    { "production",
      { 1, { { 0, 0, 1.5, { 4, 0, 0, 1, 2 } } }, { { 0, 0, 3, { 0 } } }, { 1 } },
      2.0794415,
      0.4195,
      1.51899,
      2,
      2.92683 },
    /* two entries of one input, each lognormal: means add, variances add */
    { "repeated entries draw apart",
      { 2,
        { { 0, 1, 1, { 3, 1, 0.3, 0, 0 } }, { 0, 1, 2, { 3, 2, 0.4, 0, 0 } } },
        { { 1, 0, 1, { 0 } } },
        { 1 } },
      3,
      0.5,
      2.02002,
      3,
      3.97998 },
    /* no distribution at all: the score of the amounts as given, each time */
    { "certain",
      { 2, { { 0, 1, 0.5, { 0 } }, { 1, 0, 0.2, { 0 } } }, { { 1, 0, 2, { 0 } } }, { 3 } },
      3 / 0.9,
      0,
      3 / 0.9,
      3 / 0.9,
      3 / 0.9 },
    /* a distribution without spread gives its location */
    { "spread of 0",
      { 1, { { 0, 0, 1, { 0 } } }, { { 0, 0, 2, { 3, 5, 0, 0, 0 } } }, { 1 } },
      5,
      0,
      5,
      5,
      5 },
    /* an amount of 0 that may be drawn as something, through a link that is 0 as given */
    { "uncertain 0",
      { 2, { { 0, 1, 0, { 4, 0, 0, 0, 2 } } }, { { 1, 0, 3, { 0 } } }, { 1 } },
      3,
      1.7320508,
      0.15,
      3,
      5.85 },
};

static void test_moments(void **state)
{
    (void)state;
    const size_t n = 100000;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        const struct moments *c = &moments[i];
        tl_lca_system *s = finish(small_builder(&c->system));
        tl_lca_samples *m =
            sample(s, (tl_lca_demand){ 0, 1 }, &(tl_lca_sample_options){ .n = n, .seed = 1 });
        const tl_lca_statistics *t = tl_lca_samples_statistics(m, 0);
        double error = 5 * c->sd / sqrt((double)n) + 1e-9 * fabs(c->mean);
        double tail = 30 * error; /* density at the 2.5% point is at least a thirtieth of 1 / sd */
        if (t->n_valid != n || fabs(t->mean - c->mean) > error ||
            fabs(t->sd - c->sd) > 0.02 * c->sd + 1e-9 || fabs(t->median - c->median) > 3 * error ||
            fabs(t->p2_5 - c->p2_5) > tail || fabs(t->p97_5 - c->p97_5) > tail)
            fail_msg("%s: valid %zu mean %.8g sd %.8g quantiles %.6g %.6g %.6g; want %.8g %.8g "
                     "%.6g %.6g %.6g",
                     c->label, t->n_valid, t->mean, t->sd, t->p2_5, t->median, t->p97_5, c->mean,
                     c->sd, c->p2_5, c->median, c->p97_5);
        tl_lca_samples_free(m);
        tl_lca_system_free(s);
    }
}

static void expect_same(const char *label, const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-*): bits are promised */
        if (memcmp(&a[i], &b[i], sizeof a[i]) != 0)
            fail_msg("%s: sample %zu is %.17g, not %.17g", label, i, a[i], b[i]);
}

static void test_same_bytes(void **state)
{
    (void)state;
    enum { N = 1003 };
    static const struct {
        unsigned threads;
        size_t batch;
    } ways[] = { { 1, 0 }, { 2, 0 }, { 3, 8 }, { 7, 1 }, { 2, 1000000 }, { 3, 100 } };
    tl_lca_system *s = mixed_system(400, 3);
    tl_lca_sample_options o = { .n = N, .seed = 42, .keep = true, .threads = 1 };
    tl_lca_samples *first = sample(s, (tl_lca_demand){ 0, 1 }, &o);
    const double *want = tl_lca_samples_values(first, 0);
    assert_true(tl_lca_samples_statistics(first, 0)->n_valid > N / 2);
    assert_true(tl_lca_samples_statistics(first, 0)->sd > 0);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        o.threads = ways[i].threads;
        o.batch = ways[i].batch;
        tl_lca_samples *m = sample(s, (tl_lca_demand){ 0, 1 }, &o);
        char label[64];
        snprintf(label, sizeof label, "%u threads, batch %zu", ways[i].threads, ways[i].batch);
        expect_same(label, tl_lca_samples_values(m, 0), want, N);
        assert_memory_equal(tl_lca_samples_statistics(m, 0), tl_lca_samples_statistics(first, 0),
                            sizeof(tl_lca_statistics));
        tl_lca_samples_free(m);
    }
    /* a part of the series, replayed */
    o = (tl_lca_sample_options){ .n = 13, .first = 517, .seed = 42, .keep = true };
    tl_lca_samples *part = sample(s, (tl_lca_demand){ 0, 1 }, &o);
    expect_same("replay of 517 to 529", tl_lca_samples_values(part, 0), want + 517, 13);
    tl_lca_samples_free(part);
    /* another seed gives others */
    o.seed = 43;
    part = sample(s, (tl_lca_demand){ 0, 1 }, &o);
    assert_true(tl_lca_samples_values(part, 0)[0] != want[517]);
    tl_lca_samples_free(part);
    tl_lca_samples_free(first);
    tl_lca_system_free(s);
}

/* Samples of an earlier build, to the last bit: a seed is a promise to people who published it. All
 * four distributions, an uncertain production, a loop; amounts exact in binary. */
static void test_promise(void **state)
{
    (void)state;
    static const struct small d = { 3,
                                    { { 0, 1, 0.5, { 2, NAN, 0.25, 0, 0 } },
                                      { 1, 2, 0.25, { 3, 0.25, 0.03125, 0, 0 } },
                                      { 2, 0, 0.5, { 4, 0, 0, 0.25, 0.75 } },
                                      { 0, 2, 0.125, { 5, 0.125, 0, 0, 0.5 } },
                                      { 1, 1, 2, { 2, 1, 0.125, 0, 0 } } },
                                    { { 0, 0, 1, { 0 } }, { 1, 0, 4, { 2, NAN, 0.5, 0, 0 } } },
                                    { 1.5 } };
    static const double want[] = { 0x1.d3b2f59b57239p+1, 0x1.76cb0c16319efp+1, 0x1.5d463751f6374p+1,
                                   0x1.58c117ce69fc9p+1, 0x1.affb530092d78p+1, 0x1.1404f90edb5e6p+2,
                                   0x1.535f9378d481ap+1, 0x1.588d171481159p+1, 0x1.01170eb838413p+2,
                                   0x1.b4e041761eb2ap+1 };
    enum { N = sizeof want / sizeof *want };
    tl_lca_system *s = finish(small_builder(&d));
    tl_lca_samples *m = sample(s, (tl_lca_demand){ 0, 1 },
                               &(tl_lca_sample_options){ .n = N, .seed = 2026, .keep = true });
    for (size_t i = 0; i < N; i++)
        if (tl_lca_samples_values(m, 0)[i] != want[i])
            fail_msg("sample %zu is %a, was %a", i, tl_lca_samples_values(m, 0)[i], want[i]);
    tl_lca_samples_free(m);
    tl_lca_system_free(s);
}

static void test_kernels(void **state)
{
    (void)state;
    static const char *const names[] = { "128", "256", "512" };
    enum { N = 200 };
    tl_error err = { 0 };
    tl_lca_system *s = mixed_system(400, 3);
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    const tl_lca_sample_options o = { .n = N, .seed = 9, .keep = true, .threads = 1 };
    const tl_lca_demand demand = { 0, 1 };
    const struct lca_question q = { .demand = &demand, .n = 1 };
    tl_lca_samples *first;
    ok(lca_sample_run(v, &q, &o, lca_kernel_named("128"), &first, &err), &err);
    for (size_t i = 0; i < 3; i++) {
        const struct lca_kernel *k = lca_kernel_named(names[i]);
        tl_lca_samples *m;
        if (!k) {
            print_message("this processor has no %s-bit kernel\n", names[i]);
            continue;
        }
        ok(lca_sample_run(v, &q, &o, k, &m, &err), &err);
        expect_same(names[i], tl_lca_samples_values(m, 0), tl_lca_samples_values(first, 0), N);
        tl_lca_samples_free(m);
    }
    assert_null(lca_kernel_named("no such"));
    tl_lca_samples_free(first);
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

/* A sample built again by hand: the draws of each lane put into a new, certain system give the same
 * score by the ordinary solver. The draws are those of one uncertain amount at a time. */
static void test_against_plain_solve(void **state)
{
    (void)state;
    enum { N = 64 };
    tl_error err = { 0 };
    const double one = 1;
    double drawn[3][N];
    /* a0 = 1 + loop with a1; draws of a01, a10 and the emission of a1, each seen alone */
    static const struct small alone[3] = {
        { 2, { { 0, 1, 0.5, { 2, NAN, 0.2, 0, 0 } } }, { { 1, 0, 1, { 0 } } }, { 1 } },
        { 2, { { 1, 0, 0.4, { 5, NAN, 0, 0.1, 0.7 } } }, { { 0, 0, 1, { 0 } } }, { 1 } },
        { 2, { { 0, 1, 1, { 0 } } }, { { 1, 0, 3, { 3, NAN, 0.4, 0, 0 } } }, { 1 } },
    };
    const tl_lca_sample_options o = { .n = N, .seed = 5, .keep = true };
    for (size_t i = 0; i < 3; i++) {
        tl_lca_system *s = finish(small_builder(&alone[i]));
        tl_lca_samples *m = sample(s, (tl_lca_demand){ i == 1, 1 }, &o);
        memcpy(drawn[i], tl_lca_samples_values(m, 0), sizeof drawn[i]);
        tl_lca_samples_free(m);
        tl_lca_system_free(s);
    }
    static const struct small whole = { 2,
                                        { { 0, 1, 0.5, { 2, NAN, 0.2, 0, 0 } },
                                          { 1, 0, 0.4, { 5, NAN, 0, 0.1, 0.7 } } },
                                        { { 1, 0, 3, { 3, NAN, 0.4, 0, 0 } } },
                                        { 1 } };
    tl_lca_system *s = finish(small_builder(&whole));
    tl_lca_samples *m = sample(s, (tl_lca_demand){ 0, 1 }, &o);
    for (size_t i = 0; i < N; i++) {
        tl_lca_builder *b = make_builder(2, 1, &one);
        ok(tl_lca_add_input(b, 0, 1, drawn[0][i], NULL, &err), &err);
        ok(tl_lca_add_input(b, 1, 0, drawn[1][i], NULL, &err), &err);
        ok(tl_lca_add_emission(b, 1, 0, drawn[2][i], NULL, &err), &err);
        tl_lca_system *plain = finish(b);
        tl_lca_solver *v = solver_of(plain, TL_LCA_METHOD_DIRECT);
        const double *unit;
        ok(tl_lca_unit_scores(v, 0, &unit, NULL, &err), &err);
        if (!near(tl_lca_samples_values(m, 0)[i], unit[0], 1e-8))
            fail_msg("sample %zu: %.12g, by hand %.12g", i, tl_lca_samples_values(m, 0)[i],
                     unit[0]);
        tl_lca_solver_free(v);
        tl_lca_system_free(plain);
    }
    tl_lca_samples_free(m);
    tl_lca_system_free(s);
}

/* Two activities, gain a x b with a lognormal around 0.8: where the gain reaches 1 there is no
 * score, and where it does not the score is 1 / (1 - gain). */
static void test_runaway(void **state)
{
    (void)state;
    enum { N = 4000 };
    static const struct small loops[] = {
        { 2,
          { { 0, 1, 0.8, { 2, NAN, 0.3, 0, 0 } }, { 1, 0, 1, { 0 } } },
          { { 0, 0, 1, { 0 } } },
          { 1 } },
        /* the gain alone: a1's emission is the drawn amount */
        { 2, { { 0, 1, 0.8, { 2, NAN, 0.3, 0, 0 } } }, { { 1, 0, 1, { 0 } } }, { 1 } },
    };
    const tl_lca_sample_options o = { .n = N, .seed = 11, .keep = true };
    tl_lca_samples *m[2];
    for (size_t i = 0; i < 2; i++) {
        tl_lca_system *s = finish(small_builder(&loops[i]));
        m[i] = sample(s, (tl_lca_demand){ 0, 1 }, &o);
        tl_lca_system_free(s);
    }
    size_t runaway = 0;
    for (size_t i = 0; i < N; i++) {
        double gain = tl_lca_samples_values(m[1], 0)[i], got = tl_lca_samples_values(m[0], 0)[i];
        if (gain >= 1) {
            runaway++;
            assert_true(isnan(got));
        } else if (!near(got, 1 / (1 - gain), 1e-7 / (1 - gain))) {
            fail_msg("sample %zu: gain %.9g, got %.9g want %.9g", i, gain, got, 1 / (1 - gain));
        }
    }
    const tl_lca_statistics *t = tl_lca_samples_statistics(m[0], 0);
    assert_true(runaway > N / 10);
    assert_int_equal(t->n_runaway, runaway);
    assert_int_equal(t->n_valid, N - runaway);
    assert_int_equal(t->n_failed, 0);
    tl_lca_samples_free(m[0]);
    tl_lca_samples_free(m[1]);
}

/* The same in a ring of 50, too long for dense factors: sweeps, BiCGSTAB and the sign of the
 * solution have to find it out. gain = drawn amount of one link; the others are 1. */
static void test_runaway_ring(void **state)
{
    (void)state;
    enum { N = 800, RING = 50 };
    tl_error err = { 0 };
    const double one = 1;
    tl_lca_samples *m[2];
    for (size_t way = 0; way < 2; way++) {
        tl_lca_builder *b = make_builder(RING, 1, &one);
        const tl_lca_uncertainty u = { 2, NAN, 0.3, 0, 0 };
        for (size_t j = 0; j + 1 < RING; j++)
            ok(tl_lca_add_input(b, j, j + 1, j ? 1 : 0.8, j ? NULL : &u, &err), &err);
        if (way == 0)
            ok(tl_lca_add_input(b, RING - 1, 0, 1, NULL, &err), &err);
        ok(tl_lca_add_emission(b, way ? RING - 1 : 0, 0, 1, NULL, &err), &err);
        tl_lca_system *s = finish(b);
        m[way] = sample(s, (tl_lca_demand){ 0, 1 },
                        &(tl_lca_sample_options){ .n = N, .seed = 11, .keep = true });
        tl_lca_system_free(s);
    }
    for (size_t i = 0; i < N; i++) {
        double gain = tl_lca_samples_values(m[1], 0)[i], got = tl_lca_samples_values(m[0], 0)[i];
        if (gain >= 1 ? !isnan(got) : !near(got, 1 / (1 - gain), 1e-7 / (1 - gain)))
            fail_msg("sample %zu: gain %.9g, got %.9g want %.9g", i, gain, got, 1 / (1 - gain));
    }
    assert_int_equal(tl_lca_samples_statistics(m[0], 0)->n_failed, 0);
    tl_lca_samples_free(m[0]);
    tl_lca_samples_free(m[1]);
}

/* Several products from the same draws: each as if sampled alone, to the tolerance. */
static void test_products(void **state)
{
    (void)state;
    enum { N = 100 };
    static const size_t products[] = { 0, 7, 120, 399 };
    tl_error err = { 0 };
    tl_lca_system *s = mixed_system(400, 3);
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    const tl_lca_sample_options o = { .n = N, .seed = 4, .keep = true };
    tl_lca_samples *all;
    ok(tl_lca_sample_products(v, products, 4, 0, &o, &all, &err), &err);
    assert_int_equal(tl_lca_samples_count(all), 4);
    for (size_t p = 0; p < 4; p++) {
        tl_lca_samples *one = sample(s, (tl_lca_demand){ products[p], 1 }, &o);
        for (size_t i = 0; i < N; i++) {
            double a = tl_lca_samples_values(all, p)[i], b = tl_lca_samples_values(one, 0)[i];
            if (isfinite(a) && !near(a, b, 1e-8))
                fail_msg("product %zu, sample %zu: %.12g, alone %.12g", products[p], i, a, b);
        }
        assert_true(near(tl_lca_samples_statistics(all, p)->deterministic,
                         tl_lca_samples_statistics(one, 0)->deterministic, 1e-11));
        tl_lca_samples_free(one);
    }
    tl_lca_samples_free(all);
    assert_int_equal(tl_lca_sample_products(v, &(size_t){ 400 }, 1, 0, &o, &all, &err), TL_EINPUT);
    assert_int_equal(tl_lca_sample_products(v, products, 0, 0, &o, &all, &err), TL_EINPUT);
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

struct watch {
    size_t calls, stop_at, last;
};

static tl_status watch_progress(void *ctx, size_t done, size_t total)
{
    struct watch *w = ctx;
    w->calls++;
    w->last = done;
    assert_true(done <= total);
    return w->stop_at && w->calls >= w->stop_at ? TL_ECANCELLED : TL_OK;
}

static void test_options(void **state)
{
    (void)state;
    tl_error err = { 0 };
    tl_lca_system *s = mixed_system(50, 1);
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    const tl_lca_demand demand = { 0, 1 };
    struct watch w = { 0 };
    tl_lca_sample_options o = { .n = 500, .progress = watch_progress, .ctx = &w, .threads = 2 };
    tl_lca_samples *m;
    ok(tl_lca_sample(v, &demand, 1, 0, &o, &m, &err), &err);
    assert_true(w.calls > 1 && w.last == 500);
    assert_null(tl_lca_samples_values(m, 0));
    tl_lca_samples_free(m);
    w = (struct watch){ .stop_at = 2 };
    assert_int_equal(tl_lca_sample(v, &demand, 1, 0, &o, &m, &err), TL_ECANCELLED);
    assert_null(m);
    o = (tl_lca_sample_options){ .tolerance = -1 };
    assert_int_equal(tl_lca_sample(v, &demand, 1, 0, &o, &m, &err), TL_EINPUT);
    assert_int_equal(tl_lca_sample(v, &demand, 1, 5, NULL, &m, &err), TL_EINPUT);
    assert_int_equal(tl_lca_sample(v, &(tl_lca_demand){ 99, 1 }, 1, 0, NULL, &m, &err), TL_EINPUT);
    ok(tl_lca_sample(v, &(tl_lca_demand){ 0, 0 }, 1, 0, NULL, &m, &err), &err);
    assert_true(tl_lca_samples_statistics(m, 0)->mean == 0);
    assert_int_equal(tl_lca_samples_statistics(m, 0)->n_valid, 1000);
    tl_lca_samples_free(m);
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_promise),
        cmocka_unit_test(test_kernels),
        cmocka_unit_test(test_against_plain_solve),
        cmocka_unit_test(test_runaway),
        cmocka_unit_test(test_runaway_ring),
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

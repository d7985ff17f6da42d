/* lca_bench.c - the numerical engine over sizes: plan, solves, unit scores, sampling, memory.
 *
 * Times are those of the processor, not of the clock on the wall, so that others on the machine do
 * not count (they still take cache and memory); only the rates of several threads are by the wall.
 *
 * usage: bench_lca [MOST_ACTIVITIES [BURDEN]]
 *
 * Aims at 20,000 activities with a loop of 6,000: 6 ms each further product, 5 ms all unit scores,
 * 1,000 samples/s a core at a score error of 1e-8, 64 MB. Beside each: a reference solve with KLU
 * where it can be had, and what the machine's memory gives in a plain loop. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "generate_lca.h"
#include "lca/sample.h"

enum { MOST_RUNS = 100 };

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Processor time of this program, all its threads. */
static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct timing {
    double s[MOST_RUNS];
    size_t n;
};

static void add(struct timing *t, double since)
{
    if (t->n < MOST_RUNS)
        t->s[t->n++] = cpu_s() - since;
}

static double median(struct timing *t)
{
    if (t->n == 0)
        return NAN;
    qsort(t->s, t->n, sizeof *t->s, ascending);
    return t->n % 2 ? t->s[t->n / 2] : (t->s[t->n / 2 - 1] + t->s[t->n / 2]) / 2;
}

static volatile double sink; /* keeps a loop from being optimised away */

/* What was measured at the size before, to tell growth. */
struct series {
    const char *what;
    double before_s;
    size_t before_n;
};

struct bench {
    size_t n; /* activities now */
    struct series series[32];
};

/* One line; growth is the exponent of time against size since the size before: 1 is linear. */
static void report(struct bench *b, const char *what, struct timing *t, const char *note)
{
    struct series *s = b->series;
    double middle = median(t);
    char growth[32] = "";
    while (s->what && strcmp(s->what, what) != 0)
        s++;
    if (s->what && b->n > s->before_n)
        snprintf(growth, sizeof growth, ", growth %.2f",
                 log(middle / s->before_s) / log((double)b->n / (double)s->before_n));
    *s = (struct series){ what, middle, b->n };
    printf("  %-34s %10.3f ms  (median of %zu, best %.3f%s)%s%s\n", what, 1e3 * middle, t->n,
           1e3 * t->s[0], growth, *note ? "  " : "", note);
}

/* Bytes a second that one core reads from an array far larger than its caches. */
static double memory_bandwidth(void)
{
    enum { WORDS = 32 << 20 };
    double *a = tl_new_array(WORDS, sizeof *a), sum[8] = { 0 }, best = 0;
    if (!a)
        return NAN;
    for (size_t i = 0; i < WORDS; i++)
        a[i] = (double)i;
    for (int run = 0; run < 5; run++) {
        double start = cpu_s();
        for (size_t i = 0; i < WORDS; i += 8)
            for (size_t k = 0; k < 8; k++)
                sum[k] += a[i + k];
        double rate = WORDS * sizeof *a / (cpu_s() - start);
        best = fmax(best, rate);
    }
    sink = sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] + sum[7];
    free(a);
    return best;
}

static double resident_mb(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

static double current_mb(void)
{
    long pages = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f)
        return NAN;
    if (fscanf(f, "%ld %ld", &pages, &resident) != 2)
        resident = 0;
    fclose(f);
    return (double)resident * 4096 / 1048576;
}

static double score_of(tl_lca_solver *v, size_t product, struct timing *t, tl_lca_score *score)
{
    tl_error err = { 0 };
    tl_lca_solution *x;
    double start = cpu_s();
    bench_check(tl_lca_solve(v, &(tl_lca_demand){ product, 1 }, 1, &x, &err), &err);
    bench_check(tl_lca_solution_score(v, x, 0, score, &err), &err);
    add(t, start);
    tl_lca_solution_free(x);
    return score->score;
}

static void bench_files(struct bench *b, const tl_lca_system *s)
{
    struct timing save = { 0 }, load = { 0 };
    tl_error err = { 0 };
    char path[64];
    snprintf(path, sizeof path, "/tmp/tanlian-bench-%d.lca", (int)getpid());
    for (int i = 0; i < 5; i++) {
        tl_lca_system *back;
        double start = cpu_s();
        bench_check(tl_lca_system_save(s, path, &err), &err);
        add(&save, start);
        start = cpu_s();
        bench_check(tl_lca_system_load(&back, path, &err), &err);
        add(&load, start);
        tl_lca_system_free(back);
    }
    remove(path);
    report(b, "save flat form", &save, "");
    report(b, "load flat form", &load, "");
}

/* All unit scores on a solver whose loops are judged already. */
static void time_unit_scores(const tl_lca_system *s, struct timing *t, double direct)
{
    tl_error err = { 0 };
    tl_lca_solver *v;
    tl_lca_solution *x;
    const double *scores;
    bench_check(tl_lca_solver_new(&v, s, NULL, &err), &err);
    bench_check(tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err), &err);
    tl_lca_solution_free(x);
    double start = cpu_s();
    bench_check(tl_lca_unit_scores(v, 0, &scores, NULL, &err), &err);
    add(t, start);
    if (!(fabs(scores[0] / direct - 1) <= 1e-11))
        printf("  ! unit score %.15g, direct %.15g\n", scores[0], direct);
    tl_lca_solver_free(v);
}

static void bench_solves(struct bench *b, const tl_lca_system *s)
{
    struct timing plan = { 0 }, first = { 0 }, further = { 0 }, unit = { 0 };
    tl_error err = { 0 };
    tl_lca_score score = { 0 };
    tl_lca_plan_facts facts = { 0 };
    char note[160];
    for (int i = 0; i < 7; i++) {
        tl_lca_solver *v;
        double start = cpu_s();
        bench_check(tl_lca_solver_new(&v, s, NULL, &err), &err);
        add(&plan, start);
        double direct = score_of(v, 0, &first, &score);
        for (size_t k = 1; k <= 5; k++)
            score_of(v, k, &further, &score);
        tl_lca_solver_facts(v, &facts);
        tl_lca_solver_free(v);
        time_unit_scores(s, &unit, direct);
    }
    printf("  %zu loops, the largest of %zu activities; %zu inputs in loops\n", facts.loops,
           facts.largest_loop, facts.inputs_in_loops);
    snprintf(note, sizeof note, "%s, %u sweeps, bound %.1g of the score; aim 6 ms at 20,000",
             tl_lca_method_name(score.method), score.sweeps, score.error_bound / fabs(score.score));
    report(b, "plan", &plan, "");
    report(b, "first solve with score", &first, "judges the loop, solves both ways");
    report(b, "each further product", &further, note);
    report(b, "all unit scores", &unit, "aim 5 ms at 20,000");
}

static void bench_parts(struct bench *b, const tl_lca_system *s)
{
    struct timing parts = { 0 }, tree = { 0 }, order = { 0 };
    tl_error err = { 0 };
    tl_lca_solver *v;
    tl_lca_solution *x;
    char note[160] = "";
    bench_check(tl_lca_solver_new(&v, s, NULL, &err), &err);
    bench_check(tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err), &err);
    for (int i = 0; i < 7; i++) {
        tl_lca_part *p;
        tl_lca_node *nodes;
        tl_lca_first_order f;
        size_t count;
        double start = cpu_s();
        bench_check(tl_lca_contributions(v, x, 0, TL_LCA_BY_ACTIVITY, &p, &count, &err), &err);
        add(&parts, start);
        tl_lca_free(p);
        start = cpu_s();
        bench_check(tl_lca_upstream_tree(v, x, 0, NULL, &nodes, &count, NULL, &err), &err);
        add(&tree, start);
        tl_lca_free(nodes);
        start = cpu_s();
        bench_check(tl_lca_first_order_sd(v, x, 0, 20, &f, &err), &err);
        add(&order, start);
        snprintf(note, sizeof note, "log sd %.4f from %zu inputs", f.log_sd, f.uncertain);
        tl_lca_free(f.top);
    }
    report(b, "contributions by activity", &parts, "");
    report(b, "upstream tree", &tree, "");
    report(b, "first-order uncertainty", &order, note);
    tl_lca_solution_free(x);
    tl_lca_solver_free(v);
}

/* KLU on the whole loop, as far as it can be factorised in reasonable time. */
static void bench_reference(struct bench *b, const tl_lca_system *s)
{
    struct timing t = { 0 };
    tl_error err = { 0 };
    tl_lca_solver *v;
    tl_lca_solution *x;
    tl_lca_score score;
    const tl_lca_solver_options o = { .method = TL_LCA_METHOD_DIRECT };
    bench_check(tl_lca_solver_new(&v, s, &o, &err), &err);
    double start = cpu_s();
    bench_check(tl_lca_solve(v, &(tl_lca_demand){ 0, 1 }, 1, &x, &err), &err);
    add(&t, start);
    tl_lca_solution_free(x);
    report(b, "reference: factorise (KLU), solve", &t, "");
    t.n = 0;
    for (int i = 0; i < 5; i++)
        score_of(v, 0, &t, &score);
    report(b, "reference: each further product", &t, "");
    tl_lca_solver_free(v);
}

/* 1,000 samples of 1,000 products, all from the same draws. */
static void bench_fleet(struct bench *b, const tl_lca_system *s)
{
    enum { PRODUCTS = 1000 };
    static size_t products[PRODUCTS];
    struct timing t = { 0 };
    tl_error err = { 0 };
    tl_lca_solver *v;
    tl_lca_samples *m;
    const tl_lca_sample_options o = { .n = 1000, .seed = 1, .threads = 1, .tolerance = 1e-8 };
    for (size_t i = 0; i < PRODUCTS; i++)
        products[i] = i;
    bench_check(tl_lca_solver_new(&v, s, NULL, &err), &err);
    double start = cpu_s();
    bench_check(tl_lca_sample_products(v, products, PRODUCTS, 0, &o, &m, &err), &err);
    add(&t, start);
    tl_lca_samples_free(m);
    tl_lca_solver_free(v);
    report(b, "1,000 products x 1,000 samples", &t, "");
}

/* Samples a second of processor time; of the wall's for several threads. */
static void bench_sampling(const tl_lca_system *s, size_t n, const char *kernel, unsigned threads)
{
    tl_error err = { 0 };
    tl_lca_solver *v;
    const struct lca_kernel *k = kernel ? lca_kernel_named(kernel) : lca_kernel_best();
    const tl_lca_demand demand = { 0, 1 };
    const struct lca_question q = { .demand = &demand, .n = 1 };
    if (!k)
        return;
    double before = current_mb(), most = 0;
    bench_check(tl_lca_solver_new(&v, s, NULL, &err), &err);
    struct timing t = { 0 };
    size_t samples = 8 * (1 + 2500000 / n);
    tl_lca_statistics statistics = { 0 };
    double wall = INFINITY;
    for (int run = 0; run < 8; run++) {
        tl_lca_samples *m;
        tl_lca_sample_options o = {
            .n = run ? samples : 64, .seed = 1, .threads = threads, .tolerance = 1e-8, .batch = 8
        };
        double start = cpu_s(), wall_start = tl_clock_s();
        bench_check(lca_sample_run(v, &q, &o, k, &m, &err), &err);
        if (run) {
            add(&t, start);
            wall = fmin(wall, tl_clock_s() - wall_start);
        }
        most = fmax(most, current_mb() - before);
        statistics = *tl_lca_samples_statistics(m, 0);
        tl_lca_samples_free(m);
    }
    double middle = median(&t), count = (double)samples;
    printf("  sampling, %s-bit, %u thread%s: %7.0f samples/s a core (median of %zu x %zu, best "
           "%.0f), %.0f by the wall, %+.1f MB, valid %zu runaway %zu\n",
           k->name, threads, threads > 1 ? "s" : " ", count / middle, t.n, samples, count / t.s[0],
           count / wall, most, statistics.n_valid, statistics.n_runaway);
    tl_lca_solver_free(v);
}

static void bench_size(struct bench *b, const bench_shape *shape)
{
    struct timing build = { 0 };
    bench_system g = bench_generate(shape);
    b->n = shape->n;
    double start = cpu_s();
    tl_lca_system *s = bench_build(&g);
    add(&build, start);
    printf("%zu activities, %zu inputs, %zu emissions\n", g.shape.n, g.n_inputs, g.n_emissions);
    bench_clear(&g);
    report(b, "build in memory", &build, "");
    bench_files(b, s);
    bench_solves(b, s);
    bench_parts(b, s);
    if (shape->n <= 5000)
        bench_reference(b, s);
    bench_sampling(s, shape->n, NULL, 1);
    bench_sampling(s, shape->n, NULL, 2);
    if (shape->n == 20000) {
        bench_sampling(s, shape->n, "256", 1);
        bench_sampling(s, shape->n, "128", 1);
        bench_fleet(b, s);
    }
    tl_lca_system_free(s);
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = { 1000, 5000, 20000, 100000 };
    static struct bench b;
    tl_error err = { 0 };
    int64_t most = 100000;
    bench_shape shape = { .seed = 1, .burden = 0.8, .sigma = 0.2 };
    if (argc > 1)
        bench_check(tl_int_parse(argv[1], 1000, 1000000, &most, &err), &err);
    if (argc > 2)
        bench_check(tl_number_parse(argv[2], &shape.burden, &err), &err);
    printf("memory: %.1f GB/s read by one core in a plain loop\n", memory_bandwidth() / 1e9);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes && sizes[i] <= (size_t)most; i++) {
        shape.n = sizes[i];
        bench_size(&b, &shape);
    }
    printf("peak memory of all: %.1f MB (the memory loop takes 256 MB of it)\n", resident_mb());
    return 0;
}

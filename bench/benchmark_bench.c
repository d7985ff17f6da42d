/* benchmark_bench.c - classes, groups, facets and histogram of published cars, over sizes.
 *
 * Generated cars from a fixed seed: 60 makers, six sizes, eight bodies, seven powertrains, kerb
 * mass and footprint spread as among real ones. Everything is in memory: reading the records is
 * timed elsewhere. Aim: a facet change within 1 ms at 7,679 cars. The reference is one pass that
 * sums an array of doubles as large as the cars with their benchmarks are: what walking over that
 * memory costs by itself. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/random.h"
#include "registry/statistics.h"
#include "registry/top_runner.h"

enum { RUNS = 7, SIZES = 3, MAKERS = 60, TASKS = 6 };

static const size_t sizes[SIZES] = { 7679, 100000, 1000000 };
static const char *const size_words[] = { "compact", "full-size",  "microcar",
                                          "midsize", "subcompact", "upper-midsize" };
static const char *const body_words[] = { "convertible", "coupe", "estate", "mpv",
                                          "pickup",      "sedan", "suv",    "van" };
static const char *const currency_words[] = { "CNY" };
static const char *const powertrain_words[] = { "bev",      "diesel", "e85", "gas",
                                                "gasoline", "hev",    "phev" };

struct fleet {
    tl_cars cars;
    tl_peer_rule rule;
    tl_benchmarks b;
    tl_arena *arena, *scratch; /* scratch is emptied after each run */
};

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_benchmark: %s\n", err->text);
    exit(1);
}

static void *need(void *p)
{
    if (p)
        return p;
    fprintf(stderr, "bench_benchmark: out of memory\n");
    exit(1);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_value);
    return v[n / 2];
}

static void draw_car(tl_random *r, size_t i, tl_arena *arena, tl_published_car *c)
{
    const double mass = 1500 + 330 * tl_random_normal(r);
    *c = (tl_published_car){
        .id = need(tl_arena_printf(arena, "car-%07zu", i)),
        .product = "car",
        .maker = (uint32_t)tl_random_below(r, MAKERS),
        .size = (uint8_t)tl_random_below(r, 6),
        .body = (uint8_t)tl_random_below(r, 8),
        .powertrain = (uint8_t)tl_random_below(r, 7),
        .kerb_mass_kg = floor(fmax(700, mass)),
        .price = 10000 * (double)tl_random_below(r, 60),
        .launched = "2024-06",
        .version = 1,
        .series = TL_CAR_NO_WORD,
        .company = TL_CAR_NO_WORD,
        .group = TL_CAR_NO_WORD,
        .style = TL_CAR_NO_WORD,
    };
    c->g_km = fmax(80, 100 + 0.1 * c->kerb_mass_kg + 30 * tl_random_normal(r));
}

static void make_fleet(struct fleet *f, size_t n)
{
    tl_random r = tl_random_seed(1);
    tl_error err = { 0 };
    check(tl_arena_new(&f->arena, 0, &err), &err);
    check(tl_arena_new(&f->scratch, 0, &err), &err);
    const char **makers = need(tl_arena_alloc(f->arena, MAKERS, sizeof *makers));
    for (size_t i = 0; i < MAKERS; i++)
        makers[i] = need(tl_arena_printf(f->arena, "maker %02zu", i));
    f->cars = (tl_cars){ .cars = need(tl_arena_alloc(f->arena, n, sizeof(tl_published_car))),
                         .n = n,
                         .makers = { makers, MAKERS },
                         .sizes = { size_words, 6 },
                         .bodies = { body_words, 8 },
                         .powertrains = { powertrain_words, 7 },
                         .currencies = { currency_words, 1 } };
    for (size_t i = 0; i < n; i++)
        draw_car(&r, i, f->arena, &f->cars.cars[i]);
    f->rule = (tl_peer_rule){ .window_kg = 100 };
    for (size_t i = 0; i < 5; i++) {
        f->rule.classes.classes[i].number = (int)i + 1;
        f->rule.classes.classes[i].upper_share = (double)(i + 1) / 5;
    }
    f->rule.classes.n = f->rule.classes.smallest_group = 5;
}

static void run_classes(struct fleet *f)
{
    tl_error err = { 0 };
    tl_benchmarks b;
    check(tl_benchmarks_make(&f->cars, &f->rule, f->scratch, &b, &err), &err);
}

static void run_groups(struct fleet *f)
{
    tl_error err = { 0 };
    const tl_car_group *g;
    size_t n;
    check(tl_car_groups_make(&f->cars, &f->b, NULL, 0, TL_CARS_BY_MAKER, f->scratch, &g, &n, &err),
          &err);
}

static void run_facets(struct fleet *f)
{
    const tl_car_filter filter = { .powertrain = "bev",
                                   .size = "compact",
                                   .lowest_g_km = 100,
                                   .highest_g_km = 400,
                                   .lowest_price = (double)NAN,
                                   .highest_price = 400000 };
    tl_error err = { 0 };
    tl_car_facets facets;
    check(tl_car_facets_count(&f->cars, &f->b, &filter, f->scratch, &facets, &err), &err);
}

static void run_histogram(struct fleet *f)
{
    tl_error err = { 0 };
    tl_car_histogram h;
    check(tl_car_histogram_make(&f->cars, &f->b, NULL, 5, f->cars.cars[7].id, f->scratch, &h, &err),
          &err);
}

static void run_awards(struct fleet *f)
{
    const tl_award_rule rule = { "2024-04", "2024-09", 0.1, 5 };
    tl_error err = { 0 };
    const tl_award *a;
    size_t n, left_out;
    check(tl_awards_make(&f->cars, &rule, f->scratch, &a, &n, &left_out, &err), &err);
}

static volatile double kept; /* so that the sum is not left out */

static void run_memory(struct fleet *f)
{
    const size_t n = f->cars.n * (sizeof(tl_published_car) + sizeof(tl_benchmark)) / sizeof(double);
    static double *array;
    static size_t size;
    double sums[8] = { 0 };
    if (size != n) {
        free(array);
        array = need(tl_new_array(n, sizeof *array));
        for (size_t i = 0; i < n; i++)
            array[i] = (double)i;
        size = n;
    }
    for (size_t i = 0; i + 8 <= n; i += 8)
        for (size_t k = 0; k < 8; k++)
            sums[k] += array[i + k];
    kept = sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7];
}

static const struct {
    const char *name;
    void (*run)(struct fleet *f);
} tasks[TASKS] = {
    { "means, peers, classes", run_classes },
    { "groups by maker", run_groups },
    { "facets, four filters", run_facets },
    { "histogram, one car marked", run_histogram },
    { "Top Runner", run_awards },
    { "sum over as many bytes", run_memory },
};

int main(void)
{
    double last[TASKS] = { 0 };
    for (size_t s = 0; s < SIZES; s++) {
        struct fleet f = { 0 };
        tl_error err = { 0 };
        make_fleet(&f, sizes[s]);
        check(tl_benchmarks_make(&f.cars, &f.rule, f.arena, &f.b, &err), &err);
        printf("%zu cars, %zu categories (median of %d)\n", sizes[s], f.b.n_categories, RUNS);
        for (size_t k = 0; k < TASKS; k++) {
            double t[RUNS];
            tasks[k].run(&f); /* pages and caches are warm */
            for (size_t i = 0; i < RUNS; i++) {
                tl_arena_reset(f.scratch);
                const double start = tl_clock_s();
                tasks[k].run(&f);
                t[i] = tl_clock_s() - start;
            }
            const double m = median(t, RUNS);
            printf("  %-26s %9.3f ms", tasks[k].name, m * 1000);
            if (s)
                printf(", growth n^%.2f",
                       log(m / last[k]) / log((double)sizes[s] / (double)sizes[s - 1]));
            printf("%s\n", k == 2 && s == 0 ? "  (aim 1 ms)" : "");
            last[k] = m;
        }
        tl_arena_free(f.arena);
        tl_arena_free(f.scratch);
    }
    return 0;
}

/* registry_bench.c - the real file of cars through a publication round, and all published cars read
 * into memory, over sizes.
 *
 * usage: bench_registry [DATA_FOLDER [MOST]]
 *
 * Aims: 7,679 cars preliminary in 2 s and published in 2 s more; a million published cars read in
 * one walk; a facet changed in 300 ms. The reference for the reading is SQLite handing out the very
 * same rows, each column looked at and forgotten: what is above it is ours. The cars of the larger
 * sizes are written by the queries that write records, without parts and with a seal of zeros,
 * because only their reading is timed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "factor/factor.h"
#include "intake/vehicle_import.h"
#include "registry/batch.h"
#include "registry/cars.h"
#include "registry/record_chain.h"
#include "registry/search.h"

enum { RUNS = 5, SIZES = 3, MAKERS = 60 };

static const size_t sizes[SIZES] = { 7679, 100000, 1000000 };
static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
static char folder[64] = "/tmp/tanlian-bench-XXXXXX";

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_registry: %s\n", err->text);
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
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static void remove_database(void)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    char path[96];
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        snprintf(path, sizeof path, "%s/registry.db%s", folder, tails[i]);
        unlink(path);
    }
}

static tl_store *fresh(void)
{
    char path[96];
    tl_error err = { 0 };
    tl_store *s;
    remove_database();
    snprintf(path, sizeof path, "%s/registry.db", folder);
    check(tl_store_open(&s, path, NULL, &err), &err);
    return s;
}

static void install(tl_store *s, const char *data, tl_arena *arena)
{
    static const char *const sets[] = { "gwp",
                                        "materials",
                                        "uk-2025",
                                        "electricity-footprint-cn",
                                        "grid-electricity-cn",
                                        "car-system",
                                        "car-rule",
                                        "class-rule",
                                        "vehicle-maps" };
    tl_error err = { 0 };
    check(tl_store_begin(s, &err), &err);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        tl_dataset set;
        bool already;
        int64_t rows;
        check(tl_dataset_install(s, tl_path_join(arena, data, sets[i]), "bench", arena, &set,
                                 &already, &err),
              &err);
        if (strcmp(set.kind, "factors") == 0)
            check(tl_factor_load(s, &set, arena, &rows, &err), &err);
    }
    check(tl_store_commit(s, &err), &err);
}

static void import(tl_store *s, const char *data, tl_arena *arena)
{
    tl_error err = { 0 };
    tl_dataset set;
    tl_vehicle_verdict v;
    bool already;
    check(tl_store_begin(s, &err), &err);
    check(tl_dataset_install(s, tl_path_join(arena, data, "ademe-cars"), "bench", arena, &set,
                             &already, &err),
          &err);
    check(tl_store_commit(s, &err), &err);
    const char *csv, *name = set.files[0].path;
    size_t n;
    check(tl_dataset_read(s, &set, name, arena, &csv, &n, &err), &err);
    check(tl_vehicle_import_memory(s, name, csv, n, "ademe", tl_viewer_program(), NULL, arena, &v,
                                   &err),
          &err);
}

/* Wall and processor time since the last lap: on a shared machine they differ. */
struct lap {
    double wall, cpu;
};

static double cpu_s(void)
{
    struct timespec t = { 0 };
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void say(struct lap *last, const char *what, const char *aim)
{
    double wall = tl_clock_s(), cpu = cpu_s();
    printf("  %s %.0f ms, processor %.0f ms%s\n", what, (wall - last->wall) * 1000,
           (cpu - last->cpu) * 1000, aim);
    fflush(stdout);
    *last = (struct lap){ wall, cpu };
}

/* Takes what changed into the search. */
static int64_t refresh(tl_store *s)
{
    tl_error err = { 0 };
    int64_t changes;
    check(tl_store_begin(s, &err), &err);
    check(tl_search_refresh(s, &changes, &err), &err);
    check(tl_store_commit(s, &err), &err);
    return changes;
}

/* Fleet, round, export; each once, because a round cannot be taken twice. */
static void round_times(const char *data)
{
    static const struct {
        const char *name;
        tl_record_step step;
    } steps[] = { { "asked for review", TL_RECORD_ASK }, { "published", TL_RECORD_PUBLISH } };
    tl_error err = { 0 };
    tl_arena *arena;
    tl_car_model m;
    tl_fleet fleet;
    tl_batch b;
    tl_buf out;
    int64_t n;
    check(tl_arena_new(&arena, 0, &err), &err);
    tl_store *s = fresh();
    install(s, data, arena);
    import(s, data, arena);
    check(tl_car_model_open(&m, s, NULL, 0, arena, &err), &err);
    struct lap last = { tl_clock_s(), cpu_s() };
    check(tl_fleet_compute(&fleet, s, tl_viewer_program(), &m, NULL, arena, &err), &err);
    printf("%zu cars\n", fleet.n_cars);
    say(&last, "computed", "");
    for (int again = 0; again < 2; again++) {
        check(tl_batch_add_fleet(s, "2026-q4", "Bench", &fleet, &m, "bench", NULL, arena, &b, &err),
              &err);
        say(&last, again ? "the same again" : "preliminary", again ? "" : "  (aim 2,000 ms)");
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        check(tl_batch_take(s, "2026-q4", steps[i].step, "2026-11-30", "bench", NULL, &n, &err),
              &err);
        say(&last, steps[i].name, i ? "  (aim 2,000 ms with the review)" : "");
    }
    (void)refresh(s);
    say(&last, "taken into the search", "");
    check(tl_record_verify(s, &n, &err), &err);
    say(&last, "all seals verified", "");
    tl_buf_init(&out, 0);
    check(tl_record_export(s, fleet.cars[0].vehicle->id, &out, &err), &err);
    say(&last, "one exported", "");
    tl_buf_clear(&out);
    tl_car_model_close(&m);
    tl_store_close(s);
    tl_arena_free(arena);
}

/* Parameters of record_version.insert that are texts, without those that differ. */
static void bind_texts(tl_query *q)
{
    static const int empty[] = { 4, 5, 9, 17, 18, 19, 20, 24, 25, 27, 28 };
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        tl_query_text(q, empty[i], "");
    tl_query_text(q, 12, "CNY");
    tl_query_text(q, 14, "g CO2e/km");
    tl_query_text(q, 15, "cradle to grave");
    tl_query_text(q, 16, "bench");
    tl_query_int(q, 21, 0);
    tl_query_null(q, 22);
    tl_query_null(q, 23);
    tl_query_int(q, 26, 1);
    tl_query_text(q, 29, "bench");
    tl_query_text(q, 30, zeros);
    tl_query_text(q, 31, "");
    tl_query_int(q, 33, 1);
    tl_query_text(q, 34, "vehicle");
}

static int64_t insert_version(tl_store *s, size_t i, const char *id)
{
    static const char *const words[3][6] = {
        { "microcar", "subcompact", "compact", "midsize", "upper-midsize", "full-size" },
        { "sedan", "suv", "mpv", "estate", "coupe", "van" },
        { "gasoline", "diesel", "hev", "phev", "bev", "bev" },
    };
    tl_error err = { 0 };
    char product[48], maker[32];
    tl_query *q;
    bool row;
    snprintf(product, sizeof product, "Model %zu (%zuch)", i * 48271 % 999983, i % 400);
    snprintf(maker, sizeof maker, "MAKER %zu", i * 7919 % MAKERS);
    check(tl_store_query(s, "record_version.insert", &q, &err), &err);
    bind_texts(q);
    tl_query_text(q, 1, product);
    tl_query_text(q, 2, maker);
    for (int k = 0; k < 3; k++)
        tl_query_text(q, 6 + k, words[k][i / (k == 1 ? 3 : 1) % 6]);
    tl_query_number(q, 10, 900 + (double)(i * 31 % 1700));
    tl_query_number(q, 11, 50000 + (double)(i * 17 % 400000));
    tl_query_number(q, 13, 100 + (double)(i * 48271 % 300007) / 1000);
    tl_query_text(q, 32, id);
    check(tl_query_step(q, &row, &err), &err);
    int64_t number = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return number;
}

static void fill(tl_store *s, size_t n)
{
    tl_error err = { 0 };
    tl_query *q;
    char id[32];
    check(tl_store_begin(s, &err), &err);
    check(tl_store_query(s, "record_pins.insert", &q, &err), &err);
    tl_query_text(q, 1, zeros);
    tl_query_text(q, 2, "[]");
    check(tl_query_run(q, &err), &err);
    for (size_t i = 0; i < n; i++) {
        if (i % 20000 == 19999) { /* a transaction beyond the cache slows down */
            check(tl_store_commit(s, &err), &err);
            check(tl_store_begin(s, &err), &err);
        }
        snprintf(id, sizeof id, "ademe-%08zx", i);
        check(tl_store_query(s, "record.insert", &q, &err), &err);
        tl_query_text(q, 1, id);
        tl_query_text(q, 2, "vehicle");
        check(tl_query_run(q, &err), &err);
        int64_t number = insert_version(s, i, id);
        check(tl_store_query(s, "record_version.review", &q, &err), &err);
        tl_query_int(q, 1, number);
        check(tl_query_run(q, &err), &err);
        check(tl_store_query(s, "record_version.publish", &q, &err), &err);
        tl_query_int(q, 1, number);
        tl_query_text(q, 2, "2026-11-30");
        tl_query_text(q, 3, zeros);
        check(tl_query_run(q, &err), &err);
    }
    check(tl_store_commit(s, &err), &err);
}

/* SQLite alone: every row, every column looked at. */
static double step_time(tl_store *s, size_t n)
{
    static const int texts[] = { 0, 2, 3, 4, 5, 6, 7 };
    double t[RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        tl_error err = { 0 };
        tl_query *q;
        bool row;
        size_t rows = 0, bytes = 0;
        double sum = 0;
        const double start = tl_clock_s();
        check(tl_store_query(s, "record_version.cars", &q, &err), &err);
        for (check(tl_query_step(q, &row, &err), &err); row;
             check(tl_query_step(q, &row, &err), &err)) {
            rows++;
            for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
                bytes += strlen(tl_query_get_text(q, texts[k]));
            for (int k = 8; k < 11; k++)
                sum += tl_query_get_number(q, k);
            sum += (double)tl_query_get_int(q, 1);
        }
        t[i] = tl_clock_s() - start;
        if (rows != n || bytes < 14 * n || !(sum > 0)) {
            fprintf(stderr, "bench_registry: %zu rows, expected %zu\n", rows, n);
            exit(1);
        }
    }
    return median(t, RUNS);
}

/* The whole way, with memory that nobody touched before. */
static double read_time(tl_store *s, size_t n, size_t *bytes)
{
    double t[RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        tl_error err = { 0 };
        tl_arena *arena;
        tl_cars cars;
        check(tl_arena_new(&arena, 0, &err), &err);
        const double start = tl_clock_s();
        check(tl_cars_read(&cars, s, arena, &err), &err);
        t[i] = tl_clock_s() - start;
        *bytes = tl_arena_used_bytes(arena);
        if (cars.n != n || cars.makers.n != MAKERS) {
            fprintf(stderr, "bench_registry: %zu cars of %zu makers\n", cars.n, cars.makers.n);
            exit(1);
        }
        tl_arena_free(arena);
    }
    return median(t, RUNS);
}

/* One further facet picked after the other, each answer with all counts. */
static void pick_times(tl_store *s)
{
    static const char *const picks[] = { "powertrain=bev", "size=compact", "body=suv",
                                         "maker=MAKER 7" };
    enum { PICKS = sizeof picks / sizeof *picks, TIMES = 200 };
    double t[TIMES], worst = 0;
    tl_error err = { 0 };
    tl_arena *arena;
    check(tl_arena_new(&arena, 0, &err), &err);
    for (size_t k = 0; k <= PICKS; k++) {
        const tl_search_opts opts = { .facets = true, .picks = picks, .pick_count = k };
        for (size_t i = 0; i < TIMES; i++) {
            tl_search_answer a;
            tl_arena_reset(arena);
            const double start = tl_clock_s();
            check(tl_search_ask(s, "model", &opts, arena, &a, &err), &err);
            t[i] = tl_clock_s() - start;
        }
        (void)median(t, TIMES); /* sorts */
        worst = t[TIMES * 99 / 100] > worst ? t[TIMES * 99 / 100] : worst;
        printf("  facets of all cars, %zu picked: p50 %.2f ms, p99 %.2f ms\n", k,
               t[TIMES / 2] * 1000, t[TIMES * 99 / 100] * 1000);
    }
    printf("  a facet changed: p99 %.2f ms at most (aim 300 ms)\n", worst * 1000);
    tl_arena_free(arena);
}

static void search_times(tl_store *s)
{
    double start = tl_clock_s();
    int64_t n = refresh(s);
    printf("  search over %lld of them made in %.1f s\n", (long long)n, tl_clock_s() - start);
    pick_times(s);
    fflush(stdout);
}

static void one_size(size_t i, double *last)
{
    size_t bytes;
    tl_store *s = fresh();
    double start = tl_clock_s();
    fill(s, sizes[i]);
    const double filled = tl_clock_s() - start;
    const double reference = step_time(s, sizes[i]), whole = read_time(s, sizes[i], &bytes);
    printf("%zu published cars\n  read %.1f ms, %.0f bytes each (median of %d; written in %.1f s)\n"
           "  SQLite alone over the same rows %.1f ms, ratio %.2f",
           sizes[i], whole * 1000, (double)bytes / (double)sizes[i], RUNS, filled, reference * 1000,
           whole / reference);
    if (i)
        printf(", growth n^%.2f",
               log(whole / *last) / log((double)sizes[i] / (double)sizes[i - 1]));
    printf("\n");
    fflush(stdout);
    *last = whole;
    search_times(s);
    tl_store_close(s);
}

int main(int argc, char **argv)
{
    const char *data = argc > 1 ? argv[1] : TL_DATA;
    double last = 0;
    int64_t most = 1000000;
    tl_error err = { 0 };
    if (argc > 2)
        check(tl_int_parse(argv[2], 1, 100000000, &most, &err), &err);
    if (!mkdtemp(folder)) {
        perror(folder);
        return 1;
    }
    round_times(data);
    for (size_t i = 0; i < SIZES && sizes[i] <= (size_t)most; i++)
        one_size(i, &last);
    remove_database();
    rmdir(folder);
    return 0;
}

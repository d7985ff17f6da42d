/* fleet_bench.c - cars in and footprints out, over sizes, on the real file that ships.
 *
 * usage: bench_fleet [DATA_FOLDER]
 *
 * A size below 7,679 takes the first rows of the file, a size above repeats it. Aims: footprints of
 * 7,679 cars from a warm database in 100 ms; 1,000 draws each in 10 s; import within twice the time
 * the sqlite3 shell needs to .import the same file into a table of text. */
#include <inttypes.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/thread.h"
#include "factor/factor.h"
#include "footprint/draws.h"
#include "intake/vehicle_import.h"

enum { RUNS = 7, SIZES = 5 };

static const size_t sizes[SIZES] = { 1000, 2000, 4000, 7679, 50000 };
static char folder[64] = "/tmp/tanlian-bench-XXXXXX";

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_fleet: %s\n", err->text);
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

/* The header and n records: each record of this file is one line. */
static void make_file(const tl_file_view *f, size_t n, tl_buf *out)
{
    const char *end = f->data + f->size, *body = memchr(f->data, '\n', f->size);
    tl_buf_reset(out);
    tl_buf_add(out, f->data, (size_t)(++body - f->data));
    for (const char *at = body; n > 0; n--) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        line = line ? line + 1 : end;
        tl_buf_add(out, at, (size_t)(line - at));
        at = line == end ? body : line;
    }
}

/* Wall time of `.import` of path by the shell, into a database without our constraints. */
static double shell_import(const char *path)
{
    char database[96], command[256];
    snprintf(database, sizeof database, "%s/shell.db", folder);
    snprintf(command, sizeof command, ".import '%s' cars", path);
    unlink(database);
    char *const argv[] = { "sqlite3",      "-cmd",   ".mode csv", "-cmd",
                           ".separator ;", database, command,     NULL };
    pid_t child;
    int status = 0;
    double start = tl_clock_s();
    if (posix_spawnp(&child, "sqlite3", NULL, NULL, argv, environ) != 0 ||
        waitpid(child, &status, 0) < 0 || status != 0)
        return NAN;
    return tl_clock_s() - start;
}

static tl_store *import(const char *data, const tl_buf *file, tl_arena *arena, double *seconds)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    char path[96];
    tl_error err = { 0 };
    tl_store *s;
    tl_vehicle_verdict v;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        snprintf(path, sizeof path, "%s/cars.db%s", folder, tails[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/cars.db", folder);
    check(tl_store_open(&s, path, NULL, &err), &err);
    install(s, data, arena);
    double start = tl_clock_s();
    check(tl_vehicle_import_memory(s, "cars.csv", file->data, file->len, "ademe",
                                   tl_viewer_program(), NULL, arena, &v, &err),
          &err);
    *seconds = tl_clock_s() - start;
    return s;
}

static double fleet_time(tl_store *s, tl_arena *arena, size_t *n)
{
    double t[RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        tl_error err = { 0 };
        tl_car_model m;
        tl_fleet f;
        double start = tl_clock_s();
        check(tl_car_model_open(&m, s, NULL, 0, arena, &err), &err);
        check(tl_fleet_compute(&f, s, tl_viewer_program(), &m, NULL, arena, &err), &err);
        t[i] = tl_clock_s() - start;
        *n = f.n_cars;
        tl_car_model_close(&m);
    }
    return median(t, RUNS);
}

static void draws(tl_store *s, tl_arena *arena)
{
    tl_error err = { 0 };
    tl_car_model m;
    tl_fleet f;
    check(tl_car_model_open(&m, s, NULL, 0, arena, &err), &err);
    check(tl_fleet_compute(&f, s, tl_viewer_program(), &m, NULL, arena, &err), &err);
    tl_spread *out = tl_arena_alloc(arena, f.n_cars, sizeof *out);
    for (unsigned threads = 1; out && threads <= tl_processors(); threads *= 2) {
        const tl_draw_options options = { .n = 1000, .seed = 1, .threads = threads };
        double start = tl_clock_s();
        check(tl_fleet_spread(&f, s, &m, &options, arena, out, &err), &err);
        printf("  draws, 1,000 for each of %zu cars, %u thread%s: %.2f s  (aim 10 s)\n", f.n_cars,
               threads, threads > 1 ? "s" : "", tl_clock_s() - start);
    }
    tl_car_model_close(&m);
}

static void one_size(const char *data, const tl_file_view *f, size_t i, double *last)
{
    char path[96];
    tl_error err = { 0 };
    tl_arena *arena;
    tl_buf file;
    double in[3], shell[3];
    size_t n = 0;
    tl_store *s = NULL;
    tl_buf_init(&file, 0);
    make_file(f, sizes[i], &file);
    snprintf(path, sizeof path, "%s/cars.csv", folder);
    check(tl_file_write(path, file.data, file.len, &err), &err);
    check(tl_arena_new(&arena, 0, &err), &err);
    for (size_t k = 0; k < 3; k++) {
        tl_store_close(s);
        s = import(data, &file, arena, &in[k]);
        shell[k] = shell_import(path);
    }
    double t_in = median(in, 3), t_shell = median(shell, 3), t = fleet_time(s, arena, &n);
    double power = i ? log(t / *last) / log((double)sizes[i] / (double)sizes[i - 1]) : NAN;
    printf("%zu cars\n  import %.1f ms, shell %.1f ms, ratio %.2f  (aim 2; median of 3)\n", n,
           t_in * 1000, t_shell * 1000, t_in / t_shell);
    printf("  footprints %.1f ms (median of %d, system built and solved each time; aim 100 ms at "
           "7,679)",
           t * 1000, RUNS);
    if (i)
        printf(", growth n^%.2f", power);
    printf("\n");
    *last = t;
    if (sizes[i] == 7679)
        draws(s, arena);
    tl_store_close(s);
    tl_arena_free(arena);
    tl_buf_clear(&file);
}

int main(int argc, char **argv)
{
    const char *data = argc > 1 ? argv[1] : TL_DATA;
    char path[4096];
    tl_error err = { 0 };
    tl_file_view f;
    double last = 0;
    snprintf(path, sizeof path, "%s/ademe-cars/ADEME-CarLabelling.csv", data);
    check(tl_file_open(&f, path, 0, &err), &err);
    if (!mkdtemp(folder)) {
        perror(folder);
        return 1;
    }
    for (size_t i = 0; i < SIZES; i++)
        one_size(data, &f, i, &last);
    tl_file_close(&f);
    static const char *const left[] = { "cars.db", "cars.db-wal", "cars.db-shm", "cars.csv",
                                        "shell.db" };
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, left[i]);
        unlink(path);
    }
    rmdir(folder);
    return 0;
}

/* import_bench.c - vehicle files into the database, against the sqlite3 shell's .import.
 *
 * usage: bench_import [MOST]
 *
 * The real file that ships, then files made of its rows with another price in each, so that every
 * car has an id of its own. Both importers run as a process of their own on a database in a file;
 * the shell fills a table of text without keys, checks and audit chain. Also timed: the file with
 * one row more, where every row but one is found to be there. Aim: within twice the shell's time,
 * linear in the rows. */
#include <inttypes.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "dataset/dataset.h"
#include "intake/vehicle_import.h"

enum { RUNS = 5, SIZES = 4 };

static char folder[64] = "/tmp/tanlian-bench-XXXXXX";

/* What one process took. */
struct cost {
    double seconds, mb;
};

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_import: %s\n", err->text);
    exit(1);
}

static const char *place(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void remove_database(const char *name)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        char file[64];
        snprintf(file, sizeof file, "%s%s", name, tails[i]);
        unlink(place(file));
    }
}

/* The header and n records of the real file (each is one line); beyond its end they come again with
 * their number for a price. */
static void write_rows(const tl_file_view *f, size_t n, const char *name)
{
    const char *end = f->data + f->size, *body = memchr(f->data, '\n', f->size), *at;
    size_t times = 0;
    tl_error err = { 0 };
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_add(&b, f->data, (size_t)(++body - f->data));
    at = body;
    for (size_t i = 0; i < n; i++) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        const char *next = line ? line + 1 : end;
        const char *price = memrchr(at, ';', (size_t)(next - at));
        if (times == 0)
            tl_buf_add(&b, at, (size_t)(next - at));
        else
            tl_buf_printf(&b, "%.*s;%zu\n", (int)(price - at), at, i);
        times += next == end;
        at = next == end ? body : next;
    }
    check(tl_buf_status(&b, &err), &err);
    check(tl_file_write(place(name), b.data, b.len, &err), &err);
    tl_buf_clear(&b);
}

/* A database with the maps of vehicle files and nothing else. */
static void make_database(void)
{
    tl_error err = { 0 };
    tl_arena *arena;
    tl_dataset set;
    bool already;
    tl_store *s;
    remove_database("cars.db");
    check(tl_arena_new(&arena, 0, &err), &err);
    check(tl_store_open(&s, place("cars.db"), NULL, &err), &err);
    check(tl_store_begin(s, &err), &err);
    check(tl_dataset_install(s, TL_DATA "/vehicle-maps", "bench", arena, &set, &already, &err),
          &err);
    check(tl_store_commit(s, &err), &err);
    tl_store_close(s);
    tl_arena_free(arena);
}

static void import_and_exit(const char *name, int64_t accepted, int64_t repeated)
{
    char file[128];
    tl_error err = { 0 };
    tl_arena *arena;
    tl_vehicle_verdict v;
    tl_store *s;
    snprintf(file, sizeof file, "%s", place(name));
    check(tl_arena_new(&arena, 0, &err), &err);
    check(tl_store_open(&s, place("cars.db"), NULL, &err), &err);
    check(tl_vehicle_import(s, file, "ademe", tl_viewer_program(), NULL, arena, &v, &err), &err);
    tl_store_close(s);
    if (v.accepted != accepted || v.repeated != repeated) {
        fprintf(stderr, "bench_import: %" PRId64 " accepted, %" PRId64 " repeated\n", v.accepted,
                v.repeated);
        _exit(1);
    }
    _exit(0);
}

static struct cost wait_for(pid_t child, double start)
{
    struct rusage use;
    int status;
    if (wait4(child, &status, 0, &use) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return (struct cost){ (double)NAN, (double)NAN };
    return (struct cost){ tl_clock_s() - start, (double)use.ru_maxrss / 1024 };
}

static struct cost our_import(const char *name, int64_t accepted, int64_t repeated)
{
    fflush(stdout);
    double start = tl_clock_s();
    pid_t child = fork();
    if (child == 0)
        import_and_exit(name, accepted, repeated);
    return wait_for(child, start);
}

static struct cost shell_import(const char *name)
{
    char database[128], command[256];
    snprintf(command, sizeof command, ".import '%s' cars", place(name));
    unlink(place("shell.db"));
    snprintf(database, sizeof database, "%s", place("shell.db"));
    char *const argv[] = { "sqlite3",      "-cmd",   ".mode csv", "-cmd",
                           ".separator ;", database, command,     NULL };
    pid_t child;
    double start = tl_clock_s();
    if (posix_spawnp(&child, "sqlite3", NULL, NULL, argv, environ) != 0)
        return (struct cost){ (double)NAN, (double)NAN };
    return wait_for(child, start);
}

static int by_seconds(const void *a, const void *b)
{
    double x = ((const struct cost *)a)->seconds, y = ((const struct cost *)b)->seconds;
    return (x > y) - (x < y);
}

static struct cost median(struct cost *v)
{
    qsort(v, RUNS, sizeof *v, by_seconds);
    return v[RUNS / 2];
}

/* One size, ours and the shell's in turn; prints a line and returns our seconds. */
static double measure(const tl_file_view *f, size_t n, size_t n_before, double before)
{
    struct cost ours[RUNS], shell[RUNS], again[RUNS];
    write_rows(f, n, "cars.csv");
    write_rows(f, n + 1, "more.csv");
    for (size_t i = 0; i < RUNS; i++) {
        make_database();
        ours[i] = our_import("cars.csv", (int64_t)n, 0);
        again[i] = our_import("more.csv", 1, (int64_t)n);
        shell[i] = shell_import("cars.csv");
    }
    struct cost a = median(ours), b = median(shell), c = median(again);
    printf("%8zu %10.1f %10.0f %10.1f %7.2f %10.1f %8.0f", n, a.seconds * 1e3,
           (double)n / a.seconds, b.seconds * 1e3, a.seconds / b.seconds, c.seconds * 1e3, a.mb);
    if (before > 0)
        printf("   n^%.2f", log(a.seconds / before) / log((double)n / (double)n_before));
    printf("\n");
    fflush(stdout);
    return a.seconds;
}

int main(int argc, char **argv)
{
    static const size_t sizes[SIZES] = { 7679, 10000, 50000, 200000 };
    int64_t most = 200000;
    double before = 0;
    size_t n_before = 0;
    tl_error err = { 0 };
    tl_file_view f;
    if (argc > 1)
        check(tl_int_parse(argv[1], 1, 100000000, &most, &err), &err);
    check(tl_file_open(&f, TL_DATA "/ademe-cars/ADEME-CarLabelling.csv", 0, &err), &err);
    if (!mkdtemp(folder)) {
        perror(folder);
        return 1;
    }
    printf("median of %d; aim: ratio at most 2, growth n^1\n", RUNS);
    printf("%8s %10s %10s %10s %7s %10s %8s   growth\n", "rows", "import ms", "rows/s", "shell ms",
           "ratio", "+1 row ms", "MB");
    for (size_t i = 0; i < SIZES && sizes[i] <= (size_t)most; i++) {
        before = measure(&f, sizes[i], n_before, before);
        n_before = sizes[i];
    }
    tl_file_close(&f);
    remove_database("cars.db");
    unlink(place("shell.db"));
    unlink(place("cars.csv"));
    unlink(place("more.csv"));
    rmdir(folder);
    return 0;
}

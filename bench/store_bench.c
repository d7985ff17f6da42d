/* store_bench.c - rows into a table: prepared inserts, and a CSV file against the sqlite3 shell.
 *
 * usage: bench_store [MOST]
 *
 * The same rows go in three ways into databases of the same schema, each in one transaction: from
 * memory, from a CSV file through tl_csv, and by `.import` of the sqlite3 shell. The aim is at most
 * twice the time of the shell. Commits of one row each are timed too: each one waits for the disk.
 */
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "base/random.h"
#include "format/csv.h"
#include "store/store_priv.h"

enum { COMMITS = 200 };

static const tl_sql_migration migrations[] = {
    { 1, "0001_factor",
      "CREATE TABLE factor (key TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL,"
      " region TEXT NOT NULL, value REAL NOT NULL CHECK (value >= 0), year INTEGER NOT NULL) "
      "STRICT" },
};
static const tl_sql_query queries[] = {
    { "factor.count", "SELECT count(*) FROM factor" },
    { "factor.insert", "INSERT INTO factor (key, name, unit, region, value, year)"
                       " VALUES ($1, $2, $3, $4, $5, $6)" },
};
static const tl_sql_schema schema = { migrations, 1, queries, 2 };

static char folder[64] = "/tmp/tanlian-bench-XXXXXX";

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_store: %s\n", err->text);
    exit(1);
}

static const char *place(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static tl_store *fresh(const char *name)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    tl_error err;
    tl_store *s;
    char path[160];
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        snprintf(path, sizeof path, "%s%s", place(name), tails[i]);
        unlink(path);
    }
    check(tl_store_open_schema(&s, place(name), NULL, &schema, &err), &err);
    return s;
}

static void write_csv(size_t rows)
{
    static const char *const names[] = { "热轧钢卷", "electrolytic aluminium",
                                         "polypropylene, CN" };
    static const char *const regions[] = { "CN", "CN-YN", "GLO", "DE" };
    tl_random random = tl_random_seed(1);
    tl_error err;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, "key,name,unit,region,value,year\n");
    for (size_t i = 0; i < rows; i++) {
        uint64_t r = tl_random_next(&random);
        tl_buf_printf(&b, "factor-%07zu,\"%s\",kgCO2e/kg,%s,", i, names[r % 3], regions[r / 3 % 4]);
        tl_buf_number(&b, (double)(r >> 40) / 1000.0);
        tl_buf_printf(&b, ",%d\n", 2015 + (int)(r / 12 % 10));
    }
    check(tl_buf_status(&b, &err), &err);
    check(tl_file_write(place("rows.csv"), b.data, b.len, &err), &err);
    tl_buf_clear(&b);
}

static double from_memory(size_t rows)
{
    tl_error err;
    tl_query *q;
    tl_store *s = fresh("memory.db");
    double start = tl_clock_s();
    check(tl_store_begin(s, &err), &err);
    check(tl_store_query(s, "factor.insert", &q, &err), &err);
    for (size_t i = 0; i < rows; i++) {
        char key[32];
        snprintf(key, sizeof key, "factor-%07zu", i);
        tl_query_text(q, 1, key);
        tl_query_text(q, 2, "electrolytic aluminium");
        tl_query_text(q, 3, "kgCO2e/kg");
        tl_query_text(q, 4, "CN-YN");
        tl_query_number(q, 5, (double)i / 1000.0);
        tl_query_int(q, 6, 2024);
        check(tl_query_run(q, &err), &err);
    }
    check(tl_store_commit(s, &err), &err);
    tl_store_close(s);
    return tl_clock_s() - start;
}

static double from_csv(void)
{
    tl_error err;
    tl_query *q;
    tl_csv *csv;
    bool more;
    double value;
    int64_t year;
    tl_store *s = fresh("csv.db");
    double start = tl_clock_s();
    check(tl_csv_open(&csv, place("rows.csv"), NULL, &err), &err);
    check(tl_store_begin(s, &err), &err);
    check(tl_store_query(s, "factor.insert", &q, &err), &err);
    for (;;) {
        check(tl_csv_next(csv, &more, &err), &err);
        if (!more)
            break;
        for (int c = 0; c < 4; c++) {
            tl_span cell = tl_csv_cell(csv, c);
            tl_query_span(q, c + 1, cell.p, cell.n);
        }
        check(tl_csv_number(csv, 4, &value, &err), &err);
        tl_query_number(q, 5, value);
        check(tl_csv_number(csv, 5, &value, &err), &err);
        year = (int64_t)value;
        tl_query_int(q, 6, year);
        check(tl_query_run(q, &err), &err);
    }
    check(tl_store_commit(s, &err), &err);
    tl_csv_close(csv);
    tl_store_close(s);
    return tl_clock_s() - start;
}

/* Seconds of the shell's .import of the same file, or 0 where there is no shell. */
static double from_shell(void)
{
    char import[160], database[128];
    tl_store_close(fresh("shell.db"));
    snprintf(database, sizeof database, "%s", place("shell.db"));
    snprintf(import, sizeof import, ".import --skip 1 %s factor", place("rows.csv"));
    char *argv[] = { "sqlite3", "-csv", database, "PRAGMA synchronous = FULL", import, NULL };
    pid_t child;
    int status = 0;
    double start = tl_clock_s();
    if (posix_spawnp(&child, "sqlite3", NULL, NULL, argv, environ) != 0)
        return 0;
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return 0;
    return tl_clock_s() - start;
}

static int64_t count(const char *name)
{
    tl_error err;
    tl_query *q;
    bool row;
    tl_store *s;
    check(tl_store_open_schema(&s, place(name), NULL, &schema, &err), &err);
    check(tl_store_query(s, "factor.count", &q, &err), &err);
    check(tl_query_step(q, &row, &err), &err);
    int64_t n = tl_query_get_int(q, 0);
    tl_store_close(s);
    return n;
}

static void commits(void)
{
    tl_error err;
    tl_query *q;
    tl_store *s = fresh("commits.db");
    double start = tl_clock_s();
    for (int i = 0; i < COMMITS; i++) {
        char key[32];
        snprintf(key, sizeof key, "k%d", i);
        check(tl_store_begin(s, &err), &err);
        check(tl_store_query(s, "factor.insert", &q, &err), &err);
        for (int c = 1; c <= 4; c++)
            tl_query_text(q, c, key);
        tl_query_number(q, 5, 1);
        tl_query_int(q, 6, 2024);
        check(tl_query_run(q, &err), &err);
        check(tl_store_commit(s, &err), &err);
    }
    printf("commits of one row: %.0f a second\n", COMMITS / (tl_clock_s() - start));
    tl_store_close(s);
}

static double least(double a, double b)
{
    return a == 0 || b < a ? b : a;
}

static void clean(void)
{
    static const char *const names[] = { "rows.csv", "memory.db", "csv.db", "shell.db",
                                         "commits.db" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(place(names[i]));
    rmdir(folder);
}

int main(int argc, char **argv)
{
    int64_t most = 1000000;
    tl_error err;
    if (argc > 1)
        check(tl_int_parse(argv[1], 1, 100000000, &most, &err), &err);
    if (!mkdtemp(folder))
        return 1;
    printf("%9s %14s %14s %14s %8s\n", "rows", "memory rows/s", "csv rows/s", "shell rows/s",
           "csv/shell");
    for (int64_t rows = most / 100; rows <= most && rows > 0; rows *= 10) {
        double memory = 0, csv = 0, shell = 0;
        write_csv((size_t)rows);
        for (int round = 0; round < 3; round++) { /* the best of three, taken in turn */
            memory = least(memory, from_memory((size_t)rows));
            csv = least(csv, from_csv());
            shell = least(shell, from_shell());
        }
        if (count("csv.db") != rows || (shell > 0 && count("shell.db") != rows))
            printf("rows are missing\n");
        double n = (double)rows;
        printf("%9" PRId64 " %14.0f %14.0f", rows, n / memory, n / csv);
        if (shell > 0)
            printf(" %14.0f %8.2f (time; aim: at most 2)\n", n / shell, csv / shell);
        else
            printf("  no sqlite3 shell here\n");
    }
    commits();
    clean();
    return 0;
}

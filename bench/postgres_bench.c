/* postgres_bench.c - the storage API on PostgreSQL against bare libpq, and the memory of many rows.
 *
 * usage: bench_postgres [ROWS]      under tools/with-postgres, or with TANLIAN_TEST_DB set
 *
 * Inserts within one transaction, look-ups by key and one walk over all rows, each done by bare
 * libpq (prepared statements, text values, one row at a time) and by the storage API, which also
 * sends a savepoint with each insert. The aim is at most twice the time. The walk is done once more
 * with another query between its first rows, so that the rest is put by. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <libpq-fe.h>

#include "base/clock.h"
#include "base/number.h"
#include "store/store_priv.h"

#define COLUMNS                                                                                    \
    " (key TEXT COLLATE \"C\" NOT NULL PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL,"       \
    " region TEXT NOT NULL, value DOUBLE PRECISION NOT NULL CHECK (value >= 0), year BIGINT NOT "  \
    "NULL)"

static const tl_sql_migration migrations[] = { { 1, "0001_factor",
                                                 "CREATE TABLE factor" COLUMNS } };
static const tl_sql_query queries[] = {
    { "factor.all", "SELECT key, name, unit, region, value, year FROM factor ORDER BY key" },
    { "factor.count", "SELECT count(*) FROM factor" },
    { "factor.insert", "INSERT INTO factor (key, name, unit, region, value, year)"
                       " VALUES ($1, $2, $3, $4, $5, $6)" },
    { "factor.one", "SELECT value FROM factor WHERE key = $1" },
};
static const tl_sql_schema schema = { migrations, 1, queries, 4 };

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_postgres: %s\n", err->text);
    exit(1);
}

static void done(PGconn *c, PGresult *r)
{
    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK) {
        fprintf(stderr, "bench_postgres: %s", PQerrorMessage(c));
        exit(1);
    }
    PQclear(r);
}

static const char *key_of(int64_t i)
{
    static char key[32];
    snprintf(key, sizeof key, "factor-%07" PRId64, i);
    return key;
}

struct times {
    double insert, look, walk;
};

static struct times bare(const char *address, int64_t rows)
{
    struct times t;
    PGconn *c = PQconnectdb(address);
    done(c, PQexec(c, "SET client_min_messages = error; DROP TABLE IF EXISTS bare"));
    done(c, PQexec(c, "CREATE TABLE bare" COLUMNS));
    done(c, PQprepare(c, "i", "INSERT INTO bare VALUES ($1, $2, $3, $4, $5, $6)", 0, NULL));
    done(c, PQprepare(c, "o", "SELECT value FROM bare WHERE key = $1", 0, NULL));
    double start = tl_clock_s();
    done(c, PQexec(c, "BEGIN"));
    for (int64_t i = 0; i < rows; i++) {
        char number[TL_NUMBER_MAX];
        tl_number_format((double)i / 1000.0, number);
        const char *v[] = { key_of(i), "electrolytic aluminium", "kgCO2e/kg", "CN-YN", number,
                            "2024" };
        done(c, PQexecPrepared(c, "i", 6, v, NULL, NULL, 0));
    }
    done(c, PQexec(c, "COMMIT"));
    t.insert = tl_clock_s() - start;
    start = tl_clock_s();
    for (int64_t i = 0; i < rows; i++) {
        const char *v[] = { key_of(i) };
        done(c, PQexecPrepared(c, "o", 1, v, NULL, NULL, 0));
    }
    t.look = tl_clock_s() - start;
    start = tl_clock_s();
    PQsendQuery(c, "SELECT key, name, unit, region, value, year FROM bare ORDER BY key");
    PQsetSingleRowMode(c);
    PGresult *r;
    while ((r = PQgetResult(c)))
        PQclear(r);
    t.walk = tl_clock_s() - start;
    done(c, PQexec(c, "DROP TABLE bare"));
    PQfinish(c);
    return t;
}

static double walk(tl_store *s, int64_t rows, bool between)
{
    tl_error err;
    tl_query *q, *other;
    bool row;
    int64_t n = 0;
    double start = tl_clock_s();
    check(tl_store_query(s, "factor.all", &q, &err), &err);
    for (;;) {
        check(tl_query_step(q, &row, &err), &err);
        if (!row)
            break;
        n += tl_query_get_int(q, 5) == 2024;
        if (between && n == 10) {
            check(tl_store_query(s, "factor.count", &other, &err), &err);
            check(tl_query_step(other, &row, &err), &err);
        }
    }
    if (n != rows)
        printf("rows are missing\n");
    return tl_clock_s() - start;
}

static struct times ours(tl_store *s, int64_t rows)
{
    struct times t;
    tl_error err;
    tl_query *q;
    bool row;
    double start = tl_clock_s();
    check(tl_store_begin(s, &err), &err);
    check(tl_store_query(s, "factor.insert", &q, &err), &err);
    for (int64_t i = 0; i < rows; i++) {
        tl_query_text(q, 1, key_of(i));
        tl_query_text(q, 2, "electrolytic aluminium");
        tl_query_text(q, 3, "kgCO2e/kg");
        tl_query_text(q, 4, "CN-YN");
        tl_query_number(q, 5, (double)i / 1000.0);
        tl_query_int(q, 6, 2024);
        check(tl_query_run(q, &err), &err);
    }
    check(tl_store_commit(s, &err), &err);
    t.insert = tl_clock_s() - start;
    start = tl_clock_s();
    for (int64_t i = 0; i < rows; i++) {
        check(tl_store_query(s, "factor.one", &q, &err), &err);
        tl_query_text(q, 1, key_of(i));
        check(tl_query_step(q, &row, &err), &err);
        tl_query_reset(q);
    }
    t.look = tl_clock_s() - start;
    t.walk = walk(s, rows, false);
    return t;
}

static void line(const char *what, double n, double theirs, double mine)
{
    printf("%-10s %12.0f %12.0f %8.2f (time; aim: at most 2)\n", what, n / theirs, n / mine,
           mine / theirs);
}

static long resident_kb(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

int main(int argc, char **argv)
{
    int64_t rows = 100000;
    char address[700];
    const char *server = getenv("TANLIAN_TEST_DB");
    tl_error err;
    tl_store *s;
    if (argc > 1)
        check(tl_int_parse(argv[1], 1, 100000000, &rows, &err), &err);
    if (!server) {
        printf(
            "bench_postgres: no server (tools/with-postgres build-bench/bench/bench_postgres)\n");
        return 0;
    }
    snprintf(address, sizeof address, "%s%coptions=-csearch_path%%3Dbench", server,
             strchr(server, '?') ? '&' : '?');
    PGconn *c = PQconnectdb(server);
    done(c, PQexec(c, "SET client_min_messages = error; DROP SCHEMA IF EXISTS bench CASCADE"));
    done(c, PQexec(c, "CREATE SCHEMA bench"));
    PQfinish(c);
    const struct times theirs = bare(server, rows);
    check(tl_store_open_schema(&s, address, NULL, &schema, &err), &err);
    long before = resident_kb();
    const struct times mine = ours(s, rows);
    long walked = resident_kb();
    double kept = walk(s, rows, true);
    printf("%" PRId64 " rows       libpq a s      store a s    ratio\n", rows);
    line("insert", (double)rows, theirs.insert, mine.insert);
    line("look up", (double)rows, theirs.look, mine.look);
    line("walk", (double)rows, theirs.walk, mine.walk);
    line("in turns", (double)rows, theirs.walk, kept);
    printf("memory: %ld KiB before, %ld after the walk, %ld after the one in turns\n", before,
           walked, resident_kb());
    tl_store_close(s);
    return 0;
}

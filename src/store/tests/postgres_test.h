/* postgres_test.h - a schema of a test's own on the server of TANLIAN_TEST_DB
 * (tools/with-postgres), gone at the end, and a small schema of tables for it. */
#ifndef TL_STORE_TESTS_POSTGRES_TEST_H
#define TL_STORE_TESTS_POSTGRES_TEST_H

#include "store/tests/scratch.h"

#include <libpq-fe.h>

#include "store/schema.h"
#include "store/store_priv.h"

typedef struct pg_place {
    PGconn *by_hand; /* a connection of the test's own, with the same search path */
    char schema[40], address[700];
} pg_place;

static inline void pg_sql(pg_place *p, const char *sql)
{
    PGresult *r = PQexec(p->by_hand, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(p->by_hand));
    PQclear(r);
}

static inline void pg_sqlf(pg_place *p, const char *format, const char *word)
{
    char sql[300];
    const char *at = strstr(format, "%s");
    snprintf(sql, sizeof sql, "%.*s%s%s", (int)(at - format), format, word, at + 2);
    pg_sql(p, sql);
}

/* An empty schema again. */
static inline void pg_clear(pg_place *p)
{
    pg_sqlf(p, "DROP SCHEMA IF EXISTS %s CASCADE", p->schema);
    pg_sqlf(p, "CREATE SCHEMA %s", p->schema);
}

static inline int pg_setup(void **state)
{
    static int number;
    const char *server = getenv("TANLIAN_TEST_DB");
    pg_place *p = calloc(1, sizeof *p);
    *state = p;
    if (!server || !p) {
        fprintf(stderr, "run this under tools/with-postgres\n");
        return -1;
    }
    snprintf(p->schema, sizeof p->schema, "t_%d_%d", (int)getpid(), number++);
    snprintf(p->address, sizeof p->address, "%s%coptions=-csearch_path%%3D%s", server,
             strchr(server, '?') ? '&' : '?', p->schema);
    p->by_hand = PQconnectdb(p->address);
    if (PQstatus(p->by_hand) != CONNECTION_OK) {
        fprintf(stderr, "%s", PQerrorMessage(p->by_hand));
        return -1;
    }
    pg_sql(p, "SET client_min_messages = error");
    pg_clear(p);
    return 0;
}

static inline int pg_teardown(void **state)
{
    pg_place *p = *state;
    PQreset(p->by_hand); /* the server may have been restarted */
    pg_sqlf(p, "DROP SCHEMA IF EXISTS %s CASCADE", p->schema);
    PQfinish(p->by_hand);
    free(p);
    return 0;
}

static const tl_sql_migration pg_migrations[] = {
    { 1, "0001_audit",
      "CREATE TABLE audit (seq BIGINT NOT NULL PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL,"
      " action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT, hash TEXT NOT NULL)" },
    { 2, "0002_part",
      "CREATE TABLE maker (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
      "CREATE TABLE part (id BIGINT NOT NULL PRIMARY KEY, maker BIGINT REFERENCES maker(id),"
      " name TEXT COLLATE \"C\", mass_kg DOUBLE PRECISION CONSTRAINT part_mass CHECK (mass_kg >= "
      "0), scan BYTEA);"
      "CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
      " IF NEW.name = 'forbidden' THEN RAISE EXCEPTION 'a part is not called that'; END IF;"
      " RETURN NEW; END $$;"
      "CREATE TRIGGER guard BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION guard()" },
    { 4, "0004_batch",
      "CREATE TABLE batch (number BIGINT NOT NULL, step BIGINT NOT NULL, load TEXT "
      "NOT NULL, PRIMARY KEY (number, step))" },
};

static const tl_sql_query pg_queries[] = {
    { "audit.insert", "INSERT INTO audit (seq, at, actor, action, object, detail, hash)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7)" },
    { "audit.last", "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1" },
    { "audit.list", "SELECT seq, at, actor, action, object, detail, hash FROM audit ORDER BY seq" },
    { "broken.gap", "SELECT $1 + 1, $3 + 1" },
    { "broken.numeric", "SELECT 1.5" },
    { "broken.sql", "SELEKT 1" },
    { "broken.two", "SELECT 1; SELECT 2" },
    { "maker.insert", "INSERT INTO maker (id, name) VALUES ($1, $2)" },
    { "many.list", "SELECT CAST(i AS BIGINT), 'row ' || i FROM generate_series(1, "
                   "CAST($1 AS BIGINT)) AS i ORDER BY 1" },
    { "part.add", "INSERT INTO part (id, maker, name, mass_kg, scan) VALUES ($1, $2, $3, $4, $5)" },
    { "part.count", "SELECT count(*) FROM part" },
    { "part.divide", "SELECT 1 / (id - 3) FROM part ORDER BY id" },
    { "part.find", "SELECT name, mass_kg, scan, maker, id FROM part WHERE id = $1" },
    { "part.names", "SELECT name FROM part ORDER BY name" },
    { "part.rename", "UPDATE part SET name = $2 WHERE id > $1 RETURNING id" },
};

static const tl_sql_schema pg_schema = { pg_migrations, TEST_COUNT(pg_migrations), pg_queries,
                                         TEST_COUNT(pg_queries) };

static inline tl_store *pg_open(pg_place *p)
{
    tl_store *s;
    tl_error err = { 0 };
    expect("open", tl_store_open_schema(&s, p->address, NULL, &pg_schema, &err), TL_OK, &err, NULL);
    return s;
}

static inline tl_query *pg_query(tl_store *s, const char *name)
{
    tl_query *q;
    tl_error err = { 0 };
    expect(name, tl_store_query(s, name, &q, &err), TL_OK, &err, NULL);
    return q;
}

static inline tl_status pg_add(tl_store *s, int64_t id, const char *name, tl_error *err)
{
    tl_query *q = pg_query(s, "part.add");
    tl_query_int(q, 1, id);
    tl_query_text(q, 3, name);
    return tl_query_run(q, err);
}

static inline int64_t pg_parts(tl_store *s)
{
    bool row;
    tl_error err = { 0 };
    tl_query *q = pg_query(s, "part.count");
    expect("count", tl_query_step(q, &row, &err), TL_OK, &err, NULL);
    int64_t n = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return n;
}

#endif

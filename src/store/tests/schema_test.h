/* schema_test.h - a small schema for the tests of store, in two versions. */
#ifndef TL_STORE_TESTS_SCHEMA_TEST_H
#define TL_STORE_TESTS_SCHEMA_TEST_H

#include "store/schema.h"
#include "store/tests/scratch.h"

static const tl_sql_migration test_migrations[] = {
    { 1, "0001_audit",
      "CREATE TABLE audit (seq INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL,"
      " action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT, hash TEXT NOT NULL) STRICT" },
    { 2, "0002_part",
      "CREATE TABLE maker (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
      "CREATE TABLE part (id INTEGER NOT NULL PRIMARY KEY, maker INTEGER REFERENCES maker(id),"
      " name TEXT, mass_kg REAL CONSTRAINT part_mass CHECK (mass_kg >= 0), scan BLOB) STRICT;" },
    { 4, "0004_batch", /* a number may be missing */
      "CREATE TABLE batch (number INTEGER NOT NULL, step INTEGER NOT NULL, load TEXT NOT NULL,"
      " PRIMARY KEY (number, step)) STRICT" },
};

static const tl_sql_query test_queries[] = {
    { "audit.insert", "INSERT INTO audit (seq, at, actor, action, object, detail, hash)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7)" },
    { "audit.last", "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1" },
    { "audit.list", "SELECT seq, at, actor, action, object, detail, hash FROM audit ORDER BY seq" },
    { "batch.count", "SELECT number, count(*) FROM batch GROUP BY number ORDER BY number" },
    { "batch.insert", "INSERT INTO batch (number, step, load) VALUES ($1, $2, $3)" },
    { "broken.gap", "SELECT $1, $3" },
    { "broken.sql", "SELEKT 1" },
    { "broken.two", "SELECT 1; SELECT 2" },
    { "maker.insert", "INSERT INTO maker (id, name) VALUES ($1, $2)" },
    { "part.add", "INSERT INTO part (id, maker, name, mass_kg, scan) VALUES ($1, $2, $3, $4, $5)" },
    { "part.count", "SELECT count(*) FROM part" },
    { "part.find", "SELECT name, mass_kg, scan, maker FROM part WHERE id = $1" },
    { "part.rename", "UPDATE part SET name = $2 WHERE id = $1" },
    { "part.swapped", "SELECT $2, $1, $2" },
};

static const tl_sql_schema test_schema = { test_migrations, TEST_COUNT(test_migrations),
                                           test_queries, TEST_COUNT(test_queries) };

#endif

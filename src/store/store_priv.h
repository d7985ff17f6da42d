/* store_priv.h - what the files of this folder share. */
#ifndef TL_STORE_STORE_PRIV_H
#define TL_STORE_STORE_PRIV_H

#include <sqlite3.h>

#include "store/backend.h"
#include "store/schema.h"
#include "store/store.h"

struct tl_pg;       /* a connection to PostgreSQL: postgres_priv.h */
struct tl_pg_query; /* a query there */

struct tl_query {
    tl_store *store;
    const char *name;
    int parameters;
    tl_status fault;     /* first failed binding since the last reset */
    int fault_parameter; /* where it was */
    sqlite3_stmt *stmt;
    int *slots; /* owned; SQLite's index of parameter $i, NULL where it is i */
    struct tl_pg_query *pg;
};

struct tl_store {
    const tl_backend *backend;
    char *address; /* owned; as messages name it, without a password */
    const tl_sql_schema *schema;
    tl_query **queries; /* owned; same order as schema->queries, NULL until first asked for */
    bool read_only;
    bool in_transaction;
    unsigned wait_ms; /* for another writer */
    sqlite3 *db;
    struct tl_pg *pg;
};

/* tl_store_open with a schema of the caller's, which must outlive the store. */
TL_MUST_CHECK tl_status tl_store_open_schema(tl_store **out, const char *address,
                                             const tl_store_opts *opts, const tl_sql_schema *schema,
                                             tl_error *err);

/* Runs SQL of this folder's own (transaction words, settings) or of a migration, which returns
 * nothing. */
TL_MUST_CHECK tl_status tl_store_exec(tl_store *s, const char *sql, tl_error *err);

/* First column of the only row of sql, as a number. */
TL_MUST_CHECK tl_status tl_store_scalar(tl_store *s, const char *sql, int64_t *out, tl_error *err);

/* Tells whether the database is ours, empty, or a stranger's (TL_EINPUT), or of a newer program
 * (TL_ECONFLICT). Changes nothing. */
TL_MUST_CHECK tl_status tl_store_recognise(tl_store *s, int64_t *version, tl_error *err);

/* Applies the migrations above the database's version, each in its own transaction. */
TL_MUST_CHECK tl_status tl_store_migrate(tl_store *s, tl_error *err);

/* A query that is not among the named ones; name (for messages) and text must outlive it. */
TL_MUST_CHECK tl_status tl_query_open(tl_store *s, const char *name, const char *text,
                                      tl_query **out, tl_error *err);
void tl_query_close(tl_query *q);

/* Releases every prepared statement. */
void tl_store_forget_queries(tl_store *s);

#endif

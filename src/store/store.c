/* store.c - opening and closing a database, and transactions.
 *
 * Nothing is written to a file before it was recognised as ours or empty. */
#include "store/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "store/store_priv.h"

enum { BUSY_MS = 10000 };

tl_status tl_store_exec(tl_store *s, const char *sql, tl_error *err)
{
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? TL_OK : tl_store_fault(s, rc, err);
}

tl_status tl_store_scalar(tl_store *s, const char *sql, int64_t *out, tl_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    tl_status st = rc == SQLITE_ROW ? TL_OK : tl_store_fault(s, rc, err);
    if (st == TL_OK)
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return st;
}

/* The file name in an address; NULL and an error for what we cannot open. */
static const char *file_of(const char *address, tl_error *err)
{
    const char *path = tl_text_starts(address, "sqlite:") ? address + strlen("sqlite:") : address;
    if (!*path) /* SQLite would silently make a temporary database */
        tl_fail(err, TL_EINPUT, "database address '%s' names no file", address);
    else if (tl_text_starts(path, "postgres:") || tl_text_starts(path, "postgresql:"))
        tl_fail(err, TL_EINPUT, "this program was built without PostgreSQL; give a file");
    else
        return path;
    return NULL;
}

static tl_status check_place(const char *path, const tl_store_opts *opts, tl_error *err)
{
    struct stat st;
    if (strcmp(path, ":memory:") == 0)
        return opts->read_only || opts->must_exist
                   ? tl_fail(err, TL_ENOTFOUND, "a database in memory begins empty")
                   : TL_OK;
    if (stat(path, &st) == 0)
        return S_ISREG(st.st_mode)
                   ? TL_OK
                   : tl_fail(err, TL_EINPUT, "%s: is no file, expected a database", path);
    if (errno != ENOENT)
        return tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
    if (opts->read_only || opts->must_exist)
        return tl_fail(err, TL_ENOTFOUND, "%s: no such database; 'tanlian init' makes one", path);
    return TL_OK;
}

/* What a connection is allowed to do, however the file came to be: no double-quoted strings, no
 * functions with side effects in a schema, no writing to SQLite's own tables. */
static tl_status harden(tl_store *s, tl_error *err)
{
    static const struct {
        int option, value;
    } options[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },   { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },     { SQLITE_DBCONFIG_DQS_DDL, 0 },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
    };
    int rc = sqlite3_extended_result_codes(s->db, 1);
    for (size_t i = 0; i < sizeof options / sizeof *options && rc == SQLITE_OK; i++)
        rc = sqlite3_db_config(s->db, options[i].option, options[i].value, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_busy_timeout(s->db, BUSY_MS);
    if (rc != SQLITE_OK)
        return tl_store_fault(s, rc, err);
    /* FULL: a commit that was answered survives a power cut. recursive_triggers: a REPLACE asks the
     * delete triggers. */
    return tl_store_exec(s,
                         "PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON; "
                         "PRAGMA cache_size = -32768",
                         err);
}

/* Switching to the log needs the file alone and does not wait by itself when two processes create
 * a database at the same moment. */
static tl_status use_log(tl_store *s, tl_error *err)
{
    double until = tl_clock_s() + BUSY_MS / 1000.0;
    int rc;
    do {
        sqlite3_stmt *stmt = NULL;
        rc = sqlite3_prepare_v2(s->db, "PRAGMA journal_mode = WAL", -1, &stmt, NULL);
        if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
            const char *mode = (const char *)sqlite3_column_text(stmt, 0);
            rc = mode && (!strcmp(mode, "wal") || !strcmp(mode, "memory")) ? SQLITE_OK
                                                                           : SQLITE_CANTOPEN;
        }
        sqlite3_finalize(stmt);
        if ((rc & 0xff) == SQLITE_BUSY)
            sqlite3_sleep(5);
    } while ((rc & 0xff) == SQLITE_BUSY && tl_clock_s() < until);
    return rc == SQLITE_OK ? TL_OK : tl_store_fault(s, rc, err);
}

static tl_status connect(tl_store *s, const char *path, const tl_store_opts *opts, tl_error *err)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= opts->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (!opts->read_only && !opts->must_exist)
        flags |= SQLITE_OPEN_CREATE;
    /* Debian's SQLite reads "file:..." as a URI whatever the flags say; a file of that name is
     * meant */
    char *name = sqlite3_mprintf(tl_text_starts(path, "file:") ? "./%s" : "%s", path);
    if (!name)
        return tl_fail_nomem(err);
    int rc = sqlite3_open_v2(name, &s->db, flags, NULL);
    sqlite3_free(name);
    return rc == SQLITE_OK ? TL_OK : tl_store_fault(s, rc, err);
}

tl_status tl_store_open_schema(tl_store **out, const char *address, const tl_store_opts *opts,
                               const tl_sql_schema *schema, tl_error *err)
{
    static const tl_store_opts none = { 0 };
    int64_t version;
    tl_status st;
    *out = NULL;
    opts = opts ? opts : &none;
    const char *path = file_of(address, err);
    if (!path)
        return TL_EINPUT;
    if ((st = check_place(path, opts, err)) != TL_OK)
        return st;
    tl_store *s = calloc(1, sizeof *s);
    if (!s)
        return tl_fail_nomem(err);
    s->schema = schema;
    s->read_only = opts->read_only;
    s->address = strdup(path);
    s->queries = tl_new_array(schema->query_count, sizeof *s->queries);
    if (!s->address || !s->queries)
        st = tl_fail_nomem(err);
    if (st == TL_OK && (st = connect(s, path, opts, err)) == TL_OK &&
        (st = harden(s, err)) == TL_OK && (st = tl_store_recognise(s, &version, err)) == TL_OK &&
        !opts->read_only && (st = use_log(s, err)) == TL_OK)
        st = tl_store_migrate(s, err);
    if (st != TL_OK) {
        tl_store_close(s);
        return st;
    }
    *out = s;
    return TL_OK;
}

tl_status tl_store_open(tl_store **out, const char *address, const tl_store_opts *opts,
                        tl_error *err)
{
    return tl_store_open_schema(out, address, opts, &tl_sql_schema_sqlite, err);
}

void tl_store_close(tl_store *s)
{
    if (!s)
        return;
    if (s->queries)
        tl_store_forget_queries(s);
    sqlite3_close(s->db); /* rolls back what is open */
    free(s->queries);
    free(s->address);
    free(s);
}

tl_status tl_store_begin(tl_store *s, tl_error *err)
{
    if (s->in_transaction)
        return tl_fail(err, TL_ECONFLICT, "a transaction is open already");
    /* IMMEDIATE: a writer waits here, and never fails half way for another writer */
    tl_status st = tl_store_exec(s, s->read_only ? "BEGIN" : "BEGIN IMMEDIATE", err);
    s->in_transaction = st == TL_OK;
    return st;
}

tl_status tl_store_commit(tl_store *s, tl_error *err)
{
    if (!s->in_transaction)
        return tl_fail(err, TL_ECONFLICT, "no transaction is open");
    tl_status st = tl_store_undone(s) ? tl_fail(err, TL_EIO,
                                                "%s: the transaction was undone by an earlier "
                                                "failure",
                                                s->address)
                                      : tl_store_exec(s, "COMMIT", err);
    if (st != TL_OK)
        tl_store_rollback(s);
    s->in_transaction = false;
    return st;
}

void tl_store_rollback(tl_store *s)
{
    if (!s->in_transaction)
        return;
    /* a full disk may have rolled back already */
    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->in_transaction = false;
}

bool tl_store_undone(const tl_store *s)
{
    return s->in_transaction && sqlite3_get_autocommit(s->db) != 0;
}

bool tl_store_in_transaction(const tl_store *s)
{
    return s->in_transaction;
}

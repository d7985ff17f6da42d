/* sqlite.c - a SQLite file: opening, settings, whose it is, transactions.
 *
 * Nothing is written to a file before it was recognised as ours or empty. SQLite keeps two numbers
 * in the file header and changes them within a transaction: application_id says whose file it is,
 * user_version the number of the last migration applied. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/text.h"
#include "store/sqlite_priv.h"

enum { APPLICATION_ID = 0x544C636E }; /* "TLcn" */

static tl_status run(tl_store *s, const char *sql, tl_error *err)
{
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? TL_OK : tl_sqlite_fault(s, rc, err);
}

static tl_status scalar(tl_store *s, const char *sql, int64_t *out, tl_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    tl_status st = rc == SQLITE_ROW ? TL_OK : tl_sqlite_fault(s, rc, err);
    if (st == TL_OK)
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return st;
}

static tl_status check_place(const char *path, const tl_store_opts *opts, tl_error *err)
{
    struct stat st;
    if (!*path) /* SQLite would silently make a temporary database */
        return tl_fail(err, TL_EINPUT, "database address '%s' names no file", path);
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
        rc = sqlite3_busy_timeout(s->db, (int)s->wait_ms);
    if (rc != SQLITE_OK)
        return tl_sqlite_fault(s, rc, err);
    /* FULL: a commit that was answered survives a power cut. recursive_triggers: a REPLACE asks the
     * delete triggers. */
    return run(s,
               "PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON; "
               "PRAGMA cache_size = -32768",
               err);
}

static tl_status connect(tl_store *s, const char *path, const tl_store_opts *opts, tl_error *err)
{
    tl_status st = check_place(path, opts, err);
    if (st != TL_OK)
        return st;
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
    return rc == SQLITE_OK ? harden(s, err) : tl_sqlite_fault(s, rc, err);
}

static void disconnect(tl_store *s)
{
    sqlite3_close(s->db); /* rolls back what is open */
}

/* Switching to the log needs the file alone and does not wait by itself when two processes create
 * a database at the same moment. */
static tl_status use_log(tl_store *s, tl_error *err)
{
    double until = tl_clock_s() + s->wait_ms / 1000.0;
    int rc;
    if (s->read_only)
        return TL_OK;
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
    return rc == SQLITE_OK ? TL_OK : tl_sqlite_fault(s, rc, err);
}

static tl_status version(tl_store *s, int64_t *out, tl_error *err)
{
    return scalar(s, "PRAGMA user_version", out, err);
}

/* The numbers as they stand at one moment: another process may be creating the database. */
static tl_status look(tl_store *s, bool *ours, bool *empty, int64_t *number, tl_error *err)
{
    int64_t application = 0, objects = 0;
    tl_status st = run(s, "BEGIN", err);
    if (st != TL_OK)
        return st;
    if ((st = scalar(s, "PRAGMA application_id", &application, err)) == TL_OK &&
        (st = version(s, number, err)) == TL_OK)
        st = scalar(s, "SELECT count(*) FROM sqlite_schema", &objects, err);
    tl_status end = run(s, "ROLLBACK", st == TL_OK ? err : NULL);
    *ours = application == APPLICATION_ID;
    *empty = application == 0 && *number == 0 && objects == 0;
    return st == TL_OK ? end : st;
}

static tl_status stamp(tl_store *s, int number, tl_error *err)
{
    char header[96];
    snprintf(header, sizeof header, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             APPLICATION_ID, number);
    return run(s, header, err);
}

static tl_status begin(tl_store *s, tl_error *err)
{
    /* IMMEDIATE: a writer waits here, and never fails half way for another writer */
    return run(s, s->read_only ? "BEGIN" : "BEGIN IMMEDIATE", err);
}

static tl_status commit(tl_store *s, tl_error *err)
{
    return run(s, "COMMIT", err);
}

static void rollback(tl_store *s)
{
    /* a full disk may have rolled back already */
    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

static bool undone(const tl_store *s)
{
    return sqlite3_get_autocommit(s->db) != 0;
}

static tl_status changes(tl_store *s, int64_t *out, tl_error *err)
{
    return scalar(s, "PRAGMA data_version", out, err);
}

const tl_backend tl_backend_sqlite = {
    .open = connect,
    .close = disconnect,
    .look = look,
    .settle = use_log,
    .version = version,
    .stamp = stamp,
    .exec = run,
    .scalar = scalar,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .undone = undone,
    .changes = changes,
    .check = tl_sqlite_check,
    .before_copy = tl_sqlite_before_copy,
    .after_copy = tl_sqlite_after_copy,
    .prepare = tl_sqlite_prepare,
    .forget = tl_sqlite_forget,
    .unbind = tl_sqlite_unbind,
    .bind_int = tl_sqlite_bind_int,
    .bind_number = tl_sqlite_bind_number,
    .bind_text = tl_sqlite_bind_text,
    .bind_blob = tl_sqlite_bind_blob,
    .bind_null = tl_sqlite_bind_null,
    .step = tl_sqlite_step,
    .reset = tl_sqlite_reset,
    .changed = tl_sqlite_changed,
    .is_null = tl_sqlite_is_null,
    .get_int = tl_sqlite_get_int,
    .get_number = tl_sqlite_get_number,
    .get_text = tl_sqlite_get_text,
    .get_blob = tl_sqlite_get_blob,
};

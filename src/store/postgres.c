/* postgres.c - a PostgreSQL database: connecting, settings, whose it is, transactions.
 *
 * All lives in the first schema of the search path ("public", or what the address says in
 * ?options=-csearch_path%3Dname), and the table tanlian_schema in it holds our mark and the number
 * of the last migration applied.
 *
 * As with SQLite one writes at a time: a transaction that may write takes a lock first that goes
 * with it, and sees all that was committed before. A store that only reads sees one state of the
 * data for the whole of a transaction. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "store/postgres_priv.h"

enum { APPLICATION_ID = 0x544C636E, OLDEST_SERVER = 130000 }; /* "TLcn" */

/* By schema: two of them in one database do not wait for each other. */
const char tl_pg_lock[] =
    "SELECT pg_advisory_xact_lock(1414292334, hashtext(current_schema()::text))";

#define SCHEMA "to_regnamespace(quote_ident(current_schema()::text))"

/* Whatever the server or the role has set otherwise. An answered commit is on the disk; a writer
 * waits so long as its options say; plans are not compiled, which takes longer than our queries do.
 */
static const char settings[] = "SET client_min_messages = warning;"
                               "SET jit = off;"
                               "SET default_transaction_isolation = 'read committed';"
                               "SET default_transaction_read_only = off;"
                               "SELECT set_config('synchronous_commit', 'on', false)"
                               " WHERE current_setting('synchronous_commit') = 'off'";

static void say_nothing(void *ctx, const PGresult *result)
{
    (void)ctx, (void)result;
}

/* The result of SQL without values; NULL and an error, or rows in it if rows are wanted. */
static PGresult *ask(tl_store *s, const char *sql, tl_error *err)
{
    tl_pg_settle(s);
    PGresult *r = PQexec(s->pg->conn, sql);
    ExecStatusType got = PQresultStatus(r);
    if (got == PGRES_COMMAND_OK || got == PGRES_TUPLES_OK || got == PGRES_EMPTY_QUERY)
        return r;
    tl_pg_fault(s, r, err);
    PQclear(r);
    return NULL;
}

tl_status tl_pg_exec(tl_store *s, const char *sql, tl_error *err)
{
    tl_error why = { 0 };
    PGresult *r = ask(s, sql, &why);
    if (!r && err)
        *err = why;
    PQclear(r);
    return r ? TL_OK : why.status;
}

/* A statement that fails in a transaction is undone alone, as with SQLite. */
static tl_status run(tl_store *s, const char *sql, tl_error *err)
{
    tl_status st = s->in_transaction ? TL_OK : tl_pg_ensure(s, err);
    if (st != TL_OK || !s->in_transaction)
        return st == TL_OK ? tl_pg_exec(s, sql, err) : st;
    if ((st = tl_pg_exec(s, "SAVEPOINT by_hand", err)) != TL_OK)
        return st;
    st = tl_pg_exec(s, sql, err);
    if (st != TL_OK && PQtransactionStatus(s->pg->conn) == PQTRANS_INERROR)
        PQclear(PQexec(s->pg->conn, "ROLLBACK TO SAVEPOINT by_hand"));
    return st == TL_OK ? tl_pg_exec(s, "RELEASE SAVEPOINT by_hand", err) : st;
}

/* The numbers of one row; a NULL counts as 0. */
static tl_status numbers(tl_store *s, const char *sql, int64_t *out, int n, tl_error *err)
{
    tl_error why = { 0 };
    PGresult *r = ask(s, sql, &why);
    tl_status st = r ? TL_OK : why.status;
    if (!r && err)
        *err = why;
    if (r && (PQntuples(r) != 1 || PQnfields(r) != n))
        st = tl_fail(err, TL_EIO, "%s: expected one row of %d", s->address, n);
    for (int i = 0; i < n && st == TL_OK; i++) {
        out[i] = 0;
        if (!PQgetisnull(r, 0, i))
            st = tl_int_parse(PQgetvalue(r, 0, i), INT64_MIN, INT64_MAX, &out[i], err);
    }
    PQclear(r);
    return st;
}

static tl_status scalar(tl_store *s, const char *sql, int64_t *out, tl_error *err)
{
    return numbers(s, sql, out, 1, err);
}

/* What every new connection needs. */
static tl_status begin_session(tl_store *s, tl_error *err)
{
    PGconn *c = s->pg->conn;
    if (PQstatus(c) != CONNECTION_OK)
        return tl_pg_fault(s, NULL, err);
    PQsetNoticeReceiver(c, say_nothing, NULL);
    const char *encoding = PQparameterStatus(c, "server_encoding");
    if (PQserverVersion(c) < OLDEST_SERVER)
        return tl_fail(err, TL_EINPUT, "%s: the server is older than PostgreSQL %d", s->address,
                       OLDEST_SERVER / 10000);
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return tl_fail(err, TL_EINPUT, "%s: the database is in encoding %s, expected UTF8",
                       s->address, encoding ? encoding : "?");
    char wait[48];
    snprintf(wait, sizeof wait, "SET lock_timeout = %u", s->wait_ms);
    tl_status st = tl_pg_exec(s, settings, err);
    if (st == TL_OK)
        st = tl_pg_exec(s, wait, err);
    if (st == TL_OK && s->read_only)
        st = tl_pg_exec(s, "SET default_transaction_read_only = on", err);
    if (st == TL_OK)
        s->pg->session++;
    return st;
}

/* An '@' or '/' that stands for itself in a password would make libpq take its end for the host,
 * and say it in its messages. */
static tl_status check_address(const tl_store *s, const char *address, tl_error *err)
{
    const char *user = strstr(address, "://");
    if (!user)
        return tl_fail(err, TL_EINPUT,
                       "a PostgreSQL address is postgresql://USER@HOST:PORT/DATABASE");
    user += 3;
    size_t n = strcspn(user, "?"), at = n;
    while (at > 0 && user[at] != '@')
        at--;
    if (at > 0 && strcspn(user, "/@") < at)
        return tl_fail(err, TL_EINPUT, "%s: in user and password '@' is written %%40 and '/' %%2F",
                       s->address);
    if (strstr(s->address, ":***") && at == 0)
        return tl_fail(err, TL_EINPUT, "%s: names a password and no host", s->address);
    PQconninfoOption *options = PQconninfoParse(address, NULL);
    PQconninfoFree(options);
    return options ? TL_OK
                   : tl_fail(err, TL_EINPUT,
                             "%s: is no PostgreSQL address, expected "
                             "postgresql://USER@HOST:PORT/DATABASE?SETTING=VALUE",
                             s->address);
}

static tl_status connect(tl_store *s, const char *address, const tl_store_opts *opts, tl_error *err)
{
    /* later ones win */
    static const char *const names[] = { "fallback_application_name", "connect_timeout", "dbname",
                                         "client_encoding", NULL };
    const char *const values[] = { "tanlian", "10", address, "UTF8", NULL };
    (void)opts; /* a database is not created: that is for who runs the server */
    tl_status st = check_address(s, address, err);
    if (st != TL_OK)
        return st;
    if (!(s->pg = calloc(1, sizeof *s->pg)) || !(s->pg->conn = PQconnectdbParams(names, values, 1)))
        return tl_fail_nomem(err);
    return begin_session(s, err);
}

static void disconnect(tl_store *s)
{
    if (s->pg)
        PQfinish(s->pg->conn); /* rolls back what is open */
    free(s->pg);
}

bool tl_pg_went_away(const tl_store *s)
{
    return !s->in_transaction && PQstatus(s->pg->conn) != CONNECTION_OK;
}

tl_status tl_pg_ensure(tl_store *s, tl_error *err)
{
    int64_t version;
    if (!tl_pg_went_away(s))
        return TL_OK;
    tl_pg_settle(s);
    s->pg->savepoint = false;
    PQreset(s->pg->conn);
    tl_status st = begin_session(s, err);
    return st == TL_OK && s->pg->session > 1 ? tl_store_recognise(s, &version, err) : st;
}

static tl_status version(tl_store *s, int64_t *out, tl_error *err)
{
    int64_t there = 0;
    *out = 0;
    tl_status st = scalar(s,
                          "SELECT count(*) FROM pg_class WHERE relname = 'tanlian_schema'"
                          " AND relnamespace = " SCHEMA,
                          &there, err);
    if (st != TL_OK || !there)
        return st;
    return scalar(s, "SELECT max(version) FROM tanlian_schema WHERE application = 1414292334", out,
                  err);
}

/* One statement, so one moment: another process may be creating the schema. Tables that belong to
 * an extension of the server are nobody's. */
static tl_status look(tl_store *s, bool *ours, bool *empty, int64_t *number, tl_error *err)
{
    int64_t seen[3];
    tl_status st = numbers(s,
                           "SELECT (" SCHEMA " IS NULL)::int,"
                           " count(*) FILTER (WHERE relname = 'tanlian_schema'), count(*)"
                           " FROM pg_class c WHERE relnamespace = " SCHEMA
                           " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid"
                           " AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')",
                           seen, 3, err);
    if (st != TL_OK)
        return st;
    if (seen[0])
        return tl_fail(err, TL_ENOTFOUND, "%s: there is no schema to work in (search_path)",
                       s->address);
    *ours = seen[1] > 0;
    *empty = seen[2] == 0;
    return *ours ? version(s, number, err) : TL_OK;
}

static tl_status stamp(tl_store *s, int number, tl_error *err)
{
    char sql[300];
    snprintf(sql, sizeof sql,
             "CREATE TABLE IF NOT EXISTS tanlian_schema (application BIGINT NOT NULL PRIMARY KEY,"
             " version BIGINT NOT NULL);"
             "INSERT INTO tanlian_schema VALUES (%d, %d)"
             " ON CONFLICT (application) DO UPDATE SET version = excluded.version",
             APPLICATION_ID, number);
    return tl_pg_exec(s, sql, err);
}

static tl_status begin(tl_store *s, tl_error *err)
{
    static const char reading[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    char writing[160];
    snprintf(writing, sizeof writing, "BEGIN; %s", tl_pg_lock);
    tl_pg_settle(s);
    tl_status st = tl_pg_ensure(s, err);
    if (st != TL_OK)
        return st;
    tl_error why = { 0 };
    st = tl_pg_exec(s, s->read_only ? reading : writing, &why);
    if (st != TL_OK && tl_pg_went_away(s)) /* once more on a new connection: nothing was done yet */
        st = tl_pg_ensure(s, &why) == TL_OK ? tl_pg_exec(s, s->read_only ? reading : writing, &why)
                                            : why.status;
    if (st != TL_OK && err)
        *err = why;
    if (st != TL_OK && PQtransactionStatus(s->pg->conn) != PQTRANS_IDLE)
        PQclear(PQexec(s->pg->conn, "ROLLBACK")); /* the lock was not to be had */
    s->pg->savepoint = false;
    return st;
}

static tl_status commit(tl_store *s, tl_error *err)
{
    tl_status st = tl_pg_exec(s, "COMMIT", err);
    if (st != TL_OK && PQstatus(s->pg->conn) != CONNECTION_OK)
        return tl_fail(err, TL_EIO,
                       "%s: the connection was lost while a change was committed; whether it was "
                       "kept is not known",
                       s->address);
    return st;
}

static void rollback(tl_store *s)
{
    tl_pg_settle(s);
    if (PQstatus(s->pg->conn) == CONNECTION_OK && PQtransactionStatus(s->pg->conn) != PQTRANS_IDLE)
        PQclear(PQexec(s->pg->conn, "ROLLBACK"));
    s->pg->savepoint = false;
}

static bool undone(const tl_store *s)
{
    PGTransactionStatusType now = PQtransactionStatus(s->pg->conn);
    return PQstatus(s->pg->conn) != CONNECTION_OK ||
           (now != PQTRANS_INTRANS && now != PQTRANS_ACTIVE);
}

static int64_t changed(const tl_query *q)
{
    return q->store->pg->changed;
}

/* Which transactions are over, as a number: it also moves for a change in another database of the
 * server. */
static tl_status changes(tl_store *s, int64_t *out, tl_error *err)
{
    tl_status st = tl_pg_ensure(s, err);
    return st == TL_OK ? scalar(s, "SELECT hashtext(pg_current_snapshot()::text)", out, err) : st;
}

const tl_backend tl_backend_postgres = {
    .open = connect,
    .close = disconnect,
    .look = look,
    .version = version,
    .stamp = stamp,
    .exec = run,
    .scalar = scalar,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .undone = undone,
    .changes = changes,
    .check = tl_pg_check,
    .before_copy = tl_pg_before_copy,
    .after_copy = tl_pg_after_copy,
    .prepare = tl_pg_prepare,
    .forget = tl_pg_forget,
    .unbind = tl_pg_unbind,
    .bind_int = tl_pg_bind_int,
    .bind_number = tl_pg_bind_number,
    .bind_text = tl_pg_bind_text,
    .bind_blob = tl_pg_bind_blob,
    .bind_null = tl_pg_bind_null,
    .step = tl_pg_step,
    .reset = tl_pg_reset,
    .changed = changed,
    .is_null = tl_pg_is_null,
    .get_int = tl_pg_get_int,
    .get_number = tl_pg_get_number,
    .get_text = tl_pg_get_text,
    .get_blob = tl_pg_get_blob,
};

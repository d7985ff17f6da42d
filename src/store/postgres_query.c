/* postgres_query.c - prepared statements of PostgreSQL: sent, and their rows taken.
 *
 * A query that reads is sent as it is, and its rows are taken one by one as they come. The
 * connection is busy until the last of them, so whoever needs it first has the rest put by
 * (tl_pg_settle).
 *
 * A query that writes goes in one message with what must stand around it. In a transaction that is
 * a savepoint: a refused row must not undo the rows before it, as it would on PostgreSQL by itself
 * and does not on SQLite. Outside of one it is a transaction with the writers' lock. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "store/postgres_priv.h"

static bool writes(const char *text)
{
    static const char *const words[] = { "INSERT", "UPDATE", "DELETE" };
    text += strspn(text, " \n\t");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncasecmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

void tl_pg_forget(tl_query *q)
{
    struct tl_pg_query *pg = q->pg;
    if (!pg)
        return;
    tl_pg_reset(q);
    for (int i = 0; pg->values && i < q->parameters; i++)
        free(pg->values[i].bytes);
    free(pg->values);
    free(pg->types);
    free(pg->cells);
    free(pg->words);
    free(pg);
}

static bool known_type(Oid type)
{
    static const Oid types[] = { TL_PG_BOOL, TL_PG_BYTEA, TL_PG_INT8,   TL_PG_INT2,
                                 TL_PG_INT4, TL_PG_TEXT,  TL_PG_FLOAT4, TL_PG_FLOAT8 };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i] == type)
            return true;
    return false;
}

/* Types of parameters and columns, as the server understood the query. */
static tl_status take_types(tl_query *q, const PGresult *d, tl_error *err)
{
    struct tl_pg_query *pg = q->pg;
    if (pg->values) /* prepared anew on another connection: the same types */
        return TL_OK;
    int columns = PQnfields(d);
    if (PQnparams(d) > TL_PG_PARAMETERS)
        return tl_fail(err, TL_EINPUT, "query %s: more than %d parameters", q->name,
                       (int)TL_PG_PARAMETERS);
    pg->values = tl_new_array((size_t)PQnparams(d), sizeof *pg->values);
    pg->types = tl_new_array((size_t)columns, sizeof *pg->types);
    pg->cells = tl_new_array((size_t)columns, sizeof *pg->cells);
    pg->words = tl_new_array((size_t)columns, sizeof *pg->words);
    if (!pg->values || !pg->types || !pg->cells || !pg->words)
        return tl_fail_nomem(err);
    q->parameters = PQnparams(d);
    pg->columns = columns;
    for (int i = 0; i < q->parameters; i++)
        if (!known_type(pg->values[i].type = PQparamtype(d, i)))
            return tl_fail(err, TL_EINPUT, "query %s: the type of $%d is not clear, give it a CAST",
                           q->name, i + 1);
    for (int i = 0; i < columns; i++)
        if (!known_type(pg->types[i] = PQftype(d, i)))
            return tl_fail(err, TL_EINPUT,
                           "query %s: column %d is of a type (%u) that is not read, give it a CAST",
                           q->name, i, PQftype(d, i));
    return TL_OK;
}

/* In the present session. */
static tl_status prepare_here(tl_query *q, tl_error *err)
{
    tl_store *s = q->store;
    tl_pg_settle(s);
    /* a name of its own each time: the one before may have been prepared and then forgotten */
    snprintf(q->pg->name, sizeof q->pg->name, "q%u", s->pg->statements++);
    PGresult *r = PQprepare(s->pg->conn, q->pg->name, q->pg->text, 0, NULL);
    tl_status st = PQresultStatus(r) == PGRES_COMMAND_OK
                       ? TL_OK
                       : tl_context(err, tl_pg_fault(s, r, err), "query %s", q->name);
    PQclear(r);
    if (st != TL_OK)
        return st;
    r = PQdescribePrepared(s->pg->conn, q->pg->name);
    st = PQresultStatus(r) == PGRES_COMMAND_OK ? take_types(q, r, err) : tl_pg_fault(s, r, err);
    PQclear(r);
    if (st == TL_OK)
        q->pg->session = s->pg->session;
    return st;
}

/* The same; where the server went away since the last query, once more on a new connection. */
static tl_status prepare_anywhere(tl_query *q, tl_error *err)
{
    tl_store *s = q->store;
    tl_error why = { 0 };
    tl_status st = prepare_here(q, &why);
    if (st != TL_OK && tl_pg_went_away(s))
        return (st = tl_pg_ensure(s, err)) == TL_OK ? prepare_here(q, err) : st;
    if (st != TL_OK && err)
        *err = why;
    return st;
}

tl_status tl_pg_prepare(tl_query *q, const char *text, tl_error *err)
{
    if (!(q->pg = calloc(1, sizeof *q->pg)))
        return tl_fail_nomem(err);
    q->pg->text = text;
    q->pg->writes = writes(text);
    tl_status st = tl_pg_ensure(q->store, err);
    return st == TL_OK ? prepare_anywhere(q, err) : st;
}

/* Rows of the server that nobody reads any more. */
static void drop_rows(PGconn *conn)
{
    PGresult *r;
    while ((r = PQgetResult(conn)))
        PQclear(r);
}

void tl_pg_reset(tl_query *q)
{
    struct tl_pg_query *pg = q->pg;
    if (!pg)
        return;
    if (q->store->pg->live == q) {
        drop_rows(q->store->pg->conn);
        q->store->pg->live = NULL;
    }
    PQclear(pg->result);
    pg->result = NULL;
    pg->row = 0;
    tl_pg_rows_clear(&pg->rest);
    pg->late = TL_OK;
    pg->state = TL_PG_IDLE;
}

void tl_pg_settle(tl_store *s)
{
    tl_query *q = s->pg->live;
    if (!q)
        return;
    struct tl_pg_query *pg = q->pg;
    PGresult *r;
    while ((r = PQgetResult(s->pg->conn))) {
        ExecStatusType got = PQresultStatus(r);
        if (pg->late == TL_OK && got == PGRES_SINGLE_TUPLE)
            pg->late = tl_pg_rows_add(&pg->rest, r, &pg->late_error);
        else if (pg->late == TL_OK && got != PGRES_TUPLES_OK)
            pg->late = tl_pg_fault(s, r, &pg->late_error);
        PQclear(r);
    }
    s->pg->live = NULL;
    pg->state = TL_PG_KEPT;
}

static bool send_query(tl_query *q)
{
    const char *values[TL_PG_PARAMETERS];
    int lengths[TL_PG_PARAMETERS], formats[TL_PG_PARAMETERS];
    for (int i = 0; i < q->parameters; i++) {
        values[i] = q->pg->values[i].p;
        lengths[i] = (int)q->pg->values[i].n;
        formats[i] = 1;
    }
    return PQsendQueryPrepared(q->store->pg->conn, q->pg->name, q->parameters, values, lengths,
                               formats, 1) == 1;
}

/* The next row that comes; the connection is free again behind the last. */
static tl_status next_live(tl_query *q, bool *row, tl_error *err)
{
    struct tl_pg *c = q->store->pg;
    PQclear(q->pg->result);
    PGresult *r = q->pg->result = PQgetResult(c->conn);
    *row = PQresultStatus(r) == PGRES_SINGLE_TUPLE;
    if (*row)
        return TL_OK;
    tl_status st = PQresultStatus(r) == PGRES_TUPLES_OK || PQresultStatus(r) == PGRES_COMMAND_OK
                       ? TL_OK
                       : tl_pg_fault(q->store, r, err);
    drop_rows(c->conn);
    c->live = NULL;
    return st;
}

static tl_status start_read(tl_query *q, bool *row, tl_error *err)
{
    struct tl_pg *c = q->store->pg;
    if (!send_query(q) || !PQsetSingleRowMode(c->conn))
        return tl_pg_fault(q->store, NULL, err);
    c->live = q;
    q->pg->state = TL_PG_LIVE;
    return next_live(q, row, err);
}

/* Sends the write and what stands around it; false when libpq could not. */
static int send_write(tl_query *q, bool alone)
{
    static const char *const release = "RELEASE SAVEPOINT tanlian", *set = "SAVEPOINT tanlian";
    struct tl_pg *c = q->store->pg;
    const char *const before[] = { alone          ? "BEGIN"
                                   : c->savepoint ? release
                                                  : set,
                                   alone          ? tl_pg_lock
                                   : c->savepoint ? set
                                                  : NULL };
    int sent = 0;
    for (size_t i = 0; i < 2 && before[i] && (alone || !c->copying); i++)
        if (!PQsendQueryParams(c->conn, before[i], 0, NULL, NULL, NULL, NULL, 1))
            return -1;
        else
            sent++;
    if (!send_query(q))
        return -1;
    if (alone && !PQsendQueryParams(c->conn, "COMMIT", 0, NULL, NULL, NULL, NULL, 1))
        return -1;
    return PQpipelineSync(c->conn) ? sent : -1;
}

/* Takes all that comes back. The result of command number `which` is kept; the first that failed is
 * told. */
static tl_status take_answers(tl_query *q, int which, tl_error *err)
{
    tl_store *s = q->store;
    tl_status st = TL_OK;
    for (int n = 0;;) {
        PGresult *r = PQgetResult(s->pg->conn);
        ExecStatusType got = PQresultStatus(r);
        bool good = got == PGRES_COMMAND_OK || got == PGRES_TUPLES_OK;
        if (!r) { /* the end of one command */
            n++;
            if (PQstatus(s->pg->conn) == CONNECTION_OK)
                continue;
            return st != TL_OK ? st : tl_pg_fault(s, NULL, err);
        }
        if (good && n == which)
            q->pg->result = r;
        else if (!good && got != PGRES_PIPELINE_SYNC && got != PGRES_PIPELINE_ABORTED &&
                 st == TL_OK)
            st = tl_pg_fault(s, r, err);
        if (q->pg->result != r)
            PQclear(r);
        if (got == PGRES_PIPELINE_SYNC)
            return st;
    }
}

/* After a write that failed: the transaction as it was before it. */
static void undo_write(tl_store *s, bool alone)
{
    if (PQstatus(s->pg->conn) != CONNECTION_OK || PQtransactionStatus(s->pg->conn) == PQTRANS_IDLE)
        return;
    if (alone || !s->pg->copying)
        PQclear(PQexec(s->pg->conn, alone ? "ROLLBACK" : "ROLLBACK TO SAVEPOINT tanlian"));
}

static tl_status write_rows(tl_query *q, bool *row, tl_error *err)
{
    tl_store *s = q->store;
    bool alone = !s->in_transaction;
    if (!PQenterPipelineMode(s->pg->conn))
        return tl_pg_fault(s, NULL, err);
    int place = send_write(q, alone);
    tl_status st = place >= 0 ? take_answers(q, place, err) : tl_pg_fault(s, NULL, err);
    if (!PQexitPipelineMode(s->pg->conn)) { /* half sent: nothing more can be said on it */
        st = st == TL_OK ? tl_pg_fault(s, NULL, err) : st;
        shutdown(PQsocket(s->pg->conn), SHUT_RDWR);
    }
    if (!alone && !s->pg->copying)
        s->pg->savepoint = true;
    if (st != TL_OK) {
        undo_write(s, alone);
        return st;
    }
    int64_t changed = 0;
    if (tl_int_parse(PQcmdTuples(q->pg->result), 0, INT64_MAX, &changed, NULL) == TL_OK)
        s->pg->changed = changed;
    q->pg->state = TL_PG_WHOLE;
    *row = PQntuples(q->pg->result) > 0;
    return TL_OK;
}

static tl_status start(tl_query *q, bool *row, tl_error *err)
{
    tl_store *s = q->store;
    tl_pg_settle(s);
    tl_status st = tl_pg_ensure(s, err);
    if (st == TL_OK && q->pg->session != s->pg->session)
        st = prepare_anywhere(q, err);
    if (st != TL_OK)
        return st;
    if (q->pg->writes && !s->read_only)
        return write_rows(q, row, err);
    tl_error why = { 0 };
    st = start_read(q, row, &why);
    if (st == TL_OK || !tl_pg_went_away(s)) {
        if (st != TL_OK && err)
            *err = why;
        return st;
    }
    tl_pg_reset(q); /* once more on a new connection: nothing was changed */
    if ((st = tl_pg_ensure(s, err)) == TL_OK && (st = prepare_here(q, err)) == TL_OK)
        st = start_read(q, row, err);
    return st;
}

static tl_status next_kept(tl_query *q, bool *row, tl_error *err)
{
    struct tl_pg_query *pg = q->pg;
    PQclear(pg->result);
    pg->result = NULL;
    tl_status st = tl_pg_rows_next(&pg->rest, pg->cells, pg->columns, row, err);
    if (st == TL_OK && !*row && pg->late != TL_OK) {
        st = pg->late;
        if (err)
            *err = pg->late_error;
    }
    return st;
}

tl_status tl_pg_step(tl_query *q, bool *row, tl_error *err)
{
    switch (q->pg->state) {
    case TL_PG_IDLE:
        return start(q, row, err);
    case TL_PG_LIVE:
        return next_live(q, row, err);
    case TL_PG_KEPT:
        return next_kept(q, row, err);
    case TL_PG_WHOLE:
        break;
    }
    *row = ++q->pg->row < PQntuples(q->pg->result);
    return TL_OK;
}

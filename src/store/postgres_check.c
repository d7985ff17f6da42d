/* postgres_check.c - can every row be read, and does every reference lead somewhere?
 *
 * The server keeps references by itself; they are looked through all the same, since a restore or
 * an administrator can switch that off. Damage of the storage shows where a row is read whole:
 * what the checksums of the pages or the decompression of a long value find is an error. */
#include <stdlib.h>
#include <string.h>

#include "store/postgres_priv.h"

#define OURS " = to_regnamespace(quote_ident(current_schema()::text))"

/* Statements that read each table whole. */
static const char readers[] =
    "SELECT format('SELECT sum(length(t::text)) FROM %I t', relname), '', '' FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace" OURS " ORDER BY relname";

/* Statements that count the rows whose reference leads nowhere. A NULL in it refers to nothing. */
static const char references[] =
    "SELECT format('SELECT count(*) FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE "
    "%s)', k.conrelid::regclass, string_agg(format('c.%I IS NOT NULL', a.attname), ' AND '),"
    " k.confrelid::regclass, string_agg(format('p.%I = c.%I', b.attname, a.attname), ' AND ')),"
    " k.conrelid::regclass, k.confrelid::regclass"
    " FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u (mine, other)"
    " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.mine"
    " JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.other"
    " WHERE k.contype = 'f' AND k.connamespace" OURS
    " GROUP BY k.oid, k.conrelid, k.confrelid, k.conname ORDER BY k.conname";

/* Runs each statement that `list` gives; one that counts something has found it. */
static tl_status run_each(tl_store *s, const char *list, tl_error *err)
{
    tl_pg_settle(s);
    PGresult *all = PQexec(s->pg->conn, list);
    tl_status st = PQresultStatus(all) == PGRES_TUPLES_OK ? TL_OK : tl_pg_fault(s, all, err);
    for (int i = 0; i < PQntuples(all) && st == TL_OK; i++) {
        PGresult *r = PQexec(s->pg->conn, PQgetvalue(all, i, 0));
        if (PQresultStatus(r) != PGRES_TUPLES_OK)
            st = tl_pg_fault(s, r, err);
        else if (*PQgetvalue(all, i, 1) && strcmp(PQgetvalue(r, 0, 0), "0") != 0)
            st = tl_fail(err, TL_ECONFLICT, "%s: %s rows of table %s refer to nothing in %s",
                         s->address, PQgetvalue(r, 0, 0), PQgetvalue(all, i, 1),
                         PQgetvalue(all, i, 2));
        PQclear(r);
    }
    PQclear(all);
    return st;
}

static tl_status check_all(tl_store *s, tl_error *err)
{
    tl_status st = run_each(s, readers, err);
    return st == TL_OK ? run_each(s, references, err) : st;
}

tl_status tl_pg_check(tl_store *s, tl_error *err)
{
    if (!s->in_transaction) {
        tl_status st = tl_pg_ensure(s, err);
        return st == TL_OK ? check_all(s, err) : st;
    }
    /* what is found must not end the transaction: other checks follow */
    tl_status st = tl_pg_exec(s, "SAVEPOINT check_all", err);
    if (st != TL_OK)
        return st;
    st = check_all(s, err);
    PQclear(PQexec(s->pg->conn, "ROLLBACK TO SAVEPOINT check_all"));
    return st;
}

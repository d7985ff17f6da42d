/* sqlite_query.c - prepared statements of SQLite: bound, stepped, read.
 *
 * SQLite numbers "$2, $1" by first appearance, PostgreSQL by the digits; we go by the digits. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "store/sqlite_priv.h"

void tl_sqlite_forget(tl_query *q)
{
    sqlite3_finalize(q->stmt);
    free(q->slots);
}

/* Fills q->slots: which of SQLite's parameters is $i. */
static tl_status number_parameters(tl_query *q, tl_error *err)
{
    int n = sqlite3_bind_parameter_count(q->stmt);
    q->slots = tl_new_array((size_t)n + 1, sizeof *q->slots);
    if (!q->slots)
        return tl_fail_nomem(err);
    for (int i = 1; i <= n; i++) {
        const char *name = sqlite3_bind_parameter_name(q->stmt, i);
        int64_t number = 0;
        if (!name || tl_int_parse(name + 1, 1, n, &number, NULL) != TL_OK || q->slots[number])
            return tl_fail(err, TL_EINPUT,
                           "query %s: parameter '%s', expected $1 to $%d without gaps", q->name,
                           name ? name : "?", n);
        q->slots[number] = i;
    }
    q->parameters = n;
    return TL_OK;
}

tl_status tl_sqlite_prepare(tl_query *q, const char *text, tl_error *err)
{
    const char *tail = "";
    int rc = sqlite3_prepare_v3(q->store->db, text, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, &tail);
    if (rc != SQLITE_OK)
        return tl_context(err, tl_sqlite_fault(q->store, rc, err), "query %s", q->name);
    if (!q->stmt || tail[strspn(tail, " \n\t;")])
        return tl_fail(err, TL_EINPUT, "query %s: expected one statement", q->name);
    return number_parameters(q, err);
}

void tl_sqlite_unbind(tl_query *q)
{
    sqlite3_clear_bindings(q->stmt);
}

static tl_status of_bind(int rc)
{
    return rc == SQLITE_OK       ? TL_OK
           : rc == SQLITE_NOMEM  ? TL_ENOMEM
           : rc == SQLITE_TOOBIG ? TL_EINPUT
                                 : TL_EIO;
}

tl_status tl_sqlite_bind_int(tl_query *q, int parameter, int64_t v)
{
    return of_bind(sqlite3_bind_int64(q->stmt, q->slots[parameter], v));
}

tl_status tl_sqlite_bind_number(tl_query *q, int parameter, double v)
{
    return of_bind(sqlite3_bind_double(q->stmt, q->slots[parameter], v));
}

tl_status tl_sqlite_bind_text(tl_query *q, int parameter, const char *p, size_t n)
{
    return of_bind(
        sqlite3_bind_text64(q->stmt, q->slots[parameter], p, n, SQLITE_TRANSIENT, SQLITE_UTF8));
}

tl_status tl_sqlite_bind_blob(tl_query *q, int parameter, const void *p, size_t n)
{
    return of_bind(sqlite3_bind_blob64(q->stmt, q->slots[parameter], p, n, SQLITE_TRANSIENT));
}

tl_status tl_sqlite_bind_null(tl_query *q, int parameter)
{
    return of_bind(sqlite3_bind_null(q->stmt, q->slots[parameter]));
}

tl_status tl_sqlite_step(tl_query *q, bool *row, tl_error *err)
{
    int rc = sqlite3_step(q->stmt);
    *row = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? TL_OK : tl_sqlite_fault(q->store, rc, err);
}

void tl_sqlite_reset(tl_query *q)
{
    sqlite3_reset(q->stmt); /* repeats the failure step has told already */
}

int64_t tl_sqlite_changed(const tl_query *q)
{
    return sqlite3_changes64(q->store->db);
}

bool tl_sqlite_is_null(tl_query *q, int column)
{
    return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

int64_t tl_sqlite_get_int(tl_query *q, int column)
{
    return sqlite3_column_int64(q->stmt, column);
}

double tl_sqlite_get_number(tl_query *q, int column)
{
    return sqlite3_column_double(q->stmt, column);
}

const char *tl_sqlite_get_text(tl_query *q, int column)
{
    return (const char *)sqlite3_column_text(q->stmt, column);
}

const void *tl_sqlite_get_blob(tl_query *q, int column, size_t *n)
{
    const void *p = sqlite3_column_blob(q->stmt, column);
    *n = (size_t)sqlite3_column_bytes(q->stmt, column);
    return p ? p : (*n == 0 && !tl_sqlite_is_null(q, column) ? "" : NULL);
}

/* query.c - named queries: prepared once, bound, stepped.
 *
 * SQLite numbers "$2, $1" by first appearance, PostgreSQL by the digits; we go by the digits. */
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "store/store_priv.h"

static int by_name(const void *name, const void *query)
{
    return strcmp(name, ((const tl_sql_query *)query)->name);
}

static void query_free(tl_query *q)
{
    if (!q)
        return;
    sqlite3_finalize(q->stmt);
    free(q->slots);
    free(q);
}

void tl_store_forget_queries(tl_store *s)
{
    for (size_t i = 0; i < s->schema->query_count; i++) {
        query_free(s->queries[i]);
        s->queries[i] = NULL;
    }
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

static tl_status prepare(tl_store *s, const tl_sql_query *text, tl_query **out, tl_error *err)
{
    const char *tail = "";
    tl_query *q = calloc(1, sizeof *q);
    if (!q)
        return tl_fail_nomem(err);
    q->store = s;
    q->name = text->name;
    int rc = sqlite3_prepare_v3(s->db, text->text, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, &tail);
    tl_status st;
    if (rc != SQLITE_OK)
        st = tl_context(err, tl_store_fault(s, rc, err), "query %s", text->name);
    else if (!q->stmt || tail[strspn(tail, " \n\t;")])
        st = tl_fail(err, TL_EINPUT, "query %s: expected one statement", text->name);
    else
        st = number_parameters(q, err);
    if (st != TL_OK)
        query_free(q);
    else
        *out = q;
    return st;
}

tl_status tl_store_query(tl_store *s, const char *name, tl_query **out, tl_error *err)
{
    *out = NULL;
    const tl_sql_query *text = bsearch(name, s->schema->queries, s->schema->query_count,
                                       sizeof *s->schema->queries, by_name);
    assert(text && "no such query under sql/queries");
    if (!text)
        return tl_fail(err, TL_EINPUT, "no query '%s'", name);
    tl_query **slot = &s->queries[text - s->schema->queries];
    if (!*slot) {
        tl_status st = prepare(s, text, slot, err);
        if (st != TL_OK)
            return st;
    }
    tl_query_reset(*slot);
    sqlite3_clear_bindings((*slot)->stmt);
    *out = *slot;
    return TL_OK;
}

static int slot_of(const tl_query *q, int parameter)
{
    assert(parameter >= 1 && parameter <= q->parameters);
    return parameter >= 1 && parameter <= q->parameters ? q->slots[parameter] : 0;
}

/* Keeps the first failure for step to tell. */
static void note(tl_query *q, int parameter, tl_status st)
{
    if (q->fault != TL_OK || st == TL_OK)
        return;
    q->fault = st;
    q->fault_parameter = parameter;
}

static tl_status of_bind(int rc)
{
    return rc == SQLITE_OK       ? TL_OK
           : rc == SQLITE_NOMEM  ? TL_ENOMEM
           : rc == SQLITE_TOOBIG ? TL_EINPUT
                                 : TL_EIO;
}

void tl_query_int(tl_query *q, int parameter, int64_t v)
{
    note(q, parameter, of_bind(sqlite3_bind_int64(q->stmt, slot_of(q, parameter), v)));
}

void tl_query_number(tl_query *q, int parameter, double v)
{
    note(q, parameter,
         isfinite(v) ? of_bind(sqlite3_bind_double(q->stmt, slot_of(q, parameter), v))
                     : TL_ENUMERIC);
}

void tl_query_text(tl_query *q, int parameter, const char *v)
{
    tl_query_span(q, parameter, v, v ? strlen(v) : 0);
}

void tl_query_span(tl_query *q, int parameter, const char *p, size_t n)
{
    /* PostgreSQL takes neither NUL nor ill-formed text, and neither is a name of anything */
    if (p && (tl_utf8_valid(p, n) != n || memchr(p, '\0', n)))
        note(q, parameter, TL_EINPUT);
    else
        note(q, parameter,
             of_bind(p ? sqlite3_bind_text64(q->stmt, slot_of(q, parameter), p, n, SQLITE_TRANSIENT,
                                             SQLITE_UTF8)
                       : sqlite3_bind_null(q->stmt, slot_of(q, parameter))));
}

void tl_query_blob(tl_query *q, int parameter, const void *p, size_t n)
{
    note(q, parameter,
         of_bind(p ? sqlite3_bind_blob64(q->stmt, slot_of(q, parameter), p, n, SQLITE_TRANSIENT)
                   : sqlite3_bind_null(q->stmt, slot_of(q, parameter))));
}

void tl_query_null(tl_query *q, int parameter)
{
    note(q, parameter, of_bind(sqlite3_bind_null(q->stmt, slot_of(q, parameter))));
}

static tl_status binding_fault(tl_query *q, tl_error *err)
{
    tl_status st = q->fault;
    const char *words = st == TL_ENUMERIC ? "is not a finite number"
                        : st == TL_EINPUT ? "is not well-formed UTF-8 text, or is too large"
                        : st == TL_ENOMEM ? "does not fit into memory"
                                          : "was given while rows were still being read";
    tl_fail(err, st, "query %s: value $%d %s", q->name, q->fault_parameter, words);
    tl_query_reset(q);
    return st;
}

tl_status tl_query_step(tl_query *q, bool *row, tl_error *err)
{
    *row = false;
    if (q->fault != TL_OK)
        return binding_fault(q, err);
    if (tl_store_undone(q->store))
        return tl_fail(err, TL_EIO, "%s: the transaction was undone by an earlier failure",
                       q->store->address);
    int rc = sqlite3_step(q->stmt);
    if (rc == SQLITE_ROW) {
        *row = true;
        return TL_OK;
    }
    tl_status st = rc == SQLITE_DONE ? TL_OK : tl_store_fault(q->store, rc, err);
    tl_query_reset(q);
    return st;
}

tl_status tl_query_run(tl_query *q, tl_error *err)
{
    bool row;
    tl_status st = tl_query_step(q, &row, err);
    tl_query_reset(q);
    return st;
}

void tl_query_reset(tl_query *q)
{
    sqlite3_reset(q->stmt); /* repeats the failure step has told already */
    q->fault = TL_OK;
}

int64_t tl_query_changed(const tl_query *q)
{
    return sqlite3_changes64(q->store->db);
}

bool tl_query_is_null(tl_query *q, int column)
{
    return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

int64_t tl_query_get_int(tl_query *q, int column)
{
    return sqlite3_column_int64(q->stmt, column);
}

double tl_query_get_number(tl_query *q, int column)
{
    return sqlite3_column_double(q->stmt, column);
}

const char *tl_query_get_text(tl_query *q, int column)
{
    return (const char *)sqlite3_column_text(q->stmt, column);
}

const void *tl_query_get_blob(tl_query *q, int column, size_t *n)
{
    const void *p = sqlite3_column_blob(q->stmt, column);
    *n = (size_t)sqlite3_column_bytes(q->stmt, column);
    return p ? p : (*n == 0 && !tl_query_is_null(q, column) ? "" : NULL);
}

/* query.c - named queries: prepared once, bound, stepped. What is the same on every database; the
 * rest is the backend's. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/store_priv.h"

static int by_name(const void *name, const void *query)
{
    return strcmp(name, ((const tl_sql_query *)query)->name);
}

void tl_query_close(tl_query *q)
{
    if (!q)
        return;
    q->store->backend->forget(q);
    free(q);
}

void tl_store_forget_queries(tl_store *s)
{
    for (size_t i = 0; i < s->schema->query_count; i++) {
        tl_query_close(s->queries[i]);
        s->queries[i] = NULL;
    }
}

tl_status tl_query_open(tl_store *s, const char *name, const char *text, tl_query **out,
                        tl_error *err)
{
    *out = NULL;
    tl_query *q = calloc(1, sizeof *q);
    if (!q)
        return tl_fail_nomem(err);
    q->store = s;
    q->name = name;
    tl_status st = s->backend->prepare(q, text, err);
    if (st != TL_OK)
        tl_query_close(q);
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
        tl_status st = tl_query_open(s, text->name, text->text, slot, err);
        if (st != TL_OK)
            return st;
    }
    tl_query_reset(*slot);
    s->backend->unbind(*slot);
    *out = *slot;
    return TL_OK;
}

static bool there(const tl_query *q, int parameter)
{
    assert(parameter >= 1 && parameter <= q->parameters);
    return parameter >= 1 && parameter <= q->parameters;
}

/* Keeps the first failure for step to tell. */
static void note(tl_query *q, int parameter, tl_status st)
{
    if (q->fault != TL_OK || st == TL_OK)
        return;
    q->fault = st;
    q->fault_parameter = parameter;
}

void tl_query_int(tl_query *q, int parameter, int64_t v)
{
    if (there(q, parameter))
        note(q, parameter, q->store->backend->bind_int(q, parameter, v));
}

void tl_query_number(tl_query *q, int parameter, double v)
{
    if (there(q, parameter))
        note(q, parameter,
             isfinite(v) ? q->store->backend->bind_number(q, parameter, v) : TL_ENUMERIC);
}

void tl_query_text(tl_query *q, int parameter, const char *v)
{
    tl_query_span(q, parameter, v, v ? strlen(v) : 0);
}

void tl_query_span(tl_query *q, int parameter, const char *p, size_t n)
{
    if (!p)
        tl_query_null(q, parameter);
    else if (tl_utf8_valid(p, n) != n || memchr(p, '\0', n))
        /* PostgreSQL takes neither NUL nor ill-formed text, and neither is a name of anything */
        note(q, parameter, TL_EINPUT);
    else if (there(q, parameter))
        note(q, parameter, q->store->backend->bind_text(q, parameter, p, n));
}

void tl_query_blob(tl_query *q, int parameter, const void *p, size_t n)
{
    if (!p)
        tl_query_null(q, parameter);
    else if (there(q, parameter))
        note(q, parameter, q->store->backend->bind_blob(q, parameter, p, n));
}

void tl_query_null(tl_query *q, int parameter)
{
    if (there(q, parameter))
        note(q, parameter, q->store->backend->bind_null(q, parameter));
}

static tl_status binding_fault(tl_query *q, tl_error *err)
{
    tl_status st = q->fault;
    const char *words = st == TL_ENUMERIC    ? "is not a finite number"
                        : st == TL_EINPUT    ? "is not well-formed UTF-8 text, or is too large"
                        : st == TL_ENOMEM    ? "does not fit into memory"
                        : st == TL_ECONFLICT ? "is not of the type of its place"
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
    tl_status st = q->store->backend->step(q, row, err);
    if (!*row)
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
    q->store->backend->reset(q);
    q->fault = TL_OK;
}

int64_t tl_query_changed(const tl_query *q)
{
    return q->store->backend->changed(q);
}

bool tl_query_is_null(tl_query *q, int column)
{
    return q->store->backend->is_null(q, column);
}

int64_t tl_query_get_int(tl_query *q, int column)
{
    return q->store->backend->get_int(q, column);
}

double tl_query_get_number(tl_query *q, int column)
{
    return q->store->backend->get_number(q, column);
}

const char *tl_query_get_text(tl_query *q, int column)
{
    return q->store->backend->get_text(q, column);
}

const void *tl_query_get_blob(tl_query *q, int column, size_t *n)
{
    return q->store->backend->get_blob(q, column, n);
}

tl_status tl_query_all(tl_query *q, tl_query_read read, size_t size, tl_arena *arena, void *items,
                       size_t *n, tl_error *err)
{
    char *list = NULL;
    size_t cap = 0, count = 0;
    bool row = false, full = false;
    tl_status st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, count + 1, size, err)) != TL_OK)
            break;
        read(q, arena, list + count++ * size, &full);
    }
    tl_query_reset(q);
    if (st == TL_OK && full)
        st = tl_fail_nomem(err);
    *n = st == TL_OK ? count : 0;
    *(void **)items = st == TL_OK ? list : NULL;
    return st;
}

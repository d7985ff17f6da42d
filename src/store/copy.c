/* copy.c - row by row from one database to another.
 *
 * The triggers that guard the rows say how things may change, not how they may be: a version of a
 * record begins as a draft, and here a published one comes in. So they are silent meanwhile; the
 * constraints are not. References are looked at when all is there, so the order of the tables does
 * not matter. */
#include "store/copy.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/store_priv.h"

enum { TABLES = 200, COLUMNS = 60 };

struct table {
    char *name;
    char *columns[COLUMNS];
    char kinds[COLUMNS]; /* first letter of the type: INTEGER, REAL, TEXT, BLOB */
    int n;
    int64_t rows;
};

struct copy {
    tl_store *from, *to;
    tl_arena *arena;
    struct table tables[TABLES];
    size_t n;
    int64_t all, done; /* rows */
};

/* The index of the search holds nothing of its own. */
static bool derived(const char *table)
{
    return tl_text_starts(table, "search_");
}

/* SQLite tells tables, columns and types; the other database has the same. */
static tl_status read_tables(struct copy *c, tl_error *err)
{
    tl_query *q = NULL;
    bool row;
    tl_store *described = c->from->db ? c->from : c->to;
    if (!described->db)
        return tl_fail(err, TL_EINPUT, "one of the two databases has to be a SQLite file");
    tl_status st = tl_query_open(described, "copy.tables",
                                 "SELECT m.name, p.name, p.type FROM sqlite_schema m"
                                 " JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
                                 " AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~'"
                                 " ORDER BY m.name, p.cid",
                                 &q, err);
    while (st == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK && row) {
        const char *name = tl_query_get_text(q, 0);
        if (derived(name))
            continue;
        if (c->n == 0 || strcmp(c->tables[c->n - 1].name, name) != 0) {
            if (c->n == TABLES)
                st = tl_fail(err, TL_EINPUT, "more than %d tables", (int)TABLES);
            else if (!(c->tables[c->n++].name = tl_arena_str(c->arena, name)))
                st = tl_fail_nomem(err);
        }
        struct table *t = &c->tables[c->n - 1];
        if (st == TL_OK && t->n == COLUMNS)
            st = tl_fail(err, TL_EINPUT, "table %s has more than %d columns", name, (int)COLUMNS);
        if (st != TL_OK)
            break;
        t->kinds[t->n] = *tl_query_get_text(q, 2);
        if (!(t->columns[t->n++] = tl_arena_str(c->arena, tl_query_get_text(q, 1))))
            st = tl_fail_nomem(err);
    }
    tl_query_close(q);
    return st;
}

static tl_status count(struct copy *c, tl_store *s, const struct table *t, int64_t *out,
                       tl_error *err)
{
    char *sql = tl_arena_printf(c->arena, "SELECT count(*) FROM \"%s\"", t->name);
    return sql ? tl_store_scalar(s, sql, out, err) : tl_fail_nomem(err);
}

static tl_status count_all(struct copy *c, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < c->n && st == TL_OK; i++) {
        struct table *t = &c->tables[i];
        int64_t there = 0;
        if ((st = count(c, c->to, t, &there, err)) == TL_OK && there > 0)
            st = tl_fail(err, TL_ECONFLICT, "%s: is not empty, table %s has %" PRId64 " rows",
                         c->to->address, t->name, there);
        if (st == TL_OK)
            st = count(c, c->from, t, &t->rows, err);
        c->all += t->rows;
    }
    return st;
}

/* SELECT and INSERT of all columns. */
static tl_status open_queries(struct copy *c, const struct table *t, tl_query **in, tl_query **out,
                              tl_error *err)
{
    tl_buf names, marks;
    tl_buf_init(&names, 0);
    tl_buf_init(&marks, 0);
    for (int i = 0; i < t->n; i++) {
        tl_buf_printf(&names, "%s\"%s\"", i ? ", " : "", t->columns[i]);
        tl_buf_printf(&marks, "%s$%d", i ? ", " : "", i + 1);
    }
    char *read = tl_arena_printf(c->arena, "SELECT %s FROM \"%s\"", tl_buf_text(&names), t->name);
    char *write = tl_arena_printf(c->arena, "INSERT INTO \"%s\" (%s) VALUES (%s)", t->name,
                                  tl_buf_text(&names), tl_buf_text(&marks));
    tl_status st = tl_buf_status(&names, err);
    if (st == TL_OK && (st = tl_buf_status(&marks, err)) == TL_OK && (!read || !write))
        st = tl_fail_nomem(err);
    if (st == TL_OK && (st = tl_query_open(c->from, t->name, read, in, err)) == TL_OK)
        st = tl_query_open(c->to, t->name, write, out, err);
    tl_buf_clear(&names);
    tl_buf_clear(&marks);
    return st;
}

static void pass(tl_query *in, tl_query *out, int column, char kind)
{
    size_t n;
    const char *p;
    if (tl_query_is_null(in, column)) {
        tl_query_null(out, column + 1);
        return;
    }
    switch (kind) {
    case 'I':
        tl_query_int(out, column + 1, tl_query_get_int(in, column));
        return;
    case 'R':
        tl_query_number(out, column + 1, tl_query_get_number(in, column));
        return;
    case 'B':
        p = tl_query_get_blob(in, column, &n);
        tl_query_blob(out, column + 1, p, n);
        return;
    default:
        p = tl_query_get_text(in, column);
        tl_query_get_blob(in, column, &n);
        tl_query_span(out, column + 1, p, n);
    }
}

static tl_status copy_table(struct copy *c, struct table *t, tl_progress *bar, tl_error *err)
{
    tl_query *in = NULL, *out = NULL;
    bool row;
    tl_status st = open_queries(c, t, &in, &out, err);
    while (st == TL_OK && (st = tl_query_step(in, &row, err)) == TL_OK && row) {
        for (int i = 0; i < t->n; i++)
            pass(in, out, i, t->kinds[i]);
        st = tl_query_run(out, err);
        if (st == TL_OK)
            st = tl_progress_at(bar, (size_t)++c->done, err);
    }
    tl_query_close(in);
    tl_query_close(out);
    return st == TL_OK ? st : tl_context(err, st, "table %s", t->name);
}

static tl_status mark_search(tl_store *to, tl_error *err)
{
    tl_query *q = NULL;
    for (size_t i = 0; i < to->schema->query_count; i++) {
        if (strcmp(to->schema->queries[i].name, "search_changed.insert") != 0)
            continue;
        tl_status st = tl_store_query(to, "search_changed.insert", &q, err);
        if (st != TL_OK)
            return st;
        tl_query_text(q, 1, "all");
        tl_query_text(q, 2, "");
        return tl_query_run(q, err);
    }
    return TL_OK;
}

/* Both sides hold the same. */
static tl_status compare(struct copy *c, tl_store_copied *out, tl_error *err)
{
    char head[TL_SHA256_HEX];
    int64_t n = 0, last = 0;
    tl_status st = TL_OK;
    for (size_t i = 0; i < c->n && st == TL_OK; i++)
        if ((st = count(c, c->to, &c->tables[i], &n, err)) == TL_OK && n != c->tables[i].rows)
            st = tl_fail(err, TL_ECONFLICT, "table %s has %" PRId64 " rows, want %" PRId64,
                         c->tables[i].name, n, c->tables[i].rows);
    if (st != TL_OK || (st = tl_audit_verify(c->from, &n, err)) != TL_OK ||
        (st = tl_audit_head(c->from, &last, head, err)) != TL_OK)
        return tl_context(err, st, "%s", c->from->address);
    if ((st = tl_audit_verify(c->to, &out->entries, err)) != TL_OK ||
        (st = tl_audit_head(c->to, &last, out->head, err)) != TL_OK)
        return tl_context(err, st, "%s", c->to->address);
    if (n != out->entries || strcmp(head, out->head) != 0)
        return tl_fail(err, TL_ECONFLICT,
                       "the audit chains differ: %" PRId64 " entries and %" PRId64, n,
                       out->entries);
    out->tables = (int64_t)c->n;
    out->rows = c->done;
    return TL_OK;
}

static tl_status copy_all(struct copy *c, const tl_log *progress, tl_store_copied *out,
                          tl_error *err)
{
    tl_status st = read_tables(c, err);
    if (st != TL_OK || (st = count_all(c, err)) != TL_OK ||
        (st = c->to->backend->before_copy(c->to, err)) != TL_OK)
        return st;
    tl_progress bar = tl_progress_start(progress, "rows", (size_t)c->all);
    for (size_t i = 0; i < c->n && st == TL_OK; i++)
        st = copy_table(c, &c->tables[i], &bar, err);
    tl_progress_end(&bar);
    if (st != TL_OK || (st = mark_search(c->to, err)) != TL_OK ||
        (st = c->to->backend->after_copy(c->to, err)) != TL_OK)
        return st;
    return compare(c, out, err);
}

tl_status tl_store_copy(tl_store *from, tl_store *to, const tl_log *progress, tl_store_copied *out,
                        tl_error *err)
{
    struct copy *c;
    tl_arena *arena = NULL;
    *out = (tl_store_copied){ 0 };
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st != TL_OK)
        return st;
    if (!(c = tl_arena_alloc(arena, 1, sizeof *c))) {
        tl_arena_free(arena);
        return tl_fail_nomem(err);
    }
    c->from = from;
    c->to = to;
    c->arena = arena;
    if ((st = tl_store_begin(from, err)) == TL_OK && (st = tl_store_begin(to, err)) == TL_OK &&
        (st = copy_all(c, progress, out, err)) == TL_OK)
        st = tl_store_commit(to, err);
    tl_store_rollback(to);
    tl_store_rollback(from);
    tl_arena_free(arena);
    return st;
}

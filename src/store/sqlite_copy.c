/* sqlite_copy.c - a database that takes rows as they are: triggers and references wait. */
#include <stdlib.h>

#include "base/buf.h"
#include "store/sqlite_priv.h"

/* The triggers are taken away and made again from their own text; both within the transaction. The
 * text is kept in a table of the connection. */
tl_status tl_sqlite_before_copy(tl_store *s, tl_error *err)
{
    tl_buf sql;
    tl_query *q = NULL;
    bool row;
    tl_buf_init(&sql, 0);
    tl_status st = tl_store_exec(s,
                                 "PRAGMA defer_foreign_keys = ON;"
                                 "CREATE TEMP TABLE copy_trigger AS"
                                 " SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'",
                                 err);
    if (st == TL_OK)
        st = tl_query_open(s, "copy.triggers", "SELECT name FROM temp.copy_trigger ORDER BY name",
                           &q, err);
    while (st == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        tl_buf_printf(&sql, "DROP TRIGGER main.%s;", tl_query_get_text(q, 0));
    tl_query_close(q);
    if (st == TL_OK && (st = tl_buf_status(&sql, err)) == TL_OK)
        st = tl_store_exec(s, tl_buf_text(&sql), err);
    tl_buf_clear(&sql);
    return st;
}

tl_status tl_sqlite_after_copy(tl_store *s, tl_error *err)
{
    tl_buf sql;
    tl_query *q = NULL;
    bool row;
    tl_buf_init(&sql, 0);
    tl_status st = tl_query_open(s, "copy.triggers", "SELECT sql FROM temp.copy_trigger", &q, err);
    while (st == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        tl_buf_printf(&sql, "%s;", tl_query_get_text(q, 0));
    tl_query_close(q);
    if (st == TL_OK && (st = tl_buf_status(&sql, err)) == TL_OK)
        st = tl_store_exec(s, tl_buf_text(&sql), err);
    tl_buf_clear(&sql);
    return st == TL_OK ? tl_store_exec(s, "DROP TABLE temp.copy_trigger", err) : st;
}

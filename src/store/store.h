/* store.h - one way to the database: SQLite embedded now, PostgreSQL behind the same calls later.
 *
 * SQL lives in sql/queries/<folder>.sql as named queries ("vehicle.insert") and in
 * sql/migrations/<backend>/NNNN_name.sql; C code holds only names. Parameters are $1, $2, ... and
 * are bound from 1; columns are read from 0.
 *
 * One connection writes. A tl_store and its statements belong to one thread at a time; further
 * threads open their own store on the same address for reading. */
#ifndef TL_STORE_STORE_H
#define TL_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct tl_store tl_store;
typedef struct tl_query tl_query;

typedef struct tl_store_opts {
    bool read_only; /* the database must exist and be at the present migration */
    bool must_exist;
} tl_store_opts;

/* Opens the database at `address`: a file path, "sqlite:PATH" or ":memory:". Creates it and applies
 * missing migrations, each in its own transaction. A database newer than this program is
 * TL_ECONFLICT; a file that is no database TL_EINPUT. opts may be NULL. */
TL_MUST_CHECK tl_status tl_store_open(tl_store **out, const char *address,
                                      const tl_store_opts *opts, tl_error *err);
void tl_store_close(tl_store *s);

/* Transactions do not nest; a close or a crash before commit rolls back. */
TL_MUST_CHECK tl_status tl_store_begin(tl_store *s, tl_error *err);
TL_MUST_CHECK tl_status tl_store_commit(tl_store *s, tl_error *err);
void tl_store_rollback(tl_store *s);

/* The prepared statement called `name`, reset and unbound; borrowed from the store, prepared once.
 * An unknown name is a broken invariant (assert). Using the same name again before finishing its
 * rows restarts it. */
TL_MUST_CHECK tl_status tl_store_query(tl_store *s, const char *name, tl_query **out,
                                       tl_error *err);

/* Binding; text is copied, NULL binds SQL NULL. Cannot fail here: a failure surfaces in step. */
void tl_query_int(tl_query *q, int parameter, int64_t v);
void tl_query_number(tl_query *q, int parameter,
                     double v); /* not finite: surfaces as TL_ENUMERIC */
void tl_query_text(tl_query *q, int parameter, const char *v);
void tl_query_span(tl_query *q, int parameter, const char *p, size_t n);
void tl_query_blob(tl_query *q, int parameter, const void *p, size_t n);
void tl_query_null(tl_query *q, int parameter);

/* Runs to the next row; *row false when done (the query is then reset for reuse). A broken
 * constraint is TL_ECONFLICT with the constraint's words; a full disk TL_EIO. */
TL_MUST_CHECK tl_status tl_query_step(tl_query *q, bool *row, tl_error *err);

/* Runs a query that returns no rows, and resets it. */
TL_MUST_CHECK tl_status tl_query_run(tl_query *q, tl_error *err);

/* Ends early, before the rows are exhausted. */
void tl_query_reset(tl_query *q);

/* Columns of the current row; text and blobs are borrowed until the next step or reset. */
bool tl_query_is_null(tl_query *q, int column);
int64_t tl_query_get_int(tl_query *q, int column);
double tl_query_get_number(tl_query *q, int column);
const char *tl_query_get_text(tl_query *q, int column); /* NULL for SQL NULL */
const void *tl_query_get_blob(tl_query *q, int column, size_t *n);

#endif

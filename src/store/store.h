/* store.h - one way to the database: an embedded SQLite file, or a PostgreSQL server for a team.
 *
 * SQL lives in sql/queries/<folder>.sql as named queries ("vehicle.insert") and in
 * sql/migrations/<backend>/NNNN_name.sql; C code holds only names. Parameters are $1, $2, ... and
 * are bound from 1; columns are read from 0.
 *
 * One connection writes at a time, on both. A tl_store and its statements belong to one thread at a
 * time; further threads open their own store on the same address for reading. */
#ifndef TL_STORE_STORE_H
#define TL_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"

typedef struct tl_store tl_store;
typedef struct tl_query tl_query;

typedef struct tl_store_opts {
    bool read_only; /* the database must exist and be at the present migration */
    bool must_exist;
    unsigned wait_ms; /* for another writer; 0: ten seconds */
} tl_store_opts;

/* Opens the database at `address`: a file path, "sqlite:PATH", ":memory:", or a libpq URI
 * "postgresql://USER@HOST/DATABASE?..." (a file is created, a PostgreSQL database must be there and
 * may be empty). Applies missing migrations, each in its own transaction. A file that is no
 * database, or a database of another program, is TL_EINPUT and stays untouched; a database newer
 * than this program, or read only and older, TL_ECONFLICT; a missing one that must exist
 * TL_ENOTFOUND; a server that cannot be reached TL_EIO. opts may be NULL.
 *
 * A lost connection is TL_EIO from whatever met it, and undoes the open transaction; the next begin
 * or query outside of one connects anew. */
TL_MUST_CHECK tl_status tl_store_open(tl_store **out, const char *address,
                                      const tl_store_opts *opts, tl_error *err);
void tl_store_close(tl_store *s);

/* The address as it may be shown: no password, no settings. Borrowed from the store. */
const char *tl_store_address(const tl_store *s);

/* The same of any address; owned by the caller, NULL when out of memory. */
char *tl_store_masked(const char *address);

/* Transactions do not nest (TL_ECONFLICT); a close or a crash before commit rolls back. A writer
 * waits for another one, up to ten seconds where its options say nothing else. On a read-only store
 * a transaction is one view of the data for all queries in it. */
TL_MUST_CHECK tl_status tl_store_begin(tl_store *s, tl_error *err);

/* Once TL_OK is returned the change survives a kill and a power cut. A failed commit has rolled
 * back; where the connection was lost meanwhile, the text says that this is not known. */
TL_MUST_CHECK tl_status tl_store_commit(tl_store *s, tl_error *err);

/* Undoes the open transaction; nothing happens without one. */
void tl_store_rollback(tl_store *s);
bool tl_store_in_transaction(const tl_store *s);

/* True where a failure such as a full disk or a lost connection has already undone the open
 * transaction. Until rollback (or commit, which then fails) every query of it is refused, so that
 * no half of a change is kept. */
bool tl_store_undone(const tl_store *s);

/* A number that moves whenever another connection has changed the database; where it stands says
 * nothing. */
TL_MUST_CHECK tl_status tl_store_changes(tl_store *s, int64_t *out, tl_error *err);

/* Reads the whole database for damage of the storage itself and for references to nothing. TL_EIO
 * or TL_ECONFLICT with the first found. */
TL_MUST_CHECK tl_status tl_store_check(tl_store *s, tl_error *err);

/* The prepared statement called `name`, reset and unbound; borrowed from the store, prepared once.
 * An unknown name is a broken invariant (assert). Using the same name again before finishing its
 * rows restarts it. After run, or after the last row, it may be bound and run again as it is; what
 * is not bound anew keeps its value. */
TL_MUST_CHECK tl_status tl_store_query(tl_store *s, const char *name, tl_query **out,
                                       tl_error *err);

/* Binding; text is copied, NULL binds SQL NULL. Cannot fail here: a failure surfaces in step. Text
 * that is not UTF-8 or holds a NUL byte surfaces as TL_EINPUT. */
void tl_query_int(tl_query *q, int parameter, int64_t v);
void tl_query_number(tl_query *q, int parameter,
                     double v); /* not finite: surfaces as TL_ENUMERIC */
void tl_query_text(tl_query *q, int parameter, const char *v);
void tl_query_span(tl_query *q, int parameter, const char *p, size_t n);
void tl_query_blob(tl_query *q, int parameter, const void *p, size_t n);
void tl_query_null(tl_query *q, int parameter);

/* Runs to the next row; *row false when done (the query is then reset for reuse). A broken
 * constraint is TL_ECONFLICT with the constraint's words; a full disk TL_EIO. A query that was
 * refused has changed nothing, and the transaction goes on. Rows of several queries may be read in
 * turns, and none needs more memory than its longest row and a few MiB. */
TL_MUST_CHECK tl_status tl_query_step(tl_query *q, bool *row, tl_error *err);

/* All rows as a list in the arena. read makes an item of the row at hand, with its texts in the
 * arena; it sets *full where one did not fit. items is `const T **`, size that of a T. The query is
 * reset either way; after a failure the list is empty. */
typedef void (*tl_query_read)(tl_query *q, tl_arena *arena, void *item, bool *full);
TL_MUST_CHECK tl_status tl_query_all(tl_query *q, tl_query_read read, size_t size, tl_arena *arena,
                                     void *items, size_t *n, tl_error *err);

/* Runs a query that returns no rows, and resets it. */
TL_MUST_CHECK tl_status tl_query_run(tl_query *q, tl_error *err);

/* Rows inserted, changed or deleted by the last query run on this store. Ask right after run. */
int64_t tl_query_changed(const tl_query *q);

/* Ends early, before the rows are exhausted. */
void tl_query_reset(tl_query *q);

/* Columns of the current row; text and blobs are borrowed until the next step or reset. */
bool tl_query_is_null(tl_query *q, int column);
int64_t tl_query_get_int(tl_query *q, int column);
double tl_query_get_number(tl_query *q, int column);
const char *tl_query_get_text(tl_query *q, int column); /* NULL for SQL NULL */
const void *tl_query_get_blob(tl_query *q, int column, size_t *n);

#endif

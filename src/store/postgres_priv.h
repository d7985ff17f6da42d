/* postgres_priv.h - what the files of the PostgreSQL backend share. */
#ifndef TL_STORE_POSTGRES_PRIV_H
#define TL_STORE_POSTGRES_PRIV_H

#include <stdio.h>

#include <libpq-fe.h>

#include "store/store_priv.h"

/* Types of the server as its protocol numbers them (catalog pg_type). */
enum {
    TL_PG_BOOL = 16,
    TL_PG_BYTEA = 17,
    TL_PG_INT8 = 20,
    TL_PG_INT2 = 21,
    TL_PG_INT4 = 23,
    TL_PG_TEXT = 25,
    TL_PG_FLOAT4 = 700,
    TL_PG_FLOAT8 = 701
};

enum { TL_PG_PARAMETERS = 100 }; /* most of one query */

struct tl_pg {
    PGconn *conn;
    tl_query *live;      /* whose rows are still on their way; NULL: the connection is free */
    unsigned session;    /* counts connections: prepared statements belong to one */
    unsigned statements; /* prepared so far */
    bool copying;        /* a refused row ends all: no savepoints */
    bool savepoint;      /* the last write of the transaction left one */
    int64_t changed;
};

/* Rows put by for later: in memory first, the rest in a file without a name. */
typedef struct tl_pg_rows {
    char *memory; /* owned */
    size_t used, cap, at;
    FILE *file; /* owned; NULL until memory is full */
    bool reading;
    char *row; /* owned; the row read last from the file */
    size_t row_cap;
} tl_pg_rows;

typedef struct tl_pg_cell {
    const char *p; /* NULL for SQL NULL; a NUL byte stands behind */
    size_t n;
} tl_pg_cell;

typedef struct tl_pg_value {
    Oid type;
    const char *p; /* as it is sent, NULL for SQL NULL */
    size_t n;
    char fixed[8];
    char *bytes; /* owned */
    size_t cap;
} tl_pg_value;

struct tl_pg_query {
    const char *text; /* borrowed from the schema */
    unsigned session; /* in which it was prepared */
    char name[16];    /* of the prepared statement */
    bool writes;
    tl_pg_value *values; /* owned; [0] is parameter $1 */
    int columns;
    Oid *types; /* owned; of the columns */
    enum { TL_PG_IDLE, TL_PG_LIVE, TL_PG_KEPT, TL_PG_WHOLE } state;
    PGresult *result;  /* owned; the row read last, or all rows of a write */
    int row;           /* within result */
    tl_pg_cell *cells; /* owned; the row read last of those kept */
    tl_pg_rows rest;
    tl_status late; /* a failure met while the rest was put by */
    tl_error late_error;
    char (*words)[40]; /* owned; numbers that were asked for as text */
};

/* Connects anew if the connection was lost; outside of a transaction only. */
TL_MUST_CHECK tl_status tl_pg_ensure(tl_store *s, tl_error *err);

/* True where the connection is lost and no transaction with it. */
bool tl_pg_went_away(const tl_store *s);

/* Puts by the rows that are still on their way, so that the connection is free. */
void tl_pg_settle(tl_store *s);

/* Runs SQL without values and drops its rows. */
TL_MUST_CHECK tl_status tl_pg_exec(tl_store *s, const char *sql, tl_error *err);

/* Takes the lock of a writer: one writes at a time. Ends with the transaction. */
extern const char tl_pg_lock[];

/* postgres_fault.c: fills err from a failed call and returns the status for it; result may be
 * NULL. Does not release it. */
tl_status tl_pg_fault(tl_store *s, const PGresult *result, tl_error *err);

/* postgres_check.c */
TL_MUST_CHECK tl_status tl_pg_check(tl_store *s, tl_error *err);

/* postgres_copy.c */
TL_MUST_CHECK tl_status tl_pg_before_copy(tl_store *s, tl_error *err);
TL_MUST_CHECK tl_status tl_pg_after_copy(tl_store *s, tl_error *err);

/* postgres_rows.c: rows kept in the order they came; next gives *row false behind the last. */
TL_MUST_CHECK tl_status tl_pg_rows_add(tl_pg_rows *r, const PGresult *result, tl_error *err);
TL_MUST_CHECK tl_status tl_pg_rows_next(tl_pg_rows *r, tl_pg_cell *cells, int columns, bool *row,
                                        tl_error *err);
void tl_pg_rows_clear(tl_pg_rows *r);

/* postgres_query.c */
TL_MUST_CHECK tl_status tl_pg_prepare(tl_query *q, const char *text, tl_error *err);
void tl_pg_forget(tl_query *q);
TL_MUST_CHECK tl_status tl_pg_step(tl_query *q, bool *row, tl_error *err);
void tl_pg_reset(tl_query *q);

/* postgres_value.c: values to the server's form and back. */
void tl_pg_unbind(tl_query *q);
tl_status tl_pg_bind_int(tl_query *q, int parameter, int64_t v);
tl_status tl_pg_bind_number(tl_query *q, int parameter, double v);
tl_status tl_pg_bind_text(tl_query *q, int parameter, const char *p, size_t n);
tl_status tl_pg_bind_blob(tl_query *q, int parameter, const void *p, size_t n);
tl_status tl_pg_bind_null(tl_query *q, int parameter);
bool tl_pg_is_null(tl_query *q, int column);
int64_t tl_pg_get_int(tl_query *q, int column);
double tl_pg_get_number(tl_query *q, int column);
const char *tl_pg_get_text(tl_query *q, int column);
const void *tl_pg_get_blob(tl_query *q, int column, size_t *n);

#endif

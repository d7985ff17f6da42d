/* backend.h - what a database has to be able to do to stand behind store.h.
 *
 * store.c and query.c check what is the same everywhere (names, transactions that do not nest,
 * values that are no numbers or no text) and call one of these for the rest. */
#ifndef TL_STORE_BACKEND_H
#define TL_STORE_BACKEND_H

#include "store/store.h"

typedef struct tl_backend {
    /* Connects; changes nothing. s->address is what follows "sqlite:", or the whole URI. */
    tl_status (*open)(tl_store *s, const char *address, const tl_store_opts *opts, tl_error *err);
    void (*close)(tl_store *s);

    /* Whose database is it: `ours` by our mark, `empty` when there is nothing in it. */
    tl_status (*look)(tl_store *s, bool *ours, bool *empty, int64_t *version, tl_error *err);
    /* What is set up once a database is known to be ours or empty, before migrations; may be NULL
     */
    tl_status (*settle)(tl_store *s, tl_error *err);
    /* Version as a migration sees it, within its transaction; and sets mark and version. */
    tl_status (*version)(tl_store *s, int64_t *version, tl_error *err);
    tl_status (*stamp)(tl_store *s, int version, tl_error *err);

    tl_status (*exec)(tl_store *s, const char *sql, tl_error *err);
    tl_status (*scalar)(tl_store *s, const char *sql, int64_t *out, tl_error *err);
    tl_status (*begin)(tl_store *s, tl_error *err);
    tl_status (*commit)(tl_store *s, tl_error *err);
    void (*rollback)(tl_store *s);
    bool (*undone)(const tl_store *s); /* asked while s->in_transaction */
    tl_status (*check)(tl_store *s, tl_error *err);
    tl_status (*changes)(tl_store *s, int64_t *out, tl_error *err);

    /* Within a transaction: from before to after no trigger speaks, and references are looked at
     * in after alone. For rows that were let in before, on another database. */
    tl_status (*before_copy)(tl_store *s, tl_error *err);
    tl_status (*after_copy)(tl_store *s, tl_error *err);

    /* Fills q, whose store and name are set, and q->parameters; what it made is released by
     * forget, also after a failure. */
    tl_status (*prepare)(tl_query *q, const char *text, tl_error *err);
    void (*forget)(tl_query *q);
    void (*unbind)(tl_query *q);

    /* A bound value; parameter is from 1 to q->parameters, text and numbers are checked already. */
    tl_status (*bind_int)(tl_query *q, int parameter, int64_t v);
    tl_status (*bind_number)(tl_query *q, int parameter, double v);
    tl_status (*bind_text)(tl_query *q, int parameter, const char *p, size_t n);
    tl_status (*bind_blob)(tl_query *q, int parameter, const void *p, size_t n);
    tl_status (*bind_null)(tl_query *q, int parameter);

    /* *row is false when called. A failure need not reset. */
    tl_status (*step)(tl_query *q, bool *row, tl_error *err);
    void (*reset)(tl_query *q);
    int64_t (*changed)(const tl_query *q);

    bool (*is_null)(tl_query *q, int column);
    int64_t (*get_int)(tl_query *q, int column);
    double (*get_number)(tl_query *q, int column);
    const char *(*get_text)(tl_query *q, int column);
    const void *(*get_blob)(tl_query *q, int column, size_t *n);
} tl_backend;

extern const tl_backend tl_backend_sqlite;   /* sqlite.c */
extern const tl_backend tl_backend_postgres; /* postgres.c */

#endif

/* sqlite_priv.h - what the files of the SQLite backend share. */
#ifndef TL_STORE_SQLITE_PRIV_H
#define TL_STORE_SQLITE_PRIV_H

#include "store/store_priv.h"

/* Fills err from a failed SQLite call and returns the status for it. */
tl_status tl_sqlite_fault(tl_store *s, int rc, tl_error *err);

/* sqlite_check.c */
TL_MUST_CHECK tl_status tl_sqlite_check(tl_store *s, tl_error *err);

/* sqlite_copy.c */
TL_MUST_CHECK tl_status tl_sqlite_before_copy(tl_store *s, tl_error *err);
TL_MUST_CHECK tl_status tl_sqlite_after_copy(tl_store *s, tl_error *err);

/* sqlite_query.c */
TL_MUST_CHECK tl_status tl_sqlite_prepare(tl_query *q, const char *text, tl_error *err);
void tl_sqlite_forget(tl_query *q);
void tl_sqlite_unbind(tl_query *q);
tl_status tl_sqlite_bind_int(tl_query *q, int parameter, int64_t v);
tl_status tl_sqlite_bind_number(tl_query *q, int parameter, double v);
tl_status tl_sqlite_bind_text(tl_query *q, int parameter, const char *p, size_t n);
tl_status tl_sqlite_bind_blob(tl_query *q, int parameter, const void *p, size_t n);
tl_status tl_sqlite_bind_null(tl_query *q, int parameter);
TL_MUST_CHECK tl_status tl_sqlite_step(tl_query *q, bool *row, tl_error *err);
void tl_sqlite_reset(tl_query *q);
int64_t tl_sqlite_changed(const tl_query *q);
bool tl_sqlite_is_null(tl_query *q, int column);
int64_t tl_sqlite_get_int(tl_query *q, int column);
double tl_sqlite_get_number(tl_query *q, int column);
const char *tl_sqlite_get_text(tl_query *q, int column);
const void *tl_sqlite_get_blob(tl_query *q, int column, size_t *n);

#endif

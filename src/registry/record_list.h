/* record_list.h - the newest versions of many records at once, and many records written at once. */
#ifndef TL_REGISTRY_RECORD_LIST_H
#define TL_REGISTRY_RECORD_LIST_H

#include "registry/record.h"

/* Which records, in which order, and which part of them; "" or NULL = any. */
typedef struct tl_record_filter {
    tl_record_kind kind;
    const char *state; /* of the newest version: "published" */
    bool in_force;     /* instead of the newest version the one that is published */
    const char *maker, *company, *size_class, *body, *powertrain;
    const char *batch;     /* in this publication round */
    const char *named;     /* a verification body was named for: the id of its organisation */
    const char *search;    /* a part of product, maker, id or disclosure id; ASCII in any case */
    const char *sort;      /* a column, "-" before it: descending; NULL: by id */
    int64_t limit, offset; /* limit 0: all */
    const char *after;     /* ids behind that one; without sort */
} tl_record_filter;

/* The newest version of each record of the filter with its parts. All in the arena. */
TL_MUST_CHECK tl_status tl_record_list(tl_store *s, const tl_record_filter *f, tl_arena *arena,
                                       const tl_record **out, size_t *n, tl_error *err);

/* How many records the filter finds, limit and offset left aside. */
TL_MUST_CHECK tl_status tl_record_count(tl_store *s, const tl_record_filter *f, int64_t *n,
                                        tl_error *err);

/* Writes many records in the caller's transaction without an audit entry of each: the caller writes
 * one for all, with the digest. */
typedef struct tl_record_bulk tl_record_bulk;

TL_MUST_CHECK tl_status tl_record_bulk_new(tl_record_bulk **out, tl_store *s, const char *who,
                                           tl_error *err);
void tl_record_bulk_free(tl_record_bulk *b);

typedef enum tl_record_change { TL_RECORD_NEW, TL_RECORD_CHANGED, TL_RECORD_SAME } tl_record_change;

/* As tl_record_put. After TL_EINPUT, TL_ENOTFOUND or TL_ECONFLICT nothing of r is written and the
 * transaction may go on. */
TL_MUST_CHECK tl_status tl_record_bulk_put(tl_record_bulk *b, const tl_record *r,
                                           tl_record_change *change, tl_error *err);

/* SHA-256 over id, version and digest of the content of each record written, in their order. */
TL_MUST_CHECK tl_status tl_record_bulk_digest(tl_record_bulk *b, char hex[TL_SHA256_HEX],
                                              tl_error *err);

#endif

/* audit.h - the audit chain: who changed what, when, each entry sealed with the hash of the one
 * before.
 *
 * hash = SHA-256 over the length-prefixed fields seq, at, actor, action, object, detail and the
 * hash of entry seq-1 (64 zeros before the first), so that a change of any past entry breaks every
 * later one.
 *
 * What the chain cannot show by itself: that its last entries were cut off, or that somebody with
 * the database in hand wrote all of it anew. For that, keep tl_audit_head() outside now and then
 * and compare. */
#ifndef TL_STORE_AUDIT_H
#define TL_STORE_AUDIT_H

#include <stdint.h>

#include "base/hash.h"
#include "base/memory.h"
#include "store/store.h"

/* Appends one entry; call inside the transaction of the change itself. detail is a JSON object as
 * text (made with tl_json) or NULL; the text is sealed byte by byte as it is. */
TL_MUST_CHECK tl_status tl_audit_append(tl_store *s, const char *actor, const char *action,
                                        const char *object, const char *detail, tl_error *err);

/* Recomputes the whole chain. TL_OK and *entries when sound; TL_ECONFLICT naming the first broken
 * entry otherwise. */
TL_MUST_CHECK tl_status tl_audit_verify(tl_store *s, int64_t *entries, tl_error *err);

/* The hash of entry seq; TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_audit_hash(tl_store *s, int64_t seq, char hash[TL_SHA256_HEX],
                                      tl_error *err);

/* Number and hash of the last entry; 0 and 64 zeros while there is none. */
TL_MUST_CHECK tl_status tl_audit_head(tl_store *s, int64_t *seq, char hash[TL_SHA256_HEX],
                                      tl_error *err);

/* An entry as it is kept; text in the arena, detail may be NULL. */
typedef struct tl_audit_entry {
    int64_t seq;
    const char *at, *actor, *action, *object, *detail, *hash;
} tl_audit_entry;

/* What to look for; all zero: the newest hundred of all. */
typedef struct tl_audit_filter {
    const char *object;    /* exactly; NULL: any */
    const char *about;     /* objects that begin so: "dataset/gwp@"; NULL: any */
    const char *actor;     /* exactly; NULL: anybody */
    const char *action;    /* "record.publish", or all of a kind: "record"; NULL: any */
    const char *from, *to; /* ISO days, both included; NULL: any */
    int64_t before;        /* only smaller numbers; 0: any */
    size_t limit;          /* 0: 100 */
} tl_audit_filter;

/* The newest entries, newest first. *out is in the arena. */
TL_MUST_CHECK tl_status tl_audit_newest(tl_store *s, const tl_audit_filter *filter, tl_arena *arena,
                                        const tl_audit_entry **out, size_t *n, tl_error *err);

#endif

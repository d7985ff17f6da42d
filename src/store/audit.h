/* audit.h - the audit chain: who changed what, when, each entry sealed with the hash of the one
 * before.
 *
 * hash = SHA-256 over the length-prefixed fields seq, at, actor, action, object, detail and the
 * hash of entry seq-1 (64 zeros before the first), so that a change of any past entry breaks every
 * later one. */
#ifndef TL_STORE_AUDIT_H
#define TL_STORE_AUDIT_H

#include <stdint.h>

#include "store/store.h"

/* Appends one entry; call inside the transaction of the change itself. detail is a JSON text or
 * NULL. */
TL_MUST_CHECK tl_status tl_audit_append(tl_store *s, const char *actor, const char *action,
                                        const char *object, const char *detail, tl_error *err);

/* Recomputes the whole chain. TL_OK and *entries when sound; TL_ECONFLICT naming the first broken
 * entry otherwise. */
TL_MUST_CHECK tl_status tl_audit_verify(tl_store *s, int64_t *entries, tl_error *err);

#endif

/* record_chain.h - what lets a stranger check a published record without us.
 *
 * The seal of a published version is SHA-256 over its canonical JSON (docs/registry.md: fixed order
 * of members, shortest numbers, no blanks) followed by the seal of the version before (64 zeros for
 * the first). An export holds all published versions with their seals; tools/check-record, a script
 * of the Python standard library alone, recomputes them and names the first link that broke. */
#ifndef TL_REGISTRY_RECORD_CHAIN_H
#define TL_REGISTRY_RECORD_CHAIN_H

#include "base/buf.h"
#include "registry/record.h"

/* The canonical JSON of one version. */
TL_MUST_CHECK tl_status tl_record_canonical(const tl_record *r, tl_buf *out, tl_error *err);

/* Its seal, given the seal before. */
TL_MUST_CHECK tl_status tl_record_seal(const tl_record *r, const char before[TL_SHA256_HEX],
                                       char out[TL_SHA256_HEX], tl_error *err);

/* All versions ever published, with seals and the head: one JSON document. */
TL_MUST_CHECK tl_status tl_record_export(tl_store *s, const char *id, tl_buf *out, tl_error *err);

/* Recomputes every seal in the database; TL_ECONFLICT names the first that differs. */
TL_MUST_CHECK tl_status tl_record_verify(tl_store *s, int64_t *n, tl_error *err);

#endif

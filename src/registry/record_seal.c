/* record_seal.c - the seal of a published version, and the entries of the audit chain. */
#include <string.h>

#include "registry/record_chain.h"
#include "registry/record_priv.h"
#include "store/audit.h"

const char tl_record_first_link[TL_SHA256_HEX] =
    "0000000000000000000000000000000000000000000000000000000000000000";

tl_status tl_record_seal_text(const tl_buf *canonical, const char before[TL_SHA256_HEX],
                              char out[TL_SHA256_HEX], tl_error *err)
{
    tl_sha256 *h;
    tl_status st = tl_buf_status(canonical, err);
    if (st != TL_OK || (st = tl_sha256_new(&h, err)) != TL_OK)
        return st;
    tl_sha256_add(h, canonical->data, canonical->len);
    tl_sha256_add(h, before, TL_SHA256_HEX - 1);
    st = tl_sha256_final(h, out, err);
    tl_sha256_free(h);
    return st;
}

tl_status tl_record_seal(const tl_record *r, const char before[TL_SHA256_HEX],
                         char out[TL_SHA256_HEX], tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_status st = tl_record_canonical(r, &b, err);
    if (st == TL_OK)
        st = tl_record_seal_text(&b, before, out, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_record_audit(tl_store *s, const char *who, const char *action, const char *kind,
                          const char *id, tl_buf *detail, tl_error *err)
{
    tl_buf object;
    tl_buf_init(&object, 0);
    tl_buf_printf(&object, "%s/%s", kind, id);
    tl_status st = tl_buf_status(detail, err);
    if (st == TL_OK && (st = tl_buf_status(&object, err)) == TL_OK)
        st = tl_audit_append(s, who, action, tl_buf_text(&object), tl_buf_text(detail), err);
    tl_buf_clear(&object);
    tl_buf_clear(detail);
    return st;
}

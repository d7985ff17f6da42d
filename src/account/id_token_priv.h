/* id_token_priv.h - the parts of an ID token, for the files of this folder and the fuzz target. */
#ifndef TL_ACCOUNT_ID_TOKEN_PRIV_H
#define TL_ACCOUNT_ID_TOKEN_PRIV_H

#include <cjose/cjose.h>

#include "account/id_token.h"
#include "base/text.h"

typedef enum tl_jws_algorithm { TL_JWS_RS256, TL_JWS_ES256 } tl_jws_algorithm;

typedef struct tl_jws_header {
    tl_jws_algorithm algorithm;
    const char *kid; /* NULL: not said; in the arena */
} tl_jws_header;

/* Reads the first part of a token. TL_EFORBIDDEN for another algorithm, critical extensions,
 * another type than JWT, and for what is no header at all. */
TL_MUST_CHECK tl_status tl_jws_header_read(tl_span part, tl_arena *arena, tl_jws_header *out,
                                           tl_error *err);

/* Reads and checks the claims of a token whose signature holds. */
TL_MUST_CHECK tl_status tl_id_claims_read(const char *json, size_t n, const tl_id_expected *want,
                                          tl_arena *arena, tl_id_claims *out, tl_error *err);

/* The key for this header, borrowed; NULL where there is none, or the token does not say which of
 * several. */
const cjose_jwk_t *tl_jwks_find(const tl_jwks *k, const tl_jws_header *header);

#endif

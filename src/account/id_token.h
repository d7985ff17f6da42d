/* id_token.h - is this ID token genuine and meant for us? (OpenID Connect Core 1.0,
 * section 3.1.3.7; RFC 7515, 7517, 7519)
 *
 * Signatures are RS256 with at least 2048 bits, or ES256; no other algorithm is ever tried, least
 * of all "none" or one with a shared secret. The key is one of the provider's set, of the type the
 * algorithm needs; keys named in the token itself are not looked at. */
#ifndef TL_ACCOUNT_ID_TOKEN_H
#define TL_ACCOUNT_ID_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"

enum { TL_JWKS_MAX = 64 * 1024, TL_JWKS_KEYS = 32, TL_ID_TOKEN_MAX = 16 * 1024, TL_ID_SKEW_S = 60 };

/* A provider's public keys. Immutable once read, but cjose is not known to be thread-safe: one
 * thread at a time. */
typedef struct tl_jwks tl_jwks;

/* Reads a JWK set. Keys for other purposes and algorithms are left out; TL_EINPUT where the text is
 * no key set, or none is left. */
TL_MUST_CHECK tl_status tl_jwks_read(tl_jwks **out, const char *json, size_t n, tl_error *err);
void tl_jwks_free(tl_jwks *k);
size_t tl_jwks_size(const tl_jwks *k);

/* What the token must say. */
typedef struct tl_id_expected {
    const char *issuer, *client_id, *nonce;
    int64_t now;
    int64_t skew_s; /* by how much clocks may differ; 0: TL_ID_SKEW_S */
    /* how strong the login must have been; NULL: any will do */
    const char *acr_values; /* acr must be one of these, between blanks */
    const char *amr;        /* must be among the methods of amr (RFC 8176) */
} tl_id_expected;

/* What it says; texts in the arena. email, name are "" where it does not. */
typedef struct tl_id_claims {
    const char *issuer, *subject;
    const char *email, *name, *language; /* language "zh" or "en" */
    bool email_verified;
    int64_t issued_at, ends_at;
    int64_t signed_in_at; /* when the person last gave a secret there (auth_time); 0: not said */
    const char *acr;      /* of what class the login was; "" where it is not said */
    const char *weak;     /* "acr" or "amr": what of the strength asked for the token does not say,
                             so nobody comes in by it; NULL: strong enough */
} tl_id_claims;

/* TL_EFORBIDDEN, with the reason for the log, where the token is not to be believed. One that is
 * weak is believed: who it is has a right to be told (tl_oidc_strong). */
TL_MUST_CHECK tl_status tl_id_token_check(const tl_jwks *keys, const char *token,
                                          const tl_id_expected *want, tl_arena *arena,
                                          tl_id_claims *out, tl_error *err);

#endif

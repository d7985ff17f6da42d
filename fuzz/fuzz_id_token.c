/* fuzz_id_token.c - what an identity provider, or who pretends to be one, can send.
 *
 * The first byte says what the rest is: a token (held against the keys of RFC 7515, A.3, for which
 * nobody but the RFC has signed anything: it must never be believed), claims after a good
 * signature, a key set, or a discovery document. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "account/id_token_priv.h"
#include "account/oidc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ISSUER "https://id.example"

static const char rfc_keys[] = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
                               "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                               "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}";

static const tl_id_expected want = { .issuer = ISSUER,
                                     .client_id = "client",
                                     .nonce = "nonce",
                                     .now = 1800000000,
                                     .acr_values = "phr phrh",
                                     .amr = "mfa" };

static void check_claims(tl_status st, const tl_id_claims *c)
{
    if (st == TL_OK && (strcmp(c->issuer, ISSUER) != 0 || !*c->subject || !c->email || !c->name ||
                        (c->email_verified && !*c->email) || c->ends_at < want.now - TL_ID_SKEW_S ||
                        (strcmp(c->language, "zh") != 0 && strcmp(c->language, "en") != 0)))
        abort();
    if (st == TL_OK &&
        (!c->acr || (!c->weak && strcmp(c->acr, "phr") != 0 && strcmp(c->acr, "phrh") != 0)))
        abort();
    if (st != TL_OK && (st != TL_EFORBIDDEN || c->subject))
        abort();
}

static void token(const char *text, size_t n, tl_arena *arena)
{
    tl_jwks *keys;
    tl_id_claims c;
    char *copy = tl_arena_copy(arena, text, n);
    if (!copy || tl_jwks_read(&keys, rfc_keys, sizeof rfc_keys - 1, NULL) != TL_OK)
        abort();
    if (tl_id_token_check(keys, copy, &want, arena, &c, NULL) != TL_EFORBIDDEN)
        abort();
    tl_jwks_free(keys);
}

static void key_set(const char *text, size_t n)
{
    tl_jwks *keys;
    tl_status st = tl_jwks_read(&keys, text, n, NULL);
    if ((st == TL_OK) != (keys != NULL) ||
        (keys && (tl_jwks_size(keys) < 1 || tl_jwks_size(keys) > TL_JWKS_KEYS)))
        abort();
    tl_jwks_free(keys);
}

static void discovery(const char *text, size_t n, tl_arena *arena)
{
    tl_oidc_provider p;
    if (tl_oidc_discover(ISSUER, text, n, arena, &p, NULL) == TL_OK &&
        (strcmp(p.issuer, ISSUER) != 0 || strncmp(p.token_endpoint, "https://", 8) != 0 ||
         strncmp(p.jwks_uri, "https://", 8) != 0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_arena *arena = NULL;
    tl_id_claims c;
    const char *text = (const char *)data + 1;
    if (size == 0 || size > 20000)
        return 0;
    if (tl_arena_new(&arena, 0, NULL) != TL_OK)
        abort();
    switch (data[0]) {
    case 't':
        token(text, size - 1, arena);
        break;
    case 'c':
        check_claims(tl_id_claims_read(text, size - 1, &want, arena, &c, NULL), &c);
        break;
    case 'k':
        key_set(text, size - 1);
        break;
    default:
        discovery(text, size - 1, arena);
        break;
    }
    tl_arena_free(arena);
    return 0;
}

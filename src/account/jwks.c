/* jwks.c - a provider's public keys (RFC 7517). */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "account/id_token_priv.h"
#include "format/json_read.h"

enum {
    RSA_BYTES_LEAST = 2048 / 8,
    P_256_BYTES = 32,
    BYTES_MAX = 16384 / 8, /* as much as OpenSSL takes for a modulus */
    MEMBER_MAX = 4096
};

struct key {
    cjose_jwk_t *jwk; /* owned */
    char *kid;        /* owned; NULL: none */
    tl_jws_algorithm algorithm;
};

struct tl_jwks {
    size_t n;
    struct key keys[TL_JWKS_KEYS];
};

void tl_jwks_free(tl_jwks *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->n; i++) {
        cjose_jwk_release(k->keys[i].jwk);
        free(k->keys[i].kid);
    }
    free(k);
}

size_t tl_jwks_size(const tl_jwks *k)
{
    return k->n;
}

/* A member as text; NULL where it is not there or something else. */
static const char *member(tl_json_value key, const char *name)
{
    const char *text = NULL;
    return tl_json_as_text(tl_json_get(key, name), &text, NULL) == TL_OK &&
                   strlen(text) <= MEMBER_MAX
               ? text
               : NULL;
}

static bool is_or_missing(tl_json_value key, const char *name, const char *want)
{
    return tl_json_missing(tl_json_get(key, name)) || tl_text_equal(member(key, name), want);
}

/* Which algorithm a key is good for; false for one we have no use for. */
static bool usable(tl_json_value key, tl_jws_algorithm *algorithm)
{
    const char *kty = member(key, "kty");
    if (!is_or_missing(key, "use", "sig"))
        return false;
    if (tl_text_equal(kty, "RSA") && is_or_missing(key, "alg", "RS256")) {
        *algorithm = TL_JWS_RS256;
        return true;
    }
    *algorithm = TL_JWS_ES256;
    return tl_text_equal(kty, "EC") && is_or_missing(key, "alg", "ES256") &&
           tl_text_equal(member(key, "crv"), "P-256");
}

/* A member that is base64url of least to most bytes, decoded into out. */
static bool bytes_of(tl_json_value key, const char *name, size_t least, size_t most,
                     uint8_t out[BYTES_MAX], size_t *n)
{
    const char *text = member(key, name), *end = NULL;
    size_t len = text ? strlen(text) : 0;
    return text &&
           sodium_base642bin(out, most, text, len, NULL, n, &end,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           end == text + len && *n >= least;
}

static cjose_jwk_t *import_rsa(tl_json_value key)
{
    uint8_t modulus[BYTES_MAX], exponent[BYTES_MAX];
    cjose_jwk_rsa_keyspec spec = { .n = modulus, .e = exponent };
    if (!bytes_of(key, "n", RSA_BYTES_LEAST, BYTES_MAX, modulus, &spec.nlen) ||
        !bytes_of(key, "e", 1, 8, exponent, &spec.elen))
        return NULL;
    cjose_jwk_t *jwk = cjose_jwk_create_RSA_spec(&spec, NULL);
    if (jwk && cjose_jwk_get_keysize(jwk, NULL) < (size_t)RSA_BYTES_LEAST * 8) {
        cjose_jwk_release(jwk); /* zeros in front had made it look long */
        return NULL;
    }
    return jwk;
}

static cjose_jwk_t *import_ec(tl_json_value key)
{
    uint8_t x[BYTES_MAX], y[BYTES_MAX];
    cjose_jwk_ec_keyspec spec = { .crv = CJOSE_JWK_EC_P_256, .x = x, .y = y };
    if (!bytes_of(key, "x", P_256_BYTES, P_256_BYTES, x, &spec.xlen) ||
        !bytes_of(key, "y", P_256_BYTES, P_256_BYTES, y, &spec.ylen))
        return NULL;
    return cjose_jwk_create_EC_spec(&spec, NULL);
}

/* Decodes the public members here: what else a key set holds is none of our business, and cjose's
 * own reader ends the program (assert) over a '=' in the middle of a number. */
static cjose_jwk_t *import(tl_json_value key, tl_jws_algorithm algorithm)
{
    return algorithm == TL_JWS_RS256 ? import_rsa(key) : import_ec(key);
}

static tl_status add(tl_jwks *k, tl_json_value key, tl_error *err)
{
    tl_jws_algorithm algorithm;
    if (k->n == TL_JWKS_KEYS || !usable(key, &algorithm))
        return TL_OK;
    struct key *at = &k->keys[k->n];
    *at = (struct key){ .algorithm = algorithm, .jwk = import(key, algorithm) };
    if (!at->jwk)
        return TL_OK;
    const char *kid = member(key, "kid");
    k->n++;
    return !kid || (at->kid = strdup(kid)) ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_jwks_read(tl_jwks **out, const char *json, size_t n, tl_error *err)
{
    const tl_json_limits limits = { .max_bytes = TL_JWKS_MAX, .depth = 8 };
    tl_json_doc *doc = NULL;
    *out = NULL;
    tl_status st = tl_json_read(&doc, "key set", json, n, &limits, err);
    if (st != TL_OK)
        return st;
    tl_json_value keys = tl_json_get(tl_json_root(doc), "keys");
    tl_jwks *k = calloc(1, sizeof *k);
    if (!k)
        st = tl_fail_nomem(err);
    else
        st = tl_json_as_array(keys, err);
    for (size_t i = 0; st == TL_OK && i < tl_json_count(keys); i++)
        st = add(k, tl_json_item(keys, i), err);
    if (st == TL_OK && k->n == 0)
        st = tl_fail(err, TL_EINPUT, "key set: no key for RS256 (2048 bits or more) or ES256");
    tl_json_doc_free(doc);
    if (st != TL_OK) {
        tl_jwks_free(k);
        return st;
    }
    *out = k;
    return TL_OK;
}

const cjose_jwk_t *tl_jwks_find(const tl_jwks *k, const tl_jws_header *header)
{
    const cjose_jwk_t *found = NULL;
    for (size_t i = 0; i < k->n; i++) {
        const struct key *key = &k->keys[i];
        if (key->algorithm != header->algorithm ||
            (header->kid && !tl_text_equal(header->kid, key->kid)))
            continue;
        if (found)
            return NULL;
        found = key->jwk;
    }
    return found;
}

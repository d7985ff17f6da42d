/* jwks.c - a provider's public keys (RFC 7517). */
#include <stdlib.h>
#include <string.h>

#include "account/id_token_priv.h"
#include "base/buf.h"
#include "format/json.h"
#include "format/json_read.h"

enum { RSA_BITS_LEAST = 2048, MEMBER_MAX = 4096 };

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

/* Hands only the public members over: what else a key set holds is none of our business. */
static cjose_jwk_t *import(tl_json_value key, tl_jws_algorithm algorithm)
{
    static const char *const members[2][4] = { { "kty", "n", "e" }, { "kty", "crv", "x", "y" } };
    cjose_jwk_t *jwk = NULL;
    tl_buf b;
    tl_buf_init(&b, 1 << 16);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    for (int i = 0; i < 4 && members[algorithm][i]; i++) {
        const char *v = member(key, members[algorithm][i]);
        tl_json_text(&j, members[algorithm][i], v ? v : "");
    }
    tl_json_end(&j);
    if (tl_buf_status(&b, NULL) == TL_OK)
        jwk = cjose_jwk_import(tl_buf_text(&b), b.len, NULL);
    tl_buf_clear(&b);
    if (jwk && algorithm == TL_JWS_RS256 &&
        cjose_jwk_get_keysize(jwk, NULL) < (size_t)RSA_BITS_LEAST) {
        cjose_jwk_release(jwk);
        return NULL;
    }
    return jwk;
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

/* id_token.c - header and signature of an ID token. Nothing in it is read before the signature
 * holds, but for the header, which says how it is signed. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "account/id_token_priv.h"
#include "format/json_read.h"

enum { HEADER_MAX = 4096 };

static tl_status reject(tl_error *err, const char *why)
{
    return tl_fail(err, TL_EFORBIDDEN, "ID token: %s", why);
}

/* base64url without padding, and nothing else, in the arena. */
static char *decode(tl_span part, tl_arena *arena, size_t *n)
{
    char *out = tl_arena_alloc(arena, part.n + 1, 1);
    const char *end = NULL;
    if (!out ||
        sodium_base642bin((unsigned char *)out, part.n + 1, part.p, part.n, NULL, n, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != part.p + part.n)
        return NULL;
    return out;
}

static tl_status take_header(const tl_json_doc *doc, tl_arena *arena, tl_jws_header *out,
                             tl_error *err)
{
    tl_json_value root = tl_json_root(doc), typ = tl_json_get(root, "typ");
    tl_json_value kid = tl_json_get(root, "kid");
    const char *alg = "", *text = "";
    if (tl_json_as_text(tl_json_get(root, "alg"), &alg, NULL) != TL_OK)
        return reject(err, "its header names no algorithm");
    if (strcmp(alg, "RS256") == 0)
        out->algorithm = TL_JWS_RS256;
    else if (strcmp(alg, "ES256") == 0)
        out->algorithm = TL_JWS_ES256;
    else
        return tl_fail(err, TL_EFORBIDDEN, "ID token: algorithm '%.40s', expected RS256 or ES256",
                       alg);
    if (!tl_json_missing(tl_json_get(root, "crit")))
        return reject(err, "its header has critical extensions"); /* RFC 7515, 4.1.11 */
    if (!tl_json_missing(typ) && (tl_json_as_text(typ, &text, NULL) != TL_OK ||
                                  (strcmp(text, "JWT") != 0 && strcmp(text, "jwt") != 0)))
        return reject(err, "its type is not JWT");
    if (tl_json_missing(kid))
        return TL_OK;
    if (tl_json_as_text(kid, &text, NULL) != TL_OK)
        return reject(err, "its key id is no text");
    out->kid = tl_arena_str(arena, text);
    return out->kid ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_jws_header_read(tl_span part, tl_arena *arena, tl_jws_header *out, tl_error *err)
{
    const tl_json_limits limits = { .max_bytes = HEADER_MAX, .depth = 4 };
    tl_json_doc *doc = NULL;
    tl_error why = { 0 };
    size_t n = 0;
    *out = (tl_jws_header){ 0 };
    const char *json = part.n && part.n <= HEADER_MAX ? decode(part, arena, &n) : NULL;
    if (!json)
        return reject(err, "its header is not base64url, or too long");
    tl_status st = tl_json_read(&doc, "header", json, n, &limits, &why);
    if (st == TL_ENOMEM)
        return tl_fail_nomem(err);
    if (st != TL_OK || tl_json_as_object(tl_json_root(doc), NULL) != TL_OK)
        st = reject(err, "its header is no JSON object");
    else
        st = take_header(doc, arena, out, err);
    tl_json_doc_free(doc);
    return st;
}

/* Header, claims and signature; exactly three. */
static tl_status split(const char *token, tl_span parts[3], tl_error *err)
{
    tl_span rest = tl_span_of(token ? token : "");
    size_t n = 0;
    if (rest.n > TL_ID_TOKEN_MAX)
        return reject(err, "too long");
    for (const char *at = rest.p; n < 3; n++) {
        const char *dot = memchr(at, '.', (size_t)(rest.p + rest.n - at));
        parts[n] = (tl_span){ at, (size_t)((dot ? dot : rest.p + rest.n) - at) };
        if (!dot != (n == 2) || parts[n].n == 0)
            return reject(err, "not three parts with dots between them");
        at = dot ? dot + 1 : at;
    }
    return TL_OK;
}

tl_status tl_id_token_check(const tl_jwks *keys, const char *token, const tl_id_expected *want,
                            tl_arena *arena, tl_id_claims *out, tl_error *err)
{
    tl_span parts[3];
    tl_jws_header header;
    uint8_t *claims = NULL; /* borrowed from jws */
    size_t n = 0;
    *out = (tl_id_claims){ 0 };
    tl_status st = split(token, parts, err);
    if (st != TL_OK || (st = tl_jws_header_read(parts[0], arena, &header, err)) != TL_OK)
        return st;
    const cjose_jwk_t *key = tl_jwks_find(keys, &header);
    if (!key)
        return reject(err, "the provider has no such key; its set may have changed");
    if (!decode(parts[1], arena, &n) || !decode(parts[2], arena, &n))
        return reject(err, "its parts are not base64url");
    cjose_jws_t *jws = cjose_jws_import(token, strlen(token), NULL);
    if (!jws)
        return reject(err, "not a signed token");
    if (!cjose_jws_verify(jws, key, NULL))
        st = reject(err, "its signature is wrong");
    else if (!cjose_jws_get_plaintext(jws, &claims, &n, NULL))
        st = reject(err, "it has no claims");
    else
        st = tl_id_claims_read((const char *)claims, n, want, arena, out, err);
    cjose_jws_release(jws);
    return st;
}

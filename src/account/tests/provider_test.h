/* provider_test.h - a provider of the test's own: keys made here, tokens signed with them. */
#ifndef TL_ACCOUNT_TESTS_PROVIDER_TEST_H
#define TL_ACCOUNT_TESTS_PROVIDER_TEST_H

#include <cjose/cjose.h>

#include "account/id_token.h"
#include "account/secret.h"
#include "base/buf.h"
#include "store/tests/scratch.h"

#define ISSUER "https://id.example"
#define CLIENT "tanlian-test"
#define NONCE "nonce-of-this-login"
#define T0 1800000000

typedef struct provider {
    cjose_jwk_t *rsa, *ec, *stranger, *weak, *secret;
    char *jwks; /* owned; the public parts of rsa, ec and weak */
    tl_jwks *keys;
    tl_arena *arena;
    tl_error err;
} provider;

static inline cjose_jwk_t *provider_rsa(size_t bits, const char *kid)
{
    static const uint8_t e[] = { 1, 0, 1 };
    cjose_jwk_t *k = cjose_jwk_create_RSA_random(bits, e, sizeof e, NULL);
    assert_non_null(k);
    assert_true(cjose_jwk_set_kid(k, kid, strlen(kid), NULL));
    return k;
}

/* The token of a header and claims, signed; free() it. */
static inline char *provider_sign(const cjose_jwk_t *key, const char *alg, const char *kid,
                                  const char *claims)
{
    const char *text = NULL;
    cjose_header_t *header = cjose_header_new(NULL);
    assert_true(cjose_header_set(header, CJOSE_HDR_ALG, alg, NULL));
    if (kid)
        assert_true(cjose_header_set(header, CJOSE_HDR_KID, kid, NULL));
    cjose_jws_t *jws = cjose_jws_sign(key, header, (const uint8_t *)claims, strlen(claims), NULL);
    assert_non_null(jws);
    assert_true(cjose_jws_export(jws, &text, NULL));
    char *copy = strdup(text);
    cjose_jws_release(jws);
    cjose_header_release(header);
    assert_non_null(copy);
    return copy;
}

static inline int provider_setup(void **state)
{
    provider *p = calloc(1, sizeof *p);
    tl_buf b;
    if (!p || tl_arena_new(&p->arena, 0, &p->err) != TL_OK)
        return -1;
    p->rsa = provider_rsa(2048, "r1");
    p->stranger = provider_rsa(2048, "r1");
    p->weak = provider_rsa(1024, "w1");
    p->ec = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, NULL);
    assert_true(p->ec && cjose_jwk_set_kid(p->ec, "e1", 2, NULL));
    tl_buf_init(&b, 0);
    tl_buf_str(&b, "{\"keys\":[");
    const cjose_jwk_t *const listed[] = { p->rsa, p->ec, p->weak };
    for (size_t i = 0; i < TEST_COUNT(listed); i++) {
        char *json = cjose_jwk_to_json(listed[i], false, NULL);
        tl_buf_printf(&b, "%s%s", i ? "," : "", json);
        free(json);
    }
    tl_buf_str(&b, ",{\"kty\":\"oct\",\"kid\":\"s1\",\"k\":\"c2VjcmV0\"}]}");
    p->jwks = strdup(tl_buf_text(&b));
    tl_buf_clear(&b);
    /* the classic confusion: the public key taken for a shared secret */
    p->secret = cjose_jwk_create_oct_spec((const uint8_t *)p->jwks, strlen(p->jwks), NULL);
    assert_true(p->jwks && p->secret);
    expect("key set", tl_jwks_read(&p->keys, p->jwks, strlen(p->jwks), &p->err), TL_OK, &p->err,
           NULL);
    *state = p;
    return 0;
}

static inline int provider_teardown(void **state)
{
    provider *p = *state;
    if (!p)
        return -1;
    cjose_jwk_t *const all[] = { p->rsa, p->ec, p->stranger, p->weak, p->secret };
    for (size_t i = 0; i < TEST_COUNT(all); i++)
        cjose_jwk_release(all[i]);
    tl_jwks_free(p->keys);
    tl_arena_free(p->arena);
    free(p->jwks);
    free(p);
    return 0;
}

#endif

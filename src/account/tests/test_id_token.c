/* test_id_token.c - which ID tokens are believed: signatures, claims, key sets. */
#include "account/tests/provider_test.h"

#include "account/id_token_priv.h"

static const tl_id_expected want = {
    .issuer = ISSUER, .client_id = CLIENT, .nonce = NONCE, .now = T0
};

/* Claims that are right but for what a case changes. */
#define HEAD "{\"iss\":\"" ISSUER "\",\"aud\":\"" CLIENT "\",\"nonce\":\"" NONCE "\","
#define TIMES "\"iat\":1799999990,\"exp\":1800000300"
#define GOOD HEAD TIMES ",\"sub\":\"u-1\"}"

static tl_status check(provider *p, const char *token, tl_id_claims *out)
{
    return tl_id_token_check(p->keys, token, &want, p->arena, out, &p->err);
}

static const struct claims_case {
    const char *label, *claims, *words; /* words NULL: believed */
} claims_cases[] = {
    { "good", GOOD, NULL },
    { "audience as a list of one",
      "{\"iss\":\"" ISSUER "\",\"aud\":[\"" CLIENT "\"],\"nonce\":\"" NONCE "\"," TIMES
      ",\"sub\":\"u\"}",
      NULL },
    { "several audiences, given to us",
      "{\"iss\":\"" ISSUER "\",\"aud\":[\"other\",\"" CLIENT "\"],\"azp\":\"" CLIENT
      "\",\"nonce\":\"" NONCE "\"," TIMES ",\"sub\":\"u\"}",
      NULL },
    { "several audiences, given to nobody",
      "{\"iss\":\"" ISSUER "\",\"aud\":[\"other\",\"" CLIENT "\"],\"nonce\":\"" NONCE "\"," TIMES
      ",\"sub\":\"u\"}",
      "azp" },
    { "given to another", HEAD TIMES ",\"azp\":\"other\",\"sub\":\"u\"}", "azp" },
    { "azp no text", HEAD TIMES ",\"azp\":7,\"sub\":\"u\"}", "azp" },
    { "another audience",
      "{\"iss\":\"" ISSUER "\",\"aud\":\"other\",\"nonce\":\"" NONCE "\"," TIMES ",\"sub\":\"u\"}",
      "aud" },
    { "audience that begins like ours",
      "{\"iss\":\"" ISSUER "\",\"aud\":\"" CLIENT "2\",\"nonce\":\"" NONCE "\"," TIMES
      ",\"sub\":\"u\"}",
      "aud" },
    { "no audience", "{\"iss\":\"" ISSUER "\",\"nonce\":\"" NONCE "\"," TIMES ",\"sub\":\"u\"}",
      "aud" },
    { "empty audience",
      "{\"iss\":\"" ISSUER "\",\"aud\":[],\"nonce\":\"" NONCE "\"," TIMES ",\"sub\":\"u\"}",
      "aud" },
    { "audience with a number in it",
      "{\"iss\":\"" ISSUER "\",\"aud\":[1,\"" CLIENT "\"],\"nonce\":\"" NONCE "\"," TIMES
      ",\"sub\":\"u\"}",
      "audience" },
    { "another issuer",
      "{\"iss\":\"https://id.example.evil\",\"aud\":\"" CLIENT "\",\"nonce\":\"" NONCE "\"," TIMES
      ",\"sub\":\"u\"}",
      "iss" },
    { "issuer with a slash more",
      "{\"iss\":\"" ISSUER "/\",\"aud\":\"" CLIENT "\",\"nonce\":\"" NONCE "\"," TIMES
      ",\"sub\":\"u\"}",
      "iss" },
    { "no issuer", "{\"aud\":\"" CLIENT "\",\"nonce\":\"" NONCE "\"," TIMES ",\"sub\":\"u\"}",
      "iss" },
    { "another nonce",
      "{\"iss\":\"" ISSUER "\",\"aud\":\"" CLIENT "\",\"nonce\":\"x\"," TIMES ",\"sub\":\"u\"}",
      "nonce" },
    { "no nonce", "{\"iss\":\"" ISSUER "\",\"aud\":\"" CLIENT "\"," TIMES ",\"sub\":\"u\"}",
      "nonce" },
    { "just not expired, with a minute for clocks",
      HEAD "\"iat\":1799990000,\"exp\":1799999941,\"sub\":\"u\"}", NULL },
    { "expired", HEAD "\"iat\":1799990000,\"exp\":1799999940,\"sub\":\"u\"}", "expired" },
    { "no end", HEAD "\"iat\":1799999990,\"sub\":\"u\"}", "exp" },
    { "end as text", HEAD "\"iat\":1799999990,\"exp\":\"1800000300\",\"sub\":\"u\"}", "exp" },
    { "end beyond all years", HEAD "\"iat\":1,\"exp\":9223372036854775807,\"sub\":\"u\"}", "exp" },
    { "no beginning", HEAD "\"exp\":1800000300,\"sub\":\"u\"}", "iat" },
    { "issued a minute ahead", HEAD "\"iat\":1800000060,\"exp\":1800000300,\"sub\":\"u\"}", NULL },
    { "issued in the future", HEAD "\"iat\":1800000061,\"exp\":1800000300,\"sub\":\"u\"}",
      "future" },
    { "not yet", HEAD TIMES ",\"nbf\":1800000061,\"sub\":\"u\"}", "nbf" },
    { "by now", HEAD TIMES ",\"nbf\":1800000060,\"sub\":\"u\"}", NULL },
    { "nobody", HEAD TIMES "}", "sub" },
    { "empty subject", HEAD TIMES ",\"sub\":\"\"}", "sub" },
    { "subject of two lines", HEAD TIMES ",\"sub\":\"a\\nb\"}", "sub" },
    { "a member twice", HEAD TIMES ",\"sub\":\"u\",\"sub\":\"admin\"}", "JSON" },
    { "a list", "[]", "JSON object" },
    { "no JSON", "hello", "JSON" },
};

static void test_claims(void **state)
{
    provider *p = *state;
    for (size_t i = 0; i < TEST_COUNT(claims_cases); i++) {
        const struct claims_case *c = &claims_cases[i];
        tl_id_claims out;
        bool ec = i % 2;
        char *token =
            provider_sign(ec ? p->ec : p->rsa, ec ? "ES256" : "RS256", ec ? "e1" : "r1", c->claims);
        expect(c->label, check(p, token, &out), c->words ? TL_EFORBIDDEN : TL_OK, &p->err,
               c->words);
        if (!out.subject != !!c->words)
            fail_msg("%s: claims given although not believed, or the reverse", c->label);
        free(token);
    }
}

static const struct text_case {
    const char *label, *more, *email, *name, *language;
    bool verified;
} text_cases[] = {
    { "nothing", "", "", "", "en", false },
    { "all", ",\"email\":\"a@b.c\",\"email_verified\":true,\"name\":\"王\",\"locale\":\"zh-CN\"",
      "a@b.c", "王", "zh", true },
    { "not verified", ",\"email\":\"a@b.c\",\"email_verified\":false", "a@b.c", "", "en", false },
    { "verified as text", ",\"email\":\"a@b.c\",\"email_verified\":\"true\"", "a@b.c", "", "en",
      false },
    { "nothing is verified", ",\"email_verified\":true", "", "", "en", false },
    { "address of two lines", ",\"email\":\"a@b.c\\nx\",\"email_verified\":true", "", "", "en",
      false },
    { "numbers", ",\"email\":1,\"name\":2,\"locale\":3", "", "", "en", false },
};

static void test_texts(void **state)
{
    provider *p = *state;
    for (size_t i = 0; i < TEST_COUNT(text_cases); i++) {
        const struct text_case *c = &text_cases[i];
        char claims[600];
        tl_id_claims out;
        snprintf(claims, sizeof claims, HEAD TIMES ",\"sub\":\"u-1\"%s}", c->more);
        char *token = provider_sign(p->rsa, "RS256", "r1", claims);
        expect(c->label, check(p, token, &out), TL_OK, &p->err, NULL);
        assert_string_equal(out.subject, "u-1");
        assert_string_equal(out.issuer, ISSUER);
        assert_string_equal(out.email, c->email);
        assert_string_equal(out.name, c->name);
        assert_string_equal(out.language, c->language);
        assert_int_equal(out.email_verified, c->verified);
        free(token);
    }
}

#define TEN(x) x x x x x x x x x x

static const struct strength_case {
    const char *label, *acr_values, *amr, *more, *weak, *acr; /* weak NULL: strong enough */
} strength_cases[] = {
    { "nothing asked, nothing said", NULL, NULL, "", NULL, "" },
    { "nothing asked, nonsense said", NULL, NULL, ",\"acr\":7,\"amr\":\"x\"", NULL, "" },
    { "the class", "phr", NULL, ",\"acr\":\"phr\"", NULL, "phr" },
    { "one of several", "phr  urn:x:mfa", NULL, ",\"acr\":\"urn:x:mfa\"", NULL, "urn:x:mfa" },
    { "another class", "phr phrh", NULL, ",\"acr\":\"0\"", "acr", "0" },
    { "another case", "phr", NULL, ",\"acr\":\"PHR\"", "acr", "PHR" },
    { "begins like it", "phrh", NULL, ",\"acr\":\"phr\"", "acr", "phr" },
    { "two at once", "phr phrh", NULL, ",\"acr\":\"phr phrh\"", "acr", "phr phrh" },
    { "no class", "phr", NULL, ",\"amr\":[\"mfa\"]", "acr", "" },
    { "empty class", "phr", NULL, ",\"acr\":\"\"", "acr", "" },
    { "class a number", "1", NULL, ",\"acr\":1", "acr", "" },
    { "class a list", "phr", NULL, ",\"acr\":[\"phr\"]", "acr", "" },
    { "class of two lines", "phr", NULL, ",\"acr\":\"phr\\nphr\"", "acr", "" },
    { "blanks are asked for", " ", NULL, ",\"acr\":\"\"", "acr", "" },
    { "the method", NULL, "mfa", ",\"amr\":[\"mfa\"]", NULL, "" },
    { "among others", NULL, "mfa", ",\"amr\":[\"pwd\",\"otp\",\"mfa\"]", NULL, "" },
    { "among the most", NULL, "mfa", ",\"amr\":[" TEN("\"a\",\"b\",\"c\",") "\"d\",\"mfa\"]", NULL,
      "" },
    { "among too many", NULL, "mfa", ",\"amr\":[" TEN("\"a\",\"b\",\"c\",") "\"d\",\"e\",\"mfa\"]",
      "amr", "" },
    { "other methods", NULL, "mfa", ",\"amr\":[\"pwd\",\"otp\"]", "amr", "" },
    { "no methods", NULL, "mfa", ",\"acr\":\"mfa\"", "amr", "mfa" },
    { "empty list", NULL, "mfa", ",\"amr\":[]", "amr", "" },
    { "a text in place of a list", NULL, "mfa", ",\"amr\":\"mfa\"", "amr", "" },
    { "an object", NULL, "mfa", ",\"amr\":{\"mfa\":true}", "amr", "" },
    { "a number in it", NULL, "mfa", ",\"amr\":[\"mfa\",1]", "amr", "" },
    { "a list in it", NULL, "mfa", ",\"amr\":[[\"mfa\"]]", "amr", "" },
    { "nothing in it", NULL, "mfa", ",\"amr\":[null,\"mfa\"]", "amr", "" },
    { "class and method", "phr", "mfa", ",\"acr\":\"phr\",\"amr\":[\"mfa\"]", NULL, "phr" },
    { "class without method", "phr", "mfa", ",\"acr\":\"phr\"", "amr", "phr" },
    { "method without class", "phr", "mfa", ",\"amr\":[\"mfa\"]", "acr", "" },
};

/* How strong the login was: a weak token is believed, and said to be weak. */
static void test_strength(void **state)
{
    provider *p = *state;
    for (size_t i = 0; i < TEST_COUNT(strength_cases); i++) {
        const struct strength_case *c = &strength_cases[i];
        char claims[600];
        tl_id_claims out;
        tl_id_expected asked = want;
        asked.acr_values = c->acr_values;
        asked.amr = c->amr;
        snprintf(claims, sizeof claims, HEAD TIMES ",\"sub\":\"u-1\"%s}", c->more);
        expect(c->label, tl_id_claims_read(claims, strlen(claims), &asked, p->arena, &out, &p->err),
               TL_OK, &p->err, NULL);
        if (!tl_text_equal(out.weak, c->weak) || !tl_text_equal(out.acr, c->acr))
            fail_msg("%s: weak %s, acr %s", c->label, out.weak ? out.weak : "no", out.acr);
    }
}

static void test_signatures(void **state)
{
    provider *p = *state;
    const struct {
        const char *label;
        const cjose_jwk_t *key;
        const char *alg, *kid, *words;
    } cases[] = {
        { "RS256", p->rsa, "RS256", "r1", NULL },
        { "RS256 without a key id: there is one", p->rsa, "RS256", NULL, NULL },
        { "ES256", p->ec, "ES256", "e1", NULL },
        { "a stranger's key of the same id", p->stranger, "RS256", "r1", "signature" },
        { "a key id that is not there", p->rsa, "RS256", "r2", "no such key" },
        { "the id of the other kind of key", p->rsa, "RS256", "e1", "no such key" },
        { "1024 bits", p->weak, "RS256", "w1", "no such key" },
        { "RS384", p->rsa, "RS384", "r1", "RS384" },
        { "PS256", p->rsa, "PS256", "r1", "PS256" },
        { "HS256 with the public keys as secret", p->secret, "HS256", "r1", "HS256" },
        { "HS256 with the id of a shared secret", p->secret, "HS256", "s1", "HS256" },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_id_claims out;
        char *token = provider_sign(cases[i].key, cases[i].alg, cases[i].kid, GOOD);
        expect(cases[i].label, check(p, token, &out), cases[i].words ? TL_EFORBIDDEN : TL_OK,
               &p->err, cases[i].words);
        free(token);
    }
}

/* Each character of a good token changed once: none of them is believed. */
static void test_every_byte(void **state)
{
    provider *p = *state;
    tl_id_claims out;
    char *token = provider_sign(p->ec, "ES256", "e1", GOOD);
    size_t n = strlen(token), believed = 0;
    /* the last character of the signature holds two bits only; the others of it are zero */
    for (size_t i = 0; i < n; i++) {
        char was = token[i];
        token[i] = was == 'A' ? 'B' : 'A';
        believed += check(p, token, &out) == TL_OK;
        token[i] = was;
    }
    assert_int_equal(believed, 0);
    for (size_t i = 0; i < n; i++) { /* cut off there */
        char was = token[i];
        token[i] = '\0';
        assert_int_equal(check(p, token, &out), TL_EFORBIDDEN);
        token[i] = was;
    }
    expect("itself", check(p, token, &out), TL_OK, &p->err, NULL);
    free(token);
}

/* Headers in clear, put in front of claims and a signature that do not matter. */
static const struct header_case {
    const char *label, *header, *words;
} header_cases[] = {
    { "good", "{\"alg\":\"ES256\",\"kid\":\"e1\"}", NULL },
    { "type", "{\"alg\":\"ES256\",\"typ\":\"JWT\"}", NULL },
    { "none", "{\"alg\":\"none\"}", "'none'" },
    { "None", "{\"alg\":\"None\"}", "'None'" },
    { "lower case", "{\"alg\":\"rs256\"}", "'rs256'" },
    { "no algorithm", "{}", "no algorithm" },
    { "algorithm a list", "{\"alg\":[\"ES256\"]}", "no algorithm" },
    { "algorithm twice", "{\"alg\":\"ES256\",\"alg\":\"none\"}", "JSON" },
    { "critical", "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false}", "critical" },
    { "another type", "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", "type" },
    { "key id a number", "{\"alg\":\"ES256\",\"kid\":1}", "key id" },
    { "a list", "[\"ES256\"]", "JSON object" },
    { "empty", "", "base64url" },
};

static void test_headers(void **state)
{
    provider *p = *state;
    for (size_t i = 0; i < TEST_COUNT(header_cases); i++) {
        const struct header_case *c = &header_cases[i];
        char part[200];
        tl_jws_header out;
        size_t n = 0;
        /* base64url by hand: three bytes to four letters */
        static const char letters[] =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (size_t at = 0, len = strlen(c->header); at < len; at += 3) {
            unsigned v = 0;
            size_t have = len - at < 3 ? len - at : 3;
            for (size_t k = 0; k < 3; k++)
                v = v << 8 | (k < have ? (unsigned char)c->header[at + k] : 0);
            for (size_t k = 0; k <= have; k++)
                part[n++] = letters[v >> (18 - 6 * k) & 63];
        }
        tl_status got = tl_jws_header_read((tl_span){ part, n }, p->arena, &out, &p->err);
        expect(c->label, got, c->words ? TL_EFORBIDDEN : TL_OK, &p->err, c->words);
    }
}

static const struct token_case {
    const char *label, *token, *words;
} token_cases[] = {
    { "none", NULL, "three parts" },
    { "empty", "", "three parts" },
    { "one part", "aaaa", "three parts" },
    { "two parts", "aaaa.bbbb", "three parts" },
    { "four parts", "aaaa.bbbb.cccc.dddd", "three parts" },
    { "five parts, as encrypted ones have", "a.b.c.d.e", "three parts" },
    { "empty signature", "eyJhbGciOiJFUzI1NiJ9.e30.", "three parts" },
    { "empty claims", "eyJhbGciOiJFUzI1NiJ9..AAAA", "three parts" },
    { "padded header", "eyJhbGciOiJFUzI1NiJ9==.e30.AAAA", "base64url" },
    { "blank in it", "eyJhbGciOiJFUzI1 NiJ9.e30.AAAA", "base64url" },
    { "claims not base64url", "eyJhbGciOiJFUzI1NiJ9.e3*.AAAA", "base64url" },
    { "short signature", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "signature" },
    { "none, unsigned", "eyJhbGciOiJub25lIn0.e30.AAAA", "'none'" },
};

static void test_tokens(void **state)
{
    provider *p = *state;
    static char endless[TL_ID_TOKEN_MAX + 2];
    tl_id_claims out;
    for (size_t i = 0; i < TEST_COUNT(token_cases); i++)
        expect(token_cases[i].label, check(p, token_cases[i].token, &out), TL_EFORBIDDEN, &p->err,
               token_cases[i].words);
    memset(endless, 'a', sizeof endless - 1);
    expect("endless", check(p, endless, &out), TL_EFORBIDDEN, &p->err, "too long");
}

/* RFC 7515, appendices A.2 and A.3: keys and tokens printed there. Their signatures hold, so it is
 * the claims that are not ours; with one letter of the signature changed it is the signature. */
#define RFC_CLAIMS                                                                                 \
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl" \
    "fQ"
#define RFC_EC_SIGNATURE                                                                           \
    "tEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
#define RFC_RSA_SIGNATURE                                                                          \
    "C4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"  \
    "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb" \
    "1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QO" \
    "YEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
static const char rfc_keys[] =
    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
    "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
    "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"},"
    "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_"
    "wWJcyQoTbji9k0l8W26mPdd"
    "xHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9w"
    "Gzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlx"
    "vb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRW"
    "yuXpoQ\"}]}";

static void test_rfc(void **state)
{
    provider *p = *state;
    tl_jwks *keys;
    const tl_id_expected joe = {
        .issuer = "joe", .client_id = CLIENT, .nonce = NONCE, .now = 1300819300
    };
    static const struct {
        const char *label, *token, *words;
    } cases[] = {
        { "ES256", "eyJhbGciOiJFUzI1NiJ9." RFC_CLAIMS ".D" RFC_EC_SIGNATURE, "(aud)" },
        { "ES256 changed", "eyJhbGciOiJFUzI1NiJ9." RFC_CLAIMS ".E" RFC_EC_SIGNATURE, "signature" },
        { "RS256", "eyJhbGciOiJSUzI1NiJ9." RFC_CLAIMS ".c" RFC_RSA_SIGNATURE, "(aud)" },
        { "RS256 changed", "eyJhbGciOiJSUzI1NiJ9." RFC_CLAIMS ".d" RFC_RSA_SIGNATURE, "signature" },
    };
    expect("keys", tl_jwks_read(&keys, rfc_keys, strlen(rfc_keys), &p->err), TL_OK, &p->err, NULL);
    assert_int_equal(tl_jwks_size(keys), 2);
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_id_claims out;
        expect(cases[i].label,
               tl_id_token_check(keys, cases[i].token, &joe, p->arena, &out, &p->err),
               TL_EFORBIDDEN, &p->err, cases[i].words);
    }
    tl_jwks_free(keys);
}

#define X "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
#define Y "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\""
static const struct jwks_case {
    const char *label, *json;
    size_t keys; /* 0: refused */
} jwks_cases[] = {
    { "one", "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"," X Y "}]}", 1 },
    { "for signatures", "{\"keys\":[{\"use\":\"sig\",\"kty\":\"EC\",\"crv\":\"P-256\"," X Y "}]}",
      1 },
    { "for encryption", "{\"keys\":[{\"use\":\"enc\",\"kty\":\"EC\",\"crv\":\"P-256\"," X Y "}]}",
      0 },
    { "another algorithm",
      "{\"keys\":[{\"alg\":\"ES512\",\"kty\":\"EC\",\"crv\":\"P-256\"," X Y "}]}", 0 },
    { "another curve", "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-384\"," X Y "}]}", 0 },
    { "a point beside the curve",
      "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"," X
      "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI6a0\"}]}",
      0 },
    { "padding in the middle, over which cjose stumbles",
      "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"," X
      "\"y\":\"x_FEzRu9m36HLN_tue659LN=XW6pCyStikYjKIWI5a0\"}]}",
      0 },
    { "padded",
      "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"," X
      "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0=\"}]}",
      0 },
    { "one byte too few",
      "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"," X
      "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5Q\"}]}",
      0 },
    { "no y", "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\"}]}", 0 },
    { "shared secret", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}", 0 },
    { "short modulus", "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"ofgWCuLjybRlzo0t\"}]}",
      0 },
    { "empty modulus", "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"\"}]}", 0 },
    { "a strange one is left out",
      "{\"keys\":[{\"kty\":\"XX\"},7,{\"kty\":\"EC\",\"crv\":\"P-256\"," X Y "}]}", 1 },
    { "none", "{\"keys\":[]}", 0 },
    { "no list", "{\"keys\":{}}", 0 },
    { "no member", "{}", 0 },
    { "no JSON", "keys", 0 },
    { "nothing", "", 0 },
};

static void test_jwks(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(jwks_cases); i++) {
        const struct jwks_case *c = &jwks_cases[i];
        tl_error err = { 0 };
        tl_jwks *keys;
        tl_status got = tl_jwks_read(&keys, c->json, strlen(c->json), &err);
        expect(c->label, got, c->keys ? TL_OK : TL_EINPUT, &err, NULL);
        if (keys && tl_jwks_size(keys) != c->keys)
            fail_msg("%s: %zu keys", c->label, tl_jwks_size(keys));
        assert_true(!keys == !c->keys);
        tl_jwks_free(keys);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_claims),     cmocka_unit_test(test_texts),
        cmocka_unit_test(test_strength),   cmocka_unit_test(test_signatures),
        cmocka_unit_test(test_every_byte), cmocka_unit_test(test_headers),
        cmocka_unit_test(test_tokens),     cmocka_unit_test(test_rfc),
        cmocka_unit_test(test_jwks),
    };
    return cmocka_run_group_tests(tests, provider_setup, provider_teardown);
}

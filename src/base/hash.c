/* hash.c - SHA-256 and SHA-1 by libcrypto's EVP interface. */
#include "base/hash.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct tl_sha256 {
    EVP_MD_CTX *ctx;
    bool failed;
};

tl_status tl_sha256_new(tl_sha256 **out, tl_error *err)
{
    tl_sha256 *h = calloc(1, sizeof *h);
    *out = NULL;
    if (!h)
        return tl_fail_nomem(err);
    h->ctx = EVP_MD_CTX_new();
    if (!h->ctx || EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) != 1) {
        tl_sha256_free(h);
        return tl_fail(err, TL_EIO, "SHA-256 is not available from libcrypto");
    }
    *out = h;
    return TL_OK;
}

void tl_sha256_free(tl_sha256 *h)
{
    if (!h)
        return;
    EVP_MD_CTX_free(h->ctx);
    free(h);
}

void tl_sha256_add(tl_sha256 *h, const void *data, size_t n)
{
    if (EVP_DigestUpdate(h->ctx, data, n) != 1)
        h->failed = true;
}

void tl_sha256_add_field(tl_sha256 *h, const char *text)
{
    uint64_t n = text ? strlen(text) : UINT64_MAX;
    unsigned char be[8];
    for (int i = 0; i < 8; i++)
        be[i] = (unsigned char)(n >> (56 - 8 * i));
    tl_sha256_add(h, be, sizeof be);
    if (text)
        tl_sha256_add(h, text, (size_t)n);
}

tl_status tl_sha256_final(tl_sha256 *h, char hex[TL_SHA256_HEX], tl_error *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned int n = 0;
    bool bad = h->failed || EVP_DigestFinal_ex(h->ctx, md, &n) != 1 || n != 32;
    bad = EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) != 1 || bad;
    h->failed = false;
    if (bad)
        return tl_fail(err, TL_EIO, "SHA-256 failed in libcrypto");
    for (size_t i = 0; i < 32; i++) {
        hex[2 * i] = digits[md[i] >> 4];
        hex[2 * i + 1] = digits[md[i] & 15];
    }
    hex[64] = '\0';
    return TL_OK;
}

tl_status tl_sha256_of(const void *data, size_t n, char hex[TL_SHA256_HEX], tl_error *err)
{
    tl_sha256 *h;
    tl_status st = tl_sha256_new(&h, err);
    if (st != TL_OK)
        return st;
    tl_sha256_add(h, data, n);
    st = tl_sha256_final(h, hex, err);
    tl_sha256_free(h);
    return st;
}

tl_status tl_sha1_of(const void *data, size_t n, unsigned char out[TL_SHA1_BYTES], tl_error *err)
{
    unsigned int got = 0;
    bool right = EVP_Digest(data, n, out, &got, EVP_sha1(), NULL) == 1 && got == TL_SHA1_BYTES;
    return right ? TL_OK : tl_fail(err, TL_EIO, "SHA-1 failed in libcrypto");
}

/* http://www.isthe.com/chongo/tech/comp/fnv/ */
uint64_t tl_fnv1a(const void *data, size_t n)
{
    const unsigned char *c = data;
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < n; i++)
        h = (h ^ c[i]) * UINT64_C(1099511628211);
    return h;
}

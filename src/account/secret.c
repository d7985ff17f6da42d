/* secret.c - random tokens, through libsodium. */
#include "account/secret.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum { BYTES = 32 };

static tl_status ready(tl_error *err)
{
    return sodium_init() >= 0 ? TL_OK : tl_fail(err, TL_EIO, "the system gives no random numbers");
}

static void as_text(const unsigned char bytes[BYTES], char out[TL_SECRET_TEXT])
{
    sodium_bin2base64(out, TL_SECRET_TEXT, bytes, BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

tl_status tl_secret_new(char out[TL_SECRET_TEXT], tl_error *err)
{
    unsigned char bytes[BYTES];
    out[0] = '\0';
    tl_status st = ready(err);
    if (st != TL_OK)
        return st;
    randombytes_buf(bytes, sizeof bytes);
    as_text(bytes, out);
    sodium_memzero(bytes, sizeof bytes);
    return TL_OK;
}

tl_status tl_secret_id(char *out, size_t digits, tl_error *err)
{
    unsigned char bytes[16];
    assert(digits % 2 == 0 && digits <= 2 * sizeof bytes);
    out[0] = '\0';
    tl_status st = ready(err);
    if (st != TL_OK)
        return st;
    randombytes_buf(bytes, digits / 2);
    sodium_bin2hex(out, digits + 1, bytes, digits / 2);
    return TL_OK;
}

bool tl_secret_shaped(const char *text)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return text && strlen(text) == TL_SECRET_TEXT - 1 &&
           strspn(text, letters) == TL_SECRET_TEXT - 1;
}

void tl_secret_hash(const char *text, char hex[TL_SECRET_HASH])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)text, strlen(text));
    sodium_bin2hex(hex, TL_SECRET_HASH, digest, sizeof digest);
}

void tl_secret_derive(const char *key, const char *purpose, const char *what,
                      char out[TL_SECRET_TEXT])
{
    crypto_generichash_state state;
    unsigned char digest[BYTES];
    assert(strlen(key) == TL_SECRET_TEXT - 1);
    crypto_generichash_init(&state, (const unsigned char *)key, strlen(key), sizeof digest);
    /* with the NUL behind each, so that ("ab","c") and ("a","bc") differ */
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)what, strlen(what) + 1);
    crypto_generichash_final(&state, digest, sizeof digest);
    as_text(digest, out);
    sodium_memzero(digest, sizeof digest);
}

void tl_secret_s256(const char *text, char out[TL_SECRET_TEXT])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)text, strlen(text));
    as_text(digest, out);
}

bool tl_secret_equal(const char *a, const char *b)
{
    size_t n = strlen(a);
    return n == strlen(b) && sodium_memcmp(a, b, n) == 0;
}

void tl_secret_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

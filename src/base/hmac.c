/* hmac.c - HMAC-SHA-1 by libcrypto's EVP interface. */
#include "base/hmac.h"

#include <openssl/evp.h>
#include <string.h>

tl_status tl_hmac_sha1(const void *key, size_t key_n, const void *data, size_t n,
                       unsigned char out[TL_HMAC_SHA1_BYTES], tl_error *err)
{
    size_t got = 0;
    if (EVP_Q_mac(NULL, "HMAC", NULL, "SHA1", NULL, key, key_n, data, n, out, TL_HMAC_SHA1_BYTES,
                  &got) &&
        got == TL_HMAC_SHA1_BYTES)
        return TL_OK;
    memset(out, 0, TL_HMAC_SHA1_BYTES);
    return tl_fail(err, TL_EIO, "HMAC-SHA-1 failed in libcrypto");
}

/* hmac.h - HMAC-SHA-1 (RFC 2104, FIPS 180-4) through OpenSSL's libcrypto: for one-time codes of
 * authenticator apps, which know nothing newer. HMAC does not rest on what is broken of SHA-1
 * (collisions): RFC 6238, section 1.2; NIST SP 800-131A, section 10. For anything else: hash.h. */
#ifndef TL_BASE_HMAC_H
#define TL_BASE_HMAC_H

#include <stddef.h>

#include "base/error.h"

enum { TL_HMAC_SHA1_BYTES = 20 };

/* The code of `data` under a key of at least one byte. TL_EIO where libcrypto does not give it; out
 * is all zero then. */
TL_MUST_CHECK tl_status tl_hmac_sha1(const void *key, size_t key_n, const void *data, size_t n,
                                     unsigned char out[TL_HMAC_SHA1_BYTES], tl_error *err);

#endif

/* hash.h - SHA-256 (FIPS 180-4) through OpenSSL's libcrypto: checksums, the audit chain, input
 * hashes. SHA-1 where a list of others is ordered by it. And a quick one for tables in memory. */
#ifndef TL_BASE_HASH_H
#define TL_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { TL_SHA256_HEX = 65 }; /* 64 lower-case hex digits and the NUL */

typedef struct tl_sha256 tl_sha256;

/* A running hash, owned by the caller; final or free ends it. */
TL_MUST_CHECK tl_status tl_sha256_new(tl_sha256 **out, tl_error *err);
void tl_sha256_free(tl_sha256 *h);
void tl_sha256_add(tl_sha256 *h, const void *data, size_t n);

/* Adds a length-prefixed text, so that ("ab","c") and ("a","bc") differ. NULL differs from "". */
void tl_sha256_add_field(tl_sha256 *h, const char *text);

/* Writes the digest and readies h for a new message. */
TL_MUST_CHECK tl_status tl_sha256_final(tl_sha256 *h, char hex[TL_SHA256_HEX], tl_error *err);

/* The digest of n bytes in one go. */
TL_MUST_CHECK tl_status tl_sha256_of(const void *data, size_t n, char hex[TL_SHA256_HEX],
                                     tl_error *err);

enum { TL_SHA1_BYTES = 20 };

/* SHA-1, to look something up in lists that have it as their key; it proves nothing. */
TL_MUST_CHECK tl_status tl_sha1_of(const void *data, size_t n, unsigned char out[TL_SHA1_BYTES],
                                   tl_error *err);

/* FNV-1a, 64 bits: for places in tables and to tell things apart that nobody chooses with intent.
 */
uint64_t tl_fnv1a(const void *data, size_t n);

#endif

/* secret.h - random tokens and what is kept of them.
 *
 * A token is 256 bits from the system's generator as 43 characters of base64url. Only its SHA-256
 * is stored: it has nothing to be guessed, so a slow hash would add nothing (passwords are another
 * matter: password.h). */
#ifndef TL_ACCOUNT_SECRET_H
#define TL_ACCOUNT_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
    TL_SECRET_TEXT = 44, /* 43 characters and the NUL */
    TL_SECRET_HASH = 65, /* 64 hex digits and the NUL */
    TL_ACCOUNT_ID = 25,  /* 24 hex digits and the NUL */
    TL_KEY_ID = 17
};

/* A new token; TL_EIO where the system has no random numbers. */
TL_MUST_CHECK tl_status tl_secret_new(char out[TL_SECRET_TEXT], tl_error *err);

/* digits lower-case hex digits (even, at most 32) of a new random id, and the NUL. */
TL_MUST_CHECK tl_status tl_secret_id(char *out, size_t digits, tl_error *err);

/* True for 43 characters of base64url: anything else is refused before it is looked up. NULL is
 * none. */
bool tl_secret_shaped(const char *text);

/* What is kept of a token. */
void tl_secret_hash(const char *text, char hex[TL_SECRET_HASH]);

/* A text that only who has the key (a token) can make: BLAKE2b keyed with it over purpose and what,
 * as 43 characters. */
void tl_secret_derive(const char *key, const char *purpose, const char *what,
                      char out[TL_SECRET_TEXT]);

/* base64url without padding of SHA-256(text): the S256 of RFC 7636, section 4.2. */
void tl_secret_s256(const char *text, char out[TL_SECRET_TEXT]);

/* Equal, in a time that tells nothing about where they differ. Lengths are no secret. */
bool tl_secret_equal(const char *a, const char *b);

/* Overwrites a secret that is not needed any more. */
void tl_secret_wipe(void *p, size_t n);

#endif

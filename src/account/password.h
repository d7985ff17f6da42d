/* password.h - which passwords are taken, and how they are kept.
 *
 * Length is what counts (OWASP ASVS 5, V6.2; NIST SP 800-63B 5.1.1.2): 12 to 128 characters, no
 * rules of composition, no forced change. Refused are the person's own e-mail or name, names of the
 * organisations and of this product with little around them, common passwords, and leaked ones
 * where the operator has a file of them (leaked.h): none is shipped.
 *
 * Kept is Argon2id (RFC 9106) with its parameters in the text, so that they can rise later. */
#ifndef TL_ACCOUNT_PASSWORD_H
#define TL_ACCOUNT_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"

enum {
    TL_PASSWORD_LEAST = 12, /* code points */
    TL_PASSWORD_MOST = 128,
    TL_PASSWORD_HASH = 128 /* bytes of the kept text, NUL included */
};

/* Cost of one hash. 0 = libsodium's "interactive": 2 passes over 64 MiB. Each login under way needs
 * that memory, so a server bounds how many run at once. */
typedef struct tl_password_limits {
    uint64_t passes;     /* 1.. */
    size_t memory_bytes; /* 8192.. */
    const char *leaked; /* file that new passwords must not be in (leaked.h); NULL: none is asked */
} tl_password_limits;

/* Whose password it is to be; any may be NULL. */
typedef struct tl_password_owner {
    const char *email, *name;
    const char *const *organisations; /* their ids and names, a NULL behind the last */
} tl_password_owner;

/* TL_EINPUT says in words for the person what is wrong; the password is never in the message.
 * TL_EIO where the file of leaked ones cannot be asked: none is taken then. limits may be NULL. */
TL_MUST_CHECK tl_status tl_password_check(const char *password, const tl_password_owner *owner,
                                          const tl_password_limits *limits, tl_error *err);

/* What is kept of a password. TL_ENOMEM where the memory for it is not to be had. */
TL_MUST_CHECK tl_status tl_password_hash(const char *password, const tl_password_limits *limits,
                                         char out[TL_PASSWORD_HASH], tl_error *err);

/* *right tells whether the password is the one kept in hash. Where hash is NULL (nobody of that
 * name, or no password set) *right is false after the time a real check with these limits takes. */
TL_MUST_CHECK tl_status tl_password_verify(const char *hash, const char *password,
                                           const tl_password_limits *limits, bool *right,
                                           tl_error *err);

/* True if hash was made with less than these limits, and should be made anew at the next login. */
bool tl_password_outdated(const char *hash, const tl_password_limits *limits);

/* True if the text, or what is left of it without digits and signs at its ends, is a common
 * password (passwords/README.md). folded: as tl_fold gives it. */
bool tl_password_common(const char *folded);

#endif

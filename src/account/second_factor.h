/* second_factor.h - a second factor beside the password: codes of an authenticator app (totp.h),
 * and ten recovery codes for when it is lost.
 *
 * It is begun with a new secret, and on once the person has given a code of it. A code of the app
 * counts once: its step and those before it are used (RFC 6238, 5.2). A recovery code counts once.
 * Of these 80 random bits each are kept as Argon2id; the secret is kept as it is, since codes are
 * computed from it, and is in no answer after the first, no log and no audit entry.
 *
 * Who signs in at an identity provider is asked there, and not here. */
#ifndef TL_ACCOUNT_SECOND_FACTOR_H
#define TL_ACCOUNT_SECOND_FACTOR_H

#include "account/secret.h"
#include "account/totp.h"
#include "store/store.h"

enum {
    TL_SECOND_CODES = 10,       /* recovery codes */
    TL_SECOND_CODE = 20,        /* "xxxx-xxxx-xxxx-xxxx" and the NUL */
    TL_SECOND_PENDING_S = 86400 /* so long a secret waits for its first code */
};

/* Recovery codes as the person gets them, once. Wiped by who has them (tl_secret_wipe). */
typedef struct tl_second_codes {
    char items[TL_SECOND_CODES][TL_SECOND_CODE];
} tl_second_codes;

typedef struct tl_second_factor {
    bool on;
    int64_t since;         /* 0 where it is not on */
    int64_t recovery_left; /* codes not used yet */
} tl_second_factor;

/* What a person has. Nobody of that id has none. */
TL_MUST_CHECK tl_status tl_second_get(tl_store *s, const char *user, tl_second_factor *out,
                                      tl_error *err);

/* Keeps a new secret that is not on yet, in place of an older such one. TL_ECONFLICT where the
 * person has a second factor, or no password. Inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_second_begin(tl_store *s, const char *user, int64_t now,
                                        char secret[TL_TOTP_SECRET], tl_error *err);

/* The first code of a secret, given in a session. */
typedef struct tl_second_first {
    const char *user, *session, *token; /* the session's id and token */
    const char *code;
    const char *source; /* address, counted like at a login; may be NULL */
} tl_second_first;

/* Turns it on: the other sessions of the person end, this one has a new token, and `codes` gets the
 * recovery codes. Audited. A wrong code is TL_EFORBIDDEN and counts like a failed login: *wait_s is
 * how long further ones are refused then (0: not). TL_ECONFLICT where nothing was begun. Opens its
 * own transactions. */
TL_MUST_CHECK tl_status tl_second_confirm(tl_store *s, const tl_second_first *first, int64_t now,
                                          char renewed[TL_SECRET_TEXT], tl_second_codes *codes,
                                          int64_t *wait_s, tl_error *err);

/* New recovery codes in place of the old ones, audited. TL_ECONFLICT where no factor is on. Opens
 * its own transaction. */
TL_MUST_CHECK tl_status tl_second_renew_codes(tl_store *s, const char *user, tl_second_codes *codes,
                                              tl_error *err);

/* Turns it off, as of `who`: secret and codes are gone, also of one that was only begun. *was tells
 * whether it was on; then it is audited. Who does it has asked for the right. Inside the caller's
 * transaction. */
TL_MUST_CHECK tl_status tl_second_off(tl_store *s, const char *who, const char *user, bool *was,
                                      tl_error *err);

/* For logins: what a person with a right password has given beside it. Looked up first, since the
 * hash of a recovery code takes a while, and used up inside the transaction that lets them in. */
typedef struct tl_second_given {
    bool on;                   /* a code is needed */
    bool none;                 /* and was not given */
    int64_t step;              /* the step it is the code of; 0: none */
    char hash[TL_SECRET_HASH]; /* of what looks like a recovery code; "": does not */
} tl_second_given;

/* code: of the app, blanks do not count, or a recovery code, where dashes and case do not count
 * either. NULL and "" are none. */
TL_MUST_CHECK tl_status tl_second_look(tl_store *s, const char *user, const char *code, int64_t now,
                                       tl_second_given *out, tl_error *err);

/* *right where no code is needed, or this one counts; it is used then. A recovery code that was
 * used is audited. */
TL_MUST_CHECK tl_status tl_second_use(tl_store *s, const char *user, const tl_second_given *given,
                                      bool *right, tl_error *err);

#endif

/* login.h - by e-mail and password, and what stands against guessing.
 *
 * Every try is counted before the password is looked at, for the account and for the source
 * address, in the database, so that many processes and many connections at once share one count.
 * After a few failures further tries are refused for a time that doubles with each one, up to an
 * hour; nobody is locked out for good. An e-mail without an account is counted and takes as long as
 * one with.
 *
 * The functions here open their own transactions: what was counted stays although the login fails.
 * None may be open when they are called. */
#ifndef TL_ACCOUNT_LOGIN_H
#define TL_ACCOUNT_LOGIN_H

#include "account/password.h"
#include "account/secret.h"
#include "account/session.h"
#include "base/memory.h"
#include "store/store.h"

enum {
    TL_LOGIN_FREE = 5,         /* failures of an account without a wait */
    TL_LOGIN_FREE_SOURCE = 20, /* of a source address: an office may share one */
    TL_LOGIN_WAIT_S = 30,      /* the first wait; doubles */
    TL_LOGIN_WAIT_MOST_S = 3600,
    TL_LOGIN_FORGET_S = 86400 /* failures are forgotten so long after the last */
};

typedef struct tl_login {
    const char *email, *password;
    const char *code;          /* of the second factor (second_factor.h); NULL: not given */
    const char *tenant;        /* to act for; NULL: the first of the person's, by id */
    tl_session_opts session;   /* with the source address, which is counted too */
    tl_password_limits limits; /* for hashes made from now on */
} tl_login;

/* Of a try that did not go well. */
typedef struct tl_login_told {
    int64_t wait_s;  /* so long further tries are refused, 0: not */
    bool wants_code; /* the password is right, and a code of the second factor was not given */
} tl_login_told;

/* Logs in. TL_EFORBIDDEN for a wrong e-mail, password or code, a disabled account, one without a
 * place: always the same words. Where a code is wanted the status is TL_EFORBIDDEN too; the try
 * stays counted for the account, else who knows the password could guess codes for ever. A hash of
 * a lower cost than limits is made anew. All of it is audited, but that a code is wanted. */
TL_MUST_CHECK tl_status tl_login_password(tl_store *s, const tl_login *login, int64_t now,
                                          char token[TL_SECRET_TEXT], tl_login_told *told,
                                          tl_error *err);

/* Somebody who is signed in gives the password again. */
typedef struct tl_login_proof {
    const char *user, *token; /* of the session */
    const char *password, *code;
    const char *source; /* address, counted too */
    tl_password_limits limits;
} tl_login_proof;

/* Notes in the session that its person is there (tl_session_prove). A wrong password or code counts
 * like a failed login, and is answered like one; so is one that lacks a code. */
TL_MUST_CHECK tl_status tl_login_prove(tl_store *s, const tl_login_proof *proof, int64_t now,
                                       char renewed[TL_SECRET_TEXT], tl_login_told *told,
                                       tl_error *err);

/* Changes the password of a person who knows the old one, and ends all of their sessions. A wrong
 * old one counts like a failed login (TL_EFORBIDDEN); a new one that is not taken is TL_EINPUT. */
TL_MUST_CHECK tl_status tl_login_change_password(tl_store *s, const char *user, const char *old,
                                                 const char *fresh,
                                                 const tl_password_limits *limits, int64_t now,
                                                 tl_error *err);

/* Removes what has run out: sessions, attempts, invitations, resets, logins under way,
 * second factors that were never confirmed. For a daily
 * job; nothing depends on it. */
TL_MUST_CHECK tl_status tl_account_sweep(tl_store *s, int64_t now, tl_error *err);

#endif

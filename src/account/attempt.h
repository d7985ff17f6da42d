/* attempt.h - counting tries to log in; see login.h for the rule. Private to this folder. */
#ifndef TL_ACCOUNT_ATTEMPT_H
#define TL_ACCOUNT_ATTEMPT_H

#include "base/buf.h"
#include "store/store.h"

enum { TL_ATTEMPT_SUBJECT = 100 };

/* Who is trying: what the counts are kept under. */
typedef struct tl_attempt {
    char account[TL_ATTEMPT_SUBJECT]; /* "account/<hash of the folded e-mail>" */
    char source[TL_ATTEMPT_SUBJECT];  /* "source/<address>", "" where unknown */
} tl_attempt;

/* folded: the e-mail as tl_fold gives it. source may be NULL. */
tl_attempt tl_attempt_of(const char *folded, const char *source);

/* Counts a try in a transaction of its own. TL_EFORBIDDEN and *wait_s where it is refused: then it
 * is not counted. *begins_s is the wait that this try begins, should it fail (0: none). */
TL_MUST_CHECK tl_status tl_attempt_begin(tl_store *s, const tl_attempt *a, int64_t now,
                                         int64_t *wait_s, int64_t *begins_s, tl_error *err);

/* The try went well: forgets the failures of the account, takes back the one of the source. Inside
 * the caller's transaction. */
TL_MUST_CHECK tl_status tl_attempt_forgive(tl_store *s, const tl_attempt *a, tl_error *err);

/* The password was right but more is needed: takes back the try of the source, which guesses at
 * nobody; that of the account stays counted. Inside or outside a transaction. */
TL_MUST_CHECK tl_status tl_attempt_give_back(tl_store *s, const tl_attempt *a, tl_error *err);

/* How long after this many failures. */
int64_t tl_attempt_wait_s(int64_t failures, int64_t free_of_wait);

#endif

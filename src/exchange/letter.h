/* letter.h - what the mails of the program say, in the language of who gets them.
 *
 * The texts are a table in letter.c with fields in braces. A field that a text names must be given:
 * a letter with a hole in it is not written. */
#ifndef TL_EXCHANGE_LETTER_H
#define TL_EXCHANGE_LETTER_H

#include "base/memory.h"
#include "exchange/mail_text.h"

typedef enum tl_letter_kind {
    TL_LETTER_TRIAL,            /* does sending work? */
    TL_LETTER_INVITATION,       /* name, organisation, link, until */
    TL_LETTER_RESET,            /* name, link, until */
    TL_LETTER_PASSWORD_CHANGED, /* name, when */
    TL_LETTER_FACTOR_ON,        /* name, when: a second factor was turned on, */
    TL_LETTER_FACTOR_OFF,       /* or off */
    TL_LETTER_LOAN_NOTICE,  /* name, facility, item, before, after, when, reason: a footprint that
                               a loan counts on was corrected; to the bank */
    TL_LETTER_EPD_EXPIRING, /* name, item, until: a declaration ends; to its owner */
    TL_LETTERS
} tl_letter_kind;

/* All texts are one line. */
typedef struct tl_letter {
    tl_letter_kind kind;
    const char *language;                /* "zh"; anything else is English */
    const char *to, *name;               /* who gets it */
    const char *organisation, *facility; /* as people call them */
    const char *link;                    /* whole, with https:// */
    const char *item;                    /* product, or declaration with its number */
    const char *before, *after;          /* values with their unit */
    const char *when, *until;            /* moment or day */
    const char *reason;
} tl_letter;

/* The mail, its texts in the arena. TL_EINPUT for a field that is missing, too long, or more than
 * one line. */
TL_MUST_CHECK tl_status tl_letter_write(const tl_letter *letter, tl_arena *arena, tl_mail *out,
                                        tl_error *err);

/* "password-changed": for options and logs; NULL beyond the last. */
const char *tl_letter_code(tl_letter_kind kind);

#endif

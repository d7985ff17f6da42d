/* outbox.h - letters that wait to be sent.
 *
 * A letter is kept in the transaction of what it tells of; sending is somebody else's work and may
 * fail for hours without anything else failing. What it says is kept as fields, never a link: links
 * open doors, and a copy of the database must not. Several processes may send from one outbox; each
 * letter is claimed before it is tried, so that it goes out twice only where a process died between
 * the mail server's yes and its note. Moments are seconds since 1970 (UTC), given by the caller. */
#ifndef TL_JOB_OUTBOX_H
#define TL_JOB_OUTBOX_H

#include "base/memory.h"
#include "store/store.h"

enum {
    TL_OUTBOX_TRIES = 10,     /* then it is given up: after about six hours */
    TL_OUTBOX_FIRST_S = 60,   /* the first wait; doubles */
    TL_OUTBOX_MOST_S = 3600,  /* the longest wait */
    TL_OUTBOX_CLAIM_S = 300,  /* a claim holds so long */
    TL_OUTBOX_ORPHAN_S = 900, /* a holder that is so late for its letter has ended */
    TL_OUTBOX_KEPT_S = 30 * 86400
};

typedef enum tl_outbox_state {
    TL_OUTBOX_WAITING,
    TL_OUTBOX_SENT,
    TL_OUTBOX_FAILED
} tl_outbox_state;
const char *tl_outbox_state_name(tl_outbox_state state);

typedef struct tl_outbox_letter {
    int64_t number;
    const char *kind;      /* tl_letter_code */
    const char *about;     /* told once in this database, such as "epd/x/2027-01-01"; NULL: each
                              time. Not read back. */
    const char *to, *name; /* address; how the person is called */
    const char *language;  /* "zh", "en" */
    const char *tenant;    /* whose list it stands in; "": the operator's alone */
    const char *fields;    /* a JSON object of texts; NULL: none */
    const char *holder;    /* the only process that can send it; NULL or "": any */
    tl_outbox_state state;
    int64_t tries, made_at, due_at, ended_at; /* set by reading */
    const char *error;                        /* of the last try, "": none */
} tl_outbox_letter;

/* Keeps a letter, inside or outside a transaction. *number is 0 where it was told before. Used: the
 * members up to holder, but number. */
TL_MUST_CHECK tl_status tl_outbox_put(tl_store *s, const tl_outbox_letter *l, int64_t now,
                                      int64_t *number, tl_error *err);

/* Claims the next letter that is due, for a holder; *got false where there is none. All in the
 * arena. Outside a transaction, as the functions below. */
TL_MUST_CHECK tl_status tl_outbox_claim(tl_store *s, const char *holder, int64_t now,
                                        tl_arena *arena, tl_outbox_letter *out, bool *got,
                                        tl_error *err);

/* It was sent. */
TL_MUST_CHECK tl_status tl_outbox_sent(tl_store *s, const tl_outbox_letter *l, int64_t now,
                                       tl_error *err);

/* It could not be sent, and why: later again, or given up where that is no use (for_good) or it was
 * the last try. */
TL_MUST_CHECK tl_status tl_outbox_failed(tl_store *s, const tl_outbox_letter *l, const char *why,
                                         bool for_good, int64_t now, tl_error *err);

/* There is nobody to send it to: no trace stays. */
TL_MUST_CHECK tl_status tl_outbox_drop(tl_store *s, const tl_outbox_letter *l, tl_error *err);

/* Gives up the letters of processes that have ended, and forgets what ended long ago. */
TL_MUST_CHECK tl_status tl_outbox_sweep(tl_store *s, int64_t now, tl_error *err);

/* The newest `limit` of an organisation ("": all), newest first. */
TL_MUST_CHECK tl_status tl_outbox_list(tl_store *s, const char *tenant, size_t limit,
                                       tl_arena *arena, const tl_outbox_letter **out, size_t *n,
                                       tl_error *err);

/* How many wait, and how many were given up. */
TL_MUST_CHECK tl_status tl_outbox_counts(tl_store *s, int64_t *waiting, int64_t *failed,
                                         tl_error *err);

/* How many letters of this kind, address and organisation were made since a moment. */
TL_MUST_CHECK tl_status tl_outbox_count_to(tl_store *s, const tl_outbox_letter *like, int64_t since,
                                           int64_t *n, tl_error *err);

#endif

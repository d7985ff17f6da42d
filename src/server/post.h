/* post.h - the thread that sends the letters of the outbox (job/outbox.h), and writes those that
 * tell of what happened in the database by itself: corrected footprints, declarations that end.
 *
 * It is a thread of its own, beside the job threads: a letter with a link must not wait until a
 * long import has ended. Mail that cannot be sent is tried again for some hours, logged, and seen
 * in `letter list`; nothing else fails by it. Links are held in memory alone. Where no mail is
 * configured there is no post: NULL, which all functions take. */
#ifndef TL_SERVER_POST_H
#define TL_SERVER_POST_H

#include "job/outbox.h"
#include "server/server_priv.h"

typedef struct tl_post tl_post;

/* Checks what can be checked of the mail server's settings, and starts. *out is NULL without mail.
 */
TL_MUST_CHECK tl_status tl_post_start(tl_post **out, tl_server *s, tl_error *err);

/* Lets the letter end that is on its way. */
void tl_post_stop(tl_post *p);

/* There is a letter; the database has changed. */
void tl_post_wake(tl_post *p);
void tl_post_look(tl_post *p);

/* Keeps a letter on a store that writes, and wakes the post; a failure is logged and goes no
 * further. */
void tl_post_letter(tl_post *p, tl_store *s, const tl_outbox_letter *l);

/* What operations need to have links mailed; ctx is the post. NULL without one. */
const tl_call_mail *tl_post_mail(tl_post *p);

/* Letters sent, and tries that failed, since the start. */
void tl_post_counts(tl_post *p, uint64_t *sent, uint64_t *troubles);

#endif

/* post_priv.h - what the files of the post share. */
#ifndef TL_SERVER_POST_PRIV_H
#define TL_SERVER_POST_PRIV_H

#include "exchange/mail.h"
#include "server/post.h"

enum { TL_POST_NOTICE_DAYS = 30, TL_POST_EPD_DAYS = 60 };

/* The mail of a letter, in the arena. link: the one held for it, NULL: none. A link to set a new
 * password is made here, and mailed to the address of the account, however the asker wrote it.
 * *nobody: there is no such account. post_letter.c */
TL_MUST_CHECK tl_status tl_post_write(tl_store *s, const tl_outbox_letter *l, const char *base,
                                      const char *link, int64_t now, tl_arena *arena, tl_mail *out,
                                      bool *nobody, tl_error *err);

/* Keeps letters about footprints corrected in the last TL_POST_NOTICE_DAYS, and about declarations
 * that end in the next TL_POST_EPD_DAYS; each is told once. post_notice.c */
TL_MUST_CHECK tl_status tl_post_corrections(tl_store *s, int64_t now, tl_arena *arena,
                                            tl_error *err);
TL_MUST_CHECK tl_status tl_post_endings(tl_store *s, int64_t now, tl_arena *arena, tl_error *err);

#endif

/* mail.h - sends a mail: into a folder, a file each, or by SMTP.
 *
 * By SMTP the way is encrypted: smtps:// from the first byte, smtp:// by STARTTLS, which the server
 * must offer. Only a server on this machine ("localhost", 127.*, [::1]) is spoken to in the clear.
 * There is no queue: a mail that could not be handed over is an error, and whoever sent it tries
 * again. */
#ifndef TL_EXCHANGE_MAIL_H
#define TL_EXCHANGE_MAIL_H

#include "exchange/mail_text.h"

enum { TL_MAIL_TIMEOUT_MS = 20000 };

typedef struct tl_mailer_opts {
    const char *where; /* an existing folder, or smtp://host[:port], smtps://host[:port] */
    const char *from, *from_name;
    const char *user;          /* at the server; NULL: none */
    const char *password_file; /* its first line; a password on a command line would be seen */
    const char *ca_file;       /* whose certificates are believed; NULL: the system's */
    int64_t timeout_ms;        /* of the whole; 0: TL_MAIL_TIMEOUT_MS */
} tl_mailer_opts;

/* Immutable once made; any thread. */
typedef struct tl_mailer tl_mailer;

/* Reads the password and checks what can be checked without sending. The caller owns *out, which is
 * NULL on failure. Nothing is borrowed from opts. */
TL_MUST_CHECK tl_status tl_mailer_new(tl_mailer **out, const tl_mailer_opts *opts, tl_error *err);

/* Overwrites the password, and releases. NULL is fine. */
void tl_mailer_free(tl_mailer *m);

/* Hands a mail over. TL_EINPUT for an address or text that cannot be sent, TL_EIO where the server
 * or the folder did not take it. Blocks up to the timeout. */
TL_MUST_CHECK tl_status tl_mail_send(const tl_mailer *m, const tl_mail *mail, tl_error *err);

#endif

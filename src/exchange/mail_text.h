/* mail_text.h - a mail as the bytes that travel (RFC 5322, RFC 2045, RFC 2047).
 *
 * Nothing that is put in can add a header or an address: addresses are held against a narrow form,
 * names and subjects are one line without control characters, and what is not plain ASCII is
 * encoded. */
#ifndef TL_EXCHANGE_MAIL_TEXT_H
#define TL_EXCHANGE_MAIL_TEXT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/memory.h"

enum {
    TL_MAIL_ADDRESS_MAX = 254, /* RFC 5321, section 4.5.3.1.3, less the angle brackets */
    TL_MAIL_NAME_MAX = 800,    /* bytes */
    TL_MAIL_SUBJECT_MAX = 500,
    TL_MAIL_BODY_MAX = 1 << 20
};

typedef struct tl_mail {
    const char *to;       /* one address */
    const char *to_name;  /* NULL: none */
    const char *subject;  /* one line of UTF-8 */
    const char *body;     /* plain text in UTF-8, lines end with '\n' */
    const char *language; /* "zh", "en"; NULL: not said */
} tl_mail;

/* Who sends, and what is unlike in each mail. */
typedef struct tl_mail_sender {
    const char *from, *from_name; /* name NULL: none */
    int64_t now;                  /* for the date */
    const char *id;               /* hex digits, unlike those of any other mail */
} tl_mail_sender;

/* One address, local part and domain in ASCII (no quoted local part, no address literal, no
 * SMTPUTF8: such an address is refused). TL_EINPUT. */
TL_MUST_CHECK tl_status tl_mail_address_check(const char *address, tl_error *err);

/* Appends the whole message, lines ending with CRLF. TL_EINPUT names the part that is wrong;
 * nothing is sent then. The same in, the same bytes out. */
TL_MUST_CHECK tl_status tl_mail_write(const tl_mail *mail, const tl_mail_sender *sender,
                                      tl_buf *out, tl_error *err);

#endif

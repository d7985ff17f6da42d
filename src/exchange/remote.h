/* remote.h - the one way to another host.
 *
 * An address is read by the library that will ask it, so that no second reading of it can differ.
 * What is refused: users and passwords in it, and schemes that were not named; only https is ever
 * asked. Asking follows no redirect, takes no proxy and no password from the environment,
 * ends after a time and after so many bytes. */
#ifndef TL_EXCHANGE_REMOTE_H
#define TL_EXCHANGE_REMOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/memory.h"

enum { TL_REMOTE_URL_MAX = 2000, TL_REMOTE_TIMEOUT_MS = 10000 };

typedef struct tl_remote_url {
    const char *scheme, *host; /* lower case, in the arena; an IPv6 host in brackets */
    uint32_t port;             /* the scheme's where it is not said */
    bool loopback;             /* "localhost", 127.0.0.0/8 or [::1], as a name or number */
} tl_remote_url;

/* Reads an address. schemes: "https http". TL_EINPUT. */
TL_MUST_CHECK tl_status tl_remote_url_read(const char *url, const char *schemes, tl_arena *arena,
                                           tl_remote_url *out, tl_error *err);

/* Scheme, host and port are the same. */
bool tl_remote_same(const tl_remote_url *a, const tl_remote_url *b);

typedef struct tl_remote_ask {
    const char *url;             /* https */
    const char *form;            /* a form to post; NULL: GET */
    const char *user, *password; /* by HTTP Basic; NULL: none */
    const char *ca_file;         /* whose certificates are believed; NULL: the system's */
    size_t most_bytes;           /* of the answer */
    int64_t timeout_ms;          /* 0: TL_REMOTE_TIMEOUT_MS */
} tl_remote_ask;

/* Asks once. *status is the HTTP status, whatever it is; answer gets the body. TL_EIO where no
 * answer came, TL_EINPUT for a forbidden address or an answer that is too large. Blocks up to the
 * timeout. Any thread. */
TL_MUST_CHECK tl_status tl_remote_fetch(const tl_remote_ask *ask, tl_buf *answer, long *status,
                                        tl_error *err);

#endif

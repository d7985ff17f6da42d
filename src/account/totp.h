/* totp.h - one-time codes of authenticator apps: HOTP (RFC 4226) over the time (RFC 6238), with
 * what every app understands: HMAC-SHA-1, six digits, steps of 30 seconds. And how a secret is
 * handed to an app.
 *
 * Nothing here is kept and there is no clock: the moment is seconds since 1970. */
#ifndef TL_ACCOUNT_TOTP_H
#define TL_ACCOUNT_TOTP_H

#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"

enum {
    TL_TOTP_STEP_S = 30,
    TL_TOTP_DRIFT = 1,   /* steps to either side that are taken: clocks differ (RFC 6238, 5.2, 6) */
    TL_TOTP_DIGITS = 7,  /* six and the NUL */
    TL_TOTP_BYTES = 20,  /* of a secret, as long as SHA-1 (RFC 4226, section 4, R6) */
    TL_TOTP_SECRET = 33, /* as text: base32 without padding (RFC 4648, section 6), and the NUL */
};

/* A new secret as text; TL_EIO where the system has no random numbers. */
TL_MUST_CHECK tl_status tl_totp_secret(char out[TL_TOTP_SECRET], tl_error *err);

/* Base32 of n bytes without padding, in out: (8 n + 4) / 5 letters and the NUL. */
void tl_base32(const unsigned char *bytes, size_t n, char *out);

/* The code of a secret for a counter: of a moment, moment / TL_TOTP_STEP_S. RFC 4226, 5.3: HOTP =
 * Truncate(HMAC-SHA-1(K, C)) mod 10^6. TL_EINPUT for a text that is no secret. */
TL_MUST_CHECK tl_status tl_totp_code(const char *secret, int64_t counter, char out[TL_TOTP_DIGITS],
                                     tl_error *err);

/* *step gets the step of which `code` (six digits) is the code, among those that count at `now` and
 * are later than `after`: the newest that was used. 0 where it is none. Takes as long whichever it
 * is. */
TL_MUST_CHECK tl_status tl_totp_match(const char *secret, const char *code, int64_t now,
                                      int64_t after, int64_t *step, tl_error *err);

/* What an app reads out of a picture: "otpauth://totp/Tanlian:EMAIL?secret=...", in the arena (Key
 * URI format of Google Authenticator). */
TL_MUST_CHECK tl_status tl_totp_uri(const char *secret, const char *email, tl_arena *arena,
                                    const char **out, tl_error *err);

#endif

/* totp.c - one-time codes. */
#include "account/totp.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "account/secret.h"
#include "base/buf.h"
#include "base/hmac.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
static const char issuer[] = "Tanlian";

tl_status tl_totp_secret(char out[TL_TOTP_SECRET], tl_error *err)
{
    unsigned char bytes[TL_TOTP_BYTES];
    out[0] = '\0';
    if (sodium_init() < 0)
        return tl_fail(err, TL_EIO, "the system gives no random numbers");
    randombytes_buf(bytes, sizeof bytes);
    tl_base32(bytes, sizeof bytes, out);
    sodium_memzero(bytes, sizeof bytes);
    return TL_OK;
}

void tl_base32(const unsigned char *bytes, size_t n, char *out)
{
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < n; i++) {
        held = held << 8 | bytes[i];
        for (bits += 8; bits >= 5; bits -= 5)
            *out++ = letters[(held >> (bits - 5)) & 31];
        held &= 31; /* at most four bits are left */
    }
    if (bits)
        *out++ = letters[(held << (5 - bits)) & 31];
    *out = '\0';
}

static tl_status read_secret(const char *text, unsigned char out[TL_TOTP_BYTES], tl_error *err)
{
    unsigned held = 0, bits = 0;
    size_t n = 0;
    if (!text || strlen(text) != TL_TOTP_SECRET - 1 || strspn(text, letters) != TL_TOTP_SECRET - 1)
        return tl_fail(err, TL_EINPUT, "this is no secret of an authenticator app");
    for (const char *p = text; *p; p++) {
        held = (held << 5 | (unsigned)(strchr(letters, *p) - letters)) & 0xFFF;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[n++] = (unsigned char)(held >> bits);
        }
    }
    return TL_OK;
}

/* RFC 4226, 5.3 and 5.4: the last four bits say where 31 bits are taken from. */
static tl_status code_of(const unsigned char key[TL_TOTP_BYTES], int64_t counter,
                         char out[TL_TOTP_DIGITS], tl_error *err)
{
    unsigned char text[8], mac[TL_HMAC_SHA1_BYTES];
    for (int i = 0; i < 8; i++)
        text[i] = (unsigned char)((uint64_t)counter >> (56 - 8 * i));
    tl_status st = tl_hmac_sha1(key, TL_TOTP_BYTES, text, sizeof text, mac, err);
    const unsigned char *at = mac + (mac[TL_HMAC_SHA1_BYTES - 1] & 15);
    uint32_t number =
        (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    snprintf(out, TL_TOTP_DIGITS, "%06u", (unsigned)(number % 1000000));
    sodium_memzero(mac, sizeof mac);
    return st;
}

tl_status tl_totp_code(const char *secret, int64_t counter, char out[TL_TOTP_DIGITS], tl_error *err)
{
    unsigned char key[TL_TOTP_BYTES];
    out[0] = '\0';
    tl_status st = read_secret(secret, key, err);
    if (st == TL_OK)
        st = code_of(key, counter, out, err);
    sodium_memzero(key, sizeof key);
    return st;
}

tl_status tl_totp_match(const char *secret, const char *code, int64_t now, int64_t after,
                        int64_t *step, tl_error *err)
{
    unsigned char key[TL_TOTP_BYTES];
    char want[TL_TOTP_DIGITS];
    int64_t here = now / TL_TOTP_STEP_S;
    *step = 0;
    tl_status st = read_secret(secret, key, err);
    for (int64_t i = here - TL_TOTP_DRIFT; i <= here + TL_TOTP_DRIFT && st == TL_OK; i++)
        if ((st = code_of(key, i, want, err)) == TL_OK && tl_secret_equal(want, code) &&
            i > after && *step == 0)
            *step = i;
    sodium_memzero(key, sizeof key);
    sodium_memzero(want, sizeof want);
    return st;
}

tl_status tl_totp_uri(const char *secret, const char *email, tl_arena *arena, const char **out,
                      tl_error *err)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"; /* RFC 3986, 2.3 */
    tl_buf b;
    *out = NULL;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b, "otpauth://totp/%s:", issuer);
    for (const char *p = email; *p; p++)
        if (strchr(plain, *p))
            tl_buf_char(&b, *p);
        else
            tl_buf_printf(&b, "%%%02X", (unsigned)(unsigned char)*p);
    tl_buf_printf(&b, "?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d", secret, issuer,
                  TL_TOTP_DIGITS - 1, (int)TL_TOTP_STEP_S);
    tl_status st = tl_buf_status(&b, err);
    if (st == TL_OK && !(*out = tl_arena_str(arena, tl_buf_text(&b))))
        st = tl_fail_nomem(err);
    tl_buf_clear(&b);
    return st;
}

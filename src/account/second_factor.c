/* second_factor.c - the second factor of a person: begun, confirmed, used, turned off. */
#include "account/second_factor.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "account/account_priv.h"
#include "account/attempt.h"
#include "account/session.h"

enum {
    RAW = 10,                       /* random bytes of a recovery code: 16 letters */
    LETTERS = 16,                   /* of it, without dashes */
    GIVEN_MAX = 64,                 /* bytes looked at of what is given as a code */
    HASH_MEMORY = 19 * 1024 * 1024, /* Argon2id, 2 passes: OWASP, password storage. Kept ones are */
    HASH_PASSES = 2                 /* looked up by their hash, so these numbers stay */
};

/* A row of account_factor; secret "" where there is none. */
struct kept {
    char secret[TL_TOTP_SECRET];
    tl_second_factor factor;
    int64_t last_step;
};

static tl_status read_kept(tl_store *s, const char *user, struct kept *out, tl_error *err)
{
    tl_query *q;
    bool row;
    *out = (struct kept){ 0 };
    tl_status st = tl_store_query(s, "account_factor.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, user);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        const char *secret = tl_query_get_text(q, 0);
        if (secret && strlen(secret) == TL_TOTP_SECRET - 1)
            memcpy(out->secret, secret, TL_TOTP_SECRET);
        else
            st = tl_fail_nomem(err);
        out->factor = (tl_second_factor){ .on = !tl_query_is_null(q, 1),
                                          .since = tl_query_get_int(q, 1),
                                          .recovery_left = tl_query_get_int(q, 3) };
        out->last_step = tl_query_get_int(q, 2);
    }
    tl_query_reset(q);
    return st;
}

tl_status tl_second_get(tl_store *s, const char *user, tl_second_factor *out, tl_error *err)
{
    struct kept k;
    tl_status st = read_kept(s, user, &k, err);
    *out = k.factor;
    tl_secret_wipe(&k, sizeof k);
    return st;
}

tl_status tl_second_begin(tl_store *s, const char *user, int64_t now, char secret[TL_TOTP_SECRET],
                          tl_error *err)
{
    int64_t changed = 0;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_totp_secret(secret, err);
    if (st == TL_OK)
        st = tl_account_run(s, "account_factor.begin", (const char *[]){ user, secret, NULL }, now,
                            &changed, err);
    if (st == TL_OK && changed == 0)
        st = tl_fail(err, TL_ECONFLICT,
                     "this account has a second factor already, or no password for one");
    if (st != TL_OK)
        tl_secret_wipe(secret, TL_TOTP_SECRET);
    return st;
}

/* The slow hash of a recovery code. The salt is made from the secret, which is random and another
 * for each person, and lives and dies with the codes. */
static tl_status hash_code(const char *secret, const char *letters, char hex[TL_SECRET_HASH],
                           tl_error *err)
{
    static const unsigned char purpose[] = "tanlian recovery 1";
    unsigned char salt[crypto_pwhash_SALTBYTES], digest[(TL_SECRET_HASH - 1) / 2];
    hex[0] = '\0';
    if (sodium_init() < 0)
        return tl_fail(err, TL_EIO, "the system gives no random numbers");
    crypto_generichash(salt, sizeof salt, (const unsigned char *)secret, strlen(secret), purpose,
                       sizeof purpose - 1);
    if (crypto_pwhash(digest, sizeof digest, letters, strlen(letters), salt, HASH_PASSES,
                      HASH_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return tl_fail(err, TL_ENOMEM, "not enough memory to check a password");
    sodium_bin2hex(hex, TL_SECRET_HASH, digest, sizeof digest);
    return TL_OK;
}

/* New codes with what is kept of them. */
static tl_status make_codes(const char *secret, tl_second_codes *codes,
                            char hashes[TL_SECOND_CODES][TL_SECRET_HASH], tl_error *err)
{
    unsigned char raw[RAW];
    char plain[LETTERS + 1];
    tl_status st = TL_OK;
    for (int i = 0; i < TL_SECOND_CODES && st == TL_OK; i++) {
        char *to = codes->items[i];
        randombytes_buf(raw, sizeof raw);
        tl_base32(raw, sizeof raw, plain);
        for (char *p = plain; *p; p++)
            *p = (char)(*p >= 'A' && *p <= 'Z' ? *p + ('a' - 'A') : *p);
        snprintf(to, TL_SECOND_CODE, "%.4s-%.4s-%.4s-%.4s", plain, plain + 4, plain + 8,
                 plain + 12);
        st = hash_code(secret, plain, hashes[i], err);
    }
    sodium_memzero(raw, sizeof raw);
    sodium_memzero(plain, sizeof plain);
    if (st != TL_OK)
        sodium_memzero(codes, sizeof *codes);
    return st;
}

static tl_status keep_codes(tl_store *s, const char *user,
                            char hashes[TL_SECOND_CODES][TL_SECRET_HASH], tl_error *err)
{
    tl_status st =
        tl_account_run(s, "account_recovery.clear", (const char *[]){ user, NULL }, -1, NULL, err);
    for (int i = 0; i < TL_SECOND_CODES && st == TL_OK; i++)
        st = tl_account_run(s, "account_recovery.insert", (const char *[]){ user, hashes[i], NULL },
                            -1, NULL, err);
    return st;
}

/* What follows a right first code, in one transaction. */
static tl_status turn_on(tl_store *s, const tl_second_first *f, const tl_attempt *a,
                         const struct kept *k, char hashes[TL_SECOND_CODES][TL_SECRET_HASH],
                         int64_t step, int64_t now, char renewed[TL_SECRET_TEXT], tl_error *err)
{
    tl_query *q;
    int64_t ended;
    tl_status st = tl_attempt_forgive(s, a, err);
    if (st == TL_OK)
        st = tl_store_query(s, "account_factor.confirm", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, f->user);
    tl_query_text(q, 2, k->secret);
    tl_query_int(q, 3, now);
    tl_query_int(q, 4, step);
    if ((st = tl_query_run(q, err)) == TL_OK && tl_query_changed(q) == 0)
        return tl_fail(err, TL_ECONFLICT, "the secret was replaced meanwhile; begin anew");
    if (st == TL_OK)
        st = keep_codes(s, f->user, hashes, err);
    if (st == TL_OK)
        st = tl_session_revoke_others(s, f->user, f->user, f->session, &ended, err);
    if (st == TL_OK)
        st = tl_session_renew(s, f->token, now, renewed, err);
    return st == TL_OK
               ? tl_account_audit(s, f->user, "second_factor.on", "user", f->user, NULL, err)
               : st;
}

/* Notes a wrong first code; one in which begins a wait has a second entry, as at a login. */
static tl_status refuse(tl_store *s, const char *user, bool locks, tl_error *err)
{
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = tl_account_audit(s, user, "second_factor.failure", "user", user, NULL, err);
    if (st == TL_OK && locks)
        st = tl_account_audit(s, user, "login.lock", "user", user, NULL, err);
    st = tl_account_end(s, st, err);
    return st == TL_OK ? tl_fail(err, TL_EFORBIDDEN,
                                 "the code is not right: is the clock of the device right?")
                       : st;
}

/* What is given as a code without blanks and dashes, in small letters; "" for what is too long. */
static void read_given(const char *given, char out[GIVEN_MAX])
{
    size_t n = 0;
    for (; given && *given && n < GIVEN_MAX - 1; given++)
        if (*given != ' ' && *given != '-' && *given != '\t')
            out[n++] = (char)(*given >= 'A' && *given <= 'Z' ? *given + ('a' - 'A') : *given);
    out[given && *given ? 0 : n] = '\0';
}

static bool is_of_app(const char *code)
{
    return strlen(code) == TL_TOTP_DIGITS - 1 && strspn(code, "0123456789") == TL_TOTP_DIGITS - 1;
}

static bool is_recovery(const char *code)
{
    return strlen(code) == LETTERS && strspn(code, "abcdefghijklmnopqrstuvwxyz234567") == LETTERS;
}

static tl_status confirm(tl_store *s, const tl_second_first *f, const tl_attempt *a,
                         const struct kept *k, int64_t now, char renewed[TL_SECRET_TEXT],
                         tl_second_codes *codes, int64_t *wait_s, tl_error *err)
{
    char code[GIVEN_MAX], hashes[TL_SECOND_CODES][TL_SECRET_HASH];
    int64_t step = 0, begins_s;
    tl_status st = tl_attempt_begin(s, a, now, wait_s, &begins_s, err);
    if (st != TL_OK)
        return st;
    read_given(f->code, code);
    if (is_of_app(code))
        st = tl_totp_match(k->secret, code, now, 0, &step, err);
    if (st == TL_OK && step == 0) {
        *wait_s = begins_s;
        return refuse(s, f->user, begins_s > 0, err);
    }
    if (st == TL_OK)
        st = make_codes(k->secret, codes, hashes, err);
    if (st != TL_OK || (st = tl_store_begin(s, err)) != TL_OK)
        return st;
    return tl_account_end(s, turn_on(s, f, a, k, hashes, step, now, renewed, err), err);
}

tl_status tl_second_confirm(tl_store *s, const tl_second_first *first, int64_t now,
                            char renewed[TL_SECRET_TEXT], tl_second_codes *codes, int64_t *wait_s,
                            tl_error *err)
{
    struct kept k = { 0 };
    tl_arena *scratch = NULL;
    tl_user u = { 0 };
    const char *folded = "";
    assert(!tl_store_in_transaction(s));
    *codes = (tl_second_codes){ 0 };
    *wait_s = 0;
    renewed[0] = '\0';
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st == TL_OK && (st = read_kept(s, first->user, &k, err)) == TL_OK &&
        (!*k.secret || k.factor.on))
        st =
            tl_fail(err, TL_ECONFLICT,
                    k.factor.on ? "this account has a second factor already, or no password for one"
                                : "no second factor was begun; begin with a new secret");
    if (st == TL_OK)
        st = tl_user_get(s, first->user, scratch, &u, err);
    if (st == TL_OK)
        st = tl_account_email(u.email, scratch, &folded, err);
    const tl_attempt a = tl_attempt_of(folded, first->source);
    if (st == TL_OK)
        st = confirm(s, first, &a, &k, now, renewed, codes, wait_s, err);
    if (st != TL_OK) {
        tl_secret_wipe(codes, sizeof *codes);
        tl_secret_wipe(renewed, TL_SECRET_TEXT);
    }
    tl_secret_wipe(&k, sizeof k);
    tl_arena_free(scratch);
    return st;
}

static tl_status put_codes(tl_store *s, const char *user, const struct kept *k,
                           char hashes[TL_SECOND_CODES][TL_SECRET_HASH], tl_error *err)
{
    struct kept now;
    tl_status st = read_kept(s, user, &now, err);
    bool same = st == TL_OK && now.factor.on && strcmp(now.secret, k->secret) == 0;
    tl_secret_wipe(&now, sizeof now);
    if (st == TL_OK && !same) /* turned off, or made anew, while the hashes were made */
        return tl_fail(err, TL_ECONFLICT, "this account has no second factor");
    if (st == TL_OK)
        st = keep_codes(s, user, hashes, err);
    return st == TL_OK ? tl_account_audit(s, user, "second_factor.codes", "user", user, NULL, err)
                       : st;
}

tl_status tl_second_renew_codes(tl_store *s, const char *user, tl_second_codes *codes,
                                tl_error *err)
{
    struct kept k;
    char hashes[TL_SECOND_CODES][TL_SECRET_HASH];
    assert(!tl_store_in_transaction(s));
    *codes = (tl_second_codes){ 0 };
    tl_status st = read_kept(s, user, &k, err);
    if (st == TL_OK && !k.factor.on)
        st = tl_fail(err, TL_ECONFLICT, "this account has no second factor");
    if (st == TL_OK)
        st = make_codes(k.secret, codes, hashes, err);
    if (st == TL_OK && (st = tl_store_begin(s, err)) == TL_OK)
        st = tl_account_end(s, put_codes(s, user, &k, hashes, err), err);
    if (st != TL_OK)
        tl_secret_wipe(codes, sizeof *codes);
    tl_secret_wipe(&k, sizeof k);
    return st;
}

tl_status tl_second_off(tl_store *s, const char *who, const char *user, bool *was, tl_error *err)
{
    tl_second_factor f;
    assert(tl_store_in_transaction(s));
    *was = false;
    tl_status st = tl_second_get(s, user, &f, err);
    if (st == TL_OK)
        st = tl_account_run(s, "account_factor.delete", (const char *[]){ user, NULL }, -1, NULL,
                            err);
    *was = f.on;
    return st == TL_OK && f.on
               ? tl_account_audit(s, who, "second_factor.off", "user", user, NULL, err)
               : st;
}

tl_status tl_second_look(tl_store *s, const char *user, const char *code, int64_t now,
                         tl_second_given *out, tl_error *err)
{
    char given[GIVEN_MAX];
    struct kept k;
    tl_status st = read_kept(s, user, &k, err);
    *out = (tl_second_given){ .on = k.factor.on, .none = !code || !*code };
    if (st == TL_OK && out->on && !out->none) {
        read_given(code, given);
        if (is_of_app(given))
            st = tl_totp_match(k.secret, given, now, k.last_step, &out->step, err);
        else if (is_recovery(given))
            st = hash_code(k.secret, given, out->hash, err);
        tl_secret_wipe(given, sizeof given);
    }
    tl_secret_wipe(&k, sizeof k);
    return st;
}

tl_status tl_second_use(tl_store *s, const char *user, const tl_second_given *given, bool *right,
                        tl_error *err)
{
    int64_t changed = 0;
    tl_second_factor now = { 0 };
    tl_status st = TL_OK;
    assert(tl_store_in_transaction(s));
    *right = false;
    if (!given->on) /* nor turned on since it was looked up */
        st = tl_second_get(s, user, &now, err);
    else if (given->step > 0)
        st = tl_account_run(s, "account_factor.step", (const char *[]){ user, NULL }, given->step,
                            &changed, err);
    else if (*given->hash)
        st = tl_account_run(s, "account_recovery.take", (const char *[]){ user, given->hash, NULL },
                            -1, &changed, err);
    *right = st == TL_OK && (given->on ? changed > 0 : !now.on);
    return st == TL_OK && *right && *given->hash
               ? tl_account_audit(s, user, "second_factor.recovery", "user", user, NULL, err)
               : st;
}

/* password.c - Argon2id through libsodium, and the rules for new passwords. */
#include "account/password.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "account/leaked.h"
#include "account/secret.h"
#include "base/number.h"
#include "base/text.h"
#include "format/fold.h"

enum {
    LEFT_LEAST = 8, /* code points beside names of the person, the organisations, the product */
    WORD_LEAST = 4  /* bytes of a word of a name that counts by itself; two Chinese characters */
};

static tl_password_limits settled(const tl_password_limits *limits)
{
    tl_password_limits l = limits ? *limits : (tl_password_limits){ 0 };
    if (!l.passes)
        l.passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
    if (!l.memory_bytes)
        l.memory_bytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;
    return l;
}

static size_t code_points(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

/* Takes every occurrence of part out of text. */
static void take_out(char *text, const char *part)
{
    size_t n = part ? strlen(part) : 0;
    for (char *at = text; n && (at = strstr(at, part)) != NULL;)
        memmove(at, at + n, strlen(at + n) + 1);
}

/* The person's e-mail, the part before its @, and the name. */
static tl_status take_own(char *rest, const tl_password_owner *owner, tl_arena *arena,
                          tl_error *err)
{
    const char *const own[] = { owner->email, owner->name };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        const char *part = NULL;
        tl_status st = own[i] ? tl_fold(own[i], arena, &part, err) : TL_OK;
        if (st != TL_OK)
            return st;
        const char *at = part ? strchr(part, '@') : NULL;
        take_out(rest, part);
        if (at)
            take_out(rest, tl_arena_copy(arena, part, (size_t)(at - part)));
    }
    return TL_OK;
}

/* A name as a whole, and each word of it that is more than an article. */
static tl_status take_name(char *rest, const char *name, tl_arena *arena, tl_error *err)
{
    const char *folded = NULL;
    tl_span left, word;
    tl_status st = tl_fold(name, arena, &folded, err);
    if (st != TL_OK)
        return st;
    take_out(rest, folded);
    left = tl_span_of(folded);
    while (tl_span_split(&left, ' ', &word))
        if (word.n >= WORD_LEAST)
            take_out(rest, tl_arena_copy(arena, word.p, word.n));
    return TL_OK;
}

static tl_status take_context(char *rest, const tl_password_owner *owner, tl_arena *arena,
                              tl_error *err)
{
    static const char *const product[] = { "tanlian", "碳链", NULL };
    const char *const *lists[] = { product, owner->organisations };
    tl_status st = TL_OK;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const char *const *name = lists[i]; st == TL_OK && name && *name; name++)
            st = take_name(rest, *name, arena, err);
    return st;
}

/* Names of the person, the organisations and the product do not make up the password. */
static tl_status check_names(const char *folded, const tl_password_owner *owner, tl_arena *arena,
                             tl_error *err)
{
    char *rest = tl_arena_str(arena, folded);
    tl_status st = rest ? take_own(rest, owner, arena, err) : tl_fail_nomem(err);
    if (st == TL_OK && code_points(rest) < LEFT_LEAST)
        return tl_fail(err, TL_EINPUT,
                       "the password is hardly more than your own e-mail or name; choose another");
    if (st == TL_OK)
        st = take_context(rest, owner, arena, err);
    if (st == TL_OK && code_points(rest) < LEFT_LEAST)
        return tl_fail(err, TL_EINPUT,
                       "the password is hardly more than the name of your organisation or of this "
                       "product; choose another");
    return st;
}

static tl_status check_words(const char *password, const tl_password_owner *owner, tl_arena *arena,
                             tl_error *err)
{
    const char *folded = NULL;
    tl_status st = tl_fold(password, arena, &folded, err);
    if (st == TL_OK && tl_password_common(folded))
        st = tl_fail(err, TL_EINPUT, "this password is among the most common; choose another");
    return st == TL_OK ? check_names(folded, owner, arena, err) : st;
}

static tl_status check_leaked(const char *password, const tl_password_limits *limits, tl_error *err)
{
    bool found = false;
    if (!limits || !limits->leaked)
        return TL_OK;
    tl_status st = tl_leaked_find(limits->leaked, password, &found, err);
    return found ? tl_fail(err, TL_EINPUT,
                           "this password is known from a leak elsewhere; choose another")
                 : st;
}

tl_status tl_password_check(const char *password, const tl_password_owner *owner,
                            const tl_password_limits *limits, tl_error *err)
{
    static const tl_password_owner nobody = { 0 };
    tl_arena *arena = NULL;
    size_t bytes = password ? strlen(password) : 0;
    if (bytes > (size_t)TL_PASSWORD_MOST * 4 || (bytes && tl_utf8_valid(password, bytes) != bytes))
        return tl_fail(err, TL_EINPUT, "the password is too long or is not UTF-8 text");
    size_t n = bytes ? code_points(password) : 0;
    if (n < TL_PASSWORD_LEAST || n > TL_PASSWORD_MOST)
        return tl_fail(err, TL_EINPUT,
                       "the password has %zu characters, expected %d to %d; several words make a "
                       "good one",
                       n, (int)TL_PASSWORD_LEAST, (int)TL_PASSWORD_MOST);
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st != TL_OK)
        return st;
    st = check_words(password, owner ? owner : &nobody, arena, err);
    tl_arena_free(arena);
    return st == TL_OK ? check_leaked(password, limits, err) : st;
}

tl_status tl_password_hash(const char *password, const tl_password_limits *limits,
                           char out[TL_PASSWORD_HASH], tl_error *err)
{
    const tl_password_limits l = settled(limits);
    _Static_assert(crypto_pwhash_STRBYTES <= TL_PASSWORD_HASH, "room for a hash");
    out[0] = '\0';
    if (sodium_init() < 0)
        return tl_fail(err, TL_EIO, "the system gives no random numbers");
    if (l.passes < crypto_pwhash_OPSLIMIT_MIN || l.memory_bytes < crypto_pwhash_MEMLIMIT_MIN)
        return tl_fail(err, TL_EINPUT, "limits of password hashing below the least possible");
    if (crypto_pwhash_str_alg(out, password, strlen(password), l.passes, l.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return tl_fail(err, TL_ENOMEM, "not enough memory to hash a password (%zu MiB)",
                       l.memory_bytes >> 20);
    return TL_OK;
}

/* The work of a check without anything to check against. */
static tl_status spend(const char *password, const tl_password_limits *limits, tl_error *err)
{
    static const unsigned char salt[crypto_pwhash_SALTBYTES] = { 0 };
    const tl_password_limits l = settled(limits);
    unsigned char out[32];
    int rc = crypto_pwhash(out, sizeof out, password, strlen(password), salt, l.passes,
                           l.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    sodium_memzero(out, sizeof out);
    return rc == 0 ? TL_OK : tl_fail(err, TL_ENOMEM, "not enough memory to check a password");
}

tl_status tl_password_verify(const char *hash, const char *password,
                             const tl_password_limits *limits, bool *right, tl_error *err)
{
    char text[crypto_pwhash_STRBYTES] = "";
    *right = false;
    if (sodium_init() < 0)
        return tl_fail(err, TL_EIO, "the system gives no random numbers");
    if (!hash || strlen(hash) >= sizeof text)
        return spend(password, limits, err);
    memcpy(text, hash, strlen(hash) + 1); /* libsodium reads all of its length */
    errno = 0;
    *right = crypto_pwhash_str_verify(text, password, strlen(password)) == 0;
    return *right || errno != ENOMEM
               ? TL_OK
               : tl_fail(err, TL_ENOMEM, "not enough memory to check a password");
}

/* "...$m=65536,t=2,p=1$...": the value of one letter, 0 where it is not there. */
static int64_t parameter(const char *hash, const char *name)
{
    char digits[16];
    int64_t v = 0;
    const char *at = strstr(hash, name);
    size_t n = at ? strspn(at + strlen(name), "0123456789") : 0;
    if (n == 0 || n >= sizeof digits)
        return 0;
    memcpy(digits, at + strlen(name), n);
    digits[n] = '\0';
    return tl_int_parse(digits, 0, INT64_MAX, &v, NULL) == TL_OK ? v : 0;
}

bool tl_password_outdated(const char *hash, const tl_password_limits *limits)
{
    const tl_password_limits l = settled(limits);
    return parameter(hash, "$m=") < (int64_t)(l.memory_bytes / 1024) ||
           parameter(hash, ",t=") < (int64_t)l.passes;
}

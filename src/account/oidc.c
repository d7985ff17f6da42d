/* oidc.c - to the provider and back: discovery, the address the browser goes to, the state it comes
 * back with. */
#include "account/oidc.h"

#include <assert.h>
#include <string.h>

#include "account/account_priv.h"
#include "format/json_read.h"

enum { ADDRESS_MAX = 500 };

/* An address we send browsers or secrets to: https, and nothing odd in it. */
static tl_status take_address(tl_json_value root, const char *name, tl_arena *arena,
                              const char **out, tl_error *err)
{
    tl_json_value v = tl_json_get(root, name);
    const char *text = "";
    tl_status st = tl_json_as_text(v, &text, err);
    if (st != TL_OK)
        return st;
    if (strlen(text) > ADDRESS_MAX || strlen(text) < 9 || !tl_text_starts(text, "https://") ||
        !tl_text_plain(text, false) || strpbrk(text, " #\"<>"))
        return tl_json_fail(v, err, "expected an https address");
    *out = tl_arena_str(arena, text);
    return *out ? TL_OK : tl_fail_nomem(err);
}

/* True if the list has one of the two; `absent` is the answer where it is missing. */
static bool lists(tl_json_value root, const char *name, const char *a, const char *b, bool absent)
{
    tl_json_value v = tl_json_get(root, name);
    if (tl_json_missing(v))
        return absent;
    for (size_t i = 0; i < tl_json_count(v); i++) {
        const char *text = NULL;
        if (tl_json_as_text(tl_json_item(v, i), &text, NULL) == TL_OK &&
            (strcmp(text, a) == 0 || strcmp(text, b) == 0))
            return true;
    }
    return false;
}

static tl_status read_provider(tl_json_value root, const char *issuer, tl_arena *arena,
                               tl_oidc_provider *out, tl_error *err)
{
    tl_status st = take_address(root, "issuer", arena, &out->issuer, err);
    if (st != TL_OK)
        return st;
    if (strcmp(out->issuer, issuer) != 0)
        return tl_fail(err, TL_EINPUT, "discovery: issuer '%s', expected '%s'", out->issuer,
                       issuer);
    if ((st = take_address(root, "authorization_endpoint", arena, &out->authorization_endpoint,
                           err)) != TL_OK ||
        (st = take_address(root, "token_endpoint", arena, &out->token_endpoint, err)) != TL_OK ||
        (st = take_address(root, "jwks_uri", arena, &out->jwks_uri, err)) != TL_OK)
        return st;
    if (!lists(root, "response_types_supported", "code", "code", false))
        return tl_fail(err, TL_EINPUT, "discovery: the provider does not know the type 'code'");
    if (!lists(root, "id_token_signing_alg_values_supported", "RS256", "ES256", false))
        return tl_fail(err, TL_EINPUT, "discovery: the provider signs neither RS256 nor ES256");
    if (!lists(root, "code_challenge_methods_supported", "S256", "S256", true))
        return tl_fail(err, TL_EINPUT, "discovery: the provider does not know PKCE with S256");
    return TL_OK;
}

tl_status tl_oidc_discover(const char *issuer, const char *json, size_t n, tl_arena *arena,
                           tl_oidc_provider *out, tl_error *err)
{
    const tl_json_limits limits = { .max_bytes = TL_OIDC_DOCUMENT_MAX, .depth = 8 };
    tl_json_doc *doc = NULL;
    *out = (tl_oidc_provider){ 0 };
    tl_status st = tl_json_read(&doc, "discovery", json, n, &limits, err);
    if (st != TL_OK)
        return st;
    st = tl_json_as_object(tl_json_root(doc), err);
    if (st == TL_OK)
        st = read_provider(tl_json_root(doc), issuer, arena, out, err);
    tl_json_doc_free(doc);
    if (st != TL_OK)
        *out = (tl_oidc_provider){ 0 };
    return st;
}

/* Percent-encodes all but the unreserved characters of RFC 3986, section 2.3. */
static void put_parameter(tl_buf *b, const char *name, const char *value)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    tl_buf_printf(b, "%s=", name);
    for (const char *c = value; *c; c++)
        if (strchr(plain, *c))
            tl_buf_char(b, *c);
        else
            tl_buf_printf(b, "%%%02X", (unsigned)(unsigned char)*c);
}

/* Nonce and verifier come out of the state, which only the browser has, and the salt, which only
 * the database has: neither alone is enough, and nothing that opens a door is kept. */
static void derive(const char *salt, const char *state, tl_oidc_returned *out)
{
    tl_secret_derive(salt, "tanlian oidc nonce 1", state, out->nonce);
    tl_secret_derive(salt, "tanlian oidc verifier 1", state, out->verifier);
}

static tl_status put_url(const tl_oidc_provider *p, const tl_oidc_client *client, const char *salt,
                         const char *state, bool again, tl_arena *arena, const char **url,
                         tl_error *err)
{
    tl_oidc_returned secrets = { 0 };
    char challenge[TL_SECRET_TEXT];
    tl_buf b;
    derive(salt, state, &secrets);
    tl_secret_s256(secrets.verifier, challenge);
    const char *const parameters[][2] = {
        { "response_type", "code" },
        { "client_id", client->id },
        { "redirect_uri", client->redirect_uri },
        { "scope", "openid email profile" },
        { "state", state },
        { "nonce", secrets.nonce },
        { "code_challenge", challenge },
        { "code_challenge_method", "S256" },
        { "acr_values", client->acr_values },
        { "prompt", again ? "login" : NULL }, /* these two: the person is to sign in once more */
        { "max_age", again ? "0" : NULL },
    };
    tl_buf_init(&b, 1 << 16);
    tl_buf_str(&b, p->authorization_endpoint);
    char between = strchr(p->authorization_endpoint, '?') ? '&' : '?';
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        if (!parameters[i][1])
            continue;
        tl_buf_char(&b, between);
        put_parameter(&b, parameters[i][0], parameters[i][1]);
        between = '&';
    }
    tl_secret_wipe(&secrets, sizeof secrets);
    tl_status st = tl_buf_status(&b, err);
    if (st == TL_OK && !(*url = tl_arena_str(arena, tl_buf_text(&b))))
        st = tl_fail_nomem(err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_oidc_begin(tl_store *s, const tl_oidc_provider *p, const tl_oidc_client *client,
                        bool again, int64_t now, tl_arena *arena, const char **url,
                        char state[TL_SECRET_TEXT], tl_error *err)
{
    char salt[TL_SECRET_TEXT], hash[TL_SECRET_HASH];
    tl_query *q;
    *url = "";
    tl_status st = tl_secret_new(state, err);
    if (st != TL_OK || (st = tl_secret_new(salt, err)) != TL_OK ||
        (st = put_url(p, client, salt, state, again, arena, url, err)) != TL_OK ||
        (st = tl_store_query(s, "oidc_pending.insert", &q, err)) != TL_OK)
        return st;
    tl_secret_hash(state, hash);
    tl_query_text(q, 1, hash);
    tl_query_text(q, 2, salt);
    tl_query_text(q, 3, p->issuer);
    tl_query_int(q, 4, now);
    tl_query_int(q, 5, now + TL_OIDC_PENDING_S);
    return tl_query_run(q, err);
}

static tl_status unknown_login(tl_error *err)
{
    return tl_fail(err, TL_EFORBIDDEN,
                   "this login is not known: it took too long, was used, or began elsewhere");
}

/* Inside the transaction. */
static tl_status take(tl_store *s, const char *state, int64_t now, tl_arena *arena,
                      tl_oidc_returned *out, tl_error *err)
{
    char hash[TL_SECRET_HASH];
    tl_query *q;
    bool row, full = false;
    int64_t changed = 0;
    const char *salt = NULL;
    tl_secret_hash(state, hash);
    tl_status st = tl_store_query(s, "oidc_pending.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, hash);
    tl_query_int(q, 2, now);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        salt = tl_account_column(q, 0, arena, &full);
        out->issuer = tl_account_column(q, 1, arena, &full);
    }
    tl_query_reset(q);
    if (st == TL_OK && full)
        return tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_account_run(s, "oidc_pending.take", (const char *[]){ hash, NULL }, -1, &changed,
                            err);
    if (st == TL_OK && (!salt || changed == 0))
        return unknown_login(err);
    if (st == TL_OK)
        derive(salt, state, out);
    return st;
}

tl_status tl_oidc_take(tl_store *s, const char *state, const char *cookie, int64_t now,
                       tl_arena *arena, tl_oidc_returned *out, tl_error *err)
{
    *out = (tl_oidc_returned){ 0 };
    assert(!tl_store_in_transaction(s));
    if (!tl_secret_shaped(state) || !tl_secret_shaped(cookie) || !tl_secret_equal(state, cookie))
        return unknown_login(err);
    tl_status st = tl_store_begin(s, err);
    if (st == TL_OK)
        st = tl_account_end(s, take(s, state, now, arena, out, err), err);
    if (st != TL_OK)
        *out = (tl_oidc_returned){ 0 };
    return st;
}

/* oidc_fetch.c - asking an identity provider. */
#include "exchange/oidc_fetch.h"

#include <assert.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "exchange/remote.h"
#include "format/json_read.h"

enum { SECRET_MAX = 500, CODE_MAX = 2000, ANSWER_MAX = 64 * 1024, KEPT_BYTES = 1 << 20 };

struct tl_oidc_remote {
    tl_arena *arena; /* the options, for ever */
    tl_oidc_opts opts;
    tl_oidc_client client;
    tl_remote_url issuer;
    char secret[SECRET_MAX + 1]; /* "": none */
    tl_arena *kept;              /* the texts of provider */
    tl_oidc_provider provider;
    tl_jwks *keys;
    int64_t provider_at, keys_at; /* when they were asked for; 0: not yet */
};

static const char *copy(tl_oidc_remote *r, const char *text, bool *full)
{
    const char *c = tl_arena_str(r->arena, text);
    *full = *full || (text && !c);
    return c;
}

static tl_status read_secret(tl_oidc_remote *r, const char *path, tl_error *err)
{
    tl_file_view file;
    size_t n = 0;
    tl_status st = tl_file_open(&file, path, 1 << 16, err);
    if (st != TL_OK)
        return st;
    while (n < file.size && file.data[n] > ' ' && file.data[n] < 0x7F)
        n++;
    if (n == 0 || n > SECRET_MAX)
        st = tl_fail(err, TL_EINPUT, "%s: expected a secret of 1 to %d plain characters", path,
                     (int)SECRET_MAX);
    else
        memcpy(r->secret, file.data, n);
    tl_file_close(&file);
    return st;
}

static tl_status fill(tl_oidc_remote *r, const tl_oidc_opts *o, tl_error *err)
{
    bool full = false;
    r->opts = (tl_oidc_opts){ .issuer = copy(r, o->issuer, &full),
                              .hosts = copy(r, o->hosts, &full),
                              .acr = copy(r, o->acr, &full),
                              .amr = copy(r, o->amr, &full),
                              .ca_file = copy(r, o->ca_file, &full),
                              .timeout_ms = o->timeout_ms };
    r->client = (tl_oidc_client){ .id = copy(r, o->client_id, &full),
                                  .redirect_uri = copy(r, o->redirect_uri, &full),
                                  .acr_values = r->opts.acr };
    if (full)
        return tl_fail_nomem(err);
    if (!r->client.id || !*r->client.id || !r->client.redirect_uri || !*r->client.redirect_uri)
        return tl_fail(err, TL_EINPUT, "identity provider: client id or redirect address missing");
    tl_status st = tl_remote_url_read(o->issuer, "https", r->arena, &r->issuer, err);
    if (st != TL_OK)
        return tl_context(err, st, "identity provider");
    return o->secret_file ? read_secret(r, o->secret_file, err) : TL_OK;
}

tl_status tl_oidc_remote_new(tl_oidc_remote **out, const tl_oidc_opts *opts, tl_error *err)
{
    *out = NULL;
    tl_oidc_remote *r = tl_new_array(1, sizeof *r);
    if (!r)
        return tl_fail_nomem(err);
    tl_status st = tl_arena_new(&r->arena, KEPT_BYTES, err);
    if (st == TL_OK)
        st = tl_arena_new(&r->kept, KEPT_BYTES, err);
    if (st == TL_OK)
        st = fill(r, opts, err);
    if (st != TL_OK) {
        tl_oidc_remote_free(r);
        return st;
    }
    *out = r;
    return TL_OK;
}

void tl_oidc_remote_free(tl_oidc_remote *r)
{
    if (!r)
        return;
    tl_secret_wipe(r->secret, sizeof r->secret);
    tl_jwks_free(r->keys);
    tl_arena_free(r->kept);
    tl_arena_free(r->arena);
    free(r);
}

static bool named(const char *hosts, const char *host)
{
    tl_span rest = tl_span_of(hosts ? hosts : ""), one;
    while (tl_span_split(&rest, ' ', &one))
        if (one.n && tl_span_is(one, host))
            return true;
    return false;
}

/* An endpoint stands where the issuer does, or on a host named by the operator and the usual
 * port: else whoever can write the discovery document sends us into our own network. */
static tl_status check_endpoint(const tl_oidc_remote *r, const char *url, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_remote_url u;
    tl_status st = tl_arena_new(&scratch, 1 << 16, err);
    if (st == TL_OK)
        st = tl_remote_url_read(url, "https", scratch, &u, err);
    if (st == TL_OK && !tl_remote_same(&u, &r->issuer) &&
        !(u.port == 443 && named(r->opts.hosts, u.host)))
        st = tl_fail(err, TL_EINPUT,
                     "identity provider: '%.200s' is not on the host of the issuer; further hosts "
                     "are named in the settings",
                     url);
    tl_arena_free(scratch);
    return st;
}

/* Asks; the answer must be the status 200, or 400 where `refusal` takes that. */
static tl_status ask(const tl_oidc_remote *r, tl_remote_ask *a, bool *refusal, tl_buf *answer,
                     tl_error *err)
{
    long status;
    a->ca_file = r->opts.ca_file;
    a->timeout_ms = r->opts.timeout_ms;
    tl_status st = check_endpoint(r, a->url, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_remote_fetch(a, answer, &status, err)) != TL_OK)
        return tl_context(err, st, "identity provider");
    if (refusal)
        *refusal = status == 400 || status == 401;
    return status == 200 || (refusal && *refusal)
               ? TL_OK
               : tl_fail(err, TL_EIO,
                         "identity provider: %s answered with status %ld, expected 200",
                         r->issuer.host, status);
}

static tl_status fetch_provider(tl_oidc_remote *r, int64_t now, tl_error *err)
{
    tl_buf answer;
    size_t n = strlen(r->opts.issuer);
    while (n && r->opts.issuer[n - 1] == '/') /* OpenID Connect Discovery 1.0, section 4 */
        n--;
    tl_buf_init(&answer, 0);
    tl_arena_reset(r->kept);
    r->provider_at = 0;
    r->provider = (tl_oidc_provider){ 0 };
    tl_remote_ask a = { .url = tl_arena_printf(r->kept, "%.*s/.well-known/openid-configuration",
                                               (int)n, r->opts.issuer),
                        .most_bytes = TL_OIDC_DOCUMENT_MAX };
    tl_status st = a.url ? ask(r, &a, NULL, &answer, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_oidc_discover(r->opts.issuer, tl_buf_text(&answer), answer.len, r->kept,
                              &r->provider, err);
    if (st == TL_OK)
        st = check_endpoint(r, r->provider.token_endpoint, err);
    if (st == TL_OK)
        st = check_endpoint(r, r->provider.jwks_uri, err);
    if (st == TL_OK)
        r->provider_at = now;
    tl_buf_clear(&answer);
    return st;
}

static tl_status need_provider(tl_oidc_remote *r, int64_t now, tl_error *err)
{
    bool fresh = r->provider_at && now >= r->provider_at && now - r->provider_at < TL_OIDC_KEEP_S;
    return fresh ? TL_OK : fetch_provider(r, now, err);
}

static tl_status fetch_keys(tl_oidc_remote *r, int64_t now, tl_error *err)
{
    tl_buf answer;
    tl_jwks *keys = NULL;
    tl_remote_ask a = { .url = r->provider.jwks_uri, .most_bytes = TL_JWKS_MAX };
    tl_buf_init(&answer, 0);
    tl_status st = ask(r, &a, NULL, &answer, err);
    if (st == TL_OK)
        st = tl_jwks_read(&keys, tl_buf_text(&answer), answer.len, err);
    tl_buf_clear(&answer);
    if (st != TL_OK)
        return st;
    tl_jwks_free(r->keys);
    r->keys = keys;
    r->keys_at = now;
    return TL_OK;
}

tl_status tl_oidc_remote_begin(tl_oidc_remote *r, tl_store *s, bool again, int64_t now,
                               tl_arena *arena, const char **url, char state[TL_SECRET_TEXT],
                               tl_error *err)
{
    *url = "";
    state[0] = '\0';
    tl_status st = need_provider(r, now, err);
    return st == TL_OK
               ? tl_oidc_begin(s, &r->provider, &r->client, again, now, arena, url, state, err)
               : st;
}

/* application/x-www-form-urlencoded, all but unreserved characters escaped. */
static void put_escaped(tl_buf *b, const char *value)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (const char *c = value; *c; c++)
        if (strchr(plain, *c))
            tl_buf_char(b, *c);
        else
            tl_buf_printf(b, "%%%02X", (unsigned)(unsigned char)*c);
}

static void put_form(tl_buf *b, const tl_oidc_remote *r, const char *code, const char *verifier)
{
    const char *const pairs[][2] = { { "grant_type", "authorization_code" },
                                     { "code", code },
                                     { "redirect_uri", r->client.redirect_uri },
                                     { "client_id", r->client.id },
                                     { "code_verifier", verifier } };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        tl_buf_printf(b, "%s%s=", i ? "&" : "", pairs[i][0]);
        put_escaped(b, pairs[i][1]);
    }
}

/* A text of the answer in the arena; NULL where it has none. */
static const char *member(tl_json_value root, const char *name, tl_arena *arena)
{
    const char *text = NULL;
    return tl_json_as_text(tl_json_get(root, name), &text, NULL) == TL_OK
               ? tl_arena_str(arena, text)
               : NULL;
}

static tl_status read_token(const tl_buf *answer, bool refusal, tl_arena *arena, const char **token,
                            tl_error *err)
{
    const tl_json_limits limits = { .max_bytes = ANSWER_MAX, .depth = 8 };
    tl_json_doc *doc = NULL;
    tl_status st = tl_json_read(&doc, "token", tl_buf_text(answer), answer->len, &limits, err);
    if (st != TL_OK)
        return tl_context(err, st, "identity provider");
    if (refusal) {
        const char *why = member(tl_json_root(doc), "error", arena);
        st = tl_fail(err, TL_EFORBIDDEN, "the identity provider refused the code: %.100s",
                     why ? why : "no reason given");
    } else if (!(*token = member(tl_json_root(doc), "id_token", arena))) {
        st = tl_fail(err, TL_EFORBIDDEN, "the identity provider gave no ID token");
    }
    tl_json_doc_free(doc);
    return st;
}

/* The code for an ID token (RFC 6749, 4.1.3; RFC 7636, 4.5). A client with a secret shows it by
 * HTTP Basic, both parts escaped first (RFC 6749, 2.3.1). */
static tl_status exchange(tl_oidc_remote *r, const char *code, const char *verifier,
                          tl_arena *arena, const char **token, tl_error *err)
{
    tl_buf form, id, secret, answer;
    bool refusal = false;
    tl_buf_init(&form, ANSWER_MAX);
    tl_buf_init(&id, ANSWER_MAX);
    tl_buf_init(&secret, ANSWER_MAX);
    tl_buf_init(&answer, 0);
    put_form(&form, r, code, verifier);
    put_escaped(&id, r->client.id);
    put_escaped(&secret, r->secret);
    tl_remote_ask a = { .url = r->provider.token_endpoint,
                        .form = tl_buf_text(&form),
                        .user = *r->secret ? tl_buf_text(&id) : NULL,
                        .password = tl_buf_text(&secret),
                        .most_bytes = ANSWER_MAX };
    tl_status st = form.failed || id.failed || secret.failed ? tl_fail_nomem(err)
                                                             : ask(r, &a, &refusal, &answer, err);
    if (st == TL_OK)
        st = read_token(&answer, refusal, arena, token, err);
    tl_buf *const all[] = { &form, &id, &secret, &answer };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i]->data)
            tl_secret_wipe(all[i]->data, all[i]->cap);
        tl_buf_clear(all[i]);
    }
    return st;
}

/* Providers change their keys: one that is not known may be new. */
static tl_status check_token(tl_oidc_remote *r, const char *token, const char *nonce, int64_t now,
                             tl_arena *arena, tl_id_claims *out, tl_error *err)
{
    const tl_id_expected want = { .issuer = r->opts.issuer,
                                  .client_id = r->client.id,
                                  .nonce = nonce,
                                  .now = now,
                                  .acr_values = r->opts.acr,
                                  .amr = r->opts.amr };
    bool asked = false;
    tl_status st = TL_OK;
    if (!r->keys || now < r->keys_at || now - r->keys_at >= TL_OIDC_KEEP_S) {
        st = fetch_keys(r, now, err);
        asked = true;
    }
    if (st == TL_OK)
        st = tl_id_token_check(r->keys, token, &want, arena, out, err);
    if (st == TL_EFORBIDDEN && !asked && now - r->keys_at >= TL_OIDC_KEYS_LEAST_S &&
        (st = fetch_keys(r, now, err)) == TL_OK)
        st = tl_id_token_check(r->keys, token, &want, arena, out, err);
    return st;
}

static tl_status check_back(const tl_oidc_remote *r, const tl_oidc_back *b,
                            const tl_oidc_returned *returned, tl_error *err)
{
    if (!tl_text_equal(returned->issuer, r->opts.issuer) ||
        (b->iss && strcmp(b->iss, r->opts.issuer) != 0))
        return tl_fail(err, TL_EFORBIDDEN, "this login began at another identity provider");
    if (b->error)
        return tl_fail(err, TL_EFORBIDDEN,
                       "the identity provider did not let the person in: %.100s", b->error);
    if (!b->code || !*b->code || strlen(b->code) > CODE_MAX || !tl_text_plain(b->code, false))
        return tl_fail(err, TL_EFORBIDDEN, "the identity provider sent no code");
    return TL_OK;
}

tl_status tl_oidc_remote_back(tl_oidc_remote *r, tl_store *s, const tl_oidc_back *back, int64_t now,
                              tl_arena *arena, tl_id_claims *out, tl_error *err)
{
    tl_oidc_returned returned;
    const char *token = NULL;
    *out = (tl_id_claims){ 0 };
    assert(!tl_store_in_transaction(s));
    tl_status st = tl_oidc_take(s, back->state, back->cookie, now, arena, &returned, err);
    if (st == TL_OK)
        st = check_back(r, back, &returned, err);
    if (st == TL_OK)
        st = need_provider(r, now, err);
    if (st == TL_OK)
        st = exchange(r, back->code, returned.verifier, arena, &token, err);
    if (st == TL_OK)
        st = check_token(r, token, returned.nonce, now, arena, out, err);
    tl_secret_wipe(&returned, sizeof returned);
    if (st != TL_OK)
        *out = (tl_id_claims){ 0 };
    return st;
}

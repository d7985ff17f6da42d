/* oidc.h - login through an identity provider (OpenID Connect Core 1.0, authorization code with
 * PKCE, RFC 7636), without the network: what the provider answers is handed in as bytes, what is to
 * be asked is given out as text. Fetching is the caller's.
 *
 * The way: tl_oidc_discover once; tl_oidc_begin sends the browser to the provider; it comes back
 * with state and code; tl_oidc_take says which login this was; the caller exchanges the code at the
 * token endpoint with the verifier; tl_id_token_check (id_token.h) reads who it is; tl_oidc_strong
 * refuses who signed in by less than was asked for; tl_oidc_login begins the session.
 *
 * A person is found by issuer and subject, and by nothing else. An unknown one comes in only by a
 * verified address with an open invitation (all that are open for it are taken) and without an
 * account; who has an account links the provider while logged in (tl_oidc_link). So a provider
 * cannot take an account over. */
#ifndef TL_ACCOUNT_OIDC_H
#define TL_ACCOUNT_OIDC_H

#include "account/id_token.h"
#include "account/secret.h"
#include "account/session.h"
#include "base/memory.h"
#include "store/store.h"

enum { TL_OIDC_PENDING_S = 600, TL_OIDC_DOCUMENT_MAX = 256 * 1024 };

typedef struct tl_oidc_provider {
    const char *issuer; /* "https://..." */
    const char *authorization_endpoint, *token_endpoint, *jwks_uri;
} tl_oidc_provider;

/* Reads a discovery document (OpenID Connect Discovery 1.0, section 3) in the arena. TL_EINPUT
 * unless its issuer is exactly the one expected, the endpoints are https, and it speaks of code,
 * RS256 or ES256, and (where it says) S256. */
TL_MUST_CHECK tl_status tl_oidc_discover(const char *issuer, const char *json, size_t n,
                                         tl_arena *arena, tl_oidc_provider *out, tl_error *err);

/* How this installation is known to the provider. */
typedef struct tl_oidc_client {
    const char *id, *redirect_uri;
    const char *acr_values; /* what strength the provider is asked for; NULL: none */
} tl_oidc_client;

/* Keeps a login under way and gives the address to send the browser to, in the arena. state goes
 * into a cookie of that browser too: without it somebody could make another person's browser come
 * back from a login that is not theirs. again: the provider is to ask for the password also of who
 * is signed in there, and to say when it did (tl_oidc_prove). One statement; inside or outside a
 * transaction. */
TL_MUST_CHECK tl_status tl_oidc_begin(tl_store *s, const tl_oidc_provider *p,
                                      const tl_oidc_client *client, bool again, int64_t now,
                                      tl_arena *arena, const char **url, char state[TL_SECRET_TEXT],
                                      tl_error *err);

typedef struct tl_oidc_returned {
    const char *issuer;            /* in the arena */
    char nonce[TL_SECRET_TEXT];    /* the ID token must hold it */
    char verifier[TL_SECRET_TEXT]; /* code_verifier for the token endpoint */
} tl_oidc_returned;

/* Which login comes back; works once. TL_EFORBIDDEN for a state that is unknown, old, used, or not
 * that of the browser's cookie. Opens its own transaction. */
TL_MUST_CHECK tl_status tl_oidc_take(tl_store *s, const char *state, const char *cookie,
                                     int64_t now, tl_arena *arena, tl_oidc_returned *out,
                                     tl_error *err);

/* TL_EFORBIDDEN where the token is weak, that is, does not say that the login was as strong as it
 * was to be. Audited as a failed login of `user`, who is signed in; NULL: of whom it is linked to.
 * source: the address, may be NULL. Opens its own transaction. The functions below refuse such a
 * token too, without a word in the audit chain. */
TL_MUST_CHECK tl_status tl_oidc_strong(tl_store *s, const tl_id_claims *claims, const char *user,
                                       const char *source, tl_error *err);

/* Begins the session of the person an ID token speaks of, in `tenant` (NULL: the first).
 * TL_EFORBIDDEN where nobody here is meant. Audited. Opens its own transaction. */
TL_MUST_CHECK tl_status tl_oidc_login(tl_store *s, const tl_id_claims *claims, const char *tenant,
                                      const tl_session_opts *opts, int64_t now,
                                      char token[TL_SECRET_TEXT], tl_error *err);

/* Notes in a session of `user` that its person has signed in again at the provider. TL_EFORBIDDEN
 * where it is somebody else there, or the provider does not say (auth_time) that it asked just now.
 * Opens its own transaction. */
TL_MUST_CHECK tl_status tl_oidc_prove(tl_store *s, const tl_id_claims *claims, const char *user,
                                      const char *token, int64_t now, char renewed[TL_SECRET_TEXT],
                                      tl_error *err);

/* Links the person at the provider to an account whose owner is logged in, inside the caller's
 * transaction; audited. TL_ECONFLICT where that person is linked to another account. */
TL_MUST_CHECK tl_status tl_oidc_link(tl_store *s, const char *user, const tl_id_claims *claims,
                                     int64_t now, tl_error *err);

/* Whether an account is linked at this provider. */
TL_MUST_CHECK tl_status tl_oidc_linked(tl_store *s, const char *user, const char *issuer, bool *out,
                                       tl_error *err);

#endif

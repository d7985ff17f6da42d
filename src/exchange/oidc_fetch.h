/* oidc_fetch.h - login through an identity provider, with the network: asks for the discovery
 * document, the keys and the token, and hands the answers to account/oidc.h and account/id_token.h.
 *
 * Only the host of the issuer is asked, and hosts that were named beside it, by https, on this
 * machine too; what the discovery document says cannot lead anywhere else.
 *
 * The caller redirects the browser to the address of tl_oidc_remote_begin, keeps the state in a
 * cookie, and has claims after tl_oidc_remote_back; tl_oidc_login or tl_oidc_link says whose they
 * are here. Claims of a provider are not yet a person of this installation. */
#ifndef TL_EXCHANGE_OIDC_FETCH_H
#define TL_EXCHANGE_OIDC_FETCH_H

#include "account/oidc.h"
#include "base/memory.h"
#include "store/store.h"

enum {
    TL_OIDC_KEEP_S = 3600,    /* discovery and keys are asked anew after so long */
    TL_OIDC_KEYS_LEAST_S = 60 /* an unknown key makes us ask again, at most so often */
};

typedef struct tl_oidc_opts {
    const char *issuer; /* as the provider writes it */
    const char *client_id, *redirect_uri;
    const char *secret_file; /* its first line is the client's secret; NULL: a public client */
    const char *hosts;       /* further hosts the endpoints may be on, between blanks; NULL: none */
    const char *acr;         /* the login must be of one of these classes, between blanks (acr) */
    const char *amr;         /* and by this method (amr); of both, NULL: any will do */
    const char *ca_file;     /* whose certificates are believed; NULL: the system's */
    int64_t timeout_ms;      /* of each question; 0: 10 s */
} tl_oidc_opts;

/* One provider with what is kept of its answers. One thread at a time: each worker has its own. */
typedef struct tl_oidc_remote tl_oidc_remote;

/* Asks nobody yet. The caller owns *out, NULL on failure. Nothing is borrowed from opts. */
TL_MUST_CHECK tl_status tl_oidc_remote_new(tl_oidc_remote **out, const tl_oidc_opts *opts,
                                           tl_error *err);
void tl_oidc_remote_free(tl_oidc_remote *r);

/* The address to send the browser to, in the arena, and the state for its cookie (tl_oidc_begin).
 * TL_EIO where the provider does not answer. */
TL_MUST_CHECK tl_status tl_oidc_remote_begin(tl_oidc_remote *r, tl_store *s, bool again,
                                             int64_t now, tl_arena *arena, const char **url,
                                             char state[TL_SECRET_TEXT], tl_error *err);

/* What the browser came back with; a NULL is missing. */
typedef struct tl_oidc_back {
    const char *state, *cookie; /* of the query, and of the cookie */
    const char *code;
    const char *error; /* "access_denied": then there is no code */
    const char *iss;   /* RFC 9207; NULL is fine */
} tl_oidc_back;

/* Who came back, and whether by less than was asked for (tl_oidc_strong); texts in the arena.
 * TL_EFORBIDDEN with the reason for the log where it is not to be believed, TL_EIO where the
 * provider does not answer. No transaction may be open; none is held while the provider is asked. A
 * state works once, also when the rest fails. */
TL_MUST_CHECK tl_status tl_oidc_remote_back(tl_oidc_remote *r, tl_store *s,
                                            const tl_oidc_back *back, int64_t now, tl_arena *arena,
                                            tl_id_claims *out, tl_error *err);

#endif

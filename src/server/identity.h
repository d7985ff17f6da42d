/* identity.h - who asks: by API key, by session cookie, or nobody known.
 *
 * A session's requests that change something must bring the CSRF token in X-CSRF-Token. Keys are
 * not sent by browsers of themselves and need none. */
#ifndef TL_SERVER_IDENTITY_H
#define TL_SERVER_IDENTITY_H

#include "account/session.h"
#include "server/server_priv.h"

/* True where the request brings a key or a session: its answer is nobody else's. */
bool tl_identity_claimed(const tl_http_request *rq);

/* False where a browser says that another site made it ask. What changes something is refused then,
 * the login too: else a page could log its visitor in as somebody else. */
bool tl_identity_same_origin(const tl_http_request *rq);

/* Fills q->viewer, and *session (may be NULL) where there is one: its user is NULL otherwise. A
 * session that has ended makes a visitor and takes the cookie away; a key that opens nothing is
 * TL_EFORBIDDEN. */
TL_MUST_CHECK tl_status tl_identify(tl_request *q, tl_session *session, tl_error *err);

/* What a session may on this service: where a second factor is required and lacks, what a visitor
 * may. *needs (may be NULL) tells whether that is so. */
tl_viewer tl_identity_viewer(const tl_request *q, const tl_session *session, bool *needs);

/* Gives the client its session cookie; token "" takes it away. */
void tl_identity_cookie(tl_request *q, const char *token);

/* A cookie beside it, of a login that is on its way to a provider; "" takes it away. It lives ten
 * minutes (TL_OIDC_PENDING_S). And what the client brought of it, NULL for none. */
void tl_identity_login_cookie(tl_request *q, const char *value);
const char *tl_identity_login_begun(const tl_http_request *rq);

/* The token the client brought, NULL where there is none. */
const char *tl_identity_token(const tl_http_request *rq);

#endif

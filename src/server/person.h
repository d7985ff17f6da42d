/* person.h - what the routes of people share: bodies, the session as an answer, who may. */
#ifndef TL_SERVER_PERSON_H
#define TL_SERVER_PERSON_H

#include "account/password.h"
#include "account/session.h"
#include "exchange/letter.h"
#include "format/json.h"
#include "server/server_priv.h"

/* The texts of a body of JSON, by name, in the arena of the request; those not there are NULL,
 * others than these refused. */
TL_MUST_CHECK tl_status tl_person_body(tl_request *q, const char *const *names, const char **values,
                                       size_t n, tl_error *err);

/* TL_EINPUT unless the first n are there. */
TL_MUST_CHECK tl_status tl_person_need(const char *const *names, const char *const *values,
                                       size_t n, tl_error *err);

/* The problem where st is none; nothing of it is kept by a cache. */
void tl_person_end(tl_request *q, tl_status st, const tl_error *err);

/* What the client of the request is known by, for a session that begins. */
tl_session_opts tl_person_session_opts(const tl_request *q);

/* How passwords are kept here, and which file of leaked ones is asked. */
tl_password_limits tl_person_password_limits(const tl_request *q);

/* Who the viewer is, as the answer; s may be NULL. */
void tl_person_write(tl_request *q, const tl_session *s);

/* The session just begun, as the answer and as the cookie. */
TL_MUST_CHECK tl_status tl_person_answer(tl_request *q, tl_store *s, const char *token,
                                         tl_error *err);

/* TL_EFORBIDDEN unless a person with a session asks; keys cannot do this. Opens the store. */
TL_MUST_CHECK tl_status tl_person_session(tl_request *q, tl_store **s, bool write, tl_error *err);

/* Ends a transaction: commits where st is TL_OK, undoes otherwise. */
TL_MUST_CHECK tl_status tl_person_commit(tl_store *s, tl_status st, tl_error *err);

/* Writes roles as the member "roles": [{"code", "en", "zh"}]. */
void tl_person_roles(tl_json *j, uint32_t roles);

/* Tells the person by mail what was changed of their account just now (a letter with `name` and
 * `when`), where mail is sent. */
void tl_person_tell(tl_request *q, tl_store *s, const char *user, tl_letter_kind kind);

/* Retry-After where a refused try begins a wait. */
void tl_person_wait(tl_request *q, tl_status st, int64_t wait_s);

#endif

/* session.h - who has logged in, from the login to its end.
 *
 * The client holds a token (a cookie), the database its hash. A session acts for one organisation.
 * It ends when nothing was heard for a while, at the latest after its full time, at logout, when
 * the password changes, when the account is disabled or leaves the organisation.
 *
 * Looking a session up only reads, so it works on a read-only store. What is to be written
 * afterwards (last seen, at most once a minute; a new token after a change of roles) is done by
 * tl_session_keep on a store that writes, where `due` says so. */
#ifndef TL_ACCOUNT_SESSION_H
#define TL_ACCOUNT_SESSION_H

#include "account/role.h"
#include "account/secret.h"
#include "base/memory.h"
#include "store/store.h"

enum {
    TL_SESSION_IDLE_S = 30 * 60,
    TL_SESSION_ABSOLUTE_S = 12 * 3600,
    TL_SESSION_SEEN_S = 60,   /* how exact "last seen" is, and so the idle time */
    TL_SESSION_MOST = 20,     /* of one person at once */
    TL_SESSION_PROVED_S = 600 /* so long a password given in it counts for what asks for it again */
};

/* All zero = defaults. */
typedef struct tl_session_opts {
    int64_t idle_s, absolute_s;
    const char *source; /* address of the client, shown in the list of sessions and counted at
                           logins (of IPv6 the /64: one client has all of it); may be NULL */
    const char *agent;  /* its User-Agent; cut at 200 bytes; may be NULL */
    unsigned most;      /* sessions of the person at once, this one too */
    bool by_provider;   /* the person signed in at an identity provider, not here and now, */
    int64_t proved_at;  /* at this moment; 0: not said */
} tl_session_opts;

typedef struct tl_session {
    const char *id; /* names it in lists; opens nothing */
    const char *user, *email, *name, *language;
    const char *tenant, *tenant_en, *tenant_zh, *company; /* company may be NULL */
    tl_tenant_kind kind;
    uint32_t roles; /* as they are now */
    uint64_t rights;
    int64_t made_at, seen_at, ends_at, proved_at;
    char csrf[TL_SECRET_TEXT]; /* what a form must bring along; made from the token, not kept */
    bool due;                  /* call tl_session_keep */
    bool lacks_factor;         /* begun by password alone, and there is no second factor yet */
} tl_session;

/* Begins a session of a person in an organisation, inside the caller's transaction. The caller has
 * made sure that it is that person (login.h, oidc.h). Where it would be one too many, the oldest
 * ones end; audited. TL_EFORBIDDEN where the account is disabled or has no place there. */
TL_MUST_CHECK tl_status tl_session_start(tl_store *s, const char *user, const char *tenant,
                                         const tl_session_opts *opts, int64_t now,
                                         char token[TL_SECRET_TEXT], tl_error *err);

/* The session of a token. TL_EFORBIDDEN for anything that opens none now, without a reason: too
 * old, ended, disabled, never was. Texts are in the arena. */
TL_MUST_CHECK tl_status tl_session_use(tl_store *s, const char *token, int64_t now, tl_arena *arena,
                                       tl_session *out, tl_error *err);

/* Writes what is due. renewed gets the token the client has to use from now on where the roles have
 * changed (the old one is void), else "". A session gone meanwhile is TL_OK. Opens its own
 * transaction. */
TL_MUST_CHECK tl_status tl_session_keep(tl_store *s, const char *token, int64_t now,
                                        char renewed[TL_SECRET_TEXT], tl_error *err);

/* True while it is not long ago that the person gave the password, or signed in at the provider. */
bool tl_session_proved(const tl_session *session, int64_t now);

/* The person of the session has proved who they are, at that moment; the caller has made sure.
 * Gives a new token, the old one is void; audited as of `who`. TL_EFORBIDDEN where the session has
 * ended. Inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_session_prove(tl_store *s, const char *who, const char *token,
                                         int64_t proved_at, int64_t now,
                                         char renewed[TL_SECRET_TEXT], tl_error *err);

/* A new token for the session, the old one is void. TL_EFORBIDDEN where it has ended. Inside the
 * caller's transaction. */
TL_MUST_CHECK tl_status tl_session_renew(tl_store *s, const char *token, int64_t now,
                                         char renewed[TL_SECRET_TEXT], tl_error *err);

/* What the session may do and see. Borrows its texts. */
tl_viewer tl_session_viewer(const tl_session *session);

/* The same where it lacks a second factor that is required: a visitor whose name is known. */
tl_viewer tl_session_confined(const tl_session *session);

/* True if csrf is the one of this token; in constant time. NULL is wrong. */
bool tl_session_csrf_right(const char *token, const char *csrf);

/* Acts for another organisation of the same person from now on; the old token is void. The whole
 * time runs on. TL_EFORBIDDEN where the person has no place there. Inside the caller's
 * transaction. */
TL_MUST_CHECK tl_status tl_session_switch(tl_store *s, const char *token, const char *tenant,
                                          int64_t now, char renewed[TL_SECRET_TEXT], tl_error *err);

/* Logout. A token without a session is TL_OK. Outside or inside a transaction. */
TL_MUST_CHECK tl_status tl_session_end(tl_store *s, const char *token, tl_error *err);

/* A row of the list a person sees of the own sessions, newest first. */
typedef struct tl_session_row {
    const char *id, *tenant, *source, *agent;
    int64_t made_at, seen_at, ends_at;
} tl_session_row;
TL_MUST_CHECK tl_status tl_session_list(tl_store *s, const char *user, int64_t now, tl_arena *arena,
                                        const tl_session_row **out, size_t *n, tl_error *err);

/* Ends one session of a user by its id (TL_ENOTFOUND also where it is another's), or all but the
 * one with keep_id (NULL: all). who does it, for the audit entry: the user, or an administrator
 * whose right tl_user_require or TENANT the caller has asked for. Inside the caller's transaction.
 */
TL_MUST_CHECK tl_status tl_session_revoke(tl_store *s, const char *who, const char *user,
                                          const char *id, tl_error *err);
TL_MUST_CHECK tl_status tl_session_revoke_others(tl_store *s, const char *who, const char *user,
                                                 const char *keep_id, int64_t *ended,
                                                 tl_error *err);

#endif

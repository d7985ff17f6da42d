/* token.h - links that are mailed: invitations, resets of a password, and the very first one.
 *
 * Each holds a random token that works once and for a limited time; its hash is kept. The function
 * gives the link back, and the caller mails it: to that address, and never shows it to who asked.
 * The token stands behind '#', so that no log of a server has it.
 *
 * What makes a link works inside the caller's transaction; what takes one opens its own, and none
 * may be open then. Of two who take the same link at once, one wins; the other gets TL_ENOTFOUND.
 */
#ifndef TL_ACCOUNT_TOKEN_H
#define TL_ACCOUNT_TOKEN_H

#include "account/password.h"
#include "account/role.h"
#include "account/secret.h"
#include "account/tenant.h"
#include "base/memory.h"
#include "store/store.h"

enum { TL_INVITATION_S = 7 * 86400, TL_RESET_S = 3600 };

typedef struct tl_invitation {
    const char *email, *name;
    const char *language; /* "zh", "en" */
    const char *tenant;
    uint32_t roles;
    int64_t made_at, ends_at; /* set by reading */
} tl_invitation;

/* Invites somebody into an organisation; an older open invitation of the same address there is
 * void. Needs the right PEOPLE there, or TENANT. *link is base + "/invitation#<token>", in the
 * arena; base is "https://host" or "". TL_EINPUT names what is wrong. */
TL_MUST_CHECK tl_status tl_invitation_link(tl_store *s, const tl_viewer *by, const tl_invitation *i,
                                           const char *base, int64_t now, tl_arena *arena,
                                           const char **link, tl_error *err);

/* What a token invites to, for the page that asks for a password. *has_account: the address has one
 * already, and its owner logs in and joins instead. TL_ENOTFOUND for a token that is void. */
TL_MUST_CHECK tl_status tl_invitation_get(tl_store *s, const char *token, int64_t now,
                                          tl_arena *arena, tl_invitation *out, bool *has_account,
                                          tl_error *err);

/* Takes an invitation: makes the account with this password and its place. TL_ECONFLICT where the
 * address has an account: who can invite must not be able to set that one's password. */
TL_MUST_CHECK tl_status tl_invitation_accept(tl_store *s, const char *token, const char *password,
                                             const tl_password_limits *limits, int64_t now,
                                             char user[TL_ACCOUNT_ID], tl_error *err);

/* Takes an invitation for a person who has logged in; TL_EFORBIDDEN where it went to another
 * address. Roles they have there already are replaced. */
TL_MUST_CHECK tl_status tl_invitation_join(tl_store *s, const char *token, const char *user,
                                           int64_t now, tl_error *err);

/* Open invitations of an organisation (NULL: all), by address. */
TL_MUST_CHECK tl_status tl_invitation_list(tl_store *s, const char *tenant, int64_t now,
                                           tl_arena *arena, const tl_invitation **out, size_t *n,
                                           tl_error *err);

/* A link with which the owner of an address sets a new password: base + "/reset#<token>". who is
 * for the audit entry. TL_ENOTFOUND for an address without an active account: a server answers then
 * as if it had mailed one. */
TL_MUST_CHECK tl_status tl_reset_link(tl_store *s, const char *email, const char *base,
                                      const char *who, int64_t now, tl_arena *arena,
                                      const char **link, tl_error *err);

/* Whether a link for this address was made since a moment: who asks again and again shall not fill
 * somebody's mailbox. False for an address without an account. */
TL_MUST_CHECK tl_status tl_reset_recent(tl_store *s, const char *email, int64_t since, bool *out,
                                        tl_error *err);

/* Sets the new password; ends all sessions and other resets of the account, and forgets its failed
 * logins. user gets whose it was, "" on failure. TL_EINPUT where the password is not taken: the
 * link then still works. */
TL_MUST_CHECK tl_status tl_reset_accept(tl_store *s, const char *token, const char *password,
                                        const tl_password_limits *limits, int64_t now,
                                        char user[TL_ACCOUNT_ID], tl_error *err);

/* The link with which an installation begins: while nobody has an account, an invitation as
 * administrator of the organisation that runs it. That is made from runs_it (id and names) where
 * there is none. There is no default password. A newer link voids the older, whatever address it
 * went to. TL_ECONFLICT once somebody has an account. Of i the roles and tenant are not read. */
TL_MUST_CHECK tl_status tl_account_first_link(tl_store *s, const tl_invitation *i,
                                              const tl_tenant *runs_it, const char *base,
                                              int64_t now, tl_arena *arena, const char **link,
                                              tl_error *err);

#endif

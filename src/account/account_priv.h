/* account_priv.h - what the files of this folder share. */
#ifndef TL_ACCOUNT_ACCOUNT_PRIV_H
#define TL_ACCOUNT_ACCOUNT_PRIV_H

#include "account/role.h"
#include "account/secret.h"
#include "account/tenant.h"
#include "account/user.h"
#include "base/buf.h"
#include "base/memory.h"
#include "format/json.h"
#include "store/store.h"

enum { TL_ACCOUNT_SCRATCH_BYTES = 1 << 20 };

/* Copies a text column into the arena, NULL for SQL NULL; *full becomes true where that fails. */
const char *tl_account_column(tl_query *q, int column, tl_arena *arena, bool *full);

/* Seals an act upon "<kind>/<id>". detail is a finished JSON object and is cleared; NULL: none. */
TL_MUST_CHECK tl_status tl_account_audit(tl_store *s, const char *actor, const char *action,
                                         const char *kind, const char *id, tl_buf *detail,
                                         tl_error *err);

/* Writes the codes of roles as the next member, an array. */
void tl_account_put_roles(tl_json *j, const char *name, uint32_t roles);

/* Ends a transaction: commits where st is TL_OK, rolls back otherwise, and gives what it came to.
 */
TL_MUST_CHECK tl_status tl_account_end(tl_store *s, tl_status st, tl_error *err);

/* The folded form by which an e-mail address is found, in the arena; TL_EINPUT for what is none. */
TL_MUST_CHECK tl_status tl_account_email(const char *email, tl_arena *arena, const char **folded,
                                         tl_error *err);

/* A name of a person or thing: 1 to `most` characters on one line. */
TL_MUST_CHECK tl_status tl_account_name(const char *field, const char *text, size_t most,
                                        tl_error *err);

/* Not more than `most` bytes of text, without control characters, cut at a whole character; in the
 * arena. What a client says of itself. NULL when out of memory. */
const char *tl_account_cut(const char *text, size_t most, tl_arena *arena);

/* What kind of organisation; TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_account_kind(tl_store *s, const char *tenant, tl_tenant_kind *out,
                                        tl_error *err);

/* What somebody with these roles in an organisation may and sees. */
tl_viewer tl_account_viewer(const char *user, const char *tenant, const char *company,
                            uint32_t roles, tl_tenant_kind kind);

/* Roles that this organisation can give, at least one. */
TL_MUST_CHECK tl_status tl_account_check_roles(tl_store *s, const char *tenant, uint32_t roles,
                                               tl_error *err);

/* Keeps a new account (its id in id) without password or membership; audited. fields->id is not
 * read. TL_ECONFLICT where the e-mail has one. */
TL_MUST_CHECK tl_status tl_account_insert(tl_store *s, const tl_user *fields, const char *who,
                                          int64_t now, char id[TL_ACCOUNT_ID], tl_error *err);

/* A person's roles in an organisation, 0 where they have no place there; TL_ENOTFOUND where there
 * is no such person. */
TL_MUST_CHECK tl_status tl_account_roles_of(tl_store *s, const char *user, const char *tenant,
                                            uint32_t *roles, tl_error *err);

/* Sets a person's roles in an organisation (0: leaves it, and with it sessions and keys); audited
 * where something changes. No rights are asked. */
TL_MUST_CHECK tl_status tl_account_put_roles_of(tl_store *s, const char *user, const char *tenant,
                                                uint32_t roles, const char *who, int64_t now,
                                                tl_error *err);

/* Ids and names of an organisation, or (NULL) of all that a person has a place in, with a NULL
 * behind the last; in the arena. For tl_password_owner. */
TL_MUST_CHECK tl_status tl_account_organisations(tl_store *s, const char *user, const char *tenant,
                                                 tl_arena *arena, const char *const **out,
                                                 tl_error *err);

/* Keeps a password made by tl_password_hash and ends all sessions; audited. */
TL_MUST_CHECK tl_status tl_account_put_password(tl_store *s, const char *user, const char *hash,
                                                const char *who, int64_t now, tl_error *err);

/* Takes an open invitation by its hash for this account: place, mark, audit entry. *taken false
 * where there is none. Inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_account_take_invitation(tl_store *s, const char *hash, const char *user,
                                                   int64_t now, bool *taken, tl_error *err);

/* base + path + token in the arena; TL_EINPUT for a base that is no "http(s)://host". */
TL_MUST_CHECK tl_status tl_account_link(const char *base, const char *path, const char *token,
                                        tl_arena *arena, const char **link, tl_error *err);

/* Runs a query that returns no rows with these texts (a NULL ends them) and behind them a number,
 * unless it is negative. *changed gets the rows it changed; may be NULL. */
TL_MUST_CHECK tl_status tl_account_run(tl_store *s, const char *query, const char *const texts[],
                                       int64_t number, int64_t *changed, tl_error *err);

#endif

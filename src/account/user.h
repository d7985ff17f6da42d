/* user.h - people, and the organisations they act for.
 *
 * A person has one account, found by e-mail (letter case and width do not count), and may belong to
 * several organisations with different roles in each. Accounts are disabled, never deleted, because
 * the audit chain names people by their id.
 *
 * What changes something works inside the caller's transaction, takes who does it (by) and asks for
 * the right: PEOPLE within by's own organisation, TENANT for any. It writes an audit entry and
 * leaves a rollback to the caller after a failure. */
#ifndef TL_ACCOUNT_USER_H
#define TL_ACCOUNT_USER_H

#include "account/role.h"
#include "account/secret.h"
#include "base/memory.h"
#include "store/store.h"

enum { TL_EMAIL_MAX = 254, TL_PERSON_NAME_MAX = 200 }; /* bytes; code points */

typedef struct tl_user {
    const char *id; /* 24 hex digits, says nothing */
    const char *email, *name;
    const char *language; /* "zh", "en" */
    bool disabled;
    bool has_password; /* otherwise: only through a provider, or a reset first */
    int64_t made_at;
    bool has_factor; /* a second one beside the password (second_factor.h) */
} tl_user;

/* A person's place in one organisation. */
typedef struct tl_member {
    tl_user user;
    const char *tenant; /* NULL: belongs to none */
    uint32_t roles;
} tl_member;

/* Whether `by` may see and change the people of this organisation: its own with the right PEOPLE,
 * any with the right TENANT. Who sees all organisations (tl_viewer_of_tenant) sees their items, not
 * their people. TL_EFORBIDDEN. */
TL_MUST_CHECK tl_status tl_user_require(const tl_viewer *by, const char *tenant, tl_error *err);

/* Adds a person without a password to an organisation; a reset link lets them set one. Needs the
 * right TENANT, because nobody has asked the owner of the address: others invite (token.h). id gets
 * the new id. TL_ECONFLICT where the e-mail has an account: then tl_user_set_roles. Of u only
 * email, name and language are read. */
TL_MUST_CHECK tl_status tl_user_add(tl_store *s, const tl_viewer *by, const tl_user *u,
                                    const char *tenant, uint32_t roles, int64_t now,
                                    char id[TL_ACCOUNT_ID], tl_error *err);

/* By id, and by e-mail; TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_user_get(tl_store *s, const char *id, tl_arena *arena, tl_user *out,
                                    tl_error *err);
TL_MUST_CHECK tl_status tl_user_find(tl_store *s, const char *email, tl_arena *arena, tl_user *out,
                                     tl_error *err);

/* People with their places, by e-mail and organisation: of one organisation, or all (NULL), then
 * also people without one. */
TL_MUST_CHECK tl_status tl_user_list(tl_store *s, const char *tenant, tl_arena *arena,
                                     const tl_member **out, size_t *n, tl_error *err);

/* The places of one person, by organisation. */
TL_MUST_CHECK tl_status tl_user_places(tl_store *s, const char *id, tl_arena *arena,
                                       const tl_member **out, size_t *n, tl_error *err);

/* Sets all roles of a person in an organisation; 0 takes them out of it, and ends their sessions
 * and keys there. Into an organisation they do not belong to only the right TENANT puts them;
 * others invite, and the person agrees. Open sessions have the new rights at once, and a new token
 * at their next use. TL_EINPUT for roles the kind of organisation cannot give. */
TL_MUST_CHECK tl_status tl_user_set_roles(tl_store *s, const tl_viewer *by, const char *id,
                                          const char *tenant, uint32_t roles, int64_t now,
                                          tl_error *err);

/* Disables or enables an account everywhere; disabling ends all its sessions, and its keys are
 * refused while it lasts. Needs the right TENANT: the person may belong to others too. */
TL_MUST_CHECK tl_status tl_user_set_disabled(tl_store *s, const tl_viewer *by, const char *id,
                                             bool disabled, tl_error *err);

#endif

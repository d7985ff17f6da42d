/* people.h - the operations over people, organisations and keys; their rows are in people.c.
 *
 * Who has the right TENANT asks about everybody. Others ask about their own organisation: naming
 * another is TL_EFORBIDDEN whether it exists or not, and a person who is not in their own is
 * TL_ENOTFOUND like one who is nowhere, so that nobody can find out who has an account. */
#ifndef TL_OPERATION_PEOPLE_H
#define TL_OPERATION_PEOPLE_H

#include "account/user.h"
#include "operation/operation.h"

tl_status tl_run_user_list(tl_call *c, tl_error *err); /* people_user.c */
tl_status tl_run_user_rights(tl_call *c, tl_error *err);
tl_status tl_run_user_add(tl_call *c, tl_error *err);
tl_status tl_run_user_roles(tl_call *c, tl_error *err);
tl_status tl_run_user_disable(tl_call *c, tl_error *err);
tl_status tl_run_user_enable(tl_call *c, tl_error *err);
tl_status tl_run_user_logout(tl_call *c, tl_error *err);
tl_status tl_run_user_factor(tl_call *c, tl_error *err);
tl_status tl_run_user_invite(tl_call *c, tl_error *err); /* people_link.c */
tl_status tl_run_user_first(tl_call *c, tl_error *err);
tl_status tl_run_user_reset(tl_call *c, tl_error *err);
tl_status tl_run_tenant_list(tl_call *c, tl_error *err); /* people_tenant.c */
tl_status tl_run_tenant_add(tl_call *c, tl_error *err);
tl_status tl_run_key_list(tl_call *c, tl_error *err); /* people_key.c */
tl_status tl_run_key_add(tl_call *c, tl_error *err);
tl_status tl_run_key_revoke(tl_call *c, tl_error *err);
tl_status tl_run_letter_list(tl_call *c, tl_error *err); /* people_letter.c */

/* The organisation of the argument "tenant", or the viewer's own. *tenant is NULL for all, which
 * only the right TENANT gets. TL_EFORBIDDEN. */
TL_MUST_CHECK tl_status tl_people_scope(const tl_call *c, const char **tenant, tl_error *err);

/* The same where one is needed: TL_EINPUT for none. */
TL_MUST_CHECK tl_status tl_people_tenant(const tl_call *c, const char **tenant, tl_error *err);

/* The person of the argument "user", an e-mail address or an id. */
TL_MUST_CHECK tl_status tl_people_find(const tl_call *c, tl_user *out, tl_error *err);

/* The name of a person by id, NULL for what is no account: for those who may read the audit chain.
 */
TL_MUST_CHECK tl_status tl_people_name(const tl_call *c, const char *id, const char **out,
                                       tl_error *err);

/* The argument "language", or that of the call. */
const char *tl_people_language(const tl_call *c);

/* The roles of the argument "role", 0 for none. */
TL_MUST_CHECK tl_status tl_people_roles(const tl_call *c, uint32_t *out, tl_error *err);

/* A result that is seen this once and opens a door: nothing else keeps it. */
TL_MUST_CHECK tl_status tl_people_once(tl_call *c, const char *name, const char *key,
                                       const char *secret, tl_error *err);

/* Ends the transaction of a call: commits where st is TL_OK, undoes otherwise. */
TL_MUST_CHECK tl_status tl_people_end(tl_call *c, tl_status st, tl_error *err);

#endif

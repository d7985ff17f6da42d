/* role.h - the roles people have in an organisation, and the table of what each may do.
 *
 * Roles (SPEC rule U5) are bits, so that a person can have several. What kind of organisation it is
 * limits which roles it can give: a company cannot make its own verifier. */
#ifndef TL_ACCOUNT_ROLE_H
#define TL_ACCOUNT_ROLE_H

#include "base/text.h"
#include "store/viewer.h"

/* The numbers are kept in the database: a new role goes to the end. */
typedef enum tl_role {
    TL_ROLE_VISITOR,
    TL_ROLE_COMPANY_EDITOR,
    TL_ROLE_COMPANY_APPROVER,
    TL_ROLE_VERIFIER,
    TL_ROLE_ANALYST,
    TL_ROLE_REVIEWER,
    TL_ROLE_PUBLISHER,
    TL_ROLE_REGULATOR_READER,
    TL_ROLE_BANK_OFFICER,
    TL_ROLE_ADMINISTRATOR,
    TL_ROLES
} tl_role;

#define TL_ROLE_BIT(role) (UINT32_C(1) << (role))
#define TL_ROLES_ALL (TL_ROLE_BIT(TL_ROLES) - 1)

typedef enum tl_tenant_kind {
    TL_TENANT_OPERATOR, /* runs the installation: rates, publishes, keeps the organisations */
    TL_TENANT_COMPANY,
    TL_TENANT_VERIFIER,
    TL_TENANT_BANK,
    TL_TENANT_REGULATOR,
    TL_TENANT_KINDS
} tl_tenant_kind;

/* A code for files and options with what people read. Never NULL for a real role or kind. */
typedef struct tl_role_word {
    const char *code, *en, *zh;
} tl_role_word;
tl_role_word tl_role_words(tl_role role);               /* "company-editor" */
tl_role_word tl_tenant_kind_words(tl_tenant_kind kind); /* "verifier" */

/* TL_EINPUT lists the codes there are. */
TL_MUST_CHECK tl_status tl_role_parse(const char *code, tl_role *out, tl_error *err);
TL_MUST_CHECK tl_status tl_tenant_kind_parse(const char *code, tl_tenant_kind *out, tl_error *err);
TL_MUST_CHECK tl_status tl_right_parse(const char *code, tl_right *out, tl_error *err);

/* Roles an organisation of this kind can give. */
uint32_t tl_role_allowed(tl_tenant_kind kind);

/* Rights of somebody with these roles in an organisation of this kind. Roles the kind cannot give
 * count for nothing. */
uint64_t tl_role_rights(uint32_t roles, tl_tenant_kind kind);

/* Rights that change nothing; an API key for reading has no others. */
uint64_t tl_role_read_rights(void);

/* Rights that no API key has: keys, people, organisations. A stolen key makes no second one. */
uint64_t tl_role_personal_rights(void);

/* Nobody checks what they wrote themselves: TL_EFORBIDDEN where author and second are one user, or
 * either is not known. `item` names what it is about. */
TL_MUST_CHECK tl_status tl_role_second_person(const char *author, const char *second,
                                              const char *item, tl_error *err);

#endif

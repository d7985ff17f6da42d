/* tenant.h - organisations: whoever has people here. */
#ifndef TL_ACCOUNT_TENANT_H
#define TL_ACCOUNT_TENANT_H

#include "account/role.h"
#include "base/memory.h"
#include "store/store.h"

typedef struct tl_tenant {
    const char *id; /* lower-case letters, digits and single '-', at most 64; for ever */
    tl_tenant_kind kind;
    const char *name_en, *name_zh; /* at least one is not "" */
    const char *company;           /* id in the register of companies; NULL: none */
    int64_t made_at;
} tl_tenant;

/* Adds an organisation, inside the caller's transaction, with its audit entry. TL_EFORBIDDEN
 * without the right TENANT; TL_ECONFLICT where the id is taken, or a second operator would arise;
 * TL_ENOTFOUND where the register has no such company. t->made_at is not read. */
TL_MUST_CHECK tl_status tl_tenant_add(tl_store *s, const tl_viewer *by, const tl_tenant *t,
                                      int64_t now, tl_error *err);

/* TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_tenant_get(tl_store *s, const char *id, tl_arena *arena, tl_tenant *out,
                                      tl_error *err);

/* All by id. */
TL_MUST_CHECK tl_status tl_tenant_list(tl_store *s, tl_arena *arena, const tl_tenant **out,
                                       size_t *n, tl_error *err);

#endif

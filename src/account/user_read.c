/* user_read.c - people and their places out of the database. */
#include <stdlib.h>

#include "account/account_priv.h"

/* id, email, name, language, state, has password, made_at, has factor */
static tl_status take_user(tl_query *q, tl_arena *arena, tl_user *out, tl_error *err)
{
    bool full = false;
    *out = (tl_user){ .id = tl_account_column(q, 0, arena, &full),
                      .email = tl_account_column(q, 1, arena, &full),
                      .name = tl_account_column(q, 2, arena, &full),
                      .language = tl_account_column(q, 3, arena, &full),
                      .has_password = tl_query_get_int(q, 5) != 0,
                      .made_at = tl_query_get_int(q, 6),
                      .has_factor = tl_query_get_int(q, 7) != 0 };
    out->disabled = !tl_text_equal(tl_query_get_text(q, 4), "active");
    return full ? tl_fail_nomem(err) : TL_OK;
}

static tl_status one(tl_store *s, const char *query, const char *key, tl_arena *arena, tl_user *out,
                     bool *found, tl_error *err)
{
    tl_query *q;
    *found = false;
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, key);
    if ((st = tl_query_step(q, found, err)) == TL_OK && *found)
        st = take_user(q, arena, out, err);
    tl_query_reset(q);
    return st;
}

tl_status tl_user_get(tl_store *s, const char *id, tl_arena *arena, tl_user *out, tl_error *err)
{
    bool found;
    tl_status st = one(s, "account.get", id, arena, out, &found, err);
    return st == TL_OK && !found ? tl_fail(err, TL_ENOTFOUND, "no account '%.40s'", id) : st;
}

tl_status tl_user_find(tl_store *s, const char *email, tl_arena *arena, tl_user *out, tl_error *err)
{
    const char *folded;
    bool found = false;
    tl_status st = tl_account_email(email, arena, &folded, err);
    if (st == TL_OK)
        st = one(s, "account.find", folded, arena, out, &found, err);
    return st == TL_OK && !found ? tl_fail(err, TL_ENOTFOUND, "no account of '%s'", email) : st;
}

static tl_status members(tl_store *s, const char *query, const char *key, tl_arena *arena,
                         const tl_member **out, size_t *n, tl_error *err)
{
    tl_query *q;
    tl_member *list = NULL;
    size_t cap = 0;
    bool row = false, full = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    if (key)
        tl_query_text(q, 1, key);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_grow(&list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        tl_member *m = &list[(*n)++];
        *m = (tl_member){ .roles = (uint32_t)tl_query_get_int(q, 9) };
        m->tenant = tl_account_column(q, 8, arena, &full);
        if ((st = take_user(q, arena, &m->user, err)) != TL_OK)
            break;
    }
    tl_query_reset(q);
    tl_member *kept = tl_arena_alloc(arena, *n ? *n : 1, sizeof *kept);
    if (st == TL_OK && (full || !kept))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < *n; i++)
        kept[i] = list[i];
    free(list);
    *out = kept;
    return st;
}

tl_status tl_user_list(tl_store *s, const char *tenant, tl_arena *arena, const tl_member **out,
                       size_t *n, tl_error *err)
{
    return members(s, tenant ? "account.list_tenant" : "account.list", tenant, arena, out, n, err);
}

tl_status tl_user_places(tl_store *s, const char *id, tl_arena *arena, const tl_member **out,
                         size_t *n, tl_error *err)
{
    return members(s, "account.places", id, arena, out, n, err);
}

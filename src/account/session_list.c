/* session_list.c - a person's own sessions: seen and ended. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "account/account_priv.h"
#include "account/session.h"

tl_status tl_session_end(tl_store *s, const char *token, tl_error *err)
{
    char hash[TL_SECRET_HASH];
    if (!tl_secret_shaped(token))
        return TL_OK;
    tl_secret_hash(token, hash);
    return tl_account_run(s, "account_session.end", (const char *[]){ hash, NULL }, -1, NULL, err);
}

tl_status tl_session_list(tl_store *s, const char *user, int64_t now, tl_arena *arena,
                          const tl_session_row **out, size_t *n, tl_error *err)
{
    tl_query *q;
    tl_session_row *list = NULL;
    size_t cap = 0;
    bool row = false, full = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "account_session.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, user);
    tl_query_int(q, 2, now);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_grow(&list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        list[(*n)++] = (tl_session_row){ tl_account_column(q, 0, arena, &full),
                                         tl_account_column(q, 1, arena, &full),
                                         tl_account_column(q, 2, arena, &full),
                                         tl_account_column(q, 3, arena, &full),
                                         tl_query_get_int(q, 4),
                                         tl_query_get_int(q, 5),
                                         tl_query_get_int(q, 6) };
    }
    tl_query_reset(q);
    tl_session_row *kept = tl_arena_alloc(arena, *n ? *n : 1, sizeof *kept);
    if (st == TL_OK && (full || !kept))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < *n; i++)
        kept[i] = list[i];
    free(list);
    *out = kept;
    return st;
}

tl_status tl_session_revoke(tl_store *s, const char *who, const char *user, const char *id,
                            tl_error *err)
{
    int64_t changed = 0;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_account_run(s, "account_session.revoke", (const char *[]){ user, id, NULL },
                                  -1, &changed, err);
    if (st == TL_OK && changed == 0)
        return tl_fail(err, TL_ENOTFOUND, "no session '%.40s'", id);
    return st == TL_OK ? tl_account_audit(s, who, "session.revoke", "session", id, NULL, err) : st;
}

tl_status tl_session_revoke_others(tl_store *s, const char *who, const char *user,
                                   const char *keep_id, int64_t *ended, tl_error *err)
{
    tl_buf b;
    assert(tl_store_in_transaction(s));
    tl_status st =
        tl_account_run(s, "account_session.revoke_others",
                       (const char *[]){ user, keep_id ? keep_id : "", NULL }, -1, ended, err);
    if (st != TL_OK || *ended == 0)
        return st;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b, "{\"ended\":%" PRId64 "}", *ended);
    return tl_account_audit(s, who, "session.revoke", "user", user, &b, err);
}

/* session_list.c - a person's own sessions: seen and ended. */
#include <assert.h>
#include <inttypes.h>

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

static void read_row(tl_query *q, tl_arena *arena, void *item, bool *full)
{
    *(tl_session_row *)item = (tl_session_row){ tl_account_column(q, 0, arena, full),
                                                tl_account_column(q, 1, arena, full),
                                                tl_account_column(q, 2, arena, full),
                                                tl_account_column(q, 3, arena, full),
                                                tl_query_get_int(q, 4),
                                                tl_query_get_int(q, 5),
                                                tl_query_get_int(q, 6) };
}

tl_status tl_session_list(tl_store *s, const char *user, int64_t now, tl_arena *arena,
                          const tl_session_row **out, size_t *n, tl_error *err)
{
    tl_query *q;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "account_session.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, user);
    tl_query_int(q, 2, now);
    return tl_query_all(q, read_row, sizeof **out, arena, out, n, err);
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

/* account.c - small things shared by the files of this folder: columns, audit entries, checks of
 * text. */
#include <assert.h>
#include <string.h>

#include "account/account_priv.h"
#include "base/text.h"
#include "format/fold.h"
#include "store/audit.h"

const char *tl_account_column(tl_query *q, int column, tl_arena *arena, bool *full)
{
    const char *text = tl_query_get_text(q, column);
    const char *copy = tl_arena_str(arena, text);
    *full = *full || (text && !copy) || (!text && !tl_query_is_null(q, column));
    return copy;
}

tl_status tl_account_audit(tl_store *s, const char *actor, const char *action, const char *kind,
                           const char *id, tl_buf *detail, tl_error *err)
{
    tl_buf object;
    tl_status st = detail ? tl_buf_status(detail, err) : TL_OK;
    tl_buf_init(&object, 400);
    tl_buf_printf(&object, "%s/%s", kind, id);
    if (st == TL_OK && (st = tl_buf_status(&object, err)) == TL_OK)
        st = tl_audit_append(s, actor, action, tl_buf_text(&object),
                             detail ? tl_buf_text(detail) : NULL, err);
    tl_buf_clear(&object);
    if (detail)
        tl_buf_clear(detail);
    return st;
}

void tl_account_put_roles(tl_json *j, const char *name, uint32_t roles)
{
    tl_json_array(j, name);
    for (int i = 0; i < TL_ROLES; i++)
        if (roles & TL_ROLE_BIT(i))
            tl_json_text(j, NULL, tl_role_words((tl_role)i).code);
    tl_json_end(j);
}

tl_status tl_account_end(tl_store *s, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

tl_status tl_account_organisations(tl_store *s, const char *user, const char *tenant,
                                   tl_arena *arena, const char *const **out, tl_error *err)
{
    const tl_member *places = NULL;
    size_t n = 1, k = 0;
    tl_status st = tenant ? TL_OK : tl_user_places(s, user, arena, &places, &n, err);
    const char **words = tl_arena_alloc(arena, n * 3 + 1, sizeof *words);
    *out = words;
    if (st == TL_OK && !words)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        tl_tenant t;
        st = tl_tenant_get(s, tenant ? tenant : places[i].tenant, arena, &t, err);
        if (st == TL_OK) {
            words[k++] = t.id;
            words[k++] = t.name_en;
            words[k++] = t.name_zh;
        }
    }
    return st;
}

/* One '@' with something before and behind it, and nothing that a header of a mail would take for
 * more than one address. Whether it is somebody's, only a mail can tell. */
tl_status tl_account_email(const char *email, tl_arena *arena, const char **folded, tl_error *err)
{
    const char *f = NULL;
    *folded = "";
    if (!email || strlen(email) > TL_EMAIL_MAX)
        return tl_fail(err, TL_EINPUT, "no e-mail address, or one longer than %d bytes",
                       (int)TL_EMAIL_MAX);
    tl_status st = tl_fold(email, arena, &f, err);
    if (st != TL_OK)
        return st;
    const char *at = strchr(f, '@');
    if (!tl_text_plain(email, false) || !at || at == f || !at[1] || strchr(at + 1, '@') ||
        strpbrk(f, " <>(),;:\"\\") || strlen(f) > TL_EMAIL_MAX)
        return tl_fail(err, TL_EINPUT, "'%s' is no e-mail address", email);
    *folded = f;
    return TL_OK;
}

tl_status tl_account_name(const char *field, const char *text, size_t most, tl_error *err)
{
    size_t n = 0, bytes = text ? strlen(text) : 0;
    for (size_t i = 0; i < bytes; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    if (n == 0 || n > most || !tl_text_plain(text, false) || text[0] == ' ' ||
        text[bytes - 1] == ' ')
        return tl_fail(err, TL_EINPUT,
                       "%s: expected 1 to %zu characters on one line, without blanks at the ends",
                       field, most);
    return TL_OK;
}

const char *tl_account_cut(const char *text, size_t most, tl_arena *arena)
{
    size_t n = text ? strlen(text) : 0, at = 0;
    tl_buf b;
    tl_buf_init(&b, 0);
    while (at < n) {
        size_t len;
        uint32_t c = tl_utf8_next(text + at, n - at, &len);
        bool plain = c >= 0x20 && !(c >= 0x7F && c <= 0x9F) && c != 0xFFFD;
        if (b.len + len > most)
            break;
        tl_buf_add(&b, plain ? text + at : "?", plain ? len : 1);
        at += len;
    }
    const char *copy =
        tl_buf_status(&b, NULL) == TL_OK ? tl_arena_str(arena, tl_buf_text(&b)) : NULL;
    tl_buf_clear(&b);
    return copy;
}

tl_status tl_account_run(tl_store *s, const char *query, const char *const texts[], int64_t number,
                         int64_t *changed, tl_error *err)
{
    tl_query *q;
    int at = 1;
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; texts[i]; i++)
        tl_query_text(q, at++, texts[i]);
    if (number >= 0)
        tl_query_int(q, at, number);
    st = tl_query_run(q, err);
    if (changed)
        *changed = st == TL_OK ? tl_query_changed(q) : 0;
    return st;
}

tl_status tl_user_require(const tl_viewer *by, const char *tenant, tl_error *err)
{
    if (tl_viewer_may(by, TL_RIGHT_TENANT))
        return TL_OK;
    if (!tenant || !tl_text_equal(by->tenant, tenant))
        return tl_fail(err, TL_EFORBIDDEN, "%s may change people of its own organisation only",
                       tl_viewer_name(by));
    return tl_viewer_require(by, TL_RIGHT_PEOPLE, err);
}

/* The operator's people work on everybody's items, as far as their rights go, and a regulator reads
 * all; others see their own organisation. */
tl_viewer tl_account_viewer(const char *user, const char *tenant, const char *company,
                            uint32_t roles, tl_tenant_kind kind)
{
    uint32_t given = roles & tl_role_allowed(kind);
    bool all = (kind == TL_TENANT_OPERATOR && (given & ~TL_ROLE_BIT(TL_ROLE_VISITOR))) ||
               (kind == TL_TENANT_REGULATOR && (given & TL_ROLE_BIT(TL_ROLE_REGULATOR_READER)));
    return (tl_viewer){ .user = user,
                        .tenant = tenant,
                        .company = company,
                        .roles = given,
                        .rights = tl_role_rights(given, kind),
                        .all_tenants = all };
}

/* tenant.c - organisations. */
#include "account/tenant.h"

#include <assert.h>
#include <string.h>

#include "account/account_priv.h"
#include "base/text.h"

enum { NAME_MAX_CHARS = 200 };

static tl_status check(const tl_tenant *t, tl_error *err)
{
    size_t n = t->id ? strlen(t->id) : 0;
    if (n < 1 || n > 64 || strspn(t->id, "abcdefghijklmnopqrstuvwxyz0123456789-") != n ||
        t->id[0] == '-' || t->id[n - 1] == '-' || strstr(t->id, "--"))
        return tl_fail(err, TL_EINPUT,
                       "id of an organisation: expected 1 to 64 lower-case letters, digits and "
                       "single '-', got '%.80s'",
                       t->id ? t->id : "");
    if (t->kind >= TL_TENANT_KINDS)
        return tl_fail(err, TL_EINPUT, "no such kind of organisation");
    bool en = t->name_en && *t->name_en, zh = t->name_zh && *t->name_zh;
    if (!en && !zh)
        return tl_fail(err, TL_EINPUT, "organisation '%s' has no name", t->id);
    tl_status st = en ? tl_account_name("name_en", t->name_en, NAME_MAX_CHARS, err) : TL_OK;
    return st == TL_OK && zh ? tl_account_name("name_zh", t->name_zh, NAME_MAX_CHARS, err) : st;
}

static tl_status audit_add(tl_store *s, const tl_viewer *by, const tl_tenant *t, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "kind", tl_tenant_kind_words(t->kind).code);
    tl_json_text(&j, "name_en", t->name_en ? t->name_en : "");
    tl_json_text(&j, "name_zh", t->name_zh ? t->name_zh : "");
    tl_json_text(&j, "company", t->company);
    tl_json_end(&j);
    return tl_account_audit(s, tl_viewer_name(by), "tenant.add", "tenant", t->id, &b, err);
}

/* Asked first, so that the message can say what is wrong. */
static tl_status check_free(tl_store *s, const tl_tenant *t, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "tenant.clash", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, t->id);
    tl_query_text(q, 2, tl_tenant_kind_words(t->kind).code);
    tl_query_text(q, 3, t->company);
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    bool taken = tl_query_get_int(q, 0) != 0, second = tl_query_get_int(q, 1) != 0;
    bool unknown = t->company && tl_query_get_int(q, 2) == 0;
    tl_query_reset(q);
    if (taken)
        return tl_fail(err, TL_ECONFLICT, "there is an organisation '%s' already", t->id);
    if (second)
        return tl_fail(err, TL_ECONFLICT, "an organisation runs this installation already");
    return unknown ? tl_fail(err, TL_ENOTFOUND, "no company '%s' in the register", t->company)
                   : TL_OK;
}

tl_status tl_tenant_add(tl_store *s, const tl_viewer *by, const tl_tenant *t, int64_t now,
                        tl_error *err)
{
    tl_query *q;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_viewer_require(by, TL_RIGHT_TENANT, err);
    if (st != TL_OK || (st = check(t, err)) != TL_OK || (st = check_free(s, t, err)) != TL_OK ||
        (st = tl_store_query(s, "tenant.insert", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, t->id);
    tl_query_text(q, 2, tl_tenant_kind_words(t->kind).code);
    tl_query_text(q, 3, t->name_en ? t->name_en : "");
    tl_query_text(q, 4, t->name_zh ? t->name_zh : "");
    tl_query_text(q, 5, t->company);
    tl_query_int(q, 6, now);
    st = tl_query_run(q, err);
    return st == TL_OK ? audit_add(s, by, t, err) : st;
}

static tl_status take(tl_query *q, tl_arena *arena, tl_tenant *out, tl_error *err)
{
    bool full = false;
    *out = (tl_tenant){ .id = tl_account_column(q, 0, arena, &full),
                        .name_en = tl_account_column(q, 2, arena, &full),
                        .name_zh = tl_account_column(q, 3, arena, &full),
                        .company = tl_account_column(q, 4, arena, &full),
                        .made_at = tl_query_get_int(q, 5) };
    if (full)
        return tl_fail_nomem(err);
    return tl_tenant_kind_parse(tl_query_get_text(q, 1), &out->kind, err);
}

tl_status tl_tenant_get(tl_store *s, const char *id, tl_arena *arena, tl_tenant *out, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "tenant.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    st = row ? take(q, arena, out, err)
             : tl_fail(err, TL_ENOTFOUND, "no organisation '%.80s'", id ? id : "");
    tl_query_reset(q);
    return st;
}

tl_status tl_account_kind(tl_store *s, const char *tenant, tl_tenant_kind *out, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_tenant t = { .kind = TL_TENANT_KINDS };
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st == TL_OK)
        st = tl_tenant_get(s, tenant, scratch, &t, err);
    tl_arena_free(scratch);
    *out = t.kind;
    return st;
}

tl_status tl_tenant_list(tl_store *s, tl_arena *arena, const tl_tenant **out, size_t *n,
                         tl_error *err)
{
    tl_query *q;
    bool row = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "tenant.count", &q, err);
    if (st != TL_OK || (st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    size_t most = (size_t)tl_query_get_int(q, 0);
    tl_query_reset(q);
    tl_tenant *list = tl_arena_alloc(arena, most ? most : 1, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    if ((st = tl_store_query(s, "tenant.list", &q, err)) != TL_OK)
        return st;
    while (*n < most && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = take(q, arena, &list[(*n)++], err)) != TL_OK)
            break;
    tl_query_reset(q);
    *out = list;
    return st;
}

/* named.c - naming a verification body, and asking whether it was. */
#include "registry/named.h"

#include <assert.h>
#include <string.h>

#include "account/tenant.h"
#include "format/json.h"
#include "registry/batch.h"
#include "registry/record_priv.h"

static const struct kind_row {
    const char *word, *insert, *remove, *of;
} kinds[] = {
    [TL_NAMED_RECORD] = { "record", "named.record_insert", "named.record_delete",
                          "named.of_record" },
    [TL_NAMED_BATCH] = { "batch", "named.batch_insert", "named.batch_delete", "named.of_batch" },
};

/* How many records of the company there are behind the naming. */
static tl_status count_own(tl_store *s, const tl_naming *n, const char *company, int64_t *own,
                           tl_arena *scratch, tl_error *err)
{
    tl_record r;
    tl_query *q;
    bool row = false;
    *own = 0;
    if (n->kind == TL_NAMED_RECORD) {
        tl_status st = tl_record_get(s, n->id, -1, scratch, &r, err);
        *own = st == TL_OK && company && strcmp(r.company, company) == 0;
        return st;
    }
    tl_batch b;
    tl_status st = tl_batch_get(s, n->id, scratch, &b, err);
    if (st == TL_OK)
        st = tl_store_query(s, "named.company_in_batch", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, n->id);
    tl_query_text(q, 2, company ? company : "");
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *own = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

static tl_status check(tl_store *s, const tl_naming *n, tl_arena *scratch, tl_error *err)
{
    tl_tenant t;
    int64_t own;
    tl_status st = tl_tenant_get(s, n->tenant, scratch, &t, err);
    if (st == TL_OK && t.kind != TL_TENANT_VERIFIER)
        st = tl_fail(err, TL_EINPUT, "'%s' is no verification body", t.id);
    if (st == TL_OK)
        st = count_own(s, n, t.company, &own, scratch, err);
    if (st == TL_OK && own > 0)
        st = tl_fail(err, TL_EINPUT, "'%s' belongs to %s, whose footprint it is", t.id, t.company);
    return st;
}

static tl_status audit(tl_store *s, const tl_naming *n, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "verifier", n->tenant);
    tl_json_end(&j);
    return tl_record_audit(s, n->who, n->ends ? "verifier.end" : "verifier.name",
                           kinds[n->kind].word, n->id, &b, err);
}

tl_status tl_named_put(tl_store *s, const tl_naming *n, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_query *q;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st != TL_OK)
        return st;
    st = check(s, n, scratch, err);
    tl_arena_free(scratch);
    if (st == TL_OK)
        st = tl_store_query(s, n->ends ? kinds[n->kind].remove : kinds[n->kind].insert, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, n->id);
    tl_query_text(q, 2, n->tenant);
    if (!n->ends) {
        tl_query_text(q, 3, n->day);
        tl_query_text(q, 4, n->who);
    }
    st = tl_query_run(q, err);
    return st == TL_OK && tl_query_changed(q) > 0 ? audit(s, n, err) : st;
}

tl_status tl_named_is(tl_store *s, const tl_viewer *v, tl_named_kind kind, const char *id,
                      bool *out, tl_error *err)
{
    tl_query *q;
    bool row = false;
    *out = false;
    if (!v->tenant || !tl_viewer_may(v, TL_RIGHT_RECORD_READ))
        return TL_OK;
    tl_status st = tl_store_query(s, kinds[kind].of, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, v->tenant);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *out = tl_query_get_int(q, 0) != 0;
    tl_query_reset(q);
    return st;
}

static tl_status read_naming(tl_query *q, tl_arena *arena, tl_named *out, tl_error *err)
{
    const char **const texts[] = { &out->id,      &out->title,   &out->tenant,
                                   &out->name_en, &out->name_zh, &out->named_on };
    const bool batch = strcmp(tl_query_get_text(q, 0), kinds[TL_NAMED_BATCH].word) == 0;
    *out = (tl_named){ .kind = batch ? TL_NAMED_BATCH : TL_NAMED_RECORD };
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        if (!(*texts[i] = tl_arena_str(arena, tl_query_get_text(q, i + 1))))
            return tl_fail_nomem(err);
    return TL_OK;
}

tl_status tl_named_list(tl_store *s, const tl_viewer *v, const tl_named_filter *f, tl_arena *arena,
                        const tl_named **out, size_t *n, tl_error *err)
{
    tl_query *q;
    tl_named *list = NULL;
    size_t cap = 0;
    bool row = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "named.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, v->all_tenants ? "*" : v->tenant ? v->tenant : "");
    tl_query_text(q, 2, v->company ? v->company : "");
    tl_query_text(q, 3, f->record ? f->record : "");
    tl_query_text(q, 4, f->batch ? f->batch : "");
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK ||
            (st = read_naming(q, arena, &list[*n], err)) != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}

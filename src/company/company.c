/* company.c - companies in the database: put, get, list. */
#include <assert.h>
#include <string.h>

#include "company/company_priv.h"
#include "format/fold.h"
#include "format/json.h"
#include "store/audit.h"

/* Of what is folded while one company is put. */
#define SCRATCH_BYTES ((size_t)1 << 20)

enum { ID = 0, NAME_EN = 1, NAME_ZH = 2, PARENT = 8 };

const char *tl_company_column(tl_query *q, int column, tl_arena *arena, bool *full)
{
    const char *text = tl_query_get_text(q, column);
    const char *kept = text ? tl_arena_str(arena, text) : "";
    *full = *full || !kept;
    return kept;
}

static tl_status read_company(tl_query *q, tl_arena *arena, tl_company *out, tl_error *err)
{
    const char *values[TL_COMPANY_FIELDS];
    bool full = false;
    for (int i = 0; i < TL_COMPANY_FIELDS; i++)
        values[i] = tl_company_column(q, i, arena, &full);
    tl_company_of_values(values, out);
    return full ? tl_fail_nomem(err) : TL_OK;
}

/* *found false, and *out untouched, where there is no such id. */
static tl_status find_id(tl_store *s, const char *id, tl_arena *arena, tl_company *out, bool *found,
                         tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "company.get", &q, err);
    *found = false;
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if ((st = tl_query_step(q, found, err)) == TL_OK && *found)
        st = read_company(q, arena, out, err);
    tl_query_reset(q);
    return st;
}

tl_status tl_company_get(tl_store *s, const char *id, tl_arena *arena, tl_company *out,
                         tl_error *err)
{
    bool found;
    tl_status st = find_id(s, id, arena, out, &found, err);
    return st == TL_OK && !found ? tl_fail(err, TL_ENOTFOUND, "no company '%.80s'", id) : st;
}

tl_status tl_company_list(tl_store *s, tl_arena *arena, const tl_company **out, size_t *n,
                          tl_error *err)
{
    tl_query *q;
    tl_company *list = NULL;
    size_t cap = 0;
    bool row = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "company.list", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK ||
            (st = read_company(q, arena, &list[*n], err)) != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}

tl_status tl_company_audit(tl_store *s, const char *actor, const char *action, const char *id,
                           tl_buf *detail, tl_error *err)
{
    tl_buf object;
    tl_buf_init(&object, 200);
    tl_buf_printf(&object, "company/%s", id);
    tl_status st = tl_buf_status(detail, err);
    if (st == TL_OK && (st = tl_buf_status(&object, err)) == TL_OK)
        st = tl_audit_append(s, actor, action, tl_buf_text(&object), tl_buf_text(detail), err);
    tl_buf_clear(&object);
    tl_buf_clear(detail);
    return st;
}

/* Old and new of each field that differs; old is NULL for a new company. */
static tl_status write_audit(tl_store *s, const char *const *old, const char *const *values,
                             const char *actor, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    if (old) {
        tl_json_object(&j, "old");
        for (size_t i = 1; i < TL_COMPANY_FIELDS; i++)
            if (strcmp(old[i], values[i]) != 0)
                tl_json_text(&j, tl_company_fields[i], old[i]);
        tl_json_end(&j);
    }
    tl_json_object(&j, "new");
    for (size_t i = 1; i < TL_COMPANY_FIELDS; i++)
        if (strcmp(old ? old[i] : "", values[i]) != 0)
            tl_json_text(&j, tl_company_fields[i], values[i]);
    tl_json_end(&j);
    tl_json_end(&j);
    return tl_company_audit(s, actor, "company.put", values[ID], &b, err);
}

/* The name as it is looked up; TL_ECONFLICT where it stands for another company. */
static tl_status fold_name(tl_store *s, const char *field, const char *name, const char *id,
                           tl_arena *arena, const char **folded, tl_error *err)
{
    const char *owner = NULL;
    tl_status st = tl_fold(name, arena, folded, err);
    if (st != TL_OK)
        return tl_context(err, st, "%s", field);
    if (**folded && (st = tl_company_named(s, *folded, arena, &owner, err)) != TL_OK)
        return st;
    if (owner && strcmp(owner, id) != 0)
        return tl_fail(err, TL_ECONFLICT, "%s: '%s' is a name of company '%s' already", field, name,
                       owner);
    return *name && !**folded ? tl_fail(err, TL_EINPUT, "%s: '%s' is no name", field, name) : TL_OK;
}

static tl_status check_parent(tl_store *s, const char *id, const char *parent, tl_arena *arena,
                              tl_error *err)
{
    tl_query *q;
    tl_company above;
    bool circle = false;
    if (!*parent)
        return TL_OK;
    tl_status st = tl_company_get(s, parent, arena, &above, err);
    if (st != TL_OK)
        return st == TL_ENOTFOUND ? tl_context(err, st, "parent") : st;
    if ((st = tl_store_query(s, "company.above", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, parent);
    tl_query_text(q, 2, id);
    st = tl_query_step(q, &circle, err);
    tl_query_reset(q);
    return st == TL_OK && circle
               ? tl_fail(err, TL_ECONFLICT, "parent: '%s' belongs to '%s' itself", parent, id)
               : st;
}

static tl_status write_row(tl_store *s, const char *const *values, bool found, const char *fold_en,
                           const char *fold_zh, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, found ? "company.update" : "company.insert", &q, err);
    if (st != TL_OK)
        return st;
    for (int i = 0; i < TL_COMPANY_FIELDS; i++)
        tl_query_text(q, i + 1, values[i]);
    tl_query_text(q, TL_COMPANY_FIELDS + 1, fold_en);
    tl_query_text(q, TL_COMPANY_FIELDS + 2, fold_zh);
    return tl_query_run(q, err);
}

static tl_status put(tl_store *s, const char *const *values, const char *actor, tl_arena *arena,
                     tl_company_change *change, tl_error *err)
{
    const char *old[TL_COMPANY_FIELDS], *fold_en, *fold_zh, *owner = NULL;
    tl_company there;
    bool found, same = true;
    tl_status st = find_id(s, values[ID], arena, &there, &found, err);
    if (st != TL_OK)
        return st;
    if (found) {
        tl_company_values(&there, old);
        for (size_t i = 0; i < TL_COMPANY_FIELDS; i++)
            same = same && strcmp(old[i], values[i]) == 0;
        *change = same ? TL_COMPANY_SAME : TL_COMPANY_CHANGED;
        if (same)
            return TL_OK;
    } else if ((st = tl_company_named(s, values[ID], arena, &owner, err)) != TL_OK || owner) {
        return st != TL_OK ? st
                           : tl_fail(err, TL_ECONFLICT, "id: '%s' is a name of company '%s'",
                                     values[ID], owner);
    }
    if ((st = fold_name(s, "name_en", values[NAME_EN], values[ID], arena, &fold_en, err)) !=
            TL_OK ||
        (st = fold_name(s, "name_zh", values[NAME_ZH], values[ID], arena, &fold_zh, err)) !=
            TL_OK ||
        (st = check_parent(s, values[ID], values[PARENT], arena, err)) != TL_OK ||
        (st = write_row(s, values, found, fold_en, fold_zh, err)) != TL_OK)
        return st;
    return write_audit(s, found ? old : NULL, values, actor, err);
}

tl_status tl_company_put(tl_store *s, const tl_company *c, const char *actor,
                         tl_company_change *change, tl_error *err)
{
    const char *values[TL_COMPANY_FIELDS];
    tl_arena *scratch = NULL;
    assert(tl_store_in_transaction(s));
    *change = TL_COMPANY_NEW;
    tl_status st = tl_company_check(c, err);
    if (st != TL_OK || (st = tl_arena_new(&scratch, SCRATCH_BYTES, err)) != TL_OK)
        return st;
    tl_company_values(c, values);
    st = put(s, values, actor, scratch, change, err);
    tl_arena_free(scratch);
    return st == TL_OK ? st : tl_context(err, st, "company '%.80s'", values[ID]);
}

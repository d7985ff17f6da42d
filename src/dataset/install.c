/* install.c - a set from its folder into the database: files first, then the row that seals
 * them. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "dataset/dataset_priv.h"
#include "format/json.h"
#include "store/audit.h"

static tl_status insert_file(tl_store *s, const tl_dataset *set, size_t i, const tl_file_view *view,
                             tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "dataset_file.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, set->id);
    tl_query_text(q, 2, set->version);
    tl_query_int(q, 3, (int64_t)i);
    tl_query_text(q, 4, set->files[i].path);
    tl_query_text(q, 5, set->files[i].sha256);
    tl_query_int(q, 6, set->files[i].rows);
    tl_query_blob(q, 7, view->data, view->size);
    return tl_query_run(q, err);
}

static tl_status insert_set(tl_store *s, const tl_dataset *set, const char *key,
                            const char *superseded_by, tl_error *err)
{
    char now[TL_TIME_ISO];
    tl_time_now(now);
    const char *const values[] = { set->id,       set->version, key,
                                   set->date,     set->kind,    set->title_en,
                                   set->title_zh, set->licence, set->attribution,
                                   set->source,   set->note,    set->checksum,
                                   now,           superseded_by };
    tl_query *q;
    tl_status st = tl_store_query(s, "dataset.insert", &q, err);
    if (st != TL_OK)
        return st;
    for (int i = 0; i < (int)(sizeof values / sizeof *values); i++)
        tl_query_text(q, i + 1, values[i]);
    return tl_query_run(q, err);
}

/* *version: the installed one above key, or NULL. */
static tl_status find_newer(tl_store *s, const tl_dataset *set, const char *key, tl_arena *arena,
                            const char **version, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st;
    *version = NULL;
    if ((st = tl_store_query(s, "dataset.newer", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, set->id);
    tl_query_text(q, 2, key);
    if ((st = tl_query_step(q, &row, err)) != TL_OK || !row)
        return st;
    if (!(*version = tl_arena_str(arena, tl_query_get_text(q, 0))))
        st = tl_fail_nomem(err);
    tl_query_reset(q);
    return st;
}

/* The version in force steps back for this one; none may be in force. */
static tl_status supersede(tl_store *s, const tl_dataset *set, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "dataset.supersede", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, set->id);
    tl_query_text(q, 2, set->version);
    return tl_query_run(q, err);
}

static tl_status write_audit(tl_store *s, const tl_dataset *set, const char *actor,
                             const char *superseded_by, tl_arena *arena, tl_error *err)
{
    const char *object = tl_arena_printf(arena, "dataset/%s@%s", set->id, set->version);
    tl_buf detail;
    if (!object)
        return tl_fail_nomem(err);
    tl_buf_init(&detail, 0);
    tl_json j = tl_json_start(&detail, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "checksum", set->checksum);
    tl_json_int(&j, "files", (int64_t)set->file_count);
    tl_json_text(&j, "superseded_by", superseded_by);
    tl_json_end(&j);
    tl_status st = tl_buf_status(&detail, err);
    if (st == TL_OK)
        st = tl_audit_append(s, actor, "dataset.install", object, tl_buf_text(&detail), err);
    tl_buf_clear(&detail);
    return st;
}

static tl_status insert(tl_store *s, const char *folder, const char *actor, const tl_dataset *set,
                        tl_arena *arena, tl_error *err)
{
    char key[TL_DATASET_KEY];
    const char *newer;
    tl_status st = TL_OK;
    for (size_t i = 0; i < set->file_count && st == TL_OK; i++) {
        tl_file_view view;
        st = tl_dataset_file_check(folder, &set->files[i], arena, &view, err);
        if (st == TL_OK)
            st = insert_file(s, set, i, &view, err);
        tl_file_close(&view);
    }
    tl_dataset_version_key(set->version, key);
    if (st != TL_OK || (st = find_newer(s, set, key, arena, &newer, err)) != TL_OK ||
        (!newer && (st = supersede(s, set, err)) != TL_OK) ||
        (st = insert_set(s, set, key, newer, err)) != TL_OK)
        return st;
    return write_audit(s, set, actor, newer, arena, err);
}

tl_status tl_dataset_install(tl_store *s, const char *folder, const char *actor, tl_arena *arena,
                             tl_dataset *out, bool *already, tl_error *err)
{
    tl_dataset set, there;
    tl_error quiet;
    assert(tl_store_in_transaction(s));
    *already = false;
    tl_status st = tl_dataset_manifest(&set, folder, arena, err);
    if (st != TL_OK)
        return st;
    st = tl_dataset_get(s, set.id, set.version, arena, &there, &quiet);
    if (st == TL_OK) {
        *already = true;
        *out = there;
        if (strcmp(there.checksum, set.checksum) == 0)
            return tl_dataset_load(&set, folder, arena, err); /* still refuse a damaged folder */
        return tl_fail(err, TL_ECONFLICT,
                       "%s: version %s of data set %s is installed with checksum %s, this one has "
                       "%s; a change needs a new version",
                       folder, set.version, set.id, there.checksum, set.checksum);
    }
    if (st != TL_ENOTFOUND)
        return tl_fail(err, st, "%s", quiet.text);
    if ((st = insert(s, folder, actor, &set, arena, err)) != TL_OK)
        return st;
    return tl_dataset_get(s, set.id, set.version, arena, out, err);
}

/* read.c - installed sets out of the database, and whether they are still what was installed. */
#include <stdio.h>
#include <string.h>

#include "dataset/dataset_priv.h"

/* The columns of sql/queries/dataset.sql in their order. */
static tl_status read_set(tl_query *q, tl_dataset *out, tl_arena *arena, tl_error *err)
{
    *out = (tl_dataset){ 0 };
    const char **const fields[] = { &out->id,           &out->version,     &out->date,
                                    &out->kind,         &out->title_en,    &out->title_zh,
                                    &out->licence,      &out->attribution, &out->source,
                                    &out->note,         &out->checksum,    &out->installed_at,
                                    &out->superseded_by };
    for (int i = 0; i < (int)(sizeof fields / sizeof *fields); i++) {
        const char *text = tl_query_get_text(q, i);
        if (text && !(*fields[i] = tl_arena_str(arena, text)))
            return tl_fail_nomem(err);
    }
    return TL_OK;
}

static tl_status read_files(tl_store *s, tl_dataset *set, tl_arena *arena, tl_error *err)
{
    tl_dataset_file *list = NULL;
    size_t n = 0, cap = 0;
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "dataset_file.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, set->id);
    tl_query_text(q, 2, set->version);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, n + 1, sizeof *list, err)) != TL_OK)
            break;
        list[n] = (tl_dataset_file){ tl_arena_str(arena, tl_query_get_text(q, 0)),
                                     tl_arena_str(arena, tl_query_get_text(q, 1)),
                                     tl_query_get_int(q, 2) };
        if (!list[n].path || !list[n].sha256) {
            st = tl_fail_nomem(err);
            break;
        }
        n++;
    }
    tl_query_reset(q);
    set->files = list;
    set->file_count = n;
    return st;
}

tl_status tl_dataset_get(tl_store *s, const char *id, const char *version, tl_arena *arena,
                         tl_dataset *out, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, version ? "dataset.find" : "dataset.current", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if (version)
        tl_query_text(q, 2, version);
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    if (!row)
        return tl_fail(err, TL_ENOTFOUND, "no data set %s%s%s is installed", id, version ? "@" : "",
                       version ? version : "");
    st = read_set(q, out, arena, err);
    tl_query_reset(q);
    return st == TL_OK ? read_files(s, out, arena, err) : st;
}

tl_status tl_dataset_list(tl_store *s, tl_arena *arena, const tl_dataset **out, size_t *n,
                          tl_error *err)
{
    tl_dataset *sets = NULL;
    size_t cap = 0;
    tl_query *q;
    bool row;
    tl_status st;
    *out = NULL;
    *n = 0;
    if ((st = tl_store_query(s, "dataset.list", &q, err)) != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &sets, &cap, *n + 1, sizeof *sets, err)) != TL_OK ||
            (st = read_set(q, &sets[*n], arena, err)) != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    for (size_t i = 0; i < *n && st == TL_OK; i++)
        st = read_files(s, &sets[i], arena, err);
    *out = sets;
    return st;
}

static tl_status check_content(const char *where, const void *content, size_t n,
                               const char *expected, tl_error *err)
{
    char hex[TL_SHA256_HEX];
    tl_status st = tl_sha256_of(content, n, hex, err);
    if (st == TL_OK && (!expected || strcmp(hex, expected) != 0))
        st = tl_fail(err, TL_ECONFLICT, "%s: SHA-256 found %s, %s was installed", where, hex,
                     expected ? expected : "nothing");
    return st;
}

tl_status tl_dataset_read(tl_store *s, const tl_dataset *set, const char *path, tl_arena *arena,
                          const char **data, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st;
    *data = NULL;
    *n = 0;
    if ((st = tl_store_query(s, "dataset_file.read", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, set->id);
    tl_query_text(q, 2, set->version);
    tl_query_text(q, 3, path);
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    if (!row)
        return tl_fail(err, TL_ENOTFOUND, "data set %s@%s has no file %s", set->id, set->version,
                       path);
    const void *content = tl_query_get_blob(q, 0, n);
    const char *where = tl_arena_printf(arena, "%s@%s/%s", set->id, set->version, path);
    if (!where || !content)
        st = tl_fail_nomem(err);
    else
        st = check_content(where, content, *n, tl_query_get_text(q, 1), err);
    if (st == TL_OK && !(*data = tl_arena_copy(arena, content, *n)))
        st = tl_fail_nomem(err);
    tl_query_reset(q);
    return st;
}

static tl_status verify_files(tl_store *s, int64_t *files, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "dataset_file.all", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        char where[512];
        size_t n;
        snprintf(where, sizeof where, "data set %s@%s, file %s", tl_query_get_text(q, 0),
                 tl_query_get_text(q, 1), tl_query_get_text(q, 2));
        const void *content = tl_query_get_blob(q, 4, &n);
        st = content ? check_content(where, content, n, tl_query_get_text(q, 3), err)
                     : tl_fail_nomem(err);
        if (st != TL_OK)
            break;
        ++*files;
    }
    tl_query_reset(q);
    return st;
}

tl_status tl_dataset_verify(tl_store *s, int64_t *files, tl_error *err)
{
    const tl_dataset *sets;
    size_t n = 0;
    tl_arena *arena = NULL;
    *files = 0;
    tl_status st = verify_files(s, files, err);
    if (st != TL_OK || (st = tl_arena_new(&arena, 0, err)) != TL_OK)
        return st;
    st = tl_dataset_list(s, arena, &sets, &n, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        char hex[TL_SHA256_HEX];
        st = tl_dataset_checksum(&sets[i], hex, err);
        if (st == TL_OK && strcmp(hex, sets[i].checksum) != 0)
            st = tl_fail(err, TL_ECONFLICT,
                         "data set %s@%s: checksum found %s, %s was installed: its description or "
                         "its list of files was changed",
                         sets[i].id, sets[i].version, hex, sets[i].checksum);
    }
    tl_arena_free(arena);
    return st;
}

/* company_import.c - companies of a file into the register, parents before children. */
#include "intake/company_import.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "format/csv.h"
#include "format/json.h"
#include "intake/import_audit.h"
#include "intake/refusals.h"

/* No register is this large; a larger file is refused unread. */
#define FILE_LIMIT ((size_t)128 << 20)
enum { ROWS_MAX = 200000, FIELDS = 12, ID = 0, NAME_EN = 1, NAME_ZH = 2, PARENT = 8, SOURCE = 10 };

static const char *const columns[FIELDS] = {
    "id",           "name_en",  "name_zh", "country",   "region_group", "listed",
    "product_type", "industry", "parent",  "inclusion", "source",       "note",
};

const char *const tl_company_columns[TL_COMPANY_COLUMNS] = { "id", "source" };

struct company_row {
    size_t line;
    bool done; /* put, refused, or on its way to be put */
    const char *values[FIELDS];
};

struct import {
    tl_store *store;
    const char *path, *actor;
    tl_arena *arena; /* of the verdict */
    tl_arena *cells; /* owned; of the rows */
    tl_csv *csv;
    int at[FIELDS];
    struct company_row *rows; /* owned */
    size_t n, cap;
    tl_map *ids;     /* id -> row */
    size_t *path_up; /* owned; rows from a child to its highest parent */
    tl_refusals refusals;
    tl_company_verdict *v;
};

static tl_status refuse(struct import *w, size_t line, const char *reason, tl_error *err)
{
    w->v->refused++;
    return tl_refusals_add(&w->refusals, line, reason, err);
}

static tl_status find_columns(struct import *w, tl_error *err)
{
    tl_status st = TL_OK;
    for (int i = 0; i < FIELDS && st == TL_OK; i++)
        if (i == ID || i == SOURCE)
            st = tl_csv_require(w->csv, columns[i], &w->at[i], err);
        else
            w->at[i] = tl_csv_column(w->csv, columns[i]);
    if (st == TL_OK && w->at[NAME_EN] < 0 && w->at[NAME_ZH] < 0)
        st = tl_csv_require(w->csv, columns[NAME_EN], &w->at[NAME_EN], err);
    return st;
}

/* The cells of a record as a company, checked; TL_EINPUT with its place. */
static tl_status read_row(struct import *w, struct company_row *row, tl_error *err)
{
    tl_company c;
    tl_error why = { 0 };
    *row = (struct company_row){ .line = tl_csv_row(w->csv) };
    for (int i = 0; i < FIELDS; i++) {
        tl_span cell = tl_span_trim(tl_csv_cell(w->csv, w->at[i]));
        if (cell.n > TL_COMPANY_TEXT_MAX)
            return tl_csv_fail(w->csv, w->at[i], err, "%zu bytes, at most %d are kept", cell.n,
                               (int)TL_COMPANY_TEXT_MAX);
        if (!(row->values[i] = tl_arena_copy(w->cells, cell.n ? cell.p : "", cell.n)))
            return tl_fail_nomem(err);
    }
    const char *const *v = row->values;
    c = (tl_company){ v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11] };
    if (tl_company_check(&c, &why) == TL_OK)
        return TL_OK;
    const char *colon = strstr(why.text, ": ");
    for (int i = 0; colon && i < FIELDS; i++)
        if (strncmp(why.text, columns[i], (size_t)(colon - why.text)) == 0 &&
            !columns[i][colon - why.text])
            return tl_csv_fail(w->csv, w->at[i], err, "%s", colon + 2);
    return tl_csv_fail(w->csv, w->at[ID], err, "%s", why.text);
}

/* Keeps a sound row; the second of an id is refused. */
static tl_status keep_row(struct import *w, const struct company_row *row, tl_error *err)
{
    size_t at = 0;
    bool was;
    tl_status st = tl_grow(&w->rows, &w->cap, w->n + 1, sizeof *w->rows, err);
    if (st == TL_OK)
        st = tl_map_add(w->ids, tl_span_of(row->values[ID]), w->n, &at, &was, err);
    if (st != TL_OK)
        return st;
    if (was) {
        tl_error why = { 0 };
        tl_csv_fail(w->csv, w->at[ID], &why, "'%s' stands in row %zu too", row->values[ID],
                    w->rows[tl_map_value(w->ids, at)].line);
        return refuse(w, row->line, why.text, err);
    }
    w->rows[w->n++] = *row;
    return TL_OK;
}

static tl_status read_rows(struct import *w, const tl_log *progress, tl_error *err)
{
    tl_progress bar = tl_progress_start(progress, "rows", tl_csv_bytes(w->csv) / 100);
    tl_status st = TL_OK;
    bool more = true;
    while (st == TL_OK && more) {
        struct company_row row;
        tl_error why = { 0 };
        tl_status got = tl_csv_next(w->csv, &more, &why);
        if (got == TL_OK && !more)
            break;
        if (++w->v->rows > ROWS_MAX)
            st = tl_fail(err, TL_EINPUT, "%s: more than %d rows", w->path, (int)ROWS_MAX);
        else if (got == TL_OK && (got = read_row(w, &row, &why)) == TL_OK)
            st = keep_row(w, &row, err);
        if (st == TL_OK && got == TL_EINPUT)
            st = refuse(w, tl_csv_row(w->csv), why.text, err);
        else if (got != TL_OK && got != TL_EINPUT)
            st = tl_fail(err, got, "%s", why.text);
        if (st == TL_OK)
            st = tl_progress_at(&bar, (size_t)w->v->rows, err);
    }
    tl_progress_end(&bar);
    return st;
}

static tl_status put_row(struct import *w, const struct company_row *row, tl_error *err)
{
    const char *const *v = row->values;
    const tl_company c = {
        v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11]
    };
    tl_company_change change;
    tl_error why = { 0 };
    tl_status st = tl_company_put(w->store, &c, w->actor, &change, &why);
    if (st == TL_EINPUT || st == TL_ECONFLICT || st == TL_ENOTFOUND) {
        tl_context(&why, st, "%s:%zu", w->path, row->line);
        return refuse(w, row->line, why.text, err);
    }
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    w->v->added += change == TL_COMPANY_NEW;
    w->v->changed += change == TL_COMPANY_CHANGED;
    w->v->same += change == TL_COMPANY_SAME;
    return TL_OK;
}

/* Puts a row after those of its parents that stand in the file. */
static tl_status put_upwards(struct import *w, size_t row, tl_error *err)
{
    size_t n = 0;
    uint64_t above = row;
    tl_status st = TL_OK;
    do {
        w->rows[above].done = true;
        w->path_up[n++] = (size_t)above;
    } while (tl_map_find(w->ids, tl_span_of(w->rows[above].values[PARENT]), &above) &&
             !w->rows[above].done);
    while (n > 0 && st == TL_OK)
        st = put_row(w, &w->rows[w->path_up[--n]], err);
    return st;
}

static tl_status write_audit(struct import *w, const char *sha256, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "file_sha256", sha256);
    tl_json_int(&j, "added", w->v->added);
    tl_json_int(&j, "changed", w->v->changed);
    tl_json_int(&j, "same", w->v->same);
    tl_json_int(&j, "refused", w->v->refused);
    tl_json_end(&j);
    return tl_import_audit(w->store, w->actor, "company.import", w->path, &b, err);
}

/* All inside one transaction. */
static tl_status put_rows(struct import *w, const char *sha256, const tl_log *progress,
                          tl_error *err)
{
    tl_progress bar = tl_progress_start(progress, "rows", w->n);
    tl_status st = TL_OK;
    w->path_up = tl_new_array(w->n + 1, sizeof *w->path_up);
    if (!w->path_up)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < w->n && st == TL_OK; i++)
        if ((st = tl_progress_at(&bar, i, err)) == TL_OK && !w->rows[i].done)
            st = put_upwards(w, i, err);
    tl_progress_end(&bar);
    if (st != TL_OK)
        return st;
    if (w->v->refused == w->v->rows)
        return w->refusals.n ? tl_fail(err, TL_EINPUT, "%s; no row could be taken",
                                       w->refusals.items[0].reason)
                             : tl_fail(err, TL_EINPUT, "%s: no rows below the header", w->path);
    return w->v->added + w->v->changed ? write_audit(w, sha256, err) : TL_OK;
}

static tl_status run(struct import *w, const tl_file_view *file, const tl_log *progress,
                     tl_error *err)
{
    char sha256[TL_SHA256_HEX];
    const tl_csv_opts opts = { .workbook = true,
                               .wanted = tl_company_columns,
                               .n_wanted = TL_COMPANY_COLUMNS };
    tl_status st = tl_sha256_of(file->data, file->size, sha256, err);
    if (st == TL_OK && (st = tl_map_new(&w->ids, err)) == TL_OK &&
        (st = tl_arena_new(&w->cells, 0, err)) == TL_OK &&
        (st = tl_csv_open_memory(&w->csv, w->path, file->data, file->size, &opts, err)) == TL_OK &&
        (st = find_columns(w, err)) == TL_OK && (st = read_rows(w, progress, err)) == TL_OK &&
        (st = tl_store_begin(w->store, err)) == TL_OK) {
        st = put_rows(w, sha256, progress, err);
        if (st == TL_OK)
            st = tl_store_commit(w->store, err);
        if (st != TL_OK)
            tl_store_rollback(w->store);
    }
    return st;
}

tl_status tl_company_import(tl_store *s, const char *path, const char *actor,
                            const tl_log *progress, tl_arena *arena, tl_company_verdict *out,
                            tl_error *err)
{
    struct import w = { .store = s,
                        .path = path,
                        .actor = actor,
                        .arena = arena,
                        .refusals = { .arena = arena },
                        .v = out };
    tl_file_view file;
    *out = (tl_company_verdict){ 0 };
    tl_status st = tl_file_open(&file, path, FILE_LIMIT, err);
    if (st != TL_OK)
        return st;
    st = run(&w, &file, progress, err);
    if (st == TL_OK)
        st = tl_refusals_sorted(&w.refusals, &out->refusals, err);
    out->refusal_count = st == TL_OK ? w.refusals.n : 0;
    tl_refusals_clear(&w.refusals);
    free(w.path_up);
    free(w.rows);
    tl_csv_close(w.csv);
    tl_map_free(w.ids);
    tl_arena_free(w.cells);
    tl_file_close(&file);
    return st;
}

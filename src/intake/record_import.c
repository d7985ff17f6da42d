/* record_import.c - the rows of a file put as records, in one transaction. */
#include "intake/record_import.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "format/json.h"
#include "intake/import_audit.h"
#include "intake/refusals.h"

#define FILE_LIMIT ((size_t)512 << 20)
enum { ROWS_MAX = 200000 };

const char *const tl_record_columns_needed[TL_RECORD_COLUMNS] = { "id", "product", "value",
                                                                  "unit" };

struct import {
    tl_store *store;
    const tl_record_import *how;
    tl_csv *csv;
    tl_record_columns columns;
    tl_record_bulk *bulk;
    tl_map *seen;             /* id -> row */
    tl_arena *kept, *scratch; /* of the columns; of one row */
    tl_refusals refusals;
    tl_record_verdict *v;
    bool written; /* the row at hand: what goes wrong now is no refusal of it */
};

static bool is_refusal(tl_status st)
{
    return st == TL_EINPUT || st == TL_ECONFLICT || st == TL_ENOTFOUND || st == TL_EFORBIDDEN;
}

/* The id of the row, met for the first time. */
static tl_status read_id(struct import *w, const char **id, tl_error *err)
{
    size_t at = 0;
    bool was = false;
    tl_span cell = tl_span_trim(tl_csv_cell(w->csv, w->columns.at[0]));
    if (cell.n == 0)
        return tl_csv_fail(w->csv, w->columns.at[0], err, "empty, expected a text");
    tl_status st = tl_map_add(w->seen, cell, tl_csv_row(w->csv), &at, &was, err);
    if (st == TL_OK && was)
        return tl_csv_fail(w->csv, w->columns.at[0], err,
                           "'" TL_SPAN_FMT "' stands in row %llu too", TL_SPAN_ARG(cell),
                           (unsigned long long)tl_map_value(w->seen, at));
    if (st == TL_OK && !(*id = tl_arena_copy(w->scratch, cell.p, cell.n)))
        st = tl_fail_nomem(err);
    return st;
}

/* The reason of a version that is out already is none for the next one. */
static void settle_reason(const struct import *w, const tl_record *old, tl_record *r)
{
    if (*w->how->reason)
        r->reason = w->how->reason;
    else if (old && old->state >= TL_RECORD_PUBLISHED && strcmp(r->reason, old->reason) == 0)
        r->reason = "";
}

static tl_status put(struct import *w, const tl_record *r, tl_error *err)
{
    tl_record_change change = TL_RECORD_SAME;
    tl_error why = { 0 };
    tl_status st = tl_record_bulk_put(w->bulk, r, &change, &why);
    if (is_refusal(st)) {
        const char *text = why.text; /* "record 'id': " is said by the row */
        const char *end = tl_text_starts(text, "record '") ? strstr(text, "': ") : NULL;
        return tl_record_row_fail(&w->columns, w->csv, end ? end + 3 : text, err);
    }
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    w->written = true;
    if (w->how->form && (st = w->how->form->done(w->how->form->ctx, r, &change, &why)) != TL_OK)
        return tl_fail(err, st, "%s:%zu: %s", w->how->path, tl_csv_row(w->csv), why.text);
    w->v->added += change == TL_RECORD_NEW;
    w->v->changed += change == TL_RECORD_CHANGED;
    w->v->same += change == TL_RECORD_SAME;
    return TL_OK;
}

static tl_status check_company(const struct import *w, const tl_record *r, tl_error *err)
{
    const char *own = w->how->company;
    return !own || strcmp(own, r->company) == 0
               ? TL_OK
               : tl_csv_fail(w->csv, w->columns.at[0], err, "'%.100s' is of another company",
                             r->id);
}

/* What the row says of a record, old where there is one. */
static tl_status take_record(struct import *w, const tl_record *old, tl_record *r, tl_error *err)
{
    const tl_record_form *form = w->how->form;
    bool write = true;
    tl_status st = check_company(w, r, err);
    if (st == TL_OK && form)
        st = form->check(form->ctx, old, r, w->scratch, &write, err);
    if (st != TL_OK)
        return st;
    w->v->same += !write;
    if (!write)
        return TL_OK;
    settle_reason(w, old, r);
    return put(w, r, err);
}

/* One row; TL_EINPUT speaks of it alone. */
static tl_status take_row(struct import *w, tl_error *err)
{
    const char *id = "";
    tl_record old, r;
    tl_error why = { 0 };
    tl_status st = read_id(w, &id, err);
    if (st != TL_OK)
        return st;
    tl_status got = tl_record_get(w->store, id, -1, w->scratch, &old, &why);
    if (got != TL_OK && got != TL_ENOTFOUND)
        return tl_fail(err, got, "%s", why.text);
    bool found = got == TL_OK;
    if (found && (st = check_company(w, &old, err)) != TL_OK)
        return st;
    if (found && old.kind != w->how->kind)
        return tl_csv_fail(w->csv, w->columns.at[0], err, "'%.100s' is of kind %s, not %s", id,
                           tl_record_kind_name(old.kind), tl_record_kind_name(w->how->kind));
    st = tl_record_row_take(&r, &w->columns, w->csv, w->how->kind, found ? &old : NULL, w->scratch,
                            err);
    return st == TL_OK ? take_record(w, found ? &old : NULL, &r, err) : st;
}

static tl_status take_rows(struct import *w, tl_error *err)
{
    tl_progress bar = tl_progress_start(w->how->progress, "rows", tl_csv_bytes(w->csv) / 300);
    tl_status st = TL_OK;
    bool more = true;
    while (st == TL_OK && more) {
        tl_error why = { 0 };
        tl_arena_reset(w->scratch);
        w->written = false;
        tl_status got = tl_csv_next(w->csv, &more, &why);
        if (got == TL_OK && !more)
            break;
        if (++w->v->rows > ROWS_MAX)
            st = tl_fail(err, TL_EINPUT, "%s: more than %d rows", w->how->path, (int)ROWS_MAX);
        else if (got == TL_OK)
            got = take_row(w, &why);
        if (st == TL_OK && is_refusal(got) && !w->written) {
            w->v->refused++;
            st = tl_refusals_add(&w->refusals, tl_csv_row(w->csv), why.text, err);
        } else if (st == TL_OK && got != TL_OK) {
            st = tl_fail(err, got, "%s", why.text);
        }
        if (st == TL_OK)
            st = tl_progress_at(&bar, (size_t)w->v->rows, err);
    }
    tl_progress_end(&bar);
    return st;
}

static tl_status write_audit(struct import *w, const char *sha256, tl_error *err)
{
    char digest[TL_SHA256_HEX];
    tl_buf b;
    tl_status st = tl_record_bulk_digest(w->bulk, digest, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "file_sha256", sha256);
    tl_json_text(&j, "kind", tl_record_kind_name(w->how->kind));
    tl_json_int(&j, "added", w->v->added);
    tl_json_int(&j, "changed", w->v->changed);
    tl_json_int(&j, "same", w->v->same);
    tl_json_int(&j, "refused", w->v->refused);
    tl_json_text(&j, "contents_sha256", digest);
    tl_json_end(&j);
    return tl_import_audit(w->store, w->how->actor,
                           w->how->form ? w->how->form->action : "record.import", w->how->path, &b,
                           err);
}

/* All inside one transaction. */
static tl_status take_file(struct import *w, const char *sha256, tl_error *err)
{
    tl_status st = tl_record_bulk_new(&w->bulk, w->store, w->how->actor, err);
    if (st != TL_OK || (st = take_rows(w, err)) != TL_OK)
        return st;
    if (w->v->refused == w->v->rows)
        return w->refusals.n
                   ? tl_fail(err, TL_EINPUT, "%s; no row could be taken",
                             w->refusals.items[0].reason)
                   : tl_fail(err, TL_EINPUT, "%s: no rows below the header", w->how->path);
    return w->v->added + w->v->changed ? write_audit(w, sha256, err) : TL_OK;
}

static tl_status open_table(struct import *w, const char *data, size_t n, tl_error *err)
{
    const tl_record_form *form = w->how->form;
    const tl_csv_opts opts = { .workbook = true,
                               .wanted = form ? form->wanted : tl_record_columns_needed,
                               .n_wanted = form ? form->n_wanted : TL_RECORD_COLUMNS };
    tl_status st = tl_csv_open_memory(&w->csv, w->how->path, data, n, &opts, err);
    if (st == TL_OK)
        st = tl_record_columns_find(&w->columns, w->csv, form ? form->names : NULL, w->kept, err);
    return st == TL_OK && form ? form->start(form->ctx, w->csv, err) : st;
}

static tl_status run(struct import *w, const char *data, size_t n, tl_error *err)
{
    char sha256[TL_SHA256_HEX];
    tl_status st = tl_sha256_of(data, n, sha256, err);
    if (st != TL_OK || (st = tl_map_new(&w->seen, err)) != TL_OK ||
        (st = tl_arena_new(&w->kept, 0, err)) != TL_OK ||
        (st = tl_arena_new(&w->scratch, 0, err)) != TL_OK ||
        (st = open_table(w, data, n, err)) != TL_OK ||
        (st = tl_store_begin(w->store, err)) != TL_OK)
        return st;
    st = take_file(w, sha256, err);
    if (st == TL_OK)
        st = tl_store_commit(w->store, err);
    if (st != TL_OK)
        tl_store_rollback(w->store);
    return st;
}

tl_status tl_record_import_memory(tl_store *s, const tl_record_import *how, const char *data,
                                  size_t n, tl_arena *arena, tl_record_verdict *out, tl_error *err)
{
    struct import w = { .store = s, .how = how, .refusals = { .arena = arena }, .v = out };
    *out = (tl_record_verdict){ 0 };
    tl_status st = run(&w, data, n, err);
    if (st == TL_OK)
        st = tl_refusals_sorted(&w.refusals, &out->refusals, err);
    out->refusal_count = st == TL_OK ? w.refusals.n : 0;
    tl_refusals_clear(&w.refusals);
    tl_record_bulk_free(w.bulk);
    tl_csv_close(w.csv);
    tl_map_free(w.seen);
    tl_arena_free(w.kept);
    tl_arena_free(w.scratch);
    return st;
}

tl_status tl_record_import_file(tl_store *s, const tl_record_import *how, tl_arena *arena,
                                tl_record_verdict *out, tl_error *err)
{
    tl_file_view file;
    *out = (tl_record_verdict){ 0 };
    tl_status st = tl_file_open(&file, how->path, FILE_LIMIT, err);
    if (st != TL_OK)
        return st;
    st = tl_record_import_memory(s, how, file.data, file.size, arena, out, err);
    tl_file_close(&file);
    return st;
}

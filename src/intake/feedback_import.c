/* feedback_import.c - the form of a batch back from a company, row by row. */
#include "intake/feedback_import.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "format/csv.h"
#include "format/json.h"
#include "intake/import_audit.h"
#include "intake/refusals.h"

#define FILE_LIMIT ((size_t)128 << 20)
enum { ROWS_MAX = 200000, TEXT_MOST = 4000 };
enum { RECORD, BY, PROPOSED, TEXT, EVIDENCE, COLUMNS };

static const char *const columns[COLUMNS] = { "record", "by", "proposed", "text", "evidence" };

const char *const tl_feedback_columns[TL_FEEDBACK_COLUMNS] = { "record", "by" };

struct import {
    tl_store *store;
    const char *path, *day, *actor, *company;
    tl_arena *cells; /* owned; of one row */
    tl_csv *csv;
    int at[COLUMNS];
    tl_refusals refusals;
    tl_feedback_verdict *v;
};

static tl_status find_columns(struct import *w, tl_error *err)
{
    tl_status st = TL_OK;
    for (int i = 0; i < COLUMNS && st == TL_OK; i++)
        if (i == RECORD || i == BY)
            st = tl_csv_require(w->csv, columns[i], &w->at[i], err);
        else
            w->at[i] = tl_csv_column(w->csv, columns[i]);
    return st;
}

static tl_status cell(struct import *w, int column, const char **out, tl_error *err)
{
    tl_span s = tl_span_trim(tl_csv_cell(w->csv, w->at[column]));
    if (s.n > TEXT_MOST)
        return tl_csv_fail(w->csv, w->at[column], err, "%zu bytes, at most %d are kept", s.n,
                           (int)TEXT_MOST);
    *out = tl_arena_copy(w->cells, s.n ? s.p : "", s.n);
    return *out ? TL_OK : tl_fail_nomem(err);
}

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || (!isnan(a) && !isnan(b) && a >= b && a <= b);
}

/* True where the company said exactly this before. */
static tl_status said_before(struct import *w, const char *record, const tl_record_feedback *f,
                             bool *same, tl_error *err)
{
    const tl_record_feedback *list;
    size_t n;
    tl_status st = tl_record_feedback_list(w->store, record, w->cells, &list, &n, err);
    *same = false;
    for (size_t i = 0; st == TL_OK && i < n && !*same; i++)
        *same = strcmp(list[i].by, f->by) == 0 && strcmp(list[i].text, f->text) == 0 &&
                strcmp(list[i].evidence, f->evidence) == 0 &&
                same_number(list[i].proposed, f->proposed);
    return st;
}

/* One row; TL_EINPUT and the like speak of it alone. */
static tl_status check_company(struct import *w, const char *record, tl_error *err)
{
    tl_record r;
    if (!w->company)
        return TL_OK;
    tl_status st = tl_record_get(w->store, record, -1, w->cells, &r, err);
    if (st != TL_OK || strcmp(w->company, r.company) == 0)
        return st;
    if (tl_record_get(w->store, record, 0, w->cells, &r, NULL) == TL_OK)
        return tl_fail(err, TL_EFORBIDDEN, "record '%.100s' is of another company", record);
    /* what is another's and not published is told of like what is not there */
    return tl_fail(err, TL_ENOTFOUND, "record '%.100s': no such record", record);
}

static tl_status take_row(struct import *w, tl_error *err)
{
    const char *record;
    bool given = false, same;
    tl_record_feedback f = { .at = w->day, .proposed = NAN };
    tl_status st = cell(w, RECORD, &record, err);
    if (st == TL_OK && (st = cell(w, BY, &f.by, err)) == TL_OK &&
        (st = cell(w, TEXT, &f.text, err)) == TL_OK)
        st = cell(w, EVIDENCE, &f.evidence, err);
    if (st == TL_OK)
        st = tl_csv_number_opt(w->csv, w->at[PROPOSED], &f.proposed, &given, err);
    if (st != TL_OK)
        return st;
    if (!given && !*f.text && !*f.evidence) {
        w->v->empty++;
        return TL_OK;
    }
    if (!*f.by)
        return tl_csv_fail(w->csv, w->at[BY], err, "empty: a remark needs a name");
    if ((st = check_company(w, record, err)) == TL_OK &&
        (st = said_before(w, record, &f, &same, err)) == TL_OK && !same)
        st = tl_record_say(w->store, record, &f, w->actor, err);
    if (st == TL_OK) {
        w->v->same += same;
        w->v->remarks += !same;
    }
    return st;
}

static bool is_refusal(tl_status st)
{
    return st == TL_EINPUT || st == TL_ECONFLICT || st == TL_ENOTFOUND || st == TL_EFORBIDDEN;
}

static tl_status refuse(struct import *w, tl_status got, tl_error *why, tl_error *err)
{
    char place[64];
    snprintf(place, sizeof place, ":%zu", tl_csv_row(w->csv));
    if (!strstr(why->text, place)) /* what the register says does not name the row */
        tl_context(why, got, "%s%s: column 'record'", w->path, place);
    w->v->refused++;
    return tl_refusals_add(&w->refusals, tl_csv_row(w->csv), why->text, err);
}

static tl_status take_rows(struct import *w, const tl_log *progress, tl_error *err)
{
    tl_progress bar = tl_progress_start(progress, "rows", tl_csv_bytes(w->csv) / 100);
    tl_status st = TL_OK;
    bool more = true;
    while (st == TL_OK && more) {
        tl_error why = { 0 };
        tl_arena_reset(w->cells);
        tl_status got = tl_csv_next(w->csv, &more, &why);
        if (got == TL_OK && !more)
            break;
        if (++w->v->rows > ROWS_MAX)
            st = tl_fail(err, TL_EINPUT, "%s: more than %d rows", w->path, (int)ROWS_MAX);
        else if (got == TL_OK)
            got = take_row(w, &why);
        if (st == TL_OK && got != TL_OK)
            st = is_refusal(got) ? refuse(w, got, &why, err) : tl_fail(err, got, "%s", why.text);
        if (st == TL_OK)
            st = tl_progress_at(&bar, (size_t)w->v->rows, err);
    }
    tl_progress_end(&bar);
    return st;
}

static tl_status write_audit(struct import *w, const char *sha256, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "file_sha256", sha256);
    tl_json_int(&j, "remarks", w->v->remarks);
    tl_json_int(&j, "refused", w->v->refused);
    tl_json_end(&j);
    return tl_import_audit(w->store, w->actor, "record.feedback", w->path, &b, err);
}

static tl_status run(struct import *w, const tl_file_view *file, const tl_log *progress,
                     tl_error *err)
{
    char sha256[TL_SHA256_HEX];
    const tl_csv_opts opts = { .workbook = true,
                               .wanted = tl_feedback_columns,
                               .n_wanted = TL_FEEDBACK_COLUMNS };
    tl_status st = tl_sha256_of(file->data, file->size, sha256, err);
    if (st == TL_OK && (st = tl_arena_new(&w->cells, 0, err)) == TL_OK &&
        (st = tl_csv_open_memory(&w->csv, w->path, file->data, file->size, &opts, err)) == TL_OK)
        st = find_columns(w, err);
    if (st != TL_OK || (st = tl_store_begin(w->store, err)) != TL_OK)
        return st;
    st = take_rows(w, progress, err);
    if (st == TL_OK && w->v->remarks)
        st = write_audit(w, sha256, err);
    if (st == TL_OK)
        return tl_store_commit(w->store, err);
    tl_store_rollback(w->store);
    return st;
}

tl_status tl_feedback_import(tl_store *s, const char *path, const char *day, const char *actor,
                             const char *company, const tl_log *progress, tl_arena *arena,
                             tl_feedback_verdict *out, tl_error *err)
{
    struct import w = {
        .store = s, .path = path, .day = day, .actor = actor, .company = company, .v = out
    };
    tl_file_view file = { 0 };
    *out = (tl_feedback_verdict){ 0 };
    w.refusals.arena = arena;
    tl_status st = tl_file_open(&file, path, FILE_LIMIT, err);
    if (st == TL_OK)
        st = run(&w, &file, progress, err);
    if (st == TL_OK)
        st = tl_refusals_sorted(&w.refusals, &out->refusals, err);
    out->refusal_count = w.refusals.n;
    tl_csv_close(w.csv);
    tl_arena_free(w.cells);
    tl_refusals_clear(&w.refusals);
    tl_file_close(&file);
    return st;
}

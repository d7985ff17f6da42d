/* answer_import.c - companies of a file of answers into drafts, each whole or not at all. */
#include "intake/answer_import.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "format/json.h"
#include "intake/answer_rows.h"
#include "intake/import_audit.h"

#define FILE_LIMIT ((size_t)256 << 20)

struct import {
    tl_store *store;
    const tl_index *x;
    const tl_answer_import *how;
    tl_answer_reader r;
    tl_refusals refusals;
    tl_answer_row **order; /* owned; the rows company by company, in each by slot, then line */
    tl_arena *scratch;     /* owned; of one company */
    tl_answer_verdict *v;
};

/* By company, slot, the row with points before further evidence, line. */
static int by_place(const void *a, const void *b)
{
    const tl_answer_row *x = *(tl_answer_row *const *)a, *y = *(tl_answer_row *const *)b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    if (x->has_points != y->has_points)
        return x->has_points ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static tl_status sort_rows(struct import *w, tl_error *err)
{
    w->order = tl_new_array(w->r.n + 1, sizeof(tl_answer_row *));
    if (!w->order)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < w->r.n; i++)
        w->order[i] = &w->r.rows[i];
    qsort(w->order, w->r.n, sizeof(tl_answer_row *), by_place);
    return TL_OK;
}

/* The rows of one slot, of which those refused are left out; the first has the points. */
static tl_status check_slot(struct import *w, tl_answer_row **rows, size_t n, tl_error *err)
{
    size_t evidence = 0;
    char text[100];
    tl_status st = TL_OK;
    for (size_t i = 0; i < n; i++)
        evidence += rows[i]->has_evidence;
    if (!rows[0]->has_points)
        return tl_answer_row_refuse(&w->r, rows[0], "evidence without a row that gives the points",
                                    err);
    if (rows[0]->points > 0 && evidence == 0)
        st = tl_answer_row_refuse(&w->r, rows[0], "points without evidence", err);
    if (st == TL_OK && evidence > TL_EVIDENCE_MAX)
        st = tl_answer_row_refuse(&w->r, rows[n - 1], "more than 100 pieces of evidence", err);
    for (size_t i = 1; i < n && st == TL_OK; i++) {
        const char *other = rows[i]->assessor;
        if (rows[i]->has_points)
            snprintf(text, sizeof text, "answered in row %zu already", rows[0]->line);
        else if (*other && strcmp(other, rows[0]->assessor) != 0)
            snprintf(text, sizeof text, "another assessor than in row %zu", rows[0]->line);
        else
            continue;
        st = tl_answer_row_refuse(&w->r, rows[i], text, err);
    }
    return st;
}

/* Number of rows from the first that stand for the same company (and slot, if asked). */
static size_t run_length(tl_answer_row *const *rows, size_t n, bool slot)
{
    size_t i = 1;
    while (i < n && rows[i]->group == rows[0]->group && (!slot || rows[i]->slot == rows[0]->slot))
        i++;
    return i;
}

/* What the rows of a company say together; slots with a row that was refused already are left. */
static tl_status check_company(struct import *w, tl_answer_row **rows, size_t n, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0, m; i < n && st == TL_OK; i += m) {
        bool sound = true;
        m = run_length(rows + i, n - i, true);
        for (size_t k = i; k < i + m; k++)
            sound = sound && !rows[k]->refused;
        if (sound)
            st = check_slot(w, rows + i, m, err);
    }
    return st;
}

/* The sound rows of a company as an assessment; answers live in the scratch arena. */
static tl_status make_assessment(struct import *w, tl_answer_row *const *rows, size_t n,
                                 tl_assessment *a, tl_error *err)
{
    const tl_company *c = &w->r.groups[rows[0]->group].company;
    const char *industry = w->how->industry;
    tl_answer *answers = tl_arena_alloc(w->scratch, n, sizeof *answers);
    tl_evidence *evidence = tl_arena_alloc(w->scratch, n, sizeof *evidence);
    size_t count = 0, used = 0;
    if (!answers || !evidence)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        if (rows[i]->has_points)
            answers[count++] =
                (tl_answer){ .slot = tl_slot_code(w->x, w->how->level, (size_t)rows[i]->slot),
                             .points = rows[i]->points,
                             .inferred = rows[i]->inferred,
                             .assessor = rows[i]->assessor,
                             .note = rows[i]->note,
                             .evidence = evidence + used };
        if (rows[i]->has_evidence) {
            evidence[used++] = rows[i]->evidence;
            answers[count - 1].n_evidence++;
        }
    }
    *a = (tl_assessment){ .key = { c->id, w->x->id, w->x->version, w->how->period, w->how->level },
                          .industry = industry && *industry ? industry : c->industry,
                          .cut_off = w->how->cut_off ? w->how->cut_off : "",
                          .origin = "",
                          .reason = "",
                          .stated_total = TL_SLOT_NOT_ASKED,
                          .answers = answers,
                          .n_answers = count };
    return TL_OK;
}

/* How the verdict on a sound row of a refused company begins. */
#define FOLLOWS "not taken, since row"

/* Every row of the company that has no reason of its own gets that of the whole. */
static tl_status refuse_company(struct import *w, tl_answer_row **rows, size_t n, tl_error *err)
{
    const tl_answer_group *g = &w->r.groups[rows[0]->group];
    tl_status st = TL_OK;
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        char text[200];
        w->v->refused++;
        if (rows[i]->refused)
            continue;
        snprintf(text, sizeof text, FOLLOWS " %zu of %s is refused", g->bad_line, g->company.id);
        st = tl_answer_row_refuse(&w->r, rows[i], text, err);
    }
    return st;
}

static bool is_refusal(tl_status st)
{
    return st == TL_EINPUT || st == TL_ECONFLICT || st == TL_ENOTFOUND || st == TL_EFORBIDDEN;
}

/* Writes the draft, or finds that it is there. TL_EINPUT and the like in *why. */
static tl_status write_company(struct import *w, const tl_assessment *a, bool *same, tl_error *why)
{
    tl_status st = tl_assessment_same(w->store, w->x, a, same, why);
    return st == TL_OK && !*same ? tl_assessment_save(w->store, w->x, a, w->how->actor, why) : st;
}

static tl_status take_company(struct import *w, tl_answer_row **rows, size_t n, tl_error *err)
{
    tl_answer_group *g = &w->r.groups[rows[0]->group];
    tl_error why = { 0 };
    tl_assessment a;
    bool same = false;
    tl_status st = check_company(w, rows, n, err);
    if (st != TL_OK)
        return st;
    if (g->bad_line)
        return refuse_company(w, rows, n, err);
    tl_arena_reset(w->scratch);
    if ((st = make_assessment(w, rows, n, &a, err)) != TL_OK)
        return st;
    st = write_company(w, &a, &same, &why);
    if (is_refusal(st)) {
        st = tl_answer_row_refuse(&w->r, rows[0], why.text, err);
        return st == TL_OK ? refuse_company(w, rows, n, err) : st;
    }
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    w->v->accepted += (int64_t)n;
    w->v->companies += !same;
    w->v->companies_same += same;
    return TL_OK;
}

static tl_status write_audit(struct import *w, const char *sha256, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "file_sha256", sha256);
    tl_json_text(&j, "index", w->x->id);
    tl_json_text(&j, "index_version", w->x->version);
    tl_json_text(&j, "period", w->how->period);
    tl_json_int(&j, "rows", w->v->rows);
    tl_json_int(&j, "refused", w->v->refused);
    tl_json_int(&j, "companies", w->v->companies);
    tl_json_int(&j, "companies_same", w->v->companies_same);
    tl_json_end(&j);
    return tl_import_audit(w->store, w->how->actor, "assessment.import", w->how->path, &b, err);
}

/* All companies in the order in which the file first names them, in one transaction. */
static tl_status take_companies(struct import *w, const char *sha256, tl_error *err)
{
    tl_progress bar = tl_progress_start(w->how->progress, "rows", w->r.n);
    tl_status st = TL_OK;
    for (size_t i = 0, n; i < w->r.n && st == TL_OK; i += n) {
        n = run_length(w->order + i, w->r.n - i, false);
        if ((st = tl_progress_at(&bar, i, err)) != TL_OK)
            break;
        if (w->order[i]->group < w->r.n_groups)
            st = take_company(w, w->order + i, n, err);
        else
            w->v->refused += (int64_t)n; /* rows that name no company */
    }
    tl_progress_end(&bar);
    if (st != TL_OK)
        return st;
    if (w->v->companies + w->v->companies_same == 0) {
        const char *first = NULL;
        size_t line = SIZE_MAX;
        for (size_t i = 0; i < w->refusals.n; i++)
            if (w->refusals.items[i].row < line && !strstr(w->refusals.items[i].reason, FOLLOWS)) {
                line = w->refusals.items[i].row;
                first = w->refusals.items[i].reason;
            }
        return first ? tl_fail(err, TL_EINPUT, "%s; no company could be taken", first)
                     : tl_fail(err, TL_EINPUT, "%s: no rows below the header", w->how->path);
    }
    return w->v->companies ? write_audit(w, sha256, err) : TL_OK;
}

static tl_status run(struct import *w, const char *data, size_t n, tl_error *err)
{
    char sha256[TL_SHA256_HEX];
    tl_status st = tl_sha256_of(data, n, sha256, err);
    if (st == TL_OK && (st = tl_arena_new(&w->scratch, 0, err)) == TL_OK &&
        (st = tl_answer_rows_read(&w->r, data, n, err)) == TL_OK &&
        (st = sort_rows(w, err)) == TL_OK && (st = tl_store_begin(w->store, err)) == TL_OK) {
        w->v->rows = (int64_t)w->r.n;
        st = take_companies(w, sha256, err);
        if (st == TL_OK)
            st = tl_store_commit(w->store, err);
        if (st != TL_OK)
            tl_store_rollback(w->store);
    }
    return st;
}

tl_status tl_answer_import_memory(tl_store *s, const tl_index *x, const tl_answer_import *how,
                                  const char *data, size_t n, tl_arena *arena,
                                  tl_answer_verdict *out, tl_error *err)
{
    struct import w = { .store = s, .x = x, .how = how, .refusals = { .arena = arena }, .v = out };
    tl_arena *text = NULL; /* of the rows, gone at the end */
    *out = (tl_answer_verdict){ 0 };
    tl_status st = tl_arena_new(&text, 0, err);
    if (st == TL_OK) {
        w.r = (tl_answer_reader){
            .store = s, .x = x, .how = how, .arena = text, .refusals = &w.refusals
        };
        st = run(&w, data, n, err);
    }
    if (st == TL_OK)
        st = tl_refusals_sorted(&w.refusals, &out->refusals, err);
    if (st == TL_OK)
        out->refusal_count = w.refusals.n;
    else
        *out = (tl_answer_verdict){ 0 };
    tl_answer_reader_clear(&w.r);
    tl_refusals_clear(&w.refusals);
    free(w.order);
    tl_arena_free(w.scratch);
    tl_arena_free(text);
    return st;
}

tl_status tl_answer_import_file(tl_store *s, const tl_index *x, const tl_answer_import *how,
                                tl_arena *arena, tl_answer_verdict *out, tl_error *err)
{
    tl_file_view file;
    tl_status st = tl_file_open(&file, how->path, FILE_LIMIT, err);
    if (st != TL_OK)
        return st;
    st = tl_answer_import_memory(s, x, how, file.data, file.size, arena, out, err);
    tl_file_close(&file);
    return st;
}

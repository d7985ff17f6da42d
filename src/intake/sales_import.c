/* sales_import.c - a table of sales read whole, its contradictions found, the rest kept. */
#include "intake/sales_import.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "format/csv.h"
#include "format/json.h"
#include "intake/import_audit.h"
#include "intake/refusals.h"

#define FILE_LIMIT ((size_t)128 << 20)
enum { ROWS_MAX = 500000, TEXT_MOST = 1000 };
enum { RECORD, DISCLOSURE, PRODUCT, MAKER, MONTH, UNITS, REGION, SOURCE, COLUMNS };

static const char *const columns[COLUMNS] = {
    "record", "disclosure_id", "product", "maker", "month", "units", "region", "source",
};

const char *const tl_sales_columns[TL_SALES_COLUMNS] = { "month", "units", "region", "source" };

/* A row that can be kept, if no other contradicts it. */
struct figure {
    tl_sale sale;
    size_t row;
};

struct import {
    tl_store *store;
    const tl_sales_import *how;
    tl_arena *cells; /* owned; texts of the figures */
    tl_csv *csv;
    int at[COLUMNS];
    struct figure *figures; /* owned */
    size_t n, cap;
    const char *source, *region; /* kept last: they repeat */
    tl_refusals refusals;
    tl_sales_verdict *v;
};

static tl_status find_columns(struct import *w, tl_error *err)
{
    tl_status st = TL_OK;
    for (int i = 0; i < COLUMNS && st == TL_OK; i++)
        if (i < MONTH)
            w->at[i] = tl_csv_column(w->csv, columns[i]);
        else
            st = tl_csv_require(w->csv, columns[i], &w->at[i], err);
    if (st != TL_OK || w->at[RECORD] >= 0 || w->at[DISCLOSURE] >= 0 ||
        (w->at[PRODUCT] >= 0 && w->at[MAKER] >= 0))
        return st;
    return tl_fail(err, TL_EINPUT,
                   "%s: no column says which car: expected record, disclosure_id, or product and "
                   "maker",
                   w->how->path);
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

/* The same for a text that repeats from row to row. */
static tl_status repeated(struct import *w, int column, const char **last, tl_error *err)
{
    const tl_span s = tl_span_trim(tl_csv_cell(w->csv, w->at[column]));
    if (*last && strlen(*last) == s.n && (s.n == 0 || memcmp(*last, s.p, s.n) == 0))
        return TL_OK;
    return cell(w, column, last, err);
}

static tl_status read_units(struct import *w, int64_t *out, tl_error *err)
{
    double v = 0;
    tl_status st = tl_csv_number(w->csv, w->at[UNITS], &v, err);
    if (st != TL_OK)
        return st;
    if (!(v >= 0 && v <= TL_SALE_UNITS_MOST && v == floor(v)))
        return tl_csv_fail(w->csv, w->at[UNITS], err, "%g, expected a whole number from 0 to %d", v,
                           TL_SALE_UNITS_MOST);
    *out = (int64_t)v;
    return TL_OK;
}

/* The record a row means. */
static tl_status read_car(struct import *w, const char **record, tl_error *err)
{
    tl_sale_car car = { 0 };
    const char **const texts[] = { &car.record, &car.disclosure_id, &car.product, &car.maker };
    tl_error why = { 0 };
    tl_status st = TL_OK;
    for (int i = RECORD; i <= MAKER && st == TL_OK; i++)
        st = cell(w, i, texts[i], err);
    if (st != TL_OK)
        return st;
    st = tl_sale_find_car(w->store, &car, w->cells, record, &why);
    if (st == TL_OK)
        return st;
    tl_context(&why, st, "%s:%zu", w->how->path, tl_csv_row(w->csv));
    return tl_fail(err, st, "%s", why.text);
}

/* One row; TL_EINPUT, TL_ENOTFOUND and TL_ECONFLICT speak of it alone. */
static tl_status take_row(struct import *w, tl_error *err)
{
    struct figure f = { .row = tl_csv_row(w->csv) };
    tl_error why = { 0 };
    tl_status st = cell(w, MONTH, &f.sale.month, err);
    if (st != TL_OK)
        return st;
    if (tl_month_check(f.sale.month, &why) != TL_OK)
        return tl_csv_fail(w->csv, w->at[MONTH], err, "%s", why.text);
    if ((st = read_units(w, &f.sale.units, err)) != TL_OK ||
        (st = repeated(w, REGION, &w->region, err)) != TL_OK ||
        (st = repeated(w, SOURCE, &w->source, err)) != TL_OK)
        return st;
    f.sale.region = w->region;
    f.sale.source = w->source;
    if (!*w->source)
        return tl_csv_fail(w->csv, w->at[SOURCE], err, "empty: a figure needs its source");
    if (tl_sale_check(&f.sale, &why) != TL_OK)
        return tl_csv_fail(w->csv, -1, err, "%s", why.text);
    if ((st = read_car(w, &f.sale.record, err)) != TL_OK)
        return st;
    if ((st = tl_grow(&w->figures, &w->cap, w->n + 1, sizeof *w->figures, err)) == TL_OK)
        w->figures[w->n++] = f;
    return st;
}

static tl_status refuse(struct import *w, size_t row, const char *why, tl_error *err)
{
    w->v->refused++;
    return tl_refusals_add(&w->refusals, row, why, err);
}

static bool is_refusal(tl_status st)
{
    return st == TL_EINPUT || st == TL_ECONFLICT || st == TL_ENOTFOUND;
}

static tl_status take_rows(struct import *w, tl_error *err)
{
    tl_progress bar = tl_progress_start(w->how->progress, "rows", tl_csv_bytes(w->csv) / 60);
    tl_status st = TL_OK;
    bool more = true;
    while (st == TL_OK) {
        tl_error why = { 0 };
        tl_status got = tl_csv_next(w->csv, &more, &why);
        if (got == TL_OK && !more)
            break;
        if (++w->v->rows > ROWS_MAX)
            st = tl_fail(err, TL_EINPUT, "%s: more than %d rows", w->how->path, (int)ROWS_MAX);
        else if (got == TL_OK)
            got = take_row(w, &why);
        if (st == TL_OK && got != TL_OK)
            st = is_refusal(got) ? refuse(w, tl_csv_row(w->csv), why.text, err)
                                 : tl_fail(err, got, "%s", why.text);
        if (st == TL_OK)
            st = tl_progress_at(&bar, (size_t)w->v->rows, err);
    }
    tl_progress_end(&bar);
    return st;
}

/* By what a figure is of. */
static int compare_keys(const tl_sale *x, const tl_sale *y)
{
    int c = strcmp(x->record, y->record);
    if (c == 0)
        c = strcmp(x->month, y->month);
    return c ? c : strcmp(x->region, y->region);
}

static int compare_figures(const void *a, const void *b)
{
    const struct figure *x = a, *y = b;
    const int c = compare_keys(&x->sale, &y->sale);
    return c ? c : (x->row > y->row) - (x->row < y->row);
}

static tl_status refuse_all(struct import *w, const struct figure *f, size_t n, tl_error *err)
{
    tl_error why = { 0 };
    tl_status st = TL_OK;
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        tl_fail(&why, TL_ECONFLICT,
                "%s:%zu: sales of %.100s in %s, %s stand in the file with different figures, first "
                "in line %zu",
                w->how->path, f[i].row, f[i].sale.record, f[i].sale.month, f[i].sale.region,
                f[0].row);
        st = refuse(w, f[i].row, why.text, err);
    }
    return st;
}

/* The figures of one car, month and region: one, or the same several times, or a contradiction. */
static tl_status put_figures(struct import *w, const struct figure *f, size_t n, tl_error *err)
{
    tl_sale_change change = TL_SALE_SAME;
    for (size_t i = 1; i < n; i++)
        if (f[i].sale.units != f[0].sale.units || strcmp(f[i].sale.source, f[0].sale.source) != 0)
            return refuse_all(w, f, n, err);
    tl_status st = tl_sale_put(w->store, &f[0].sale, w->how->actor, w->how->day, &change, err);
    if (st != TL_OK)
        return st;
    w->v->added += change == TL_SALE_NEW;
    w->v->corrected += change == TL_SALE_CORRECTED;
    w->v->same += (int64_t)(n - 1) + (change == TL_SALE_SAME);
    return st;
}

static tl_status put_all(struct import *w, tl_error *err)
{
    tl_status st = TL_OK;
    if (w->n)
        qsort(w->figures, w->n, sizeof *w->figures, compare_figures);
    for (size_t i = 0, n; i < w->n && st == TL_OK; i += n) {
        for (n = 1; i + n < w->n; n++)
            if (compare_keys(&w->figures[i].sale, &w->figures[i + n].sale) != 0)
                break;
        st = put_figures(w, &w->figures[i], n, err);
    }
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
    tl_json_int(&j, "corrected", w->v->corrected);
    tl_json_int(&j, "same", w->v->same);
    tl_json_int(&j, "refused", w->v->refused);
    tl_json_end(&j);
    return tl_import_audit(w->store, w->how->actor, "sales.import", w->how->path, &b, err);
}

static tl_status run(struct import *w, const char *data, size_t n, tl_error *err)
{
    char sha256[TL_SHA256_HEX];
    const tl_csv_opts opts = { .workbook = true,
                               .wanted = tl_sales_columns,
                               .n_wanted = TL_SALES_COLUMNS };
    tl_status st = tl_sha256_of(data, n, sha256, err);
    if (st != TL_OK || (st = tl_arena_new(&w->cells, 0, err)) != TL_OK ||
        (st = tl_csv_open_memory(&w->csv, w->how->path, data, n, &opts, err)) != TL_OK ||
        (st = find_columns(w, err)) != TL_OK || (st = tl_store_begin(w->store, err)) != TL_OK)
        return st;
    if ((st = take_rows(w, err)) == TL_OK && (st = put_all(w, err)) == TL_OK &&
        w->v->added + w->v->corrected > 0)
        st = write_audit(w, sha256, err);
    if (st == TL_OK)
        st = tl_store_commit(w->store, err);
    if (st != TL_OK)
        tl_store_rollback(w->store);
    return st;
}

tl_status tl_sales_import_memory(tl_store *s, const tl_sales_import *how, const char *data,
                                 size_t n, tl_arena *arena, tl_sales_verdict *out, tl_error *err)
{
    struct import w = { .store = s, .how = how, .refusals = { .arena = arena }, .v = out };
    *out = (tl_sales_verdict){ 0 };
    tl_status st = run(&w, data, n, err);
    if (st == TL_OK)
        st = tl_refusals_sorted(&w.refusals, &out->refusals, err);
    out->refusal_count = st == TL_OK ? w.refusals.n : 0;
    tl_refusals_clear(&w.refusals);
    tl_csv_close(w.csv);
    tl_arena_free(w.cells);
    free(w.figures);
    return st;
}

tl_status tl_sales_import_file(tl_store *s, const tl_sales_import *how, tl_arena *arena,
                               tl_sales_verdict *out, tl_error *err)
{
    tl_file_view file;
    *out = (tl_sales_verdict){ 0 };
    tl_status st = tl_file_open(&file, how->path, FILE_LIMIT, err);
    if (st != TL_OK)
        return st;
    st = tl_sales_import_memory(s, how, file.data, file.size, arena, out, err);
    tl_file_close(&file);
    return st;
}

/* loan_import.c - the cars of a file drawn on a facility, in one transaction. */
#include "intake/loan_import.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "format/csv.h"
#include "format/json.h"
#include "intake/import_audit.h"
#include "intake/loan_model.h"
#include "intake/refusals.h"

#define FILE_LIMIT ((size_t)16 << 20)
enum { ROWS_MAX = 20000, RECORD_BYTES = 128, KEY_BYTES = 200, NAME_BYTES = 300 };

const char *const tl_loan_columns[TL_LOAN_COLUMNS] = { "record", "price" };

struct import {
    tl_store *store;
    const tl_loan_import *how;
    tl_csv *csv;
    int record, price, model, vin; /* columns; -1 = none */
    tl_map *there;                 /* "record price" -> cars drawn so and not met in the file yet */
    tl_map *vins;                  /* -> row */
    tl_loan_models *models;        /* read where the file has that column */
    tl_refusals refusals;
    tl_loan_verdict *v;
};

static tl_span key_of(char key[KEY_BYTES], const char *record, tl_money price)
{
    snprintf(key, KEY_BYTES, "%.*s %lld", (int)RECORD_BYTES, record, (long long)price);
    return tl_span_of(key);
}

/* What is drawn already. */
static tl_status read_cars(struct import *w, tl_error *err)
{
    tl_arena *arena = NULL;
    tl_facility f;
    tl_loan_car *cars;
    char key[KEY_BYTES];
    size_t n = 0, at;
    bool was;
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK)
        st = tl_facility_get(w->store, w->how->facility, arena, &f, &cars, &n, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        st = tl_map_add(w->there, key_of(key, cars[i].record, cars[i].price), 0, &at, &was, err);
        if (st == TL_OK)
            tl_map_set(w->there, at, tl_map_value(w->there, at) + 1);
    }
    tl_arena_free(arena);
    return st;
}

/* What the car is called, where the row gives no record. */
static tl_status read_model(struct import *w, char record[RECORD_BYTES], tl_error *err)
{
    char name[NAME_BYTES];
    const char *found = "";
    tl_error why = { 0 };
    const tl_span cell = tl_span_trim(tl_csv_cell(w->csv, w->model));
    if (cell.n == 0 || cell.n >= NAME_BYTES)
        return tl_csv_fail(w->csv, w->model, err, "%zu bytes, expected the name of a car", cell.n);
    snprintf(name, sizeof name, TL_SPAN_FMT, TL_SPAN_ARG(cell));
    tl_status st = tl_loan_models_find(w->models, name, &found, &why);
    if (st != TL_OK)
        return st == TL_EINPUT ? tl_csv_fail(w->csv, w->model, err, "%s", why.text)
                               : tl_fail(err, st, "%s", why.text);
    if (strlen(found) >= RECORD_BYTES)
        return tl_csv_fail(w->csv, w->model, err, "its record has a longer id than a list may");
    snprintf(record, RECORD_BYTES, "%s", found);
    return TL_OK;
}

static tl_status read_record(struct import *w, char record[RECORD_BYTES], tl_error *err)
{
    const tl_span cell =
        w->record >= 0 ? tl_span_trim(tl_csv_cell(w->csv, w->record)) : (tl_span){ "", 0 };
    if (cell.n == 0 && w->model >= 0)
        return read_model(w, record, err);
    if (cell.n == 0 || cell.n >= RECORD_BYTES)
        return tl_csv_fail(w->csv, w->record, err, "%zu bytes, expected the id of a footprint",
                           cell.n);
    snprintf(record, RECORD_BYTES, TL_SPAN_FMT, TL_SPAN_ARG(cell));
    return TL_OK;
}

/* One car is not paid for twice. */
static tl_status check_vin(struct import *w, tl_error *err)
{
    size_t at;
    bool was = false;
    const tl_span cell =
        w->vin >= 0 ? tl_span_trim(tl_csv_cell(w->csv, w->vin)) : (tl_span){ "", 0 };
    if (cell.n == 0)
        return TL_OK;
    tl_status st = tl_map_add(w->vins, cell, tl_csv_row(w->csv), &at, &was, err);
    if (st == TL_OK && was)
        st = tl_csv_fail(w->csv, w->vin, err, "'" TL_SPAN_FMT "' stands in row %llu too",
                         TL_SPAN_ARG(cell), (unsigned long long)tl_map_value(w->vins, at));
    return st;
}

/* The cells of a record; TL_EINPUT with their place. */
static tl_status read_row(struct import *w, char record[RECORD_BYTES], tl_money *price,
                          tl_error *err)
{
    tl_error why = { 0 };
    tl_status st = read_record(w, record, err);
    if (st != TL_OK)
        return st;
    tl_span cell = tl_span_trim(tl_csv_cell(w->csv, w->price));
    return tl_money_parse(cell, price, &why) == TL_OK
               ? TL_OK
               : tl_csv_fail(w->csv, w->price, err, "%s", why.text);
}

/* One more car drawn as this row says was there and is accounted for now. */
static tl_status match(struct import *w, const char *record, tl_money price, bool *found,
                       tl_error *err)
{
    char key[KEY_BYTES];
    size_t at;
    bool was;
    tl_status st = tl_map_add(w->there, key_of(key, record, price), 0, &at, &was, err);
    *found = st == TL_OK && tl_map_value(w->there, at) > 0;
    if (*found)
        tl_map_set(w->there, at, tl_map_value(w->there, at) - 1);
    return st;
}

/* TL_EINPUT and TL_EFORBIDDEN speak of this row, others of the whole. */
static tl_status take_row(struct import *w, tl_error *err)
{
    char record[RECORD_BYTES];
    tl_money price;
    tl_error why = { 0 };
    bool found;
    tl_status st = read_row(w, record, &price, err);
    if (st == TL_OK)
        st = check_vin(w, err);
    if (st != TL_OK || (st = match(w, record, price, &found, err)) != TL_OK)
        return st;
    if (found) {
        w->v->same++;
        return TL_OK;
    }
    st = tl_facility_draw(w->store, w->how->facility, record, price, w->how->actor, &why);
    w->v->drawn += st == TL_OK;
    if (st == TL_OK)
        return TL_OK;
    tl_context(&why, st, "%s:%zu", w->how->path, tl_csv_row(w->csv));
    return tl_fail(err, st, "%s", why.text);
}

static tl_status take_rows(struct import *w, tl_error *err)
{
    tl_progress bar = tl_progress_start(w->how->progress, "rows", tl_csv_bytes(w->csv) / 30);
    tl_status st = TL_OK;
    bool more = true;
    while (st == TL_OK) {
        tl_error why = { 0 };
        st = tl_csv_next(w->csv, &more, &why);
        if (st == TL_OK && !more)
            break;
        if (++w->v->rows > ROWS_MAX) {
            st = tl_fail(err, TL_EINPUT, "%s: more than %d rows", w->how->path, (int)ROWS_MAX);
            break;
        }
        if (st == TL_OK)
            st = take_row(w, &why);
        if (st == TL_EINPUT || st == TL_EFORBIDDEN) {
            w->v->refused++;
            st = tl_refusals_add(&w->refusals, tl_csv_row(w->csv), why.text, err);
        } else if (st != TL_OK) {
            tl_fail(err, st, "%s", why.text);
        }
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
    tl_json_text(&j, "facility", w->how->facility);
    tl_json_text(&j, "file_sha256", sha256);
    tl_json_int(&j, "drawn", w->v->drawn);
    tl_json_int(&j, "same", w->v->same);
    tl_json_int(&j, "refused", w->v->refused);
    tl_json_end(&j);
    return tl_import_audit(w->store, w->how->actor, "loan.import", w->how->path, &b, err);
}

/* All inside one transaction. */
static tl_status take_file(struct import *w, const char *sha256, tl_error *err)
{
    tl_status st = read_cars(w, err);
    if (st != TL_OK || (st = take_rows(w, err)) != TL_OK)
        return st;
    if (w->v->refused == w->v->rows)
        return w->refusals.n
                   ? tl_fail(err, TL_EINPUT, "%s; no row could be taken",
                             w->refusals.items[0].reason)
                   : tl_fail(err, TL_EINPUT, "%s: no rows below the header", w->how->path);
    return w->v->drawn ? write_audit(w, sha256, err) : TL_OK;
}

/* A list says which car by record or by model. */
static tl_status find_columns(struct import *w, tl_error *err)
{
    tl_status st = tl_csv_require(w->csv, "price", &w->price, err);
    w->vin = tl_csv_column(w->csv, "vin");
    w->model = tl_csv_column(w->csv, "model");
    w->record = tl_csv_column(w->csv, "record");
    if (st == TL_OK && w->record < 0 && w->model < 0)
        st = tl_csv_require(w->csv, "record", &w->record, err);
    if (st == TL_OK && w->model >= 0)
        st = tl_loan_models_new(&w->models, w->store, err);
    return st == TL_OK && w->vin >= 0 ? tl_map_new(&w->vins, err) : st;
}

static tl_status run(struct import *w, const char *data, size_t n, tl_error *err)
{
    char sha256[TL_SHA256_HEX];
    const tl_csv_opts opts = { .workbook = true,
                               .wanted = tl_loan_columns,
                               .n_wanted = TL_LOAN_COLUMNS };
    tl_status st = tl_sha256_of(data, n, sha256, err);
    if (st != TL_OK || (st = tl_map_new(&w->there, err)) != TL_OK ||
        (st = tl_csv_open_memory(&w->csv, w->how->path, data, n, &opts, err)) != TL_OK ||
        (st = find_columns(w, err)) != TL_OK || (st = tl_store_begin(w->store, err)) != TL_OK)
        return st;
    st = take_file(w, sha256, err);
    if (st == TL_OK)
        st = tl_store_commit(w->store, err);
    if (st != TL_OK)
        tl_store_rollback(w->store);
    return st;
}

tl_status tl_loan_import_memory(tl_store *s, const tl_loan_import *how, const char *data, size_t n,
                                tl_arena *arena, tl_loan_verdict *out, tl_error *err)
{
    struct import w = { .store = s, .how = how, .refusals = { .arena = arena }, .v = out };
    *out = (tl_loan_verdict){ 0 };
    tl_status st = run(&w, data, n, err);
    if (st == TL_OK)
        st = tl_refusals_sorted(&w.refusals, &out->refusals, err);
    out->refusal_count = st == TL_OK ? w.refusals.n : 0;
    tl_refusals_clear(&w.refusals);
    tl_csv_close(w.csv);
    tl_map_free(w.there);
    tl_map_free(w.vins);
    tl_loan_models_free(w.models);
    return st;
}

tl_status tl_loan_import_file(tl_store *s, const tl_loan_import *how, tl_arena *arena,
                              tl_loan_verdict *out, tl_error *err)
{
    tl_file_view file;
    *out = (tl_loan_verdict){ 0 };
    tl_status st = tl_file_open(&file, how->path, FILE_LIMIT, err);
    if (st != TL_OK)
        return st;
    st = tl_loan_import_memory(s, how, file.data, file.size, arena, out, err);
    tl_file_close(&file);
    return st;
}

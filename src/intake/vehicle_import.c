/* vehicle_import.c - the transaction around the rows. */
#include "intake/vehicle_import.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "format/json.h"
#include "format/xlsx_read.h"
#include "intake/vehicle_row.h"
#include "store/audit.h"

/* No table of cars is this large; a larger file is refused unread. */
#define FILE_LIMIT ((size_t)512 << 20)

struct import {
    tl_store *store;
    const char *name, *actor;
    const char *tenant; /* whose cars they are; NULL: public data */
    const char *data;   /* the whole file, borrowed */
    size_t size;
    char sha256[TL_SHA256_HEX];
    tl_vehicle_map map;
    tl_vehicle_columns columns;
    tl_csv *csv;
    tl_map *seen; /* content or id of a row -> times met, or row first met */
    tl_sha256 *hash;
    int64_t id; /* of the import */
    tl_arena *arena, *row_arena;
    tl_vehicle_verdict *verdict;
    tl_row_refusal *refusals; /* owned while growing */
    size_t refusal_cap;
};

static tl_status keep_refusal(struct import *w, size_t row, const char *reason, tl_error *err)
{
    const char *kept = tl_arena_str(w->arena, reason);
    size_t n = w->verdict->refusal_count;
    if (!kept)
        return tl_fail_nomem(err);
    tl_status st = tl_grow(&w->refusals, &w->refusal_cap, n + 1, sizeof *w->refusals, err);
    if (st == TL_OK)
        w->refusals[w->verdict->refusal_count++] = (tl_row_refusal){ row, kept };
    return st;
}

/* The rows that import `id` refused. */
static tl_status load_refusals(struct import *w, int64_t id, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(w->store, "vehicle.refusals", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, id);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = keep_refusal(w, (size_t)tl_query_get_int(q, 0), tl_query_get_text(q, 1), err)) !=
            TL_OK)
            break;
    tl_query_reset(q);
    return st;
}

/* The verdict of the import of this very file, if there was one. */
static tl_status find_earlier(struct import *w, tl_error *err)
{
    tl_query *q;
    int64_t id = 0;
    tl_status st = tl_store_query(w->store, "vehicle.import_find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, w->map.id);
    tl_query_text(q, 2, w->map.set_version);
    tl_query_text(q, 3, w->sha256);
    tl_query_text(q, 4, w->tenant ? w->tenant : "");
    if ((st = tl_query_step(q, &w->verdict->already, err)) == TL_OK && w->verdict->already) {
        id = tl_query_get_int(q, 0);
        w->verdict->rows = tl_query_get_int(q, 1);
        w->verdict->accepted = tl_query_get_int(q, 2);
        w->verdict->repeated = tl_query_get_int(q, 3);
        w->verdict->refused = tl_query_get_int(q, 4);
    }
    tl_query_reset(q);
    return st == TL_OK && w->verdict->already ? load_refusals(w, id, err) : st;
}

static tl_status start_import(struct import *w, tl_error *err)
{
    tl_query *q;
    bool row = false;
    char now[TL_TIME_ISO];
    tl_status st = tl_store_query(w->store, "vehicle.import_insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_time_now(now);
    tl_query_text(q, 1, w->map.id);
    tl_query_text(q, 2, w->map.set_version);
    tl_query_text(q, 3, w->name);
    tl_query_text(q, 4, w->sha256);
    tl_query_text(q, 5, now);
    tl_query_text(q, 6, w->actor);
    tl_query_text(q, 7, w->tenant);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        w->id = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

/* Notes a refusal in the verdict and in the database. */
static tl_status refuse(struct import *w, size_t row, const char *reason, tl_error *err)
{
    tl_query *q;
    tl_status st = keep_refusal(w, row, reason, err);
    if (st == TL_OK)
        st = tl_store_query(w->store, "vehicle.refusal_insert", &q, err);
    if (st != TL_OK)
        return st;
    w->verdict->refused++;
    tl_query_int(q, 1, w->id);
    tl_query_int(q, 2, (int64_t)row);
    tl_query_text(q, 3, reason);
    return tl_query_run(q, err);
}

/* An id from what the row says and whose car it is: of the column that holds one, else of all cells
 * and how often the same cells came before in this file. The same file, or one with other rows
 * added, gives the same.
 */
static tl_status make_id(struct import *w, tl_vehicle *v, tl_error *err)
{
    char hex[TL_SHA256_HEX];
    int id_column = w->columns.at[TL_FIELD_ID];
    size_t columns = tl_csv_columns(w->csv), at = 0;
    bool was = false;
    tl_sha256_add_field(w->hash, w->map.id);
    if (w->tenant)
        tl_sha256_add_field(w->hash, w->tenant);
    for (size_t c = 0; c < columns; c++) {
        tl_span cell = tl_csv_cell(w->csv, (int)c);
        if (id_column >= 0 && (int)c != id_column)
            continue;
        tl_sha256_add(w->hash, cell.p, cell.n);
        tl_sha256_add(w->hash, "\x1f", 1);
    }
    tl_status st = tl_sha256_final(w->hash, hex, err);
    if (st == TL_OK)
        st = tl_map_add(w->seen, tl_span_of(hex), 0, &at, &was, err);
    if (st != TL_OK)
        return st;
    if (was && id_column >= 0)
        return tl_csv_fail(w->csv, id_column, err, "repeats the id of row %llu",
                           (unsigned long long)tl_map_value(w->seen, at));
    uint64_t times = id_column >= 0 ? tl_csv_row(w->csv) : tl_map_value(w->seen, at) + 1;
    tl_map_set(w->seen, at, times);
    v->id = id_column >= 0 || times == 1 ? tl_arena_printf(w->row_arena, "%s-%.12s", w->map.id, hex)
                                         : tl_arena_printf(w->row_arena, "%s-%.12s-%llu", w->map.id,
                                                           hex, (unsigned long long)times);
    return v->id ? TL_OK : tl_fail_nomem(err);
}

/* The table's words with file, row and column before them. */
static tl_status refused_by_table(const struct import *w, tl_error *why)
{
    const tl_error words = *why;
    return tl_csv_fail(w->csv, w->columns.at[TL_FIELD_ID], why, "%s", words.text);
}

/* One record: in, there already, or refused. Only failures of the machine come back. */
static tl_status take_row(struct import *w, tl_error *err)
{
    tl_vehicle v;
    tl_error why = { 0 };
    bool already = false;
    size_t row = tl_csv_row(w->csv);
    tl_arena_reset(w->row_arena);
    tl_status st = tl_vehicle_row_read(&v, &w->map, &w->columns, w->csv, w->row_arena, &why);
    if (st == TL_OK)
        st = make_id(w, &v, &why);
    v.tenant = w->tenant;
    if (st == TL_OK && (st = tl_vehicle_add(w->store, w->id, &v, &already, &why)) == TL_ECONFLICT)
        st = refused_by_table(w, &why);
    if (st == TL_EINPUT)
        return refuse(w, row, why.text, err);
    if (st != TL_OK) {
        if (err)
            *err = why;
        return st;
    }
    w->verdict->repeated += already;
    w->verdict->accepted += !already;
    return TL_OK;
}

/* A record cut short at the very end, without a line end, is the mark of a file cut off on its way.
 */
static bool cut_off(const struct import *w, bool last_failed)
{
    return last_failed && w->size && w->data[w->size - 1] != '\n' &&
           !tl_xlsx_looks(w->data, w->size);
}

static tl_status take_rows(struct import *w, const tl_log *progress, tl_error *err)
{
    bool more = true, last_failed = false;
    tl_progress bar = tl_progress_start(progress, "rows", w->size / 300);
    tl_error why = { 0 };
    tl_status st = TL_OK;
    while (st == TL_OK) {
        tl_status read = tl_csv_next(w->csv, &more, &why);
        if (read == TL_OK && !more)
            break;
        last_failed = read == TL_EINPUT;
        if (read == TL_OK)
            st = take_row(w, err);
        else if (read == TL_EINPUT)
            st = refuse(w, tl_csv_row(w->csv), why.text, err);
        else {
            if (err)
                *err = why;
            st = read;
        }
        w->verdict->rows++;
        if (st == TL_OK)
            st = tl_progress_at(&bar, (size_t)w->verdict->rows, err);
    }
    tl_progress_end(&bar);
    if (st == TL_OK && cut_off(w, last_failed))
        return tl_fail(err, TL_EINPUT,
                       "%s: the file ends in the middle of a record; nothing was "
                       "imported",
                       why.text);
    return st;
}

static tl_status finish_import(struct import *w, tl_error *err)
{
    const tl_vehicle_verdict *v = w->verdict;
    tl_query *q;
    tl_buf b;
    if (v->accepted + v->repeated == 0)
        return v->refusal_count
                   ? tl_fail(err, TL_EINPUT, "%s; no row could be taken, nothing was imported",
                             w->refusals[0].reason)
                   : tl_fail(err, TL_EINPUT, "%s: no rows below the header", w->name);
    tl_status st = tl_store_query(w->store, "vehicle.import_count", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, w->id);
    tl_query_int(q, 2, v->rows);
    tl_query_int(q, 3, v->accepted);
    tl_query_int(q, 4, v->repeated);
    tl_query_int(q, 5, v->refused);
    if ((st = tl_query_run(q, err)) != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "map", w->map.id);
    tl_json_text(&j, "file_sha256", w->sha256);
    tl_json_int(&j, "accepted", v->accepted);
    tl_json_int(&j, "repeated", v->repeated);
    tl_json_int(&j, "refused", v->refused);
    tl_json_end(&j);
    if ((st = tl_buf_status(&b, err)) == TL_OK)
        st = tl_audit_append(w->store, w->actor, "vehicle.import", w->name, tl_buf_text(&b), err);
    tl_buf_clear(&b);
    return st;
}

/* All inside one transaction, which the caller ends. */
static tl_status run(struct import *w, const tl_log *progress, tl_error *err)
{
    tl_status st = find_earlier(w, err);
    if (st != TL_OK || w->verdict->already)
        return st;
    const char *wanted[TL_VEHICLE_FIELDS];
    size_t n = 0;
    for (size_t f = 0; f < TL_VEHICLE_FIELDS; f++)
        if (w->map.columns[f])
            wanted[n++] = w->map.columns[f];
    const tl_csv_opts opts = {
        .decimal = w->map.decimal, .workbook = true, .wanted = wanted, .n_wanted = n
    };
    st = tl_csv_open_memory(&w->csv, w->name, w->data, w->size, &opts, err);
    if (st == TL_OK)
        st = tl_vehicle_columns_find(&w->columns, &w->map, w->csv, err);
    if (st == TL_OK)
        st = start_import(w, err);
    if (st == TL_OK)
        st = take_rows(w, progress, err);
    return st == TL_OK ? finish_import(w, err) : st;
}

static tl_status keep_refusals(struct import *w, tl_error *err)
{
    size_t n = w->verdict->refusal_count;
    tl_row_refusal *kept = tl_arena_alloc(w->arena, n, sizeof *kept);
    if (!kept)
        return tl_fail_nomem(err);
    if (n)
        memcpy(kept, w->refusals, n * sizeof *kept);
    w->verdict->refusals = kept;
    return TL_OK;
}

tl_status tl_vehicle_import_memory(tl_store *s, const char *name, const char *data, size_t n,
                                   const char *map, const tl_viewer *by, const tl_log *progress,
                                   tl_arena *arena, tl_vehicle_verdict *out, tl_error *err)
{
    struct import w = { .store = s,
                        .name = name,
                        .actor = tl_viewer_name(by),
                        .tenant = by->all_tenants ? NULL : by->tenant,
                        .data = data,
                        .size = n,
                        .arena = arena,
                        .verdict = out };
    *out = (tl_vehicle_verdict){ 0 };
    if (!by->all_tenants && !by->tenant)
        return tl_fail(err, TL_EFORBIDDEN, "%s acts for no organisation that could own cars",
                       w.actor);
    tl_status st = tl_vehicle_map_load(&w.map, s, map, arena, err);
    if (st == TL_OK)
        st = tl_sha256_of(data, n, w.sha256, err);
    if (st == TL_OK)
        st = tl_sha256_new(&w.hash, err);
    if (st == TL_OK)
        st = tl_map_new(&w.seen, err);
    if (st == TL_OK)
        st = tl_arena_new(&w.row_arena, 0, err);
    if (st == TL_OK && (st = tl_store_begin(s, err)) == TL_OK) {
        st = run(&w, progress, err);
        if (st == TL_OK)
            st = tl_store_commit(s, err);
        if (st != TL_OK)
            tl_store_rollback(s);
    }
    if (st == TL_OK)
        st = keep_refusals(&w, err);
    free(w.refusals);
    tl_csv_close(w.csv);
    tl_arena_free(w.row_arena);
    tl_map_free(w.seen);
    tl_sha256_free(w.hash);
    return st;
}

tl_status tl_vehicle_import(tl_store *s, const char *path, const char *map, const tl_viewer *by,
                            const tl_log *progress, tl_arena *arena, tl_vehicle_verdict *out,
                            tl_error *err)
{
    tl_file_view f;
    tl_status st = tl_file_open(&f, path, FILE_LIMIT, err);
    if (st != TL_OK)
        return st;
    st = tl_vehicle_import_memory(s, path, f.data, f.size, map, by, progress, arena, out, err);
    tl_file_close(&f);
    return st;
}

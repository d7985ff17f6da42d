/* inventory_folder.c - ids become indices, rows become entries of the engine's builder. */
#include "intake/inventory_folder.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/map.h"
#include "base/memory.h"
#include "intake/exchange_rows.h"

static const char *const file_names[TL_INVENTORY_FILES] = { "activities.csv", "technosphere.csv",
                                                            "biosphere.csv", "characterisation.csv",
                                                            "demand.csv" };

/* Everything that lives while a folder is read. */
struct reading {
    tl_csv *const *files;
    tl_lca_builder *builder; /* owned */
    tl_map *activities;      /* owned; id -> line << 32 | index */
    tl_map *flows;           /* owned; id -> line of characterisation.csv, 0 = none */
    tl_arena *arena;         /* owned; texts of one row */
    size_t category;
    tl_error *err;
};

/* A cell without blanks around it, as a text in the arena; NULL when out of memory. */
static const char *cell_text(struct reading *r, const tl_csv *csv, int column)
{
    tl_span cell = tl_span_trim(tl_csv_cell(csv, column));
    return tl_arena_copy(r->arena, cell.p, cell.n);
}

static tl_status add_activity(struct reading *r, tl_csv *csv, const int column[4])
{
    tl_span id = tl_span_trim(tl_csv_cell(csv, column[0]));
    uint64_t index = tl_map_size(r->activities);
    size_t at;
    bool there = false;
    if (id.n == 0)
        return tl_csv_fail(csv, column[0], r->err, "empty, expected the id of the activity");
    tl_status st =
        tl_map_add(r->activities, id, (uint64_t)tl_csv_row(csv) << 32 | index, &at, &there, r->err);
    if (st != TL_OK)
        return st;
    if (there)
        return tl_csv_fail(
            csv, column[0], r->err, "activity '" TL_SPAN_FMT "' is there twice, first in row %llu",
            TL_SPAN_ARG(id), (unsigned long long)(tl_map_value(r->activities, at) >> 32));
    tl_arena_reset(r->arena);
    const tl_lca_name name = { .id = tl_map_key(r->activities, at),
                               .name = cell_text(r, csv, column[1]),
                               .unit = cell_text(r, csv, column[2]),
                               .location = cell_text(r, csv, column[3]) };
    if (!name.name || !name.unit || !name.location)
        return tl_fail_nomem(r->err);
    if ((st = tl_lca_add_activity(r->builder, &name, NULL, r->err)) != TL_OK)
        return tl_context(r->err, st, "%s:%zu", tl_csv_name(csv), tl_csv_row(csv));
    return TL_OK;
}

static tl_status read_activities(struct reading *r)
{
    tl_csv *csv = r->files[TL_INVENTORY_ACTIVITIES];
    int column[4] = { -1, tl_csv_column(csv, "name"), tl_csv_column(csv, "unit"),
                      tl_csv_column(csv, "location") };
    bool more = true;
    tl_status st = tl_csv_require(csv, "id", &column[0], r->err);
    while (st == TL_OK && (st = tl_csv_next(csv, &more, r->err)) == TL_OK && more)
        st = add_activity(r, csv, column);
    if (st == TL_OK && tl_map_size(r->activities) == 0)
        st = tl_csv_fail(csv, -1, r->err, "no rows, expected at least one activity");
    return st;
}

/* Index of a flow, new or known. */
static tl_status flow_index(struct reading *r, tl_span id, size_t *index)
{
    bool there = false;
    tl_status st = tl_map_add(r->flows, id, 0, index, &there, r->err);
    if (st != TL_OK || there)
        return st;
    const tl_lca_name name = { .id = tl_map_key(r->flows, *index) };
    return tl_lca_add_flow(r->builder, &name, NULL, r->err);
}

/* The index in the system of each flow of a list; NULL when out of memory. */
static tl_status renumber_flows(struct reading *r, const tl_exchange_list *list, uint32_t **out)
{
    size_t n = tl_map_size(list->flows), index;
    tl_status st = TL_OK;
    *out = tl_new_array(n, sizeof **out);
    if (!*out)
        return tl_fail_nomem(r->err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        st = flow_index(r, tl_span_of(tl_map_key(list->flows, i)), &index);
        (*out)[i] = (uint32_t)index;
    }
    return st;
}

/* Hands the rows of one list to the builder. */
static tl_status put_rows(void *ctx, size_t file, const tl_exchange_list *list, size_t lines_before,
                          tl_error *err)
{
    struct reading *r = ctx;
    uint32_t *flow = NULL;
    tl_status st = list->flows ? renumber_flows(r, list, &flow) : TL_OK;
    for (size_t i = 0; i < list->n && st == TL_OK; i++) {
        const tl_exchange_row *row = &list->rows[i];
        const tl_lca_uncertainty *u =
            row->uncertainty ? &list->uncertainties[row->uncertainty - 1] : NULL;
        st = flow
                 ? tl_lca_add_emission(r->builder, row->column, flow[row->row], row->amount, u, err)
                 : tl_lca_add_input(r->builder, row->column, row->row, row->amount, u, err);
        if (st != TL_OK)
            tl_context(err, st, "%s:%zu", tl_csv_name(r->files[TL_INVENTORY_TECHNOSPHERE + file]),
                       lines_before + row->line);
    }
    free(flow);
    return st;
}

static tl_status add_factor(struct reading *r, tl_csv *csv, int flow_column, int amount_column)
{
    tl_span id = tl_span_trim(tl_csv_cell(csv, flow_column));
    size_t flow;
    double amount;
    if (id.n == 0)
        return tl_csv_fail(csv, flow_column, r->err, "empty, expected the id of a flow");
    tl_status st = flow_index(r, id, &flow);
    if (st != TL_OK || (st = tl_csv_number(csv, amount_column, &amount, r->err)) != TL_OK)
        return st;
    if (tl_map_value(r->flows, flow))
        return tl_csv_fail(csv, flow_column, r->err,
                           "flow '" TL_SPAN_FMT "' is there twice, first in row %llu",
                           TL_SPAN_ARG(id), (unsigned long long)tl_map_value(r->flows, flow));
    tl_map_set(r->flows, flow, tl_csv_row(csv));
    if ((st = tl_lca_add_factor(r->builder, r->category, flow, amount, r->err)) != TL_OK)
        return tl_context(r->err, st, "%s:%zu", tl_csv_name(csv), tl_csv_row(csv));
    return TL_OK;
}

static tl_status read_characterisation(struct reading *r)
{
    tl_csv *csv = r->files[TL_INVENTORY_CHARACTERISATION];
    int flow, amount;
    bool more = true;
    const tl_lca_name name = { .id = "score" };
    tl_status st = tl_lca_add_category(r->builder, &name, &r->category, r->err);
    if (st != TL_OK || (st = tl_csv_require(csv, "flow", &flow, r->err)) != TL_OK ||
        (st = tl_csv_require(csv, "amount", &amount, r->err)) != TL_OK)
        return st;
    while ((st = tl_csv_next(csv, &more, r->err)) == TL_OK && more)
        if ((st = add_factor(r, csv, flow, amount)) != TL_OK)
            return st;
    return st;
}

static tl_status add_demand(struct reading *r, tl_csv *csv, int id_column, int amount_column,
                            tl_lca_demand *out)
{
    tl_span id = tl_span_trim(tl_csv_cell(csv, id_column));
    uint64_t value;
    if (id.n == 0)
        return tl_csv_fail(csv, id_column, r->err, "empty, expected the id of an activity");
    if (!tl_map_find(r->activities, id, &value))
        return tl_csv_fail(csv, id_column, r->err,
                           "no activity '" TL_SPAN_FMT "' in activities.csv", TL_SPAN_ARG(id));
    out->activity = (uint32_t)value;
    return tl_csv_number(csv, amount_column, &out->amount, r->err);
}

static tl_status read_demand(struct reading *r, tl_inventory_folder *out)
{
    tl_csv *csv = r->files[TL_INVENTORY_DEMAND];
    int id, amount;
    size_t cap = 0;
    bool more = true;
    tl_status st = tl_csv_require(csv, "id", &id, r->err);
    if (st != TL_OK || (st = tl_csv_require(csv, "amount", &amount, r->err)) != TL_OK)
        return st;
    while ((st = tl_csv_next(csv, &more, r->err)) == TL_OK && more) {
        if ((st = tl_grow(&out->demand, &cap, out->demand_n + 1, sizeof *out->demand, r->err)) !=
                TL_OK ||
            (st = add_demand(r, csv, id, amount, &out->demand[out->demand_n])) != TL_OK)
            return st;
        out->demand_n++;
    }
    if (st == TL_OK && out->demand_n == 0)
        st =
            tl_csv_fail(csv, -1, r->err, "no rows, expected at least one product that is demanded");
    return st;
}

/* Activities and exchanges, into a new builder. */
static tl_status read_matrices(struct reading *r, unsigned threads, bool *again)
{
    const tl_exchange_job job = { .files = r->files + TL_INVENTORY_TECHNOSPHERE,
                                  .activities = r->activities,
                                  .threads = threads,
                                  .put = put_rows,
                                  .ctx = r };
    tl_status st = read_activities(r);
    return st == TL_OK ? tl_exchange_read(&job, again, r->err) : st;
}

static tl_status begin(struct reading *r)
{
    tl_status st;
    if ((st = tl_lca_builder_new(&r->builder, r->err)) != TL_OK ||
        (st = tl_map_new(&r->activities, r->err)) != TL_OK ||
        (st = tl_map_new(&r->flows, r->err)) != TL_OK)
        return st;
    return tl_arena_new(&r->arena, 0, r->err);
}

static void end(struct reading *r)
{
    tl_lca_builder_free(r->builder);
    tl_map_free(r->activities);
    tl_map_free(r->flows);
    tl_arena_free(r->arena);
    r->builder = NULL;
    r->activities = r->flows = NULL;
    r->arena = NULL;
}

static tl_status read_all(struct reading *r, unsigned threads, tl_inventory_folder *out)
{
    bool again = false;
    tl_status st = begin(r);
    if (st == TL_OK)
        st = read_matrices(r, threads, &again);
    if (st == TL_OK && again) {
        end(r);
        for (size_t i = 0; i < TL_INVENTORY_FILES; i++)
            tl_csv_rewind(r->files[i]);
        if ((st = begin(r)) == TL_OK)
            st = read_matrices(r, 1, &again);
    }
    if (st != TL_OK || (st = read_characterisation(r)) != TL_OK ||
        (st = read_demand(r, out)) != TL_OK)
        return st;
    out->category = r->category;
    st = tl_lca_builder_finish(r->builder, &out->system, r->err);
    return st == TL_OK
               ? st
               : tl_context(r->err, st, "%s", tl_csv_name(r->files[TL_INVENTORY_TECHNOSPHERE]));
}

tl_status tl_inventory_folder_read(tl_inventory_folder *out,
                                   tl_csv *const files[TL_INVENTORY_FILES], unsigned threads,
                                   tl_error *err)
{
    struct reading r = { .files = files, .err = err };
    *out = (tl_inventory_folder){ 0 };
    tl_status st = read_all(&r, threads, out);
    end(&r);
    if (st != TL_OK)
        tl_inventory_folder_clear(out);
    return st;
}

static tl_status open_files(const char *path, tl_csv *files[TL_INVENTORY_FILES], tl_error *err)
{
    tl_arena *arena;
    tl_status st = tl_arena_new(&arena, 0, err);
    for (size_t i = 0; i < TL_INVENTORY_FILES && st == TL_OK; i++) {
        const char *name = tl_path_join(arena, path, file_names[i]);
        st = name ? tl_csv_open(&files[i], name, NULL, err) : tl_fail_nomem(err);
        if (st == TL_ENOTFOUND)
            st = tl_fail(err, TL_EINPUT, "%s: no file %s; an inventory folder needs one", path,
                         file_names[i]);
    }
    tl_arena_free(arena);
    return st;
}

tl_status tl_inventory_folder_load(tl_inventory_folder *out, const char *path, unsigned threads,
                                   tl_error *err)
{
    tl_csv *files[TL_INVENTORY_FILES] = { NULL };
    struct stat s;
    *out = (tl_inventory_folder){ 0 };
    if (stat(path, &s) != 0)
        return tl_fail(err, TL_ENOTFOUND, "%s: no such folder", path);
    if (!S_ISDIR(s.st_mode))
        return tl_fail(err, TL_EINPUT, "%s: is a file, expected an inventory folder", path);
    tl_status st = open_files(path, files, err);
    if (st == TL_OK)
        st = tl_inventory_folder_read(out, files, threads, err);
    for (size_t i = 0; i < TL_INVENTORY_FILES; i++)
        tl_csv_close(files[i]);
    return st;
}

void tl_inventory_folder_clear(tl_inventory_folder *f)
{
    tl_lca_system_free(f->system);
    free(f->demand);
    *f = (tl_inventory_folder){ 0 };
}

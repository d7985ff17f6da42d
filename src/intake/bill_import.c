/* bill_import.c - rows to parts, checked by building the car with them. */
#include "intake/bill_import.h"

#include <stdlib.h>
#include <string.h>

#include "footprint/demand.h"
#include "format/csv.h"
#include "store/audit.h"

enum { PART, MATERIAL, MASS, SUPPLIER, PROCESS, RECYCLED, COLUMNS };

struct bill {
    const tl_car_model *model;
    tl_csv *csv;
    int at[COLUMNS];
    tl_arena *arena;
    tl_vehicle_part *parts; /* owned */
    size_t n, cap;
    tl_bill_fault *faults; /* owned */
    size_t n_faults, fault_cap;
};

static const char *cell(const struct bill *b, int column)
{
    tl_span s = tl_span_trim(tl_csv_cell(b->csv, b->at[column]));
    return tl_arena_copy(b->arena, s.p, s.n);
}

static tl_status check_words(const struct bill *b, const tl_vehicle_part *p, tl_error *err)
{
    const tl_car_rule *r = &b->model->rule;
    size_t material = tl_car_rule_material(r, p->material);
    if (!*p->part)
        return tl_csv_fail(b->csv, b->at[PART], err, "empty");
    if (material == r->material_count)
        return tl_csv_fail(b->csv, b->at[MATERIAL], err, "'%.60s' is no material of the rule",
                           p->material);
    if (*p->process && tl_car_model_process(b->model, material, p->process) == TL_LCA_NONE)
        return tl_csv_fail(b->csv, b->at[PROCESS], err, "'%.60s' is no process for %s", p->process,
                           p->material);
    return TL_OK;
}

static tl_status read_part(const struct bill *b, tl_vehicle_part *p, tl_error *err)
{
    bool given;
    *p = (tl_vehicle_part){ cell(b, PART),     cell(b, MATERIAL), 0,
                            cell(b, SUPPLIER), cell(b, PROCESS),  0 };
    if (!p->part || !p->material || !p->supplier || !p->process)
        return tl_fail_nomem(err);
    tl_status st = check_words(b, p, err);
    if (st == TL_OK)
        st = tl_csv_number(b->csv, b->at[MASS], &p->mass_kg, err);
    if (st == TL_OK && p->mass_kg <= 0)
        st = tl_csv_fail(b->csv, b->at[MASS], err, "%g kg, expected a mass above 0", p->mass_kg);
    if (st == TL_OK)
        st = tl_csv_number_opt(b->csv, b->at[RECYCLED], &p->recycled_share, &given, err);
    if (st == TL_OK && (p->recycled_share < 0 || p->recycled_share > 1))
        st = tl_csv_fail(b->csv, b->at[RECYCLED], err, "%g, expected 0 to 1", p->recycled_share);
    return st;
}

static tl_status note_fault(struct bill *b, size_t row, const char *text, tl_error *err)
{
    tl_status st = tl_grow(&b->faults, &b->fault_cap, b->n_faults + 1, sizeof *b->faults, err);
    const char *kept = tl_arena_str(b->arena, text);
    if (st == TL_OK && !kept)
        st = tl_fail_nomem(err);
    if (st == TL_OK)
        b->faults[b->n_faults++] = (tl_bill_fault){ row, kept };
    return st;
}

static tl_status read_rows(struct bill *b, tl_error *err)
{
    tl_status st = TL_OK;
    bool more = true;
    while (st == TL_OK && more) {
        tl_error why = { 0 };
        tl_vehicle_part part;
        tl_status read = tl_csv_next(b->csv, &more, &why);
        if (read == TL_OK && !more)
            break;
        if (read == TL_OK)
            read = read_part(b, &part, &why);
        if (read == TL_EINPUT) {
            st = note_fault(b, tl_csv_row(b->csv), why.text, err);
        } else if (read != TL_OK) {
            if (err)
                *err = why;
            st = read;
        } else if ((st = tl_grow(&b->parts, &b->cap, b->n + 1, sizeof *b->parts, err)) == TL_OK) {
            b->parts[b->n++] = part;
        }
    }
    return st;
}

static tl_status read_bill(struct bill *b, const char *path, tl_error *err)
{
    static const char *const names[COLUMNS] = { "part",     "material", "mass_kg",
                                                "supplier", "process",  "recycled_share" };
    const tl_csv_opts opts = { .workbook = true, .wanted = names, .n_wanted = COLUMNS };
    tl_status st = tl_csv_open(&b->csv, path, &opts, err);
    for (size_t i = 0; st == TL_OK && i < COLUMNS; i++)
        st = tl_csv_require(b->csv, names[i], &b->at[i], err);
    if (st == TL_OK)
        st = read_rows(b, err);
    if (st == TL_OK && b->n_faults)
        return tl_fail(err, TL_EINPUT, "%s; nothing was imported", b->faults[0].text);
    if (st == TL_OK && b->n == 0)
        return tl_fail(err, TL_EINPUT, "%s: no rows below the header", path);
    return st;
}

/* The car must still be computable with the bill: mass, processes, recycled routes. */
static tl_status check_car(const struct bill *b, const tl_vehicle *v, const char *id, tl_error *err)
{
    tl_demand d = { 0 };
    tl_status st = tl_car_demand(b->model, v, b->parts, b->n, &d, err);
    if (st != TL_OK)
        st = tl_context(err, st, "car %s", id);
    tl_demand_clear(&d);
    return st;
}

static bool same_part(const tl_vehicle_part *a, const tl_vehicle_part *b)
{
    return strcmp(a->part, b->part) == 0 && strcmp(a->material, b->material) == 0 &&
           a->mass_kg == b->mass_kg && strcmp(a->supplier, b->supplier) == 0 &&
           strcmp(a->process, b->process) == 0 && a->recycled_share == b->recycled_share;
}

/* Who may change a bill is told whether it is the same, by a key that cannot read it too. */
static tl_status is_same(const struct bill *b, tl_store *s, const char *id, bool *same,
                         tl_error *err)
{
    tl_vehicle_part *old;
    size_t n;
    tl_status st = tl_vehicle_parts(s, tl_viewer_program(), id, b->arena, &old, &n, err);
    *same = st == TL_OK && n == b->n;
    for (size_t i = 0; *same && i < n; i++)
        *same = same_part(&old[i], &b->parts[i]);
    return st;
}

static tl_status store_bill(const struct bill *b, tl_store *s, const char *id, const char *actor,
                            tl_error *err)
{
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = tl_vehicle_set_parts(s, id, b->parts, b->n, err);
    if (st == TL_OK)
        st = tl_audit_append(s, actor, "vehicle.bill", id, NULL, err);
    if (st == TL_OK)
        st = tl_store_commit(s, err);
    if (st != TL_OK)
        tl_store_rollback(s);
    return st;
}

tl_status tl_bill_import(tl_store *s, const tl_car_model *m, const char *id, const char *path,
                         const tl_viewer *by, tl_arena *arena, tl_bill_verdict *out, tl_error *err)
{
    struct bill b = { .model = m, .arena = arena };
    tl_vehicle v;
    *out = (tl_bill_verdict){ 0 };
    tl_status st = tl_vehicle_own(s, by, id, arena, &v, err);
    if (st == TL_OK)
        st = read_bill(&b, path, err);
    if (st == TL_OK)
        st = check_car(&b, &v, id, err);
    if (st == TL_OK)
        st = is_same(&b, s, id, &out->same, err);
    if (st == TL_OK && !out->same)
        st = store_bill(&b, s, id, tl_viewer_name(by), err);
    for (size_t i = 0; i < b.n; i++)
        out->mass_kg += b.parts[i].mass_kg;
    out->parts = b.n;
    tl_bill_fault *kept = tl_arena_alloc(arena, b.n_faults, sizeof *kept);
    if (kept && b.n_faults)
        memcpy(kept, b.faults, b.n_faults * sizeof *kept);
    out->faults = kept;
    out->n_faults = kept ? b.n_faults : 0;
    tl_csv_close(b.csv);
    free(b.parts);
    free(b.faults);
    return st;
}

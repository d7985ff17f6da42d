/* batch_fleet.c - a computed fleet into a publication round. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "company/company.h"
#include "format/json.h"
#include "registry/batch_priv.h"

enum { CHUNK = 500 };

/* Cars on their way into a batch. */
struct adding {
    tl_record_writer w;
    const char *id;
    const tl_fleet *fleet;
    const tl_car_model *m;
    tl_batch_model shared;
    const char *reason;     /* of a further version */
    tl_arena *kept;         /* for the whole of it */
    tl_arena *scratch;      /* emptied with each car */
    tl_map *brands;         /* brand -> place in companies */
    const char **companies; /* owned; ids, "" where none is meant */
    size_t n_companies, cap;
    bool bills;                             /* some car has a bill of materials of its own */
    int64_t written, same, stayed, refused; /* of the transaction */
};

static tl_status open_batch(struct adding *a, const char *title, tl_error *err)
{
    char today[TL_DAY_TEXT];
    tl_batch b;
    bool found;
    tl_query *q;
    tl_buf detail;
    tl_status st = tl_record_day("", today, err);
    if (st != TL_OK || (st = tl_batch_find(a->w.s, a->id, a->kept, &b, &found, err)) != TL_OK ||
        found)
        return st;
    if ((st = tl_record_text_check("title", title, TL_RECORD_NAME_MAX, false, true, err)) !=
            TL_OK ||
        (st = tl_store_query(a->w.s, "batch.insert", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, a->id);
    tl_query_text(q, 2, title);
    tl_query_text(q, 3, today);
    if ((st = tl_query_run(q, err)) != TL_OK)
        return st;
    tl_buf_init(&detail, 0);
    tl_json j = tl_json_start(&detail, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "title", title);
    tl_json_end(&j);
    return tl_record_audit(a->w.s, a->w.who, "batch.open", "batch", a->id, &detail, err);
}

/* The company a brand means; a brand that is none in the register has no company. */
static tl_status company_of(struct adding *a, const char *brand, const char **out, tl_error *err)
{
    tl_company company;
    uint64_t at;
    bool found;
    if (tl_map_find(a->brands, tl_span_of(brand), &at)) {
        *out = a->companies[at];
        return TL_OK;
    }
    tl_status st = tl_company_lookup(a->w.s, brand, a->scratch, &company, &found, err);
    if (st != TL_OK)
        return st;
    const char *id = found ? tl_arena_str(a->kept, company.id) : "";
    if (!id)
        return tl_fail_nomem(err);
    st = tl_grow((void *)&a->companies, &a->cap, a->n_companies + 1, sizeof *a->companies, err);
    if (st == TL_OK)
        st = tl_map_add(a->brands, tl_span_of(brand), a->n_companies, NULL, &found, err);
    if (st == TL_OK)
        a->companies[a->n_companies++] = *out = id;
    return st;
}

/* A car that an organisation brought in is its company's, whatever brand the file says: what is not
 * published of it is that company's to see. */
static tl_status owner_of(struct adding *a, const tl_vehicle *v, const char **out, tl_error *err)
{
    if (!v->tenant)
        return company_of(a, v->brand, out, err);
    *out = v->company ? v->company : "";
    return TL_OK;
}

/* A fleet that was not explained has no hashes yet. */
static tl_status hash_car(struct adding *a, const tl_fleet_car *car, const tl_vehicle_part *parts,
                          size_t n, tl_record *r, tl_error *err)
{
    if (car->input_hash)
        return TL_OK;
    char *hex = tl_arena_alloc(a->scratch, 1, TL_SHA256_HEX);
    tl_status st = hex ? TL_OK : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_footprint_input_hash(a->m, car->vehicle, parts, n, hex, err);
    r->input_hash = hex;
    return st;
}

/* Runs a query of which parameters 1 and 2 are the batch and the text, and 3 another text. */
static tl_status run(struct adding *a, const char *name, const char *second, const char *third,
                     tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(a->w.s, name, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, a->id);
    tl_query_text(q, 2, second);
    if (third)
        tl_query_text(q, 3, third);
    return tl_query_run(q, err);
}

/* Whether the car stays as it is: in the hands of reviewers, or published with this very value.
 * Otherwise sets the reason of the version that is written. */
static tl_status stays(struct adding *a, tl_record *r, bool *out, tl_error *err)
{
    tl_record_row old;
    bool found;
    tl_status st = tl_record_find(a->w.s, r->id, -1, a->scratch, &old, &found, err);
    *out = false;
    if (st != TL_OK || !found)
        return st;
    if (old.r.state >= TL_RECORD_PUBLISHED)
        *out = old.r.value == r->value && strcmp(old.r.pins, r->pins) == 0;
    else
        *out = old.r.state != TL_RECORD_PRELIMINARY;
    if (old.r.state == TL_RECORD_PRELIMINARY)
        r->reason = old.r.reason;
    else
        r->reason = a->reason;
    return st;
}

static tl_status refuse(struct adding *a, const tl_fleet_car *car, const char *why, tl_error *err)
{
    a->refused++;
    return run(a, "batch_refusal.insert", car->vehicle->id, why, err);
}

/* What cannot be a record, such as a name of 10,000 bytes, is a refusal of this car alone. */
static tl_status write_car(struct adding *a, const tl_fleet_car *car, tl_record *r, tl_error *err)
{
    tl_record_put_done done;
    tl_error why = { 0 };
    tl_status st = tl_record_write(&a->w, r, &done, &why);
    if (st == TL_EINPUT)
        return refuse(a, car, why.text, err);
    if (st != TL_OK) {
        if (err)
            *err = why;
        return st;
    }
    a->written += !done.same;
    a->same += done.same;
    st = run(a, "batch_record.insert", r->id, NULL, err);
    return st == TL_OK ? run(a, "batch_refusal.delete", r->id, NULL, err) : st;
}

static tl_status put_car(struct adding *a, const tl_fleet_car *car, const tl_spread *spread,
                         tl_error *err)
{
    tl_record r;
    tl_vehicle_part *parts = NULL;
    size_t n = 0;
    bool stay = false;
    tl_error why = { 0 };
    tl_arena_reset(a->scratch);
    if (car->refused)
        return refuse(a, car, car->refused, err);
    tl_status st = tl_batch_car_record(&a->shared, car, spread, a->scratch, &r, err);
    if (st == TL_OK && a->bills && (!car->input_hash || a->m->supplier_factor_count > 0))
        st = tl_vehicle_parts(a->w.s, a->fleet->who, car->vehicle->id, a->scratch, &parts, &n, err);
    if (st != TL_OK)
        return st;
    st = tl_batch_car_declared(&a->shared, parts, n, a->scratch, &r, &why);
    if (st == TL_EINPUT)
        return refuse(a, car, why.text, err);
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    if ((st = stays(a, &r, &stay, err)) == TL_OK && stay) {
        a->stayed++;
        return TL_OK;
    }
    if (st != TL_OK || (st = owner_of(a, car->vehicle, &r.company, err)) != TL_OK ||
        (st = hash_car(a, car, parts, n, &r, err)) != TL_OK)
        return st;
    return write_car(a, car, &r, err);
}

static tl_status audit_chunk(struct adding *a, const char *first, const char *last, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "first", first);
    tl_json_text(&j, "last", last);
    tl_json_int(&j, "written", a->written);
    tl_json_int(&j, "same", a->same);
    tl_json_int(&j, "stayed", a->stayed);
    tl_json_int(&j, "refused", a->refused);
    tl_json_end(&j);
    return tl_record_audit(a->w.s, a->w.who, "batch.add", "batch", a->id, &b, err);
}

/* Cars from..until of the fleet in one transaction. */
static tl_status add_chunk(struct adding *a, const char *title, size_t from, size_t until,
                           tl_error *err)
{
    const tl_fleet *f = a->fleet;
    tl_status st = tl_store_begin(a->w.s, err);
    if (st != TL_OK)
        return st;
    a->written = a->same = a->stayed = a->refused = 0;
    if (from == 0)
        st = open_batch(a, title, err);
    for (size_t i = from; st == TL_OK && i < until; i++)
        st = put_car(a, &f->cars[i], f->spreads ? &f->spreads[i] : NULL, err);
    if (st == TL_OK && a->written + a->refused > 0)
        st = audit_chunk(a, f->cars[from].vehicle->id, f->cars[until - 1].vehicle->id, err);
    if (st == TL_OK)
        return tl_store_commit(a->w.s, err);
    tl_store_rollback(a->w.s);
    return st;
}

static tl_status add_all(struct adding *a, const char *title, const tl_log *progress, tl_error *err)
{
    size_t n = a->fleet->n_cars, from = 0;
    tl_status st;
    tl_progress bar = tl_progress_start(progress, "records", n);
    do { /* once even for an empty fleet: the batch is opened */
        size_t until = n - from > CHUNK ? from + CHUNK : n;
        st = add_chunk(a, title, from, until, err);
        from = until;
        if (st == TL_OK)
            st = tl_progress_at(&bar, from, err);
    } while (st == TL_OK && from < n);
    tl_progress_end(&bar);
    return st;
}

static tl_status begin(struct adding *a, tl_store *s, const char *who, tl_error *err)
{
    int64_t bills = 0;
    tl_status st = tl_record_writer_init(&a->w, s, who, err);
    if (st != TL_OK || (st = tl_record_id_check("batch", a->id, 64, err)) != TL_OK ||
        (st = tl_arena_new(&a->kept, 0, err)) != TL_OK ||
        (st = tl_arena_new(&a->scratch, 0, err)) != TL_OK ||
        (st = tl_map_new(&a->brands, err)) != TL_OK ||
        (st = tl_vehicle_parts_count(s, a->fleet->who, &bills, err)) != TL_OK ||
        (st = tl_batch_model_make(a->m, a->kept, &a->shared, err)) != TL_OK)
        return st;
    a->bills = bills > 0;
    a->reason = tl_arena_printf(a->kept, "batch %s: computed again", a->id);
    return a->reason ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_batch_add_fleet(tl_store *s, const char *id, const char *title, const tl_fleet *fleet,
                             const tl_car_model *m, const char *who, const tl_log *progress,
                             tl_arena *arena, tl_batch *out, tl_error *err)
{
    struct adding a = { .id = id, .fleet = fleet, .m = m };
    *out = (tl_batch){ 0 };
    assert(!tl_store_in_transaction(s));
    tl_status st = begin(&a, s, who, err);
    if (st == TL_OK)
        st = add_all(&a, title, progress, err);
    if (st == TL_OK)
        st = tl_batch_get(s, id, arena, out, err);
    tl_record_writer_clear(&a.w);
    tl_map_free(a.brands);
    free((void *)a.companies);
    tl_arena_free(a.scratch);
    tl_arena_free(a.kept);
    return st;
}

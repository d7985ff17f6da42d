/* facility.c - a facility kept and drawn; every change audited as "facility/<id>". */
#include <assert.h>
#include <math.h>

#include "format/json.h"
#include "registry/loan_priv.h"
#include "registry/record_priv.h"
#include "store/audit.h"

tl_status tl_facility_audit(tl_store *s, const char *who, const char *action, const char *id,
                            tl_buf *detail, tl_error *err)
{
    tl_buf object;
    tl_buf_init(&object, 200);
    tl_buf_printf(&object, "facility/%s", id);
    tl_status st = tl_buf_status(detail, err);
    if (st == TL_OK && (st = tl_buf_status(&object, err)) == TL_OK)
        st = tl_audit_append(s, who, action, tl_buf_text(&object), tl_buf_text(detail), err);
    tl_buf_clear(&object);
    tl_buf_clear(detail);
    return st;
}

/* A facility that is still a draft. */
static tl_status find_draft(tl_store *s, const char *id, tl_arena *arena, tl_facility *out,
                            tl_money *drawn, tl_error *err)
{
    tl_status st = tl_facility_head(s, id, arena, out, drawn, err);
    if (st == TL_OK && *out->signed_on)
        st = tl_fail(err, TL_ECONFLICT, "facility '%s' was signed on %s and does not change",
                     out->id, out->signed_on);
    return st;
}

static tl_status above_limit(const tl_facility *f, tl_money drawn, tl_error *err)
{
    char amount[TL_LOAN_TEXT], limit[TL_LOAN_TEXT];
    tl_money_format(drawn, amount);
    tl_money_format(f->limit, limit);
    return tl_fail(err, TL_EFORBIDDEN, "%s %s would be drawn, above the limit of %s %s", amount,
                   f->currency, limit, f->currency);
}

static tl_status write_facility(tl_store *s, const tl_facility *f, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "facility.put", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, f->id);
    tl_query_text(q, 2, f->borrower);
    tl_query_text(q, 3, f->currency);
    tl_query_text(q, 4, f->grid_date);
    tl_query_int(q, 5, f->limit);
    tl_query_text(q, 6, tl_loan_basis_name(f->basis));
    tl_query_text(q, 7, tl_loan_weight_name(f->weight));
    if (f->tenant)
        tl_query_text(q, 8, f->tenant);
    else
        tl_query_null(q, 8);
    if ((st = tl_query_run(q, err)) != TL_OK ||
        (st = tl_store_query(s, "facility_step.clear", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, f->id);
    return tl_query_run(q, err);
}

static tl_status write_steps(tl_store *s, const tl_facility *f, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "facility_step.insert", &q, err);
    for (size_t i = 0; i < f->n_steps && st == TL_OK; i++) {
        const tl_loan_step *step = &f->steps[i];
        tl_query_text(q, 1, f->id);
        tl_query_int(q, 2, (int64_t)i + 1);
        tl_query_null(q, 3);
        tl_query_null(q, 4);
        if (f->basis == TL_LOAN_BY_CLASS)
            tl_query_int(q, 3, step->class_number);
        else if (isfinite(step->up_to_g_km))
            tl_query_number(q, 4, step->up_to_g_km);
        tl_query_int(q, 5, step->basis_points);
        st = tl_query_run(q, err);
    }
    return st;
}

static tl_status audit_put(tl_store *s, const tl_facility *f, const char *who, tl_error *err)
{
    tl_buf b;
    char limit[TL_LOAN_TEXT];
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_money_format(f->limit, limit);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "borrower", f->borrower);
    tl_json_text(&j, "currency", f->currency);
    tl_json_exact(&j, "limit", limit);
    tl_json_text(&j, "basis", tl_loan_basis_name(f->basis));
    tl_json_text(&j, "weight", tl_loan_weight_name(f->weight));
    tl_json_text(&j, "grid_date", f->grid_date);
    tl_json_array(&j, "grid"); /* [step, basis points]; a step without limit is null */
    for (size_t i = 0; i < f->n_steps; i++) {
        tl_json_array(&j, NULL);
        tl_json_number(&j, NULL,
                       f->basis == TL_LOAN_BY_CLASS ? (double)f->steps[i].class_number
                                                    : f->steps[i].up_to_g_km);
        tl_json_int(&j, NULL, f->steps[i].basis_points);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_json_end(&j);
    return tl_facility_audit(s, who, "facility.put", f->id, &b, err);
}

tl_status tl_facility_put(tl_store *s, const tl_facility *f, const char *who, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_facility there;
    tl_money drawn = 0;
    tl_error why = { 0 };
    assert(tl_store_in_transaction(s));
    tl_status st = tl_facility_check(f, err);
    if (st != TL_OK || (st = tl_arena_new(&scratch, TL_LOAN_SCRATCH_BYTES, err)) != TL_OK)
        return st;
    st = find_draft(s, f->id, scratch, &there, &drawn, &why);
    tl_arena_free(scratch);
    if (st != TL_OK && st != TL_ENOTFOUND)
        return tl_fail(err, st, "%s", why.text);
    if (drawn > f->limit)
        return above_limit(f, drawn, err);
    if ((st = write_facility(s, f, err)) == TL_OK && (st = write_steps(s, f, err)) == TL_OK)
        st = audit_put(s, f, who, err);
    return st == TL_OK ? st : tl_context(err, st, "facility '%.80s'", f->id);
}

static tl_status check_car(const char *record, tl_money price, tl_error *err)
{
    tl_status st = tl_record_id_check("record", record, TL_RECORD_ID_MAX, err);
    return st != TL_OK || price > 0 ? st
                                    : tl_fail(err, TL_EINPUT, "price: expected an amount above 0");
}

static tl_status run_car(tl_store *s, const char *query, const char *id, const char *record,
                         tl_money price, int64_t *changed, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, record);
    tl_query_int(q, 3, price);
    st = tl_query_run(q, err);
    *changed = st == TL_OK ? tl_query_changed(q) : 0;
    return st;
}

static tl_status audit_car(tl_store *s, const char *who, const char *action, const char *id,
                           const char *record, tl_money price, tl_error *err)
{
    tl_buf b;
    char text[TL_LOAN_TEXT];
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_money_format(price, text);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "record", record);
    tl_json_exact(&j, "price", text);
    tl_json_end(&j);
    return tl_facility_audit(s, who, action, id, &b, err);
}

static tl_status draw(tl_store *s, const char *id, const char *record, tl_money price,
                      const char *who, tl_arena *scratch, tl_error *err)
{
    tl_facility f;
    tl_money drawn = 0, total;
    int64_t changed;
    tl_status st = find_draft(s, id, scratch, &f, &drawn, err);
    if (st != TL_OK)
        return st;
    if (price > f.limit - drawn) {
        if (__builtin_add_overflow(drawn, price, &total))
            return tl_fail(err, TL_EINPUT, "price: too large for an amount");
        return above_limit(&f, total, err);
    }
    if ((st = tl_loan_check_record(s, record, scratch, err)) != TL_OK || /* f is gone from here */
        (st = run_car(s, "facility_car.insert", id, record, price, &changed, err)) != TL_OK)
        return st;
    return audit_car(s, who, "facility.draw", id, record, price, err);
}

tl_status tl_facility_draw(tl_store *s, const char *id, const char *record, tl_money price,
                           const char *who, tl_error *err)
{
    tl_arena *scratch = NULL;
    assert(tl_store_in_transaction(s));
    tl_status st = check_car(record, price, err);
    if (st != TL_OK || (st = tl_arena_new(&scratch, TL_LOAN_SCRATCH_BYTES, err)) != TL_OK)
        return st;
    st = draw(s, id, record, price, who, scratch, err);
    tl_arena_free(scratch);
    return st;
}

tl_status tl_facility_undraw(tl_store *s, const char *id, const char *record, tl_money price,
                             const char *who, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_facility f;
    tl_money drawn;
    int64_t changed = 0;
    assert(tl_store_in_transaction(s));
    tl_status st = check_car(record, price, err);
    if (st != TL_OK || (st = tl_arena_new(&scratch, TL_LOAN_SCRATCH_BYTES, err)) != TL_OK)
        return st;
    if ((st = find_draft(s, id, scratch, &f, &drawn, err)) == TL_OK)
        st = run_car(s, "facility_car.delete", id, record, price, &changed, err);
    tl_arena_free(scratch);
    if (st == TL_OK && changed == 0)
        st = tl_fail(err, TL_ENOTFOUND, "facility '%.80s': no car '%.80s' at this price", id,
                     record);
    return st == TL_OK ? audit_car(s, who, "facility.undraw", id, record, price, err) : st;
}

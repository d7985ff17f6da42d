/* facility_sign.c - the day a facility is signed: what its cars are is pinned for ever. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "format/json.h"
#include "registry/loan_priv.h"
#include "registry/record_priv.h"

/* Of one facility and its cars. */
#define ARENA_BYTES ((size_t)256 << 20)

/* What stands in force on the day, in memory. */
static tl_status find_pins(tl_store *s, tl_kept_car *kept, size_t n, const char *day, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_loan_footprint pin = { 0, NAN, 0, "" };
    tl_status st = tl_arena_new(&scratch, TL_LOAN_SCRATCH_BYTES, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        tl_loan_car *car = &kept[i].car;
        if (i == 0 || strcmp(car->record, kept[i - 1].car.record) != 0)
            st = tl_loan_footprint_on(s, car->record, day, scratch, &pin, err);
        car->version = car->newest = pin.version;
        car->g_km = car->newest_g_km = pin.g_km;
        car->class_number = car->newest_class = pin.class_number;
    }
    tl_arena_free(scratch);
    return st;
}

/* A facility whose margin cannot be computed is not signed. */
static tl_status compute(const tl_facility *f, const tl_kept_car *kept, size_t n,
                         tl_loan_result *out, tl_error *err)
{
    tl_loan_car *cars = tl_new_array(n, sizeof *cars);
    if (!cars)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        cars[i] = kept[i].car;
    tl_status st = tl_loan_compute(f, cars, n, out, err);
    free(cars);
    return st;
}

static tl_status write_pins(tl_store *s, const char *id, const tl_kept_car *kept, size_t n,
                            const char *day, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "facility_car.pin", &q, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        const tl_loan_car *car = &kept[i].car;
        tl_query_text(q, 1, id);
        tl_query_int(q, 2, kept[i].place);
        tl_query_int(q, 3, car->version);
        if (isfinite(car->g_km))
            tl_query_number(q, 4, car->g_km);
        else
            tl_query_null(q, 4);
        tl_query_int(q, 5, car->class_number);
        st = tl_query_run(q, err);
    }
    if (st != TL_OK || (st = tl_store_query(s, "facility.sign", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, day);
    return tl_query_run(q, err);
}

static tl_status audit_sign(tl_store *s, const char *id, const char *day, const char *who, size_t n,
                            const tl_loan_result *r, tl_error *err)
{
    tl_buf b;
    char drawn[TL_LOAN_TEXT], margin[TL_LOAN_TEXT];
    tl_buf_init(&b, 0);
    tl_money_format(r->drawn, drawn);
    tl_margin_format(r->margin_e4, margin);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "signed_on", day);
    tl_json_int(&j, "cars", (int64_t)n);
    tl_json_exact(&j, "drawn", drawn);
    tl_json_exact(&j, "margin", margin);
    tl_json_end(&j);
    return tl_facility_audit(s, who, "facility.sign", id, &b, err);
}

static tl_status sign(tl_store *s, const char *id, const char *day, const char *who,
                      tl_arena *arena, tl_error *err)
{
    tl_facility f;
    tl_kept_car *kept;
    tl_loan_result r;
    tl_money drawn;
    size_t n;
    tl_status st = tl_facility_head(s, id, arena, &f, &drawn, err);
    if (st != TL_OK)
        return st;
    if (*f.signed_on)
        return tl_fail(err, TL_ECONFLICT, "facility '%s' was signed on %s already", f.id,
                       f.signed_on);
    if (strcmp(day, f.grid_date) < 0)
        return tl_fail(err, TL_EINPUT, "facility '%s': signed on %s, before its grid of %s", f.id,
                       day, f.grid_date);
    if ((st = tl_facility_cars(s, f.id, arena, &kept, &n, err)) != TL_OK ||
        (st = find_pins(s, kept, n, day, err)) != TL_OK ||
        (st = compute(&f, kept, n, &r, err)) != TL_OK ||
        (st = write_pins(s, f.id, kept, n, day, err)) != TL_OK)
        return st;
    return audit_sign(s, f.id, day, who, n, &r, err);
}

tl_status tl_facility_sign(tl_store *s, const char *id, const char *day, const char *who,
                           tl_error *err)
{
    tl_arena *arena = NULL;
    char today[TL_DAY_TEXT], on[TL_DAY_TEXT];
    assert(tl_store_in_transaction(s));
    tl_status st = tl_record_day("", today, err);
    if (st != TL_OK || (st = tl_record_day(day, on, err)) != TL_OK)
        return st;
    if (strcmp(on, today) > 0)
        return tl_fail(err, TL_EINPUT, "day: %s is still to come", on);
    if ((st = tl_arena_new(&arena, ARENA_BYTES, err)) != TL_OK)
        return st;
    st = sign(s, id, on, who, arena, err);
    tl_arena_free(arena);
    return st;
}

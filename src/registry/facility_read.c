/* facility_read.c - facilities out of the database, with what the register says of their cars. */
#include <math.h>
#include <string.h>

#include "registry/loan_priv.h"
#include "registry/record_priv.h"

static const char *column(tl_query *q, int i, tl_arena *arena, bool *full)
{
    const char *text = tl_query_get_text(q, i);
    const char *kept = tl_arena_str(arena, text ? text : "");
    *full = *full || !kept;
    return kept;
}

/* Columns as registry_loan.sql names them. */
static tl_status read_row(tl_query *q, tl_arena *arena, tl_facility *out, tl_money *drawn,
                          tl_error *err)
{
    bool full = false;
    *out = (tl_facility){ .id = column(q, 0, arena, &full),
                          .borrower = column(q, 1, arena, &full),
                          .currency = column(q, 2, arena, &full),
                          .grid_date = column(q, 3, arena, &full),
                          .limit = tl_query_get_int(q, 4),
                          .signed_on = column(q, 7, arena, &full),
                          .tenant = tl_query_is_null(q, 9) ? NULL : column(q, 9, arena, &full) };
    out->basis =
        tl_text_equal(tl_query_get_text(q, 5), "g-km") ? TL_LOAN_BY_G_KM : TL_LOAN_BY_CLASS;
    out->weight =
        tl_text_equal(tl_query_get_text(q, 6), "price") ? TL_LOAN_BY_PRICE : TL_LOAN_BY_COUNT;
    *drawn = tl_query_get_int(q, 8);
    return full ? tl_fail_nomem(err) : TL_OK;
}

static tl_status read_steps(tl_store *s, tl_facility *f, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "facility_step.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, f->id);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row && f->n_steps < TL_LOAN_STEPS_MAX)
        f->steps[f->n_steps++] =
            (tl_loan_step){ .class_number = (int)tl_query_get_int(q, 0),
                            .up_to_g_km =
                                tl_query_is_null(q, 1) ? INFINITY : tl_query_get_number(q, 1),
                            .basis_points = (int)tl_query_get_int(q, 2) };
    tl_query_reset(q);
    return st;
}

static tl_status no_facility(const char *id, tl_error *err)
{
    return tl_fail(err, TL_ENOTFOUND, "no facility '%.80s'", id);
}

tl_status tl_facility_head(tl_store *s, const char *id, tl_arena *arena, tl_facility *out,
                           tl_money *drawn, tl_error *err)
{
    tl_query *q;
    bool found = false;
    tl_status st = tl_store_query(s, "facility.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if ((st = tl_query_step(q, &found, err)) == TL_OK)
        st = found ? read_row(q, arena, out, drawn, err) : no_facility(id, err);
    tl_query_reset(q);
    return st == TL_OK ? read_steps(s, out, err) : st;
}

tl_status tl_facility_seen(tl_store *s, const tl_viewer *v, const char *id, tl_arena *arena,
                           tl_error *err)
{
    tl_facility f;
    tl_money drawn;
    tl_status st = tl_facility_head(s, id, arena, &f, &drawn, err);
    return st != TL_OK || tl_viewer_of_tenant(v, f.tenant) ? st : no_facility(id, err);
}

tl_status tl_facility_cars(tl_store *s, const char *id, tl_arena *arena, tl_kept_car **out,
                           size_t *n, tl_error *err)
{
    tl_query *q;
    size_t cap = 0;
    bool row = false, full = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "facility_car.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, out, &cap, *n + 1, sizeof **out, err)) != TL_OK)
            break;
        (*out)[*n] =
            (tl_kept_car){ .place = tl_query_get_int(q, 0),
                           .car = { .record = column(q, 1, arena, &full),
                                    .price = tl_query_get_int(q, 2),
                                    .version = tl_query_get_int(q, 3),
                                    .g_km =
                                        tl_query_is_null(q, 4) ? NAN : tl_query_get_number(q, 4),
                                    .class_number = (int)tl_query_get_int(q, 5),
                                    .newest_g_km = NAN } };
        if (full) {
            st = tl_fail_nomem(err);
            break;
        }
        ++*n;
    }
    tl_query_reset(q);
    return st;
}

/* What is published now, or was in force on `day`; of a draft that is what signing would pin. Cars
 * of one model usually stand together: asked once. */
static tl_status add_newest(tl_store *s, bool draft, const char *day, tl_arena *arena,
                            tl_loan_car *cars, size_t n, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_loan_footprint now = { 0, NAN, 0, "" };
    const char *product = "";
    tl_status st = tl_arena_new(&scratch, TL_LOAN_SCRATCH_BYTES, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        tl_loan_car *car = &cars[i];
        if (i == 0 || strcmp(car->record, cars[i - 1].record) != 0)
            st = *day ? tl_loan_footprint_on(s, car->record, day, scratch, &now, err)
                      : tl_loan_footprint_now(s, car->record, scratch, &now, err);
        if (st == TL_OK && now.product && !(product = tl_arena_str(arena, now.product)))
            st = tl_fail_nomem(err);
        now.product = NULL; /* in the arena by now */
        car->product = product;
        car->newest = now.version;
        car->newest_g_km = now.g_km;
        car->newest_class = now.class_number;
        if (draft) {
            car->version = now.version;
            car->g_km = now.g_km;
            car->class_number = now.class_number;
        }
    }
    tl_arena_free(scratch);
    return st;
}

tl_status tl_facility_get(tl_store *s, const char *id, tl_arena *arena, tl_facility *out,
                          tl_loan_car **cars, size_t *n, tl_error *err)
{
    return tl_facility_at(s, id, "", arena, out, cars, n, err);
}

/* A test looks at a day that is past, not before the signing. */
static tl_status check_day(const tl_facility *f, const char *day, tl_error *err)
{
    char today[TL_DAY_TEXT], on[TL_DAY_TEXT];
    tl_status st = tl_record_day("", today, err);
    if (st == TL_OK && (st = tl_record_day(day, on, err)) == TL_OK && strcmp(on, today) > 0)
        st = tl_fail(err, TL_EINPUT, "day: %s is still to come", on);
    if (st == TL_OK && strcmp(on, f->signed_on) < 0)
        st = tl_fail(err, TL_EINPUT, "day: %s is before facility '%s' was signed, on %s", on, f->id,
                     f->signed_on);
    return st;
}

tl_status tl_facility_at(tl_store *s, const char *id, const char *day, tl_arena *arena,
                         tl_facility *out, tl_loan_car **cars, size_t *n, tl_error *err)
{
    tl_kept_car *kept;
    size_t kept_n;
    tl_money drawn;
    tl_status st = tl_facility_head(s, id, arena, out, &drawn, err);
    if (st == TL_OK && *day)
        st = check_day(out, day, err);
    if (st != TL_OK || !cars)
        return st;
    *cars = NULL;
    *n = 0;
    if ((st = tl_facility_cars(s, out->id, arena, &kept, &kept_n, err)) != TL_OK)
        return st;
    tl_loan_car *list = tl_arena_alloc(arena, kept_n, sizeof *list);
    if (!list && kept_n)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < kept_n; i++)
        list[i] = kept[i].car;
    if ((st = add_newest(s, !*out->signed_on, day, arena, list, kept_n, err)) != TL_OK)
        return st;
    *cars = list;
    *n = kept_n;
    return TL_OK;
}

tl_status tl_facility_list(tl_store *s, tl_arena *arena, const tl_facility **out, size_t *n,
                           tl_error *err)
{
    tl_query *q;
    size_t cap = 0;
    bool row = false;
    tl_money drawn;
    tl_facility *list = NULL;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "facility.list", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK ||
            (st = read_row(q, arena, &list[*n], &drawn, err)) != TL_OK ||
            (st = read_steps(s, &list[*n], err)) != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}

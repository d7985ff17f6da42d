/* loan_stress.c - the margin if footprints were others, and why it is another on a later day. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "registry/loan_priv.h"

tl_loan_change tl_loan_change_of(const tl_loan_car *car)
{
    if (car->version != car->newest)
        return car->version == 0  ? TL_LOAN_APPEARED
               : car->newest == 0 ? TL_LOAN_ENDED
                                  : TL_LOAN_CORRECTED;
    return car->class_number != car->newest_class ? TL_LOAN_MOVED : TL_LOAN_SAME;
}

tl_status tl_loan_effect(const tl_facility *f, const tl_loan_car *cars, size_t n, size_t car,
                         int64_t *e4, tl_error *err)
{
    const bool by_price = f->weight == TL_LOAN_BY_PRICE;
    const int64_t change = cars[car].newest_basis_points - cars[car].basis_points;
    int64_t whole = 0, part;
    for (size_t i = 0; i < n; i++)
        if (__builtin_add_overflow(whole, by_price ? cars[i].price : 1, &whole))
            return tl_fail(err, TL_EINPUT, "facility '%s': the sums go beyond 64 bits", f->id);
    if (whole <= 0 || __builtin_mul_overflow(change, by_price ? cars[car].price : 1, &part) ||
        !tl_loan_mean_e4(part, whole, e4))
        return tl_fail(err, TL_EINPUT, "facility '%s': the sums go beyond 64 bits", f->id);
    return TL_OK;
}

static void shift(const tl_facility *f, const tl_loan_what_if *w, tl_loan_car *car)
{
    if (w->missing) {
        car->version = 0;
        car->g_km = NAN;
        car->class_number = 0;
        return;
    }
    car->g_km *= 1 + w->more; /* NAN stays */
    if (car->class_number) {
        const int last = (int)f->n_steps;
        car->class_number += w->worse;
        if (f->basis == TL_LOAN_BY_CLASS && car->class_number > last)
            car->class_number = last;
    }
}

static tl_status set(const struct tl_loan_setting *s, tl_loan_car *cars, size_t n, tl_error *err)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(cars[i].record, s->record) != 0)
            continue;
        found++;
        cars[i].version = cars[i].version ? cars[i].version : 1;
        cars[i].class_number = s->class_number;
        cars[i].g_km = s->g_km;
    }
    return found ? TL_OK
                 : tl_fail(err, TL_EINPUT, "no car of the list has the footprint '%.100s'",
                           s->record);
}

static tl_status check(const tl_loan_what_if *w, tl_error *err)
{
    if (w->worse < 0 || w->worse > TL_LOAN_STEPS_MAX)
        return tl_fail(err, TL_EINPUT, "%d classes worse, expected 0 to %d", w->worse,
                       (int)TL_LOAN_STEPS_MAX);
    if (!(w->more > -1 && w->more <= 100))
        return tl_fail(err, TL_EINPUT, "g/km times 1 + %g, expected above -1 and at most 100",
                       w->more);
    for (size_t i = 0; i < w->n; i++)
        if (w->settings[i].class_number < 0 ||
            !(isnan(w->settings[i].g_km) ||
              (isfinite(w->settings[i].g_km) && w->settings[i].g_km > 0)))
            return tl_fail(err, TL_EINPUT, "'%.100s': a class from 1 on, or g/km above 0",
                           w->settings[i].record);
    return TL_OK;
}

tl_status tl_loan_stress(const tl_facility *f, const tl_loan_car *cars, size_t n,
                         const tl_loan_what_if *what_if, tl_loan_result *out, tl_error *err)
{
    *out = (tl_loan_result){ 0 };
    tl_status st = check(what_if, err);
    if (st != TL_OK)
        return st;
    tl_loan_car *copy = tl_new_array(n, sizeof *copy);
    if (!copy)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        copy[i] = cars[i];
        shift(f, what_if, &copy[i]);
    }
    for (size_t i = 0; st == TL_OK && i < what_if->n; i++)
        st = set(&what_if->settings[i], copy, n, err);
    if (st == TL_OK)
        st = tl_loan_compute(f, copy, n, out, err);
    free(copy);
    return st;
}

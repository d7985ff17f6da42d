/* loan.c - the margin of a loan: which step of the grid a car meets, and the two weighted means.
 *
 * by count = sum(basis points) / cars, by price = sum(price x basis points) / sum(price): the loan
 * sheet of the seed case (credit line of RMB 20 million for a rental firm's cars). All in 64-bit
 * integers; one rounding, at the very end, to a ten-thousandth of a basis point. */
#include "registry/loan.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "registry/loan_priv.h"
#include "registry/record_priv.h"

enum { BASIS_POINTS_MAX = 10000, E4 = 10000, ID_MAX = 64 };

static tl_status check_step(const tl_facility *f, size_t i, tl_error *err)
{
    const tl_loan_step *step = &f->steps[i];
    bool last = i + 1 == f->n_steps;
    if (step->basis_points < -BASIS_POINTS_MAX || step->basis_points > BASIS_POINTS_MAX)
        return tl_fail(err, TL_EINPUT, "grid, step %zu: %d basis points, expected -%d to %d", i + 1,
                       step->basis_points, (int)BASIS_POINTS_MAX, (int)BASIS_POINTS_MAX);
    if (f->basis == TL_LOAN_BY_CLASS)
        return step->class_number == (int)i + 1
                   ? TL_OK
                   : tl_fail(err, TL_EINPUT, "grid, step %zu: class %d, expected class %zu", i + 1,
                             step->class_number, i + 1);
    if (last)
        return isinf(step->up_to_g_km) && step->up_to_g_km > 0
                   ? TL_OK
                   : tl_fail(err, TL_EINPUT, "grid, step %zu: the last step has no limit in g/km",
                             i + 1);
    if (!isfinite(step->up_to_g_km) || !(step->up_to_g_km > (i ? f->steps[i - 1].up_to_g_km : 0.0)))
        return tl_fail(err, TL_EINPUT, "grid, step %zu: limits in g/km rise from above 0", i + 1);
    return TL_OK;
}

static tl_status check_grid(const tl_facility *f, tl_error *err)
{
    tl_status st = TL_OK;
    if (f->n_steps == 0 || f->n_steps > TL_LOAN_STEPS_MAX)
        return tl_fail(err, TL_EINPUT, "grid: %zu steps, expected 1 to %d", f->n_steps,
                       (int)TL_LOAN_STEPS_MAX);
    for (size_t i = 0; i < f->n_steps && st == TL_OK; i++)
        st = check_step(f, i, err);
    return st;
}

static tl_status check_texts(const tl_facility *f, tl_error *err)
{
    tl_status st = tl_record_id_check("id", f->id, ID_MAX, err);
    if (st == TL_OK)
        st = tl_record_text_check("borrower", f->borrower, TL_LOAN_NAME_MAX, false, true, err);
    if (st != TL_OK)
        return st;
    if (!f->currency || strlen(f->currency) != 3 ||
        strspn(f->currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
        return tl_fail(err, TL_EINPUT, "currency: '%.20s', expected an ISO 4217 code such as CNY",
                       f->currency ? f->currency : "");
    if (!f->grid_date || !tl_date_valid(f->grid_date))
        return tl_fail(err, TL_EINPUT, "grid_date: '%.20s', expected a day such as 2025-01-31",
                       f->grid_date ? f->grid_date : "");
    if (f->signed_on && *f->signed_on && !tl_date_valid(f->signed_on))
        return tl_fail(err, TL_EINPUT, "signed_on: '%.20s', expected a day such as 2025-01-31",
                       f->signed_on);
    return TL_OK;
}

tl_status tl_facility_check(const tl_facility *f, tl_error *err)
{
    tl_status st = check_texts(f, err);
    if (st != TL_OK)
        return st;
    if (f->limit <= 0)
        return tl_fail(err, TL_EINPUT, "limit: expected an amount above 0");
    if (f->basis != TL_LOAN_BY_CLASS && f->basis != TL_LOAN_BY_G_KM)
        return tl_fail(err, TL_EINPUT, "basis: expected class or g-km");
    if (f->weight != TL_LOAN_BY_COUNT && f->weight != TL_LOAN_BY_PRICE)
        return tl_fail(err, TL_EINPUT, "weight: expected count or price");
    return check_grid(f, err);
}

/* The class with the most basis points, whatever its number. */
static int worst_of(const tl_facility *f)
{
    int worst = f->steps[0].basis_points;
    for (size_t i = 1; i < f->n_steps; i++)
        if (f->steps[i].basis_points > worst)
            worst = f->steps[i].basis_points;
    return worst;
}

/* False where the grid lacks the class; *basis_points is then the worst, as it is for a missing
 * footprint. */
static bool look_up(const tl_facility *f, int64_t version, int class_number, double g_km,
                    int *basis_points)
{
    *basis_points = worst_of(f);
    if (version <= 0)
        return true;
    if (f->basis == TL_LOAN_BY_G_KM) {
        size_t i = 0;
        if (!isfinite(g_km))
            return true;
        while (g_km > f->steps[i].up_to_g_km) /* the last is INFINITY */
            i++;
        *basis_points = f->steps[i].basis_points;
        return true;
    }
    if (class_number == 0)
        return true;
    if (class_number < 0 || (size_t)class_number > f->n_steps)
        return false;
    *basis_points = f->steps[class_number - 1].basis_points; /* classes are 1, 2, 3, ... */
    return true;
}

bool tl_loan_mean_e4(int64_t sum, int64_t weight, int64_t *out)
{
    int64_t whole = sum / weight, rest = sum % weight, scaled;
    bool negative = rest < 0;
    if (__builtin_mul_overflow(negative ? -rest : rest, (int64_t)E4, &scaled))
        return false;
    int64_t part = scaled / weight, left = scaled % weight;
    if (left >= weight - left)
        part++;
    *out = whole * E4 + (negative ? -part : part); /* a mean of basis points is at most 10,000 */
    return true;
}

struct sums {
    int64_t basis_points, price, weighted;
};

static bool add(struct sums *s, tl_money price, int basis_points)
{
    int64_t product;
    s->basis_points += basis_points; /* a list in memory is far below 2^63 / 10,000 cars */
    return !__builtin_add_overflow(s->price, price, &s->price) &&
           !__builtin_mul_overflow(price, (int64_t)basis_points, &product) &&
           !__builtin_add_overflow(s->weighted, product, &s->weighted);
}

static tl_status price_cars(const tl_facility *f, tl_loan_car *cars, size_t n, struct sums *then,
                            struct sums *now, tl_error *err)
{
    for (size_t i = 0; i < n; i++) {
        tl_loan_car *car = &cars[i];
        if (car->price <= 0)
            return tl_fail(err, TL_EINPUT, "car %zu, '%.80s': price not above 0", i + 1,
                           car->record);
        if (!look_up(f, car->version, car->class_number, car->g_km, &car->basis_points))
            return tl_fail(err, TL_EINPUT, "car %zu, '%.80s': the grid has no class %d", i + 1,
                           car->record, car->class_number);
        /* a class of today that the grid lacks counts as missing: see loan.h */
        (void)look_up(f, car->newest, car->newest_class, car->newest_g_km,
                      &car->newest_basis_points);
        if (!add(then, car->price, car->basis_points) ||
            !add(now, car->price, car->newest_basis_points))
            return tl_fail(err, TL_EINPUT, "car %zu, '%.80s': the sums go beyond 64 bits", i + 1,
                           car->record);
    }
    return TL_OK;
}

tl_status tl_loan_compute(const tl_facility *f, tl_loan_car *cars, size_t n, tl_loan_result *out,
                          tl_error *err)
{
    struct sums then = { 0 }, now = { 0 };
    int64_t by_count_now, by_price_now;
    *out = (tl_loan_result){ 0 };
    tl_status st = tl_facility_check(f, err);
    if (st == TL_OK && n == 0)
        st = tl_fail(err, TL_EINPUT, "facility '%s': no cars yet", f->id);
    if (st != TL_OK || (st = price_cars(f, cars, n, &then, &now, err)) != TL_OK)
        return st;
    if (!tl_loan_mean_e4(then.basis_points, (int64_t)n, &out->by_count_e4) ||
        !tl_loan_mean_e4(then.weighted, then.price, &out->by_price_e4) ||
        !tl_loan_mean_e4(now.basis_points, (int64_t)n, &by_count_now) ||
        !tl_loan_mean_e4(now.weighted, now.price, &by_price_now))
        return tl_fail(err, TL_EINPUT, "facility '%s': the sums go beyond 64 bits", f->id);
    bool by_price = f->weight == TL_LOAN_BY_PRICE;
    out->drawn = then.price;
    out->margin_e4 = by_price ? out->by_price_e4 : out->by_count_e4;
    out->margin_now_e4 = by_price ? by_price_now : by_count_now;
    for (size_t i = 0; i < n; i++)
        out->notices += cars[i].newest != cars[i].version;
    return TL_OK;
}

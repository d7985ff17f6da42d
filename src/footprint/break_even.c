/* break_even.c - two straight lines, under every assumption that has a range. */
#include "footprint/break_even.h"

#include <math.h>

tl_car_course tl_car_course_of(const tl_footprint *f)
{
    double use = f->stage_kg[TL_STAGE_FUEL_PRODUCTION] + f->stage_kg[TL_STAGE_DRIVING] +
                 f->stage_kg[TL_STAGE_MAINTENANCE];
    return (tl_car_course){
        .once_kg = f->stage_kg[TL_STAGE_MATERIALS] + f->stage_kg[TL_STAGE_VEHICLE_PRODUCTION],
        .kg_per_km = use / f->lifetime_km,
        .low_kg_per_km = (use + f->low_kg - f->total_kg) / f->lifetime_km,
        .high_kg_per_km = (use + f->high_kg - f->total_kg) / f->lifetime_km,
    };
}

tl_break_even tl_break_even_of(double once_a, double per_km_a, double once_b, double per_km_b)
{
    tl_break_even x = { .km = NAN, .a_is_last = per_km_a < per_km_b };
    double once = once_a - once_b, per_km = per_km_b - per_km_a;
    double km = per_km != 0 ? once / per_km : 0;
    if (km > 0 && isfinite(km))
        return (tl_break_even){ TL_BREAK_EVEN_CROSS, km, x.a_is_last };
    if (once == 0 && per_km == 0)
        x.kind = TL_BREAK_EVEN_SAME;
    else
        x.kind = once < 0 || per_km > 0 ? TL_BREAK_EVEN_A_LOWER : TL_BREAK_EVEN_B_LOWER;
    return x;
}

static tl_status course(const tl_car_model *m, const tl_break_even_car *car, tl_demand *d,
                        tl_car_course *out, tl_error *err)
{
    tl_footprint f;
    tl_status st = tl_car_demand(m, car->vehicle, car->parts, car->n_parts, d, err);
    if (st != TL_OK)
        return tl_context(err, st, "car %s has no footprint", car->vehicle->id);
    tl_footprint_of(m, car->vehicle, d, &f);
    *out = tl_car_course_of(&f);
    return TL_OK;
}

static tl_status with_value(const tl_car_model *m, size_t parameter, double value,
                            const tl_break_even_car *const cars[2], tl_demand *d,
                            tl_break_even *out, tl_error *err)
{
    tl_car_model changed = *m; /* shares everything but the parameters */
    tl_car_course a = { 0 }, b = { 0 };
    changed.rule.parameters[parameter].value = value;
    tl_status st = course(&changed, cars[0], d, &a, err);
    if (st == TL_OK)
        st = course(&changed, cars[1], d, &b, err);
    if (st == TL_OK)
        *out = tl_break_even_of(a.once_kg, a.kg_per_km, b.once_kg, b.kg_per_km);
    return st;
}

static bool same(const tl_break_even *x, const tl_break_even *y)
{
    return x->kind == y->kind && (x->kind != TL_BREAK_EVEN_CROSS || x->km == y->km);
}

static tl_status add_cases(const tl_car_model *m, const tl_break_even_car *const cars[2],
                           tl_demand *d, tl_break_even_study *out, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t p = 0; st == TL_OK && p < TL_CAR_PARAMETERS; p++) {
        tl_break_even_case *c = &out->cases[out->n_cases];
        c->parameter = &m->rule.parameters[p];
        if (isnan(c->parameter->low) || isnan(c->parameter->high) || isnan(c->parameter->value))
            continue;
        st = with_value(m, p, c->parameter->low, cars, d, &c->at_low, err);
        if (st == TL_OK)
            st = with_value(m, p, c->parameter->high, cars, d, &c->at_high, err);
        out->n_cases += st == TL_OK && !(same(&c->at_low, &out->at) && same(&c->at_high, &out->at));
    }
    return st;
}

static void widen(tl_break_even_study *s, const tl_break_even *x)
{
    if (x->kind != s->at.kind || x->a_is_last != s->at.a_is_last)
        s->always = false;
    if (x->kind != TL_BREAK_EVEN_CROSS)
        return;
    s->low_km = isnan(s->low_km) ? x->km : fmin(s->low_km, x->km);
    s->high_km = isnan(s->high_km) ? x->km : fmax(s->high_km, x->km);
}

tl_status tl_break_even_study_make(const tl_car_model *m, const tl_break_even_car *a,
                                   const tl_break_even_car *b, tl_break_even_study *out,
                                   tl_error *err)
{
    const tl_break_even_car *const cars[2] = { a, b };
    tl_demand d = { 0 };
    *out = (tl_break_even_study){ .low_km = NAN, .high_km = NAN, .always = true };
    tl_status st = course(m, a, &d, &out->a, err);
    if (st == TL_OK)
        st = course(m, b, &d, &out->b, err);
    if (st != TL_OK)
        goto done;
    const tl_car_course *x = &out->a, *y = &out->b;
    out->at = tl_break_even_of(x->once_kg, x->kg_per_km, y->once_kg, y->kg_per_km);
    out->a_thrifty = tl_break_even_of(x->once_kg, x->low_kg_per_km, y->once_kg, y->high_kg_per_km);
    out->b_thrifty = tl_break_even_of(x->once_kg, x->high_kg_per_km, y->once_kg, y->low_kg_per_km);
    st = add_cases(m, cars, &d, out, err);
    widen(out, &out->at);
    widen(out, &out->a_thrifty);
    widen(out, &out->b_thrifty);
    for (size_t i = 0; i < out->n_cases; i++) {
        widen(out, &out->cases[i].at_low);
        widen(out, &out->cases[i].at_high);
    }
done:
    tl_demand_clear(&d);
    return st;
}

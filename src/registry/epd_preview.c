/* epd_preview.c - published cars read once, copied, moved as the computed ones move, and measured
 * again.
 *
 * A published value may have been computed with other settings than those of today. So the preview
 * moves it by the difference that the declaration makes, and by nothing else; where the published
 * value is today's, that is the value computed with the declaration. */
#include "registry/epd_preview.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "registry/epd_effect_priv.h"
#include "registry/peer.h"

/* Published and computed alike to this part: the same value. */
static const double alike = 1e-9;

/* A preview being worked out. */
struct work {
    tl_arena *arena;
    const tl_epd_effect *effects;
    size_t n_effects;
    tl_cars before, after;      /* the same cars in the same order */
    size_t *places;             /* of each effect among the cars, SIZE_MAX = not published */
    tl_benchmarks marks, moved; /* items NULL where no car is published */
};

static int by_id(const void *key, const void *item)
{
    return strcmp(key, ((const tl_published_car *)item)->id);
}

static double moved_g_km(double published, const tl_epd_effect *e)
{
    if (!isfinite(e->before_g_km) || !isfinite(e->after_g_km))
        return published;
    return fabs(published - e->before_g_km) <= alike * fabs(published)
               ? e->after_g_km
               : published + (e->after_g_km - e->before_g_km);
}

static tl_status copy_cars(struct work *w, tl_error *err)
{
    tl_published_car *copy = tl_arena_alloc(w->arena, w->before.n, sizeof *copy);
    w->places = tl_arena_alloc(w->arena, w->n_effects, sizeof *w->places);
    if (!copy || !w->places)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < w->before.n; i++)
        copy[i] = w->before.cars[i];
    for (size_t i = 0; i < w->n_effects; i++) {
        const tl_epd_effect *e = &w->effects[i];
        const tl_published_car *car =
            w->before.n ? bsearch(e->car, w->before.cars, w->before.n, sizeof *copy, by_id) : NULL;
        w->places[i] = car ? (size_t)(car - w->before.cars) : SIZE_MAX;
        if (car)
            copy[w->places[i]].g_km = moved_g_km(car->g_km, e);
    }
    w->after = w->before;
    w->after.cars = copy;
    return TL_OK;
}

static tl_status measure(struct work *w, tl_store *s, tl_error *err)
{
    tl_peer_rule rule;
    tl_status st = tl_cars_read(&w->before, s, w->arena, err);
    if (st == TL_OK)
        st = copy_cars(w, err);
    if (st != TL_OK || w->before.n == 0)
        return st;
    st = tl_peer_rule_load(&rule, s, w->arena, err);
    if (st == TL_OK)
        st = tl_benchmarks_make(&w->before, &rule, w->arena, &w->marks, err);
    return st == TL_OK ? tl_benchmarks_make(&w->after, &rule, w->arena, &w->moved, err) : st;
}

static tl_epd_shift shift_of(const struct work *w, size_t place)
{
    const tl_published_car *car = &w->before.cars[place];
    const tl_benchmark *a = &w->marks.items[place], *b = &w->moved.items[place];
    return (tl_epd_shift){ .car = car->id,
                           .computed_before = NAN,
                           .computed_after = NAN,
                           .version = car->version,
                           .maker = w->before.makers.items[car->maker],
                           .g_km_before = car->g_km,
                           .g_km_after = w->after.cars[place].g_km,
                           .mean_before = a->mean_g_km,
                           .mean_after = b->mean_g_km,
                           .below_before = a->below,
                           .below_after = b->below,
                           .class_before = a->class_number,
                           .class_after = b->class_number };
}

/* A car whose own value stays, and whose class or place against the mean does not. */
static bool pushed(const struct work *w, size_t place)
{
    const tl_benchmark *a = &w->marks.items[place], *b = &w->moved.items[place];
    return w->before.cars[place].g_km == w->after.cars[place].g_km &&
           (a->class_number != b->class_number || a->below != b->below);
}

static tl_status list_shifts(const struct work *w, tl_epd_preview *p, tl_error *err)
{
    size_t n = w->n_effects, at = 0;
    bool *named = tl_arena_alloc(w->arena, w->before.n, sizeof *named);
    if (!named)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < w->n_effects; i++)
        if (w->places[i] != SIZE_MAX)
            named[w->places[i]] = true;
    for (size_t i = 0; i < w->before.n; i++)
        n += !named[i] && pushed(w, i);
    tl_epd_shift *list = tl_arena_alloc(w->arena, n, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (; at < w->n_effects; at++) {
        const tl_epd_effect *e = &w->effects[at];
        list[at] = w->places[at] != SIZE_MAX ? shift_of(w, w->places[at])
                                             : (tl_epd_shift){ .maker = "",
                                                               .g_km_before = NAN,
                                                               .g_km_after = NAN,
                                                               .mean_before = NAN,
                                                               .mean_after = NAN };
        list[at].car = e->car;
        list[at].mass_kg = e->mass_kg;
        list[at].computed_before = e->before_g_km;
        list[at].computed_after = e->after_g_km;
    }
    for (size_t i = 0; i < w->before.n; i++)
        if (!named[i] && pushed(w, i))
            list[at++] = shift_of(w, i);
    p->cars = list;
    p->n_cars = n;
    return TL_OK;
}

/* Makers of the cars of the list: only there can an eta move. */
static tl_status list_makers(const struct work *w, tl_epd_preview *p, tl_error *err)
{
    const size_t n = w->before.makers.n;
    size_t kept = 0;
    tl_epd_maker *all = tl_arena_alloc(w->arena, n, sizeof *all);
    bool *named = tl_arena_alloc(w->arena, n, sizeof *named);
    if (!all || !named)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < w->before.n; i++) {
        const tl_published_car *car = &w->before.cars[i];
        if (w->marks.items[i].category == SIZE_MAX)
            continue;
        all[car->maker].cars++;
        all[car->maker].below_before += w->marks.items[i].below;
        all[car->maker].below_after += w->moved.items[i].below;
    }
    for (size_t i = 0; i < p->n_cars; i++)
        for (size_t k = 0; p->cars[i].version && k < n; k++)
            if (strcmp(w->before.makers.items[k], p->cars[i].maker) == 0)
                named[k] = true;
    for (size_t k = 0; k < n; k++)
        if (named[k]) {
            all[k].maker = w->before.makers.items[k];
            all[kept++] = all[k];
        }
    p->makers = all;
    p->n_makers = kept;
    return TL_OK;
}

static tl_status list_loans(tl_store *s, tl_arena *arena, tl_epd_preview *p, tl_error *err)
{
    tl_map *places = NULL;
    bool there;
    tl_status st = tl_map_new(&places, err);
    for (size_t i = 0; st == TL_OK && i < p->n_cars; i++)
        if (p->cars[i].version)
            st = tl_map_add(places, tl_span_of(p->cars[i].car), i, NULL, &there, err);
    if (st == TL_OK && tl_map_size(places) > 0)
        st = tl_epd_preview_loans(s, places, arena, p, err);
    tl_map_free(places);
    return st;
}

/* What factors would do; p has declaration, factors and nothing else. */
static tl_status preview(tl_store *s, tl_arena *arena, tl_epd_preview *p, tl_error *err)
{
    struct work w = { .arena = arena };
    tl_epd_effect *effects;
    tl_status st =
        tl_epd_effects_of(s, p->factors, p->n_factors, arena, &effects, &w.n_effects, err);
    w.effects = effects;
    if (st == TL_OK && w.n_effects > 0)
        st = measure(&w, s, err);
    if (st == TL_OK)
        st = list_shifts(&w, p, err);
    if (st == TL_OK)
        st = list_makers(&w, p, err);
    if (st == TL_OK)
        st = list_loans(s, arena, p, err);
    return st == TL_OK ? tl_epd_preview_seal(p, err) : st;
}

tl_status tl_epd_preview_make(tl_store *s, const char *record, const char *material,
                              const char *supplier, tl_arena *arena, tl_epd_preview *out,
                              tl_error *err)
{
    tl_supplier_factor *factors = NULL;
    int64_t version;
    *out = (tl_epd_preview){ 0 };
    tl_status st = tl_epd_factors_meant(s, record, material, supplier, arena, &factors,
                                        &out->n_factors, &version, err);
    if (st != TL_OK)
        return st;
    out->factors = factors;
    out->declaration = factors[0].pin;
    return preview(s, arena, out, err);
}

tl_status tl_epd_preview_update(tl_store *s, const tl_record *fresh, tl_arena *arena,
                                tl_epd_preview *out, tl_error *err)
{
    tl_epd_use_row *uses = NULL;
    tl_supplier_factor *factors = NULL;
    tl_record r;
    size_t n = 0;
    double per_kg = NAN;
    *out = (tl_epd_preview){ 0 };
    tl_status st = tl_record_get(s, fresh->id, 0, arena, &r, err);
    if (st == TL_OK)
        st = tl_epd_uses(s, arena, &uses, &n, err);
    if (st == TL_OK && !(factors = tl_arena_alloc(arena, n, sizeof *factors)))
        st = tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    const char *pin = tl_arena_printf(arena, "%s@%lld", fresh->id, (long long)r.version + 1);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        if (strcmp(uses[i].record, fresh->id) != 0)
            continue;
        if (isnan(per_kg))
            st = tl_epd_per_kg(fresh, &per_kg, err);
        factors[out->n_factors] = uses[i].factor;
        factors[out->n_factors].kg_co2e_per_kg = per_kg;
        factors[out->n_factors++].pin = pin;
    }
    out->declaration = pin;
    out->factors = factors;
    if (st == TL_OK && !pin)
        st = tl_fail_nomem(err);
    return st == TL_OK ? preview(s, arena, out, err) : st;
}

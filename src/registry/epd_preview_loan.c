/* epd_preview_loan.c - facilities that list a car which moves: their margins as if the list were
 * priced by what is published today, and by the preview.
 *
 * What a signed facility is charged stands on the versions pinned when it was signed and never
 * moves (loan.h); beside it stands what a facility with the same list would get today. */
#include <math.h>
#include <string.h>

#include "registry/epd_effect_priv.h"

/* The car as signing today would pin it. A class that the grid lacks counts as missing. */
static void pin_today(const tl_facility *f, tl_loan_car *car)
{
    bool known = f->basis != TL_LOAN_BY_CLASS || (size_t)car->newest_class <= f->n_steps;
    car->version = car->newest;
    car->g_km = car->newest_g_km;
    car->class_number = known && car->newest_class > 0 ? car->newest_class : 0;
}

/* Only what moves is moved: the class kept for the day is the start, and stays where the preview
 * changes none. */
static void move(const tl_facility *f, const tl_epd_shift *shift, tl_loan_car *car)
{
    if (shift->g_km_after != shift->g_km_before)
        car->g_km = shift->g_km_after;
    if (shift->class_after != shift->class_before)
        car->class_number = f->basis != TL_LOAN_BY_CLASS || (size_t)shift->class_after <= f->n_steps
                                ? shift->class_after
                                : 0;
}

/* A list that cannot be priced is told, and stops nothing. */
static tl_status margins(const tl_facility *f, tl_loan_car *cars, size_t n, tl_arena *arena,
                         tl_loan_result *out, tl_epd_loan *loan, tl_error *err)
{
    tl_error why = { 0 };
    tl_status st = tl_loan_compute(f, cars, n, out, &why);
    if (st != TL_EINPUT)
        return st == TL_OK ? st : tl_fail(err, st, "%s", why.text);
    loan->refused = tl_arena_str(arena, why.text);
    return loan->refused ? TL_OK : tl_fail_nomem(err);
}

static tl_status preview_one(const tl_facility *f, tl_loan_car *cars, size_t n,
                             const tl_map *places, const tl_epd_preview *p, tl_arena *arena,
                             tl_epd_loan *loan, tl_error *err)
{
    tl_loan_result charged = { 0 }, before = { 0 }, after = { 0 };
    tl_status st = TL_OK;
    if (*f->signed_on)
        st = margins(f, cars, n, arena, &charged, loan, err);
    for (size_t i = 0; i < n; i++)
        pin_today(f, &cars[i]);
    if (st == TL_OK && !loan->refused)
        st = margins(f, cars, n, arena, &before, loan, err);
    for (size_t i = 0; i < n; i++) {
        uint64_t at;
        if (tl_map_find(places, tl_span_of(cars[i].record), &at))
            move(f, &p->cars[at], &cars[i]);
    }
    if (st == TL_OK && !loan->refused)
        st = margins(f, cars, n, arena, &after, loan, err);
    loan->charged_e4 = charged.margin_e4;
    loan->by_count_before_e4 = before.by_count_e4;
    loan->by_count_after_e4 = after.by_count_e4;
    loan->by_price_before_e4 = before.by_price_e4;
    loan->by_price_after_e4 = after.by_price_e4;
    return st;
}

static size_t count_moved(const tl_map *places, const tl_loan_car *cars, size_t n)
{
    size_t moved = 0;
    uint64_t at;
    for (size_t i = 0; i < n; i++)
        moved += tl_map_find(places, tl_span_of(cars[i].record), &at);
    return moved;
}

tl_status tl_epd_preview_loans(tl_store *s, const tl_map *places, tl_arena *arena,
                               tl_epd_preview *p, tl_error *err)
{
    const tl_facility *all = NULL;
    tl_epd_loan *list = NULL;
    size_t n_all = 0;
    tl_status st = tl_facility_list(s, arena, &all, &n_all, err);
    if (st == TL_OK && !(list = tl_arena_alloc(arena, n_all, sizeof *list)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n_all; i++) {
        tl_facility f;
        tl_loan_car *cars;
        size_t n;
        st = tl_facility_get(s, all[i].id, arena, &f, &cars, &n, err);
        size_t moved = st == TL_OK ? count_moved(places, cars, n) : 0;
        if (moved == 0)
            continue;
        tl_epd_loan *loan = &list[p->n_loans++];
        *loan = (tl_epd_loan){
            .id = all[i].id, .signed_on = all[i].signed_on, .weight = f.weight, .cars = moved
        };
        st = preview_one(&f, cars, n, places, p, arena, loan, err);
    }
    p->loans = list;
    return st;
}

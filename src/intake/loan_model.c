/* loan_model.c - names of published cars, folded, looked up. */
#include "intake/loan_model.h"

#include <stdlib.h>

#include "base/map.h"
#include "format/fold.h"
#include "registry/cars.h"

enum { SCRATCH_BYTES = 64 << 10 };

struct tl_loan_models {
    tl_arena *arena; /* of the cars */
    tl_cars cars;
    tl_map *names; /* folded -> place in cars, or several */
};

static const uint64_t several = UINT64_MAX;

static tl_status add_name(tl_loan_models *m, const char *name, size_t car, tl_arena *scratch,
                          tl_error *err)
{
    const char *folded;
    size_t at;
    bool was = false;
    if (!name)
        return tl_fail_nomem(err);
    tl_status st = tl_fold(name, scratch, &folded, err);
    if (st == TL_OK)
        st = tl_map_add(m->names, tl_span_of(folded), car, &at, &was, err);
    if (st == TL_OK && was && tl_map_value(m->names, at) != car)
        tl_map_set(m->names, at, several);
    return st;
}

static tl_status add_names(tl_loan_models *m, tl_arena *scratch, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < m->cars.n; i++) {
        const tl_published_car *car = &m->cars.cars[i];
        const char *maker = m->cars.makers.items[car->maker];
        tl_arena_reset(scratch);
        st = add_name(m, car->product, i, scratch, err);
        if (st == TL_OK)
            st = add_name(m, tl_arena_printf(scratch, "%s %s", maker, car->product), i, scratch,
                          err);
    }
    return st;
}

tl_status tl_loan_models_new(tl_loan_models **out, tl_store *s, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_loan_models *m = *out = tl_new_array(1, sizeof *m);
    if (!m)
        return tl_fail_nomem(err);
    tl_status st = tl_arena_new(&m->arena, 0, err);
    if (st == TL_OK)
        st = tl_map_new(&m->names, err);
    if (st == TL_OK)
        st = tl_arena_new(&scratch, SCRATCH_BYTES, err);
    if (st == TL_OK)
        st = tl_cars_read(&m->cars, s, m->arena, err);
    if (st == TL_OK)
        st = add_names(m, scratch, err);
    tl_arena_free(scratch);
    if (st != TL_OK) {
        tl_loan_models_free(m);
        *out = NULL;
    }
    return st;
}

void tl_loan_models_free(tl_loan_models *m)
{
    if (!m)
        return;
    tl_map_free(m->names);
    tl_arena_free(m->arena);
    free(m);
}

tl_status tl_loan_models_find(const tl_loan_models *m, const char *name, const char **record,
                              tl_error *err)
{
    tl_arena *scratch = NULL;
    const char *folded;
    uint64_t car = 0;
    tl_status st = tl_arena_new(&scratch, SCRATCH_BYTES, err);
    if (st == TL_OK)
        st = tl_fold(name, scratch, &folded, err);
    if (st == TL_OK && !tl_map_find(m->names, tl_span_of(folded), &car))
        st = tl_fail(err, TL_EINPUT, "no published car is called '%.100s'", name);
    if (st == TL_OK && car == several)
        st = tl_fail(err, TL_EINPUT,
                     "several published cars are called '%.100s', expected the "
                     "record of one",
                     name);
    if (st == TL_OK)
        *record = m->cars.cars[car].id;
    tl_arena_free(scratch);
    return st;
}

/* system.c - the solved system and what may be asked of it. */
#include "footprint/system.h"

#include <stdlib.h>
#include <string.h>

#include "footprint/system_priv.h"

static tl_status solve(tl_car_system *y, tl_error *err)
{
    tl_status st = tl_lca_builder_finish(y->builder, &y->system, err);
    if (st == TL_OK)
        st = tl_lca_solver_new(&y->solver, y->system, NULL, err);
    if (st == TL_OK)
        st = tl_lca_unit_scores(y->solver, 0, &y->scores, NULL, err);
    tl_lca_builder_free(y->builder);
    y->builder = NULL;
    return st;
}

tl_status tl_car_system_open(tl_car_system **out, tl_store *s, const tl_setting *settings, size_t n,
                             tl_pins *pins, tl_arena *arena, tl_error *err)
{
    *out = NULL;
    tl_car_system *y = calloc(1, sizeof *y);
    if (!y)
        return tl_fail_nomem(err);
    struct tl_system_reading r = { y, s, settings, n, pins, arena, NULL };
    tl_status st = tl_lca_builder_new(&y->builder, err);
    if (st == TL_OK)
        st = tl_units_new(&r.units, err);
    if (st == TL_OK)
        st = tl_system_read(&r, err);
    tl_units_free(r.units);
    if (st == TL_OK)
        st = solve(y, err);
    if (st == TL_OK)
        *out = y;
    else
        tl_car_system_close(y);
    return st;
}

void tl_car_system_close(tl_car_system *y)
{
    if (!y)
        return;
    tl_lca_solver_free(y->solver);
    tl_lca_system_free(y->system);
    tl_lca_builder_free(y->builder);
    free(y->evidence);
    free(y->choices);
    free(y);
}

size_t tl_car_system_activity(const tl_car_system *y, const char *id)
{
    return tl_lca_find_activity(y->system, id);
}

tl_lca_name tl_car_system_name(const tl_car_system *y, size_t activity)
{
    return tl_lca_activity_name(y->system, activity);
}

const char *tl_car_system_name_zh(const tl_car_system *y, size_t activity)
{
    return y->names_zh[activity];
}

const double *tl_car_system_scores(const tl_car_system *y)
{
    return y->scores;
}

bool tl_car_system_has(const tl_car_system *y, const char *parameter)
{
    for (size_t i = 0; i < y->choice_count; i++)
        if (strcmp(y->choices[i].parameter, parameter) == 0)
            return true;
    return strcmp(parameter, "gwp") == 0;
}

const tl_car_evidence *tl_car_system_evidence(const tl_car_system *y, size_t *n)
{
    *n = y->evidence_count;
    return y->evidence;
}

const tl_choice *tl_car_system_choices(const tl_car_system *y, size_t *n)
{
    *n = y->choice_count;
    return y->choices;
}

const char *tl_car_system_gwp(const tl_car_system *y)
{
    return y->gwp;
}

tl_lca_solver *tl_car_system_solver(tl_car_system *y)
{
    return y->solver;
}

const tl_lca_system *tl_car_system_lca(const tl_car_system *y)
{
    return y->system;
}

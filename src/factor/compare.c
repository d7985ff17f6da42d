/* compare.c - grouping by dimension, conversion to the unit most have, and the middle of it all. */
#include "factor/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "factor/unit.h"

struct work {
    const tl_units *units;
    const tl_factor *factors;
    size_t n;
    tl_factor_unit *parsed; /* of each factor */
    size_t *group_of;
    size_t *first; /* first factor of each group */
    size_t group_count;
};

/* Gives every factor the group of the first one of its dimension; the basis is part of it. */
static tl_status group(struct work *w, tl_error *err)
{
    for (size_t i = 0; i < w->n; i++) {
        tl_status st = tl_factor_unit_parse(w->units, w->factors[i].unit, &w->parsed[i], err);
        size_t g = 0;
        if (st != TL_OK)
            return tl_context(err, st, "%s/%s", w->factors[i].set, w->factors[i].key);
        while (g < w->group_count &&
               !tl_unit_same_dimension(&w->parsed[w->first[g]].unit, &w->parsed[i].unit))
            g++;
        if (g == w->group_count)
            w->first[w->group_count++] = i;
        w->group_of[i] = g;
    }
    return TL_OK;
}

/* The factor whose unit most of the group have; the earliest of equals. */
static tl_status find_model(const struct work *w, size_t g, size_t *model, tl_error *err)
{
    tl_map *counts = NULL;
    bool was_there;
    size_t place;
    uint64_t most = 0;
    tl_status st = tl_map_new(&counts, err);
    for (size_t i = w->first[g]; i < w->n && st == TL_OK; i++) {
        tl_span unit = tl_span_of(w->factors[i].unit);
        if (w->group_of[i] == g &&
            (st = tl_map_add(counts, unit, 0, &place, &was_there, err)) == TL_OK)
            tl_map_set(counts, place, tl_map_value(counts, place) + 1);
    }
    for (size_t i = w->first[g]; i < w->n && st == TL_OK; i++) {
        uint64_t count = 0;
        if (w->group_of[i] == g && tl_map_find(counts, tl_span_of(w->factors[i].unit), &count) &&
            count > most) {
            most = count;
            *model = i;
        }
    }
    tl_map_free(counts);
    return st;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Converts the group's factors into rows and sums them up; values has room for all of them. */
static tl_status fill(const struct work *w, size_t g, tl_factor_row *rows, size_t *row_count,
                      double *values, tl_factor_group *out, tl_error *err)
{
    size_t model = w->first[g], n = 0;
    tl_status st = find_model(w, g, &model, err);
    if (st != TL_OK)
        return st;
    *out = (tl_factor_group){ .unit = w->factors[model].unit,
                              .basis = tl_factor_basis_name(w->parsed[model].basis) };
    for (size_t i = 0; i < w->n; i++) {
        tl_factor_row *row = &rows[*row_count];
        if (w->group_of[i] != g)
            continue;
        *row = (tl_factor_row){ &w->factors[i], g, w->factors[i].value };
        st = strcmp(w->factors[i].unit, out->unit) == 0
                 ? TL_OK /* not through a conversion: the digits stay */
                 : tl_unit_convert(w->units, w->factors[i].value, &w->parsed[i].unit,
                                   &w->parsed[model].unit, &row->value, err);
        if (st != TL_OK)
            return st;
        if (w->factors[i].verified)
            values[n++] = row->value;
        out->count++;
        (*row_count)++;
    }
    out->verified = n;
    if (n == 0)
        return TL_OK;
    qsort(values, n, sizeof *values, by_value);
    out->min = values[0];
    out->max = values[n - 1];
    out->median = n % 2 ? values[n / 2] : values[n / 2 - 1] / 2 + values[n / 2] / 2;
    return TL_OK;
}

tl_status tl_factor_compare(const tl_factor *factors, size_t n, tl_arena *arena,
                            tl_factor_comparison *out, tl_error *err)
{
    tl_units *units = NULL;
    struct work w = { .factors = factors, .n = n };
    w.parsed = tl_arena_alloc(arena, n, sizeof *w.parsed);
    w.group_of = tl_arena_alloc(arena, n, sizeof *w.group_of);
    w.first = tl_arena_alloc(arena, n, sizeof *w.first);
    tl_factor_row *rows = tl_arena_alloc(arena, n, sizeof *rows);
    tl_factor_group *groups = tl_arena_alloc(arena, n, sizeof *groups);
    double *values = tl_arena_alloc(arena, n, sizeof *values);
    *out = (tl_factor_comparison){ .rows = rows, .groups = groups };
    if (!w.parsed || !w.group_of || !w.first || !rows || !groups || !values)
        return tl_fail_nomem(err);
    tl_status st = tl_units_new(&units, err);
    w.units = units;
    if (st == TL_OK)
        st = group(&w, err);
    for (size_t g = 0; g < w.group_count && st == TL_OK; g++)
        st = fill(&w, g, rows, &out->row_count, values, &groups[g], err);
    out->group_count = w.group_count;
    tl_units_free(units);
    return st;
}

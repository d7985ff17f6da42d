/* per.c - the factor's unit times a power of density and heating value, until it fits.
 *
 * value [gas/t] x density [t/m3] is [gas/m3]; value [gas/m3] / heating value [GJ/m3] is [gas/GJ].
 * All products with the powers -1, 0 and 1 of both are tried, those with fewest factors first; at
 * most one of each kind fits, as the dimensions of density and heating value are independent. */
#include "factor/per.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "factor/unit.h"

enum { DENSITY, HEATING_VALUE, BRIDGES };

/* One quantity that leads from one dimension to another. */
struct bridge {
    bool given;
    double value;
    tl_unit unit;
};

struct way {
    int power[BRIDGES];
};

/* Fewest bridges first. */
static const struct way ways[] = {
    { { 0, 0 } }, { { 1, 0 } },  { { -1, 0 } }, { { 0, 1 } },   { { 0, -1 } },
    { { 1, 1 } }, { { 1, -1 } }, { { -1, 1 } }, { { -1, -1 } },
};

/* What a bridge may be measured in: the first of each is the example shown when it is missing. */
static const struct kind {
    int bridge;
    const char *unit, *example, *option;
} kinds[] = {
    { DENSITY, "t/m3", "a density such as --density \"7.85 t/m3\"", "--density" },
    { DENSITY, "kg/Nm3", "a density such as --density \"0.717 kg/Nm3\"", "--density" },
    { HEATING_VALUE, "GJ/t", "a heating value such as --heating-value \"42.6 GJ/t\"",
      "--heating-value" },
    { HEATING_VALUE, "MJ/m3", "a heating value such as --heating-value \"36000 MJ/m3\"",
      "--heating-value" },
    { HEATING_VALUE, "MJ/Nm3", "a heating value such as --heating-value \"38.9 MJ/Nm3\"",
      "--heating-value" },
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static tl_status read_bridge(const tl_units *units, int which, const char *text, struct bridge *out,
                             tl_error *err)
{
    char number[TL_NUMBER_MAX + 32];
    const char *option = which == DENSITY ? "--density" : "--heating-value";
    const char *example = which == DENSITY ? "7.85 t/m3" : "42.6 GJ/t";
    *out = (struct bridge){ 0 };
    if (!text)
        return TL_OK;
    size_t n = strspn(text, "0123456789.eE+-");
    tl_span unit = tl_span_trim(tl_span_of(text + n));
    if (n == 0 || n >= sizeof number || unit.n == 0)
        return tl_fail(err, TL_EINPUT, "%s '%s', expected a number with its unit such as \"%s\"",
                       option, text, example);
    memcpy(number, text, n);
    number[n] = '\0';
    tl_status st = tl_number_parse(number, &out->value, err);
    if (st == TL_OK)
        st = tl_unit_parse(units, unit.p, &out->unit, err);
    if (st != TL_OK)
        return tl_context(err, st, "%s", option);
    if (!(out->value > 0))
        return tl_fail(err, TL_EINPUT, "%s '%s', expected more than 0", option, text);
    for (size_t i = 0; i < KINDS; i++) {
        tl_unit known;
        if ((st = tl_unit_parse(units, kinds[i].unit, &known, err)) != TL_OK)
            return st;
        if (kinds[i].bridge == which && tl_unit_same_dimension(&known, &out->unit)) {
            out->given = true;
            return TL_OK;
        }
    }
    return tl_fail(err, TL_EINPUT, "%s '%s' is not one, expected something like \"%s\"", option,
                   text, example);
}

/* unit and value times the bridges to their powers. */
static tl_status cross(const struct way *way, const struct bridge bridges[BRIDGES], double *value,
                       tl_unit *unit, tl_error *err)
{
    tl_status st = TL_OK;
    for (int b = 0; b < BRIDGES && st == TL_OK; b++) {
        tl_unit from = *unit;
        if (way->power[b] > 0)
            st = tl_unit_multiply(&from, &bridges[b].unit, unit, err);
        else if (way->power[b] < 0)
            st = tl_unit_divide(&from, &bridges[b].unit, unit, err);
        if (way->power[b])
            *value = way->power[b] > 0 ? *value * bridges[b].value : *value / bridges[b].value;
    }
    return st;
}

static bool needs(const struct way *way, int bridge)
{
    return way->power[bridge] != 0;
}

/* The first way over given bridges that leads to target. */
static const struct way *find_way(const struct bridge bridges[BRIDGES], const tl_unit *from,
                                  const tl_unit *target)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        tl_unit unit = *from;
        double value = 1;
        bool open = true;
        for (int b = 0; b < BRIDGES; b++)
            open = open && (!needs(&ways[i], b) || bridges[b].given);
        if (open && cross(&ways[i], bridges, &value, &unit, NULL) == TL_OK &&
            tl_unit_same_dimension(&unit, target))
            return &ways[i];
    }
    return NULL;
}

/* Says which item would lead there: one kind at a time, then two together. */
static tl_status missing(const tl_units *units, const struct bridge given[BRIDGES],
                         const tl_factor *f, const tl_unit *from, const tl_unit *target,
                         const char *asked, tl_error *err)
{
    for (int two = 0; two < 2; two++)
        for (size_t i = 0; i < KINDS; i++)
            for (size_t k = 0; k < (two ? (size_t)KINDS : 1); k++) {
                struct bridge tried[BRIDGES] = { given[DENSITY], given[HEATING_VALUE] };
                struct bridge *a = &tried[kinds[i].bridge], *b = &tried[kinds[k].bridge];
                *a = (struct bridge){ .given = true, .value = 1 };
                tl_status st = tl_unit_parse(units, kinds[i].unit, &a->unit, err);
                if (st == TL_OK && two && kinds[i].bridge != kinds[k].bridge) {
                    *b = (struct bridge){ .given = true, .value = 1 };
                    st = tl_unit_parse(units, kinds[k].unit, &b->unit, err);
                }
                if (st != TL_OK)
                    return st;
                if (find_way(tried, from, target))
                    return two ? tl_fail(err, TL_EINPUT,
                                         "%s/%s is in %s: per %s takes %s and %s, which the record "
                                         "does not state",
                                         f->set, f->key, f->unit, asked, kinds[i].example,
                                         kinds[k].example)
                               : tl_fail(err, TL_EINPUT,
                                         "%s/%s is in %s: per %s takes %s, which the record does "
                                         "not state",
                                         f->set, f->key, f->unit, asked, kinds[i].example);
            }
    return tl_fail(err, TL_EINPUT, "%s/%s is in %s: nothing leads from there to per %s", f->set,
                   f->key, f->unit, asked);
}

tl_status tl_factor_per(const tl_factor *f, const tl_factor_per_query *query, tl_arena *arena,
                        tl_factor_per_answer *out, tl_error *err)
{
    tl_units *units = NULL;
    tl_factor_unit from;
    tl_unit target;
    struct bridge bridges[BRIDGES] = { 0 };
    const char *solidus = strchr(f->unit, '/');
    *out = (tl_factor_per_answer){ 0 };
    tl_status st = tl_units_new(&units, err);
    if (st != TL_OK || (st = tl_factor_unit_parse(units, f->unit, &from, err)) != TL_OK)
        goto done;
    out->unit = tl_arena_printf(arena, "%.*s/%s", (int)(solidus - f->unit), f->unit, query->unit);
    st = out->unit ? tl_unit_parse(units, out->unit, &target, err) : tl_fail_nomem(err);
    if (st != TL_OK ||
        (st = read_bridge(units, DENSITY, query->density, &bridges[DENSITY], err)) != TL_OK ||
        (st = read_bridge(units, HEATING_VALUE, query->heating_value, &bridges[HEATING_VALUE],
                          err)) != TL_OK)
        goto done;
    const struct way *way = find_way(bridges, &from.unit, &target);
    if (!way) {
        st = missing(units, bridges, f, &from.unit, &target, query->unit, err);
        goto done;
    }
    out->value = f->value;
    out->used_density = needs(way, DENSITY);
    out->used_heating_value = needs(way, HEATING_VALUE);
    if ((st = cross(way, bridges, &out->value, &from.unit, err)) == TL_OK)
        st = tl_unit_convert(units, out->value, &from.unit, &target, &out->value, err);
done:
    tl_units_free(units);
    return st;
}

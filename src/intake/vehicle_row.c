/* vehicle_row.c - cells to numbers and words, with the ranges a passenger car can have. */
#include "intake/vehicle_row.h"

#include <math.h>
#include <string.h>

/* What is read. */
struct row {
    tl_vehicle *v;
    const tl_vehicle_map *m;
    const tl_vehicle_columns *c;
    const tl_csv *csv;
    tl_arena *arena;
    tl_error *err;
};

tl_status tl_vehicle_columns_find(tl_vehicle_columns *out, const tl_vehicle_map *m,
                                  const tl_csv *csv, tl_error *err)
{
    for (size_t f = 0; f < TL_VEHICLE_FIELDS; f++) {
        out->at[f] = -1;
        if (!m->columns[f])
            continue;
        tl_status st = tl_csv_require(csv, m->columns[f], &out->at[f], err);
        if (st != TL_OK)
            return st;
    }
    return TL_OK;
}

/* A text field; NULL if empty. */
static tl_status text(const struct row *r, tl_vehicle_field f, bool required, const char **out)
{
    tl_span cell = tl_span_trim(tl_csv_cell(r->csv, r->c->at[f]));
    *out = NULL;
    if (cell.n == 0)
        return required ? tl_csv_fail(r->csv, r->c->at[f], r->err, "empty") : TL_OK;
    *out = tl_arena_copy(r->arena, cell.p, cell.n);
    return *out ? TL_OK : tl_fail_nomem(r->err);
}

/* A word translated by the map; an unknown one is refused, "" becomes NULL. */
static tl_status word(const struct row *r, tl_vehicle_field f, const char **out)
{
    tl_span cell = tl_span_trim(tl_csv_cell(r->csv, r->c->at[f]));
    *out = NULL;
    if (r->c->at[f] < 0 || cell.n == 0)
        return TL_OK;
    const char *to = tl_vehicle_map_value(r->m, f, cell.p, cell.n);
    if (!to)
        return tl_csv_fail(r->csv, r->c->at[f], r->err, "'" TL_SPAN_FMT "' is not known to map %s",
                           TL_SPAN_ARG(cell), r->m->id);
    *out = *to ? to : NULL;
    return TL_OK;
}

/* A number within [lo, hi]; NAN if the cell is empty. */
static tl_status number(const struct row *r, tl_vehicle_field f, double lo, double hi, double *out)
{
    double v = NAN;
    bool given = false;
    int column = r->c->at[f];
    tl_status st = tl_csv_number_opt(r->csv, column, &v, &given, r->err);
    *out = NAN;
    if (st != TL_OK || !given)
        return st;
    if (v < lo || v > hi)
        return tl_csv_fail(r->csv, column, r->err, "%g is outside %g to %g%s%s", v, lo, hi,
                           *r->m->units[f] ? " " : "", r->m->units[f]);
    *out = v;
    return TL_OK;
}

/* The two ends of a range; one alone stands for both. Sources call the leanest and the richest
 * variant "min" and "max": the lean one has the longer electric range, so the ends come in either
 * order. */
static tl_status range(const struct row *r, tl_vehicle_field one, tl_vehicle_field other,
                       double most, double *low, double *high)
{
    double a, b;
    tl_status st = number(r, one, 0, most, &a);
    if (st == TL_OK)
        st = number(r, other, 0, most, &b);
    if (st != TL_OK)
        return st;
    a = isnan(a) ? b : a;
    b = isnan(b) ? a : b;
    *low = a < b ? a : b;
    *high = a < b ? b : a;
    return TL_OK;
}

static tl_status read_words(const struct row *r)
{
    tl_vehicle *v = r->v;
    tl_status st = text(r, TL_FIELD_BRAND, true, &v->brand);
    if (st == TL_OK)
        st = text(r, TL_FIELD_MODEL, true, &v->model);
    if (st == TL_OK)
        st = text(r, TL_FIELD_GROUP, false, &v->maker_group);
    if (st == TL_OK)
        st = text(r, TL_FIELD_DESCRIPTION, false, &v->description);
    if (st == TL_OK)
        st = word(r, TL_FIELD_POWERTRAIN, &v->powertrain);
    if (st == TL_OK)
        st = word(r, TL_FIELD_FUEL, &v->fuel);
    if (st == TL_OK)
        st = word(r, TL_FIELD_BODY, &v->body);
    if (st == TL_OK)
        st = word(r, TL_FIELD_SIZE_CLASS, &v->size_class);
    if (st == TL_OK)
        st = word(r, TL_FIELD_CHEMISTRY, &v->chemistry);
    if (st == TL_OK && !v->powertrain)
        v->powertrain = r->m->powertrain;
    if (st == TL_OK && !v->powertrain)
        st = tl_csv_fail(r->csv, r->c->at[TL_FIELD_POWERTRAIN], r->err, "empty");
    return st;
}

/* Trim, where the source has one, is part of the description. */
static tl_status read_trim(const struct row *r)
{
    const char *trim;
    tl_vehicle *v = r->v;
    tl_status st = text(r, TL_FIELD_TRIM, false, &trim);
    if (st != TL_OK || !trim)
        return st;
    v->description = tl_arena_printf(r->arena, "%s%s%s", v->description ? v->description : "",
                                     v->description ? " " : "", trim);
    return v->description ? TL_OK : tl_fail_nomem(r->err);
}

/* Usable battery energy over range: Wh/km behind the charger. WLTP first, then CLTC, EPA, NEDC. */
static tl_status derive_electricity(const struct row *r)
{
    static const tl_vehicle_field ranges[] = { TL_FIELD_RANGE_WLTP, TL_FIELD_RANGE_CLTC,
                                               TL_FIELD_RANGE_EPA, TL_FIELD_RANGE_NEDC };
    tl_vehicle *v = r->v;
    double net, gross, km = NAN;
    tl_status st = number(r, TL_FIELD_BATTERY_NET, 0.1, 400, &net);
    if (st == TL_OK)
        st = number(r, TL_FIELD_BATTERY_GROSS, 0.1, 400, &gross);
    for (size_t i = 0; st == TL_OK && isnan(km) && i < sizeof ranges / sizeof *ranges; i++)
        st = number(r, ranges[i], 1, 2000, &km);
    if (st != TL_OK)
        return st;
    v->battery_kwh = isnan(gross) ? net : gross;
    if (!isnan(v->electricity_low_wh_km) || r->c->at[TL_FIELD_BATTERY_NET] < 0)
        return TL_OK;
    if (isnan(net))
        return tl_csv_fail(r->csv, r->c->at[TL_FIELD_BATTERY_NET], r->err,
                           "empty: energy use per km cannot be worked out");
    if (isnan(km))
        return tl_csv_fail(
            r->csv, r->c->at[TL_FIELD_RANGE_WLTP], r->err,
            "empty, as is every other range: energy use per km cannot be worked out");
    v->electricity_low_wh_km = v->electricity_high_wh_km = net * 1000 / km;
    v->range_low_km = v->range_high_km = km;
    return TL_OK;
}

/* A source that does not say which of two fuels a bi-fuel car was tested on ("lpg|gasoline") gives
 * itself away by tested CO2 per litre: about 16 g/km per L/100km for LPG, 22.5 for gasoline; the
 * middle, 19.3, decides. */
static tl_status settle_fuel(const struct row *r)
{
    tl_vehicle *v = r->v;
    if (!v->fuel || strcmp(v->fuel, "lpg|gasoline") != 0)
        return TL_OK;
    double per_litre = (v->co2_low_g_km + v->co2_high_g_km) / (v->fuel_low + v->fuel_high);
    if (!isfinite(per_litre))
        return tl_csv_fail(r->csv, r->c->at[TL_FIELD_FUEL], r->err,
                           "gas or gasoline? tested CO2 is missing, which would tell");
    v->fuel = per_litre > 19.3 ? "gasoline" : "lpg";
    return TL_OK;
}

/* Each powertrain needs its energy. */
static tl_status check_energy(const struct row *r)
{
    const tl_vehicle *v = r->v;
    bool plug = strcmp(v->powertrain, "bev") == 0 || strcmp(v->powertrain, "phev") == 0;
    if (plug && !(v->electricity_low_wh_km > 0))
        return tl_csv_fail(r->csv, r->c->at[TL_FIELD_ELECTRICITY_HIGH], r->err,
                           "no electricity consumption, which a %s needs", v->powertrain);
    if (v->fuel && !(v->fuel_high > 0))
        return tl_csv_fail(r->csv, r->c->at[TL_FIELD_FUEL_HIGH], r->err,
                           "no fuel consumption, which a %s car needs", v->fuel);
    return TL_OK;
}

static tl_status read_year(const struct row *r)
{
    double year;
    tl_status st = number(r, TL_FIELD_YEAR, 1900, 2100, &year);
    r->v->year = isnan(year) ? 0 : (int64_t)year;
    return st;
}

tl_status tl_vehicle_row_read(tl_vehicle *out, const tl_vehicle_map *m,
                              const tl_vehicle_columns *columns, const tl_csv *csv, tl_arena *arena,
                              tl_error *err)
{
    const struct row r = { out, m, columns, csv, arena, err };
    *out = (tl_vehicle){ .map = m->id,
                         .source_row = (int64_t)tl_csv_row(csv),
                         .electricity_at_mains = m->electricity_at_mains };
    tl_status st = read_words(&r);
    if (st == TL_OK)
        st = read_trim(&r);
    if (st == TL_OK)
        st = read_year(&r);
    if (st == TL_OK)
        st = number(&r, TL_FIELD_KERB_MASS, 200, 6000, &out->kerb_mass_kg);
    if (st == TL_OK && isnan(out->kerb_mass_kg))
        st = tl_csv_fail(csv, columns->at[TL_FIELD_KERB_MASS], err,
                         "empty: the kerb mass is needed");
    if (st == TL_OK)
        st = range(&r, TL_FIELD_FUEL_LOW, TL_FIELD_FUEL_HIGH, 60, &out->fuel_low, &out->fuel_high);
    if (st == TL_OK)
        st = range(&r, TL_FIELD_ELECTRICITY_LOW, TL_FIELD_ELECTRICITY_HIGH, 1000,
                   &out->electricity_low_wh_km, &out->electricity_high_wh_km);
    if (st == TL_OK)
        st = range(&r, TL_FIELD_RANGE_LOW, TL_FIELD_RANGE_HIGH, 2000, &out->range_low_km,
                   &out->range_high_km);
    if (st == TL_OK)
        st = range(&r, TL_FIELD_CO2_LOW, TL_FIELD_CO2_HIGH, 2000, &out->co2_low_g_km,
                   &out->co2_high_g_km);
    if (st == TL_OK)
        st = number(&r, TL_FIELD_PRICE, 0, 1e8, &out->price);
    if (st == TL_OK)
        st = derive_electricity(&r);
    if (st == TL_OK)
        st = settle_fuel(&r);
    out->currency = isnan(out->price) ? NULL : m->currency;
    return st == TL_OK ? check_energy(&r) : st;
}

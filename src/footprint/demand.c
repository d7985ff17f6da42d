/* demand.c - kerb mass, energy use and the rule become lines of demand. */
#include "footprint/demand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The car being worked on. */
struct work {
    const tl_car_model *m;
    const tl_vehicle *v;
    tl_demand *out;
    tl_error *err;
    double rest_kg;                      /* kerb mass not yet spoken for */
    double fluids_kg;                    /* in the car, for refilling */
    double tyres_kg;                     /* on the car, for replacing */
    bool own_material[TL_MATERIALS_MAX]; /* the bill of materials names it */
    double pack_kg;                      /* of the traction battery in the bill */
    const tl_vehicle_part *pack;         /* its first part that names a process, else its first */
};

void tl_demand_clear(tl_demand *d)
{
    free(d->lines);
    *d = (tl_demand){ 0 };
}

static double parameter(const struct work *w, tl_car_parameter p)
{
    return w->m->rule.parameters[p].value;
}

static tl_status add(struct work *w, const tl_line *line)
{
    tl_demand *d = w->out;
    if (line->amount == 0 && line->low == 0 && line->high == 0)
        return TL_OK;
    tl_status st = tl_grow(&d->lines, &d->cap, d->n + 1, sizeof *d->lines, w->err);
    if (st == TL_OK)
        d->lines[d->n++] = *line;
    return st;
}

/* mass of a material, bought as mass / utilisation rate. */
static tl_status add_material(struct work *w, tl_stage stage, size_t material, size_t activity,
                              double mass_kg, tl_grade grade, const char *item, const char *basis)
{
    double bought = mass_kg / parameter(w, w->m->rule.materials[material].utilisation);
    const tl_line line = { stage,   material, activity, bought, bought, bought,
                           mass_kg, grade,    item,     basis,  NULL };
    return add(w, &line);
}

static const tl_size_default *size_default(const tl_size_default *list, size_t n,
                                           const char *powertrain, const char *size_class)
{
    for (size_t i = 0; size_class && i < n; i++)
        if (strcmp(list[i].size_class, size_class) == 0 &&
            (!list[i].powertrain || strcmp(list[i].powertrain, powertrain) == 0))
            return &list[i];
    return NULL;
}

static double mean(double low, double high)
{
    return (low + high) / 2;
}

/* Energy of the traction battery: as stated, else range x energy use per km of a battery electric
 * car, else the default for powertrain and size. */
static tl_status find_battery(struct work *w)
{
    const tl_vehicle *v = w->v;
    const tl_car_rule *r = &w->m->rule;
    double use = mean(v->electricity_low_wh_km, v->electricity_high_wh_km) / 1000;
    double range = mean(v->range_low_km, v->range_high_km);
    const tl_size_default *d =
        size_default(r->battery_kwh, r->battery_count, v->powertrain, v->size_class);
    if (!isnan(v->battery_kwh)) {
        w->out->battery_kwh = v->battery_kwh;
        w->out->battery_grade = TL_GRADE_OWN;
    } else if (strcmp(v->powertrain, "bev") == 0 && use > 0 && range > 0) {
        double loss = v->electricity_at_mains ? parameter(w, TL_CAR_BATTERY_CHARGE_EFFICIENCY) : 1;
        w->out->battery_kwh = use * range * loss;
        w->out->battery_grade = TL_GRADE_ESTIMATE;
    } else if (d) {
        w->out->battery_kwh = d->value;
        w->out->battery_grade = TL_GRADE_DEFAULT;
    } else if (strcmp(v->powertrain, "bev") == 0 || strcmp(v->powertrain, "phev") == 0) {
        return tl_fail(w->err, TL_EINPUT,
                       "no battery capacity, and no size class to take a default for");
    }
    return TL_OK;
}

/* Where find_battery took its figure from. */
static const char *const battery_basis[TL_GRADES] = {
    [TL_GRADE_OWN] = "battery capacity",
    [TL_GRADE_ESTIMATE] = "range and electricity consumption",
    [TL_GRADE_DEFAULT] = "battery_by_size",
};

/* Chemistry: the bill's, else the car's, else the one chosen. */
static tl_status find_chemistry(struct work *w, size_t material, size_t *activity)
{
    const char *id = w->pack && *w->pack->process ? w->pack->process : w->v->chemistry;
    *activity = id ? tl_car_model_process(w->m, material, id) : w->m->activity[material];
    return *activity == TL_LCA_NONE
               ? tl_fail(w->err, TL_EINPUT, "battery chemistry '%.40s' is not known", id)
               : TL_OK;
}

/* Mass of the pack: the bill's, else from the density of cells, which the rest must have room for.
 */
static tl_status find_pack_mass(struct work *w, double kwh, double *mass_kg)
{
    *mass_kg = w->pack ? w->pack_kg
                       : kwh / (parameter(w, TL_CAR_BATTERY_CELL_DENSITY) *
                                parameter(w, TL_CAR_BATTERY_CELL_MASS_SHARE));
    if (!w->pack && *mass_kg >= w->rest_kg)
        return tl_fail(
            w->err, TL_EINPUT,
            "a battery of %.4g kWh weighs about %.0f kg, which leaves nothing of the kerb "
            "mass of %.0f kg",
            kwh, *mass_kg, w->v->kerb_mass_kg);
    return TL_OK;
}

/* The pack leaves the rest of the mass; its line is in kWh. */
static tl_status add_battery(struct work *w)
{
    size_t material = w->m->rule.named[TL_MATERIAL_TRACTION_BATTERY], activity;
    double mass;
    tl_status st = find_battery(w);
    double kwh = w->out->battery_kwh;
    if (st == TL_OK && kwh == 0 && w->pack)
        return tl_fail(w->err, TL_EINPUT, "part '%.60s': a %s car has no traction battery",
                       w->pack->part, w->v->powertrain);
    if (st != TL_OK || kwh == 0 || (st = find_chemistry(w, material, &activity)) != TL_OK ||
        (st = find_pack_mass(w, kwh, &mass)) != TL_OK)
        return st;
    double more = ceil(parameter(w, TL_CAR_LIFETIME_KM) / parameter(w, TL_CAR_BATTERY_LIFE_KM)) - 1;
    tl_grade grade = w->out->battery_grade;
    const tl_line line = { .stage = TL_STAGE_MATERIALS,
                           .material = material,
                           .activity = activity,
                           .amount = kwh,
                           .low = kwh,
                           .high = kwh,
                           .mass_kg = mass,
                           .grade = grade,
                           .item = "traction battery",
                           .basis = battery_basis[grade] };
    const tl_line replaced = { .stage = TL_STAGE_MAINTENANCE,
                               .material = material,
                               .activity = activity,
                               .amount = kwh * more,
                               .low = kwh * more,
                               .high = kwh * more,
                               .mass_kg = mass * more,
                               .grade = TL_GRADE_DEFAULT,
                               .item = "traction battery, replaced",
                               .basis = "battery.life_km" };
    if (!w->pack)
        w->rest_kg -= mass;
    st = add(w, &line);
    return st == TL_OK ? add(w, &replaced) : st;
}

/* A pack in the bill gives mass and chemistry; its energy is that of the car. */
static tl_status note_pack(struct work *w, const tl_vehicle_part *p)
{
    bool named = w->pack && *w->pack->process;
    if (named && *p->process && strcmp(w->pack->process, p->process) != 0)
        return tl_fail(w->err, TL_EINPUT, "part '%.60s': two battery chemistries, %.40s and %.40s",
                       p->part, w->pack->process, p->process);
    w->pack_kg += p->mass_kg;
    if (!w->pack || (!named && *p->process))
        w->pack = p;
    return TL_OK;
}

/* A part of known material: by what its supplier declared, else its recycled share by the recycled
 * route and the rest by its own. */
static tl_status add_part_material(struct work *w, const tl_vehicle_part *p, size_t material,
                                   size_t activity)
{
    const tl_car_model *m = w->m;
    const tl_supplier_factor *declared;
    size_t recycled = m->recycled[material], before = w->out->n;
    tl_status st = tl_supplier_factor_find(m->supplier_factors, m->supplier_factor_count,
                                           p->material, p->supplier, &declared, w->err);
    if (st != TL_OK)
        return st;
    if (!declared && p->recycled_share > 0 && recycled == TL_LCA_NONE)
        return tl_fail(w->err, TL_EINPUT, "part '%.60s': no factor for recycled %s is held",
                       p->part, p->material);
    double again = declared ? 0 : p->mass_kg * p->recycled_share;
    st = add_material(w, TL_STAGE_MATERIALS, material, activity, p->mass_kg - again, TL_GRADE_OWN,
                      p->part, "bill of materials");
    if (st == TL_OK && again > 0)
        st = add_material(w, TL_STAGE_MATERIALS, material, recycled, again, TL_GRADE_OWN, p->part,
                          "bill of materials");
    if (st == TL_OK && declared && w->out->n > before)
        w->out->lines[before].declared = declared;
    return st;
}

/* One part of the car's own bill of materials. */
static tl_status add_part(struct work *w, const tl_vehicle_part *p)
{
    const tl_car_model *m = w->m;
    size_t material = tl_car_rule_material(&m->rule, p->material);
    if (material == m->rule.material_count)
        return tl_fail(w->err, TL_EINPUT, "part '%.60s': no material '%.40s'", p->part,
                       p->material);
    size_t activity = m->activity[material];
    if (*p->process && (activity = tl_car_model_process(m, material, p->process)) == TL_LCA_NONE)
        return tl_fail(w->err, TL_EINPUT, "part '%.60s': no process '%.40s' for %s", p->part,
                       p->process, p->material);
    w->own_material[material] = true;
    w->rest_kg -= p->mass_kg;
    w->out->own_mass_kg += p->mass_kg;
    if (material == m->rule.named[TL_MATERIAL_FLUIDS])
        w->fluids_kg += p->mass_kg;
    if (material == m->rule.named[TL_MATERIAL_TYRES])
        w->tyres_kg += p->mass_kg;
    if (material == m->rule.named[TL_MATERIAL_TRACTION_BATTERY])
        return note_pack(w, p);
    return add_part_material(w, p, material, activity);
}

/* mass, or what the bill leaves of the car where that is less: a bill that speaks for the whole car
 * speaks for its tyres too, under another name. */
static double within_rest(const struct work *w, double mass_kg)
{
    return w->rest_kg < mass_kg ? fmax(w->rest_kg, 0) : mass_kg;
}

/* Tyres and lead-acid battery: apart from the composition, unless the bill names them. */
static tl_status add_apart(struct work *w)
{
    const tl_car_rule *r = &w->m->rule;
    size_t tyres = r->named[TL_MATERIAL_TYRES], lead = r->named[TL_MATERIAL_LEAD_ACID];
    double lead_kg = parameter(w, TL_CAR_LEAD_ACID_MASS_KG);
    tl_status st = TL_OK;
    if (!w->own_material[tyres]) {
        w->tyres_kg = parameter(w, TL_CAR_TYRE_COUNT) * parameter(w, TL_CAR_TYRE_MASS_KG);
        double mass = within_rest(w, w->tyres_kg);
        w->rest_kg -= mass;
        st = add_material(w, TL_STAGE_MATERIALS, tyres, w->m->activity[tyres], mass,
                          TL_GRADE_DEFAULT, "tyres", "tyre.mass_kg");
    }
    if (st == TL_OK && !w->own_material[lead] && !isnan(lead_kg)) {
        double mass = within_rest(w, lead_kg);
        w->rest_kg -= mass;
        st = add_material(w, TL_STAGE_MATERIALS, lead, w->m->activity[lead], mass, TL_GRADE_DEFAULT,
                          "lead-acid battery", "lead_acid.mass_kg");
    }
    return st;
}

/* What is left of the kerb mass, by the shares of the average light vehicle; aluminium by size
 * class where that is known and the car has no bill of its own. */
static tl_status add_composition(struct work *w)
{
    const tl_car_rule *r = &w->m->rule;
    const tl_size_default *al =
        w->out->own_mass_kg > 0
            ? NULL
            : size_default(r->aluminium_kg, r->aluminium_count, "", w->v->size_class);
    size_t aluminium = r->named[TL_MATERIAL_ALUMINIUM], fluids = r->named[TL_MATERIAL_FLUIDS];
    double share_al = 0;
    for (size_t i = 0; i < r->composition_count; i++)
        if (r->composition[i].material == aluminium)
            share_al += r->composition[i].share;
    if (w->rest_kg <= 0)
        return TL_OK;
    bool by_size = al && al->value < w->rest_kg && share_al > 0 && share_al < 1;
    double al_kg = by_size ? al->value : share_al * w->rest_kg;
    double scale = share_al < 1 ? (w->rest_kg - al_kg) / (1 - share_al) : 0;
    for (size_t i = 0; i < r->composition_count; i++) {
        const tl_composition_item *c = &r->composition[i];
        bool is_al = c->material == aluminium;
        double mass = is_al ? al_kg * c->share / share_al : scale * c->share;
        tl_status st =
            add_material(w, TL_STAGE_MATERIALS, c->material, w->m->activity[c->material], mass,
                         is_al && by_size ? TL_GRADE_ESTIMATE : TL_GRADE_DEFAULT, c->item,
                         is_al && by_size ? "aluminium_by_size" : "composition");
        if (st != TL_OK)
            return st;
        if (c->material == fluids)
            w->fluids_kg += mass;
    }
    return TL_OK;
}

static tl_status add_production(struct work *w)
{
    const tl_line line = { TL_STAGE_VEHICLE_PRODUCTION,
                           TL_LCA_NONE,
                           w->m->vehicle_production,
                           1,
                           1,
                           1,
                           0,
                           TL_GRADE_DEFAULT,
                           "vehicle production",
                           "vehicle-production",
                           NULL };
    return add(w, &line);
}

/* Fuel: made in one stage, burnt in the next. */
static tl_status add_fuel(struct work *w)
{
    const tl_vehicle *v = w->v;
    if (!v->fuel)
        return TL_OK;
    const tl_fuel *fuel = tl_car_rule_fuel(&w->m->rule, v->fuel);
    if (!fuel)
        return tl_fail(w->err, TL_EINPUT, "fuel '%.40s' is not known", v->fuel);
    size_t i = (size_t)(fuel - w->m->rule.fuels);
    if (w->m->supply[i] == TL_LCA_NONE || w->m->burning[i] == TL_LCA_NONE)
        return tl_fail(w->err, TL_EINPUT, "%s: %s", fuel->label_en, fuel->note);
    if (isnan(v->fuel_low) || isnan(v->fuel_high))
        return tl_fail(w->err, TL_EINPUT, "no fuel consumption");
    double per = parameter(w, TL_CAR_LIFETIME_KM) / 100;
    tl_line line = { TL_STAGE_FUEL_PRODUCTION,
                     TL_LCA_NONE,
                     w->m->supply[i],
                     mean(v->fuel_low, v->fuel_high) * per,
                     v->fuel_low * per,
                     v->fuel_high * per,
                     0,
                     TL_GRADE_OWN,
                     fuel->label_en,
                     "fuel consumption",
                     NULL };
    tl_status st = add(w, &line);
    line.stage = TL_STAGE_DRIVING;
    line.activity = w->m->burning[i];
    return st == TL_OK ? add(w, &line) : st;
}

/* Electricity: at the mains. Where the source counts behind the charger, the charging loss is
 * added. */
static tl_status add_electricity(struct work *w)
{
    const tl_vehicle *v = w->v;
    bool plugged = strcmp(v->powertrain, "bev") == 0 || strcmp(v->powertrain, "phev") == 0;
    if (!plugged)
        return TL_OK;
    if (isnan(v->electricity_low_wh_km) || isnan(v->electricity_high_wh_km))
        return tl_fail(w->err, TL_EINPUT, "no electricity consumption");
    double loss = v->electricity_at_mains ? 1 : parameter(w, TL_CAR_BATTERY_CHARGE_EFFICIENCY);
    double per = parameter(w, TL_CAR_LIFETIME_KM) / 1000 / loss;
    const tl_line line = { TL_STAGE_DRIVING,
                           TL_LCA_NONE,
                           w->m->charging,
                           mean(v->electricity_low_wh_km, v->electricity_high_wh_km) * per,
                           v->electricity_low_wh_km * per,
                           v->electricity_high_wh_km * per,
                           0,
                           v->electricity_at_mains ? TL_GRADE_OWN : TL_GRADE_ESTIMATE,
                           "electricity",
                           v->electricity_at_mains ? "electricity consumption at the mains"
                                                   : "battery.charge_efficiency",
                           NULL };
    return add(w, &line);
}

static tl_status add_maintenance(struct work *w)
{
    const tl_car_rule *r = &w->m->rule;
    const size_t *named = r->named;
    double sets = ceil(parameter(w, TL_CAR_LIFETIME_KM) / parameter(w, TL_CAR_TYRE_LIFE_KM)) - 1;
    double lead = parameter(w, TL_CAR_LEAD_ACID_MASS_KG);
    double lost =
        parameter(w, TL_CAR_REFRIGERANT_CHARGE_KG) * parameter(w, TL_CAR_REFRIGERANT_CHARGES_LOST);
    const struct {
        tl_named_material material;
        double mass_kg;
        const char *item, *basis;
    } rows[] = {
        { TL_MATERIAL_TYRES, w->tyres_kg * sets, "tyres, replaced", "tyre.life_km" },
        { TL_MATERIAL_LEAD_ACID,
          isnan(lead) ? 0 : lead * parameter(w, TL_CAR_LEAD_ACID_REPLACEMENTS),
          "lead-acid battery, replaced", "lead_acid.replacements" },
        { TL_MATERIAL_FLUIDS, w->fluids_kg * parameter(w, TL_CAR_FLUIDS_REFILLS),
          "fluids, refilled", "fluids.refills" },
        { TL_MATERIAL_REFRIGERANT, lost, "refrigerant escaped", "refrigerant.charge_kg" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t material = named[rows[i].material];
        tl_status st = add_material(w, TL_STAGE_MAINTENANCE, material, w->m->activity[material],
                                    rows[i].mass_kg, TL_GRADE_DEFAULT, rows[i].item, rows[i].basis);
        if (st != TL_OK)
            return st;
    }
    return TL_OK;
}

static tl_status check_parts(const struct work *w)
{
    if (w->out->own_mass_kg > 1.02 * w->v->kerb_mass_kg)
        return tl_fail(w->err, TL_EINPUT,
                       "the bill of materials weighs %.1f kg, more than the kerb mass of %.1f kg",
                       w->out->own_mass_kg, w->v->kerb_mass_kg);
    return TL_OK;
}

tl_status tl_car_demand(const tl_car_model *m, const tl_vehicle *v, const tl_vehicle_part *parts,
                        size_t n_parts, tl_demand *out, tl_error *err)
{
    struct work w = { .m = m, .v = v, .out = out, .err = err, .rest_kg = v->kerb_mass_kg };
    tl_status st = TL_OK;
    out->n = 0;
    out->battery_kwh = out->own_mass_kg = 0;
    out->battery_grade = TL_GRADE_OWN;
    for (size_t i = 0; st == TL_OK && i < n_parts; i++)
        st = add_part(&w, &parts[i]);
    if (st == TL_OK)
        st = check_parts(&w);
    if (st == TL_OK)
        st = add_battery(&w);
    if (st == TL_OK)
        st = add_apart(&w);
    if (st == TL_OK)
        st = add_composition(&w);
    if (st == TL_OK)
        st = add_production(&w);
    if (st == TL_OK)
        st = add_fuel(&w);
    if (st == TL_OK)
        st = add_electricity(&w);
    return st == TL_OK ? add_maintenance(&w) : st;
}

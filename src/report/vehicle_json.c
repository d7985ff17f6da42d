/* vehicle_json.c - the JSON of footprints; members keep their order and meaning between versions.
 */
#include <math.h>

#include "report/vehicle.h"

static void show_vehicle(tl_json *j, const tl_vehicle *v)
{
    tl_json_object(j, "car");
    tl_json_text(j, "id", v->id);
    tl_json_text(j, "brand", v->brand);
    tl_json_text(j, "model", v->model);
    tl_json_text(j, "description", v->description);
    tl_json_text(j, "size_class", v->size_class);
    tl_json_text(j, "body", v->body);
    tl_json_text(j, "powertrain", v->powertrain);
    tl_json_text(j, "fuel", v->fuel);
    tl_json_number(j, "kerb_mass_kg", v->kerb_mass_kg);
    tl_json_number(j, "fuel_low_l_100km", v->fuel_low);
    tl_json_number(j, "fuel_high_l_100km", v->fuel_high);
    tl_json_number(j, "electricity_low_wh_km", v->electricity_low_wh_km);
    tl_json_number(j, "electricity_high_wh_km", v->electricity_high_wh_km);
    tl_json_bool(j, "charging_loss_included", v->electricity_at_mains);
    tl_json_text(j, "source", v->map);
    tl_json_int(j, "source_row", v->source_row);
    tl_json_end(j);
}

static void show_totals(tl_json *j, const tl_footprint *f)
{
    tl_json_number(j, "g_co2e_per_km", tl_footprint_g_km(f, f->total_kg));
    tl_json_number(j, "g_co2e_per_km_low", tl_footprint_g_km(f, f->low_kg));
    tl_json_number(j, "g_co2e_per_km_high", tl_footprint_g_km(f, f->high_kg));
    tl_json_number(j, "tonnes_per_car", f->total_kg / 1000);
    tl_json_number(j, "lifetime_km", f->lifetime_km);
    tl_json_text(j, "grade", tl_grade_name(f->grade));
}

static void show_stages(tl_json *j, const tl_car_model *m, const tl_footprint *f)
{
    tl_json_array(j, "stages");
    for (size_t i = 0; i < TL_STAGES; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "stage", m->rule.stages[i].id);
        tl_json_number(j, "g_co2e_per_km", tl_footprint_g_km(f, f->stage_kg[i]));
        tl_json_end(j);
    }
    tl_json_end(j);
}

static void show_materials(tl_json *j, const tl_car_model *m, const tl_footprint *f)
{
    tl_json_array(j, "materials");
    for (size_t i = 0; i < m->rule.material_count; i++) {
        if (f->material_kg[i] == 0 && f->mass_kg[i] == 0)
            continue;
        tl_json_object(j, NULL);
        tl_json_text(j, "material", m->rule.materials[i].id);
        tl_json_number(j, "mass_kg", f->mass_kg[i]);
        tl_json_number(j, "g_co2e_per_km", tl_footprint_g_km(f, f->material_kg[i]));
        tl_json_number(j, "kg_co2e", f->material_kg[i]);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_number(j, "energy_g_co2e_per_km", tl_footprint_g_km(f, f->energy_kg));
    tl_json_number(j, "production_g_co2e_per_km", tl_footprint_g_km(f, f->production_kg));
}

static void show_grades(tl_json *j, const tl_footprint *f)
{
    tl_json_object(j, "share_by_grade");
    for (size_t g = 0; g < TL_GRADES; g++)
        tl_json_number(j, tl_grade_name((tl_grade)g),
                       f->total_kg != 0 ? f->grade_kg[g] / f->total_kg : 0);
    tl_json_end(j);
}

static void show_standing(tl_json *j, const tl_fleet *fleet, const tl_fleet_car *car)
{
    const tl_category *c = tl_fleet_category(fleet, car);
    tl_json_object(j, "category");
    tl_json_text(j, "size_class", c ? c->size_class : NULL);
    tl_json_text(j, "body", c ? c->body : NULL);
    tl_json_text(j, "powertrain", c ? c->powertrain : NULL);
    tl_json_int(j, "cars", c ? (int64_t)c->n : 0);
    tl_json_number(j, "mean_g_co2e_per_km", c ? c->mean_g_km : (double)NAN);
    tl_json_number(j, "distance_to_mean", c ? car->to_mean : (double)NAN);
    if (c)
        tl_json_bool(j, "below_mean", car->below);
    else
        tl_json_null(j, "below_mean");
    tl_json_end(j);
    if (car->class_number)
        tl_json_int(j, "class", car->class_number);
    else
        tl_json_null(j, "class");
}

/* Spread of a car, if the fleet was drawn. */
static void show_spread(tl_json *j, const tl_fleet *fleet, const tl_fleet_car *car)
{
    if (!fleet->spreads)
        return;
    const tl_spread *x = &fleet->spreads[car - fleet->cars];
    tl_json_object(j, "draws");
    tl_json_number(j, "mean_g_co2e_per_km", x->mean);
    tl_json_number(j, "sd_g_co2e_per_km", x->sd);
    tl_json_number(j, "p2_5_g_co2e_per_km", x->p2_5);
    tl_json_number(j, "median_g_co2e_per_km", x->median);
    tl_json_number(j, "p97_5_g_co2e_per_km", x->p97_5);
    tl_json_end(j);
}

static void show_lines(tl_json *j, const tl_shown_car *car)
{
    const tl_car_model *m = car->model;
    tl_json_array(j, "lines");
    for (size_t i = 0; i < car->demand->n; i++) {
        const tl_line *l = &car->demand->lines[i];
        tl_lca_name name = tl_car_system_name(m->system, l->activity);
        tl_json_object(j, NULL);
        tl_json_text(j, "item", l->item);
        tl_json_text(j, "stage", m->rule.stages[l->stage].id);
        tl_json_text(j, "material",
                     l->material == TL_LCA_NONE ? NULL : m->rule.materials[l->material].id);
        tl_json_text(j, "activity", name.id);
        tl_json_number(j, "amount", l->amount);
        tl_json_text(j, "unit", name.unit);
        tl_json_number(j, "kg_co2e_per_unit", tl_line_score(l, m->scores));
        tl_json_number(j, "kg_co2e", l->amount * tl_line_score(l, m->scores));
        tl_json_text(j, "grade", tl_grade_name(l->grade));
        tl_json_text(j, "basis", l->basis);
        tl_json_end(j);
    }
    tl_json_end(j);
}

static void show_assumptions(tl_json *j, const tl_assumption *list, size_t n)
{
    tl_json_array(j, "assumptions");
    for (size_t i = 0; i < n; i++) {
        const tl_assumption *a = &list[i];
        tl_json_object(j, NULL);
        tl_json_text(j, "parameter", a->parameter->name);
        tl_json_number(j, "value", a->parameter->value);
        tl_json_text(j, "unit", a->parameter->unit);
        tl_json_number(j, "low", a->parameter->low);
        tl_json_number(j, "high", a->parameter->high);
        tl_json_number(j, "g_co2e_per_km_at_low", a->at_low_g_km);
        tl_json_number(j, "g_co2e_per_km_at_high", a->at_high_g_km);
        tl_json_text(j, "basis", a->parameter->basis);
        tl_json_text(j, "source", a->parameter->source);
        tl_json_end(j);
    }
    tl_json_end(j);
}

/* What has to be said of the options that were set. */
static void show_notes(tl_json *j, const tl_car_model *m)
{
    size_t n;
    const tl_choice *c = tl_car_system_choices(m->system, &n);
    tl_json_array(j, "notes");
    for (size_t i = 0; i < n; i++)
        if (c[i].chosen && *c[i].note)
            tl_json_text(j, NULL, c[i].note);
    tl_json_end(j);
}

static void show_pin_list(tl_json *j, const tl_pins *pins)
{
    for (size_t i = 0; i < pins->n; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "set", pins->items[i].id);
        tl_json_text(j, "version", pins->items[i].version);
        tl_json_text(j, "checksum", pins->items[i].checksum);
        tl_json_end(j);
    }
}

/* What the result stands on: enough to compute it again. The footprint's own pins come first; those
 * of classes and means (fleet, may be NULL) do not enter the input hash of a car. */
static void show_pins(tl_json *j, const tl_car_model *m, const tl_fleet *fleet)
{
    tl_json_text(j, "method", tl_footprint_method);
    tl_json_text(j, "gwp", tl_car_system_gwp(m->system));
    tl_json_object(j, "settings");
    for (size_t i = 0; i < m->setting_count; i++)
        tl_json_text(j, m->settings[i].key, m->settings[i].value);
    tl_json_end(j);
    show_notes(j, m);
    tl_json_array(j, "pins");
    show_pin_list(j, &m->pins);
    tl_json_end(j);
    if (!fleet)
        return;
    tl_json_array(j, "class_pins");
    show_pin_list(j, &fleet->pins);
    tl_json_end(j);
}

void tl_vehicle_car_json(tl_json *j, const char *name, const tl_shown_car *car)
{
    tl_json_object(j, name);
    show_vehicle(j, car->vehicle);
    show_totals(j, car->footprint);
    show_stages(j, car->model, car->footprint);
    show_materials(j, car->model, car->footprint);
    show_grades(j, car->footprint);
    tl_json_object(j, "battery");
    tl_json_number(j, "kwh", car->footprint->battery_kwh);
    tl_json_text(j, "grade",
                 car->footprint->battery_kwh > 0 ? tl_grade_name(car->demand->battery_grade)
                                                 : NULL);
    tl_json_end(j);
    if (car->in_fleet) {
        show_standing(j, car->fleet, car->in_fleet);
        show_spread(j, car->fleet, car->in_fleet);
    }
    show_assumptions(j, car->assumptions, car->n_assumptions);
    show_lines(j, car);
    show_pins(j, car->model, car->fleet);
    tl_json_text(j, "input_hash", car->input_hash);
    tl_json_end(j);
}

static void show_fleet_car(tl_json *j, const tl_car_model *m, const tl_fleet *f,
                           const tl_fleet_car *car)
{
    tl_json_object(j, NULL);
    tl_json_text(j, "id", car->vehicle->id);
    tl_json_text(j, "brand", car->vehicle->brand);
    tl_json_text(j, "model", car->vehicle->model);
    tl_json_text(j, "description", car->vehicle->description);
    tl_json_text(j, "powertrain", car->vehicle->powertrain);
    if (car->refused) {
        tl_json_text(j, "refused", car->refused);
    } else {
        show_totals(j, &car->footprint);
        show_stages(j, m, &car->footprint);
        show_materials(j, m, &car->footprint);
        show_grades(j, &car->footprint);
        show_standing(j, f, car);
        show_spread(j, f, car);
        show_assumptions(j, car->assumptions, car->n_assumptions);
        tl_json_text(j, "input_hash", car->input_hash);
    }
    tl_json_end(j);
}

static void show_makers(tl_json *j, const tl_fleet *f)
{
    tl_json_array(j, "makers");
    for (size_t i = 0; i < f->n_makers; i++) {
        const tl_maker *k = &f->makers[i];
        tl_json_object(j, NULL);
        tl_json_text(j, "brand", k->brand);
        tl_json_int(j, "cars", (int64_t)k->cars);
        tl_json_int(j, "with_category", (int64_t)k->with_category);
        tl_json_int(j, "below_mean", (int64_t)k->below);
        tl_json_number(j, "share_below_mean", k->eta);
        tl_json_number(j, "mean_g_co2e_per_km", k->mean_g_km);
        tl_json_end(j);
    }
    tl_json_end(j);
}

void tl_vehicle_fleet_json(tl_json *j, const tl_car_model *m, const tl_fleet *f)
{

    tl_json_object(j, NULL);
    tl_json_int(j, "cars_total", (int64_t)f->n_cars);
    tl_json_int(j, "computed", (int64_t)f->computed);
    tl_json_int(j, "refused", (int64_t)f->refused);
    tl_json_array(j, "categories");
    for (size_t i = 0; i < f->n_categories; i++) {
        const tl_category *c = &f->categories[i];
        tl_json_object(j, NULL);
        tl_json_text(j, "size_class", c->size_class);
        tl_json_text(j, "body", c->body);
        tl_json_text(j, "powertrain", c->powertrain);
        tl_json_int(j, "cars", (int64_t)c->n);
        tl_json_number(j, "mean_g_co2e_per_km", c->mean_g_km);
        tl_json_number(j, "lowest_g_co2e_per_km", c->lowest_g_km);
        tl_json_number(j, "highest_g_co2e_per_km", c->highest_g_km);
        tl_json_end(j);
    }
    tl_json_end(j);
    show_makers(j, f);
    tl_json_array(j, "cars");
    for (size_t i = 0; i < f->n_cars; i++)
        show_fleet_car(j, m, f, &f->cars[i]);
    tl_json_end(j);
    show_pins(j, m, f);
    tl_json_end(j);
}

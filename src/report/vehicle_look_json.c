/* vehicle_look_json.c - the JSON of lists, cars as they are, parameters and intensities. */
#include <math.h>

#include "report/vehicle.h"

void tl_vehicle_list_json(tl_json *j, const tl_vehicle *list, size_t n)
{
    tl_json_array(j, NULL);
    for (size_t i = 0; i < n; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "id", list[i].id);
        tl_json_text(j, "brand", list[i].brand);
        tl_json_text(j, "model", list[i].model);
        tl_json_text(j, "description", list[i].description);
        tl_json_text(j, "powertrain", list[i].powertrain);
        tl_json_number(j, "kerb_mass_kg", list[i].kerb_mass_kg);
        tl_json_end(j);
    }
    tl_json_end(j);
}

static void put_numbers(tl_json *j, const tl_vehicle *v)
{
    tl_json_number(j, "kerb_mass_kg", v->kerb_mass_kg);
    tl_json_number(j, "fuel_low_l_100km", v->fuel_low);
    tl_json_number(j, "fuel_high_l_100km", v->fuel_high);
    tl_json_number(j, "electricity_low_wh_km", v->electricity_low_wh_km);
    tl_json_number(j, "electricity_high_wh_km", v->electricity_high_wh_km);
    tl_json_number(j, "range_low_km", v->range_low_km);
    tl_json_number(j, "range_high_km", v->range_high_km);
    tl_json_number(j, "battery_kwh", v->battery_kwh);
}

/* A text that the source does not give is null, as a number is. */
void tl_vehicle_show_json(tl_json *j, const tl_vehicle *v, const tl_vehicle_part *parts, size_t n)
{
    tl_json_object(j, NULL);
    tl_json_text(j, "id", v->id);
    tl_json_text(j, "source", v->map);
    tl_json_int(j, "source_row", v->source_row);
    tl_json_text(j, "brand", v->brand);
    tl_json_text(j, "maker_group", v->maker_group);
    tl_json_text(j, "model", v->model);
    tl_json_text(j, "description", v->description);
    tl_json_text(j, "size_class", v->size_class);
    tl_json_text(j, "body", v->body);
    tl_json_text(j, "powertrain", v->powertrain);
    tl_json_text(j, "fuel", v->fuel);
    put_numbers(j, v);
    tl_json_text(j, "chemistry", v->chemistry);
    tl_json_number(j, "co2_low_g_km", v->co2_low_g_km);
    tl_json_number(j, "co2_high_g_km", v->co2_high_g_km);
    tl_json_number(j, "price", v->price);
    tl_json_text(j, "currency", v->currency);
    tl_json_array(j, "bill_of_materials");
    for (size_t i = 0; i < n; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "part", parts[i].part);
        tl_json_text(j, "material", parts[i].material);
        tl_json_number(j, "mass_kg", parts[i].mass_kg);
        tl_json_text(j, "supplier", parts[i].supplier);
        tl_json_text(j, "process", parts[i].process);
        tl_json_number(j, "recycled_share", parts[i].recycled_share);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_end(j);
}

void tl_vehicle_parameters_json(tl_json *j, const tl_car_model *m)
{
    size_t n;
    const tl_choice *c = tl_car_system_choices(m->system, &n);
    tl_json_object(j, NULL);
    tl_json_array(j, "parameters");
    for (size_t i = 0; i < TL_CAR_PARAMETERS; i++) {
        const tl_parameter *p = &m->rule.parameters[i];
        tl_json_object(j, NULL);
        tl_json_text(j, "name", p->name);
        tl_json_number(j, "value", p->value);
        tl_json_text(j, "unit", p->unit);
        tl_json_number(j, "low", p->low);
        tl_json_number(j, "high", p->high);
        tl_json_text(j, "basis", p->basis);
        tl_json_text(j, "source", p->source);
        tl_json_text(j, "note", p->note);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_array(j, "choices");
    for (size_t i = 0; i < n; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "parameter", c[i].parameter);
        tl_json_text(j, "option", c[i].option);
        tl_json_bool(j, "chosen", c[i].chosen);
        tl_json_text(j, "label_en", c[i].label_en);
        tl_json_text(j, "label_zh", c[i].label_zh);
        tl_json_text(j, "note", c[i].note);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_end(j);
}

void tl_vehicle_intensity_json(tl_json *j, const tl_intensity_row *rows, size_t n)
{
    tl_json_array(j, NULL);
    for (size_t i = 0; i < n; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "car", rows[i].car);
        tl_json_text(j, "material", rows[i].material);
        tl_json_number(j, "footprint_t", rows[i].footprint_t);
        tl_json_number(j, "share_percent", rows[i].share_percent);
        tl_json_number(j, "mass_kg", rows[i].mass_kg);
        tl_json_number(j, "t_co2e_per_kg", rows[i].t_co2e_per_kg);
        tl_json_end(j);
    }
    tl_json_end(j);
}

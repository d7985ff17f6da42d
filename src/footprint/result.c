/* result.c - demand times unit scores, summed in the order of the lines. */
#include "footprint/result.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

const char tl_footprint_method[] = "tanlian-car 1.0";

/* own: the car's bill covers at least 95% of its kerb mass. default: the traction battery is a
 * default by size, or the size class is unknown. estimate: the rest (kerb mass and energy use of
 * this model, materials by average shares). */
static tl_grade grade_of(const tl_vehicle *v, const tl_demand *d)
{
    if (d->own_mass_kg >= 0.95 * v->kerb_mass_kg)
        return TL_GRADE_OWN;
    if ((d->battery_kwh > 0 && d->battery_grade == TL_GRADE_DEFAULT) || !v->size_class)
        return TL_GRADE_DEFAULT;
    return TL_GRADE_ESTIMATE;
}

void tl_footprint_of(const tl_car_model *m, const tl_vehicle *v, const tl_demand *d,
                     tl_footprint *out)
{
    *out = (tl_footprint){ .lifetime_km = m->rule.parameters[TL_CAR_LIFETIME_KM].value,
                           .battery_kwh = d->battery_kwh,
                           .grade = grade_of(v, d) };
    for (size_t i = 0; i < d->n; i++) {
        const tl_line *l = &d->lines[i];
        double score = tl_line_score(l, m->scores), kg = l->amount * score;
        out->total_kg += kg;
        out->low_kg += l->low * score;
        out->high_kg += l->high * score;
        out->stage_kg[l->stage] += kg;
        out->grade_kg[l->grade] += kg;
        if (l->material != TL_LCA_NONE) {
            out->material_kg[l->material] += kg;
            if (l->stage == TL_STAGE_MATERIALS)
                out->mass_kg[l->material] += l->mass_kg;
        } else if (l->stage == TL_STAGE_VEHICLE_PRODUCTION) {
            out->production_kg += kg;
        } else {
            out->energy_kg += kg;
        }
    }
}

double tl_footprint_g_km(const tl_footprint *f, double kg)
{
    return kg * 1000 / f->lifetime_km;
}

static void hash_number(tl_sha256 *h, double v)
{
    char text[TL_NUMBER_MAX];
    tl_number_format(v, text);
    tl_sha256_add_field(h, text);
}

static void hash_vehicle(tl_sha256 *h, const tl_vehicle *v)
{
    const char *const texts[] = { v->id,   v->brand,      v->model, v->size_class,
                                  v->body, v->powertrain, v->fuel,  v->chemistry };
    const double numbers[] = {
        v->kerb_mass_kg,           v->fuel_low,     v->fuel_high,     v->electricity_low_wh_km,
        v->electricity_high_wh_km, v->range_low_km, v->range_high_km, v->battery_kwh
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        tl_sha256_add_field(h, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hash_number(h, numbers[i]);
    tl_sha256_add_field(h, v->electricity_at_mains ? "mains" : "battery");
}

/* By key: the order in which settings were given changes nothing, so it may not change the hash. */
static void hash_settings(tl_sha256 *h, const tl_setting *settings, size_t n)
{
    const tl_setting *last = NULL;
    for (size_t k = 0; k < n; k++) {
        const tl_setting *next = NULL;
        for (size_t i = 0; i < n; i++)
            if ((!last || strcmp(settings[i].key, last->key) > 0) &&
                (!next || strcmp(settings[i].key, next->key) < 0))
                next = &settings[i];
        if (!next)
            return; /* no key stands twice (setting.h) */
        tl_sha256_add_field(h, next->key);
        tl_sha256_add_field(h, next->value);
        last = next;
    }
}

/* What a supplier declared is added only where the part is counted with it: all other cars keep
 * their hash. */
static tl_status hash_part(tl_sha256 *h, const tl_car_model *m, const tl_vehicle_part *p,
                           tl_error *err)
{
    const tl_supplier_factor *declared;
    tl_status st = tl_supplier_factor_find(m->supplier_factors, m->supplier_factor_count,
                                           p->material, p->supplier, &declared, err);
    if (st != TL_OK)
        return st;
    tl_sha256_add_field(h, p->part);
    tl_sha256_add_field(h, p->material);
    tl_sha256_add_field(h, p->supplier);
    tl_sha256_add_field(h, p->process);
    hash_number(h, p->mass_kg);
    hash_number(h, p->recycled_share);
    if (declared) {
        tl_sha256_add_field(h, "declared");
        tl_sha256_add_field(h, declared->pin);
        hash_number(h, declared->kg_co2e_per_kg);
    }
    return TL_OK;
}

tl_status tl_footprint_input_hash(const tl_car_model *m, const tl_vehicle *v,
                                  const tl_vehicle_part *parts, size_t n_parts,
                                  char hex[TL_SHA256_HEX], tl_error *err)
{
    tl_sha256 *h;
    tl_status st = tl_sha256_new(&h, err);
    if (st != TL_OK)
        return st;
    tl_sha256_add_field(h, tl_footprint_method);
    tl_pins_hash(&m->pins, h);
    hash_settings(h, m->settings, m->setting_count);
    hash_vehicle(h, v);
    for (size_t i = 0; st == TL_OK && i < n_parts; i++)
        st = hash_part(h, m, &parts[i], err);
    if (st == TL_OK)
        st = tl_sha256_final(h, hex, err);
    tl_sha256_free(h);
    return st;
}

const char *tl_grade_name(tl_grade g)
{
    static const char *const names[TL_GRADES] = { "own", "estimate", "default" };
    return (size_t)g < TL_GRADES ? names[g] : "";
}

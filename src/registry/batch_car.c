/* batch_car.c - a computed car as a record. */
#include <math.h>
#include <string.h>

#include "registry/batch_priv.h"

/* The choice of electricity.region, by which the electricity of factories and of driving is taken.
 */
static const char *region_of(const tl_car_model *m)
{
    size_t n;
    const tl_choice *choices = tl_car_system_choices(m->system, &n);
    for (size_t i = 0; i < n; i++)
        if (choices[i].chosen && strcmp(choices[i].parameter, "electricity.region") == 0)
            return choices[i].option;
    return "";
}

tl_status tl_batch_model_make(const tl_car_model *m, tl_arena *arena, tl_batch_model *out,
                              tl_error *err)
{
    tl_buf method;
    tl_status st;
    *out = (tl_batch_model){ .m = m };
    tl_buf_init(&method, 0);
    tl_buf_str(&method, tl_footprint_method);
    for (size_t i = 0; i < m->setting_count; i++)
        tl_buf_printf(&method, "; %s=%s", m->settings[i].key, m->settings[i].value);
    st = tl_buf_status(&method, err);
    if (st == TL_OK && method.len > TL_RECORD_NAME_MAX)
        st = tl_fail(err, TL_EINPUT, "the settings take more than %d bytes",
                     (int)TL_RECORD_NAME_MAX);
    out->method = st == TL_OK ? tl_arena_str(arena, tl_buf_text(&method)) : NULL;
    out->region = region_of(m);
    tl_buf_clear(&method);
    if (st == TL_OK && !out->method)
        st = tl_fail_nomem(err);
    return st == TL_OK ? tl_batch_pins(m, NULL, 0, arena, &out->pins, err) : st;
}

/* Stages in the order of life, then the materials that are in the car. */
static tl_status make_parts(const tl_batch_model *b, const tl_footprint *f, tl_arena *arena,
                            tl_record *out, tl_error *err)
{
    const tl_car_rule *rule = &b->m->rule;
    tl_record_part *parts = tl_arena_alloc(arena, TL_STAGES + rule->material_count, sizeof *parts);
    size_t n = 0;
    if (!parts)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < TL_STAGES; i++)
        parts[n++] = (tl_record_part){ "stage", rule->stages[i].id,
                                       tl_footprint_g_km(f, f->stage_kg[i]), out->unit };
    for (size_t i = 0; i < rule->material_count; i++)
        if (f->material_kg[i] != 0)
            parts[n++] = (tl_record_part){ "material", rule->materials[i].id,
                                           tl_footprint_g_km(f, f->material_kg[i]), out->unit };
    out->parts = parts;
    out->n_parts = n;
    return TL_OK;
}

static const char *text_of(const char *s)
{
    return s ? s : "";
}

/* Half the width of 95% of the draws, over their mean. */
static double uncertainty_of(const tl_spread *spread)
{
    double half = spread ? (spread->p97_5 - spread->p2_5) / 2 / spread->mean : NAN;
    return isfinite(half) && half > 0 ? half : NAN;
}

tl_status tl_batch_car_record(const tl_batch_model *b, const tl_fleet_car *car,
                              const tl_spread *spread, tl_arena *arena, tl_record *out,
                              tl_error *err)
{
    const tl_vehicle *v = car->vehicle;
    bool priced = isfinite(v->price) && v->price >= 0 && *text_of(v->currency);
    *out = (tl_record){
        .id = v->id,
        .kind = TL_RECORD_VEHICLE,
        .product = *text_of(v->description) ? v->description : v->model,
        .maker = v->brand,
        .series = v->model,
        .size_class = v->size_class,
        .body = v->body,
        .powertrain = v->powertrain,
        .kerb_mass_kg = v->kerb_mass_kg,
        .price = priced ? v->price : NAN,
        .currency = priced ? v->currency : "",
        .value = car->g_km,
        .unit = "g CO2e/km",
        .boundary = "cradle to grave",
        .method = b->method,
        .region = b->region,
        .grade = tl_grade_name(car->footprint.grade),
        .year = v->year,
        .uncertainty = uncertainty_of(spread),
        .primary_share = NAN,
        .pins = b->pins,
        .input_hash = car->input_hash,
        .reason = "",
    };
    return make_parts(b, &car->footprint, arena, out, err);
}

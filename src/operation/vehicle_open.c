/* vehicle_open.c - settings, one car computed, the document of JSON. */
#include "operation/declared.h"
#include "operation/vehicle.h"

tl_status tl_settings_add(tl_settings *s, const char *text, tl_arena *arena, tl_error *err)
{
    if (s->n == TL_SETTINGS_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d settings", (int)TL_SETTINGS_MAX);
    tl_status st = tl_setting_parse(&s->items[s->n], text, s->items, s->n, arena, err);
    s->n += st == TL_OK;
    return st;
}

tl_status tl_vehicle_settings(const tl_call *c, tl_settings *out, tl_error *err)
{
    const char *texts[TL_SETTINGS_MAX];
    size_t n = tl_call_list(c, "set", texts, TL_SETTINGS_MAX);
    tl_status st = n <= TL_SETTINGS_MAX
                       ? TL_OK
                       : tl_fail(err, TL_EINPUT, "more than %d settings", (int)TL_SETTINGS_MAX);
    out->n = 0;
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = tl_settings_add(out, texts[i], c->arena, err);
    return st;
}

tl_status tl_vehicle_open(const tl_call *c, const char *id, tl_vehicle *v, tl_vehicle_part **parts,
                          size_t *n, tl_error *err)
{
    tl_status st = tl_vehicle_get(c->store, c->viewer, id, c->arena, v, err);
    return st == TL_OK ? tl_vehicle_parts(c->store, c->viewer, id, c->arena, parts, n, err) : st;
}

tl_status tl_vehicle_compute(const tl_call *c, const char *id, const tl_settings *settings,
                             tl_computed_car *out, tl_error *err)
{
    *out = (tl_computed_car){ 0 };
    tl_status st = tl_vehicle_open(c, id, &out->vehicle, &out->parts, &out->n_parts, err);
    if (st == TL_OK)
        st = tl_declared_car_model(&out->model, c->store, settings->items, settings->n, c->arena,
                                   err);
    if (st != TL_OK)
        return st;
    st = tl_car_demand(&out->model, &out->vehicle, out->parts, out->n_parts, &out->demand, err);
    if (st != TL_OK)
        return tl_context(err, st, "car %s has no footprint", id);
    tl_footprint_of(&out->model, &out->vehicle, &out->demand, &out->footprint);
    st = tl_car_assumptions(&out->model, &out->vehicle, out->parts, out->n_parts, out->assumptions,
                            TL_SHOWN_ASSUMPTIONS, &out->n_assumptions, err);
    if (st == TL_OK)
        st = tl_footprint_input_hash(&out->model, &out->vehicle, out->parts, out->n_parts,
                                     out->hash, err);
    return st;
}

void tl_computed_car_close(tl_computed_car *x)
{
    tl_demand_clear(&x->demand);
    tl_car_model_close(&x->model);
}

tl_shown_car tl_computed_car_shown(const tl_computed_car *x, const tl_fleet *fleet)
{
    return (tl_shown_car){ .model = &x->model,
                           .vehicle = &x->vehicle,
                           .demand = &x->demand,
                           .footprint = &x->footprint,
                           .fleet = fleet,
                           .in_fleet = fleet ? tl_fleet_find(fleet, x->vehicle.id) : NULL,
                           .assumptions = x->assumptions,
                           .n_assumptions = x->n_assumptions,
                           .input_hash = x->hash };
}

tl_json tl_vehicle_document(tl_call *c, bool pretty)
{
    c->document_type = "application/json";
    return tl_json_start(&c->document, pretty);
}

tl_status tl_vehicle_document_end(tl_call *c, tl_error *err)
{
    tl_buf_char(&c->document, '\n');
    return tl_buf_status(&c->document, err);
}

/* vehicle.h - the functions behind the rows of vehicle.c, and what they share. */
#ifndef TL_OPERATION_VEHICLE_H
#define TL_OPERATION_VEHICLE_H

#include "footprint/setting.h"
#include "operation/operation.h"
#include "report/vehicle.h"

enum { TL_SETTINGS_MAX = 32 };

typedef struct tl_settings {
    tl_setting items[TL_SETTINGS_MAX];
    size_t n;
} tl_settings;

/* The arguments "set" of the call; texts in its arena. */
TL_MUST_CHECK tl_status tl_vehicle_settings(const tl_call *c, tl_settings *out, tl_error *err);

/* One more, "key=value"; TL_EINPUT where the key is set already. */
TL_MUST_CHECK tl_status tl_settings_add(tl_settings *s, const char *text, tl_arena *arena,
                                        tl_error *err);

/* One car computed with one model. All zero is closed. */
typedef struct tl_computed_car {
    tl_car_model model;
    tl_vehicle vehicle;
    tl_vehicle_part *parts;
    size_t n_parts;
    tl_demand demand;
    tl_footprint footprint;
    tl_assumption assumptions[TL_SHOWN_ASSUMPTIONS];
    size_t n_assumptions;
    char hash[TL_SHA256_HEX];
} tl_computed_car;

/* A car and its bill of materials, as far as the viewer may see them. */
TL_MUST_CHECK tl_status tl_vehicle_open(const tl_call *c, const char *id, tl_vehicle *v,
                                        tl_vehicle_part **parts, size_t *n, tl_error *err);

/* The footprint of a car with what suppliers declared; also to be closed where it failed. */
TL_MUST_CHECK tl_status tl_vehicle_compute(const tl_call *c, const char *id,
                                           const tl_settings *settings, tl_computed_car *out,
                                           tl_error *err);
void tl_computed_car_close(tl_computed_car *x);

/* fleet may be NULL. */
tl_shown_car tl_computed_car_shown(const tl_computed_car *x, const tl_fleet *fleet);

/* The documented JSON goes in here (docs/vehicle-json.md), where c->json asks for it. */
tl_json tl_vehicle_document(tl_call *c, bool pretty);
TL_MUST_CHECK tl_status tl_vehicle_document_end(tl_call *c, tl_error *err);

tl_status tl_run_vehicle_search(tl_call *c, tl_error *err);     /* vehicle_look.c */
tl_status tl_run_vehicle_show(tl_call *c, tl_error *err);       /* vehicle_look.c */
tl_status tl_run_vehicle_parameters(tl_call *c, tl_error *err); /* vehicle_look.c */
tl_status tl_run_vehicle_intensity(tl_call *c, tl_error *err);  /* vehicle_look.c */
tl_status tl_run_vehicle_footprint(tl_call *c, tl_error *err);  /* vehicle_footprint.c */
tl_status tl_run_vehicle_fleet(tl_call *c, tl_error *err);      /* vehicle_footprint.c */
tl_status tl_run_vehicle_compare(tl_call *c, tl_error *err);    /* vehicle_compare.c */
tl_status tl_run_vehicle_break_even(tl_call *c, tl_error *err); /* vehicle_compare.c */
tl_status tl_run_vehicle_import(tl_call *c, tl_error *err);     /* vehicle_import.c */
tl_status tl_run_vehicle_bill(tl_call *c, tl_error *err);       /* vehicle_import.c */

#endif

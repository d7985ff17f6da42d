/* vehicle.h - cars as reports, as charts, and as the JSON that docs/vehicle-json.md describes.
 *
 * Everything is made from results that are computed already; texts are borrowed from them and must
 * live as long as the report. A report is NULL where memory ran out. */
#ifndef TL_REPORT_VEHICLE_H
#define TL_REPORT_VEHICLE_H

#include "footprint/assumption.h"
#include "footprint/break_even.h"
#include "footprint/fleet.h"
#include "format/json.h"
#include "report/report.h"

enum { TL_SHOWN_ASSUMPTIONS = 8 };

/* One car with all there is to say about it. Pointers may be NULL where marked. */
typedef struct tl_shown_car {
    const tl_car_model *model;
    const tl_vehicle *vehicle;
    const tl_demand *demand;
    const tl_footprint *footprint;
    const tl_fleet *fleet;        /* NULL: no category, class or mean */
    const tl_fleet_car *in_fleet; /* NULL with fleet */
    const tl_assumption *assumptions;
    size_t n_assumptions;
    const char *input_hash;
} tl_shown_car;

/* "brand model description", cut to a width that fits a line. */
const char *tl_vehicle_name(const tl_vehicle *v, tl_arena *arena);

/* The car, and with what_if (may be NULL) line by line what another model changes. */
tl_report *tl_report_vehicle_footprint(const tl_shown_car *car, const tl_shown_car *what_if,
                                       tl_arena *arena);

/* Means by powertrain, classes, makers (the first `makers` of them, 0 = all), what was not
 * computed; with_cars: each car too, in files. */
tl_report *tl_report_vehicle_fleet(const tl_car_model *m, const tl_fleet *f, size_t makers,
                                   bool with_cars, tl_arena *arena);

/* Cars side by side, all of one model's rule. */
tl_report *tl_report_vehicle_comparison(const tl_shown_car *cars, size_t n, tl_arena *arena);

tl_report *tl_report_vehicle_list(const tl_vehicle *list, size_t n, tl_arena *arena);
tl_report *tl_report_vehicle_show(const tl_vehicle *v, const tl_vehicle_part *parts, size_t n,
                                  tl_arena *arena);
tl_report *tl_report_vehicle_parameters(const tl_car_model *m, tl_arena *arena);

/* A published footprint of a car and what it says of one material (footprint/intensity.h). */
typedef struct tl_intensity_row {
    const char *car, *material;
    double footprint_t, share_percent, mass_kg, t_co2e_per_kg;
} tl_intensity_row;
tl_report *tl_report_vehicle_intensity(const tl_intensity_row *rows, size_t n, tl_arena *arena);

/* Two cars in one person's use. region is the option of charging.region, NULL: as the model has
 * it; km_stated false: nobody said how far a year goes. */
typedef struct tl_shown_break_even {
    const tl_shown_car *a, *b;
    const tl_break_even_study *study;
    const char *region;
    int64_t km_year;
    double years;
    bool km_stated;
} tl_shown_break_even;
tl_report *tl_report_vehicle_break_even(const tl_shown_break_even *x, tl_arena *arena);

/* The JSON of docs/vehicle-json.md; name: of a member, NULL at the top. */
void tl_vehicle_car_json(tl_json *j, const char *name, const tl_shown_car *car);
void tl_vehicle_fleet_json(tl_json *j, const tl_car_model *m, const tl_fleet *f);
void tl_vehicle_list_json(tl_json *j, const tl_vehicle *list, size_t n);
void tl_vehicle_show_json(tl_json *j, const tl_vehicle *v, const tl_vehicle_part *parts, size_t n);
void tl_vehicle_parameters_json(tl_json *j, const tl_car_model *m);
void tl_vehicle_intensity_json(tl_json *j, const tl_intensity_row *rows, size_t n);

/* A bar a car, a segment a stage, in g CO2e/km. names[i], where names is not NULL, stands for the
 * name of car i. */
TL_MUST_CHECK tl_status tl_chart_vehicle_stages(const tl_shown_car *cars, const tl_label *names,
                                                size_t n, bool zh, tl_arena *arena, tl_buf *out,
                                                tl_error *err);

/* A bar a material of one car, in g CO2e/km. */
TL_MUST_CHECK tl_status tl_chart_vehicle_materials(const tl_shown_car *car, bool zh,
                                                   tl_arena *arena, tl_buf *out, tl_error *err);

/* Mean, lowest and highest of each powertrain. */
TL_MUST_CHECK tl_status tl_chart_vehicle_fleet(const tl_car_model *m, const tl_fleet *f, bool zh,
                                               tl_arena *arena, tl_buf *out, tl_error *err);

/* What both cars emit until the end of use, by stage; the title says the break-even. */
TL_MUST_CHECK tl_status tl_chart_vehicle_break_even(const tl_shown_break_even *x, bool zh,
                                                    tl_arena *arena, tl_buf *out, tl_error *err);

#endif

/* vehicle_parts.h - what the reports of cars share: words, names, numbers as text, pins. */
#ifndef TL_REPORT_VEHICLE_PARTS_H
#define TL_REPORT_VEHICLE_PARTS_H

#include "report/vehicle.h"

/* A word of the vocabulary of the rule: kind "size", "body", "powertrain". */
tl_label tl_word_car(const tl_car_rule *r, const char *kind, const char *id);
tl_label tl_word_stage(const tl_car_rule *r, tl_stage stage);
tl_label tl_word_material(const tl_car_rule *r, size_t material);
tl_label tl_word_basis(const char *code); /* of parameters: "source", "declared", ... */

/* The name of a car, the same in both languages. */
tl_label tl_vehicle_label(const tl_vehicle *v, tl_arena *arena);

/* v rounded, or in the shortest exact form; NULL for no number. */
const char *tl_decimal(double v, int decimals, tl_arena *arena);
const char *tl_decimal_exact(double v, tl_arena *arena);

/* A rounded fact; nothing is added for no number. */
void tl_report_fact_decimal(tl_report *r, const char *key, tl_label name, double v, int decimals,
                            tl_arena *arena);

/* What a result stands on: method, GWP set, settings, pins in one line, and in files a table of
 * pins with checksums; the notes of what was chosen. fleet may be NULL. */
void tl_report_vehicle_pins(tl_report *r, const tl_car_model *m, const tl_fleet *fleet,
                            tl_arena *arena);
void tl_report_vehicle_pin_table(tl_report *r, const tl_car_model *m, const tl_fleet *fleet);
void tl_report_vehicle_notes(tl_report *r, const tl_car_model *m, tl_arena *arena);

/* What came out of the break-even, in a sentence. */
tl_label tl_break_even_verdict(const tl_shown_break_even *x, tl_arena *arena);

/* Settings as "a=b, c=d", "" for none. */
const char *tl_settings_text(const tl_car_model *m, tl_arena *arena);

#endif

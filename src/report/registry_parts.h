/* registry_parts.h - what the reports and charts of the registry share. */
#ifndef TL_REPORT_REGISTRY_PARTS_H
#define TL_REPORT_REGISTRY_PARTS_H

#include "report/registry_statistics.h"

/* Words of data/car-rule/categories.csv; a code nobody knows stands for itself, "" is "not known".
 */
tl_label tl_word_size_class(const char *code);
tl_label tl_word_body(const char *code);
tl_label tl_word_powertrain(const char *code);
tl_label tl_word_fuel(const char *code); /* of fuels.csv beside it */

/* What a group is called: a maker, a series and a time stand for themselves. */
tl_label tl_group_label(const tl_registry_view *v, tl_car_field field, const char *key);

/* "2024-09", or "2024-07 to 2024-09". */
tl_label tl_months_label(const tl_sales_period *p, tl_arena *arena);

/* "3", "1-3"; "no class" for 0. */
tl_label tl_class_range_label(int low, int high, tl_arena *arena);

/* Facts "sales_from", "sales_until", "sales_region", and a note where a month of them has no
 * figures. */
void tl_put_sales_facts(tl_report *r, const tl_sales_period *p, tl_arena *arena);

/* v rounded half up as people see it, in the arena. */
const char *tl_fixed_text(tl_arena *arena, double v, int decimals);

/* The code at a place of a list, "" where it is unknown. */
const char *tl_car_code(const tl_car_words *words, uint8_t place);

/* "compact car · SUV · plug-in hybrid electric vehicle". */
tl_label tl_category_words(const char *size, const char *body, const char *powertrain,
                           tl_arena *arena);
tl_label tl_category_label(const tl_registry_view *v, uint8_t size, uint8_t body,
                           uint8_t powertrain);

/* "class 1 Low Carbon+" / "1 级 低碳+"; 0: "no class" / "不分级". */
tl_label tl_class_label(const tl_registry_view *v, int class_number);

/* Cars of a group that have a class. */
size_t tl_group_classed(const tl_car_group *g);

/* Facts "day", "cars", "peer_rule", "class_rule", "kerb_mass_window_kg". */
void tl_put_registry_facts(tl_report *r, const tl_registry_view *v);

/* Why the two benchmarks can contradict each other. */
void tl_put_benchmark_note(tl_report *r);

/* That a record does not say whether its car is on sale (SPEC 3.12). */
void tl_put_on_sale_note(tl_report *r);

#endif

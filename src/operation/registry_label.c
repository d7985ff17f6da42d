/* registry_label.c - the carbon label of a published car. */
#include <math.h>
#include <string.h>

#include "footprint/rule.h"
#include "operation/registry.h"
#include "operation/registry_open.h"
#include "report/registry_parts.h"
#include "report/words.h"

/* Tonnes over the life of a car, by the mileage of the rule. */
static tl_status tonnes(tl_store *s, double g_km, tl_arena *arena, double *out, tl_error *err)
{
    tl_pins pins = { 0 };
    tl_car_rule rule;
    tl_status st = tl_car_rule_load(&rule, s, NULL, 0, &pins, arena, err);
    if (st == TL_OK)
        *out = g_km * rule.parameters[TL_CAR_LIFETIME_KM].value / 1e6;
    return st;
}

static tl_label class_of(const tl_peer_rule *rule, int number)
{
    for (size_t i = 0; i < rule->classes.n; i++)
        if (rule->classes.classes[i].number == number)
            return (tl_label){ rule->classes.classes[i].label_en,
                               rule->classes.classes[i].label_zh };
    return (tl_label){ NULL, NULL };
}

tl_status tl_registry_label_of(tl_store *s, const tl_record *car, const tl_benchmark *b,
                               const tl_peer_rule *rule, const char *link, tl_arena *arena,
                               tl_carbon_label *l, tl_error *err)
{
    const char *rules =
        tl_arena_printf(arena, "peer-rule@%s, class-rule@%s", rule->version, rule->class_version);
    *l = (tl_carbon_label){
        .product = { car->product, car->product },
        .maker = { car->maker, car->maker },
        .category = tl_category_words(car->size_class, car->body, car->powertrain, arena),
        .class_label = class_of(rule, b->class_number),
        .class_number = b->class_number,
        .g_km = car->value,
        .mean_g_km = b->mean_g_km,
        .kerb_mass_kg = car->kerb_mass_kg,
        .earlier_g_km = NAN,
        .fuel = tl_word_powertrain(car->powertrain),
        .grade = tl_word_grade(car->grade),
        .disclosure_id = *car->disclosure_id ? car->disclosure_id : car->id,
        .version = tl_arena_printf(arena, "%lld", (long long)car->version),
        .published_on = car->published_on,
        .link = link ? link
                     : tl_arena_printf(arena, "tanlian:%s@%lld", car->id, (long long)car->version),
        .rule = { rules, rules },
    };
    return rules && l->version && l->link && l->category.en && l->category.zh
               ? tonnes(s, car->value, arena, &l->t_car, err)
               : tl_fail_nomem(err);
}

static tl_status find_published(const tl_call *c, const char *id, tl_record *r, tl_error *err)
{
    tl_status st = tl_record_get(c->store, id, 0, c->arena, r, err);
    if (st == TL_OK && (r->kind != TL_RECORD_VEHICLE || r->state != TL_RECORD_PUBLISHED))
        st = tl_fail(err, TL_ENOTFOUND, "no published car %s", id);
    return st;
}

tl_status tl_run_registry_label(tl_call *c, tl_error *err)
{
    tl_record r;
    tl_benchmark b;
    tl_peer_rule rule;
    tl_carbon_label l;
    if (!c->format)
        return tl_fail(err, TL_EINPUT, "%sout FILE.svg or FILE.pdf is needed: where the label goes",
                       c->dash ? c->dash : "");
    tl_status st = find_published(c, tl_call_text(c, "record"), &r, err);
    if (st == TL_OK)
        st = tl_peer_rule_load(&rule, c->store, c->arena, err);
    if (st == TL_OK)
        st = tl_registry_benchmark(c->store, &rule, &r, c->arena, &b, err);
    if (st == TL_OK)
        st = tl_registry_label_of(c->store, &r, &b, &rule, tl_call_text(c, "link"), c->arena, &l,
                                  err);
    if (st != TL_OK)
        return st;
    const bool svg = strcmp(c->format, "svg") == 0;
    c->document_type = svg ? "image/svg+xml" : "application/pdf";
    return svg ? tl_carbon_label_svg(&l, c->zh, &c->document, err)
               : tl_carbon_label_pdf(&l, c->zh, &c->document, err);
}

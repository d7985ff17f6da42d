/* registry_label.c - the carbon label of a published car, and records from a file. */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "cli/registry.h"
#include "footprint/rule.h"
#include "intake/record_json.h"
#include "report/registry_parts.h"
#include "report/registry_record.h"
#include "report/words.h"

/* Tonnes over the life of a car, by the mileage of the rule. */
static tl_status tonnes(tl_registry_call *c, double g_km, double *out, tl_error *err)
{
    tl_pins pins = { 0 };
    tl_car_rule rule;
    tl_status st = tl_car_rule_load(&rule, c->store, NULL, 0, &pins, c->cli->arena, err);
    if (st == TL_OK)
        *out = g_km * rule.parameters[TL_CAR_LIFETIME_KM].value / 1e6;
    return st;
}

tl_status tl_registry_label_of(tl_registry_call *c, const tl_record *r, size_t place,
                               const char *link, tl_carbon_label *l, tl_error *err)
{
    tl_arena *arena = c->cli->arena;
    const tl_published_car *car = &c->cars.cars[place];
    const tl_benchmark *b = &c->benchmarks.items[place];
    const tl_registry_view v = { .cars = &c->cars,
                                 .benchmarks = &c->benchmarks,
                                 .rule = &c->rule,
                                 .day = r->published_on,
                                 .arena = arena };
    const char *rule = tl_arena_printf(arena, "peer-rule@%s, class-rule@%s", c->rule.version,
                                       c->rule.class_version);
    *l = (tl_carbon_label){
        .product = { r->product, r->product },
        .maker = { r->maker, r->maker },
        .category = tl_category_label(&v, car->size, car->body, car->powertrain),
        .class_number = b->class_number,
        .g_km = r->value,
        .mean_g_km = b->mean_g_km,
        .kerb_mass_kg = r->kerb_mass_kg,
        .earlier_g_km = NAN,
        .fuel = tl_word_powertrain(r->powertrain),
        .grade = tl_word_grade(r->grade),
        .disclosure_id = *r->disclosure_id ? r->disclosure_id : r->id,
        .version = tl_arena_printf(arena, "%lld", (long long)r->version),
        .published_on = r->published_on,
        .link =
            link ? link : tl_arena_printf(arena, "tanlian:%s@%lld", r->id, (long long)r->version),
        .rule = { rule, rule },
    };
    for (size_t i = 0; i < c->rule.classes.n; i++)
        if (c->rule.classes.classes[i].number == b->class_number)
            l->class_label = (tl_label){ c->rule.classes.classes[i].label_en,
                                         c->rule.classes.classes[i].label_zh };
    return rule && l->version && l->link ? tonnes(c, r->value, &l->t_car, err) : tl_fail_nomem(err);
}

static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && strcmp(path + n - m, ending) == 0;
}

static tl_status find_place(tl_registry_call *c, const char *id, size_t *place, tl_error *err)
{
    for (*place = 0; *place < c->cars.n; ++*place)
        if (strcmp(c->cars.cars[*place].id, id) == 0)
            return TL_OK;
    return tl_fail(err, TL_ENOTFOUND, "no published car %s", id);
}

tl_status tl_registry_label(tl_registry_call *c, tl_error *err)
{
    const char *link = NULL;
    const tl_option options[] = { { "link", TL_OPTION_TEXT, &link } };
    tl_record r;
    tl_carbon_label l;
    size_t place = 0;
    tl_buf b;
    tl_status st = tl_registry_options(c, options, 1, 1, 1, err);
    if (st == TL_OK && (!c->out || !(ends_with(c->out, ".svg") || ends_with(c->out, ".pdf"))))
        return tl_fail(err, TL_EINPUT,
                       "--out FILE.svg or FILE.pdf is needed: where the label goes");
    if (st == TL_OK)
        st = tl_registry_cars(c, err);
    if (st == TL_OK)
        st = tl_record_get(c->store, c->argv[0], 0, c->cli->arena, &r, err);
    if (st == TL_OK)
        st = find_place(c, r.id, &place, err);
    if (st == TL_OK)
        st = tl_registry_label_of(c, &r, place, link, &l, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    st = ends_with(c->out, ".svg") ? tl_carbon_label_svg(&l, c->cli->zh, &b, err)
                                   : tl_carbon_label_pdf(&l, c->cli->zh, &b, err);
    return tl_cli_save(c->out, &b, st, err);
}

tl_status tl_registry_put(tl_registry_call *c, tl_error *err)
{
    tl_record r;
    const tl_record *versions;
    size_t n;
    bool same;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_registry_options(c, NULL, 0, 1, 1, err);
    if (st == TL_OK)
        st = tl_record_json_read(c->argv[0], arena, &r, err);
    if (st == TL_OK)
        st = tl_registry_open(c, true, err);
    if (st == TL_OK && *c->reason)
        r.reason = c->reason;
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_record_put(c->store, &r, c->who, &same, err);
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    if (st == TL_OK)
        st = tl_record_versions(c->store, r.id, arena, &versions, &n, err);
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_record_versions(versions, n, arena), c->out, err)
               : st;
}

/* rule.c - data/car-rule into structs, every reference checked once here. */
#include "footprint/rule.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "dataset/table.h"

#define SET_ID "car-rule"

static const char *const parameter_names[TL_CAR_PARAMETERS] = {
    [TL_CAR_LIFETIME_KM] = "lifetime_km",
    [TL_CAR_STEEL_UTILISATION] = "steel.utilisation",
    [TL_CAR_ALUMINIUM_UTILISATION] = "aluminium.utilisation",
    [TL_CAR_OTHER_UTILISATION] = "other.utilisation",
    [TL_CAR_TYRE_MASS_KG] = "tyre.mass_kg",
    [TL_CAR_TYRE_COUNT] = "tyre.count",
    [TL_CAR_TYRE_LIFE_KM] = "tyre.life_km",
    [TL_CAR_FLUIDS_REFILLS] = "fluids.refills",
    [TL_CAR_LEAD_ACID_MASS_KG] = "lead_acid.mass_kg",
    [TL_CAR_LEAD_ACID_REPLACEMENTS] = "lead_acid.replacements",
    [TL_CAR_REFRIGERANT_CHARGE_KG] = "refrigerant.charge_kg",
    [TL_CAR_REFRIGERANT_CHARGES_LOST] = "refrigerant.charges_lost",
    [TL_CAR_BATTERY_CHARGE_EFFICIENCY] = "battery.charge_efficiency",
    [TL_CAR_BATTERY_LIFE_KM] = "battery.life_km",
    [TL_CAR_BATTERY_CELL_MASS_SHARE] = "battery.cell_mass_share",
    [TL_CAR_BATTERY_CELL_DENSITY] = "battery.cell_density",
};

static const char *const stage_ids[TL_STAGES] = { "materials", "vehicle-production",
                                                  "fuel-production", "driving", "maintenance" };

static const char *const material_ids[TL_NAMED_MATERIALS] = {
    "steel", "aluminium", "tyres", "fluids", "lead-acid-battery", "traction-battery", "refrigerant"
};

/* What all readers below need. */
struct reading {
    tl_table_reader from;
    tl_arena *arena;
    tl_car_rule *rule;
};

static size_t find_name(const char *const *names, size_t n, const char *name)
{
    size_t i = 0;
    while (i < n && strcmp(names[i], name) != 0)
        i++;
    return i;
}

/* Utilisation rates, efficiencies and shares divide or multiply masses; they lie in (0, 1]. */
static bool is_fraction(size_t p)
{
    return p == TL_CAR_STEEL_UTILISATION || p == TL_CAR_ALUMINIUM_UTILISATION ||
           p == TL_CAR_OTHER_UTILISATION || p == TL_CAR_BATTERY_CHARGE_EFFICIENCY ||
           p == TL_CAR_BATTERY_CELL_MASS_SHARE;
}

static bool is_divisor(size_t p)
{
    return is_fraction(p) || p == TL_CAR_LIFETIME_KM || p == TL_CAR_TYRE_LIFE_KM ||
           p == TL_CAR_BATTERY_LIFE_KM || p == TL_CAR_BATTERY_CELL_DENSITY;
}

/* Far wider than any car; within them no product or quotient of demand.c leaves the doubles. */
#define LARGEST 1e9
#define SMALLEST_DIVISOR 1e-3

static tl_status check_value(size_t p, double v, tl_error *err)
{
    if (isnan(v))
        return TL_OK;
    if (is_fraction(p) && (v <= 0 || v > 1))
        return tl_fail(err, TL_EINPUT, "%s: %g is not above 0 and at most 1", parameter_names[p],
                       v);
    if (v < 0 || (is_divisor(p) && v == 0))
        return tl_fail(err, TL_EINPUT, "%s: %g, expected a number above 0", parameter_names[p], v);
    if (v > LARGEST || (is_divisor(p) && v < SMALLEST_DIVISOR))
        return tl_fail(err, TL_EINPUT, "%s: %g, expected %g to %g", parameter_names[p], v,
                       is_divisor(p) ? SMALLEST_DIVISOR : 0, LARGEST);
    return TL_OK;
}

static tl_status read_parameters(const struct reading *r, tl_error *err)
{
    enum { NAME, VALUE, UNIT, LOW, HIGH, BASIS, EN, ZH, SOURCE, NOTE, COLUMNS };
    static const char *const names[COLUMNS] = { "name",  "value",    "unit",     "low",    "high",
                                                "basis", "label_en", "label_zh", "source", "note" };
    tl_table t;
    tl_status st = tl_table_read(&t, &r->from, "parameters.csv", names, COLUMNS, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        size_t p = find_name(parameter_names, TL_CAR_PARAMETERS, tl_table_text(&t, i, NAME));
        if (p == TL_CAR_PARAMETERS)
            return tl_sheet_fail(&t.sheet, i, t.at[NAME], err, "'%s' is no parameter of the rule",
                                 tl_table_text(&t, i, NAME));
        tl_parameter *to = &r->rule->parameters[p];
        *to = (tl_parameter){ .name = parameter_names[p],
                              .unit = tl_table_text(&t, i, UNIT),
                              .basis = tl_table_text(&t, i, BASIS),
                              .label_en = tl_table_text(&t, i, EN),
                              .label_zh = tl_table_text(&t, i, ZH),
                              .source = tl_table_text(&t, i, SOURCE),
                              .note = tl_table_text(&t, i, NOTE) };
        st = tl_sheet_number_opt(&t.sheet, i, t.at[VALUE], &to->value, err);
        if (st == TL_OK)
            st = tl_sheet_number_opt(&t.sheet, i, t.at[LOW], &to->low, err);
        if (st == TL_OK)
            st = tl_sheet_number_opt(&t.sheet, i, t.at[HIGH], &to->high, err);
        if (st == TL_OK && (st = check_value(p, to->value, err)) == TL_OK &&
            (st = check_value(p, to->low, err)) == TL_OK)
            st = check_value(p, to->high, err);
    }
    for (size_t p = 0; st == TL_OK && p < TL_CAR_PARAMETERS; p++)
        if (!r->rule->parameters[p].name)
            st = tl_fail(err, TL_EINPUT, SET_ID "/parameters.csv: no row '%s'", parameter_names[p]);
    return st;
}

static tl_status read_stages(const struct reading *r, tl_error *err)
{
    static const char *const names[] = { "stage", "label_en", "label_zh" };
    tl_table t;
    tl_status st = tl_table_read(&t, &r->from, "stages.csv", names, 3, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < TL_STAGES; i++) {
        if (i >= t.sheet.rows || strcmp(tl_table_text(&t, i, 0), stage_ids[i]) != 0)
            return tl_fail(err, TL_EINPUT, SET_ID "/stages.csv: row %zu has to be '%s'", i + 1,
                           stage_ids[i]);
        r->rule->stages[i] = (tl_rule_word){ "stage", stage_ids[i], tl_table_text(&t, i, 1),
                                             tl_table_text(&t, i, 2) };
    }
    return TL_OK;
}

static tl_status read_materials(const struct reading *r, tl_error *err)
{
    enum { ID, ACTIVITY, RECYCLED, UTILISATION, EN, ZH, COLUMNS };
    static const char *const names[COLUMNS] = { "material",    "activity", "recycled_activity",
                                                "utilisation", "label_en", "label_zh" };
    tl_table t;
    tl_status st = tl_table_read(&t, &r->from, "materials.csv", names, COLUMNS, err);
    if (st != TL_OK)
        return st;
    if (t.sheet.rows > TL_MATERIALS_MAX)
        return tl_fail(err, TL_EINPUT, SET_ID "/materials.csv: more than %d materials",
                       TL_MATERIALS_MAX);
    tl_material *list = tl_arena_alloc(r->arena, t.sheet.rows, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < t.sheet.rows; i++) {
        size_t p = find_name(parameter_names, TL_CAR_PARAMETERS, tl_table_text(&t, i, UTILISATION));
        if (p == TL_CAR_PARAMETERS || !is_fraction(p))
            return tl_sheet_fail(&t.sheet, i, t.at[UTILISATION], err, "'%s' is no utilisation rate",
                                 tl_table_text(&t, i, UTILISATION));
        list[i] = (tl_material){ tl_table_text(&t, i, ID),       tl_table_text(&t, i, ACTIVITY),
                                 tl_table_text(&t, i, RECYCLED), (tl_car_parameter)p,
                                 tl_table_text(&t, i, EN),       tl_table_text(&t, i, ZH) };
    }
    r->rule->materials = list;
    r->rule->material_count = t.sheet.rows;
    for (size_t k = 0; k < TL_NAMED_MATERIALS; k++)
        if ((r->rule->named[k] = tl_car_rule_material(r->rule, material_ids[k])) == t.sheet.rows)
            return tl_fail(err, TL_EINPUT, SET_ID "/materials.csv: no row '%s'", material_ids[k]);
    return TL_OK;
}

static tl_status read_composition(const struct reading *r, tl_error *err)
{
    static const char *const names[] = { "item", "mass_lb", "material", "source" };
    tl_table t;
    tl_status st = tl_table_read(&t, &r->from, "composition.csv", names, 4, err);
    if (st != TL_OK)
        return st;
    tl_composition_item *list = tl_arena_alloc(r->arena, t.sheet.rows, sizeof *list);
    double total = 0;
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < t.sheet.rows; i++) {
        list[i].item = tl_table_text(&t, i, 0);
        list[i].source = tl_table_text(&t, i, 3);
        list[i].material = tl_car_rule_material(r->rule, tl_table_text(&t, i, 2));
        if (list[i].material == r->rule->material_count)
            return tl_sheet_fail(&t.sheet, i, t.at[2], err, "'%s' is no material",
                                 tl_table_text(&t, i, 2));
        if ((st = tl_sheet_number(&t.sheet, i, t.at[1], &list[i].share, err)) != TL_OK)
            return st;
        if (list[i].share < 0)
            return tl_sheet_fail(&t.sheet, i, t.at[1], err, "a mass below 0");
        total += list[i].share;
    }
    if (total <= 0)
        return tl_fail(err, TL_EINPUT, SET_ID "/composition.csv: the masses add up to nothing");
    for (size_t i = 0; i < t.sheet.rows; i++)
        list[i].share /= total;
    r->rule->composition = list;
    r->rule->composition_count = t.sheet.rows;
    return TL_OK;
}

/* Reads "size_class,<value>,source[,powertrain]". */
static tl_status read_size_defaults(const struct reading *r, const char *file,
                                    const char *const *names, size_t columns,
                                    const tl_size_default **out, size_t *n, tl_error *err)
{
    tl_table t;
    tl_status st = tl_table_read(&t, &r->from, file, names, columns, err);
    if (st != TL_OK)
        return st;
    tl_size_default *list = tl_arena_alloc(r->arena, t.sheet.rows, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        list[i].powertrain = columns > 3 ? tl_table_text(&t, i, 3) : NULL;
        list[i].size_class = tl_table_text(&t, i, 0);
        list[i].source = tl_table_text(&t, i, 2);
        st = tl_sheet_number(&t.sheet, i, t.at[1], &list[i].value, err);
        if (st == TL_OK && !(list[i].value > 0 && list[i].value <= LARGEST))
            st = tl_sheet_fail(&t.sheet, i, t.at[1], err, "%g, expected a number above 0",
                               list[i].value);
    }
    *out = list;
    *n = t.sheet.rows;
    return st;
}

static tl_status read_defaults(const struct reading *r, tl_error *err)
{
    static const char *const aluminium[] = { "size_class", "aluminium_kg", "source" };
    static const char *const battery[] = { "size_class", "battery_kwh", "source", "powertrain" };
    tl_car_rule *to = r->rule;
    tl_status st = read_size_defaults(r, "aluminium_by_size.csv", aluminium, 3, &to->aluminium_kg,
                                      &to->aluminium_count, err);
    if (st != TL_OK)
        return st;
    return read_size_defaults(r, "battery_by_size.csv", battery, 4, &to->battery_kwh,
                              &to->battery_count, err);
}

static tl_status read_fuels(const struct reading *r, tl_error *err)
{
    enum { ID, SUPPLY, BURNING, UNIT, EN, ZH, NOTE, COLUMNS };
    static const char *const names[COLUMNS] = { "fuel", "supply_activity", "burning_activity",
                                                "unit", "label_en",        "label_zh",
                                                "note" };
    tl_table t;
    tl_status st = tl_table_read(&t, &r->from, "fuels.csv", names, COLUMNS, err);
    if (st != TL_OK)
        return st;
    tl_fuel *list = tl_arena_alloc(r->arena, t.sheet.rows, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < t.sheet.rows; i++)
        list[i] = (tl_fuel){ tl_table_text(&t, i, ID),      tl_table_text(&t, i, SUPPLY),
                             tl_table_text(&t, i, BURNING), tl_table_text(&t, i, UNIT),
                             tl_table_text(&t, i, EN),      tl_table_text(&t, i, ZH),
                             tl_table_text(&t, i, NOTE) };
    r->rule->fuels = list;
    r->rule->fuel_count = t.sheet.rows;
    return TL_OK;
}

static tl_status read_labels(const struct reading *r, tl_error *err)
{
    static const char *const names[] = { "kind", "id", "label_en", "label_zh" };
    tl_table t;
    tl_status st = tl_table_read(&t, &r->from, "categories.csv", names, 4, err);
    if (st != TL_OK)
        return st;
    tl_rule_word *list = tl_arena_alloc(r->arena, t.sheet.rows, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < t.sheet.rows; i++)
        list[i] = (tl_rule_word){ tl_table_text(&t, i, 0), tl_table_text(&t, i, 1),
                                  tl_table_text(&t, i, 2), tl_table_text(&t, i, 3) };
    r->rule->labels = list;
    r->rule->label_count = t.sheet.rows;
    return TL_OK;
}

static tl_status apply_settings(tl_car_rule *rule, const tl_setting *settings, size_t n,
                                tl_error *err)
{
    for (size_t i = 0; i < n; i++) {
        size_t p = find_name(parameter_names, TL_CAR_PARAMETERS, settings[i].key);
        if (p == TL_CAR_PARAMETERS)
            continue; /* a choice of the system */
        tl_status st = tl_number_parse(settings[i].value, &rule->parameters[p].value, err);
        if (st == TL_OK)
            st = check_value(p, rule->parameters[p].value, err);
        if (st != TL_OK)
            return tl_context(err, st, "setting %s", settings[i].key);
        rule->parameters[p].basis = "setting";
        rule->parameters[p].source = "";
    }
    return TL_OK;
}

tl_status tl_car_rule_load(tl_car_rule *out, tl_store *s, const tl_setting *settings, size_t n,
                           tl_pins *pins, tl_arena *arena, tl_error *err)
{
    tl_dataset set;
    const struct reading r = { { s, &set, arena }, arena, out };
    *out = (tl_car_rule){ 0 };
    tl_status st = tl_dataset_get(s, SET_ID, NULL, arena, &set, err);
    if (st == TL_OK)
        st = tl_pins_add(pins, &set, err);
    if (st == TL_OK)
        st = read_parameters(&r, err);
    if (st == TL_OK)
        st = read_stages(&r, err);
    if (st == TL_OK)
        st = read_materials(&r, err);
    if (st == TL_OK)
        st = read_composition(&r, err);
    if (st == TL_OK)
        st = read_defaults(&r, err);
    if (st == TL_OK)
        st = read_fuels(&r, err);
    if (st == TL_OK)
        st = read_labels(&r, err);
    return st == TL_OK ? apply_settings(out, settings, n, err) : st;
}

size_t tl_car_rule_material(const tl_car_rule *rule, const char *id)
{
    size_t i = 0;
    while (i < rule->material_count && strcmp(rule->materials[i].id, id) != 0)
        i++;
    return i;
}

const tl_fuel *tl_car_rule_fuel(const tl_car_rule *rule, const char *id)
{
    for (size_t i = 0; i < rule->fuel_count; i++)
        if (strcmp(rule->fuels[i].id, id) == 0)
            return &rule->fuels[i];
    return NULL;
}

bool tl_car_rule_has(const tl_car_rule *rule, const char *name)
{
    (void)rule;
    return find_name(parameter_names, TL_CAR_PARAMETERS, name) < TL_CAR_PARAMETERS;
}

const char *tl_car_rule_label(const tl_car_rule *rule, const char *kind, const char *id, bool zh)
{
    if (!id)
        return "";
    for (size_t i = 0; i < rule->label_count; i++)
        if (strcmp(rule->labels[i].kind, kind) == 0 && strcmp(rule->labels[i].id, id) == 0)
            return zh ? rule->labels[i].zh : rule->labels[i].en;
    return id;
}

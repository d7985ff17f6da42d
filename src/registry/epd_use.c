/* epd_use.c - the value of a declaration as the factor of a supplier's material, and the uses that
 * were saved. A use keeps the value it was saved with: a later version moves no car by itself. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "format/fold.h"
#include "quantity/unit.h"
#include "registry/epd_effect_priv.h"

/* kg CO2e per kg, from the declared unit. */
tl_status tl_epd_per_kg(const tl_record *r, double *out, tl_error *err)
{
    tl_units *units = NULL;
    tl_unit from, to;
    tl_status st = tl_units_new(&units, err);
    if (st == TL_OK)
        st = tl_unit_parse(units, r->unit, &from, err);
    if (st == TL_OK)
        st = tl_unit_parse(units, "kgCO2e/kg", &to, err);
    if (st == TL_OK)
        st = tl_unit_convert(units, r->value, &from, &to, out, err);
    tl_units_free(units);
    return st == TL_OK ? st : tl_context(err, st, "%s", r->id);
}

/* Cars buy it by mass: a traction battery counts by its energy. */
static tl_status by_mass(tl_store *s, const char *material, tl_arena *arena, tl_error *err)
{
    tl_pins pins = { 0 };
    tl_car_rule *rule = tl_arena_alloc(arena, 1, sizeof *rule);
    tl_status st =
        rule ? tl_car_rule_load(rule, s, NULL, 0, &pins, arena, err) : tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    size_t i = tl_car_rule_material(rule, material);
    if (i == rule->material_count)
        return tl_fail(err, TL_ENOTFOUND, "'%.80s' is no material of car-rule", material);
    if (i == rule->named[TL_MATERIAL_TRACTION_BATTERY])
        return tl_fail(err, TL_EINPUT, "%s counts by its energy, a declaration by its mass",
                       material);
    return TL_OK;
}

tl_status tl_epd_factor_of(tl_store *s, const char *record, const char *material,
                           const char *supplier, tl_arena *arena, tl_supplier_factor *out,
                           int64_t *version, tl_error *err)
{
    tl_epd_row row;
    tl_record r;
    *out = (tl_supplier_factor){ .material = material, .supplier = supplier };
    tl_status st = tl_record_text_check("supplier", supplier, TL_EPD_NAME_MAX, false, true, err);
    if (st == TL_OK)
        st = tl_epd_row_get(s, record, arena, &row, err);
    if (st == TL_OK && !*row.epd.registration)
        return tl_fail(err, TL_ECONFLICT, "%s is not registered yet", record);
    if (st == TL_OK)
        st = tl_record_get(s, record, 0, arena, &r, err);
    if (st == TL_OK && r.state != TL_RECORD_PUBLISHED)
        return tl_fail(err, TL_ECONFLICT, "%s is %s, expected a declaration that is registered",
                       record, tl_record_state_name(r.state));
    if (st == TL_OK)
        st = by_mass(s, material, arena, err);
    if (st == TL_OK)
        st = tl_epd_per_kg(&r, &out->kg_co2e_per_kg, err);
    if (st != TL_OK)
        return st;
    *version = r.version;
    out->checksum = r.hash;
    out->boundary = r.boundary;
    out->pin = tl_arena_printf(arena, "%s@%lld", record, (long long)r.version);
    return out->pin ? TL_OK : tl_fail_nomem(err);
}

static tl_status read_use(tl_query *q, tl_arena *arena, tl_epd_use_row *out, tl_error *err)
{
    out->record = tl_arena_str(arena, tl_query_get_text(q, 0));
    out->factor = (tl_supplier_factor){
        .material = tl_arena_str(arena, tl_query_get_text(q, 2)),
        .supplier = tl_arena_str(arena, tl_query_get_text(q, 3)),
        .kg_co2e_per_kg = tl_query_get_number(q, 4),
        .pin = tl_arena_printf(arena, "%s@%lld", tl_query_get_text(q, 0),
                               (long long)tl_query_get_int(q, 1)),
        .checksum = tl_arena_str(arena, tl_query_get_text(q, 5)),
        .boundary = tl_arena_str(arena, tl_query_get_text(q, 6)),
    };
    const tl_supplier_factor *f = &out->factor;
    return out->record && f->material && f->supplier && f->pin && f->checksum && f->boundary
               ? TL_OK
               : tl_fail_nomem(err);
}

/* The last use of each material and supplier, withdrawn declarations among them. */
static tl_status last_uses(tl_store *s, tl_arena *arena, tl_epd_use_row **out, size_t *n,
                           tl_error *err)
{
    tl_query *q;
    tl_epd_use_row *rows = NULL;
    size_t cap = 0;
    bool row = false;
    *n = 0;
    tl_status st = tl_store_query(s, "epd_use.list", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_grow(&rows, &cap, *n + 1, sizeof *rows, err)) != TL_OK ||
            (st = read_use(q, arena, &rows[*n], err)) != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    *out = st == TL_OK ? tl_arena_alloc(arena, *n, sizeof **out) : NULL;
    if (st == TL_OK && !*out)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < *n; i++)
        (*out)[i] = rows[i];
    free(rows);
    return st;
}

tl_status tl_epd_uses(tl_store *s, tl_arena *arena, tl_epd_use_row **out, size_t *n, tl_error *err)
{
    size_t found, kept = 0;
    tl_status st = last_uses(s, arena, out, &found, err);
    for (size_t i = 0; st == TL_OK && i < found; i++) {
        tl_record r;
        st = tl_record_get(s, (*out)[i].record, 0, arena, &r, err);
        if (st == TL_OK && r.state != TL_RECORD_WITHDRAWN)
            (*out)[kept++] = (*out)[i];
    }
    *n = kept;
    return st;
}

tl_status tl_epd_factors(tl_store *s, tl_arena *arena, const tl_supplier_factor **out, size_t *n,
                         tl_error *err)
{
    tl_epd_use_row *uses;
    tl_status st = tl_epd_uses(s, arena, &uses, n, err);
    if (st != TL_OK)
        return st;
    tl_supplier_factor *list = tl_arena_alloc(arena, *n, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < *n; i++)
        list[i] = uses[i].factor;
    *out = list;
    return TL_OK;
}

/* Whether this very use is the last one already. */
static tl_status is_last(tl_store *s, const tl_supplier_factor *f, tl_arena *arena, bool *same,
                         tl_error *err)
{
    tl_epd_use_row *uses;
    size_t n;
    *same = false;
    tl_status st = last_uses(s, arena, &uses, &n, err);
    for (size_t i = 0; st == TL_OK && i < n && !*same; i++)
        if (strcmp(uses[i].factor.material, f->material) == 0 &&
            strcmp(uses[i].factor.pin, f->pin) == 0)
            st = tl_supplier_same(uses[i].factor.supplier, f->supplier, same, err);
    return st;
}

static tl_status write_use(tl_store *s, const char *record, int64_t version,
                           const tl_supplier_factor *f, const char *who, tl_arena *arena,
                           tl_error *err)
{
    const char *folded;
    char number[TL_NUMBER_MAX];
    tl_query *q;
    tl_status st = tl_fold(f->supplier, arena, &folded, err);
    if (st == TL_OK)
        st = tl_store_query(s, "epd_use.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, record);
    tl_query_int(q, 2, version);
    tl_query_text(q, 3, f->material);
    tl_query_text(q, 4, f->supplier);
    tl_query_text(q, 5, folded);
    tl_query_number(q, 6, f->kg_co2e_per_kg);
    tl_query_text(q, 7, who);
    if ((st = tl_query_run(q, err)) != TL_OK)
        return st;
    tl_number_format(f->kg_co2e_per_kg, number);
    const tl_epd_said said[] = { { "declaration", f->pin },
                                 { "material", f->material },
                                 { "supplier", f->supplier },
                                 { "kg_co2e_per_kg", number } };
    return tl_epd_audit(s, who, "epd.use", record, said, 4, err);
}

/* TL_ECONFLICT where the effects are no longer those that were shown. */
static tl_status as_shown(tl_store *s, const char *record, const char *material,
                          const char *supplier, const char *expect, tl_arena *arena, tl_error *err)
{
    tl_epd_preview p;
    if (!expect)
        return TL_OK;
    tl_status st = tl_epd_preview_make(s, record, material, supplier, arena, &p, err);
    if (st != TL_OK || strcmp(p.hash, expect) == 0)
        return st;
    return tl_fail(err, TL_ECONFLICT,
                   "%s: the effects are others than those shown: %.12s... was expected, they are "
                   "%s now",
                   record, expect, p.hash);
}

tl_status tl_epd_use_shown(tl_store *s, const char *record, const char *material,
                           const char *supplier, const char *expect, const char *who, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_supplier_factor *f = NULL;
    size_t n = 0;
    int64_t version = 0;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = tl_epd_factors_meant(s, record, material, supplier, scratch, &f, &n, &version, err);
    if (st == TL_OK)
        st = as_shown(s, record, material, supplier, expect, scratch, err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        bool same = false;
        st = is_last(s, &f[i], scratch, &same, err);
        if (st == TL_OK && !same)
            st = write_use(s, record, version, &f[i], who, scratch, err);
    }
    tl_arena_free(scratch);
    return st;
}

tl_status tl_epd_use(tl_store *s, const char *record, const char *material, const char *supplier,
                     const char *who, tl_error *err)
{
    return tl_epd_use_shown(s, record, material, supplier, NULL, who, err);
}

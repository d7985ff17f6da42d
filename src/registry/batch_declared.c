/* batch_declared.c - what a car's record stands on: the data sets of its model, and the
 * declarations of suppliers that its own bill of materials was counted with.
 *
 * A declaration is pinned like a data set: its id, its version, and as checksum the seal of that
 * version, so that whoever holds the record can ask for the very figures it counted. */
#include <string.h>

#include "format/json.h"
#include "registry/batch_priv.h"

static void put_pin(tl_json *j, const char *id, const char *version, const char *checksum)
{
    tl_json_object(j, NULL);
    tl_json_text(j, "id", id);
    tl_json_text(j, "version", version);
    tl_json_text(j, "checksum", checksum);
    tl_json_end(j);
}

/* "epd-coil@1" is version 1 of epd-coil. */
static tl_status put_declared(tl_json *j, const tl_supplier_factor *f, tl_arena *arena,
                              tl_error *err)
{
    const char *at = strrchr(f->pin, '@');
    const char *id = at ? tl_arena_copy(arena, f->pin, (size_t)(at - f->pin)) : f->pin;
    if (!id)
        return tl_fail_nomem(err);
    if (!at || !f->checksum || !*f->checksum)
        return tl_fail(err, TL_EINPUT, "'%.100s' is no sealed version of a declaration", f->pin);
    put_pin(j, id, at + 1, f->checksum);
    return TL_OK;
}

tl_status tl_batch_pins(const tl_car_model *m, const tl_supplier_factor *const *declared, size_t n,
                        tl_arena *arena, const char **out, tl_error *err)
{
    tl_buf b, normal;
    tl_status st = TL_OK;
    tl_buf_init(&b, 0);
    tl_buf_init(&normal, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_array(&j, NULL);
    for (size_t i = 0; i < m->pins.n; i++)
        put_pin(&j, m->pins.items[i].id, m->pins.items[i].version, m->pins.items[i].checksum);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        bool there = false; /* one declaration may count for several materials */
        for (size_t k = 0; k < i && !there; k++)
            there = strcmp(declared[k]->pin, declared[i]->pin) == 0;
        if (!there)
            st = put_declared(&j, declared[i], arena, err);
    }
    tl_json_end(&j);
    if (st == TL_OK)
        st = tl_buf_status(&b, err);
    if (st == TL_OK)
        st = tl_record_pins_normal(tl_buf_text(&b), &normal, err);
    if (st == TL_OK && !(*out = tl_arena_str(arena, tl_buf_text(&normal))))
        st = tl_fail_nomem(err);
    tl_buf_clear(&b);
    tl_buf_clear(&normal);
    return st;
}

/* The factors that lines of the bill are counted with, each once, in the order of the bill. */
static tl_status find_declared(const tl_car_model *m, const tl_vehicle_part *parts, size_t n_parts,
                               const tl_supplier_factor **list, size_t *n, tl_error *err)
{
    *n = 0;
    for (size_t i = 0; i < n_parts; i++) {
        const tl_supplier_factor *f = NULL;
        bool there = false;
        if (!(parts[i].mass_kg > 0))
            continue;
        tl_status st = tl_supplier_factor_find(m->supplier_factors, m->supplier_factor_count,
                                               parts[i].material, parts[i].supplier, &f, err);
        if (st != TL_OK)
            return st;
        for (size_t k = 0; f && k < *n && !there; k++)
            there = list[k] == f;
        if (f && !there)
            list[(*n)++] = f;
    }
    return TL_OK;
}

/* What was declared reaches as far as its own boundary: "steel from Tangsteel: epd-coil@1, cradle
 * to gate". */
static tl_status tell_declared(const tl_supplier_factor *const *list, size_t n, tl_arena *arena,
                               const char **out, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, TL_RECORD_TEXT_MAX);
    tl_buf_str(&b, "declared by suppliers: ");
    for (size_t i = 0; i < n; i++) {
        const tl_supplier_factor *f = list[i];
        tl_buf_printf(&b, "%s%s from %s: %s", i ? "; " : "", f->material, f->supplier, f->pin);
        if (f->boundary && *f->boundary)
            tl_buf_printf(&b, ", %s", f->boundary);
    }
    tl_status st = tl_buf_status(&b, NULL) == TL_OK
                       ? TL_OK
                       : tl_fail(err, TL_EINPUT, "the declarations take more than %d bytes",
                                 (int)TL_RECORD_TEXT_MAX);
    if (st == TL_OK && !(*out = tl_arena_str(arena, tl_buf_text(&b))))
        st = tl_fail_nomem(err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_batch_car_declared(const tl_batch_model *b, const tl_vehicle_part *parts,
                                size_t n_parts, tl_arena *arena, tl_record *r, tl_error *err)
{
    size_t n = 0;
    if (b->m->supplier_factor_count == 0 || n_parts == 0)
        return TL_OK;
    const tl_supplier_factor **list = tl_arena_alloc(arena, n_parts, sizeof *list);
    tl_status st = list ? find_declared(b->m, parts, n_parts, list, &n, err) : tl_fail_nomem(err);
    if (st != TL_OK || n == 0)
        return st;
    st = tl_batch_pins(b->m, list, n, arena, &r->pins, err);
    return st == TL_OK ? tell_declared(list, n, arena, &r->evidence, err) : st;
}

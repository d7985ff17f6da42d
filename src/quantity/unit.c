/* unit.c - the known units, conversion, dimension names. */
#include "quantity/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "quantity/unit_priv.h"

enum { POWER_MAX = 9 };

static tl_status add_name(tl_units *u, tl_span name, size_t row, tl_error *err)
{
    bool was_there;
    tl_status st = tl_map_add(u->names, name, row, NULL, &was_there, err);
    if (st == TL_OK && was_there)
        return tl_fail(err, TL_ECONFLICT, "unit table: '" TL_SPAN_FMT "' stands in two rows",
                       TL_SPAN_ARG(name));
    return st;
}

static tl_status add_names(tl_units *u, tl_error *err)
{
    for (size_t i = 0; i < tl_unit_table_size; i++) {
        tl_span names = tl_span_of(tl_unit_table[i].names), name;
        tl_status st = add_name(u, tl_span_of(tl_unit_table[i].symbol), i, err);
        while (st == TL_OK && tl_span_split(&names, '|', &name))
            st = add_name(u, name, i, err);
        if (st != TL_OK)
            return st;
    }
    return TL_OK;
}

tl_status tl_units_new(tl_units **out, tl_error *err)
{
    tl_status st = TL_OK;
    *out = NULL;
    tl_units *u = tl_new_array(1, sizeof *u);
    if (!u)
        return tl_fail_nomem(err);
    u->items = tl_new_array(tl_unit_table_size, sizeof *u->items);
    u->dimensions = tl_new_array(tl_dimension_table_size, sizeof *u->dimensions);
    if (!u->items || !u->dimensions) {
        st = tl_fail_nomem(err);
        goto fail;
    }
    if ((st = tl_map_new(&u->names, err)) != TL_OK || (st = add_names(u, err)) != TL_OK ||
        (st = tl_unit_define_all(u->items, err)) != TL_OK)
        goto fail;
    for (size_t i = 0; i < tl_dimension_table_size; i++)
        if ((st = tl_unit_parse(u, tl_dimension_table[i].unit, &u->dimensions[i], err)) != TL_OK)
            goto fail;
    *out = u;
    return TL_OK;
fail:
    tl_units_free(u);
    return st;
}

void tl_units_free(tl_units *u)
{
    if (!u)
        return;
    tl_map_free(u->names);
    free(u->items);
    free(u->dimensions);
    free(u);
}

size_t tl_units_size(const tl_units *u)
{
    (void)u;
    return tl_unit_table_size;
}

const char *tl_units_symbol(const tl_units *u, size_t i)
{
    (void)u;
    return i < tl_unit_table_size ? tl_unit_table[i].symbol : NULL;
}

const char *tl_units_name_zh(const tl_units *u, size_t i)
{
    if (i >= tl_unit_table_size)
        return NULL;
    for (size_t k = 0; k < tl_map_size(u->names); k++) {
        const char *name = tl_map_key(u->names, k);
        if (tl_map_value(u->names, k) == i && (unsigned char)name[0] >= 0xE3) /* U+3000 and above */
            return name;
    }
    return tl_unit_table[i].symbol;
}

bool tl_unit_same_dimension(const tl_unit *a, const tl_unit *b)
{
    return memcmp(a->power, b->power, sizeof a->power) == 0;
}

tl_status tl_unit_apply(tl_unit *a, const tl_unit *b, int power, tl_error *err)
{
    tl_unit r = *a;
    for (size_t i = 0; i < TL_BASE_COUNT; i++) {
        int sum = r.power[i] + b->power[i] * power;
        if (sum > POWER_MAX || sum < -POWER_MAX)
            return tl_fail(err, TL_EINPUT, "a power beyond %d makes no unit", POWER_MAX);
        r.power[i] = (int8_t)sum;
    }
    for (int i = 0; i < (power < 0 ? -power : power); i++) {
        r.numerator *= power < 0 ? b->denominator : b->numerator;
        r.denominator *= power < 0 ? b->numerator : b->denominator;
    }
    double scale = r.numerator / r.denominator;
    if (!isfinite(r.numerator) || !isfinite(r.denominator) || !isnormal(scale))
        return tl_fail(err, TL_ENUMERIC, "too large or too small for a unit");
    *a = r;
    return TL_OK;
}

tl_status tl_unit_convert(const tl_units *u, double value, const tl_unit *from, const tl_unit *to,
                          double *out, tl_error *err)
{
    if (!tl_unit_same_dimension(from, to)) {
        char a[TL_DIMENSION_TEXT], b[TL_DIMENSION_TEXT];
        tl_unit_dimension(u, from, a);
        tl_unit_dimension(u, to, b);
        return tl_fail(err, TL_EINPUT, "cannot convert %s (%s) to %s (%s)", from->text, a, to->text,
                       b);
    }
    double up = from->numerator * to->denominator, down = from->denominator * to->numerator;
    double ratio = isfinite(up) && isfinite(down) && down > 0
                       ? up / down
                       : from->numerator / from->denominator / (to->numerator / to->denominator);
    double v = (value + from->offset) * ratio - to->offset;
    if (!isfinite(value) || !isfinite(v))
        return tl_fail(err, TL_ENUMERIC, "%g %s has no finite value in %s", value, from->text,
                       to->text);
    *out = v;
    return TL_OK;
}

static tl_status combine(const tl_unit *a, const tl_unit *b, int power, tl_unit *out, tl_error *err)
{
    tl_unit r = *a;
    if (a->offset != 0 || b->offset != 0)
        return tl_fail(err, TL_EINPUT, "degC cannot be multiplied or divided; use K");
    tl_status st = tl_unit_apply(&r, b, power, err);
    if (st != TL_OK)
        return tl_context(err, st, "%s %s %s", a->text, power < 0 ? "divided by" : "times",
                          b->text);
    /* for messages only; a text cut short is still the right unit */
    int n = snprintf(r.text, sizeof r.text, power < 0 ? "(%.40s)/(%.40s)" : "(%.40s)*(%.40s)",
                     a->text, b->text);
    if (n < 0)
        r.text[0] = '\0';
    *out = r;
    return TL_OK;
}

tl_status tl_unit_multiply(const tl_unit *a, const tl_unit *b, tl_unit *out, tl_error *err)
{
    return combine(a, b, 1, out, err);
}

tl_status tl_unit_divide(const tl_unit *a, const tl_unit *b, tl_unit *out, tl_error *err)
{
    return combine(a, b, -1, out, err);
}

static tl_status move_base(const tl_units *u, const tl_unit *from, tl_base old, tl_base now,
                           tl_unit *out, tl_error *err)
{
    tl_unit r = *from;
    if (from->power[old] != 1) {
        char dimension[TL_DIMENSION_TEXT];
        tl_unit_dimension(u, from, dimension);
        return tl_fail(err, TL_EINPUT, "%s (%s) does not count a mass of %s", from->text, dimension,
                       old == TL_BASE_C ? "carbon" : "CO2");
    }
    r.power[old] = 0;
    r.power[now] = (int8_t)(r.power[now] + 1);
    *out = r;
    return TL_OK;
}

tl_status tl_unit_co2_as_co2e(const tl_units *u, const tl_unit *from, tl_unit *out, tl_error *err)
{
    return move_base(u, from, TL_BASE_CO2, TL_BASE_CO2E, out, err);
}

tl_status tl_unit_carbon_as_co2(const tl_units *u, const tl_unit *from, tl_unit *out, tl_error *err)
{
    tl_unit r;
    tl_status st = move_base(u, from, TL_BASE_C, TL_BASE_CO2, &r, err);
    if (st != TL_OK)
        return st;
    r.numerator *= 44;
    r.denominator *= 12;
    *out = r;
    return TL_OK;
}

/* Row of the dimension table with exactly these powers, or -1. */
static int find_dimension(const tl_units *u, const int8_t power[TL_UNIT_BASES])
{
    for (size_t i = 0; i < tl_dimension_table_size; i++)
        if (memcmp(u->dimensions[i].power, power, TL_UNIT_BASES) == 0)
            return (int)i;
    return -1;
}

static void base_units(const tl_unit *unit, char out[TL_DIMENSION_TEXT])
{
    tl_buf b;
    tl_buf_init(&b, TL_DIMENSION_TEXT - 1);
    for (size_t i = 0; i < TL_BASE_COUNT; i++)
        if (unit->power[i] != 0) {
            tl_buf_printf(&b, "%s%s", b.len ? " " : "", tl_base_table[i].shown);
            if (unit->power[i] != 1)
                tl_buf_printf(&b, "^%d", unit->power[i]);
        }
    snprintf(out, TL_DIMENSION_TEXT, "%s", tl_buf_text(&b));
    tl_buf_clear(&b);
}

void tl_unit_dimension(const tl_units *u, const tl_unit *unit, char out[TL_DIMENSION_TEXT])
{
    int whole = find_dimension(u, unit->power);
    if (whole >= 0) {
        snprintf(out, TL_DIMENSION_TEXT, "%s", tl_dimension_table[whole].name);
        return;
    }
    for (size_t i = 0; i < tl_dimension_table_size; i++) {
        int8_t rest[TL_UNIT_BASES] = { 0 };
        for (size_t k = 0; k < TL_UNIT_BASES; k++)
            rest[k] = (int8_t)(u->dimensions[i].power[k] - unit->power[k]);
        int below = find_dimension(u, rest);
        if (below >= 0 && !tl_text_equal(tl_dimension_table[i].name, "ratio")) {
            snprintf(out, TL_DIMENSION_TEXT, "%s per %s", tl_dimension_table[i].name,
                     tl_dimension_table[below].name);
            return;
        }
    }
    base_units(unit, out);
}

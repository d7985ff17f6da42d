/* record_table.c - the fields in the order of the columns, and the names of columns of parts. */
#include "registry/record_table.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define TEXT(name)                                                                                 \
    {                                                                                              \
#name, TL_RECORD_FIELD_TEXT, false, offsetof(tl_record, name)                              \
    }
#define NEEDED(name)                                                                               \
    {                                                                                              \
#name, TL_RECORD_FIELD_TEXT, true, offsetof(tl_record, name)                               \
    }
#define NUMBER(name)                                                                               \
    {                                                                                              \
#name, TL_RECORD_FIELD_NUMBER, false, offsetof(tl_record, name)                            \
    }

const tl_record_field tl_record_fields[TL_RECORD_FIELDS] = {
    NEEDED(id),           NEEDED(product),
    NEEDED(maker),        TEXT(company),
    TEXT(disclosure_id),  TEXT(series),
    TEXT(size_class),     TEXT(body),
    TEXT(powertrain),     TEXT(launched),
    NUMBER(kerb_mass_kg), NUMBER(price),
    TEXT(currency),       { "value", TL_RECORD_FIELD_NUMBER, true, offsetof(tl_record, value) },
    NEEDED(unit),         TEXT(boundary),
    TEXT(method),         { "year", TL_RECORD_FIELD_YEAR, false, offsetof(tl_record, year) },
    TEXT(region),         TEXT(grade),
    TEXT(verifier),       TEXT(evidence),
    NUMBER(uncertainty),  NUMBER(primary_share),
    TEXT(valid_from),     TEXT(valid_until),
    TEXT(pins),           TEXT(input_hash),
    TEXT(reason),
};

const char *tl_record_field_text(const tl_record *r, const tl_record_field *f)
{
    const char *text;
    memcpy(&text, (const char *)r + f->at, sizeof text);
    return text ? text : "";
}

double tl_record_field_number(const tl_record *r, const tl_record_field *f)
{
    double v;
    memcpy(&v, (const char *)r + f->at, sizeof v);
    return v;
}

void *tl_record_field_place(tl_record *r, const tl_record_field *f)
{
    return (char *)r + f->at;
}

tl_record tl_record_nothing(void)
{
    tl_record r = { .kerb_mass_kg = NAN, .price = NAN, .value = NAN };
    r.uncertainty = r.primary_share = NAN;
    for (size_t i = 0; i < TL_RECORD_FIELDS; i++)
        if (tl_record_fields[i].kind == TL_RECORD_FIELD_TEXT)
            *(const char **)tl_record_field_place(&r, &tl_record_fields[i]) = "";
    r.author = r.published_on = r.ended_on = r.ended_because = r.hash = "";
    return r;
}

bool tl_record_kind_parse(const char *name, tl_record_kind *out)
{
    for (int k = TL_RECORD_VEHICLE; k <= TL_RECORD_EPD; k++)
        if (strcmp(tl_record_kind_name((tl_record_kind)k), name) == 0) {
            *out = (tl_record_kind)k;
            return true;
        }
    return false;
}

bool tl_record_state_parse(const char *name, tl_record_state *out)
{
    for (int s = TL_RECORD_PRELIMINARY; s <= TL_RECORD_WITHDRAWN; s++)
        if (strcmp(tl_record_state_name((tl_record_state)s), name) == 0) {
            *out = (tl_record_state)s;
            return true;
        }
    return false;
}

static const char *const part_kinds[] = { "stage", "material", "indicator" };

static bool is_indicator(const char *kind)
{
    return tl_text_equal(kind, "indicator");
}

/* Key and unit of what stands behind "kind:"; the unit is in the last brackets. */
static bool cut_part(tl_span rest, bool indicator, tl_span *key, tl_span *unit)
{
    *key = rest;
    *unit = (tl_span){ "", 0 };
    for (size_t i = rest.n; indicator && i > 1; i--)
        if (rest.p[i - 1] == '[' && rest.p[i - 2] == ' ') {
            *key = (tl_span){ rest.p, i - 2 };
            *unit = (tl_span){ rest.p + i, rest.n > i ? rest.n - i - 1 : 0 };
            break;
        }
    return key->n > 0 && (!indicator || (unit->n > 0 && rest.p[rest.n - 1] == ']'));
}

tl_status tl_record_part_column(const tl_record_part *part, tl_buf *out, tl_error *err)
{
    bool indicator = is_indicator(part->kind);
    size_t before = out->len;
    tl_span key, unit;
    tl_buf_printf(out, "%s:%s", part->kind, part->key);
    if (indicator)
        tl_buf_printf(out, " [%s]", part->unit);
    tl_status st = tl_buf_status(out, err);
    if (st != TL_OK)
        return st;
    tl_span whole = { out->data + before, out->len - before };
    tl_span rest = { whole.p + strlen(part->kind) + 1, whole.n - strlen(part->kind) - 1 };
    if (cut_part(rest, indicator, &key, &unit) && tl_span_is(key, part->key) &&
        (!indicator || tl_span_is(unit, part->unit)) && tl_span_trim(whole).n == whole.n)
        return TL_OK;
    return tl_fail(err, TL_EINPUT, "part '%.100s' with unit '%.100s' cannot be a column", part->key,
                   part->unit);
}

tl_status tl_record_part_parse(const char *column, tl_arena *arena, tl_record_part *out,
                               bool *is_part, tl_error *err)
{
    tl_span key, unit;
    *is_part = false;
    for (size_t i = 0; i < sizeof part_kinds / sizeof *part_kinds; i++) {
        size_t n = strlen(part_kinds[i]);
        if (strncmp(column, part_kinds[i], n) != 0 || column[n] != ':')
            continue;
        *is_part = true;
        if (!cut_part(tl_span_of(column + n + 1), is_indicator(part_kinds[i]), &key, &unit))
            return tl_fail(err, TL_EINPUT,
                           "column '%.100s': expected stage:KEY, material:KEY or indicator:KEY "
                           "[unit]",
                           column);
        *out = (tl_record_part){ part_kinds[i], tl_arena_copy(arena, key.p, key.n), NAN,
                                 tl_arena_copy(arena, unit.p, unit.n) };
        return out->key && out->unit ? TL_OK : tl_fail_nomem(err);
    }
    return TL_OK;
}

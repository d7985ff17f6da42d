/* record_row.c - cells to fields and parts. */
#include "intake/record_row.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

enum { TEXT_MOST = 40000, PARTS_MOST = 400 };

/* Told in a list that goes out, and not taken back. */
static const char *const told[] = { "kind", "version", "state", "published_on", "verdict" };
static const char *const needed[] = { "id", "product", "value", "unit" };

static int field_of(const char *name)
{
    for (int i = 0; i < TL_RECORD_FIELDS; i++)
        if (strcmp(tl_record_fields[i].name, name) == 0)
            return i;
    return -1;
}

static bool is_in(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static bool is_beside(const tl_record_names *names, const char *name)
{
    return is_in(told, sizeof told / sizeof *told, name) ||
           (names && is_in(names->beside, names->n_beside, name));
}

/* The field that a column stands for; its own name where there is no other. */
static const char *meant(const tl_record_names *names, const char *name)
{
    for (size_t i = 0; names && i < names->n_other; i++)
        if (strcmp(names->other[i][0], name) == 0)
            return names->other[i][1];
    return name;
}

static tl_status add_part(tl_record_columns *c, const tl_csv *csv, const char *name,
                          tl_arena *arena, tl_error *err)
{
    bool is_part;
    tl_record_part part;
    tl_error why = { 0 };
    tl_status st = tl_record_part_parse(name, arena, &part, &is_part, &why);
    if (st != TL_OK)
        return tl_fail(err, st, "%s:%zu: %s", tl_csv_name(csv), tl_csv_row(csv), why.text);
    if (!is_part)
        return tl_fail(err, TL_EINPUT,
                       "%s:%zu: column '%.100s' is none of a record; known are the fields of "
                       "docs/registry.md, stage:KEY, material:KEY and indicator:KEY [unit]",
                       tl_csv_name(csv), tl_csv_row(csv), name);
    if (c->n_parts == PARTS_MOST)
        return tl_fail(err, TL_EINPUT, "%s:%zu: more than %d columns of parts", tl_csv_name(csv),
                       tl_csv_row(csv), (int)PARTS_MOST);
    c->parts[c->n_parts++] = (struct tl_record_part_at){ tl_csv_column(csv, name), part };
    return TL_OK;
}

/* Columns that must be there, by the name of the field. */
static tl_status require(const tl_record_columns *c, const tl_csv *csv, tl_error *err)
{
    int at;
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < sizeof needed / sizeof *needed; i++)
        if (c->at[field_of(needed[i])] < 0)
            st = tl_csv_require(csv, needed[i], &at, err);
    return st;
}

tl_status tl_record_columns_find(tl_record_columns *out, const tl_csv *csv,
                                 const tl_record_names *names, tl_arena *arena, tl_error *err)
{
    tl_status st = TL_OK;
    *out = (tl_record_columns){ .parts = tl_arena_alloc(arena, PARTS_MOST, sizeof *out->parts) };
    if (!out->parts)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < TL_RECORD_FIELDS; i++)
        out->at[i] = -1;
    for (size_t i = 0; st == TL_OK && i < tl_csv_columns(csv); i++) {
        const char *name = tl_csv_column_name(csv, i);
        const int field = is_beside(names, name) ? -1 : field_of(meant(names, name));
        if (field >= 0 && (out->at[field] < 0 || field_of(name) == field))
            out->at[field] = tl_csv_column(csv, name);
        else if (field < 0 && !is_beside(names, name))
            st = add_part(out, csv, name, arena, err);
    }
    return st == TL_OK ? require(out, csv, err) : st;
}

/* Bytes of the same text but for line ends; the guard of a CSV counts as nothing. */
static bool same_text(tl_span given, tl_span old)
{
    size_t i = 0, k = 0;
    if (given.n && given.p[0] == '\'' && old.n && strchr("=+-@", old.p[0])) {
        given.p++;
        given.n--;
    }
    for (;;) {
        while (i < given.n && given.p[i] == '\r')
            i++;
        while (k < old.n && old.p[k] == '\r')
            k++;
        if (i == given.n || k == old.n)
            return i == given.n && k == old.n;
        if (given.p[i++] != old.p[k++])
            return false;
    }
}

static bool same_number(double given, double old)
{
    return fabs(given - old) <= 1e-14 * fabs(old);
}

static tl_status read_text(const tl_csv *csv, int column, const char *old, tl_arena *arena,
                           const char **out, tl_error *err)
{
    tl_span cell = tl_span_trim(tl_csv_cell(csv, column));
    *out = old;
    if (same_text(cell, tl_span_trim(tl_span_of(old))))
        return TL_OK;
    if (cell.n > TEXT_MOST)
        return tl_csv_fail(csv, column, err, "%zu bytes, at most %d are read", cell.n,
                           (int)TEXT_MOST);
    bool guarded = cell.n > 1 && cell.p[0] == '\'' && strchr("=+-@", cell.p[1]);
    *out = tl_arena_copy(arena, cell.n ? cell.p + guarded : "", cell.n - guarded);
    return *out ? TL_OK : tl_fail_nomem(err);
}

static tl_status read_number(const tl_csv *csv, int column, double old, double *out, tl_error *err)
{
    bool given;
    *out = NAN;
    tl_status st = tl_csv_number_opt(csv, column, out, &given, err);
    if (st == TL_OK && given && !isnan(old) && same_number(*out, old))
        *out = old;
    return st;
}

static tl_status read_year(const tl_csv *csv, int column, int64_t *out, tl_error *err)
{
    double v = 0;
    bool given;
    tl_status st = tl_csv_number_opt(csv, column, &v, &given, err);
    if (st == TL_OK && !(v >= 0 && v <= 9999 && v <= floor(v)))
        return tl_csv_fail(csv, column, err, "%g, expected a year", v);
    *out = (int64_t)v;
    return st;
}

static tl_status read_field(tl_record *r, const tl_record_field *f, const tl_csv *csv, int column,
                            tl_arena *arena, tl_error *err)
{
    void *to = tl_record_field_place(r, f);
    switch (f->kind) {
    case TL_RECORD_FIELD_TEXT:
        return read_text(csv, column, tl_record_field_text(r, f), arena, to, err);
    case TL_RECORD_FIELD_NUMBER:
        return read_number(csv, column, tl_record_field_number(r, f), to, err);
    case TL_RECORD_FIELD_YEAR:
        return read_year(csv, column, to, err);
    }
    return TL_OK;
}

static bool same_part(const tl_record_part *a, const tl_record_part *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->key, b->key) == 0;
}

/* Value of a part in this row: in *out, NAN where the cell is empty. */
static tl_status read_part(const struct tl_record_part_at *at, const tl_csv *csv,
                           const tl_record_part *old, const char *unit, tl_record_part *out,
                           tl_error *err)
{
    *out = at->part;
    if (strcmp(out->kind, "indicator") != 0)
        out->unit = unit;
    return read_number(csv, at->column, old ? old->value : NAN, &out->value, err);
}

/* An indicator in another unit is another column. */
static bool column_is(const struct tl_record_part_at *at, const tl_record_part *p)
{
    return same_part(&at->part, p) &&
           (strcmp(p->kind, "indicator") != 0 || strcmp(at->part.unit, p->unit) == 0);
}

/* Parts of old in their order, with the values of the row; sets used[] of their columns. */
static tl_status stay(const tl_record_columns *c, const tl_csv *csv, const tl_record *old,
                      tl_record *r, tl_record_part *list, bool *used, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; old && i < old->n_parts && st == TL_OK; i++) {
        size_t k = 0;
        tl_record_part part = old->parts[i];
        while (k < c->n_parts && !column_is(&c->parts[k], &part))
            k++;
        if (k < c->n_parts) {
            used[k] = true;
            st = read_part(&c->parts[k], csv, &old->parts[i], r->unit, &part, err);
        } else if (strcmp(part.kind, "indicator") != 0) {
            part.unit = r->unit;
        }
        if (!isnan(part.value))
            list[r->n_parts++] = part;
    }
    return st;
}

static tl_status read_parts(const tl_record_columns *c, const tl_csv *csv, const tl_record *old,
                            tl_record *r, tl_arena *arena, tl_error *err)
{
    size_t most = c->n_parts + (old ? old->n_parts : 0);
    tl_record_part *list = tl_arena_alloc(arena, most, sizeof *list);
    bool *used = tl_arena_alloc(arena, c->n_parts, sizeof *used);
    if (!list || !used)
        return tl_fail_nomem(err);
    r->parts = list;
    r->n_parts = 0;
    tl_status st = stay(c, csv, old, r, list, used, err);
    for (size_t k = 0; st == TL_OK && k < c->n_parts; k++) {
        tl_record_part part;
        if (used[k])
            continue;
        st = read_part(&c->parts[k], csv, NULL, r->unit, &part, err);
        if (st == TL_OK && !isnan(part.value))
            list[r->n_parts++] = part;
    }
    return st;
}

/* Nothing said and nothing stated are the same in both. */
static bool same_stated(double a, double b)
{
    return isnan(a) ? isnan(b) : !isnan(b) && !(a < b) && !(a > b);
}

static bool same_field(const tl_record *a, const tl_record *b, const tl_record_field *f)
{
    if (f->kind == TL_RECORD_FIELD_TEXT)
        return strcmp(tl_record_field_text(a, f), tl_record_field_text(b, f)) == 0;
    if (f->kind == TL_RECORD_FIELD_NUMBER)
        return same_stated(tl_record_field_number(a, f), tl_record_field_number(b, f));
    return a->year == b->year; /* the one year there is */
}

bool tl_record_row_same(const tl_record *r, const tl_record *old)
{
    for (size_t i = 0; i < TL_RECORD_FIELDS; i++)
        if (!same_field(r, old, &tl_record_fields[i]))
            return false;
    for (size_t i = 0; i < r->n_parts && r->n_parts == old->n_parts; i++)
        if (!same_part(&r->parts[i], &old->parts[i]) ||
            strcmp(r->parts[i].unit, old->parts[i].unit) != 0 ||
            !same_stated(r->parts[i].value, old->parts[i].value))
            return false;
    return r->n_parts == old->n_parts;
}

tl_status tl_record_row_fail(const tl_record_columns *c, const tl_csv *csv, const char *text,
                             tl_error *err)
{
    const char *colon = strstr(text, ": ");
    for (int i = 0; colon && i < TL_RECORD_FIELDS; i++) {
        const char *name = tl_record_fields[i].name;
        if (c->at[i] >= 0 && strlen(name) == (size_t)(colon - text) &&
            strncmp(text, name, (size_t)(colon - text)) == 0)
            return tl_csv_fail(csv, c->at[i], err, "%s", colon + 2);
    }
    return tl_csv_fail(csv, c->at[0], err, "%s", text);
}

tl_status tl_record_row_take(tl_record *out, const tl_record_columns *c, const tl_csv *csv,
                             tl_record_kind kind, const tl_record *old, tl_arena *arena,
                             tl_error *err)
{
    tl_error why = { 0 };
    tl_status st = TL_OK;
    *out = old ? *old : tl_record_nothing();
    out->kind = kind;
    for (size_t i = 0; st == TL_OK && i < TL_RECORD_FIELDS; i++)
        if (c->at[i] >= 0)
            st = read_field(out, &tl_record_fields[i], csv, c->at[i], arena, err);
    if (st == TL_OK)
        st = read_parts(c, csv, old, out, arena, err);
    if (st == TL_OK && tl_record_check(out, &why) != TL_OK)
        st = tl_record_row_fail(c, csv, why.text, err);
    return st;
}

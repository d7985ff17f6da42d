/* record_json.c - members by a table, parts in their order. */
#include "intake/record_json.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/file.h"
#include "format/json_read.h"

#define FILE_LIMIT ((size_t)4 << 20)
enum { PARTS_MAX = 500 };

enum member_kind { TEXT, NUMBER, YEAR, KIND, PARTS };

static const struct member {
    const char *name;
    enum member_kind kind;
    bool required;
    size_t at;
} members[] = {
    { "id", TEXT, true, offsetof(tl_record, id) },
    { "kind", KIND, true, 0 },
    { "product", TEXT, true, offsetof(tl_record, product) },
    { "maker", TEXT, true, offsetof(tl_record, maker) },
    { "value", NUMBER, true, offsetof(tl_record, value) },
    { "unit", TEXT, true, offsetof(tl_record, unit) },
    { "company", TEXT, false, offsetof(tl_record, company) },
    { "disclosure_id", TEXT, false, offsetof(tl_record, disclosure_id) },
    { "series", TEXT, false, offsetof(tl_record, series) },
    { "size_class", TEXT, false, offsetof(tl_record, size_class) },
    { "body", TEXT, false, offsetof(tl_record, body) },
    { "powertrain", TEXT, false, offsetof(tl_record, powertrain) },
    { "launched", TEXT, false, offsetof(tl_record, launched) },
    { "currency", TEXT, false, offsetof(tl_record, currency) },
    { "boundary", TEXT, false, offsetof(tl_record, boundary) },
    { "method", TEXT, false, offsetof(tl_record, method) },
    { "region", TEXT, false, offsetof(tl_record, region) },
    { "grade", TEXT, false, offsetof(tl_record, grade) },
    { "verifier", TEXT, false, offsetof(tl_record, verifier) },
    { "evidence", TEXT, false, offsetof(tl_record, evidence) },
    { "valid_from", TEXT, false, offsetof(tl_record, valid_from) },
    { "valid_until", TEXT, false, offsetof(tl_record, valid_until) },
    { "pins", TEXT, false, offsetof(tl_record, pins) },
    { "input_hash", TEXT, false, offsetof(tl_record, input_hash) },
    { "reason", TEXT, false, offsetof(tl_record, reason) },
    { "kerb_mass_kg", NUMBER, false, offsetof(tl_record, kerb_mass_kg) },
    { "price", NUMBER, false, offsetof(tl_record, price) },
    { "uncertainty", NUMBER, false, offsetof(tl_record, uncertainty) },
    { "primary_share", NUMBER, false, offsetof(tl_record, primary_share) },
    { "year", YEAR, false, offsetof(tl_record, year) },
    { "parts", PARTS, false, 0 },
};

enum { MEMBERS = sizeof members / sizeof *members };

static tl_status read_text(tl_json_value v, tl_arena *arena, const char **out, tl_error *err)
{
    const char *text;
    tl_status st = tl_json_as_text(v, &text, err);
    if (st != TL_OK)
        return st;
    *out = tl_arena_str(arena, text);
    return *out ? TL_OK : tl_fail_nomem(err);
}

static tl_status read_kind(tl_json_value v, tl_record_kind *out, tl_error *err)
{
    static const tl_record_kind kinds[] = { TL_RECORD_VEHICLE, TL_RECORD_PCF, TL_RECORD_EPD };
    const char *text;
    tl_status st = tl_json_as_text(v, &text, err);
    for (size_t i = 0; st == TL_OK && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(text, tl_record_kind_name(kinds[i])) == 0) {
            *out = kinds[i];
            return TL_OK;
        }
    return st == TL_OK ? tl_json_fail(v, err, "'%.40s', expected vehicle, pcf or epd", text) : st;
}

static tl_status read_part(tl_json_value v, tl_arena *arena, tl_record_part *p, tl_error *err)
{
    tl_status st = tl_json_as_object(v, err);
    if (st == TL_OK)
        st = read_text(tl_json_get(v, "kind"), arena, &p->kind, err);
    if (st == TL_OK)
        st = read_text(tl_json_get(v, "key"), arena, &p->key, err);
    if (st == TL_OK)
        st = tl_json_as_number(tl_json_get(v, "value"), &p->value, err);
    if (st == TL_OK)
        st = read_text(tl_json_get(v, "unit"), arena, &p->unit, err);
    if (st == TL_OK && tl_json_count(v) != 4)
        st = tl_json_fail(v, err, "%zu members, expected kind, key, value and unit",
                          tl_json_count(v));
    return st;
}

static tl_status read_parts(tl_json_value v, tl_arena *arena, tl_record *out, tl_error *err)
{
    tl_status st = tl_json_as_array(v, err);
    size_t n = tl_json_count(v);
    if (st != TL_OK)
        return st;
    if (n > PARTS_MAX)
        return tl_json_fail(v, err, "%zu parts, at most %d", n, (int)PARTS_MAX);
    tl_record_part *parts = tl_arena_alloc(arena, n + 1, sizeof *parts);
    if (!parts)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        st = read_part(tl_json_item(v, i), arena, &parts[i], err);
    out->parts = parts;
    out->n_parts = n;
    return st;
}

static tl_status read_member(tl_json_value v, const struct member *m, tl_arena *arena,
                             tl_record *out, tl_error *err)
{
    void *target = (char *)out + m->at;
    switch (m->kind) {
    case TEXT:
        return read_text(v, arena, target, err);
    case NUMBER:
        return tl_json_as_number(v, target, err);
    case YEAR:
        return tl_json_as_int(v, 1900, 2200, target, err);
    case KIND:
        return read_kind(v, &out->kind, err);
    case PARTS:
        return read_parts(v, arena, out, err);
    }
    return TL_OK;
}

static tl_status read_members(tl_json_value root, tl_arena *arena, tl_record *out, tl_error *err)
{
    void *iterator = NULL;
    tl_json_value v;
    tl_status st = tl_json_as_object(root, err);
    for (size_t i = 0; i < MEMBERS && st == TL_OK; i++)
        if (members[i].required && tl_json_missing(tl_json_get(root, members[i].name)))
            st = tl_json_fail(root, err, "no member '%s'", members[i].name);
    while (st == TL_OK && tl_json_member_next(root, &iterator, &v)) {
        size_t i = 0;
        while (i < MEMBERS && strcmp(members[i].name, v.name) != 0)
            i++;
        if (i == MEMBERS)
            st = tl_json_fail(v, err, "is no member of a record");
        else if (!tl_json_missing(v))
            st = read_member(v, &members[i], arena, out, err);
    }
    return st;
}

static void set_nothing(tl_record *r)
{
    *r = (tl_record){ .kerb_mass_kg = NAN, .price = NAN, .value = NAN };
    r->uncertainty = r->primary_share = NAN;
    for (size_t i = 0; i < MEMBERS; i++)
        if (members[i].kind == TEXT)
            *(const char **)(void *)((char *)r + members[i].at) = "";
    r->author = r->published_on = r->hash = "";
}

tl_status tl_record_json_parse(const char *name, const char *text, size_t n, tl_arena *arena,
                               tl_record *out, tl_error *err)
{
    tl_json_doc *doc = NULL;
    const tl_json_limits limits = { .max_bytes = FILE_LIMIT };
    set_nothing(out);
    tl_status st = tl_json_read(&doc, name, text, n, &limits, err);
    if (st == TL_OK)
        st = read_members(tl_json_root(doc), arena, out, err);
    tl_json_doc_free(doc);
    if (st == TL_OK && (st = tl_record_check(out, err)) != TL_OK)
        return tl_context(err, st, "%s", name);
    return st;
}

tl_status tl_record_json_read(const char *path, tl_arena *arena, tl_record *out, tl_error *err)
{
    tl_file_view file = { 0 };
    tl_status st = tl_file_open(&file, path, FILE_LIMIT, err);
    if (st == TL_OK)
        st = tl_record_json_parse(path, file.data, file.size, arena, out, err);
    tl_file_close(&file);
    return st;
}

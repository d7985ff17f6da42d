/* record_json.c - members by the table of fields, parts in their order. */
#include "intake/record_json.h"

#include <string.h>

#include "base/file.h"
#include "format/json_read.h"
#include "registry/record_table.h"

#define FILE_LIMIT ((size_t)4 << 20)
enum { PARTS_MAX = 500 };

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
    const char *text;
    tl_status st = tl_json_as_text(v, &text, err);
    return st != TL_OK || tl_record_kind_parse(text, out)
               ? st
               : tl_json_fail(v, err, "'%.40s', expected vehicle, pcf or epd", text);
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

static tl_status read_field(tl_json_value v, const tl_record_field *f, tl_arena *arena,
                            tl_record *out, tl_error *err)
{
    void *target = tl_record_field_place(out, f);
    switch (f->kind) {
    case TL_RECORD_FIELD_TEXT:
        return read_text(v, arena, target, err);
    case TL_RECORD_FIELD_NUMBER:
        return tl_json_as_number(v, target, err);
    case TL_RECORD_FIELD_YEAR:
        return tl_json_as_int(v, 1900, 2200, target, err);
    }
    return TL_OK;
}

static tl_status read_member(tl_json_value v, tl_arena *arena, tl_record *out, tl_error *err)
{
    size_t i = 0;
    bool kind = strcmp(v.name, "kind") == 0, parts = strcmp(v.name, "parts") == 0;
    while (i < TL_RECORD_FIELDS && strcmp(tl_record_fields[i].name, v.name) != 0)
        i++;
    if (i == TL_RECORD_FIELDS && !kind && !parts)
        return tl_json_fail(v, err, "is no member of a record");
    if (tl_json_missing(v))
        return TL_OK;
    if (kind)
        return read_kind(v, &out->kind, err);
    return parts ? read_parts(v, arena, out, err)
                 : read_field(v, &tl_record_fields[i], arena, out, err);
}

static tl_status read_members(tl_json_value root, tl_arena *arena, tl_record *out, tl_error *err)
{
    void *iterator = NULL;
    tl_json_value v;
    tl_status st = tl_json_as_object(root, err);
    if (st == TL_OK && tl_json_missing(tl_json_get(root, "kind")))
        st = tl_json_fail(root, err, "no member 'kind'");
    for (size_t i = 0; i < TL_RECORD_FIELDS && st == TL_OK; i++)
        if (tl_record_fields[i].required &&
            tl_json_missing(tl_json_get(root, tl_record_fields[i].name)))
            st = tl_json_fail(root, err, "no member '%s'", tl_record_fields[i].name);
    while (st == TL_OK && tl_json_member_next(root, &iterator, &v))
        st = read_member(v, arena, out, err);
    return st;
}

tl_status tl_record_json_parse(const char *name, const char *text, size_t n, tl_arena *arena,
                               tl_record *out, tl_error *err)
{
    tl_json_doc *doc = NULL;
    const tl_json_limits limits = { .max_bytes = FILE_LIMIT };
    *out = tl_record_nothing();
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

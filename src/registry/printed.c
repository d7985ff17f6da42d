/* printed.c - reading the rows of a set of kind "published-statistics".
 *
 * Form only: a value is plain decimal text with exactly the decimals the row names, and every table
 * states a measure of a subject once. What the numbers say is left as it is. */
#include "registry/printed.h"

#include <math.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "format/sheet.h"
#include "registry/printed_priv.h"

#define KIND "published-statistics"

enum { TABLE, SUBJECT, COMPANY, MEASURE, VALUE, DECIMALS, UNIT, SOURCE, COLUMNS };
enum { ALIAS_SUBJECT, ALIAS_SAME_AS, ALIAS_SOURCE, ALIAS_COLUMNS };
enum { DIGITS_MAX = 12 };

static const char *const columns[COLUMNS] = { "table", "subject",  "company", "measure",
                                              "value", "decimals", "unit",    "source" };
static const char *const alias_columns[ALIAS_COLUMNS] = { "subject", "same_as", "source" };

struct reading {
    tl_sheet sheet;
    size_t at[COLUMNS];
    tl_arena *arena;
};

static const char *cell(const struct reading *r, size_t row, size_t column)
{
    return tl_sheet_text(&r->sheet, row, r->at[column]);
}

/* Digits with at most one point among them, and exactly `decimals` behind it. */
static bool value_formed(const char *text, int64_t decimals)
{
    const size_t before = strspn(text, "0123456789");
    const bool point = text[before] == '.';
    const size_t behind = point ? strspn(text + before + 1, "0123456789") : 0;
    return before > 0 && point == (decimals > 0) && behind == (size_t)decimals &&
           before + behind <= DIGITS_MAX && text[before + point + behind] == '\0';
}

static tl_status read_value(const struct reading *r, size_t row, tl_printed_row *out, tl_error *err)
{
    const char *text = cell(r, row, VALUE);
    int64_t decimals;
    tl_status st = tl_int_parse(cell(r, row, DECIMALS), 0, TL_PRINTED_DECIMALS_MAX, &decimals, err);
    if (st != TL_OK)
        return tl_sheet_fail(&r->sheet, row, r->at[DECIMALS], err,
                             "'%.80s', expected a whole number from 0 to %d",
                             cell(r, row, DECIMALS), (int)TL_PRINTED_DECIMALS_MAX);
    out->decimals = (int)decimals;
    out->value = NAN;
    if (!*text)
        return TL_OK;
    if (!value_formed(text, decimals))
        return tl_sheet_fail(&r->sheet, row, r->at[VALUE], err,
                             "'%.80s', expected at most %d digits, %d of them behind the point",
                             text, (int)DIGITS_MAX, (int)decimals);
    return tl_number_parse(text, &out->value, err);
}

static tl_status read_row(const struct reading *r, size_t row, tl_printed_row *out, tl_error *err)
{
    static const size_t needed[] = { TABLE, SUBJECT, MEASURE, UNIT, SOURCE };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!*cell(r, row, needed[i]))
            return tl_sheet_fail(&r->sheet, row, r->at[needed[i]], err, "empty");
    for (size_t i = 0; i < COLUMNS; i++)
        if (!tl_text_plain(cell(r, row, i), false))
            return tl_sheet_fail(&r->sheet, row, r->at[i], err,
                                 "holds a line break or control character");
    *out = (tl_printed_row){ .table = cell(r, row, TABLE),
                             .subject = cell(r, row, SUBJECT),
                             .company = cell(r, row, COMPANY),
                             .measure = cell(r, row, MEASURE),
                             .unit = cell(r, row, UNIT),
                             .source = cell(r, row, SOURCE),
                             .key = cell(r, row, SUBJECT) };
    return read_value(r, row, out, err);
}

/* Table, subject and measure together stand once. */
static tl_status check_once(const struct reading *r, const tl_printed_row *rows, tl_error *err)
{
    tl_map *seen = NULL;
    tl_status st = tl_map_new(&seen, err);
    for (size_t i = 0; i < r->sheet.rows && st == TL_OK; i++) {
        bool was = false;
        const char *key = tl_arena_printf(r->arena, "%s\x1f%s\x1f%s", rows[i].table,
                                          rows[i].subject, rows[i].measure);
        if (!key)
            st = tl_fail_nomem(err);
        else if ((st = tl_map_add(seen, tl_span_of(key), i, NULL, &was, err)) == TL_OK && was)
            st = tl_sheet_fail(&r->sheet, i, r->at[SUBJECT], err,
                               "'%.80s' has %.80s in this table in an earlier row too",
                               rows[i].subject, rows[i].measure);
    }
    tl_map_free(seen);
    return st;
}

/* Subjects of the rows, each with its place in `names` as value. */
static tl_status map_subjects(const tl_printed_row *rows, size_t n, tl_map *subjects,
                              const char **names, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        bool was;
        size_t index = 0;
        st = tl_map_add(subjects, tl_span_of(rows[i].subject), 0, &index, &was, err);
        if (st == TL_OK && !was) {
            tl_map_set(subjects, index, index);
            names[index] = rows[i].subject;
        }
    }
    return st;
}

/* names[i] becomes the name that subject i stands for. A name that others stand for stands for
 * itself: no chains, so that the order of the rows changes nothing. */
static tl_status apply_aliases(const struct reading *r, const tl_map *subjects, const char **names,
                               bool *target, tl_error *err)
{
    uint64_t from, to;
    for (size_t i = 0; i < r->sheet.rows; i++) {
        for (size_t k = 0; k < ALIAS_COLUMNS; k++)
            if (!*cell(r, i, k))
                return tl_sheet_fail(&r->sheet, i, r->at[k], err, "empty");
        const char *subject = cell(r, i, ALIAS_SUBJECT), *same_as = cell(r, i, ALIAS_SAME_AS);
        if (!tl_map_find(subjects, tl_span_of(subject), &from))
            return tl_sheet_fail(&r->sheet, i, r->at[ALIAS_SUBJECT], err,
                                 "no row has the subject '%.80s'", subject);
        if (!tl_map_find(subjects, tl_span_of(same_as), &to))
            return tl_sheet_fail(&r->sheet, i, r->at[ALIAS_SAME_AS], err,
                                 "no row has the subject '%.80s'", same_as);
        if (from == to || target[from] || strcmp(names[from], tl_map_key(subjects, from)) != 0 ||
            strcmp(names[to], tl_map_key(subjects, to)) != 0)
            return tl_sheet_fail(&r->sheet, i, r->at[ALIAS_SUBJECT], err,
                                 "'%.80s' for '%.80s': a name stands for one other, and that for "
                                 "itself",
                                 subject, same_as);
        names[from] = tl_arena_str(r->arena, same_as);
        target[to] = true;
        if (!names[from])
            return tl_fail_nomem(err);
    }
    return TL_OK;
}

static tl_status read_aliases(const tl_printed_text *text, tl_printed_row *rows, size_t n,
                              tl_arena *arena, tl_error *err)
{
    struct reading r = { .arena = arena };
    tl_map *subjects = NULL;
    const char **names = tl_arena_alloc(arena, n + 1, sizeof *names);
    bool *target = tl_arena_alloc(arena, n + 1, sizeof *target);
    if (!names || !target)
        return tl_fail_nomem(err);
    tl_status st = tl_sheet_read_rows(&r.sheet, text->name, text->data, text->n,
                                      TL_PRINTED_ROWS_MAX, arena, err);
    if (st == TL_OK)
        st = tl_sheet_columns(&r.sheet, alias_columns, ALIAS_COLUMNS, r.at, err);
    if (st == TL_OK)
        st = tl_map_new(&subjects, err);
    if (st == TL_OK)
        st = map_subjects(rows, n, subjects, names, err);
    if (st == TL_OK)
        st = apply_aliases(&r, subjects, names, target, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        uint64_t at = 0;
        if (tl_map_find(subjects, tl_span_of(rows[i].subject), &at))
            rows[i].key = names[at];
    }
    tl_map_free(subjects);
    return st;
}

tl_status tl_printed_parse(const tl_printed_text *rows, const tl_printed_text *aliases,
                           tl_arena *arena, const tl_printed_row **out, size_t *n, tl_error *err)
{
    struct reading r = { .arena = arena };
    tl_status st = tl_sheet_read_rows(&r.sheet, rows->name, rows->data, rows->n,
                                      TL_PRINTED_ROWS_MAX, arena, err);
    *out = NULL;
    *n = 0;
    if (st == TL_OK)
        st = tl_sheet_columns(&r.sheet, columns, COLUMNS, r.at, err);
    if (st != TL_OK)
        return st;
    tl_printed_row *items = tl_arena_alloc(arena, r.sheet.rows + 1, sizeof *items);
    if (!items)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < r.sheet.rows && st == TL_OK; i++)
        st = read_row(&r, i, &items[i], err);
    if (st == TL_OK)
        st = check_once(&r, items, err);
    if (st == TL_OK && aliases->data)
        st = read_aliases(aliases, items, r.sheet.rows, arena, err);
    if (st != TL_OK)
        return st;
    *out = items;
    *n = r.sheet.rows;
    return TL_OK;
}

static tl_status read_text(tl_store *s, const tl_dataset *set, tl_arena *arena,
                           tl_printed_text *out, tl_error *err)
{
    for (size_t i = 0; i < set->file_count; i++)
        if (strcmp(set->files[i].path, out->name) == 0)
            return tl_dataset_read(s, set, out->name, arena, &out->data, &out->n, err);
    return TL_OK;
}

static tl_status read_set(tl_store *s, const tl_dataset *set, tl_arena *arena,
                          const tl_printed_row **out, size_t *n, tl_error *err)
{
    tl_printed_text rows = { "rows.csv", NULL, 0 }, aliases = { "aliases.csv", NULL, 0 };
    tl_status st;
    if (strcmp(set->kind, KIND) != 0)
        return tl_fail(err, TL_EINPUT, "%s@%s is a set of kind '%s', expected '" KIND "'", set->id,
                       set->version, set->kind);
    if ((st = read_text(s, set, arena, &rows, err)) == TL_OK && !rows.data)
        st = tl_fail(err, TL_EINPUT, "rows.csv is missing");
    if (st == TL_OK)
        st = read_text(s, set, arena, &aliases, err);
    if (st == TL_OK)
        st = tl_printed_parse(&rows, &aliases, arena, out, n, err);
    return st == TL_OK ? TL_OK : tl_context(err, st, "%s@%s", set->id, set->version);
}

tl_status tl_printed_read(tl_store *s, const char *set, tl_arena *arena, const tl_printed_row **out,
                          size_t *n, tl_error *err)
{
    const char *id, *version;
    tl_dataset found;
    *out = NULL;
    *n = 0;
    tl_status st = tl_dataset_reference(set, arena, &id, &version, err);
    if (st == TL_OK)
        st = tl_dataset_get(s, id, version, arena, &found, err);
    return st == TL_OK ? read_set(s, &found, arena, out, n, err) : st;
}

tl_status tl_printed_check_set(tl_store *s, const tl_dataset *set, tl_arena *arena, int64_t *rows,
                               tl_error *err)
{
    const tl_printed_row *all;
    size_t n = 0;
    tl_status st = read_set(s, set, arena, &all, &n, err);
    *rows = (int64_t)n;
    return st;
}

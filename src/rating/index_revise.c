/* index_revise.c - other numbers in items.csv and weights.csv; all else stays as it was written. */
#include "rating/index_revise.h"

#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/text.h"
#include "format/csv_write.h"
#include "format/sheet.h"

enum { CHANGE_MAX = 200, INDUSTRY = sizeof "industry:" - 1 };

/* A file while it is changed. */
struct revising {
    tl_index_text *text;
    tl_sheet sheet;
    const char **cells; /* those of the sheet, to be changed */
    tl_arena *arena;
    tl_error *err;
};

static tl_status open_file(struct revising *r, tl_index_text *texts, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(texts[i].name, name) == 0)
            r->text = &texts[i];
    if (!r->text)
        return tl_fail(r->err, TL_EINPUT, "the index has no %s", name);
    tl_status st = tl_sheet_read(&r->sheet, name, r->text->data, r->text->n, r->arena, r->err);
    const size_t cells = st == TL_OK ? r->sheet.rows * r->sheet.columns : 0;
    if (st != TL_OK || cells == 0)
        return st;
    r->cells = tl_arena_alloc(r->arena, cells, sizeof *r->cells);
    if (!r->cells)
        return tl_fail_nomem(r->err);
    memcpy(r->cells, r->sheet.cells, cells * sizeof *r->cells);
    r->sheet.cells = r->cells;
    return TL_OK;
}

static tl_status close_file(struct revising *r)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_csv_writer w = tl_csv_write_start(&b, NULL);
    for (size_t c = 0; c < r->sheet.columns; c++)
        tl_csv_write_text(&w, r->sheet.names[c]);
    tl_csv_write_end(&w);
    for (size_t row = 0; row < r->sheet.rows; row++) {
        for (size_t c = 0; c < r->sheet.columns; c++)
            tl_csv_write_text(&w, r->cells[row * r->sheet.columns + c]);
        tl_csv_write_end(&w);
    }
    tl_status st = tl_buf_status(&b, r->err);
    if (st == TL_OK && !(r->text->data = tl_arena_copy(r->arena, tl_buf_text(&b), b.len)))
        st = tl_fail_nomem(r->err);
    r->text->n = b.len;
    tl_buf_clear(&b);
    return st;
}

/* The row whose cell says so, or the number of rows. */
static size_t find_row(const struct revising *r, size_t column, tl_span text)
{
    size_t row = 0;
    while (row < r->sheet.rows && !tl_span_is(text, tl_sheet_text(&r->sheet, row, column)))
        row++;
    return row;
}

enum { CODE, PARENT, LEVEL, MAX, PARALLEL, COLUMNS };
static const char *const columns[] = { "code", "parent", "level", "max_points", "parallel_of" };

static tl_status put_points(struct revising *r, size_t row, size_t column, int64_t points)
{
    char text[TL_POINTS_TEXT];
    if (points < 0 || points > TL_POINTS_MAX)
        return tl_sheet_fail(&r->sheet, row, column, r->err, "comes to no possible full points");
    tl_points_format((tl_points)points, text);
    const char *kept = tl_arena_str(r->arena, text);
    r->cells[row * r->sheet.columns + column] = kept;
    return kept ? TL_OK : tl_fail_nomem(r->err);
}

/* What the indicator is part of is worth so much more; parents stand before their children. */
static tl_status raise_parents(struct revising *r, const size_t *at, size_t row, int64_t by)
{
    tl_status st = TL_OK;
    for (size_t left = r->sheet.rows; st == TL_OK && left > 0; left--) {
        tl_points had;
        const char *parent = tl_sheet_text(&r->sheet, row, at[PARENT]);
        row = *parent ? find_row(r, at[CODE], tl_span_of(parent)) : r->sheet.rows;
        if (row == r->sheet.rows)
            return TL_OK;
        if (*tl_sheet_text(&r->sheet, row, at[MAX]) == '\0')
            continue;
        st = tl_points_parse(tl_sheet_text(&r->sheet, row, at[MAX]), &had, r->err);
        if (st == TL_OK)
            st = put_points(r, row, at[MAX], (int64_t)had + by);
    }
    return st;
}

static tl_status change_item(struct revising *r, tl_span code, const char *value)
{
    size_t at[COLUMNS];
    tl_points had = 0, now = 0;
    tl_status st = tl_sheet_columns(&r->sheet, columns, COLUMNS, at, r->err);
    if (st != TL_OK)
        return st;
    const size_t row = find_row(r, at[CODE], code);
    if (row == r->sheet.rows || strcmp(tl_sheet_text(&r->sheet, row, at[LEVEL]), "indicator") != 0)
        return tl_fail(r->err, TL_EINPUT, "the index has no indicator '%.*s'", (int)code.n, code.p);
    if (*tl_sheet_text(&r->sheet, row, at[PARALLEL]))
        return tl_fail(r->err, TL_EINPUT, "'%.*s' is worth what the indicator beside it is",
                       (int)code.n, code.p);
    st = tl_points_parse(value, &now, r->err);
    if (st == TL_OK)
        st = tl_points_parse(tl_sheet_text(&r->sheet, row, at[MAX]), &had, r->err);
    if (st == TL_OK)
        st = put_points(r, row, at[MAX], now);
    if (st == TL_OK)
        st = raise_parents(r, at, row, (int64_t)now - had);
    for (size_t i = 0; st == TL_OK && i < r->sheet.rows; i++)
        if (tl_span_is(code, tl_sheet_text(&r->sheet, i, at[PARALLEL])) &&
            *tl_sheet_text(&r->sheet, i, at[MAX]))
            st = put_points(r, i, at[MAX], now);
    return st;
}

static tl_status change_weight(struct revising *r, tl_span industry, const char *value)
{
    static const char *const names[] = { "industry", "scope12_share_percent" };
    size_t at[2];
    tl_weight w = 0;
    char text[TL_POINTS_TEXT];
    tl_status st = tl_sheet_columns(&r->sheet, names, 2, at, r->err);
    if (st != TL_OK)
        return st;
    const size_t row = find_row(r, at[0], industry);
    if (row == r->sheet.rows)
        return tl_fail(r->err, TL_EINPUT, "the index has no industry '%.*s'", (int)industry.n,
                       industry.p);
    if ((st = tl_weight_parse(value, &w, r->err)) != TL_OK)
        return st;
    tl_points_format(w * 10, text); /* 40.25 % as thousandths of a percent point */
    const char *kept = tl_arena_str(r->arena, text);
    r->cells[row * r->sheet.columns + at[1]] = kept;
    return kept ? TL_OK : tl_fail_nomem(r->err);
}

static bool is_weight(const char *change)
{
    return strncmp(change, "industry:", INDUSTRY) == 0;
}

static tl_status revise(struct revising *r, const char *const *changes, size_t n, bool weights)
{
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        const char *equals = strchr(changes[i], '=');
        if (is_weight(changes[i]) != weights)
            continue;
        if (!equals || equals == changes[i] || strlen(changes[i]) > CHANGE_MAX)
            return tl_fail(r->err, TL_EINPUT,
                           "'%.80s', expected CODE=POINTS or industry:NAME=SHARE", changes[i]);
        const char *name = changes[i] + (weights ? INDUSTRY : 0);
        const tl_span key = { name, (size_t)(equals - name) };
        st = weights ? change_weight(r, key, equals + 1) : change_item(r, key, equals + 1);
        if (st != TL_OK)
            st = tl_context(r->err, st, "'%s'", changes[i]);
    }
    return st;
}

tl_status tl_index_revise(tl_index_text *texts, size_t n, const char *const *changes,
                          size_t n_changes, tl_arena *arena, tl_error *err)
{
    tl_status st = TL_OK;
    if (n_changes > TL_INDEX_CHANGES_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d changes", (int)TL_INDEX_CHANGES_MAX);
    for (int weights = 0; st == TL_OK && weights < 2; weights++) {
        struct revising r = { .arena = arena, .err = err };
        bool any = false;
        for (size_t i = 0; i < n_changes; i++)
            any = any || is_weight(changes[i]) == (weights == 1);
        if (!any)
            continue;
        st = open_file(&r, texts, n, weights ? "weights.csv" : "items.csv");
        if (st == TL_OK)
            st = revise(&r, changes, n_changes, weights == 1);
        if (st == TL_OK)
            st = close_file(&r);
    }
    return st;
}

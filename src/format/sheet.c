/* sheet.c - a CSV text into arrays. */
#include "format/sheet.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "format/csv.h"

/* Rows while they are counted; freed by tl_sheet_read after copying to the arena. */
struct growing {
    const char **cells;
    size_t *lines;
    size_t cell_count, cell_cap, rows, line_cap;
};

static tl_status add_row(struct growing *g, const tl_csv *csv, tl_arena *arena, tl_error *err)
{
    size_t columns = tl_csv_columns(csv);
    tl_status st = tl_grow(&g->cells, &g->cell_cap, g->cell_count + columns, sizeof *g->cells, err);
    if (st == TL_OK)
        st = tl_grow(&g->lines, &g->line_cap, g->rows + 1, sizeof *g->lines, err);
    for (size_t c = 0; st == TL_OK && c < columns; c++) {
        tl_span cell = tl_span_trim(tl_csv_cell(csv, (int)c));
        const char *copy = tl_arena_copy(arena, cell.p, cell.n);
        if (!copy)
            return tl_fail_nomem(err);
        g->cells[g->cell_count++] = copy;
    }
    if (st == TL_OK)
        g->lines[g->rows++] = tl_csv_row(csv);
    return st;
}

/* Moves what was gathered into the arena. */
static tl_status settle(tl_sheet *out, const struct growing *g, const tl_csv *csv, tl_arena *arena,
                        tl_error *err)
{
    size_t columns = tl_csv_columns(csv);
    const char **names = tl_arena_alloc(arena, columns, sizeof *names);
    const char **cells = tl_arena_alloc(arena, g->cell_count, sizeof *cells);
    size_t *lines = tl_arena_alloc(arena, g->rows, sizeof *lines);
    if (!names || !cells || !lines)
        return tl_fail_nomem(err);
    for (size_t c = 0; c < columns; c++)
        if (!(names[c] = tl_arena_str(arena, tl_csv_column_name(csv, c))))
            return tl_fail_nomem(err);
    if (g->rows) {
        memcpy(cells, g->cells, g->cell_count * sizeof *cells);
        memcpy(lines, g->lines, g->rows * sizeof *lines);
    }
    *out =
        (tl_sheet){ tl_arena_str(arena, tl_csv_name(csv)), names, cells, lines, g->rows, columns };
    return out->name ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_sheet_read(tl_sheet *out, const char *name, const char *data, size_t n,
                        tl_arena *arena, tl_error *err)
{
    return tl_sheet_read_rows(out, name, data, n, SIZE_MAX, arena, err);
}

tl_status tl_sheet_read_rows(tl_sheet *out, const char *name, const char *data, size_t n,
                             size_t max_rows, tl_arena *arena, tl_error *err)
{
    const tl_csv_opts opts = { .separator = ',' };
    struct growing g = { 0 };
    tl_csv *csv = NULL;
    bool more = false;
    tl_status st = tl_csv_open_memory(&csv, name, data, n, &opts, err);
    while (st == TL_OK && (st = tl_csv_next(csv, &more, err)) == TL_OK && more)
        st = g.rows < max_rows ? add_row(&g, csv, arena, err)
                               : tl_csv_fail(csv, -1, err, "more than %zu rows", max_rows);
    if (st == TL_OK)
        st = settle(out, &g, csv, arena, err);
    free(g.cells);
    free(g.lines);
    tl_csv_close(csv);
    return st;
}

tl_status tl_sheet_columns(const tl_sheet *s, const char *const *names, size_t n, size_t *columns,
                           tl_error *err)
{
    for (size_t i = 0; i < n; i++) {
        size_t c = 0;
        while (c < s->columns && strcmp(s->names[c], names[i]) != 0)
            c++;
        if (c == s->columns)
            return tl_fail(err, TL_EINPUT, "%s:1: no column '%s'", s->name, names[i]);
        columns[i] = c;
    }
    return TL_OK;
}

const char *tl_sheet_text(const tl_sheet *s, size_t row, size_t column)
{
    return s->cells[row * s->columns + column];
}

tl_status tl_sheet_number(const tl_sheet *s, size_t row, size_t column, double *out, tl_error *err)
{
    const char *text = tl_sheet_text(s, row, column);
    tl_number_fault fault = tl_number_scan(text, strlen(text), '.', out);
    if (fault)
        return tl_sheet_fail(s, row, column, err, "'%.60s' is %s", text, tl_number_problem(fault));
    return TL_OK;
}

tl_status tl_sheet_number_opt(const tl_sheet *s, size_t row, size_t column, double *out,
                              tl_error *err)
{
    *out = NAN;
    return *tl_sheet_text(s, row, column) ? tl_sheet_number(s, row, column, out, err) : TL_OK;
}

tl_status tl_sheet_fail(const tl_sheet *s, size_t row, size_t column, tl_error *err,
                        const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return tl_fail(err, TL_EINPUT, "%s:%zu: column '%s': %s", s->name, s->lines[row],
                   s->names[column], text);
}

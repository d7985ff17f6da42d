/* grid.c - two passes: widths, then lines. */
#include "format/grid.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

void tl_grid_init(tl_grid *t, const char *align, tl_arena *arena)
{
    *t = (tl_grid){ .arena = arena, .align = align, .columns = strlen(align) };
    if (t->columns == 0 || t->columns > TL_GRID_COLUMNS)
        t->failed = true;
}

void tl_grid_clear(tl_grid *t)
{
    free(t->cells);
    *t = (tl_grid){ 0 };
}

void tl_grid_cell(tl_grid *t, const char *text)
{
    const char *kept = tl_arena_str(t->arena, text ? text : "");
    if (t->failed || !kept ||
        tl_grow(&t->cells, &t->cap, t->count + 1, sizeof *t->cells, NULL) != TL_OK) {
        t->failed = true;
        return;
    }
    t->cells[t->count++] = kept;
}

void tl_grid_cellf(tl_grid *t, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    tl_grid_cell(t, text);
}

void tl_grid_number(tl_grid *t, double v, int decimals)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(v, decimals, text);
    tl_grid_cell(t, isfinite(v) ? text : "-");
}

static void blanks(tl_buf *out, size_t n)
{
    while (n--)
        tl_buf_char(out, ' ');
}

static void write_row(const tl_grid *t, size_t row, const size_t *widths, size_t indent,
                      tl_buf *out)
{
    size_t owed = indent; /* blanks that are only written if text follows */
    for (size_t c = 0; c < t->columns; c++) {
        const char *text = t->cells[row * t->columns + c];
        size_t pad = widths[c] - tl_text_width(text);
        if (t->align[c] == 'r')
            owed += pad;
        if (*text) {
            blanks(out, owed);
            tl_buf_str(out, text);
            owed = 0;
        }
        owed += 2 + (t->align[c] == 'r' ? (*text ? 0 : widths[c] - pad) : pad);
    }
    tl_buf_char(out, '\n');
}

void tl_grid_write(const tl_grid *t, size_t indent, tl_buf *out)
{
    size_t widths[TL_GRID_COLUMNS] = { 0 }, rows = t->failed ? 0 : t->count / t->columns;
    out->failed = out->failed || t->failed;
    for (size_t i = 0; i < rows * t->columns; i++) {
        size_t w = tl_text_width(t->cells[i]), c = i % t->columns;
        widths[c] = w > widths[c] ? w : widths[c];
    }
    for (size_t r = 0; r < rows; r++)
        write_row(t, r, widths, indent, out);
}

/* grid.c - collects cells for table.c. */
#include "cli/grid.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "cli/table.h"

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

void tl_grid_write(const tl_grid *t, size_t indent, tl_buf *out)
{
    tl_buf lines;
    tl_span rest, line;
    if (t->failed) {
        out->failed = true;
        return;
    }
    tl_buf_init(&lines, 0);
    tl_cli_table(&lines, t->cells, t->count / t->columns, t->align);
    rest = tl_span_of(tl_buf_text(&lines));
    while (tl_span_split(&rest, '\n', &line)) {
        if (line.n)
            tl_buf_printf(out, "%*s%.*s\n", (int)indent, "", (int)line.n, line.p);
    }
    out->failed = out->failed || lines.failed;
    tl_buf_clear(&lines);
}

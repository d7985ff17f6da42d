/* grid.h - cells added one by one, then aligned for a terminal, Chinese counted as two places wide.
 */
#ifndef TL_FORMAT_GRID_H
#define TL_FORMAT_GRID_H

#include "base/buf.h"
#include "base/memory.h"

enum { TL_GRID_COLUMNS = 32 };

typedef struct tl_grid {
    tl_arena *arena;
    const char *align;  /* one letter a column: l or r */
    const char **cells; /* owned; row by row */
    size_t columns, count, cap;
    bool failed;
} tl_grid;

/* align gives the number of columns, at most TL_GRID_COLUMNS. Texts are kept in the arena. */
void tl_grid_init(tl_grid *t, const char *align, tl_arena *arena);
void tl_grid_clear(tl_grid *t);

/* Adds cells from left to right; NULL counts as "". */
void tl_grid_cell(tl_grid *t, const char *text);
void tl_grid_cellf(tl_grid *t, const char *fmt, ...) TL_PRINTF(2, 3);

/* A number rounded to decimals, "-" if it is none. */
void tl_grid_number(tl_grid *t, double v, int decimals);

/* Writes the rows, indented, two blanks between columns, no blanks at the end of lines. */
void tl_grid_write(const tl_grid *t, size_t indent, tl_buf *out);

#endif

/* table.h - columns of text aligned for a terminal, Chinese counted as two places wide. */
#ifndef TL_CLI_TABLE_H
#define TL_CLI_TABLE_H

#include "base/buf.h"
#include "base/memory.h"

enum { TL_TABLE_COLUMNS = 12 };

typedef struct tl_table {
    tl_arena *arena;
    const char *align; /* one letter a column: l or r */
    const char **cells; /* owned; row by row */
    size_t columns, count, cap;
    bool failed;
} tl_table;

/* align gives the number of columns, at most TL_TABLE_COLUMNS. Texts are kept in the arena. */
void tl_table_init(tl_table *t, const char *align, tl_arena *arena);
void tl_table_clear(tl_table *t);

/* Adds cells from left to right; NULL counts as "". */
void tl_table_cell(tl_table *t, const char *text);
void tl_table_cellf(tl_table *t, const char *fmt, ...) TL_PRINTF(2, 3);

/* A number rounded to decimals, "-" if it is none. */
void tl_table_number(tl_table *t, double v, int decimals);

/* Writes the rows, indented, two blanks between columns, no blanks at the end of lines. */
void tl_table_write(const tl_table *t, size_t indent, tl_buf *out);

#endif

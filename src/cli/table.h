/* table.h - columns of text for a terminal, Chinese characters counted as two. */
#ifndef TL_CLI_TABLE_H
#define TL_CLI_TABLE_H

#include <stddef.h>

#include "base/buf.h"

/* Appends rows of `strlen(align)` cells each, two blanks between columns; align is 'l' or 'r' a
 * column. A NULL cell is empty. No blanks at the end of a line. */
void tl_cli_table(tl_buf *out, const char *const *cells, size_t rows, const char *align);

#endif

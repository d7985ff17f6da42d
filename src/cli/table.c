/* table.c - pads cells to the widest of their column. */
#include "cli/table.h"

#include <string.h>

#include "base/text.h"

static const char *text_of(const char *cell)
{
    return cell ? cell : "";
}

static void pad(tl_buf *out, size_t n)
{
    while (n--)
        tl_buf_char(out, ' ');
}

static size_t width_of(const char *const *cells, size_t rows, size_t columns, size_t column)
{
    size_t widest = 0;
    for (size_t r = 0; r < rows; r++) {
        size_t w = tl_text_width(text_of(cells[r * columns + column]));
        widest = w > widest ? w : widest;
    }
    return widest;
}

void tl_cli_table(tl_buf *out, const char *const *cells, size_t rows, const char *align)
{
    enum { MOST = 32 };
    size_t columns = strlen(align), widths[MOST] = { 0 };
    for (size_t c = 0; c < columns && c < MOST; c++)
        widths[c] = width_of(cells, rows, columns, c);
    for (size_t r = 0; r < rows; r++) {
        size_t owed = 0; /* blanks not yet written: none at the end of a line */
        for (size_t c = 0; c < columns && c < MOST; c++) {
            const char *text = text_of(cells[r * columns + c]);
            size_t room = widths[c] - tl_text_width(text);
            if (*text) {
                pad(out, owed + (align[c] == 'r' ? room : 0));
                tl_buf_str(out, text);
                owed = align[c] == 'r' ? 0 : room;
            } else {
                owed += widths[c];
            }
            owed += 2;
        }
        tl_buf_char(out, '\n');
    }
}

/* xlsx_rows.c - the rows of one sheet, pulled one by one.
 *
 * Cells of a row lie in one buffer, and are pointed to only when the row is whole, since the buffer
 * moves while it grows. Rows and cells may leave out their places, and come in order. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "format/xlsx_read_priv.h"

enum cell_type { NUMBER, SHARED, TEXT, TRUTH, ERROR, DAY };

/* A cell of the row: a piece of the row's text, or a shared string. */
struct piece {
    size_t column, from, n;
    const char *shared, *fault;
};

struct tl_xlsx_rows {
    tl_xlsx_book *book;
    const struct tl_xlsx_sheet *sheet;
    tl_xlsx_part *part;
    size_t row, next_column; /* row: from 1; next_column: of the cell after this one */
    tl_buf text, raw;        /* of the row's cells; of the cell being read */
    struct piece *pieces;    /* owned */
    tl_xlsx_cell *cells;     /* owned */
    size_t n, piece_cap, cell_cap;
    enum cell_type type;
    size_t column, format;
    bool in_data, in_row, in_cell, in_value, spoken, has_formula;
};

void tl_xlsx_cell_name(size_t row, size_t column, char out[TL_XLSX_CELL_NAME])
{
    char letters[8];
    size_t n = 0;
    for (size_t c = column + 1; c > 0 && n < sizeof letters; c = (c - 1) / 26)
        letters[n++] = (char)('A' + (c - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[n - 1 - i];
    snprintf(out + n, TL_XLSX_CELL_NAME - n, "%zu", row % 100000000);
}

#define FAIL(r, ...) tl_xlsx_part_fail((r)->part, TL_EINPUT, __VA_ARGS__)

static void start_row(struct tl_xlsx_rows *r, const char **attributes)
{
    const char *text = tl_xlsx_attribute(attributes, "r");
    int64_t number = (int64_t)r->row + 1;
    if (text && tl_int_parse(text, 1, INT64_C(1) << 40, &number, NULL) != TL_OK)
        number = 0;
    if (number <= (int64_t)r->row || number > TL_XLSX_ROWS_MAX) {
        FAIL(r, "sheet '%s': row '%.20s' after row %zu, expected rows in order up to %d",
             r->sheet->name, text ? text : "", r->row, (int)TL_XLSX_ROWS_MAX);
        return;
    }
    r->row = (size_t)number;
    r->next_column = r->n = 0;
    r->in_row = true;
    tl_buf_reset(&r->text);
}

/* Column of "B12", SIZE_MAX for what names no cell of this row. */
static size_t column_of(const char *name)
{
    size_t column = 0, n = 0;
    while (n < 4 && isalpha((unsigned char)name[n]))
        column = column * 26 + (size_t)(toupper((unsigned char)name[n++]) - 'A' + 1);
    return n == 0 || n > 3 || !isdigit((unsigned char)name[n]) ? SIZE_MAX : column - 1;
}

static enum cell_type type_of(const char *t)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = { { "n", NUMBER }, { "s", SHARED }, { "str", TEXT }, { "inlineStr", TEXT },
                  { "b", TRUTH },  { "e", ERROR },  { "d", DAY } };
    for (size_t i = 0; t && i < sizeof types / sizeof *types; i++)
        if (strcmp(t, types[i].name) == 0)
            return types[i].type;
    return NUMBER;
}

static void start_cell(struct tl_xlsx_rows *r, const char **attributes)
{
    const char *name = tl_xlsx_attribute(attributes, "r");
    const char *format = tl_xlsx_attribute(attributes, "s");
    int64_t at = 0;
    r->column = name ? column_of(name) : r->next_column;
    if (r->column < r->next_column || r->column >= TL_XLSX_COLUMNS_MAX) {
        FAIL(r, "sheet '%s': row %zu: cell '%.20s', expected cells in order up to column XFD",
             r->sheet->name, r->row, name ? name : "");
        return;
    }
    r->next_column = r->column + 1;
    r->type = type_of(tl_xlsx_attribute(attributes, "t"));
    if (format && tl_int_parse(format, 0, 65535, &at, NULL) != TL_OK)
        at = 65535;
    r->format = format ? (size_t)at : 0;
    r->in_cell = true;
    r->has_formula = false;
    tl_buf_reset(&r->raw);
}

static void on_start(void *ctx, const char *element, const char **attributes)
{
    struct tl_xlsx_rows *r = ctx;
    if (strcmp(element, "sheetData") == 0) {
        r->in_data = true;
    } else if (r->in_cell) {
        if (strcmp(element, "v") == 0 || strcmp(element, "t") == 0)
            r->in_value = !r->spoken;
        else if (strcmp(element, "f") == 0)
            r->has_formula = true;
        else if (strcmp(element, "rPh") == 0)
            r->spoken = true;
    } else if (r->in_row && strcmp(element, "c") == 0) {
        start_cell(r, attributes);
    } else if (r->in_data && strcmp(element, "row") == 0) {
        start_row(r, attributes);
    }
}

/* Text of the cell into the row; NULL, or what is wrong with it. */
static const char *take_value(struct tl_xlsx_rows *r, struct piece *p)
{
    const tl_xlsx_book *b = r->book;
    tl_span raw = { tl_buf_text(&r->raw), r->raw.len };
    tl_span trimmed = tl_span_trim(raw);
    double v;
    int64_t at;
    switch (r->type) {
    case TEXT:
        tl_xlsx_unescape(&r->text, raw.p, raw.n);
        return NULL;
    case DAY: /* of a strict workbook, ISO 8601 */
        tl_buf_add(&r->text, trimmed.p, trimmed.n > 10 ? 10 : trimmed.n);
        if (trimmed.n > 11 && !memmem(trimmed.p, trimmed.n, "T00:00:00", 9)) {
            tl_buf_char(&r->text, ' ');
            tl_buf_add(&r->text, trimmed.p + 11, trimmed.n - 11);
        }
        return NULL;
    case TRUTH:
        tl_buf_str(&r->text, tl_span_is(trimmed, "1") ? "true" : "false");
        return NULL;
    case ERROR:
        tl_buf_add(&r->text, raw.p, raw.n);
        return "is an error of Excel's, expected a value";
    case SHARED:
        if (tl_int_parse(tl_buf_text(&r->raw), 0, TL_XLSX_STRINGS_MAX, &at, NULL) != TL_OK ||
            (size_t)at >= b->n_strings)
            return "names a text that the workbook does not have";
        p->shared = b->strings[at].p;
        p->n = b->strings[at].n;
        return NULL;
    case NUMBER:
        break;
    }
    if (tl_number_scan(trimmed.p, trimmed.n, '.', &v) != TL_NUMBER_OK) {
        tl_buf_add(&r->text, raw.p, raw.n);
        return "is stored as a number and is none";
    }
    tl_xlsx_shown shown =
        r->format < b->n_shown ? (tl_xlsx_shown)b->shown[r->format] : TL_XLSX_AS_NUMBER;
    const char *fault = tl_xlsx_number_text(v, shown, b->since_1904, &r->text);
    if (fault)
        tl_buf_add(&r->text, raw.p, raw.n);
    return fault;
}

static void end_cell(struct tl_xlsx_rows *r)
{
    struct piece p = { .column = r->column, .from = r->text.len };
    tl_error err = { 0 };
    r->in_cell = r->in_value = r->spoken = false;
    bool blank = tl_span_trim((tl_span){ tl_buf_text(&r->raw), r->raw.len }).n == 0;
    if (blank && r->has_formula && r->type != TEXT)
        p.fault = "holds a formula without a result; open the file in Excel and save it";
    else if (!blank || r->type == TEXT)
        p.fault = take_value(r, &p);
    if (!p.shared)
        p.n = r->text.len - p.from;
    bool failed = r->text.failed || r->raw.failed; /* what is missing then may be the text */
    if (p.n == 0 && !p.fault && !failed)
        return;
    tl_status st = TL_OK;
    if (r->text.len > TL_XLSX_ROW_BYTES)
        st = tl_fail(&err, TL_EINPUT, "sheet '%s': row %zu: more than %zu bytes", r->sheet->name,
                     r->row, TL_XLSX_ROW_BYTES);
    else if (failed)
        st = tl_fail_nomem(&err);
    else
        st = tl_grow(&r->pieces, &r->piece_cap, r->n + 1, sizeof *r->pieces, &err);
    if (st != TL_OK)
        tl_xlsx_part_fail(r->part, st, "%s", err.text);
    else
        r->pieces[r->n++] = p;
}

static void on_end(void *ctx, const char *element)
{
    struct tl_xlsx_rows *r = ctx;
    if (r->in_cell) {
        if (strcmp(element, "c") == 0)
            end_cell(r);
        else if (strcmp(element, "v") == 0 || strcmp(element, "t") == 0)
            r->in_value = false;
        else if (strcmp(element, "rPh") == 0)
            r->spoken = false;
    } else if (r->in_row && strcmp(element, "row") == 0) {
        r->in_row = false;
        if (r->n)
            tl_xlsx_part_pause(r->part);
    } else if (strcmp(element, "sheetData") == 0) {
        r->in_data = false;
    }
}

static void on_text(void *ctx, const char *s, size_t n)
{
    struct tl_xlsx_rows *r = ctx;
    if (!r->in_value)
        return;
    tl_buf_add(&r->raw, s, n);
    if (r->raw.len > TL_XLSX_ROW_BYTES)
        FAIL(r, "sheet '%s': row %zu: more than %zu bytes", r->sheet->name, r->row,
             TL_XLSX_ROW_BYTES);
}

tl_status tl_xlsx_rows_open(tl_xlsx_rows **out, tl_xlsx_book *b, size_t sheet, tl_error *err)
{
    *out = NULL;
    tl_status st = tl_xlsx_strings_read(b, err);
    if (st != TL_OK)
        return st;
    struct tl_xlsx_rows *r = calloc(1, sizeof *r);
    if (!r)
        return tl_fail_nomem(err);
    r->book = b;
    r->sheet = &b->sheets[sheet];
    tl_buf_init(&r->text, 0);
    tl_buf_init(&r->raw, 0);
    const tl_xlsx_handlers handlers = { on_start, on_end, on_text, r };
    st = tl_xlsx_part_open(&r->part, b, r->sheet->part, &handlers, err);
    if (st != TL_OK) {
        tl_xlsx_rows_close(r);
        return st;
    }
    *out = r;
    return TL_OK;
}

void tl_xlsx_rows_close(tl_xlsx_rows *r)
{
    if (!r)
        return;
    tl_xlsx_part_close(r->part);
    tl_buf_clear(&r->text);
    tl_buf_clear(&r->raw);
    free(r->pieces);
    free(r->cells);
    free(r);
}

tl_status tl_xlsx_rows_next(tl_xlsx_rows *r, bool *more, tl_error *err)
{
    r->n = 0;
    tl_status st = tl_xlsx_part_run(r->part, more, err);
    if (st == TL_OK && !*more)
        r->n = 0;
    if (st == TL_OK)
        st = tl_grow(&r->cells, &r->cell_cap, r->n, sizeof *r->cells, err);
    if (st != TL_OK) {
        r->n = 0;
        return st;
    }
    const char *text = tl_buf_text(&r->text);
    for (size_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        r->cells[i] =
            (tl_xlsx_cell){ p->column, { p->shared ? p->shared : text + p->from, p->n }, p->fault };
    }
    return TL_OK;
}

size_t tl_xlsx_rows_number(const tl_xlsx_rows *r)
{
    return r->row;
}

const tl_xlsx_cell *tl_xlsx_rows_cells(const tl_xlsx_rows *r, size_t *n)
{
    *n = r->n;
    return r->cells;
}

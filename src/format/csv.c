/* csv.c - opening, the header, and what a caller asks of a record; csv_record.c cuts records. */
#include "format/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/memory.h"
#include "base/number.h"
#include "format/csv_book.h"

#define DEFAULT_LINE ((size_t)1 << 20)
#undef tl_csv_fail /* csv.h wraps it for the static analyser */

tl_status tl_csv_fail(const tl_csv *csv, int column, tl_error *err, const char *fmt, ...)
{
    char text[sizeof((tl_error){ 0 }.text)];
    const char *name = column < 0 ? NULL : tl_csv_column_name(csv, (size_t)column);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (name && csv->book)
        return tl_csv_book_fail(csv, (size_t)column, text, err);
    if (name)
        return tl_fail(err, TL_EINPUT, "%s:%zu: column '%.100s': %s", csv->name, csv->row, name,
                       text);
    return tl_fail(err, TL_EINPUT, "%s:%zu: %s", csv->name, csv->row, text);
}

tl_status tl_csv_next(tl_csv *csv, bool *more, tl_error *err)
{
    size_t columns = tl_map_size(csv->names);
    tl_status st = tl_csv_take(csv, more, err);
    if (st != TL_OK || !*more) {
        csv->found = 0;
        return st;
    }
    if (csv->found == columns)
        return TL_OK;
    size_t found = csv->found;
    bool cut = csv->at == csv->scan.n && csv->scan.data[csv->scan.n - 1] != '\n' &&
               csv->scan.data[csv->scan.n - 1] != '\r';
    csv->found = 0;
    return tl_csv_fail(csv, -1, err, "%zu cell%s, expected %zu as in the header%s", found,
                       found == 1 ? "" : "s", columns,
                       cut && found < columns ? "; the file ends within this row" : "");
}

/* The one of , ; tab that occurs most in the first line, outside quotes. */
static char find_separator(const char *s, size_t n)
{
    static const char known[] = { ',', ';', '\t' };
    size_t count[sizeof known] = { 0 }, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && (quoted || (s[i] != '\n' && s[i] != '\r')); i++) {
        quoted = quoted != (s[i] == '"');
        for (size_t k = 0; k < sizeof known && !quoted; k++)
            count[k] += s[i] == known[k];
    }
    for (size_t k = 1; k < sizeof known; k++)
        if (count[k] > count[best])
            best = k;
    return known[best];
}

static tl_status refuse_foreign(const tl_csv *csv, tl_error *err)
{
    static const struct {
        const char *magic;
        size_t n;
        const char *what;
    } rows[] = {
        { "\xFF\xFE", 2, "UTF-16 text; save it as 'CSV UTF-8'" },
        { "\xFE\xFF", 2, "UTF-16 text; save it as 'CSV UTF-8'" },
        { "PK\x03\x04", 4, "a workbook or zip archive, expected CSV text; save the sheet as CSV" },
        { "\xD0\xCF\x11\xE0", 4,
          "an old Excel workbook, expected CSV text; save the sheet as CSV" },
    };
    const char *p = csv->scan.data;
    size_t n = csv->scan.n, look = n < 8192 ? n : 8192;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (n >= rows[i].n && memcmp(p, rows[i].magic, rows[i].n) == 0)
            return tl_fail(err, TL_EINPUT, "%s: is %s", csv->name, rows[i].what);
    if (look && memchr(p, '\0', look))
        return tl_fail(err, TL_EINPUT, "%s: is a binary file, expected CSV text", csv->name);
    return TL_OK;
}

static tl_status add_names(tl_csv *csv, tl_error *err)
{
    for (size_t i = 0; i < csv->found; i++) {
        tl_span name = tl_span_trim(csv->cells[i].text);
        bool there = false;
        if (name.n == 0)
            return tl_fail(err, TL_EINPUT, "%s:%zu: column %zu of %zu has no name in the header",
                           csv->name, csv->row, i + 1, csv->found);
        tl_status st = tl_map_add(csv->names, name, i, NULL, &there, err);
        if (st != TL_OK)
            return st;
        if (there)
            return tl_fail(err, TL_EINPUT,
                           "%s:%zu: column name '" TL_SPAN_FMT "' occurs twice in the header",
                           csv->name, csv->row, TL_SPAN_ARG(name));
    }
    return TL_OK;
}

/* Excel's first line "sep=;" names the separator. */
static void take_separator_line(tl_csv *csv)
{
    const char *p = csv->scan.data + csv->at;
    size_t left = csv->scan.n - csv->at;
    if (left < 6 || memcmp(p, "sep=", 4) != 0 || !strchr(",;\t|:", p[4]) || !p[4] ||
        (p[5] != '\n' && p[5] != '\r'))
        return;
    csv->scan.separator = p[4];
    csv->at += p[5] == '\r' && left > 6 && p[6] == '\n' ? 7 : 6;
    csv->line++;
}

/* Takes the header; where it has more cells than are kept, makes room and takes it again. */
static tl_status take_header(tl_csv *csv, tl_error *err)
{
    const size_t at = csv->at, line = csv->line;
    bool more = false;
    do {
        size_t need = csv->found > 16 ? csv->found : 16;
        tl_status st = tl_grow(&csv->cells, &csv->cell_cap, need, sizeof *csv->cells, err);
        if (st != TL_OK)
            return st;
        csv->at = at;
        csv->line = line;
        tl_csv_scan_seek(&csv->scan, at);
        if ((st = tl_csv_take(csv, &more, err)) != TL_OK)
            return st;
    } while (csv->found > csv->cell_cap);
    if (!more)
        return tl_fail(err, TL_EINPUT, "%s: is empty, expected a header with column names",
                       csv->name);
    csv->first = csv->at;
    csv->first_line = csv->line;
    csv->first_charset = csv->charset;
    csv->quoted = false;
    return add_names(csv, err);
}

static tl_status read_header(tl_csv *csv, const tl_csv_opts *opts, tl_error *err)
{
    tl_status st = refuse_foreign(csv, err);
    if (st != TL_OK)
        return st;
    if (csv->scan.n >= 3 && memcmp(csv->scan.data, "\xEF\xBB\xBF", 3) == 0) {
        csv->at = 3;
        csv->charset = TL_CHARSET_UTF8;
    }
    take_separator_line(csv);
    size_t left = csv->scan.n - csv->at;
    if (opts && opts->separator)
        csv->scan.separator = opts->separator;
    else if (!csv->scan.separator)
        csv->scan.separator =
            find_separator(csv->scan.data + csv->at, left < csv->max_line ? left : csv->max_line);
    return take_header(csv, err);
}

static tl_status open_view(tl_csv **out, const char *name, tl_file_view view, bool owned,
                           const tl_csv_opts *opts, tl_error *err)
{
    tl_status st = TL_OK;
    tl_csv *csv = calloc(1, sizeof *csv);
    if (!csv) {
        if (owned)
            tl_file_close(&view);
        return tl_fail_nomem(err);
    }
    if (owned)
        csv->view = view;
    csv->scan.data = view.data;
    csv->scan.n = view.size;
    csv->line = csv->row = 1;
    csv->max_line = opts && opts->max_line_bytes ? opts->max_line_bytes : DEFAULT_LINE;
    csv->rescan_left = 64 * csv->max_line;
    csv->decimal = opts && opts->decimal ? opts->decimal : '.';
    csv->name = strdup(name);
    if (!csv->name)
        st = tl_fail_nomem(err);
    if (st == TL_OK && (st = tl_map_new(&csv->names, err)) == TL_OK)
        st = opts && opts->workbook && tl_xlsx_looks(view.data, view.size)
                 ? tl_csv_book_open(csv, opts, err)
                 : read_header(csv, opts, err);
    if (st != TL_OK) {
        tl_csv_close(csv);
        return st;
    }
    *out = csv;
    return TL_OK;
}

tl_status tl_csv_open(tl_csv **out, const char *path, const tl_csv_opts *opts, tl_error *err)
{
    tl_file_view view;
    *out = NULL;
    tl_status st = tl_file_open(&view, path, 0, err);
    return st == TL_OK ? open_view(out, path, view, true, opts, err) : st;
}

tl_status tl_csv_open_memory(tl_csv **out, const char *name, const char *data, size_t n,
                             const tl_csv_opts *opts, tl_error *err)
{
    *out = NULL;
    return open_view(out, name, (tl_file_view){ .data = n ? data : "", .size = n }, false, opts,
                     err);
}

/* Where part `part` begins: behind the first line end from its share on. A longer line than allowed
 * is an error in the part before, wherever this one then begins. */
static size_t part_start(const tl_csv *whole, size_t part, size_t parts)
{
    size_t n = whole->scan.n, all = n - whole->first;
    if (part == 0)
        return whole->first;
    if (part >= parts)
        return n;
    size_t at = whole->first + all / parts * part, left = n - at;
    size_t look = left <= whole->max_line ? left : whole->max_line + 1;
    const char *feed = look ? memchr(whole->scan.data + at, '\n', look) : NULL;
    return feed ? (size_t)(feed - whole->scan.data) + 1 : n;
}

tl_status tl_csv_open_part(tl_csv **out, const tl_csv *whole, size_t part, size_t parts,
                           tl_error *err)
{
    tl_csv *csv = calloc(1, sizeof *csv);
    *out = NULL;
    if (!csv)
        return tl_fail_nomem(err);
    size_t from = part_start(whole, part, parts), to = part_start(whole, part + 1, parts);
    csv->scan = (tl_csv_scan){ .data = whole->scan.data,
                               .n = to > from ? to : from,
                               .separator = whole->scan.separator };
    csv->at = csv->first = from;
    csv->line = csv->row = csv->first_line = 1;
    csv->names = whole->names;
    csv->charset = csv->first_charset = whole->first_charset;
    csv->part = true;
    csv->max_line = whole->max_line;
    csv->decimal = whole->decimal;
    csv->name = strdup(whole->name);
    csv->cells = tl_new_array(whole->cell_cap, sizeof *csv->cells);
    csv->cell_cap = whole->cell_cap;
    if (!csv->name || !csv->cells) {
        tl_csv_close(csv);
        return tl_fail_nomem(err);
    }
    tl_csv_scan_seek(&csv->scan, from);
    *out = csv;
    return TL_OK;
}

bool tl_csv_plain(const tl_csv *csv)
{
    return !csv->quoted;
}

size_t tl_csv_lines(const tl_csv *csv)
{
    return csv->line - 1;
}

void tl_csv_rewind(tl_csv *csv)
{
    if (csv->book) {
        tl_csv_book_rewind(csv);
        csv->found = 0;
        return;
    }
    csv->at = csv->first;
    csv->line = csv->first_line;
    csv->found = 0;
    csv->charset = csv->first_charset;
    csv->quoted = false;
    csv->rescan_left = 64 * csv->max_line;
    tl_csv_scan_seek(&csv->scan, csv->at);
}

size_t tl_csv_bytes(const tl_csv *csv)
{
    return csv->scan.n;
}

void tl_csv_close(tl_csv *csv)
{
    if (!csv)
        return;
    tl_csv_book_close(csv->book);
    tl_file_close(&csv->view);
    if (!csv->part)
        tl_map_free(csv->names);
    tl_gb18030_free(csv->gb18030);
    free(csv->cells);
    free(csv->scratch);
    free(csv->name);
    free(csv);
}

size_t tl_csv_columns(const tl_csv *csv)
{
    return tl_map_size(csv->names);
}

const char *tl_csv_column_name(const tl_csv *csv, size_t column)
{
    return tl_map_key(csv->names, column);
}

int tl_csv_column(const tl_csv *csv, const char *name)
{
    uint64_t column;
    if (!tl_map_find(csv->names, tl_span_of(name), &column))
        return -1;
    if (csv->book)
        tl_csv_book_asked(csv->book, (size_t)column);
    return (int)column;
}

tl_status tl_csv_require(const tl_csv *csv, const char *name, int *column, tl_error *err)
{
    *column = tl_csv_column(csv, name);
    if (*column >= 0)
        return TL_OK;
    tl_buf found;
    tl_buf_init(&found, 300);
    for (size_t i = 0; i < tl_csv_columns(csv); i++)
        tl_buf_printf(&found, "%s'%s'", i ? ", " : "", tl_csv_column_name(csv, i));
    tl_status st = tl_fail(err, TL_EINPUT, "%s:%zu: no column '%s'; the header has %s%s", csv->name,
                           csv->book ? csv->row : (size_t)1, name, tl_buf_text(&found),
                           found.failed ? " ..." : "");
    tl_buf_clear(&found);
    return st;
}

size_t tl_csv_row(const tl_csv *csv)
{
    return csv->row;
}

const char *tl_csv_name(const tl_csv *csv)
{
    return csv->name;
}

tl_span tl_csv_cell(const tl_csv *csv, int column)
{
    if (column < 0 || (size_t)column >= csv->found)
        return (tl_span){ "", 0 };
    return csv->cells[column].text;
}

tl_status tl_csv_number(const tl_csv *csv, int column, double *out, tl_error *err)
{
    tl_span cell = tl_span_trim(tl_csv_cell(csv, column));
    tl_number_fault fault = tl_number_scan(cell.p, cell.n, csv->decimal, out);
    if (fault == TL_NUMBER_OK)
        return TL_OK;
    if (fault == TL_NUMBER_EMPTY)
        return tl_csv_fail(csv, column, err, "%s", tl_number_problem(fault));
    return tl_csv_fail(csv, column, err, "'" TL_SPAN_FMT "' is %s", TL_SPAN_ARG(cell),
                       tl_number_problem(fault));
}

tl_status tl_csv_number_opt(const tl_csv *csv, int column, double *out, bool *given, tl_error *err)
{
    *given = tl_span_trim(tl_csv_cell(csv, column)).n > 0;
    return *given ? tl_csv_number(csv, column, out, err) : TL_OK;
}

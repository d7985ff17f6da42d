/* xlsx_write.c - libxlsxwriter, kept to the same bytes and to whole files.
 *
 * The library puts the present time into docProps/core.xml unless told otherwise, and its zip dates
 * are fixed at 1980-01-01; we give it that moment too. */
#include "format/xlsx_write.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/memory.h"
#include "format/xlsx_priv.h"

enum { STYLES = 4, DECIMALS = 16, COMMENT_MAX = 2000, COMMENT_WIDTH = 320, COMMENT_HEIGHT = 96 };

static const time_t zip_epoch = 315532800; /* 1980-01-01T00:00:00Z */

struct tl_xlsx {
    lxw_workbook *book;
    lxw_worksheet *sheet; /* the current one, borrowed from book */
    lxw_format *styles[STYLES], *decimals[DECIMALS];
    char *path, *temporary, *folder; /* owned; temporary is beside path */
    char **names;                    /* owned, of the sheets */
    size_t n_names, cap_names;
    tl_buf text;    /* of one cell */
    tl_error error; /* the first failure, status TL_OK while there is none */
};

static void release(tl_xlsx *x)
{
    for (size_t i = 0; i < x->n_names; i++)
        free(x->names[i]);
    free(x->names);
    free(x->path);
    free(x->temporary);
    free(x->folder);
    tl_buf_clear(&x->text);
    free(x);
}

void tl_xlsx_abandon(tl_xlsx *x)
{
    if (!x)
        return;
    if (x->book)
        lxw_workbook_free(x->book);
    if (x->temporary)
        unlink(x->temporary);
    release(x);
}

/* The empty file that the library will overwrite: its name is ours alone, and it tells early
 * whether anything can be written there. */
static tl_status make_temporary(tl_xlsx *x, const char *path, tl_error *err)
{
    struct stat s;
    if (stat(path, &s) == 0 && !S_ISREG(s.st_mode))
        return tl_fail(err, TL_EIO, "%s: is no plain file, so no workbook can replace it", path);
    char *temporary = NULL;
    if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
        return tl_fail_nomem(err);
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) {
        tl_status st = tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
        free(temporary);
        return st;
    }
    close(fd);
    x->temporary = temporary;
    x->path = strdup(path);
    const char *slash = strrchr(path, '/');
    x->folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    return x->path && x->folder ? TL_OK : tl_fail_nomem(err);
}

static bool make_formats(tl_xlsx *x)
{
    lxw_format *heading = x->styles[TL_XLSX_HEADING] = workbook_add_format(x->book);
    lxw_format *muted = x->styles[TL_XLSX_MUTED] = workbook_add_format(x->book);
    lxw_format *fault = x->styles[TL_XLSX_FAULT] = workbook_add_format(x->book);
    if (!heading || !muted || !fault)
        return false;
    format_set_bold(heading);
    format_set_text_wrap(heading);
    format_set_align(heading, LXW_ALIGN_VERTICAL_TOP);
    format_set_bg_color(heading, 0xE6EDED);
    format_set_font_color(muted, 0x5B6770);
    format_set_bg_color(fault, 0xF9DEDC);
    format_set_font_color(fault, 0x8C1D18);
    for (int d = 0; d < DECIMALS; d++) {
        char shown[DECIMALS + 4];
        snprintf(shown, sizeof shown, d ? "0.%.*s" : "0", d, "000000000000000");
        if (!(x->decimals[d] = workbook_add_format(x->book)))
            return false;
        format_set_num_format(x->decimals[d], shown);
    }
    return true;
}

tl_status tl_xlsx_open(tl_xlsx **out, const char *path, tl_error *err)
{
    *out = NULL;
    tl_xlsx *x = tl_new_array(1, sizeof *x);
    if (!x)
        return tl_fail_nomem(err);
    tl_buf_init(&x->text, 0);
    tl_status st = make_temporary(x, path, err);
    if (st == TL_OK) {
        /* the parts of the workbook wait where the workbook will be, not in a small /tmp */
        lxw_workbook_options options = { .tmpdir = x->folder };
        x->book = workbook_new_opt(x->temporary, &options);
        if (!x->book || !make_formats(x))
            st = tl_fail_nomem(err);
    }
    if (st == TL_OK) {
        lxw_doc_properties fixed = { .created = zip_epoch };
        if (workbook_set_properties(x->book, &fixed) != LXW_NO_ERROR)
            st = tl_fail_nomem(err);
    }
    if (st != TL_OK) {
        tl_xlsx_abandon(x);
        return st;
    }
    *out = x;
    return TL_OK;
}

static bool name_taken(const tl_xlsx *x, const char *name)
{
    for (size_t i = 0; i < x->n_names; i++)
        if (tl_xlsx_name_same(x->names[i], name))
            return true;
    return false;
}

tl_status tl_xlsx_sheet(tl_xlsx *x, const char *name, tl_error *err)
{
    int number = 0;
    do {
        tl_buf_reset(&x->text);
        tl_xlsx_name(&x->text, name ? name : "", ++number);
        if (x->text.failed)
            return tl_fail_nomem(err);
    } while (name_taken(x, tl_buf_text(&x->text)));
    char *kept = strdup(tl_buf_text(&x->text));
    if (!kept ||
        tl_grow(&x->names, &x->cap_names, x->n_names + 1, sizeof *x->names, err) != TL_OK) {
        free(kept);
        return tl_fail_nomem(err);
    }
    x->names[x->n_names++] = kept;
    x->sheet = workbook_add_worksheet(x->book, kept);
    if (!x->sheet)
        return tl_fail(err, TL_EINPUT, "%s: no sheet can be named '%s'", x->path, kept);
    return TL_OK;
}

/* Keeps the first failure of the library. */
static void keep(tl_xlsx *x, lxw_error got)
{
    if (got == LXW_NO_ERROR || x->error.status != TL_OK)
        return;
    tl_status st = got == LXW_ERROR_MEMORY_MALLOC_FAILED ? TL_ENOMEM : TL_EINPUT;
    tl_fail(&x->error, st, "%s: %s", x->path, lxw_strerror(got));
}

/* True if the cell exists and nothing has failed so far. */
static bool place(tl_xlsx *x, size_t row, size_t column)
{
    assert(x->sheet && "tl_xlsx_sheet comes first");
    if (x->error.status != TL_OK)
        return false;
    if (row >= LXW_ROW_MAX || column >= LXW_COL_MAX) {
        tl_fail(&x->error, TL_EINPUT,
                "%s: row %zu, column %zu: a sheet has at most %d rows and %d columns", x->path,
                row + 1, column + 1, LXW_ROW_MAX, LXW_COL_MAX);
        return false;
    }
    return true;
}

void tl_xlsx_text(tl_xlsx *x, size_t row, size_t column, const char *text, tl_xlsx_style style)
{
    if (!place(x, row, column))
        return;
    tl_buf_reset(&x->text);
    tl_xlsx_escape(&x->text, text ? text : "", TL_XLSX_TEXT);
    if (x->text.failed) {
        tl_fail_nomem(&x->error);
        return;
    }
    keep(x, worksheet_write_string(x->sheet, (lxw_row_t)row, (lxw_col_t)column,
                                   tl_buf_text(&x->text), x->styles[style]));
}

void tl_xlsx_number(tl_xlsx *x, size_t row, size_t column, double v, int decimals)
{
    if (!place(x, row, column) || !isfinite(v))
        return;
    assert(decimals >= -1 && decimals < DECIMALS);
    keep(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)column,
                                   v == 0 ? 0 : v, /* no -0 */
                                   decimals < 0 ? NULL : x->decimals[decimals]));
}

void tl_xlsx_number_styled(tl_xlsx *x, size_t row, size_t column, double v, tl_xlsx_style style)
{
    if (place(x, row, column) && isfinite(v))
        keep(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)column, v == 0 ? 0 : v,
                                       x->styles[style]));
}

void tl_xlsx_bool(tl_xlsx *x, size_t row, size_t column, bool v)
{
    if (place(x, row, column))
        keep(x, worksheet_write_boolean(x->sheet, (lxw_row_t)row, (lxw_col_t)column, v, NULL));
}

void tl_xlsx_comment(tl_xlsx *x, size_t row, size_t column, const char *text)
{
    if (!text || !*text || !place(x, row, column))
        return;
    lxw_comment_options options = { .width = COMMENT_WIDTH, .height = COMMENT_HEIGHT };
    tl_buf_reset(&x->text);
    tl_xlsx_escape(&x->text, text, COMMENT_MAX);
    if (x->text.failed)
        tl_fail_nomem(&x->error);
    else
        keep(x, worksheet_write_comment_opt(x->sheet, (lxw_row_t)row, (lxw_col_t)column,
                                            tl_buf_text(&x->text), &options));
}

void tl_xlsx_width(tl_xlsx *x, size_t column, double characters)
{
    if (place(x, 0, column))
        keep(x, worksheet_set_column(x->sheet, (lxw_col_t)column, (lxw_col_t)column,
                                     fmax(0, fmin(characters, 255)), NULL));
}

void tl_xlsx_freeze(tl_xlsx *x, size_t rows, size_t columns)
{
    if (place(x, rows, columns))
        worksheet_freeze_panes(x->sheet, (lxw_row_t)rows, (lxw_col_t)columns);
}

void tl_xlsx_filter(tl_xlsx *x, size_t heading_row, size_t last_row, size_t last_column)
{
    if (place(x, last_row, last_column) && place(x, heading_row, 0))
        keep(x, worksheet_autofilter(x->sheet, (lxw_row_t)heading_row, 0, (lxw_row_t)last_row,
                                     (lxw_col_t)last_column));
}

/* The library prints numbers by the locale of the thread: a decimal comma would spoil the file. */
static lxw_error close_in_c_locale(lxw_workbook *book)
{
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = c_locale ? uselocale(c_locale) : (locale_t)0;
    lxw_error got = workbook_close(book);
    if (c_locale) {
        uselocale(before);
        freelocale(c_locale);
    }
    return got;
}

/* To the disk, readable for all, then to its name. */
static tl_status move_into_place(const tl_xlsx *x, tl_error *err)
{
    int fd = open(x->temporary, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fchmod(fd, 0644) == 0 && fsync(fd) == 0;
    good = good && rename(x->temporary, x->path) == 0;
    tl_status st = good ? TL_OK : tl_fail(err, TL_EIO, "%s: %s", x->path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return st;
}

tl_status tl_xlsx_close(tl_xlsx *x, tl_error *err)
{
    if (x->error.status != TL_OK) {
        tl_status st = tl_fail(err, x->error.status, "%s", x->error.text);
        tl_xlsx_abandon(x);
        return st;
    }
    lxw_error got = close_in_c_locale(x->book); /* releases the book in any case */
    x->book = NULL;
    tl_status st = TL_OK;
    if (got != LXW_NO_ERROR)
        st = tl_fail(err, got == LXW_ERROR_MEMORY_MALLOC_FAILED ? TL_ENOMEM : TL_EIO, "%s: %s",
                     x->path, lxw_strerror(got));
    if (st == TL_OK)
        st = tl_xlsx_check(x->temporary, x->path, err);
    if (st == TL_OK)
        st = move_into_place(x, err);
    if (st != TL_OK)
        unlink(x->temporary);
    release(x);
    return st;
}

/* report_xlsx.c - a report as a workbook: a sheet a table, and one about the whole.
 *
 * Chinese heads the first row, English the second, and a label takes two columns, so that one file
 * serves readers of both. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "format/json.h"
#include "format/xlsx_write.h"
#include "report/report_priv.h"

enum { HEADINGS = 2, NARROWEST = 7, WIDEST = 60, HEADING_WIDEST = 18, FILTER_BUTTON = 3 };

/* One sheet while it is filled. */
struct sheet {
    tl_xlsx *x;
    tl_buf text;     /* of one cell */
    size_t *widths;  /* owned; of what is in the columns */
    size_t headings; /* rows above the first of the table */
    bool failed;
};

static void widen(struct sheet *s, size_t place, const char *text)
{
    size_t w = tl_text_width(text);
    if (s->widths[place] < w)
        s->widths[place] = w;
}

/* Writes s->text as a cell and empties it. */
static void put(struct sheet *s, size_t row, size_t place, tl_xlsx_style style)
{
    s->failed = s->failed || s->text.failed;
    tl_xlsx_text(s->x, row, place, tl_buf_text(&s->text), style);
    if (row >= s->headings)
        widen(s, place, tl_buf_text(&s->text));
    tl_buf_reset(&s->text);
}

/* Places a number takes when shown with decimals. */
static void widen_for(struct sheet *s, size_t place, double v, int decimals)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(v, decimals, text);
    widen(s, place, text);
}

/* Decimal text as a number with the decimals it has; as text where it is none. */
static void put_exact(struct sheet *s, size_t row, size_t place, const char *text)
{
    double v;
    size_t n = strlen(text);
    const char *point = strchr(text, '.');
    int decimals = point ? (int)strspn(point + 1, "0123456789") : 0;
    if (tl_json_is_number(text) && tl_number_scan(text, n, '.', &v) == TL_NUMBER_OK) {
        tl_xlsx_number(s->x, row, place, v, strpbrk(text, "eE") || decimals > 15 ? -1 : decimals);
        widen(s, place, text);
    } else {
        tl_buf_str(&s->text, text);
        put(s, row, place, TL_XLSX_PLAIN);
    }
}

/* Beyond 2^53 a cell, which is a double, would change the number. */
static void put_int(struct sheet *s, size_t row, size_t place, int64_t v)
{
    const int64_t most = INT64_C(1) << 53;
    if (v >= -most && v <= most) {
        tl_xlsx_number(s->x, row, place, (double)v, 0);
        widen_for(s, place, (double)v, 0);
    } else {
        tl_buf_printf(&s->text, "%lld", (long long)v);
        put(s, row, place, TL_XLSX_PLAIN);
    }
}

static void put_value(struct sheet *s, size_t row, size_t place, const tl_column *column,
                      const tl_cell *c)
{
    switch (column->kind) {
    case TL_COLUMN_TEXT:
        tl_buf_str(&s->text, c->text);
        put(s, row, place, TL_XLSX_PLAIN);
        break;
    case TL_COLUMN_LABEL:
        tl_buf_str(&s->text, c->u.zh ? c->u.zh : "");
        put(s, row, place, TL_XLSX_PLAIN);
        tl_buf_str(&s->text, c->text ? c->text : "");
        put(s, row, place + 1, TL_XLSX_PLAIN);
        break;
    case TL_COLUMN_WORD:
        if (c->u.label && !column->coded)
            tl_label_add_both(&s->text, *c->u.label);
        else
            tl_buf_str(&s->text, c->text);
        put(s, row, place, TL_XLSX_PLAIN);
        break;
    case TL_COLUMN_EXACT:
        put_exact(s, row, place, c->text);
        break;
    case TL_COLUMN_NUMBER:
        tl_xlsx_number(s->x, row, place, c->u.number, column->decimals);
        widen_for(s, place, c->u.number, column->decimals);
        break;
    case TL_COLUMN_INT:
        put_int(s, row, place, c->u.integer);
        break;
    case TL_COLUMN_BOOL:
        tl_xlsx_bool(s->x, row, place, c->u.truth);
        widen(s, place, "FALSE");
        break;
    }
}

static void put_empty(struct sheet *s, size_t row, size_t place, const tl_cell *c)
{
    tl_label_add_both(&s->text, tl_cell_why(c));
    put(s, row, place, TL_XLSX_MUTED);
}

static size_t places_of(const tl_column *column)
{
    return column->kind == TL_COLUMN_LABEL ? 2 : 1;
}

static void put_rows(struct sheet *s, const tl_table *t)
{
    tl_cell_walk walk = { t->first, 0 };
    size_t column = 0, place = 0, row = s->headings;
    for (const tl_cell *c = tl_cell_next(&walk); c; c = tl_cell_next(&walk)) {
        if (tl_cell_is_empty(c))
            put_empty(s, row, place, c);
        else
            put_value(s, row, place, &t->columns[column], c);
        place += places_of(&t->columns[column]);
        if (++column == t->n_columns) {
            column = place = 0;
            row++;
        }
    }
}

/* Both heading rows. Of the two columns of a label the first is Chinese. */
static void put_headings(struct sheet *s, const tl_table *t)
{
    static const char *const which[2][2] = { { "（中文）", "（英文）" }, { " (zh)", " (en)" } };
    for (size_t i = 0, place = 0; i < t->n_columns; i++) {
        size_t n = places_of(&t->columns[i]);
        for (size_t part = 0; part < n; part++, place++) {
            for (size_t row = 0; row < HEADINGS; row++) {
                tl_column_show(&s->text, &t->columns[i], row == 0);
                tl_buf_str(&s->text, n == 2 ? which[row][part] : "");
                size_t w = tl_text_width(tl_buf_text(&s->text));
                w = (w < HEADING_WIDEST ? w : HEADING_WIDEST) + FILTER_BUTTON;
                s->widths[place] = s->widths[place] < w ? w : s->widths[place];
                put(s, row, place, TL_XLSX_HEADING);
            }
        }
    }
}

/* Columns up to the first that names the row stay in sight, if that is near the left edge. */
static size_t frozen_columns(const tl_table *t)
{
    size_t place = 0;
    for (size_t i = 0; i < t->n_columns && i < 3; i++) {
        place += places_of(&t->columns[i]);
        if (t->columns[i].kind == TL_COLUMN_LABEL || t->columns[i].kind == TL_COLUMN_TEXT)
            return place;
    }
    return 1;
}

/* The keys as a CSV has them, for who reads the table back. */
static void put_keys(struct sheet *s, const tl_table *t)
{
    for (size_t i = 0, place = 0; i < t->n_columns; i++)
        for (size_t n = places_of(&t->columns[i]), part = 0; part < n; part++, place++) {
            tl_buf_printf(&s->text, "%s%s", t->columns[i].key, n == 1 ? "" : part ? "_en" : "_zh");
            put(s, HEADINGS, place, TL_XLSX_MUTED);
        }
}

static tl_status open_sheet(struct sheet *s, const tl_table *t, tl_error *err)
{
    tl_label_add_both(&s->text, t->title);
    bool fits = s->text.len && tl_text_width(tl_buf_text(&s->text)) <= 31;
    tl_status st = tl_xlsx_sheet(s->x, fits ? tl_buf_text(&s->text) : t->key, err);
    tl_buf_reset(&s->text);
    return st;
}

static tl_status write_table(tl_xlsx *x, const tl_table *t, bool with_keys, tl_error *err)
{
    struct sheet s = { .x = x, .headings = with_keys ? HEADINGS + 1 : HEADINGS };
    size_t places = 0, rows = t->count / t->n_columns;
    for (size_t i = 0; i < t->n_columns; i++)
        places += places_of(&t->columns[i]);
    if (!(s.widths = tl_new_array(places, sizeof *s.widths)))
        return tl_fail_nomem(err);
    tl_buf_init(&s.text, 0);
    tl_status st = open_sheet(&s, t, err);
    if (st == TL_OK) {
        put_headings(&s, t);
        if (with_keys)
            put_keys(&s, t);
        put_rows(&s, t);
        for (size_t i = 0; i < places; i++) {
            size_t w = s.widths[i] < WIDEST ? s.widths[i] : WIDEST;
            tl_xlsx_width(x, i, (double)(w < NARROWEST ? NARROWEST : w) + 1);
        }
        tl_xlsx_freeze(x, s.headings, frozen_columns(t));
        tl_xlsx_filter(x, s.headings - 1, rows ? s.headings + rows - 1 : s.headings, places - 1);
    }
    if (st == TL_OK && s.failed)
        st = tl_fail_nomem(err);
    tl_buf_clear(&s.text);
    free(s.widths);
    return st;
}

/* A text in both languages, one below the other; returns the row below. */
static size_t put_both(struct sheet *s, size_t row, tl_label l, tl_xlsx_style style)
{
    if (l.zh && *l.zh) {
        tl_buf_str(&s->text, l.zh);
        put(s, row++, 0, style);
    }
    if (l.en && *l.en && !tl_text_equal(l.en, l.zh)) {
        tl_buf_str(&s->text, l.en);
        put(s, row++, 0, style);
    }
    return row;
}

/* Facts in three columns; long texts run over empty neighbours, so their widths do not count. */
static tl_status write_about(tl_xlsx *x, const tl_report *r, tl_error *err)
{
    size_t widths[3] = { 0 }, row = 0;
    struct sheet s = { .x = x, .widths = widths, .headings = HEADINGS };
    tl_status st = tl_xlsx_sheet(x, "说明 About", err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&s.text, 0);
    row = put_both(&s, row, r->title, TL_XLSX_HEADING) + 1;
    for (const tl_fact *f = r->facts; f; f = f->next, row++) {
        tl_label_add(&s.text, f->name, true);
        put(&s, row, 0, TL_XLSX_PLAIN);
        tl_label_add(&s.text, f->name, false);
        put(&s, row, 1, TL_XLSX_PLAIN);
        tl_fact_show(&s.text, f, false);
        put(&s, row, 2, TL_XLSX_PLAIN);
    }
    row += r->facts != NULL;
    for (const tl_note *n = r->notes; n; n = n->next)
        row = put_both(&s, row, n->text, TL_XLSX_PLAIN) + 1;
    tl_xlsx_width(x, 0, 28);
    tl_xlsx_width(x, 1, 28);
    tl_xlsx_width(x, 2, 50);
    tl_buf_clear(&s.text);
    return s.failed ? tl_fail_nomem(err) : TL_OK;
}

tl_status tl_report_write_xlsx(const tl_report *r, const char *path, tl_error *err)
{
    tl_xlsx *x;
    tl_status st = tl_report_sound(r, err);
    if (st != TL_OK || (st = tl_xlsx_open(&x, path, err)) != TL_OK)
        return st;
    for (const tl_table *t = r->tables; st == TL_OK && t; t = t->next)
        st = write_table(x, t, r->with_keys, err);
    if (st == TL_OK)
        st = write_about(x, r, err);
    if (st == TL_OK)
        return tl_xlsx_close(x, err);
    tl_xlsx_abandon(x);
    return st;
}

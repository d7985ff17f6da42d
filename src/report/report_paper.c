/* report_paper.c - a report on A4: title, facts, tables with as many sheets as they need, notes.
 *
 * Columns are as wide as what stands in them asks for, shared out over the paper; a cell breaks
 * into lines and shrinks before it is cut. */
#include "report/report_paper.h"

#include <assert.h>
#include <math.h>

#include "format/page.h"
#include "report/report_priv.h"

/* mm */
static const double left = 16, right = 194, top = 16, bottom = 278, gap = 1.2;
static const double letter_mm = 2.4; /* no wider than that a letter */
static const double fact_name = 62, highest_row = 40, pad = 1.2;
enum { COLUMNS_MAX = 32, WEIGHT_LEAST = 4, WEIGHT_MOST = 28, INK = 0x16202a, GREY = 0x56626c };

static const tl_page_type title_type = {
    .size_pt = 17, .least_pt = 11, .colour = INK, .bold = true
};
static const tl_page_type heading = {
    .size_pt = 11, .least_pt = 8, .colour = 0x0b6e69, .bold = true
};
static const tl_page_type plain = { .size_pt = 9, .least_pt = 6.5, .colour = INK };
static const tl_page_type grey = { .size_pt = 8.5, .least_pt = 6, .colour = GREY };
static const tl_page_type cell_type = { .size_pt = 7, .least_pt = 5.5, .colour = INK };
static const tl_page_type head_type = {
    .size_pt = 6.5, .least_pt = 5, .colour = GREY, .bold = true
};

struct pen {
    tl_page *page;
    const tl_report *r;
    tl_buf text; /* of what is put next */
    double y;
    int sheet; /* from 1 */
    bool zh;
};

/* Puts what stands in text; it is empty then. The y below it. */
static double put(struct pen *p, tl_page_box box, const tl_page_type *type)
{
    tl_page_box took = { 0 };
    if (tl_buf_status(&p->text, NULL) == TL_OK)
        took = tl_page_text(p->page, box, type, tl_buf_text(&p->text));
    tl_buf_reset(&p->text);
    return box.y + took.height;
}

static void put_foot(struct pen *p)
{
    tl_page_type number = grey;
    number.align = TL_PAGE_RIGHT;
    tl_label_add(&p->text, p->r->title, p->zh);
    put(p, (tl_page_box){ left, 284, 140, 4 }, &grey);
    tl_buf_printf(&p->text, p->zh ? "第 %d 页" : "page %d", p->sheet);
    put(p, (tl_page_box){ right - 30, 284, 30, 4 }, &number);
}

/* True where a further sheet was begun. */
static bool make_room(struct pen *p, double height)
{
    if (p->y + height <= bottom)
        return false;
    put_foot(p);
    tl_page_next(p->page);
    p->sheet++;
    p->y = top;
    return true;
}

static void put_facts(struct pen *p)
{
    for (const tl_fact *f = p->r->facts; f; f = f->next) {
        make_room(p, 6);
        tl_label_add(&p->text, f->name, p->zh);
        double first = put(p, (tl_page_box){ left, p->y, fact_name - 3, 10 }, &grey);
        tl_fact_show(&p->text, f, p->zh);
        double second =
            put(p, (tl_page_box){ left + fact_name, p->y, right - left - fact_name, 12 }, &plain);
        p->y = fmax(first, second) + gap / 2;
        tl_page_line(p->page, left, p->y, right, p->y, 0.1, 0xd9dcdc);
        p->y += gap / 2;
    }
}

/* How much room text asks for: a Chinese sign is as wide as two others. */
static double weight_of(const tl_buf *b)
{
    double n = 0;
    const char *text = tl_buf_text(b);
    for (size_t i = 0; i < b->len; i++) {
        const unsigned char c = (unsigned char)text[i];
        n += c < 0x80 ? 1 : c >= 0xe0 ? 2 : 0;
    }
    return n;
}

static void show_cell(struct pen *p, const tl_column *column, const tl_cell *c)
{
    tl_cell_show(&p->text, column, c, p->zh);
    if (tl_cell_is_empty(c) && p->text.len == 0)
        tl_label_add(&p->text, tl_cell_why(c), p->zh);
}

/* A heading breaks between words: its longest one has to fit. */
static double longest_word(const tl_buf *b)
{
    double n = 0, most = 0;
    const char *text = tl_buf_text(b);
    for (size_t i = 0; i < b->len; i++) {
        const unsigned char c = (unsigned char)text[i];
        n = c == ' ' ? 0 : n + (c < 0x80 || c >= 0xe0);
        most = fmax(most, n);
    }
    return most + 1;
}

static void measure(struct pen *p, const tl_table *t, size_t n, double width[COLUMNS_MAX])
{
    double sum = 0;
    tl_cell_walk walk = { t->first, 0 };
    for (size_t k = 0; k < n; k++) {
        tl_column_show(&p->text, &t->columns[k], p->zh);
        width[k] = fmax(WEIGHT_LEAST, fmin(longest_word(&p->text), WEIGHT_MOST));
        tl_buf_reset(&p->text);
    }
    const tl_cell *c;
    assert(t->n_columns > 0); /* tl_report_table says so */
    for (size_t i = 0; (c = tl_cell_next(&walk)); i++) {
        const size_t k = i % t->n_columns;
        if (k >= n)
            continue;
        show_cell(p, &t->columns[k], c);
        width[k] = fmax(width[k], fmin(weight_of(&p->text) + 1, WEIGHT_MOST));
        tl_buf_reset(&p->text);
    }
    for (size_t k = 0; k < n; k++)
        sum += width[k];
    for (size_t k = 0; k < n; k++)
        width[k] *= fmin((right - left) / sum, letter_mm);
}

static tl_page_type of_column(const tl_column *column, tl_page_type type)
{
    const bool number = column->kind == TL_COLUMN_NUMBER || column->kind == TL_COLUMN_EXACT ||
                        column->kind == TL_COLUMN_INT;
    type.align = number ? TL_PAGE_RIGHT : TL_PAGE_LEFT;
    return type;
}

static void put_headings(struct pen *p, const tl_table *t, size_t n, const double *width)
{
    double x = left, below = p->y;
    for (size_t k = 0; k < n; k++) {
        const tl_page_type type = of_column(&t->columns[k], head_type);
        tl_column_show(&p->text, &t->columns[k], p->zh);
        below = fmax(below, put(p, (tl_page_box){ x, p->y, width[k] - pad, 12 }, &type));
        x += width[k];
    }
    p->y = below + gap / 2;
    tl_page_line(p->page, left, p->y, x, p->y, 0.25, INK);
    p->y += gap;
}

static void put_rows(struct pen *p, const tl_table *t, size_t n, const double *width)
{
    tl_cell_walk walk = { t->first, 0 };
    for (size_t row = 0; row < t->count / t->n_columns; row++) {
        double x = left, below;
        if (make_room(p, 10))
            put_headings(p, t, n, width);
        below = p->y;
        for (size_t k = 0; k < t->n_columns; k++) {
            const tl_cell *c = tl_cell_next(&walk);
            if (k >= n)
                continue;
            const tl_page_type type = of_column(&t->columns[k], cell_type);
            show_cell(p, &t->columns[k], c);
            below = fmax(below, put(p, (tl_page_box){ x, p->y, width[k] - pad, 9 }, &type));
            x += width[k];
        }
        p->y = below + gap / 2;
        tl_page_line(p->page, left, p->y, x, p->y, 0.1, 0xd9dcdc);
        p->y += gap / 2;
    }
}

static void put_table(struct pen *p, const tl_table *t)
{
    double width[COLUMNS_MAX];
    const size_t n = t->n_columns < COLUMNS_MAX ? t->n_columns : COLUMNS_MAX;
    if (t->count == 0)
        return;
    p->y += 4;
    make_room(p, 24);
    tl_label_add(&p->text, t->title, p->zh);
    p->y = put(p, (tl_page_box){ left, p->y, right - left, 7 }, &heading) + gap;
    measure(p, t, n, width);
    put_headings(p, t, n, width);
    put_rows(p, t, n, width);
}

static void put_notes(struct pen *p)
{
    p->y += 3;
    for (const tl_note *note = p->r->notes; note; note = note->next) {
        tl_label_add(&p->text, note->text, p->zh);
        if (tl_buf_status(&p->text, NULL) != TL_OK)
            return;
        double high = tl_page_text_height(p->page, tl_buf_text(&p->text), right - left, &grey);
        make_room(p, fmin(high, highest_row));
        p->y = put(p, (tl_page_box){ left, p->y, right - left, highest_row }, &grey) + gap;
    }
}

tl_status tl_report_as_paper(const tl_report *r, bool zh, const char *day, tl_buf *out,
                             tl_error *err)
{
    tl_buf title;
    struct pen p = { .r = r, .y = top, .sheet = 1, .zh = zh };
    tl_status st = tl_report_sound(r, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&title, 0);
    tl_buf_init(&p.text, 0);
    tl_label_add(&title, r->title, zh);
    const tl_page_setup setup = { .form = TL_PAGE_PDF,
                                  .width_mm = 210,
                                  .height_mm = 297,
                                  .title = tl_buf_text(&title),
                                  .day = day,
                                  .zh = zh };
    if ((st = tl_buf_status(&title, err)) == TL_OK &&
        (st = tl_page_new(&p.page, &setup, err)) == TL_OK) {
        tl_label_add(&p.text, r->title, zh);
        p.y = put(&p, (tl_page_box){ left, p.y, right - left, 16 }, &title_type) + 4;
        put_facts(&p);
        for (const tl_table *t = r->tables; t; t = t->next)
            put_table(&p, t);
        put_notes(&p);
        put_foot(&p);
        if ((st = tl_buf_status(&p.text, err)) == TL_OK)
            st = tl_page_end(p.page, out, err);
    }
    tl_page_free(p.page);
    tl_buf_clear(&p.text);
    tl_buf_clear(&title);
    return st;
}

/* report_text.c - a report for a terminal: title, facts, tables, notes, a blank line between them.
 *
 * What comes from outside may hold control characters, which a terminal would obey: every piece is
 * cleaned on its way. */
#include "base/text.h"
#include "format/clean.h"
#include "format/grid.h"
#include "report/report_priv.h"

/* The language, and room for one piece of text as it is and cleaned. */
struct show {
    bool zh;
    tl_buf raw, clean;
};

/* The piece in s->raw cleaned; s->raw is empty again. Borrowed until the next piece. */
static const char *piece(struct show *s)
{
    tl_buf_reset(&s->clean);
    tl_clean_text(&s->clean, tl_buf_text(&s->raw), false);
    s->clean.failed = s->clean.failed || s->raw.failed;
    tl_buf_reset(&s->raw);
    return tl_buf_text(&s->clean);
}

static void write_piece(struct show *s, tl_buf *out)
{
    tl_buf_str(out, piece(s));
    out->failed = out->failed || s->clean.failed;
}

static void write_facts(const tl_report *r, struct show *s, tl_buf *out)
{
    for (const tl_fact *f = r->facts; f; f = f->next) {
        tl_label_add(&s->raw, f->name, s->zh);
        tl_buf_str(&s->raw, s->zh ? "：" : ": ");
        if (f->is_integer || f->is_bool || f->text || f->is_word)
            tl_fact_show(&s->raw, f, s->zh);
        else
            tl_buf_char(&s->raw, '-');
        write_piece(s, out);
        tl_buf_char(out, '\n');
    }
}

static void write_notes(const tl_report *r, struct show *s, tl_buf *out)
{
    if (r->notes)
        tl_buf_str(out, s->zh ? "\n注\n" : "\nNotes\n");
    for (const tl_note *n = r->notes; n; n = n->next) {
        tl_buf_str(&s->raw, "- ");
        tl_label_add(&s->raw, n->text, s->zh);
        write_piece(s, out);
        tl_buf_char(out, '\n');
    }
}

static bool is_number(tl_column_kind kind)
{
    return kind == TL_COLUMN_NUMBER || kind == TL_COLUMN_EXACT || kind == TL_COLUMN_INT;
}

/* Which columns a terminal gets, and how they are aligned. */
struct shown {
    char align[TL_GRID_COLUMNS + 1];
    size_t n, left_out;
};

static struct shown choose(const tl_table *t)
{
    struct shown c = { 0 };
    for (size_t i = 0; i < t->n_columns; i++) {
        if (t->columns[i].files_only)
            continue;
        if (c.n < TL_GRID_COLUMNS)
            c.align[c.n++] = is_number(t->columns[i].kind) ? 'r' : 'l';
        else
            c.left_out++;
    }
    return c;
}

static void add_headings(tl_grid *grid, const tl_table *t, size_t n, struct show *s)
{
    size_t widths[TL_GRID_COLUMNS] = { 0 };
    for (size_t i = 0, at = 0; at < n; i++) {
        if (t->columns[i].files_only)
            continue;
        tl_column_show(&s->raw, &t->columns[i], s->zh);
        const char *heading = piece(s);
        grid->failed = grid->failed || s->clean.failed;
        tl_grid_cell(grid, heading);
        widths[at++] = tl_text_width(heading);
    }
    for (size_t at = 0; at < n; at++) {
        for (size_t w = 0; w < widths[at]; w++)
            tl_buf_char(&s->raw, '-');
        tl_grid_cell(grid, piece(s));
    }
}

static void add_cells(tl_grid *grid, const tl_table *t, size_t n, struct show *s)
{
    tl_cell_walk walk = { t->first, 0 };
    size_t column = 0, at = 0;
    for (const tl_cell *c = tl_cell_next(&walk); c; c = tl_cell_next(&walk)) {
        if (!t->columns[column].files_only && at < n) {
            tl_cell_show(&s->raw, &t->columns[column], c, s->zh);
            tl_grid_cell(grid, piece(s));
            grid->failed = grid->failed || s->clean.failed;
            at++;
        }
        if (++column == t->n_columns)
            column = at = 0;
    }
}

/* A line "heading  value" of a card, a name in both languages; nothing for what is empty without a
 * word for why. */
static void write_card_line(const tl_column *column, const tl_cell *c, size_t width, struct show *s,
                            tl_buf *out)
{
    tl_cell_show(&s->raw, column, c, s->zh);
    bool any = s->raw.len > 0;
    tl_buf_reset(&s->raw);
    if (!any)
        return;
    tl_column_show(&s->raw, column, s->zh);
    const char *heading = piece(s);
    tl_buf_printf(out, "%s%*s", heading, (int)(width + 2 - tl_text_width(heading)), "");
    tl_cell_show(&s->raw, column, c, s->zh);
    if (column->kind == TL_COLUMN_LABEL && !tl_cell_is_empty(c) && c->text && *c->text && c->u.zh &&
        *c->u.zh) {
        tl_buf_str(&s->raw, " / ");
        tl_cell_show(&s->raw, column, c, !s->zh);
    }
    write_piece(s, out);
    tl_buf_char(out, '\n');
}

static size_t heading_width(const tl_table *t, struct show *s)
{
    size_t width = 0;
    for (size_t i = 0; i < t->n_columns; i++) {
        if (t->columns[i].files_only)
            continue;
        tl_column_show(&s->raw, &t->columns[i], s->zh);
        size_t w = tl_text_width(piece(s));
        width = w > width ? w : width;
    }
    return width;
}

static void write_cards(const tl_table *t, struct show *s, tl_buf *out)
{
    tl_cell_walk walk = { t->first, 0 };
    size_t column = 0, rows = 0, width = heading_width(t, s);
    for (const tl_cell *c = tl_cell_next(&walk); c; c = tl_cell_next(&walk)) {
        if (column == 0)
            tl_buf_str(out, rows++ ? "\n" : "");
        if (!t->columns[column].files_only)
            write_card_line(&t->columns[column], c, width, s, out);
        column = (column + 1) % t->n_columns;
    }
}

static void write_table(const tl_table *t, struct show *s, tl_arena *arena, tl_buf *out)
{
    struct shown chosen = choose(t);
    if (chosen.n == 0)
        return;
    tl_buf_char(out, '\n');
    if (!tl_label_empty(t->title)) {
        tl_label_add(&s->raw, t->title, s->zh);
        write_piece(s, out);
        tl_buf_str(out, "\n\n");
    }
    if (t->cards) {
        write_cards(t, s, out);
        return;
    }
    tl_grid grid;
    tl_grid_init(&grid, chosen.align, arena);
    add_headings(&grid, t, chosen.n, s);
    add_cells(&grid, t, chosen.n, s);
    tl_grid_write(&grid, 0, out);
    tl_grid_clear(&grid);
    if (chosen.left_out)
        tl_buf_printf(out, s->zh ? "（另有 %zu 列，见文件）\n" : "(%zu more columns, in files)\n",
                      chosen.left_out);
}

tl_status tl_report_as_text(const tl_report *r, bool zh, tl_buf *out, tl_error *err)
{
    tl_arena *arena;
    struct show s = { .zh = zh };
    tl_status st = tl_report_sound(r, err);
    if (st != TL_OK || (st = tl_arena_new(&arena, 0, err)) != TL_OK)
        return st;
    tl_buf_init(&s.raw, 0);
    tl_buf_init(&s.clean, 0);
    tl_label_add(&s.raw, r->title, zh);
    write_piece(&s, out);
    tl_buf_str(out, r->facts ? "\n\n" : "\n");
    write_facts(r, &s, out);
    for (const tl_table *t = r->tables; t; t = t->next) {
        write_table(t, &s, arena, out);
        tl_arena_reset(arena);
    }
    write_notes(r, &s, out);
    tl_buf_clear(&s.raw);
    tl_buf_clear(&s.clean);
    tl_arena_free(arena);
    return tl_buf_status(out, err);
}

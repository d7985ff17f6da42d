/* report_csv.c - one table of a report for Excel and for programs. */
#include "base/text.h"
#include "format/csv_write.h"
#include "format/json.h"
#include "report/report_priv.h"

/* The table of that key; TL_ENOTFOUND naming those there are. */
static tl_status find_table(const tl_report *r, const char *key, const tl_table **out,
                            tl_error *err)
{
    tl_buf known;
    *out = r->tables;
    while (*out && key && !tl_text_equal((*out)->key, key))
        *out = (*out)->next;
    if (*out)
        return TL_OK;
    tl_buf_init(&known, 0);
    for (const tl_table *t = r->tables; t; t = t->next)
        tl_buf_printf(&known, "%s%s", t == r->tables ? "" : ", ", t->key);
    tl_status st = tl_fail(err, TL_ENOTFOUND, "report %s has no table '%s'; there is %s", r->name,
                           key ? key : "", r->tables ? tl_buf_text(&known) : "none");
    tl_buf_clear(&known);
    return st;
}

static void write_headings(tl_csv_writer *w, const tl_table *t, tl_buf *scratch)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        bool label = t->columns[i].kind == TL_COLUMN_LABEL;
        for (int part = 0; part < (label ? 2 : 1); part++) {
            tl_buf_reset(scratch);
            tl_buf_str(scratch, t->columns[i].key);
            tl_buf_str(scratch, !label ? "" : part ? "_zh" : "_en");
            tl_csv_write_text(w, tl_buf_text(scratch));
        }
    }
    tl_csv_write_end(w);
}

/* A number as it stands: the guard would take "-0.5" for a formula. */
static void write_exact(tl_csv_writer *w, const char *text)
{
    bool guard = w->opts.guard;
    w->opts.guard = guard && !tl_json_is_number(text);
    tl_csv_write_text(w, text);
    w->opts.guard = guard;
}

static void write_value(tl_csv_writer *w, const tl_column *column, const tl_cell *c)
{
    switch (column->kind) {
    case TL_COLUMN_TEXT:
    case TL_COLUMN_WORD:
        tl_csv_write_text(w, c->text);
        break;
    case TL_COLUMN_LABEL:
        tl_csv_write_text(w, c->text);
        tl_csv_write_text(w, c->u.zh);
        break;
    case TL_COLUMN_EXACT:
        write_exact(w, c->text);
        break;
    case TL_COLUMN_NUMBER:
        tl_csv_write_number(w, c->u.number);
        break;
    case TL_COLUMN_INT:
        tl_csv_write_int(w, c->u.integer);
        break;
    case TL_COLUMN_BOOL:
        tl_csv_write_text(w, c->u.truth ? "true" : "false");
        break;
    }
}

static void write_cell(tl_csv_writer *w, const tl_column *column, const tl_cell *c)
{
    if (!tl_cell_is_empty(c)) {
        write_value(w, column, c);
        return;
    }
    tl_csv_write_text(w, tl_cell_why(c).en);
    if (column->kind == TL_COLUMN_LABEL)
        tl_csv_write_text(w, tl_cell_why(c).zh);
}

tl_status tl_report_as_csv(const tl_report *r, const char *table, tl_buf *out, tl_error *err)
{
    const tl_table *t;
    tl_buf scratch;
    tl_status st = tl_report_sound(r, err);
    if (st != TL_OK || (st = find_table(r, table, &t, err)) != TL_OK)
        return st;
    const tl_csv_write_opts opts = { .mark = true, .crlf = true, .guard = true };
    tl_csv_writer w = tl_csv_write_start(out, &opts);
    tl_buf_init(&scratch, 0);
    write_headings(&w, t, &scratch);
    out->failed = out->failed || scratch.failed;
    tl_buf_clear(&scratch);
    tl_cell_walk walk = { t->first, 0 };
    size_t column = 0;
    for (const tl_cell *c = tl_cell_next(&walk); c; c = tl_cell_next(&walk)) {
        write_cell(&w, &t->columns[column], c);
        if (++column == t->n_columns) {
            tl_csv_write_end(&w);
            column = 0;
        }
    }
    return tl_buf_status(out, err);
}

/* report_view.c - a report for a page: the same values with what a table needs to be drawn, so that
 * the page holds no list of columns of its own. */
#include "format/json.h"
#include "report/report_priv.h"

static void write_label(tl_json *j, const char *name, tl_label l)
{
    tl_json_object(j, name);
    tl_json_text(j, "en", l.en);
    tl_json_text(j, "zh", l.zh);
    tl_json_end(j);
}

static void write_fact(tl_json *j, const tl_fact *f)
{
    tl_json_object(j, NULL);
    tl_json_text(j, "key", f->key);
    write_label(j, "name", f->name);
    if (f->is_integer)
        tl_json_int(j, "value", f->integer);
    else if (f->is_bool)
        tl_json_bool(j, "value", f->integer != 0);
    else if (f->is_exact && f->text)
        tl_json_exact(j, "value", f->text);
    else
        tl_json_text(j, "value", f->text);
    if (f->is_word)
        write_label(j, "word", f->word);
    tl_json_end(j);
}

static void write_column(tl_json *j, const tl_column *c)
{
    static const char *const kinds[] = {
        "text", "label", "word", "number", "exact", "int", "bool"
    };
    tl_json_object(j, NULL);
    tl_json_text(j, "key", c->key);
    write_label(j, "name", c->name);
    tl_json_text(j, "kind", kinds[c->kind]);
    if (c->unit)
        tl_json_text(j, "unit", c->unit);
    if (c->kind == TL_COLUMN_NUMBER)
        tl_json_int(j, "decimals", c->decimals);
    if (c->files_only)
        tl_json_bool(j, "more", true);
    tl_json_end(j);
}

/* {"why": {en, zh}} where there is no value, else the value as its kind has it. */
static void write_cell(tl_json *j, const tl_column *column, const tl_cell *c)
{
    if (tl_cell_is_empty(c)) {
        tl_label why = tl_cell_why(c);
        if (!why.en && !why.zh) {
            tl_json_null(j, NULL);
            return;
        }
        tl_json_object(j, NULL);
        write_label(j, "why", why);
        tl_json_end(j);
        return;
    }
    switch (column->kind) {
    case TL_COLUMN_TEXT:
        tl_json_text(j, NULL, c->text);
        break;
    case TL_COLUMN_LABEL:
        write_label(j, NULL, (tl_label){ c->text, c->u.zh });
        break;
    case TL_COLUMN_WORD:
        tl_json_object(j, NULL);
        tl_json_text(j, "code", c->text);
        tl_json_text(j, "en", c->u.label ? c->u.label->en : NULL);
        tl_json_text(j, "zh", c->u.label ? c->u.label->zh : NULL);
        tl_json_end(j);
        break;
    case TL_COLUMN_NUMBER:
        tl_json_number(j, NULL, c->u.number);
        break;
    case TL_COLUMN_EXACT:
        tl_json_exact(j, NULL, c->text);
        break;
    case TL_COLUMN_INT:
        tl_json_int(j, NULL, c->u.integer);
        break;
    case TL_COLUMN_BOOL:
        tl_json_bool(j, NULL, c->u.truth);
        break;
    }
}

static void write_table(tl_json *j, const tl_table *t)
{
    tl_cell_walk walk = { t->first, 0 };
    size_t column = 0;
    tl_json_object(j, NULL);
    tl_json_text(j, "key", t->key);
    write_label(j, "title", t->title);
    tl_json_array(j, "columns");
    for (size_t i = 0; i < t->n_columns; i++)
        write_column(j, &t->columns[i]);
    tl_json_end(j);
    tl_json_array(j, "rows");
    for (const tl_cell *c = tl_cell_next(&walk); c; c = tl_cell_next(&walk)) {
        if (column == 0)
            tl_json_array(j, NULL);
        write_cell(j, &t->columns[column], c);
        if (++column == t->n_columns) {
            tl_json_end(j);
            column = 0;
        }
    }
    tl_json_end(j);
    if (t->cards)
        tl_json_bool(j, "cards", true);
    tl_json_end(j);
}

tl_status tl_report_as_view(const tl_report *r, tl_buf *out, tl_error *err)
{
    tl_status st = tl_report_sound(r, err);
    if (st != TL_OK)
        return st;
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "report", r->name);
    write_label(&j, "title", r->title);
    tl_json_array(&j, "facts");
    for (const tl_fact *f = r->facts; f; f = f->next)
        write_fact(&j, f);
    tl_json_end(&j);
    tl_json_array(&j, "tables");
    for (const tl_table *t = r->tables; t; t = t->next)
        write_table(&j, t);
    tl_json_end(&j);
    tl_json_array(&j, "notes");
    for (const tl_note *n = r->notes; n; n = n->next)
        write_label(&j, NULL, n->text);
    tl_json_end(&j);
    if (r->next)
        tl_json_text(&j, "next", r->next);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
    return tl_buf_status(out, err);
}

/* report_keep.c - a report as JSON without loss, and back. A label is [en, zh]; a cell is as long
 * as its kind wants, null where it is empty, and [why] where it says why. */
#include "report/report_keep.h"

#include <assert.h>
#include <string.h>

#include "format/json.h"
#include "format/json_read.h"
#include "report/report_priv.h"

enum { VERSION = 1, KINDS = TL_COLUMN_BOOL + 1 };

static void keep_label(tl_json *j, const char *name, tl_label l)
{
    tl_json_array(j, name);
    tl_json_text(j, NULL, l.en);
    tl_json_text(j, NULL, l.zh);
    tl_json_end(j);
}

static const char *fact_kind(const tl_fact *f)
{
    return f->is_integer ? "int"
           : f->is_bool  ? "bool"
           : f->is_exact ? "exact"
           : f->is_word  ? "word"
                         : "text";
}

static void keep_fact(tl_json *j, const tl_fact *f)
{
    tl_json_object(j, NULL);
    tl_json_text(j, "key", f->key);
    keep_label(j, "name", f->name);
    tl_json_text(j, "kind", fact_kind(f));
    if (f->is_integer || f->is_bool)
        tl_json_int(j, "value", f->integer);
    else
        tl_json_text(j, "value", f->text);
    if (f->is_word)
        keep_label(j, "word", f->word);
    tl_json_end(j);
}

static void keep_column(tl_json *j, const tl_column *c)
{
    tl_json_object(j, NULL);
    tl_json_text(j, "key", c->key);
    keep_label(j, "name", c->name);
    tl_json_int(j, "kind", c->kind);
    tl_json_text(j, "unit", c->unit);
    tl_json_int(j, "decimals", c->decimals);
    tl_json_bool(j, "files_only", c->files_only);
    tl_json_end(j);
}

static void keep_empty(tl_json *j, tl_label why)
{
    if (tl_label_empty(why)) {
        tl_json_null(j, NULL);
        return;
    }
    tl_json_array(j, NULL);
    keep_label(j, NULL, why);
    tl_json_end(j);
}

static void keep_cell(tl_json *j, tl_column_kind kind, const tl_cell *c)
{
    if (tl_cell_is_empty(c)) {
        keep_empty(j, tl_cell_why(c));
        return;
    }
    switch (kind) {
    case TL_COLUMN_TEXT:
    case TL_COLUMN_EXACT:
        tl_json_text(j, NULL, c->text);
        break;
    case TL_COLUMN_LABEL:
        keep_label(j, NULL, (tl_label){ c->text, c->u.zh });
        break;
    case TL_COLUMN_WORD:
        tl_json_array(j, NULL);
        tl_json_text(j, NULL, c->text);
        tl_json_text(j, NULL, c->u.label ? c->u.label->en : NULL);
        tl_json_text(j, NULL, c->u.label ? c->u.label->zh : NULL);
        tl_json_end(j);
        break;
    case TL_COLUMN_NUMBER:
        tl_json_number(j, NULL, c->u.number);
        break;
    case TL_COLUMN_INT:
        tl_json_int(j, NULL, c->u.integer);
        break;
    case TL_COLUMN_BOOL:
        tl_json_bool(j, NULL, c->u.truth);
        break;
    }
}

static void keep_table(tl_json *j, const tl_table *t)
{
    tl_cell_walk walk = { t->first, 0 };
    size_t at = 0; /* the column */
    tl_json_object(j, NULL);
    tl_json_text(j, "key", t->key);
    keep_label(j, "title", t->title);
    tl_json_bool(j, "cards", t->cards);
    tl_json_array(j, "columns");
    for (size_t i = 0; i < t->n_columns; i++)
        keep_column(j, &t->columns[i]);
    tl_json_end(j);
    tl_json_array(j, "cells");
    for (const tl_cell *c = tl_cell_next(&walk); c; c = tl_cell_next(&walk)) {
        keep_cell(j, t->columns[at].kind, c);
        at = at + 1 == t->n_columns ? 0 : at + 1;
    }
    tl_json_end(j);
    tl_json_end(j);
}

tl_status tl_report_keep(const tl_report *r, tl_buf *out, tl_error *err)
{
    tl_status st = tl_report_sound(r, err);
    if (st != TL_OK)
        return st;
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "kept", VERSION);
    tl_json_text(&j, "report", r->name);
    keep_label(&j, "title", r->title);
    tl_json_bool(&j, "with_keys", r->with_keys);
    tl_json_text(&j, "next", r->next);
    tl_json_array(&j, "facts");
    for (const tl_fact *f = r->facts; f; f = f->next)
        keep_fact(&j, f);
    tl_json_end(&j);
    tl_json_array(&j, "tables");
    for (const tl_table *t = r->tables; t; t = t->next)
        keep_table(&j, t);
    tl_json_end(&j);
    tl_json_array(&j, "notes");
    for (const tl_note *n = r->notes; n; n = n->next)
        keep_label(&j, NULL, n->text);
    tl_json_end(&j);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
    return tl_buf_status(out, err);
}

/* Reading. The first failure sticks: what follows is read for nothing, and harmless. */
struct reader {
    tl_arena *arena;
    tl_error *err;
    tl_status st;
};

static void stuck(struct reader *x, tl_status st)
{
    if (x->st == TL_OK)
        x->st = st;
}

/* NULL for null. */
static const char *text_of(struct reader *x, tl_json_value v)
{
    const char *borrowed, *text;
    tl_error err = { 0 };
    if (x->st != TL_OK || tl_json_missing(v))
        return NULL;
    tl_status st = tl_json_as_text(v, &borrowed, &err);
    if (st != TL_OK) {
        stuck(x, tl_fail(x->err, st, "%s", err.text));
        return NULL;
    }
    if (!(text = tl_arena_str(x->arena, borrowed)))
        stuck(x, tl_fail_nomem(x->err));
    return text;
}

static const char *needed(struct reader *x, tl_json_value v)
{
    const char *text = text_of(x, v);
    if (!text && x->st == TL_OK)
        stuck(x, tl_json_fail(v, x->err, "missing, expected a text"));
    return text ? text : "";
}

static tl_label label_of(struct reader *x, tl_json_value v)
{
    return (tl_label){ text_of(x, tl_json_item(v, 0)), text_of(x, tl_json_item(v, 1)) };
}

static int64_t int_of(struct reader *x, tl_json_value v, int64_t lo, int64_t hi)
{
    int64_t out = lo;
    if (x->st == TL_OK)
        stuck(x, tl_json_as_int(v, lo, hi, &out, x->err));
    return out;
}

static bool truth_of(struct reader *x, tl_json_value v)
{
    bool out = false;
    if (x->st == TL_OK)
        stuck(x, tl_json_as_bool(v, &out, x->err));
    return out;
}

static void read_fact(struct reader *x, tl_report *r, tl_json_value v)
{
    const char *key = needed(x, tl_json_get(v, "key"));
    const char *kind = needed(x, tl_json_get(v, "kind"));
    tl_label name = label_of(x, tl_json_get(v, "name"));
    tl_json_value value = tl_json_get(v, "value");
    if (x->st != TL_OK)
        return;
    if (strcmp(kind, "int") == 0)
        tl_report_fact_int(r, key, name, int_of(x, value, INT64_MIN, INT64_MAX));
    else if (strcmp(kind, "bool") == 0)
        tl_report_fact_bool(r, key, name, int_of(x, value, 0, 1) != 0);
    else if (strcmp(kind, "exact") == 0)
        tl_report_fact_exact(r, key, name, text_of(x, value));
    else if (strcmp(kind, "word") == 0)
        tl_report_fact_word(r, key, name, text_of(x, value), label_of(x, tl_json_get(v, "word")));
    else if (strcmp(kind, "text") == 0)
        tl_report_fact(r, key, name, text_of(x, value));
    else
        stuck(x, tl_json_fail(v, x->err, "'%s' is no kind of fact", kind));
}

static tl_column *read_columns(struct reader *x, tl_json_value v, size_t *n)
{
    *n = tl_json_count(v);
    tl_column *columns = tl_arena_alloc(x->arena, *n + 1, sizeof *columns);
    if (!columns || *n == 0)
        stuck(x, columns ? tl_json_fail(v, x->err, "no columns") : tl_fail_nomem(x->err));
    for (size_t i = 0; i < *n && x->st == TL_OK; i++) {
        tl_json_value c = tl_json_item(v, i);
        columns[i] =
            (tl_column){ .key = needed(x, tl_json_get(c, "key")),
                         .name = label_of(x, tl_json_get(c, "name")),
                         .kind = (tl_column_kind)int_of(x, tl_json_get(c, "kind"), 0, KINDS - 1),
                         .unit = text_of(x, tl_json_get(c, "unit")),
                         .decimals = (int)int_of(x, tl_json_get(c, "decimals"), 0, 20),
                         .files_only = truth_of(x, tl_json_get(c, "files_only")) };
    }
    return columns;
}

/* [[en, zh]] says why there is nothing. */
static bool says_why(tl_json_value v)
{
    return tl_json_count(v) == 1 && tl_json_count(tl_json_item(v, 0)) == 2;
}

static void read_cell(struct reader *x, tl_report *r, tl_column_kind kind, tl_json_value v)
{
    double number = 0;
    if (tl_json_missing(v) || says_why(v)) {
        tl_report_empty(r, label_of(x, tl_json_item(v, 0)));
        return;
    }
    switch (kind) {
    case TL_COLUMN_TEXT:
    case TL_COLUMN_EXACT:
        tl_report_text(r, text_of(x, v));
        break;
    case TL_COLUMN_LABEL:
        tl_report_label(r, label_of(x, v));
        break;
    case TL_COLUMN_WORD:
        tl_report_word(
            r, needed(x, tl_json_item(v, 0)),
            (tl_label){ text_of(x, tl_json_item(v, 1)), text_of(x, tl_json_item(v, 2)) });
        break;
    case TL_COLUMN_NUMBER:
        stuck(x, tl_json_as_number(v, &number, x->err));
        tl_report_number(r, number);
        break;
    case TL_COLUMN_INT:
        tl_report_int(r, int_of(x, v, INT64_MIN, INT64_MAX));
        break;
    case TL_COLUMN_BOOL:
        tl_report_bool(r, truth_of(x, v));
        break;
    }
}

static void read_table(struct reader *x, tl_report *r, tl_json_value v)
{
    size_t n;
    const char *key = needed(x, tl_json_get(v, "key"));
    tl_label title = label_of(x, tl_json_get(v, "title"));
    bool cards = truth_of(x, tl_json_get(v, "cards"));
    tl_column *columns = read_columns(x, tl_json_get(v, "columns"), &n);
    tl_json_value cells = tl_json_get(v, "cells");
    size_t count = tl_json_count(cells);
    if (x->st == TL_OK && count % n)
        stuck(x, tl_json_fail(cells, x->err, "%zu cells in %zu columns", count, n));
    if (x->st != TL_OK)
        return;
    tl_report_table(r, key, title, columns, n);
    if (cards)
        tl_report_cards(r);
    for (size_t i = 0; i < count && x->st == TL_OK; i++)
        read_cell(x, r, columns[i % n].kind, tl_json_item(cells, i));
}

static tl_report *read_report(struct reader *x, tl_json_value v)
{
    (void)int_of(x, tl_json_get(v, "kept"), VERSION, VERSION);
    tl_report *r = tl_report_new(x->arena, needed(x, tl_json_get(v, "report")),
                                 label_of(x, tl_json_get(v, "title")));
    tl_json_value facts = tl_json_get(v, "facts"), tables = tl_json_get(v, "tables");
    tl_json_value notes = tl_json_get(v, "notes");
    if (!r)
        stuck(x, tl_fail_nomem(x->err));
    for (size_t i = 0; i < tl_json_count(facts) && x->st == TL_OK; i++)
        read_fact(x, r, tl_json_item(facts, i));
    for (size_t i = 0; i < tl_json_count(tables) && x->st == TL_OK; i++)
        read_table(x, r, tl_json_item(tables, i));
    for (size_t i = 0; i < tl_json_count(notes) && x->st == TL_OK; i++)
        tl_report_note(r, label_of(x, tl_json_item(notes, i)));
    if (x->st == TL_OK && truth_of(x, tl_json_get(v, "with_keys")))
        tl_report_with_keys(r);
    if (x->st == TL_OK)
        tl_report_next(r, text_of(x, tl_json_get(v, "next")));
    return r;
}

tl_status tl_report_kept(const char *text, size_t n, tl_arena *arena, tl_report **out,
                         tl_error *err)
{
    tl_json_doc *doc;
    struct reader x = { .arena = arena, .err = err };
    *out = NULL;
    tl_status st = tl_json_read(&doc, "kept report", text, n, NULL, err);
    if (st != TL_OK)
        return st;
    tl_report *r = read_report(&x, tl_json_root(doc));
    tl_json_doc_free(doc);
    if (x.st == TL_OK)
        x.st = tl_report_sound(r, err);
    if (x.st == TL_OK)
        *out = r;
    return x.st;
}

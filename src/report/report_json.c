/* report_json.c - a report for programs: keys, codes and numbers, no words but the labels. */
#include <stdlib.h>

#include "format/json.h"
#include "report/report_priv.h"

/* "<key>_en" and "<key>_zh" of a label's column, made once a table. */
struct member {
    const char *en, *zh;
};

static struct member *make_members(const tl_table *t, tl_arena *arena)
{
    struct member *m = tl_arena_alloc(arena, t->n_columns, sizeof *m);
    for (size_t i = 0; m && i < t->n_columns; i++) {
        if (t->columns[i].kind != TL_COLUMN_LABEL)
            continue;
        m[i].en = tl_arena_printf(arena, "%s_en", t->columns[i].key);
        m[i].zh = tl_arena_printf(arena, "%s_zh", t->columns[i].key);
        if (!m[i].en || !m[i].zh)
            return NULL;
    }
    return m;
}

static void write_text(tl_json *j, const char *name, const char *text)
{
    tl_json_text(j, name, text && *text ? text : NULL);
}

static void write_value(tl_json *j, const tl_column *column, const tl_cell *c)
{
    switch (column->kind) {
    case TL_COLUMN_TEXT:
    case TL_COLUMN_WORD:
    case TL_COLUMN_LABEL: /* has two members, written elsewhere */
        tl_json_text(j, column->key, c->text);
        break;
    case TL_COLUMN_EXACT:
        tl_json_exact(j, column->key, c->text);
        break;
    case TL_COLUMN_NUMBER:
        tl_json_number(j, column->key, c->u.number);
        break;
    case TL_COLUMN_INT:
        tl_json_int(j, column->key, c->u.integer);
        break;
    case TL_COLUMN_BOOL:
        tl_json_bool(j, column->key, c->u.truth);
        break;
    }
}

static void write_cell(tl_json *j, const tl_column *column, const struct member *m,
                       const tl_cell *c)
{
    bool empty = tl_cell_is_empty(c);
    if (column->kind == TL_COLUMN_LABEL) {
        write_text(j, m->en, empty ? NULL : c->text);
        write_text(j, m->zh, empty ? NULL : c->u.zh);
    } else if (empty) {
        tl_json_null(j, column->key);
    } else {
        write_value(j, column, c);
    }
}

static bool write_table(tl_json *j, const tl_table *t, tl_arena *arena)
{
    const struct member *m = make_members(t, arena);
    if (!m)
        return false;
    tl_cell_walk walk = { t->first, 0 };
    size_t column = 0;
    tl_json_array(j, t->key);
    for (const tl_cell *c = tl_cell_next(&walk); c; c = tl_cell_next(&walk)) {
        if (column == 0)
            tl_json_object(j, NULL);
        write_cell(j, &t->columns[column], &m[column], c);
        if (++column == t->n_columns) {
            tl_json_end(j);
            column = 0;
        }
    }
    tl_json_end(j);
    return true;
}

static void write_facts(tl_json *j, const tl_report *r)
{
    for (const tl_fact *f = r->facts; f; f = f->next) {
        if (f->is_integer)
            tl_json_int(j, f->key, f->integer);
        else if (f->is_bool)
            tl_json_bool(j, f->key, f->integer != 0);
        else if (f->is_exact && f->text && tl_json_is_number(f->text))
            tl_json_exact(j, f->key, f->text);
        else
            tl_json_text(j, f->key, f->text);
    }
}

static void write_notes(tl_json *j, const tl_report *r)
{
    tl_json_array(j, "notes");
    for (const tl_note *n = r->notes; n; n = n->next) {
        tl_json_object(j, NULL);
        write_text(j, "en", n->text.en);
        write_text(j, "zh", n->text.zh);
        tl_json_end(j);
    }
    tl_json_end(j);
}

tl_status tl_report_as_json(const tl_report *r, tl_buf *out, tl_error *err)
{
    tl_arena *arena;
    tl_status st = tl_report_sound(r, err);
    if (st != TL_OK || (st = tl_arena_new(&arena, 0, err)) != TL_OK)
        return st;
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "report", r->name);
    write_text(&j, "title_en", r->title.en);
    write_text(&j, "title_zh", r->title.zh);
    write_facts(&j, r);
    bool good = true;
    for (const tl_table *t = r->tables; t; t = t->next)
        good = write_table(&j, t, arena) && good;
    write_notes(&j, r);
    if (r->next)
        tl_json_text(&j, "next", r->next);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
    tl_arena_free(arena);
    return good ? tl_buf_status(out, err) : tl_fail_nomem(err);
}

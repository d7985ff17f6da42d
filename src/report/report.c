/* report.c - putting a report together: lists of facts and notes, cells in blocks of the arena. */
#include <assert.h>
#include <math.h>

#include "base/text.h"
#include "report/report_priv.h"

static const char empty_mark[] = "";

tl_report *tl_report_new(tl_arena *arena, const char *name, tl_label title)
{
    tl_report *r = tl_arena_alloc(arena, 1, sizeof *r);
    if (r)
        *r = (tl_report){ .arena = arena, .name = name, .title = title };
    return r;
}

/* Memory for an addition; NULL, and the report failed, when there is none. */
static void *more(tl_report *r, size_t size)
{
    void *p = r->failed ? NULL : tl_arena_alloc(r->arena, 1, size);
    r->failed = r->failed || !p;
    return p;
}

/* Members of the JSON object must have names of their own. */
static bool key_is_free(const tl_report *r, const char *key)
{
    static const char *const taken[] = { "report", "title_en", "title_zh", "notes" };
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (tl_text_equal(key, taken[i]))
            return false;
    for (const tl_fact *f = r->facts; f; f = f->next)
        if (tl_text_equal(key, f->key))
            return false;
    for (const tl_table *t = r->tables; t; t = t->next)
        if (tl_text_equal(key, t->key))
            return false;
    return true;
}

static void add_fact(tl_report *r, tl_fact fact)
{
    assert(key_is_free(r, fact.key));
    tl_fact *f = more(r, sizeof *f);
    if (!f)
        return;
    *f = fact;
    *(r->last_fact ? &r->last_fact->next : &r->facts) = f;
    r->last_fact = f;
}

void tl_report_asked(tl_report *r, const char *words)
{
    r->asked = words;
}

void tl_report_with_keys(tl_report *r)
{
    r->with_keys = true;
}

void tl_report_fact(tl_report *r, const char *key, tl_label name, const char *value)
{
    add_fact(r, (tl_fact){ .key = key, .name = name, .text = value });
}

void tl_report_fact_exact(tl_report *r, const char *key, tl_label name, const char *decimal)
{
    add_fact(r, (tl_fact){ .key = key, .name = name, .text = decimal, .is_exact = true });
}

void tl_report_fact_word(tl_report *r, const char *key, tl_label name, const char *code,
                         tl_label word)
{
    add_fact(r, (tl_fact){ .key = key, .name = name, .text = code, .word = word, .is_word = true });
}

void tl_report_fact_int(tl_report *r, const char *key, tl_label name, int64_t value)
{
    add_fact(r, (tl_fact){ .key = key, .name = name, .integer = value, .is_integer = true });
}

void tl_report_fact_bool(tl_report *r, const char *key, tl_label name, bool value)
{
    add_fact(r, (tl_fact){ .key = key, .name = name, .integer = value, .is_bool = true });
}

void tl_report_note(tl_report *r, tl_label text)
{
    tl_note *n = more(r, sizeof *n);
    if (!n)
        return;
    *n = (tl_note){ .text = text };
    *(r->last_note ? &r->last_note->next : &r->notes) = n;
    r->last_note = n;
}

void tl_report_table(tl_report *r, const char *key, tl_label title, const tl_column *columns,
                     size_t n)
{
    assert(n > 0 && key_is_free(r, key));
    assert(r->failed || !r->table || r->table->count % r->table->n_columns == 0);
    tl_table *t = more(r, sizeof *t);
    if (!t)
        return;
    *t = (tl_table){ .key = key, .title = title, .columns = columns, .n_columns = n };
    *(r->table ? &r->table->next : &r->tables) = t;
    r->table = t;
}

void tl_report_cards(tl_report *r)
{
    if (r->table)
        r->table->cards = true;
}

/* Takes the next cell if its column is of the kind; TL_COLUMN_BOOL + 1 stands for any. */
static void add_cell(tl_report *r, tl_column_kind kind, tl_column_kind other, tl_cell cell)
{
    tl_table *t = r->table;
    if (r->failed)
        return;
    assert(t && "tl_report_table comes first");
    tl_column_kind want = t->columns[t->count % t->n_columns].kind;
    assert((want == kind || want == other || cell.text == empty_mark) && "a cell of its column");
    (void)want;
    (void)kind;
    (void)other;
    if (!t->last || t->last->used == TL_CELLS) {
        tl_cells *block = more(r, sizeof *block);
        if (!block)
            return;
        *(t->last ? &t->last->next : &t->first) = block;
        t->last = block;
    }
    t->last->cells[t->last->used++] = cell;
    t->count++;
}

static const tl_label *keep_label(tl_report *r, tl_label l)
{
    tl_label *kept = tl_label_empty(l) ? NULL : more(r, sizeof *kept);
    if (kept)
        *kept = l;
    return kept;
}

void tl_report_empty(tl_report *r, tl_label why)
{
    tl_cell c = { .text = empty_mark, .u.label = keep_label(r, why) };
    add_cell(r, TL_COLUMN_TEXT, TL_COLUMN_TEXT, c);
}

static void add_nothing(tl_report *r)
{
    tl_report_empty(r, (tl_label){ NULL, NULL });
}

void tl_report_text(tl_report *r, const char *text)
{
    if (!text)
        add_nothing(r);
    else
        add_cell(r, TL_COLUMN_TEXT, TL_COLUMN_EXACT, (tl_cell){ .text = text });
}

void tl_report_label(tl_report *r, tl_label text)
{
    if (tl_label_empty(text))
        add_nothing(r);
    else
        add_cell(r, TL_COLUMN_LABEL, TL_COLUMN_LABEL,
                 (tl_cell){ .text = text.en, .u.zh = text.zh });
}

void tl_report_word(tl_report *r, const char *code, tl_label text)
{
    if (!code)
        add_nothing(r);
    else
        add_cell(r, TL_COLUMN_WORD, TL_COLUMN_WORD,
                 (tl_cell){ .text = code, .u.label = keep_label(r, text) });
}

void tl_report_number(tl_report *r, double v)
{
    if (!isfinite(v))
        add_nothing(r);
    else
        add_cell(r, TL_COLUMN_NUMBER, TL_COLUMN_NUMBER, (tl_cell){ .u.number = v });
}

void tl_report_int(tl_report *r, int64_t v)
{
    add_cell(r, TL_COLUMN_INT, TL_COLUMN_INT, (tl_cell){ .u.integer = v });
}

void tl_report_bool(tl_report *r, bool v)
{
    add_cell(r, TL_COLUMN_BOOL, TL_COLUMN_BOOL, (tl_cell){ .u.truth = v });
}

size_t tl_report_rows(const tl_report *r)
{
    return r->table ? r->table->count / r->table->n_columns : 0;
}

tl_status tl_report_sound(const tl_report *r, tl_error *err)
{
    if (r->failed)
        return tl_fail_nomem(err);
    assert(!r->table || r->table->count % r->table->n_columns == 0);
    return TL_OK;
}

bool tl_cell_is_empty(const tl_cell *c)
{
    return c->text == empty_mark;
}

tl_label tl_cell_why(const tl_cell *c)
{
    return c->u.label ? *c->u.label : (tl_label){ NULL, NULL };
}

const tl_cell *tl_cell_next(tl_cell_walk *w)
{
    if (w->block && w->at == w->block->used)
        *w = (tl_cell_walk){ w->block->next, 0 };
    return w->block ? &w->block->cells[w->at++] : NULL;
}

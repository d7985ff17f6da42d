/* report_priv.h - how a report lies in memory, for the four ways out of it. */
#ifndef TL_REPORT_REPORT_PRIV_H
#define TL_REPORT_REPORT_PRIV_H

#include "report/report.h"

/* A cell in 16 bytes; the kind is that of its column. */
typedef struct tl_cell {
    const char *text; /* TEXT, EXACT: the text; LABEL: English; WORD: the code. tl_cell_is_empty's
                         own mark where there is no value; else NULL */
    union {
        const char *zh;        /* LABEL */
        const tl_label *label; /* WORD: shown for the code; empty: why, or NULL */
        double number;
        int64_t integer;
        bool truth;
    } u;
} tl_cell;

bool tl_cell_is_empty(const tl_cell *c);

/* The word for why an empty cell has no value, { NULL, NULL } where none was given. */
tl_label tl_cell_why(const tl_cell *c);

enum { TL_CELLS = 512 };

typedef struct tl_cells {
    struct tl_cells *next;
    size_t used;
    tl_cell cells[TL_CELLS];
} tl_cells;

typedef struct tl_table {
    struct tl_table *next;
    const char *key;
    tl_label title;
    const tl_column *columns;
    size_t n_columns, count; /* cells so far, whole rows when read */
    tl_cells *first, *last;
    bool cards; /* shown as one block of lines a row */
} tl_table;

typedef struct tl_fact {
    struct tl_fact *next;
    const char *key, *text;
    tl_label name, word; /* word: what text, a code, means to people */
    int64_t integer;
    bool is_integer, is_exact, is_word; /* is_exact: text is a decimal number */
    bool is_bool;                       /* integer is 0 or 1 */
} tl_fact;

typedef struct tl_note {
    struct tl_note *next;
    tl_label text;
} tl_note;

struct tl_report {
    tl_arena *arena;
    const char *name;
    tl_label title;
    tl_fact *facts, *last_fact;
    tl_note *notes, *last_note;
    tl_table *tables, *table; /* table is the current one and the last */
    bool with_keys;           /* sheets have a heading row of keys */
    const char *asked;        /* NULL: not known */
    bool failed;              /* out of memory at some addition */
};

/* TL_ENOMEM if an addition failed. Rows must be whole. */
TL_MUST_CHECK tl_status tl_report_sound(const tl_report *r, tl_error *err);

/* Walks the cells of a table in their order; begins with { t->first, 0 }. NULL at the end. */
typedef struct tl_cell_walk {
    const tl_cells *block;
    size_t at;
} tl_cell_walk;
const tl_cell *tl_cell_next(tl_cell_walk *w);

/* Appends what a person reads in the cell in that language; nothing for an empty one. */
void tl_cell_show(tl_buf *out, const tl_column *column, const tl_cell *c, bool zh);

/* Appends the heading with its unit in that language: "总分 (points)". */
void tl_column_show(tl_buf *out, const tl_column *column, bool zh);

/* Appends the value of a fact for a reader. */
void tl_fact_show(tl_buf *out, const tl_fact *f, bool zh);

#endif

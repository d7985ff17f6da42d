/* report.h - results as facts, tables and notes in two languages, written as text, JSON, CSV, XLSX.
 *
 * A view of the domain is put into a tl_report once; every way out is made from that, so that the
 * terminal, a file and a page cannot disagree. Text is borrowed and must live as long as the report
 * (usually in the same arena). Adding cannot be forgotten to be checked: the first failure sticks
 * and every way out returns it. */
#ifndef TL_REPORT_REPORT_H
#define TL_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/memory.h"
#include "report/label.h"

typedef enum tl_column_kind {
    TL_COLUMN_TEXT,
    TL_COLUMN_LABEL,  /* text in both languages: JSON and CSV get <key>_en and <key>_zh, XLSX two */
    TL_COLUMN_WORD,   /* a code ("leading") with its label: JSON and CSV keep the code */
    TL_COLUMN_NUMBER, /* double, shown with `decimals`; JSON in full precision */
    TL_COLUMN_EXACT,  /* decimal text made elsewhere ("73.1"): shown as it is, a number in files;
                         text  that is no JSON number stays text */
    TL_COLUMN_INT,
    TL_COLUMN_BOOL
} tl_column_kind;

typedef struct tl_column {
    const char *key; /* stable, in JSON and CSV: "scope12_action" */
    tl_label name;   /* heading; XLSX has both as two rows */
    tl_column_kind kind;
    const char *unit; /* after the heading in brackets, or NULL: "%", "points" */
    int decimals;     /* TL_COLUMN_NUMBER */
    bool files_only;  /* too much for a terminal: not in text */
    bool coded;       /* TL_COLUMN_WORD: XLSX too has the code, an importer reads it back */
} tl_column;

typedef struct tl_report tl_report;

/* An empty report in the arena. name: file-name-like key ("rate-rank"). NULL when out of memory. */
tl_report *tl_report_new(tl_arena *arena, const char *name, tl_label title);

/* Of a report that comes back filled in: each sheet of a workbook gets a third heading row, grey,
 * with the keys of the columns, by which an importer finds them. */
void tl_report_with_keys(tl_report *r);

/* A fact about the whole, in the order given: index, version, period, pins. key is unlike those of
 * other facts and tables, and none of "report", "title_en", "title_zh", "notes", "next". */
void tl_report_fact(tl_report *r, const char *key, tl_label name, const char *value);
void tl_report_fact_int(tl_report *r, const char *key, tl_label name, int64_t value);

void tl_report_fact_bool(tl_report *r, const char *key, tl_label name, bool value);

/* A decimal number as text: shown as it is, a number in JSON. */
void tl_report_fact_exact(tl_report *r, const char *key, tl_label name, const char *decimal);

/* A code with what it means to people: JSON keeps the code. */
void tl_report_fact_word(tl_report *r, const char *key, tl_label name, const char *code,
                         tl_label word);

/* More rows follow than are in it: the cursor that asks for them. Member "next" of JSON and view.
 */
void tl_report_next(tl_report *r, const char *cursor);

/* A remark: marks, what is inferred, what does not add up. */
void tl_report_note(tl_report *r, tl_label text);

/* Begins a table; further cells go into it, row by row, left to right. columns is borrowed. The
 * first table is the main one. */
void tl_report_table(tl_report *r, const char *key, tl_label title, const tl_column *columns,
                     size_t n);

/* The current table is read row by row, as of few things with much to say: a terminal and a page
 * show each row as lines of heading and value, without those that have nothing. Files do not
 * change. */
void tl_report_cards(tl_report *r);

/* The next cell; of the kind of its column, a wrong kind or too many cells is an assert. */
void tl_report_text(tl_report *r, const char *text); /* NULL: empty; also for TL_COLUMN_EXACT */
void tl_report_label(tl_report *r, tl_label text);
void tl_report_word(tl_report *r, const char *code, tl_label text);
void tl_report_number(tl_report *r, double v); /* not finite: empty */
void tl_report_int(tl_report *r, int64_t v);
void tl_report_bool(tl_report *r, bool v);

/* A cell of any kind without a value, with the word for why ("not disclosed"; see empty.h), or
 * nothing ({ NULL, NULL }). JSON: null; text: the word in the language shown; CSV: the English word
 * (the Chinese one in <key>_zh of a label); XLSX: both, in grey. */
void tl_report_empty(tl_report *r, tl_label why);

size_t tl_report_rows(const tl_report *r); /* of the current table, whole rows */

/* For a terminal: title, facts, aligned tables, notes. Control characters become blanks. Of a table
 * with more than 32 columns that are not files_only the first 32 are shown, and a line says so. */
TL_MUST_CHECK tl_status tl_report_as_text(const tl_report *r, bool zh, tl_buf *out, tl_error *err);

/* {"report": name, "title_en", "title_zh", <fact key>: value..., "<table key>": [{...}...],
 * "notes": [{"en", "zh"}], "next"?: cursor}; members of a row are the keys of the columns, a
 * language that a label lacks is null. Pretty, newline at the end. */
TL_MUST_CHECK tl_status tl_report_as_json(const tl_report *r, tl_buf *out, tl_error *err);

/* For a page: {"report", "title": {en, zh}, "facts": [{key, name, value, word?}], "tables": [{key,
 * title, columns: [{key, name, kind, unit?, decimals?, more?}], rows: [[cell...]...], cards?}],
 * "notes", "next"?}. A cell is its value; a label {en, zh}, a word {code, en, zh}, an empty one
 * null or {why: {en, zh}}. "more": only where there is room; "cards": as tl_report_cards says. One
 * line. */
TL_MUST_CHECK tl_status tl_report_as_view(const tl_report *r, tl_buf *out, tl_error *err);

/* One table (NULL = the main one) as CSV for Excel: UTF-8 with byte-order mark, CRLF, first row the
 * keys, formulas guarded. A language that a label lacks is an empty cell. TL_ENOTFOUND for an
 * unknown table, naming those there are. */
TL_MUST_CHECK tl_status tl_report_as_csv(const tl_report *r, const char *table, tl_buf *out,
                                         tl_error *err);

/* A workbook: one sheet a table with both languages as two bold, frozen heading rows (Chinese
 * above; below them the keys, if asked for), filter, widths that fit, and last a sheet "说明 About"
 * with title, facts and notes. Words come in both languages, "领先 leading". The same report gives
 * the same bytes. */
TL_MUST_CHECK tl_status tl_report_write_xlsx(const tl_report *r, const char *path, tl_error *err);

/* How the report was asked for, as the command line says it ("registry stats --by maker");
 * borrowed. */
void tl_report_asked(tl_report *r, const char *words);

/* An archive: each table as CSV, the whole as JSON, and README.md with facts, the meaning of every
 * column in both languages, counts, checksums and how to ask again. */
TL_MUST_CHECK tl_status tl_report_as_zip(const tl_report *r, tl_buf *out, tl_error *err);

/* Writes path by its ending: .csv (main table), .xlsx, .json, .zip. TL_EINPUT for another ending.
 * The file is whole or not there. */
TL_MUST_CHECK tl_status tl_report_save(const tl_report *r, const char *path, tl_error *err);

#endif

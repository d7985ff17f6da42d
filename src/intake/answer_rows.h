/* answer_rows.h - the rows of a file of answers, each checked by itself. */
#ifndef TL_INTAKE_ANSWER_ROWS_H
#define TL_INTAKE_ANSWER_ROWS_H

#include "base/map.h"
#include "company/company.h"
#include "format/csv.h"
#include "intake/answer_import.h"
#include "intake/refusals.h"

enum { TL_ANSWER_ROWS_MAX = 200000 };

/* One row; text in the arena of the reader. */
typedef struct tl_answer_row {
    size_t line;
    size_t group;    /* place of its company */
    int slot;        /* place in a sheet, -1 where it is refused */
    bool has_points; /* else it is further evidence */
    bool has_evidence;
    bool refused;
    tl_points points;
    bool inferred;
    const char *assessor, *note;
    tl_evidence evidence;
} tl_answer_row;

/* A company of the file. */
typedef struct tl_answer_group {
    const char *text;   /* as the file has it first */
    tl_company company; /* id "" where there is no such company */
    size_t bad_line;    /* first row that was refused, 0 = none */
    size_t rows;
} tl_answer_group;

/* Reads and keeps rows; lists are owned, text is in the arena. */
typedef struct tl_answer_reader {
    tl_store *store;
    const tl_index *x;
    const tl_answer_import *how;
    tl_arena *arena;
    tl_refusals *refusals;
    tl_csv *csv; /* owned */
    tl_map *names, *ids,
        *copies; /* owned: text -> group, id -> group, path of a copy -> its hash */
    tl_answer_row *rows;
    tl_answer_group *groups;
    size_t n, cap, n_groups, group_cap;
    tl_points *blank;    /* a sheet with nothing in it */
    const char **hashes; /* of the copies */
    size_t hash_cap;
    int at[16];
} tl_answer_reader;

/* Reads all rows. Refused ones are in the list of refusals and marked. TL_EINPUT for a file that
 * cannot be read as a whole. Zeroed before; cleared by the caller whatever comes. */
TL_MUST_CHECK tl_status tl_answer_rows_read(tl_answer_reader *r, const char *data, size_t n,
                                            tl_error *err);
void tl_answer_reader_clear(tl_answer_reader *r);

/* Refuses a row that was read before, with "file:row: column 'slot': " before the text. */
TL_MUST_CHECK tl_status tl_answer_row_refuse(tl_answer_reader *r, tl_answer_row *row,
                                             const char *text, tl_error *err);

#endif

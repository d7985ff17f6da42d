/* index_priv.h - what the files that load a definition share.
 *
 * Order of the work: index.csv, groups, items, what the groups are worth, themes, then bands,
 * weights, stars and marks, each checked against those before it. */
#ifndef TL_RATING_INDEX_PRIV_H
#define TL_RATING_INDEX_PRIV_H

#include "base/map.h"
#include "format/sheet.h"
#include "rating/index.h"

enum { TL_INDEX_COLUMNS = 12 };

/* A definition while it is loaded. */
typedef struct tl_index_loader {
    const tl_index_text *texts;
    size_t n_texts;
    tl_arena *arena;
    tl_index *x;            /* filled step by step */
    tl_index_group *groups; /* those of x, until they know what they are worth */
} tl_index_loader;

/* One file of a definition. */
typedef struct tl_index_file {
    const char *name;
    const char *columns[TL_INDEX_COLUMNS]; /* the names end with NULL, or with the array */
    size_t max_rows;
} tl_index_file;

/* Its rows, none where the file is missing. at[i] is the place of the i-th column of the file. */
typedef struct tl_index_rows {
    tl_sheet sheet;
    size_t at[TL_INDEX_COLUMNS];
} tl_index_rows;

/* Reads a file. Where `needed`, TL_EINPUT if it is missing or without a row. */
TL_MUST_CHECK tl_status tl_index_rows_read(tl_index_rows *out, const tl_index_loader *l,
                                           const tl_index_file *file, bool needed, tl_error *err);

/* TL_EINPUT with "file:line: column 'name': " before the text; i counts the file's columns. */
#define tl_index_fail(t, row, i, err, ...)                                                         \
    tl_sheet_fail(&(t)->sheet, (row), (t)->at[i], (err), __VA_ARGS__)

/* The text of a cell, "" if empty. */
static inline const char *tl_index_cell(const tl_index_rows *t, size_t row, size_t i)
{
    return tl_sheet_text(&t->sheet, row, t->at[i]);
}

/* A code: 1 to TL_INDEX_CODE_MAX letters, digits, '.' and '-'. */
TL_MUST_CHECK tl_status tl_index_cell_code(const tl_index_rows *t, size_t row, size_t i,
                                           const char **out, tl_error *err);

/* The names in columns i (English) and i+1 (Chinese), an empty one replaced by the other. Where
 * both are, they become those of `fallback` (two texts), or it is TL_EINPUT if that is NULL. */
TL_MUST_CHECK tl_status tl_index_cell_names(const tl_index_rows *t, size_t row, size_t i,
                                            const char *const *fallback, const char *out[2],
                                            tl_error *err);

/* A longer text of at most TL_INDEX_TEXT_MAX bytes; may be empty. */
TL_MUST_CHECK tl_status tl_index_cell_long(const tl_index_rows *t, size_t row, size_t i,
                                           const char **out, tl_error *err);

/* One of n words; *out is its place. */
TL_MUST_CHECK tl_status tl_index_cell_word(const tl_index_rows *t, size_t row, size_t i,
                                           const char *const *words, size_t n, int *out,
                                           tl_error *err);

/* "yes" or "no". */
TL_MUST_CHECK tl_status tl_index_cell_flag(const tl_index_rows *t, size_t row, size_t i, bool *out,
                                           tl_error *err);

/* Points of 0 or more. */
TL_MUST_CHECK tl_status tl_index_cell_points(const tl_index_rows *t, size_t row, size_t i,
                                             tl_points *out, tl_error *err);

/* A percentage, "30" being 3000 ten-thousandths. */
TL_MUST_CHECK tl_status tl_index_cell_percent(const tl_index_rows *t, size_t row, size_t i,
                                              tl_weight *out, tl_error *err);

/* Column i as a map from its text to the row; TL_EINPUT at the first text that comes again. The
 * caller frees *out, NULL after a failure. */
TL_MUST_CHECK tl_status tl_index_rows_map(const tl_index_rows *t, size_t i, tl_map **out,
                                          tl_error *err);

/* The same for a column of which only the uniqueness matters. */
TL_MUST_CHECK tl_status tl_index_rows_unique(const tl_index_rows *t, size_t i, tl_error *err);

/* The parts of a definition, in the order of loading. */
TL_MUST_CHECK tl_status tl_index_load_groups(tl_index_loader *l, tl_error *err);
TL_MUST_CHECK tl_status tl_index_load_items(tl_index_loader *l, tl_error *err);
TL_MUST_CHECK tl_status tl_index_weigh_groups(tl_index_loader *l, tl_error *err);
TL_MUST_CHECK tl_status tl_index_load_themes(tl_index_loader *l, tl_error *err);
TL_MUST_CHECK tl_status tl_index_load_bands(tl_index_loader *l, tl_error *err);
TL_MUST_CHECK tl_status tl_index_load_weights(tl_index_loader *l, tl_error *err);
TL_MUST_CHECK tl_status tl_index_load_stars(tl_index_loader *l, tl_error *err);
TL_MUST_CHECK tl_status tl_index_load_marks(tl_index_loader *l, tl_error *err);

#endif

/* printed_priv.h - what the reading and the rules share.
 *
 * A printed value is a whole number: 35.7% is 357 tenths of a per cent. Every rule below works on
 * such numbers, so that no finding comes from a binary fraction. */
#ifndef TL_REGISTRY_PRINTED_PRIV_H
#define TL_REGISTRY_PRINTED_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "registry/printed.h"

typedef struct tl_printed_text {
    const char *name, *data; /* data NULL: there is no such file */
    size_t n;
} tl_printed_text;

/* Rows from the texts of rows.csv and aliases.csv. TL_EINPUT names file, row and column. */
TL_MUST_CHECK tl_status tl_printed_parse(const tl_printed_text *rows,
                                         const tl_printed_text *aliases, tl_arena *arena,
                                         const tl_printed_row **out, size_t *n, tl_error *err);

/* 10 to the power of decimals (0..TL_PRINTED_DECIMALS_MAX). */
int64_t tl_printed_scale(int decimals);

/* value x 10^decimals; false where that is no whole number of at most twelve digits. */
bool tl_printed_whole(double value, int decimals, int64_t *out);

/* The counts m of `models` whose share rounds half up to share / 10^decimals per cent. False where
 * there is none. */
bool tl_printed_counts(int64_t share, int decimals, int64_t models, int64_t *low, int64_t *high);

/* Rows of one subject, sorted by table, then as they stand in the set. */
typedef struct tl_printed_group {
    const char *subject; /* its key */
    const tl_printed_row *const *rows;
    size_t n;
} tl_printed_group;

/* Where findings are put; grows in the arena. */
typedef struct tl_printed_findings {
    tl_arena *arena;
    tl_printed_finding *items;
    size_t n, cap;
    bool *fits; /* TL_PRINTED_MODELS_MAX + 1 of them, for the rules */
} tl_printed_findings;

/* en and zh come from tl_arena_printf: NULL is out of memory. */
TL_MUST_CHECK tl_status tl_printed_found(tl_printed_findings *f, const char *subject,
                                         const char *rule, const char *en, const char *zh,
                                         tl_error *err);

/* The rules on shares and counts of models. */
TL_MUST_CHECK tl_status tl_printed_check_models(tl_printed_findings *f, const tl_printed_group *g,
                                                tl_error *err);

/* 3 for "class-3-share" and the suffix "-share"; 0 for another measure. */
int tl_printed_class(const char *measure, const char *suffix);

/* The row with the number of models in the class of a share, in the same table; NULL without one.
 */
const tl_printed_row *tl_printed_count_of(const tl_printed_group *g, const tl_printed_row *share);

/* Text in both languages. */
typedef struct tl_printed_label {
    const char *en, *zh;
} tl_printed_label;

/* A row in words: "share in class 1", "table 4" or "section 1 (2) b", "17.9%" ("/" where there is
 * none). value is NULL when out of memory. */
typedef struct tl_printed_words {
    tl_printed_label measure, place;
    const char *value;
} tl_printed_words;
tl_printed_words tl_printed_say(const tl_printed_row *r, tl_arena *arena);

#endif

/* index.h - the definition of an index: what is asked, what it is worth, how it adds up. Pure data.
 *
 * A definition is an installed data set of kind "index" (its id and version are the index's) with
 * these CSV files; docs/index-definitions.md explains them to people who write one:
 *
 *   index.csv   name, value            kind (points | stars), full_points, step, weighting
 *                                      (scope12-scope3 | none)
 *   items.csv   code, parent, level, name_en, name_zh, max_points, step, group, requirement,
 *               parallel_of, evidence_en, evidence_zh
 *   groups.csv  code, name_en, name_zh, weight             weight: none | scope12 | scope3
 *   themes.csv  code, name_en, name_zh, short_en, short_zh, members, in_total, printed
 *   bands.csv   code, name_en, name_zh, from, above        from: lowest total in it; above: yes
 *                                                          where `from` itself is not in it
 *   weights.csv industry, name_en, name_zh, scope12_share_percent
 *   stars.csv   stars, score_from, mandatory_share_from_percent
 *   marks.csv   subject, mark, note_en, note_zh   what of the definition is not printed in its
 *                                                 source: mark inferred | design
 *   crosswalk-<index id>.csv   from, to, relation, note_en, note_zh   see crosswalk.h
 *
 * groups, themes, bands and items are needed where kind is points; stars where it is stars. All
 * others may be missing. The loader refuses a definition whose maxima do not add up: a parent is
 * worth its children (bonus included, parallel ones not), the dimensions full_points; in a star
 * rating it is the mandatory indicators that come to full_points.
 *
 * A code is made of letters, digits, '.' and '-'. A name may be empty in one language: it is then
 * that of the other. An empty step is that of index.csv. `members` are codes separated by blanks or
 * ';': of indicators, or of a dimension or sub-dimension for all its indicators; a parallel
 * indicator comes along with the one it stands beside. Bands and stars stand highest first and the
 * last of them begins at 0. The subject of a mark is a word of the author's, or item:, group:,
 * theme:, band: or industry: with a code that is there. */
#ifndef TL_RATING_INDEX_H
#define TL_RATING_INDEX_H

#include <stdbool.h>

#include "dataset/dataset.h"
#include "rating/points.h"

enum {
    TL_INDEX_FILES = 8, /* of a definition, those of crosswalks aside */
    TL_INDEX_ITEMS_MAX = 2000,
    TL_INDEX_GROUPS_MAX = 16,
    TL_INDEX_THEMES_MAX = 64,
    TL_INDEX_BANDS_MAX = 16,
    TL_INDEX_WEIGHTS_MAX = 200,
    TL_INDEX_STARS_MAX = 10,
    TL_INDEX_MARKS_MAX = 200,
    TL_INDEX_FILE_MAX = 4 << 20, /* bytes of one file */
    TL_INDEX_CODE_MAX = 40,      /* bytes of a code */
    TL_INDEX_NAME_MAX = 600,     /* bytes of a name */
    TL_INDEX_TEXT_MAX = 4000     /* bytes of an evidence text or a note */
};

typedef enum tl_index_kind { TL_INDEX_POINTS, TL_INDEX_STARS } tl_index_kind;
typedef enum tl_item_level { TL_DIMENSION, TL_SUB_DIMENSION, TL_INDICATOR } tl_item_level;
typedef enum tl_group_weight { TL_UNWEIGHTED, TL_SCOPE12, TL_SCOPE3 } tl_group_weight;
typedef enum tl_requirement { TL_PLAIN, TL_MANDATORY, TL_BONUS } tl_requirement;

typedef struct tl_index_item {
    const char *code; /* "2.1.1" */
    const char *name_en, *name_zh;
    const char *evidence_en, *evidence_zh; /* what counts as evidence; indicators only */
    tl_item_level level;
    tl_requirement requirement; /* star ratings */
    int parent;                 /* place in items, -1 for a dimension */
    int group;                  /* place in groups; -1 for what is no indicator */
    int parallel_of;            /* place in items of the indicator it stands beside, or -1 */
    int slot;       /* indicators: place in a sheet, in the order of the file; else -1 */
    tl_points max;  /* of a parallel indicator: that of the one it stands beside, and
                       not counted again in its parent */
    tl_points step; /* points are multiples of this */
} tl_index_item;

typedef struct tl_index_group {
    const char *code, *name_en, *name_zh;
    tl_group_weight weight;
    tl_points max; /* of its indicators, parallel ones not counted */
} tl_index_group;

/* A set of indicators looked at together: a column of the published table. */
typedef struct tl_index_theme {
    const char *code, *name_en, *name_zh, *short_en, *short_zh;
    const int *slots; /* of its indicators, parallel ones included */
    size_t n_slots;
    tl_points max;
    int group;     /* the group all its indicators belong to, or -1 where they differ */
    bool in_total; /* themes with this mark hold every indicator exactly once: they make up the
                      total of a result known by theme only */
    bool printed;  /* a column of the league table */
} tl_index_theme;

typedef struct tl_index_band {
    const char *code, *name_en, *name_zh;
    tl_total from;
    bool above; /* from itself is not in it */
} tl_index_band;

typedef struct tl_index_industry {
    const char *key, *name_en, *name_zh; /* "automobile" */
    tl_weight scope12;
} tl_index_industry;

typedef struct tl_index_star {
    int stars;
    tl_points score_from;
    tl_weight share_from; /* of mandatory items; -1 = none asked */
} tl_index_star;

typedef struct tl_index_mark {
    const char *subject; /* "weighting", "theme:supplier-guidance", "item:5.4.7p" */
    const char *mark, *note_en, *note_zh;
} tl_index_mark;

/* Everything in the arena it was read into; immutable. */
typedef struct tl_index {
    const char *id, *version, *date, *checksum, *title_en, *title_zh; /* those of the data set */
    tl_index_kind kind;
    bool weighted; /* total = unweighted + 2w scope 1&2 + 2(1-w) scope 3 */
    tl_points full, step;
    const tl_index_item *items; /* in the order of the file, parents before children */
    const tl_index_group *groups;
    const tl_index_theme *themes;
    const tl_index_band *bands; /* highest first */
    const tl_index_industry *industries;
    const tl_index_star *stars; /* most stars first */
    const tl_index_mark *marks;
    const int *slot_items; /* slot -> place in items */
    const int *by_code; /* places in items in byte order of their codes, for tl_index_find_item */
    size_t n_items, n_groups, n_themes, n_bands, n_industries, n_stars, n_marks, n_slots;
} tl_index;

/* The text of one file of a definition. */
typedef struct tl_index_text {
    const char *name, *data; /* "items.csv" */
    size_t n;
} tl_index_text;

/* Reads and checks a definition from texts; set gives id, version, date, checksum and titles.
 * TL_EINPUT names file, row and column: unknown or repeated code, a parent that is not there, a
 * cycle of parents or of parallels, a negative maximum, a step that does not divide it, maxima that
 * do not add up (children against parent, dimensions against full_points, scope 1&2 against scope 3
 * where weighted, themes with in_total against the indicators), bands or stars out of order, more
 * rows or longer texts than the limits above. */
TL_MUST_CHECK tl_status tl_index_parse(const tl_dataset *set, const tl_index_text *texts, size_t n,
                                       tl_arena *arena, tl_index *out, tl_error *err);

/* Reads an installed definition: "cati-auto" (current) or "cati-auto@2024". TL_ENOTFOUND;
 * TL_EINPUT where the set is of another kind. */
TL_MUST_CHECK tl_status tl_index_open(tl_store *s, const char *reference, tl_arena *arena,
                                      tl_index *out, tl_error *err);

/* The texts of an installed definition, for another reading of them. TL_EINPUT where the set is of
 * another kind. */
TL_MUST_CHECK tl_status tl_index_texts(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                       tl_index_text texts[TL_INDEX_FILES], size_t *n,
                                       tl_error *err);

/* For installing a set of kind "index": checks it, changes nothing. *rows counts indicators. */
TL_MUST_CHECK tl_status tl_index_check_set(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                           int64_t *rows, tl_error *err);

/* Looking up; -1 or NULL where there is none. */
int tl_index_find_item(const tl_index *x, const char *code);
int tl_index_find_theme(const tl_index *x, const char *code);
const tl_index_industry *tl_index_find_industry(const tl_index *x, const char *key);
const tl_index_mark *tl_index_find_mark(const tl_index *x, const char *subject);

#endif

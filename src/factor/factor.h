/* factor.h - the emission-factor database.
 *
 * A factor says how much greenhouse gas one unit of something causes, for a region, a year, a
 * boundary and a technology, with its source. Factors are never edited, only superseded by a newer
 * set. */
#ifndef TL_FACTOR_FACTOR_H
#define TL_FACTOR_FACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "dataset/dataset.h"
#include "store/store.h"

/* Where the emissions of a factor arise: before the gate, behind it, or both. */
typedef enum tl_factor_stage {
    TL_STAGE_NOT_STATED,
    TL_STAGE_UPSTREAM,
    TL_STAGE_DOWNSTREAM,
    TL_STAGE_WHOLE
} tl_factor_stage;

/* "upstream", "downstream", "whole", or "" for not stated. */
const char *tl_factor_stage_name(tl_factor_stage stage);

typedef enum tl_factor_gas {
    TL_GAS_FOSSIL_CO2,
    TL_GAS_BIOGENIC_CO2,
    TL_GAS_CH4,
    TL_GAS_N2O,
    TL_GAS_HFC,
    TL_GAS_OTHER,
    TL_FACTOR_GASES
} tl_factor_gas;

/* "fossil_co2", "biogenic_co2", "ch4", "n2o", "hfc", "other_gas". */
const char *tl_factor_gas_name(tl_factor_gas gas);

/* What few factors state. */
typedef struct tl_factor_detail {
    double gsd;       /* geometric standard deviation, 1 or more; NAN: not stated */
    double percent95; /* half the 95 % interval, percent of the value; NAN: not stated */
    tl_factor_stage stage;
    double share[TL_FACTOR_GASES]; /* percent of the value; NAN: not stated, which is not 0 */
} tl_factor_detail;

/* One factor; text in the arena of the call that filled it, "" where the set says nothing. */
typedef struct tl_factor {
    const char *set, *set_version; /* data set id and version */
    const char *key;               /* unique within the set: "steel-bf-bof-cn" */
    const char *name_en, *name_zh;
    const char *category;   /* "metal", "electricity", "fuel", "process", ... */
    double value;           /* in `unit` */
    const char *unit;       /* "kgCO2e/kg": numerator unit and gas, denominator unit */
    const char *region;     /* ISO 3166-1/-2: "CN", "CN-YN", "GLO"; "CN-GRID-..." for grid areas */
    int year;               /* year of the data, 0 if not stated */
    const char *boundary;   /* "cradle to gate", "combustion", ... */
    const char *technology; /* route or variant: "BF-BOF", "average", ... */
    const char *source, *note;
    const char *quality; /* five pedigree scores "2,3,1,1,3", or "" when nobody has scored it */
    bool verified;       /* false: shown only with the mark, never taken as a default */
    const tl_factor_detail *detail; /* NULL: it states none of it */
} tl_factor;

/* Finds "set/key" (current version), "set/key@version" or "set@version/key". TL_ENOTFOUND;
 * TL_EINPUT for what is no reference. */
TL_MUST_CHECK tl_status tl_factor_get(tl_store *s, const char *reference, tl_arena *arena,
                                      tl_factor *out, tl_error *err);

/* Where a row stands in the order of an answer. */
typedef struct tl_factor_place {
    int tier; /* how it fits: 0 by its whole name, 1 by all words in its names, 2 otherwise */
    bool verified;
    int year;
    const char *set, *key, *set_version;
} tl_factor_place;

/* An answer in pages: which follows, and what was given. */
typedef struct tl_factor_page {
    const tl_factor_place *after; /* rows behind this place; NULL: from the first */
    tl_factor_place last;         /* filled in: of the last row given */
    bool more;                    /* filled in: further rows follow it */
} tl_factor_page;

typedef struct tl_factor_query {
    const char *text;     /* words in Chinese, English or both; NULL or "" = all */
    const char *region;   /* exact region or a prefix of it up to '-'; NULL = any */
    const char *category; /* NULL = any */
    int year;             /* data of that year or earlier, or of no stated year; 0 = any */
    bool superseded;      /* also old versions */
    bool verified;        /* only verified ones: what a default may be taken from */
    size_t limit;         /* 0 = 50 */
    tl_factor_page *page; /* NULL: the first rows, and no question about more */
} tl_factor_query;

/* Factors that contain every word asked for, best first: exact name, then all words in the names,
 * then verified, then newer year, then reference. The order is total, so the same question has the
 * same answer. A word is looked for in the names, the category and the technology; a synonym
 * (synonym.h) or, for letters, the Chinese words so pronounced stand for it. *out is in the arena.
 */
TL_MUST_CHECK tl_status tl_factor_search(tl_store *s, const tl_factor_query *query, tl_arena *arena,
                                         const tl_factor **out, size_t *n, tl_error *err);

/* Loads the factor files of an installed set of kind "factors" (factors.csv, factors-*.csv), inside
 * the caller's transaction. Columns: key, value, unit, region, source, verified and name_en or
 * name_zh must be there; category, data_year, boundary, technology, quality, note and those of
 * tl_factor_detail may. A row
 * without a source, with an unknown unit or a broken cell is refused with its place. All rows go in
 * or none: after a failure the caller rolls back. TL_ECONFLICT where the set is loaded already. */
TL_MUST_CHECK tl_status tl_factor_load(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                       int64_t *rows, tl_error *err);

#endif

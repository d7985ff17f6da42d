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
} tl_factor;

/* Finds "set/key" (current version), "set/key@version" or "set@version/key". TL_ENOTFOUND;
 * TL_EINPUT for what is no reference. */
TL_MUST_CHECK tl_status tl_factor_get(tl_store *s, const char *reference, tl_arena *arena,
                                      tl_factor *out, tl_error *err);

typedef struct tl_factor_query {
    const char *text;     /* words in Chinese, English or both; NULL or "" = all */
    const char *region;   /* exact region or a prefix of it up to '-'; NULL = any */
    const char *category; /* NULL = any */
    int year;             /* data of that year or earlier, or of no stated year; 0 = any */
    bool superseded;      /* also old versions */
    bool verified;        /* only verified ones: what a default may be taken from */
    size_t limit;         /* 0 = 50 */
} tl_factor_query;

/* Factors that contain every word asked for, best first: exact name, then verified, then newer
 * year, then reference. The order is total, so the same question has the same answer. A word is
 * looked for in the names, the category and the technology. *out is in the arena. */
TL_MUST_CHECK tl_status tl_factor_search(tl_store *s, const tl_factor_query *query, tl_arena *arena,
                                         const tl_factor **out, size_t *n, tl_error *err);

/* Loads the factor files of an installed set of kind "factors" (factors.csv, factors-*.csv), inside
 * the caller's transaction. Columns: key, value, unit, region, source, verified and name_en or
 * name_zh must be there; category, data_year, boundary, technology, quality and note may. A row
 * without a source, with an unknown unit or a broken cell is refused with its place. All rows go in
 * or none: after a failure the caller rolls back. TL_ECONFLICT where the set is loaded already. One
 * thread at a time, as it reads the table of units (tl_units_new). */
TL_MUST_CHECK tl_status tl_factor_load(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                       int64_t *rows, tl_error *err);

#endif

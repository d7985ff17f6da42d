/* search.h - one search over everything published: cars, declarations, companies, factors, ids.
 *
 * Words in Chinese, English and pinyin: jili, ji li and jl find 吉利. Kept as tokens beside the
 * objects (words.h, pinyin.h), the same for every database. */
#ifndef TL_REGISTRY_SEARCH_H
#define TL_REGISTRY_SEARCH_H

#include "base/memory.h"
#include "store/store.h"

typedef enum tl_found_kind {
    TL_FOUND_VEHICLE,
    TL_FOUND_EPD,
    TL_FOUND_PCF,
    TL_FOUND_COMPANY,
    TL_FOUND_FACTOR
} tl_found_kind;

typedef struct tl_found {
    tl_found_kind kind;
    const char *id, *title_en, *title_zh;
    const char *hint; /* value with unit, rank, ...: one short text */
} tl_found;

/* Puts one object into the index, or anew; inside the caller's transaction. text: all by which it
 * is found (names in every language, aliases, ids). weight: larger is better among equal hits. */
TL_MUST_CHECK tl_status tl_search_put(tl_store *s, const tl_found *object, const char *text,
                                      int64_t weight, tl_error *err);
TL_MUST_CHECK tl_status tl_search_drop(tl_store *s, tl_found_kind kind, const char *id,
                                       tl_error *err);

/* Fills the index from all published records, companies with aliases, and current factors. */
TL_MUST_CHECK tl_status tl_search_rebuild(tl_store *s, int64_t *objects, tl_error *err);

/* Best `limit` of each kind asked for (bit set 1 << kind, 0 = all): every word must occur, the last
 * one may be the beginning of a word. Order: exact name, weight, id. */
TL_MUST_CHECK tl_status tl_search_find(tl_store *s, const char *text, unsigned kinds, size_t limit,
                                       tl_arena *arena, const tl_found **out, size_t *n,
                                       tl_error *err);

#endif

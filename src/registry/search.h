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

/* Puts one object into the index, or anew; inside the caller's transaction. text: all else by which
 * it is found (names in every language, aliases, ids), a line each; titles and id are taken in as
 * well. A line is a name of the object: who asks for just that gets it first. weight: larger is
 * better among equal hits. A title may be NULL or "", not both. TL_EINPUT without id or title, or
 * above 16 KiB of text. Now and then a put folds earlier ones together and takes longer. */
TL_MUST_CHECK tl_status tl_search_put(tl_store *s, const tl_found *object, const char *text,
                                      int64_t weight, tl_error *err);

/* Takes an object away; nothing happens where there is none. */
TL_MUST_CHECK tl_status tl_search_drop(tl_store *s, tl_found_kind kind, const char *id,
                                       tl_error *err);

/* Puts a record as it is published now, or takes it away where it is not: call it after a step of
 * the record, in the same transaction. */
TL_MUST_CHECK tl_status tl_search_put_record(tl_store *s, const char *id, tl_error *err);

/* Fills the index from all published records, companies with aliases, and current factors, inside
 * the caller's transaction. What else was put is gone. */
TL_MUST_CHECK tl_status tl_search_rebuild(tl_store *s, int64_t *objects, tl_error *err);

/* Best `limit` (0 = 10, 1000 at most) of each kind asked for (bit set 1 << kind, 0 = all), kind by
 * kind: every word must occur; the last one, in letters or digits, may be the beginning of a word.
 * Order: exact name, weight, id. Nothing for a text without words. Of a beginning of five letters
 * and more the first 512 words that begin so count in each part of the index. TL_EINPUT above 32
 * words. *out is in the arena, which also takes what the search needs meanwhile. */
TL_MUST_CHECK tl_status tl_search_find(tl_store *s, const char *text, unsigned kinds, size_t limit,
                                       tl_arena *arena, const tl_found **out, size_t *n,
                                       tl_error *err);

#endif

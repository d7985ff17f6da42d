/* search.h - one search over everything published: cars, declarations, companies, factors, ids.
 *
 * Words in Chinese, English and pinyin: jili, ji li and jl find 吉利. Kept as tokens beside the
 * objects (words.h, pinyin.h), the same for every database.
 *
 * The tables of records, classes, companies and factors note what changes in them; a refresh takes
 * that into the index. Whoever writes them need not know of the search. */
#ifndef TL_REGISTRY_SEARCH_H
#define TL_REGISTRY_SEARCH_H

#include <stdbool.h>

#include "base/log.h"
#include "base/memory.h"
#include "store/store.h"

typedef enum tl_found_kind {
    TL_FOUND_VEHICLE,
    TL_FOUND_EPD,
    TL_FOUND_PCF,
    TL_FOUND_COMPANY,
    TL_FOUND_FACTOR
} tl_found_kind;
enum { TL_FOUND_KINDS = TL_FOUND_FACTOR + 1 };

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

/* Whether records, companies or factors have changed since the last refresh or rebuild. */
TL_MUST_CHECK tl_status tl_search_is_stale(tl_store *s, bool *out, tl_error *err);

/* Takes in what has changed, inside the caller's transaction: object by object, or with a rebuild
 * where that is most of them. *changes: objects put or dropped. */
TL_MUST_CHECK tl_status tl_search_refresh(tl_store *s, int64_t *changes, tl_error *err);

/* Fills the index from all published records, companies with aliases, and current factors, inside
 * the caller's transaction. What else was put is gone. */
TL_MUST_CHECK tl_status tl_search_rebuild(tl_store *s, const tl_log *progress, int64_t *objects,
                                          tl_error *err);

/* What is asked besides the words; zeros are the defaults. */
typedef struct tl_search_opts {
    unsigned kinds;           /* bit set 1 << kind; 0 = all */
    size_t limit;             /* of each kind; 0 = 10, 1000 at most */
    const char *const *picks; /* "size=suv": only vehicles with these facets */
    size_t pick_count;        /* 8 at most */
    bool facets;              /* count them */
} tl_search_opts;

/* How many of the vehicles found have a value in a field. */
typedef struct tl_found_facet {
    const char *field; /* maker, size, body, powertrain, class */
    const char *value;
    int64_t count;
} tl_found_facet;

typedef struct tl_search_answer {
    const tl_found *items; /* kind by kind, the best `limit` of each */
    size_t n;
    int64_t counts[TL_FOUND_KINDS]; /* all hits of each kind asked for */
    const tl_found_facet *facets;   /* field by field, most cars first, then value */
    size_t facet_count;
} tl_search_answer;

/* Every word must occur; the last one, in letters or digits, may be the beginning of a word. Order:
 * exact name, weight, id. Nothing for a text without words. TL_EINPUT above 32 words and for a pick
 * of no field. All of *out is in the arena, which also takes what the search needs meanwhile. */
TL_MUST_CHECK tl_status tl_search_ask(tl_store *s, const char *text, const tl_search_opts *opts,
                                      tl_arena *arena, tl_search_answer *out, tl_error *err);

/* The same without counts. */
TL_MUST_CHECK tl_status tl_search_find(tl_store *s, const char *text, unsigned kinds, size_t limit,
                                       tl_arena *arena, const tl_found **out, size_t *n,
                                       tl_error *err);

#endif

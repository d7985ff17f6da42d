/* search_priv.h - what the files of the search share.
 *
 * Objects are numbered as they are put. The numbers fall into segments (packed lists of places, in
 * the order of an answer) and, above them, the recent ones, kept word by word. A put is a row a
 * word; every TL_SEARCH_RECENT puts the recent ones are folded into the last segment while that is
 * small, otherwise into a new one. So a put costs at most a fold of TL_SEARCH_SMALL objects, and a
 * question the lists of its words in each segment. A rebuild makes segments of TL_SEARCH_SEGMENT,
 * which bounds its memory.
 *
 * Known limit: every list of a question is read whole, so many words that nearly all objects have
 * cost most. The beginning of a disclosure id (seven such words) took 28 ms at p99 among a million,
 * all other kinds of bench/search_bench.c 16 ms or less. */
#ifndef TL_REGISTRY_SEARCH_PRIV_H
#define TL_REGISTRY_SEARCH_PRIV_H

#include <stdbool.h>

#include "format/pinyin.h"
#include "format/words.h"
#include "registry/search.h"

enum {
    TL_SEARCH_KINDS = TL_FOUND_FACTOR + 1,
    TL_SEARCH_RECENT = 1024,
    TL_SEARCH_SMALL = 16384,
    TL_SEARCH_SEGMENT = 131072,
    TL_SEARCH_BEGINNING = 4, /* code points of a beginning that has a list of its own, "geel*" */
    TL_SEARCH_TEXT_MAX = 16384
};

typedef struct tl_search_cutter {
    tl_word_cutter *words; /* owned */
    tl_pinyin *pinyin;     /* owned */
    tl_arena *scratch;     /* owned; reset for each object */
} tl_search_cutter;
TL_MUST_CHECK tl_status tl_search_cutter_init(tl_search_cutter *c, tl_error *err);
void tl_search_cutter_clear(tl_search_cutter *c);

/* Every word by which text is found: its words, pinyin, and beginnings with '*' behind. Some may
 * come twice. In c->scratch, which is not reset. */
TL_MUST_CHECK tl_status tl_search_words(tl_search_cutter *c, const char *text, tl_words *out,
                                        tl_error *err);

/* True for a word of an alphabet or digits: it may be the beginning of another. */
bool tl_search_word_grows(const char *word);

/* True for a text with Chinese (or kana) in it. */
bool tl_search_has_chinese(const char *text);

/* The word with '*' behind if it has a list as a beginning, NULL where it is longer than that;
 * *full where memory ran out. */
const char *tl_search_beginning(const char *word, tl_arena *arena, bool *full);

/* Adds an object without its words: search_object and search_name. */
TL_MUST_CHECK tl_status tl_search_add(tl_store *s, tl_search_cutter *c, const tl_found *object,
                                      const char *text, int64_t weight, tl_error *err);

/* Packs the objects with numbers above `above` up to `last` into a segment of their own; nothing
 * where there are none. */
TL_MUST_CHECK tl_status tl_search_fold(tl_store *s, tl_search_cutter *c, int64_t above,
                                       int64_t last, tl_error *err);

/* The first number of a query without parameters. */
TL_MUST_CHECK tl_status tl_search_number(tl_store *s, const char *query, int64_t *out,
                                         tl_error *err);

#endif

/* search_priv.h - what the files of the search share.
 *
 * Objects are numbered as they are put. The numbers fall into segments (packed lists of places, in
 * the order of an answer) and, above them, the recent ones, kept word by word. A put is a row a
 * word; every TL_SEARCH_RECENT puts the recent ones are folded into the last segment while that is
 * small, otherwise into a new one. So a put costs at most a fold of TL_SEARCH_SMALL objects, and a
 * question the lists of its words in each segment. A rebuild reads its sources in the order of an
 * answer and makes segments of TL_SEARCH_SEGMENT, which bounds its memory.
 *
 * Besides the words of an object a list has: "steel*", all words that begin so, where they are
 * many;
 * "=" and a hash, a whole name; "#maker=Geely", a facet. */
#ifndef TL_REGISTRY_SEARCH_PRIV_H
#define TL_REGISTRY_SEARCH_PRIV_H

#include <stdbool.h>

#include "format/pinyin.h"
#include "format/words.h"
#include "registry/search.h"

enum {
    TL_SEARCH_RECENT = 1024,
    TL_SEARCH_SMALL = 16384,
    TL_SEARCH_SEGMENT = 131072,
    TL_SEARCH_CHUNK = 1024, /* places of a row of search_order */
    TL_SEARCH_TEXT_MAX = 16384
};

/* An object with all by which it is found. */
typedef struct tl_search_entry {
    tl_found found;     /* titles and hint not NULL */
    const char *text;   /* names and words besides titles and id, a line each */
    const char *facets; /* "maker=Geely", a line each */
    int64_t weight;
} tl_search_entry;

typedef struct tl_search_cutter {
    tl_word_cutter *words; /* owned */
    tl_pinyin *pinyin;     /* owned */
    tl_arena *scratch;     /* owned; reset for each object */
} tl_search_cutter;
TL_MUST_CHECK tl_status tl_search_cutter_init(tl_search_cutter *c, tl_error *err);
void tl_search_cutter_clear(tl_search_cutter *c);

/* Every word by which the object is found: words, pinyin, names, facets. Some may come twice. In
 * c->scratch, which is not reset. */
TL_MUST_CHECK tl_status tl_search_words(tl_search_cutter *c, const tl_search_entry *e,
                                        tl_words *out, tl_error *err);

/* True for a word of an alphabet or digits: it may be the beginning of another. */
bool tl_search_word_grows(const char *word);

/* True for a text with Chinese (or kana) in it. */
bool tl_search_has_chinese(const char *text);

/* The words of a whole name. */
TL_MUST_CHECK tl_status tl_search_name(tl_word_cutter *c, const char *text, tl_arena *arena,
                                       tl_words *out, tl_error *err);

/* The word that stands for a whole name ("=" and a hash), in the arena; NULL when out of memory. */
const char *tl_search_name_word(const tl_words *name, tl_arena *arena);

/* TL_EINPUT for an object without kind, id or title, or with too long a text. */
TL_MUST_CHECK tl_status tl_search_check(const tl_search_entry *e, tl_error *err);

/* Adds the row of a checked object; *number is the one it was given. */
TL_MUST_CHECK tl_status tl_search_add(tl_store *s, const tl_search_entry *e, int64_t *number,
                                      tl_error *err);

/* One who puts many objects. A run of them may be told to be bulky: they are then found only after
 * tl_search_hand_end. */
typedef struct tl_search_hand {
    tl_store *s;
    tl_search_cutter c;
    bool bulky;
    int64_t segment, above; /* whose places are known; 0 = none */
    uint32_t *places;       /* owned; by number - above - 1, UINT32_MAX = none */
    size_t place_cap, place_count;
} tl_search_hand;
TL_MUST_CHECK tl_status tl_search_hand_init(tl_search_hand *h, tl_store *s, bool bulky,
                                            tl_error *err);
void tl_search_hand_clear(tl_search_hand *h);
TL_MUST_CHECK tl_status tl_search_hand_put(tl_search_hand *h, const tl_search_entry *e,
                                           tl_error *err);
TL_MUST_CHECK tl_status tl_search_hand_drop(tl_search_hand *h, tl_found_kind kind, const char *id,
                                            tl_error *err);
TL_MUST_CHECK tl_status tl_search_hand_end(tl_search_hand *h, tl_error *err);

/* A segment as it is made: objects in the order of an answer. */
typedef struct tl_search_segment tl_search_segment;
TL_MUST_CHECK tl_status tl_search_segment_new(tl_search_segment **out, tl_store *s, tl_error *err);
void tl_search_segment_free(tl_search_segment *g);
TL_MUST_CHECK tl_status tl_search_segment_put(tl_search_segment *g, int64_t number,
                                              tl_found_kind kind, const tl_words *words,
                                              tl_error *err);

/* Writes it as the objects above `above` up to `last`, unless it is empty, and empties it. */
TL_MUST_CHECK tl_status tl_search_segment_write(tl_search_segment *g, int64_t above, int64_t last,
                                                tl_error *err);
size_t tl_search_segment_size(const tl_search_segment *g);

/* Packs the objects with numbers above `above` up to `last` into a segment of their own; nothing
 * where there are none. */
TL_MUST_CHECK tl_status tl_search_fold(tl_store *s, tl_search_cutter *c, int64_t above,
                                       int64_t last, tl_error *err);

/* The words a[0..n) in byte order; *out gets the runs of more than TL_SEARCH_GROUP of them that
 * begin alike, longer runs first where several begin at one word. Owned by the caller, free(). */
enum { TL_SEARCH_GROUP = 64 };
typedef struct tl_search_group {
    uint32_t first, last; /* words */
    uint32_t bytes;       /* how many they share */
} tl_search_group;
TL_MUST_CHECK tl_status tl_search_groups(const char *const *words, size_t n, tl_search_group **out,
                                         size_t *count, tl_error *err);

/* The first number of a query without parameters. */
TL_MUST_CHECK tl_status tl_search_number(tl_store *s, const char *query, int64_t *out,
                                         tl_error *err);

/* Calls for each object of the sources in the order of an answer; source NULL: all, otherwise only
 * those of one record, company or set of factors. */
typedef tl_status tl_search_take(void *ctx, const tl_search_entry *e, tl_error *err);
TL_MUST_CHECK tl_status tl_search_sources(tl_store *s, const char *what, const char *id,
                                          tl_search_take *take, void *ctx, tl_error *err);

#endif

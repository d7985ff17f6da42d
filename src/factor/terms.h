/* terms.h - what a question asks for: slots, each filled by any of its phrases.
 *
 * A phrase is words that all must occur; a slot is phrases of which one must; a question is slots
 * that all must be filled. "cast iron hydropower" has two slots: (cast AND iron) OR 铸铁, and
 * hydropower OR 水电. A word of letters also stands for the Chinese words so pronounced; those that
 * no synonym knows are weak: found, but not among the first. */
#ifndef TL_FACTOR_TERMS_H
#define TL_FACTOR_TERMS_H

#include "factor/factor.h"

enum { TL_FACTOR_SLOTS = 64, TL_FACTOR_PHRASES = 400, TL_FACTOR_WORDS = 800, TL_FACTOR_NAMES = 40 };

typedef struct tl_factor_phrase {
    size_t first, n; /* of words */
    bool weak;
} tl_factor_phrase;

typedef struct tl_factor_slot {
    size_t first, n; /* of phrases */
} tl_factor_slot;

typedef struct tl_factor_terms {
    const char *words[TL_FACTOR_WORDS]; /* in the arena of the call */
    tl_factor_phrase phrases[TL_FACTOR_PHRASES];
    tl_factor_slot slots[TL_FACTOR_SLOTS];
    size_t word_count, phrase_count, slot_count;
    int64_t names[TL_FACTOR_NAMES]; /* hashes of names that are just what was asked for */
    size_t name_count;
    bool nothing; /* the text is only signs, no word */
} tl_factor_terms;

/* TL_EINPUT for more than TL_FACTOR_SLOTS words. Phrases beyond the room are left out, those that
 * were typed never. */
TL_MUST_CHECK tl_status tl_factor_terms_make(tl_store *s, const tl_factor_query *query,
                                             tl_arena *arena, tl_factor_terms *out, tl_error *err);

/* What means the same as the words at the front: *out are up to `most` phrases, words joined by
 * blanks, of the longest run of words that a synonym knows, or of the Chinese words that the first
 * is pronounced like. *used words are meant, 1 where there is nothing. In the arena. */
TL_MUST_CHECK tl_status tl_factor_alike(tl_store *s, const char *const *words, size_t n,
                                        tl_arena *arena, const char **out, size_t most,
                                        size_t *found, size_t *used, tl_error *err);

#endif

/* words.h - cuts text into the words by which it is searched, Chinese and Latin alike.
 *
 * Text is first put into Unicode's NFKC_Casefold form: full-width becomes half-width, CO₂ becomes
 * co2, ß becomes ss, case is gone. Then
 *
 *   - a run of letters and digits of an alphabet is one word: "BF-BOF" gives bf, bof; "R134a" gives
 *     r134a; "0.58" gives 0, 58; all else separates;
 *   - a run of Chinese characters (or kana) becomes overlapping pairs: 电解铝 gives 电解, 解铝,
 *     because Chinese has no blanks and most of its words have two characters;
 *   - the two meet without a separator: "R134a制冷剂" gives r134a, 制冷, 冷剂.
 *
 * One character cannot find a pair, so an index also takes each character alone (TL_WORDS_INDEX:
 * 电解, 解铝, 电, 解, 铝), and a query takes a character alone only where it stands alone
 * (TL_WORDS_QUERY: 铝 gives 铝, 电解铝 gives 电解, 解铝). A text is a hit if it has all words of
 * the query. Words longer than 40 characters are cut there, in both. */
#ifndef TL_FORMAT_WORDS_H
#define TL_FORMAT_WORDS_H

#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"

typedef enum tl_words_use { TL_WORDS_INDEX, TL_WORDS_QUERY } tl_words_use;

/* Words in the order of their first appearance (in an index the characters alone come after the
 * pairs of their run), none twice. In the arena. */
typedef struct tl_words {
    const char **items;
    size_t n;
} tl_words;

/* A cutter with its buffers, reused from text to text. One thread at a time. */
typedef struct tl_word_cutter tl_word_cutter;
TL_MUST_CHECK tl_status tl_word_cutter_new(tl_word_cutter **out, tl_error *err);
void tl_word_cutter_free(tl_word_cutter *c);

/* Cuts text[0..n). Bytes that are not UTF-8 separate words. TL_EINPUT above 16 MiB of text. */
TL_MUST_CHECK tl_status tl_words_cut(tl_word_cutter *c, const char *text, size_t n,
                                     tl_words_use use, tl_arena *arena, tl_words *out,
                                     tl_error *err);

#endif

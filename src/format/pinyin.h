/* pinyin.h - Chinese characters as the letters by which people type them.
 *
 * Readings are those of ICU's transliterator Han-Latin, one a character, with a small table of
 * corrections for words of this field whose characters have several (长安 chang an, 重庆 chong
 * qing). Tones go. ü is v, as on a keyboard: 铝 is lv; tl_pinyin_words gives lu as well. */
#ifndef TL_FORMAT_PINYIN_H
#define TL_FORMAT_PINYIN_H

#include "base/error.h"
#include "base/memory.h"
#include "format/words.h"

enum { TL_PINYIN_MAX = 1 << 20 }; /* bytes of a text that can be read */

/* A reader that remembers the readings it asked for. One thread at a time. */
typedef struct tl_pinyin tl_pinyin;
TL_MUST_CHECK tl_status tl_pinyin_new(tl_pinyin **out, tl_error *err);
void tl_pinyin_free(tl_pinyin *p);

/* A text in pinyin; letters a-z and digits stay words of their own (letters small), all else
 * separates. In the arena. */
typedef struct tl_pinyin_forms {
    const char *syllables; /* 吉利EX5汽车: "ji li ex5 qi che" */
    const char *joined;    /* "jiliex5qiche" */
    const char *initials;  /* "jlex5qc" */
} tl_pinyin_forms;
TL_MUST_CHECK tl_status tl_pinyin_read(tl_pinyin *p, const char *text, tl_arena *arena,
                                       tl_pinyin_forms *out, tl_error *err);

/* The words by which the Chinese runs of the text are found when typed in pinyin, from each
 * character on: its syllable; two and three syllables together and their initials; and the rest of
 * the run together, and its initials. 吉利汽车 is found as ji, jili, jl, jiliqi, jlq, jiliqiche,
 * jlqc, qiche, qc and so on. Words are cut at 40 letters. A word may come twice. */
TL_MUST_CHECK tl_status tl_pinyin_words(tl_pinyin *p, const char *text, tl_arena *arena,
                                        tl_words *out, tl_error *err);

/* A word of letters without their marks, as who has no such keys types it: citroën gives citroen,
 * søren soren (ICU's Latin-ASCII). A word without marks gives itself. TL_EINPUT above 400 bytes. */
TL_MUST_CHECK tl_status tl_pinyin_plain(tl_pinyin *p, const char *word, tl_arena *arena,
                                        const char **out, tl_error *err);

#endif

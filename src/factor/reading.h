/* reading.h - how Chinese words are typed in Latin letters, kept beside the word index.
 *
 * A reading is a word's pinyin without tones and blanks: 铁 tie, 铸铁 zhutie. ü is v and u: 铝 is
 * found as lv and lu. Initials (zt) are not kept: they are too often English words and codes. */
#ifndef TL_FACTOR_READING_H
#define TL_FACTOR_READING_H

#include "base/error.h"
#include "base/memory.h"
#include "store/store.h"

typedef struct tl_factor_reader tl_factor_reader;
TL_MUST_CHECK tl_status tl_factor_reader_new(tl_factor_reader **out, tl_error *err);
void tl_factor_reader_free(tl_factor_reader *r);

/* Keeps the readings of a phrase (words joined by blanks as the index cuts them); nothing for one
 * that is not all Chinese. Inside the caller's transaction. */
TL_MUST_CHECK tl_status tl_factor_reader_write(tl_factor_reader *r, tl_store *s, const char *phrase,
                                               tl_error *err);

/* Keeps phrase under the readings of text, where they differ: 电解 解铝 is read 电解铝. */
TL_MUST_CHECK tl_status tl_factor_reader_write_as(tl_factor_reader *r, tl_store *s,
                                                  const char *text, const char *phrase,
                                                  tl_error *err);

#endif

/* index.h - the word index of one set of factors: collected while its rows are loaded, written
 * once.
 */
#ifndef TL_FACTOR_INDEX_H
#define TL_FACTOR_INDEX_H

#include <stdint.h>

#include "factor/factor.h"
#include "format/words.h"

typedef struct tl_factor_index tl_factor_index;

/* Owned by the caller. Memory grows with the words of all rows, about 100 bytes a row, not with the
 * rows. */
TL_MUST_CHECK tl_status tl_factor_index_new(tl_factor_index **out, tl_error *err);
void tl_factor_index_free(tl_factor_index *x);

/* Takes in the words of the next row; rows are counted from 0. scratch is reset. */
TL_MUST_CHECK tl_status tl_factor_index_add(tl_factor_index *x, const tl_factor *f,
                                            tl_arena *scratch, tl_error *err);

/* Puts the rows first_id, first_id+1, ... of the set in the order of an answer and writes places,
 * runs, words and names. */
TL_MUST_CHECK tl_status tl_factor_index_write(tl_factor_index *x, tl_store *s, int64_t set_number,
                                              int64_t first_id, tl_error *err);

/* The words of text as the index knows them: American spellings become British ones, so that
 * aluminum finds aluminium. */
TL_MUST_CHECK tl_status tl_factor_words(tl_word_cutter *c, const char *text, tl_words_use use,
                                        tl_arena *arena, tl_words *out, tl_error *err);

/* Hash of a whole name by its words, in their order; the same for "Steel, BF-BOF" and "steel bf
 * bof". */
int64_t tl_factor_name_hash(const tl_words *words);

#endif

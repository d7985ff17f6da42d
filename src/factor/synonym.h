/* synonym.h - words that mean the same, in Chinese and English, as data.
 *
 * A set of kind "synonyms" has synonyms.csv with the columns zh and en; several words in a cell are
 * parted by ';'. All words of a row mean the same: 铁 finds what only says iron. */
#ifndef TL_FACTOR_SYNONYM_H
#define TL_FACTOR_SYNONYM_H

#include "dataset/dataset.h"

/* Loads an installed set of kind "synonyms", inside the caller's transaction. TL_EINPUT names the
 * row of one with less than two words. */
TL_MUST_CHECK tl_status tl_factor_load_synonyms(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                                int64_t *rows, tl_error *err);

#endif

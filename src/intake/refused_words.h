/* refused_words.h - what a refusal says, cut into its parts and put into Chinese. */
#ifndef TL_INTAKE_REFUSED_WORDS_H
#define TL_INTAKE_REFUSED_WORDS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* "file:12: column 'by' (cell J12 of 'S'): empty" as column "by" and text "empty". Column is empty
 * where the message names none. */
void tl_refused_cut(const char *reason, const char *path, size_t row, tl_span *column,
                    tl_span *text);

/* Appends text, in Chinese with the words we have; what we have none for stays English. */
void tl_refused_words(tl_buf *out, tl_span text, bool zh);

#endif

/* refused_cut.h - what a refusal says, cut into its parts. */
#ifndef TL_INTAKE_REFUSED_CUT_H
#define TL_INTAKE_REFUSED_CUT_H

#include "base/text.h"

/* "file:12: column 'by' (cell J12 of 'S'): empty" as column "by" and text "empty". Column is empty
 * where the message names none. */
void tl_refused_cut(const char *reason, const char *path, size_t row, tl_span *column,
                    tl_span *text);

#endif

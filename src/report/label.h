/* label.h - a text in both languages, picked for a reader. */
#ifndef TL_REPORT_LABEL_H
#define TL_REPORT_LABEL_H

#include <stdbool.h>

#include "base/buf.h"

/* A text in both languages; either may be NULL or "". */
typedef struct tl_label {
    const char *en, *zh;
} tl_label;

bool tl_label_empty(tl_label l); /* in both languages */

/* Appends l in the language asked for. Where it lacks that, the other is shown with a mark: "(en)
 * Ranks" for a Chinese reader, "（中）排名" for an English one. */
void tl_label_add(tl_buf *out, tl_label l, bool zh);

/* Appends both, "排名 Ranks", or the one there is without a mark; a text that is the same in both
 * languages comes once. */
void tl_label_add_both(tl_buf *out, tl_label l);

#endif

/* clean.h - text from outside made harmless for a terminal, XML and a workbook.
 *
 * Control characters (U+0000..1F, 7F..9F) become blanks: XML 1.0 has no way to write most of them,
 * and a terminal would obey them. Bytes that are not UTF-8, and the two code points U+FFFE and
 * U+FFFF that XML lacks, become U+FFFD. */
#ifndef TL_FORMAT_CLEAN_H
#define TL_FORMAT_CLEAN_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends s. lines: tabs and line feeds stay. */
void tl_clean_text(tl_buf *out, const char *s, bool lines);

#endif

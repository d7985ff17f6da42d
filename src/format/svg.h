/* svg.h - SVG, and any other XML, written as a stream of elements.
 *
 * Attributes come right after their element is opened. Text is escaped and cleaned (clean.h), so
 * that the result is well-formed whatever is put in; names are the caller's and must be XML names.
 * The same calls give the same bytes. */
#ifndef TL_FORMAT_SVG_H
#define TL_FORMAT_SVG_H

#include <stdbool.h>

#include "base/buf.h"

enum { TL_SVG_DEPTH = 16 };

/* Writes into a tl_buf owned by the caller. A wrong sequence is an assert. */
typedef struct tl_svg {
    tl_buf *out;
    const char *open[TL_SVG_DEPTH]; /* borrowed; elements not closed yet */
    int depth;
    bool in_tag; /* "<g" is written, its ">" not yet */
} tl_svg;

tl_svg tl_svg_start(tl_buf *out);

/* Begins an element; name is borrowed until its end. */
void tl_svg_open(tl_svg *s, const char *name);
void tl_svg_close(tl_svg *s); /* ends the innermost element */

void tl_svg_attr(tl_svg *s, const char *name, const char *value);

/* A finite number rounded to two places, without zeros at the end and never -0. */
void tl_svg_number(tl_svg *s, const char *name, double v);

void tl_svg_text(tl_svg *s, const char *text);

/* An element with nothing but text. */
void tl_svg_leaf(tl_svg *s, const char *name, const char *text);

/* Puts in elements that another writer has finished. */
void tl_svg_insert(tl_svg *s, const tl_buf *done);

#endif

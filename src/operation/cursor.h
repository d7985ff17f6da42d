/* cursor.h - where somebody stopped reading a list, as text to be handed back.
 *
 * It names the row that was seen last by the texts that order the list, so that what is added or
 * taken away meanwhile shifts nothing. It belongs to one list with one set of filters; it opens
 * nothing and is no secret: whoever brings it is asked for rights as ever, and its texts are bound
 * as values. */
#ifndef TL_OPERATION_CURSOR_H
#define TL_OPERATION_CURSOR_H

#include <stdint.h>

#include "base/memory.h"

enum { TL_CURSOR_FIELDS = 8, TL_CURSOR_TEXT = 1000 };

/* The cursor for the row that n fields name; list tells lists and their filters apart. Lower-case
 * letters and digits, in the arena; NULL when out of memory. */
const char *tl_cursor_write(uint64_t list, const char *const *fields, size_t n, tl_arena *arena);

/* Reads it back; fields are in the arena. TL_EINPUT where it was made for another list or other
 * filters, or has not n fields. */
TL_MUST_CHECK tl_status tl_cursor_read(const char *text, uint64_t list, tl_arena *arena,
                                       const char **fields, size_t n, tl_error *err);

#endif

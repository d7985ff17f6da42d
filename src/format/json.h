/* json.h - writing JSON as a stream, and reading it (RFC 8259).
 *
 * The writer keeps the order in which members are written and uses shortest round-trip numbers, so
 * the same values give the same bytes. */
#ifndef TL_FORMAT_JSON_H
#define TL_FORMAT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Writes into a tl_buf owned by the caller. Nesting up to 64; a wrong sequence is an assert. Where
 * an object is open, each value takes its member name first; in an array and at the top pass NULL.
 */
typedef struct tl_json {
    tl_buf *out;
    int depth;
    bool pretty;             /* two blanks of indent and newlines */
    unsigned char state[64]; /* private */
} tl_json;

tl_json tl_json_start(tl_buf *out, bool pretty);
void tl_json_object(tl_json *j, const char *name);
void tl_json_array(tl_json *j, const char *name);
void tl_json_end(tl_json *j); /* closes the innermost object or array */
void tl_json_text(tl_json *j, const char *name, const char *v); /* NULL writes null */
void tl_json_number(tl_json *j, const char *name, double v);    /* not finite writes null */
/* Decimal text made elsewhere, as a number exactly as it stands ("73.10"); text that RFC 8259 does
 * not take for a number (section 6) is written as text. */
void tl_json_exact(tl_json *j, const char *name, const char *decimal);
bool tl_json_is_number(const char *text);
void tl_json_int(tl_json *j, const char *name, int64_t v);
void tl_json_bool(tl_json *j, const char *name, bool v);
void tl_json_null(tl_json *j, const char *name);

#endif

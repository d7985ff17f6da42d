/* json_read.h - reading JSON (RFC 8259), with words for what is wrong.
 *
 * A document is parsed whole. Values are small handles, passed and copied freely, valid until the
 * document is freed. Asking a handle for what it is not is an error that names the place as a path
 * and says what was found and what was expected:
 * "bom.json: $.parts[3].mass_kg: text 'heavy', expected a number".
 * A member that is not there gives a handle too, so that checks need not be written twice. */
#ifndef TL_FORMAT_JSON_READ_H
#define TL_FORMAT_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct tl_json_doc tl_json_doc; /* immutable once read; any number of threads */

/* All zero = defaults. */
typedef struct tl_json_limits {
    size_t max_bytes; /* 0: 64 MiB */
    unsigned depth;   /* nested objects and arrays; 0: 64; at most 512 */
} tl_json_limits;

typedef struct tl_json_value {
    const tl_json_doc *doc;
    const void *node;   /* private; NULL: missing */
    const void *parent; /* private; the object or array it is in */
    const char *name;   /* its member name, or NULL; borrowed */
    size_t index;       /* its place in an array */
} tl_json_value;

/* Parses n bytes; name stands for them in messages. limits may be NULL. TL_EINPUT with
 * "name:line:column: " for what is no JSON, a repeated member name, a number beyond double or
 * int64, too deep or too large; *out is NULL then. The bytes are not needed afterwards. */
TL_MUST_CHECK tl_status tl_json_read(tl_json_doc **out, const char *name, const char *text,
                                     size_t n, const tl_json_limits *limits, tl_error *err);

/* The same from a file; TL_ENOTFOUND, TL_EIO. */
TL_MUST_CHECK tl_status tl_json_read_file(tl_json_doc **out, const char *path,
                                          const tl_json_limits *limits, tl_error *err);
void tl_json_doc_free(tl_json_doc *doc);

tl_json_value tl_json_root(const tl_json_doc *doc);

/* Member of an object; missing if there is none, or v is no object. name is borrowed. */
tl_json_value tl_json_get(tl_json_value v, const char *name);

/* Element of an array; missing beyond its end, or v is no array. */
tl_json_value tl_json_item(tl_json_value v, size_t i);

/* Number of elements or members; 0 for anything else. */
size_t tl_json_count(tl_json_value v);

/* Walks the members of an object in the order of the text: *iterator starts as NULL, member->name
 * is the name. False at the end, or where there is no object. */
bool tl_json_member_next(tl_json_value object, void **iterator, tl_json_value *member);

bool tl_json_missing(tl_json_value v); /* not there, or null */

/* What the value is, checked; texts are borrowed from the document. */
TL_MUST_CHECK tl_status tl_json_as_text(tl_json_value v, const char **out, tl_error *err);
TL_MUST_CHECK tl_status tl_json_as_number(tl_json_value v, double *out, tl_error *err);
TL_MUST_CHECK tl_status tl_json_as_int(tl_json_value v, int64_t lo, int64_t hi, int64_t *out,
                                       tl_error *err);
TL_MUST_CHECK tl_status tl_json_as_bool(tl_json_value v, bool *out, tl_error *err);
TL_MUST_CHECK tl_status tl_json_as_object(tl_json_value v, tl_error *err);
TL_MUST_CHECK tl_status tl_json_as_array(tl_json_value v, tl_error *err);

/* TL_EINPUT with "name: path: " before the formatted text. */
tl_status tl_json_fail(tl_json_value v, tl_error *err, const char *fmt, ...) TL_PRINTF(3, 4);

#endif

/* yaml.h - YAML into a struct by a schema of libcyaml: an unknown, missing or wrong field is an
 * error with its line. Schemas stand with what they describe; how libcyaml is listened to, here. */
#ifndef TL_FORMAT_YAML_H
#define TL_FORMAT_YAML_H

#include <cyaml/cyaml.h>

#include "base/error.h"

/* Reads n bytes into what the schema describes; *out is NULL on failure, and where the text is
 * empty. Aliases are refused: they can make a small file unfold into a huge one. TL_EINPUT says
 * what is wrong and on which line. */
TL_MUST_CHECK tl_status tl_yaml_load(void **out, const char *data, size_t n,
                                     const cyaml_schema_value_t *schema, tl_error *err);

/* The line on which a key stands, 0: none. What is behind the first blank of key does not count, so
 * that a message which begins with the name of a field can be placed. */
unsigned tl_yaml_line_of(const char *key, const char *data, size_t n);

/* Releases what was loaded with the same schema; NULL is fine. */
void tl_yaml_free(void *value, const cyaml_schema_value_t *schema);

#endif

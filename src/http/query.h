/* query.h - the query of an address ("by=maker&year=2024") as names and values. */
#ifndef TL_HTTP_QUERY_H
#define TL_HTTP_QUERY_H

#include "base/memory.h"

typedef struct tl_http_pair {
    const char *name, *value; /* decoded, in the arena */
} tl_http_pair;

/* Splits a query as application/x-www-form-urlencoded has it: '+' is a blank, a name without '='
 * has the value "". TL_EINPUT for what is no UTF-8 or holds a NUL once decoded, and for more than
 * `most` pairs. */
TL_MUST_CHECK tl_status tl_http_query_split(const char *query, size_t most, tl_arena *arena,
                                            const tl_http_pair **out, size_t *n, tl_error *err);

/* A path without its escapes; '+' stays. TL_EINPUT as above. */
TL_MUST_CHECK tl_status tl_http_path_decode(const char *path, tl_arena *arena, const char **out,
                                            tl_error *err);

#endif

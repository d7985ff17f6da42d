/* route.h - which handler answers a method and a path.
 *
 * Patterns are paths with named places: "/api/v1/records/{id}/versions". A place takes one segment,
 * never an empty one; "{path...}" as the last takes all that is left. A fixed segment goes before a
 * place, so "/records/new" is never taken for an id. */
#ifndef TL_HTTP_ROUTE_H
#define TL_HTTP_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

typedef enum tl_http_method {
    TL_HTTP_GET, /* and HEAD: the same without a body */
    TL_HTTP_POST,
    TL_HTTP_PUT,
    TL_HTTP_PATCH,
    TL_HTTP_DELETE,
    TL_HTTP_METHODS
} tl_http_method;

/* "GET", ... */
const char *tl_http_method_name(tl_http_method m);

typedef struct tl_http_route {
    tl_http_method method;
    const char *pattern;
    const void *data; /* the caller's */
} tl_http_route;

enum { TL_HTTP_PARAMS = 8 };

/* What the places of a pattern held, in their order. */
typedef struct tl_http_match {
    size_t route;     /* place in the list given */
    unsigned allowed; /* bit set of methods the path has, where the method did not fit */
    const char *names[TL_HTTP_PARAMS];
    const char *values[TL_HTTP_PARAMS]; /* in the arena */
    size_t n;
} tl_http_match;

typedef struct tl_http_routes tl_http_routes;

/* Prepares n routes, which must outlive it. TL_ECONFLICT names two that answer the same
 * requests, TL_EINPUT a pattern that is none. Owned by the caller; immutable, any number of
 * threads. */
TL_MUST_CHECK tl_status tl_http_routes_new(tl_http_routes **out, const tl_http_route *routes,
                                           size_t n, tl_error *err);
void tl_http_routes_free(tl_http_routes *r);

/* TL_ENOTFOUND for a path nobody has, TL_ECONFLICT for one with other methods only (out->allowed
 * tells which). path is decoded. */
TL_MUST_CHECK tl_status tl_http_routes_find(const tl_http_routes *r, tl_http_method method,
                                            const char *path, tl_arena *arena, tl_http_match *out,
                                            tl_error *err);

/* The value of a place, "" if the pattern has none of that name. */
const char *tl_http_param(const tl_http_match *m, const char *name);

#endif

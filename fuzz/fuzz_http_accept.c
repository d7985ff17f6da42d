/* fuzz_http_accept.c - what src/http reads itself: Accept, Accept-Language, lists of entity tags,
 * paths against routes. The first line of an input is the header, the rest the path. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "http/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const tl_http_route rows[] = {
    { TL_HTTP_GET, "/", NULL },
    { TL_HTTP_GET, "/api/v1/companies", NULL },
    { TL_HTTP_GET, "/api/v1/companies/{company}", NULL },
    { TL_HTTP_POST, "/api/v1/companies/import", NULL },
    { TL_HTTP_POST, "/api/v1/companies/{company}/evidence/{evidence}/withdraw", NULL },
    { TL_HTTP_GET, "/assets/{path...}", NULL },
};
static tl_http_routes *routes; /* one table for all inputs */

/* Whatever is asked for, an offer or none is chosen; what is not asked for, never. */
static void choose(const char *header)
{
    static const char *const types[] = { "application/json", "text/csv; charset=utf-8",
                                         "image/svg+xml" };
    static const char *const languages[] = { "en", "zh" };
    size_t type = tl_http_accept(header, types, 3);
    size_t language = tl_http_accept_language(header, languages, 2);
    if ((type >= 3 && type != SIZE_MAX) || language > 2)
        abort();
    if (!*header && (type != 0 || language != 2))
        abort();
    if (!strchr(header, '*') && *header && !strchr(header, '/') && type != SIZE_MAX)
        abort();
}

/* A tag alone is in the list that holds it alone, weak or not; nothing is in an empty list. */
static void tags(const char *header)
{
    if (tl_http_etag_listed("", header) && *header)
        abort();
    if (*header && !strpbrk(header, ", \t") && !tl_http_etag_listed(header, header))
        abort();
    (void)tl_http_etag_listed(header, "\"664ac561b757546f3612cd857341d313\"");
}

/* A place holds a whole segment of the path, the rest all that follows. */
static void find(const char *path)
{
    tl_arena *arena = NULL;
    tl_http_match match;
    if (!routes && tl_http_routes_new(&routes, rows, sizeof rows / sizeof *rows, NULL) != TL_OK)
        abort();
    if (tl_arena_new(&arena, 0, NULL) != TL_OK)
        abort();
    for (tl_http_method m = 0; m < TL_HTTP_METHODS; m++) {
        tl_status st = tl_http_routes_find(routes, m, path, arena, &match, NULL);
        if (st != TL_OK && st != TL_ENOTFOUND && st != TL_ECONFLICT)
            abort();
        for (size_t i = 0; st == TL_OK && i < match.n; i++)
            if (!*match.values[i] || !strstr(path, match.values[i]) ||
                (strcmp(match.names[i], "path") != 0 && strchr(match.values[i], '/')))
                abort();
        if (st == TL_OK && rows[match.route].method != m)
            abort();
    }
    tl_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[1024];
    if (size >= sizeof text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    char *path = strchr(text, '\n');
    if (path)
        *path++ = '\0';
    choose(text);
    tags(text);
    find(path ? path : "/");
    return 0;
}

/* accept.c - what a client would rather have: Accept and Accept-Language (RFC 9110, 12.5). */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "http/request.h"

/* Quality of a list element in thousandths: ";q=0.5" is 500, none is 1000, what is none is 0. */
static int quality(tl_span params)
{
    tl_span piece;
    while (tl_span_split(&params, ';', &piece)) {
        piece = tl_span_trim(piece);
        if (piece.n < 3 || (piece.p[0] | 0x20) != 'q' || piece.p[1] != '=')
            continue;
        int q = 0, scale = 1000;
        bool point = false;
        for (size_t i = 2; i < piece.n && scale > 0; i++) {
            char c = piece.p[i];
            if (c == '.' && !point) {
                point = true;
                continue;
            }
            if (c < '0' || c > '9')
                return 0;
            q += (c - '0') * scale;
            scale /= 10;
        }
        return q > 1000 ? 1000 : q;
    }
    return 1000;
}

static bool same(tl_span a, const char *b, size_t n)
{
    return a.n == n && strncasecmp(a.p, b, n) == 0;
}

/* How exactly a range names a type: 3 itself, 2 its main type, 1 anything, 0 not. */
static int names_type(tl_span range, const char *type)
{
    const char *slash = strchr(type, '/');
    size_t main = slash ? (size_t)(slash - type) : strlen(type);
    size_t bare = strcspn(type, ";");
    if (same(range, type, bare))
        return 3;
    if (range.n == main + 2 && strncasecmp(range.p, type, main + 1) == 0 &&
        range.p[main + 1] == '*')
        return 2;
    return same(range, "*/*", 3);
}

/* "zh-CN" and "zh" name zh; "*" anything. */
static int names_language(tl_span range, const char *language)
{
    size_t n = strlen(language);
    if (range.n >= n && strncasecmp(range.p, language, n) == 0 &&
        (range.n == n || range.p[n] == '-'))
        return 3;
    return same(range, "*", 1);
}

/* The quality of one offer: that of the element that names it most exactly. */
static int offer(const char *header, const char *what, int (*names)(tl_span, const char *))
{
    tl_span rest = tl_span_of(header), element;
    int best = 0, q = 0;
    while (tl_span_split(&rest, ',', &element)) {
        const char *semicolon = memchr(element.p, ';', element.n);
        size_t n = semicolon ? (size_t)(semicolon - element.p) : element.n;
        tl_span range = tl_span_trim((tl_span){ element.p, n });
        tl_span params = { element.p + n, element.n - n };
        int exact = names(range, what);
        if (exact > best) {
            best = exact;
            q = quality(params);
        }
    }
    return q;
}

static size_t choose(const char *header, const char *const *offers, size_t n,
                     int (*names)(tl_span, const char *))
{
    size_t best = SIZE_MAX;
    int highest = 0;
    for (size_t i = 0; i < n; i++) {
        int q = offer(header, offers[i], names);
        if (q > highest) {
            highest = q;
            best = i;
        }
    }
    return best;
}

size_t tl_http_accept(const char *header, const char *const *types, size_t n)
{
    return header && *header ? choose(header, types, n, names_type) : 0;
}

size_t tl_http_accept_language(const char *header, const char *const *languages, size_t n)
{
    size_t i = header && *header ? choose(header, languages, n, names_language) : SIZE_MAX;
    return i == SIZE_MAX ? n : i;
}

bool tl_http_wants_chinese(const tl_http_request *rq)
{
    static const char *const languages[] = { "en", "zh" };
    const char *said = tl_http_query(rq, "lang");
    if (said)
        return strcmp(said, "zh") == 0;
    return tl_http_accept_language(tl_http_header(rq, "Accept-Language"), languages, 2) == 1;
}

/* text.h - pieces of UTF-8 text without copying. */
#ifndef TL_BASE_TEXT_H
#define TL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A borrowed piece of text: not NUL-terminated, valid as long as what it points into. */
typedef struct tl_span {
    const char *p;
    size_t n;
} tl_span;

#define TL_SPAN_FMT "%.*s"
#define TL_SPAN_ARG(s) (int)((s).n > 200 ? 200 : (s).n), (s).p

tl_span tl_span_of(const char *s);
tl_span tl_span_trim(tl_span s); /* without leading and trailing blanks and tabs */
bool tl_span_is(tl_span s, const char *text);
bool tl_span_equal(tl_span a, tl_span b);

/* Next piece of *rest up to sep; *rest moves behind it. False when nothing is left. */
bool tl_span_split(tl_span *rest, char sep, tl_span *piece);

bool tl_text_equal(const char *a, const char *b); /* NULL equals only NULL */
bool tl_text_starts(const char *s, const char *prefix);

/* Byte offset of the first byte that is not well-formed UTF-8 (RFC 3629), or n if all is well. */
size_t tl_utf8_valid(const char *s, size_t n);

/* True for well-formed UTF-8 without control characters (C0, DEL, C1); lines allows tab and line
 * ends. What people type and what messages may show. */
bool tl_text_plain(const char *s, bool lines);

/* Columns a terminal needs for s: 2 for Chinese, kana, hangul and full-width forms, 1 for others.
 */
size_t tl_text_width(const char *s);

/* Decodes one code point at s (n > 0 bytes left); *len its bytes. Malformed: U+FFFD, *len 1. */
uint32_t tl_utf8_next(const char *s, size_t n, size_t *len);

#endif

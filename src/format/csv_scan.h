/* csv_scan.h - finds the bytes that shape a record, 64 at a time.
 *
 * A mark is a separator, quote, line end or NUL. Marks are found for a whole block with vector
 * compares and then handed out one by one, so plain cell text costs a fraction of a cycle a byte.
 * GB18030 needs no care here: its second and fourth bytes are 0x30-0x39, 0x40-0x7E, 0x80-0xFE, and
 * none of the marks lies there (GB 18030-2005, section 5). */
#ifndef TL_FORMAT_CSV_SCAN_H
#define TL_FORMAT_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { TL_CSV_BLOCK = 64 };

typedef struct tl_csv_scan {
    const char *data;
    size_t n;
    size_t stop;       /* scanning ends here, at most n */
    size_t base;       /* where the current block begins */
    uint64_t marks;    /* marks of the block not yet handed out, bit 0 = base */
    uint64_t high;     /* bytes of the block above 0x7F */
    bool beyond_ascii; /* such a byte was met since the record began, or close before */
    char separator;
} tl_csv_scan;

#ifdef __SSE2__

static inline void tl_csv_scan_block(tl_csv_scan *s, const char *p)
{
    const __m128i separator = _mm_set1_epi8(s->separator), quote = _mm_set1_epi8('"'),
                  feed = _mm_set1_epi8('\n'), back = _mm_set1_epi8('\r'),
                  zero = _mm_setzero_si128();
    uint64_t marks = 0, high = 0;
    for (size_t i = 0; i < 4; i++) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
        __m128i m = _mm_or_si128(_mm_cmpeq_epi8(v, separator), _mm_cmpeq_epi8(v, quote));
        m = _mm_or_si128(m, _mm_or_si128(_mm_cmpeq_epi8(v, feed), _mm_cmpeq_epi8(v, back)));
        m = _mm_or_si128(m, _mm_cmpeq_epi8(v, zero));
        marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(m) << (16 * i);
        high |= (uint64_t)(uint32_t)_mm_movemask_epi8(v) << (16 * i);
    }
    s->marks = marks;
    s->high = high;
}

#else

static inline void tl_csv_scan_block(tl_csv_scan *s, const char *p)
{
    uint64_t marks = 0, high = 0;
    for (int i = 0; i < TL_CSV_BLOCK; i++) {
        char c = p[i];
        bool mark = c == s->separator || c == '"' || c == '\n' || c == '\r' || c == '\0';
        marks |= (uint64_t)mark << i;
        high |= (uint64_t)((unsigned char)c >> 7) << i;
    }
    s->marks = marks;
    s->high = high;
}

#endif

static inline void tl_csv_scan_load(tl_csv_scan *s)
{
    char tail[TL_CSV_BLOCK];
    size_t left = s->n - s->base;
    if (left >= TL_CSV_BLOCK) {
        tl_csv_scan_block(s, s->data + s->base);
        return;
    }
    memset(tail, 'x', sizeof tail); /* no mark: the end of data is found by its place */
    memcpy(tail, s->data + s->base, left);
    tl_csv_scan_block(s, tail);
}

/* Starts again at place `at`. */
static inline void tl_csv_scan_seek(tl_csv_scan *s, size_t at)
{
    s->base = at;
    s->marks = s->high = 0;
    if (at < s->n)
        tl_csv_scan_load(s);
}

/* A record begins at `at`, not before the current block. */
static inline void tl_csv_scan_record(tl_csv_scan *s, size_t at, size_t stop)
{
    if (at - s->base >= TL_CSV_BLOCK)
        tl_csv_scan_seek(s, at);
    s->stop = stop;
    s->marks &= ~UINT64_C(0) << (at - s->base);
    s->beyond_ascii = s->high >> (at - s->base) != 0;
}

/* Place of the next mark, or stop where there is none before it. */
static inline size_t tl_csv_scan_next(tl_csv_scan *s)
{
    while (s->marks == 0) {
        if (s->base >= s->stop || s->stop - s->base <= TL_CSV_BLOCK)
            return s->stop;
        s->base += TL_CSV_BLOCK;
        tl_csv_scan_load(s);
        s->beyond_ascii |= s->high != 0;
    }
    size_t at = s->base + (size_t)__builtin_ctzll(s->marks);
    if (at >= s->stop)
        return s->stop;
    s->marks &= s->marks - 1;
    return at;
}

#endif

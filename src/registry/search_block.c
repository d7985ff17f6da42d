/* search_block.c - packing and reading of words with their places. */
#include "registry/search_block.h"

#include <string.h>

enum { RISING = 0, BITS = 1 };

static void put_number(tl_buf *out, uint64_t v)
{
    char bytes[10];
    size_t n = 0;
    for (; v >= 0x80; v >>= 7)
        bytes[n++] = (char)(unsigned char)(v | 0x80);
    bytes[n++] = (char)v;
    tl_buf_add(out, bytes, n);
}

/* The number at *p, which moves behind it; false at the end or above 35 bits. */
static inline bool take_number(const unsigned char **p, const unsigned char *end, uint64_t *v)
{
    *v = 0;
    for (unsigned shift = 0; shift < 35 && *p < end; shift += 7) {
        unsigned char byte = *(*p)++;
        *v |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

bool tl_block_next(tl_block_reader *r)
{
    uint64_t shared, own, list;
    if (r->p == r->end || r->damaged)
        return false;
    r->damaged = true;
    if (!take_number(&r->p, r->end, &shared) || !take_number(&r->p, r->end, &own) ||
        shared > r->word_len || shared + own > TL_BLOCK_WORD_MAX || own > (uint64_t)(r->end - r->p))
        return false;
    memcpy(r->word + shared, r->p, (size_t)own);
    r->p += own;
    r->word_len = (size_t)(shared + own);
    r->word[r->word_len] = '\0';
    if (!take_number(&r->p, r->end, &list) || list > (uint64_t)(r->end - r->p))
        return false;
    r->list = r->p;
    r->list_len = (size_t)list;
    r->p += list;
    r->damaged = false;
    return true;
}

void tl_block_add(tl_buf *block, const char *before, size_t before_len, const char *word, size_t n,
                  const void *list, size_t list_len)
{
    size_t shared = 0;
    while (shared < before_len && shared < n && before[shared] == word[shared])
        shared++;
    put_number(block, shared);
    put_number(block, n - shared);
    tl_buf_add(block, word + shared, n - shared);
    put_number(block, list_len);
    tl_buf_add(block, list, list_len);
}

static size_t bytes_of(size_t places)
{
    return (places + 7) / 8;
}

static void put_bits(tl_buf *out, const uint64_t *bits, size_t places)
{
    size_t n = bytes_of(places);
    char eight[8];
    tl_buf_char(out, BITS);
    for (size_t at = 0; at < n; at += 8) { /* low byte first on every machine */
        for (size_t i = 0; i < 8; i++)
            eight[i] = (char)(unsigned char)(bits[at / 8] >> 8 * i);
        tl_buf_add(out, eight, n - at < 8 ? n - at : 8);
    }
}

static bool bits_are_better(size_t rising, size_t places, bool quick)
{
    return rising > bytes_of(places) / (quick ? 8 : 1);
}

void tl_block_pack(tl_buf *out, const uint64_t *bits, size_t places, bool quick)
{
    size_t count = 0;
    uint64_t behind = 0; /* the place before, plus one */
    for (size_t i = 0; i < (places + 63) / 64; i++)
        count += (size_t)__builtin_popcountll(bits[i]);
    if (bits_are_better(count, places, quick)) {
        put_bits(out, bits, places);
        return;
    }
    tl_buf_char(out, RISING);
    for (size_t i = 0; i < (places + 63) / 64; i++)
        for (uint64_t left = bits[i]; left; left &= left - 1) {
            uint64_t place = i * 64 + (size_t)__builtin_ctzll(left);
            put_number(out, place + 1 - behind);
            behind = place + 1;
        }
}

void tl_block_repack(tl_buf *out, const unsigned char *rising, size_t n, size_t places, bool quick,
                     uint64_t *scratch)
{
    const unsigned char *p = rising;
    uint64_t behind = 0, step;
    if (!bits_are_better(n, places, quick)) {
        tl_buf_char(out, RISING);
        tl_buf_add(out, (const char *)rising, n);
        return;
    }
    memset(scratch, 0, (places + 63) / 64 * sizeof *scratch);
    while (take_number(&p, rising + n, &step)) {
        behind += step;
        if (behind - 1 < places)
            scratch[(behind - 1) / 64] |= (uint64_t)1 << (behind - 1) % 64;
    }
    put_bits(out, scratch, places);
}

/* Eight bytes of a list of bits, fewer at its end. */
static inline uint64_t word_at(const unsigned char *p, size_t n)
{
    uint64_t w = 0;
    if (n >= 8) {
        for (unsigned i = 0; i < 8; i++) /* a load, for the compiler */
            w |= (uint64_t)p[i] << 8 * i;
        return w;
    }
    for (size_t i = 0; i < n; i++)
        w |= (uint64_t)p[i] << 8 * i;
    return w;
}

bool tl_block_mark(uint64_t *bits, size_t places, const unsigned char *list, size_t n)
{
    const unsigned char *p = list + 1, *end = list + n;
    uint64_t behind = 0, step;
    if (n == 0 || *list > BITS)
        return false;
    if (*list == BITS) {
        if (n - 1 != bytes_of(places))
            return false;
        for (size_t at = 0; at < n - 1; at += 8)
            bits[at / 8] |= word_at(p + at, n - 1 - at);
        return true;
    }
    while (p < end) {
        if (!take_number(&p, end, &step) || step == 0 || (behind += step) > places)
            return false;
        bits[(behind - 1) / 64] |= (uint64_t)1 << (behind - 1) % 64;
    }
    return true;
}

size_t tl_block_meet(const uint64_t *bits, size_t places, const unsigned char *list, size_t n,
                     bool *damaged)
{
    const unsigned char *p = list + 1, *end = list + n;
    uint64_t behind = 0, step;
    size_t count = 0;
    *damaged = *damaged || n == 0 || *list > BITS || (*list == BITS && n - 1 != bytes_of(places));
    if (*damaged)
        return 0;
    if (*list == BITS) {
        for (size_t at = 0; at < n - 1; at += 8)
            count += (size_t)__builtin_popcountll(bits[at / 8] & word_at(p + at, n - 1 - at));
        return count;
    }
    while (p < end && !*damaged) {
        *damaged = !take_number(&p, end, &step) || step == 0 || (behind += step) > places;
        if (!*damaged)
            count += bits[(behind - 1) / 64] >> (behind - 1) % 64 & 1;
    }
    return count;
}

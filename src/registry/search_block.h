/* search_block.h - how the words of a segment and their places are packed.
 *
 * A block holds words in byte order, each as: bytes it shares with the word before, bytes of its
 * own, those bytes, bytes of its list, the list. Numbers have seven bits a byte, low ones first,
 * the high bit set on all but the last byte. A list is either a 0 and rising places as in
 * factor/places.h, or a 1 and a bit for each place of the segment: a word of every second object
 * then takes an eighth of a byte an object and is met with others 64 at a time. */
#ifndef TL_REGISTRY_SEARCH_BLOCK_H
#define TL_REGISTRY_SEARCH_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum {
    TL_BLOCK_WORD_MAX = 512,   /* bytes of a word */
    TL_BLOCK_BYTES = 3500,     /* a block is closed when it is as long: it fits a page of SQLite */
    TL_BLOCK_LIST_ALONE = 1000 /* a list as long begins a block of its own */
};

/* Reads a block word by word. Zero it but for p and end. */
typedef struct tl_block_reader {
    const unsigned char *p, *end;
    char word[TL_BLOCK_WORD_MAX + 1]; /* NUL-terminated */
    size_t word_len;
    const unsigned char *list; /* in the block */
    size_t list_len;
    bool damaged;
} tl_block_reader;

/* The next word and its list; false at the end, or where the bytes make no sense (damaged). */
bool tl_block_next(tl_block_reader *r);

/* Appends a word to the block at hand, whose last word is before[0..before_len). */
void tl_block_add(tl_buf *block, const char *before, size_t before_len, const char *word, size_t n,
                  const void *list, size_t list_len);

/* Packs the set bits of bits[0..places) as a list, in the shorter way. quick: a bit for each place
 * already where that takes eight times the bytes. */
void tl_block_pack(tl_buf *out, const uint64_t *bits, size_t places, bool quick);

/* The same for places that are already packed as in factor/places.h; scratch: bits for them all. */
void tl_block_repack(tl_buf *out, const unsigned char *rising, size_t n, size_t places, bool quick,
                     uint64_t *scratch);

/* Sets the bits of the list; places beyond `places` are left out. False if the list is damaged. */
bool tl_block_mark(uint64_t *bits, size_t places, const unsigned char *list, size_t n);

/* How many places of the list are set in bits; *damaged becomes true where it is. */
size_t tl_block_meet(const uint64_t *bits, size_t places, const unsigned char *list, size_t n,
                     bool *damaged);

#endif

/* fuzz_search_block.c - any bytes as a block of words and places, as a damaged database could hold.
 */
#include <stdint.h>
#include <stdlib.h>

#include "registry/search_block.h"

enum { PLACES = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t bits[(PLACES + 63) / 64] = { 0 };
    tl_block_reader r = { .p = data, .end = data + size };
    while (tl_block_next(&r)) {
        bool damaged = false;
        bool whole = tl_block_mark(bits, PLACES, r.list, r.list_len);
        size_t n = tl_block_meet(bits, PLACES, r.list, r.list_len, &damaged);
        if (whole == damaged || n > PLACES || r.word_len > TL_BLOCK_WORD_MAX)
            abort();
    }
    return 0;
}

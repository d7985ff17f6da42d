/* fuzz_pcf_message.c - footprint messages as JSON: whatever comes in, findings or an error. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "intake/pcf_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_arena *arena = NULL;
    const tl_pcf_message *all;
    size_t n;
    if (tl_arena_new(&arena, (size_t)64 << 20, NULL) != TL_OK)
        return 0;
    if (tl_pcf_messages_check("input", (const char *)data, size, arena, &all, &n, NULL) == TL_OK)
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < all[i].n; k++)
                if (!all[i].findings[k].path || !all[i].findings[k].en)
                    abort();
    tl_arena_free(arena);
    return 0;
}

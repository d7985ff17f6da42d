/* fuzz_record_json.c - one record as JSON: whatever comes in, a checked record or an error. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "intake/record_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_arena *arena = NULL;
    tl_record r;
    if (tl_arena_new(&arena, (size_t)64 << 20, NULL) != TL_OK)
        return 0;
    tl_error err = { 0 };
    if (tl_record_json_parse("input", (const char *)data, size, arena, &r, &err) == TL_OK &&
        tl_record_check(&r, NULL) != TL_OK)
        abort();
    tl_arena_free(arena);
    return 0;
}

/* fuzz_disclosure_id.c - any text as a disclosure id; what is read and written is read the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "registry/disclosure_id.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const char *a, const char *b)
{
    if (strcmp(a, b) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[400];
    tl_disclosure_id id, again;
    tl_arena *arena = NULL;
    if (size >= sizeof text || tl_arena_new(&arena, 0, NULL) != TL_OK)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    if (tl_disclosure_id_parse(&id, text, arena, NULL) == TL_OK) {
        const char *out = tl_disclosure_id_format(&id, arena);
        if (!out || !tl_text_plain(out, false) ||
            tl_disclosure_id_parse(&again, out, arena, NULL) != TL_OK)
            abort();
        same(out, id.text);
        same(again.text, id.text);
        same(again.serial, id.serial);
        if (again.parsed != id.parsed)
            abort();
    } else if (strlen(text) <= 200 && tl_text_plain(text, false)) {
        abort(); /* nothing else is refused */
    }
    tl_arena_free(arena);
    return 0;
}

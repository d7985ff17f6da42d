/* fuzz_api_key.c - the text of an API key: taken apart and put together again it is the same, and
 * what nobody made opens nothing. The same bytes as a session's token, too. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "account/api_key.h"
#include "account/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One empty database for all inputs. */
static tl_store *store;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[256], id[TL_KEY_ID], secret[TL_SECRET_TEXT], again[TL_API_KEY_TEXT];
    tl_arena *arena = NULL;
    tl_viewer v;
    tl_session session;
    bool due;
    if (size >= sizeof text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    if ((!store && tl_store_open(&store, ":memory:", NULL, NULL) != TL_OK) ||
        tl_arena_new(&arena, 0, NULL) != TL_OK)
        abort();
    if (tl_api_key_parse(text, id, secret)) {
        snprintf(again, sizeof again, "tl_%s_%s", id, secret);
        if (strcmp(text, again) != 0)
            abort();
    } else if (*id || *secret) {
        abort();
    }
    if (tl_api_key_viewer(store, text, 1000, arena, &v, &due, NULL) != TL_EFORBIDDEN || due ||
        v.rights != TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) ||
        tl_session_use(store, text, 1000, arena, &session, NULL) != TL_EFORBIDDEN)
        abort();
    tl_arena_free(arena);
    return 0;
}

/* fuzz_search_text.c - any text as a question, and an object that is called so is found by it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "registry/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has(const tl_found *found, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(found[i].id, id) == 0)
            return true;
    return false;
}

static void need(tl_status st)
{
    if (st != TL_OK)
        abort();
}

/* Asks before and after an object of that name was put. */
static void ask(tl_store *s, const char *text, tl_arena *arena)
{
    const tl_found object = { .kind = TL_FOUND_PCF, .id = "called-so", .title_en = text };
    const tl_found *found;
    size_t n;
    tl_status st = tl_search_find(s, text, 0, 3, arena, &found, &n, NULL);
    if (st == TL_EINPUT || !*text)
        return;
    need(st);
    need(tl_store_begin(s, NULL));
    if (tl_search_put(s, &object, "", 1, NULL) == TL_OK) {
        bool words = n > 0;
        need(tl_search_find(s, "called so", 0, 3, arena, &found, &n, NULL));
        if (!has(found, n, "called-so"))
            abort();
        need(tl_search_find(s, text, 0, 3, arena, &found, &n, NULL));
        if ((words || n > 0) && !has(found, n, "called-so"))
            abort();
    }
    tl_store_rollback(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static tl_store *s; /* opening one takes milliseconds; every input leaves it as it was */
    tl_arena *arena;
    if (size > 1000 || tl_utf8_valid((const char *)data, size) != size || memchr(data, 0, size))
        return 0;
    if (!s) {
        const tl_found maker = { TL_FOUND_COMPANY, "geely-auto", "Geely Auto", "吉利汽车", "CN" };
        need(tl_store_open(&s, ":memory:", NULL, NULL));
        need(tl_store_begin(s, NULL));
        need(tl_search_put(s, &maker, "Geely\n吉利", 0, NULL));
        need(tl_store_commit(s, NULL));
    }
    need(tl_arena_new(&arena, 0, NULL));
    char *text = tl_arena_copy(arena, (const char *)data, size);
    if (!text)
        abort();
    ask(s, text, arena);
    tl_arena_free(arena);
    return 0;
}

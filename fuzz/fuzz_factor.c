/* fuzz_factor.c - a file of factors from outside, loaded and searched; and a damaged word index.
 *
 * The first byte chooses: 0 feeds the packed lists, anything else the loader, with the rest as the
 * file. */
#include <stdint.h>
#include <stdlib.h>

#include "factor/factor_priv.h"
#include "factor/places.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_places(const uint8_t *data, size_t size)
{
    tl_places list = { 0 };
    tl_error err = { 0 };
    size_t half = size / 2;
    if (tl_places_unpack(&list, data, half, &err) == TL_OK) {
        for (size_t i = 1; i < list.n; i++)
            if (list.items[i - 1] >= list.items[i])
                abort();
        size_t before = list.n;
        if (tl_places_keep(&list, data + half, size - half, &err) == TL_OK && list.n > before)
            abort();
    }
    tl_places_clear(&list);
}

/* What was loaded is found again, all of it. */
static void try_search(tl_store *s, tl_arena *arena, int64_t loaded)
{
    const tl_factor *rows;
    size_t n;
    tl_error err = { 0 };
    const tl_factor_query all = { .superseded = true, .limit = 1000000 };
    if (tl_factor_search(s, &all, arena, &rows, &n, &err) != TL_OK || (int64_t)n != loaded)
        abort();
    for (size_t i = 0; i < n && i < 4; i++) {
        const tl_factor *found;
        size_t m;
        const tl_factor_query one = {
            .text = rows[i].name_en, .region = rows[i].region, .superseded = true, .limit = 1000000
        };
        if (tl_factor_search(s, &one, arena, &found, &m, &err) == TL_OK && m == 0 &&
            rows[i].name_en[0] >= 'a' && rows[i].name_en[0] <= 'z')
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static tl_store *s; /* one for all inputs, as the units: opening costs more than they do */
    static tl_units *units;
    tl_arena *arena = NULL;
    tl_error err = { 0 };
    int64_t rows = 0;
    if (size == 0 || size > 20000)
        return 0;
    if (data[0] == 0) {
        try_places(data + 1, size - 1);
        return 0;
    }
    if ((!s && tl_store_open(&s, ":memory:", NULL, &err) != TL_OK) ||
        (!units && tl_units_new(&units, &err) != TL_OK) || tl_arena_new(&arena, 0, &err) != TL_OK ||
        tl_store_begin(s, &err) != TL_OK)
        abort();
    /* the data set is missing, which only a commit would notice */
    const tl_factor_text text = { "fuzz.csv", (const char *)data + 1, size - 1 };
    const tl_factor_batch batch = { "fuzz", "1", &text, 1, units };
    if (tl_factor_load_batch(s, &batch, &rows, &err) == TL_OK)
        try_search(s, arena, rows);
    tl_store_rollback(s);
    tl_arena_free(arena);
    return 0;
}

/* fuzz_words.c - the word cutter: words are UTF-8, none twice, and a text is found by itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "format/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has(const tl_words *words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words->items[i], word) == 0)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_word_cutter *cutter;
    tl_arena *arena;
    tl_words index, query;
    if (size > 2000)
        return 0;
    if (tl_word_cutter_new(&cutter, NULL) != TL_OK || tl_arena_new(&arena, 0, NULL) != TL_OK)
        abort();
    const char *text = (const char *)data;
    if (tl_words_cut(cutter, text, size, TL_WORDS_INDEX, arena, &index, NULL) != TL_OK ||
        tl_words_cut(cutter, text, size, TL_WORDS_QUERY, arena, &query, NULL) != TL_OK)
        abort();
    for (size_t i = 0; i < index.n; i++) {
        const char *word = index.items[i];
        size_t n = strlen(word);
        if (n == 0 || tl_utf8_valid(word, n) != n || has(&index, i, word))
            abort();
    }
    for (size_t i = 0; i < query.n; i++)
        if (!has(&index, index.n, query.items[i]) || has(&query, i, query.items[i]))
            abort();
    tl_arena_free(arena);
    tl_word_cutter_free(cutter);
    return 0;
}

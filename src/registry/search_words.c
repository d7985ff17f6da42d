/* search_words.c - the words of an object: as written, without marks, in pinyin, and how they
 * begin. */
#include <string.h>

#include "base/text.h"
#include "factor/index.h"
#include "registry/search_priv.h"

enum { FIRST_CHINESE = 0x2E80 }; /* below it alphabets, above it CJK */

tl_status tl_search_cutter_init(tl_search_cutter *c, tl_error *err)
{
    *c = (tl_search_cutter){ 0 };
    tl_status st = tl_word_cutter_new(&c->words, err);
    if (st == TL_OK)
        st = tl_pinyin_new(&c->pinyin, err);
    if (st == TL_OK)
        st = tl_arena_new(&c->scratch, 0, err);
    if (st != TL_OK)
        tl_search_cutter_clear(c);
    return st;
}

void tl_search_cutter_clear(tl_search_cutter *c)
{
    tl_word_cutter_free(c->words);
    tl_pinyin_free(c->pinyin);
    tl_arena_free(c->scratch);
    *c = (tl_search_cutter){ 0 };
}

bool tl_search_word_grows(const char *word)
{
    size_t bytes;
    return *word && tl_utf8_next(word, strlen(word), &bytes) < FIRST_CHINESE;
}

bool tl_search_has_chinese(const char *text)
{
    size_t n = strlen(text), bytes;
    for (size_t i = 0; i < n; i += bytes)
        if (tl_utf8_next(text + i, n - i, &bytes) >= FIRST_CHINESE)
            return true;
    return false;
}

/* Bytes of the first `points` code points; *all where the word has no more. */
static size_t beginning(const char *word, size_t points, bool *all)
{
    size_t n = strlen(word), at = 0, bytes;
    for (; points && at < n; points--) {
        tl_utf8_next(word + at, n - at, &bytes);
        at += bytes;
    }
    *all = at == n;
    return at;
}

const char *tl_search_beginning(const char *word, tl_arena *arena, bool *full)
{
    bool all;
    beginning(word, TL_SEARCH_BEGINNING, &all);
    *full = false;
    if (!all)
        return NULL;
    const char *text = tl_arena_printf(arena, "%s*", word);
    *full = !text;
    return text;
}

/* Appends the words and their beginnings; to has room. False where memory ran out. */
static bool append(tl_words *to, const tl_words *from, tl_arena *arena)
{
    for (size_t i = 0; i < from->n; i++) {
        const char *word = from->items[i];
        bool all = false;
        to->items[to->n++] = word;
        for (size_t points = 1; points <= TL_SEARCH_BEGINNING && !all; points++) {
            size_t n = beginning(word, points, &all);
            if (!tl_search_word_grows(word))
                break;
            const char *text = tl_arena_printf(arena, "%.*s*", (int)n, word);
            if (!text)
                return false;
            to->items[to->n++] = text;
        }
    }
    return true;
}

/* Whether a word of letters has any with marks, or of another alphabet. */
static bool has_marks(const char *word)
{
    bool marks = false;
    for (const char *p = word; *p; p++)
        marks = marks || (unsigned char)*p >= 0x80;
    return marks && tl_search_word_grows(word);
}

/* The words with marks once more without them. */
static tl_status make_plain(tl_search_cutter *c, const tl_words *written, tl_words *out,
                            tl_error *err)
{
    tl_status st = TL_OK;
    *out = (tl_words){ .items = tl_arena_alloc(c->scratch, written->n + 1, sizeof *out->items) };
    if (!out->items)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < written->n && st == TL_OK; i++) {
        const char *word = "";
        if (has_marks(written->items[i]))
            st = tl_pinyin_plain(c->pinyin, written->items[i], c->scratch, &word, err);
        if (*word)
            out->items[out->n++] = word;
    }
    return st;
}

tl_status tl_search_words(tl_search_cutter *c, const char *text, tl_words *out, tl_error *err)
{
    tl_words written, spoken, plain;
    *out = (tl_words){ 0 };
    tl_status st = tl_factor_words(c->words, text, TL_WORDS_INDEX, c->scratch, &written, err);
    if (st == TL_OK)
        st = tl_pinyin_words(c->pinyin, text, c->scratch, &spoken, err);
    if (st == TL_OK)
        st = make_plain(c, &written, &plain, err);
    if (st != TL_OK)
        return st;
    size_t most = (written.n + spoken.n + plain.n) * (TL_SEARCH_BEGINNING + 1);
    out->items = tl_arena_alloc(c->scratch, most + 1, sizeof *out->items);
    if (!out->items || !append(out, &written, c->scratch) || !append(out, &spoken, c->scratch) ||
        !append(out, &plain, c->scratch))
        return tl_fail_nomem(err);
    return TL_OK;
}

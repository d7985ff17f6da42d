/* search_words.c - the words of an object: as written, without marks, in pinyin, its whole names,
 * its facets. */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "factor/index.h"
#include "registry/search_block.h"
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

tl_status tl_search_name(tl_word_cutter *c, const char *text, tl_arena *arena, tl_words *out,
                         tl_error *err)
{
    *out = (tl_words){ 0 };
    return tl_factor_words(c, text, TL_WORDS_INDEX, arena, out, err);
}

const char *tl_search_name_word(const tl_words *name, tl_arena *arena)
{
    static const char digits[] = "0123456789abcdef";
    char word[17] = { '=' };
    uint64_t hash = (uint64_t)tl_factor_name_hash(name);
    for (size_t i = 0; i < 16; i++)
        word[1 + i] = digits[hash >> 4 * i & 15];
    return tl_arena_copy(arena, word, sizeof word);
}

/* The words of one object as they come together. */
struct gathering {
    tl_search_cutter *c;
    tl_words *out; /* grows in the arena, doubling */
    size_t cap;
    tl_error *err;
};

static tl_status add(struct gathering *k, const char *word)
{
    tl_status st = tl_arena_grow(k->c->scratch, &k->out->items, &k->cap, k->out->n + 1,
                                 sizeof *k->out->items, k->err);
    if (st == TL_OK)
        k->out->items[k->out->n++] = word;
    return st;
}

/* Whether a word of letters has any with marks, or of another alphabet. */
static bool has_marks(const char *word)
{
    bool marks = false;
    for (const char *p = word; *p; p++)
        marks = marks || (unsigned char)*p >= 0x80;
    return marks && tl_search_word_grows(word);
}

/* A whole name by its words. */
static tl_status add_name(struct gathering *k, const tl_words *words)
{
    if (words->n == 0)
        return TL_OK;
    const char *word = tl_search_name_word(words, k->c->scratch);
    return word ? add(k, word) : tl_fail_nomem(k->err);
}

/* A name as it is typed. */
static tl_status add_typed(struct gathering *k, const char *name)
{
    tl_words words;
    tl_status st = tl_search_name(k->c->words, name, k->c->scratch, &words, k->err);
    return st == TL_OK ? add_name(k, &words) : st;
}

/* Words as they are written, those with marks once more without them; together they are a name. */
static tl_status add_written(struct gathering *k, const char *line)
{
    tl_words words;
    tl_status st = tl_search_name(k->c->words, line, k->c->scratch, &words, k->err);
    for (size_t i = 0; st == TL_OK && i < words.n; i++) {
        const char *plain = "";
        if ((st = add(k, words.items[i])) == TL_OK && has_marks(words.items[i]))
            st = tl_pinyin_plain(k->c->pinyin, words.items[i], k->c->scratch, &plain, k->err);
        if (st == TL_OK && *plain)
            st = add(k, plain);
    }
    return st == TL_OK ? add_name(k, &words) : st;
}

/* A line as it is written; where that has Chinese, also as it is typed, so that 铁 and tie find the
 * same first. */
static tl_status add_line(struct gathering *k, const char *line)
{
    tl_words spoken = { 0 };
    tl_pinyin_forms typed = { "", "", "" };
    tl_status st = add_written(k, line);
    if (st != TL_OK || !tl_search_has_chinese(line))
        return st;
    st = tl_pinyin_words(k->c->pinyin, line, k->c->scratch, &spoken, k->err);
    for (size_t i = 0; i < spoken.n && st == TL_OK; i++)
        st = add(k, spoken.items[i]);
    if (st == TL_OK)
        st = tl_pinyin_read(k->c->pinyin, line, k->c->scratch, &typed, k->err);
    if (st == TL_OK && (st = add_typed(k, typed.joined)) == TL_OK &&
        strcmp(typed.syllables, typed.joined) != 0)
        st = add_typed(k, typed.syllables);
    return st;
}

/* The next line of *text, in the arena; NULL when out of memory. */
static const char *next_line(struct gathering *k, const char **text)
{
    size_t n = strcspn(*text, "\n");
    const char *line = tl_arena_copy(k->c->scratch, *text, n);
    *text += n + ((*text)[n] == '\n');
    return line;
}

static tl_status add_lines(struct gathering *k, const char *text)
{
    tl_status st = TL_OK;
    while (*text && st == TL_OK) {
        const char *line = next_line(k, &text);
        st = line ? add_line(k, line) : tl_fail_nomem(k->err);
    }
    return st;
}

static tl_status add_facets(struct gathering *k, const char *facets)
{
    tl_status st = TL_OK;
    while (*facets && st == TL_OK) {
        const char *line = next_line(k, &facets);
        const char *word = line ? tl_arena_printf(k->c->scratch, "#%s", line) : NULL;
        if (!word)
            return tl_fail_nomem(k->err);
        if (strlen(word) <= TL_BLOCK_WORD_MAX)
            st = add(k, word);
    }
    return st;
}

tl_status tl_search_words(tl_search_cutter *c, const tl_search_entry *e, tl_words *out,
                          tl_error *err)
{
    struct gathering k = { .c = c, .out = out, .err = err };
    *out = (tl_words){ 0 };
    const char *all = tl_arena_printf(c->scratch, "%s\n%s\n%s\n%s", e->found.title_en,
                                      e->found.title_zh, e->found.id, e->text);
    if (!all)
        return tl_fail_nomem(err);
    tl_status st = add_lines(&k, all);
    if (st == TL_OK)
        st = add_facets(&k, e->facets);
    return st;
}

/* search_alike.c - words of a question and what means the same.
 *
 * A run of words that a synonym knows is met as a whole: the objects with all its words, or with
 * all words of another phrase of the same meaning. Names in the order of an answer follow. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "factor/index.h"
#include "factor/terms.h"
#include "registry/search_ask_priv.h"

enum { ALIKE_MAX = 40, PHRASE_WORDS = 8 };

/* Bits of one slot: those of the phrase at hand, those of any phrase so far. */
struct slot {
    uint64_t *phrase, *any; /* owned */
    size_t n;
};

static tl_status meet_word(tl_ask *k, struct slot *s, const char *word, bool grows)
{
    tl_status st = tl_ask_mark(k, word, grows);
    for (size_t i = 0; st == TL_OK && i < s->n; i++)
        s->phrase[i] &= k->one[i];
    return st;
}

static void begin_phrase(tl_ask *k, struct slot *s)
{
    memcpy(s->phrase, k->all, s->n * sizeof *s->phrase);
}

static void end_phrase(struct slot *s)
{
    for (size_t i = 0; i < s->n; i++)
        s->any[i] |= s->phrase[i];
}

static tl_status meet_phrase(tl_ask *k, struct slot *s, const char *phrase)
{
    tl_status st = TL_OK;
    tl_span rest = tl_span_of(phrase), word;
    begin_phrase(k, s);
    while (st == TL_OK && tl_span_split(&rest, ' ', &word)) {
        const char *text = tl_arena_copy(k->arena, word.p, word.n);
        st = text ? meet_word(k, s, text, false) : tl_fail_nomem(k->err);
    }
    if (st == TL_OK)
        end_phrase(s);
    return st;
}

/* The words from `at` on that make one meaning. */
static tl_status meet_slot(tl_ask *k, struct slot *s, size_t at, size_t *used)
{
    const char *alike[ALIKE_MAX];
    size_t found = 0;
    memset(s->any, 0, s->n * sizeof *s->any);
    begin_phrase(k, s);
    tl_status st = tl_factor_alike(k->s, k->words.items + at, k->words.n - at, k->arena, alike,
                                   ALIKE_MAX, &found, used, k->err);
    for (size_t i = at; st == TL_OK && i < at + *used; i++)
        st = meet_word(k, s, k->words.items[i], i + 1 == k->words.n && k->grows);
    end_phrase(s);
    for (size_t i = 0; st == TL_OK && i < found; i++)
        st = meet_phrase(k, s, alike[i]);
    if (st != TL_OK)
        return st;
    memcpy(k->all, s->any, s->n * sizeof *s->any);
    if (at > 0 || *used < k->words.n || !found)
        return TL_OK;
    k->alike_count = found;
    k->alike = tl_arena_alloc(k->arena, found, sizeof *k->alike);
    if (!k->alike)
        return tl_fail_nomem(k->err);
    memcpy(k->alike, alike, found * sizeof *alike);
    return TL_OK;
}

tl_status tl_ask_meet_words(tl_ask *k)
{
    struct slot s = { .n = k->bit_count / 64 };
    s.phrase = tl_new_array(s.n + 1, sizeof *s.phrase);
    s.any = tl_new_array(s.n + 1, sizeof *s.any);
    tl_status st = s.phrase && s.any ? TL_OK : tl_fail_nomem(k->err);
    for (size_t i = 0, used = 1; st == TL_OK && i < k->words.n; i += used)
        st = meet_slot(k, &s, i, &used);
    free(s.phrase);
    free(s.any);
    return st;
}

/* What is called just so comes first. */
static tl_status add_name(tl_ask *k, const tl_words *name)
{
    const char *word = tl_search_name_word(name, k->arena);
    tl_status st = word ? tl_ask_mark(k, word, false) : tl_fail_nomem(k->err);
    for (size_t i = 0; st == TL_OK && i < k->bit_count / 64; i++)
        k->named[i] |= k->one[i] & k->all[i];
    return st;
}

tl_status tl_ask_meet_names(tl_ask *k)
{
    tl_status st = add_name(k, &k->name);
    for (size_t i = 0; st == TL_OK && i < k->alike_count; i++) {
        const char *words[PHRASE_WORDS];
        tl_span rest = tl_span_of(k->alike[i]), word;
        tl_words name = { .items = words };
        while (st == TL_OK && name.n < PHRASE_WORDS && tl_span_split(&rest, ' ', &word))
            if (!(words[name.n++] = tl_arena_copy(k->arena, word.p, word.n)))
                st = tl_fail_nomem(k->err);
        if (st == TL_OK)
            st = add_name(k, &name);
    }
    return st;
}

/* terms.c - from the words of a question to slots, with synonyms and pinyin. */
#include "factor/terms.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "factor/index.h"

enum {
    LONGEST_PHRASE = 6, /* words of a synonym */
    LONGEST_SYLLABLE = 6,
    LONGEST_SPOKEN = 40, /* letters of a word cut into syllables */
    READINGS = 40
};

struct making {
    tl_store *s;
    tl_arena *arena;
    tl_factor_terms *terms;
    tl_error *err;
};

/* Texts of one column; in the arena. */
struct texts {
    const char *items[READINGS];
    size_t n;
};

static tl_status ask(struct making *m, const char *query, const char *word, struct texts *out)
{
    tl_query *q;
    bool row;
    out->n = 0;
    tl_status st = tl_store_query(m->s, query, &q, m->err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, word);
    while (out->n < READINGS && (st = tl_query_step(q, &row, m->err)) == TL_OK && row) {
        if (!(out->items[out->n] = tl_arena_str(m->arena, tl_query_get_text(q, 0)))) {
            st = tl_fail_nomem(m->err);
            break;
        }
        out->n++;
    }
    tl_query_reset(q);
    return st;
}

static bool same_phrase(const tl_factor_terms *t, const tl_factor_phrase *p, tl_span text)
{
    tl_span rest = text, word;
    for (size_t i = 0; i < p->n; i++)
        if (!tl_span_split(&rest, ' ', &word) || !tl_span_is(word, t->words[p->first + i]))
            return false;
    return rest.n == 0;
}

/* Adds a phrase to the last slot, once; words joined by blanks. */
static tl_status add_phrase(struct making *m, const char *text, bool weak)
{
    tl_factor_terms *t = m->terms;
    tl_factor_slot *slot = &t->slots[t->slot_count - 1];
    tl_span rest = tl_span_of(text), word;
    for (size_t i = slot->first; i < slot->first + slot->n; i++)
        if (same_phrase(t, &t->phrases[i], rest))
            return TL_OK;
    if (t->phrase_count == TL_FACTOR_PHRASES || t->word_count + LONGEST_PHRASE > TL_FACTOR_WORDS)
        return TL_OK;
    tl_factor_phrase *p = &t->phrases[t->phrase_count];
    *p = (tl_factor_phrase){ .first = t->word_count, .weak = weak };
    while (p->n < LONGEST_PHRASE && tl_span_split(&rest, ' ', &word)) {
        const char *copy = tl_arena_copy(m->arena, word.p, word.n);
        if (!copy)
            return tl_fail_nomem(m->err);
        t->words[t->word_count++] = copy;
        p->n++;
    }
    t->phrase_count++;
    slot->n++;
    return TL_OK;
}

static tl_status open_slot(struct making *m)
{
    tl_factor_terms *t = m->terms;
    if (t->slot_count == TL_FACTOR_SLOTS)
        return tl_fail(m->err, TL_EINPUT, "more than %d words to search for", (int)TL_FACTOR_SLOTS);
    t->slots[t->slot_count++] = (tl_factor_slot){ .first = t->phrase_count };
    return TL_OK;
}

/* Adds the words that mean the same; *known tells whether there are any. */
static tl_status add_synonyms(struct making *m, const char *phrase, bool *known)
{
    struct texts group;
    tl_status st = ask(m, "factor_synonym.group", phrase, &group);
    *known = group.n > 0;
    for (size_t i = 0; i < group.n && st == TL_OK; i++)
        st = add_phrase(m, group.items[i], false);
    return st;
}

static bool is_letters(const char *word)
{
    return *word && word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* Adds the Chinese words that are pronounced so, those of the trade with their synonyms. */
static tl_status add_spoken(struct making *m, const char *word)
{
    struct texts readings;
    bool known;
    if (!is_letters(word))
        return TL_OK;
    tl_status st = ask(m, "factor_reading.list", word, &readings);
    for (size_t i = 0; i < readings.n && st == TL_OK; i++)
        st = add_synonyms(m, readings.items[i], &known);
    for (size_t i = 0; i < readings.n && st == TL_OK; i++)
        st = add_phrase(m, readings.items[i], true);
    return st;
}

/* True in *spoken if the query knows a word that is pronounced so. */
static tl_status is_spoken(struct making *m, const char *query, const char *word, size_t n,
                           bool *spoken)
{
    struct texts readings;
    const char *piece = tl_arena_copy(m->arena, word, n);
    if (!piece)
        return tl_fail_nomem(m->err);
    tl_status st = ask(m, query, piece, &readings);
    *spoken = readings.n > 0;
    return st;
}

/* True in *row if some set has the word as it was typed. */
static tl_status is_written(struct making *m, const char *word, bool *row)
{
    tl_query *q;
    tl_status st = tl_store_query(m->s, "factor_word.sets", &q, m->err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, word);
    st = tl_query_step(q, row, m->err);
    tl_query_reset(q);
    return st;
}

/* Cuts dianjielv into dian, jie, lv: ends[i] is where the i-th syllable ends. *n is 0 where there
 * is no way to. From each place on the longest syllable that leaves a way is taken. */
static tl_status cut_syllables(struct making *m, const char *word, size_t *ends, size_t *n)
{
    size_t len = strlen(word), step[LONGEST_SPOKEN + 1] = { 0 }; /* 0: no way from here */
    tl_status st = TL_OK;
    *n = 0;
    if (len > LONGEST_SPOKEN || !is_letters(word))
        return TL_OK;
    for (size_t at = len; at-- > 0;)
        for (size_t k = LONGEST_SYLLABLE; k > 0 && !step[at] && st == TL_OK; k--) {
            bool spoken = false;
            if (at + k > len || (at + k < len && !step[at + k]))
                continue;
            st = is_spoken(m, "factor_reading.syllable", word + at, k, &spoken);
            if (spoken)
                step[at] = k;
        }
    for (size_t at = 0; st == TL_OK && at < len && step[0]; (*n)++)
        ends[*n] = at += step[at];
    return st;
}

/* A word of letters that nothing is called nor pronounced: as syllables, two by two, which is how
 * Chinese is indexed; each pair is a slot. *done if it was one. */
static tl_status add_syllables(struct making *m, const char *word, bool *done)
{
    size_t ends[LONGEST_SPOKEN], n = 0;
    bool there = false;
    *done = false;
    tl_status st = is_written(m, word, &there);
    if (st == TL_OK && !there && is_letters(word))
        st = is_spoken(m, "factor_reading.list", word, strlen(word), &there);
    if (st != TL_OK || there || (st = cut_syllables(m, word, ends, &n)) != TL_OK || n < 2)
        return st;
    for (size_t i = 1; i < n && st == TL_OK; i++) {
        size_t from = i > 1 ? ends[i - 2] : 0;
        const char *pair = tl_arena_copy(m->arena, word + from, ends[i] - from);
        st = pair ? open_slot(m) : tl_fail_nomem(m->err);
        if (st == TL_OK && (st = add_phrase(m, pair, false)) == TL_OK)
            st = add_spoken(m, pair);
    }
    *done = true;
    return st;
}

/* words[0..n) joined by blanks. */
static const char *join(struct making *m, const char *const *words, size_t n)
{
    const char *text = words[0];
    for (size_t i = 1; i < n && text; i++)
        text = tl_arena_printf(m->arena, "%s %s", text, words[i]);
    return text;
}

/* One slot from the longest synonym at the front of words, else the first word; *used words. */
static tl_status add_slot(struct making *m, const char *const *words, size_t n, size_t *used)
{
    bool known = false, cut = false;
    tl_status st = open_slot(m);
    for (*used = n < LONGEST_PHRASE ? n : LONGEST_PHRASE; st == TL_OK; (*used)--) {
        const char *phrase = join(m, words, *used);
        struct texts group;
        st = phrase ? ask(m, "factor_synonym.group", phrase, &group) : tl_fail_nomem(m->err);
        if (st != TL_OK || (group.n == 0 && *used > 1))
            continue;
        if ((st = add_phrase(m, phrase, false)) == TL_OK)
            st = add_synonyms(m, phrase, &known);
        break;
    }
    if (st != TL_OK || *used > 1)
        return st;
    if (!known) {
        m->terms->slot_count--; /* of a word nobody wrote its syllables stand in its place */
        tl_factor_phrase typed = m->terms->phrases[--m->terms->phrase_count];
        m->terms->word_count = typed.first;
        if ((st = add_syllables(m, words[0], &cut)) != TL_OK || cut)
            return st;
        if ((st = open_slot(m)) == TL_OK)
            st = add_phrase(m, words[0], false);
    }
    return st == TL_OK ? add_spoken(m, words[0]) : st;
}

/* What a factor is called that is just what was asked for: the text, or with one slot any of its
 * strong phrases, so that tie, 铁 and iron agree. */
static void add_names(tl_factor_terms *t, const tl_words *typed)
{
    t->names[t->name_count++] = tl_factor_name_hash(typed);
    if (t->slot_count != 1)
        return;
    for (size_t i = 0; i < t->phrase_count && t->name_count < TL_FACTOR_NAMES; i++) {
        const tl_factor_phrase *p = &t->phrases[i];
        const tl_words words = { .items = t->words + p->first, .n = p->n };
        int64_t hash = tl_factor_name_hash(&words);
        if (!p->weak && hash != t->names[0])
            t->names[t->name_count++] = hash;
    }
}

/* Region and category are words of the index with a mark. */
static tl_status add_mark(struct making *m, char mark, const char *text)
{
    if (!text || !*text)
        return TL_OK;
    tl_factor_terms *t = m->terms;
    tl_status st = open_slot(m);
    if (st != TL_OK)
        return st;
    if (!(t->words[t->word_count] = tl_arena_printf(m->arena, "%c%s", mark, text)))
        return tl_fail_nomem(m->err);
    t->phrases[t->phrase_count++] = (tl_factor_phrase){ .first = t->word_count++, .n = 1 };
    t->slots[t->slot_count - 1].n = 1;
    return TL_OK;
}

tl_status tl_factor_terms_make(tl_store *s, const tl_factor_query *query, tl_arena *arena,
                               tl_factor_terms *out, tl_error *err)
{
    struct making m = { s, arena, out, err };
    tl_words words = { 0 };
    tl_word_cutter *cutter = NULL;
    memset(out, 0, sizeof *out);
    tl_status st = tl_word_cutter_new(&cutter, err);
    if (st == TL_OK && query->text)
        st = tl_factor_words(cutter, query->text, TL_WORDS_QUERY, arena, &words, err);
    tl_word_cutter_free(cutter);
    for (size_t i = 0, used = 0; st == TL_OK && i < words.n; i += used)
        st = add_slot(&m, words.items + i, words.n - i, &used);
    if (st == TL_OK && words.n)
        add_names(out, &words);
    out->nothing = words.n == 0 && query->text && tl_span_trim(tl_span_of(query->text)).n > 0;
    if (st == TL_OK)
        st = add_mark(&m, '@', query->region);
    return st == TL_OK ? add_mark(&m, '#', query->category) : st;
}

static void add_alike(const struct texts *group, const char **out, size_t most, size_t *found)
{
    for (size_t i = 0; i < group->n && *found < most; i++) {
        size_t k = 0;
        while (k < *found && strcmp(out[k], group->items[i]) != 0)
            k++;
        if (k == *found)
            out[(*found)++] = group->items[i];
    }
}

tl_status tl_factor_alike(tl_store *s, const char *const *words, size_t n, tl_arena *arena,
                          const char **out, size_t most, size_t *found, size_t *used, tl_error *err)
{
    struct making m = { s, arena, NULL, err };
    struct texts group, readings;
    *found = 0;
    for (*used = n < LONGEST_PHRASE ? n : LONGEST_PHRASE; *used > 0; (*used)--) {
        const char *phrase = join(&m, words, *used);
        tl_status st =
            phrase ? ask(&m, "factor_synonym.group", phrase, &group) : tl_fail_nomem(err);
        if (st != TL_OK)
            return st;
        add_alike(&group, out, most, found);
        if (*found)
            return TL_OK;
    }
    *used = 1;
    if (!is_letters(words[0]))
        return TL_OK;
    tl_status st = ask(&m, "factor_reading.list", words[0], &readings);
    for (size_t i = 0; st == TL_OK && i < readings.n; i++)
        if ((st = ask(&m, "factor_synonym.group", readings.items[i], &group)) == TL_OK)
            add_alike(&group, out, most, found);
    return st;
}

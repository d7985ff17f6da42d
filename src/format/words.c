/* words.c - normalise with ICU, then one walk over the code points. */
#include "format/words.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

enum { LONGEST_WORD = 40, MAX_TEXT = 16 << 20, REPLACEMENT = 0xFFFD };

struct tl_word_cutter {
    const UNormalizer2 *form; /* a constant of ICU */
    UChar *raw, *folded;      /* owned; text as UTF-16, then normalised */
    size_t raw_cap, folded_cap;
    uint32_t *slots; /* owned; index + 1 into the words, 0 = free */
    size_t slot_count;
};

/* One cutting: where words go. */
struct cutting {
    tl_word_cutter *c;
    tl_words_use use;
    tl_arena *arena;
    tl_words words;
    size_t cap;
    tl_error *err;
};

enum kind { SEPARATOR, LETTER, CHARACTER };

tl_status tl_word_cutter_new(tl_word_cutter **out, tl_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    tl_word_cutter *c = calloc(1, sizeof *c);
    *out = NULL;
    if (!c)
        return tl_fail_nomem(err);
    c->form = unorm2_getNFKCCasefoldInstance(&code);
    c->slot_count = 256;
    c->slots = tl_new_array(c->slot_count, sizeof *c->slots);
    if (U_FAILURE(code) || !c->slots) {
        tl_word_cutter_free(c);
        return U_FAILURE(code) ? tl_fail(err, TL_EIO, "no Unicode tables: %s", u_errorName(code))
                               : tl_fail_nomem(err);
    }
    *out = c;
    return TL_OK;
}

void tl_word_cutter_free(tl_word_cutter *c)
{
    if (!c)
        return;
    free(c->raw);
    free(c->folded);
    free(c->slots);
    free(c);
}

static uint64_t hash_text(const char *s) /* FNV-1a */
{
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001B3);
    return h ^ h >> 32;
}

/* The slot of the word, or the free one where it belongs. */
static size_t locate(const struct cutting *k, const char *word)
{
    size_t mask = k->c->slot_count - 1, s = (size_t)hash_text(word) & mask;
    while (k->c->slots[s] && strcmp(k->words.items[k->c->slots[s] - 1], word) != 0)
        s = (s + 1) & mask;
    return s;
}

static tl_status more_slots(struct cutting *k)
{
    uint32_t *slots = tl_new_array(k->c->slot_count * 4, sizeof *slots);
    if (!slots)
        return tl_fail_nomem(k->err);
    free(k->c->slots);
    k->c->slots = slots;
    k->c->slot_count *= 4;
    for (size_t i = 0; i < k->words.n; i++)
        slots[locate(k, k->words.items[i])] = (uint32_t)(i + 1);
    return TL_OK;
}

/* Adds word[0..len), NUL-terminated, unless it is there. */
static tl_status add_word(struct cutting *k, const char *word, size_t len)
{
    size_t s = locate(k, word);
    if (k->c->slots[s])
        return TL_OK;
    tl_status st = tl_arena_grow(k->arena, &k->words.items, &k->cap, k->words.n + 1,
                                 sizeof *k->words.items, k->err);
    if (st != TL_OK)
        return st;
    char *kept = tl_arena_copy(k->arena, word, len);
    if (!kept)
        return tl_fail_nomem(k->err);
    k->words.items[k->words.n++] = kept;
    k->c->slots[s] = (uint32_t)k->words.n;
    return k->words.n * 2 > k->c->slot_count ? more_slots(k) : TL_OK;
}

/* Adds the word made of u[0..n). */
static tl_status add(struct cutting *k, const UChar *u, int32_t n)
{
    char word[4 * LONGEST_WORD + 1];
    int32_t len = 0;
    UErrorCode code = U_ZERO_ERROR;
    u_strToUTF8(word, sizeof word, &len, u, n, &code);
    if (U_FAILURE(code))
        return tl_fail(k->err, TL_EINPUT, "a word that is not Unicode text");
    return add_word(k, word, (size_t)len);
}

static enum kind kind_of(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? LETTER : SEPARATOR;
    if (c == REPLACEMENT)
        return SEPARATOR;
    UScriptCode script = uscript_getScript(c, &code);
    if (script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA)
        return CHARACTER;
    int8_t type = u_charType(c);
    bool mark = type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
    return u_isalnum(c) || mark ? LETTER : SEPARATOR;
}

/* The code point at u[*i], which moves behind it. (ICU's own macro mixes signs.) */
static UChar32 next_code_point(const UChar *u, int32_t *i, int32_t n)
{
    UChar lead = u[(*i)++];
    UChar32 c = lead;
    if (U16_IS_LEAD(lead) && *i < n && U16_IS_TRAIL(u[*i]))
        c = 0x10000 + (c - 0xD800) * 0x400 + (u[(*i)++] - 0xDC00);
    return c;
}

/* Place `count` code points behind i, n at most. */
static int32_t forward(const UChar *u, int32_t i, int32_t n, int count)
{
    while (count-- > 0 && i < n)
        next_code_point(u, &i, n);
    return i;
}

/* u[0..n) are letters: one word, or several of LONGEST_WORD. */
static tl_status add_letters(struct cutting *k, const UChar *u, int32_t n)
{
    tl_status st = TL_OK;
    for (int32_t from = 0, to; from < n && st == TL_OK; from = to) {
        to = forward(u, from, n, LONGEST_WORD);
        st = add(k, u + from, to - from);
    }
    return st;
}

/* u[0..n) are Chinese characters: pairs, and alone where asked or where there is but one. */
static tl_status add_characters(struct cutting *k, const UChar *u, int32_t n)
{
    tl_status st = TL_OK;
    int32_t first = forward(u, 0, n, 1);
    bool single = first == n;
    for (int32_t from = 0, mid = first; mid < n && st == TL_OK;) {
        int32_t to = forward(u, mid, n, 1);
        st = add(k, u + from, to - from);
        from = mid;
        mid = to;
    }
    for (int32_t from = 0, to; (single || k->use == TL_WORDS_INDEX) && from < n && st == TL_OK;
         from = to) {
        to = forward(u, from, n, 1);
        st = add(k, u + from, to - from);
    }
    return st;
}

static tl_status cut(struct cutting *k, const UChar *u, int32_t n)
{
    tl_status st = TL_OK;
    enum kind run = SEPARATOR;
    int32_t from = 0;
    for (int32_t i = 0; i <= n && st == TL_OK;) {
        int32_t at = i;
        enum kind kind = SEPARATOR;
        if (i < n)
            kind = kind_of(next_code_point(u, &i, n));
        else
            i++;
        if (kind == run)
            continue;
        if (run == LETTER)
            st = add_letters(k, u + from, at - from);
        else if (run == CHARACTER)
            st = add_characters(k, u + from, at - from);
        run = kind;
        from = at;
    }
    return st;
}

/* The text as NFKC_Casefold UTF-16 in c->folded. */
static tl_status fold(tl_word_cutter *c, const char *text, size_t n, int32_t *len, tl_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t raw_len = 0;
    tl_status st = tl_grow(&c->raw, &c->raw_cap, n + 1, sizeof *c->raw, err);
    if (st != TL_OK ||
        (st = tl_grow(&c->folded, &c->folded_cap, 2 * n + 16, sizeof *c->folded, err)) != TL_OK)
        return st;
    u_strFromUTF8WithSub(c->raw, (int32_t)c->raw_cap, &raw_len, text, (int32_t)n, REPLACEMENT, NULL,
                         &code);
    *len = unorm2_normalize(c->form, c->raw, raw_len, c->folded, (int32_t)c->folded_cap, &code);
    if (code == U_BUFFER_OVERFLOW_ERROR) { /* a few characters fold into up to eighteen */
        code = U_ZERO_ERROR;
        st = tl_grow(&c->folded, &c->folded_cap, (size_t)*len + 1, sizeof *c->folded, err);
        if (st != TL_OK)
            return st;
        *len = unorm2_normalize(c->form, c->raw, raw_len, c->folded, (int32_t)c->folded_cap, &code);
    }
    return U_SUCCESS(code) ? TL_OK : tl_fail(err, TL_EINPUT, "text: %s", u_errorName(code));
}

static bool is_ascii(const char *text, size_t n)
{
    unsigned char all = 0;
    for (size_t i = 0; i < n; i++)
        all |= (unsigned char)text[i];
    return all < 0x80;
}

/* The same for a text of ASCII, most of what an index is made of: there the form is but the small
 * letters, and words need no conversion there and back. */
static tl_status cut_ascii(struct cutting *k, const char *text, size_t n)
{
    char word[LONGEST_WORD + 1];
    size_t len = 0;
    tl_status st = TL_OK;
    for (size_t i = 0; i <= n && st == TL_OK; i++) {
        char c = i < n ? text[i] : ' ';
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (len && (!letter || len == LONGEST_WORD)) {
            word[len] = '\0';
            st = add_word(k, word, len);
            len = 0;
        }
        if (letter)
            word[len++] = c;
    }
    return st;
}

tl_status tl_words_cut(tl_word_cutter *c, const char *text, size_t n, tl_words_use use,
                       tl_arena *arena, tl_words *out, tl_error *err)
{
    struct cutting k = { .c = c, .use = use, .arena = arena, .err = err };
    int32_t len = 0;
    *out = (tl_words){ 0 };
    if (n > MAX_TEXT)
        return tl_fail(err, TL_EINPUT, "text of %zu bytes, more than %d", n, (int)MAX_TEXT);
    memset(c->slots, 0, c->slot_count * sizeof *c->slots);
    bool ascii = is_ascii(text, n);
    tl_status st = ascii ? cut_ascii(&k, text, n) : fold(c, text, n, &len, err);
    if (st == TL_OK && !ascii)
        st = cut(&k, c->folded, len);
    if (st == TL_OK)
        *out = k.words;
    return st;
}

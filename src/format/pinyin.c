/* pinyin.c - a text as syllables, and the syllables as words.
 *
 * ICU is asked once a character and the answer kept: its transliterator costs microseconds, an
 * index asks for tens of millions of characters. */
#include "format/pinyin.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utrans.h>

#include "base/buf.h"
#include "base/text.h"

enum {
    ONE = 3, /* bytes of any character below */
    PLAIN_MAX = 400,
    SYLLABLE = 8,
    WORD = 40,
    KEPT = 0x10000,
    COMBINING_DIAERESIS = 0x308
};

struct tl_pinyin {
    UTransliterator *han;    /* owned */
    const UNormalizer2 *nfd; /* a constant of ICU */
    char (*kept)[SYLLABLE];  /* owned; readings of the characters below KEPT, "" = not asked yet,
                                "-" = none */
    char asked[SYLLABLE];    /* the last reading of one above */
    UTransliterator *latin;  /* owned; NULL until it is needed */
};

/* Words of this field in which ICU's one reading a character is wrong: geography and makers from
 * the register of companies, terms from the Xinhua dictionary's readings. The longest match from a
 * character on counts; a character alone stands for its usual reading here. */
static const struct reading {
    const char *text, *syllables;
} readings[] = {
    { "长", "chang" },
    { "增长", "zeng zhang" },
    { "成长", "cheng zhang" },
    { "生长", "sheng zhang" },
    { "董事长", "dong shi zhang" },
    { "重庆", "chong qing" },
    { "重复", "chong fu" },
    { "重整", "chong zheng" },
    { "重组", "chong zu" },
    { "重熔", "chong rong" },
    { "调", "tiao" },
    { "调研", "diao yan" },
    { "调度", "diao du" },
    { "调查", "diao cha" },
    { "银行", "yin hang" },
    { "行业", "hang ye" },
    { "还原", "huan yuan" },
    { "会计", "kuai ji" },
    { "厦门", "xia men" },
    { "西藏", "xi zang" },
    { "番禺", "pan yu" },
    { "成都", "cheng du" },
    { "首都", "shou du" },
    { "都市", "du shi" },
    { "六安", "lu an" },
    { "轧", "zha" },
    { "粘土", "nian tu" },
    { "校准", "jiao zhun" },
    { "蔚来", "wei lai" },
    { "蔚蓝", "wei lan" },
    { "蔚县", "yu xian" },
    { "乘用车", "cheng yong che" },
    { "给水", "ji shui" },
    { "供给", "gong ji" },
    { "西柏坡", "xi bai po" },
    { "宝藏", "bao zang" },
    { "矿藏", "kuang cang" },
    { "薄膜", "bo mo" },
    { "長", "chang" },
    { "重慶", "chong qing" },
    { "銀行", "yin hang" },
    { "行業", "hang ye" },
};

static UTransliterator *open_id(const char *id, UErrorCode *code)
{
    UChar wide[32];
    u_uastrncpy(wide, id, 32);
    return utrans_openU(wide, -1, UTRANS_FORWARD, NULL, 0, NULL, code);
}

tl_status tl_pinyin_new(tl_pinyin **out, tl_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    tl_pinyin *p = calloc(1, sizeof *p);
    *out = NULL;
    if (!p)
        return tl_fail_nomem(err);
    p->kept = tl_new_array(KEPT, sizeof *p->kept);
    p->han = open_id("Han-Latin", &code);
    p->nfd = unorm2_getNFDInstance(&code);
    if (U_FAILURE(code) || !p->kept) {
        bool full = !p->kept;
        tl_pinyin_free(p);
        return full ? tl_fail_nomem(err)
                    : tl_fail(err, TL_EIO, "no table of Chinese readings: %s", u_errorName(code));
    }
    *out = p;
    return TL_OK;
}

void tl_pinyin_free(tl_pinyin *p)
{
    if (!p)
        return;
    if (p->han)
        utrans_close(p->han);
    if (p->latin)
        utrans_close(p->latin);
    free(p->kept);
    free(p);
}

/* "lǚ" becomes "lv": decomposed, tone marks dropped, u with its dots v. "-" where nothing is left.
 */
static void plain(const UChar *u, int32_t n, char out[SYLLABLE])
{
    size_t len = 0;
    for (int32_t i = 0; i < n && len + 1 < SYLLABLE; i++) {
        if (u[i] == COMBINING_DIAERESIS && len && out[len - 1] == 'u')
            out[len - 1] = 'v';
        else if (u[i] >= 'a' && u[i] <= 'z')
            out[len++] = (char)u[i];
    }
    if (len == 0)
        out[len++] = '-';
    out[len] = '\0';
}

static void ask(tl_pinyin *p, UChar32 c, char out[SYLLABLE])
{
    UChar text[32], parts[64];
    int32_t n = 0, limit;
    UErrorCode code = U_ZERO_ERROR;
    UBool bad = false;
    U16_APPEND(text, n, 32, c, bad);
    limit = n;
    if (!bad)
        utrans_transUChars(p->han, text, &n, 32, 0, &limit, &code);
    if (!bad && U_SUCCESS(code))
        n = unorm2_normalize(p->nfd, text, n, parts, 64, &code);
    plain(parts, bad || U_FAILURE(code) ? 0 : n, out);
}

/* The reading of a Chinese character, NULL if it has none; borrowed until the next call. */
static const char *reading(tl_pinyin *p, UChar32 c)
{
    char *kept = c < KEPT ? p->kept[c] : p->asked;
    if (c >= KEPT || !*kept)
        ask(p, c, kept);
    return *kept == '-' ? NULL : kept;
}

static bool is_han(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;
    return c >= 0x2E80 && uscript_getScript(c, &code) == USCRIPT_HAN && u_isalpha(c);
}

static const struct reading *correction(const char *text, size_t n)
{
    const struct reading *best = NULL;
    size_t longest = 0;
    if (n < ONE)
        return NULL;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        size_t len;
        if (memcmp(readings[i].text, text, ONE) != 0) /* an index asks for every character */
            continue;
        len = strlen(readings[i].text);
        if (len > longest && len <= n && memcmp(readings[i].text, text, len) == 0) {
            best = &readings[i];
            longest = len;
        }
    }
    return best;
}

/* A walk over a text: one step gives the syllables of a character or a corrected word, or a word of
 * letters, or what separates. */
struct walk {
    tl_pinyin *p;
    const char *text;
    size_t n, at;
};

enum step { END, SEPARATOR, LETTERS, SYLLABLES };

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* *out, *n: the syllables with blanks between (borrowed until the next step), or the letters as
 * they stand. */
static enum step next(struct walk *w, const char **out, size_t *n)
{
    size_t from = w->at, bytes;
    const char *s = w->text + from;
    if (from == w->n)
        return END;
    *out = s;
    for (*n = 0; from + *n < w->n && is_letter(s[*n]); ++*n)
        ;
    if (*n) {
        w->at += *n;
        return LETTERS;
    }
    UChar32 c = (UChar32)tl_utf8_next(s, w->n - from, &bytes);
    w->at += bytes;
    if (!is_han(c))
        return SEPARATOR;
    const struct reading *r = correction(s, w->n - from);
    if (r)
        w->at = from + strlen(r->text);
    if (!(*out = r ? r->syllables : reading(w->p, c)))
        return SEPARATOR;
    *n = strlen(*out);
    return SYLLABLES;
}

static tl_status check(const char *text, size_t *n, tl_error *err)
{
    *n = strlen(text);
    if (*n > TL_PINYIN_MAX)
        return tl_fail(err, TL_EINPUT, "a text of more than %d bytes", (int)TL_PINYIN_MAX);
    return TL_OK;
}

static void add_forms(const char *s, size_t n, bool letters, tl_buf to[3])
{
    tl_buf_str(&to[0], to[0].len ? " " : "");
    for (size_t i = 0; i < n; i++) {
        char c = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];
        tl_buf_char(&to[0], c);
        if (c != ' ')
            tl_buf_char(&to[1], c);
        if (letters || (c != ' ' && (i == 0 || s[i - 1] == ' ')))
            tl_buf_char(&to[2], c);
    }
}

tl_status tl_pinyin_read(tl_pinyin *p, const char *text, tl_arena *arena, tl_pinyin_forms *out,
                         tl_error *err)
{
    struct walk w = { .p = p, .text = text };
    tl_buf forms[3];
    const char *s, *kept[3];
    size_t n;
    enum step step;
    tl_status st = check(text, &w.n, err);
    *out = (tl_pinyin_forms){ "", "", "" };
    if (st != TL_OK)
        return st;
    for (int i = 0; i < 3; i++)
        tl_buf_init(&forms[i], 0);
    while ((step = next(&w, &s, &n)) != END)
        if (step != SEPARATOR)
            add_forms(s, n, step == LETTERS, forms);
    for (int i = 0; i < 3; i++) {
        if (st == TL_OK && (st = tl_buf_status(&forms[i], err)) == TL_OK &&
            !(kept[i] = tl_arena_str(arena, tl_buf_text(&forms[i]))))
            st = tl_fail_nomem(err);
        tl_buf_clear(&forms[i]);
    }
    if (st == TL_OK)
        *out = (tl_pinyin_forms){ kept[0], kept[1], kept[2] };
    return st;
}

/* The words of a text as they are found; run holds the syllables since the last separator. */
struct cutting {
    char (*run)[SYLLABLE]; /* owned */
    size_t n, cap;
    const char **items; /* owned until the end */
    size_t item_count, item_cap;
    tl_arena *arena;
    tl_error *err;
};

static tl_status put(struct cutting *k, const char *word)
{
    tl_status st = tl_grow(&k->items, &k->item_cap, k->item_count + 1, sizeof *k->items, k->err);
    if (st == TL_OK && !(k->items[k->item_count++] = tl_arena_str(k->arena, word)))
        st = tl_fail_nomem(k->err);
    return st;
}

/* No syllable has a v of its own: each stands for ü, which some type as u. */
static tl_status put_both(struct cutting *k, char *word)
{
    tl_status st = put(k, word);
    char *v = strchr(word, 'v');
    if (!v || st != TL_OK)
        return st;
    for (; v; v = strchr(v, 'v'))
        *v = 'u';
    return put(k, word);
}

/* The syllables first .. first+count-1 together, and their initials. */
static tl_status put_part(struct cutting *k, size_t first, size_t count)
{
    char joined[WORD + 1], initials[WORD + 1];
    size_t n = 0, m = 0;
    for (size_t i = first; i < first + count; i++) {
        for (const char *s = k->run[i]; *s && n < WORD; s++)
            joined[n++] = *s;
        if (m < WORD)
            initials[m++] = k->run[i][0];
    }
    joined[n] = initials[m] = '\0';
    tl_status st = put_both(k, joined);
    return st == TL_OK && count > 1 ? put(k, initials) : st;
}

static tl_status end_run(struct cutting *k)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < k->n && st == TL_OK; i++) {
        size_t rest = k->n - i;
        for (size_t count = 1; count <= 3 && count <= rest && st == TL_OK; count++)
            st = put_part(k, i, count);
        if (rest > 3 && st == TL_OK)
            st = put_part(k, i, rest < WORD ? rest : WORD);
    }
    k->n = 0;
    return st;
}

static tl_status add_syllables(struct cutting *k, const char *s)
{
    tl_status st = TL_OK;
    while (*s && st == TL_OK) {
        size_t n = strcspn(s, " ");
        if ((st = tl_grow(&k->run, &k->cap, k->n + 1, sizeof *k->run, k->err)) == TL_OK) {
            memcpy(k->run[k->n], s, n);
            k->run[k->n++][n] = '\0';
        }
        s += n + (s[n] == ' ');
    }
    return st;
}

tl_status tl_pinyin_words(tl_pinyin *p, const char *text, tl_arena *arena, tl_words *out,
                          tl_error *err)
{
    struct walk w = { .p = p, .text = text };
    struct cutting k = { .arena = arena, .err = err };
    const char *s;
    size_t n;
    enum step step = SEPARATOR;
    tl_status st = check(text, &w.n, err);
    *out = (tl_words){ 0 };
    while (st == TL_OK && step != END) {
        step = next(&w, &s, &n);
        st = step == SYLLABLES ? add_syllables(&k, s) : end_run(&k);
    }
    if (st == TL_OK && k.item_count) {
        out->items = tl_arena_alloc(arena, k.item_count, sizeof *out->items);
        if (out->items) {
            memcpy(out->items, k.items, k.item_count * sizeof *out->items);
            out->n = k.item_count;
        } else {
            st = tl_fail_nomem(err);
        }
    }
    free(k.run);
    free(k.items);
    return st;
}

tl_status tl_pinyin_plain(tl_pinyin *p, const char *word, tl_arena *arena, const char **out,
                          tl_error *err)
{
    UChar wide[4 * PLAIN_MAX];
    char text[12 * PLAIN_MAX + 1];
    int32_t n = 0, limit, bytes = 0;
    UErrorCode code = U_ZERO_ERROR;
    *out = word;
    if (strlen(word) > PLAIN_MAX || tl_utf8_valid(word, strlen(word)) != strlen(word))
        return tl_fail(err, TL_EINPUT, "a word that is not UTF-8 or longer than %d bytes",
                       (int)PLAIN_MAX);
    if (!p->latin)
        p->latin = open_id("Latin-ASCII", &code);
    u_strFromUTF8(wide, 4 * PLAIN_MAX, &n, word, -1, &code);
    limit = n;
    if (U_SUCCESS(code))
        utrans_transUChars(p->latin, wide, &n, 4 * PLAIN_MAX, 0, &limit, &code);
    u_strToUTF8(text, sizeof text, &bytes, wide, n, &code);
    if (U_FAILURE(code))
        return tl_fail(err, TL_EIO, "letters without marks: %s", u_errorName(code));
    *out = tl_arena_str(arena, text);
    return *out ? TL_OK : tl_fail_nomem(err);
}

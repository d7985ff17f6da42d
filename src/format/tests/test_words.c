/* test_words.c - real names of materials and processes, and what they are found by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "format/words.h"

static const struct word_case {
    const char *label, *text;
    tl_words_use use;
    const char *want; /* joined by blanks */
} word_cases[] = {
    { "route", "BF-BOF", TL_WORDS_INDEX, "bf bof" },
    { "grade", "DP780 GI 1.5mm", TL_WORDS_INDEX, "dp780 gi 1 5mm" },
    { "slash", "kgCO2e/kWh", TL_WORDS_INDEX, "kgco2e kwh" },
    { "subscript", "CO₂ m³", TL_WORDS_INDEX, "co2 m3" },
    { "two characters", "钢铁", TL_WORDS_INDEX, "钢铁 钢 铁" },
    { "two characters asked", "钢铁", TL_WORDS_QUERY, "钢铁" },
    { "three", "电解铝", TL_WORDS_INDEX, "电解 解铝 电 解 铝" },
    { "three asked", "电解铝", TL_WORDS_QUERY, "电解 解铝" },
    { "one", "铝", TL_WORDS_INDEX, "铝" },
    { "one asked", "铝", TL_WORDS_QUERY, "铝" },
    { "mixed", "R134a制冷剂", TL_WORDS_QUERY, "r134a 制冷 冷剂" },
    { "mixed, one character", "H型钢", TL_WORDS_QUERY, "h 型钢" },
    { "one character in the middle", "PA6级PP", TL_WORDS_QUERY, "pa6 级 pp" },
    { "full width", "Ｒ１３４ａ　（制冷剂）", TL_WORDS_QUERY, "r134a 制冷 冷剂" },
    { "separators between runs", "热轧,钢板", TL_WORDS_QUERY, "热轧 钢板" },
    { "none twice", "铝 铝 Al al AL", TL_WORDS_QUERY, "铝 al" },
    { "repeated pairs", "钢钢钢", TL_WORDS_INDEX, "钢钢 钢" },
    { "accents", "Électricité", TL_WORDS_QUERY, "électricité" },
    { "accents decomposed", "E\xCC\x81lectricite\xCC\x81", TL_WORDS_QUERY, "électricité" },
    { "sharp s", "Weiß WEISS", TL_WORDS_QUERY, "weiss" },
    { "compatibility character", "㎏ ㌔", TL_WORDS_QUERY, "kg キロ" },
    { "four-byte characters", "𠀀𠀁", TL_WORDS_INDEX, "𠀀𠀁 𠀀 𠀁" },
    { "not UTF-8", "al\xFFuminium", TL_WORDS_QUERY, "al uminium" },
    { "only separators", " -./()，。、", TL_WORDS_INDEX, "" },
    { "empty", "", TL_WORDS_INDEX, "" },
    { "long word", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcd", TL_WORDS_QUERY,
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bcd" },
};

static void join(const tl_words *words, tl_buf *b)
{
    tl_buf_reset(b);
    for (size_t i = 0; i < words->n; i++)
        tl_buf_printf(b, "%s%s", i ? " " : "", words->items[i]);
}

static void test_cut(void **state)
{
    (void)state;
    tl_word_cutter *c;
    tl_arena *arena;
    tl_buf got;
    tl_buf_init(&got, 0);
    assert_int_equal(tl_word_cutter_new(&c, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof word_cases / sizeof *word_cases; i++) {
        const struct word_case *w = &word_cases[i];
        tl_words words;
        tl_error err = { 0 };
        assert_int_equal(tl_words_cut(c, w->text, strlen(w->text), w->use, arena, &words, &err),
                         TL_OK);
        join(&words, &got);
        if (strcmp(tl_buf_text(&got), w->want) != 0)
            fail_msg("%s: got '%s' want '%s'", w->label, tl_buf_text(&got), w->want);
    }
    tl_buf_clear(&got);
    tl_arena_free(arena);
    tl_word_cutter_free(c);
}

static bool has(const tl_words *words, const char *word)
{
    for (size_t i = 0; i < words->n; i++)
        if (strcmp(words->items[i], word) == 0)
            return true;
    return false;
}

/* What a person may type, and whether it must find the name. */
static const struct finding_case {
    const char *name, *query;
    bool found;
} finding_cases[] = {
    { "原铝（电解铝）锭，中国平均", "铝", true },
    { "原铝（电解铝）锭，中国平均", "电解铝", true },
    { "原铝（电解铝）锭，中国平均", "解铝", true },
    { "原铝（电解铝）锭，中国平均", "铝电", false },
    { "原铝（电解铝）锭，中国平均", "中国 原铝", true },
    { "Hot-rolled coil, BF-BOF route", "bof hot", true },
    { "Hot-rolled coil, BF-BOF route", "BF-BOF", true },
    { "Hot-rolled coil, BF-BOF route", "eaf", false },
    { "汽车空调制冷剂R134a", "R134A", true },
    { "汽车空调制冷剂R134a", "r134a制冷剂", true },
};

static void test_finding(void **state)
{
    (void)state;
    tl_word_cutter *c;
    tl_arena *arena;
    assert_int_equal(tl_word_cutter_new(&c, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof finding_cases / sizeof *finding_cases; i++) {
        const struct finding_case *f = &finding_cases[i];
        tl_words index, query;
        bool all = true;
        assert_int_equal(
            tl_words_cut(c, f->name, strlen(f->name), TL_WORDS_INDEX, arena, &index, NULL), TL_OK);
        assert_int_equal(
            tl_words_cut(c, f->query, strlen(f->query), TL_WORDS_QUERY, arena, &query, NULL),
            TL_OK);
        for (size_t k = 0; k < query.n; k++)
            all = all && has(&index, query.items[k]);
        if (all != f->found)
            fail_msg("'%s' in '%s': got %d want %d", f->query, f->name, all, f->found);
    }
    tl_arena_free(arena);
    tl_word_cutter_free(c);
}

/* Many words: the table grows; a second cutting starts clean. */
static void test_many(void **state)
{
    (void)state;
    tl_word_cutter *c;
    tl_arena *arena;
    tl_buf text;
    tl_words words;
    tl_buf_init(&text, 0);
    for (int i = 0; i < 20000; i++)
        tl_buf_printf(&text, "w%d ", i % 10000);
    assert_int_equal(tl_word_cutter_new(&c, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(tl_words_cut(c, text.data, text.len, TL_WORDS_INDEX, arena, &words, NULL),
                         TL_OK);
        assert_int_equal(words.n, 10000);
        assert_string_equal(words.items[9999], "w9999");
    }
    /* one code point becomes eighteen: U+FDFA */
    tl_buf_reset(&text);
    for (int i = 0; i < 1000; i++)
        tl_buf_str(&text, "\xEF\xB7\xBA");
    assert_int_equal(tl_words_cut(c, text.data, text.len, TL_WORDS_INDEX, arena, &words, NULL),
                     TL_OK);
    assert_true(words.n > 0);
    tl_error err = { 0 };
    assert_int_equal(
        tl_words_cut(c, text.data, (size_t)17 << 20, TL_WORDS_INDEX, arena, &words, &err),
        TL_EINPUT);
    tl_buf_clear(&text);
    tl_arena_free(arena);
    tl_word_cutter_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

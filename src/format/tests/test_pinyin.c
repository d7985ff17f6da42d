/* test_pinyin.c - names of the field as people type them; readings from the Xinhua dictionary and
 * the makers' own Latin names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "format/pinyin.h"

static const struct form_case {
    const char *label, *text, *syllables, *joined, *initials;
} form_cases[] = {
    { "maker", "吉利汽车", "ji li qi che", "jiliqiche", "jlqc" },
    { "Changan, Chang'an", "长安", "chang an", "changan", "ca" },
    { "Great Wall", "长城汽车", "chang cheng qi che", "changchengqiche", "ccqc" },
    { "Chongqing", "重庆", "chong qing", "chongqing", "cq" },
    { "traditional", "長安", "chang an", "changan", "ca" },
    { "NIO", "蔚来", "wei lai", "weilai", "wl" },
    { "passenger car", "乘用车", "cheng yong che", "chengyongche", "cyc" },
    { "BYD", "比亚迪", "bi ya di", "biyadi", "byd" },
    { "heavy truck keeps zhong", "重型", "zhong xing", "zhongxing", "zx" },
    { "growth", "增长", "zeng zhang", "zengzhang", "zz" },
    { "long route", "长流程", "chang liu cheng", "changliucheng", "clc" },
    { "rolling", "热轧钢卷", "re zha gang juan", "rezhagangjuan", "rzgj" },
    { "reduction", "还原铁", "huan yuan tie", "huanyuantie", "hyt" },
    { "air conditioner", "空调", "kong tiao", "kongtiao", "kt" },
    { "industry", "行业", "hang ye", "hangye", "hy" },
    { "driving", "行驶", "xing shi", "xingshi", "xs" },
    { "Chengdu", "成都", "cheng du", "chengdu", "cd" },
    { "Xiamen", "厦门", "xia men", "xiamen", "xm" },
    { "u with dots", "电解铝", "dian jie lv", "dianjielv", "djl" },
    { "green", "绿色", "lv se", "lvse", "ls" },
    { "with letters", "吉利EX5汽车", "ji li ex5 qi che", "jiliex5qiche", "jlex5qc" },
    { "signs", "粗钢（高炉）", "cu gang gao lu", "cuganggaolu", "cggl" },
    { "no Chinese", "Geely Auto", "geely auto", "geelyauto", "geelyauto" },
    { "nothing", "", "", "", "" },
    { "only signs", "，。!", "", "", "" },
    { "kana is not read", "トヨタ", "", "", "" },
    { "no UTF-8", "\xFF吉\xE5", "ji", "ji", "j" },
};

static void test_forms(void **state)
{
    (void)state;
    tl_pinyin *p;
    tl_arena *arena;
    assert_int_equal(tl_pinyin_new(&p, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof form_cases / sizeof *form_cases; i++) {
        const struct form_case *c = &form_cases[i];
        tl_pinyin_forms got;
        tl_error err = { 0 };
        assert_int_equal(tl_pinyin_read(p, c->text, arena, &got, &err), TL_OK);
        if (strcmp(got.syllables, c->syllables) != 0 || strcmp(got.joined, c->joined) != 0 ||
            strcmp(got.initials, c->initials) != 0)
            fail_msg("%s: '%s' '%s' '%s', want '%s' '%s' '%s'", c->label, got.syllables, got.joined,
                     got.initials, c->syllables, c->joined, c->initials);
    }
    tl_arena_free(arena);
    tl_pinyin_free(p);
}

static const struct word_case {
    const char *label, *text, *want; /* joined by blanks */
} word_cases[] = {
    { "two", "吉利", "ji jili jl li" },
    { "three", "比亚迪", "bi biya by biyadi byd ya yadi yd di" },
    { "four and more: the rest of the run too", "吉利汽车",
      "ji jili jl jiliqi jlq jiliqiche jlqc li liqi lq liqiche lqc qi qiche qc che" },
    { "both spellings of u with dots", "铝", "lv lu" },
    { "in a word", "铝材", "lv lu lvcai lucai lc cai" },
    { "runs do not join", "铝 铁", "lv lu tie" },
    { "letters end a run", "吉a利", "ji li" },
    { "a corrected word", "长安", "chang changan ca an" },
    { "no Chinese", "Geely", "" },
};

static void test_words(void **state)
{
    (void)state;
    tl_pinyin *p;
    tl_arena *arena;
    tl_buf got;
    tl_buf_init(&got, 0);
    assert_int_equal(tl_pinyin_new(&p, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof word_cases / sizeof *word_cases; i++) {
        const struct word_case *c = &word_cases[i];
        tl_words words;
        assert_int_equal(tl_pinyin_words(p, c->text, arena, &words, NULL), TL_OK);
        tl_buf_reset(&got);
        for (size_t w = 0; w < words.n; w++)
            tl_buf_printf(&got, "%s%s", w ? " " : "", words.items[w]);
        if (strcmp(tl_buf_text(&got), c->want) != 0)
            fail_msg("%s: '%s', want '%s'", c->label, tl_buf_text(&got), c->want);
    }
    tl_buf_clear(&got);
    tl_arena_free(arena);
    tl_pinyin_free(p);
}

static const struct plain_case {
    const char *label, *word, *want;
} plain_cases[] = {
    { "diaeresis", "citroën", "citroen" },
    { "caron", "škoda", "skoda" },
    { "stroke", "søren", "soren" },
    { "two letters in one", "æ", "ae" },
    { "as it is", "geely", "geely" },
    { "another alphabet", "лада", "лада" },
    { "nothing", "", "" },
};

static void test_plain(void **state)
{
    (void)state;
    tl_pinyin *p;
    tl_arena *arena;
    char many[402];
    const char *got;
    assert_int_equal(tl_pinyin_new(&p, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof plain_cases / sizeof *plain_cases; i++) {
        const struct plain_case *c = &plain_cases[i];
        assert_int_equal(tl_pinyin_plain(p, c->word, arena, &got, NULL), TL_OK);
        if (strcmp(got, c->want) != 0)
            fail_msg("%s: '%s', want '%s'", c->label, got, c->want);
    }
    memset(many, 'a', 401);
    many[401] = '\0';
    assert_int_equal(tl_pinyin_plain(p, many, arena, &got, NULL), TL_EINPUT);
    assert_int_equal(tl_pinyin_plain(p, "\xFF", arena, &got, NULL), TL_EINPUT);
    tl_arena_free(arena);
    tl_pinyin_free(p);
}

/* Words stay within what the cutter of questions keeps, and a text has a limit. */
static void test_limits(void **state)
{
    (void)state;
    tl_pinyin *p;
    tl_arena *arena;
    tl_buf text;
    tl_words words;
    tl_pinyin_forms forms;
    tl_error err = { 0 };
    tl_buf_init(&text, 0);
    assert_int_equal(tl_pinyin_new(&p, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (int i = 0; i < 100; i++)
        tl_buf_str(&text, "双");
    assert_int_equal(tl_pinyin_words(p, tl_buf_text(&text), arena, &words, NULL), TL_OK);
    for (size_t i = 0; i < words.n; i++)
        assert_in_range(strlen(words.items[i]), 1, 40);
    while (text.len <= TL_PINYIN_MAX)
        tl_buf_str(&text, "........................................");
    assert_int_equal(tl_pinyin_words(p, tl_buf_text(&text), arena, &words, &err), TL_EINPUT);
    assert_int_equal(tl_pinyin_read(p, tl_buf_text(&text), arena, &forms, &err), TL_EINPUT);
    tl_buf_clear(&text);
    tl_arena_free(arena);
    tl_pinyin_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_score.c - totals, themes, bands and stars against hand calculations and published results.
 */
#include "rating/score.h"

#include "rating/tests/index_test.h"

/* One indicator a group: what the groups of an index come to is all its total asks for. */
static void load_groups(index_fixture *f, const char *product, const char *each)
{
    char items[1024], groups[512];
    bool has = product != NULL;
    snprintf(groups, sizeof groups,
             "code,name_en,name_zh,weight\ng,G,,none\ns12,S12,,scope12\ns3,S3,,scope3\n%s",
             has ? "pcf,PCF,,none\n" : "");
    snprintf(items, sizeof items,
             "code,parent,level,name_en,name_zh,max_points,step,group,requirement,parallel_of,"
             "evidence_en,evidence_zh\n1,,dimension,All,,100,,,,,,\n1.1,1,indicator,G,,10,,g,,,,\n"
             "1.2,1,indicator,S12,,%s,,s12,,,,\n1.3,1,indicator,S3,,%s,,s3,,,,\n%s%s%s",
             each, each, has ? "1.4,1,indicator,PCF,," : "", has ? product : "",
             has ? ",,pcf,,,,\n" : "");
    const tl_index_text texts[] = {
        { "index.csv",
          "name,value\nkind,points\nfull_points,100\nstep,0.5\n"
          "weighting,scope12-scope3\n",
          0 },
        { "groups.csv", groups, 0 },
        { "items.csv", items, 0 },
        { "themes.csv",
          "code,name_en,name_zh,short_en,short_zh,members,in_total,printed\n"
          "all,All,,,,1,no,yes\n",
          0 },
        { "bands.csv",
          "code,name_en,name_zh,from,above\nhigh,High,,50,yes\n"
          "middle,Middle,,30,no\nlow,Low,,0,no\n",
          0 },
    };
    if (index_load(f, texts, TEST_COUNT(texts), NULL) != TL_OK)
        fail_msg("%s", f->err.text);
}

/* Source: weights of CATI 2.0, structure with 10 / 45 / 45 points (SPEC 3.1, check 6):
 * 10 + 2w x 45 = 37.0 for automobiles, 82.0 for iron and steel, 28.0 for textiles. */
static void test_cati(void **state)
{
    static const struct {
        const char *label;
        tl_weight w;
        tl_points g, s12, s3;
        const char *want, *band;
    } rows[] = {
        { "automobile", 3000, 10000, 45000, 0, "37.0", "middle" },
        { "iron and steel", 8000, 10000, 45000, 0, "82.0", "high" },
        { "textile", 2000, 10000, 45000, 0, "28.0", "low" },
        { "half and half", 5000, 10000, 45000, 0, "55.0", "high" },
        { "none of scope 1 and 2", 0, 10000, 45000, 0, "10.0", "low" },
        { "all of it", 10000, 10000, 45000, 0, "100.0", "high" },
        { "not disclosed", 3000, TL_SLOT_NOT_DISCLOSED, 45000, 500, "27.7", "low" },
        { "nothing", 3000, 0, 0, 0, "0.0", "low" },
        { "exactly 50", 5000, 5000, 45000, 0, "50.0", "middle" },
    };
    index_fixture *f = *state;
    load_groups(f, NULL, "45");
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        const tl_points sheet[] = { rows[i].g, rows[i].s12, rows[i].s3 };
        char got[TL_POINTS_TEXT];
        tl_score score;
        expect(rows[i].label, tl_score_check(&f->x, TL_LEVEL_INDICATOR, sheet, &f->err), TL_OK,
               &f->err, NULL);
        tl_score_of(&f->x, TL_LEVEL_INDICATOR, sheet, rows[i].w, &score);
        tl_total_format(score.total, 1, got);
        if (strcmp(got, rows[i].want) != 0 ||
            strcmp(tl_score_band(&f->x, score.total)->code, rows[i].band) != 0)
            fail_msg("%s: got %s, want %s (%s)", rows[i].label, got, rows[i].want, rows[i].band);
        assert_int_equal(score.scope12, rows[i].w);
        assert_true(tl_score_total(&f->x, score.group, rows[i].w) == score.total);
    }
}

/* Source: published totals of the automobile index 2024 (SPEC 3.1, check 3; S12 = 2.1+3.1+4.1+5.1
 * and 5.2, S3 = 2.2+3.2+4.2+5.3 and 5.4, where 5.2 and 5.4 are fitted, not published). */
static void test_automobile(void **state)
{
    static const struct {
        const char *company;
        tl_points g, pcf, s12, s3;
        const char *want;
    } rows[] = {
        { "Mercedes-Benz", 9500, 6000, 33000, 27000, "73.1" }, /* 15.5 + 0.6x33 + 1.4x27 */
        { "Toyota", 8500, 0, 28500, 17000, "49.4" },           /* 8.5 + 17.1 + 23.8 */
        { "BYD", 5500, 0, 14500, 1500, "16.3" },               /* 5.5 + 8.7 + 2.1 */
        { "Polestar", 10000, 6000, 20000, 22500, "59.5" },     /* 16 + 12 + 31.5 */
    };
    index_fixture *f = *state;
    load_groups(f, "6", "42");
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        const tl_points sheet[] = { rows[i].g, rows[i].s12, rows[i].s3, rows[i].pcf };
        char got[TL_POINTS_TEXT];
        tl_score score;
        tl_score_of(&f->x, TL_LEVEL_INDICATOR, sheet, 3000, &score);
        tl_total_format(score.total, 1, got);
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("%s: got %s, want %s", rows[i].company, got, rows[i].want);
        assert_int_equal(score.counted, rows[i].g + rows[i].pcf + rows[i].s12 + rows[i].s3);
    }
}

/* Full marks are full points under every one of the 10,001 shares, from either level. */
static void test_full_marks(void **state)
{
    index_fixture *f = *state;
    tl_score score;
    index_load_small(f);
    const tl_points indicators[] = { 2000, 2000, 4000, 3000, 3000, 4000, 4000, 2000 };
    const tl_points themes[] = { 4000, 7000, 7000, 2000, 3000, 6000 };
    expect("themes", tl_score_check(&f->x, TL_LEVEL_THEME, themes, &f->err), TL_OK, &f->err, NULL);
    for (tl_weight w = 0; w <= TL_WEIGHT_ONE; w++) {
        tl_score_of(&f->x, TL_LEVEL_INDICATOR, indicators, w, &score);
        if (score.total != 20 * TL_TOTAL_POINT)
            fail_msg("indicators at %d: %lld", w, (long long)score.total);
        tl_score_of(&f->x, TL_LEVEL_THEME, themes, w, &score);
        if (score.total != 20 * TL_TOTAL_POINT)
            fail_msg("themes at %d: %lld", w, (long long)score.total);
    }
    assert_true(score.all_themes_positive);
    assert_int_equal(score.positive_themes, 5);
}

/* Where nothing is weighted, groups count as they are. */
static void test_unweighted(void **state)
{
    index_fixture *f = *state;
    const tl_index_text texts[] = {
        { "index.csv", "name,value\nkind,points\nfull_points,20\nstep,0.5\nweighting,none\n", 0 },
        small_index[1],
        small_index[2],
        small_index[3],
        small_index[4],
    };
    const tl_points sheet[] = { 500, 0, 4000, 0, 1500, 0, TL_SLOT_NOT_ASKED, 2000 };
    tl_score score;
    expect("load", index_load(f, texts, TEST_COUNT(texts), NULL), TL_OK, &f->err, NULL);
    tl_score_of(&f->x, TL_LEVEL_INDICATOR, sheet, 3000, &score);
    assert_true(score.total == 8 * TL_TOTAL_POINT);
    assert_int_equal(score.scope12, 0);
    const tl_points total[] = { 8500 };
    expect("total", tl_score_check(&f->x, TL_LEVEL_TOTAL, total, &f->err), TL_OK, &f->err, NULL);
    tl_score_of(&f->x, TL_LEVEL_TOTAL, total, 0, &score);
    assert_true(score.total == 85 * TL_TOTAL_POINT / 10);
    assert_int_equal(score.group[0], TL_SLOT_NOT_ASKED);
    assert_int_equal(score.theme[0], TL_SLOT_NOT_ASKED);
    assert_int_equal(score.answered, 1);
}

enum { NA = TL_SLOT_NOT_ASKED, ND = TL_SLOT_NOT_DISCLOSED, NX = TL_SLOT_NOT_APPLICABLE };

/* Which empty a theme is, what is answered, and what a parallel indicator does. Slots: 1.1.1 1.1.2
 * 2.1.1 2.1.2 2.2.1 2.2.2p 2.2.2 2.3; themes: governance own chain footprint steel guidance. */
static const struct empty_case {
    const char *label;
    tl_points sheet[8], theme[6];
    size_t answered, asked, positive;
} empty_cases[] = {
    { "nothing asked", { NA, NA, NA, NA, NA, NA, NA, NA }, { NA, NA, NA, NA, NA, NA }, 0, 7, 0 },
    { "nothing disclosed",
      { ND, ND, ND, ND, ND, NA, ND, ND },
      { ND, ND, ND, ND, ND, ND },
      7,
      7,
      0 },
    { "nothing applies", { NX, NX, NX, NX, NX, NX, NX, NX }, { NX, NX, NX, NX, NX, NX }, 0, 0, 0 },
    { "one not disclosed",
      { ND, NA, NX, NA, NX, NX, NX, NX },
      { ND, NA, NX, NX, NX, NA },
      1,
      3,
      0 },
    { "a real nought", { 0, NA, 0, ND, NA, NA, NA, 0 }, { 0, 0, NA, 0, NA, NA }, 4, 7, 0 },
    { "parallel alone",
      { NA, NA, NA, NA, NA, 1500, NA, NA },
      { NA, NA, 1500, NA, NA, 1500 },
      1,
      7,
      2 },
    { "parallel better",
      { NA, 500, NA, NA, 1000, 2500, 2000, NA },
      { 500, NA, 3500, NA, 1000, 3000 },
      3,
      7,
      4 },
    { "parallel worse",
      { NA, NA, NA, NA, NA, 500, 2000, NA },
      { NA, NA, 2000, NA, NA, 2000 },
      1,
      7,
      2 },
    { "parallel not disclosed",
      { NA, NA, NA, NA, NX, ND, NX, NA },
      { NA, NA, ND, NA, NX, ND },
      1,
      6,
      0 },
};

static void test_empties(void **state)
{
    index_fixture *f = *state;
    index_load_small(f);
    for (size_t i = 0; i < TEST_COUNT(empty_cases); i++) {
        const struct empty_case *c = &empty_cases[i];
        tl_score s;
        tl_score_of(&f->x, TL_LEVEL_INDICATOR, c->sheet, 3000, &s);
        for (size_t t = 0; t < 6; t++)
            if (s.theme[t] != c->theme[t])
                fail_msg("%s: theme %zu is %d, want %d", c->label, t, s.theme[t], c->theme[t]);
        if (s.answered != c->answered || s.asked != c->asked || s.positive_themes != c->positive ||
            s.all_themes_positive)
            fail_msg("%s: %zu of %zu answered, %zu themes", c->label, s.answered, s.asked,
                     s.positive_themes);
    }
}

static void test_item(void **state)
{
    static const tl_points sheet[] = { 500, ND, 4000, NA, 1000, 2500, 2000, NA };
    static const struct {
        const char *code;
        tl_points want;
    } rows[] = { { "1", 500 },    { "1.1", 500 },    { "2", 7500 },
                 { "2.1", 4000 }, { "2.2", 3500 },   { "2.3", NA },
                 { "1.1.2", ND }, { "2.2.2", 2500 }, { "2.2.2p", 2500 } };
    index_fixture *f = *state;
    index_load_small(f);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_points got = tl_score_item(&f->x, sheet, tl_index_find_item(&f->x, rows[i].code));
        if (got != rows[i].want)
            fail_msg("%s: got %d, want %d", rows[i].code, got, rows[i].want);
    }
}

static const struct check_case {
    const char *label;
    tl_sheet_level level;
    tl_points sheet[8];
    const char *words; /* NULL = sound */
} check_cases[] = {
    { "sound", TL_LEVEL_INDICATOR, { 500, 2000, 4000, NA, ND, NX, 0, 2000 }, NULL },
    { "above the maximum",
      TL_LEVEL_INDICATOR,
      { 2500 },
      "indicator 1.1.1: 2.5 points, expected at most 2" },
    { "between steps",
      TL_LEVEL_INDICATOR,
      { 0, 0, 0, 250 },
      "indicator 2.1.2: 0.25 points, expected a multiple of 0.5" },
    { "a step of its own",
      TL_LEVEL_INDICATOR,
      { 0, 0, 500 },
      "indicator 2.1.1: 0.5 points, expected a multiple of 1" },
    { "no such empty", TL_LEVEL_INDICATOR, { 0, -4 }, "indicator 1.1.2: negative points" },
    { "smallest of all", TL_LEVEL_INDICATOR, { INT32_MIN }, "indicator 1.1.1: negative points" },
    { "themes", TL_LEVEL_THEME, { 2000, 3500, 4000, 0, 1000, 3500 }, NULL },
    { "themes unknown", TL_LEVEL_THEME, { NA, NA, NA, NA, 3000, 6000 }, NULL },
    { "theme above its maximum",
      TL_LEVEL_THEME,
      { 4500 },
      "theme governance: 4.5 points, expected at most 4" },
    { "theme between steps",
      TL_LEVEL_THEME,
      { 250 },
      "theme governance: 0.25 points, expected a multiple of 0.5" },
    /* steel (2.2.1, 3 points) lies within chain (7 points, 4 of them elsewhere) */
    { "part above the whole",
      TL_LEVEL_THEME,
      { NA, NA, 1000, NA, 1500, NA },
      "theme steel: 1.5 points, but by chain it has at most 1" },
    { "whole beyond the part",
      TL_LEVEL_THEME,
      { NA, NA, 5000, NA, 500, NA },
      "theme chain: 5 points, but by steel it has at most 4.5" },
    { "whole just within", TL_LEVEL_THEME, { NA, NA, 4500, NA, 500, NA }, NULL },
    /* guidance holds 1.1.2 (2 of governance's 4) and 2.2.2 (4 of chain's 7) */
    { "guidance above its sources",
      TL_LEVEL_THEME,
      { 1000, NA, 1500, NA, NA, 3000 },
      "theme guidance: 3 points, but by the themes that make up the total it has at most 2.5" },
    { "guidance below its sources",
      TL_LEVEL_THEME,
      { 4000, NA, 5000, NA, NA, 3500 },
      "theme guidance: 3.5 points, but by the themes that make up the total it has at least 4" },
    { "guidance just within", TL_LEVEL_THEME, { 4000, NA, 5000, NA, NA, 4000 }, NULL },
    { "guidance, one source unknown", TL_LEVEL_THEME, { 500, NA, NA, NA, NA, 4500 }, NULL },
    { "guidance above one source",
      TL_LEVEL_THEME,
      { 500, NA, NA, NA, NA, 5000 },
      "theme guidance: 5 points, but by governance it has at most 4.5" },
    { "total", TL_LEVEL_TOTAL, { 13337 }, NULL },
    { "total above",
      TL_LEVEL_TOTAL,
      { 20001 },
      "total of small: 20.001 points, expected at most 20" },
};

static void test_check(void **state)
{
    index_fixture *f = *state;
    index_load_small(f);
    for (size_t i = 0; i < TEST_COUNT(check_cases); i++) {
        const struct check_case *c = &check_cases[i];
        f->err = (tl_error){ 0 };
        expect(c->label, tl_score_check(&f->x, c->level, c->sheet, &f->err),
               c->words ? TL_EINPUT : TL_OK, &f->err, c->words);
    }
    load_groups(f, NULL, "45");
    const tl_points theme[] = { 10000 };
    expect("no themes in the total", tl_score_check(&f->x, TL_LEVEL_THEME, theme, &f->err),
           TL_EINPUT, &f->err, "small@1 has no themes that make up its total");
}

/* All pairs (chain, steel) that some answers to 2.2.1 and 2.2.2 give, and no other, are sound. */
static void test_check_exact(void **state)
{
    index_fixture *f = *state;
    bool can_be[15][7] = { { false } };
    index_load_small(f);
    for (int steel = 0; steel <= 6; steel++)
        for (int suppliers = 0; suppliers <= 8; suppliers++)
            can_be[steel + suppliers][steel] = true;
    for (int chain = 0; chain <= 14; chain++)
        for (int steel = 0; steel <= 6; steel++) {
            const tl_points sheet[] = { NA, NA, chain * 500, NA, steel * 500, NA };
            bool sound = tl_score_check(&f->x, TL_LEVEL_THEME, sheet, NULL) == TL_OK;
            if (sound != can_be[chain][steel])
                fail_msg("chain %d, steel %d (halves): %s", chain, steel,
                         sound ? "accepted" : "refused");
        }
}

static void test_agree(void **state)
{
    static const tl_points answers[] = { 500, 2000, 4000, ND, 1000, 2500, 2000, NA };
    static const struct {
        const char *label;
        tl_points themes[6];
        bool inferred[6];
        tl_status want;
        const char *words;
    } rows[] = {
        { "all alike", { 2500, 4000, 3500, 0, 1000, 4500 }, { false }, TL_OK, NULL },
        { "what is unknown does not count", { 2500, NA, ND, NX, NA, NA }, { false }, TL_OK, NULL },
        { "steel differs",
          { 2500, 4000, 3500, 0, 1500, 4500 },
          { false },
          TL_ECONFLICT,
          "theme steel: 1.5 points as a theme, but its answers come to 1" },
        { "steel worked out", { 2500, 4000, 3500, 0, 1500, 4500 }, { [4] = true }, TL_OK, NULL },
        { "first of two",
          { 2000, 4000, 3500, 0, 1500, 4500 },
          { false },
          TL_ECONFLICT,
          "theme governance: 2 points as a theme, but its answers come to 2.5" },
        { "points for what is not asked",
          { NA, NA, NA, 2000, NA, NA },
          { false },
          TL_ECONFLICT,
          "theme footprint: 2 points as a theme, but its answers come to 0" },
    };
    index_fixture *f = *state;
    index_load_small(f);
    for (size_t i = 0; i < TEST_COUNT(rows); i++)
        expect(rows[i].label,
               tl_score_agree(&f->x, answers, rows[i].themes, rows[i].inferred, &f->err),
               rows[i].want, &f->err, rows[i].words);
    expect("no flags", tl_score_agree(&f->x, answers, rows[3].themes, NULL, &f->err), TL_ECONFLICT,
           &f->err, "steel");
}

static void test_names(void **state)
{
    index_fixture *f = *state;
    index_load_small(f);
    assert_string_equal(tl_level_name(TL_LEVEL_INDICATOR), "indicator");
    assert_string_equal(tl_level_name(TL_LEVEL_TOTAL), "total");
    assert_int_equal(tl_sheet_slots(&f->x, TL_LEVEL_INDICATOR), 8);
    assert_int_equal(tl_sheet_slots(&f->x, TL_LEVEL_THEME), 6);
    assert_int_equal(tl_sheet_slots(&f->x, TL_LEVEL_TOTAL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cati, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_automobile, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_full_marks, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_unweighted, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_empties, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_item, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_check, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_check_exact, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_agree, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_names, index_setup, index_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

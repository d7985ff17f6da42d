/* fuzz_crosswalk.c - a crosswalk file between two small indices. Of what is accepted every
 * indicator stands in one pair, and no sheet comes out below, above or outside the bounds from its
 * themes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rating/crosswalk_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ITEMS                                                                                      \
    "code,parent,level,name_en,name_zh,max_points,step,group,requirement,parallel_of,"             \
    "evidence_en,evidence_zh\n"
#define GROUPS                                                                                     \
    "code,name_en,name_zh,weight\nplain,Plain,,none\nown,Own,,scope12\nchain,Chain,,scope3\n"
#define THEMES                                                                                     \
    "code,name_en,name_zh,short_en,short_zh,members,in_total,printed\n"                            \
    "t1,One,,,,1,yes,yes\nt2,Two,,,,2,yes,yes\nt3,Three,,,,3,yes,yes\n"
#define BANDS "code,name_en,name_zh,from,above\nall,All,,0,no\n"
enum { TEXTS = 5, SLOTS_MAX = 16 };

static const char *const source[TEXTS] = {
    "name,value\nkind,points\nfull_points,10\nstep,0.5\nweighting,scope12-scope3\n",
    ITEMS "1,,dimension,1,,4,,,,,,\n1.1,1,indicator,1.1,,4,,plain,,,,\n"
          "2,,dimension,2,,3,,,,,,\n2.1,2,indicator,2.1,,2,,own,,,,\n"
          "2.2,2,indicator,2.2,,1,,own,,,,\n3,,dimension,3,,3,,,,,,\n"
          "3.1,3,indicator,3.1,,2,,chain,,,,\n3.1p,3,indicator,3.1p,,2,,chain,,3.1,,\n"
          "3.2,3,indicator,3.2,,1,,chain,,,,\n",
    GROUPS, THEMES "alone,Alone,,,,3.1,no,yes\n", BANDS
};
static const char *const target[TEXTS] = {
    "name,value\nkind,points\nfull_points,20\nstep,0.5\nweighting,scope12-scope3\n",
    ITEMS "1,,dimension,1,,6,,,,,,\n1.1,1,indicator,1.1,,4,,plain,,,,\n"
          "1.2,1,indicator,1.2,,2,,plain,,,,\n2,,dimension,2,,7,,,,,,\n"
          "2.1,2,indicator,2.1,,4,,own,,,,\n2.2,2,indicator,2.2,,3,,own,,,,\n"
          "3,,dimension,3,,7,,,,,,\n3.1,3,indicator,3.1,,2,,chain,,,,\n"
          "3.1p,3,indicator,3.1p,,2,,chain,,3.1,,\n3.2,3,indicator,3.2,,5,,chain,,,,\n",
    GROUPS, THEMES, BANDS
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void load(const char *const texts[TEXTS], tl_arena *arena, tl_index *x)
{
    static const char *const names[TEXTS] = { "index.csv", "items.csv", "groups.csv", "themes.csv",
                                              "bands.csv" };
    static const tl_dataset set = { .id = "x", .version = "1" };
    tl_index_text all[TEXTS];
    for (size_t i = 0; i < TEXTS; i++)
        all[i] = (tl_index_text){ names[i], texts[i], strlen(texts[i]) };
    demand(tl_index_parse(&set, all, TEXTS, arena, x, NULL) == TL_OK);
}

static void check_once(const tl_index *x, const tl_crosswalk_pair *pairs, size_t n, bool from)
{
    size_t seen[SLOTS_MAX] = { 0 };
    for (size_t i = 0; i < n; i++) {
        const int item = from ? pairs[i].from : pairs[i].to;
        if (item >= 0)
            seen[x->items[item].slot]++;
    }
    for (size_t k = 0; k < x->n_slots; k++)
        demand(seen[k] == 1);
}

/* A sheet from the bytes of the input, read at both levels. */
static void check_bounds(const tl_index *x, const tl_index *to, const tl_crosswalk_pair *pairs,
                         size_t n, const uint8_t *data, size_t size, tl_arena *arena)
{
    const double little = 1e-9;
    tl_points sheet[SLOTS_MAX], themes[TL_INDEX_THEMES_MAX];
    tl_scorecard card = { .company = { .id = "c" }, .level = TL_LEVEL_INDICATOR, .sheet = sheet };
    tl_crosswalk exact, bounds;
    const tl_weight w = data[0] * 39;
    for (size_t k = 0; k < x->n_slots; k++) {
        const unsigned b = data[k * 7 % size];
        sheet[k] = (tl_points)(b % (unsigned)(x->items[x->slot_items[k]].max / 500 + 1)) * 500;
    }
    tl_score_of(x, card.level, sheet, w, &card.score);
    demand(tl_crosswalk_make(x, to, pairs, n, &card, w, arena, &exact, NULL) == TL_OK);
    for (size_t t = 0; t < x->n_themes; t++)
        themes[t] = card.score.theme[t];
    if (data[size - 1] % 2)
        themes[x->n_themes - 1] = TL_SLOT_NOT_ASKED;
    card.level = TL_LEVEL_THEME;
    card.sheet = themes;
    tl_score_of(x, card.level, themes, w, &card.score);
    demand(tl_crosswalk_make(x, to, pairs, n, &card, w, arena, &bounds, NULL) == TL_OK);
    demand(exact.low >= 0 && exact.low <= exact.high && exact.high <= 20 + little);
    demand(bounds.low >= 0 && bounds.low <= bounds.high && bounds.high <= 20 + little);
    demand(bounds.low <= exact.low + little && bounds.high >= exact.high - little);
    demand(bounds.lost >= exact.lost - little && exact.lost >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_arena *arena = NULL;
    tl_index from, to;
    const tl_crosswalk_pair *pairs;
    size_t n;
    tl_error err = { 0 };
    if (tl_arena_new(&arena, (size_t)256 << 20, NULL) != TL_OK)
        return 0;
    load(source, arena, &from);
    load(target, arena, &to);
    tl_status st =
        tl_crosswalk_parse(&from, &to, "fuzz", (const char *)data, size, arena, &pairs, &n, &err);
    demand((st == TL_OK) == (err.text[0] == '\0'));
    if (st == TL_OK) {
        check_once(&from, pairs, n, true);
        check_once(&to, pairs, n, false);
        check_bounds(&from, &to, pairs, n, data, size, arena);
    }
    tl_arena_free(arena);
    return 0;
}

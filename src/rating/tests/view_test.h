/* view_test.h - indices and results for the tests of the views: definitions written as short lists,
 * the automobile index with a dozen published companies, and cards from sheets. */
#ifndef TL_RATING_TESTS_VIEW_TEST_H
#define TL_RATING_TESTS_VIEW_TEST_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/random.h"
#include "base/text.h"
#include "rating/league.h"

#define VIEW_COUNT(a) (sizeof(a) / sizeof *(a))
#define VIEW_TOTAL(tenths) ((tl_total)(tenths) * (TL_TOTAL_POINT / 10)) /* 731 is 73.1 points */

/* An indicator: "1.2.3" lies in the sub-dimension 1.2 of the dimension 1. */
typedef struct view_item {
    const char *code, *max, *group, *parallel_of;
} view_item;

typedef struct view_definition {
    const char *id, *full;
    bool weighted;
    const view_item *items;
    size_t n_items;
    const char *groups, *themes, *bands; /* rows of the files, without header */
} view_definition;

typedef struct view_fixture {
    tl_arena *arena;
    tl_index x; /* the automobile index */
} view_fixture;

/* Rows of dimensions and sub-dimensions: every leading part of a code, with what lies below it. */
static inline void view_add_parents(tl_buf *b, const view_definition *d)
{
    for (size_t i = 0; i < d->n_items; i++)
        for (const char *dot = strchr(d->items[i].code, '.'); dot; dot = strchr(dot + 1, '.')) {
            const char *code = d->items[i].code;
            const size_t n = (size_t)(dot - code);
            tl_points sum = 0, max;
            bool seen = false;
            for (size_t k = 0; k < d->n_items; k++) {
                if (strncmp(d->items[k].code, code, n + 1) != 0)
                    continue;
                seen = seen || k < i;
                assert_int_equal(tl_points_parse(d->items[k].max, &max, NULL), TL_OK);
                sum += d->items[k].parallel_of ? 0 : max;
            }
            char text[TL_POINTS_TEXT];
            const char *above = memchr(code, '.', n);
            tl_points_format(sum, text);
            if (!seen)
                tl_buf_printf(b, "%.*s,%.*s,%s,%.*s,,%s,,,,,,\n", (int)n, code,
                              above ? (int)(above - code) : 0, code,
                              above ? "sub-dimension" : "dimension", (int)n, code, text);
        }
}

static inline tl_index view_index(tl_arena *arena, const view_definition *d)
{
    tl_buf b[5];
    tl_index x;
    tl_error err = { 0 };
    for (size_t i = 0; i < VIEW_COUNT(b); i++)
        tl_buf_init(&b[i], 0);
    tl_buf_printf(&b[0], "name,value\nkind,points\nfull_points,%s\nstep,0.5\nweighting,%s\n",
                  d->full, d->weighted ? "scope12-scope3" : "none");
    tl_buf_str(&b[1], "code,parent,level,name_en,name_zh,max_points,step,group,requirement,"
                      "parallel_of,evidence_en,evidence_zh\n");
    view_add_parents(&b[1], d);
    for (size_t i = 0; i < d->n_items; i++) {
        const view_item *item = &d->items[i];
        const char *dot = strrchr(item->code, '.');
        tl_buf_printf(&b[1], "%s,%.*s,indicator,Indicator %s,,%s,,%s,,%s,,\n", item->code,
                      (int)(dot - item->code), item->code, item->code, item->max, item->group,
                      item->parallel_of ? item->parallel_of : "");
    }
    tl_buf_printf(&b[2], "code,name_en,name_zh,weight\n%s", d->groups);
    tl_buf_printf(&b[3], "code,name_en,name_zh,short_en,short_zh,members,in_total,printed\n%s",
                  d->themes);
    tl_buf_printf(&b[4], "code,name_en,name_zh,from,above\n%s", d->bands);
    static const char *const names[] = { "index.csv", "items.csv", "groups.csv", "themes.csv",
                                         "bands.csv" };
    tl_index_text texts[VIEW_COUNT(b)];
    for (size_t i = 0; i < VIEW_COUNT(b); i++)
        texts[i] = (tl_index_text){ names[i], tl_buf_text(&b[i]), b[i].len };
    const tl_dataset set = { .id = d->id, .version = "1", .title_en = d->id };
    if (tl_index_parse(&set, texts, VIEW_COUNT(b), arena, &x, &err) != TL_OK)
        fail_msg("%s: %s", d->id, err.text);
    for (size_t i = 0; i < VIEW_COUNT(b); i++)
        tl_buf_clear(&b[i]);
    return x;
}

/* CATI automobile 2024: maxima of the 51 indicators and the columns of its table 3-3-1; the two
 * last themes are not printed there. The bands are those of its distribution. */
#define VIEW_G "governance", NULL
#define VIEW_P "product", NULL
#define VIEW_12 "scope12", NULL
#define VIEW_3 "scope3", NULL
static const view_item view_auto_items[] = {
    { "1.1.1", "1", VIEW_G },   { "1.1.2", "1", VIEW_G },  { "1.1.3", "2", VIEW_G },
    { "1.1.4", "1", VIEW_G },   { "1.2.1", "2", VIEW_G },  { "1.2.2", "1", VIEW_G },
    { "1.2.3", "2", VIEW_G },   { "2.1.1", "5", VIEW_12 }, { "2.1.2", "2", VIEW_12 },
    { "2.1.3", "2", VIEW_12 },  { "2.1.4", "1", VIEW_12 }, { "2.2.1", "5", VIEW_3 },
    { "2.2.2", "1", VIEW_3 },   { "2.3.1", "6", VIEW_P },  { "3.1.1", "3", VIEW_12 },
    { "3.1.2", "2", VIEW_12 },  { "3.1.3", "1", VIEW_12 }, { "3.1.4", "1", VIEW_12 },
    { "3.2.1", "5", VIEW_3 },   { "3.2.2", "2", VIEW_3 },  { "3.2.3", "1", VIEW_3 },
    { "3.2.4", "1", VIEW_3 },   { "4.1.1", "3", VIEW_12 }, { "4.1.2", "1", VIEW_12 },
    { "4.1.3", "2", VIEW_12 },  { "4.2.1", "3", VIEW_3 },  { "4.2.2", "1", VIEW_3 },
    { "4.2.3", "2", VIEW_3 },   { "5.1.1", "4", VIEW_12 }, { "5.1.2", "1", VIEW_12 },
    { "5.1.3", "3", VIEW_12 },  { "5.1.4", "1", VIEW_12 }, { "5.1.5", "2", VIEW_12 },
    { "5.1.6", "2", VIEW_12 },  { "5.2.1", "3", VIEW_12 }, { "5.2.2", "3", VIEW_12 },
    { "5.3.1", "0.5", VIEW_3 }, { "5.3.2", "3", VIEW_3 },  { "5.3.3", "2", VIEW_3 },
    { "5.3.4", "1", VIEW_3 },   { "5.3.5", "1", VIEW_3 },  { "5.3.6", "0.5", VIEW_3 },
    { "5.3.7", "1", VIEW_3 },   { "5.3.8", "1", VIEW_3 },  { "5.4.1", "2", VIEW_3 },
    { "5.4.2", "1", VIEW_3 },   { "5.4.3", "2", VIEW_3 },  { "5.4.4", "1", VIEW_3 },
    { "5.4.5", "2", VIEW_3 },   { "5.4.6", "1", VIEW_3 },  { "5.4.7", "2", VIEW_3 },
};

static const view_definition view_auto = {
    .id = "auto",
    .full = "100",
    .weighted = true,
    .items = view_auto_items,
    .n_items = VIEW_COUNT(view_auto_items),
    .groups = "governance,Governance,,none\nproduct,Product footprint,,none\n"
              "scope12,Scope 1 and 2,,scope12\nscope3,Scope 3,,scope3\n",
    .themes = "governance,Governance,,,,1,yes,yes\n"
              "scope12-disclosure,S1&2 disclosure,,,,2.1,yes,yes\n"
              "scope12-targets,S1&2 targets,,,,3.1 4.1,yes,yes\n"
              "scope12-action,S1&2 action,,,,5.1,yes,yes\n"
              "scope3-disclosure,S3 disclosure,,,,2.2,yes,yes\n"
              "scope3-targets,S3 targets,,,,3.2 4.2,yes,yes\n"
              "scope3-action,S3 action,,,,5.3,yes,yes\n"
              "steel-aluminium,Steel and aluminium,,,,5.3.2,no,yes\n"
              "supplier-guidance,Supplier guidance,,,,1.2.3 3.2.3 4.2.3 5.4,no,yes\n"
              "product-footprint,Product footprint,,,,2.3,yes,yes\n"
              "affiliates,Affiliates,,,,5.2,yes,no\n"
              "suppliers,Suppliers,,,,5.4,yes,no\n",
    .bands = "top,Top,,70,yes\nhigh,High,,50,yes\nmiddle,Middle,,30,yes\nlow,Low,,0,no\n",
};
enum { VIEW_THEMES = 12, VIEW_STEEL = 7, VIEW_PRODUCT = 9 };

/* A published row; points in the order of the themes, total in tenths. Source: CATI automobile
 * 2024, table 3-3-1; the two last columns are worked out from the total. */
typedef struct view_company {
    const char *id, *name_en, *region_group, *country, *listed;
    double points[VIEW_THEMES];
    int total;
} view_company;

/* By id. */
static const view_company view_dozen[] = {
    { "bmw", "BMW", "european", "DE", "yes", { 8.5, 9, 12, 5, 4.5, 10.5, 8, 3, 2, 6, 1, 0 }, 629 },
    { "byd", "BYD", "chinese", "CN", "yes", { 5.5, 6, 0, 6.5, 0, 0, 1.5, 0, 0, 0, 2, 0 }, 163 },
    { "hozon", "Hozonauto", "chinese", "CN", "no", { 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 20 },
    { "jac", "JAC Motors", "chinese", "CN", "yes", { 1, 0, 0, 5, 0, 0, 0.5, 0, 0, 0, 0, 0 }, 47 },
    { "mercedes-benz",
      "Mercedes-Benz",
      "european",
      "DE",
      "yes",
      { 9.5, 10, 12, 9, 6, 13, 7.5, 3, 4.5, 6, 2, 0.5 },
      731 },
    { "polestar",
      "Polestar",
      "european",
      "SE",
      "yes",
      { 10, 7, 10, 2, 5, 11.5, 5.5, 1, 2.5, 6, 1, 0.5 },
      595 },
    { "rivian",
      "Rivian",
      "american",
      "US",
      "yes",
      { 9, 8, 3, 1.5, 5.5, 3.5, 3, 1, 2, 6, 0, 0 },
      393 },
    { "stellantis",
      "Stellantis",
      "european",
      "NL",
      "yes",
      { 8, 6, 12, 8, 3.5, 9, 3.5, 0.5, 4, 0, 0, 0 },
      460 },
    { "subaru",
      "Subaru",
      "japanese-korean",
      "JP",
      "yes",
      { 8, 9, 8, 6.5, 3, 3.5, 4.5, 1, 2, 0, 3, 0 },
      393 },
    { "tesla", "Tesla", "american", "US", "yes", { 10, 7, 0, 3, 6, 0, 5.5, 1, 2, 3.5, 0, 0 }, 356 },
    { "toyota",
      "Toyota Motor",
      "japanese-korean",
      "JP",
      "yes",
      { 8.5, 9, 13, 4.5, 5, 8, 3, 0, 3, 0, 2, 1 },
      494 },
    { "volvo",
      "Volvo Cars",
      "european",
      "SE",
      "yes",
      { 9.5, 8, 12, 7, 5.5, 13, 5, 2, 4, 6, 1, 0 },
      652 },
};

static inline tl_points view_points(double p)
{
    return (tl_points)lround(p * TL_POINT);
}

/* A card from a sheet, which is borrowed. */
static inline tl_scorecard view_card(const tl_index *x, const char *id, tl_sheet_level level,
                                     const tl_points *sheet, tl_weight scope12)
{
    tl_scorecard c = { .company = { .id = id,
                                    .name_en = id,
                                    .name_zh = "",
                                    .country = "",
                                    .region_group = "",
                                    .listed = "",
                                    .product_type = "" },
                       .level = level,
                       .version = 1,
                       .industry = "automobile",
                       .sheet = sheet,
                       .stated_total = TL_SLOT_NOT_ASKED };
    tl_error err = { 0 };
    if (tl_score_check(x, level, sheet, &err) != TL_OK)
        fail_msg("%s: %s", id, err.text);
    tl_score_of(x, level, sheet, scope12, &c.score);
    return c;
}

static inline tl_edition view_edition(view_fixture *f, const view_company *rows, size_t n)
{
    tl_edition e = { .index = &f->x, .period = "2024", .cut_off = "", .published_on = "", .n = n };
    e.cards = tl_arena_alloc(f->arena, n, sizeof *e.cards);
    assert_non_null(e.cards);
    for (size_t i = 0; i < n; i++) {
        tl_points *sheet = tl_arena_alloc(f->arena, VIEW_THEMES, sizeof *sheet);
        assert_non_null(sheet);
        for (size_t t = 0; t < VIEW_THEMES; t++)
            sheet[t] = view_points(rows[i].points[t]);
        e.cards[i] = view_card(&f->x, rows[i].id, TL_LEVEL_THEME, sheet, 3000);
        e.cards[i].company.name_en = rows[i].name_en;
        e.cards[i].company.region_group = rows[i].region_group;
        e.cards[i].company.country = rows[i].country;
        e.cards[i].company.listed = rows[i].listed;
    }
    return e;
}

static inline tl_edition view_dozen_edition(view_fixture *f)
{
    return view_edition(f, view_dozen, VIEW_COUNT(view_dozen));
}

static inline const tl_league_row *view_league(view_fixture *f, const tl_edition *e)
{
    const tl_league_row *rows;
    size_t n;
    tl_error err = { 0 };
    if (tl_league_make(e, NULL, f->arena, &rows, &n, &err) != TL_OK)
        fail_msg("%s", err.text);
    assert_int_equal(n, e->n);
    return rows;
}

static inline void view_near(const char *label, double got, double want, double tolerance)
{
    if (isnan(want) ? !isnan(got) : !(fabs(got - want) <= tolerance))
        fail_msg("%s: got %.17g, want %.17g (within %g)", label, got, want, tolerance);
}

static inline int view_setup(void **state)
{
    view_fixture *f = calloc(1, sizeof *f);
    if (!f || tl_arena_new(&f->arena, 0, NULL) != TL_OK) {
        free(f);
        return -1;
    }
    f->x = view_index(f->arena, &view_auto);
    *state = f;
    return 0;
}

static inline int view_teardown(void **state)
{
    view_fixture *f = *state;
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

#endif

/* rating_statistics.c - histogram, bands, themes above zero, groups compared. */
#include "report/rating_parts.h"

static void put_histogram(tl_report *r, const tl_rating_view *v, const tl_histogram *h)
{
    static const tl_column columns[] = {
        { .key = "from", .name = { "from", "下限" }, .kind = TL_COLUMN_EXACT },
        { .key = "to", .name = { "to below", "上限（不含）" }, .kind = TL_COLUMN_EXACT },
        { .key = "companies", .name = { "companies", "企业数" }, .kind = TL_COLUMN_INT },
    };
    tl_report_table(r, "histogram", (tl_label){ "How the totals are spread", "总分分布" }, columns,
                    3);
    for (size_t i = 0; i < h->n; i++) {
        tl_put_points(r, h->width * (tl_points)i, v->arena);
        tl_put_points(r, h->width * (tl_points)(i + 1), v->arena);
        tl_report_int(r, (int64_t)h->counts[i]);
    }
}

static void put_bands(tl_report *r, const tl_rating_view *v, const tl_group_statistics *all)
{
    static const tl_column columns[] = {
        { .key = "band", .name = { "band", "分档" }, .kind = TL_COLUMN_WORD },
        { .key = "from", .name = { "from", "下限" }, .kind = TL_COLUMN_EXACT },
        { .key = "above", .name = { "above it only", "仅高于" }, .kind = TL_COLUMN_BOOL },
        { .key = "companies", .name = { "companies", "企业数" }, .kind = TL_COLUMN_INT },
        { .key = "share",
          .name = { "share", "占比" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
    };
    const tl_index *x = v->edition->index;
    if (x->n_bands == 0)
        return;
    tl_report_table(r, "bands", (tl_label){ "Bands", "分档" }, columns, 5);
    for (size_t i = 0; i < x->n_bands; i++) {
        tl_report_word(r, x->bands[i].code, (tl_label){ x->bands[i].name_en, x->bands[i].name_zh });
        tl_put_total(r, x->bands[i].from, 1, v->arena);
        tl_report_bool(r, x->bands[i].above);
        tl_report_int(r, (int64_t)all->bands[i]);
        tl_report_number(r, 100.0 * (double)all->bands[i] / (double)all->n);
    }
}

static void put_stars(tl_report *r, const tl_rating_view *v)
{
    static const tl_column columns[] = {
        { .key = "stars", .name = { "stars", "星级" }, .kind = TL_COLUMN_INT },
        { .key = "companies", .name = { "companies", "企业数" }, .kind = TL_COLUMN_INT },
    };
    const tl_index *x = v->edition->index;
    if (x->n_stars == 0)
        return;
    tl_report_table(r, "stars", (tl_label){ "Stars", "星级" }, columns, 2);
    for (size_t i = 0; i < x->n_stars; i++) {
        int64_t n = 0;
        for (size_t k = 0; k < v->n; k++)
            n += tl_scorecard_stars(x, v->league[k].card) == x->stars[i].stars;
        tl_report_int(r, x->stars[i].stars);
        tl_report_int(r, n);
    }
}

static void put_themes(tl_report *r, const tl_rating_view *v, const tl_group_statistics *all)
{
    static const tl_column columns[] = {
        { .key = "theme", .name = { "theme", "主题" }, .kind = TL_COLUMN_WORD },
        { .key = "known", .name = { "known", "有数据" }, .kind = TL_COLUMN_INT },
        { .key = "above_zero", .name = { "above zero", "得分大于零" }, .kind = TL_COLUMN_INT },
        { .key = "full", .name = { "full points", "满分" }, .kind = TL_COLUMN_INT },
        { .key = "mean_rate",
          .name = { "mean scoring rate", "平均得分率" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
    };
    const tl_index *x = v->edition->index;
    if (x->n_themes == 0)
        return;
    tl_report_table(r, "themes",
                    (tl_label){ "Themes: how many companies score", "各主题得分企业数" }, columns,
                    5);
    for (size_t i = 0; i < x->n_themes; i++) {
        if (!x->themes[i].printed)
            continue;
        tl_report_word(r, x->themes[i].code,
                       (tl_label){ x->themes[i].name_en, x->themes[i].name_zh });
        tl_report_int(r, (int64_t)all->themes[i].known);
        tl_report_int(r, (int64_t)all->themes[i].above_zero);
        tl_report_int(r, (int64_t)all->themes[i].full);
        tl_report_number(r, 100.0 * all->themes[i].mean_rate);
    }
}

static tl_label group_label(tl_league_field field, const char *key)
{
    if (!*key)
        return (tl_label){ "not known", "未知" };
    switch (field) {
    case TL_BY_REGION_GROUP:
        return tl_word_region_group(key);
    case TL_BY_COUNTRY:
        return tl_word_country(key);
    case TL_BY_LISTED:
        return tl_word_yes_no(key);
    case TL_BY_PRODUCT_TYPE:
        return tl_word_product_type(key);
    case TL_BY_NOTHING:
        break;
    }
    return (tl_label){ key, key };
}

enum { GROUP_COLUMNS = 7 };

static const tl_column *group_columns(const tl_rating_view *v, tl_league_field field, size_t *n)
{
    static const tl_label names[] = {
        [TL_BY_NOTHING] = { "all", "全部" },
        [TL_BY_REGION_GROUP] = { "group", "地区组" },
        [TL_BY_COUNTRY] = { "country", "国家" },
        [TL_BY_LISTED] = { "listed", "是否上市" },
        [TL_BY_PRODUCT_TYPE] = { "main product", "主要产品" },
    };
    const tl_index *x = v->edition->index;
    const tl_column fixed[GROUP_COLUMNS] = {
        { .key = "group", .name = names[field], .kind = TL_COLUMN_WORD },
        { .key = "companies", .name = { "companies", "企业数" }, .kind = TL_COLUMN_INT },
        { .key = "mean_total",
          .name = { "mean", "平均分" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 1 },
        { .key = "median_total",
          .name = { "median", "中位数" },
          .kind = TL_COLUMN_NUMBER,
          .decimals = 1 },
        { .key = "lowest", .name = { "lowest", "最低" }, .kind = TL_COLUMN_EXACT },
        { .key = "highest", .name = { "highest", "最高" }, .kind = TL_COLUMN_EXACT },
        { .key = "all_themes", .name = { "in all themes", "各主题均得分" }, .kind = TL_COLUMN_INT },
    };
    tl_column *c = tl_arena_alloc(v->arena, GROUP_COLUMNS + x->n_themes, sizeof *c);
    *n = 0;
    for (size_t i = 0; c && i < GROUP_COLUMNS; i++)
        c[(*n)++] = fixed[i];
    for (size_t i = 0; c && i < x->n_themes; i++)
        if (x->themes[i].printed)
            c[(*n)++] =
                (tl_column){ .key = tl_column_key(v->arena, x->themes[i].code, "_mean_rate"),
                             .name = { x->themes[i].short_en, x->themes[i].short_zh },
                             .kind = TL_COLUMN_NUMBER };
    return c;
}

static void put_groups(tl_report *r, const tl_rating_view *v, const tl_rating_statistics *s)
{
    size_t n;
    const tl_index *x = v->edition->index;
    const tl_column *columns = group_columns(v, s->field, &n);
    if (!columns)
        return;
    tl_report_table(r, "groups",
                    (tl_label){ "Groups compared; themes as mean scoring rate in %",
                                "分组比较；各主题为平均得分率（%）" },
                    columns, n);
    for (size_t i = 0; i < s->n_groups; i++) {
        const tl_group_statistics *g = &s->groups[i];
        tl_report_word(r, g->key, group_label(s->field, g->key));
        tl_report_int(r, (int64_t)g->n);
        tl_report_number(r, g->mean_total);
        tl_report_number(r, g->median_total);
        tl_put_total(r, g->lowest, 1, v->arena);
        tl_put_total(r, g->highest, 1, v->arena);
        tl_report_int(r, (int64_t)g->all_themes);
        for (size_t t = 0; t < x->n_themes; t++)
            if (x->themes[t].printed)
                tl_report_number(r, 100.0 * g->themes[t].mean_rate);
    }
}

tl_report *tl_report_rating_statistics(const tl_rating_view *v, const tl_rating_statistics *s)
{
    const tl_index *x = v->edition->index;
    tl_report *r = tl_report_new(v->arena, "rate-stats", (tl_label){ x->title_en, x->title_zh });
    if (!r)
        return NULL;
    tl_put_edition_facts(r, v->edition);
    if (x->n_themes)
        tl_report_fact_int(
            r, "all_themes",
            (tl_label){ "companies above zero in every theme", "各主题均得分的企业数" },
            (int64_t)s->all->all_themes);
    put_histogram(r, v, s->histogram);
    put_bands(r, v, s->all);
    put_stars(r, v);
    put_themes(r, v, s->all);
    if (s->groups)
        put_groups(r, v, s);
    if (x->n_themes)
        tl_report_note(
            r, (tl_label){ "Means are plain means over companies with a known value; what is "
                           "not disclosed, not asked or not applicable is in no mean.",
                           "平均值为有数据企业的简单平均；未披露、未问询、不适用均不计入。" });
    tl_put_mark_notes(r, x, TL_MARKS_THEMES, v->arena);
    return r;
}

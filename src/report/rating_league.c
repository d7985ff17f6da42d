/* rating_league.c - the league table, and the same companies under other weights. */
#include <stdlib.h>
#include <string.h>

#include "report/rating_parts.h"

const tl_league_row *tl_rating_view_find(const tl_rating_view *v, const char *company)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->league[i].card->company.id, company) == 0)
            return &v->league[i];
    return NULL;
}

/* Columns before and behind the themes of the index. */
static const tl_column head[] = {
    { .key = "rank", .name = { "rank", "名次" }, .kind = TL_COLUMN_INT },
    { .key = "tied", .name = { "tied", "并列" }, .kind = TL_COLUMN_BOOL, .files_only = true },
    { .key = "company", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "name", .name = { "company", "企业" }, .kind = TL_COLUMN_LABEL },
    { .key = "total", .name = { "total", "总分" }, .kind = TL_COLUMN_EXACT },
    { .key = "band", .name = { "band", "分档" }, .kind = TL_COLUMN_WORD },
};

static const tl_column change_columns[] = {
    { .key = "rank_before", .name = { "before", "上期名次" }, .kind = TL_COLUMN_INT },
    { .key = "rank_change", .name = { "change", "名次变化" }, .kind = TL_COLUMN_INT },
    { .key = "total_before", .name = { "total before", "上期总分" }, .kind = TL_COLUMN_EXACT },
};

static const tl_column tail[] = {
    { .key = "level", .name = { "level", "数据层级" }, .kind = TL_COLUMN_WORD },
    { .key = "inferred", .name = { "inferred", "含推算" }, .kind = TL_COLUMN_BOOL },
    { .key = "stated_total",
      .name = { "printed total", "原载总分" },
      .kind = TL_COLUMN_EXACT,
      .files_only = true },
    { .key = "country", .name = { "country", "国家" }, .kind = TL_COLUMN_WORD, .files_only = true },
    { .key = "region_group",
      .name = { "group", "地区组" },
      .kind = TL_COLUMN_WORD,
      .files_only = true },
    { .key = "listed", .name = { "listed", "上市" }, .kind = TL_COLUMN_WORD, .files_only = true },
    { .key = "product_type",
      .name = { "main product", "主要产品" },
      .kind = TL_COLUMN_WORD,
      .files_only = true },
};

enum {
    HEAD = sizeof head / sizeof *head,
    CHANGE = sizeof change_columns / sizeof *change_columns,
    TAIL = sizeof tail / sizeof *tail
};

static bool has_stars(const tl_index *x)
{
    return x->kind == TL_INDEX_STARS;
}

/* True where all results are known at the same level: said once, not in every row. */
static bool one_level(const tl_rating_view *v)
{
    for (size_t i = 1; i < v->n; i++)
        if (v->league[i].card->level != v->league[0].card->level)
            return false;
    return v->n > 0;
}

static bool any_inferred(const tl_rating_view *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (tl_card_inferred(v->edition->index, v->league[i].card))
            return true;
    return false;
}

/* The columns for this index; *n how many. */
static const tl_column *columns_of(const tl_rating_view *v, size_t *n)
{
    const tl_index *x = v->edition->index;
    tl_column *c = tl_arena_alloc(v->arena, HEAD + CHANGE + TAIL + x->n_themes + 1, sizeof *c);
    *n = 0;
    if (!c)
        return NULL;
    for (size_t i = 0; i < HEAD; i++)
        if (strcmp(head[i].key, "band") != 0 || !has_stars(x))
            c[(*n)++] = head[i];
    if (has_stars(x))
        c[(*n)++] =
            (tl_column){ .key = "stars", .name = { "stars", "星级" }, .kind = TL_COLUMN_INT };
    for (size_t i = 0; i < CHANGE; i++) {
        c[*n] = change_columns[i];
        c[(*n)++].files_only = v->before == NULL;
    }
    for (size_t i = 0; i < x->n_themes; i++)
        if (x->themes[i].printed)
            c[(*n)++] = (tl_column){ .key = tl_column_key(v->arena, x->themes[i].code, "_rate"),
                                     .name = { x->themes[i].short_en, x->themes[i].short_zh },
                                     .kind = TL_COLUMN_EXACT };
    for (size_t i = 0; i < TAIL; i++) {
        c[*n] = tail[i];
        if (strcmp(tail[i].key, "level") == 0)
            c[*n].files_only = one_level(v);
        if (strcmp(tail[i].key, "inferred") == 0)
            c[*n].files_only = !any_inferred(v);
        (*n)++;
    }
    return c;
}

static void put_change(tl_report *r, const tl_league_row *row, tl_arena *arena)
{
    if (row->rank_before == 0) {
        for (size_t i = 0; i < CHANGE; i++)
            tl_report_empty(r, (tl_label){ NULL, NULL });
        return;
    }
    tl_report_int(r, (int64_t)row->rank_before);
    tl_report_int(r, (int64_t)row->rank_before - (int64_t)row->rank);
    tl_put_total(r, row->total_before, 1, arena);
}

static void put_tail(tl_report *r, const tl_rating_view *v, const tl_scorecard *card)
{
    tl_arena *arena = v->arena;
    const tl_company *c = &card->company;
    tl_report_word(r, tl_level_name(card->level), tl_word_level(card->level));
    tl_report_bool(r, tl_card_inferred(v->edition->index, card));
    tl_put_points(r, card->stated_total, arena);
    tl_report_word(r, c->country, tl_word_country(c->country));
    tl_report_word(r, c->region_group, tl_word_region_group(c->region_group));
    tl_report_word(r, c->listed, tl_word_yes_no(c->listed));
    tl_report_word(r, c->product_type, tl_word_product_type(c->product_type));
}

static void put_row(tl_report *r, const tl_rating_view *v, const tl_league_row *row)
{
    const tl_index *x = v->edition->index;
    const tl_scorecard *card = row->card;
    tl_report_int(r, (int64_t)row->rank);
    tl_report_bool(r, row->tied);
    tl_report_text(r, card->company.id);
    tl_report_label(r, tl_company_label(&card->company));
    tl_put_total(r, card->score.total, 1, v->arena);
    if (has_stars(x))
        tl_report_int(r, tl_scorecard_stars(x, card));
    else if (row->band)
        tl_report_word(r, row->band->code, (tl_label){ row->band->name_en, row->band->name_zh });
    else
        tl_report_empty(r, (tl_label){ NULL, NULL });
    put_change(r, row, v->arena);
    for (size_t i = 0; i < x->n_themes; i++)
        if (x->themes[i].printed)
            tl_put_rate(r, card->score.theme[i], x->themes[i].max, v->arena);
    put_tail(r, v, card);
}

/* Rows that pass the filter, the first and last of them. */
static void put_rows(tl_report *r, const tl_rating_view *v, const tl_league_filter *f, size_t top,
                     size_t bottom)
{
    size_t passed = 0, at = 0;
    for (size_t i = 0; i < v->n; i++)
        passed += tl_league_shows(f, &v->league[i]);
    for (size_t i = 0; i < v->n; i++) {
        if (!tl_league_shows(f, &v->league[i]))
            continue;
        if ((top == 0 && bottom == 0) || at < top || at + bottom >= passed)
            put_row(r, v, &v->league[i]);
        at++;
    }
}

static void put_notes(tl_report *r, const tl_rating_view *v)
{
    const tl_index *x = v->edition->index;
    if (one_level(v) && v->league[0].card->level == TL_LEVEL_THEME)
        tl_report_note(r, (tl_label){ "All results are known at group level only, as their source "
                                      "prints them.",
                                      "各结果均仅有分组得分，与来源一致。" });
    if (any_inferred(v))
        tl_report_note(r, (tl_label){ "Inferred: part of the total is printed nowhere and was "
                                      "worked out from the printed total.",
                                      "含推算：总分中有一部分未见公布，由公布的总分推算。" });
    if (!v->before)
        tl_report_note(r, (tl_label){ "No earlier edition is held, so there is no change to show.",
                                      "没有更早一期的结果，因此不显示变化。" });
    tl_put_mark_notes(r, x, TL_MARKS_WEIGHTING | TL_MARKS_THEMES | TL_MARKS_STARS, v->arena);
}

tl_report *tl_report_league(const tl_rating_view *v, const tl_league_filter *f, size_t top,
                            size_t bottom)
{
    size_t n;
    const tl_index *x = v->edition->index;
    tl_report *r = tl_report_new(v->arena, "rate-rank", (tl_label){ x->title_en, x->title_zh });
    const tl_column *columns = columns_of(v, &n);
    if (!r || !columns)
        return NULL;
    tl_put_edition_facts(r, v->edition);
    tl_report_table(
        r, "companies",
        (tl_label){ "League table; themes as scoring rate in %", "排名；各主题为得分率（%）" },
        columns, n);
    put_rows(r, v, f, top, bottom);
    put_notes(r, v);
    return r;
}

static const tl_column whatif_columns[] = {
    { .key = "rank", .name = { "rank", "名次" }, .kind = TL_COLUMN_INT },
    { .key = "company", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "name", .name = { "company", "企业" }, .kind = TL_COLUMN_LABEL },
    { .key = "total", .name = { "total", "总分" }, .kind = TL_COLUMN_EXACT },
    { .key = "published_rank", .name = { "published rank", "公布名次" }, .kind = TL_COLUMN_INT },
    { .key = "published_total",
      .name = { "published total", "公布总分" },
      .kind = TL_COLUMN_EXACT },
    { .key = "best_rank", .name = { "best rank", "最好名次" }, .kind = TL_COLUMN_INT },
    { .key = "best_at", .name = { "first at", "首见于" }, .kind = TL_COLUMN_EXACT, .unit = "%" },
    { .key = "worst_rank", .name = { "worst rank", "最差名次" }, .kind = TL_COLUMN_INT },
    { .key = "worst_at", .name = { "first at", "首见于" }, .kind = TL_COLUMN_EXACT, .unit = "%" },
};

static const char *percent(tl_arena *arena, tl_weight w)
{
    char text[TL_POINTS_TEXT];
    tl_points_format(w * 10, text); /* thousandths of a percent */
    return tl_arena_str(arena, text);
}

static void put_whatif(tl_report *r, const tl_whatif_row *w, tl_arena *arena)
{
    const tl_scorecard *card = w->row->card;
    tl_report_int(r, (int64_t)w->rank);
    tl_report_text(r, card->company.id);
    tl_report_label(r, tl_company_label(&card->company));
    tl_put_total(r, w->total, 1, arena);
    tl_report_int(r, (int64_t)w->row->rank);
    tl_put_total(r, card->score.total, 1, arena);
    tl_report_int(r, (int64_t)w->best);
    tl_report_text(r, percent(arena, w->best_at));
    tl_report_int(r, (int64_t)w->worst);
    tl_report_text(r, percent(arena, w->worst_at));
}

tl_report *tl_report_whatif(const tl_rating_view *v, tl_weight scope12, const tl_whatif_row *rows,
                            tl_weight low, tl_weight high)
{
    const tl_index *x = v->edition->index;
    tl_report *r = tl_report_new(
        v->arena, "rate-whatif",
        (tl_label){ "The same results under another weight", "换一种权重看同样的结果" });
    if (!r)
        return NULL;
    tl_put_edition_facts(r, v->edition);
    tl_report_fact_exact(r, "scope12_share",
                         (tl_label){ "share of scope 1 and 2, %", "范围一、二权重，%" },
                         percent(v->arena, scope12));
    tl_report_fact_exact(r, "range_low", (tl_label){ "range from, %", "权重区间下限，%" },
                         percent(v->arena, low));
    tl_report_fact_exact(r, "range_high", (tl_label){ "range to, %", "权重区间上限，%" },
                         percent(v->arena, high));
    tl_report_table(r, "companies",
                    (tl_label){ "Ranks under this weight, and the best and worst over the range",
                                "该权重下的名次，以及区间内最好与最差名次" },
                    whatif_columns, sizeof whatif_columns / sizeof *whatif_columns);
    for (size_t i = 0; i < v->n; i++)
        put_whatif(r, &rows[i], v->arena);
    tl_report_note(
        r, (tl_label){ "Published scores and ranks do not change.", "公布的得分与名次不变。" });
    tl_put_mark_notes(r, x, TL_MARKS_WEIGHTING, v->arena);
    return r;
}

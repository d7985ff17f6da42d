/* rating_compare.c - companies side by side, theme by theme. */
#include "report/rating_parts.h"

static const tl_column *columns_of(const tl_rating_view *v, const tl_league_row *const *rows,
                                   size_t n)
{
    tl_column *c = tl_arena_alloc(v->arena, 2 + 2 * n, sizeof *c);
    if (!c)
        return NULL;
    c[0] = (tl_column){ .key = "theme", .name = { "theme", "主题" }, .kind = TL_COLUMN_WORD };
    c[1] = (tl_column){ .key = "max", .name = { "full", "满分" }, .kind = TL_COLUMN_EXACT };
    for (size_t i = 0; i < n; i++) {
        const tl_company *company = &rows[i]->card->company;
        c[2 + 2 * i] = (tl_column){ .key = tl_column_key(v->arena, company->id, "_points"),
                                    .name = tl_company_label(company),
                                    .kind = TL_COLUMN_EXACT };
        c[3 + 2 * i] = (tl_column){ .key = tl_column_key(v->arena, company->id, "_rate"),
                                    .name = { "%", "%" },
                                    .kind = TL_COLUMN_EXACT };
    }
    return c;
}

static void put_company_rows(tl_report *r, const tl_rating_view *v,
                             const tl_league_row *const *rows, size_t n)
{
    static const tl_column columns[] = {
        { .key = "company", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "name", .name = { "company", "企业" }, .kind = TL_COLUMN_LABEL },
        { .key = "rank", .name = { "rank", "名次" }, .kind = TL_COLUMN_INT },
        { .key = "total", .name = { "total", "总分" }, .kind = TL_COLUMN_EXACT },
        { .key = "band", .name = { "band", "分档" }, .kind = TL_COLUMN_WORD },
        { .key = "country", .name = { "country", "国家" }, .kind = TL_COLUMN_WORD },
        { .key = "listed", .name = { "listed", "上市" }, .kind = TL_COLUMN_WORD },
        { .key = "product_type", .name = { "main product", "主要产品" }, .kind = TL_COLUMN_WORD },
        { .key = "level", .name = { "level", "数据层级" }, .kind = TL_COLUMN_WORD },
    };
    tl_report_table(r, "companies", (tl_label){ "Companies", "企业" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_company *c = &rows[i]->card->company;
        tl_report_text(r, c->id);
        tl_report_label(r, tl_company_label(c));
        tl_report_int(r, (int64_t)rows[i]->rank);
        tl_put_total(r, rows[i]->card->score.total, 1, v->arena);
        if (rows[i]->band)
            tl_report_word(r, rows[i]->band->code,
                           (tl_label){ rows[i]->band->name_en, rows[i]->band->name_zh });
        else
            tl_report_empty(r, (tl_label){ NULL, NULL });
        tl_report_word(r, c->country, tl_word_country(c->country));
        tl_report_word(r, c->listed, tl_word_yes_no(c->listed));
        tl_report_word(r, c->product_type, tl_word_product_type(c->product_type));
        tl_report_word(r, tl_level_name(rows[i]->card->level), tl_word_level(rows[i]->card->level));
    }
}

tl_report *tl_report_compare(const tl_rating_view *v, const tl_league_row *const *rows, size_t n)
{
    const tl_index *x = v->edition->index;
    tl_report *r =
        tl_report_new(v->arena, "rate-compare", (tl_label){ "Companies side by side", "企业比较" });
    const tl_column *columns = columns_of(v, rows, n);
    if (!r || !columns)
        return NULL;
    tl_put_edition_facts(r, v->edition);
    put_company_rows(r, v, rows, n);
    tl_report_table(r, "themes",
                    (tl_label){ "Points and scoring rate by theme", "各主题得分与得分率" }, columns,
                    2 + 2 * n);
    for (size_t t = 0; t < x->n_themes; t++) {
        if (!x->themes[t].printed)
            continue;
        tl_report_word(r, x->themes[t].code,
                       (tl_label){ x->themes[t].name_en, x->themes[t].name_zh });
        tl_put_points(r, x->themes[t].max, v->arena);
        for (size_t i = 0; i < n; i++) {
            tl_put_points(r, rows[i]->card->score.theme[t], v->arena);
            tl_put_rate(r, rows[i]->card->score.theme[t], x->themes[t].max, v->arena);
        }
    }
    tl_put_mark_notes(r, x, TL_MARKS_THEMES, v->arena);
    return r;
}

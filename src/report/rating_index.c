/* rating_index.c - a definition for readers: the tree with its maxima, weights, themes, marks. */
#include <string.h>

#include "base/buf.h"
#include "report/rating_parts.h"
#include "report/words_data.h"

static void put_items(tl_report *r, const tl_index *x, tl_arena *arena)
{
    static const tl_label levels[] = { { "dimension", "一级指标" },
                                       { "sub-dimension", "二级指标" },
                                       { "indicator", "三级指标" } };
    static const char *const codes[] = { "dimension", "sub-dimension", "indicator" };
    static const tl_column columns[] = {
        { .key = "code", .name = { "no.", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "level", .name = { "level", "级别" }, .kind = TL_COLUMN_WORD },
        { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
        { .key = "max", .name = { "full", "满分" }, .kind = TL_COLUMN_EXACT },
        { .key = "parallel_of", .name = { "parallel to", "平行指标" }, .kind = TL_COLUMN_TEXT },
        { .key = "group", .name = { "weight group", "权重组" }, .kind = TL_COLUMN_TEXT },
        { .key = "evidence",
          .name = { "what counts as evidence", "佐证要求" },
          .kind = TL_COLUMN_LABEL,
          .files_only = true },
    };
    if (x->n_items == 0)
        return;
    tl_report_table(r, "items", (tl_label){ "Indicators", "指标" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < x->n_items; i++) {
        const tl_index_item *item = &x->items[i];
        tl_report_text(r, item->code);
        tl_report_word(r, codes[item->level], levels[item->level]);
        tl_report_label(r, (tl_label){ item->name_en, item->name_zh });
        tl_put_points(r, item->max, arena);
        tl_report_text(r, item->parallel_of < 0 ? NULL : x->items[item->parallel_of].code);
        tl_report_text(r, item->group < 0 ? NULL : x->groups[item->group].code);
        tl_report_label(r, (tl_label){ item->evidence_en, item->evidence_zh });
    }
}

static void put_weights(tl_report *r, const tl_index *x, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "industry", .name = { "industry", "行业" }, .kind = TL_COLUMN_WORD },
        { .key = "scope12_share",
          .name = { "scope 1 and 2", "范围一、二" },
          .kind = TL_COLUMN_EXACT,
          .unit = "%" },
        { .key = "scope3_share",
          .name = { "scope 3", "范围三" },
          .kind = TL_COLUMN_EXACT,
          .unit = "%" },
    };
    if (x->n_industries == 0)
        return;
    tl_report_table(r, "weights", (tl_label){ "Weights by industry", "行业权重" }, columns, 3);
    for (size_t i = 0; i < x->n_industries; i++) {
        const tl_index_industry *w = &x->industries[i];
        tl_report_word(r, w->key, (tl_label){ w->name_en, w->name_zh });
        tl_put_points(r, w->scope12 * 10, arena);
        tl_put_points(r, (TL_WEIGHT_ONE - w->scope12) * 10, arena);
    }
}

static const char *members(const tl_index *x, const tl_index_theme *t, tl_arena *arena)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < t->n_slots; i++)
        tl_buf_printf(&b, "%s%s", i ? " " : "", x->items[x->slot_items[t->slots[i]]].code);
    const char *text = tl_arena_str(arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text;
}

static void put_themes(tl_report *r, const tl_index *x, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "theme", .name = { "theme", "主题" }, .kind = TL_COLUMN_WORD },
        { .key = "max", .name = { "full", "满分" }, .kind = TL_COLUMN_EXACT },
        { .key = "printed", .name = { "column", "列入表" }, .kind = TL_COLUMN_BOOL },
        { .key = "in_total", .name = { "in the total", "构成总分" }, .kind = TL_COLUMN_BOOL },
        { .key = "members", .name = { "indicators", "所含指标" }, .kind = TL_COLUMN_TEXT },
    };
    if (x->n_themes == 0)
        return;
    tl_report_table(r, "themes", (tl_label){ "Themes", "主题" }, columns, 5);
    for (size_t i = 0; i < x->n_themes; i++) {
        const tl_index_theme *t = &x->themes[i];
        tl_report_word(r, t->code, (tl_label){ t->name_en, t->name_zh });
        tl_put_points(r, t->max, arena);
        tl_report_bool(r, t->printed);
        tl_report_bool(r, t->in_total);
        tl_report_text(r, members(x, t, arena));
    }
}

static void put_stars(tl_report *r, const tl_index *x, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "stars", .name = { "stars", "星级" }, .kind = TL_COLUMN_INT },
        { .key = "score_from", .name = { "score from", "最低得分" }, .kind = TL_COLUMN_EXACT },
        { .key = "mandatory_share_from",
          .name = { "mandatory items met from", "必选项达标率下限" },
          .kind = TL_COLUMN_EXACT,
          .unit = "%" },
    };
    if (x->n_stars == 0)
        return;
    tl_report_table(r, "stars", (tl_label){ "Star rating", "星级评价" }, columns, 3);
    for (size_t i = 0; i < x->n_stars; i++) {
        tl_report_int(r, x->stars[i].stars);
        tl_put_points(r, x->stars[i].score_from, arena);
        if (x->stars[i].share_from < 0)
            tl_report_empty(r, (tl_label){ "none asked", "不要求" });
        else
            tl_put_points(r, x->stars[i].share_from * 10, arena);
    }
}

/* "theme:suppliers" by its name in Chinese; in English the subject says it. */
static tl_label subject_word(const tl_index *x, const char *subject)
{
    const char *colon = strchr(subject, ':'), *code = colon ? colon + 1 : "", *zh = NULL;
    if (tl_text_starts(subject, "theme:")) {
        int theme = tl_index_find_theme(x, code);
        zh = theme < 0 ? NULL : x->themes[theme].name_zh;
    } else if (tl_text_starts(subject, "industry:")) {
        const tl_index_industry *industry = tl_index_find_industry(x, code);
        zh = industry ? industry->name_zh : NULL;
    } else if (tl_text_starts(subject, "group:")) {
        for (size_t g = 0; g < x->n_groups; g++)
            if (strcmp(x->groups[g].code, code) == 0)
                zh = x->groups[g].name_zh;
    }
    return zh ? (tl_label){ subject, zh } : tl_word_mark_subject(subject);
}

static void put_marks(tl_report *r, const tl_index *x)
{
    static const tl_column columns[] = {
        { .key = "subject", .name = { "about", "对象" }, .kind = TL_COLUMN_WORD },
        { .key = "mark", .name = { "mark", "标记" }, .kind = TL_COLUMN_WORD },
        { .key = "note", .name = { "why", "说明" }, .kind = TL_COLUMN_LABEL },
    };
    if (x->n_marks == 0)
        return;
    tl_report_table(r, "marks", (tl_label){ "What its source does not print", "来源中未载明之处" },
                    columns, 3);
    for (size_t i = 0; i < x->n_marks; i++) {
        tl_report_word(r, x->marks[i].subject, subject_word(x, x->marks[i].subject));
        tl_report_word(r, x->marks[i].mark, tl_word_mark(x->marks[i].mark));
        tl_report_label(r, (tl_label){ x->marks[i].note_en, x->marks[i].note_zh });
    }
}

tl_report *tl_report_index(const tl_index *x, tl_arena *arena)
{
    char text[TL_POINTS_TEXT];
    tl_report *r = tl_report_new(arena, "rate-index", (tl_label){ x->title_en, x->title_zh });
    if (!r)
        return NULL;
    tl_put_index_facts(r, x, NULL);
    tl_report_fact(r, "date", (tl_label){ "date", "日期" }, x->date);
    tl_points_format(x->full, text);
    tl_report_fact_exact(r, "full_points", (tl_label){ "full points", "满分" },
                         tl_arena_str(arena, text));
    tl_report_fact_int(r, "indicators", (tl_label){ "indicators", "三级指标数" },
                       (int64_t)x->n_slots);
    put_items(r, x, arena);
    put_weights(r, x, arena);
    put_themes(r, x, arena);
    put_stars(r, x, arena);
    put_marks(r, x);
    return r;
}

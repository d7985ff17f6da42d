/* rating_crosswalk.c - a result read again under another index, and what does not carry over. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/rating_parts.h"

static const tl_column columns[] = {
    { .key = "from", .name = { "no.", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "to", .name = { "there", "对应编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "what is asked", "指标" }, .kind = TL_COLUMN_LABEL },
    { .key = "relation", .name = { "relation", "对应关系" }, .kind = TL_COLUMN_WORD },
    { .key = "points", .name = { "points", "得分" }, .kind = TL_COLUMN_EXACT },
    { .key = "max", .name = { "full", "满分" }, .kind = TL_COLUMN_EXACT },
    { .key = "low",
      .name = { "there, least", "对应得分下限" },
      .kind = TL_COLUMN_NUMBER,
      .decimals = 2 },
    { .key = "high", .name = { "at most", "上限" }, .kind = TL_COLUMN_NUMBER, .decimals = 2 },
    { .key = "max_there", .name = { "full there", "对应满分" }, .kind = TL_COLUMN_EXACT },
    { .key = "note", .name = { "note", "备注" }, .kind = TL_COLUMN_LABEL, .files_only = true },
};

enum { COLUMNS = sizeof columns / sizeof *columns };

/* Columns that hold nothing where the points of single indicators are not known. */
static bool is_points(const char *key)
{
    return strcmp(key, "points") == 0 || strcmp(key, "low") == 0 || strcmp(key, "high") == 0;
}

static void fact_number(tl_report *r, const char *key, tl_label name, double v, tl_arena *arena)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(v, 1, text);
    tl_report_fact_exact(r, key, name, tl_arena_str(arena, text));
}

static void put_facts(tl_report *r, const tl_index *from, const tl_index *to,
                      const tl_scorecard *card, const tl_crosswalk *c, tl_arena *arena)
{
    char text[TL_POINTS_TEXT];
    tl_report_fact(r, "company", (tl_label){ "company", "企业编号" }, card->company.id);
    tl_put_index_facts(r, from, NULL);
    tl_report_fact_word(r, "level", (tl_label){ "level", "数据层级" }, tl_level_name(card->level),
                        tl_word_level(card->level));
    tl_total_format(card->score.total, 1, text);
    tl_report_fact_exact(r, "total", (tl_label){ "total", "总分" }, tl_arena_str(arena, text));
    tl_report_fact(r, "to_index", (tl_label){ "read under", "对应指数" },
                   tl_arena_printf(arena, "%s@%s", to->id, to->version));
    fact_number(r, "low", (tl_label){ "total there, least", "对应总分下限" }, c->low, arena);
    fact_number(r, "high", (tl_label){ "total there, at most", "对应总分上限" }, c->high, arena);
    fact_number(r, "lost",
                (tl_label){ "points without a place there, at most", "无处对应的分值（至多）" },
                c->lost, arena);
}

static void put_row(tl_report *r, const tl_index *from, const tl_index *to,
                    const tl_crosswalk_row *row, tl_arena *arena)
{
    const tl_index_item *a = row->pair->from < 0 ? NULL : &from->items[row->pair->from];
    const tl_index_item *b = row->pair->to < 0 ? NULL : &to->items[row->pair->to];
    const char *relation = tl_relation_name(row->pair->relation);
    tl_report_text(r, a ? a->code : NULL);
    tl_report_text(r, b ? b->code : NULL);
    tl_report_label(r, a ? (tl_label){ a->name_en, a->name_zh }
                         : (tl_label){ b ? b->name_en : "", b ? b->name_zh : "" });
    tl_report_word(r, relation, tl_word_relation(relation));
    tl_put_points(r, row->from_points, arena);
    if (a)
        tl_put_points(r, a->max, arena);
    else
        tl_report_text(r, NULL);
    tl_report_number(r, b ? row->low / TL_POINT : NAN);
    tl_report_number(r, b ? row->high / TL_POINT : NAN);
    if (b)
        tl_put_points(r, b->max, arena);
    else
        tl_report_text(r, NULL);
    tl_report_label(r, (tl_label){ row->pair->note_en, row->pair->note_zh });
}

tl_report *tl_report_crosswalk(const tl_index *from, const tl_index *to, const tl_scorecard *card,
                               const tl_crosswalk *c, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "rate-crosswalk", tl_company_label(&card->company));
    if (!r)
        return NULL;
    tl_column *shown = tl_arena_alloc(arena, COLUMNS, sizeof *shown);
    if (!shown)
        return NULL;
    memcpy(shown, columns, sizeof columns);
    for (size_t i = 0; i < COLUMNS; i++)
        if (card->level != TL_LEVEL_INDICATOR && is_points(columns[i].key))
            shown[i].files_only = true;
    put_facts(r, from, to, card, c, arena);
    tl_report_table(r, "indicators", (tl_label){ "Indicator by indicator", "逐项对应" }, shown,
                    COLUMNS);
    for (size_t i = 0; i < c->n_rows; i++)
        put_row(r, from, to, &c->rows[i], arena);
    tl_report_note(r, (tl_label){ "What does not carry over may be worth anything from nothing to "
                                  "full points there: the total is a range.",
                                  "不能直接对应的指标，得分可能为零至满分，因此总分为区间。" });
    if (card->level != TL_LEVEL_INDICATOR)
        tl_report_note(r,
                       (tl_label){ "Known at group level only: the points of each group are laid "
                                   "on its indicators in the least and the most favourable way.",
                                   "仅有分组得分：将各组得分按最不利与最有利的方式分配到指标。" });
    tl_put_mark_notes(r, to, TL_MARKS_WEIGHTING, arena);
    return r;
}

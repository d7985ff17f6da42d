/* registry_search.c - hits as rows, kind by kind. */
#include "report/registry_search.h"

static const struct kind {
    const char *code, *fact;
    tl_label word;
} kinds[] = {
    [TL_FOUND_VEHICLE] = { "vehicle", "vehicles", { "vehicle", "车型" } },
    [TL_FOUND_EPD] = { "epd", "epds", { "environmental product declaration", "环境产品声明" } },
    [TL_FOUND_PCF] = { "pcf", "pcfs", { "product carbon footprint", "产品碳足迹" } },
    [TL_FOUND_COMPANY] = { "company", "companies", { "company", "企业" } },
    [TL_FOUND_FACTOR] = { "factor", "factors", { "emission factor", "排放因子" } },
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static const tl_column columns[] = {
    { .key = "kind", .name = { "kind", "类别" }, .kind = TL_COLUMN_WORD },
    { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "hint", .name = { "in short", "概要" }, .kind = TL_COLUMN_TEXT },
};

tl_label tl_word_found_kind(tl_found_kind kind)
{
    return kinds[kind].word;
}

const char *tl_found_kind_code(tl_found_kind kind)
{
    return kinds[kind].code;
}

static void put_notes(tl_report *r, size_t n, const size_t counts[KINDS], size_t limit)
{
    bool more = false;
    for (int i = 0; i < KINDS; i++)
        more = more || (limit && counts[i] >= limit);
    if (n == 0)
        tl_report_note(r, (tl_label){ "Nothing has all these words. Names are found in Chinese, "
                                      "English and pinyin, ids also by their beginning.",
                                      "没有同时包含这些词的结果。名称可用中文、英文或拼音查找，编号"
                                      "输入开头即可。" });
    if (more)
        tl_report_note(r, (tl_label){ "Only the best of each kind are shown; there may be more.",
                                      "每类只显示最相关的结果，可能还有更多。" });
}

tl_report *tl_report_search(const char *text, const tl_found *found, size_t n, size_t limit,
                            tl_arena *arena)
{
    size_t counts[KINDS] = { 0 };
    tl_report *r = tl_report_new(arena, "search", (tl_label){ "Search", "搜索" });
    if (!r)
        return NULL;
    for (size_t i = 0; i < n; i++)
        counts[found[i].kind]++;
    tl_report_fact(r, "text", (tl_label){ "asked", "搜索词" }, text);
    for (int i = 0; i < KINDS; i++)
        if (counts[i])
            tl_report_fact_int(r, kinds[i].fact, kinds[i].word, (int64_t)counts[i]);
    tl_report_table(r, "hits", (tl_label){ "Found", "结果" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        tl_report_word(r, kinds[found[i].kind].code, kinds[found[i].kind].word);
        tl_report_text(r, found[i].id);
        tl_report_label(r, (tl_label){ found[i].title_en, found[i].title_zh });
        tl_report_text(r, found[i].hint);
    }
    put_notes(r, n, counts, limit);
    return r;
}

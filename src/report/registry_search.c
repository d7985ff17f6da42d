/* registry_search.c - hits as rows, kind by kind, and the facets of the cars among them. */
#include "report/registry_search.h"

#include <string.h>

#include "report/registry_parts.h"
#include "report/words.h"
#include "report/words_data.h"

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
    { .key = "hint", .name = { "in short", "概要" }, .kind = TL_COLUMN_WORD },
};

tl_label tl_word_found_kind(tl_found_kind kind)
{
    return kinds[kind].word;
}

const char *tl_found_kind_code(tl_found_kind kind)
{
    return kinds[kind].code;
}

/* One part of a hint, "CN", in Chinese; as it stands where there is no word for it. */
static const char *hint_part(tl_found_kind kind, const char *part)
{
    if (kind == TL_FOUND_FACTOR)
        return strcmp(part, "not verified") == 0 ? "未核实" : part;
    if (kind != TL_FOUND_COMPANY)
        return part;
    tl_label country = tl_word_country(part);
    return country.zh != part ? country.zh : tl_word_industry(part).zh;
}

/* The index keeps hints in English; their words are said anew. */
static tl_label hint_word(const tl_found *f, tl_arena *arena)
{
    const char *zh = "";
    for (const char *p = f->hint; zh && *p;) {
        size_t n = strcspn(p, ",");
        const char *part = tl_arena_copy(arena, p, n);
        zh = part ? tl_arena_printf(arena, "%s%s%s", zh, *zh ? "，" : "", hint_part(f->kind, part))
                  : NULL;
        p += n + strspn(p + n, ", ");
    }
    return (tl_label){ f->hint, zh ? zh : f->hint };
}

static const tl_column facet_columns[] = {
    { .key = "field", .name = { "field", "字段" }, .kind = TL_COLUMN_WORD },
    { .key = "value", .name = { "value", "取值" }, .kind = TL_COLUMN_WORD },
    { .key = "count", .name = { "cars", "车型数" }, .kind = TL_COLUMN_INT },
};

static tl_label word_itself(const char *code)
{
    return (tl_label){ code, code };
}

static const struct field {
    const char *code;
    tl_label word;
    tl_label (*value)(const char *code);
} fields[] = {
    { "maker", { "maker", "厂商" }, word_itself },
    { "size", { "size class", "级别" }, tl_word_size_class },
    { "body", { "body", "车身" }, tl_word_body },
    { "powertrain", { "powertrain", "动力类型" }, tl_word_powertrain },
    { "class", { "class", "等级" }, word_itself },
};

static void put_facet(tl_report *r, const tl_found_facet *f)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].code, f->field) == 0) {
            tl_report_word(r, f->field, fields[i].word);
            tl_report_word(r, f->value, fields[i].value(f->value));
            tl_report_int(r, f->count);
        }
}

/* *more: values were left out. */
static void put_facets(tl_report *r, const tl_search_answer *a, bool *more)
{
    size_t of_field = 0;
    *more = false;
    if (a->facet_count == 0)
        return;
    tl_report_table(r, "facets", (tl_label){ "Cars found, by facet", "车型结果分面" },
                    facet_columns, sizeof facet_columns / sizeof *facet_columns);
    for (size_t i = 0; i < a->facet_count; i++) {
        bool same = i && strcmp(a->facets[i].field, a->facets[i - 1].field) == 0;
        of_field = same ? of_field + 1 : 0;
        if (of_field < TL_SEARCH_VALUES)
            put_facet(r, &a->facets[i]);
        *more = *more || of_field >= TL_SEARCH_VALUES;
    }
}

static void put_notes(tl_report *r, const tl_search_answer *a, bool more_values)
{
    int64_t all = 0;
    for (int i = 0; i < KINDS; i++)
        all += a->counts[i];
    if (all == 0)
        tl_report_note(r, (tl_label){ "Nothing has all these words. Names are found in Chinese, "
                                      "English and pinyin, ids also by their beginning.",
                                      "没有同时包含这些词的结果。名称可用中文、英文或拼音查找，编号"
                                      "输入开头即可。" });
    if (all > (int64_t)a->n)
        tl_report_note(r, (tl_label){ "Only the best of each kind are shown, all are counted.",
                                      "每类只显示最相关的结果，数量为全部结果数。" });
    if (more_values)
        tl_report_note(r, (tl_label){ "Of each field the values with the most cars are shown.",
                                      "每个字段只显示车型数最多的取值。" });
}

tl_report *tl_report_search(const char *text, const tl_search_answer *a, tl_arena *arena)
{
    bool more;
    tl_report *r = tl_report_new(arena, "search", (tl_label){ "Search", "搜索" });
    if (!r)
        return NULL;
    tl_report_fact(r, "text", (tl_label){ "asked", "搜索词" }, text);
    for (int i = 0; i < KINDS; i++)
        if (a->counts[i])
            tl_report_fact_int(r, kinds[i].fact, kinds[i].word, a->counts[i]);
    tl_report_table(r, "hits", (tl_label){ "Found", "结果" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < a->n; i++) {
        const tl_found *f = &a->items[i];
        tl_report_word(r, kinds[f->kind].code, kinds[f->kind].word);
        tl_report_text(r, f->id);
        tl_report_label(r, (tl_label){ f->title_en, f->title_zh });
        tl_report_word(r, f->hint, hint_word(f, arena));
    }
    put_facets(r, a, &more);
    put_notes(r, a, more);
    return r;
}

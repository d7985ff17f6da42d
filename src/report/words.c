/* words.c - one table a kind of code. */
#include "report/words.h"

#include <string.h>

#include "quantity/empty.h"
#include "quantity/region.h"

struct word {
    const char *code;
    tl_label label;
};

static tl_label look_up(const struct word *table, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(table[i].code, code) == 0)
            return table[i].label;
    return (tl_label){ code, code };
}

#define LOOK_UP(table, code) look_up(table, sizeof(table) / sizeof *(table), code)

tl_label tl_word_region_group(const char *code)
{
    static const struct word table[] = {
        { "chinese", { "Chinese", "中国" } },
        { "european", { "European", "欧洲" } },
        { "american", { "American", "美国" } },
        { "japanese-korean", { "Japanese and Korean", "日韩" } },
        { "other", { "other", "其他" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_product_type(const char *code)
{
    static const struct word table[] = {
        { "nev", { "NEV", "新能源车" } },
        { "gasoline+nev", { "gasoline + NEV", "汽油车+新能源车" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_yes_no(const char *code)
{
    static const struct word table[] = {
        { "yes", { "yes", "是" } },
        { "no", { "no", "否" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_inclusion(const char *code)
{
    static const struct word table[] = {
        { "fortune-global-500-2023", { "Fortune Global 500, 2023", "2023 年《财富》世界 500 强" } },
        { "sales-leader", { "sales leader", "销量领先" } },
        { "listed-company", { "listed company", "上市公司" } },
        { "joint-venture", { "joint venture", "合资车企" } },
        { "star-rating", { "star rating", "星级评价" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_country(const char *code)
{
    const tl_region *r = tl_region_find(code);
    return r ? (tl_label){ r->en, r->zh } : (tl_label){ code, code };
}

tl_label tl_word_fact(const char *code)
{
    static const struct word table[] = {
        { "nev-share", { "share of NEV in cars sold", "新能源车销量占比" } },
        { "gasoline-phase-out-pledge",
          { "pledge to stop selling gasoline vehicles", "承诺停售汽油车" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_state(tl_assessment_state state)
{
    static const tl_label labels[] = {
        [TL_STATE_DRAFT] = { "draft", "草稿" },
        [TL_STATE_REVIEW] = { "review", "复核" },
        [TL_STATE_COMPANY] = { "with the company", "企业回复期" },
        [TL_STATE_FINAL] = { "final", "定稿" },
        [TL_STATE_PUBLISHED] = { "published", "已公布" },
        [TL_STATE_SUPERSEDED] = { "superseded", "被取代" },
    };
    return labels[state];
}

tl_label tl_word_level(tl_sheet_level level)
{
    static const tl_label labels[] = {
        [TL_LEVEL_INDICATOR] = { "indicator level", "三级指标" },
        [TL_LEVEL_THEME] = { "group level", "分组得分" },
        [TL_LEVEL_TOTAL] = { "total only", "仅总分" },
    };
    return labels[level];
}

tl_label tl_word_check(tl_check check)
{
    return (tl_label){ tl_check_name(check, false), tl_check_name(check, true) };
}

tl_label tl_word_relation(const char *code)
{
    static const struct word table[] = {
        { "same", { "carries over", "直接对应" } },
        { "scaled", { "carries over, other maximum", "对应，满分不同" } },
        { "differs", { "asks for something else", "内容不同" } },
        { "none", { "no counterpart", "无对应指标" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_mark(const char *code)
{
    static const struct word table[] = {
        { "inferred", { "inferred", "推算" } },
        { "design", { "our own choice", "本程序设定" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_boundary(const char *code)
{
    static const struct word table[] = {
        { "cradle to grave", { "cradle to grave", "摇篮到坟墓" } },
        { "cradle to gate", { "cradle to gate", "摇篮到大门" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_grade(const char *code)
{
    static const struct word table[] = {
        { "own", { "the maker's or supplier's own data", "企业或供应商自有数据" } },
        { "estimate", { "estimated from data of the model", "按车型数据估算" } },
        { "default", { "default values", "默认值" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_empty(tl_points slot)
{
    tl_value_kind kind = slot == TL_SLOT_NOT_DISCLOSED    ? TL_NOT_DISCLOSED
                         : slot == TL_SLOT_NOT_APPLICABLE ? TL_NOT_APPLICABLE
                                                          : TL_NOT_ASKED;
    return (tl_label){ tl_value_kind_name(kind, false), tl_value_kind_name(kind, true) };
}

/* registry_parts.c - words, labels and facts of the reports on published cars. */
#include "report/registry_parts.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

struct word {
    const char *code;
    tl_label label;
};

static tl_label look_up(const struct word *table, size_t n, const char *code)
{
    if (!*code)
        return (tl_label){ "not known", "未知" };
    for (size_t i = 0; i < n; i++)
        if (strcmp(table[i].code, code) == 0)
            return table[i].label;
    return (tl_label){ code, code };
}

#define LOOK_UP(table, code) look_up(table, sizeof(table) / sizeof *(table), code)

tl_label tl_word_size_class(const char *code)
{
    static const struct word table[] = {
        { "microcar", { "microcar", "微型车" } },
        { "subcompact", { "subcompact car", "小型车" } },
        { "compact", { "compact car", "紧凑型车" } },
        { "midsize", { "midsize car", "中型车" } },
        { "upper-midsize", { "upper midsize car", "中大型车" } },
        { "full-size", { "full-size car", "大型车" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_body(const char *code)
{
    static const struct word table[] = {
        { "sedan", { "sedan", "轿车" } },
        { "suv", { "SUV", "SUV" } },
        { "mpv", { "MPV", "MPV" } },
        { "estate", { "estate car", "旅行车" } },
        { "coupe", { "coupe", "双门轿跑车" } },
        { "convertible", { "convertible", "敞篷车" } },
        { "pickup", { "pickup", "皮卡" } },
        { "van", { "van", "厢式车" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_powertrain(const char *code)
{
    static const struct word table[] = {
        { "gasoline", { "gasoline vehicle", "汽油车" } },
        { "diesel", { "diesel vehicle", "柴油车" } },
        { "hev", { "hybrid electric vehicle", "常规混合动力" } },
        { "phev", { "plug-in hybrid electric vehicle", "插电式混合动力" } },
        { "bev", { "battery electric vehicle", "纯电动车" } },
        { "gas", { "gas vehicle", "燃气汽车" } },
        { "e85", { "ethanol vehicle", "乙醇汽油车" } },
    };
    return LOOK_UP(table, code);
}

tl_label tl_word_fuel(const char *code)
{
    static const struct word table[] = {
        { "gasoline", { "gasoline", "汽油" } },
        { "diesel", { "diesel", "柴油" } },
        { "lpg", { "liquefied petroleum gas", "液化石油气" } },
        { "e85", { "ethanol E85", "乙醇汽油 E85" } },
        { "cng", { "compressed natural gas", "压缩天然气" } },
    };
    return LOOK_UP(table, code);
}

static tl_label name_of(const tl_car_names *names, const char *key)
{
    for (size_t i = 0; i < names->ids.n; i++)
        if (strcmp(names->ids.items[i], key) == 0)
            return (tl_label){ names->en[i], names->zh[i] };
    return (tl_label){ key, key };
}

tl_label tl_group_label(const tl_registry_view *v, tl_car_field field, const char *key)
{
    switch (field) {
    case TL_CARS_ALL:
        return (tl_label){ "all cars", "全部车型" };
    case TL_CARS_BY_POWERTRAIN:
        return tl_word_powertrain(key);
    case TL_CARS_BY_SIZE:
        return tl_word_size_class(key);
    case TL_CARS_BY_BODY:
        return tl_word_body(key);
    case TL_CARS_BY_GROUP:
        return *key ? name_of(&v->cars->groups, key)
                    : (tl_label){ "not in the register of companies", "未收入企业名录" };
    case TL_CARS_BY_STYLE:
        return *key ? name_of(&v->cars->styles, key) : (tl_label){ "not stated", "未注明" };
    case TL_CARS_BY_MAKER:
    case TL_CARS_BY_SERIES:
    case TL_CARS_BY_YEAR:
    case TL_CARS_BY_MONTH:
    case TL_CAR_FIELDS:
        break;
    }
    return *key ? (tl_label){ key, key } : (tl_label){ "not known", "未知" };
}

tl_label tl_months_label(const tl_sales_period *p, tl_arena *arena)
{
    if (strcmp(p->from, p->until) == 0)
        return (tl_label){ p->from, p->from };
    return (tl_label){ tl_arena_printf(arena, "%s to %s", p->from, p->until),
                       tl_arena_printf(arena, "%s 至 %s", p->from, p->until) };
}

tl_label tl_class_range_label(int low, int high, tl_arena *arena)
{
    if (!low)
        return (tl_label){ "no class", "不分级" };
    const char *text = low == high ? tl_arena_printf(arena, "%d", low)
                                   : tl_arena_printf(arena, "%d-%d", low, high);
    return (tl_label){ text, text };
}

void tl_put_sales_facts(tl_report *r, const tl_sales_period *p, tl_arena *arena)
{
    tl_report_fact(r, "sales_from", (tl_label){ "sales from", "销量起始月" }, p->from);
    tl_report_fact(r, "sales_until", (tl_label){ "sales until", "销量截止月" }, p->until);
    tl_report_fact(r, "sales_region", (tl_label){ "sales in", "销量地区" }, p->region);
    if (p->missing)
        tl_report_note(
            r, (tl_label){ tl_arena_printf(arena, "Of the %zu months, %zu have no sales loaded.",
                                           p->months, p->missing),
                           tl_arena_printf(arena, "所查 %zu 个月中，%zu 个月没有销量数据。",
                                           p->months, p->missing) });
}

const char *tl_car_code(const tl_car_words *words, uint8_t place)
{
    return place < words->n ? words->items[place] : "";
}

tl_label tl_category_words(const char *size, const char *body, const char *powertrain,
                           tl_arena *arena)
{
    const tl_label s = tl_word_size_class(size), b = tl_word_body(body),
                   p = tl_word_powertrain(powertrain);
    return (tl_label){ tl_arena_printf(arena, "%s · %s · %s", s.en, b.en, p.en),
                       tl_arena_printf(arena, "%s · %s · %s", s.zh, b.zh, p.zh) };
}

tl_label tl_category_label(const tl_registry_view *v, uint8_t size, uint8_t body,
                           uint8_t powertrain)
{
    return tl_category_words(tl_car_code(&v->cars->sizes, size),
                             tl_car_code(&v->cars->bodies, body),
                             tl_car_code(&v->cars->powertrains, powertrain), v->arena);
}

tl_label tl_class_label(const tl_registry_view *v, int class_number)
{
    const tl_class_rule *rule = &v->rule->classes;
    for (size_t i = 0; i < rule->n; i++)
        if (rule->classes[i].number == class_number)
            return (tl_label){
                tl_arena_printf(v->arena, "class %d %s", class_number, rule->classes[i].label_en),
                tl_arena_printf(v->arena, "%d 级 %s", class_number, rule->classes[i].label_zh)
            };
    return (tl_label){ "no class", "不分级" };
}

const char *tl_fixed_text(tl_arena *arena, double v, int decimals)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(v, decimals, text);
    return tl_arena_str(arena, text);
}

size_t tl_group_classed(const tl_car_group *g)
{
    return g->cars - g->classes[0];
}

void tl_put_registry_facts(tl_report *r, const tl_registry_view *v)
{
    const tl_peer_rule *rule = v->rule;
    char window[TL_NUMBER_MAX];
    tl_report_fact(r, "day", (tl_label){ "data of", "数据日期" }, v->day);
    tl_report_fact_int(r, "cars", (tl_label){ "published cars", "已公布车型数" },
                       (int64_t)v->cars->n);
    tl_report_fact(r, "peer_rule", (tl_label){ "rule of peers", "同类车型规则" },
                   tl_arena_printf(v->arena, "peer-rule@%s %s", rule->version, rule->checksum));
    tl_report_fact(
        r, "class_rule", (tl_label){ "rule of classes", "分级规则" },
        tl_arena_printf(v->arena, "class-rule@%s %s", rule->class_version, rule->class_checksum));
    if (isinf(rule->window_kg)) {
        tl_report_fact(
            r, "kerb_mass_window_kg",
            (tl_label){ "window of kerb mass, kg to either side", "整备质量窗口（上下各 kg）" },
            "whole category");
        return;
    }
    tl_number_format(rule->window_kg, window);
    tl_report_fact_exact(
        r, "kerb_mass_window_kg",
        (tl_label){ "window of kerb mass, kg to either side", "整备质量窗口（上下各 kg）" },
        tl_arena_str(v->arena, window));
}

void tl_put_benchmark_note(tl_report *r)
{
    tl_report_note(
        r, (tl_label){
               "The mean is that of all cars of the category (size class x body x "
               "powertrain); the class ranks a car only among those of them with a similar "
               "kerb mass. Because the peers differ, heavy cars can all lie above the mean "
               "of their category and still be class 1, and light ones below it and class "
               "5.",
               "平均值取同类别（级别×车身×动力）全部车型；等级只在其中整备质量相近的车型间排名。"
               "由于比较对象不同，较重车型可能全部高于类别平均值而仍为 1 级，较轻车型可能低于"
               "平均值而为 5 级。" });
}

void tl_put_on_sale_note(tl_report *r)
{
    tl_report_note(
        r, (tl_label){ "Records do not say whether a car is on sale: a candidate is a car with a "
                       "published footprint launched in the window.",
                       "记录中没有在售信息：凡已公布碳足迹且在期间内上市的车型均为候选。" });
}

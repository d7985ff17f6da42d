/* registry_epd_effect.c - a preview as tables: cars, makers, loans, names that are in doubt. */
#include "report/registry_epd_effect.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

static const tl_label no_footprint = { "no footprint", "无碳足迹结果" };
static const tl_label not_published = { "not published", "未公布" };
static const tl_label no_mean = { "no mean", "无均值" };
static const tl_label no_class = { "none", "无" };

static void number_or(tl_report *r, double v, tl_label why)
{
    if (isfinite(v))
        tl_report_number(r, v);
    else
        tl_report_empty(r, why);
}

static void put_below(tl_report *r, double mean, bool below)
{
    if (!isfinite(mean))
        tl_report_empty(r, no_mean);
    else
        tl_report_word(r, below ? "yes" : "no",
                       below ? (tl_label){ "yes", "是" } : (tl_label){ "no", "否" });
}

static void put_class(tl_report *r, int number)
{
    if (number)
        tl_report_int(r, number);
    else
        tl_report_empty(r, no_class);
}

/* Columns of put_published; the same number of cells where nothing is published. */
enum { PUBLISHED_CELLS = 9 };

static void put_published(tl_report *r, const tl_epd_shift *c)
{
    for (int i = 0; c->version == 0 && i < PUBLISHED_CELLS; i++)
        tl_report_empty(r, not_published);
    if (c->version == 0)
        return;
    tl_report_text(r, c->maker);
    number_or(r, c->g_km_before, not_published);
    number_or(r, c->g_km_after, not_published);
    number_or(r, c->mean_before, no_mean);
    number_or(r, c->mean_after, no_mean);
    put_below(r, c->mean_before, c->below_before);
    put_below(r, c->mean_after, c->below_after);
    put_class(r, c->class_before);
    put_class(r, c->class_after);
}

#define G_KM .kind = TL_COLUMN_NUMBER, .unit = "g CO2e/km", .decimals = 1

static void put_cars(tl_report *r, const tl_epd_preview *p)
{
    static const tl_column columns[] = {
        { .key = "car", .name = { "car", "车型" }, .kind = TL_COLUMN_TEXT },
        { .key = "mass_kg",
          .name = { "mass from the supplier", "该供应商材料质量" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "kg",
          .decimals = 1 },
        { .key = "before_g_km", .name = { "computed before", "计算值：之前" }, G_KM },
        { .key = "after_g_km", .name = { "computed after", "计算值：之后" }, G_KM },
        { .key = "change_g_km", .name = { "change", "变化" }, G_KM },
        { .key = "maker", .name = { "maker", "企业" }, .kind = TL_COLUMN_TEXT },
        { .key = "published_g_km", .name = { "published", "公布值" }, G_KM },
        { .key = "preview_g_km", .name = { "preview", "预览值" }, G_KM },
        { .key = "mean_before_g_km",
          .name = { "mean before", "均值：之前" },
          G_KM,
          .files_only = true },
        { .key = "mean_after_g_km",
          .name = { "mean after", "均值：之后" },
          G_KM,
          .files_only = true },
        { .key = "below_before",
          .name = { "below the mean before", "低于均值：之前" },
          .kind = TL_COLUMN_WORD },
        { .key = "below_after", .name = { "after", "之后" }, .kind = TL_COLUMN_WORD },
        { .key = "class_before", .name = { "class before", "等级：之前" }, .kind = TL_COLUMN_INT },
        { .key = "class_after", .name = { "after", "之后" }, .kind = TL_COLUMN_INT },
    };
    static const tl_label others = { "others moved", "受他车影响" };
    static const tl_label hidden = { "not shown", "不显示" };
    tl_report_table(r, "cars", (tl_label){ "Cars", "车型" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < p->n_cars; i++) {
        const tl_epd_shift *c = &p->cars[i];
        const double values[] = { c->computed_before, c->computed_after,
                                  c->computed_after - c->computed_before };
        const bool shown = !isnan(c->mass_kg);
        tl_report_text(r, c->car);
        number_or(r, c->mass_kg > 0 ? c->mass_kg : NAN, shown ? others : hidden);
        for (size_t k = 0; k < 3; k++)
            number_or(r, values[k], !shown ? hidden : c->mass_kg > 0 ? no_footprint : others);
        put_published(r, c);
    }
}

static void put_makers(tl_report *r, const tl_epd_preview *p)
{
    static const tl_column columns[] = {
        { .key = "maker", .name = { "maker", "企业" }, .kind = TL_COLUMN_TEXT },
        { .key = "cars", .name = { "cars", "车型数" }, .kind = TL_COLUMN_INT },
        { .key = "below_before",
          .name = { "below the mean before", "低于均值：之前" },
          .kind = TL_COLUMN_INT },
        { .key = "below_after", .name = { "after", "之后" }, .kind = TL_COLUMN_INT },
        { .key = "eta_before_percent",
          .name = { "eta before", "低碳占比 η：之前" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
        { .key = "eta_after_percent",
          .name = { "after", "之后" },
          .kind = TL_COLUMN_NUMBER,
          .unit = "%",
          .decimals = 1 },
    };
    if (p->n_makers == 0)
        return;
    tl_report_table(r, "makers", (tl_label){ "Makers", "企业" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < p->n_makers; i++) {
        const tl_epd_maker *m = &p->makers[i];
        double cars = (double)m->cars;
        tl_report_text(r, m->maker);
        tl_report_int(r, (int64_t)m->cars);
        tl_report_int(r, (int64_t)m->below_before);
        tl_report_int(r, (int64_t)m->below_after);
        number_or(r, m->cars ? 100 * (double)m->below_before / cars : NAN, no_mean);
        number_or(r, m->cars ? 100 * (double)m->below_after / cars : NAN, no_mean);
    }
}

static void put_margin(tl_report *r, const tl_epd_loan *l, int64_t e4, tl_arena *arena)
{
    char text[TL_LOAN_TEXT];
    if (l->refused) {
        tl_report_empty(r, (tl_label){ l->refused, l->refused });
        return;
    }
    tl_margin_format(e4, text);
    tl_report_text(r, tl_arena_str(arena, text));
}

static void put_loan(tl_report *r, const tl_epd_loan *l, tl_arena *arena)
{
    const bool price = l->weight == TL_LOAN_BY_PRICE;
    const int64_t margins[] = { price ? l->by_price_before_e4 : l->by_count_before_e4,
                                price ? l->by_price_after_e4 : l->by_count_after_e4,
                                l->by_count_before_e4,
                                l->by_count_after_e4,
                                l->by_price_before_e4,
                                l->by_price_after_e4 };
    tl_report_text(r, l->id);
    if (*l->signed_on)
        tl_report_text(r, l->signed_on);
    else
        tl_report_empty(r, (tl_label){ "draft", "草稿" });
    tl_report_int(r, (int64_t)l->cars);
    tl_report_word(r, tl_loan_weight_name(l->weight),
                   price ? (tl_label){ "price", "价格" } : (tl_label){ "count", "辆数" });
    if (*l->signed_on)
        put_margin(r, l, l->charged_e4, arena);
    else
        tl_report_empty(r, (tl_label){ "draft", "草稿" });
    for (size_t i = 0; i < sizeof margins / sizeof *margins; i++)
        put_margin(r, l, margins[i], arena);
}

static void put_loans(tl_report *r, const tl_epd_preview *p, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "facility", .name = { "facility", "授信" }, .kind = TL_COLUMN_TEXT },
        { .key = "signed_on", .name = { "signed", "签署日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "cars", .name = { "cars moved", "变动车辆" }, .kind = TL_COLUMN_INT },
        { .key = "weight", .name = { "weighted by", "加权方式" }, .kind = TL_COLUMN_WORD },
        { .key = "charged", .name = { "charged", "现行收取" }, .kind = TL_COLUMN_EXACT },
        { .key = "margin_before",
          .name = { "margin before", "利差：之前" },
          .kind = TL_COLUMN_EXACT },
        { .key = "margin_after", .name = { "after", "之后" }, .kind = TL_COLUMN_EXACT },
        { .key = "by_count_before",
          .name = { "by count before", "按辆数：之前" },
          .kind = TL_COLUMN_EXACT },
        { .key = "by_count_after", .name = { "after", "之后" }, .kind = TL_COLUMN_EXACT },
        { .key = "by_price_before",
          .name = { "by price before", "按价格：之前" },
          .kind = TL_COLUMN_EXACT },
        { .key = "by_price_after", .name = { "after", "之后" }, .kind = TL_COLUMN_EXACT },
    };
    if (p->n_loans == 0)
        return;
    tl_report_table(r, "loans", (tl_label){ "Loans, basis points", "贷款（基点）" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < p->n_loans; i++)
        put_loan(r, &p->loans[i], arena);
    tl_report_note(
        r, (tl_label){ "Margins before and after are what the list of cars would get if it were "
                       "signed today; a signed facility is charged what was pinned, and that "
                       "never moves.",
                       "之前与之后的利差为该车辆清单于今日签署时的结果；已签署授信按签署时锁定的"
                       "数值收取，不作变动。" });
}

/* Published with other settings, other data, or before a use that is saved by now. */
static void note_apart(tl_report *r, const tl_epd_preview *p)
{
    bool apart = false;
    for (size_t i = 0; i < p->n_cars; i++) {
        const tl_epd_shift *c = &p->cars[i];
        double gap = fabs(c->g_km_before - c->computed_before);
        apart = apart || gap > 1e-6 * fabs(c->g_km_before); /* never of NAN */
    }
    if (apart)
        tl_report_note(
            r, (tl_label){ "Some published values are others than those computed today; the "
                           "preview moves them by the difference of this declaration alone.",
                           "部分公布值与今日计算值不同；预览值仅计入本声明带来的差额。" });
}

void tl_report_put_preview(tl_report *r, const tl_epd_preview *p, tl_arena *arena)
{
    put_cars(r, p);
    put_makers(r, p);
    put_loans(r, p, arena);
    note_apart(r, p);
    tl_report_note(
        r, (tl_label){ "A preview: nothing published changes until a new version of a car is "
                       "published.",
                       "仅为预览：在车型新版本公布之前，已公布结果不变。" });
}

static const tl_label doubts[] = {
    [TL_EPD_DOUBT_GROUP] = { "another company of the group", "同一集团的其他企业" },
    [TL_EPD_DOUBT_MILL] = { "the mill of the declaration, not in the register",
                            "声明中的生产厂，企业名录中没有" },
    [TL_EPD_DOUBT_LIKE] = { "like a name of the owner", "与所有者名称相近" },
};

static void put_doubts(tl_report *r, const tl_epd_owner *o)
{
    static const tl_column columns[] = {
        { .key = "name", .name = { "name in bills", "物料清单中的名称" }, .kind = TL_COLUMN_TEXT },
        { .key = "company", .name = { "company", "企业编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "cars", .name = { "cars", "车型数" }, .kind = TL_COLUMN_INT },
        { .key = "why", .name = { "not taken", "未采用原因" }, .kind = TL_COLUMN_WORD },
    };
    if (o->n_doubts == 0)
        return;
    tl_report_table(r, "doubts", (tl_label){ "Names that may mean the mill", "可能指该厂的名称" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < o->n_doubts; i++) {
        const tl_epd_doubt *d = &o->doubts[i];
        tl_report_text(r, d->name);
        tl_report_text(r, d->company);
        tl_report_int(r, (int64_t)d->cars);
        tl_report_word(r, tl_epd_doubt_name(d->why), doubts[d->why]);
    }
    tl_report_note(r, (tl_label){ "Names in doubt are not taken: an alias of the company, or "
                                  "--supplier, settles it.",
                                  "存疑名称未被采用：可登记为企业别名，或用 --supplier 指定。" });
}

/* The names the use is for, one after the other. */
static const char *names_of(const tl_epd_preview *p, tl_arena *arena)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < p->n_factors; i++)
        tl_buf_printf(&b, "%s%s", i ? "; " : "", p->factors[i].supplier);
    const char *out =
        tl_buf_status(&b, NULL) == TL_OK ? tl_arena_str(arena, tl_buf_text(&b)) : NULL;
    tl_buf_clear(&b);
    return out;
}

tl_report *tl_report_epd_effects(const tl_epd_effect_view *v)
{
    const tl_epd_preview *p = v->preview;
    const char *names = names_of(p, v->arena);
    tl_report *r = tl_report_new(v->arena, "epd-effects",
                                 (tl_label){ "Cars before and after", "车型碳足迹：之前与之后" });
    if (!r || !names)
        return NULL;
    tl_report_fact(r, "record", (tl_label){ "declaration", "声明" }, p->declaration);
    tl_report_fact(r, "material", (tl_label){ "material", "材料" }, v->material);
    tl_report_fact(r, "supplier", (tl_label){ "supplier", "供应商" }, names);
    if (v->owner)
        tl_report_fact(r, "owner", (tl_label){ "owner", "所有者" }, v->owner->company);
    if (!v->saved)
        tl_report_fact(
            r, "effects",
            (tl_label){ "effects (SHA-256, for --expect)", "影响（SHA-256，供 --expect）" },
            p->hash);
    tl_report_put_preview(r, p, v->arena);
    if (v->owner)
        put_doubts(r, v->owner);
    tl_report_note(r, v->saved ? (tl_label){ "This use is saved.", "该用途已保存。" }
                               : (tl_label){ "Nothing is saved yet.", "尚未保存。" });
    return r;
}

/* registry_cars.c - published cars one by one: those that pass a filter, those that do better. */
#include <math.h>

#include "report/registry_parts.h"

#define G_KM "g CO2e/km"

/* The last column is of the better ones alone. */
static const tl_column columns[] = {
    { .key = "product", .name = { "model", "车型" }, .kind = TL_COLUMN_LABEL },
    { .key = "maker", .name = { "maker", "企业" }, .kind = TL_COLUMN_TEXT },
    { .key = "g_km",
      .name = { "footprint", "碳足迹" },
      .kind = TL_COLUMN_NUMBER,
      .unit = G_KM,
      .decimals = 1 },
    { .key = "class", .name = { "class", "等级" }, .kind = TL_COLUMN_WORD },
    { .key = "to_mean",
      .name = { "from the mean of its category", "与类别平均值之差" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "%",
      .decimals = 1 },
    { .key = "powertrain", .name = { "powertrain", "动力类型" }, .kind = TL_COLUMN_WORD },
    { .key = "size_class", .name = { "size class", "级别" }, .kind = TL_COLUMN_WORD },
    { .key = "body", .name = { "body", "车身" }, .kind = TL_COLUMN_WORD },
    { .key = "kerb_mass_kg",
      .name = { "kerb mass", "整备质量" },
      .kind = TL_COLUMN_NUMBER,
      .unit = "kg" },
    { .key = "price", .name = { "price", "价格" }, .kind = TL_COLUMN_NUMBER },
    { .key = "currency", .name = { "currency", "币种" }, .kind = TL_COLUMN_TEXT },
    { .key = "launched",
      .name = { "launched", "上市" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT, .files_only = true },
    { .key = "less_g_km",
      .name = { "less than the car asked for", "比所查车型少" },
      .kind = TL_COLUMN_NUMBER,
      .unit = G_KM,
      .decimals = 1 },
};
enum { ALL = sizeof columns / sizeof *columns, LISTED = ALL - 1 };

static void put_number(tl_report *r, double v, tl_label why)
{
    if (isnan(v))
        tl_report_empty(r, why);
    else
        tl_report_number(r, v);
}

static void put_car(tl_report *r, const tl_registry_view *v, size_t place)
{
    static const tl_label not_stated = { "not stated", "未说明" };
    static const tl_label no_category = { "a part of the category is not known", "类别不全" };
    const tl_published_car *c = &v->cars->cars[place];
    const tl_benchmark *b = &v->benchmarks->items[place];
    const char *size = tl_car_code(&v->cars->sizes, c->size),
               *body = tl_car_code(&v->cars->bodies, c->body),
               *powertrain = tl_car_code(&v->cars->powertrains, c->powertrain);
    tl_report_label(r, (tl_label){ c->product, c->product });
    tl_report_text(r, v->cars->makers.items[c->maker]);
    tl_report_number(r, c->g_km);
    tl_report_word(r, tl_arena_printf(v->arena, "%d", b->class_number),
                   tl_class_label(v, b->class_number));
    put_number(r, 100 * b->to_mean, no_category);
    tl_report_word(r, powertrain, tl_word_powertrain(powertrain));
    tl_report_word(r, size, tl_word_size_class(size));
    tl_report_word(r, body, tl_word_body(body));
    put_number(r, c->kerb_mass_kg, not_stated);
    put_number(r, c->price, not_stated);
    tl_report_text(r, tl_car_code(&v->cars->currencies, c->currency));
    tl_report_text(r, c->launched);
    tl_report_text(r, c->id);
    tl_report_int(r, c->version);
}

tl_report *tl_report_car_list(const tl_registry_view *v, const tl_car_list *list, size_t top)
{
    const size_t shown = top > 0 && top < list->n ? top : list->n;
    tl_report *r =
        tl_report_new(v->arena, "registry-cars", (tl_label){ "Published cars", "已公布车型" });
    if (!r)
        return NULL;
    tl_put_registry_facts(r, v);
    tl_report_fact_int(r, "passed", (tl_label){ "cars that pass", "符合条件的车型数" },
                       (int64_t)list->n);
    if (*list->currency || list->not_priced) {
        tl_report_fact(r, "currency", (tl_label){ "currency of the bounds", "价格币种" },
                       list->currency);
        tl_report_fact_int(
            r, "not_priced",
            (tl_label){ "left out: no price in that currency", "未列入：无该币种价格" },
            (int64_t)list->not_priced);
    }
    tl_report_table(r, "list", (tl_label){ "Lowest footprint first", "碳足迹由低到高" }, columns,
                    LISTED);
    for (size_t i = 0; i < shown; i++)
        put_car(r, v, list->places[i]);
    if (shown < list->n)
        tl_report_note(
            r, (tl_label){ tl_arena_printf(v->arena, "The first %zu of %zu cars; top=0 gives all.",
                                           shown, list->n),
                           tl_arena_printf(v->arena, "前 %zu 款（共 %zu 款）；top=0 取全部。",
                                           shown, list->n) });
    return r;
}

tl_report *tl_report_car_better(const tl_registry_view *v, size_t than, const tl_car_list *list)
{
    const tl_published_car *c = &v->cars->cars[than];
    tl_report *r = tl_report_new(v->arena, "registry-better",
                                 (tl_label){ "Cars to take instead", "可替代的更低碳车型" });
    if (!r)
        return NULL;
    tl_report_fact(r, "id", (tl_label){ "id", "编号" }, c->id);
    tl_report_fact(r, "product", (tl_label){ "model", "车型" }, c->product);
    tl_report_fact(r, "maker", (tl_label){ "maker", "企业" }, v->cars->makers.items[c->maker]);
    tl_put_registry_facts(r, v);
    tl_report_table(r, "list", (tl_label){ "Lowest footprint first", "碳足迹由低到高" }, columns,
                    ALL);
    for (size_t i = 0; i < list->n; i++) {
        put_car(r, v, list->places[i]);
        tl_report_number(r, c->g_km - v->cars->cars[list->places[i]].g_km);
    }
    tl_report_note(
        r, (tl_label){ "Same size class, body and, unless any will do, powertrain; a lower "
                       "footprint; at most a tenth dearer where both prices are stated in one "
                       "currency; one car of each series. The tenth is our own declaration.",
                       "同级别、同车身，且动力类型相同（除非不限）；碳足迹更低；同币种价格均已知时"
                       "最多贵十分之一；每个车系一款。十分之一为自行设定。" });
    return r;
}

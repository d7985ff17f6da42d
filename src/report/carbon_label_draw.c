/* carbon_label_draw.c - the label from top to bottom: names, three tiles, two benchmarks, facts,
 * QR code.
 *
 * Each part has a greatest height and the next begins where it ends; the greatest heights add up to
 * less than the paper, so that no text can push another off it. */
#include <math.h>

#include "report/carbon_label_priv.h"

/* mm */
static const double left = 7, width = 91, right = 98, bottom = 141, code = 24;
static const double end_of_names =
    44; /* at the latest: 12 + 16 + 0.5 + 7 + 0.5 + 6, and some room */

static const tl_page_type small = { .size_pt = 7, .least_pt = 5.5, .colour = TL_LABEL_GREY };
static const tl_page_type plain = { .size_pt = 7.5, .least_pt = 5.5, .colour = TL_LABEL_INK };

/* Colours of the classes and of letters on them. */
static const struct {
    uint32_t fill, letters;
} colours[6] = { { TL_LABEL_NONE, TL_LABEL_INK }, { 0x2c7a7b, 0xffffff },
                 { 0x7bb6a8, TL_LABEL_INK },      { 0xe3d9b0, TL_LABEL_INK },
                 { 0xe0a15a, TL_LABEL_INK },      { 0xb5452c, 0xffffff } };

static double draw_names(tl_label_sheet *s, const tl_carbon_label *l)
{
    static const tl_page_type product = {
        .size_pt = 15, .least_pt = 8, .colour = TL_LABEL_INK, .bold = true
    };
    static const tl_page_type maker = { .size_pt = 9, .least_pt = 6, .colour = TL_LABEL_INK };
    static const tl_page_type category = { .size_pt = 8, .least_pt = 6, .colour = TL_LABEL_GREY };
    static const tl_page_type number = {
        .size_pt = 7, .least_pt = 5.5, .colour = TL_LABEL_GREY, .align = TL_PAGE_RIGHT
    };
    tl_label_put_words(s, (tl_page_box){ left, 6, 40, 3.7 }, &small,
                       (tl_label){ "Carbon label", "碳标识" });
    tl_buf_str(&s->text, l->disclosure_id ? l->disclosure_id : "");
    tl_label_put(s, (tl_page_box){ left + 41, 6, width - 41, 3.7 }, &number);
    tl_page_line(s->page, left, 10.5, right, 10.5, 0.3, TL_LABEL_ACCENT);
    double y = 12;
    y = tl_label_put_words(s, (tl_page_box){ left, y, width, 16 }, &product, l->product);
    y = tl_label_put_words(s, (tl_page_box){ left, y + 0.5, width, 7 }, &maker, l->maker);
    return tl_label_put_words(s, (tl_page_box){ left, y + 0.5, width, 6.4 }, &category,
                              l->category);
}

static void draw_quantity(tl_label_sheet *s, const tl_carbon_label *l, tl_page_box tile)
{
    static const tl_page_type value = {
        .size_pt = 22, .least_pt = 12, .colour = TL_LABEL_INK, .bold = true
    };
    double y = tl_label_put_words(s, (tl_page_box){ tile.x, tile.y, tile.width, 3.7 }, &small,
                                  (tl_label){ "Quantity label", "量化标识" });
    tl_label_fixed(s, l->g_km, 1);
    y = tl_label_put(s, (tl_page_box){ tile.x, y, tile.width, 11.5 }, &value);
    tl_buf_str(&s->text, "g CO2e/km");
    y = tl_label_put(s, (tl_page_box){ tile.x, y, tile.width, 3.9 }, &small);
    if (!tl_label_stated(l->t_car))
        return;
    tl_label_fixed(s, l->t_car, 1);
    tl_buf_str(&s->text, " t CO2e");
    tl_label_say(s, (tl_label){ " per car, whole life", " 每辆车全生命周期" });
    tl_label_put(s, (tl_page_box){ tile.x, y, tile.width, tile.y + tile.height - y }, &small);
}

/* The five classes in a row, the one of the car standing out below the line of the others. */
static void draw_scale(tl_label_sheet *s, int class_number, tl_page_box tile)
{
    static const double gap = 0.8, height = 4.2;
    double step = (tile.width + gap) / 5;
    for (int i = 1; i <= 5; i++) {
        tl_page_box b = { tile.x + step * (i - 1), tile.y + tile.height - height, step - gap,
                          height };
        const tl_page_type number = { .size_pt = 7,
                                      .colour = colours[i].letters,
                                      .bold = i == class_number,
                                      .align = TL_PAGE_CENTRE };
        tl_page_rect(s->page, b, colours[i].fill);
        if (i == class_number)
            tl_page_rect(s->page, (tl_page_box){ b.x, b.y - 1.2, b.width, 0.8 }, TL_LABEL_INK);
        tl_buf_printf(&s->text, "%d", i);
        tl_label_put(s, (tl_page_box){ b.x, b.y + 0.3, b.width, height }, &number);
    }
}

/* s->text in the middle of the height of box. */
static void put_middle(tl_label_sheet *s, tl_page_box box, const tl_page_type *type)
{
    double text = tl_page_text_height(s->page, tl_buf_text(&s->text), box.width, type);
    double space = fmax(0, (box.height - text) / 2);
    tl_label_put(s, (tl_page_box){ box.x, box.y + space, box.width, box.height - space }, type);
}

static void draw_class(tl_label_sheet *s, const tl_carbon_label *l, tl_page_box tile)
{
    uint32_t letters = colours[l->class_number].letters;
    const tl_page_type value = { .size_pt = 24, .colour = letters, .bold = true };
    const tl_page_type word = { .size_pt = 9, .least_pt = 6, .colour = letters, .bold = true };
    double y = tl_label_put_words(s, (tl_page_box){ tile.x, tile.y, tile.width, 3.7 }, &small,
                                  (tl_label){ "Class label", "等级标识" }) +
               0.6;
    tl_page_box field = { tile.x, y, tile.width, tile.y + tile.height - 6.4 - y };
    tl_page_rect(s->page, field, colours[l->class_number].fill);
    if (l->class_number == 0) {
        tl_label_say(s, (tl_label){ "No class: too few peers", "无等级：同类车过少" });
        put_middle(s, (tl_page_box){ field.x + 2, field.y, field.width - 4, field.height }, &word);
    } else {
        tl_buf_printf(&s->text, "%d", l->class_number);
        put_middle(s, (tl_page_box){ field.x + 2, field.y, 6, field.height }, &value);
        tl_label_say(s, l->class_label);
        if (s->text.len)
            put_middle(
                s, (tl_page_box){ field.x + 9, field.y + 0.5, field.width - 10, field.height - 1 },
                &word);
    }
    draw_scale(s, l->class_number, tile);
}

static void draw_reduction(tl_label_sheet *s, const tl_carbon_label *l, tl_page_box tile)
{
    static const tl_page_type value = {
        .size_pt = 20, .least_pt = 10, .colour = TL_LABEL_INK, .bold = true
    };
    double y = tl_label_put_words(s, (tl_page_box){ tile.x, tile.y, tile.width, 3.7 }, &small,
                                  (tl_label){ "Historic reduction", "历史减碳标识" });
    if (!tl_label_stated(l->earlier_g_km)) {
        tl_label_put_words(s, (tl_page_box){ tile.x, y + 3.6, tile.width, 9 }, &plain,
                           (tl_label){ "No earlier car to compare with", "没有可比的前代车型" });
        return;
    }
    double change = (l->g_km - l->earlier_g_km) / l->earlier_g_km * 100;
    tl_buf_str(&s->text, change < 0 ? "−" : change > 0 ? "+" : "");
    tl_label_fixed(s, fabs(change), 1);
    tl_buf_char(&s->text, '%');
    y = tl_label_put(s, (tl_page_box){ tile.x, y + 1.4, tile.width, 11 }, &value);
    tl_label_say(s, (tl_label){ "against ", "相比" });
    if (tl_label_empty(l->earlier))
        tl_label_say(s, (tl_label){ "the car before it", "前代车型" });
    else
        tl_label_say(s, l->earlier);
    tl_buf_str(&s->text, s->zh ? "：" : ": ");
    tl_label_fixed(s, l->earlier_g_km, 1);
    tl_buf_str(&s->text, " g CO2e/km");
    tl_label_put(s, (tl_page_box){ tile.x, y, tile.width, tile.y + tile.height - y }, &small);
}

/* Quantity, class and historic reduction side by side. */
static double draw_tiles(tl_label_sheet *s, const tl_carbon_label *l, double y)
{
    static const double tile = 28.6, gap = 2.6, height = 27;
    const double second = left + tile + gap, third = second + tile + gap;
    draw_quantity(s, l, (tl_page_box){ left, y, tile, height });
    draw_class(s, l, (tl_page_box){ second, y, tile, height });
    draw_reduction(s, l, (tl_page_box){ third, y, tile, height });
    tl_page_line(s->page, second - gap / 2, y, second - gap / 2, y + height, 0.15, TL_LABEL_HAIR);
    tl_page_line(s->page, third - gap / 2, y, third - gap / 2, y + height, 0.15, TL_LABEL_HAIR);
    return y + height;
}

/* A name in grey and what is to be said of it beside it, from s->text. */
static double draw_fact(tl_label_sheet *s, tl_page_box box, double name_mm, tl_label name)
{
    tl_buf value = s->text;
    tl_buf_init(&s->text, 0);
    double first =
        tl_label_put_words(s, (tl_page_box){ box.x, box.y, name_mm - 1, box.height }, &small, name);
    s->text.failed = s->text.failed || value.failed;
    if (!s->text.failed)
        tl_buf_str(&s->text, value.len ? tl_buf_text(&value) : s->zh ? "未披露" : "not disclosed");
    tl_buf_clear(&value);
    double second = tl_label_put(
        s, (tl_page_box){ box.x + name_mm, box.y, box.width - name_mm, box.height }, &plain);
    return fmax(first, second);
}

/* Distance from the mean, by unrounded values: a car strictly below never reads "at the mean". */
static void say_distance(tl_label_sheet *s, const tl_carbon_label *l)
{
    if (!tl_label_stated(l->mean_g_km)) {
        tl_label_say(s, (tl_label){ "no mean of this category", "该类别没有平均值" });
        return;
    }
    double distance = (l->g_km - l->mean_g_km) / l->mean_g_km * 100;
    tl_label_say(s, (tl_label){ "mean ", "平均值 " });
    tl_label_fixed(s, l->mean_g_km, 1);
    tl_label_say(s, (tl_label){ " g CO2e/km: ", " g CO2e/km：" });
    if (distance == 0) {
        tl_label_say(s, (tl_label){ "at the mean", "等于平均值" });
        return;
    }
    bool tiny = fabs(distance) < 0.05;
    if (s->zh)
        tl_buf_str(&s->text, distance < 0 ? "低" : "高");
    tl_label_say(s,
                 tiny ? (tl_label){ "less than ", "不到 " } : (tl_label){ "", s->zh ? " " : "" });
    tl_label_fixed(s, tiny ? 0.1 : fabs(distance), 1);
    tl_buf_char(&s->text, '%');
    if (!s->zh)
        tl_buf_str(&s->text, distance < 0 ? " below" : " above");
}

/* The two benchmarks point in different directions: their peers differ (SPEC 3.2, check 5). */
static void say_contradiction(tl_label_sheet *s, const tl_carbon_label *l)
{
    bool good = l->class_number == 1 || l->class_number == 2, bad = l->class_number >= 4;
    if (!tl_label_stated(l->mean_g_km))
        return;
    if (good && l->g_km > l->mean_g_km)
        tl_buf_printf(&s->text,
                      s->zh
                          ? "两项比较的对象不同：与整备质量相近的车相比属于较低的%d级，与其类别相比"
                            "则高于平均值。"
                          : "The two compare different cars: compared with cars of similar mass it "
                            "is among the lower ones (class %d), compared with its category it is "
                            "above the mean.",
                      l->class_number);
    else if (bad && l->g_km < l->mean_g_km)
        tl_buf_printf(&s->text,
                      s->zh
                          ? "两项比较的对象不同：与整备质量相近的车相比属于较高的%d级，与其类别相比"
                            "则低于平均值。"
                          : "The two compare different cars: compared with cars of similar mass it "
                            "is among the higher ones (class %d), compared with its category it is "
                            "below the mean.",
                      l->class_number);
}

static double draw_benchmarks(tl_label_sheet *s, const tl_carbon_label *l, double y)
{
    static const double name = 40;
    tl_page_line(s->page, left, y, right, y, 0.15, TL_LABEL_HAIR);
    say_distance(s, l);
    y = draw_fact(s, (tl_page_box){ left, y + 1.5, width, 4 }, name,
                  (tl_label){ "Compared with its category", "与其类别相比" });
    if (l->class_number)
        tl_buf_printf(&s->text, s->zh ? "%d级（共5级）" : "class %d of 5", l->class_number);
    else
        tl_label_say(s, (tl_label){ "no class: too few peers", "无等级：同类车过少" });
    y = draw_fact(s, (tl_page_box){ left, y + 0.5, width, 4 }, name,
                  (tl_label){ "Compared with cars of similar mass", "与整备质量相近的车相比" });
    say_contradiction(s, l);
    if (s->text.len == 0)
        return y + 1;
    double end = tl_label_put(s, (tl_page_box){ left + 2, y + 0.8, width - 2, 8.5 }, &plain);
    tl_page_rect(s->page, (tl_page_box){ left, y + 1, 0.7, end - y - 1 }, TL_LABEL_ACCENT);
    return end + 1;
}

static void draw_facts(tl_label_sheet *s, const tl_carbon_label *l, double y)
{
    const double half = width / 2, name = 17;
    tl_page_line(s->page, left, y, right, y, 0.15, TL_LABEL_HAIR);
    y += 1.5;
    if (tl_label_stated(l->kerb_mass_kg)) {
        tl_label_fixed(s, l->kerb_mass_kg, 0);
        tl_buf_str(&s->text, " kg");
    }
    double first = draw_fact(s, (tl_page_box){ left, y, half - 2, 6.5 }, name,
                             (tl_label){ "Kerb mass", "整备质量" });
    tl_label_say(s, l->fuel);
    double second = draw_fact(s, (tl_page_box){ left + half, y, half, 6.5 }, name,
                              (tl_label){ "Fuel", "燃料" });
    y = fmax(first, second) + 0.5;
    tl_label_say(s, l->grade);
    y = draw_fact(s, (tl_page_box){ left, y, width, 6.5 }, name,
                  (tl_label){ "Data grade", "数据等级" }) +
        0.5;
    tl_buf_add(&s->text, l->published_on, 10);
    draw_fact(s, (tl_page_box){ left, y, half - 2, 4 }, name,
              (tl_label){ "Published", "公示日期" });
    tl_buf_str(&s->text, l->version ? l->version : "");
    draw_fact(s, (tl_page_box){ left + half, y, half, 4 }, name, (tl_label){ "Version", "版本" });
}

static tl_status draw_source(tl_label_sheet *s, const tl_carbon_label *l, tl_error *err)
{
    static const tl_page_type rule = { .size_pt = 6.5, .least_pt = 5, .colour = TL_LABEL_GREY };
    static const tl_page_type link = { .size_pt = 6, .least_pt = 4.5, .colour = TL_LABEL_ACCENT };
    const double top = bottom - code, x = left + code + 2;
    tl_status st = tl_page_qr(s->page, left, top, code, l->link, err);
    if (st != TL_OK)
        return st;
    double y = top + 1;
    if (!tl_label_empty(l->rule))
        y = tl_label_put_words(s, (tl_page_box){ x, y, right - x, 11.5 }, &rule, l->rule) + 0.5;
    y = tl_label_put_words(
        s, (tl_page_box){ x, y, right - x, 3.5 }, &rule,
        (tl_label){ "This version, with everything behind it:", "本版本及其全部依据：" });
    tl_buf_str(&s->text, l->link);
    tl_label_put(s, (tl_page_box){ x, y, right - x, bottom - y }, &link);
    return TL_OK;
}

tl_status tl_carbon_label_draw(tl_label_sheet *s, const tl_carbon_label *l, tl_error *err)
{
    double y = draw_names(s, l);
    double gap = fmin(2 + (end_of_names - y) / 3, 7); /* what short names leave is spread */
    y = draw_tiles(s, l, y + gap);
    y = draw_benchmarks(s, l, y + gap);
    draw_facts(s, l, y + gap - 1);
    tl_status st = draw_source(s, l, err);
    return st != TL_OK ? st : tl_buf_status(&s->text, err);
}

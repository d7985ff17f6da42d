/* certificate.c - the Top Runner certificate: who won among whom, by which rule (SPEC 3.12). */
#include <math.h>

#include "report/carbon_label_priv.h"

/* mm */
static const double left = 20, right = 277, frame = 10, top_of_table = 66, end_of_table = 160;
static const double heading = 7, highest_row = 18, code = 30;

/* Columns of the table. */
static const struct column {
    tl_label name;
    double x, width;
    tl_page_align align;
} columns[] = { { { "Car", "车型" }, 20, 82, TL_PAGE_LEFT },
                { { "Maker", "企业" }, 105, 80, TL_PAGE_LEFT },
                { { "Footprint", "碳足迹编号" }, 187, 32, TL_PAGE_LEFT },
                { { "g CO2e/km", "g CO2e/km" }, 220, 26, TL_PAGE_RIGHT },
                { { "Result", "结果" }, 251, 26, TL_PAGE_LEFT } };
enum { CAR, MAKER, RECORD, VALUE, RESULT, COLUMNS };

tl_status tl_certificate_check(const tl_certificate *c, tl_error *err)
{
    if (c->n == 0 || !c->lines[0].wins)
        return tl_fail(err, TL_EINPUT, "a certificate needs a winner, in its first line");
    for (size_t i = 0; i < c->n; i++) {
        double v = c->lines[i].g_km;
        if (!(v > 0 && v <= 1e7))
            return tl_fail(err, TL_EINPUT,
                           "line %zu: g/km: expected a number above 0, at most 10000000", i + 1);
        if (i > 0 && c->lines[i].wins && !c->lines[i - 1].wins)
            return tl_fail(err, TL_EINPUT, "line %zu: winners come first", i + 1);
    }
    return tl_label_check_link(c->link, err);
}

static void draw_frame(tl_label_sheet *s)
{
    const double x = 297 - frame, y = 210 - frame;
    tl_page_rect(s->page, (tl_page_box){ frame, frame, x - frame, 1.6 }, TL_LABEL_ACCENT);
    tl_page_line(s->page, frame, y, x, y, 0.3, TL_LABEL_ACCENT);
}

static void draw_title(tl_label_sheet *s, const tl_certificate *c)
{
    static const tl_page_type title = {
        .size_pt = 30, .least_pt = 14, .colour = TL_LABEL_INK, .bold = true
    };
    static const tl_page_type segment = {
        .size_pt = 17, .least_pt = 9, .colour = TL_LABEL_ACCENT, .bold = true
    };
    static const tl_page_type window = { .size_pt = 11, .least_pt = 7, .colour = TL_LABEL_GREY };
    const double width = right - left;
    double y = tl_label_put_words(s, (tl_page_box){ left, 18, width, 19 }, &title, c->title);
    y = tl_label_put_words(s, (tl_page_box){ left, y + 1, width, 14 }, &segment, c->segment);
    tl_label_put_words(s, (tl_page_box){ left, y + 1, width, 10 }, &window, c->window);
}

/* Text of s in a column of a row, in the middle of its height. */
static void put_cell(tl_label_sheet *s, const struct column *column, double y, double height,
                     tl_page_type type)
{
    type.align = column->align;
    double least = type.least_pt > 0 ? type.least_pt : type.size_pt;
    double text = tl_page_text_height(s->page, tl_buf_text(&s->text), column->width, &type);
    while (text > height && type.size_pt > least) {
        type.size_pt = fmax(least, type.size_pt - 0.5);
        text = tl_page_text_height(s->page, tl_buf_text(&s->text), column->width, &type);
    }
    double space = fmax(0, (height - text) / 2);
    tl_label_put(s, (tl_page_box){ column->x, y + space, column->width, height - space }, &type);
}

static void draw_row(tl_label_sheet *s, const struct tl_certificate_line *line, double y,
                     double height)
{
    double size = fmin(18, fmax(12, height)); /* few lines, large letters */
    const tl_page_type name = {
        .size_pt = size, .least_pt = 5, .colour = TL_LABEL_INK, .bold = line->wins
    };
    const tl_page_type number = {
        .size_pt = size, .least_pt = 7, .colour = TL_LABEL_INK, .bold = line->wins
    };
    const tl_page_type result = {
        .size_pt = size, .least_pt = 7, .colour = TL_LABEL_ACCENT, .bold = true
    };
    if (line->wins)
        tl_page_rect(s->page, (tl_page_box){ left - 4, y + 0.6, 1.4, height - 1.2 },
                     TL_LABEL_ACCENT);
    tl_label_say(s, line->product);
    put_cell(s, &columns[CAR], y, height, name);
    tl_label_say(s, line->maker);
    put_cell(s, &columns[MAKER], y, height, name);
    if (line->record) {
        static const tl_page_type small = { .size_pt = 9, .least_pt = 5, .colour = TL_LABEL_GREY };
        tl_buf_str(&s->text, line->record);
        put_cell(s, &columns[RECORD], y, height, small);
    }
    tl_label_fixed(s, line->g_km, 1);
    put_cell(s, &columns[VALUE], y, height, number);
    if (line->wins) {
        tl_label_say(s, (tl_label){ "winner", "领跑者" });
        put_cell(s, &columns[RESULT], y, height, result);
    }
    tl_page_line(s->page, left, y + height, right, y + height, 0.15, TL_LABEL_HAIR);
}

/* Further lines are counted, winners apart: none of them is lost without a word. */
static void draw_rest(tl_label_sheet *s, const tl_certificate *c, double y)
{
    static const tl_page_type note = { .size_pt = 8, .colour = TL_LABEL_GREY };
    size_t winners = 0, rest = c->n - TL_CERTIFICATE_LINES;
    for (size_t i = TL_CERTIFICATE_LINES; i < c->n; i++)
        winners += c->lines[i].wins;
    if (winners)
        tl_buf_printf(&s->text,
                      s->zh
                          ? "另有 %zu 款，其中 %zu 款同为领跑者，见二维码中的完整名单。"
                          : "%zu more, %zu of them joint winners: see the full list behind the QR "
                            "code.",
                      rest, winners);
    else
        tl_buf_printf(&s->text,
                      s->zh ? "另有 %zu 款候选车型，见二维码中的完整名单。"
                            : "%zu more candidates: see the full list behind the QR code.",
                      rest);
    tl_label_put(s, (tl_page_box){ left, y + 0.8, right - left, 4.5 }, &note);
}

static void draw_table(tl_label_sheet *s, const tl_certificate *c)
{
    static const tl_page_type name = { .size_pt = 8, .colour = TL_LABEL_GREY };
    for (size_t i = 0; i < COLUMNS; i++) {
        if (i == RECORD && !c->lines[0].record)
            continue;
        tl_page_type type = name;
        type.align = columns[i].align;
        tl_label_put_words(
            s, (tl_page_box){ columns[i].x, top_of_table + 1.5, columns[i].width, heading }, &type,
            columns[i].name);
    }
    double y = top_of_table + heading;
    tl_page_line(s->page, left, y, right, y, 0.3, TL_LABEL_INK);
    size_t shown = c->n < TL_CERTIFICATE_LINES ? c->n : TL_CERTIFICATE_LINES;
    double height = fmin(highest_row, (end_of_table - y) / (double)shown);
    for (size_t i = 0; i < shown; i++)
        draw_row(s, &c->lines[i], y + height * (double)i, height);
    if (c->n > shown)
        draw_rest(s, c, y + height * (double)shown);
}

static tl_status draw_source(tl_label_sheet *s, const tl_certificate *c, tl_error *err)
{
    static const tl_page_type rule = { .size_pt = 9, .least_pt = 6, .colour = TL_LABEL_GREY };
    static const tl_page_type day = { .size_pt = 11, .colour = TL_LABEL_INK };
    static const tl_page_type link = { .size_pt = 7, .least_pt = 5, .colour = TL_LABEL_ACCENT };
    const double y = 210 - frame - 2 - code, width = right - code - 4 - left;
    tl_status st = tl_page_qr(s->page, right - code, y, code, c->link, err);
    if (st != TL_OK)
        return st;
    tl_buf_add(&s->text, c->day, 10);
    double end = tl_label_put(s, (tl_page_box){ left, y + 1, width, 6 }, &day);
    if (!tl_label_empty(c->rule))
        end = tl_label_put_words(s, (tl_page_box){ left, end + 0.5, width, 14 }, &rule, c->rule);
    tl_buf_str(&s->text, c->link);
    tl_label_put(s, (tl_page_box){ left, end + 0.5, width, 210 - frame - 1 - end }, &link);
    return TL_OK;
}

tl_status tl_certificate_draw(tl_label_sheet *s, const tl_certificate *c, tl_error *err)
{
    draw_frame(s);
    draw_title(s, c);
    draw_table(s, c);
    tl_status st = draw_source(s, c, err);
    return st != TL_OK ? st : tl_buf_status(&s->text, err);
}

/* epd_sheet_draw.c - the declaration from top to bottom: names, facts, figures, verifier, seal.
 *
 * Everything is a row that goes onto the sheet at hand or, where it does not fit, onto the next. A
 * row has a greatest height, so that none is higher than a sheet. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/epd_sheet_priv.h"
#include "report/words.h"

/* mm */
static const double left = 18, right = 192, top = 16, bottom = 280, code = 32;
static const double name_width = 46, row_gap = 1.5, highest_row = 30;

static const tl_page_type small = { .size_pt = 8.5, .least_pt = 6.5, .colour = TL_LABEL_GREY };
static const tl_page_type plain = { .size_pt = 9.5, .least_pt = 6.5, .colour = TL_LABEL_INK };
static const tl_page_type strong = {
    .size_pt = 9.5, .least_pt = 6.5, .colour = TL_LABEL_INK, .bold = true
};
static const tl_page_type heading = {
    .size_pt = 11, .least_pt = 8, .colour = TL_LABEL_ACCENT, .bold = true
};

/* Where the pen is. */
struct pen {
    tl_label_sheet *s;
    const tl_epd_sheet *e;
    double y;
    int sheet; /* from 1 */
};

/* Words of the state, NULL labels for a declaration that is in force. */
static tl_label state_of(const tl_record *r)
{
    static const tl_label words[] = {
        [TL_RECORD_PRELIMINARY] = { "Draft: not verified, not registered", "草稿：未核查、未注册" },
        [TL_RECORD_REVIEW] = { "With the verifier: not registered", "核查中：未注册" },
        [TL_RECORD_RECALCULATED] = { "With the verifier: not registered", "核查中：未注册" },
        [TL_RECORD_SUPERSEDED] = { "Replaced by a later version", "已被后续版本取代" },
        [TL_RECORD_EXPIRED] = { "Expired", "已过期" },
        [TL_RECORD_WITHDRAWN] = { "Withdrawn", "已撤回" },
    };
    return r->state == TL_RECORD_PUBLISHED ? (tl_label){ NULL, NULL } : words[r->state];
}

static void draw_foot(struct pen *p)
{
    static const tl_page_type foot = { .size_pt = 7, .least_pt = 5, .colour = TL_LABEL_GREY };
    tl_page_type number = foot;
    number.align = TL_PAGE_RIGHT;
    tl_page_line(p->s->page, left, 284, right, 284, 0.15, TL_LABEL_HAIR);
    tl_buf_printf(&p->s->text, "%s@%lld  %s", p->e->record->id, (long long)p->e->record->version,
                  p->e->epd->registration);
    tl_label_put(p->s, (tl_page_box){ left, 285.5, 150, 4 }, &foot);
    tl_buf_printf(&p->s->text, p->s->zh ? "第 %d 页" : "page %d", p->sheet);
    tl_label_put(p->s, (tl_page_box){ right - 22, 285.5, 22, 4 }, &number);
}

static void draw_head(struct pen *p)
{
    tl_page_type number = heading;
    number.align = TL_PAGE_RIGHT;
    number.bold = false;
    tl_page_rect(p->s->page, (tl_page_box){ left, top - 4, right - left, 1.2 }, TL_LABEL_ACCENT);
    tl_label_put_words(p->s, (tl_page_box){ left, top, 100, 6 }, &heading,
                       (tl_label){ "Environmental product declaration", "环境产品声明" });
    tl_buf_str(&p->s->text, p->e->epd->registration);
    if (p->s->text.len > 0)
        tl_label_put(p->s, (tl_page_box){ left + 102, top, right - left - 102, 6 }, &number);
    p->y = top + 8;
    tl_label state = state_of(p->e->record);
    if (!state.en)
        return;
    const tl_page_type warning = { .size_pt = 11, .least_pt = 8, .colour = 0xffffff, .bold = true };
    tl_page_rect(p->s->page, (tl_page_box){ left, p->y, right - left, 7.4 }, 0xb5452c);
    tl_label_put_words(p->s, (tl_page_box){ left + 3, p->y + 1.1, right - left - 6, 6 }, &warning,
                       state);
    p->y += 10;
}

/* Makes sure that so much fits, on a further sheet where it does not. */
static void make_room(struct pen *p, double height)
{
    if (p->y + height <= bottom)
        return;
    draw_foot(p);
    tl_page_next(p->s->page);
    p->sheet++;
    draw_head(p);
}

static void draw_names(struct pen *p)
{
    static const tl_page_type product = {
        .size_pt = 22, .least_pt = 11, .colour = TL_LABEL_INK, .bold = true
    };
    static const tl_page_type mill = { .size_pt = 12, .least_pt = 8, .colour = TL_LABEL_INK };
    tl_buf_str(&p->s->text, p->e->record->product);
    p->y = tl_label_put(p->s, (tl_page_box){ left, p->y, right - left, 26 }, &product);
    tl_buf_str(&p->s->text, p->e->record->maker);
    p->y = tl_label_put(p->s, (tl_page_box){ left, p->y + 1, right - left, 11 }, &mill) + 4;
}

static void draw_heading(struct pen *p, tl_label words, double with)
{
    p->y += 3;
    make_room(p, 8 + with);
    p->y =
        tl_label_put_words(p->s, (tl_page_box){ left, p->y, right - left, 6 }, &heading, words) + 1;
    tl_page_line(p->s->page, left, p->y, right, p->y, 0.3, TL_LABEL_INK);
    p->y += row_gap;
}

/* A fact whose text stands in s->text; nothing where it is empty. */
static void draw_fact(struct pen *p, tl_label name)
{
    tl_label_sheet *s = p->s;
    const double x = left + name_width, width = right - x;
    if (s->text.len == 0 || s->text.failed)
        return;
    double high = tl_page_text_height(s->page, tl_buf_text(&s->text), width, &plain);
    tl_buf value = s->text;
    tl_buf_init(&s->text, 0);
    make_room(p, fmin(high, highest_row) + 2 * row_gap);
    double first = tl_label_put_words(s, (tl_page_box){ left, p->y, name_width - 3, highest_row },
                                      &small, name);
    tl_buf_str(&s->text, tl_buf_text(&value));
    tl_buf_clear(&value);
    double second = tl_label_put(s, (tl_page_box){ x, p->y, width, highest_row }, &plain);
    p->y = fmax(first, second) + row_gap / 2;
    tl_page_line(s->page, left, p->y, right, p->y, 0.15, TL_LABEL_HAIR);
    p->y += row_gap;
}

static void text_fact(struct pen *p, tl_label name, const char *text)
{
    tl_buf_str(&p->s->text, text ? text : "");
    draw_fact(p, name);
}

static void say_company(struct pen *p, const tl_company *c, const char *id)
{
    tl_buf *b = &p->s->text;
    if (!c) {
        tl_buf_str(b, id);
        return;
    }
    tl_label_say(p->s,
                 (tl_label){ *c->name_en ? c->name_en : NULL, *c->name_zh ? c->name_zh : NULL });
    if (*c->name_en && *c->name_zh)
        tl_buf_printf(b, p->s->zh ? "（%s）" : " (%s)", p->s->zh ? c->name_en : c->name_zh);
}

static void draw_rules(struct pen *p)
{
    const tl_pcr *pcr = p->e->pcr;
    tl_buf *b = &p->s->text;
    if (!pcr) {
        text_fact(p, (tl_label){ "Product category rules", "产品种类规则" }, p->e->epd->pcr);
        return;
    }
    tl_label_say(p->s, (tl_label){ *pcr->title_en ? pcr->title_en : NULL,
                                   *pcr->title_zh ? pcr->title_zh : NULL });
    tl_buf_printf(b, p->s->zh ? "，版本 %s" : ", version %s", pcr->version);
    if (*pcr->valid_until)
        tl_buf_printf(b, p->s->zh ? "，有效期至 %s" : ", valid until %s", pcr->valid_until);
    draw_fact(p, (tl_label){ "Product category rules", "产品种类规则" });
}

static void draw_facts(struct pen *p)
{
    const tl_record *r = p->e->record;
    tl_label_sheet *s = p->s;
    say_company(p, p->e->owner, p->e->epd->owner);
    draw_fact(p, (tl_label){ "Owner", "所有者" });
    text_fact(p, (tl_label){ "Programme", "项目" }, p->e->epd->programme);
    text_fact(p, (tl_label){ "Registration number", "注册号" }, p->e->epd->registration);
    if (*r->valid_from || *r->valid_until)
        tl_buf_printf(&s->text, s->zh ? "%s 至 %s" : "%s to %s", r->valid_from, r->valid_until);
    draw_fact(p, (tl_label){ "Valid", "有效期" });
    draw_rules(p);
    text_fact(p, (tl_label){ "Unit of the declared value", "声明值单位" }, r->unit);
    if (*r->boundary)
        tl_label_say(s, tl_word_boundary(r->boundary));
    draw_fact(p, (tl_label){ "System boundary", "系统边界" });
    text_fact(p, (tl_label){ "Method", "方法" }, r->method);
    text_fact(p, (tl_label){ "Region", "地区" }, r->region);
    if (r->year)
        tl_buf_printf(&s->text, "%lld", (long long)r->year);
    draw_fact(p, (tl_label){ "Year of the data", "数据年份" });
    if (isfinite(r->uncertainty)) {
        tl_buf_str(&s->text, "± ");
        tl_label_fixed(s, 100 * r->uncertainty, 1);
        tl_buf_str(&s->text, "%");
    }
    draw_fact(p, (tl_label){ "Uncertainty of the value", "数值不确定性" });
    if (isfinite(r->primary_share)) {
        tl_label_fixed(s, 100 * r->primary_share, 1);
        tl_buf_str(&s->text, "%");
    }
    draw_fact(p, (tl_label){ "Primary data", "初级数据占比" });
    if (r->version > 1)
        tl_buf_printf(&s->text, s->zh ? "第 %lld 版：%s" : "%lld: %s", (long long)r->version,
                      r->reason);
    draw_fact(p, (tl_label){ "Version", "版本" });
    text_fact(p, (tl_label){ "Evidence", "佐证" }, r->evidence);
}

/* Columns of the figures. */
static const struct column {
    double x, width;
    tl_page_align align;
} columns[] = { { 18, 84, TL_PAGE_LEFT },
                { 105, 17, TL_PAGE_LEFT },
                { 123, 33, TL_PAGE_RIGHT },
                { 160, 32, TL_PAGE_LEFT } };
enum { NAME, MODULE, VALUE, UNIT, COLUMNS };

static void draw_titles(struct pen *p)
{
    static const tl_label names[COLUMNS] = {
        { "Indicator", "指标" }, { "Module", "模块" }, { "Value", "数值" }, { "Unit", "单位" }
    };
    double y = p->y;
    for (size_t i = 0; i < COLUMNS; i++) {
        tl_page_type type = small;
        type.align = columns[i].align;
        y = fmax(y,
                 tl_label_put_words(p->s, (tl_page_box){ columns[i].x, p->y, columns[i].width, 6 },
                                    &type, names[i]));
    }
    p->y = y + row_gap / 2;
    tl_page_line(p->s->page, left, p->y, right, p->y, 0.15, TL_LABEL_HAIR);
    p->y += row_gap;
}

/* "A1-A3" as it is printed, with an en dash. */
static void say_module(struct pen *p, const char *module)
{
    const char *dash = strchr(module, '-');
    if (dash) {
        tl_buf_add(&p->s->text, module, (size_t)(dash - module));
        tl_buf_str(&p->s->text, "–");
        tl_buf_str(&p->s->text, dash + 1);
    } else {
        tl_buf_str(&p->s->text, module);
    }
}

static void draw_figure(struct pen *p, const tl_epd_figure *f, bool first)
{
    static const double highest = 16, one_line = 5.5;
    char number[TL_NUMBER_MAX];
    tl_label_sheet *s = p->s;
    double high =
        tl_page_text_height(s->page, s->zh ? f->name.zh : f->name.en, columns[NAME].width, &plain);
    high = fmax(high, tl_page_text_height(s->page, f->unit, columns[UNIT].width, &plain));
    const int sheet = p->sheet;
    make_room(p, fmin(high, highest) + 2 * row_gap);
    if (p->sheet != sheet)
        draw_titles(p);
    const double y = p->y;
    double end = y;
    tl_number_format(f->value, number);
    for (size_t i = 0; i < COLUMNS; i++) {
        tl_page_type type = first && (i == NAME || i == VALUE) ? strong : plain;
        type.align = columns[i].align;
        if (i == NAME)
            tl_label_say(s, f->name);
        else if (i == MODULE)
            say_module(p, f->module);
        else
            tl_buf_str(&s->text, i == VALUE ? number : f->unit);
        double room = i == VALUE ? one_line : highest; /* a number is shrunk, never broken */
        end = fmax(
            end, tl_label_put(s, (tl_page_box){ columns[i].x, y, columns[i].width, room }, &type));
    }
    p->y = end + row_gap / 2;
    tl_page_line(s->page, left, p->y, right, p->y, 0.15, TL_LABEL_HAIR);
    p->y += row_gap;
}

static void draw_figures(struct pen *p, const tl_epd_figure *figures, size_t n)
{
    draw_heading(p, (tl_label){ "Declared figures", "声明数据" }, 16);
    draw_titles(p);
    for (size_t i = 0; i < n; i++)
        draw_figure(p, &figures[i], i == 0);
}

/* Shares of the value by stage or material, where the record has them. */
static void draw_shares(struct pen *p)
{
    const tl_record *r = p->e->record;
    bool begun = false;
    for (size_t i = 0; i < r->n_parts; i++) {
        const tl_record_part *part = &r->parts[i];
        if (strcmp(part->kind, "indicator") == 0)
            continue;
        if (!begun)
            draw_heading(p, (tl_label){ "What the value consists of", "声明值的构成" }, 16);
        begun = true;
        const tl_epd_figure f = {
            .name = { part->key, part->key }, .module = "", .value = part->value, .unit = part->unit
        };
        draw_figure(p, &f, false);
    }
}

static void draw_verifier(struct pen *p)
{
    const tl_epd *e = p->e->epd;
    if (!*e->verifier)
        return;
    draw_heading(p, (tl_label){ "Verification", "核查" }, 12);
    text_fact(p, (tl_label){ "Verifier", "核查人" }, e->verifier);
    say_company(p, p->e->verifier_company, e->verifier_company);
    draw_fact(p, (tl_label){ "Company of the verifier", "核查机构" });
    text_fact(p, (tl_label){ "Registered on", "注册日期" }, p->e->record->published_on);
}

static tl_status draw_seal(struct pen *p, tl_error *err)
{
    static const tl_page_type link = { .size_pt = 8, .least_pt = 5, .colour = TL_LABEL_ACCENT };
    tl_label_sheet *s = p->s;
    const double x = left + code + 4, width = right - x;
    p->y += 3;
    make_room(p, code + 2);
    tl_status st = tl_page_qr(s->page, left, p->y, code, p->e->link, err);
    if (st != TL_OK)
        return st;
    double y = p->y + 2;
    y = tl_label_put_words(
        s, (tl_page_box){ x, y, width, 4.5 }, &small,
        (tl_label){ "This version, with everything behind it:", "本版本及其全部依据：" });
    tl_buf_str(&s->text, p->e->link);
    y = tl_label_put(s, (tl_page_box){ x, y, width, 8 }, &link) + 2;
    if (*p->e->record->hash) {
        y = tl_label_put_words(
            s, (tl_page_box){ x, y, width, 4.5 }, &small,
            (tl_label){ "Seal of this version (SHA-256):", "本版本封签（SHA-256）：" });
        tl_buf_str(&s->text, p->e->record->hash);
        tl_label_put(s, (tl_page_box){ x, y, width, 8 }, &link);
    }
    p->y += code;
    return TL_OK;
}

tl_status tl_epd_sheet_draw(tl_label_sheet *s, const tl_epd_sheet *e, const tl_epd_figure *figures,
                            size_t n, int *sheets, tl_error *err)
{
    struct pen p = { .s = s, .e = e, .sheet = 1 };
    draw_head(&p);
    draw_names(&p);
    draw_facts(&p);
    draw_figures(&p, figures, n);
    draw_shares(&p);
    draw_verifier(&p);
    tl_status st = draw_seal(&p, err);
    draw_foot(&p);
    *sheets = p.sheet;
    return st != TL_OK ? st : tl_buf_status(&s->text, err);
}

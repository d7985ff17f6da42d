/* carbon_label.c - label and certificate: checked, put on a page, written.
 *
 * What is drawn where is in carbon_label_draw.c and certificate.c. */
#include "report/carbon_label.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "report/carbon_label_priv.h"

static const double most = 1e7; /* of any number on a label: beyond it is a slip of units */

tl_status tl_label_sheet_open(tl_label_sheet *s, const tl_page_setup *setup, tl_error *err)
{
    *s = (tl_label_sheet){ .zh = setup->zh };
    tl_buf_init(&s->text, 0);
    return tl_page_new(&s->page, setup, err);
}

void tl_label_sheet_close(tl_label_sheet *s)
{
    tl_page_free(s->page);
    tl_buf_clear(&s->text);
}

void tl_label_say(tl_label_sheet *s, tl_label l)
{
    tl_label_add(&s->text, l, s->zh);
}

void tl_label_fixed(tl_label_sheet *s, double v, int decimals)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(v, decimals, text);
    tl_buf_str(&s->text, text);
}

double tl_label_put(tl_label_sheet *s, tl_page_box box, const tl_page_type *type)
{
    if (s->text.len == 0)
        tl_buf_str(&s->text, "–");
    tl_page_box taken = tl_page_text(s->page, box, type, tl_buf_text(&s->text));
    if (!s->text.failed)
        tl_buf_reset(&s->text); /* a failure stays, and is asked for at the end */
    return taken.y + taken.height;
}

double tl_label_put_words(tl_label_sheet *s, tl_page_box box, const tl_page_type *type, tl_label l)
{
    tl_label_say(s, l);
    return tl_label_put(s, box, type);
}

bool tl_label_stated(double v)
{
    return isfinite(v) && v != 0;
}

tl_status tl_label_day(const char *moment, char day[11], const char *what, tl_error *err)
{
    size_t n = moment ? strnlen(moment, 10) : 0;
    memcpy(day, n ? moment : "", n);
    day[n] = '\0';
    if (!tl_date_valid(day))
        return tl_fail(err, TL_EINPUT, "%s: expected a day YYYY-MM-DD, not '%s'", what,
                       moment ? moment : "");
    return TL_OK;
}

tl_status tl_label_check_link(const char *link, tl_error *err)
{
    size_t n = link ? strlen(link) : 0;
    if (n == 0)
        return tl_fail(err, TL_EINPUT, "link: the QR code needs an address to open");
    if (n > TL_LABEL_LINK_BYTES)
        return tl_fail(err, TL_EINPUT, "link: %zu bytes, expected at most %d", n,
                       TL_LABEL_LINK_BYTES);
    return TL_OK;
}

tl_status tl_carbon_label_check(const tl_carbon_label *l, tl_error *err)
{
    const struct {
        const char *name;
        double v;
        bool needed;
    } numbers[] = { { "g/km", l->g_km, true },
                    { "mean of the category", l->mean_g_km, false },
                    { "tonnes per car", l->t_car, false },
                    { "kerb mass", l->kerb_mass_kg, false },
                    { "g/km of the earlier car", l->earlier_g_km, false } };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double v = numbers[i].v;
        bool none = !numbers[i].needed && (isnan(v) || v == 0);
        if (!none && !(v > 0 && v <= most))
            return tl_fail(err, TL_EINPUT, "%s: expected a number above 0, at most 10000000",
                           numbers[i].name);
    }
    if (tl_label_empty(l->product))
        return tl_fail(err, TL_EINPUT, "product: a label needs the name of the car");
    if (l->class_number < 0 || l->class_number > 5)
        return tl_fail(err, TL_EINPUT, "class: expected 1 to 5, or 0 for none, not %d",
                       l->class_number);
    return tl_label_check_link(l->link, err);
}

/* Name and summary of the file itself, for those who do not see it. */
static void describe(const tl_carbon_label *l, bool zh, tl_buf *title, tl_buf *about)
{
    char value[TL_NUMBER_MAX + 320];
    tl_buf_str(title, zh ? "碳标识：" : "Carbon label: ");
    tl_label_add(title, l->product, zh);
    tl_number_format_fixed(l->g_km, 1, value);
    tl_buf_printf(about, "%s g CO2e/km", value);
    if (l->class_number)
        tl_buf_printf(about, zh ? "，%d级" : ", class %d", l->class_number);
    else
        tl_buf_str(about, zh ? "，无等级：同类车过少" : ", no class: too few peers");
    if (tl_label_stated(l->mean_g_km)) {
        tl_number_format_fixed(l->mean_g_km, 1, value);
        tl_buf_printf(
            about, zh ? "，类别平均值 %s g CO2e/km" : ", mean of its category %s g CO2e/km", value);
    }
    tl_buf_str(about, zh ? "。" : ".");
}

static tl_status write_label(const tl_carbon_label *l, bool zh, tl_page_form form, tl_buf *out,
                             tl_error *err)
{
    char day[11];
    tl_label_sheet s = { 0 };
    tl_buf title, about;
    tl_buf_init(&title, 0);
    tl_buf_init(&about, 0);
    tl_status st = tl_carbon_label_check(l, err);
    if (st == TL_OK)
        st = tl_label_day(l->published_on, day, "published on", err);
    if (st != TL_OK)
        goto done;
    describe(l, zh, &title, &about);
    const tl_page_setup setup = { .form = form,
                                  .width_mm = 105,
                                  .height_mm = 148,
                                  .title = tl_buf_text(&title),
                                  .about = tl_buf_text(&about),
                                  .day = day,
                                  .zh = zh };
    if ((st = tl_buf_status(&title, err)) != TL_OK || (st = tl_buf_status(&about, err)) != TL_OK ||
        (st = tl_label_sheet_open(&s, &setup, err)) != TL_OK ||
        (st = tl_carbon_label_draw(&s, l, err)) != TL_OK)
        goto done;
    st = tl_page_end(s.page, out, err);
done:
    tl_label_sheet_close(&s);
    tl_buf_clear(&title);
    tl_buf_clear(&about);
    return st;
}

tl_status tl_carbon_label_svg(const tl_carbon_label *l, bool zh, tl_buf *out, tl_error *err)
{
    return write_label(l, zh, TL_PAGE_SVG, out, err);
}

tl_status tl_carbon_label_pdf(const tl_carbon_label *l, bool zh, tl_buf *out, tl_error *err)
{
    return write_label(l, zh, TL_PAGE_PDF, out, err);
}

tl_status tl_certificate_pdf(const tl_certificate *c, bool zh, tl_buf *out, tl_error *err)
{
    char day[11];
    tl_label_sheet s = { 0 };
    tl_buf title;
    tl_buf_init(&title, 0);
    tl_status st = tl_certificate_check(c, err);
    if (st == TL_OK)
        st = tl_label_day(c->day, day, "day", err);
    if (st != TL_OK)
        goto done;
    tl_label_add(&title, c->title, zh);
    const tl_page_setup setup = { .form = TL_PAGE_PDF,
                                  .width_mm = 297,
                                  .height_mm = 210,
                                  .title = tl_buf_text(&title),
                                  .day = day,
                                  .zh = zh };
    if ((st = tl_buf_status(&title, err)) != TL_OK ||
        (st = tl_label_sheet_open(&s, &setup, err)) != TL_OK ||
        (st = tl_certificate_draw(&s, c, err)) != TL_OK)
        goto done;
    st = tl_page_end(s.page, out, err);
done:
    tl_label_sheet_close(&s);
    tl_buf_clear(&title);
    return st;
}

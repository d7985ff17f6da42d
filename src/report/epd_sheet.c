/* epd_sheet.c - a declaration checked, drawn and written. What is drawn where is in
 * epd_sheet_draw.c. */
#include "report/epd_sheet.h"

#include "base/memory.h"
#include "report/epd_sheet_priv.h"

/* The day of making: that of publication, so that the same version gives the same bytes. */
static tl_status day_of(const tl_epd_sheet *e, char day[11], tl_error *err)
{
    const char *on = e->record->published_on;
    return tl_label_day(*on ? on : e->day, day, "day of printing", err);
}

tl_status tl_epd_sheet_pdf(const tl_epd_sheet *e, bool zh, tl_buf *out, tl_error *err)
{
    char day[11];
    int sheets = 0;
    tl_buf title;
    tl_arena *arena = NULL;
    tl_label_sheet s = { 0 };
    const tl_epd_figure *figures = NULL;
    size_t n = 0;
    tl_buf_init(&title, 0);
    tl_status st = tl_label_check_link(e->link, err);
    if (st == TL_OK)
        st = day_of(e, day, err);
    if (st == TL_OK)
        st = tl_arena_new(&arena, 0, err);
    if (st == TL_OK)
        st = tl_epd_figures(e->record, arena, &figures, &n, err);
    if (st != TL_OK)
        goto done;
    tl_buf_printf(&title, "%s%s", zh ? "环境产品声明：" : "Environmental product declaration: ",
                  e->record->product);
    const tl_page_setup setup = { .form = TL_PAGE_PDF,
                                  .width_mm = 210,
                                  .height_mm = 297,
                                  .title = tl_buf_text(&title),
                                  .about = e->epd->registration,
                                  .by = e->epd->programme,
                                  .day = day,
                                  .zh = zh };
    if ((st = tl_buf_status(&title, err)) != TL_OK ||
        (st = tl_label_sheet_open(&s, &setup, err)) != TL_OK ||
        (st = tl_epd_sheet_draw(&s, e, figures, n, &sheets, err)) != TL_OK)
        goto done;
    st = tl_page_end(s.page, out, err);
done:
    tl_label_sheet_close(&s);
    tl_arena_free(arena);
    tl_buf_clear(&title);
    return st;
}

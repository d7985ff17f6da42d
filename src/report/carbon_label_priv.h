/* carbon_label_priv.h - what label and certificate share: a page, a language, words and numbers.
 *
 * Drawing is apart from writing, so that tests can look at the boxes. */
#ifndef TL_REPORT_CARBON_LABEL_PRIV_H
#define TL_REPORT_CARBON_LABEL_PRIV_H

#include "format/page.h"
#include "report/carbon_label.h"

#define TL_LABEL_INK 0x16202au
#define TL_LABEL_GREY 0x5b6670u
#define TL_LABEL_HAIR 0xc9cfd2u
#define TL_LABEL_ACCENT 0x0b6e69u
#define TL_LABEL_NONE 0xeceeedu

/* A page in a language; text is the one being put together. */
typedef struct tl_label_sheet {
    tl_page *page;
    tl_buf text;
    bool zh;
} tl_label_sheet;

TL_MUST_CHECK tl_status tl_label_sheet_open(tl_label_sheet *s, const tl_page_setup *setup,
                                            tl_error *err);
void tl_label_sheet_close(tl_label_sheet *s);

/* Appends to s->text. */
void tl_label_say(tl_label_sheet *s, tl_label l);
void tl_label_fixed(tl_label_sheet *s, double v, int decimals);

/* Draws s->text, or "–" where it is empty, and empties it; gives where the lines end, in mm. */
double tl_label_put(tl_label_sheet *s, tl_page_box box, const tl_page_type *type);
double tl_label_put_words(tl_label_sheet *s, tl_page_box box, const tl_page_type *type, tl_label l);

/* NAN, 0: not stated. */
bool tl_label_stated(double v);

/* The first ten letters of a moment as a day; TL_EINPUT where they are none. */
TL_MUST_CHECK tl_status tl_label_day(const char *moment, char day[11], const char *what,
                                     tl_error *err);
TL_MUST_CHECK tl_status tl_label_check_link(const char *link, tl_error *err);

TL_MUST_CHECK tl_status tl_carbon_label_check(const tl_carbon_label *l, tl_error *err);
TL_MUST_CHECK tl_status tl_carbon_label_draw(tl_label_sheet *s, const tl_carbon_label *l,
                                             tl_error *err);
TL_MUST_CHECK tl_status tl_certificate_check(const tl_certificate *c, tl_error *err);
TL_MUST_CHECK tl_status tl_certificate_draw(tl_label_sheet *s, const tl_certificate *c,
                                            tl_error *err);

#endif

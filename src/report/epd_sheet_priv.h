/* epd_sheet_priv.h - drawing apart from writing, so that tests can look at the boxes. */
#ifndef TL_REPORT_EPD_SHEET_PRIV_H
#define TL_REPORT_EPD_SHEET_PRIV_H

#include "report/carbon_label_priv.h"
#include "report/epd_indicator.h"
#include "report/epd_sheet.h"

/* Draws all sheets; *sheets counts them. */
TL_MUST_CHECK tl_status tl_epd_sheet_draw(tl_label_sheet *s, const tl_epd_sheet *e,
                                          const tl_epd_figure *figures, size_t n, int *sheets,
                                          tl_error *err);

#endif

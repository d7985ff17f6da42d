/* epd_preview.h - what the previews of declarations have in common. */
#ifndef TL_OPERATION_EPD_PREVIEW_H
#define TL_OPERATION_EPD_PREVIEW_H

#include "operation/operation.h"
#include "registry/epd_preview.h"

/* Loans are shown to who may read all loans. The hash stays that of all effects, so that what is
 * saved is checked whole; true where loans were left out. epd_effect.c */
bool tl_epd_hide_loans(const tl_call *c, tl_epd_preview *p);
void tl_epd_note_loans(tl_report *r, bool hidden);

#endif

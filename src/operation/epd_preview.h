/* epd_preview.h - what the previews of declarations have in common. */
#ifndef TL_OPERATION_EPD_PREVIEW_H
#define TL_OPERATION_EPD_PREVIEW_H

#include "operation/operation.h"
#include "registry/epd_preview.h"

/* What was left out of a preview. The hash stays that of all effects, so that what is saved is
 * checked whole. */
typedef struct tl_epd_hidden {
    bool loans, bills;
} tl_epd_hidden;

/* Loans are shown to who may read all loans. What a bill of materials says (which unpublished cars
 * name the supplier, how much of it is in a car, what that computes to, how else a mill is called)
 * is shown to who may see the bill; of the cars of others remains what is published and how it
 * would move. owner may be NULL. epd_effect.c */
TL_MUST_CHECK tl_status tl_epd_hide(const tl_call *c, tl_epd_preview *p, tl_epd_owner *owner,
                                    tl_epd_hidden *out, tl_error *err);
void tl_epd_note_hidden(tl_report *r, tl_epd_hidden hidden);

/* Whether the viewer may see the bill of materials of a car. epd_effect.c */
TL_MUST_CHECK tl_status tl_epd_bill_seen(const tl_call *c, const char *car, bool *out,
                                         tl_error *err);

#endif

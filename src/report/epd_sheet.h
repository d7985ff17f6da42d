/* epd_sheet.h - a declaration on paper: A4, Chinese or English, as many sheets as it needs.
 *
 * Product, owner, rules, programme, number and validity, declared unit, every figure by module,
 * verifier, seal, and a QR code that opens the very version that is printed. One that is not in
 * force says so on every sheet. Long names wrap, shrink and at last end in an ellipsis. The same
 * input with the same fonts gives the same bytes. */
#ifndef TL_REPORT_EPD_SHEET_H
#define TL_REPORT_EPD_SHEET_H

#include "base/buf.h"
#include "company/company.h"
#include "registry/epd.h"

typedef struct tl_epd_sheet {
    const tl_record *record; /* the version that is printed, with its parts */
    const tl_epd *epd;
    const tl_pcr *pcr;                          /* NULL: its id alone */
    const tl_company *owner, *verifier_company; /* NULL: their ids alone */
    const char *link;                           /* behind the QR code, up to 200 bytes */
    const char *day;                            /* of printing, when it was never published */
} tl_epd_sheet;

/* Appends the PDF. TL_EINPUT for a link that is none or too long. */
TL_MUST_CHECK tl_status tl_epd_sheet_pdf(const tl_epd_sheet *e, bool zh, tl_buf *out,
                                         tl_error *err);

#endif

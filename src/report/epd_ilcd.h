/* epd_ilcd.h - a declaration as an ILCD+EPD process data set (format 1.1 with the extensions of
 * 2013, 2019 and 2024, InDataWG/ILCD-EPD-Data-Format).
 *
 * Only what the record knows is written. Data sets that it refers to (the product as a flow, owner,
 * verifier, rules) are not written with it; their UUIDs are derived from the ids of the register
 * (uuid.h), so that every export names the same thing alike. */
#ifndef TL_REPORT_EPD_ILCD_H
#define TL_REPORT_EPD_ILCD_H

#include "report/epd_sheet.h"

/* Appends the XML; of e record, epd, pcr, owner and verifier_company are used. TL_EINPUT where the
 * module of a figure is not known: the format asks for it. */
TL_MUST_CHECK tl_status tl_epd_ilcd(const tl_epd_sheet *e, tl_buf *out, tl_error *err);

#endif

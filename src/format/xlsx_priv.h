/* xlsx_priv.h - the parts of the workbook writer among each other. */
#ifndef TL_FORMAT_XLSX_PRIV_H
#define TL_FORMAT_XLSX_PRIV_H

#include "base/buf.h"
#include "base/error.h"

enum {
    TL_XLSX_NAME = 31,   /* UTF-16 units in the name of a sheet */
    TL_XLSX_TEXT = 32767 /* and in a cell */
};

/* Writes into out what Excel takes as the name of a sheet: number 1 is the name cleaned and cut,
 * 2 and up have " (2)" behind. */
void tl_xlsx_name(tl_buf *out, const char *name, int number);

/* True if Excel takes a and b for the same sheet: it does not tell upper from lower case. */
bool tl_xlsx_name_same(const char *a, const char *b);

/* Appends text as Excel reads it back: cleaned, cut at `most` characters, and "_x0041_", which it
 * would take for an A, written as "_x005F_x0041_" (ECMA-376 part 1, 22.9.2.19 ST_Xstring). */
void tl_xlsx_escape(tl_buf *out, const char *text, size_t most);

/* TL_EIO unless every part of the workbook at file is whole. libxlsxwriter collects each part in a
 * temporary file and does not look whether that could be written; on a full disk a sheet would end
 * in its middle, in a sound zip. path is the name for the message. */
TL_MUST_CHECK tl_status tl_xlsx_check(const char *file, const char *path, tl_error *err);

#endif

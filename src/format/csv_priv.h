/* csv_priv.h - the reader's state, shared by csv.c and csv_record.c. */
#ifndef TL_FORMAT_CSV_PRIV_H
#define TL_FORMAT_CSV_PRIV_H

#include "base/file.h"
#include "base/map.h"
#include "format/charset.h"
#include "format/csv.h"
#include "format/csv_scan.h"

struct tl_csv_cell {
    tl_span text;
    bool doubled; /* holds "" for each quote */
};

struct tl_csv {
    tl_file_view view;        /* owned; data NULL when over borrowed memory */
    char *name;               /* owned */
    struct tl_csv_book *book; /* owned; of a workbook, NULL for text */
    tl_csv_scan scan;
    size_t at;                 /* where the next record begins */
    size_t first, first_line;  /* where the first record behind the header begins */
    size_t line;               /* line number there, from 1 */
    size_t row;                /* line number of the current record */
    struct tl_csv_cell *cells; /* owned; the record, `found` of them, at most cell_cap kept */
    size_t cell_cap, found;
    tl_map *names; /* column name -> index; owned unless a part */
    char *scratch; /* owned; rewritten cells of the record */
    size_t scratch_cap;
    tl_gb18030 *gb18030;               /* owned, made when first needed */
    tl_charset charset, first_charset; /* now, and as the header left it */
    size_t max_line, rescan_left; /* bytes that may still be read a second time after bad records */
    char decimal;
    bool part;   /* a part of another reader: names and data are that one's */
    bool quoted; /* a quote, lone CR or GB18030 was met */
};

/* Reads the next record that is not blank into cells; *more is false at the end. TL_EINPUT speaks
 * of a record that was passed over. Cells beyond cell_cap are counted, not kept. */
TL_MUST_CHECK tl_status tl_csv_take(tl_csv *csv, bool *more, tl_error *err);

#endif

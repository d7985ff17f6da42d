/* xlsx_read_priv.h - the parts of the workbook reader among each other. */
#ifndef TL_FORMAT_XLSX_READ_PRIV_H
#define TL_FORMAT_XLSX_READ_PRIV_H

#include <stdint.h>

#include <expat.h>
#include <zip.h>

#include "base/buf.h"
#include "base/memory.h"
#include "format/xlsx_read.h"

/* How the number of a cell is shown. */
typedef enum tl_xlsx_shown {
    TL_XLSX_AS_NUMBER,
    TL_XLSX_AS_DATE, /* year, month or day are shown */
    TL_XLSX_AS_TIME  /* a time of day and no date */
} tl_xlsx_shown;

struct tl_xlsx_sheet {
    const char *name, *relation, *part; /* part: its place in the archive, "" where unknown */
    bool hidden;
};

struct tl_xlsx_book {
    char *name; /* owned */
    zip_t *zip; /* owned */
    size_t packed, inflated;
    tl_arena *arena; /* owned; of everything below */
    struct tl_xlsx_sheet *sheets;
    size_t n_sheets, sheet_cap; /* sheets owned */
    const char *folder;         /* of the workbook part, "xl/" */
    const char *strings_part, *styles_part;
    bool since_1904;
    unsigned char *shown; /* owned; tl_xlsx_shown of each cell format */
    size_t n_shown, shown_cap;
    tl_arena *text;   /* owned; of the shared strings */
    tl_span *strings; /* owned */
    size_t n_strings, string_cap, string_bytes;
    bool strings_read;
};

/* xlsx_part.c: one part of the archive as XML events. The handlers get `ctx`; names of elements
 * come as tl_xlsx_element gives them. */
typedef struct tl_xlsx_part tl_xlsx_part;
typedef struct tl_xlsx_handlers {
    void (*start)(void *ctx, const char *element, const char **attributes);
    void (*end)(void *ctx, const char *element);
    void (*text)(void *ctx, const char *s, size_t n); /* may be NULL */
    void *ctx;
} tl_xlsx_handlers;

TL_MUST_CHECK tl_status tl_xlsx_part_open(tl_xlsx_part **out, tl_xlsx_book *b, const char *path,
                                          const tl_xlsx_handlers *handlers, tl_error *err);
void tl_xlsx_part_close(tl_xlsx_part *p);

/* Reads until a handler pauses or the part ends; *more is false at the end. */
TL_MUST_CHECK tl_status tl_xlsx_part_run(tl_xlsx_part *p, bool *more, tl_error *err);

/* For handlers: run returns true, and goes on from here the next time. */
void tl_xlsx_part_pause(tl_xlsx_part *p);

/* For handlers: run ends with this fault, "file: part: " before it. The first one counts. */
void tl_xlsx_part_fail(tl_xlsx_part *p, tl_status st, const char *fmt, ...) TL_PRINTF(3, 4);

/* Reads a part from beginning to end. */
TL_MUST_CHECK tl_status tl_xlsx_part_read(tl_xlsx_book *b, const char *path,
                                          const tl_xlsx_handlers *handlers, tl_xlsx_part **current,
                                          tl_error *err);

bool tl_xlsx_part_exists(const tl_xlsx_book *b, const char *path);

/* Value of an attribute without namespace; of one with any, if name begins with ':'. NULL if it
 * is not there. */
const char *tl_xlsx_attribute(const char **attributes, const char *name);

/* xlsx_strings.c: reads the shared strings, once. */
TL_MUST_CHECK tl_status tl_xlsx_strings_read(tl_xlsx_book *b, tl_error *err);

/* Appends text with "_x0041_" taken for what it stands for (22.9.2.19 ST_Xstring). */
void tl_xlsx_unescape(tl_buf *out, const char *s, size_t n);

/* xlsx_styles.c: reads how the cell formats show numbers. */
TL_MUST_CHECK tl_status tl_xlsx_styles_read(tl_xlsx_book *b, tl_error *err);

/* What a number format code shows. */
tl_xlsx_shown tl_xlsx_format_shown(const char *code);

/* xlsx_value.c: a number as text. NULL, or what is wrong with it as a date. */
const char *tl_xlsx_number_text(double v, tl_xlsx_shown shown, bool since_1904, tl_buf *out);

#endif

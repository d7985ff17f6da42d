/* book_test.h - workbooks made in memory, part by part. */
#ifndef TL_FORMAT_TESTS_BOOK_TEST_H
#define TL_FORMAT_TESTS_BOOK_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/buf.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define LINKS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

#define ROOT_RELATIONS                                                                             \
    HEAD "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" LINKS            \
         "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
#define BOOK_RELATIONS                                                                             \
    HEAD "<Relationships xmlns=\"" PACKAGE "\">"                                                   \
         "<Relationship Id=\"rId1\" Type=\"" LINKS                                                 \
         "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"                                         \
         "<Relationship Id=\"rId2\" Type=\"" LINKS                                                 \
         "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"                                     \
         "<Relationship Id=\"rId3\" Type=\"" LINKS                                                 \
         "/sharedStrings\" Target=\"sharedStrings.xml\"/>"                                         \
         "<Relationship Id=\"rId4\" Type=\"" LINKS "/styles\" Target=\"styles.xml\"/>"             \
         "</Relationships>"
#define BOOK(properties, sheets)                                                                   \
    HEAD "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" LINKS "\">" properties "<sheets>" sheets        \
         "</sheets></workbook>"
#define ONE_SHEET BOOK("", "<sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/>")
#define SHEET(rows) HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData>" rows "</sheetData></worksheet>"
#define STYLES(formats, xfs)                                                                       \
    HEAD "<styleSheet xmlns=\"" MAIN "\"><numFmts>" formats                                        \
         "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" xfs               \
         "</cellXfs></styleSheet>"

/* One file of the archive; text NULL ends a list. */
typedef struct book_part {
    const char *path, *text;
} book_part;

/* The archive with parts up to the one without a path; owned by the caller. */
static inline char *make_archive(const book_part *parts, size_t *size)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &why);
    assert_non_null(memory);
    zip_source_keep(memory);
    zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, &why);
    assert_non_null(zip);
    for (; parts->path; parts++) {
        zip_source_t *text = zip_source_buffer(zip, parts->text, strlen(parts->text), 0);
        assert_non_null(text);
        assert_true(zip_file_add(zip, parts->path, text, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(zip_source_open(memory), 0);
    assert_int_equal(zip_source_seek(memory, 0, SEEK_END), 0);
    *size = (size_t)zip_source_tell(memory);
    char *data = malloc(*size + 1);
    assert_non_null(data);
    assert_int_equal(zip_source_seek(memory, 0, SEEK_SET), 0);
    assert_int_equal(zip_source_read(memory, data, *size), (zip_int64_t)*size);
    zip_source_close(memory);
    zip_source_free(memory);
    zip_error_fini(&why);
    return data;
}

/* A workbook of one sheet; strings and styles may be NULL. */
static inline char *make_book(const char *book, const char *sheet, const char *strings,
                              const char *styles, size_t *size)
{
    book_part parts[7] = { { "_rels/.rels", ROOT_RELATIONS },
                           { "xl/workbook.xml", book },
                           { "xl/_rels/workbook.xml.rels", BOOK_RELATIONS },
                           { "xl/worksheets/sheet1.xml", sheet } };
    size_t n = 4;
    if (strings)
        parts[n++] = (book_part){ "xl/sharedStrings.xml", strings };
    if (styles)
        parts[n++] = (book_part){ "xl/styles.xml", styles };
    return make_archive(parts, size);
}

#endif

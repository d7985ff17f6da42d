/* Workbooks read: what cells say, dates, names of namespaces, and what hostile files are told. */
#include "format/tests/book_test.h"
#include "format/xlsx_read.h"
#include "format/xlsx_write.h"

#include <unistd.h>

#include "base/file.h"
#include "base/number.h"

/* Everything of a sheet as "A1=text B1=!text ", or the error. */
static tl_buf read_all(const char *data, size_t n, size_t sheet)
{
    tl_buf out;
    tl_xlsx_book *b = NULL;
    tl_xlsx_rows *r = NULL;
    tl_error err = { 0 };
    bool more = true;
    tl_buf_init(&out, 0);
    tl_status st = tl_xlsx_book_open(&b, "t.xlsx", data, n, &err);
    if (st == TL_OK)
        st = tl_xlsx_rows_open(&r, b, sheet, &err);
    while (st == TL_OK && (st = tl_xlsx_rows_next(r, &more, &err)) == TL_OK && more) {
        size_t cells;
        const tl_xlsx_cell *c = tl_xlsx_rows_cells(r, &cells);
        for (size_t i = 0; i < cells; i++) {
            char name[TL_XLSX_CELL_NAME];
            tl_xlsx_cell_name(tl_xlsx_rows_number(r), c[i].column, name);
            tl_buf_printf(&out, "%s=%s" TL_SPAN_FMT " ", name, c[i].fault ? "!" : "",
                          TL_SPAN_ARG(c[i].text));
        }
    }
    if (st != TL_OK)
        tl_buf_printf(&out, "error: %s", err.text);
    tl_xlsx_rows_close(r);
    tl_xlsx_book_close(b);
    return out;
}

static void expect_rows(const char *label, char *data, size_t n, const char *want)
{
    tl_buf got = read_all(data, n, 0);
    if (strcmp(tl_buf_text(&got), want) != 0)
        fail_msg("%s: got \"%s\", want \"%s\"", label, tl_buf_text(&got), want);
    tl_buf_clear(&got);
    free(data);
}

#define ROW(cells) "<row r=\"1\">" cells "</row>"

static const struct cell_case {
    const char *label, *rows, *want;
} cell_cases[] = {
    { "a number", ROW("<c r=\"A1\"><v>12.5</v></c>"), "A1=12.5 " },
    { "sixteen digits as Excel shows them", ROW("<c r=\"A1\"><v>73.09999999999999</v></c>"),
      "A1=73.1 " },
    { "seventeen digits", ROW("<c r=\"A1\"><v>0.30000000000000004</v></c>"), "A1=0.3 " },
    { "a small number", ROW("<c r=\"A1\"><v>1.4999999999999999E-9</v></c>"), "A1=1.5e-9 " },
    { "a whole number of sixteen digits", ROW("<c r=\"A1\"><v>9007199254740991</v></c>"),
      "A1=9007199254740991 " },
    { "a negative number", ROW("<c r=\"A1\"><v>-0.1</v></c>"), "A1=-0.1 " },
    { "shared", ROW("<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"),
      "A1=first B1=bold and plain " },
    { "read aloud is not shown", ROW("<c r=\"A1\" t=\"s\"><v>2</v></c>"), "A1=東京 " },
    { "an escape", ROW("<c r=\"A1\" t=\"s\"><v>3</v></c>"), "A1=_x0041_ and \n " },
    { "no such shared text", ROW("<c r=\"A1\" t=\"s\"><v>9</v></c>"), "A1=! " },
    { "inline", ROW("<c r=\"A1\" t=\"inlineStr\"><is><t>in</t></is></c>"), "A1=in " },
    { "inline in runs",
      ROW("<c r=\"A1\" t=\"inlineStr\"><is><r><t>a</t></r><r><t> b</t></r></is></c>"), "A1=a b " },
    { "truth", ROW("<c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"b\"><v>0</v></c>"),
      "A1=true B1=false " },
    { "an error", ROW("<c r=\"A1\" t=\"e\"><v>#N/A</v></c>"), "A1=!#N/A " },
    { "a formula", ROW("<c r=\"A1\"><f>1+1</f><v>2</v></c>"), "A1=2 " },
    { "a formula of text", ROW("<c r=\"A1\" t=\"str\"><f>\"a\"</f><v>a</v></c>"), "A1=a " },
    { "a formula without a result", ROW("<c r=\"A1\"><f>1+1</f></c>"), "A1=! " },
    { "no number", ROW("<c r=\"A1\"><v>abc</v></c>"), "A1=!abc " },
    { "places left out", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
      "A1=1 B1=2 A2=3 " },
    { "gaps",
      "<row r=\"3\"><c r=\"C3\"><v>1</v></c></row><row r=\"7\"><c r=\"AA7\"><v>2</v></c></row>",
      "C3=1 AA7=2 " },
    { "empty rows and cells",
      "<row r=\"1\"><c r=\"A1\" s=\"1\"/></row><row r=\"2\"/><row r=\"3\"><c r=\"B3\"><v>1</v></c>"
      "</row><row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t></t></is></c></row>",
      "B3=1 " },
    { "a strict day", ROW("<c r=\"A1\" t=\"d\"><v>2026-11-30T00:00:00</v></c>"), "A1=2026-11-30 " },
    { "rows out of order", "<row r=\"2\"/><row r=\"1\"/>",
      "error: t.xlsx: sheet 'Data': row '1' after row 2, expected rows in order up to 1048576" },
    { "a row beyond", "<row r=\"1048577\"/>",
      "error: t.xlsx: sheet 'Data': row '1048577' after row 0, expected rows in order up to "
      "1048576" },
    { "a column beyond", ROW("<c r=\"XFE1\"><v>1</v></c>"),
      "error: t.xlsx: sheet 'Data': row 1: cell 'XFE1', expected cells in order up to column XFD" },
    { "cells out of order", ROW("<c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c>"),
      "error: t.xlsx: sheet 'Data': row 1: cell 'A1', expected cells in order up to column XFD" },
};

#define STRINGS                                                                                    \
    HEAD "<sst xmlns=\"" MAIN "\"><si><t>first</t></si>"                                           \
         "<si><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space=\"preserve\"> and "                 \
         "plain</t></r></si>"                                                                      \
         "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si>"               \
         "<si><t>_x005F_x0041_ and _x000A_</t></si></sst>"

static char *text_sheet(const char *rows)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData>");
    tl_buf_str(&b, rows);
    tl_buf_str(&b, "</sheetData></worksheet>");
    assert_false(b.failed);
    return b.data;
}

static void test_cells(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cell_cases / sizeof *cell_cases; i++) {
        size_t n;
        char *sheet = text_sheet(cell_cases[i].rows);
        char *data = make_book(ONE_SHEET, sheet, STRINGS, NULL, &n);
        expect_rows(cell_cases[i].label, data, n, cell_cases[i].want);
        free(sheet);
    }
}

/* Serials as Excel shows them: 1 = 1900-01-01, 59 = 1900-02-28, 61 = 1900-03-01, 45292 =
 * 2024-01-01, 2958465 = 9999-12-31 (ECMA-376 part 1, 18.17.4.1); in the 1904 system 0 = 1904-01-01
 * and 43830 = 2024-01-01 (1462 less). */
static const struct date_case {
    const char *label, *format, *value, *want, *want_1904;
} date_cases[] = {
    { "the first day", "14", "1", "A1=1900-01-01 ", "A1=1904-01-02 " },
    { "before the day that never was", "14", "59", "A1=1900-02-28 ", "A1=1904-02-29 " },
    { "the day that never was", "14", "60", "A1=!60 ", "A1=1904-03-01 " },
    { "after it", "14", "61", "A1=1900-03-01 ", "A1=1904-03-02 " },
    { "no day", "14", "0", "A1=!0 ", "A1=1904-01-01 " },
    { "today", "15", "45292", "A1=2024-01-01 ", "A1=2028-01-02 " },
    { "a leap day", "16", "45351", "A1=2024-02-29 ", "A1=2028-03-01 " },
    { "the last day", "17", "2958465", "A1=9999-12-31 ", "A1=!2958465 " },
    { "the last day since 1904", "17", "2957003", "A1=9995-12-30 ", "A1=9999-12-31 " },
    { "beyond the last", "14", "2958466", "A1=!2958466 ", "A1=!2958466 " },
    { "before the first", "14", "-1", "A1=!-1 ", "A1=!-1 " },
    { "with a time", "22", "45292.5625", "A1=2024-01-01 13:30:00 ", "A1=2028-01-02 13:30:00 " },
    { "rounded to the next day", "22", "45291.9999999", "A1=2024-01-01 ", "A1=2028-01-02 " },
    { "a time", "18", "0.5", "A1=12:00:00 ", "A1=12:00:00 " },
    { "a length of time stays a number", "46", "1.5", "A1=1.5 ", "A1=1.5 " },
    { "Chinese built-in", "31", "45292", "A1=2024-01-01 ", "A1=2028-01-02 " },
    { "a number", "2", "45292", "A1=45292 ", "A1=45292 " },
    { "own: year first", "164", "45292", "A1=2024-01-01 ", "A1=2028-01-02 " },
    { "own: Chinese", "165", "45292", "A1=2024-01-01 ", "A1=2028-01-02 " },
    { "own: a unit with a d", "166", "45292", "A1=45292 ", "A1=45292 " },
    { "own: minutes", "167", "0.25", "A1=06:00:00 ", "A1=06:00:00 " },
    { "own: a colour", "168", "7", "A1=7 ", "A1=7 " },
    { "own: a length of time", "169", "2.5", "A1=2.5 ", "A1=2.5 " },
    { "own: general", "170", "5", "A1=5 ", "A1=5 " },
};

#define FORMATS                                                                                    \
    "<numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"                                     \
    "<numFmt numFmtId=\"165\" "                                                                    \
    "formatCode=\"[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/>"                \
    "<numFmt numFmtId=\"166\" formatCode=\"0.0&quot; g/day&quot;\"/>"                              \
    "<numFmt numFmtId=\"167\" formatCode=\"h:mm\"/>"                                               \
    "<numFmt numFmtId=\"168\" formatCode=\"[Red]0.00;[Blue]\\-0.00\"/>"                            \
    "<numFmt numFmtId=\"169\" formatCode=\"[h]:mm\"/>"                                             \
    "<numFmt numFmtId=\"170\" formatCode=\"General\"/>"

static void test_dates(void **state)
{
    (void)state;
    static const char since_1904[] =
        BOOK("<workbookPr date1904=\"1\"/>", "<sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/>");
    for (size_t i = 0; i < sizeof date_cases / sizeof *date_cases; i++) {
        const struct date_case *c = &date_cases[i];
        char sheet[1000], styles[4000];
        size_t n;
        snprintf(sheet, sizeof sheet, SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>%s</v></c></row>"),
                 c->value);
        snprintf(styles, sizeof styles,
                 STYLES("%s", "<xf numFmtId=\"0\"/><xf numFmtId=\"%s\" applyNumberFormat=\"1\"/>"),
                 FORMATS, c->format);
        char *data = make_book(ONE_SHEET, sheet, NULL, styles, &n);
        expect_rows(c->label, data, n, c->want);
        data = make_book(since_1904, sheet, NULL, styles, &n);
        expect_rows(c->label, data, n, c->want_1904);
    }
}

/* Prefixes and namespaces as other programs write them. */
static const struct dialect {
    const char *label, *book, *sheet, *want;
} dialects[] = {
    { "a prefix for everything",
      HEAD
      "<x:workbook xmlns:x=\"" MAIN "\" xmlns:rel=\"" LINKS
      "\"><x:sheets><x:sheet name=\"Data\" sheetId=\"1\" rel:id=\"rId1\"/></x:sheets></x:workbook>",
      HEAD "<x:worksheet xmlns:x=\"" MAIN
           "\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v>"
           "</x:c></x:row></x:sheetData></x:worksheet>",
      "A1=1 " },
    { "strict",
      HEAD "<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" "
           "xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\"><sheets><sheet "
           "name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
      HEAD "<worksheet xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><sheetData><row "
           "r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>",
      "A1=1 " },
    { "what others add (WPS, LibreOffice) is passed over",
      HEAD "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" LINKS
           "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
           "xmlns:etc=\"http://www.wps.cn/officeDocument/2017/etCustomData\" mc:Ignorable=\"etc\">"
           "<etc:sheet name=\"no\" r:id=\"rId9\"/><sheets><sheet name=\"Data\" sheetId=\"1\" "
           "r:id=\"rId1\"/></sheets></workbook>",
      HEAD
      "<worksheet xmlns=\"" MAIN "\" xmlns:loext=\"http://schemas.libreoffice.org/\"><sheetData>"
      "<loext:row><loext:c><loext:v>9</loext:v></loext:c></loext:row><row r=\"1\" "
      "loext:r=\"5\"><c r=\"A1\"><loext:v>8</loext:v><v>1</v></c></row></sheetData></worksheet>",
      "A1=1 " },
    { "an entity of XML itself", ONE_SHEET,
      SHEET(
          "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a &amp; b &#x4E2D;</t></is></c></row>"),
      "A1=a & b 中 " },
    { "a document type declaration", ONE_SHEET,
      "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet "
      "xmlns=\"" MAIN
      "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&b;</t></is></c></row>"
      "</sheetData></worksheet>",
      "error: t.xlsx: xl/worksheets/sheet1.xml: has a document type declaration, no workbook has "
      "that" },
    { "cut off", ONE_SHEET, "<worksheet xmlns=\"" MAIN "\"><sheetData><row r=\"1\">",
      "error: t.xlsx: the workbook is damaged: xl/worksheets/sheet1.xml, line 1: no element "
      "found" },
};

static void test_dialects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        size_t n;
        char *data = make_book(dialects[i].book, dialects[i].sheet, NULL, NULL, &n);
        expect_rows(dialects[i].label, data, n, dialects[i].want);
    }
}

/* A chart comes first and has no rows. */
static void test_chart_sheet(void **state)
{
    (void)state;
    const book_part parts[] = {
        { "xl/workbook.xml", BOOK("", "<sheet name=\"Chart\" sheetId=\"1\" r:id=\"rId9\"/><sheet "
                                      "name=\"Data\" sheetId=\"2\" r:id=\"rId1\"/>") },
        { "xl/_rels/workbook.xml.rels", BOOK_RELATIONS },
        { "xl/worksheets/sheet1.xml", SHEET("<row><c><v>1</v></c></row>") },
        { NULL, NULL },
    };
    size_t n;
    char *data = make_archive(parts, &n);
    expect_rows("a chart before the data", data, n, "A1=1 ");
}

static void expect_error(const char *label, const char *data, size_t n, const char *want)
{
    tl_buf got = read_all(data, n, 0);
    if (!strstr(tl_buf_text(&got), want))
        fail_msg("%s: got \"%s\", want \"%s\" in it", label, tl_buf_text(&got), want);
    tl_buf_clear(&got);
}

static const struct refused_case {
    const char *label;
    book_part parts[4];
    const char *want;
} refused_cases[] = {
    { "no workbook in the archive",
      { { "readme.txt", "hello" } },
      "is a zip archive and no workbook" },
    { "an OpenDocument file", { { "content.xml", "<a/>" } }, "is an OpenDocument file (.ods)" },
    { "a binary workbook",
      { { "_rels/.rels",
          HEAD "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"r\" Type=\"" LINKS
               "/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>" },
        { "xl/workbook.bin", "x" } },
      "is a binary workbook (.xlsb)" },
    { "no sheets", { { "xl/workbook.xml", BOOK("", "") } }, "is a zip archive and no workbook" },
    { "no relations",
      { { "xl/workbook.xml", ONE_SHEET } },
      "lacks its part xl/_rels/workbook.xml.rels" },
    { "a sheet without a part",
      { { "xl/workbook.xml", ONE_SHEET }, { "xl/_rels/workbook.xml.rels", BOOK_RELATIONS } },
      "lacks its part xl/worksheets/sheet1.xml" },
    { "a way out of the archive",
      { { "xl/workbook.xml", ONE_SHEET },
        { "xl/_rels/workbook.xml.rels",
          HEAD "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" LINKS
               "/worksheet\" Target=\"../../../../etc/passwd\"/></Relationships>" } },
      "lacks its part etc/passwd" },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused_cases / sizeof *refused_cases; i++) {
        size_t n;
        char *data = make_archive(refused_cases[i].parts, &n);
        expect_error(refused_cases[i].label, data, n, refused_cases[i].want);
        free(data);
    }
    static const char old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Workbook";
    static const char locked[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
                                 "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    expect_error("an .xls file", old, sizeof old, "is an old Excel workbook (.xls)");
    expect_error("with a password", locked, sizeof locked, "is a workbook with a password");
    expect_error("text", "a,b\n", 4, "is no workbook");
    expect_error("cut off", "PK\x03\x04 and no more", 16, "the workbook is damaged");
    expect_error("nothing", "", 0, "is no workbook");
}

/* Blanks between elements: 40 MB of them pack to 40 kB. */
static void test_bomb(void **state)
{
    (void)state;
    enum { BLANKS = 40 << 20 };
    static const char head[] = "<worksheet xmlns=\"" MAIN "\"><sheetData><row r=\"1\"><c r=\"A1\" "
                               "t=\"inlineStr\"><is><t>";
    char *sheet = malloc(BLANKS + sizeof head);
    size_t n;
    assert_non_null(sheet);
    memcpy(sheet, head, sizeof head - 1);
    memset(sheet + sizeof head - 1, ' ', BLANKS);
    sheet[BLANKS + sizeof head - 1] = '\0';
    char *data = make_book(ONE_SHEET, sheet, NULL, NULL, &n);
    expect_error("a long text", data, n, "more than 8388608 bytes");
    free(data);
    char *row = strstr(sheet, "<row"); /* blanks between elements */
    memset(row, ' ', (size_t)(sheet + sizeof head - 1 - row));
    data = make_book(ONE_SHEET, sheet, NULL, NULL, &n);
    expect_error("a bomb", data, n, "that is no workbook a person made");
    free(data);
    memcpy(sheet, "<worksheet a=\"", 14); /* one tag of 40 MB */
    memset(sheet + 14, 'a', BLANKS);
    data = make_book(ONE_SHEET, sheet, NULL, NULL, &n);
    expect_error("an endless tag", data, n, "a tag of more than 4194304 bytes");
    free(data);
    tl_buf deep;
    tl_buf_init(&deep, 0);
    tl_buf_str(&deep, "<worksheet xmlns=\"" MAIN "\">");
    for (int i = 0; i < 70; i++)
        tl_buf_str(&deep, "<a>");
    data = make_book(ONE_SHEET, deep.data, NULL, NULL, &n);
    expect_error("nested", data, n, "elements nested deeper than 64");
    free(data);
    tl_buf_clear(&deep);
    free(sheet);
}

static void test_sheets(void **state)
{
    (void)state;
    const book_part parts[] = {
        { "_rels/.rels", ROOT_RELATIONS },
        { "xl/workbook.xml",
          BOOK("", "<sheet name=\"Lists\" sheetId=\"1\" state=\"hidden\" "
                   "r:id=\"rId1\"/><sheet name=\"数据\" sheetId=\"2\" r:id=\"rId2\"/>") },
        { "xl/_rels/workbook.xml.rels", BOOK_RELATIONS },
        { "xl/worksheets/sheet1.xml", SHEET("<row><c><v>1</v></c></row>") },
        { "xl/worksheets/sheet2.xml", SHEET("<row><c><v>2</v></c></row>") },
        { NULL, NULL },
    };
    size_t n;
    char *data = make_archive(parts, &n);
    tl_xlsx_book *b;
    assert_int_equal(tl_xlsx_book_open(&b, "t.xlsx", data, n, NULL), TL_OK);
    assert_int_equal(tl_xlsx_book_sheets(b), 2);
    assert_true(tl_xlsx_book_sheet(b, 0).hidden);
    assert_false(tl_xlsx_book_sheet(b, 1).hidden);
    assert_string_equal(tl_xlsx_book_sheet(b, 1).name, "数据");
    tl_xlsx_book_close(b);
    tl_buf got = read_all(data, n, 1);
    assert_string_equal(tl_buf_text(&got), "A1=2 ");
    tl_buf_clear(&got);
    free(data);
}

/* What our own writer writes comes back as it was put in. */
static void test_written(void **state)
{
    (void)state;
    static const double numbers[] = {
        73.1, 0.1, 201.3, 1e-9, 123456789.25, 9007199254740991.0, -5
    };
    char path[64];
    snprintf(path, sizeof path, "/tmp/tanlian-xlsx-%ld.xlsx", (long)getpid());
    tl_xlsx *x;
    assert_int_equal(tl_xlsx_open(&x, path, NULL), TL_OK);
    assert_int_equal(tl_xlsx_sheet(x, "Data", NULL), TL_OK);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        tl_xlsx_number(x, 0, i, numbers[i], 2);
    tl_xlsx_text(x, 1, 0, "=a & <b> _x0041_ 中文", TL_XLSX_PLAIN);
    tl_xlsx_bool(x, 1, 1, true);
    assert_int_equal(tl_xlsx_close(x, NULL), TL_OK);
    tl_file_view f;
    assert_int_equal(tl_file_open(&f, path, 0, NULL), TL_OK);
    tl_buf got = read_all(f.data, f.size, 0);
    assert_string_equal(tl_buf_text(&got),
                        "A1=73.1 B1=0.1 C1=201.3 D1=1e-9 E1=123456789.25 F1=9007199254740991 "
                        "G1=-5 A2==a & <b> _x0041_ 中文 B2=true ");
    tl_buf_clear(&got);
    tl_file_close(&f);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),       cmocka_unit_test(test_dates),
        cmocka_unit_test(test_dialects),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_bomb),        cmocka_unit_test(test_sheets),
        cmocka_unit_test(test_chart_sheet), cmocka_unit_test(test_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

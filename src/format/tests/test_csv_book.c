/* A sheet of a workbook behind the face of csv.h. */
#include "format/csv.h"
#include "format/tests/book_test.h"

#define TEXT(at, text) "<c r=\"" at "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define TITLE "<row r=\"1\">" TEXT("A1", "Fill in, please") "</row>"
#define HEADER "<row r=\"3\">" TEXT("B3", " id ") TEXT("D3", "value") TEXT("E3", "check") "</row>"

static const char *const wanted[] = { "id", "value" };
static const tl_csv_opts options = { .workbook = true, .wanted = wanted, .n_wanted = 2 };

/* Rows as "4: a|1.5; ", refused ones as "4! message; ". */
static tl_buf read_table(const char *data, size_t n, const tl_csv_opts *opts)
{
    tl_buf out;
    tl_csv *csv = NULL;
    tl_error err = { 0 };
    bool more = true;
    int id = -1;
    tl_buf_init(&out, 0);
    tl_status st = tl_csv_open_memory(&csv, "t.xlsx", data, n, opts, &err);
    if (st == TL_OK)
        st = tl_csv_require(csv, "id", &id, &err);
    int value = st == TL_OK ? tl_csv_column(csv, "value") : -1;
    while (st == TL_OK) {
        st = tl_csv_next(csv, &more, &err);
        if (st == TL_OK && !more)
            break;
        if (st == TL_EINPUT) {
            tl_buf_printf(&out, "%zu! %s; ", tl_csv_row(csv), err.text);
            st = TL_OK;
        } else if (st == TL_OK) {
            tl_span a = tl_csv_cell(csv, id), b = tl_csv_cell(csv, value);
            tl_buf_printf(&out, "%zu: " TL_SPAN_FMT "|" TL_SPAN_FMT "; ", tl_csv_row(csv),
                          TL_SPAN_ARG(a), TL_SPAN_ARG(b));
        }
    }
    if (st != TL_OK)
        tl_buf_printf(&out, "error %s: %s", tl_status_name(st), err.text);
    tl_csv_close(csv);
    return out;
}

static const struct table_case {
    const char *label, *rows, *want;
} table_cases[] = {
    { "a header below a title",
      TITLE HEADER "<row r=\"4\">" TEXT(
          "B4", "a") "<c r=\"D4\"><v>1.5</v></c></row><row r=\"9\">" TEXT("B9", "b") "</row>",
      "4: a|1.5; 9: b|; " },
    { "what stands outside the columns is no row",
      HEADER "<row r=\"4\">" TEXT("A4", "note") TEXT("C4", "x") TEXT("H4", "y") "</row>", "" },
    { "an error in a column asked for",
      HEADER
      "<row r=\"4\">" TEXT("B4", "a") "<c r=\"D4\" t=\"e\"><v>#N/A</v></c></row><row r=\"5\">" TEXT(
          "B5", "b") "</row>",
      "4! t.xlsx:4: column 'value' (cell D4 of 'Data'): '#N/A' is an error of Excel's, expected a "
      "value; 5: b|; " },
    { "an error in another column",
      HEADER "<row r=\"4\">" TEXT("B4", "a") "<c r=\"E4\" t=\"e\"><v>#REF!</v></c></row>",
      "4: a|; " },
    { "a column is missing", "<row r=\"1\">" TEXT("A1", "id") "</row>",
      "error input: t.xlsx: no visible sheet has one of its first 20 rows with the columns 'id', "
      "'value'; its sheets are 'Data'" },
    { "a name twice",
      "<row r=\"1\">" TEXT("A1", "id") TEXT("B1", "value") TEXT("C1", "id") "</row>",
      "error input: t.xlsx:1: column name 'id' occurs twice in the header" },
    { "damaged behind the header", HEADER "<row r=\"4\">" TEXT("B4", "a") "</row><row r=\"2\"/>",
      "4: a|; error io: t.xlsx: sheet 'Data': row '2' after row 4, expected rows in order up to "
      "1048576" },
};

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table_cases / sizeof *table_cases; i++) {
        char sheet[4000];
        size_t n;
        snprintf(sheet, sizeof sheet, SHEET("%s"), table_cases[i].rows);
        char *data = make_book(ONE_SHEET, sheet, NULL, NULL, &n);
        tl_buf got = read_table(data, n, &options);
        if (strcmp(tl_buf_text(&got), table_cases[i].want) != 0)
            fail_msg("%s: got \"%s\", want \"%s\"", table_cases[i].label, tl_buf_text(&got),
                     table_cases[i].want);
        tl_buf_clear(&got);
        free(data);
    }
}

/* The hidden sheet has the columns too: taken only where it is asked for. */
static void test_sheets(void **state)
{
    (void)state;
    const book_part parts[] = {
        { "_rels/.rels", ROOT_RELATIONS },
        { "xl/workbook.xml",
          BOOK("", "<sheet name=\"Lists\" sheetId=\"1\" state=\"veryHidden\" "
                   "r:id=\"rId1\"/><sheet name=\"B\" sheetId=\"2\" r:id=\"rId2\"/>") },
        { "xl/_rels/workbook.xml.rels", BOOK_RELATIONS },
        { "xl/worksheets/sheet1.xml", SHEET(HEADER "<row r=\"4\">" TEXT("B4", "hidden") "</row>") },
        { "xl/worksheets/sheet2.xml", SHEET(HEADER "<row r=\"4\">" TEXT("B4", "seen") "</row>") },
        { NULL, NULL },
    };
    tl_csv_opts asked = options;
    size_t n;
    char *data = make_archive(parts, &n);
    tl_buf got = read_table(data, n, &options);
    assert_string_equal(tl_buf_text(&got), "4: seen|; ");
    tl_buf_clear(&got);
    asked.sheet = "Lists";
    got = read_table(data, n, &asked);
    assert_string_equal(tl_buf_text(&got), "4: hidden|; ");
    tl_buf_clear(&got);
    got = read_table(data, n, NULL); /* who takes text only says what to do */
    assert_non_null(strstr(tl_buf_text(&got), "save the sheet as CSV"));
    tl_buf_clear(&got);
    free(data);
}

static void test_again(void **state)
{
    (void)state;
    size_t n, row = 0;
    bool more;
    tl_csv *csv;
    char *data = make_book(ONE_SHEET, SHEET(TITLE HEADER "<row r=\"4\">" TEXT("B4", "a") "</row>"),
                           NULL, NULL, &n);
    assert_int_equal(tl_csv_open_memory(&csv, "t.xlsx", data, n, &options, NULL), TL_OK);
    assert_false(tl_csv_plain(csv));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(tl_csv_next(csv, &more, NULL), TL_OK);
        assert_true(more);
        row = tl_csv_row(csv);
        assert_int_equal(row, 4);
        assert_int_equal(tl_csv_next(csv, &more, NULL), TL_OK);
        assert_false(more);
        tl_csv_rewind(csv);
    }
    tl_csv_close(csv);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_sheets),
        cmocka_unit_test(test_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_csv.c - what each file reads as: its columns, each row's cells, each complaint. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/random.h"
#include "format/csv.h"

/* Everything a file says, one line a record: "[a][b]" the header, "2[1][2]" a row, "!text" an
 * error. */
static void dump(tl_buf *b, const char *data, size_t n, const tl_csv_opts *opts)
{
    tl_csv *csv;
    tl_error err = { 0 };
    bool more = true;
    tl_buf_reset(b);
    if (tl_csv_open_memory(&csv, "t.csv", data, n, opts, &err) != TL_OK) {
        assert_null(csv);
        tl_buf_printf(b, "!%s\n", err.text);
        return;
    }
    for (size_t i = 0; i < tl_csv_columns(csv); i++)
        tl_buf_printf(b, "[%s]", tl_csv_column_name(csv, i));
    tl_buf_char(b, '\n');
    for (;;) {
        tl_status st = tl_csv_next(csv, &more, &err);
        if (st == TL_EINPUT) {
            tl_buf_printf(b, "!%s\n", err.text);
            continue;
        }
        assert_int_equal(st, TL_OK);
        if (!more)
            break;
        tl_buf_printf(b, "%zu", tl_csv_row(csv));
        for (size_t i = 0; i < tl_csv_columns(csv); i++) {
            tl_span c = tl_csv_cell(csv, (int)i);
            tl_buf_char(b, '[');
            tl_buf_add(b, c.p, c.n);
            tl_buf_char(b, ']');
        }
        tl_buf_char(b, '\n');
    }
    tl_csv_close(csv);
}

#define T(text) text, sizeof(text) - 1

static const struct reading_case {
    const char *label, *data;
    size_t n;
    tl_csv_opts opts;
    const char *want;
} reading_cases[] = {
    { "plain", T("a,b\n1,2\n3,4\n"), { 0 }, "[a][b]\n2[1][2]\n3[3][4]\n" },
    { "no last line end", T("a,b\n1,2"), { 0 }, "[a][b]\n2[1][2]\n" },
    { "CRLF", T("a,b\r\n1,2\r\n"), { 0 }, "[a][b]\n2[1][2]\n" },
    { "lone CR", T("a,b\r1,2\r3,4"), { 0 }, "[a][b]\n2[1][2]\n3[3][4]\n" },
    { "byte-order mark",
      T("\xEF\xBB\xBF"
        "a,b\n1,2\n"),
      { 0 },
      "[a][b]\n2[1][2]\n" },
    { "semicolons", T("a;b,c\n1;2,5\n"), { 0 }, "[a;b][c]\n2[1;2][5]\n" },
    { "more semicolons", T("a;b;c,d\n1;2,5;3\n"), { 0 }, "[a][b][c,d]\n2[1][2,5][3]\n" },
    { "tabs", T("a\tb\n1\t2\n"), { 0 }, "[a][b]\n2[1][2]\n" },
    { "separator told", T("a;b,c\n1;2,5\n"), { .separator = ';' }, "[a][b,c]\n2[1][2,5]\n" },
    { "Excel's sep line", T("sep=|\r\na|b,c\r\n1|2\r\n"), { 0 }, "[a][b,c]\n3[1][2]\n" },
    { "separators inside quotes do not count",
      T("\"a;;;\",b\n1,2\n"),
      { 0 },
      "[a;;;][b]\n2[1][2]\n" },
    { "one column, blank lines", T("a\n\n1\n  \n\"\"\n2\n\n"), { 0 }, "[a]\n3[1]\n5[]\n6[2]\n" },
    { "empty cells", T("a,b,c\n,,\n\"\",,x\n"), { 0 }, "[a][b][c]\n2[][][]\n3[][][x]\n" },
    { "quoted", T("a,b\n\"1,5\",\"x \"\"y\"\"\"\n"), { 0 }, "[a][b]\n2[1,5][x \"y\"]\n" },
    { "only quotes", T("a,b\n\"\"\"\",\"\"\"\"\"\"\n"), { 0 }, "[a][b]\n2[\"][\"\"]\n" },
    { "line in a cell",
      T("a,b\n\"1\n2\r\n3\",x\n4,5\n"),
      { 0 },
      "[a][b]\n2[1\n2\r\n3][x]\n5[4][5]\n" },
    { "quote inside a bare cell", T("a,b\n5\" pipe,2\"\n"), { 0 }, "[a][b]\n2[5\" pipe][2\"]\n" },
    { "blanks kept, header trimmed", T(" a , b\n 1 ,2 \n"), { 0 }, "[a][b]\n2[ 1 ][2 ]\n" },
    { "blank behind a closing quote", T("a,b\n\"1\" ,2\n"), { 0 }, "[a][b]\n2[1][2]\n" },
    { "chinese", T("名称,数量\n电解铝,2\n"), { 0 }, "[名称][数量]\n2[电解铝][2]\n" },
    { "GB18030 from the header on",
      T("\xC3\xFB\xB3\xC6,b\n\xB5\xE7\xBD\xE2\xC2\xC1,\"x\"\"\xC2\xC1\"\n"),
      { 0 },
      "[名称][b]\n2[电解铝][x\"铝]\n" },
    { "GB18030 after ASCII, four bytes",
      T("a,b\n1,2\n\xB8\xD6,\x81\x39\xEE\x39\n"),
      { 0 },
      "[a][b]\n2[1][2]\n3[钢][㐀]\n" },
    { "no columns left",
      T("a,b\n1\n2,3\n4,5,6\n"),
      { 0 },
      "[a][b]\n!t.csv:2: 1 cell, expected 2 as in the header\n3[2][3]\n"
      "!t.csv:4: 3 cells, expected 2 as in the header\n" },
    { "cut short",
      T("a,b,c\n1,2,3\n4,5"),
      { 0 },
      "[a][b][c]\n2[1][2][3]\n!t.csv:3: 2 cells, expected 3 as in the header; the file ends within "
      "this row\n" },
    { "open quote",
      T("a,b\n1,\"2\n3,4\n"),
      { 0 },
      "[a][b]\n!t.csv:2: column 'b': quote opened here is not closed before the file "
      "ends\n3[3][4]\n" },
    { "open quote on the last line",
      T("a,b\n1,\"2"),
      { 0 },
      "[a][b]\n!t.csv:2: column 'b': quote opened here is not closed before the file ends\n" },
    { "text behind a quote",
      T("a,b\n\"1\"x,2\n3,4\n"),
      { 0 },
      "[a][b]\n!t.csv:2: column 'a': text behind a closing quote; write a quote inside a quoted "
      "cell as \"\"\n3[3][4]\n" },
    { "over-long line",
      T("a,b\n1,2222222222\n3,4\n"),
      { .max_line_bytes = 8 },
      "[a][b]\n!t.csv:2: line longer than the limit of 8 bytes\n3[3][4]\n" },
    { "over-long to the end",
      T("a,b\n1,2222222222"),
      { .max_line_bytes = 8 },
      "[a][b]\n!t.csv:2: line longer than the limit of 8 bytes; the rest of the file was not "
      "read\n" },
    { "CR at the limit",
      T("a,b\n1,22222\r\n3,4\n"),
      { .max_line_bytes = 8 },
      "[a][b]\n2[1][22222]\n3[3][4]\n" },
    { "long quoted text",
      T("a,b\n1,\"2\n2222222222\"\n3,4\n"),
      { .max_line_bytes = 8 },
      "[a][b]\n!t.csv:2: line longer than the limit of 8 bytes\n"
      "!t.csv:3: line longer than the limit of 8 bytes\n4[3][4]\n" },
    { "bad UTF-8 in a UTF-8 file",
      T("a,b\n电解铝,铝\nx,\xFFy\n3,4\n"),
      { 0 },
      "[a][b]\n2[电解铝][铝]\n!t.csv:3: column 'b': byte 0xFF is not UTF-8 text, as the file "
      "is\n4[3][4]\n" },
    { "neither encoding",
      T("a,b\n1,\xE9,\n3,4\n"),
      { 0 },
      "[a][b]\n!t.csv:2: neither UTF-8 nor GB18030 text; save the file as UTF-8\n3[3][4]\n" },
    { "half a character at the end",
      T("a,b\n1,\xEF"),
      { 0 },
      "[a][b]\n!t.csv:2: column 'b': byte 0xEF is not UTF-8 text, as the file is\n" },
    { "empty file", T(""), { 0 }, "!t.csv: is empty, expected a header with column names\n" },
    { "only blank lines",
      T("\xEF\xBB\xBF\r\n \n"),
      { 0 },
      "!t.csv: is empty, expected a header with column names\n" },
    { "header only", T("a,b\n"), { 0 }, "[a][b]\n" },
    { "nameless column",
      T("a,,c\n1,2,3\n"),
      { 0 },
      "!t.csv:1: column 2 of 3 has no name in the header\n" },
    { "repeated column",
      T("a,b,a\n1,2,3\n"),
      { 0 },
      "!t.csv:1: column name 'a' occurs twice in the header\n" },
    { "binary",
      T("\x7F"
        "ELF\0\0\0\0"),
      { 0 },
      "!t.csv: is a binary file, expected CSV text\n" },
    { "UTF-16",
      T("\xFF\xFE"
        "a\0,\0"),
      { 0 },
      "!t.csv: is UTF-16 text; save it as 'CSV UTF-8'\n" },
    { "workbook",
      T("PK\x03\x04"
        "abc"),
      { 0 },
      "!t.csv: is a workbook or zip archive, expected CSV text; save the sheet as CSV\n" },
    { "over-long header",
      T("aaaaaaaaaaaaaaaa,b\n"),
      { .max_line_bytes = 8 },
      "!t.csv:1: line longer than the limit of 8 bytes; the rest of the file was not read\n" },
    { "twenty columns",
      T("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t\n,,,,,,,,,,,,,,,,,,,1\n"),
      { 0 },
      "[a][b][c][d][e][f][g][h][i][j][k][l][m][n][o][p][q][r][s][t]\n"
      "2[][][][][][][][][][][][][][][][][][][][1]\n" },
};

static void test_reading(void **state)
{
    (void)state;
    tl_buf got;
    tl_buf_init(&got, 0);
    for (size_t i = 0; i < sizeof reading_cases / sizeof *reading_cases; i++) {
        const struct reading_case *c = &reading_cases[i];
        char *exact = malloc(c->n ? c->n : 1); /* so that a sanitizer sees one byte too far */
        memcpy(exact, c->data, c->n);
        dump(&got, exact, c->n, &c->opts);
        free(exact);
        if (strcmp(tl_buf_text(&got), c->want) != 0)
            fail_msg("%s: got\n%s\nwant\n%s", c->label, tl_buf_text(&got), c->want);
    }
    tl_buf_clear(&got);
}

/* A NUL byte far inside is a matter of its row only; 8 KiB and more of text come before it. */
static void test_late_nul(void **state)
{
    (void)state;
    tl_buf in, got;
    tl_buf_init(&in, 0);
    tl_buf_init(&got, 0);
    tl_buf_str(&in, "a,b\n");
    for (int i = 0; i < 4000; i++)
        tl_buf_str(&in, "1,2\n");
    tl_buf_add(&in, "\"3\"\0,4\n5,6\n", 11);
    dump(&got, in.data, in.len, NULL);
    assert_non_null(
        strstr(got.data, "!t.csv:4002: column 'a': a NUL byte, expected text\n4003[5][6]\n"));
    tl_buf_clear(&in);
    tl_buf_clear(&got);
}

/* A plain reader, byte by byte, for well-formed text with LF lines; the fast one must agree on any
 * alignment of cells to blocks. */
static void slow_dump(tl_buf *b, const char *p, size_t n)
{
    size_t i = 0, line = 1;
    tl_buf_reset(b);
    while (i < n) {
        if (line > 1)
            tl_buf_printf(b, "%zu", line);
        bool end = false;
        while (!end) {
            tl_buf_char(b, '[');
            if (p[i] == '"') {
                for (i++; p[i] != '"' || p[i + 1] == '"'; i++) {
                    line += p[i] == '\n';
                    tl_buf_char(b, p[i]);
                    i += p[i] == '"';
                }
                i++;
            } else {
                for (; p[i] != ',' && p[i] != '\n'; i++)
                    tl_buf_char(b, p[i]);
            }
            tl_buf_char(b, ']');
            end = p[i++] == '\n';
        }
        line++;
        tl_buf_char(b, '\n');
    }
}

static void test_random(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "",         "1",
        "steel",    "\"a,b\"",
        "\"\"\"\"", "\"\n\"",
        "5\"",      "\"x\"\"y\"",
        "电解铝",   "\"热轧\n钢\"",
        "0.00125",  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    };
    tl_buf in, got, want;
    tl_buf_init(&in, 0);
    tl_buf_init(&got, 0);
    tl_buf_init(&want, 0);
    for (uint64_t seed = 1; seed <= 300; seed++) {
        tl_random r = tl_random_seed(seed);
        tl_buf_reset(&in);
        tl_buf_str(&in, "a,b,c\n");
        for (int row = 0; row < 40; row++)
            for (int k = 0; k < 3; k++) {
                tl_buf_str(&in, cells[tl_random_below(&r, sizeof cells / sizeof *cells)]);
                tl_buf_char(&in, k < 2 ? ',' : '\n');
            }
        dump(&got, in.data, in.len, NULL);
        slow_dump(&want, in.data, in.len);
        if (strcmp(got.data, want.data) != 0)
            fail_msg("seed %llu: got\n%s\nwant\n%s", (unsigned long long)seed, got.data, want.data);
    }
    tl_buf_clear(&in);
    tl_buf_clear(&got);
    tl_buf_clear(&want);
}

/* Parts of a plain file add up to the whole, wherever the cuts fall; quotes are told. */
static void test_parts(void **state)
{
    (void)state;
    tl_buf in, got, want;
    tl_buf_init(&in, 0);
    tl_buf_init(&got, 0);
    tl_buf_init(&want, 0);
    tl_buf_str(&in, "a,b\n");
    for (int i = 0; i < 50; i++) {
        tl_buf_printf(&in, "%d,%.*s\n", i, i % 17, "xxxxxxxxxxxxxxxxx");
        tl_buf_printf(&want, "%d.", i);
    }
    for (size_t parts = 1; parts < 60; parts++) {
        tl_csv *whole, *part;
        size_t lines = 0;
        assert_int_equal(tl_csv_open_memory(&whole, "t", in.data, in.len, NULL, NULL), TL_OK);
        tl_buf_reset(&got);
        for (size_t k = 0; k < parts; k++) {
            bool more;
            assert_int_equal(tl_csv_open_part(&part, whole, k, parts, NULL), TL_OK);
            while (tl_csv_next(part, &more, NULL) == TL_OK && more) {
                tl_buf_add(&got, tl_csv_cell(part, 0).p, tl_csv_cell(part, 0).n);
                tl_buf_char(&got, '.');
            }
            lines += tl_csv_lines(part);
            assert_true(tl_csv_plain(part));
            tl_csv_close(part);
        }
        tl_csv_close(whole);
        assert_string_equal(got.data, want.data);
        assert_int_equal(lines, 50);
    }
    static const char *const strange[] = { "a\n\"1\"\n", "a\n1\"\n", "a\n1\r2\n", "a\n\xB5\xE7\n" };
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        tl_csv *csv;
        bool more = true;
        assert_int_equal(tl_csv_open_memory(&csv, "t", strange[i], strlen(strange[i]), NULL, NULL),
                         TL_OK);
        while (more)
            assert_int_equal(tl_csv_next(csv, &more, NULL), TL_OK);
        assert_false(tl_csv_plain(csv));
        tl_csv_rewind(csv);
        assert_true(tl_csv_plain(csv) && tl_csv_lines(csv) == 1);
        assert_int_equal(tl_csv_next(csv, &more, NULL), TL_OK);
        assert_true(more && tl_csv_row(csv) == 2);
        tl_csv_close(csv);
    }
    tl_buf_clear(&in);
    tl_buf_clear(&got);
    tl_buf_clear(&want);
}

static const struct number_case {
    const char *label, *cell;
    char decimal;
    tl_status want;
    double value;
    const char *text; /* of the error */
} number_cases[] = {
    { "plain", "1.5", 0, TL_OK, 1.5, NULL },
    { "blanks", " 1.5\t", 0, TL_OK, 1.5, NULL },
    { "comma", "186,7", ',', TL_OK, 186.7, NULL },
    { "comma where a point is due", "186,7", 0, TL_EINPUT, 0,
      "t.csv:2: column 'x': '186,7' is not a number" },
    { "word", "abc", 0, TL_EINPUT, 0, "t.csv:2: column 'x': 'abc' is not a number" },
    { "too large", "1e400", 0, TL_EINPUT, 0,
      "t.csv:2: column 'x': '1e400' is too large for a number" },
    { "empty", "", 0, TL_EINPUT, 0, "t.csv:2: column 'x': empty, expected a number" },
    { "nan", "nan", 0, TL_EINPUT, 0, "t.csv:2: column 'x': 'nan' is not a number" },
};

static void test_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof number_cases / sizeof *number_cases; i++) {
        const struct number_case *c = &number_cases[i];
        tl_csv_opts opts = { .separator = ';', .decimal = c->decimal };
        char text[100];
        tl_csv *csv;
        tl_error err = { 0 };
        bool more, given = true;
        double v = -7, opt = -7;
        snprintf(text, sizeof text, "x;y\n%s;1\n", c->cell);
        assert_int_equal(tl_csv_open_memory(&csv, "t.csv", text, strlen(text), &opts, &err), TL_OK);
        assert_int_equal(tl_csv_next(csv, &more, &err), TL_OK);
        tl_status st = tl_csv_number(csv, 0, &v, &err);
        if (st != c->want || (st == TL_OK && v != c->value) ||
            (st != TL_OK && strcmp(err.text, c->text) != 0))
            fail_msg("%s: status %d value %g text %s", c->label, (int)st, v, err.text);
        st = tl_csv_number_opt(csv, 0, &opt, &given, NULL);
        assert_int_equal(given, c->cell[0] != '\0');
        assert_int_equal(st, given ? c->want : TL_OK);
        assert_int_equal(tl_csv_number_opt(csv, -1, &opt, &given, NULL), TL_OK);
        assert_false(given);
        tl_csv_close(csv);
    }
}

static void test_columns(void **state)
{
    (void)state;
    tl_csv *csv;
    tl_error err = { 0 };
    int column = -2;
    assert_int_equal(tl_csv_open_memory(&csv, "t.csv", "id,name\n1,x\n", 12, NULL, &err), TL_OK);
    assert_int_equal(tl_csv_require(csv, "name", &column, &err), TL_OK);
    assert_int_equal(column, 1);
    assert_int_equal(tl_csv_require(csv, "unit", &column, &err), TL_EINPUT);
    assert_string_equal(err.text, "t.csv:1: no column 'unit'; the header has 'id', 'name'");
    assert_int_equal(tl_csv_column(csv, "Name"), -1);
    assert_int_equal(tl_csv_cell(csv, -1).n, 0);
    tl_csv_close(csv);
}

/* A file of 2 GB without a line end takes space only on paper; it must fail at once. */
static void test_huge_line(void **state)
{
    (void)state;
    char path[] = "/tmp/tl_csv_XXXXXX";
    int fd = mkstemp(path);
    tl_csv *csv;
    tl_error err = { 0 };
    bool more;
    assert_true(fd >= 0);
    char head[20000];
    memset(head, 'x', sizeof head);
    memcpy(head, "a,b\n1,", 6);
    assert_int_equal(write(fd, head, sizeof head), (int)sizeof head);
    assert_int_equal(ftruncate(fd, (off_t)2 << 30), 0);
    close(fd);
    double before = tl_clock_s();
    assert_int_equal(tl_csv_open(&csv, path, NULL, &err), TL_OK);
    assert_int_equal(tl_csv_next(csv, &more, &err), TL_EINPUT);
    assert_int_equal(tl_csv_next(csv, &more, &err), TL_OK);
    assert_false(more);
    tl_csv_close(csv);
    double took = tl_clock_s() - before;
    unlink(path);
    if (took > 2)
        fail_msg("took %.1f s", took);
}

static void test_no_file(void **state)
{
    (void)state;
    tl_csv *csv;
    tl_error err = { 0 };
    assert_int_equal(tl_csv_open(&csv, "/nonexistent/x.csv", NULL, &err), TL_ENOTFOUND);
    assert_null(csv);
    assert_int_equal(tl_csv_open(&csv, "/", NULL, &err), TL_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),   cmocka_unit_test(test_late_nul),
        cmocka_unit_test(test_random),    cmocka_unit_test(test_parts),
        cmocka_unit_test(test_numbers),   cmocka_unit_test(test_columns),
        cmocka_unit_test(test_huge_line), cmocka_unit_test(test_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

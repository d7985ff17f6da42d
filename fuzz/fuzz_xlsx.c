/* fuzz_xlsx.c - a workbook from outside.
 *
 * Whatever comes in is read to its end or refused: cells are in order and valid UTF-8, and a second
 * reading says the same. An input that is no archive stands for the XML of a sheet, so that the
 * fuzzer need not learn to pack. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "format/csv.h"
#include "format/xlsx_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
    if (!good)
        abort();
}

/* Hash of everything a sheet says, "" if it was refused. */
static void read_sheet(tl_xlsx_book *b, size_t sheet, char hex[TL_SHA256_HEX])
{
    tl_xlsx_rows *r = NULL;
    tl_sha256 *h = NULL;
    bool more = true;
    size_t row = 0, n;
    hex[0] = '\0';
    must(tl_sha256_new(&h, NULL) == TL_OK);
    tl_status st = tl_xlsx_rows_open(&r, b, sheet, NULL);
    while (st == TL_OK && (st = tl_xlsx_rows_next(r, &more, NULL)) == TL_OK && more) {
        const tl_xlsx_cell *c = tl_xlsx_rows_cells(r, &n);
        must(n > 0 && tl_xlsx_rows_number(r) > row);
        row = tl_xlsx_rows_number(r);
        for (size_t i = 0; i < n; i++) {
            must(i == 0 || c[i].column > c[i - 1].column);
            must(c[i].fault || c[i].text.n);
            must(tl_utf8_valid(c[i].text.p, c[i].text.n) == c[i].text.n);
            tl_sha256_add(h, c[i].text.p, c[i].text.n);
        }
    }
    if (st == TL_OK)
        must(tl_sha256_final(h, hex, NULL) == TL_OK);
    tl_sha256_free(h);
    tl_xlsx_rows_close(r);
}

static void read_book(const char *data, size_t n)
{
    static const char *const wanted[] = { "id" };
    const tl_csv_opts opts = { .workbook = true, .wanted = wanted, .n_wanted = 1 };
    tl_xlsx_book *b = NULL;
    tl_csv *csv = NULL;
    char first[TL_SHA256_HEX], second[TL_SHA256_HEX];
    bool more = true;
    if (tl_xlsx_book_open(&b, "fuzz.xlsx", data, n, NULL) == TL_OK)
        for (size_t i = 0; i < tl_xlsx_book_sheets(b) && i < 3; i++) {
            read_sheet(b, i, first);
            read_sheet(b, i, second);
            must(strcmp(first, second) == 0);
        }
    tl_xlsx_book_close(b);
    tl_status st = tl_csv_open_memory(&csv, "fuzz.xlsx", data, n, &opts, NULL);
    while (st == TL_OK && more)
        if ((st = tl_csv_next(csv, &more, NULL)) == TL_EINPUT)
            st = TL_OK;
    tl_csv_close(csv);
}

static void add(zip_t *zip, const char *path, const void *text, size_t n)
{
    zip_source_t *source = zip_source_buffer(zip, text, n, 0);
    must(source != NULL);
    zip_int64_t at = zip_file_add(zip, path, source, 0);
    must(at >= 0);
    must(zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
}

static void add_text(zip_t *zip, const char *path, const char *text)
{
    add(zip, path, text, strlen(text));
}

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define LINKS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* The input as the sheet of a workbook with dates and shared texts. */
static void read_as_sheet(const uint8_t *data, size_t size)
{
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    must(memory != NULL);
    zip_source_keep(memory);
    zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, NULL);
    must(zip != NULL);
    add_text(zip, "xl/workbook.xml",
             "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" LINKS
             "\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>");
    add_text(
        zip, "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"a\" Type=\"" LINKS
        "/worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\" Type=\"" LINKS
        "/sharedStrings\" Target=\"t.xml\"/><Relationship Id=\"c\" Type=\"" LINKS
        "/styles\" Target=\"y.xml\"/></Relationships>");
    add_text(zip, "xl/t.xml",
             "<sst xmlns=\"" MAIN "\"><si><t>id</t></si><si><t>_x0041_</t></si></sst>");
    add_text(zip, "xl/y.xml",
             "<styleSheet xmlns=\"" MAIN "\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
             "numFmtId=\"22\"/><xf numFmtId=\"18\"/></cellXfs></styleSheet>");
    add(zip, "xl/s.xml", data, size);
    must(zip_close(zip) == 0);
    must(zip_source_open(memory) == 0 && zip_source_seek(memory, 0, SEEK_END) == 0);
    size_t n = (size_t)zip_source_tell(memory);
    char *copy = malloc(n);
    must(copy && zip_source_seek(memory, 0, SEEK_SET) == 0 &&
         zip_source_read(memory, copy, n) == (zip_int64_t)n);
    zip_source_close(memory);
    zip_source_free(memory);
    read_book(copy, n);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (tl_xlsx_looks((const char *)data, size))
        read_book((const char *)data, size);
    else if (size && size < 100000)
        read_as_sheet(data, size);
    return 0;
}

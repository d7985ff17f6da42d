/* xlsx_bench.c - rate of reading a workbook, against libzip and Expat alone over the same parts.
 *
 * usage: bench_xlsx [ROWS]
 *
 * Rows look like those of a list of cars: an id of its own, three texts that many rows share, three
 * numbers of 16 digits, a date. Bare means: each part inflated and parsed with handlers that count,
 * no namespaces, no cells, no texts kept. Aim: at most twice the bare time, linear in the rows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <expat.h>
#include <zip.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "base/random.h"
#include "format/csv.h"
#include "format/xlsx_read.h"
#include "format/xlsx_write.h"

enum { RUNS = 5, SIZES = 3, COLUMNS = 8 };

static char path[] = "/tmp/tanlian-bench-XXXXXX";

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_xlsx: %s\n", err->text);
    exit(1);
}

static void make_book(size_t rows)
{
    static const char *const names[COLUMNS] = { "id",   "maker", "body",   "powertrain",
                                                "mass", "value", "spread", "day" };
    tl_random r = tl_random_seed(1);
    tl_error err = { 0 };
    char text[40];
    tl_xlsx *x;
    check(tl_xlsx_open(&x, path, &err), &err);
    check(tl_xlsx_sheet(x, "Cars", &err), &err);
    for (size_t c = 0; c < COLUMNS; c++)
        tl_xlsx_text(x, 0, c, names[c], TL_XLSX_HEADING);
    for (size_t i = 1; i <= rows; i++) {
        snprintf(text, sizeof text, "car-%08zu", i);
        tl_xlsx_text(x, i, 0, text, TL_XLSX_PLAIN);
        for (size_t c = 1; c < 4; c++) {
            snprintf(text, sizeof text, "%s %u", names[c], (unsigned)tl_random_below(&r, 60));
            tl_xlsx_text(x, i, c, text, TL_XLSX_PLAIN);
        }
        for (size_t c = 4; c < 7; c++)
            tl_xlsx_number(x, i, c, 300 * tl_random_unit(&r), 2);
        tl_xlsx_text(x, i, 7, "2026-11-30", TL_XLSX_PLAIN);
    }
    check(tl_xlsx_close(x, &err), &err);
}

/* Every part that we read too, inflated and parsed. */
static void XMLCALL count_start(void *ctx, const char *name, const char **attributes)
{
    (void)name, (void)attributes;
    ++*(size_t *)ctx;
}

static void XMLCALL count_end(void *ctx, const char *name)
{
    (void)name;
    ++*(size_t *)ctx;
}

static void XMLCALL count_text(void *ctx, const char *s, int n)
{
    (void)s;
    *(size_t *)ctx += (size_t)n;
}

static void bare(const tl_file_view *f)
{
    static const char *const parts[] = { "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml" };
    static char block[64 * 1024];
    size_t events = 0;
    zip_error_t why;
    zip_error_init(&why);
    zip_t *zip =
        zip_open_from_source(zip_source_buffer_create(f->data, f->size, 0, &why), ZIP_RDONLY, &why);
    for (size_t i = 0; zip && i < 2; i++) {
        zip_file_t *part = zip_fopen(zip, parts[i], 0);
        XML_Parser parser = XML_ParserCreate(NULL);
        XML_SetUserData(parser, &events);
        XML_SetElementHandler(parser, count_start, count_end);
        XML_SetCharacterDataHandler(parser, count_text);
        zip_int64_t n;
        do {
            n = zip_fread(part, block, sizeof block);
            if (n < 0 || XML_Parse(parser, block, (int)n, n == 0) != XML_STATUS_OK)
                exit(1);
        } while (n > 0);
        XML_ParserFree(parser);
        zip_fclose(part);
    }
    if (!zip || events == 0)
        exit(1);
    zip_discard(zip);
}

/* As an importer reads it: records with cells, numbers read. */
static void ours(const tl_file_view *f, size_t rows)
{
    static const char *const wanted[] = { "id", "value" };
    const tl_csv_opts opts = { .workbook = true, .wanted = wanted, .n_wanted = 2 };
    tl_error err = { 0 };
    tl_csv *csv;
    bool more = true;
    size_t n = 0;
    double v, sum = 0;
    check(tl_csv_open_memory(&csv, "bench", f->data, f->size, &opts, &err), &err);
    int value = tl_csv_column(csv, "value");
    for (;;) {
        check(tl_csv_next(csv, &more, &err), &err);
        if (!more)
            break;
        check(tl_csv_number(csv, value, &v, &err), &err);
        sum += v;
        n++;
    }
    tl_csv_close(csv);
    if (n != rows || !(sum > 0))
        exit(1);
}

static double best_of(const tl_file_view *f, size_t rows, bool is_bare)
{
    double best = INFINITY;
    for (int i = 0; i < RUNS; i++) {
        double before = tl_clock_s();
        if (is_bare)
            bare(f);
        else
            ours(f, rows);
        best = fmin(best, tl_clock_s() - before);
    }
    return best;
}

int main(int argc, char **argv)
{
    size_t sizes[SIZES] = { 1000, 10000, 100000 };
    int64_t most = 100000;
    double before = 0;
    tl_error err = { 0 };
    struct rusage use;
    if (argc > 1)
        check(tl_int_parse(argv[1], 1, 1000000, &most, &err), &err);
    int fd = mkstemp(path);
    if (fd < 0) {
        perror(path);
        return 1;
    }
    close(fd);
    printf("best of %d; aim: ratio at most 2, growth n^1\n", RUNS);
    printf("%8s %8s %10s %10s %10s %7s   growth\n", "rows", "file MB", "read ms", "rows/s",
           "bare ms", "ratio");
    for (size_t i = 0; i < SIZES && sizes[i] <= (size_t)most; i++) {
        tl_file_view f;
        make_book(sizes[i]);
        check(tl_file_open(&f, path, 0, &err), &err);
        double b = best_of(&f, sizes[i], true), a = best_of(&f, sizes[i], false);
        printf("%8zu %8.2f %10.1f %10.0f %10.1f %7.2f", sizes[i], (double)f.size / 1e6, a * 1e3,
               (double)sizes[i] / a, b * 1e3, a / b);
        if (before > 0)
            printf("   n^%.2f", log10(a / before));
        printf("\n");
        before = a;
        tl_file_close(&f);
    }
    getrusage(RUSAGE_SELF, &use);
    printf("most memory, writing included: %.0f MB\n", (double)use.ru_maxrss / 1024);
    unlink(path);
    return 0;
}

/* csv_bench.c - rate of the CSV reader over a file of 100 MB, and of writing one.
 *
 * usage: bench_csv [MEGABYTES]
 *
 * Rows look like those of a technosphere: two ids, three numbers of 17 digits, empty cells. The aim
 * is disk-bound reading: far above the 50 MB/s at which the shell of SQLite imports the same file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/random.h"
#include "format/csv.h"
#include "format/csv_write.h"

static void make_rows(tl_buf *b, tl_random *r, size_t rows)
{
    tl_csv_writer w = tl_csv_write_start(b, NULL);
    for (size_t i = 0; i < rows; i++) {
        char id[32];
        for (int k = 0; k < 2; k++) {
            snprintf(id, sizeof id, "act-%06u", (unsigned)tl_random_below(r, 20000));
            tl_csv_write_text(&w, id);
        }
        tl_csv_write_number(&w, tl_random_unit(r));
        tl_csv_write_int(&w, 2);
        tl_csv_write_number(&w, -5 * tl_random_unit(r));
        tl_csv_write_number(&w, tl_random_unit(r) / 3);
        tl_csv_write_text(&w, NULL);
        tl_csv_write_text(&w, NULL);
        tl_csv_write_end(&w);
    }
}

static FILE *make_file(char *path, size_t bytes, size_t *written)
{
    tl_random r = tl_random_seed(1);
    tl_buf b;
    int fd = mkstemp(path);
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!f)
        return NULL;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, "row,col,amount,distribution,loc,scale,min,max\n");
    double made_s = 0;
    for (*written = 0; *written < bytes; tl_buf_reset(&b)) {
        double before = tl_clock_s();
        make_rows(&b, &r, 10000);
        made_s += tl_clock_s() - before;
        *written += fwrite(b.data, 1, b.len, f);
    }
    tl_buf_clear(&b);
    printf("written as text      %8.0f MB/s\n", (double)*written / made_s / 1e6);
    return fflush(f) == 0 ? f : NULL;
}

/* Seconds for one reading; numbers tells whether cells are also read as numbers. */
static double read_once(const char *path, bool numbers, size_t *rows)
{
    tl_csv *csv;
    tl_error err = { 0 };
    bool more = true, given;
    double before = tl_clock_s(), v = 0;
    if (tl_csv_open(&csv, path, NULL, &err) != TL_OK)
        return -1;
    for (*rows = 0; tl_csv_next(csv, &more, &err) == TL_OK && more; ++*rows)
        for (int k = 2; numbers && k < 8; k++)
            if (tl_csv_number_opt(csv, k, &v, &given, &err) != TL_OK)
                return -1;
    tl_csv_close(csv);
    return tl_clock_s() - before;
}

static int report(const char *what, const char *path, bool numbers, size_t bytes)
{
    double best = 1e9;
    size_t rows = 0;
    for (int i = 0; i < 5; i++) {
        double s = read_once(path, numbers, &rows);
        if (s < 0)
            return 1;
        best = s < best ? s : best;
    }
    printf("%-20s %8.0f MB/s  %.3f s for %zu rows\n", what, (double)bytes / best / 1e6, best, rows);
    return 0;
}

int main(int argc, char **argv)
{
    char path[] = "/tmp/tl_bench_csv_XXXXXX";
    int64_t megabytes = 100;
    size_t bytes = 0;
    if (argc > 1 && tl_int_parse(argv[1], 1, 100000, &megabytes, NULL) != TL_OK)
        return 2;
    FILE *f = make_file(path, (size_t)megabytes * 1000000, &bytes);
    int failed = !f || report("cut into cells", path, false, bytes) ||
                 report("and into numbers", path, true, bytes);
    if (f)
        fclose(f);
    unlink(path);
    return failed;
}

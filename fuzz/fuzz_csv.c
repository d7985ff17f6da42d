/* fuzz_csv.c - the CSV reader. Cells must be UTF-8 whatever comes in, reading must end, and parts
 * of a plain file must add up to the whole. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "format/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a reading came to: records, faults, and a sum that depends on every cell and its place. */
struct outcome {
    size_t records, faults;
    uint64_t sum;
};

static void read_record(tl_csv *csv, struct outcome *o)
{
    size_t columns = tl_csv_columns(csv);
    for (size_t i = 0; i < columns; i++) {
        tl_span cell = tl_csv_cell(csv, (int)i);
        double v = 0;
        if (tl_utf8_valid(cell.p, cell.n) != cell.n)
            abort();
        for (size_t k = 0; k < cell.n; k++)
            o->sum = (o->sum ^ (unsigned char)cell.p[k]) * UINT64_C(0x100000001B3);
        o->sum = o->sum * 31 + cell.n;
        if (tl_csv_number(csv, (int)i, &v, NULL) == TL_OK && v != v)
            abort();
    }
}

static struct outcome read_all(tl_csv *csv, size_t size)
{
    struct outcome o = { 0 };
    for (;;) {
        bool more = false;
        tl_error err = { 0 };
        tl_status st = tl_csv_next(csv, &more, &err);
        if (st == TL_OK && !more)
            return o;
        if (st != TL_OK && (st != TL_EINPUT || strncmp(err.text, "fuzz:", 5) != 0))
            abort();
        o.records += st == TL_OK;
        o.faults += st != TL_OK;
        if (o.records + o.faults > size)
            abort(); /* a record has at least one byte */
        if (st == TL_OK)
            read_record(csv, &o);
    }
}

static void read_parts(const tl_csv *whole, const struct outcome *want, size_t parts, size_t size)
{
    struct outcome all = { 0 };
    for (size_t k = 0; k < parts; k++) {
        tl_csv *part;
        if (tl_csv_open_part(&part, whole, k, parts, NULL) != TL_OK)
            abort();
        struct outcome o = read_all(part, size);
        bool plain = tl_csv_plain(part) && o.faults == 0;
        tl_csv_close(part);
        if (!plain)
            return;
        all.records += o.records;
    }
    if (all.records != want->records || want->faults)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const tl_csv_opts opts[] = { { 0 },
                                 { .max_line_bytes = 32 },
                                 { .separator = ';', .decimal = ',' } };
    for (size_t i = 0; i < sizeof opts / sizeof *opts; i++) {
        tl_csv *csv;
        if (tl_csv_open_memory(&csv, "fuzz", (const char *)data, size, &opts[i], NULL) != TL_OK)
            continue;
        struct outcome first = read_all(csv, size);
        read_parts(csv, &first, 3, size);
        tl_csv_rewind(csv);
        struct outcome second = read_all(csv, size);
        if (first.records != second.records || first.faults != second.faults ||
            first.sum != second.sum)
            abort();
        tl_csv_close(csv);
    }
    return 0;
}

/* postgres_rows.c - rows put by until they are asked for.
 *
 * A connection to PostgreSQL sends the rows of one query at a time. Where another one is run
 * meanwhile, the rest of the first is put by here: up to MEMORY bytes in memory, then in a file
 * that has no name and goes with the process. So a query may give a million rows and be read in
 * turns with others, and costs a few MiB. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/postgres_priv.h"

enum { MEMORY = 4 << 20 };

/* One row: for each column four bytes of length (all ones: NULL), the bytes and a NUL. */
static size_t row_size(const PGresult *result)
{
    size_t n = 0;
    for (int i = 0; i < PQnfields(result); i++)
        n += sizeof(uint32_t) +
             (PQgetisnull(result, 0, i) ? 0 : (size_t)PQgetlength(result, 0, i) + 1);
    return n;
}

static void write_row(char *to, const PGresult *result)
{
    for (int i = 0; i < PQnfields(result); i++) {
        bool null = PQgetisnull(result, 0, i);
        uint32_t n = null ? UINT32_MAX : (uint32_t)PQgetlength(result, 0, i);
        memcpy(to, &n, sizeof n);
        to += sizeof n;
        if (null)
            continue;
        memcpy(to, PQgetvalue(result, 0, i), n);
        to[n] = '\0';
        to += (size_t)n + 1;
    }
}

static tl_status add_to_file(tl_pg_rows *r, const PGresult *result, size_t n, tl_error *err)
{
    if (!r->file && !(r->file = tmpfile()))
        return tl_fail(err, TL_EIO,
                       "rows waiting to be read do not fit into memory, and no "
                       "temporary file can be made");
    tl_status st = tl_grow(&r->row, &r->row_cap, n, 1, err);
    if (st != TL_OK)
        return st;
    write_row(r->row, result);
    if (fwrite(&n, sizeof n, 1, r->file) != 1 || fwrite(r->row, 1, n, r->file) != n)
        return tl_fail(err, TL_EIO,
                       "rows waiting to be read do not fit into the place for "
                       "temporary files");
    return TL_OK;
}

tl_status tl_pg_rows_add(tl_pg_rows *r, const PGresult *result, tl_error *err)
{
    size_t n = row_size(result), need = sizeof n + n;
    if (r->file || r->used + need > MEMORY)
        return add_to_file(r, result, n, err);
    tl_status st = tl_grow(&r->memory, &r->cap, r->used + need, 1, err);
    if (st != TL_OK)
        return st;
    memcpy(r->memory + r->used, &n, sizeof n);
    write_row(r->memory + r->used + sizeof n, result);
    r->used += need;
    return TL_OK;
}

static void read_row(const char *from, tl_pg_cell *cells, int columns)
{
    for (int i = 0; i < columns; i++) {
        uint32_t n;
        memcpy(&n, from, sizeof n);
        from += sizeof n;
        cells[i] = (tl_pg_cell){ n == UINT32_MAX ? NULL : from, n == UINT32_MAX ? 0 : n };
        from += n == UINT32_MAX ? 0 : (size_t)n + 1;
    }
}

static tl_status next_of_file(tl_pg_rows *r, bool *row, tl_error *err)
{
    size_t n;
    if (!r->reading && fseek(r->file, 0, SEEK_SET) != 0) /* also writes out what is buffered */
        return tl_fail(err, TL_EIO,
                       "rows waiting to be read cannot be kept: the place for "
                       "temporary files is full");
    r->reading = true;
    *row = fread(&n, sizeof n, 1, r->file) == 1;
    if (!*row)
        return ferror(r->file) ? tl_fail(err, TL_EIO, "a temporary file cannot be read") : TL_OK;
    tl_status st = tl_grow(&r->row, &r->row_cap, n, 1, err);
    if (st == TL_OK && fread(r->row, 1, n, r->file) != n)
        st = tl_fail(err, TL_EIO, "a temporary file cannot be read");
    *row = st == TL_OK;
    return st;
}

tl_status tl_pg_rows_next(tl_pg_rows *r, tl_pg_cell *cells, int columns, bool *row, tl_error *err)
{
    size_t n;
    *row = r->at < r->used;
    if (*row) {
        memcpy(&n, r->memory + r->at, sizeof n);
        read_row(r->memory + r->at + sizeof n, cells, columns);
        r->at += sizeof n + n;
        return TL_OK;
    }
    tl_status st = r->file ? next_of_file(r, row, err) : TL_OK;
    if (*row)
        read_row(r->row, cells, columns);
    return st;
}

void tl_pg_rows_clear(tl_pg_rows *r)
{
    if (r->file)
        fclose(r->file);
    free(r->memory);
    free(r->row);
    *r = (tl_pg_rows){ 0 };
}

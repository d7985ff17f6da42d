/* factor_test.h - a database in memory with sets of factors made from a few lines of text. */
#ifndef TL_FACTOR_TESTS_FACTOR_TEST_H
#define TL_FACTOR_TESTS_FACTOR_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "factor/factor_priv.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))

/* Header of every test set. */
#define FACTOR_HEADER                                                                              \
    "key,name_en,name_zh,category,value,unit,region,data_year,boundary,technology,quality,"        \
    "source,note,verified\n"

typedef struct factor_fixture {
    tl_store *s;
    tl_arena *arena;
    tl_error err;
} factor_fixture;

static inline int factor_setup(void **state)
{
    factor_fixture *f = calloc(1, sizeof *f);
    *state = f;
    return f && tl_arena_new(&f->arena, 0, NULL) == TL_OK &&
                   tl_store_open(&f->s, ":memory:", NULL, NULL) == TL_OK
               ? 0
               : -1;
}

static inline int factor_teardown(void **state)
{
    factor_fixture *f = *state;
    tl_store_close(f->s);
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

/* The row of the set in the table of data sets, superseded where asked. */
static inline void factor_put_set(factor_fixture *f, const char *id, const char *version,
                                  const char *superseded_by)
{
    static const char checksum[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const char *values[] = { id,
                             version,
                             version,
                             "2025-10-01",
                             "factors",
                             "a test",
                             "测试",
                             "CC0-1.0",
                             "nobody",
                             "a test",
                             NULL,
                             checksum,
                             "2025-10-01T00:00:00Z",
                             superseded_by };
    char key[32];
    tl_query *q;
    assert_int_equal(tl_store_query(f->s, "dataset.insert", &q, &f->err), TL_OK);
    snprintf(key, sizeof key, "00000000%s", version); /* sorts, for one-digit parts */
    values[2] = key;
    for (int i = 0; i < (int)TEST_COUNT(values); i++)
        tl_query_text(q, i + 1, values[i]);
    if (tl_query_run(q, &f->err) != TL_OK)
        fail_msg("set %s: %s", id, f->err.text);
}

/* Loads rows (without the header) as set id@version; the status of the load. */
static inline tl_status factor_load(factor_fixture *f, const char *id, const char *version,
                                    const char *rows, int64_t *count)
{
    tl_buf b;
    int64_t n = 0;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b, "%s%s", FACTOR_HEADER, rows);
    const tl_factor_text text = { "factors.csv", b.data, b.len };
    const tl_factor_batch batch = { id, version, &text, 1, NULL };
    tl_status st = tl_factor_load_batch(f->s, &batch, &n, &f->err);
    tl_buf_clear(&b);
    if (count)
        *count = n;
    return st;
}

static inline void factor_load_ok(factor_fixture *f, const char *id, const char *version,
                                  const char *rows)
{
    factor_put_set(f, id, version, NULL);
    if (factor_load(f, id, version, rows, NULL) != TL_OK)
        fail_msg("%s: %s", id, f->err.text);
}

/* Keys of the answer, joined by blanks, in *b. */
static inline void factor_keys(factor_fixture *f, const tl_factor_query *query, tl_buf *b)
{
    const tl_factor *rows;
    size_t n;
    tl_buf_reset(b);
    if (tl_factor_search(f->s, query, f->arena, &rows, &n, &f->err) != TL_OK)
        fail_msg("search '%s': %s", query->text ? query->text : "", f->err.text);
    for (size_t i = 0; i < n; i++)
        tl_buf_printf(b, "%s%s", i ? " " : "", rows[i].key);
}

#endif

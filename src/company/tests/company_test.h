/* company_test.h - a database in memory, and data sets made of a few lines of text. */
#ifndef TL_COMPANY_TESTS_COMPANY_TEST_H
#define TL_COMPANY_TESTS_COMPANY_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "company/company.h"
#include "store/audit.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct company_fixture {
    tl_store *s;
    tl_arena *arena;
    tl_error err;
} company_fixture;

static inline int company_setup(void **state)
{
    company_fixture *f = calloc(1, sizeof *f);
    *state = f;
    return f && tl_arena_new(&f->arena, 0, NULL) == TL_OK &&
                   tl_store_open(&f->s, ":memory:", NULL, NULL) == TL_OK
               ? 0
               : -1;
}

static inline int company_teardown(void **state)
{
    company_fixture *f = *state;
    tl_store_close(f->s);
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

typedef struct set_file {
    const char *path, *text;
} set_file;

/* Writes the rows of an installed set as the database keeps them; in the open transaction. */
static inline void put_set(company_fixture *f, const char *id, const char *version,
                           const char *kind, const set_file *files, size_t n, tl_dataset *out)
{
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    char hex[TL_SHA256_HEX], key[100];
    tl_query *q;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(tl_store_query(f->s, "dataset_file.insert", &q, NULL), TL_OK);
        assert_int_equal(tl_sha256_of(files[i].text, strlen(files[i].text), hex, NULL), TL_OK);
        tl_query_text(q, 1, id);
        tl_query_text(q, 2, version);
        tl_query_int(q, 3, (int64_t)i);
        tl_query_text(q, 4, files[i].path);
        tl_query_text(q, 5, hex);
        tl_query_int(q, 6, 0);
        tl_query_blob(q, 7, files[i].text, strlen(files[i].text));
        assert_int_equal(tl_query_run(q, &f->err), TL_OK);
    }
    snprintf(key, sizeof key, "%09d%s", 1, version);
    assert_int_equal(tl_store_query(f->s, "dataset.supersede", &q, NULL), TL_OK);
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, version);
    assert_int_equal(tl_query_run(q, &f->err), TL_OK);
    const char *const values[] = {
        id,       version, key,   "2025-01-01",           kind, "a test", "测试", "CC0", "nobody",
        "a test", NULL,    zeros, "2025-01-01T00:00:00Z", NULL
    };
    assert_int_equal(tl_store_query(f->s, "dataset.insert", &q, NULL), TL_OK);
    for (int i = 0; i < (int)TEST_COUNT(values); i++)
        tl_query_text(q, i + 1, values[i]);
    if (tl_query_run(q, &f->err) != TL_OK ||
        tl_dataset_get(f->s, id, version, f->arena, out, &f->err) != TL_OK)
        fail_msg("set %s@%s: %s", id, version, f->err.text);
}

/* A company with this id and name; further fields as the caller likes. */
static inline tl_company a_company(const char *id, const char *name_en, const char *name_zh)
{
    return (tl_company){ .id = id,
                         .name_en = name_en,
                         .name_zh = name_zh,
                         .country = "",
                         .region_group = "",
                         .listed = "",
                         .product_type = "",
                         .industry = "automobile",
                         .parent = "",
                         .inclusion = "",
                         .source = "a test",
                         .note = "" };
}

/* Puts it in a transaction of its own. */
static inline tl_company_change put_company(company_fixture *f, const tl_company *c)
{
    tl_company_change change;
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    if (tl_company_put(f->s, c, "ann", &change, &f->err) != TL_OK)
        fail_msg("%s: %s", c->id, f->err.text);
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
    return change;
}

static inline int64_t audit_entries(company_fixture *f)
{
    int64_t entries = 0;
    if (tl_audit_verify(f->s, &entries, &f->err) != TL_OK)
        fail_msg("audit: %s", f->err.text);
    return entries;
}

#endif

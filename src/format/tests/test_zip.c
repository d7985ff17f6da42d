/* test_zip.c - files into a zip and out of it; names that lead elsewhere, sizes beyond the limits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "format/zip.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const tl_zip_entry entries[] = {
    { "materials/manifest.yaml", "id: materials\n", 14 },
    { "materials/factors.csv", "key,value\n", 10 },
    { "empty", "", 0 },
};

struct seen {
    size_t n, bytes;
};

static tl_status compare(void *ctx, const tl_zip_entry *e, tl_error *err)
{
    struct seen *s = ctx;
    const tl_zip_entry *want = &entries[s->n++];
    if (strcmp(e->name, want->name) != 0 || e->n != want->n ||
        memcmp(e->data, want->data, e->n) != 0)
        return tl_fail(err, TL_EINPUT, "%s differs", e->name);
    s->bytes += e->n;
    return TL_OK;
}

static void test_round(void **state)
{
    (void)state;
    struct seen s = { 0 };
    tl_error err = { 0 };
    tl_buf a, b;
    tl_buf_init(&a, 0);
    tl_buf_init(&b, 0);
    if (tl_zip_write(entries, COUNT(entries), &a, &err) != TL_OK ||
        tl_zip_write(entries, COUNT(entries), &b, &err) != TL_OK ||
        tl_file_write("test-a.zip", a.data, a.len, &err) != TL_OK ||
        tl_zip_read("test-a.zip", NULL, compare, &s, &err) != TL_OK)
        fail_msg("%s", err.text);
    assert_int_equal(s.n, COUNT(entries));
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    tl_buf_clear(&a);
    tl_buf_clear(&b);
    unlink("test-a.zip");
}

static tl_status count(void *ctx, const tl_zip_entry *e, tl_error *err)
{
    struct seen *s = ctx;
    (void)err;
    s->n++;
    s->bytes += e->n;
    return TL_OK;
}

/* Made with Python's zipfile; the corpus of the fuzz target. */
static const struct refused {
    const char *file, *part;
    size_t max_bytes;
} refused[] = {
    { "way-up", "leads elsewhere", 0 },    { "absolute", "leads elsewhere", 0 },
    { "twice", "holds a twice", 0 },       { "bomb", "holds more than 1000 bytes", 1000 },
    { "not-a-zip", "is no sound zip", 0 }, { "no-such-file", "is no sound zip", 0 },
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        const struct refused *c = &refused[i];
        const tl_zip_limits limits = { .max_bytes = c->max_bytes };
        struct seen s = { 0 };
        tl_error err = { 0 };
        char path[400];
        snprintf(path, sizeof path, "%s/fuzz/corpus/zip/%s", getenv("TL_SOURCE"), c->file);
        if (tl_zip_read(path, &limits, count, &s, &err) != TL_EINPUT || !strstr(err.text, c->part))
            fail_msg("%s: got '%s', want '%s'", c->file, err.text, c->part);
    }
}

static void test_names(void **state)
{
    static const char *const names[] = { "", "/a", "a/", "a//b", "./a", "a/../b", "a\\b", "c:a" };
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        const tl_zip_entry e = { names[i], "x", 1 };
        tl_buf out;
        tl_buf_init(&out, 0);
        if (tl_zip_write(&e, 1, &out, NULL) != TL_EINPUT || out.len > 0)
            fail_msg("the name '%s' was taken", names[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

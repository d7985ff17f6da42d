/* test_loan_pack.c - the evidence of a loan in one archive; each allocation fails once: it says so,
 * no memory is lost, and with enough of it the bytes are the same as ever. */
#include "store/tests/failing_memory.h"

#include <unistd.h>

#include "base/file.h"
#include "format/zip.h"
#include "registry/tests/facility_test.h"
#include "report/registry_loan_test.h"

static void prepare(record_fixture *f)
{
    static const kept_class classes[] = { { "small-ev", 1, 1 } };
    const tl_facility draft = facility_draft();
    tl_record r = record_car("small-ev", 100);
    r.disclosure_id = "";
    record_publish(f, &r, "2025-01-10");
    facility_classes(f, "2025-01-10", classes, 1);
    record_expect("put", facility_put(f, &draft), TL_OK, &f->err, NULL);
    for (int i = 0; i < 3; i++)
        record_expect("draw",
                      facility_draw(f, i < 2 ? "small-ev" : "not-there", (tl_money)100000 * YUAN),
                      TL_OK, &f->err, NULL);
    record_expect("sign", facility_sign(f, "2025-02-01"), TL_OK, &f->err, NULL);
}

static tl_status pack(record_fixture *f, tl_arena *arena, tl_buf *out, tl_error *err)
{
    tl_facility x;
    tl_loan_car *cars;
    tl_loan_result r;
    size_t n;
    tl_status st = tl_facility_get(f->s, "wuhan-rental-1", arena, &x, &cars, &n, err);
    if (st == TL_OK)
        st = tl_loan_compute(&x, cars, n, &r, err);
    if (st != TL_OK)
        return st;
    const tl_loan_sheet sheet = { &x, cars, n, &r, arena };
    return tl_loan_pack(f->s, &sheet, out, err);
}

static size_t times(const tl_buf *b, const char *text)
{
    const char *end = b->data + b->len;
    size_t n = 0;
    for (const char *p = b->data; (p = memmem(p, (size_t)(end - p), text, strlen(text))); p++)
        n++;
    return n;
}

/* Name and content of each file, a line each. */
static tl_status unpack(void *ctx, const tl_zip_entry *e, tl_error *err)
{
    tl_buf_printf(ctx, "%s\n", e->name);
    tl_buf_add(ctx, e->data, e->n);
    tl_buf_char(ctx, '\n');
    return tl_buf_status(ctx, err);
}

/* A record that is not there has no file. */
static void test_content(void **state)
{
    static const struct {
        const char *text;
        size_t times;
    } wanted[] = { { "README.txt", 1 },
                   { "term-sheet.txt", 2 }, /* and in the README */
                   { "term-sheet-zh.txt", 2 },
                   { "records/small-ev.json", 1 },
                   { "records/not-there.json", 0 },
                   { "\"format\":\"tanlian-record-chain 1\"", 1 },
                   { "\"margin\": -6.6667", 1 } /* (2 x -20 + 20) / 3 */ };
    record_fixture *f = *state;
    tl_buf zip, b;
    prepare(f);
    tl_buf_init(&zip, 0);
    tl_buf_init(&b, 0);
    record_expect("pack", pack(f, f->arena, &zip, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(tl_file_write("test-loan-pack.zip", zip.data, zip.len, &f->err), TL_OK);
    record_expect("unpack", tl_zip_read("test-loan-pack.zip", NULL, unpack, &b, &f->err), TL_OK,
                  &f->err, NULL);
    unlink("test-loan-pack.zip");
    for (size_t i = 0; i < RECORD_COUNT(wanted); i++)
        if (times(&b, wanted[i].text) != wanted[i].times)
            fail_msg("'%s': %zu times, want %zu", wanted[i].text, times(&b, wanted[i].text),
                     wanted[i].times);
    tl_buf_clear(&zip);
    tl_buf_clear(&b);
}

static void test_each_allocation(void **state)
{
    record_fixture *f = *state;
    tl_buf whole;
    bool reached = true;
    prepare(f);
    tl_buf_init(&whole, 0);
    assert_int_equal(pack(f, f->arena, &whole, NULL), TL_OK);
    size_t at = 1;
    for (; reached; at++) {
        tl_arena *arena;
        tl_buf b;
        tl_error err = { 0 };
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        tl_buf_init(&b, 0);
        failing = (struct failing){ .counting = true, .fail_at = at };
        tl_status st = pack(f, arena, &b, &err);
        failing.counting = false;
        reached = failing.count >= at;
        if (st != TL_OK && (st != TL_ENOMEM || !reached))
            fail_msg("allocation %zu: status %d (%s)", at, (int)st, err.text);
        if (st == TL_OK && (b.len != whole.len || memcmp(b.data, whole.data, b.len) != 0))
            fail_msg("allocation %zu: another archive", at);
        tl_buf_clear(&b);
        tl_arena_free(arena);
    }
    assert_true(at > 20);
    tl_buf_clear(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_content, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_each_allocation, record_setup, record_teardown),
    };
    if (hook_sqlite() != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

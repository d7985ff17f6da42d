/* A list of records goes out and comes in again: the same bytes, whatever the records say.
 *
 * Random records from a seed (printed, or taken from TANLIAN_TEST_SEED), with texts that tables
 * have trouble with. Out of one database as CSV, into the same one (nothing changes) and into an
 * empty one (the same list); as a workbook into the same one (nothing changes). */
#include "registry/tests/record_test.h"

#include <unistd.h>

#include "base/file.h"
#include "base/number.h"
#include "base/random.h"
#include "intake/record_import.h"
#include "registry/record_list.h"
#include "report/registry_list.h"

enum { RECORDS = 60, ROUNDS = 8 };

static const char *const texts[] = {
    "",      "plain",     "comma, in it", "\"quoted\"", "=1+1",    "-5",         "+x",
    "@home", "中文 名称", "'already",     "'=guarded",  "a;b|c",   "007",        "1e5",
    "TRUE",  "#N/A",      "x  y",         "ñ é 𠮷",     "_x0041_", "2026-01-01",
};

static const char *pick(tl_random *r)
{
    return texts[tl_random_below(r, RECORD_COUNT(texts))];
}

/* Numbers with up to 17 digits over many sizes. */
static double number(tl_random *r)
{
    static const double scales[] = { 1e-9, 1, 1, 1000, 1e12 };
    return tl_random_below(r, 4) == 0
               ? (double)tl_random_below(r, 1000) / 8
               : tl_random_unit(r) * scales[tl_random_below(r, RECORD_COUNT(scales))];
}

static double maybe(tl_random *r)
{
    return tl_random_below(r, 2) ? number(r) : NAN;
}

static tl_record_part make_part(tl_random *r, size_t i, const char *unit)
{
    static const char *const kinds[] = { "stage", "material", "indicator" };
    static const char *const keys[] = { "a", "b", "c, d", "e:f", "g [h]", "钢" };
    static const char *const units[] = { "kg SO2e", "m3", "MJ/kg" };
    tl_record_part p = { kinds[i % 3], keys[i / 3 % RECORD_COUNT(keys)], number(r), unit };
    if (i % 3 == 2)
        p.unit = units[tl_random_below(r, RECORD_COUNT(units))];
    return p;
}

/* Parts in any order, each kind and key once. */
static void make_parts(record_fixture *f, tl_random *r, tl_record *x)
{
    tl_record_part *parts = tl_arena_alloc(f->arena, 18, sizeof *parts);
    size_t order[18];
    for (size_t i = 0; i < 18; i++) {
        size_t k = tl_random_below(r, i + 1);
        order[i] = order[k];
        order[k] = i;
    }
    x->n_parts = tl_random_below(r, 19);
    x->parts = parts;
    for (size_t i = 0; i < x->n_parts; i++)
        parts[i] = make_part(r, order[i], x->unit);
}

static void put_random(record_fixture *f, tl_random *r, size_t i, bool publish)
{
    bool same;
    tl_record x = { .id = tl_arena_printf(f->arena, "epd-%03zu", i),
                    .kind = TL_RECORD_EPD,
                    .product = texts[1 + tl_random_below(r, RECORD_COUNT(texts) - 1)],
                    .maker = pick(r),
                    .disclosure_id = pick(r),
                    .series = pick(r),
                    .kerb_mass_kg = NAN,
                    .price = maybe(r),
                    .currency = "CNY",
                    .value = number(r) - 1,
                    .unit = "kg CO2e/kg",
                    .boundary = pick(r),
                    .method = pick(r),
                    .region = pick(r),
                    .verifier = pick(r),
                    .evidence = tl_random_below(r, 2) ? "two\nlines" : pick(r),
                    .year = tl_random_below(r, 2) ? 2000 + (int64_t)tl_random_below(r, 26) : 0,
                    .uncertainty = NAN,
                    .primary_share = tl_random_below(r, 2) ? tl_random_unit(r) : NAN,
                    .valid_from = "2026-01-01",
                    .pins = tl_random_below(r, 2)
                                ? "[{\"id\":\"a\",\"version\":\"1\",\"checksum\":\"x\"}]"
                                : "" };
    make_parts(f, r, &x);
    record_expect("put", record_put(f, &x, &same), TL_OK, &f->err, NULL);
    if (publish && tl_random_below(r, 3) == 0) {
        record_expect("ask", record_take(f, x.id, TL_RECORD_ASK, "2026-02-01", NULL), TL_OK,
                      &f->err, NULL);
        record_expect("publish", record_take(f, x.id, TL_RECORD_PUBLISH, "2026-02-02", NULL), TL_OK,
                      &f->err, NULL);
    }
}

static tl_report *list(record_fixture *f)
{
    const tl_record_filter all = { .kind = TL_RECORD_EPD };
    const tl_record *records;
    size_t n;
    tl_report *r = NULL;
    record_expect("list", tl_record_list(f->s, &all, f->arena, &records, &n, &f->err), TL_OK,
                  &f->err, NULL);
    record_expect("report", tl_report_record_list(&r, records, n, TL_RECORD_EPD, f->arena, &f->err),
                  TL_OK, &f->err, NULL);
    return r;
}

static tl_buf csv(record_fixture *f)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    record_expect("csv", tl_report_as_csv(list(f), NULL, &b, &f->err), TL_OK, &f->err, NULL);
    return b;
}

static void expect_same(record_fixture *f, uint64_t seed, const char *what, const char *data,
                        size_t n)
{
    const tl_record_import how = { "list", TL_RECORD_EPD, "", "anna", NULL, NULL, NULL };
    tl_record_verdict v;
    tl_status st = tl_record_import_memory(f->s, &how, data, n, f->arena, &v, &f->err);
    if (st != TL_OK || v.same != RECORDS)
        fail_msg("seed %llu: %s: %s (%s), same %lld, changed %lld, refused %lld: %s",
                 (unsigned long long)seed, what, tl_status_name(st), f->err.text, (long long)v.same,
                 (long long)v.changed, (long long)v.refused,
                 v.refusal_count ? v.refusals[0].reason : "");
}

/* Into an empty register everything is new, and goes out as it came; what is told of versions and
 * states differs where something was published. */
static void expect_again(uint64_t seed, const tl_buf *out, bool published)
{
    void *own = NULL;
    tl_record_verdict v;
    const tl_record_import how = { "list", TL_RECORD_EPD, "", "anna", NULL, NULL, NULL };
    assert_int_equal(record_setup(&own), 0);
    record_fixture *f = own;
    tl_status st = tl_record_import_memory(f->s, &how, out->data, out->len, f->arena, &v, &f->err);
    if (st != TL_OK || v.added != RECORDS)
        fail_msg("seed %llu: %s (%s), added %lld: %s", (unsigned long long)seed, tl_status_name(st),
                 f->err.text, (long long)v.added, v.refusal_count ? v.refusals[0].reason : "");
    tl_buf first = csv(f);
    if (!published) {
        assert_int_equal(first.len, out->len);
        assert_memory_equal(first.data, out->data, out->len);
    }
    expect_same(f, seed, "its own list", first.data, first.len);
    expect_same(f, seed, "the list it came from", out->data, out->len);
    tl_buf second = csv(f);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    tl_buf_clear(&first);
    tl_buf_clear(&second);
    record_teardown(&own);
}

static void test_round(void **state)
{
    (void)state;
    const char *given = getenv("TANLIAN_TEST_SEED");
    int64_t from = 1;
    if (given)
        assert_int_equal(tl_int_parse(given, 0, INT64_C(1) << 50, &from, NULL), TL_OK);
    for (uint64_t seed = (uint64_t)from; seed < (uint64_t)from + ROUNDS; seed++) {
        void *own = NULL;
        char path[64];
        tl_file_view book;
        tl_random r = tl_random_seed(seed);
        assert_int_equal(record_setup(&own), 0);
        record_fixture *f = own;
        for (size_t i = 0; i < RECORDS; i++)
            put_random(f, &r, i, seed % 2);
        tl_buf out = csv(f);
        expect_same(f, seed, "csv", out.data, out.len);
        expect_again(seed, &out, seed % 2);
        snprintf(path, sizeof path, "/tmp/tanlian-round-%ld.xlsx", (long)getpid());
        assert_int_equal(tl_report_write_xlsx(list(f), path, NULL), TL_OK);
        assert_int_equal(tl_file_open(&book, path, 0, NULL), TL_OK);
        expect_same(f, seed, "workbook", book.data, book.size);
        tl_file_close(&book);
        unlink(path);
        tl_buf_clear(&out);
        record_teardown(&own);
    }
    print_message("seeds from %lld\n", (long long)from);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_round) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

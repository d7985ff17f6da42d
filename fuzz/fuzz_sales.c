/* fuzz_sales.c - a table of sales from outside.
 *
 * Whatever comes in: every row is kept or refused and nothing else, what is kept is of a car that
 * is there, in a month and region, and the same file again changes nothing. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "intake/sales_import.h"
#include "store/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PER_STORE = 200 };

static void must(tl_status st)
{
    if (st != TL_OK)
        abort();
}

/* A database that several inputs use: opening costs more than they do. */
static struct shared {
    tl_store *s;
    int used;
} shared;

static void put_car(const char *id, const char *product, const char *disclosure_id)
{
    const tl_record r = { .id = id,
                          .kind = TL_RECORD_VEHICLE,
                          .product = product,
                          .maker = "M",
                          .disclosure_id = disclosure_id,
                          .kerb_mass_kg = (double)NAN,
                          .price = (double)NAN,
                          .value = 200,
                          .unit = "g CO2e/km",
                          .uncertainty = (double)NAN,
                          .primary_share = (double)NAN,
                          .pins = "[]",
                          .reason = "fuzz" };
    bool same;
    must(tl_record_put(shared.s, &r, "fuzz", &same, NULL));
}

static void next_input(void)
{
    if (shared.used++ % PER_STORE)
        return;
    tl_store_close(shared.s);
    must(tl_store_open(&shared.s, ":memory:", NULL, NULL));
    must(tl_store_begin(shared.s, NULL));
    put_car("a", "A", "");
    put_car("b", "B", "D1");
    put_car("c", "B", "D2");
    must(tl_store_commit(shared.s, NULL));
}

static int64_t entries(void)
{
    int64_t seq;
    char hash[TL_SHA256_HEX];
    must(tl_audit_head(shared.s, &seq, hash, NULL));
    return seq;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const tl_sales_import how = { "fuzz.csv", "2026-01-01", "fuzz", NULL };
    tl_arena *arena = NULL;
    tl_sales_verdict v, again;
    const tl_sales_month *months;
    tl_error err = { 0 };
    size_t n = 0;
    if (size > 4000)
        return 0;
    next_input();
    must(tl_arena_new(&arena, 0, NULL));
    const char *text = size ? (const char *)data : "";
    int64_t before = entries();
    tl_status st = tl_sales_import_memory(shared.s, &how, text, size, arena, &v, &err);
    if (tl_store_in_transaction(shared.s) || (st != TL_OK && entries() != before))
        abort();
    if (st == TL_OK) {
        if (v.added + v.corrected + v.same + v.refused != v.rows ||
            v.refused != (int64_t)v.refusal_count ||
            entries() - before != (v.added + v.corrected > 0))
            abort();
        before = entries();
        must(tl_sales_import_memory(shared.s, &how, text, size, arena, &again, &err));
        if (again.added || again.corrected || again.refused != v.refused || entries() != before)
            abort();
    }
    must(tl_sales_months(shared.s, arena, &months, &n, &err));
    for (size_t i = 0; i < n; i++)
        if (tl_month_check(months[i].month, NULL) != TL_OK || months[i].cars > 3 ||
            months[i].units < 0)
            abort();
    tl_arena_free(arena);
    return 0;
}

/* fuzz_loan.c - a list of cars from outside.
 *
 * Whatever comes in: rows are drawn or refused and nothing else, what is drawn stays within the
 * limit, and the same file again changes nothing. The first byte says how large the limit is. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "intake/loan_import.h"
#include "store/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PER_STORE = 200 };

static void must(tl_status st)
{
    if (st != TL_OK)
        abort();
}

/* A database that several inputs use, each with a facility of its own: opening costs more than they
 * do. */
static struct shared {
    tl_store *s;
    int used;
    char id[16];
} shared;

static void next_input(tl_money limit)
{
    if (shared.used++ % PER_STORE == 0) {
        tl_store_close(shared.s);
        must(tl_store_open(&shared.s, ":memory:", NULL, NULL));
    }
    snprintf(shared.id, sizeof shared.id, "f-%d", shared.used);
    const tl_facility f = { .id = shared.id,
                            .borrower = "fuzz",
                            .currency = "CNY",
                            .grid_date = "2025-01-01",
                            .limit = limit,
                            .weight = TL_LOAN_BY_PRICE,
                            .steps = { { 1, 0, -20 }, { 2, 0, 20 } },
                            .n_steps = 2 };
    must(tl_store_begin(shared.s, NULL));
    must(tl_facility_put(shared.s, &f, "fuzz", NULL));
    must(tl_store_commit(shared.s, NULL));
}

static int64_t entries(void)
{
    int64_t seq;
    char hash[TL_SHA256_HEX];
    must(tl_audit_head(shared.s, &seq, hash, NULL));
    return seq;
}

/* What was drawn is within the limit and can be computed. */
static void check(tl_arena *arena, const tl_loan_verdict *v)
{
    tl_facility f;
    tl_loan_car *cars;
    tl_loan_result r;
    tl_error err = { 0 };
    size_t n;
    must(tl_facility_get(shared.s, shared.id, arena, &f, &cars, &n, &err));
    if (v->drawn + v->same + v->refused != v->rows || (int64_t)n != v->drawn ||
        v->refused != (int64_t)v->refusal_count)
        abort();
    tl_status st = tl_loan_compute(&f, cars, n, &r, &err);
    if (n == 0 || st != TL_OK || r.drawn > f.limit || r.drawn <= 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_arena *arena = NULL;
    tl_loan_verdict v, again;
    tl_error err = { 0 };
    if (size == 0 || size > 4000)
        return 0;
    next_input((tl_money)1 << data[0] % 45);
    must(tl_arena_new(&arena, 0, NULL));
    const tl_loan_import how = { shared.id, "fuzz.csv", "fuzz", NULL };
    const char *text = (const char *)data + 1;
    int64_t before = entries();
    tl_status st = tl_loan_import_memory(shared.s, &how, text, size - 1, arena, &v, &err);
    if (tl_store_in_transaction(shared.s) || (st != TL_OK && entries() != before))
        abort();
    if (st == TL_OK) {
        check(arena, &v);
        before = entries();
        must(tl_loan_import_memory(shared.s, &how, text, size - 1, arena, &again, &err));
        if (again.drawn != 0 || again.same != v.drawn || entries() != before)
            abort();
    }
    tl_arena_free(arena);
    return 0;
}

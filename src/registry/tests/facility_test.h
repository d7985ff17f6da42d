/* facility_test.h - facilities, and cars whose class was kept, for the tests of loans. */
#ifndef TL_REGISTRY_TESTS_FACILITY_TEST_H
#define TL_REGISTRY_TESTS_FACILITY_TEST_H

#include "registry/loan.h"
#include "registry/peer.h"
#include "registry/tests/record_test.h"

#define YUAN 100 /* hundredths */

static inline tl_facility facility_draft(void)
{
    return (tl_facility){
        .id = "wuhan-rental-1",
        .borrower = "Wuhan car rental",
        .currency = "CNY",
        .grid_date = "2025-01-01",
        .limit = (tl_money)20000000 * YUAN,
        .basis = TL_LOAN_BY_CLASS,
        .weight = TL_LOAN_BY_PRICE,
        .steps = { { 1, 0, -20 }, { 2, 0, -10 }, { 3, 0, 0 }, { 4, 0, 10 }, { 5, 0, 20 } },
        .n_steps = 5,
        .signed_on = "",
    };
}

typedef struct kept_class {
    const char *id;
    int64_t version;
    int class_number;
} kept_class;

/* Keeps these classes as of the day. All classes of a day are kept in one go, by id: a car that is
 * not named has none from then on. */
static inline void facility_classes(record_fixture *f, const char *day, const kept_class *list,
                                    size_t n)
{
    static const char *const makers[] = { "maker" }, *const sizes[] = { "compact" },
                             *const bodies[] = { "suv" }, *const powertrains[] = { "bev" };
    const tl_peer_category category = { .n = n, .mean_g_km = 150 };
    tl_published_car *cars = tl_new_array(n, sizeof *cars);
    tl_benchmark *items = tl_new_array(n, sizeof *items);
    tl_peer_rule rule = { .version = "test", .checksum = "" };
    int64_t changed;
    assert_non_null(cars);
    assert_non_null(items);
    rule.class_version = "test";
    rule.class_checksum = "";
    for (size_t i = 0; i < n; i++) {
        cars[i] = (tl_published_car){ .id = list[i].id,
                                      .version = list[i].version,
                                      .g_km = 100,
                                      .kerb_mass_kg = 1500,
                                      .price = NAN,
                                      .launched = "",
                                      .product = "car" };
        items[i] = (tl_benchmark){
            .mean_g_km = 150, .peers = 10, .rank = 1, .class_number = list[i].class_number
        };
    }
    const tl_cars all = { .cars = cars,
                          .n = n,
                          .makers = { makers, 1 },
                          .sizes = { sizes, 1 },
                          .bodies = { bodies, 1 },
                          .powertrains = { powertrains, 1 } };
    const tl_benchmarks b = { items, &category, 1 };
    record_expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
    record_expect("classes",
                  tl_benchmarks_keep(f->s, &all, &b, &rule, day, "carl", &changed, &f->err), TL_OK,
                  &f->err, NULL);
    record_expect("commit", tl_store_commit(f->s, &f->err), TL_OK, &f->err, NULL);
    free(cars);
    free(items);
}

/* Ends the act begun by the caller: kept if it went well, undone otherwise. */
static inline tl_status facility_end(record_fixture *f, tl_status st)
{
    if (st == TL_OK)
        return tl_store_commit(f->s, &f->err);
    tl_store_rollback(f->s);
    return st;
}

static inline tl_status facility_put(record_fixture *f, const tl_facility *x)
{
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    return facility_end(f, tl_facility_put(f->s, x, "ann", &f->err));
}

static inline tl_status facility_draw(record_fixture *f, const char *record, tl_money price)
{
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    return facility_end(f, tl_facility_draw(f->s, "wuhan-rental-1", record, price, "ann", &f->err));
}

static inline tl_status facility_undraw(record_fixture *f, const char *record, tl_money price)
{
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    return facility_end(f,
                        tl_facility_undraw(f->s, "wuhan-rental-1", record, price, "ann", &f->err));
}

static inline tl_status facility_sign(record_fixture *f, const char *day)
{
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    return facility_end(f, tl_facility_sign(f->s, "wuhan-rental-1", day, "bert", &f->err));
}

#endif

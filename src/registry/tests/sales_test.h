/* sales_test.h - a register with a few cars and the sets that sales need, for tests. */
#ifndef TL_REGISTRY_TESTS_SALES_TEST_H
#define TL_REGISTRY_TESTS_SALES_TEST_H

#include "registry/tests/record_test.h"

#include "company/company.h"
#include "dataset/dataset.h"
#include "registry/sales.h"

/* Installs a set that ships; loads it where it is one of companies. */
static inline void sales_install(record_fixture *f, const char *id)
{
    const char *root = getenv("TL_SOURCE");
    char path[512];
    tl_dataset set;
    bool already;
    int64_t rows;
    snprintf(path, sizeof path, "%s/data/%s", root ? root : ".", id);
    record_expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
    record_expect(id, tl_dataset_install(f->s, path, "test", f->arena, &set, &already, &f->err),
                  TL_OK, &f->err, NULL);
    if (strcmp(set.kind, "companies") == 0)
        record_expect(id, tl_company_load(f->s, &set, f->arena, &rows, &f->err), TL_OK, &f->err,
                      NULL);
    record_expect("commit", tl_store_commit(f->s, &f->err), TL_OK, &f->err, NULL);
}

typedef struct sales_car {
    const char *id, *maker, *series, *product, *powertrain;
    double g_km, price; /* price 0: none */
    const char *currency;
    bool published;
} sales_car;

static inline void sales_put_car(record_fixture *f, const sales_car *c)
{
    tl_record r = record_car(c->id, c->g_km);
    bool same;
    r.maker = c->maker;
    r.series = c->series;
    r.product = c->product;
    r.powertrain = c->powertrain;
    r.disclosure_id = c->id;
    r.price = c->price > 0 ? c->price : (double)NAN;
    r.currency = c->currency;
    if (c->published)
        record_publish(f, &r, "2024-10-01");
    else
        record_expect(c->id, record_put(f, &r, &same), TL_OK, &f->err, NULL);
}

/* One figure, in a transaction of its own. */
static inline tl_status sales_put(record_fixture *f, const char *record, const char *month,
                                  int64_t units, tl_sale_change *change)
{
    const tl_sale sale = {
        .record = record, .month = month, .region = "CN", .source = "invented", .units = units
    };
    tl_status st = tl_store_begin(f->s, &f->err);
    if (st == TL_OK &&
        (st = tl_sale_put(f->s, &sale, "anna", "2024-10-15", change, &f->err)) == TL_OK)
        return tl_store_commit(f->s, &f->err);
    tl_store_rollback(f->s);
    return st;
}

#endif

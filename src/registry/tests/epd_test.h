/* epd_test.h - a database with the data of cars, a group of steel companies, a verifier, and
 * declarations made in one line. */
#ifndef TL_REGISTRY_TESTS_EPD_TEST_H
#define TL_REGISTRY_TESTS_EPD_TEST_H

#include "company/tests/company_test.h"
#include "footprint/tests/car_test.h"
#include "registry/epd.h"
#include "store/store_priv.h"

#define MILL "mei"      /* writes and answers */
#define VERIFIER "Vera" /* of the company cqc */

static inline tl_status epd_begin(car_fixture *f)
{
    f->err = (tl_error){ 0 };
    return tl_store_begin(f->s, &f->err);
}

static inline tl_status epd_end(car_fixture *f, tl_status st)
{
    if (st == TL_OK)
        st = tl_store_commit(f->s, &f->err);
    if (st != TL_OK)
        tl_store_rollback(f->s);
    return st;
}

/* One act in a transaction of its own. */
#define ACT(f, call) epd_end((f), epd_begin(f) == TL_OK ? (call) : TL_EIO)

static inline void epd_expect(const char *label, const car_fixture *f, tl_status got,
                              tl_status want, const char *words)
{
    const char *const list[] = { words, NULL };
    expect_error(label, got, want, &f->err, list);
}

#define MUST(f, call) epd_expect(#call, (f), ACT((f), (call)), TL_OK, NULL)

static inline void epd_company(car_fixture *f, const char *id, const char *parent)
{
    tl_company c = a_company(id, id, "");
    tl_company_change change;
    c.parent = parent;
    MUST(f, tl_company_put(f->s, &c, "test", &change, &f->err));
}

static inline tl_pcr epd_pcr(void)
{
    return (tl_pcr){ "steel", "Steel products", "钢铁产品", "1.0", "2030-12-31", "a test" };
}

/* Steel in kg CO2e per t, with two more indicators. */
static inline tl_record epd_record(const char *id, double value, const char *unit)
{
    static const tl_record_part parts[] = {
        { "indicator", "acidification", 4.0, "kg/t" },
        { "indicator", "ozone", 0, "kg/t" },
    };
    return (tl_record){ .id = id,
                        .kind = TL_RECORD_EPD,
                        .product = "hot-rolled coil",
                        .maker = "Tangsteel",
                        .company = "tangsteel",
                        .value = value,
                        .unit = unit,
                        .boundary = "cradle to gate",
                        .method = "a method",
                        .kerb_mass_kg = NAN,
                        .price = NAN,
                        .uncertainty = NAN,
                        .primary_share = NAN,
                        .pins = "[]",
                        .parts = parts,
                        .n_parts = 2 };
}

static inline void epd_put(car_fixture *f, const tl_record *r)
{
    bool same;
    MUST(f, tl_record_put(f->s, r, MILL, &same, &f->err));
}

static inline tl_epd epd_of(const char *record)
{
    return (tl_epd){ .record = record, .pcr = "steel", .programme = "CISA", .owner = "tangsteel" };
}

static inline void epd_draft(car_fixture *f, const tl_record *r)
{
    const tl_epd e = epd_of(r->id);
    epd_put(f, r);
    MUST(f, tl_epd_open(f->s, &e, MILL, &f->err));
}

static inline void epd_submit(car_fixture *f, const char *record, const char *day)
{
    MUST(f, tl_epd_submit(f->s, record, VERIFIER, "cqc", day, MILL, &f->err));
}

/* From nothing to registered on 2026-05-01 under a number of its own. */
static inline void epd_registered(car_fixture *f, const tl_record *r)
{
    const char *number = tl_arena_printf(f->arena, "EPD-CN-%s", r->id);
    assert_non_null(number);
    epd_draft(f, r);
    epd_submit(f, r->id, "2026-04-01");
    MUST(f, tl_epd_register(f->s, r->id, number, 0, "2026-05-01", VERIFIER, &f->err));
}

static inline int epd_setup(void **state)
{
    if (car_setup(state) != 0)
        return -1;
    car_fixture *f = *state;
    const tl_pcr pcr = epd_pcr();
    const char *const companies[][2] = { { "hbis", "" },
                                         { "tangsteel", "hbis" },
                                         { "hbis-lab", "hbis" },
                                         { "hbis-lab-two", "hbis-lab" },
                                         { "tangsteel-wire", "tangsteel" },
                                         { "tic", "" },
                                         { "cqc", "tic" } };
    for (size_t i = 0; i < TEST_COUNT(companies); i++)
        epd_company(f, companies[i][0], companies[i][1]);
    MUST(f, tl_pcr_put(f->s, &pcr, "secretary", &f->err));
    return 0;
}

#endif

/* epd_cars_test.h - cars with bills of materials, for the tests of what a declaration does to them.
 */
#ifndef TL_REGISTRY_TESTS_EPD_CARS_TEST_H
#define TL_REGISTRY_TESTS_EPD_CARS_TEST_H

#include "registry/tests/epd_test.h"

static inline void epd_import(car_fixture *f)
{
    static const char *const values[] = {
        "test",
        "1",
        "cars.csv",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "2026-11-22T00:00:00Z",
        "me"
    };
    tl_query *q;
    bool row;
    assert_int_equal(tl_store_query(f->s, "vehicle.import_insert", &q, NULL), TL_OK);
    for (int i = 0; i < 6; i++)
        tl_query_text(q, i + 1, values[i]);
    assert_int_equal(tl_query_step(q, &row, &f->err), TL_OK);
    tl_query_reset(q);
}

/* Another car than that of the hand calculations. */
static inline void epd_put_car(car_fixture *f, const tl_vehicle *v, const tl_vehicle_part *parts,
                               size_t n)
{
    bool already;
    MUST(f, tl_vehicle_add(f->s, 1, v, &already, &f->err));
    MUST(f, tl_vehicle_set_parts(f->s, v->id, parts, n, &f->err));
}

static inline void epd_car(car_fixture *f, const char *id, const tl_vehicle_part *parts, size_t n)
{
    tl_vehicle v = car_gasoline();
    v.id = v.model = id;
    epd_put_car(f, &v, parts, n);
}

#endif

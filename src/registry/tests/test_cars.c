/* test_cars.c - the published cars in memory: which, in which order, under which codes. */
#include "registry/tests/record_test.h"

#include "registry/cars.h"

static const char *word(const tl_car_words *words, size_t place)
{
    return place < words->n ? words->items[place] : "";
}

/* Put in another order than by id; one is not published, one is no car, one was corrected. */
static void fill(record_fixture *f)
{
    bool same;
    tl_record r = record_car("car-3", 201);
    record_publish(f, &r, "2026-11-30");
    r = record_car("car-1", 300);
    r.maker = "Zeekr";
    r.size_class = "";
    r.powertrain = "bev";
    r.price = NAN;
    r.currency = "";
    r.kerb_mass_kg = NAN;
    r.launched = "";
    r.series = "01";
    record_publish(f, &r, "2026-11-30");
    r = record_car("car-2", 150);
    r.maker = "Aion";
    r.powertrain = "bev";
    r.body = "sedan";
    record_publish(f, &r, "2026-11-30");
    r.value = 140;
    r.reason = "better data";
    record_publish(f, &r, "2026-12-01");
    r.value = 1;
    record_expect("open", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    r = record_car("car-0", 99);
    record_expect("open", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    r = record_car("pcf-1", 99);
    r.kind = TL_RECORD_PCF;
    record_publish(f, &r, "2026-11-30");
    r = record_car("car-9", 99);
    record_publish(f, &r, "2026-11-30");
    record_expect("end", record_take(f, "car-9", TL_RECORD_WITHDRAW, "", "why"), TL_OK, &f->err,
                  NULL);
}

static void test_read(void **state)
{
    static const struct {
        const char *id, *maker, *size, *body, *powertrain, *launched;
        double g_km;
        int64_t version;
    } want[] = {
        { "car-1", "Zeekr", NULL, "suv", "bev", "", 300, 1 },
        { "car-2", "Aion", "compact", "sedan", "bev", "2023-06", 140, 2 },
        { "car-3", "Lynk & Co", "compact", "suv", "phev", "2023-06", 201, 1 },
    };
    record_fixture *f = *state;
    tl_cars cars;
    record_expect("empty", tl_cars_read(&cars, f->s, f->arena, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(cars.n, 0);
    assert_int_equal(cars.makers.n, 0);
    fill(f);
    record_expect("read", tl_cars_read(&cars, f->s, f->arena, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(cars.n, RECORD_COUNT(want));
    for (size_t i = 0; i < cars.n; i++) {
        const tl_published_car *c = &cars.cars[i];
        bool size = want[i].size ? strcmp(word(&cars.sizes, c->size), want[i].size) == 0
                                 : c->size == TL_CAR_UNKNOWN;
        if (strcmp(c->id, want[i].id) != 0 ||
            strcmp(word(&cars.makers, c->maker), want[i].maker) != 0 || !size ||
            strcmp(word(&cars.bodies, c->body), want[i].body) != 0 ||
            strcmp(word(&cars.powertrains, c->powertrain), want[i].powertrain) != 0 ||
            strcmp(c->launched, want[i].launched) != 0 || c->g_km != want[i].g_km ||
            c->version != want[i].version)
            fail_msg("%s: got %s by %s, %g of version %lld", want[i].id, c->id,
                     word(&cars.makers, c->maker), c->g_km, (long long)c->version);
        assert_string_equal(c->product, "Lynk & Co 01");
    }
    if (!isnan(cars.cars[0].price) || !isnan(cars.cars[0].kerb_mass_kg) ||
        cars.cars[2].price != 198000 || cars.cars[2].kerb_mass_kg != 1870)
        fail_msg("price or mass");
    assert_int_equal(cars.currencies.n, 1);
    if (cars.cars[0].currency != TL_CAR_UNKNOWN || cars.cars[2].currency != 0 ||
        cars.cars[2].series != TL_CAR_NO_WORD ||
        strcmp(word(&cars.series, cars.cars[0].series), "Zeekr · 01") != 0)
        fail_msg("currency or series");
    assert_int_equal(cars.makers.n, 3); /* in byte order */
    assert_string_equal(cars.makers.items[0], "Aion");
    assert_string_equal(cars.makers.items[2], "Zeekr");
}

/* Codes are a byte: 255 different words fit, one more is refused and not folded into another. */
static void test_words(void **state)
{
    record_fixture *f = *state;
    tl_cars cars;
    char id[32], body[32];
    for (int i = 0; i <= 255; i++) {
        tl_record r = record_car(id, 100 + i);
        snprintf(id, sizeof id, "car-%03d", i);
        snprintf(body, sizeof body, "body %d", i);
        r.body = body;
        record_publish(f, &r, "2026-11-30");
        tl_status st = i >= 254 ? tl_cars_read(&cars, f->s, f->arena, &f->err) : TL_OK;
        record_expect(id, st, i < 255 ? TL_OK : TL_EINPUT, &f->err, i < 255 ? NULL : "body");
        if (i == 254)
            assert_int_equal(cars.bodies.n, 255);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_read, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_words, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

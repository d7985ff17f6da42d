/* test_epd_preview.c - what a declaration moves before it is saved: footprint, eta, class, loan;
 * and what the record of a car says of it afterwards. */
#include "footprint/fleet.h"
#include "registry/batch.h"
#include "registry/epd_preview.h"
#include "registry/peer.h"
#include "registry/record_chain.h"
#include "registry/tests/epd_cars_test.h"

#define YUAN 100

/* Five cars of one category, alike but for their fuel; the steel of the first is Tangsteel's. Its
 * 300 kg are 500 kg bought: 500 x (0.9 - 2.560032) kg = -830 kg, -5.53 g/km, as 0.19 L/100 km less
 * would be (2.9 kg CO2e per litre). In litres:
 *
 *            c1     c2     c3     c4     c5    mean   below
 *   before   6.00   5.95   5.90   5.87   5.85  5.914  c3 c4 c5
 *   after    5.81   5.95   5.90   5.87   5.85  5.876  c1 c4 c5
 *
 * so the classes go from 5 4 3 2 1 to 1 5 4 3 2. c1 and c2 are Alpha's: eta 0/2 to 1/2; the others
 * are Beta's: 3/3 to 2/3. */
static const struct car_case {
    const char *id, *brand, *supplier;
    double litres;
} car_cases[] = {
    { "c1", "Alpha", "TangSteel", 6.00 }, { "c2", "Alpha", "Baosteel", 5.95 },
    { "c3", "Beta", "Baosteel", 5.90 },   { "c4", "Beta", "Baosteel", 5.87 },
    { "c5", "Beta", "Baosteel", 5.85 },
};

static void add_cars(car_fixture *f)
{
    epd_import(f);
    for (size_t i = 0; i < TEST_COUNT(car_cases); i++) {
        const tl_vehicle_part bill[] = { { "body", "steel", 300, car_cases[i].supplier, "", 0 } };
        tl_vehicle v = car_gasoline();
        v.id = v.model = car_cases[i].id;
        v.brand = car_cases[i].brand;
        v.fuel_low = v.fuel_high = car_cases[i].litres;
        epd_put_car(f, &v, bill, 1);
    }
}

/* All cars with what is saved, into a batch of this name. */
static void batch_cars(car_fixture *f, const char *batch)
{
    tl_fleet fleet;
    tl_batch b;
    tl_car_model m = f->model;
    assert_int_equal(
        tl_epd_factors(f->s, f->arena, &m.supplier_factors, &m.supplier_factor_count, &f->err),
        TL_OK);
    epd_expect("fleet", f,
               tl_fleet_compute(&fleet, f->s, tl_viewer_program(), &m, NULL, f->arena, &f->err),
               TL_OK, NULL);
    epd_expect(
        "batch", f,
        tl_batch_add_fleet(f->s, batch, batch, &fleet, &m, "anna", NULL, f->arena, &b, &f->err),
        TL_OK, NULL);
    assert_int_equal(b.refused, 0);
}

static void publish(car_fixture *f, const char *batch, const char *day, int64_t want)
{
    static const tl_record_step steps[] = { TL_RECORD_ASK, TL_RECORD_PUBLISH };
    for (size_t i = 0; i < 2; i++) {
        int64_t done;
        epd_expect("step", f,
                   tl_batch_take(f->s, batch, steps[i], day, "anna", NULL, &done, &f->err), TL_OK,
                   NULL);
        assert_int_equal(done, want);
    }
}

static void keep_classes(car_fixture *f, const char *day)
{
    tl_cars cars;
    tl_peer_rule rule;
    tl_benchmarks b;
    int64_t changed;
    assert_int_equal(tl_cars_read(&cars, f->s, f->arena, &f->err), TL_OK);
    assert_int_equal(tl_peer_rule_load(&rule, f->s, f->arena, &f->err), TL_OK);
    assert_int_equal(tl_benchmarks_make(&cars, &rule, f->arena, &b, &f->err), TL_OK);
    MUST(f, tl_benchmarks_keep(f->s, &cars, &b, &rule, day, "anna", &changed, &f->err));
}

static tl_facility facility(const char *id, tl_loan_weight weight)
{
    return (tl_facility){
        .id = id,
        .borrower = "Wuhan car rental",
        .currency = "CNY",
        .grid_date = "2026-01-01",
        .limit = (tl_money)20000000 * YUAN,
        .basis = TL_LOAN_BY_CLASS,
        .weight = weight,
        .steps = { { 1, 0, -20 }, { 2, 0, -10 }, { 3, 0, 0 }, { 4, 0, 10 }, { 5, 0, 20 } },
        .n_steps = 5,
        .signed_on = "",
    };
}

/* c1 for 100,000 and c5 for 300,000; a third facility has none of the cars. */
static void add_loans(car_fixture *f)
{
    const tl_facility draft = facility("draft", TL_LOAN_BY_PRICE),
                      other = facility("other", TL_LOAN_BY_COUNT),
                      kept = facility("signed", TL_LOAN_BY_COUNT);
    const tl_facility *const with_cars[] = { &draft, &kept };
    for (size_t i = 0; i < 2; i++) {
        const char *id = with_cars[i]->id;
        MUST(f, tl_facility_put(f->s, with_cars[i], "ann", &f->err));
        MUST(f, tl_facility_draw(f->s, id, "c1", (tl_money)100000 * YUAN, "ann", &f->err));
        MUST(f, tl_facility_draw(f->s, id, "c5", (tl_money)300000 * YUAN, "ann", &f->err));
    }
    MUST(f, tl_facility_put(f->s, &other, "ann", &f->err));
    MUST(f, tl_facility_draw(f->s, "other", "nobody", (tl_money)300000 * YUAN, "ann", &f->err));
    MUST(f, tl_facility_sign(f->s, "signed", "2026-06-01", "bert", &f->err));
}

/* Published cars, loans, and epd-one registered at 900 kg/t. */
static int preview_setup(void **state)
{
    const tl_record r = epd_record("epd-one", 900, "kgCO2e/t");
    if (epd_setup(state) != 0)
        return -1;
    car_fixture *f = *state;
    const char *folder = tl_arena_printf(f->arena, "%s/data/peer-rule", car_root());
    assert_non_null(folder);
    assert_int_equal(car_install(f->s, folder, f->arena, &f->err), TL_OK);
    add_cars(f);
    batch_cars(f, "one");
    publish(f, "one", "2026-06-01", 5);
    keep_classes(f, "2026-06-01");
    add_loans(f);
    epd_registered(f, &r);
    return 0;
}

static tl_epd_preview preview(car_fixture *f, const char *supplier)
{
    tl_epd_preview p;
    epd_expect("preview", f,
               tl_epd_preview_make(f->s, "epd-one", "steel", supplier, f->arena, &p, &f->err),
               TL_OK, NULL);
    return p;
}

/* c1 first, the others because it passed them. */
static const struct shift_case {
    const char *car;
    double mass_kg;
    int class_before, class_after;
    bool below_before, below_after;
} shift_cases[] = {
    { "c1", 300, 5, 1, false, true }, { "c2", 0, 4, 5, false, false },
    { "c3", 0, 3, 4, true, false },   { "c4", 0, 2, 3, true, true },
    { "c5", 0, 1, 2, true, true },
};

static void test_cars(void **state)
{
    car_fixture *f = *state;
    tl_epd_preview p = preview(f, NULL);
    double moved = 500 * (0.9 - (1.0798 * 1.84 + 0.5732)) * 1000 / 150000;
    assert_string_equal(p.declaration, "epd-one@1");
    if (p.n_cars != TEST_COUNT(shift_cases))
        fail_msg("got %zu cars, want %zu", p.n_cars, TEST_COUNT(shift_cases));
    for (size_t i = 0; i < p.n_cars; i++) {
        const struct shift_case *c = &shift_cases[i];
        const tl_epd_shift *got = &p.cars[i];
        if (strcmp(got->car, c->car) != 0 || got->mass_kg != c->mass_kg || got->version != 1 ||
            got->class_before != c->class_before || got->class_after != c->class_after ||
            got->below_before != c->below_before || got->below_after != c->below_after)
            fail_msg("%s: got %s, %g kg, class %d to %d, below %d to %d", c->car, got->car,
                     got->mass_kg, got->class_before, got->class_after, got->below_before,
                     got->below_after);
        expect_near(c->car, got->g_km_after - got->g_km_before, i == 0 ? moved : 0, 1e-9);
        expect_near("mean", got->mean_after - got->mean_before, moved / 5, 1e-9);
    }
    expect_near("computed", p.cars[0].computed_after, p.cars[0].g_km_after, 0);
    assert_true(isnan(p.cars[1].computed_before));
}

static void test_makers(void **state)
{
    tl_epd_preview p = preview(*state, NULL);
    assert_int_equal(p.n_makers, 2);
    assert_string_equal(p.makers[0].maker, "Alpha");
    assert_int_equal(p.makers[0].cars, 2);
    assert_int_equal(p.makers[0].below_before, 0);
    assert_int_equal(p.makers[0].below_after, 1);
    assert_string_equal(p.makers[1].maker, "Beta");
    assert_int_equal(p.makers[1].cars, 3);
    assert_int_equal(p.makers[1].below_before, 3);
    assert_int_equal(p.makers[1].below_after, 2);
}

/* Before: c1 of class 5 (+20), c5 of class 1 (-20): by count 0, by price (20 - 3 x 20) / 4 = -10.
 * After: -20 and -10: by count -15, by price (-20 - 3 x 10) / 4 = -12.5. */
static void test_loans(void **state)
{
    tl_epd_preview p = preview(*state, NULL);
    assert_int_equal(p.n_loans, 2);
    assert_string_equal(p.loans[0].id, "draft");
    assert_string_equal(p.loans[1].id, "signed");
    assert_string_equal(p.loans[0].signed_on, "");
    assert_string_equal(p.loans[1].signed_on, "2026-06-01");
    assert_true(p.loans[0].weight == TL_LOAN_BY_PRICE && p.loans[1].weight == TL_LOAN_BY_COUNT);
    assert_int_equal(p.loans[0].charged_e4, 0);
    assert_int_equal(p.loans[1].charged_e4, 0);
    for (size_t i = 0; i < 2; i++) {
        const tl_epd_loan *l = &p.loans[i];
        assert_null(l->refused);
        assert_int_equal(l->cars, 2);
        assert_int_equal(l->by_count_before_e4, 0);
        assert_int_equal(l->by_count_after_e4, -150000);
        assert_int_equal(l->by_price_before_e4, -100000);
        assert_int_equal(l->by_price_after_e4, -125000);
    }
}

/* Nothing is written by looking; what was shown is what is saved, or nothing is. */
static void test_expect(void **state)
{
    car_fixture *f = *state;
    int64_t before, after;
    char head[TL_SHA256_HEX], later[TL_SHA256_HEX];
    const tl_supplier_factor *list;
    size_t n;
    assert_int_equal(tl_audit_head(f->s, &before, head, &f->err), TL_OK);
    tl_epd_preview p = preview(f, NULL), again = preview(f, NULL), one = preview(f, "Tangsteel");
    assert_int_equal(tl_audit_head(f->s, &after, later, &f->err), TL_OK);
    assert_int_equal(before, after);
    assert_string_equal(p.hash, again.hash);
    assert_string_not_equal(p.hash, one.hash);
    MUST(f, tl_facility_undraw(f->s, "draft", "c5", (tl_money)300000 * YUAN, "ann", &f->err));
    epd_expect("a loan changed meanwhile", f,
               ACT(f, tl_epd_use_shown(f->s, "epd-one", "steel", NULL, p.hash, "eva", &f->err)),
               TL_ECONFLICT, "others than those shown");
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 0);
    p = preview(f, NULL);
    MUST(f, tl_epd_use_shown(f->s, "epd-one", "steel", NULL, p.hash, "eva", &f->err));
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, p.n_factors);
}

/* Used by now: the published value stays the start, and the difference that is left is none. */
static void test_after_use(void **state)
{
    car_fixture *f = *state;
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err));
    tl_epd_preview p = preview(f, NULL);
    assert_int_equal(p.n_cars, 1);
    expect_near("published stays", p.cars[0].g_km_after, p.cars[0].g_km_before, 0);
    assert_true(p.cars[0].computed_after < p.cars[0].g_km_before - 5);
}

static void alias(car_fixture *f, const char *id, const char *name)
{
    MUST(f, tl_company_put_alias(f->s, id, name, "test", "test", &f->err));
}

static const struct doubt_case {
    const char *name, *company;
    tl_epd_doubt_why why;
} doubt_cases[] = {
    { "HBIS", "hbis", TL_EPD_DOUBT_GROUP },
    { "Old Mill", "", TL_EPD_DOUBT_MILL },
    { "Tangsteel Hot Rolling", "", TL_EPD_DOUBT_LIKE },
    { "唐钢股份", "", TL_EPD_DOUBT_LIKE },
};

/* Names and aliases of the owner, each once; what may mean it is told, what does not is not. */
static void test_owner(void **state)
{
    car_fixture *f = *state;
    static const char *const bills[] = {
        "HBIS", "cqc", "Old Mill", "Tangsteel Hot Rolling", "唐钢股份", "TANG STEEL", "唐钢"
    };
    static const char *const names[] = { "tangsteel", "Tang Steel", "唐钢" };
    tl_record r = epd_record("epd-mill", 900, "kgCO2e/t");
    tl_epd_owner o;
    r.maker = "old mill";
    epd_registered(f, &r);
    alias(f, "tangsteel", "唐钢");
    alias(f, "tangsteel", "Tang Steel");
    for (size_t i = 0; i < TEST_COUNT(bills); i++) {
        const tl_vehicle_part bill[] = { { "body", "steel", 100, bills[i], "", 0 } };
        epd_car(f, tl_arena_printf(f->arena, "bill-%zu", i), bill, 1);
    }
    epd_expect("owner", f, tl_epd_owner_of(f->s, "epd-mill", "steel", f->arena, &o, &f->err), TL_OK,
               NULL);
    assert_string_equal(o.company, "tangsteel");
    assert_int_equal(o.n_names, TEST_COUNT(names));
    for (size_t i = 0; i < o.n_names; i++)
        assert_string_equal(o.names[i], names[i]);
    if (o.n_doubts != TEST_COUNT(doubt_cases))
        fail_msg("got %zu doubts, want %zu", o.n_doubts, TEST_COUNT(doubt_cases));
    for (size_t i = 0; i < o.n_doubts; i++) {
        const tl_epd_doubt *d = &o.doubts[i];
        if (strcmp(d->name, doubt_cases[i].name) != 0 || d->why != doubt_cases[i].why ||
            strcmp(d->company, doubt_cases[i].company) != 0 || d->cars != 1)
            fail_msg("%s: got %s, %s, %s", doubt_cases[i].name, d->name, d->company,
                     tl_epd_doubt_name(d->why));
    }
    const tl_epd_effect *list;
    size_t n;
    epd_expect("effects", f,
               tl_epd_effects(f->s, "epd-mill", "steel", NULL, f->arena, &list, &n, &f->err), TL_OK,
               NULL);
    assert_int_equal(n, 3); /* bill-5, bill-6, and c1 */
    assert_string_equal(list[0].car, "bill-5");
    assert_string_equal(list[1].car, "bill-6");
    assert_string_equal(list[2].car, "c1");
}

/* Every name of the owner is saved in one go, and again only what is new. */
static void test_use_names(void **state)
{
    car_fixture *f = *state;
    const tl_supplier_factor *list;
    size_t n;
    alias(f, "tangsteel", "唐钢");
    MUST(f, tl_epd_use_shown(f->s, "epd-one", "steel", NULL, NULL, "eva", &f->err));
    assert_int_equal(tl_epd_factors(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].supplier, "tangsteel");
    assert_string_equal(list[1].supplier, "唐钢");
    assert_int_equal(strlen(list[0].checksum), 64);
    assert_string_equal(list[0].boundary, "cradle to gate");
    int64_t before, after;
    char head[TL_SHA256_HEX];
    assert_int_equal(tl_audit_head(f->s, &before, head, &f->err), TL_OK);
    MUST(f, tl_epd_use_shown(f->s, "epd-one", "steel", NULL, NULL, "eva", &f->err));
    assert_int_equal(tl_audit_head(f->s, &after, head, &f->err), TL_OK);
    assert_int_equal(before, after);
}

static tl_record car_record(car_fixture *f, const char *id)
{
    tl_record r;
    epd_expect(id, f, tl_record_get(f->s, id, 0, f->arena, &r, &f->err), TL_OK, NULL);
    return r;
}

static tl_epd_mark mark(car_fixture *f, const char *today)
{
    const tl_epd_mark *list;
    size_t n;
    tl_record r = car_record(f, "c1");
    epd_expect("marks", f, tl_epd_marks(f->s, r.pins, today, f->arena, &list, &n, &f->err), TL_OK,
               NULL);
    if (n != 1)
        fail_msg("got %zu marks, want 1", n);
    assert_string_equal(list[0].record, "epd-one");
    assert_int_equal(list[0].version, 1);
    assert_true(list[0].sealed);
    return list[0];
}

/* The declaration is among the pins of the car that counts it, and of no other; its end is told and
 * moves nothing. */
static void test_pins(void **state)
{
    car_fixture *f = *state;
    const tl_epd_expiry *ends;
    const tl_epd_mark *none;
    size_t n;
    int64_t sealed;
    tl_epd_preview p = preview(f, NULL);
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err));
    batch_cars(f, "two");
    publish(f, "two", "2026-07-01", 1); /* the others stay as they are */
    tl_record r = car_record(f, "c1"), other = car_record(f, "c2"), epd = car_record(f, "epd-one");
    assert_int_equal(r.version, 2);
    assert_int_equal(other.version, 1);
    expect_near("as previewed", r.value, p.cars[0].g_km_after, 0);
    assert_non_null(strstr(r.pins, "{\"id\":\"epd-one\",\"version\":\"1\",\"checksum\":\""));
    assert_non_null(strstr(r.pins, epd.hash));
    assert_null(strstr(other.pins, "epd-one"));
    assert_string_equal(r.evidence,
                        "declared by suppliers: steel from Tangsteel: epd-one@1, cradle to gate");
    assert_string_equal(other.evidence, "");
    assert_int_equal(tl_record_verify(f->s, &sealed, &f->err), TL_OK);
    assert_int_equal(tl_epd_marks(f->s, other.pins, "", f->arena, &none, &n, &f->err), TL_OK);
    assert_int_equal(n, 0);
    assert_false(mark(f, "2031-05-01").over);
    assert_true(mark(f, "2031-05-02").over);
    MUST(f, tl_vehicle_set_parts(f->s, "c1", NULL, 0, &f->err)); /* the bill says no more */
    assert_int_equal(tl_epd_expiring(f->s, "", "2031-05-01", f->arena, &ends, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    assert_string_equal(ends[0].owner, "tangsteel");
    assert_int_equal(ends[0].n_used_by, 1);
    assert_string_equal(ends[0].used_by[0], "c1");
    assert_true(ends[0].published[0]);
    MUST(f,
         tl_record_take(f->s, "epd-one", TL_RECORD_WITHDRAW, "2027-03-01", "wrong", "s", &f->err));
    tl_epd_mark m = mark(f, "2027-03-02");
    assert_int_equal(m.state, TL_RECORD_WITHDRAWN);
    assert_string_equal(m.ended_on, "2027-03-01");
    assert_string_equal(m.ended_because, "wrong");
    expect_near("keeps its value", car_record(f, "c1").value, r.value, 0);
}

/* Registered at 900 and 4.0; "ozone" is 0. */
static const struct move_case {
    const char *label;
    double value;
    bool demands;
} move_cases[] = {
    { "9.9 % up", 989.1, false },        { "exactly 10 % up", 990, false },
    { "10.1 % up", 990.9, true },        { "9.9 % down", 810.9, false },
    { "exactly 10 % down", 810, false }, { "10.1 % down", 809.1, true },
};

static void test_moves(void **state)
{
    car_fixture *f = *state;
    tl_record registered = car_record(f, "epd-one");
    for (size_t i = 0; i < TEST_COUNT(move_cases); i++) {
        const struct move_case *c = &move_cases[i];
        const tl_record fresh = epd_record("epd-one", c->value, "kgCO2e/t");
        const tl_epd_move *moves;
        size_t n;
        epd_expect(c->label, f,
                   tl_epd_update_moves(&registered, &fresh, f->arena, &moves, &n, &f->err), TL_OK,
                   NULL);
        assert_int_equal(n, 3);
        if (moves[0].demands != c->demands)
            fail_msg("%s: got %g", c->label, moves[0].change);
        assert_string_equal(moves[0].key, "value");
        assert_string_equal(moves[1].key, "acidification");
        assert_false(moves[1].demands || moves[2].demands);
    }
}

/* 900 to 558 kg/t is 38% less: 500 kg of steel bring 171 kg less, 1.14 g/km. */
static void test_update(void **state)
{
    car_fixture *f = *state;
    const tl_record fresh = epd_record("epd-one", 558, "kgCO2e/t");
    const tl_record area = epd_record("epd-one", 558, "kgCO2e/m2");
    tl_epd_preview p;
    epd_expect("not used", f, tl_epd_preview_update(f->s, &fresh, f->arena, &p, &f->err), TL_OK,
               NULL);
    assert_int_equal(p.n_cars, 0);
    MUST(f, tl_epd_use(f->s, "epd-one", "steel", "Tangsteel", "eva", &f->err));
    epd_expect("used", f, tl_epd_preview_update(f->s, &fresh, f->arena, &p, &f->err), TL_OK, NULL);
    assert_string_equal(p.declaration, "epd-one@2");
    assert_true(p.n_cars >= 1);
    assert_string_equal(p.cars[0].car, "c1");
    expect_near("c1", p.cars[0].computed_after - p.cars[0].computed_before,
                500 * (0.558 - 0.9) * 1000 / 150000, 1e-9);
    epd_expect("per area", f, tl_epd_preview_update(f->s, &area, f->arena, &p, &f->err), TL_EINPUT,
               "epd-one");
}

static const struct find_case {
    const char *label;
    tl_epd_filter filter;
    tl_status want;
    const char *words, *ids;
} find_cases[] = {
    { "all", { 0 }, TL_OK, NULL, "epd-draft epd-one" },
    { "owner", { .owner = "TANGSTEEL" }, TL_OK, NULL, "epd-draft epd-one" },
    { "another owner", { .owner = "hbis" }, TL_OK, NULL, "" },
    { "nobody", { .owner = "nobody of that name" }, TL_ENOTFOUND, "nobody", NULL },
    { "rules", { .pcr = "steel" }, TL_OK, NULL, "epd-draft epd-one" },
    { "other rules", { .pcr = "alumina" }, TL_OK, NULL, "" },
    { "drafts", { .state = "draft" }, TL_OK, NULL, "epd-draft epd-one" },
    { "registered", { .state = "registered" }, TL_OK, NULL, "epd-one" },
    { "expired", { .state = "expired" }, TL_OK, NULL, "" },
    { "no state", { .state = "published" }, TL_EINPUT, "published", NULL },
    { "ends by its last day", { .until = "2031-05-01" }, TL_OK, NULL, "epd-one" },
    { "ends later", { .until = "2031-04-30" }, TL_OK, NULL, "" },
    { "no day", { .until = "soon" }, TL_EINPUT, "soon", NULL },
};

/* epd-one is registered and has a draft of version 2 beside it. */
static void test_find(void **state)
{
    car_fixture *f = *state;
    const tl_record draft = epd_record("epd-draft", 1, "kgCO2e/t");
    tl_record next = epd_record("epd-one", 700, "kgCO2e/t");
    epd_draft(f, &draft);
    next.reason = "new furnace";
    epd_put(f, &next);
    for (size_t i = 0; i < TEST_COUNT(find_cases); i++) {
        const struct find_case *c = &find_cases[i];
        tl_epd_found *list;
        size_t n;
        tl_buf b;
        f->err = (tl_error){ 0 };
        epd_expect(c->label, f, tl_epd_find(f->s, &c->filter, f->arena, &list, &n, &f->err),
                   c->want, c->words);
        tl_buf_init(&b, 0);
        for (size_t k = 0; k < n; k++)
            tl_buf_printf(&b, "%s%s", k ? " " : "", list[k].record.id);
        if (c->ids && strcmp(tl_buf_text(&b), c->ids) != 0)
            fail_msg("%s: got '%s', want '%s'", c->label, tl_buf_text(&b), c->ids);
        tl_buf_clear(&b);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, preview_setup, car_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_cars),  TEST(test_makers),    TEST(test_loans), TEST(test_expect),
        TEST(test_owner), TEST(test_use_names), TEST(test_pins),  TEST(test_after_use),
        TEST(test_moves), TEST(test_update),    TEST(test_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

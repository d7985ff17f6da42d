/* test_record_memory.c - each allocation of records, batches, declarations, awards and loans fails
 * once: the act says so, nothing of it stays, no memory is lost (the sanitizers see a leak), and
 * with enough memory it works as before. */
#include "store/tests/failing_memory.h"

#include "registry/award.h"
#include "registry/batch.h"
#include "registry/loan.h"
#include "registry/record_chain.h"
#include "registry/tests/epd_test.h"
#include "store/audit.h"

#define DAY "2026-05-01"

static const tl_award_rule rule = { "2023-04", "2023-09", 0.1, 2 };

static tl_record car_of(const char *id, double g_km)
{
    static const tl_record_part parts[] = { { "stage", "materials", 71, "g CO2e/km" } };
    return (tl_record){ .id = id,
                        .kind = TL_RECORD_VEHICLE,
                        .product = "Car",
                        .maker = "Maker",
                        .size_class = "compact",
                        .body = "suv",
                        .powertrain = "phev",
                        .launched = "2023-06",
                        .kerb_mass_kg = 1870,
                        .price = NAN,
                        .value = g_km,
                        .unit = "g CO2e/km",
                        .boundary = "cradle to grave",
                        .method = "test 1.0",
                        .uncertainty = NAN,
                        .primary_share = NAN,
                        .pins = "[{\"id\":\"materials\",\"version\":\"1\",\"checksum\":\"ab\"}]",
                        .parts = parts,
                        .n_parts = 1 };
}

/* Acts inside a transaction, which is undone whatever came of it. */
static tl_status put_new(car_fixture *f, tl_arena *arena, tl_error *err)
{
    bool same;
    const tl_record r = car_of("new", 201);
    (void)arena;
    return tl_record_put(f->s, &r, "anna", &same, err);
}

static tl_status put_again(car_fixture *f, tl_arena *arena, tl_error *err)
{
    bool same;
    const tl_record r = car_of("preliminary", 202);
    (void)arena;
    return tl_record_put(f->s, &r, "anna", &same, err);
}

static tl_status correct(car_fixture *f, tl_arena *arena, tl_error *err)
{
    bool same;
    tl_record r = car_of("published", 190);
    r.reason = "measured anew";
    (void)arena;
    tl_status st = tl_record_put(f->s, &r, "anna", &same, err);
    if (st == TL_OK)
        st = tl_record_take(f->s, "published", TL_RECORD_ASK, DAY, NULL, "anna", err);
    return st == TL_OK
               ? tl_record_take(f->s, "published", TL_RECORD_PUBLISH, DAY, NULL, "bert", err)
               : st;
}

#define TAKE(name, id, step)                                                                       \
    static tl_status name(car_fixture *f, tl_arena *arena, tl_error *err)                          \
    {                                                                                              \
        (void)arena;                                                                               \
        return tl_record_take(f->s, id, step, DAY, "a reason", "bert", err);                       \
    }
TAKE(ask, "preliminary", TL_RECORD_ASK)
TAKE(recalculate, "changed", TL_RECORD_RECALCULATE)
TAKE(publish, "review", TL_RECORD_PUBLISH)
TAKE(expire, "published", TL_RECORD_EXPIRE)
TAKE(withdraw, "published", TL_RECORD_WITHDRAW)

static tl_status say(car_fixture *f, tl_arena *arena, tl_error *err)
{
    const tl_record_feedback x = { DAY, "Anna", "too high", 100, "report 3" };
    (void)arena;
    return tl_record_say(f->s, "review", &x, "anna", err);
}

static tl_status epd_pcr_put(car_fixture *f, tl_arena *arena, tl_error *err)
{
    tl_pcr p = epd_pcr();
    p.id = "other";
    (void)arena;
    return tl_pcr_put(f->s, &p, "secretary", err);
}

static tl_status epd_open(car_fixture *f, tl_arena *arena, tl_error *err)
{
    const tl_epd e = epd_of("epd-plain");
    (void)arena;
    return tl_epd_open(f->s, &e, MILL, err);
}

static tl_status epd_hand_over(car_fixture *f, tl_arena *arena, tl_error *err)
{
    (void)arena;
    return tl_epd_submit(f->s, "epd-draft", VERIFIER, "cqc", DAY, MILL, err);
}

static tl_status epd_dialogue(car_fixture *f, tl_arena *arena, tl_error *err)
{
    int64_t question = 0;
    (void)arena;
    tl_status st = tl_epd_ask(f->s, "epd-asked", "why?", DAY, VERIFIER, &question, err);
    if (st == TL_OK)
        st = tl_epd_answer(f->s, question, "because", DAY, MILL, err);
    return st == TL_OK ? tl_epd_close(f->s, question, DAY, VERIFIER, err) : st;
}

static tl_status epd_register(car_fixture *f, tl_arena *arena, tl_error *err)
{
    (void)arena;
    return tl_epd_register(f->s, "epd-asked", "EPD-9", 0, DAY, VERIFIER, err);
}

static tl_status keep_award(car_fixture *f, tl_arena *arena, tl_error *err)
{
    tl_cars cars;
    tl_award_decision d = { .id = "h2",
                            .day = DAY,
                            .rule = rule,
                            .rule_version = "1",
                            .rule_checksum = "",
                            .cars = &cars };
    tl_status st = tl_cars_read(&cars, f->s, arena, err);
    if (st == TL_OK)
        st = tl_awards_make(&cars, &rule, arena, &d.awards, &d.n, &d.left_out, err);
    return st == TL_OK ? tl_award_keep(f->s, &d, "anna", err) : st;
}

/* Acts that read. */
static tl_status read_records(car_fixture *f, tl_arena *arena, tl_error *err)
{
    tl_record r;
    const tl_record *versions;
    const tl_record_feedback *said;
    size_t n;
    tl_status st = tl_record_get(f->s, "published", 0, arena, &r, err);
    if (st == TL_OK)
        st = tl_record_versions(f->s, "published", arena, &versions, &n, err);
    return st == TL_OK ? tl_record_feedback_list(f->s, "review", arena, &said, &n, err) : st;
}

static tl_status export_record(car_fixture *f, tl_arena *arena, tl_error *err)
{
    tl_buf b;
    int64_t n;
    (void)arena;
    tl_buf_init(&b, 0);
    tl_status st = tl_record_export(f->s, "published", &b, err);
    tl_buf_clear(&b);
    return st == TL_OK ? tl_record_verify(f->s, &n, err) : st;
}

static tl_status read_epds(car_fixture *f, tl_arena *arena, tl_error *err)
{
    tl_epd e;
    const tl_epd_question *questions;
    const tl_epd *list;
    const tl_pcr *pcrs;
    const tl_epd_expiry *expiring;
    const tl_supplier_factor *factors;
    size_t n;
    tl_status st = tl_epd_get(f->s, "epd-asked", arena, &e, &questions, &n, err);
    if (st == TL_OK)
        st = tl_epd_list(f->s, arena, &list, &n, err);
    if (st == TL_OK)
        st = tl_pcr_list(f->s, arena, &pcrs, &n, err);
    if (st == TL_OK)
        st = tl_epd_expiring(f->s, DAY, "2035-01-01", arena, &expiring, &n, err);
    return st == TL_OK ? tl_epd_factors(f->s, arena, &factors, &n, err) : st;
}

static tl_status read_award(car_fixture *f, tl_arena *arena, tl_error *err)
{
    tl_kept_award a;
    tl_cars cars;
    const tl_award_change *changes;
    size_t n;
    int64_t sound;
    tl_buf b;
    tl_status st = tl_award_get(f->s, "h1", arena, &a, err);
    if (st == TL_OK)
        st = tl_cars_read(&cars, f->s, arena, err);
    if (st == TL_OK)
        st = tl_award_compare(&a, &cars, arena, &changes, &n, err);
    if (st == TL_OK)
        st = tl_award_verify(f->s, &sound, err);
    tl_buf_init(&b, 0);
    if (st == TL_OK)
        st = tl_award_export(&a, &b, err);
    tl_buf_clear(&b);
    return st;
}

static tl_status read_loan(car_fixture *f, tl_arena *arena, tl_error *err)
{
    tl_facility x;
    tl_loan_car *cars;
    tl_loan_result r;
    size_t n;
    tl_buf b;
    const tl_loan_what_if worse = { .worse = 1 };
    tl_status st = tl_facility_get(f->s, "loan", arena, &x, &cars, &n, err);
    if (st == TL_OK)
        st = tl_loan_stress(&x, cars, n, &worse, &r, err);
    if (st == TL_OK)
        st = tl_loan_compute(&x, cars, n, &r, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    st = tl_loan_report(&x, cars, n, &r, &b, err);
    tl_buf_clear(&b);
    return st;
}

/* Acts with transactions of their own; doing them again does the rest. */
static tl_fleet fleet; /* of the one process that runs these tests */

static tl_status batch_add(car_fixture *f, tl_arena *arena, tl_error *err)
{
    tl_batch b;
    return tl_batch_add_fleet(f->s, "round", "Round", &fleet, &f->model, "anna", NULL, arena, &b,
                              err);
}

static tl_status batch_ask(car_fixture *f, tl_arena *arena, tl_error *err)
{
    int64_t done;
    (void)arena;
    return tl_batch_take(f->s, "round", TL_RECORD_ASK, DAY, "anna", NULL, &done, err);
}

static tl_status batch_publish(car_fixture *f, tl_arena *arena, tl_error *err)
{
    int64_t done;
    (void)arena;
    return tl_batch_take(f->s, "round", TL_RECORD_PUBLISH, DAY, "anna", NULL, &done, err);
}

static tl_status batch_read(car_fixture *f, tl_arena *arena, tl_error *err)
{
    const tl_batch *list;
    const char *const *ids;
    size_t n;
    tl_status st = tl_batch_list(f->s, arena, &list, &n, err);
    return st == TL_OK ? tl_batch_records(f->s, "round", arena, &ids, &n, err) : st;
}

static const struct act {
    const char *label;
    tl_status (*run)(car_fixture *f, tl_arena *arena, tl_error *err);
    bool own; /* transactions */
} acts[] = {
    { "put", put_new, false },
    { "rewrite", put_again, false },
    { "correct", correct, false },
    { "ask", ask, false },
    { "recalculate", recalculate, false },
    { "publish", publish, false },
    { "expire", expire, false },
    { "withdraw", withdraw, false },
    { "say", say, false },
    { "PCR", epd_pcr_put, false },
    { "open", epd_open, false },
    { "hand over", epd_hand_over, false },
    { "dialogue", epd_dialogue, false },
    { "register", epd_register, false },
    { "keep an award", keep_award, false },
    { "read records", read_records, true },
    { "export a record", export_record, true },
    { "read declarations", read_epds, true },
    { "read an award", read_award, true },
    { "read a loan", read_loan, true },
    { "batch: add", batch_add, true },
    { "batch: ask", batch_ask, true },
    { "batch: publish", batch_publish, true },
    { "batch: read", batch_read, true },
};

static void make_fleet(car_fixture *f)
{
    static tl_vehicle vehicles[2];
    static tl_fleet_car cars[3];
    tl_demand d = { 0 };
    for (size_t i = 0; i < 2; i++) {
        vehicles[i] = car_gasoline();
        vehicles[i].id = i ? "fleet-b" : "fleet-a";
        vehicles[i].year = 2025;
        cars[i].vehicle = &vehicles[i];
        cars[i].footprint = car_footprint("car", &f->model, &vehicles[i], NULL, 0, &d);
        cars[i].g_km = tl_footprint_g_km(&cars[i].footprint, cars[i].footprint.total_kg);
    }
    cars[2] = (tl_fleet_car){ .vehicle = &vehicles[1], .refused = "no energy use" };
    tl_demand_clear(&d);
    fleet = (tl_fleet){ .cars = cars, .n_cars = 3, .computed = 2 };
}

static void put_record(car_fixture *f, const char *id, double g_km)
{
    const tl_record r = car_of(id, g_km);
    bool same;
    MUST(f, tl_record_put(f->s, &r, "anna", &same, &f->err));
}

static void take_step(car_fixture *f, const char *id, tl_record_step step)
{
    MUST(f, tl_record_take(f->s, id, step, "2026-04-01", NULL, "bert", &f->err));
}

static void make_loan(car_fixture *f)
{
    const tl_facility x = { .id = "loan",
                            .borrower = "Borrower",
                            .currency = "CNY",
                            .grid_date = "2026-01-01",
                            .limit = 100000000,
                            .steps = { { 1, 0, -20 }, { 2, 0, 20 } },
                            .n_steps = 2,
                            .signed_on = "" };
    MUST(f, tl_facility_put(f->s, &x, "ann", &f->err));
    MUST(f, tl_facility_draw(f->s, "loan", "published", 100, "ann", &f->err));
    MUST(f, tl_facility_draw(f->s, "loan", "not-there", 100, "ann", &f->err));
}

static void make_award(car_fixture *f)
{
    tl_cars cars;
    tl_award_decision d = { .id = "h1",
                            .day = DAY,
                            .rule = rule,
                            .rule_version = "1",
                            .rule_checksum = "",
                            .cars = &cars };
    assert_int_equal(tl_cars_read(&cars, f->s, f->arena, NULL), TL_OK);
    assert_int_equal(tl_awards_make(&cars, &rule, f->arena, &d.awards, &d.n, &d.left_out, NULL),
                     TL_OK);
    MUST(f, tl_award_keep(f->s, &d, "anna", &f->err));
}

static void prepare(car_fixture *f)
{
    static const char *const asked[] = { "review", "changed", "published", "second" };
    const tl_record draft = epd_record("epd-draft", 2000, "kg CO2e/t"),
                    plain = epd_record("epd-plain", 2000, "kg CO2e/t"),
                    handed = epd_record("epd-asked", 2000, "kg CO2e/t"),
                    registered = epd_record("epd-registered", 2000, "kg CO2e/t");
    put_record(f, "preliminary", 201);
    for (size_t i = 0; i < TEST_COUNT(asked); i++) {
        put_record(f, asked[i], 200 + (double)i);
        take_step(f, asked[i], TL_RECORD_ASK);
    }
    tl_record r = car_of("changed", 180);
    r.reason = "a remark was right";
    bool same;
    MUST(f, tl_record_put(f->s, &r, "anna", &same, &f->err));
    take_step(f, "published", TL_RECORD_PUBLISH);
    take_step(f, "second", TL_RECORD_PUBLISH);
    epd_put(f, &plain);
    epd_draft(f, &draft);
    epd_draft(f, &handed);
    epd_submit(f, "epd-asked", "2026-04-01");
    epd_registered(f, &registered);
    make_award(f);
    make_loan(f);
    make_fleet(f);
}

/* The act with allocation `at` failing; true once there is none such. */
static bool run_at(car_fixture *f, const struct act *a, size_t at)
{
    tl_arena *arena;
    tl_error err = { 0 };
    char before[TL_SHA256_HEX] = "", after[TL_SHA256_HEX] = "";
    int64_t seq;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_audit_head(f->s, &seq, before, NULL), TL_OK);
    if (!a->own)
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    failing = (struct failing){ .counting = true, .fail_at = at };
    tl_status st = a->run(f, arena, &err);
    failing.counting = false;
    const bool reached = failing.count >= at;
    if (!a->own)
        tl_store_rollback(f->s);
    assert_false(tl_store_in_transaction(f->s));
    if (st != TL_OK && (st != TL_ENOMEM || !reached))
        fail_msg("%s, allocation %zu: status %d (%s)", a->label, at, (int)st, err.text);
    assert_int_equal(tl_audit_head(f->s, &seq, after, NULL), TL_OK);
    if (!a->own && strcmp(before, after) != 0)
        fail_msg("%s, allocation %zu: something stayed", a->label, at);
    tl_arena_free(arena);
    return !reached;
}

static void test_each_allocation(void **state)
{
    car_fixture *f = *state;
    int64_t n;
    prepare(f);
    for (size_t k = 0; k < TEST_COUNT(acts); k++) {
        size_t at = 1;
        while (!run_at(f, &acts[k], at))
            at++;
        if (at == 1)
            fail_msg("%s: nothing was allocated, so nothing failed", acts[k].label);
    }
    assert_int_equal(tl_record_verify(f->s, &n, &f->err), TL_OK);
    assert_int_equal(tl_award_verify(f->s, &n, &f->err), TL_OK);
    assert_int_equal(tl_audit_verify(f->s, &n, &f->err), TL_OK);
    assert_int_equal(tl_store_check(f->s, &f->err), TL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_allocation, epd_setup, car_teardown),
    };
    if (hook_sqlite() != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

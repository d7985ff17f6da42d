/* test_batch.c - a fleet through a publication round: what is put, what stays, what is refused, and
 * a round killed in its middle. */
#include "footprint/tests/car_test.h"
#include "registry/tests/record_test.h"
#include "store/tests/scratch.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "base/clock.h"
#include "company/company.h"
#include "registry/batch.h"
#include "registry/record_chain.h"
#include "store/audit.h"

enum { KILLED = 4000 };

static const char batch[] = "2026-q4";

/* n cars of 1,500 kg and more, each 1 kg above the one before; the last is refused where asked. */
static tl_fleet make_fleet(car_fixture *f, size_t n, bool refuse_last)
{
    tl_fleet fleet = { .n_cars = n, .computed = n };
    tl_vehicle *v = tl_arena_alloc(f->arena, n, sizeof *v);
    tl_demand d = { 0 };
    fleet.cars = tl_arena_alloc(f->arena, n, sizeof *fleet.cars);
    assert_true(v && fleet.cars);
    for (size_t i = 0; i < n; i++) {
        v[i] = car_gasoline();
        v[i].id = tl_arena_printf(f->arena, "car-%05zu", i);
        v[i].description = "MODEL (90ch)";
        v[i].kerb_mass_kg = 1500 + (double)i;
        v[i].year = 2025;
        fleet.cars[i].vehicle = &v[i];
        fleet.cars[i].footprint = car_footprint("car", &f->model, &v[i], NULL, 0, &d);
        fleet.cars[i].g_km =
            tl_footprint_g_km(&fleet.cars[i].footprint, fleet.cars[i].footprint.total_kg);
    }
    tl_demand_clear(&d);
    if (refuse_last)
        fleet.cars[n - 1] = (tl_fleet_car){ .vehicle = &v[n - 1], .refused = "no energy use" };
    return fleet;
}

static tl_batch add(car_fixture *f, tl_store *s, const tl_fleet *fleet)
{
    tl_batch b;
    record_expect("add",
                  tl_batch_add_fleet(s, batch, "Fourth quarter", fleet, &f->model, "anna", NULL,
                                     f->arena, &b, &f->err),
                  TL_OK, &f->err, NULL);
    return b;
}

static int64_t take(car_fixture *f, tl_store *s, tl_record_step step)
{
    int64_t done;
    record_expect("take", tl_batch_take(s, batch, step, "2026-11-30", "bert", NULL, &done, &f->err),
                  TL_OK, &f->err, NULL);
    return done;
}

static void expect_counts(const char *label, const tl_batch *b, int64_t preliminary, int64_t review,
                          int64_t recalculated, int64_t published, int64_t refused)
{
    const int64_t got[] = { b->preliminary, b->review, b->recalculated, b->published, b->refused };
    const int64_t want[] = { preliminary, review, recalculated, published, refused };
    for (size_t i = 0; i < RECORD_COUNT(got); i++)
        if (got[i] != want[i])
            fail_msg("%s: count %zu is %lld, want %lld", label, i, (long long)got[i],
                     (long long)want[i]);
}

static tl_batch get(car_fixture *f, tl_store *s)
{
    tl_batch b;
    record_expect("get", tl_batch_get(s, batch, f->arena, &b, &f->err), TL_OK, &f->err, NULL);
    return b;
}

/* The record says what the footprint says: its stages add up to the value. */
static void test_record(void **state)
{
    car_fixture *f = *state;
    tl_fleet fleet = make_fleet(f, 3, true);
    tl_record r;
    char hash[TL_SHA256_HEX];
    const char *const *ids;
    size_t n;
    double stages = 0, materials = 0;
    tl_batch b = add(f, f->s, &fleet);
    expect_counts("added", &b, 2, 0, 0, 0, 1);
    assert_string_equal(b.id, batch);
    assert_string_equal(b.title, "Fourth quarter");
    record_expect("ids", tl_batch_records(f->s, batch, f->arena, &ids, &n, &f->err), TL_OK, &f->err,
                  NULL);
    assert_int_equal(n, 2);
    assert_string_equal(ids[1], "car-00001");
    record_expect("get", tl_record_get(f->s, "car-00001", -1, f->arena, &r, &f->err), TL_OK,
                  &f->err, NULL);
    for (size_t i = 0; i < r.n_parts; i++)
        *(strcmp(r.parts[i].kind, "stage") == 0 ? &stages : &materials) += r.parts[i].value;
    expect_near("value", r.value, fleet.cars[1].g_km, 0);
    expect_near("stages", stages, r.value, 1e-12);
    expect_near(
        "materials", materials,
        tl_footprint_g_km(&fleet.cars[1].footprint, fleet.cars[1].footprint.total_kg -
                                                        fleet.cars[1].footprint.energy_kg -
                                                        fleet.cars[1].footprint.production_kg),
        1e-12);
    assert_string_equal(r.product, "MODEL (90ch)");
    assert_string_equal(r.maker, "MAKER");
    assert_string_equal(r.boundary, "cradle to grave");
    assert_string_equal(r.grade, "estimate");
    assert_string_equal(r.region, "CN");
    assert_string_equal(r.method, tl_footprint_method);
    assert_int_equal(r.year, 2025);
    if (!isnan(r.uncertainty) || !strstr(r.pins, "\"car-rule\""))
        fail_msg("uncertainty %g, pins %s", r.uncertainty, r.pins);
    record_expect("hash",
                  tl_footprint_input_hash(&f->model, fleet.cars[1].vehicle, NULL, 0, hash, &f->err),
                  TL_OK, &f->err, NULL);
    assert_string_equal(r.input_hash, hash);
}

/* 1,201 cars, so that three transactions are needed; each step, and each again. */
static void test_steps(void **state)
{
    car_fixture *f = *state;
    tl_fleet fleet = make_fleet(f, 1201, false);
    int64_t done, n;
    tl_batch b = add(f, f->s, &fleet);
    expect_counts("added", &b, 1201, 0, 0, 0, 0);
    b = add(f, f->s, &fleet);
    expect_counts("again", &b, 1201, 0, 0, 0, 0);
    assert_int_equal(take(f, f->s, TL_RECORD_PUBLISH), 0); /* nobody was asked yet */
    assert_int_equal(take(f, f->s, TL_RECORD_ASK), 1201);
    assert_int_equal(take(f, f->s, TL_RECORD_ASK), 0);
    record_fixture r = { .s = f->s, .arena = f->arena };
    tl_record car;
    bool same;
    record_expect("get", tl_record_get(f->s, "car-00700", -1, f->arena, &car, &f->err), TL_OK,
                  &f->err, NULL);
    double computed = car.value;
    car.value = 222;
    car.reason = "own data of the maker";
    record_expect("correct", record_put(&r, &car, &same), TL_OK, &r.err, NULL);
    b = add(f, f->s, &fleet); /* does not undo the correction */
    assert_int_equal(take(f, f->s, TL_RECORD_RECALCULATE), 1);
    b = get(f, f->s);
    expect_counts("recalculated", &b, 0, 1200, 1, 0, 0);
    assert_int_equal(take(f, f->s, TL_RECORD_PUBLISH), 1201);
    record_expect("get", tl_record_get(f->s, "car-00700", 0, f->arena, &car, &f->err), TL_OK,
                  &f->err, NULL);
    expect_near("corrected", car.value, 222, 0);
    b = add(f, f->s, &fleet); /* the one computed otherwise gets a second version */
    expect_counts("published", &b, 1, 0, 0, 1200, 0);
    record_expect("get", tl_record_get(f->s, "car-00700", 2, f->arena, &car, &f->err), TL_OK,
                  &f->err, NULL);
    expect_near("second", car.value, computed, 0);
    assert_string_equal(car.reason, "batch 2026-q4: computed again");
    record_expect("seals", tl_record_verify(f->s, &n, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(n, 1201);
    record_expect("withdraw",
                  tl_batch_take(f->s, batch, TL_RECORD_WITHDRAW, "", "x", NULL, &done, &f->err),
                  TL_EINPUT, &f->err, "reason");
    assert_int_equal(take(f, f->s, TL_RECORD_EXPIRE), 1201);
}

static void test_refused(void **state)
{
    car_fixture *f = *state;
    tl_fleet fleet = make_fleet(f, 2, false), none = { 0 };
    const tl_batch *list;
    tl_batch b;
    size_t n;
    int64_t done;
    record_expect("id",
                  tl_batch_add_fleet(f->s, "Q 4", "x", &fleet, &f->model, "anna", NULL, f->arena,
                                     &b, &f->err),
                  TL_EINPUT, &f->err, "batch");
    record_expect(
        "title",
        tl_batch_add_fleet(f->s, "q4", "", &fleet, &f->model, "anna", NULL, f->arena, &b, &f->err),
        TL_EINPUT, &f->err, "title");
    record_expect(
        "who",
        tl_batch_add_fleet(f->s, "q4", "x", &fleet, &f->model, "", NULL, f->arena, &b, &f->err),
        TL_EINPUT, &f->err, "who");
    record_expect("unknown", tl_batch_get(f->s, "q4", f->arena, &b, &f->err), TL_ENOTFOUND, &f->err,
                  "q4");
    record_expect("unknown",
                  tl_batch_take(f->s, "q4", TL_RECORD_ASK, "", "x", NULL, &done, &f->err),
                  TL_ENOTFOUND, &f->err, "q4");
    b = add(f, f->s, &none);
    expect_counts("empty", &b, 0, 0, 0, 0, 0);
    record_expect("list", tl_batch_list(f->s, f->arena, &list, &n, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(n, 1);
    /* a car refused first and computed later is refused no more */
    fleet = make_fleet(f, 2, true);
    b = add(f, f->s, &fleet);
    expect_counts("refused", &b, 1, 0, 0, 0, 1);
    fleet = make_fleet(f, 2, false);
    b = add(f, f->s, &fleet);
    expect_counts("computed", &b, 2, 0, 0, 0, 0);
    /* what cannot be a record keeps no other car out */
    fleet = make_fleet(f, 4, false);
    tl_vehicle odd = *fleet.cars[2].vehicle;
    odd.description = "a\x1b";
    fleet.cars[2].vehicle = &odd;
    b = add(f, f->s, &fleet);
    expect_counts("odd name", &b, 3, 0, 0, 0, 1);
}

/* The brand finds its company, the draws their width: 95% from 90 to 130 around 100 is 0.2. */
static void test_company(void **state)
{
    car_fixture *f = *state;
    tl_fleet fleet = make_fleet(f, 2, false);
    tl_company_change change;
    tl_record r;
    const tl_spread spreads[] = { { NAN, NAN, NAN, NAN, NAN }, { 100, 10, 90, 100, 130 } };
    const tl_company maker = { .id = "maker-group",
                               .name_en = "Maker",
                               .name_zh = "",
                               .country = "",
                               .region_group = "",
                               .listed = "",
                               .product_type = "",
                               .industry = "",
                               .parent = "",
                               .inclusion = "",
                               .source = "test",
                               .note = "" };
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    record_expect("company", tl_company_put(f->s, &maker, "test", &change, &f->err), TL_OK, &f->err,
                  NULL);
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
    fleet.spreads = spreads;
    add(f, f->s, &fleet);
    record_expect("get", tl_record_get(f->s, "car-00001", -1, f->arena, &r, &f->err), TL_OK,
                  &f->err, NULL);
    assert_string_equal(r.company, "maker-group");
    expect_near("uncertainty", r.uncertainty, 0.2, 1e-15);
    record_expect("get", tl_record_get(f->s, "car-00000", -1, f->arena, &r, &f->err), TL_OK,
                  &f->err, NULL);
    if (!isnan(r.uncertainty))
        fail_msg("uncertainty %g", r.uncertainty);
}

/* What the child does until it is killed: -1 puts the fleet in, else one step. */
static void work(car_fixture *f, const char *path, const tl_fleet *fleet, int act)
{
    tl_store *s;
    tl_batch b;
    int64_t done;
    if (tl_store_open(&s, path, NULL, NULL) != TL_OK)
        _exit(3);
    tl_status st = act < 0 ? tl_batch_add_fleet(s, batch, "Fourth quarter", fleet, &f->model,
                                                "anna", NULL, f->arena, &b, NULL)
                           : tl_batch_take(s, batch, (tl_record_step)act, "2026-11-30", "bert",
                                           NULL, &done, NULL);
    tl_store_close(s);
    _exit(st == TL_OK ? 0 : 4);
}

/* Records of the batch that the act has reached. */
static int64_t reached(car_fixture *f, tl_store *s, int act)
{
    tl_batch b;
    if (tl_batch_get(s, batch, f->arena, &b, NULL) != TL_OK)
        return 0;
    return act < 0 ? b.records : act == TL_RECORD_ASK ? b.review : b.published;
}

/* Starts the act in a child and kills it as soon as a part of it is done; gives that part. */
static int64_t kill_midway(car_fixture *f, const char *path, const tl_fleet *fleet, int act)
{
    tl_store *watch;
    int status = 0;
    double until = tl_clock_s() + 60;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        work(f, path, fleet, act);
    record_expect("watch",
                  tl_store_open(&watch, path, &(tl_store_opts){ .read_only = true }, &f->err),
                  TL_OK, &f->err, NULL);
    while (reached(f, watch, act) == 0 && tl_clock_s() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 500000 }, NULL);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    int64_t n = reached(f, watch, act);
    tl_store_close(watch);
    if (!WIFSIGNALED(status) && WEXITSTATUS(status) != 0)
        fail_msg("the child failed by itself: %d", WEXITSTATUS(status));
    return n;
}

/* Killed in the middle of each act; the same again finishes it, and nothing is there twice. */
static void test_kill(void **state)
{
    static const int acts[] = { -1, TL_RECORD_ASK, TL_RECORD_PUBLISH };
    car_fixture *f = *state;
    void *own = NULL;
    char path[512];
    tl_store *s;
    int64_t n;
    assert_int_equal(scratch_setup(&own), 0);
    snprintf(path, sizeof path, "%s", scratch_path(own, "batch.db"));
    tl_fleet fleet = make_fleet(f, KILLED, false);
    record_expect("open", tl_store_open(&s, path, NULL, &f->err), TL_OK, &f->err, NULL);
    tl_store_close(s);
    for (size_t i = 0; i < RECORD_COUNT(acts); i++) {
        int64_t part = kill_midway(f, path, &fleet, acts[i]);
        if (part <= 0 || part >= KILLED || part % 500 != 0)
            fail_msg("act %d: killed after %lld of %d records, want a part in whole transactions",
                     acts[i], (long long)part, KILLED);
        record_expect("open", tl_store_open(&s, path, NULL, &f->err), TL_OK, &f->err, NULL);
        if (acts[i] < 0)
            n = add(f, s, &fleet).preliminary;
        else
            n = part + take(f, s, (tl_record_step)acts[i]);
        assert_int_equal(n, KILLED);
        tl_store_close(s);
    }
    record_expect("open", tl_store_open(&s, path, NULL, &f->err), TL_OK, &f->err, NULL);
    tl_batch b = get(f, s);
    expect_counts("end", &b, 0, 0, 0, KILLED, 0);
    record_expect("seals", tl_record_verify(s, &n, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(n, KILLED);
    record_expect("audit", tl_audit_verify(s, &n, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(n, 1 + 3 * KILLED / 500);
    tl_store_close(s);
    scratch_teardown(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_record, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_steps, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_refused, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_company, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_kill, car_setup, car_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_vehicle_memory.c - the n-th allocation fails, for every n: an error, the database as before,
 * nothing leaked (the sanitized build looks).
 *
 * Those of udunits, ICU and OpenSSL are not failed. */
#include "footprint/tests/car_test.h"

#include <unistd.h>

#include "base/file.h"
#include "footprint/fleet.h"
#include "intake/bill_import.h"
#include "intake/vehicle_import.h"
#include "store/audit.h"
#include "store/tests/failing_memory.h"

#define HEADER                                                                                        \
    "Marque;Libellé modèle;Groupe;Description Commerciale;Energie;Carrosserie;Gamme;Poids à vide;" \
    "Conso vitesse mixte Min;Conso vitesse mixte Max;Conso elec Min;Conso elec Max;Autonomie "        \
    "elec Min;Autonomie elec Max;CO2 vitesse mixte Min;CO2 vitesse mixte Max;Prix véhicule\n"

enum { ROWS = 50 };

/* Fifty cars, every tenth refused. */
static const char *fifty_rows(tl_arena *arena, const char *brand)
{
    const char *text = HEADER;
    for (int i = 0; i < ROWS; i++)
        text = tl_arena_printf(arena,
                               "%s%s;M%d;G;D;ESSENCE;BERLINE;MOYENNE INFERIEURE;%d;5,%d;6,1;;;;;116"
                               ";129;19000\n",
                               text, brand, i, i % 10 ? 1200 + i : 1, i % 9);
    assert_non_null(text);
    return text;
}

/* What the jobs work on. */
struct bench {
    car_fixture *f;
    tl_arena *arena; /* of one attempt */
    const char *text, *car_id, *bill_path;
};

static tl_status import_job(struct bench *b, tl_error *err)
{
    tl_vehicle_verdict v;
    return tl_vehicle_import_memory(b->f->s, "fifty.csv", b->text, strlen(b->text), "ademe",
                                    tl_viewer_program(), NULL, b->arena, &v, err);
}

static tl_status bill_job(struct bench *b, tl_error *err)
{
    tl_bill_verdict v;
    return tl_bill_import(b->f->s, &b->f->model, b->car_id, b->bill_path, tl_viewer_program(),
                          b->arena, &v, err);
}

static tl_status model_job(struct bench *b, tl_error *err)
{
    tl_car_model m;
    tl_status st = tl_car_model_open(&m, b->f->s, NULL, 0, b->arena, err);
    if (st != TL_OK)
        return st;
    bool same = m.processes && m.pins.n == b->f->model.pins.n;
    for (size_t i = 0; same && i < m.rule.material_count; i++)
        same = m.scores[m.activity[i]] == b->f->model.scores[b->f->model.activity[i]];
    tl_car_model_close(&m);
    return same ? TL_OK : tl_fail(err, TL_ENUMERIC, "another model than without the failure");
}

static tl_status fleet_job(struct bench *b, tl_error *err)
{
    tl_fleet fleet;
    tl_status st =
        tl_fleet_compute(&fleet, b->f->s, tl_viewer_program(), &b->f->model, NULL, b->arena, err);
    return st == TL_OK && fleet.computed != ROWS - ROWS / 10
               ? tl_fail(err, TL_ENUMERIC, "%zu cars computed", fleet.computed)
               : st;
}

static tl_status search_job(struct bench *b, tl_error *err)
{
    tl_vehicle *list;
    size_t n;
    return tl_vehicle_search(b->f->s, tl_viewer_program(), "m1", NULL, 20, b->arena, &list, &n,
                             err);
}

/* Cars, rows of bills and entries of the audit chain. */
struct state_of {
    size_t cars;
    int64_t bills, entries;
};

static struct state_of look(struct bench *b)
{
    struct state_of s = { 0 };
    char hash[TL_SHA256_HEX];
    tl_vehicle *list;
    assert_int_equal(tl_vehicle_list(b->f->s, tl_viewer_program(), b->arena, &list, &s.cars, NULL),
                     TL_OK);
    assert_int_equal(tl_vehicle_parts_count(b->f->s, tl_viewer_program(), &s.bills, NULL), TL_OK);
    assert_int_equal(tl_audit_head(b->f->s, &s.entries, hash, NULL), TL_OK);
    return s;
}

static bool same_state(struct state_of a, struct state_of b)
{
    return a.cars == b.cars && a.bills == b.bills && a.entries == b.entries;
}

typedef tl_status (*job)(struct bench *b, tl_error *err);

/* One attempt with allocation `at` failing; true if that many were made. */
static bool attempt(const char *label, struct bench *b, job work, size_t at, bool *done)
{
    tl_error err = { 0 };
    tl_arena_free(b->arena); /* a fresh one: its blocks are allocations too */
    assert_int_equal(tl_arena_new(&b->arena, 0, NULL), TL_OK);
    if (work == import_job) /* other cars each time, as an attempt may succeed all the same */
        b->text = fifty_rows(b->arena, tl_arena_printf(b->arena, "IMPORT %zu", at));
    struct state_of before = look(b);
    failing = (struct failing){ .counting = true, .fail_at = at };
    tl_status st = work(b, &err);
    failing.counting = false;
    bool reached = failing.count >= at;
    *done = st == TL_OK;
    if (tl_store_in_transaction(b->f->s))
        fail_msg("%s: allocation %zu leaves a transaction open", label, at);
    if (st == TL_OK)
        return reached;
    if (st != TL_ENOMEM)
        fail_msg("%s: allocation %zu: %s (%s)", label, at, tl_status_name(st), err.text);
    if (!same_state(before, look(b)))
        fail_msg("%s: allocation %zu changed the database", label, at);
    return reached;
}

/* Fails the first allocations one by one, later ones in steps, until the job makes fewer. A job
 * may do its work although one failed, as SQLite can do without some; then it must be the right
 * work. How often it was done. */
static size_t fail_each(const char *label, struct bench *b, job work)
{
    size_t failed = 0, spared = 0, at = 1;
    bool done = false;
    for (;; at += at < 400 ? 1 : at / 200) {
        bool reached = attempt(label, b, work, at, &done);
        if (!reached)
            break;
        failed += !done;
        spared += done;
    }
    size_t succeeded = spared + done;
    print_message("%s: %zu allocations failed it, %zu did not; it makes about %zu\n", label, failed,
                  spared, at);
    if (!done)
        fail_msg("%s: fails without a failing allocation", label);
    /* what libpq allocates is not counted */
    assert_true(failed > 10 || getenv("TANLIAN_TEST_DB"));
    return succeeded;
}

static void test_read_jobs(void **state)
{
    struct bench b = { .f = *state };
    assert_int_equal(tl_arena_new(&b.arena, 0, NULL), TL_OK);
    b.text = fifty_rows(b.f->arena, "READ");
    assert_int_equal(import_job(&b, &b.f->err), TL_OK);
    fail_each("model", &b, model_job);
    fail_each("fleet", &b, fleet_job);
    fail_each("search", &b, search_job);
    tl_arena_free(b.arena);
}

static void test_import(void **state)
{
    struct bench b = { .f = *state };
    assert_int_equal(tl_arena_new(&b.arena, 0, NULL), TL_OK);
    size_t cars = look(&b).cars;
    size_t imported = fail_each("import", &b, import_job);
    assert_int_equal(look(&b).cars, cars + imported * (ROWS - ROWS / 10));
    tl_arena_free(b.arena);
}

static void test_bill(void **state)
{
    static const char bill[] = "part,material,mass_kg,supplier,process,recycled_share\n"
                               "body,steel,300,B,scrap-eaf,0.2\nglass,glass,30,,,\n";
    struct bench b = { .f = *state };
    char folder[] = "/tmp/tanlian-test-XXXXXX", path[64];
    tl_vehicle *list;
    size_t n;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/bill.csv", folder);
    assert_int_equal(tl_file_write(path, bill, sizeof bill - 1, NULL), TL_OK);
    assert_int_equal(tl_arena_new(&b.arena, 0, NULL), TL_OK);
    assert_int_equal(tl_vehicle_list(b.f->s, tl_viewer_program(), b.f->arena, &list, &n, NULL),
                     TL_OK);
    b.car_id = list[0].id;
    b.bill_path = path;
    fail_each("bill", &b, bill_job);
    assert_int_equal(look(&b).bills, 1);
    tl_arena_free(b.arena);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_jobs),
        cmocka_unit_test(test_import),
        cmocka_unit_test(test_bill),
    };
    if (hook_sqlite() != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}

/* test_bill_import.c - bills of materials from CSV: whole or not at all, every fault told with row
 * and column. */
#include "footprint/tests/car_test.h"

#include <unistd.h>

#include "base/file.h"
#include "intake/bill_import.h"
#include "intake/tests/as_book.h"
#include "intake/vehicle_import.h"
#include "store/audit.h"

#define HEADER "part,material,mass_kg,supplier,process,recycled_share\n"

static const char cars[] =
    "Marque;Libellé modèle;Groupe;Description Commerciale;Energie;Carrosserie;Gamme;Poids à "
    "vide;Conso vitesse mixte Min;Conso vitesse mixte Max;Conso elec Min;Conso elec Max;"
    "Autonomie elec Min;Autonomie elec Max;CO2 vitesse mixte Min;CO2 vitesse mixte Max;Prix "
    "véhicule\n"
    "RENAULT;CLIO;RENAULT;CLIO (90ch);ESSENCE;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;1\n";

/* A small car of 1,125 kg and its id. */
static const char *put_car(car_fixture *f)
{
    tl_vehicle_verdict v;
    tl_vehicle *list = NULL;
    size_t n;
    if (tl_vehicle_import_memory(f->s, "cars.csv", cars, sizeof cars - 1, "ademe",
                                 tl_viewer_program(), NULL, f->arena, &v, &f->err) != TL_OK ||
        tl_vehicle_list(f->s, tl_viewer_program(), f->arena, &list, &n, &f->err) != TL_OK || n != 1)
        fail_msg("%s", f->err.text);
    return list ? list[0].id : NULL;
}

/* Imports text as the bill of a car from a file named bill.csv in a folder of its own. */
static tl_status import_bill(car_fixture *f, const char *id, const char *text,
                             tl_bill_verdict *verdict, tl_error *err)
{
    char folder[] = "/tmp/tanlian-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/bill.csv", folder);
    assert_int_equal(tl_file_write(path, text, strlen(text), NULL), TL_OK);
    tl_status st =
        tl_bill_import(f->s, &f->model, id, path, tl_viewer_program(), f->arena, verdict, err);
    unlink(path);
    rmdir(folder);
    return st;
}

static int64_t audit_length(car_fixture *f)
{
    int64_t seq;
    char hash[TL_SHA256_HEX];
    assert_int_equal(tl_audit_head(f->s, &seq, hash, NULL), TL_OK);
    return seq;
}

static void test_whole(void **state)
{
    car_fixture *f = *state;
    static const char bill[] = HEADER "body,steel,300,Baosteel,scrap-eaf,0.25\n"
                                      "\"wheels, four\",aluminium,40.5,,hydro,\n"
                                      "车窗,glass,12,福耀,,1\n";
    const char *id = put_car(f);
    tl_bill_verdict v;
    tl_vehicle_part *parts;
    size_t n;
    int64_t before = audit_length(f);
    if (import_bill(f, id, bill, &v, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_true(v.parts == 3 && !v.same && v.n_faults == 0);
    expect_near("mass", v.mass_kg, 352.5, 0);
    assert_int_equal(audit_length(f), before + 1);
    assert_int_equal(tl_vehicle_parts(f->s, tl_viewer_program(), id, f->arena, &parts, &n, NULL),
                     TL_OK);
    assert_int_equal(n, 3);
    assert_string_equal(parts[0].process, "scrap-eaf");
    assert_string_equal(parts[1].part, "wheels, four");
    assert_string_equal(parts[1].supplier, "");
    assert_string_equal(parts[2].supplier, "福耀");
    assert_true(parts[1].recycled_share == 0 && parts[2].recycled_share == 1);

    if (import_bill(f, id, bill, &v, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_true(v.same); /* and nothing written */
    assert_int_equal(audit_length(f), before + 1);
    if (import_bill(f, id, HEADER "body,steel,300,,,\n", &v, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_false(v.same);
    assert_int_equal(tl_vehicle_parts(f->s, tl_viewer_program(), id, f->arena, &parts, &n, NULL),
                     TL_OK);
    assert_int_equal(n, 1);
}

static const struct wrong_case {
    const char *label, *text;
    tl_status want;
    size_t faults;
    const char *words[5];
} wrong_cases[] = {
    { "unknown material",
      HEADER "body,steel,300,,,\ndoor,mithril,20,,,\n",
      TL_EINPUT,
      1,
      { "bill.csv:3", "'material'", "mithril" } },
    { "unknown process",
      HEADER "body,steel,300,,magic,\n",
      TL_EINPUT,
      1,
      { "bill.csv:2", "'process'", "magic", "steel" } },
    { "process of another material",
      HEADER "body,steel,300,,hydro,\n",
      TL_EINPUT,
      1,
      { "bill.csv:2", "'process'", "hydro" } },
    { "mass 0", HEADER "body,steel,0,,,\n", TL_EINPUT, 1, { "bill.csv:2", "'mass_kg'" } },
    { "mass below 0", HEADER "body,steel,-3,,,\n", TL_EINPUT, 1, { "bill.csv:2", "'mass_kg'" } },
    { "no mass", HEADER "body,steel,,,,\n", TL_EINPUT, 1, { "bill.csv:2", "'mass_kg'" } },
    { "mass in words", HEADER "body,steel,3 kg,,,\n", TL_EINPUT, 1, { "bill.csv:2", "3 kg" } },
    { "mass 1e400", HEADER "body,steel,1e400,,,\n", TL_EINPUT, 1, { "bill.csv:2", "too large" } },
    { "share above 1",
      HEADER "body,steel,3,,,25\n",
      TL_EINPUT,
      1,
      { "bill.csv:2", "'recycled_share'" } },
    { "share below 0", HEADER "body,steel,3,,,-0.1\n", TL_EINPUT, 1, { "'recycled_share'" } },
    { "no name", HEADER ",steel,3,,,\n", TL_EINPUT, 1, { "bill.csv:2", "'part'" } },
    { "too few cells", HEADER "body,steel,3\n", TL_EINPUT, 1, { "bill.csv:2" } },
    { "three faults, all told",
      HEADER "body,steel,300,,,\na,mithril,1,,,\nb,steel,x,,,\nc,steel,1,,,9\n",
      TL_EINPUT,
      3,
      { "bill.csv:3", "mithril", "nothing was imported" } },
    { "header alone", HEADER, TL_EINPUT, 0, { "bill.csv", "no rows" } },
    { "a column missing",
      "part,material,mass_kg\nbody,steel,3\n",
      TL_EINPUT,
      0,
      { "bill.csv:1", "supplier" } },
    { "empty", "", TL_EINPUT, 0, { "bill.csv" } },
    { "heavier than the car",
      HEADER "body,steel,1200,,,\n",
      TL_EINPUT,
      0,
      { "1200.0 kg", "more than the kerb mass of 1125.0 kg" } },
    { "endless mass",
      HEADER "a,steel,1.7e308,,,\nb,steel,1.7e308,,,\n",
      TL_EINPUT,
      0,
      { "more than the kerb mass" } },
    { "no recycled factor",
      HEADER "block,cast-iron,100,,,0.5\n",
      TL_EINPUT,
      0,
      { "block", "recycled cast-iron" } },
    { "battery in a car without",
      HEADER "pack,traction-battery,100,,,\n",
      TL_EINPUT,
      0,
      { "pack", "no traction battery" } },
    { "cut off", HEADER "body,steel,300,,,\nwheels,alumin", TL_EINPUT, 1, { "bill.csv:3" } },
};

/* A refused bill leaves the one before, and no trace in the audit chain. */
static void test_wrong(void **state)
{
    car_fixture *f = *state;
    const char *id = put_car(f);
    tl_bill_verdict v;
    if (import_bill(f, id, HEADER "body,steel,301,,,\n", &v, &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    int64_t length = audit_length(f);
    for (size_t i = 0; i < TEST_COUNT(wrong_cases); i++) {
        const struct wrong_case *c = &wrong_cases[i];
        tl_vehicle_part *parts;
        size_t n;
        tl_error err = { 0 };
        expect_error(c->label, import_bill(f, id, c->text, &v, &err), c->want, &err, c->words);
        if (v.n_faults != c->faults)
            fail_msg("%s: %zu faults, want %zu", c->label, v.n_faults, c->faults);
        assert_int_equal(
            tl_vehicle_parts(f->s, tl_viewer_program(), id, f->arena, &parts, &n, NULL), TL_OK);
        if (n != 1 || parts[0].mass_kg != 301)
            fail_msg("%s: the bill before is gone", c->label);
        assert_int_equal(audit_length(f), length);
    }
    assert_int_equal(import_bill(f, "nobody", HEADER "body,steel,3,,,\n", &v, &f->err),
                     TL_ENOTFOUND);
    assert_int_equal(tl_bill_import(f->s, &f->model, id, "/nonexistent/bill.csv",
                                    tl_viewer_program(), f->arena, &v, &f->err),
                     TL_ENOTFOUND);
    assert_int_equal(
        tl_bill_import(f->s, &f->model, id, "/", tl_viewer_program(), f->arena, &v, &f->err),
        TL_EINPUT);
}

/* Cars and bill from workbooks say the same: nothing is new the second time. */
static void test_workbook(void **state)
{
    car_fixture *f = *state;
    static const char bill[] = HEADER "body,steel,300.5,Baosteel,scrap-eaf,0.25\n"
                                      "door,mithril,20,,,\n";
    char path[64];
    const char *id = put_car(f);
    tl_vehicle_verdict cars_verdict;
    tl_bill_verdict v;
    tl_file_view book = as_book(cars, ',');
    assert_int_equal(tl_vehicle_import_memory(f->s, "cars.xlsx", book.data, book.size, "ademe",
                                              tl_viewer_program(), NULL, f->arena, &cars_verdict,
                                              &f->err),
                     TL_OK);
    tl_file_close(&book);
    if (cars_verdict.rows != 1 || cars_verdict.refused != 0)
        fail_msg("%lld rows, %lld refused", (long long)cars_verdict.rows,
                 (long long)cars_verdict.refused);
    snprintf(path, sizeof path, "/tmp/tanlian-bill-%ld.xlsx", (long)getpid());
    save_as_book(path, bill, '.');
    assert_int_equal(
        tl_bill_import(f->s, &f->model, id, path, tl_viewer_program(), f->arena, &v, &f->err),
        TL_EINPUT);
    assert_int_equal(v.n_faults, 1);
    assert_non_null(strstr(v.faults[0].text, ":3: column 'material' (cell B3 of 'Sheet')"));
    save_as_book(path, HEADER "body,steel,300.5,Baosteel,scrap-eaf,0.25\n", '.');
    assert_int_equal(
        tl_bill_import(f->s, &f->model, id, path, tl_viewer_program(), f->arena, &v, &f->err),
        TL_OK);
    assert_true(v.mass_kg > 300.4 && v.mass_kg < 300.6);
    assert_int_equal(
        import_bill(f, id, HEADER "body,steel,300.5,Baosteel,scrap-eaf,0.25\n", &v, &f->err),
        TL_OK);
    assert_true(v.same);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_whole, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_wrong, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_workbook, car_setup, car_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

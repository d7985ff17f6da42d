/* test_vehicle_import.c - vehicle files into the database: the 7,679 cars of ADEME, ids, repeated
 * imports, and a verdict on every row. */
#include "footprint/tests/car_test.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "footprint/fleet.h"
#include "intake/vehicle_import.h"
#include "store/audit.h"

/* The columns that map ademe reads, and a car for them. */
#define ADEME_HEADER                                                                                  \
    "Marque;Libellé modèle;Groupe;Description Commerciale;Energie;Carrosserie;Gamme;Poids à vide;" \
    "Conso vitesse mixte Min;Conso vitesse mixte Max;Conso elec Min;Conso elec Max;Autonomie "        \
    "elec Min;Autonomie elec Max;CO2 vitesse mixte Min;CO2 vitesse mixte Max;Prix véhicule\n"
#define ADEME_CLIO                                                                                 \
    "RENAULT;CLIO;RENAULT;CLIO (90ch);ESSENCE;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;19000\n"
#define ADEME_ZOE                                                                                  \
    "RENAULT;ZOE;RENAULT;ZOE "                                                                     \
    "(80kW);ELECTRIC;BERLINE;INFERIEURE;1577;;;172;177;386;395;0;0;33000\n"

/* The columns that map open-ev reads. */
#define OPEN_EV_HEADER                                                                             \
    "path,make,model,year,trim,variant,body_style,curb_weight_kg,battery_gross_kwh,"               \
    "battery_net_kwh,chemistry,range_wltp_km,range_epa_km,range_cltc_km,range_nedc_km\n"
#define OPEN_EV_CAR(path, mass)                                                                    \
    path ",Audi,A6 e-tron,2024,Base,Sportback,sedan," mass ",100.0,94.9,li-ion,700,,,\n"

static void import_text(car_fixture *f, const char *label, const char *name, const char *text,
                        const char *map, tl_vehicle_verdict *v)
{
    tl_error err = { 0 };
    if (tl_vehicle_import_memory(f->s, name, text, strlen(text), map, tl_viewer_program(), NULL,
                                 f->arena, v, &err) != TL_OK)
        fail_msg("%s: %s", label, err.text);
}

static void expect_verdict(const char *label, const tl_vehicle_verdict *v, int64_t rows,
                           int64_t accepted, int64_t repeated, int64_t refused)
{
    if (v->rows != rows || v->accepted != accepted || v->repeated != repeated ||
        v->refused != refused)
        fail_msg("%s: %lld rows, %lld accepted, %lld repeated, %lld refused; want %lld %lld %lld "
                 "%lld (first: %s)",
                 label, (long long)v->rows, (long long)v->accepted, (long long)v->repeated,
                 (long long)v->refused, (long long)rows, (long long)accepted, (long long)repeated,
                 (long long)refused, v->refusal_count ? v->refusals[0].reason : "none");
}

/* Everything in the tables of cars and the head of the audit chain, as one hash. */
static void hash_database(car_fixture *f, char hex[TL_SHA256_HEX])
{
    tl_vehicle *list;
    size_t n;
    int64_t seq;
    tl_sha256 *h;
    assert_int_equal(tl_sha256_new(&h, NULL), TL_OK);
    assert_int_equal(tl_vehicle_list(f->s, tl_viewer_program(), f->arena, &list, &n, NULL), TL_OK);
    for (size_t i = 0; i < n; i++) {
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_buf_printf(&b, "%s|%s|%s|%lld|%.17g|%.17g|%.17g|%.17g", list[i].id, list[i].brand,
                      list[i].model, (long long)list[i].source_row, list[i].kerb_mass_kg,
                      list[i].fuel_high, list[i].electricity_high_wh_km, list[i].price);
        tl_sha256_add_field(h, tl_buf_text(&b));
        tl_buf_clear(&b);
    }
    assert_int_equal(tl_audit_head(f->s, &seq, hex, NULL), TL_OK);
    tl_sha256_add_field(h, hex);
    assert_int_equal(tl_sha256_final(h, hex, NULL), TL_OK);
    tl_sha256_free(h);
}

static const char *ademe_path(const car_fixture *f)
{
    return tl_arena_printf(f->arena, "%s/data/ademe-cars/ADEME-CarLabelling.csv", car_root());
}

/* ids -> place; fails on a repeated one. */
static tl_map *map_ids(const tl_vehicle *list, size_t n)
{
    tl_map *ids;
    assert_int_equal(tl_map_new(&ids, NULL), TL_OK);
    for (size_t i = 0; i < n; i++) {
        bool was;
        assert_int_equal(tl_map_add(ids, tl_span_of(list[i].id), i, NULL, &was, NULL), TL_OK);
        if (was)
            fail_msg("id %s twice", list[i].id);
    }
    return ids;
}

/* All rows in, 85 without a footprint, each with a reason; the same file again changes nothing. */
static void test_ademe(void **state)
{
    car_fixture *f = *state;
    char before[TL_SHA256_HEX], after[TL_SHA256_HEX];
    tl_vehicle_verdict v;
    tl_fleet fleet;
    size_t e85 = 0, cng = 0;
    if (tl_vehicle_import(f->s, ademe_path(f), "ademe", tl_viewer_program(), NULL, f->arena, &v,
                          &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    expect_verdict("first", &v, 7679, 7679, 0, 0);
    hash_database(f, before);
    if (tl_vehicle_import(f->s, ademe_path(f), "ademe", tl_viewer_program(), NULL, f->arena, &v,
                          &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_true(v.already);
    hash_database(f, after);
    assert_string_equal(before, after);
    if (tl_fleet_compute(&fleet, f->s, tl_viewer_program(), &f->model, NULL, f->arena, &f->err) !=
        TL_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(fleet.n_cars, 7679);
    assert_int_equal(fleet.computed, 7594);
    assert_int_equal(fleet.refused, 85);
    for (size_t i = 0; i < fleet.n_cars; i++)
        if (fleet.cars[i].refused) {
            e85 += strstr(fleet.cars[i].refused, "ethanol E85") != NULL;
            cng += strstr(fleet.cars[i].refused, "compressed natural gas") != NULL;
        } else if (!(fleet.cars[i].g_km > 100 && fleet.cars[i].g_km < 700)) {
            fail_msg("%s: %g g/km", fleet.cars[i].vehicle->id, fleet.cars[i].g_km);
        }
    assert_int_equal(e85, 83);
    assert_int_equal(cng, 2);
}

/* The file with one row more at its beginning: that row alone is new, and every car keeps its id.
 */
static void test_one_more(void **state)
{
    car_fixture *f = *state;
    tl_file_view file;
    tl_vehicle_verdict v;
    tl_vehicle *first, *second;
    size_t n, more;
    tl_buf b;
    assert_int_equal(tl_file_open(&file, ademe_path(f), 0, NULL), TL_OK);
    const char *end = memchr(file.data, '\n', file.size), *second_end;
    second_end = memchr(end + 1, '\n', file.size - (size_t)(end + 1 - file.data));
    tl_buf_init(&b, 0);
    tl_buf_add(&b, file.data, (size_t)(end + 1 - file.data));
    tl_buf_str(&b, "NOBODY");
    const char *separator = memchr(end + 1, ';', (size_t)(second_end - end));
    tl_buf_add(&b, separator, (size_t)(second_end + 1 - separator));
    tl_buf_add(&b, end + 1, file.size - (size_t)(end + 1 - file.data));
    tl_file_close(&file);

    if (tl_vehicle_import(f->s, ademe_path(f), "ademe", tl_viewer_program(), NULL, f->arena, &v,
                          &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(tl_vehicle_list(f->s, tl_viewer_program(), f->arena, &first, &n, NULL), TL_OK);
    assert_int_equal(tl_vehicle_import_memory(f->s, "more.csv", b.data, b.len, "ademe",
                                              tl_viewer_program(), NULL, f->arena, &v, &f->err),
                     TL_OK);
    expect_verdict("one more", &v, 7680, 1, 7679, 0);
    tl_buf_clear(&b);
    assert_int_equal(tl_vehicle_list(f->s, tl_viewer_program(), f->arena, &second, &more, NULL),
                     TL_OK);
    assert_int_equal(more, n + 1);
    tl_map *ids = map_ids(second, more);
    for (size_t i = 0; i < n; i++) {
        uint64_t at;
        if (!tl_map_find(ids, tl_span_of(first[i].id), &at) ||
            second[at].kerb_mass_kg != first[i].kerb_mass_kg)
            fail_msg("%s changed", first[i].id);
    }
    assert_string_equal(second[n].brand, "NOBODY");
    tl_map_free(ids);
}

#define TEN "燃料燃料燃料燃料燃料"

static const struct row_case {
    const char *label;
    const char *row; /* NULL ends */
    const char *words[4];
} row_cases[] = {
    { "text in a number",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;heavy;5,1;5,7;;;;;116;129;1\n",
      { "cars.csv:3", "Poids à vide", "not a number" } },
    { "overflow",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;1e400;5,1;5,7;;;;;116;129;1\n",
      { "cars.csv:3", "Poids à vide", "too large" } },
    { "not a number",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;nan;5,1;5,7;;;;;116;129;1\n",
      { "Poids à vide" } },
    { "endless",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;inf;5,1;5,7;;;;;116;129;1\n",
      { "Poids à vide" } },
    { "mass below 0",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;-1125;5,1;5,7;;;;;116;129;1\n",
      { "cars.csv:3", "Poids à vide", "outside 200 to 6000 kg" } },
    { "mass in tonnes",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;1,125;5,1;5,7;;;;;116;129;1\n",
      { "outside 200 to 6000 kg" } },
    { "no mass",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;;5,1;5,7;;;;;116;129;1\n",
      { "Poids à vide", "empty" } },
    { "full stop for comma",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;1125;5.1;5.7;;;;;116;129;1\n",
      { "Conso vitesse mixte Min", "not a number" } },
    { "no fuel use",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;1125;;;;;;;116;129;1\n",
      { "Conso vitesse mixte Max", "no fuel consumption", "gasoline" } },
    { "no electricity use",
      "R;C;R;C;ELECTRIC;BERLINE;INFERIEURE;1577;;;;;386;395;0;0;1\n",
      { "Conso elec Max", "no electricity consumption", "bev" } },
    { "unknown energy",
      "R;C;R;C;HYDROGENE;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;1\n",
      { "cars.csv:3", "Energie", "'HYDROGENE' is not known" } },
    { "unknown body",
      "R;C;R;C;ESSENCE;FUSEE;INFERIEURE;1125;5,1;5,7;;;;;116;129;1\n",
      { "Carrosserie", "FUSEE" } },
    { "no energy",
      "R;C;R;C;;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;1\n",
      { "Energie", "empty" } },
    { "no brand",
      ";C;R;C;ESSENCE;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;1\n",
      { "Marque", "empty" } },
    { "no model",
      "R; ;R;C;ESSENCE;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;1\n",
      { "Libellé modèle", "empty" } },
    { "too few cells", "R;C;R;C;ESSENCE\n", { "cars.csv:3", "5 cells" } },
    { "too many cells",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;1;9\n",
      { "cars.csv:3", "18 cells" } },
    { "bytes that are no text",
      "R;C\xff;R;C;ESSENCE;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;1;2;1\n",
      { "cars.csv:3" } },
    { "a price below 0",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;-1\n",
      { "Prix véhicule" } },
    { "a long Chinese word is not cut within a character", /* 300 bytes */
      "R;C;R;C;" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
      ";BERLINE;INFERIEURE;1125;5,1;5,7;;;;;116;129;1\n",
      { "cars.csv:3", "Energie", "is not known" } },
    { "a long word in a number",
      "R;C;R;C;ESSENCE;BERLINE;INFERIEURE;x" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
      ";5,1;5,7;;;;;116;129;1\n",
      { "cars.csv:3", "not a number" } },
    { "two fuels and no test",
      "R;C;R;C;ESS+G.P.L.;BERLINE;INFERIEURE;1125;5,1;5,7;;;;;;;1\n",
      { "Energie", "gas or gasoline" } },
};

/* One bad row between two good ones: those go in, it is told with file, row and column. */
static void test_rows(void **state)
{
    car_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(row_cases); i++) {
        const struct row_case *c = &row_cases[i];
        tl_vehicle_verdict v;
        char brand[16];
        /* another good row each time: the very same file would count as imported */
        snprintf(brand, sizeof brand, "BRAND %zu", i);
        char *text = tl_arena_printf(f->arena, "%s%s;%s%s%s", ADEME_HEADER, brand,
                                     strchr(ADEME_CLIO, ';') + 1, c->row, ADEME_ZOE);
        import_text(f, c->label, "cars.csv", text, "ademe", &v);
        expect_verdict(c->label, &v, 3, i == 0 ? 2 : 1, i == 0 ? 0 : 1, 1);
        assert_int_equal(v.refusal_count, 1);
        assert_int_equal(v.refusals[0].row, 3);
        for (const char *const *w = c->words; *w; w++)
            if (!strstr(v.refusals[0].reason, *w))
                fail_msg("%s: reason '%s' does not say '%s'", c->label, v.refusals[0].reason, *w);
    }
}

/* What the map makes of a car. */
static void test_values(void **state)
{
    car_fixture *f = *state;
    tl_vehicle_verdict v;
    tl_vehicle *list;
    size_t n;
    import_text(f, "ademe", "a.csv", ADEME_HEADER ADEME_CLIO ADEME_ZOE, "ademe", &v);
    import_text(f, "open-ev", "o.csv", OPEN_EV_HEADER OPEN_EV_CAR("src/a.json", "2200"), "open-ev",
                &v);
    assert_int_equal(tl_vehicle_list(f->s, tl_viewer_program(), f->arena, &list, &n, NULL), TL_OK);
    assert_int_equal(n, 3);
    assert_string_equal(list[0].powertrain, "gasoline");
    assert_string_equal(list[0].fuel, "gasoline");
    assert_string_equal(list[0].size_class, "subcompact");
    assert_string_equal(list[0].currency, "EUR");
    assert_true(list[0].kerb_mass_kg == 1125 && list[0].fuel_low == 5.1 &&
                list[0].fuel_high == 5.7 && isnan(list[0].electricity_low_wh_km));
    assert_int_equal(list[0].source_row, 2);
    assert_string_equal(list[1].powertrain, "bev");
    assert_null(list[1].fuel);
    assert_true(list[1].electricity_at_mains && list[1].electricity_low_wh_km == 172);
    assert_string_equal(list[2].powertrain, "bev");
    assert_string_equal(list[2].description, "Sportback Base");
    assert_null(list[2].size_class);
    assert_false(list[2].electricity_at_mains);
    /* 94.9 kWh in 700 km; the pack itself holds 100 kWh */
    expect_near("Wh/km", list[2].electricity_low_wh_km, 94.9 / 700 * 1000, 1e-12);
    assert_true(list[2].battery_kwh == 100 && list[2].year == 2024);
}

/* An id column: twice in a file is refused; the same car in a later file is there already; another
 * content under a known id is refused, never taken for the old one nor put in its place. */
static void test_id_column(void **state)
{
    car_fixture *f = *state;
    tl_vehicle_verdict v;
    tl_vehicle *list;
    size_t n;
    import_text(f, "twice", "1.csv",
                OPEN_EV_HEADER OPEN_EV_CAR("src/a.json", "2200") OPEN_EV_CAR("src/b.json", "2210")
                    OPEN_EV_CAR("src/a.json", "2300"),
                "open-ev", &v);
    expect_verdict("twice", &v, 3, 2, 0, 1);
    if (!strstr(v.refusals[0].reason, "1.csv:4: column 'path': repeats the id of row 2"))
        fail_msg("twice: %s", v.refusals[0].reason);
    import_text(f, "again", "again.csv",
                OPEN_EV_HEADER OPEN_EV_CAR("src/a.json", "2200") OPEN_EV_CAR("src/b.json", "2210")
                    OPEN_EV_CAR("src/a.json", "2300"),
                "open-ev", &v); /* the very same bytes: the verdict of then, refusals and all */
    expect_verdict("again", &v, 3, 2, 0, 1);
    if (!v.already || v.refusal_count != 1 || v.refusals[0].row != 4 ||
        !strstr(v.refusals[0].reason, "1.csv:4"))
        fail_msg("again: %zu refusals", v.refusal_count);
    import_text(f, "same", "2.csv",
                OPEN_EV_HEADER OPEN_EV_CAR("src/c.json", "2200") OPEN_EV_CAR("src/b.json", "2210"),
                "open-ev", &v);
    expect_verdict("same", &v, 2, 1, 1, 0);
    import_text(f, "changed", "3.csv",
                OPEN_EV_HEADER OPEN_EV_CAR("src/d.json", "2200") OPEN_EV_CAR("src/b.json", "2500"),
                "open-ev", &v);
    expect_verdict("changed", &v, 2, 1, 0, 1);
    if (!strstr(v.refusals[0].reason, "3.csv:3: column 'path'") ||
        !strstr(v.refusals[0].reason, "other values"))
        fail_msg("changed: %s", v.refusals[0].reason);
    assert_int_equal(tl_vehicle_list(f->s, tl_viewer_program(), f->arena, &list, &n, NULL), TL_OK);
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++)
        if (list[i].kerb_mass_kg > 2210)
            fail_msg("car %s weighs %g kg", list[i].id, list[i].kerb_mass_kg);
}

/* The cars of open-ev-data where that file lies beside the project, else five like them: none is
 * lost, each refusal names its place, and every car that is in has a footprint or a reason. */
static void test_open_ev(void **state)
{
    car_fixture *f = *state;
    tl_vehicle_verdict v;
    tl_fleet fleet;
    const char *path =
        tl_arena_printf(f->arena, "%s/../shared/data/open_ev_data/vehicles.csv", car_root());
    if (!tl_file_exists(path))
        path = tl_arena_printf(f->arena, "%s/tests/vehicle/ev.csv", car_root());
    if (tl_vehicle_import(f->s, path, "open-ev", tl_viewer_program(), NULL, f->arena, &v,
                          &f->err) != TL_OK)
        fail_msg("%s", f->err.text);
    print_message("%s: %lld rows, %lld accepted\n", path, (long long)v.rows, (long long)v.accepted);
    assert_int_equal(v.rows, v.accepted + v.refused);
    assert_int_equal(v.refused, v.refusal_count);
    assert_true(v.accepted >= 4 && v.refused >= 1);
    for (size_t i = 0; i < v.refusal_count; i++) {
        const char *place = tl_arena_printf(f->arena, "%s:%zu: ", path, v.refusals[i].row);
        if (strncmp(v.refusals[i].reason, place, strlen(place)) != 0)
            fail_msg("row %zu: %s", v.refusals[i].row, v.refusals[i].reason);
    }
    if (tl_fleet_compute(&fleet, f->s, tl_viewer_program(), &f->model, NULL, f->arena, &f->err) !=
        TL_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(fleet.computed + fleet.refused, v.accepted);
    for (size_t i = 0; i < fleet.n_cars; i++)
        if (!fleet.cars[i].refused && !(fleet.cars[i].g_km > 80 && fleet.cars[i].g_km < 400))
            fail_msg("%s: %g g/km", fleet.cars[i].vehicle->id, fleet.cars[i].g_km);
}

/* Rows that are alike to the last byte are cars of their own, in any order and file. */
static void test_alike(void **state)
{
    car_fixture *f = *state;
    tl_vehicle_verdict v;
    tl_vehicle *list;
    size_t n;
    import_text(f, "three", "1.csv", ADEME_HEADER ADEME_CLIO ADEME_CLIO ADEME_ZOE ADEME_CLIO,
                "ademe", &v);
    expect_verdict("three", &v, 4, 4, 0, 0);
    import_text(f, "two", "2.csv", ADEME_HEADER ADEME_ZOE ADEME_CLIO ADEME_CLIO, "ademe", &v);
    expect_verdict("two", &v, 3, 0, 3, 0);
    import_text(f, "four", "3.csv", ADEME_HEADER ADEME_CLIO ADEME_CLIO ADEME_CLIO ADEME_CLIO,
                "ademe", &v);
    expect_verdict("four", &v, 4, 1, 3, 0);
    assert_int_equal(tl_vehicle_list(f->s, tl_viewer_program(), f->arena, &list, &n, NULL), TL_OK);
    assert_int_equal(n, 5);
    tl_map_free(map_ids(list, n));
}

static const struct file_case {
    const char *label, *map, *text;
    tl_status want;
    const char *words[4];
} file_cases[] = {
    { "empty", "ademe", "", TL_EINPUT, { "f.csv", "empty" } },
    { "a mark alone", "ademe", "\xef\xbb\xbf", TL_EINPUT, { "f.csv" } },
    { "header alone", "ademe", ADEME_HEADER, TL_EINPUT, { "f.csv", "no rows below the header" } },
    { "no such map", "renault", ADEME_HEADER, TL_ENOTFOUND, { "renault", "ademe, open-ev" } },
    { "another map's file",
      "open-ev",
      ADEME_HEADER ADEME_CLIO,
      TL_EINPUT,
      { "f.csv:1", "no column 'path'" } },
    { "a column missing",
      "ademe",
      "Marque;Energie\nRENAULT;ESSENCE\n",
      TL_EINPUT,
      { "f.csv:1", "no column 'Groupe'" } },
    { "a column twice",
      "ademe",
      "Marque;Marque\nRENAULT;ESSENCE\n",
      TL_EINPUT,
      { "f.csv", "Marque" } },
    { "cut off in a cell's row",
      "ademe",
      ADEME_HEADER ADEME_CLIO "RENAULT;ZOE;RENAULT;ZOE (80kW);ELEC",
      TL_EINPUT,
      { "f.csv:3", "ends in the middle of a record" } },
    { "cut off in a quoted cell",
      "ademe",
      ADEME_HEADER ADEME_CLIO "RENAULT;\"ZO",
      TL_EINPUT,
      { "f.csv:3", "ends in the middle of a record" } },
    { "no good row",
      "ademe",
      ADEME_HEADER "R;C;R;C;COAL;BERLINE;INFERIEURE;1;5;5;;;;;1;1;1\n",
      TL_EINPUT,
      { "f.csv:2", "COAL", "nothing was imported" } },
    { "text of no kind", "ademe", "\x89PNG\r\n\x1a\n", TL_EINPUT, { "f.csv" } },
};

/* Files that change nothing. */
static void test_files(void **state)
{
    car_fixture *f = *state;
    char before[TL_SHA256_HEX], after[TL_SHA256_HEX];
    hash_database(f, before);
    for (size_t i = 0; i < TEST_COUNT(file_cases); i++) {
        const struct file_case *c = &file_cases[i];
        tl_vehicle_verdict v;
        tl_error err = { 0 };
        tl_status st = tl_vehicle_import_memory(f->s, "f.csv", c->text, strlen(c->text), c->map,
                                                tl_viewer_program(), NULL, f->arena, &v, &err);
        expect_error(c->label, st, c->want, &err, c->words);
        hash_database(f, after);
        assert_string_equal(before, after);
        assert_false(tl_store_in_transaction(f->s));
    }
}

/* Ways of writing the same two cars: byte-order mark, line ends, quotes, no last line end. */
static void test_shapes(void **state)
{
    car_fixture *f = *state;
    static const char plain[] = ADEME_HEADER ADEME_CLIO ADEME_ZOE;
    tl_vehicle_verdict v;
    tl_buf b;
    tl_buf_init(&b, 0);
    import_text(f, "plain", "1.csv", plain, "ademe", &v);
    expect_verdict("plain", &v, 2, 2, 0, 0);
    tl_buf_str(&b, "\xef\xbb\xbf");
    for (const char *p = plain; *p; p++) {
        if (*p == '\n')
            tl_buf_char(&b, '\r');
        tl_buf_char(&b, *p);
    }
    import_text(f, "mark and CRLF", "2.csv", b.data, "ademe", &v);
    expect_verdict("mark and CRLF", &v, 2, 0, 2, 0);
    tl_buf_reset(&b);
    tl_buf_add(&b, plain, strlen(plain) - 1);
    import_text(f, "no last line end", "3.csv", b.data, "ademe", &v);
    expect_verdict("no last line end", &v, 2, 0, 2, 0);
    tl_buf_reset(&b);
    tl_buf_add(&b, ADEME_HEADER, strlen(ADEME_HEADER));
    tl_buf_str(&b, "\"RENAULT\"");
    tl_buf_str(&b, strchr(ADEME_CLIO, ';'));
    import_text(f, "quotes", "4.csv", b.data, "ademe", &v);
    expect_verdict("quotes", &v, 1, 0, 1, 0);
    tl_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ademe, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_one_more, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_rows, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_values, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_id_column, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_open_ev, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_alike, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_files, car_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_shapes, car_setup, car_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

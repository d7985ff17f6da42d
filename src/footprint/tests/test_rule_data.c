/* test_rule_data.c - a fault in one cell of the rules and of the product system is found when they
 * are loaded, with file and line, and never becomes a number.
 *
 * Each case installs the bundled set once more as version 9999.1 with one text replaced. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "footprint/class_rule.h"
#include "footprint/tests/car_test.h"

static const struct fault_case {
    const char *label, *set, *file, *find, *put;
    const char *words[4];
} fault_cases[] = {
    { "class 12", "class-rule", "classes.csv", "\n5,1,", "\n12,1,", { "classes.csv:6", "class" } },
    { "class 0", "class-rule", "classes.csv", "\n1,0.2,", "\n0,0.2,", { "classes.csv:2" } },
    { "class 1.5", "class-rule", "classes.csv", "\n1,0.2,", "\n1.5,0.2,", { "classes.csv:2" } },
    { "class 1e10", "class-rule", "classes.csv", "\n1,0.2,", "\n1e10,0.2,", { "classes.csv:2" } },
    { "shares fall", "class-rule", "classes.csv", "\n2,0.4,", "\n2,0.1,", { "classes.csv:3" } },
    { "last share", "class-rule", "classes.csv", "\n5,1,", "\n5,0.9,", { "last share" } },
    { "no group",
      "class-rule",
      "rule.csv",
      "smallest_group,5",
      "smallest_group,0",
      { "smallest_group" } },
    { "endless group",
      "class-rule",
      "rule.csv",
      "smallest_group,5",
      "smallest_group,1e30",
      { "smallest_group" } },
    { "half a car",
      "class-rule",
      "rule.csv",
      "smallest_group,5",
      "smallest_group,4.5",
      { "smallest_group" } },
    { "unknown parameter",
      "car-rule",
      "parameters.csv",
      "tyre.count",
      "tyre.number",
      { "parameters.csv:", "tyre.number" } },
    { "parameter in words",
      "car-rule",
      "parameters.csv",
      "tyre.count,4",
      "tyre.count,four",
      { "parameters.csv:", "value" } },
    { "parameter out of bounds",
      "car-rule",
      "parameters.csv",
      "tyre.life_km,50000",
      "tyre.life_km,0",
      { "tyre.life_km" } },
    { "range out of bounds",
      "car-rule",
      "parameters.csv",
      "0.6,1,0.5,1,",
      "0.6,1,0,1,",
      { "steel.utilisation" } },
    { "negative mass",
      "car-rule",
      "composition.csv",
      "regular steel,1458",
      "regular steel,-1",
      { "composition.csv:2" } },
    { "unknown material",
      "car-rule",
      "composition.csv",
      "275,cast-iron",
      "275,pig-iron",
      { "composition.csv:6", "pig-iron" } },
    { "no utilisation rate",
      "car-rule",
      "materials.csv",
      "steel-recycled,steel.utilisation",
      "steel-recycled,tyre.count",
      { "materials.csv:2", "tyre.count" } },
    { "unknown activity",
      "car-rule",
      "materials.csv",
      "steel,steel,",
      "steel,stele,",
      { "stele" } },
    { "negative aluminium",
      "car-rule",
      "aluminium_by_size.csv",
      "compact,152",
      "compact,-152",
      { "aluminium_by_size.csv:4" } },
    { "battery of nothing",
      "car-rule",
      "battery_by_size.csv",
      "bev,compact,50.4",
      "bev,compact,0",
      { "battery_by_size.csv:8" } },
    { "stages in another order",
      "car-rule",
      "stages.csv",
      "\ndriving",
      "\ndrivink",
      { "stages.csv", "driving" } },
    { "process of no material",
      "car-rule",
      "processes.csv",
      "\nsteel,bf-bof",
      "\nstele,bf-bof",
      { "processes.csv:2", "stele" } },
    { "unknown input",
      "car-system",
      "exchanges.csv",
      "steel,crude-steel",
      "steel,crude-stele",
      { "exchanges.csv:2", "crude-stele" } },
    { "unit of another dimension",
      "car-system",
      "exchanges.csv",
      "electricity-smelter,15.6212,kWh",
      "electricity-smelter,15.6212,kg",
      { "exchanges.csv:7", "unit" } },
    { "number without source",
      "car-system",
      "exchanges.csv",
      "declared,our own declaration: ingot mass = part mass",
      "declared,",
      { "exchanges.csv:9", "source" } },
    { "unknown factor",
      "car-system",
      "emissions.csv",
      "materials/cast-iron-cn",
      "materials/cast-iron-xx",
      { "emissions.csv:", "cast-iron-xx" } },
    { "factor of another dimension",
      "car-system",
      "emissions.csv",
      "materials/cast-iron-cn",
      "electricity-footprint-cn/cn-2023-average",
      { "emissions.csv:", "cn-2023-average" } },
    { "unknown gas", "car-system", "emissions.csv", ",HFC-134a,", ",HFC-999,", { "HFC-999" } },
    { "no default",
      "car-system",
      "choices.csv",
      "steel-bf-bof,1,yes",
      "steel-bf-bof,1,no",
      { "steel.route" } },
    { "share in words",
      "car-system",
      "choices.csv",
      "steel-bf-bof,1,yes",
      "steel-bf-bof,all,yes",
      { "choices.csv:", "share" } },
    { "unknown supplier",
      "car-system",
      "choices.csv",
      "crude-steel,steel-bf-bof",
      "crude-steel,steel-bf",
      { "choices.csv:", "steel-bf" } },
    { "activity twice",
      "car-system",
      "activities.csv",
      "\ncast-iron,",
      "\ncrude-steel,",
      { "activities.csv", "crude-steel" } },
};

/* Text with the first `find` replaced; fails the test if it is not there. */
static void replace(const char *label, const tl_buf *text, const char *find, const char *put,
                    tl_buf *out)
{
    const char *at = strstr(text->data, find);
    if (!at)
        fail_msg("%s: '%s' is not in the file any more", label, find);
    tl_buf_init(out, 0);
    tl_buf_add(out, text->data, (size_t)(at - text->data));
    tl_buf_str(out, put);
    tl_buf_str(out, at + strlen(find));
}

static void read_text(const char *path, tl_buf *out)
{
    tl_file_view view;
    if (tl_file_open(&view, path, 0, NULL) != TL_OK)
        fail_msg("%s cannot be read", path);
    tl_buf_init(out, 0);
    tl_buf_add(out, view.data, view.size);
    tl_file_close(&view);
}

static void write_text(const char *folder, const char *name, const tl_buf *text)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(tl_file_write(path, text->data, text->len, NULL), TL_OK);
}

/* The set of the case in `folder`, sealed anew. */
static void write_set(const struct fault_case *c, const char *folder, tl_arena *arena)
{
    char from[400], before[TL_SHA256_HEX], after[TL_SHA256_HEX];
    tl_buf old, new, manifest, versioned, sealed;
    tl_dataset set;
    snprintf(from, sizeof from, "%s/data/%s", car_root(), c->set);
    assert_int_equal(tl_dataset_load(&set, from, arena, NULL), TL_OK);
    for (size_t i = 0; i < set.file_count; i++) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", from, set.files[i].path);
        read_text(path, &old);
        if (strcmp(set.files[i].path, c->file) == 0) {
            replace(c->label, &old, c->find, c->put, &new);
            assert_int_equal(tl_sha256_of(old.data, old.len, before, NULL), TL_OK);
            assert_int_equal(tl_sha256_of(new.data, new.len, after, NULL), TL_OK);
            write_text(folder, set.files[i].path, &new);
            tl_buf_clear(&new);
        } else {
            write_text(folder, set.files[i].path, &old);
        }
        tl_buf_clear(&old);
    }
    snprintf(from, sizeof from, "%s/data/%s/manifest.yaml", car_root(), c->set);
    read_text(from, &manifest);
    replace(c->label, &manifest, set.version, "9999.1", &versioned);
    replace(c->label, &versioned, before, after, &sealed);
    write_text(folder, "manifest.yaml", &sealed);
    tl_buf_clear(&manifest);
    tl_buf_clear(&versioned);
    tl_buf_clear(&sealed);
}

static tl_status load_all(car_fixture *f, tl_error *err)
{
    tl_car_model m;
    tl_class_rule classes;
    tl_status st = tl_car_model_open(&m, f->s, NULL, 0, f->arena, err);
    if (st == TL_OK)
        st = tl_class_rule_load(&classes, f->s, &m.pins, f->arena, err);
    tl_car_model_close(&m);
    return st;
}

static void remove_set(const char *folder, const tl_dataset *set)
{
    char path[600];
    for (size_t i = 0; i < set->file_count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, set->files[i].path);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/manifest.yaml", folder);
    unlink(path);
    rmdir(folder);
}

static void test_faults(void **state)
{
    car_fixture *f = *state;
    int failed = 0;
    for (size_t i = 0; i < TEST_COUNT(fault_cases); i++) {
        const struct fault_case *c = &fault_cases[i];
        char folder[] = "/tmp/tanlian-test-XXXXXX";
        tl_dataset set;
        bool already;
        tl_error err = { 0 };
        assert_non_null(mkdtemp(folder));
        write_set(c, folder, f->arena);
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        tl_status st = tl_dataset_install(f->s, folder, "test", f->arena, &set, &already, &err);
        if (st != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        st = load_all(f, &err);
        tl_store_rollback(f->s);
        remove_set(folder, &set);
        if (st == TL_OK) {
            print_error("%s: loaded all the same\n", c->label);
            failed++;
        }
        for (const char *const *w = c->words; st != TL_OK && *w; w++)
            if (!strstr(err.text, *w)) {
                print_error("%s: error '%s' does not say '%s'\n", c->label, err.text, *w);
                failed++;
            }
    }
    assert_int_equal(failed, 0);
    if (load_all(f, &f->err) != TL_OK)
        fail_msg("the bundled sets: %s", f->err.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_faults) };
    return cmocka_run_group_tests(tests, car_setup, car_teardown);
}

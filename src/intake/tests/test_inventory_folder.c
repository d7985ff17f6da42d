/* test_inventory_folder.c - a small folder against a hand calculation, everything that can be wrong
 * in it, and large files read by several threads. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "intake/inventory_folder.h"

static const char *const names[TL_INVENTORY_FILES] = { "activities.csv", "technosphere.csv",
                                                       "biosphere.csv", "characterisation.csv",
                                                       "demand.csv" };

/* 1000 kg of coil need 1100 kg of iron and 0.2 x 1000 + 0.5 x 1100 = 750 kWh. They emit
 * 0.1 x 1000 + 1.5 x 1100 = 1750 kg CO2 and 750 x (0.6 kg CO2 + 0.001 kg CH4 x 29.8) = 472.35 kg
 * CO2e: 2222.35 together. */
#define SMALL_ACTIVITIES                                                                           \
    "id,name,unit,location\ncoil,Steel coil,kg,CN\niron,\"Pig iron, liquid\",kg,CN\n"              \
    "power,电力,kWh,CN\n"
#define SMALL_BIOSPHERE                                                                            \
    "flow,col,amount\nco2,coil,0.1\nco2,iron,1.5\nco2,power,0.6\nch4,power,0.001\n"                \
    "heat,power,2\n"

static const char *const small[TL_INVENTORY_FILES] = {
    SMALL_ACTIVITIES,         "row,col,amount\niron,coil,1.1\npower,coil,0.2\npower,iron,0.5\n",
    SMALL_BIOSPHERE,          "flow,amount\nco2,1\nch4,29.8\n",
    "id,amount\ncoil,1000\n",
};

static tl_status read_texts(tl_inventory_folder *out, const char *const texts[TL_INVENTORY_FILES],
                            unsigned threads, tl_error *err)
{
    tl_csv *files[TL_INVENTORY_FILES] = { NULL };
    tl_status st = TL_OK;
    *out = (tl_inventory_folder){ 0 };
    for (size_t i = 0; i < TL_INVENTORY_FILES && st == TL_OK; i++)
        st = tl_csv_open_memory(&files[i], names[i], texts[i], strlen(texts[i]), NULL, err);
    if (st == TL_OK)
        st = tl_inventory_folder_read(out, files, threads, err);
    for (size_t i = 0; i < TL_INVENTORY_FILES; i++)
        tl_csv_close(files[i]);
    return st;
}

static double score_of(const tl_inventory_folder *f)
{
    tl_lca_solver *v = NULL;
    tl_lca_solution *x = NULL;
    tl_lca_score s = { 0 };
    tl_error err = { 0 };
    if (tl_lca_solver_new(&v, f->system, NULL, &err) != TL_OK ||
        tl_lca_solve(v, f->demand, f->demand_n, &x, &err) != TL_OK ||
        tl_lca_solution_score(v, x, f->category, &s, &err) != TL_OK)
        fail_msg("%s", err.text);
    tl_lca_solution_free(x);
    tl_lca_solver_free(v);
    return s.score;
}

static void test_small(void **state)
{
    (void)state;
    tl_inventory_folder f;
    tl_error err = { 0 };
    if (read_texts(&f, small, 1, &err) != TL_OK)
        fail_msg("%s", err.text);
    tl_lca_facts facts;
    tl_lca_system_facts(f.system, &facts);
    assert_int_equal(facts.activities, 3);
    assert_int_equal(facts.inputs, 3);
    assert_int_equal(facts.emissions, 5);
    assert_int_equal(facts.factors, 2);
    assert_int_equal(facts.unused_flows, 1);
    assert_int_equal(facts.uncertain, 0);
    tl_lca_name iron = tl_lca_activity_name(f.system, tl_lca_find_activity(f.system, "iron"));
    assert_string_equal(iron.name, "Pig iron, liquid");
    assert_string_equal(iron.unit, "kg");
    assert_string_equal(iron.location, "CN");
    assert_true(fabs(score_of(&f) - 2222.35) < 1e-9);
    tl_inventory_folder_clear(&f);
}

static const struct fault_case {
    const char *label;
    int file;
    const char *text;
    const char *want; /* error text; NULL: accepted */
} fault_cases[] = {
    { "no id column", TL_INVENTORY_ACTIVITIES, "ident,name\ncoil,x\n",
      "activities.csv:1: no column 'id'; the header has 'ident', 'name'" },
    { "no activity", TL_INVENTORY_ACTIVITIES, "id\n",
      "activities.csv:1: no rows, expected at least one activity" },
    { "nameless activity", TL_INVENTORY_ACTIVITIES, "id,name\n ,x\n",
      "activities.csv:2: column 'id': empty, expected the id of the activity" },
    { "activity twice", TL_INVENTORY_ACTIVITIES, "id\ncoil\niron\npower\niron\n",
      "activities.csv:5: column 'id': activity 'iron' is there twice, first in row 3" },
    { "only ids are needed", TL_INVENTORY_ACTIVITIES, "id\ncoil\niron\npower\n", NULL },
    { "no amount column", TL_INVENTORY_TECHNOSPHERE, "row,col,amuont\n",
      "technosphere.csv:1: no column 'amount'; the header has 'row', 'col', 'amuont'" },
    { "text in a number", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,coil,lots\n",
      "technosphere.csv:2: column 'amount': 'lots' is not a number" },
    { "overflow", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,coil,1e400\n",
      "technosphere.csv:2: column 'amount': '1e400' is too large for a number" },
    { "only a sign", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,coil,-\n",
      "technosphere.csv:2: column 'amount': '-' is not a number" },
    { "empty amount", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,coil,\n",
      "technosphere.csv:2: column 'amount': empty, expected a number" },
    { "unknown supplier", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,coil,1\nore,iron,1\n",
      "technosphere.csv:3: column 'row': no activity 'ore' in activities.csv" },
    { "unknown user", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,Coil,1\n",
      "technosphere.csv:2: column 'col': no activity 'Coil' in activities.csv" },
    { "no user", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,,1\n",
      "technosphere.csv:2: column 'col': empty, expected the id of an activity" },
    { "production of zero", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,iron,0\n",
      "technosphere.csv" },
    { "unknown distribution", TL_INVENTORY_TECHNOSPHERE,
      "row,col,amount,distribution\niron,coil,1,gamma\n",
      "technosphere.csv:2: column 'distribution': 'gamma', expected 0 to 5 or undefined, certain, "
      "lognormal, normal, uniform, triangular" },
    { "distribution by name", TL_INVENTORY_TECHNOSPHERE,
      "row,col,amount,distribution,scale\niron,coil,1,lognormal,0.1\niron,coil,1,,\n", NULL },
    { "no scale column", TL_INVENTORY_TECHNOSPHERE, "row,col,amount,distribution\niron,coil,1,2\n",
      "technosphere.csv:2: no column 'scale', which a lognormal amount needs" },
    { "empty scale", TL_INVENTORY_TECHNOSPHERE,
      "row,col,amount,distribution,scale\niron,coil,1,normal,\n",
      "technosphere.csv:2: column 'scale': empty, expected a number for a normal amount" },
    { "negative scale", TL_INVENTORY_TECHNOSPHERE,
      "row,col,amount,distribution,scale\niron,coil,1,3,-0.1\n",
      "technosphere.csv:2: column 'scale': -0.1 is negative, expected a standard deviation" },
    { "min above max", TL_INVENTORY_TECHNOSPHERE,
      "row,col,amount,distribution,min,max\niron,coil,1,4,3,2\n",
      "technosphere.csv:2: activity 'coil', input 'iron': " },
    { "lognormal of nothing", TL_INVENTORY_TECHNOSPHERE,
      "row,col,amount,distribution,scale\niron,coil,0,2,1\n",
      "technosphere.csv:2: activity 'coil', input 'iron': " },
    { "cut short", TL_INVENTORY_TECHNOSPHERE, "row,col,amount\niron,coil,1\niron,po",
      "technosphere.csv:3: 2 cells, expected 3 as in the header; the file ends within this row" },
    { "no flow", TL_INVENTORY_BIOSPHERE, "flow,col,amount\n,iron,1\n",
      "biosphere.csv:2: column 'flow': empty, expected the id of a flow" },
    { "unknown emitter", TL_INVENTORY_BIOSPHERE, "flow,col,amount\nco2,irn,1\n",
      "biosphere.csv:2: column 'col': no activity 'irn' in activities.csv" },
    { "flow characterised twice", TL_INVENTORY_CHARACTERISATION,
      "flow,amount\nco2,1\nch4,28\nco2,2\n",
      "characterisation.csv:4: column 'flow': flow 'co2' is there twice, first in row 2" },
    { "flow that nobody emits", TL_INVENTORY_CHARACTERISATION, "flow,amount\nsf6,25200\n", NULL },
    { "unknown product", TL_INVENTORY_DEMAND, "id,amount\nhouse,1\n",
      "demand.csv:2: column 'id': no activity 'house' in activities.csv" },
    { "no demand", TL_INVENTORY_DEMAND, "id,amount\n",
      "demand.csv:1: no rows, expected at least one product that is demanded" },
    { "empty file", TL_INVENTORY_DEMAND, "",
      "demand.csv: is empty, expected a header with column names" },
};

static void test_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fault_cases / sizeof *fault_cases; i++) {
        const struct fault_case *c = &fault_cases[i];
        const char *texts[TL_INVENTORY_FILES];
        tl_inventory_folder f;
        tl_error err = { 0 };
        memcpy(texts, small, sizeof texts);
        texts[c->file] = c->text;
        tl_status st = read_texts(&f, texts, 1, &err);
        bool as_wanted = c->want ? st == TL_EINPUT && !f.system &&
                                       strncmp(err.text, c->want, strlen(c->want)) == 0
                                 : st == TL_OK;
        if (!as_wanted)
            fail_msg("%s: status %d text '%s'", c->label, (int)st, err.text);
        tl_inventory_folder_clear(&f);
    }
}

enum { LARGE = 30000 };

/* A chain of LARGE activities, each using 0.5 of the one before and 0.25 of the one before that;
 * the line `spoiled` (0 = none) is replaced by a text. */
static void write_chain(tl_buf texts[TL_INVENTORY_FILES], int spoiled, const char *text)
{
    for (int i = 0; i < TL_INVENTORY_FILES; i++)
        tl_buf_init(&texts[i], 0);
    tl_buf_str(&texts[0], "id\n");
    tl_buf_str(&texts[1], "row,col,amount,distribution,loc,scale\n");
    tl_buf_str(&texts[2], "flow,col,amount\n");
    int line = 1;
    for (int i = 0; i < LARGE; i++) {
        tl_buf_printf(&texts[0], "a%d\n", i);
        for (int back = 1; back <= 2 && i >= back; back++) {
            if (++line == spoiled)
                tl_buf_str(&texts[1], text);
            else
                tl_buf_printf(&texts[1], "a%d,a%d,%s,2,,0.1\n", i - back, i,
                              back == 1 ? "0.5" : "0.25");
        }
        tl_buf_printf(&texts[2], "f%d,a%d,0.001\n", i % 100, i);
    }
    tl_buf_str(&texts[3], "flow,amount\nf7,1\nf8,2\n");
    tl_buf_printf(&texts[4], "id,amount\na%d,1\n", LARGE - 1);
}

static tl_status read_chain(int spoiled, const char *text, unsigned threads, double *score,
                            tl_error *err)
{
    tl_buf bufs[TL_INVENTORY_FILES];
    const char *texts[TL_INVENTORY_FILES];
    tl_inventory_folder f;
    write_chain(bufs, spoiled, text);
    for (int i = 0; i < TL_INVENTORY_FILES; i++)
        texts[i] = tl_buf_text(&bufs[i]);
    tl_status st = read_texts(&f, texts, threads, err);
    *score = st == TL_OK ? score_of(&f) : 0;
    tl_inventory_folder_clear(&f);
    for (int i = 0; i < TL_INVENTORY_FILES; i++)
        tl_buf_clear(&bufs[i]);
    return st;
}

/* The chain by hand: need[i] = 0.5 need[i+1] + 0.25 need[i+2]. */
static double chain_score(void)
{
    static double need[LARGE + 2];
    double sum = 0;
    need[LARGE - 1] = 1;
    for (int i = LARGE - 2; i >= 0; i--)
        need[i] = 0.5 * need[i + 1] + 0.25 * need[i + 2];
    for (int i = 0; i < LARGE; i++)
        sum += 0.001 * need[i] * (i % 100 == 7 ? 1 : i % 100 == 8 ? 2 : 0);
    return sum;
}

static const struct large_case {
    const char *label;
    int line;
    const char *text;
    const char *want; /* error; NULL: accepted */
} large_cases[] = {
    { "plain", 0, NULL, NULL },
    { "quotes", 30001, "\"a14999\",\"a15000\",0.5,2,,0.1\n", NULL },
    { "line end in quotes", 30000, "a14998,a15000,\"0.5\",2,\"\",0.1\n", NULL },
    { "fault in the middle", 40001, "a7,a8,x,,,\n",
      "technosphere.csv:40001: column 'amount': 'x' is not a number" },
    { "fault that the engine finds", 50001, "a7,a8,0,2,,0.1\n",
      "technosphere.csv:50001: activity 'a8', input 'a7': " },
    { "fault in the last part", 59998, "nobody,a8,1,,,\n",
      "technosphere.csv:59998: column 'row': no activity 'nobody' in activities.csv" },
    { "too few cells", 45000, "a7,a8\n",
      "technosphere.csv:45000: 2 cells, expected 6 as in the header" },
};

static void test_large(void **state)
{
    (void)state;
    double plain = chain_score();
    for (size_t i = 0; i < sizeof large_cases / sizeof *large_cases; i++)
        for (unsigned threads = 1; threads <= 4; threads += 3) {
            const struct large_case *c = &large_cases[i];
            tl_error err = { 0 };
            double score;
            tl_status st = read_chain(c->line, c->text, threads, &score, &err);
            bool as_wanted =
                c->want ? st == TL_EINPUT && strncmp(err.text, c->want, strlen(c->want)) == 0
                        : st == TL_OK;
            if (as_wanted && !c->want && c->line == 0)
                as_wanted = fabs(score - plain) < 1e-12;
            if (!as_wanted)
                fail_msg("%s, %u threads: status %d score %.17g text '%s'", c->label, threads,
                         (int)st, score, err.text);
        }
}

static void test_load(void **state)
{
    (void)state;
    char folder[] = "/tmp/tl_inventory_XXXXXX", path[200];
    tl_inventory_folder f;
    tl_error err = { 0 };
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < TL_INVENTORY_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(tl_inventory_folder_load(&f, folder, 1, &err), TL_EINPUT);
        assert_non_null(strstr(err.text, names[i]));
        assert_int_equal(tl_file_write(path, small[i], strlen(small[i]), &err), TL_OK);
    }
    if (tl_inventory_folder_load(&f, folder, 1, &err) != TL_OK)
        fail_msg("%s", err.text);
    assert_true(fabs(score_of(&f) - 2222.35) < 1e-9);
    tl_inventory_folder_clear(&f);
    assert_int_equal(tl_inventory_folder_load(&f, path, 1, &err), TL_EINPUT);
    for (int i = 0; i < TL_INVENTORY_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    assert_int_equal(tl_inventory_folder_load(&f, folder, 1, &err), TL_ENOTFOUND);
    assert_null(f.system);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

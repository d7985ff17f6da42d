/* inventory_bench.c - from an inventory folder on disk to the first score, for systems of 2,500 to
 * 40,000 activities.
 *
 * usage: bench_inventory [MOST]
 *
 * Three tenths of the activities form one loop; each has 11 inputs and 2.5 emissions, all
 * lognormal. The aim is 50 ms at 20,000 activities, and time in proportion to the size. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "base/random.h"
#include "intake/inventory_folder.h"

enum { INPUTS = 11, FLOWS = 1500, ROUNDS = 7 };

static const char *const names[TL_INVENTORY_FILES] = { "activities.csv", "technosphere.csv",
                                                       "biosphere.csv", "characterisation.csv",
                                                       "demand.csv" };

static void put_amount(tl_buf *b, double amount, double sigma)
{
    tl_buf_char(b, ',');
    tl_buf_number(b, amount);
    tl_buf_str(b, ",2,");
    tl_buf_number(b, log(amount));
    tl_buf_char(b, ',');
    tl_buf_number(b, sigma);
    tl_buf_str(b, ",,\n");
}

static void make_texts(tl_buf out[TL_INVENTORY_FILES], size_t n)
{
    tl_random r = tl_random_seed(5);
    size_t loop = n * 3 / 10;
    for (int i = 0; i < TL_INVENTORY_FILES; i++)
        tl_buf_init(&out[i], 0);
    tl_buf_str(&out[0], "id,name,unit,location\n");
    tl_buf_str(&out[1], "row,col,amount,distribution,loc,scale,min,max\n");
    tl_buf_str(&out[2], "flow,col,amount,distribution,loc,scale,min,max\n");
    tl_buf_str(&out[3], "flow,amount\n");
    for (size_t j = 0; j < n; j++) {
        tl_buf_printf(&out[0], "a%05zu,Activity number %zu,kg,CN\n", j, j);
        for (int k = 0; k < INPUTS && j > 0; k++) {
            size_t row = (size_t)tl_random_below(&r, j < loop ? loop : j);
            double u = tl_random_unit(&r);
            if (row == j)
                continue;
            tl_buf_printf(&out[1], "a%05zu,a%05zu", row, j);
            put_amount(&out[1], 1e-6 + 0.12 * u * u * u, 0.05 + 0.3 * tl_random_unit(&r));
        }
    }
    for (size_t i = 0; i < n * 5 / 2; i++) {
        tl_buf_printf(&out[2], "f%04u,a%05u", (unsigned)tl_random_below(&r, FLOWS),
                      (unsigned)(i < n ? i : tl_random_below(&r, n)));
        put_amount(&out[2], 1e-6 + tl_random_unit(&r), 0.1);
    }
    for (int i = 0; i < FLOWS / 3; i++)
        tl_buf_printf(&out[3], "f%04d,%d\n", i, i % 30 + 1);
    tl_buf_printf(&out[4], "id,amount\na%05zu,1\n", n - 1);
}

static tl_status make_folder(const char *folder, size_t n, size_t *bytes, tl_error *err)
{
    tl_buf texts[TL_INVENTORY_FILES];
    tl_status st = TL_OK;
    make_texts(texts, n);
    *bytes = 0;
    for (int i = 0; i < TL_INVENTORY_FILES; i++) {
        char path[300];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (st == TL_OK)
            st = tl_buf_status(&texts[i], err);
        if (st == TL_OK)
            st = tl_file_write(path, texts[i].data, texts[i].len, err);
        *bytes += texts[i].len;
        tl_buf_clear(&texts[i]);
    }
    return st;
}

struct timing {
    double load_s, all_s, score;
};

static tl_status run_once(const char *folder, unsigned threads, struct timing *t, tl_error *err)
{
    tl_inventory_folder in;
    tl_lca_solver *v = NULL;
    tl_lca_solution *x = NULL;
    tl_lca_score score = { 0 };
    double start = tl_clock_s();
    tl_status st = tl_inventory_folder_load(&in, folder, threads, err);
    t->load_s = tl_clock_s() - start;
    if (st == TL_OK)
        st = tl_lca_solver_new(&v, in.system, NULL, err);
    if (st == TL_OK)
        st = tl_lca_solve(v, in.demand, in.demand_n, &x, err);
    if (st == TL_OK)
        st = tl_lca_solution_score(v, x, in.category, &score, err);
    t->all_s = tl_clock_s() - start;
    t->score = score.score;
    tl_lca_solution_free(x);
    tl_lca_solver_free(v);
    tl_inventory_folder_clear(&in);
    return st;
}

static tl_status measure(const char *folder, size_t n, tl_error *err)
{
    size_t bytes;
    tl_status st = make_folder(folder, n, &bytes, err);
    for (unsigned threads = 1; threads <= 2 && st == TL_OK; threads++) {
        struct timing first = { 0 }, best = { .load_s = 1e9, .all_s = 1e9 }, t;
        for (int i = 0; i < ROUNDS && st == TL_OK; i++) {
            st = run_once(folder, threads, &t, err);
            if (i == 0)
                first = t;
            best.load_s = fmin(best.load_s, t.load_s);
            best.all_s = fmin(best.all_s, t.all_s);
        }
        printf("%6zu activities, %5.1f MB, %u thread%s: load %6.1f ms, with score %6.1f ms "
               "(first time %6.1f ms)\n",
               n, (double)bytes / 1e6, threads, threads > 1 ? "s" : " ", best.load_s * 1e3,
               best.all_s * 1e3, first.all_s * 1e3);
    }
    return st;
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/tl_bench_inventory_XXXXXX", path[300];
    tl_error err = { 0 };
    int64_t most = 40000;
    if ((argc > 1 && tl_int_parse(argv[1], 2500, 99999, &most, &err) != TL_OK) || !mkdtemp(folder))
        return 2;
    tl_status st = TL_OK;
    for (size_t n = 2500; n <= (size_t)most && st == TL_OK; n *= 2)
        st = measure(folder, n, &err);
    for (int i = 0; i < TL_INVENTORY_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    if (st != TL_OK)
        fprintf(stderr, "%s\n", err.text);
    return st == TL_OK ? 0 : 1;
}

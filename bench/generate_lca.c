/* generate_lca.c - see generate_lca.h. */
#include "generate_lca.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/random.h"

enum { FLOWS = 500, CHARACTERISED = 300, EMISSIONS = 4 };

void bench_check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "%s\n", err->text);
    exit(1);
}

static bool characterised(size_t flow)
{
    return flow < CHARACTERISED;
}

static double factor_of(size_t flow)
{
    return 1 + (double)(flow * 37 % 265);
}

/* Supplier of an input of j: later than j outside the loop; inside it, nine in ten from the loop.
 */
static size_t choose_supplier(const bench_shape *h, tl_random *r, size_t j)
{
    size_t from = h->n / 5, to = from + h->n * 3 / 10;
    if (j < from || j >= to)
        return j + 1 + tl_random_below(r, h->n - j - 1);
    if (tl_random_below(r, 16) == 0)
        return to + tl_random_below(r, h->n - to);
    size_t i = from + tl_random_below(r, to - from - 1);
    return i < j ? i : i + 1;
}

static double draw_sigma(const bench_shape *h, tl_random *r)
{
    return h->sigma * (0.2 + 0.8 * tl_random_unit(r));
}

/* Values of an activity's unit are such that its inputs carry the chosen burden. */
static void make_inputs(bench_system *g, tl_random *r, const double *unit, size_t j)
{
    size_t n = 9 + tl_random_below(r, 5);
    double burden = g->shape.burden * (0.4 + 0.6 * tl_random_unit(r)), sum = 0;
    bench_entry *first = g->inputs + g->n_inputs;
    if (j + 1 >= g->shape.n)
        return;
    for (size_t k = 0; k < n; k++) {
        size_t i = choose_supplier(&g->shape, r, j);
        double weight = exp(1.5 * tl_random_normal(r));
        sum += weight;
        g->inputs[g->n_inputs++] =
            (bench_entry){ (uint32_t)j, (uint32_t)i, weight, draw_sigma(&g->shape, r) };
    }
    for (size_t k = 0; k < n; k++)
        first[k].amount *= burden / sum * unit[j] / unit[first[k].row];
}

static void make_emissions(bench_system *g, tl_random *r, const double *unit, size_t j)
{
    for (size_t k = 0; k < EMISSIONS; k++) {
        size_t flow = tl_random_below(r, FLOWS);
        double amount = unit[j] * tl_random_unit(r) / factor_of(flow);
        g->emissions[g->n_emissions++] =
            (bench_entry){ (uint32_t)j, (uint32_t)flow, amount, draw_sigma(&g->shape, r) };
    }
}

bench_system bench_generate(const bench_shape *shape)
{
    tl_random r = tl_random_seed(shape->seed);
    bench_system g = { .shape = *shape, .flows = FLOWS };
    double *unit = tl_new_array(shape->n, sizeof *unit);
    g.inputs = tl_new_array(shape->n * 14, sizeof *g.inputs);
    g.emissions = tl_new_array(shape->n * EMISSIONS, sizeof *g.emissions);
    if (!unit || !g.inputs || !g.emissions) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    for (size_t j = 0; j < shape->n; j++)
        unit[j] = pow(10, 12 * tl_random_unit(&r) - 6);
    for (size_t j = 0; j < shape->n; j++) {
        make_inputs(&g, &r, unit, j);
        make_emissions(&g, &r, unit, j);
    }
    free(unit);
    return g;
}

void bench_clear(bench_system *g)
{
    free(g->inputs);
    free(g->emissions);
    *g = (bench_system){ 0 };
}

tl_lca_system *bench_build(const bench_system *g)
{
    tl_lca_builder *b;
    tl_lca_system *s;
    tl_error err = { 0 };
    char id[32];
    bench_check(tl_lca_builder_new(&b, &err), &err);
    bench_check(tl_lca_add_category(b, &(tl_lca_name){ .id = "score" }, NULL, &err), &err);
    for (size_t j = 0; j < g->shape.n; j++) {
        snprintf(id, sizeof id, "a%zu", j);
        bench_check(tl_lca_add_activity(b, &(tl_lca_name){ .id = id, .unit = "kg" }, NULL, &err),
                    &err);
    }
    for (size_t k = 0; k < g->flows; k++) {
        snprintf(id, sizeof id, "f%zu", k);
        bench_check(tl_lca_add_flow(b, &(tl_lca_name){ .id = id }, NULL, &err), &err);
        if (characterised(k))
            bench_check(tl_lca_add_factor(b, 0, k, factor_of(k), &err), &err);
    }
    for (size_t i = 0; i < g->n_inputs; i++) {
        const bench_entry *e = &g->inputs[i];
        tl_lca_uncertainty u = { e->sigma > 0 ? TL_LCA_LOGNORMAL : 0, NAN, e->sigma, 0, 0 };
        bench_check(tl_lca_add_input(b, e->column, e->row, e->amount, &u, &err), &err);
    }
    for (size_t i = 0; i < g->n_emissions; i++) {
        const bench_entry *e = &g->emissions[i];
        tl_lca_uncertainty u = { e->sigma > 0 ? TL_LCA_LOGNORMAL : 0, NAN, e->sigma, 0, 0 };
        bench_check(tl_lca_add_emission(b, e->column, e->row, e->amount, &u, &err), &err);
    }
    bench_check(tl_lca_builder_finish(b, &s, &err), &err);
    tl_lca_builder_free(b);
    return s;
}

/* ---- inventory folder -------------------------------------------------------------------- */

static FILE *create(const char *path, const char *name, const char *header)
{
    char file[1024];
    snprintf(file, sizeof file, "%s/%s", path, name);
    FILE *f = fopen(file, "we");
    if (!f || fputs(header, f) < 0) {
        fprintf(stderr, "%s: %s\n", file, strerror(errno));
        exit(1);
    }
    return f;
}

static void finish(FILE *f, const char *name)
{
    if (fclose(f) != 0) {
        fprintf(stderr, "%s: %s\n", name, strerror(errno));
        exit(1);
    }
}

static void write_entries(const char *path, const char *name, const char *header, char row_letter,
                          const bench_entry *entries, size_t n)
{
    FILE *f = create(path, name, header);
    for (size_t i = 0; i < n; i++) {
        const bench_entry *e = &entries[i];
        char amount[TL_NUMBER_MAX], loc[TL_NUMBER_MAX], scale[TL_NUMBER_MAX];
        tl_number_format(e->amount, amount);
        tl_number_format(log(e->amount), loc);
        tl_number_format(e->sigma, scale);
        fprintf(f, "%c%u,a%u,%s,", row_letter, e->row, e->column, amount);
        if (e->sigma > 0)
            fprintf(f, "2,%s,%s,,\n", loc, scale);
        else
            fputs(",,,,\n", f);
    }
    finish(f, name);
}

void bench_write_folder(const bench_system *g, const char *path)
{
    char number[TL_NUMBER_MAX];
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        exit(1);
    }
    FILE *f = create(path, "activities.csv", "id,name,unit,location\n");
    for (size_t j = 0; j < g->shape.n; j++)
        fprintf(f, "a%zu,activity %zu,kg,GLO\n", j, j);
    finish(f, "activities.csv");
    write_entries(path, "technosphere.csv", "row,col,amount,distribution,loc,scale,min,max\n", 'a',
                  g->inputs, g->n_inputs);
    write_entries(path, "biosphere.csv", "flow,col,amount,distribution,loc,scale,min,max\n", 'f',
                  g->emissions, g->n_emissions);
    f = create(path, "characterisation.csv", "flow,amount\n");
    for (size_t k = 0; k < g->flows; k++)
        if (characterised(k)) {
            tl_number_format(factor_of(k), number);
            fprintf(f, "f%zu,%s\n", k, number);
        }
    finish(f, "characterisation.csv");
    f = create(path, "demand.csv", "id,amount\na0,1\n");
    finish(f, "demand.csv");
}

/* edition_bench.c - results of many companies by indicator into a database, and an edition out.
 *
 * usage: bench_edition [DATA_FOLDER]
 *
 * Each company has an answer with one piece of evidence to each of the 51 indicators of cati-auto.
 * Aim: 10,000 companies read and ranked from a warm database in 50 ms; the rank is one sort by
 * total here. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/random.h"
#include "rating/scorecard.h"

enum { RUNS = 9, SIZES = 3, PER_COMMIT = 500 };

static const size_t sizes[SIZES] = { 1000, 5000, 10000 };
static char folder[64] = "/tmp/tanlian-bench-XXXXXX";

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_edition: %s\n", err->text);
    exit(1);
}

static void install(tl_store *s, const char *data, tl_arena *arena)
{
    tl_error err = { 0 };
    tl_dataset set;
    bool already;
    check(tl_store_begin(s, &err), &err);
    check(tl_dataset_install(s, tl_path_join(arena, data, "indices/cati-auto"), "bench", arena,
                             &set, &already, &err),
          &err);
    check(tl_store_commit(s, &err), &err);
}

/* One company and its result: points are steps at random. */
static void add(tl_store *s, const tl_index *x, size_t i, tl_random *random, tl_arena *arena)
{
    static const tl_evidence report = { .document = "Report", .page = "12" };
    tl_error err = { 0 };
    tl_company_change change;
    bool same;
    tl_answer *answers = tl_arena_alloc(arena, x->n_slots, sizeof *answers);
    const char *id = tl_arena_printf(arena, "company-%05zu", i);
    const char *name = tl_arena_printf(arena, "Company %05zu", i);
    const tl_company c = { .id = id, .name_en = name, .industry = "automobile", .source = "bench" };
    for (size_t k = 0; k < x->n_slots; k++) {
        const tl_index_item *item = &x->items[x->slot_items[k]];
        uint64_t steps = (uint64_t)(item->max / item->step) + 1;
        answers[k] = (tl_answer){ .slot = item->code,
                                  .points = item->step * (tl_points)tl_random_below(random, steps),
                                  .evidence = &report,
                                  .n_evidence = 1 };
    }
    const tl_assessment a = { .key = { id, x->id, x->version, "2024", TL_LEVEL_INDICATOR },
                              .industry = "automobile",
                              .origin = "bench",
                              .published_on = "2024-10-01",
                              .stated_total = TL_SLOT_NOT_ASKED,
                              .answers = answers,
                              .n_answers = x->n_slots };
    check(tl_company_put(s, &c, "bench", &change, &err), &err);
    check(tl_assessment_take_over(s, x, &a, "bench", &same, &err), &err);
}

static void fill(tl_store *s, const tl_index *x, size_t from, size_t to)
{
    tl_random random = tl_random_seed(from + 1);
    tl_error err = { 0 };
    tl_arena *arena;
    check(tl_arena_new(&arena, 0, &err), &err);
    for (size_t i = from; i < to; i++) {
        if (i % PER_COMMIT == 0 || i == from)
            check(tl_store_begin(s, &err), &err);
        add(s, x, i, &random, arena);
        tl_arena_reset(arena);
        if (i % PER_COMMIT == PER_COMMIT - 1 || i + 1 == to)
            check(tl_store_commit(s, &err), &err);
    }
    tl_arena_free(arena);
}

static int by_total(const void *a, const void *b)
{
    tl_total x = (*(const tl_scorecard *const *)a)->score.total;
    tl_total y = (*(const tl_scorecard *const *)b)->score.total;
    return (x < y) - (x > y);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Median of reading an edition, and of reading and sorting it. */
static void measure(tl_store *s, const tl_index *x, size_t n, double fill_s)
{
    double read_s[RUNS], rank_s[RUNS];
    tl_error err = { 0 };
    tl_arena *arena;
    size_t used = 0;
    check(tl_arena_new(&arena, 0, &err), &err);
    for (size_t run = 0; run < RUNS; run++) {
        tl_edition e;
        double start = tl_clock_s();
        tl_arena_reset(arena);
        check(tl_edition_read(s, x, "2024", arena, &e, &err), &err);
        read_s[run] = tl_clock_s() - start;
        const tl_scorecard **order = tl_arena_alloc(arena, e.n, sizeof(const tl_scorecard *));
        for (size_t i = 0; order && i < e.n; i++)
            order[i] = &e.cards[i];
        if (!order || e.n != n)
            exit(1);
        qsort(order, e.n, sizeof(const tl_scorecard *), by_total);
        rank_s[run] = tl_clock_s() - start;
        used = tl_arena_used_bytes(arena);
    }
    qsort(read_s, RUNS, sizeof *read_s, by_value);
    qsort(rank_s, RUNS, sizeof *rank_s, by_value);
    printf("%6zu companies: read %6.1f ms, read and sorted %6.1f ms (median of %d), %.1f MB; "
           "written in %.1f s\n",
           n, read_s[RUNS / 2] * 1e3, rank_s[RUNS / 2] * 1e3, RUNS, (double)used / 1e6, fill_s);
    tl_arena_free(arena);
}

int main(int argc, char **argv)
{
    tl_error err = { 0 };
    tl_arena *arena;
    tl_store *s;
    tl_index x;
    size_t done = 0;
    char path[96];
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/edition.db", folder);
    check(tl_arena_new(&arena, 0, &err), &err);
    check(tl_store_open(&s, path, NULL, &err), &err);
    install(s, argc > 1 ? argv[1] : TL_DATA, arena);
    check(tl_index_open(s, "cati-auto", arena, &x, &err), &err);
    for (size_t i = 0; i < SIZES; i++) {
        double start = tl_clock_s();
        fill(s, &x, done, sizes[i]);
        done = sizes[i];
        measure(s, &x, done, tl_clock_s() - start);
    }
    tl_store_close(s);
    tl_arena_free(arena);
    static const char *const ends[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s/edition.db%s", folder, ends[i]);
        unlink(path);
    }
    return rmdir(folder);
}

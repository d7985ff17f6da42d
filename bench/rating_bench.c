/* rating_bench.c - a league table out of a database, and the views over it, over sizes.
 *
 * usage: bench_rating [DATA_FOLDER]
 *
 * N companies with a published result at indicator level under the automobile index that ships (51
 * indicators and a parallel one), from a fixed seed. Aim: 10,000 companies read, scored and ranked
 * in 50 ms. The reference is SQLite handing out the very same rows, which are only looked at: what
 * is above it is ours. An edition is read from the counted sheets, so the sheets are written by the
 * queries that write them; what taking over a result with all its answers and evidence costs is
 * timed apart. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/random.h"
#include "company/company.h"
#include "rating/gap.h"
#include "rating/statistics.h"

enum { RUNS = 7, SIZES = 3, TAKEN = 500, WHATIF_MOST = 10000 };

static const size_t sizes[SIZES] = { 1000, 10000, 50000 };
static char folder[64] = "/tmp/tanlian-bench-XXXXXX";

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_rating: %s\n", err->text);
    exit(1);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_value);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static void remove_database(void)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    char path[96];
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        snprintf(path, sizeof path, "%s/rating.db%s", folder, tails[i]);
        unlink(path);
    }
}

static tl_store *fresh(const char *data, tl_arena *arena, tl_index *x)
{
    char path[96];
    tl_error err = { 0 };
    tl_store *s;
    tl_dataset set;
    bool already;
    remove_database();
    snprintf(path, sizeof path, "%s/rating.db", folder);
    check(tl_store_open(&s, path, NULL, &err), &err);
    check(tl_store_begin(s, &err), &err);
    check(tl_dataset_install(s, tl_path_join(arena, data, "indices/cati-auto"), "bench", arena,
                             &set, &already, &err),
          &err);
    check(tl_store_commit(s, &err), &err);
    check(tl_index_open(s, "cati-auto", arena, x, &err), &err);
    return s;
}

static void put_company(tl_store *s, tl_random *r, size_t i, char id[32])
{
    static const char *const regions[] = { "chinese", "european", "american", "japanese-korean",
                                           "other" };
    char name[48];
    tl_error err = { 0 };
    tl_company_change change;
    snprintf(id, 32, "company-%06zu", i);
    snprintf(name, sizeof name, "Company %06zu", i * 48271 % 999983);
    const tl_company c = { .id = id,
                           .name_en = name,
                           .name_zh = "",
                           .country = "CN",
                           .region_group = regions[tl_random_below(r, 5)],
                           .listed = "yes",
                           .product_type = "nev",
                           .industry = "automobile",
                           .parent = "",
                           .inclusion = "",
                           .source = "bench",
                           .note = "" };
    check(tl_company_put(s, &c, "bench", &change, &err), &err);
}

/* Half of all answers are 0, as in the published table; the others any step up to the maximum. */
static void draw_sheet(const tl_index *x, tl_random *r, tl_points *sheet)
{
    for (size_t k = 0; k < x->n_slots; k++) {
        const tl_index_item *item = &x->items[x->slot_items[k]];
        const uint64_t steps = (uint64_t)(item->max / item->step) + 1;
        sheet[k] = tl_random_below(r, 2) ? 0 : (tl_points)tl_random_below(r, steps) * item->step;
    }
}

static int64_t insert_assessment(tl_store *s, const tl_index *x, const char *company)
{
    tl_error err = { 0 };
    tl_query *q;
    bool row;
    check(tl_store_query(s, "assessment.insert", &q, &err), &err);
    tl_query_text(q, 1, company);
    tl_query_text(q, 2, x->id);
    tl_query_text(q, 3, x->version);
    tl_query_text(q, 4, "2024");
    tl_query_text(q, 5, "indicator");
    check(tl_query_step(q, &row, &err), &err);
    const int64_t id = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return id;
}

/* One published version with its sheet, 32-bit little-endian, as assessment_write.c keeps it. */
static void put_sheet(tl_store *s, const tl_index *x, const char *company, const tl_points *sheet)
{
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    static const char *const texts[] = { "taken-over", "automobile", NULL, "2024-07-31",
                                         "bench",      "bench",      "" };
    unsigned char blob[4 * TL_INDEX_ITEMS_MAX];
    tl_error err = { 0 };
    tl_query *q;
    const int64_t id = insert_assessment(s, x, company);
    for (size_t i = 0; i < 4 * x->n_slots; i++)
        blob[i] = (unsigned char)((uint32_t)sheet[i / 4] >> (8 * (i % 4)));
    check(tl_store_query(s, "assessment_version.insert", &q, &err), &err);
    tl_query_int(q, 1, id);
    tl_query_int(q, 2, 1);
    for (int i = 0; i < 7; i++)
        if (texts[i])
            tl_query_text(q, i + 3, texts[i]);
    tl_query_int(q, 5, 3000);
    tl_query_null(q, 10);
    tl_query_int(q, 11, 0);
    tl_query_int(q, 12, 0);
    tl_query_text(q, 13, zeros);
    tl_query_blob(q, 14, blob, 4 * x->n_slots);
    tl_query_null(q, 15);
    check(tl_query_run(q, &err), &err);
    check(tl_store_query(s, "assessment_version.step", &q, &err), &err);
    tl_query_int(q, 1, id);
    tl_query_int(q, 2, 1);
    tl_query_text(q, 3, "published");
    tl_query_text(q, 4, "");
    tl_query_text(q, 5, "");
    tl_query_text(q, 6, "2024-10-01");
    check(tl_query_run(q, &err), &err);
}

static void fill(tl_store *s, const tl_index *x, size_t n)
{
    tl_random r = tl_random_seed(51);
    tl_points sheet[TL_INDEX_ITEMS_MAX];
    tl_error err = { 0 };
    char id[32];
    check(tl_store_begin(s, &err), &err);
    for (size_t i = 0; i < n; i++) {
        put_company(s, &r, i, id);
        draw_sheet(x, &r, sheet);
        put_sheet(s, x, id, sheet);
    }
    check(tl_store_commit(s, &err), &err);
}

/* SQLite alone: every row of the edition, its blob and its names looked at and forgotten. */
static double step_time(tl_store *s, const tl_index *x, size_t n)
{
    double t[RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        tl_error err = { 0 };
        tl_query *q;
        bool row;
        size_t rows = 0, bytes = 0, size;
        const double start = tl_clock_s();
        check(tl_store_query(s, "edition.read", &q, &err), &err);
        tl_query_text(q, 1, x->id);
        tl_query_text(q, 2, x->version);
        tl_query_text(q, 3, "2024");
        for (check(tl_query_step(q, &row, &err), &err); row;
             check(tl_query_step(q, &row, &err), &err)) {
            rows++;
            bytes += tl_query_get_blob(q, 19, &size) ? size : 0;
            bytes += strlen(tl_query_get_text(q, 0)) + strlen(tl_query_get_text(q, 1));
        }
        tl_query_reset(q);
        t[i] = tl_clock_s() - start;
        if (rows != n || bytes < 4 * n * x->n_slots) {
            fprintf(stderr, "bench_rating: %zu rows, expected %zu\n", rows, n);
            exit(1);
        }
    }
    return median(t, RUNS);
}

/* The whole way, with memory that nobody touched before: [0] edition read and scored, [1] ranked.
 */
static void rank_times(tl_store *s, const tl_index *x, double out[2])
{
    double t[2][RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        tl_error err = { 0 };
        tl_arena *arena;
        tl_edition e;
        const tl_league_row *rows;
        size_t n;
        check(tl_arena_new(&arena, 0, &err), &err);
        const double start = tl_clock_s();
        check(tl_edition_read(s, x, "2024", arena, &e, &err), &err);
        const double read = tl_clock_s();
        check(tl_league_make(&e, NULL, arena, &rows, &n, &err), &err);
        t[0][i] = read - start;
        t[1][i] = tl_clock_s() - read;
        tl_arena_free(arena);
    }
    out[0] = median(t[0], RUNS);
    out[1] = median(t[1], RUNS);
}

static void whatif(const tl_league_row *rows, size_t n, const tl_index *x, tl_weight low,
                   tl_weight high)
{
    double t[3];
    for (size_t i = 0; i < 3; i++) {
        tl_error err = { 0 };
        tl_arena *arena;
        const tl_whatif_row *out;
        check(tl_arena_new(&arena, 0, &err), &err);
        const double start = tl_clock_s();
        check(tl_whatif_make(rows, n, x, 5000, low, high, arena, &out, &err), &err);
        t[i] = tl_clock_s() - start;
        tl_arena_free(arena);
    }
    printf("  what-if over %d shares: %.1f ms (median of 3)\n", high - low + 1,
           median(t, 3) * 1000);
}

/* Views over a table that is in memory. */
static void views(tl_store *s, const tl_index *x)
{
    tl_error err = { 0 };
    tl_arena *arena;
    tl_edition e;
    const tl_league_row *rows;
    const tl_group_statistics *groups;
    const tl_gap_row *gaps;
    size_t n, n_groups, n_gaps;
    check(tl_arena_new(&arena, 0, &err), &err);
    check(tl_edition_read(s, x, "2024", arena, &e, &err), &err);
    check(tl_league_make(&e, NULL, arena, &rows, &n, &err), &err);
    double start = tl_clock_s();
    check(tl_statistics_make(x, rows, n, TL_BY_REGION_GROUP, arena, &groups, &n_groups, &err),
          &err);
    printf("  statistics of %zu regions: %.1f ms\n", n_groups, (tl_clock_s() - start) * 1000);
    start = tl_clock_s();
    check(tl_gap_make(NULL, &e, rows, n, rows[n / 2].card->company.id, arena, &gaps, &n_gaps, &err),
          &err);
    printf("  %zu gaps of one company: %.1f ms\n", n_gaps, (tl_clock_s() - start) * 1000);
    if (n <= WHATIF_MOST) {
        whatif(rows, n, x, 2000, 4000);
        whatif(rows, n, x, 0, TL_WEIGHT_ONE);
    }
    tl_arena_free(arena);
}

static void one_size(const char *data, size_t i, double *last)
{
    tl_error err = { 0 };
    tl_arena *arena;
    tl_index x;
    double t[2];
    check(tl_arena_new(&arena, 0, &err), &err);
    tl_store *s = fresh(data, arena, &x);
    fill(s, &x, sizes[i]);
    const double reference = step_time(s, &x, sizes[i]);
    rank_times(s, &x, t);
    const double whole = t[0] + t[1];
    printf("%zu companies x %zu indicators\n  read and scored %.1f ms, ranked %.1f ms, together "
           "%.1f ms  (aim 50 ms at 10,000; medians of %d)\n",
           sizes[i], x.n_slots, t[0] * 1000, t[1] * 1000, whole * 1000, RUNS);
    printf("  SQLite alone over the same rows %.1f ms, ratio %.2f", reference * 1000,
           whole / reference);
    if (i)
        printf(", growth n^%.2f",
               log(whole / *last) / log((double)sizes[i] / (double)sizes[i - 1]));
    printf("\n");
    *last = whole;
    views(s, &x);
    tl_store_close(s);
    tl_arena_free(arena);
}

/* Results taken over whole: 51 answers, each with a piece of evidence. */
static void take_over(const char *data)
{
    const tl_evidence evidence = { .document = "Report",
                                   .page = "12",
                                   .quote = "",
                                   .language = "en",
                                   .url = "",
                                   .dated = "2024-03-01",
                                   .retrieved = "",
                                   .sha256 = "" };
    tl_random r = tl_random_seed(52);
    tl_points sheet[TL_INDEX_ITEMS_MAX];
    tl_error err = { 0 };
    tl_arena *arena;
    tl_index x;
    char id[32];
    double seconds = 0;
    check(tl_arena_new(&arena, 0, &err), &err);
    tl_store *s = fresh(data, arena, &x);
    tl_answer *answers = tl_arena_alloc(arena, x.n_slots, sizeof *answers);
    check(answers ? TL_OK : tl_fail_nomem(&err), &err);
    check(tl_store_begin(s, &err), &err);
    for (size_t i = 0; i < TAKEN; i++) {
        bool same;
        put_company(s, &r, i, id);
        draw_sheet(&x, &r, sheet);
        for (size_t k = 0; k < x.n_slots; k++)
            answers[k] = (tl_answer){ .slot = x.items[x.slot_items[k]].code,
                                      .points = sheet[k],
                                      .assessor = "",
                                      .note = "",
                                      .evidence = &evidence,
                                      .n_evidence = 1 };
        const tl_assessment a = { .key = { id, x.id, x.version, "2024", TL_LEVEL_INDICATOR },
                                  .industry = "automobile",
                                  .cut_off = "2024-07-31",
                                  .origin = "bench",
                                  .reason = "",
                                  .published_on = "2024-10-01",
                                  .stated_total = TL_SLOT_NOT_ASKED,
                                  .answers = answers,
                                  .n_answers = x.n_slots };
        const double start = tl_clock_s();
        check(tl_assessment_take_over(s, &x, &a, "bench", &same, &err), &err);
        seconds += tl_clock_s() - start;
    }
    check(tl_store_commit(s, &err), &err);
    printf("taking over a result of %zu answers with evidence: %.2f ms each (%d of them)\n",
           x.n_slots, seconds * 1000 / TAKEN, TAKEN);
    tl_store_close(s);
    tl_arena_free(arena);
}

int main(int argc, char **argv)
{
    const char *data = argc > 1 ? argv[1] : TL_DATA;
    double last = 0;
    if (!mkdtemp(folder)) {
        perror(folder);
        return 1;
    }
    for (size_t i = 0; i < SIZES; i++)
        one_size(data, i, &last);
    take_over(data);
    remove_database();
    rmdir(folder);
    return 0;
}

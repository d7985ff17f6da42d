/* search_bench.c - time of a question among 7,679, 100,000 and 1,000,000 published objects, beside
 * SQLite's own full-text index (FTS5) with the same words of the same texts.
 *
 * usage: bench_search [MOST [index]]      index: only make the index, ask nothing
 *
 * Objects are cars and factors with names in Chinese and English, ids and makers, with the
 * frequencies of real ones. Reported for each kind of question: p50 and p99 over 200 different
 * ones, the latter also as processor time; the time to index; the size of the database; the most
 * memory of the process (which holds the order of the objects, 64 bytes each). Aim: p99 <= 20 ms at
 * a million. FTS5 is asked
 * for the best ten by weight of those with every word, as here; it knows no exact names and no
 * kinds. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/random.h"
#include "registry/search_priv.h"

enum { ASKED = 200, ASKED_FTS = 50 };

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct {
    const char *en, *zh, *code;
} makers[] = {
    { "Geely", "吉利", "GLY" },      { "BYD", "比亚迪", "BYD" },    { "Changan", "长安", "CHA" },
    { "Great Wall", "长城", "GWM" }, { "NIO", "蔚来", "NIO" },      { "XPeng", "小鹏", "XPG" },
    { "Li Auto", "理想", "LIX" },    { "Chery", "奇瑞", "CHE" },    { "Dongfeng", "东风", "DFM" },
    { "Volkswagen", "大众", "VWG" }, { "Toyota", "丰田", "TYT" },   { "Honda", "本田", "HND" },
    { "SAIC Roewe", "荣威", "SAR" }, { "GAC Aion", "埃安", "AIO" }, { "Leapmotor", "零跑", "LPM" },
    { "Lynk & Co", "领克", "LW4" },
};
static const struct {
    const char *en, *zh;
} series[] = {
    { "Star", "星越" },  { "Dolphin", "海豚" }, { "Seal", "海豹" },      { "Tang", "唐" },
    { "Song", "宋" },    { "Eado", "逸动" },    { "Haval", "哈弗" },     { "Monjaro", "博越" },
    { "Tiggo", "瑞虎" }, { "Lavida", "朗逸" },  { "Corolla", "卡罗拉" }, { "Accord", "雅阁" },
};
static const char *const powertrains[] = { "gasoline 汽油", "bev 纯电动", "phev 插电混动",
                                           "hev 混动", "diesel 柴油" };
static const struct {
    const char *en, *zh;
} materials[] = {
    { "hot rolled steel coil", "热轧钢卷" },  { "electrolytic aluminium", "电解铝" },
    { "recycled aluminium", "再生铝合金" },   { "cast iron", "铸铁" },
    { "lithium iron phosphate", "磷酸铁锂" }, { "float glass", "浮法玻璃" },
    { "synthetic graphite", "人造石墨负极" }, { "polypropylene", "聚丙烯粒料" },
};

/* Small numbers more often than large ones, as words in a language. */
static size_t skewed(tl_random *r, size_t n)
{
    double u = tl_random_unit(r);
    return (size_t)(u * u * (double)n);
}

struct sample {
    char id[40], en[160], zh[160], text[240], facets[160];
    tl_found_kind kind;
    int64_t weight;
};

/* Object i, the same whoever asks; two thirds are cars. */
static void make(size_t i, struct sample *o)
{
    tl_random r = tl_random_seed(i);
    size_t m = skewed(&r, COUNT(makers)), s = skewed(&r, COUNT(series)),
           p = skewed(&r, COUNT(powertrains)), t = skewed(&r, COUNT(materials));
    unsigned year = 2015 + (unsigned)tl_random_below(&r, 11), grade = (unsigned)skewed(&r, 5000);
    o->weight = (int64_t)year * 10000 + (int64_t)tl_random_below(&r, 1231);
    o->kind = i % 3 == 2 ? TL_FOUND_FACTOR : TL_FOUND_VEHICLE;
    if (o->kind == TL_FOUND_VEHICLE) {
        snprintf(o->id, sizeof o->id, "ademe-%012llx",
                 (unsigned long long)(tl_random_below(&r, UINT64_C(1) << 48)));
        snprintf(o->en, sizeof o->en, "%s %s %u %u hp", makers[m].en, series[s].en, year,
                 60 + grade % 400);
        snprintf(o->zh, sizeof o->zh, "%s汽车%s %u款", makers[m].zh, series[s].zh, year);
        snprintf(o->text, sizeof o->text, "88.186.1/CPP.V.%s.RB%06zu\n%s compact suv",
                 makers[m].code, i, powertrains[p]);
        snprintf(o->facets, sizeof o->facets,
                 "maker=%s\nsize=%c\nbody=%s\npowertrain=%s\nclass=%zu\n", makers[m].en,
                 (char)('A' + s % 6), s % 2 ? "suv" : "sedan", powertrains[p],
                 (size_t)(1 + grade % 5));
    } else {
        snprintf(o->id, sizeof o->id, "bench/f-%zu", i);
        snprintf(o->en, sizeof o->en, "%s, grade G%u", materials[t].en, grade);
        snprintf(o->zh, sizeof o->zh, "%s（牌号G%u）", materials[t].zh, grade);
        snprintf(o->text, sizeof o->text, "metal average");
        o->facets[0] = '\0';
    }
}

static const struct kind {
    const char *label;
    const char *form; /* %m maker, %M its Chinese name, %s %S series, %u grade, %i an id */
} kinds[] = {
    { "one English word", "%m" },
    { "two English words", "%m %s" },
    { "Chinese word", "%M" },
    { "two Chinese words", "%M %S" },
    { "Chinese run", "%M汽车%S" },
    { "pinyin", "jili" },
    { "pinyin and word", "qiche %s" },
    { "initials", "jlqc" },
    { "one letter", "g" },
    { "beginning, three", "gee" },
    { "beginning, six", "alumin" },
    { "beginning after a word", "%m com" },
    { "common and rare", "steel G%u" },
    { "five common words", "compact suv bev 汽车 20" },
    { "id whole", "%i" },
    { "id without its end", "%I" },
    { "disclosure id, beginning", "88.186.1/CPP.V.GLY.RB00" },
};

static void ask_text(const struct kind *k, tl_random *r, size_t n, tl_buf *b)
{
    struct sample o;
    size_t m = skewed(r, COUNT(makers)), s = skewed(r, COUNT(series));
    make((size_t)tl_random_below(r, n), &o);
    tl_buf_reset(b);
    for (const char *p = k->form; *p; p++)
        if (*p != '%')
            tl_buf_char(b, *p);
        else if (*++p == 'm' || *p == 'M')
            tl_buf_str(b, *p == 'm' ? makers[m].en : makers[m].zh);
        else if (*p == 's' || *p == 'S')
            tl_buf_str(b, *p == 's' ? series[s].en : series[s].zh);
        else if (*p == 'u')
            tl_buf_printf(b, "%u", (unsigned)skewed(r, 5000));
        else
            tl_buf_printf(b, "%.*s", *p == 'i' ? 40 : 11, o.id);
}

/* The order of an answer, in which the sources of a rebuild come. */
struct place {
    tl_found_kind kind;
    int64_t weight;
    char id[40];
    size_t i;
};

static int by_order(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return strcmp(x->id, y->id);
}

static struct place *put_in_order(size_t n)
{
    struct place *places = tl_new_array(n, sizeof *places);
    for (size_t i = 0; places && i < n; i++) {
        struct sample o;
        make(i, &o);
        places[i] = (struct place){ .kind = o.kind, .weight = o.weight, .i = i };
        memcpy(places[i].id, o.id, sizeof o.id);
    }
    if (places)
        qsort(places, n, sizeof *places, by_order);
    return places;
}

static tl_search_entry entry(const struct sample *o)
{
    return (tl_search_entry){ .found = { o->kind, o->id, o->en, o->zh, "201 g CO2e/km" },
                              .text = o->text,
                              .facets = o->facets,
                              .weight = o->weight };
}

/* One object as a rebuild takes it: a segment every TL_SEARCH_SEGMENT. */
static tl_status take(tl_store *s, tl_search_cutter *c, tl_search_segment *g,
                      const struct sample *o, int64_t *above, tl_error *err)
{
    const tl_search_entry e = entry(o);
    tl_words words;
    int64_t number;
    tl_arena_reset(c->scratch);
    tl_status st = tl_search_add(s, &e, &number, err);
    if (st == TL_OK && (st = tl_search_words(c, &e, &words, err)) == TL_OK)
        st = tl_search_segment_put(g, number, e.found.kind, &words, err);
    if (st == TL_OK && tl_search_segment_size(g) == TL_SEARCH_SEGMENT) {
        st = tl_search_segment_write(g, *above, number, err);
        *above = number;
    }
    return st;
}

static tl_status fill(tl_store *s, size_t n, const struct place *places, tl_error *err)
{
    tl_search_cutter c;
    tl_search_segment *g = NULL;
    int64_t above = 0;
    tl_status st = tl_search_cutter_init(&c, err);
    if (st == TL_OK)
        st = tl_search_segment_new(&g, s, err);
    if (st == TL_OK)
        st = tl_store_begin(s, err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        struct sample o;
        make(places[i].i, &o);
        st = take(s, &c, g, &o, &above, err);
    }
    if (st == TL_OK)
        st = tl_search_segment_write(g, above, (int64_t)n, err);
    tl_search_segment_free(g);
    tl_search_cutter_clear(&c);
    return st == TL_OK ? tl_store_commit(s, err) : st;
}

/* The words of an object as one text of FTS5; beginnings are its own business, names and facets it
 * does not know. */
static tl_status fts_text(tl_search_cutter *c, const struct sample *o, tl_buf *b, tl_error *err)
{
    const tl_search_entry e = entry(o);
    tl_words words;
    tl_arena_reset(c->scratch);
    tl_status st = tl_search_words(c, &e, &words, err);
    tl_buf_reset(b);
    for (size_t i = 0; st == TL_OK && i < words.n; i++)
        if (*words.items[i] != '=' && *words.items[i] != '#')
            tl_buf_printf(b, "%s ", words.items[i]);
    return st;
}

static void sql(sqlite3 *db, const char *text)
{
    char *message = NULL;
    if (sqlite3_exec(db, text, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", text, message);
        exit(1);
    }
}

static tl_status fill_fts(sqlite3 *db, size_t n, tl_error *err)
{
    tl_search_cutter c;
    sqlite3_stmt *put;
    tl_buf b;
    tl_status st = tl_search_cutter_init(&c, err);
    tl_buf_init(&b, 0);
    sql(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
            "CREATE TABLE o (id INTEGER PRIMARY KEY, name TEXT, weight INTEGER);"
            "CREATE VIRTUAL TABLE f USING fts5 (t, content = '', detail = none,"
            " tokenize = 'unicode61 remove_diacritics 0'); BEGIN");
    sqlite3_prepare_v2(db, "INSERT INTO f (rowid, t) VALUES (?, ?)", -1, &put, NULL);
    sqlite3_stmt *row;
    sqlite3_prepare_v2(db, "INSERT INTO o VALUES (?, ?, ?)", -1, &row, NULL);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        struct sample o;
        make(i, &o);
        if ((st = fts_text(&c, &o, &b, err)) != TL_OK)
            break;
        sqlite3_bind_int64(put, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_text(put, 2, tl_buf_text(&b), (int)b.len, SQLITE_STATIC);
        sqlite3_bind_int64(row, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_text(row, 2, o.en, -1, SQLITE_STATIC);
        sqlite3_bind_int64(row, 3, o.weight);
        if (sqlite3_step(put) != SQLITE_DONE || sqlite3_step(row) != SQLITE_DONE)
            st = tl_fail(err, TL_EIO, "%s", sqlite3_errmsg(db));
        sqlite3_reset(put);
        sqlite3_reset(row);
    }
    sqlite3_finalize(put);
    sqlite3_finalize(row);
    sql(db, "COMMIT; INSERT INTO f (f) VALUES ('optimize')");
    tl_buf_clear(&b);
    tl_search_cutter_clear(&c);
    return st;
}

/* "geely" AND "star"*, the last as a beginning. */
static tl_status ask_fts(sqlite3_stmt *q, tl_word_cutter *cutter, const char *text, tl_arena *arena,
                         tl_error *err)
{
    tl_words words;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_status st = tl_words_cut(cutter, text, strlen(text), TL_WORDS_QUERY, arena, &words, err);
    for (size_t i = 0; st == TL_OK && i < words.n; i++)
        tl_buf_printf(&b, "%s\"%s\"%s", i ? " AND " : "", words.items[i],
                      i + 1 == words.n && tl_search_word_grows(words.items[i]) ? "*" : "");
    sqlite3_bind_text(q, 1, tl_buf_text(&b), -1, SQLITE_TRANSIENT);
    while (sqlite3_step(q) == SQLITE_ROW)
        ;
    sqlite3_reset(q);
    tl_buf_clear(&b);
    return st;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of this process: what other work on the machine does not add to. */
static double processor_s(void)
{
    struct timespec t = { 0 };
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Where questions go: the store, or FTS5. */
struct asked {
    tl_store *s;
    sqlite3_stmt *fts;
    tl_word_cutter *cutter;
    size_t objects;
    bool facets;
    double worst, worst_cpu; /* p99 of the slowest kind, ms */
};

/* p: median and 99th of a hundred, and the latter in processor time. */
static tl_status ask_kind(struct asked *a, const struct kind *k, double p[3], tl_error *err)
{
    tl_random r = tl_random_seed(7);
    double ms[ASKED], cpu[ASKED];
    tl_arena *arena;
    tl_buf text;
    tl_status st = tl_arena_new(&arena, 0, err);
    tl_buf_init(&text, 0);
    size_t asked = a->fts ? ASKED_FTS : ASKED;
    for (size_t i = 0; i < asked && st == TL_OK; i++) {
        const tl_search_opts opts = { .facets = a->facets };
        tl_search_answer answer;
        ask_text(k, &r, a->objects, &text);
        tl_arena_reset(arena);
        double t = tl_clock_s(), c = processor_s();
        st = a->fts ? ask_fts(a->fts, a->cutter, tl_buf_text(&text), arena, err)
                    : tl_search_ask(a->s, tl_buf_text(&text), &opts, arena, &answer, err);
        cpu[i] = (processor_s() - c) * 1e3;
        ms[i] = (tl_clock_s() - t) * 1e3;
    }
    qsort(ms, asked, sizeof *ms, by_size);
    qsort(cpu, asked, sizeof *cpu, by_size);
    p[0] = ms[asked / 2];
    p[1] = ms[asked * 99 / 100];
    p[2] = cpu[asked * 99 / 100];
    a->worst = p[1] > a->worst ? p[1] : a->worst;
    a->worst_cpu = p[2] > a->worst_cpu ? p[2] : a->worst_cpu;
    tl_buf_clear(&text);
    tl_arena_free(arena);
    return st;
}

static double megabytes(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (double)st.st_size / 1e6 : 0;
}

/* Of the whole run so far. */
static double most_memory(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (double)usage.ru_maxrss * 1024 / 1e6 : 0;
}

static tl_status ask_all(struct asked *a, tl_error *err)
{
    tl_status st = TL_OK;
    const char *who = a->fts ? "fts5" : a->facets ? "search with facets" : "search";
    printf("  %-28s %9s %9s %9s  ms\n", who, "p50", "p99", "processor");
    for (size_t i = 0; i < COUNT(kinds) && st == TL_OK; i++) {
        double p[3];
        st = ask_kind(a, &kinds[i], p, err);
        printf("  %-28s %9.2f %9.2f %9.2f\n", kinds[i].label, p[0], p[1], p[2]);
    }
    printf("  %s, slowest kind: p99 %.2f ms, of processor time %.2f ms\n", who, a->worst,
           a->worst_cpu);
    fflush(stdout);
    return st;
}

/* One put into the full index, in a transaction of its own: median and worst of ASKED. */
static tl_status time_puts(tl_store *s, tl_error *err)
{
    double ms[ASKED];
    tl_status st = TL_OK;
    for (size_t i = 0; i < ASKED && st == TL_OK; i++) {
        struct sample o;
        double t = tl_clock_s();
        make(i * 3, &o);
        const tl_found found = { o.kind, o.id, o.en, o.zh, "put anew" };
        if ((st = tl_store_begin(s, err)) == TL_OK &&
            (st = tl_search_put(s, &found, o.text, o.weight + 1, err)) == TL_OK)
            st = tl_store_commit(s, err);
        ms[i] = (tl_clock_s() - t) * 1e3;
    }
    qsort(ms, ASKED, sizeof *ms, by_size);
    printf("  one put: p50 %.2f ms, worst %.2f ms\n", ms[ASKED / 2], ms[ASKED - 1]);
    return st;
}

static tl_status measure_search(const char *path, size_t n, bool ask, double *seconds,
                                tl_error *err)
{
    struct asked a = { .objects = n };
    struct place *places = put_in_order(n);
    tl_status st = places ? tl_store_open(&a.s, path, NULL, err) : tl_fail_nomem(err);
    double t = tl_clock_s(), c = processor_s();
    if (st == TL_OK)
        st = fill(a.s, n, places, err);
    t = tl_clock_s() - t;
    *seconds = processor_s() - c;
    free(places);
    tl_store_close(a.s); /* into the file from its log */
    a.s = NULL;
    if (st == TL_OK)
        st = tl_store_open(&a.s, path, NULL, err);
    if (st == TL_OK)
        printf("%zu objects: indexed in %.1f s (processor %.1f s), %.0f MB, memory %.0f MB\n", n, t,
               *seconds, megabytes(path), most_memory());
    if (st == TL_OK && ask && (st = ask_all(&a, err)) == TL_OK) {
        a.facets = true;
        a.worst = a.worst_cpu = 0;
        if ((st = ask_all(&a, err)) == TL_OK)
            st = time_puts(a.s, err);
    }
    tl_store_close(a.s);
    return st;
}

static tl_status measure(const char *folder, size_t n, bool ask, double *seconds, tl_error *err)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    char path[300];
    snprintf(path, sizeof path, "%s/search-%zu.db", folder, n);
    tl_status st = measure_search(path, n, ask, seconds, err);
    for (size_t i = 0; i < COUNT(tails); i++) {
        snprintf(path, sizeof path, "%s/search-%zu.db%s", folder, n, tails[i]);
        unlink(path);
    }
    return st;
}

static tl_status measure_fts(const char *folder, size_t n, double own, tl_error *err)
{
    static const char question[] = "SELECT o.name FROM f JOIN o ON o.id = f.rowid "
                                   "WHERE f MATCH ? ORDER BY o.weight DESC, o.id LIMIT 10";
    char path[300];
    struct asked a = { .objects = n };
    sqlite3 *db = NULL;
    double t = tl_clock_s(), c = processor_s();
    snprintf(path, sizeof path, "%s/fts-%zu.db", folder, n);
    tl_status st = sqlite3_open(path, &db) == SQLITE_OK ? TL_OK : tl_fail(err, TL_EIO, "%s", path);
    if (st == TL_OK && (st = fill_fts(db, n, err)) == TL_OK)
        printf("%zu objects: fts5 indexed in %.1f s (processor %.1f s), %.0f MB; search took %.2f "
               "times its processor time\n",
               n, tl_clock_s() - t, processor_s() - c, megabytes(path), own / (processor_s() - c));
    if (st == TL_OK)
        st = tl_word_cutter_new(&a.cutter, err);
    if (st == TL_OK && sqlite3_prepare_v2(db, question, -1, &a.fts, NULL) != SQLITE_OK)
        st = tl_fail(err, TL_EIO, "%s", sqlite3_errmsg(db));
    if (st == TL_OK)
        st = ask_all(&a, err);
    sqlite3_finalize(a.fts);
    sqlite3_close(db);
    tl_word_cutter_free(a.cutter);
    unlink(path);
    return st;
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = { 7679, 100000, 1000000 };
    const char *under = getenv("TMPDIR");
    char folder[200];
    tl_error err = { 0 };
    tl_status st = TL_OK;
    int64_t most = 1000000;
    bool ask = argc < 3 || strcmp(argv[2], "index") != 0;
    if (argc > 1 && tl_int_parse(argv[1], 1, 100000000, &most, &err) != TL_OK) {
        fprintf(stderr, "bench_search: %s\n", err.text);
        return 2;
    }
    snprintf(folder, sizeof folder, "%s/bench-search-XXXXXX", under ? under : "/tmp");
    if (!mkdtemp(folder))
        return 1;
    for (size_t i = 0; i < COUNT(sizes) && sizes[i] <= (size_t)most && st == TL_OK; i++) {
        double own = 0;
        if ((st = measure(folder, sizes[i], ask, &own, &err)) == TL_OK && ask)
            st = measure_fts(folder, sizes[i], own, &err);
    }
    if (st != TL_OK)
        fprintf(stderr, "bench_search: %s\n", err.text);
    rmdir(folder);
    return st == TL_OK ? 0 : 1;
}

/* test_search_ask.c - counts, facets and picks against the plain way, with the index made in one go
 * and object by object in any order; what a killed rebuild leaves; packing. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/random.h"
#include "factor/tests/factor_test.h"
#include "registry/search_block.h"
#include "registry/search_priv.h"

enum { OBJECTS = 3000, WORDS = 3, MAKERS = 40, SIZES = 3 };

static const char *const vocabulary[] = { "steel",  "steels", "stee", "s",       "coil", "coils",
                                          "copper", "cobalt", "c",    "battery", "bats", "bat" };

/* An object by its number; all else follows from it. Even ones are vehicles. */
struct sample {
    tl_found_kind kind;
    int64_t weight;
    const char *words[WORDS];
    unsigned maker, size;
    char id[16], own[16], title[64], facets[64];
};

static void make(size_t i, struct sample *o)
{
    tl_random r = tl_random_seed(i);
    o->kind = i % 2 ? TL_FOUND_PCF : TL_FOUND_VEHICLE;
    o->weight = (int64_t)tl_random_below(&r, 50);
    for (size_t w = 0; w < WORDS; w++)
        o->words[w] = vocabulary[tl_random_below(&r, TEST_COUNT(vocabulary))];
    o->maker = (unsigned)tl_random_below(&r, MAKERS);
    o->size = (unsigned)tl_random_below(&r, SIZES);
    snprintf(o->id, sizeof o->id, "o-%05zu", i);
    snprintf(o->own, sizeof o->own, "n%05zu", i * 7);
    snprintf(o->title, sizeof o->title, "%s %s %s %s", o->words[0], o->words[1], o->words[2],
             o->own);
    snprintf(o->facets, sizeof o->facets, "maker=M%u\nsize=S%u\n", o->maker, o->size);
}

static tl_search_entry entry(const struct sample *o)
{
    return (tl_search_entry){ .found = { o->kind, o->id, o->title, "", "a hint" },
                              .text = "",
                              .facets = o->kind == TL_FOUND_VEHICLE ? o->facets : "",
                              .weight = o->weight };
}

static void must(factor_fixture *f, const char *what, tl_status st)
{
    if (st != TL_OK)
        fail_msg("%s: %s", what, f->err.text);
}

/* A random order; the same for the same seed. */
static void shuffle(size_t *order, size_t n, uint64_t seed)
{
    tl_random r = tl_random_seed(seed);
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)tl_random_below(&r, i), other = order[j];
        order[j] = order[i - 1];
        order[i - 1] = other;
    }
}

/* Puts all objects with a number below n. Not bulky, some come twice and some others in between, to
 * be dropped. */
static void put_all(factor_fixture *f, bool bulky, size_t n, uint64_t seed)
{
    static size_t order[OBJECTS];
    tl_search_hand h;
    struct sample o;
    shuffle(order, n, seed);
    must(f, "begin", tl_search_hand_init(&h, f->s, bulky, &f->err));
    for (size_t i = 0; i < n; i++) {
        make(order[i], &o);
        tl_search_entry e = entry(&o);
        if (!bulky && i % 3 == 0) {
            struct sample stray;
            make(OBJECTS + order[i], &stray);
            const tl_search_entry other = entry(&stray), wrong = { e.found, "wrong", "", 99 };
            must(f, "stray", tl_search_hand_put(&h, &other, &f->err));
            must(f, "wrong", tl_search_hand_put(&h, &wrong, &f->err));
            must(f, "drop", tl_search_hand_drop(&h, stray.kind, stray.id, &f->err));
        }
        must(f, "put", tl_search_hand_put(&h, &e, &f->err));
    }
    if (bulky)
        must(f, "end", tl_search_hand_end(&h, &f->err));
    tl_search_hand_clear(&h);
}

static const struct question {
    const char *whole, *last; /* "" = no further word */
    const char *maker, *size; /* picks */
} questions[] = {
    { "", "s", "", "" },     { "", "steel", "", "" },     { "", "stee", "", "" },
    { "", "coil", "", "" },  { "coil", "steel", "", "" }, { "steel", "c", "", "" },
    { "", "n", "", "" },     { "", "n0", "", "" },        { "", "n00", "", "" },
    { "", "n001", "", "" },  { "", "n0012", "", "" },     { "", "n00126", "", "" },
    { "", "n2", "", "" },    { "bat", "n01", "", "" },    { "", "steel", "M7", "" },
    { "", "b", "", "S1" },   { "bat", "c", "M3", "S2" },  { "", "steel", "M", "" },
    { "", "wrong", "", "" }, { "", "o", "", "" },         { "", "nothing", "", "" },
};

static bool has(const struct sample *o, const char *word, bool grows)
{
    size_t n = strlen(word);
    bool found = false;
    const char *const words[] = { o->words[0], o->words[1], o->words[2], o->own, "o", o->id + 2 };
    for (size_t i = 0; i < TEST_COUNT(words); i++)
        found = found || (grows ? strncmp(words[i], word, n) == 0 : strcmp(words[i], word) == 0);
    return found;
}

/* The plain way: every object looked at. */
struct plain {
    int64_t counts[TL_FOUND_KINDS], makers[MAKERS], sizes[SIZES];
};

static void count_plainly(const struct question *q, size_t n, struct plain *p)
{
    *p = (struct plain){ 0 };
    for (size_t i = 0; i < n; i++) {
        struct sample o;
        char maker[8], size[8];
        bool car = i % 2 == 0;
        make(i, &o);
        snprintf(maker, sizeof maker, "M%u", o.maker);
        snprintf(size, sizeof size, "S%u", o.size);
        if ((*q->whole && !has(&o, q->whole, false)) || !has(&o, q->last, true) ||
            (*q->maker && (!car || strcmp(maker, q->maker) != 0)) ||
            (*q->size && (!car || strcmp(size, q->size) != 0)))
            continue;
        p->counts[o.kind]++;
        p->makers[o.maker] += car;
        p->sizes[o.size] += car;
    }
}

static void check_facets(const char *text, const tl_search_answer *a, const struct plain *p)
{
    size_t want = 0;
    for (size_t i = 0; i < MAKERS; i++)
        want += p->makers[i] > 0;
    for (size_t i = 0; i < SIZES; i++)
        want += p->sizes[i] > 0;
    if (a->facet_count != want)
        fail_msg("%s: %zu values, want %zu", text, a->facet_count, want);
    for (size_t i = 0; i < a->facet_count; i++) {
        const tl_found_facet *v = &a->facets[i];
        unsigned long number = strtoul(v->value + 1, NULL, 10);
        int64_t n = *v->value == 'M' ? p->makers[number] : p->sizes[number];
        if (v->count != n)
            fail_msg("%s: %s=%s %lld, want %lld", text, v->field, v->value, (long long)v->count,
                     (long long)n);
        if (i && strcmp(v->field, v[-1].field) == 0 && v->count > v[-1].count)
            fail_msg("%s: %s=%s out of order", text, v->field, v->value);
    }
}

static void ask(factor_fixture *f, const struct question *q, tl_search_answer *a, char text[64])
{
    char maker[16], size[16];
    const char *picks[2];
    tl_search_opts opts = { .limit = 25, .facets = true, .picks = picks };
    snprintf(text, 64, "%s %s", q->whole, q->last);
    snprintf(maker, sizeof maker, "maker=%s", q->maker);
    snprintf(size, sizeof size, "size=%s", q->size);
    if (*q->maker)
        picks[opts.pick_count++] = maker;
    if (*q->size)
        picks[opts.pick_count++] = size;
    must(f, text, tl_search_ask(f->s, text, &opts, f->arena, a, &f->err));
}

/* Counts and facets as the plain way has them; ids joined go to *ids. */
static void check_all(factor_fixture *f, const char *when, size_t n, tl_buf *ids)
{
    tl_buf_reset(ids);
    for (size_t i = 0; i < TEST_COUNT(questions); i++) {
        struct plain p;
        tl_search_answer a;
        char text[64];
        tl_arena_reset(f->arena);
        ask(f, &questions[i], &a, text);
        count_plainly(&questions[i], n, &p);
        for (int k = 0; k < TL_FOUND_KINDS; k++)
            if (a.counts[k] != p.counts[k])
                fail_msg("%s, '%s', kind %d: %lld, want %lld", when, text, k,
                         (long long)a.counts[k], (long long)p.counts[k]);
        check_facets(text, &a, &p);
        for (size_t h = 0; h < a.n; h++)
            tl_buf_printf(ids, "%s ", a.items[h].id);
        tl_buf_char(ids, '\n');
    }
}

/* Every test works in one transaction. */
static int begin(void **state)
{
    factor_fixture *f = factor_setup(state) == 0 ? *state : NULL;
    return f && tl_store_begin(f->s, &f->err) == TL_OK ? 0 : -1;
}

static int end(void **state)
{
    factor_fixture *f = *state;
    tl_store_rollback(f->s);
    return factor_teardown(state);
}

static int64_t number(factor_fixture *f, const char *query)
{
    int64_t n;
    must(f, query, tl_search_number(f->s, query, &n, &f->err));
    return n;
}

/* In one go, or one by one in any order: the same answers. */
static void test_order(void **state)
{
    factor_fixture *f = *state;
    const char *text = getenv("TL_TEST_SEED");
    uint64_t seed = text ? strtoull(text, NULL, 10) : 5;
    tl_buf want, got;
    int64_t objects;
    tl_buf_init(&want, 0);
    tl_buf_init(&got, 0);
    put_all(f, true, OBJECTS, 1);
    check_all(f, "in one go", OBJECTS, &want);
    for (uint64_t i = 0; i < 2; i++) {
        must(f, "clear", tl_search_rebuild(f->s, NULL, &objects, &f->err));
        assert_int_equal(objects, 0);
        put_all(f, false, OBJECTS, seed + i);
        check_all(f, "one by one", OBJECTS, &got);
        if (strcmp(tl_buf_text(&got), tl_buf_text(&want)) != 0)
            fail_msg("seed %llu: other answers one by one", (unsigned long long)(seed + i));
    }
    put_all(f, true, OBJECTS, seed); /* all put anew: the old places are worn */
    check_all(f, "put anew", OBJECTS, &got);
    assert_string_equal(tl_buf_text(&got), tl_buf_text(&want));
    tl_buf_clear(&want);
    tl_buf_clear(&got);
}

/* A segment most of which has gone is made anew. */
static void test_worn(void **state)
{
    factor_fixture *f = *state;
    enum { LEFT = 1000 };
    tl_search_hand h;
    tl_buf ids;
    tl_buf_init(&ids, 0);
    put_all(f, true, OBJECTS, 1);
    must(f, "begin", tl_search_hand_init(&h, f->s, true, &f->err));
    for (size_t i = LEFT; i < OBJECTS; i++) {
        struct sample o;
        make(i, &o);
        must(f, "drop", tl_search_hand_drop(&h, o.kind, o.id, &f->err));
    }
    assert_int_equal(number(f, "search_gone.count"), OBJECTS - LEFT);
    check_all(f, "worn", LEFT, &ids);
    must(f, "end", tl_search_hand_end(&h, &f->err));
    assert_int_equal(number(f, "search_gone.count"), 0);
    check_all(f, "mended", LEFT, &ids);
    tl_search_hand_clear(&h);
    tl_buf_clear(&ids);
}

static void test_picks(void **state)
{
    factor_fixture *f = *state;
    static const char *const bad[] = { "colour=red", "maker", "", "=x" };
    static const char *const many[9] = { "size=a", "size=a", "size=a", "size=a", "size=a",
                                         "size=a", "size=a", "size=a", "size=a" };
    tl_search_answer a;
    for (size_t i = 0; i < TEST_COUNT(bad); i++) {
        const tl_search_opts opts = { .picks = &bad[i], .pick_count = 1 };
        if (tl_search_ask(f->s, "x", &opts, f->arena, &a, &f->err) != TL_EINPUT)
            fail_msg("'%s' was taken", bad[i]);
    }
    const tl_search_opts opts = { .picks = many, .pick_count = 9 };
    assert_int_equal(tl_search_ask(f->s, "x", &opts, f->arena, &a, &f->err), TL_EINPUT);
}

/* A process that is killed in a rebuild leaves the index that was there. */
static void test_killed(void **state)
{
    (void)state;
    char path[64];
    tl_store *s;
    tl_error err = { 0 };
    tl_search_answer a;
    tl_arena *arena;
    int64_t n;
    int how;
    const tl_found object = { TL_FOUND_COMPANY, "geely-auto", "Geely Auto", "吉利汽车", "CN" };
    snprintf(path, sizeof path, "/tmp/tl-search-%ld.db", (long)getpid());
    assert_int_equal(tl_store_open(&s, path, NULL, &err), TL_OK);
    assert_int_equal(tl_store_begin(s, &err), TL_OK);
    assert_int_equal(tl_search_put(s, &object, "", 0, &err), TL_OK);
    assert_int_equal(tl_store_commit(s, &err), TL_OK);
    tl_store_close(s);
    pid_t child = fork();
    if (child == 0) {
        if (tl_store_open(&s, path, NULL, &err) == TL_OK && tl_store_begin(s, &err) == TL_OK &&
            tl_search_rebuild(s, NULL, &n, &err) == TL_OK)
            raise(SIGKILL);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how));
    assert_int_equal(tl_store_open(&s, path, NULL, &err), TL_OK);
    assert_int_equal(tl_arena_new(&arena, 0, &err), TL_OK);
    assert_int_equal(tl_search_ask(s, "jiliqiche", NULL, arena, &a, &err), TL_OK);
    assert_int_equal(a.counts[TL_FOUND_COMPANY], 1);
    tl_arena_free(arena);
    tl_store_close(s);
    unlink(path);
}

/* Lists of every density, packed and read again. */
static void test_lists(void **state)
{
    (void)state;
    static const size_t sizes[] = { 1, 7, 64, 65, 1000, 4097 };
    static const unsigned one_in[] = { 1, 2, 7, 9, 100, 5000 };
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t s = 0; s < TEST_COUNT(sizes) * TEST_COUNT(one_in) * 2; s++) {
        size_t places = sizes[s / 2 % TEST_COUNT(sizes)], count = 0;
        unsigned in = one_in[s / 2 / TEST_COUNT(sizes)];
        uint64_t bits[65] = { 0 }, got[65] = { 0 }, all[65];
        bool damaged = false;
        tl_random r = tl_random_seed(s);
        memset(all, 0xFF, sizeof all);
        for (size_t i = 0; i < places; i++)
            if (tl_random_below(&r, in) == 0) {
                bits[i / 64] |= (uint64_t)1 << i % 64;
                count++;
            }
        tl_buf_reset(&b);
        tl_block_pack(&b, bits, places, s % 2);
        const unsigned char *list = (const unsigned char *)tl_buf_text(&b);
        assert_true(tl_block_mark(got, places, list, b.len));
        if (memcmp(got, bits, sizeof got) != 0 || b.len > places / 8 + 2 ||
            tl_block_meet(all, places, list, b.len, &damaged) != count || damaged)
            fail_msg("%zu places, one in %u: other bits, or %zu bytes", places, in, b.len);
    }
    tl_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_order, begin, end),
        cmocka_unit_test_setup_teardown(test_worn, begin, end),
        cmocka_unit_test_setup_teardown(test_picks, begin, end),
        cmocka_unit_test(test_killed),
        cmocka_unit_test(test_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

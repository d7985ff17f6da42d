/* fuzz_answers.c - a file of answers from outside.
 *
 * The database is in memory, with the index of the tests and one company. Whatever comes in: rows
 * are accepted or refused and nothing else, every stored sheet is right, and the same file again
 * changes nothing. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "company/company.h"
#include "intake/answer_import.h"
#include "store/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PER_STORE = 100 };

/* An index worth 10 points, with a parallel indicator and a theme within another. */
static const tl_index_text small_index[] = {
    { "index.csv", "name,value\nkind,points\nfull_points,10\nstep,0.5\nweighting,scope12-scope3\n",
      0 },
    { "groups.csv",
      "code,name_en,name_zh,weight\ngovernance,G,G,none\nscope12,A,A,scope12\nscope3,B,B,scope3\n",
      0 },
    { "items.csv",
      "code,parent,level,name_en,name_zh,max_points,step,group,requirement,parallel_of,"
      "evidence_en,evidence_zh\n1,,dimension,G,G,2,,,,,,\n1.1.1,1,indicator,P,P,2,,governance,,,,\n"
      "2,,dimension,E,E,8,,,,,,\n2.1.1,2,indicator,D,D,4,1,scope12,,,,\n"
      "2.2.1,2,indicator,S,S,2,,scope3,,,,\n2.2.2p,2,indicator,Q,Q,2,,scope3,,2.2.2,,\n"
      "2.2.2,2,indicator,T,T,2,,scope3,,,,\n",
      0 },
    { "themes.csv",
      "code,name_en,name_zh,short_en,short_zh,members,in_total,printed\n"
      "governance,G,G,G,G,1,yes,yes\nown,O,O,O,O,2.1.1,yes,yes\n"
      "chain,C,C,C,C,2.2.1 2.2.2,yes,yes\nsteel,S,S,S,S,2.2.1,no,yes\n",
      0 },
    { "bands.csv", "code,name_en,name_zh,from,above\nall,A,A,0,no\n", 0 },
    { "weights.csv",
      "industry,name_en,name_zh,scope12_share_percent\nautomobile,Automobile,汽车,30\n", 0 },
};

static void must(tl_status st)
{
    if (st != TL_OK)
        abort();
}

/* The rows of an installed set, as the database keeps them. */
static void put_small(tl_store *s)
{
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    const char *const values[] = {
        "small", "1",  "000000001", "2025-01-01",           "index", "t", "t", "CC0", "n",
        "t",     NULL, zeros,       "2025-01-01T00:00:00Z", NULL
    };
    tl_query *q;
    for (size_t i = 0; i < sizeof small_index / sizeof *small_index; i++) {
        char hex[65];
        const tl_index_text *t = &small_index[i];
        must(tl_sha256_of(t->data, strlen(t->data), hex, NULL));
        must(tl_store_query(s, "dataset_file.insert", &q, NULL));
        tl_query_text(q, 1, "small");
        tl_query_text(q, 2, "1");
        tl_query_int(q, 3, (int64_t)i);
        tl_query_text(q, 4, t->name);
        tl_query_text(q, 5, hex);
        tl_query_int(q, 6, 0);
        tl_query_blob(q, 7, t->data, strlen(t->data));
        must(tl_query_run(q, NULL));
    }
    must(tl_store_query(s, "dataset.insert", &q, NULL));
    for (int i = 0; i < 14; i++)
        tl_query_text(q, i + 1, values[i]);
    must(tl_query_run(q, NULL));
}

static tl_store *open_store(tl_arena *arena, tl_index *x)
{
    tl_store *s = NULL;
    tl_company_change change;
    const tl_company bmw = {
        .id = "bmw", .name_en = "BMW", .industry = "automobile", .source = "s"
    };
    must(tl_store_open(&s, ":memory:", NULL, NULL));
    must(tl_store_begin(s, NULL));
    put_small(s);
    must(tl_company_put(s, &bmw, "fuzz", &change, NULL));
    must(tl_store_commit(s, NULL));
    must(tl_index_open(s, "small@1", arena, x, NULL));
    return s;
}

static int64_t entries(tl_store *s)
{
    int64_t seq;
    char hash[65];
    must(tl_audit_head(s, &seq, hash, NULL));
    return seq;
}

/* A database that several inputs use, each with a period of its own: opening costs more than they
 * do. */
static struct shared {
    tl_store *s;
    tl_arena *arena;
    tl_index x;
    int used;
    char period[16];
} shared;

static void next_input(void)
{
    if (shared.used % PER_STORE == 0) {
        tl_store_close(shared.s);
        tl_arena_free(shared.arena);
        must(tl_arena_new(&shared.arena, 0, NULL));
        shared.s = open_store(shared.arena, &shared.x);
    }
    snprintf(shared.period, sizeof shared.period, "%d", 1900 + shared.used++ % PER_STORE);
}

/* What was taken is right, and is all there the second time. */
static void try_again(const tl_answer_import *how, const char *text, size_t n, tl_arena *arena,
                      const tl_answer_verdict *v)
{
    tl_answer_verdict again;
    tl_error err = { 0 };
    int64_t sheets, after = entries(shared.s);
    must(tl_assessment_verify(shared.s, &sheets, &err));
    must(tl_answer_import_memory(shared.s, &shared.x, how, text, n, arena, &again, &err));
    if (v->accepted + v->refused != v->rows || v->refused != (int64_t)v->refusal_count ||
        again.companies != 0 || again.companies_same != v->companies + v->companies_same ||
        entries(shared.s) != after)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const tl_sheet_level levels[] = { TL_LEVEL_THEME, TL_LEVEL_INDICATOR, TL_LEVEL_TOTAL };
    tl_arena *arena = NULL;
    tl_answer_verdict v;
    tl_error err = { 0 };
    if (size == 0 || size > 20000)
        return 0;
    next_input();
    must(tl_arena_new(&arena, 0, NULL));
    const tl_answer_import how = { .path = "/nonexistent/fuzz.csv",
                                   .period = shared.period,
                                   .cut_off = "2024-07-31",
                                   .level = levels[data[0] % 3],
                                   .actor = "fuzz" };
    const char *text = (const char *)data + 1;
    int64_t before = entries(shared.s);
    tl_status st =
        tl_answer_import_memory(shared.s, &shared.x, &how, text, size - 1, arena, &v, &err);
    if (tl_store_in_transaction(shared.s) || (st != TL_OK && entries(shared.s) != before))
        abort();
    if (st == TL_OK)
        try_again(&how, text, size - 1, arena, &v);
    tl_arena_free(arena);
    return 0;
}

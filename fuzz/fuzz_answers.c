/* fuzz_answers.c - a file of answers from outside.
 *
 * The database is in memory, with the index of the tests and one company. Whatever comes in: rows
 * are accepted or refused and nothing else, every stored sheet is right, and the same file again
 * changes nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "company/company.h"
#include "intake/answer_import.h"
#include "store/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_arena *arena = NULL;
    tl_index x;
    tl_answer_verdict v, again;
    tl_error err = { 0 };
    int64_t sheets;
    if (size == 0 || size > 20000)
        return 0;
    must(tl_arena_new(&arena, 0, NULL));
    tl_store *s = open_store(arena, &x);
    const tl_answer_import how = { .path = "/nonexistent/fuzz.csv",
                                   .period = "2024",
                                   .cut_off = "2024-07-31",
                                   .level = data[0] % 3 == 0   ? TL_LEVEL_THEME
                                            : data[0] % 3 == 1 ? TL_LEVEL_INDICATOR
                                                               : TL_LEVEL_TOTAL,
                                   .actor = "fuzz" };
    const char *text = (const char *)data + 1;
    int64_t before = entries(s);
    tl_status st = tl_answer_import_memory(s, &x, &how, text, size - 1, arena, &v, &err);
    if (tl_store_in_transaction(s) || (st != TL_OK && entries(s) != before))
        abort();
    if (st == TL_OK) {
        must(tl_assessment_verify(s, &sheets, &err));
        int64_t after = entries(s);
        must(tl_answer_import_memory(s, &x, &how, text, size - 1, arena, &again, &err));
        if (v.accepted + v.refused != v.rows || v.refused != (int64_t)v.refusal_count ||
            again.companies != 0 || again.companies_same != v.companies + v.companies_same ||
            entries(s) != after)
            abort();
    }
    tl_store_close(s);
    tl_arena_free(arena);
    return 0;
}

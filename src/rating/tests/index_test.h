/* index_test.h - a complete small definition as texts, loaded with one text changed where a test
 * asks for it.
 *
 * It is worth 20 points: governance 4 and product 2 unweighted, scope 1&2 7, scope 3 7; with an
 * indicator right below a dimension, a parallel one, a step of its own, and themes that overlap. */
#ifndef TL_RATING_TESTS_INDEX_TEST_H
#define TL_RATING_TESTS_INDEX_TEST_H

#include "base/buf.h"
#include "rating/index.h"
#include "store/tests/scratch.h"

enum { INDEX_TEXTS = 12 };

static const tl_index_text small_index[] = {
    { "index.csv", "name,value\nkind,points\nfull_points,20\nstep,0.5\nweighting,scope12-scope3\n",
      0 },
    { "groups.csv",
      "code,name_en,name_zh,weight\ngovernance,Governance,治理机制,none\n"
      "product,Product footprint,产品碳足迹,none\nscope12,Scope 1 and 2,范围一、范围二,scope12\n"
      "scope3,Scope 3,范围三,scope3\n",
      0 },
    { "items.csv",
      "code,parent,level,name_en,name_zh,max_points,step,group,requirement,parallel_of,"
      "evidence_en,evidence_zh\n"
      "1,,dimension,Governance,治理机制,4,,,,,,\n"
      "1.1,1,sub-dimension,Policies,制度,4,,,,,,\n"
      "1.1.1,1.1,indicator,Pledge,承诺,2,,governance,,,A dated declaration,公开声明\n"
      "1.1.2,1.1,indicator,Supplier code,供应商准则,2,,governance,,,,\n"
      "2,,dimension,Emissions,排放,16,,,,,,\n"
      "2.1,2,sub-dimension,Scope 1 and 2,范围一、范围二,7,,,,,,\n"
      "2.1.1,2.1,indicator,Disclosure,披露,4,1,scope12,,,,\n"
      "2.1.2,2.1,indicator,Target,目标,3,,scope12,,,,\n"
      "2.2,2,sub-dimension,Scope 3,范围三,7,,,,,,\n"
      "2.2.1,2.2,indicator,Steel,钢铁,3,,scope3,,,,\n"
      "2.2.2p,2.2,indicator,Suppliers by platform,平台,4,,scope3,,2.2.2,,\n"
      "2.2.2,2.2,indicator,Suppliers,供应商,4,,scope3,,,,\n"
      "2.3,2,indicator,Product footprint,产品碳足迹,2,,product,,,,\n",
      0 },
    { "themes.csv",
      "code,name_en,name_zh,short_en,short_zh,members,in_total,printed\n"
      "governance,Governance,治理机制,Gov,治理,1,yes,yes\n"
      "own,Scope 1 and 2,范围一、范围二,,,2.1.1 2.1.2,yes,yes\n"
      "chain,Scope 3,范围三,S3,范三,2.2,yes,yes\n"
      "footprint,Product footprint,产品碳足迹,PCF,足迹,2.3,yes,no\n"
      "steel,Steel,钢铁,,,2.2.1,no,yes\n"
      "guidance,Guide suppliers,引导供应商,,,1.1.2; 2.2.2,no,yes\n",
      0 },
    { "bands.csv",
      "code,name_en,name_zh,from,above\nleading,Leading,领先,10,yes\n"
      "middle,Middle,中游,6,no\nbehind,Behind,落后,0,no\n",
      0 },
    { "weights.csv",
      "industry,name_en,name_zh,scope12_share_percent\nautomobile,Automobile,汽车,30\n"
      "iron-and-steel,Iron and steel,钢铁,80\ntextile,Textile,纺织,20\n",
      0 },
    { "marks.csv",
      "subject,mark,note_en,note_zh\nweighting,inferred,Worked out,推断\n"
      "item:2.2.2p,design,No maximum is printed,未印分值\n",
      0 },
    { "README.md", "not read", 0 },
};

/* A star rating: four mandatory items of 25 and two of bonus on top. */
static const tl_index_text star_index[] = {
    { "index.csv", "name,value\nkind,stars\nfull_points,100\nstep,1\n", 0 },
    { "items.csv",
      "code,parent,level,name_en,name_zh,max_points,step,group,requirement,parallel_of,"
      "evidence_en,evidence_zh\n"
      "1,,dimension,Awareness,意识,150,,,,,,\n"
      "1.1,1,indicator,Policy,方针,25,,,mandatory,,,\n"
      "1.2,1,indicator,Accounts,核算,25,,,mandatory,,,\n"
      "1.3,1,indicator,Plan,规划,25,,,mandatory,,,\n"
      "1.4,1,indicator,Disclosure,披露,25,,,mandatory,,,\n"
      "1.5,1,indicator,Prize,获奖,20,,,bonus,,,\n"
      "1.6,1,indicator,Standards,标准,30,,,bonus,,,\n",
      0 },
    { "stars.csv",
      "stars,score_from,mandatory_share_from_percent\n5,90,80\n4,80,60\n3,70,\n2,60,\n1,0,\n", 0 },
};

typedef struct index_fixture {
    tl_arena *arena;
    tl_index x;
    tl_error err;
} index_fixture;

static inline int index_setup(void **state)
{
    index_fixture *f = calloc(1, sizeof *f);
    *state = f;
    return f && tl_arena_new(&f->arena, (size_t)64 << 20, NULL) == TL_OK ? 0 : -1;
}

static inline int index_teardown(void **state)
{
    index_fixture *f = *state;
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

/* One text of a definition changed: the first `find` in `file` becomes `put`. A NULL find takes the
 * whole text, a NULL put takes the file away. */
typedef struct index_change {
    const char *file, *find, *put;
} index_change;

/* Loads texts into f->x, one of them changed where `change` is given. */
static inline tl_status index_load(index_fixture *f, const tl_index_text *texts, size_t n,
                                   const index_change *change)
{
    static const tl_dataset set = { .id = "small",
                                    .version = "1",
                                    .date = "2026-01-01",
                                    .kind = "index",
                                    .title_en = "Small",
                                    .title_zh = "小",
                                    .checksum = "c" };
    tl_index_text own[INDEX_TEXTS];
    size_t kept = 0;
    tl_buf b;
    bool found = !change;
    tl_buf_init(&b, 0);
    f->err = (tl_error){ 0 };
    for (size_t i = 0; i < n; i++) {
        own[kept] = texts[i];
        own[kept].n = strlen(own[kept].data);
        if (!change || strcmp(change->file, texts[i].name) != 0) {
            kept++;
            continue;
        }
        const char *at = change->find ? strstr(texts[i].data, change->find) : texts[i].data;
        found = at != NULL;
        if (!found || !change->put)
            continue;
        tl_buf_add(&b, texts[i].data, (size_t)(at - texts[i].data));
        tl_buf_str(&b, change->put);
        tl_buf_str(&b, change->find ? at + strlen(change->find) : "");
        own[kept].data = tl_arena_str(f->arena, tl_buf_text(&b));
        own[kept++].n = b.len;
    }
    if (change && !found && change->put && !change->find) { /* a file that was not there */
        own[kept++] = (tl_index_text){ change->file, change->put, strlen(change->put) };
        found = true;
    }
    tl_buf_clear(&b);
    assert_true(found);
    return tl_index_parse(&set, own, kept, f->arena, &f->x, &f->err);
}

static inline void index_load_small(index_fixture *f)
{
    if (index_load(f, small_index, TEST_COUNT(small_index), NULL) != TL_OK)
        fail_msg("%s", f->err.text);
}

static inline void index_load_stars(index_fixture *f)
{
    if (index_load(f, star_index, TEST_COUNT(star_index), NULL) != TL_OK)
        fail_msg("%s", f->err.text);
}

#endif

/* crosswalk_test.h - two small indices and the pairs between them. */
#ifndef TL_RATING_TESTS_CROSSWALK_TEST_H
#define TL_RATING_TESTS_CROSSWALK_TEST_H

#include <sys/stat.h>

#include "base/hash.h"
#include "rating/crosswalk_priv.h"
#include "rating/tests/view_test.h"
#include "store/tests/scratch.h"

static const view_item source_items[] = {
    { "1.1", "4", "plain", NULL },    { "2.1", "2", "scope12", NULL },
    { "2.2", "1", "scope12", NULL },  { "3.1", "2", "scope3", NULL },
    { "3.1p", "2", "scope3", "3.1" }, { "3.2", "1", "scope3", NULL },
};
static const view_item target_items[] = {
    { "1.1", "4", "plain", NULL },   { "1.2", "2", "plain", NULL },
    { "2.1", "4", "scope12", NULL }, { "2.2", "3", "scope12", NULL },
    { "3.1", "2", "scope3", NULL },  { "3.1p", "2", "scope3", "3.1" },
    { "3.2", "5", "scope3", NULL },
};
enum { SOURCE_SLOTS = 6, SOURCE_THEMES = 4 };

static const view_definition source_definition = {
    .id = "source",
    .full = "10",
    .weighted = true,
    .items = source_items,
    .n_items = VIEW_COUNT(source_items),
    .groups = "plain,Plain,,none\nscope12,S12,,scope12\nscope3,S3,,scope3\n",
    .themes = "t1,One,,,,1,yes,yes\nt2,Two,,,,2,yes,yes\nt3,Three,,,,3,yes,yes\n"
              "t31,Alone,,,,3.1,no,yes\n",
    .bands = "all,All,,0,no\n",
};
static const view_definition target_definition = {
    .id = "target",
    .full = "20",
    .weighted = true,
    .items = target_items,
    .n_items = VIEW_COUNT(target_items),
    .groups = "plain,Plain,,none\nscope12,S12,,scope12\nscope3,S3,,scope3\n",
    .themes = "t1,One,,,,1,yes,yes\nt2,Two,,,,2,yes,yes\nt3,Three,,,,3,yes,yes\n",
    .bands = "all,All,,0,no\n",
};

#define CROSSWALK_HEADER "from,to,relation,note_en,note_zh\n"
static const char small_crosswalk[] = CROSSWALK_HEADER "1.1,1.1,same,,\n"
                                                       ",1.2,none,new there,那里新增\n"
                                                       "2.1,2.1,scaled,,\n"
                                                       "2.2,2.2,differs,,\n"
                                                       "3.1,3.1,same,,\n"
                                                       "3.1p,3.1p,same,,\n"
                                                       "3.2,,none,,\n"
                                                       ",3.2,none,,\n";

/* The two indices and pairs between them. */
typedef struct walk {
    tl_index from, to;
    const tl_crosswalk_pair *pairs;
    size_t n;
} walk;

static inline walk walk_by(view_fixture *f, const char *pairs)
{
    walk w = { .from = view_index(f->arena, &source_definition),
               .to = view_index(f->arena, &target_definition) };
    tl_error err = { 0 };
    if (tl_crosswalk_parse(&w.from, &w.to, "pairs", pairs, strlen(pairs), f->arena, &w.pairs, &w.n,
                           &err) != TL_OK)
        fail_msg("%s", err.text);
    return w;
}

static inline walk small_walk(view_fixture *f)
{
    return walk_by(f, small_crosswalk);
}

/* The folder of a set "source" that holds a crosswalk to the target. */
static inline void source_write(const char *folder)
{
    char path[640], sha[TL_SHA256_HEX];
    tl_buf b;
    mkdir(folder, 0755);
    snprintf(path, sizeof path, "%s/crosswalk-target.csv", folder);
    assert_int_equal(tl_file_write(path, small_crosswalk, strlen(small_crosswalk), NULL), TL_OK);
    assert_int_equal(tl_sha256_of(small_crosswalk, strlen(small_crosswalk), sha, NULL), TL_OK);
    tl_buf_init(&b, 0);
    tl_buf_printf(&b,
                  "id: source\nversion: \"1\"\ndate: 2024-11-22\nkind: index\n"
                  "title_en: Source\ntitle_zh: 源\nlicence: CC-BY-4.0\nattribution: Nobody\n"
                  "source: a test\nfiles:\n"
                  "  - { path: crosswalk-target.csv, sha256: %s, rows: 8 }\n",
                  sha);
    snprintf(path, sizeof path, "%s/manifest.yaml", folder);
    assert_int_equal(tl_file_write(path, tl_buf_text(&b), b.len, NULL), TL_OK);
    tl_buf_clear(&b);
}

/* Installs it. */
static inline void source_install(tl_store *s, const char *folder, tl_arena *arena)
{
    tl_dataset set;
    tl_error err = { 0 };
    bool already;
    source_write(folder);
    expect("begin", tl_store_begin(s, &err), TL_OK, &err, NULL);
    expect("install", tl_dataset_install(s, folder, "test", arena, &set, &already, &err), TL_OK,
           &err, NULL);
    expect("commit", tl_store_commit(s, &err), TL_OK, &err, NULL);
}

#endif

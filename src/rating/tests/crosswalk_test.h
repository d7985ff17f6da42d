/* crosswalk_test.h - two small indices and the pairs between them. */
#ifndef TL_RATING_TESTS_CROSSWALK_TEST_H
#define TL_RATING_TESTS_CROSSWALK_TEST_H

#include "rating/crosswalk_priv.h"
#include "rating/tests/view_test.h"

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

#endif

/* set_install.c - kind of data set to the function that loads its rows. */
#include "intake/set_install.h"

#include <string.h>

#include "company/company.h"
#include "factor/factor.h"
#include "factor/synonym.h"
#include "rating/assessment.h"
#include "registry/printed.h"

typedef tl_status (*loader)(tl_store *s, const tl_dataset *set, tl_arena *arena, int64_t *rows,
                            tl_error *err);

/* A kind that is not here is kept as files only. */
static const struct {
    const char *kind;
    loader load;
} kinds[] = {
    { "factors", tl_factor_load },
    { "synonyms", tl_factor_load_synonyms },
    { "companies", tl_company_load },
    { "index", tl_index_check_set },
    { "index-results", tl_assessment_load_results },
    { "published-statistics", tl_printed_check_set },
};

static loader find(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].load;
    return NULL;
}

tl_status tl_set_install(tl_store *s, const char *folder, const char *actor, tl_arena *arena,
                         tl_set_installed *out, tl_error *err)
{
    *out = (tl_set_installed){ 0 };
    tl_status st = tl_dataset_install(s, folder, actor, arena, &out->set, &out->already, err);
    if (st != TL_OK)
        return st;
    loader load = find(out->set.kind);
    out->has_rows = load != NULL;
    if (!load || out->already)
        return TL_OK;
    st = load(s, &out->set, arena, &out->rows, err);
    return st == TL_OK ? st : tl_context(err, st, "%s", folder);
}

/* epd_import.c - a table of declarations: drafts of the company of who asks. */
#include "intake/epd_import.h"

#include "company/company.h"
#include "operation/epd.h"
#include "operation/registry_open.h"

/* Somebody of a company imports its own; who sees all may name one, or the rows do. */
static tl_status find_owner(const tl_call *c, const char **out, tl_error *err)
{
    tl_company company;
    const char *given = tl_call_text(c, "owner");
    tl_status st = tl_registry_company(c, out, err);
    if (st != TL_OK || !given)
        return st;
    if ((st = tl_company_find(c->store, given, c->arena, &company, err)) != TL_OK)
        return st;
    if (*out && !tl_viewer_of_company(c->viewer, company.id))
        return tl_fail(err, TL_EFORBIDDEN, "%s may not do this: %s is another company",
                       tl_viewer_name(c->viewer), company.id);
    *out = company.id;
    return TL_OK;
}

tl_status tl_run_epd_import(tl_call *c, tl_error *err)
{
    tl_epd_import how = { .path = tl_call_text(c, "file"),
                          .actor = tl_call_who(c),
                          .day = c->today,
                          .progress = c->log };
    tl_record_verdict v = { 0 };
    tl_status st = find_owner(c, &how.owner, err);
    if (st == TL_OK)
        st = tl_epd_import_file(c->store, &how, c->arena, &v, err);
    if (st != TL_OK)
        return st;
    return tl_registry_imported(
        c,
        tl_report_new(c->arena, "epd-import",
                      (tl_label){ "Declarations imported", "声明导入结果" }),
        &(tl_refused_source){ how.path, tl_epd_columns, TL_EPD_COLUMNS }, &v, err);
}

/* registry_printed.c - statistics as others printed them, and what does not fit in them. */
#include "report/registry_printed.h"
#include "cli/registry.h"

tl_status tl_registry_printed(tl_registry_call *c, tl_error *err)
{
    const char *set = "cpp-2024-2-statistics", *measure = NULL;
    bool findings = false;
    const tl_option options[] = { { "set", TL_OPTION_TEXT, &set },
                                  { "measure", TL_OPTION_TEXT, &measure },
                                  { "findings", TL_OPTION_FLAG, &findings } };
    tl_dataset about;
    tl_printed_view v = { .set = &about, .arena = c->cli->arena };
    const tl_printed_finding *found = NULL;
    size_t n = 0;
    tl_status st = tl_registry_options(c, options, 3, 0, 1, err);
    if (st == TL_OK)
        st = tl_registry_open(c, false, err);
    if (st == TL_OK)
        st = tl_dataset_get(c->store, set, NULL, v.arena, &about, err);
    if (st == TL_OK)
        st = tl_printed_read(c->store, set, v.arena, &v.rows, &v.n, err);
    if (st == TL_OK && findings)
        st = tl_printed_check(v.rows, v.n, v.arena, &found, &n, err);
    if (st != TL_OK)
        return st;
    const tl_report *r = findings
                             ? tl_report_printed_findings(&v, found, n)
                             : tl_report_printed_rows(&v, c->argc ? c->argv[0] : NULL, measure);
    return tl_cli_show(c->cli, r, c->out, err);
}
